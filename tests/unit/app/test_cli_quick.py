"""`block 30m`, `open …` and `release`: from now on, the same edit as the window's, and what is said of it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from tests.helpers.sandbox import SandboxProcess

from triluna_desktop.system.clock import SystemClock

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.unit.app.conftest import CommandLine

    SetTime = Callable[[int, int], None]

DAY = "2027-03-04"


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> SetTime:
    """Sets the wall clock of the commands, to a time of the day."""

    def set_to(hour: int, minute: int) -> None:
        now = datetime(2027, 3, 4, hour, minute, 40).astimezone()
        monkeypatch.setattr(SystemClock, "now", lambda _: now)

    set_to(14, 0)
    return set_to


def times(sandbox: SandboxProcess) -> list[tuple[str, str, str, bool]]:
    told = ("date", "start_time", "end_time", "is_available")
    rows = sorted(tuple(each[name] for name in told) for each in sandbox.entries())
    return [(day, start[:5], end[:5], opens) for day, start, end, opens in rows]


@pytest.mark.usefixtures("at")
def test_a_block_from_now_cuts_the_opening_that_it_lies_in(triluna: CommandLine, sandbox: SandboxProcess) -> None:
    sandbox.add_entry(DAY, "09:00", "17:00", title="Open")
    done = triluna("block", "30m", "--json")
    assert (done.code, done.stderr) == (0, "")
    assert done.json["blocked"] == [{"date": DAY, "start_time": "14:00", "end_time": "14:30"}]
    assert times(sandbox) == [(DAY, "09:00", "14:00", True), (DAY, "14:30", "17:00", True)]


@pytest.mark.usefixtures("at")
def test_what_is_in_the_way_is_told_as_the_server_has_it(triluna: CommandLine, sandbox: SandboxProcess) -> None:
    (opening,) = sandbox.load([{"date": DAY, "start_time": "09:00", "end_time": "17:00", "title": "Open"}])
    sandbox.faults({"kind": "raw", "method": "PUT", "status": 422, "body": '{"error": "Validation failed"}'})
    done = triluna("block", "30m")
    assert done.code == 4
    assert f"it overlaps “Open” 09:00-17:00 (id {opening})" in done.stderr, "not as the cut shall leave it"


def test_what_weekly_hours_open_is_blocked_by_an_entry_and_the_next_block_lengthens_it(
    triluna: CommandLine, sandbox: SandboxProcess, at: SetTime
) -> None:
    sandbox.add_pattern(4, "09:00", "17:00")
    assert triluna("block", "30m").stdout.startswith("Blocked: 14:00 to 14:30\n")
    at(14, 20)
    told = triluna("block", "until", "15:00").stdout
    assert "Blocked: 14:30 to 15:00\nIt was not bookable already: 14:20 to 14:30\n" in told
    assert times(sandbox) == [(DAY, "14:00", "15:00", False)]


def test_release_keeps_the_past_and_gives_the_rest_back_also_another_day_than_it_was_sent(
    triluna: CommandLine, sandbox: SandboxProcess, at: SetTime
) -> None:
    sandbox.add_entry(DAY, "09:00", "17:00")
    triluna("block", "rest", "of", "day")
    at(14, 10)
    done = triluna("release")
    assert (done.code, done.stdout.splitlines()[0]) == (0, "Open again: 14:10 to 17:00")
    assert times(sandbox) == [(DAY, "09:00", "14:00", True), (DAY, "14:10", "17:00", True)]
    done = triluna("release")
    assert (done.code, done.stdout) == (0, "Nothing to release.\n")


@pytest.mark.usefixtures("at")
def test_where_nothing_is_bookable_there_is_nothing_to_block(
    triluna: CommandLine, sandbox: SandboxProcess
) -> None:
    done = triluna("block", "30m")
    assert (done.code, done.stdout) == (0, "Nothing to do: 14:00 to 14:30 is not bookable anyway.\n")
    assert not any(each["method"] == "POST" for each in sandbox.log())


@pytest.mark.usefixtures("at")
def test_open_stops_at_a_block_of_the_users_own_and_says_so(triluna: CommandLine, sandbox: SandboxProcess) -> None:
    sandbox.add_entry(DAY, "14:20", "15:00", is_available=False, title="Client")
    done = triluna("open", "1h")
    assert (done.code, done.stderr) == (0, "triluna-desktop: Still blocked by “Client” 14:20-15:00.\n")
    assert times(sandbox) == [(DAY, "14:00", "14:20", True), (DAY, "14:20", "15:00", False)]


def test_open_within_a_block_of_the_users_own_is_their_decision(
    triluna: CommandLine, sandbox: SandboxProcess, at: SetTime
) -> None:
    sandbox.add_entry(DAY, "14:00", "15:00", is_available=False, title="Client")
    at(14, 5)
    done = triluna("open", "15m", "--json")
    assert (done.code, done.json["error"]["code"]) == (4, "in_the_way")
    assert "Blocked by “Client” 14:00-15:00." in done.stderr


def test_until_next_is_until_the_next_entry_begins(
    triluna: CommandLine, sandbox: SandboxProcess, at: SetTime
) -> None:
    sandbox.add_pattern(4, "09:00", "17:00")
    assert (done := triluna("block", "until", "next")).code == 2, done
    sandbox.add_entry(DAY, "15:30", "16:00", is_available=False, title="Client")
    at(14, 3)
    assert triluna("block", "until", "next").code == 0
    assert times(sandbox) == [(DAY, "14:03", "15:30", False), (DAY, "15:30", "16:00", False)]


def test_what_crosses_midnight_is_an_entry_a_date_and_released_on_both(
    triluna: CommandLine, sandbox: SandboxProcess, at: SetTime
) -> None:
    sandbox.add_pattern(4, "20:00", "23:59")
    sandbox.add_pattern(5, "00:00", "08:00")
    at(23, 30)
    assert triluna("block", "1h").code == 0
    assert times(sandbox) == [(DAY, "23:30", "23:59", False), ("2027-03-05", "00:00", "00:30", False)]
    at(23, 40)
    assert triluna("release").code == 0
    assert times(sandbox) == [(DAY, "23:30", "23:40", False)]


def test_in_the_last_minute_of_a_day_it_says_what_can_be_said_instead(
    triluna: CommandLine, sandbox: SandboxProcess, at: SetTime
) -> None:
    sandbox.add_pattern(4, "20:00", "23:59")
    at(23, 59)
    done = triluna("block", "rest of day")
    assert (done.code, done.stdout) == (2, "")
    assert done.stderr == (
        "triluna-desktop: It is 23:59, and the last minute before midnight cannot be an entry of its own. "
        "Give a time that goes on after midnight, for example 30m.\n"
    )
    done = triluna("block", "30m")
    assert (done.code, done.stdout) == (2, "")
    assert done.stderr == (
        "triluna-desktop: Of that time only the last minute before midnight could be blocked, and no entry can "
        "hold it alone. Nothing was changed.\n"
    )
    assert times(sandbox) == []
    sandbox.add_pattern(5, "00:00", "08:00")
    done = triluna("block", "30m")
    assert done.code == 0
    assert times(sandbox) == [("2027-03-05", "00:00", "00:29", False)]


@pytest.mark.usefixtures("at")
def test_offline_it_says_what_callers_can_still_book(triluna: CommandLine, tmp_path: Path) -> None:
    with SandboxProcess(database=tmp_path / "server.sqlite3") as server:
        server.add_entry(DAY, "09:00", "17:00")
        triluna.api_url = server.url
        assert triluna("sync").code == 0
        server.kill()
        done = triluna("block", "30m", "--json")
        assert (done.code, done.json["error"]["code"]) == (3, "queued")
        assert done.stderr.endswith("Not live yet: callers can still book 14:00 to 14:30.\n")
        server.start()
        assert triluna("sync").code == 0
        assert times(server) == [(DAY, "09:00", "14:00", True), (DAY, "14:30", "17:00", True)]


@pytest.mark.usefixtures("at")
def test_the_same_again_while_the_first_waits_to_be_sent_is_not_said_to_be_done(
    triluna: CommandLine, tmp_path: Path
) -> None:
    with SandboxProcess(database=tmp_path / "server.sqlite3") as server:
        server.add_pattern(4, "09:00", "17:00")
        triluna.api_url = server.url
        assert triluna("sync").code == 0
        server.kill()
        assert triluna("block", "30m").code == 3
        done = triluna("block", "30m")
        assert (done.code, done.stdout) == (3, "Nothing to do: 14:00 to 14:30 is not bookable anyway.\n")
        assert done.stderr.endswith("Not live yet: callers can still book 14:00 to 14:30.\n")
        server.start()
        done = triluna("block", "30m", "--json")
        assert (done.code, [each["state"] for each in done.json["entries"]]) == (0, [])
        assert times(server) == [(DAY, "14:00", "14:30", False)]


@pytest.mark.usefixtures("at")
def test_a_release_of_dates_that_nobody_has_read_says_that_it_is_done(triluna: CommandLine) -> None:
    triluna.api_url = "http://127.0.0.1:1/api/public"
    assert triluna("block", "30m").code == 3
    assert triluna("release").stdout == "Released.\n"


@pytest.mark.usefixtures("at")
def test_an_opening_that_is_not_sent_is_said_to_be_no_opening_yet(triluna: CommandLine, tmp_path: Path) -> None:
    with SandboxProcess(database=tmp_path / "server.sqlite3") as server:
        triluna.api_url = server.url
        assert triluna("sync").code == 0
        server.kill()
        assert "Not live yet: callers cannot book 14:00 to 14:30." in triluna("open", "30m").stderr


@pytest.mark.usefixtures("at")
def test_a_calendar_that_was_never_read_is_taken_for_open_and_it_is_said(triluna: CommandLine) -> None:
    triluna.api_url = "http://127.0.0.1:1/api/public"
    done = triluna("block", "30m")
    assert done.code == 3
    assert "was not read yet: the whole time was taken for open" in done.stderr
    assert "14:00-14:30  blocked  [pending]" in done.stdout
    assert triluna("release").code == 0
    assert "was not read yet: the whole time was taken for not bookable" in triluna("open", "30m").stderr
