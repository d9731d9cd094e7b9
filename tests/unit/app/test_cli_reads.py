"""`list`, `bookable`, `sync` and `status`: what they print, and what they say when the server is away."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

if TYPE_CHECKING:
    from tests.helpers.sandbox import SandboxProcess
    from tests.unit.app.conftest import CommandLine

DAY = "2027-03-04"  # A Thursday.
ONE_DAY = ("--from", DAY, "--to", DAY)
AWAY = {"kind": "drop_before", "times": 0}


def test_list_prints_the_entries_of_the_range_in_order(triluna: CommandLine, sandbox: SandboxProcess) -> None:
    second = sandbox.add_entry(DAY, "14:00", "15:00", is_available=False, title="Client")
    first = sandbox.add_entry(DAY, "09:00", "10:00")
    sandbox.add_entry("2027-03-05", "09:00", "10:00")
    done = triluna("list", *ONE_DAY)
    assert done.code == 0
    assert done.stdout.splitlines() == [
        f"{first['id']}  Thu 2027-03-04  09:00-10:00  available",
        f"{second['id']}  Thu 2027-03-04  14:00-15:00  blocked  Client",
    ]


def test_list_as_json_says_how_old_it_is_and_how_things_stand(
    triluna: CommandLine, sandbox: SandboxProcess
) -> None:
    sandbox.add_entry(DAY, "09:00", "10:00")
    sandbox.add_pattern(4, "09:00", "17:00", title="Hours")
    told = triluna("list", *ONE_DAY, "--recurring", "--json").json
    assert [entry["state"] for entry in told["entries"]] == ["sent"]
    assert [(each["day_of_week"], each["title"]) for each in told["recurring"]] == [(4, "Hours")]
    assert told["as_of"] == told["last_synced"] is not None
    assert (told["state"], told["unsent"], told["request_limit"]) == ("synced", 0, 1000)


def test_list_without_entries_says_so(triluna: CommandLine) -> None:
    assert triluna("list").stdout == "No entries.\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("list", "--from", "2027-03-05", "--to", DAY), "ends before it starts"),
        (("list", "--from", "2027-01-01", "--to", "2029-01-01"), "at most 400"),
        (("list", "--from", "2027-02-29"), "not a date"),
        (("bookable", "--on", "someday"), "not a date"),
        (("bookable", "--length", "0"), "1 to 1440"),
    ],
)
def test_a_range_that_makes_no_sense_is_exit_two(
    triluna: CommandLine, sandbox: SandboxProcess, arguments: tuple[str, ...], said: str
) -> None:
    done = triluna(*arguments)
    assert done.code == 2
    assert said in done.stderr
    assert sandbox.log() == []


def test_when_the_server_is_away_list_shows_what_was_last_seen_with_exit_three(
    triluna: CommandLine, sandbox: SandboxProcess
) -> None:
    entry = sandbox.add_entry(DAY, "09:00", "10:00")
    assert triluna("list", *ONE_DAY).code == 0
    sandbox.faults(AWAY)
    done = triluna("list", *ONE_DAY)
    assert done.code == 3
    assert str(entry["id"]) in done.stdout
    assert "What is known is from 20" in done.stderr


def test_when_the_server_was_never_reached_list_has_nothing_to_show(
    triluna: CommandLine, sandbox: SandboxProcess
) -> None:
    sandbox.faults(AWAY)
    done = triluna("list", "--json")
    assert done.code == 3
    assert (done.json["ok"], done.json["error"]["code"]) == (False, "offline")
    assert done.json["as_of"] is None


def test_without_a_token_list_is_exit_five(triluna: CommandLine, sandbox: SandboxProcess) -> None:
    triluna.use_token(None)
    done = triluna("list", "--json")
    assert (done.code, done.json["error"]["code"]) == (5, "token")
    assert "token set" in done.stderr
    assert sandbox.log() == []


def test_bookable_gives_stretches_starts_and_reasons(triluna: CommandLine, sandbox: SandboxProcess) -> None:
    sandbox.add_pattern(4, "09:00", "12:00", title="Hours")
    sandbox.add_entry(DAY, "10:00", "11:00", is_available=False, title="Dentist")
    done = triluna("bookable", "--on", DAY, "--length", "30", "--why", "--json")
    assert done.code == 0
    (day,) = done.json["days"]
    assert (day["date"], day["minutes"]) == (DAY, 120)
    assert day["bookable"] == [{"start": "09:00", "end": "10:00"}, {"start": "11:00", "end": "12:00"}]
    assert day["starts"] == ["09:00", "09:30", "11:00", "11:30"]
    closed = next(stretch for stretch in day["why"] if stretch["start"] == "10:00")
    assert closed["bookable"] is False
    assert closed["because"][-1] == "closed by entry “Dentist” 10:00-11:00"
    lines = triluna("bookable", "--on", DAY, "--why").stdout
    assert lines.startswith("Thu 2027-03-04  09:00-10:00, 11:00-12:00\n")


def test_sync_reads_the_server_and_status_asks_nobody(triluna: CommandLine, sandbox: SandboxProcess) -> None:
    assert triluna("status", "--json").json["last_synced"] is None
    assert sandbox.log() == []
    assert triluna("sync", "--json").json["ok"] is True
    seen = len(sandbox.log())
    status = triluna("status", "--json").json
    assert status["last_synced"] is not None
    assert status["requests_this_hour"] == seen == len(sandbox.log())


def test_sync_with_the_server_away_is_exit_three(triluna: CommandLine, sandbox: SandboxProcess) -> None:
    sandbox.faults(AWAY)
    assert triluna("sync").code == 3


def test_a_listing_costs_one_request(triluna: CommandLine, sandbox: SandboxProcess) -> None:
    triluna("list")
    assert [request["method"] for request in sandbox.log()] == ["GET"]


def test_rows_that_cannot_be_read_are_told_of_and_hide_no_others(
    triluna: CommandLine, sandbox: SandboxProcess
) -> None:
    shown = {"id": 2, "date": DAY, "start_time": "09:00:00", "end_time": "10:00:00", "is_available": True}
    rows = [shown, {**shown, "id": 3, "start_time": "noon"}]
    body = json.dumps({"availability": rows, "recurring": []})
    sandbox.faults({"kind": "raw", "method": "GET", "body": body, "times": 0})
    done = triluna("list", *ONE_DAY, "--json")
    assert (done.code, len(done.json["entries"]), done.json["skipped_rows"]) == (0, 1, 1)
    assert "could not be read and are left out: 1." in done.stderr
    bad = json.dumps({"availability": [{**shown, "start_time": "noon"}, rows[1]], "recurring": []})
    sandbox.clear_faults()
    sandbox.faults({"kind": "raw", "method": "GET", "body": bad, "times": 0})
    done = triluna("sync")
    assert done.code == 0, "the window would not ask about what may be among them"
    assert "left out: 2." in done.stderr
    assert "Missing" not in done.stderr
    far = json.dumps({"availability": [{**shown, "date": "2031-03-04", "id": "x"}], "recurring": []})
    sandbox.clear_faults()
    sandbox.faults({"kind": "raw", "method": "GET", "body": far, "skip": 1, "times": 0})
    done = triluna("bookable", "--on", "2031-03-04")
    assert done.code == 0
    assert "could not be read and are left out: 1." in done.stderr


def test_a_token_without_the_read_scope_is_exit_five(triluna: CommandLine, sandbox: SandboxProcess) -> None:
    assert triluna("block", DAY, "14:00-15:00").code == 0
    sandbox.configure(tokens=["only-writes,write:calendar"])
    triluna.use_token("only-writes")
    there, new = ("block", DAY, "14:00-15:00"), ("block", DAY, "9:00-10:00")
    for command in (("list",), ("bookable",), ("sync",), there, new):
        done = triluna(*command, "--json")
        assert (done.code, done.json["error"]["code"]) == (5, "scope")
        assert "read:calendar" in done.stderr
    assert triluna("status", "--json").json["unsent"] == 1


def test_no_start_lies_in_the_hour_that_a_clock_change_skips(
    triluna: CommandLine, sandbox: SandboxProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("triluna_desktop.system.clock.read_system_zone", lambda: ZoneInfo("Europe/Berlin"))
    for day in ("2027-03-28", "2027-10-31", "9999-12-31", "0001-01-01"):
        sandbox.add_entry(day, "00:00", "04:00")
    starts = ["00:00", "01:00", "02:00", "03:00"]
    for day, told in (
        ("2027-03-28", ["00:00", "01:00", "03:00"]),
        ("2027-10-31", starts),
        ("9999-12-31", starts),
        ("0001-01-01", starts),
    ):
        done = triluna("bookable", "--on", day, "--length", "60", "--json")
        assert (done.code, done.json["days"][0]["starts"]) == (0, told)
