"""Input that nobody means, and input at the edges: a sentence and an exit code, and nothing sent by mistake."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from triluna_desktop import cli
from triluna_desktop.system.lock import ProfileLock
from triluna_desktop.system.paths import app_paths

if TYPE_CHECKING:
    from tests.helpers.sandbox import SandboxProcess
    from tests.unit.app.conftest import CommandLine

DAY = "2027-03-04"


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_first_and_the_last_date_of_the_calendar_are_dates_like_others(
    triluna: CommandLine, sandbox: SandboxProcess, day: str
) -> None:
    assert triluna("block", day, "10:00-24:00").code == 0
    assert [entry["date"] for entry in sandbox.entries()] == [day]
    assert triluna("list", "--from", day).code == 0
    assert triluna("bookable", "--on", day, "--why").code == 0
    assert triluna("sync").code == 0


def test_what_would_reach_beyond_the_last_date_is_refused(triluna: CommandLine, sandbox: SandboxProcess) -> None:
    done = triluna("block", "9999-12-31", "23:00-1:00")
    assert done.code == 2
    assert "last day" in done.stderr
    assert sandbox.entries() == []


def test_one_date_and_a_range_at_once_are_refused(triluna: CommandLine) -> None:
    done = triluna("bookable", "--on", DAY, "--from", DAY)
    assert done.code == 2
    assert "--on" in done.stderr


def test_an_id_with_more_digits_than_there_are_is_nobodys(triluna: CommandLine, sandbox: SandboxProcess) -> None:
    entry = sandbox.add_entry(DAY, "09:00", "10:00")
    assert triluna("list", "--from", DAY, "--to", DAY).code == 0
    # Cut to the digits that SQLite can hold, this would be that entry.
    assert triluna("delete", f"{entry['id']:019}" + "5").code == 2
    assert triluna("delete", "9" * 5000).code == 2
    assert sandbox.entries() == [entry]


def test_an_id_that_is_given_twice_is_deleted_once(triluna: CommandLine, sandbox: SandboxProcess) -> None:
    entry = sandbox.add_entry(DAY, "09:00", "10:00")
    assert triluna("delete", str(entry["id"]), str(entry["id"])).code == 0
    assert [request["method"] for request in sandbox.log()].count("DELETE") == 1


def test_weekly_hours_are_not_deleted_as_an_entry(triluna: CommandLine, sandbox: SandboxProcess) -> None:
    pattern = sandbox.add_pattern(1, "09:00", "17:00")
    key = triluna("list", "--recurring", "--json").json["recurring"][0]["key"]
    done = triluna("delete", key)
    assert done.code == 2
    assert "Weekly hours" in done.stderr
    assert sandbox.patterns() == [pattern]


def test_weekly_hours_are_not_listed_by_a_number_that_deletes_an_entry(
    triluna: CommandLine, sandbox: SandboxProcess
) -> None:
    entry, pattern = sandbox.add_entry(DAY, "09:00", "10:00"), sandbox.add_pattern(1, "09:00", "17:00")
    *_, weekly = triluna("list", "--from", DAY, "--to", DAY, "--recurring").stdout.splitlines()
    name, what, *_ = weekly.split()
    assert (what, name.isdecimal()) == ("Mondays", False)
    done = triluna("delete", name)
    assert done.code == 2
    assert "Weekly hours" in done.stderr
    assert (sandbox.entries(), sandbox.patterns()) == ([entry], [pattern])


@pytest.mark.parametrize("arguments", [("block", DAY, "9:00-10:00", "--title", "\udcff"), ("delete", "\udcff")])
def test_bytes_that_are_no_text_are_refused_with_a_sentence(
    triluna: CommandLine, sandbox: SandboxProcess, arguments: tuple[str, ...]
) -> None:
    done = triluna(*arguments, "--json")
    assert (done.code, done.json["error"]["code"]) == (2, "invalid_input")
    assert "UTF-8" in done.stderr
    assert sandbox.entries() == []


def test_a_title_stays_on_one_line_and_commands_no_terminal(triluna: CommandLine, sandbox: SandboxProcess) -> None:
    sandbox.add_entry(DAY, "11:00", "12:00", title="not\n17  Thu\x1b[2J")
    assert triluna("block", DAY, "9:00-10:00", "--title", "two\r\nlines\x07 \N{PARTY POPPER}").code == 0
    told = triluna("list", "--from", DAY, "--to", DAY)
    assert sandbox.entries()[0]["title"] == "two lines \N{PARTY POPPER}"
    assert len(told.stdout.splitlines()) == 2
    assert "\x1b" not in told.stdout


def test_an_empty_server_address_is_refused_instead_of_meaning_the_usual_one(triluna: CommandLine) -> None:
    triluna.api_url = ""
    done = triluna("list", "--json")
    assert (done.code, done.json["error"]["code"]) == (2, "api_url")


def test_a_token_of_bytes_that_are_no_text_is_no_token(
    triluna: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    triluna.use_token("\udcff\udcfe")
    assert triluna("list").code == 5
    monkeypatch.setattr("sys.stdin", io.StringIO("\udcff\n"))
    assert triluna("token", "set").code == 2


def test_the_token_is_tested_and_kept_while_another_process_owns_the_calendar(triluna: CommandLine) -> None:
    paths = app_paths("default", triluna.data_dir)
    paths.ensure()
    lock = ProfileLock(paths.lock_file)
    assert lock.acquire()
    assert triluna("token", "test").code == 0
    assert list(paths.data_dir.glob("*.sqlite3*")) == [], "the database is the owner's alone"
    lock.release()


def test_a_command_for_the_demo_never_reaches_an_account(triluna: CommandLine) -> None:
    common = ["--data-dir", str(triluna.data_dir), "--profile", "demo"]
    assert cli.run([*common, "block", DAY, "9:00-10:00"]) == 2
    said = triluna.capsys.readouterr()
    assert "--demo" in said.err
