"""`export` and `import`: what a file holds, what is taken in of it, and what is said of a wrong one."""

from __future__ import annotations

import errno
import json
from typing import TYPE_CHECKING, Any

import pytest

from triluna_desktop.answers import Answer
from triluna_desktop.terminal_files import delivered

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers.sandbox import SandboxProcess
    from tests.unit.app.conftest import CommandLine

DAY = "2027-03-04"
RANGE = ("--from", DAY, "--to", "2027-03-05")


def file_of(*entries: dict[str, Any], recurring: tuple[dict[str, Any], ...] = ()) -> str:
    told = {"format": "triluna-calendar", "version": 1, "entries": entries, "recurring": recurring}
    return json.dumps(told)


def entry(start: str = "09:00", end: str = "10:00", **more: object) -> dict[str, Any]:
    return {"date": DAY, "start_time": start, "end_time": end, "is_available": False, **more}


def content(row: dict[str, Any]) -> dict[str, Any]:
    """Without what the server gives, and nothing for an empty text, which is the same."""
    return {name: value or None for name, value in row.items() if name not in {"id", "created_at", "updated_at"}}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "calendar.json"


def test_what_was_exported_is_taken_in_again_without_a_loss_and_only_once(
    triluna: CommandLine, sandbox: SandboxProcess, file: Path
) -> None:
    sandbox.add_entry(DAY, "09:00", "23:59", is_available=False, title="Zoë; “x”, \\n", notes="a\nb")
    sandbox.add_entry("2027-03-05", "00:00", "10:15")
    sandbox.add_pattern(4, "08:00", "12:00", title="Thursdays")
    before, weekly = sandbox.entries(), sandbox.patterns()
    done = triluna("export", *RANGE, "--output", str(file))
    assert (done.code, done.stdout) == (0, f"Written to {file}.\n")
    assert file.stat().st_mode & 0o777 == 0o600
    assert triluna("import", str(file), "--json").json["already"] == 3
    assert (sandbox.entries(), sandbox.patterns()) == (before, weekly)
    # On another computer, with an account of which nothing is known yet.
    sandbox.reset()
    triluna.data_dir = file.parent / "elsewhere"
    done = triluna("import", str(file), "--json")
    assert (done.code, done.json["imported"], done.json["already"]) == (0, 3, 0)
    assert [content(each) for each in sandbox.entries()] == [content(each) for each in before]
    assert [content(each) for each in sandbox.patterns()] == [content(each) for each in weekly]


def test_an_export_goes_to_standard_output_as_it_would_into_a_file(
    triluna: CommandLine, sandbox: SandboxProcess, file: Path
) -> None:
    sandbox.add_entry(DAY, "09:00", "10:00", title="Client")
    triluna("export", *RANGE, "--output", str(file))
    assert triluna("export", *RANGE).stdout == file.read_text(encoding="utf-8")
    assert json.loads(triluna("export", *RANGE, "--json").json["text"])["entries"][0]["title"] == "Client"


def test_the_calendar_of_other_programs_has_an_event_an_entry_and_a_rule_for_weekly_hours(
    triluna: CommandLine, sandbox: SandboxProcess
) -> None:
    sandbox.add_entry(DAY, "09:00", "10:00", is_available=False, title="Client, new")
    sandbox.add_pattern(5, "08:00", "23:59")
    told = triluna("export", *RANGE, "--format", "ics").stdout
    assert told.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert told.endswith("END:VCALENDAR\r\n")
    assert "SUMMARY:Client\\, new\r\nTRANSP:OPAQUE\r\n" in told
    assert "DTSTART:20270305T080000\r\nDTEND:20270306T000000\r\nRRULE:FREQ=WEEKLY;BYDAY=FR\r\n" in told


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "Line 1, column 2: this is no JSON"),
        ("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", "This iCalendar file is not whole"),
        ("[]", "no calendar of TriLuna Desktop"),
        ('{"format": "triluna-calendar", "version": 2}', "A newer version of TriLuna Desktop wrote this file"),
        (file_of(entry(), entry("10:00", "09:00")), "entries, number 2: the end must lie after the start."),
        (file_of(entry(date="2027-02-30")), "entries, number 1: “2027-02-30” is no date"),
        (file_of(entry("9 o'clock")), "entries, number 1: “9 o'clock” is not a time"),
        (file_of(entry(title="x" * 201)), "entries, number 1: the title is too long."),
        (file_of(entry(is_available=1)), "entries, number 1: “is_available” is not true or false."),
        (file_of({"date": DAY}), "entries, number 1: “start_time” is missing."),
        (file_of(recurring=({"day_of_week": 7, **entry()},)), "recurring, number 1: the weekday goes from 0"),
    ],
)
def test_a_wrong_file_is_exit_two_with_the_place_and_nothing_of_it_is_written(
    triluna: CommandLine, sandbox: SandboxProcess, file: Path, text: str, said: str
) -> None:
    file.write_text(text, encoding="utf-8")
    done = triluna("import", str(file))
    assert done.code == 2
    assert said in done.stderr
    assert "Nothing was imported." in done.stderr
    assert triluna("status", "--json").json["unsent"] == 0
    assert sandbox.entries() == []


def test_a_file_that_is_not_there_or_no_text_is_said(triluna: CommandLine, file: Path) -> None:
    done = triluna("import", str(file), "--json")
    assert (done.code, done.json["error"]["code"]) == (2, "file")
    assert "No such file" in done.stderr
    file.write_bytes(b"\xff\xfe{}")
    assert "no text in UTF-8" in triluna("import", str(file)).stderr
    file.write_bytes(b"\n")
    assert f"The file {file} is empty." in triluna("import", str(file)).stderr
    assert "cannot be written" in triluna("export", "--output", str(file / "no-folder")).stderr


def test_what_overlaps_keeps_the_whole_file_out_unless_its_free_part_is_enough(
    triluna: CommandLine, sandbox: SandboxProcess, file: Path
) -> None:
    sandbox.add_entry(DAY, "09:30", "10:30", title="There", is_available=False)
    file.write_text(file_of(entry(title="A"), entry("11:00", "12:00"), entry("11:30", "12:30")), encoding="utf-8")
    done = triluna("import", str(file), "--json")
    assert (done.code, done.json["error"]["code"], done.json["overlaps"]) == (4, "overlaps", 2)
    assert "2027-03-04  09:00-10:00  blocked  A overlaps" in done.stderr
    assert len(sandbox.entries()) == 1
    done = triluna("import", str(file), "--skip-overlaps")
    assert (done.code, done.stdout.splitlines()) == (
        0,
        [
            "Imported: entries 3, weekly hours 0.",
            "In part: Thu 2027-03-04  09:00-10:00  blocked  A; only 09:00-09:30; overlaps “There” 09:30-10:30.",
            "In part: Thu 2027-03-04  11:30-12:30  blocked; only 12:00-12:30; overlaps 11:00-12:00.",
        ],
    )
    ends = [(each["start_time"][:5], each["end_time"][:5], each["title"]) for each in sandbox.entries()]
    assert sorted(ends) == [
        ("09:00", "09:30", "A"),
        ("09:30", "10:30", "There"),
        ("11:00", "12:00", None),
        ("12:00", "12:30", None),
    ]


def test_what_lies_within_another_is_left_out_by_name_and_what_lies_around_it_is_parted(
    triluna: CommandLine, sandbox: SandboxProcess, file: Path
) -> None:
    sandbox.add_entry(DAY, "09:00", "10:00")
    sandbox.add_entry(DAY, "13:00", "14:00")
    sandbox.add_pattern(4, "08:00", "12:00")
    weekly = {"day_of_week": 4, "start_time": "11:00", "end_time": "23:59", "is_available": True}
    told = file_of(entry("09:15", "09:45"), entry("12:00", "15:00", notes="all of it"), recurring=(weekly,))
    file.write_text(told, encoding="utf-8")
    done = triluna("import", str(file), "--skip-overlaps", "--json")
    assert (done.code, done.json["imported"], done.json["overlaps"]) == (0, 3, 3)
    (left_out,) = done.json["left_out"]
    assert (left_out["date"], left_out["start_time"], left_out["kept"]) == (DAY, "09:15", [])
    assert left_out["still_open"] == [{"start_time": "09:15", "end_time": "09:45"}]
    assert [each["kept"] for each in done.json["in_part"]] == [
        [{"start_time": "12:00", "end_time": "13:00"}, {"start_time": "14:00", "end_time": "15:00"}],
        [{"start_time": "12:00", "end_time": "24:00"}],
    ]
    parts = [each["start_time"] for each in sandbox.entries() if each["notes"] == "all of it"]
    assert parts == ["12:00:00", "14:00:00"]
    again = triluna("import", str(file), "--skip-overlaps", "--json")
    assert (again.code, again.json["imported"], len(again.json["left_out"])) == (0, 0, 3)


def test_a_block_that_lies_in_an_opening_is_said_to_leave_it_open(
    triluna: CommandLine, sandbox: SandboxProcess, file: Path
) -> None:
    sandbox.add_entry(DAY, "09:00", "12:00", title="Intake")
    file.write_text(file_of(entry("11:00", "13:00", title="Busy")), encoding="utf-8")
    done = triluna("import", str(file), "--skip-overlaps")
    assert done.code == 0
    assert done.stdout.splitlines()[1] == (
        f"In part: Thu {DAY}  11:00-13:00  blocked  Busy; only 12:00-13:00; overlaps “Intake” 09:00-12:00. "
        "Callers can still book 11:00-12:00."
    )


def test_nothing_is_imported_while_nobody_can_know_what_is_there_already(triluna: CommandLine, file: Path) -> None:
    file.write_text(file_of(entry()), encoding="utf-8")
    server, triluna.api_url = triluna.api_url, "http://127.0.0.1:1/api/public"
    done = triluna("import", str(file), "--json")
    assert (done.code, done.json["error"]["code"]) == (2, "offline")
    triluna.api_url = server
    triluna.use_token(None)
    assert triluna("import", str(file)).code == 5


def test_a_copy_that_is_there_stays_whole_where_nothing_is_known_that_could_replace_it(
    triluna: CommandLine, sandbox: SandboxProcess, file: Path
) -> None:
    file.write_text("the only copy", encoding="utf-8")
    triluna.use_token("no-such-token")
    done = triluna("export", *RANGE, "--output", str(file), "--json")
    assert (done.code, done.json["error"]["code"]) == (5, "token")
    triluna.use_token(sandbox.token)
    sandbox.faults({"kind": "drop_before", "times": 0})
    done = triluna("export", *RANGE, "--output", str(file))
    assert done.code == 3
    assert "Nothing was exported." in done.stderr
    assert file.read_text(encoding="utf-8") == "the only copy"
    sandbox.clear_faults()
    assert triluna("export", *RANGE, "--output", str(file)).code == 0
    assert file.read_text(encoding="utf-8").startswith("{")


def test_where_the_disk_is_full_the_copy_that_was_there_stays(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    file.write_text("the only copy", encoding="utf-8")
    monkeypatch.setattr("os.fsync", full)
    code, as_json = (
        delivered(Answer(0, {"text": "new"}), str(file)).exit_code,
        sorted(file.parent.glob("calendar*")),
    )
    assert (code, as_json, file.read_text(encoding="utf-8")) == (2, [file], "the only copy")


def test_an_export_follows_a_link_and_writes_into_what_is_no_file(file: Path) -> None:
    link = file.with_name("link")
    link.symlink_to(file)
    assert delivered(Answer(0, {"text": "new"}), str(link)).exit_code == 0
    assert (link.is_symlink(), file.read_text(encoding="utf-8")) == (True, "new")
    assert delivered(Answer(0, {"text": "new"}), "/dev/full").exit_code == 2
    assert delivered(Answer(0, {"text": "new"}), "/dev/null").exit_code == 0


def test_a_closed_standard_input_is_said(triluna: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    done = triluna("import", "-", "--json")
    assert (done.code, done.json["error"]["message"]) == (2, "Standard input is closed.")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ('{"version": ' + "1" * 5000 + "}", "a number in it is too long"),
        ("[" * 100_000, "nested too deeply"),
        ('{"format": "triluna-calendar", "version": NaN}', "“version” is not 1"),
        ('{"format": "triluna-calendar", "version": true}', "“version” is not 1"),
        ('{"format": "triluna-calendar", "version": 2}', "A newer version"),
        (file_of(entry(title="\ud800")), "entries, number 1: “title” holds half of a character."),
        (file_of(entry(notes="\udfff")), "entries, number 1: “notes” holds half of a character."),
    ],
)
def test_a_file_made_to_do_harm_is_exit_two_and_no_bug(
    triluna: CommandLine, file: Path, text: str, part: str
) -> None:
    file.write_text(text, encoding="utf-8")
    done = triluna("import", str(file), "--json")
    assert (done.code, part in done.json["error"]["message"]) == (2, True), done


def test_a_calendar_that_was_exported_for_other_programs_comes_back_as_it_was(
    triluna: CommandLine, sandbox: SandboxProcess, file: Path
) -> None:
    sandbox.add_entry(DAY, "09:00", "10:00", is_available=False, title="Zoë; “x”, \\n", notes="a\nb")
    sandbox.add_entry(DAY, "14:00", "23:59")
    sandbox.add_pattern(4, "08:00", "12:00", title="Thursdays")
    before, weekly = sandbox.entries(), sandbox.patterns()
    assert triluna("export", *RANGE, "--format", "ics", "--output", str(file)).code == 0
    assert triluna("import", str(file), "--json").json["already"] == 3
    sandbox.reset()
    triluna.data_dir = file.parent / "elsewhere"
    assert triluna("import", str(file), "--json").json["imported"] == 3
    assert [content(each) for each in sandbox.entries()] == [content(each) for each in before]
    assert [content(each) for each in sandbox.patterns()] == [content(each) for each in weekly]


def test_another_programs_calendar_is_taken_in_and_what_is_left_out_is_said(
    triluna: CommandLine, sandbox: SandboxProcess, file: Path
) -> None:
    events = [
        f"DTSTART:{DAY.replace('-', '')}T090000\r\nDURATION:PT1H\r\nSUMMARY:Dentist",
        f"DTSTART:{DAY.replace('-', '')}T090000\r\nDURATION:PT1H\r\nTRANSP:TRANSPARENT",
        "DTSTART:nonsense\r\nSUMMARY:Broken",
    ]
    told = [f"BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT" for event in events]
    text = "\r\n".join(["\ufeffBEGIN:VCALENDAR", "PRODID:-//Somebody//EN", *told, "END:VCALENDAR", ""])
    file.write_bytes(text.encode())
    done = triluna("import", str(file))
    assert done.code == 0
    assert "Shown as free or called off, and left out: events 1." in done.stdout
    assert "“Broken” (its times cannot be read)" in done.stderr
    (entry,) = sandbox.entries()
    assert (entry["title"], entry["start_time"][:5], entry["is_available"]) == ("Dentist", "09:00", False)
    again = triluna("import", str(file), "--json").json
    assert (again["imported"], again["already"], again["unreadable"]) == (0, 1, 1)
