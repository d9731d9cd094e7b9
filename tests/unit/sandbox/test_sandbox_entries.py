"""Entries over HTTP: what the contract says of GET, POST, PUT and DELETE /calendar/availability."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.helpers.sandbox import SandboxProcess

ENTRIES = "/calendar/availability"
MEETING = {
    "date": "2025-09-01",
    "start_time": "14:00",
    "end_time": "15:00",
    "is_available": False,
    "title": "Client meeting",
    "notes": "Important consultation",
}


def changed(**fields: Any) -> dict[str, Any]:
    return MEETING | fields


def test_a_created_entry_is_answered_with_201_and_with_seconds(sandbox: SandboxProcess) -> None:
    reply = sandbox.request("POST", ENTRIES, MEETING)
    assert reply.status == 201
    assert reply.json["success"] is True
    entry = reply.json["availability"]
    assert entry == entry | changed(start_time="14:00:00", end_time="15:00:00")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", entry["created_at"])
    assert sandbox.entries() == [entry]


def test_an_entry_without_optional_fields_is_available_and_untitled(sandbox: SandboxProcess) -> None:
    body = {"date": "2025-09-01", "start_time": "09:00:00", "end_time": "10:30:00"}
    entry = sandbox.request("POST", ENTRIES, body).json["availability"]
    assert (entry["is_available"], entry["title"], entry["notes"]) == (True, None, None)


def test_reading_takes_both_dates_as_part_of_the_range(sandbox: SandboxProcess) -> None:
    for day in ("2025-09-01", "2025-09-02", "2025-09-03", "2025-09-04"):
        sandbox.add_entry(day, "09:00", "10:00")
    reply = sandbox.request("GET", f"{ENTRIES}?start_date=2025-09-02&end_date=2025-09-03")
    assert [entry["date"] for entry in reply.json["availability"]] == ["2025-09-02", "2025-09-03"]
    assert len(sandbox.request("GET", ENTRIES).json["availability"]) == 4
    assert len(sandbox.request("GET", f"{ENTRIES}?start_date=2025-09-04").json["availability"]) == 1


def test_patterns_come_along_only_when_asked_for(sandbox: SandboxProcess) -> None:
    pattern = sandbox.add_pattern(1, "09:00", "17:00")
    assert "recurring" not in sandbox.request("GET", ENTRIES).json
    assert "recurring" not in sandbox.request("GET", f"{ENTRIES}?include_recurring=false").json
    assert sandbox.request("GET", f"{ENTRIES}?include_recurring=true").json["recurring"] == [pattern]


@pytest.mark.parametrize(
    "query",
    ["start_date=2025-9-1", "end_date=2025-02-30", "include_recurring=1", "from=2025-09-01", "start_date="],
)
def test_a_wrong_query_is_refused(sandbox: SandboxProcess, query: str) -> None:
    assert sandbox.request("GET", f"{ENTRIES}?{query}").status == 422


def test_a_range_that_ends_before_it_starts_is_refused(sandbox: SandboxProcess) -> None:
    reply = sandbox.request("GET", f"{ENTRIES}?start_date=2025-09-02&end_date=2025-09-01")
    assert reply.json == {"error": "Validation failed", "message": "end_date must not lie before start_date"}


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"date": "2025-02-29"}, "date: 2025-02-29 is no date of the calendar"),
        ({"date": "01.09.2025"}, "date: must be a date as YYYY-MM-DD"),
        ({"date": "2025-09-01\n"}, "date: must be a date as YYYY-MM-DD"),
        ({"start_time": "9:00"}, "start_time: must be a time as HH:MM, from 00:00 to 23:59"),
        ({"end_time": "24:00"}, "end_time: must be a time as HH:MM, from 00:00 to 23:59"),
        ({"end_time": "15:60"}, "end_time: must be a time as HH:MM, from 00:00 to 23:59"),
        ({"end_time": "15:00Z"}, "end_time: must be a time as HH:MM, from 00:00 to 23:59"),
        ({"end_time": "13:00"}, "end_time must be later than start_time"),
        ({"end_time": "14:00:00"}, "end_time must be later than start_time"),
        ({"start_time": 840}, "start_time: Input should be a valid string"),
        ({"is_available": "false"}, "is_available: Input should be a valid boolean"),
        ({"is_available": None}, "is_available: Input should be a valid boolean"),
        ({"title": "x" * 201}, "title: String should have at most 200 characters"),
        ({"notes": "x" * 2001}, "notes: String should have at most 2000 characters"),
        ({"colour": "red"}, "colour: Extra inputs are not permitted"),
        ({"id": 7}, "id: Extra inputs are not permitted"),
    ],
)
@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_an_invalid_entry_is_refused_with_a_sentence_and_nothing_is_written(
    sandbox: SandboxProcess, method: str, fields: dict[str, Any], sentence: str
) -> None:
    before = sandbox.add_entry("2025-09-01", "08:00", "09:00")
    path = ENTRIES if method == "POST" else f"{ENTRIES}/{before['id']}"
    reply = sandbox.request(method, path, changed(**fields))
    assert (reply.status, reply.json) == (422, {"error": "Validation failed", "message": sentence})
    assert sandbox.entries() == [before]


@pytest.mark.parametrize("missing", ["date", "start_time", "end_time"])
def test_an_entry_needs_a_date_and_two_times(sandbox: SandboxProcess, missing: str) -> None:
    body = {key: value for key, value in MEETING.items() if key != missing}
    reply = sandbox.request("POST", ENTRIES, body)
    assert (reply.status, reply.json["message"]) == (422, f"{missing}: Field required")


@pytest.mark.parametrize("missing", list(MEETING))
def test_an_update_needs_the_whole_entry(sandbox: SandboxProcess, missing: str) -> None:
    entry = sandbox.add_entry("2025-09-01", "08:00", "09:00")
    body = {key: value for key, value in MEETING.items() if key != missing}
    reply = sandbox.request("PUT", f"{ENTRIES}/{entry['id']}", body)
    assert (reply.status, reply.json["message"]) == (422, f"{missing}: Field required")


def test_text_at_the_limit_and_beyond_ascii_is_kept_as_it_is(sandbox: SandboxProcess) -> None:
    body: dict[str, Any] = changed(title="🌙" * 200, notes="\u00e9\n\t\u0000" * 500)
    entry = sandbox.request("POST", ENTRIES, body).json["availability"]
    assert (entry["title"], entry["notes"]) == (body["title"], body["notes"])


@pytest.mark.parametrize("data", [b"", b"{", b"[1", b"\xff\xfe", b"nonsense"])
def test_a_body_that_is_no_json_is_refused(sandbox: SandboxProcess, data: bytes) -> None:
    reply = sandbox.request("POST", ENTRIES, data=data)
    assert reply.status in (400, 422)
    assert set(reply.json) == {"error", "message"}


@pytest.mark.parametrize("data", [b"null", b"[]", b'"text"', b"1", b'{"title": "\\ud800"}'])
def test_json_that_is_no_entry_is_refused(sandbox: SandboxProcess, data: bytes) -> None:
    assert sandbox.request("POST", ENTRIES, data=data).status == 422


def test_an_update_replaces_the_entry_and_keeps_when_it_was_made(sandbox: SandboxProcess) -> None:
    entry = sandbox.add_entry("2025-09-01", "08:00", "09:00")
    sandbox.set_clock_offset(60)
    reply = sandbox.request("PUT", f"{ENTRIES}/{entry['id']}", changed(title=None))
    assert reply.status == 200
    saved = reply.json["availability"]
    assert saved == saved | changed(title=None, start_time="14:00:00", end_time="15:00:00", id=entry["id"])
    assert saved["created_at"] == entry["created_at"] < saved["updated_at"]


def test_a_deleted_entry_is_gone_and_its_id_is_not_given_again(sandbox: SandboxProcess) -> None:
    entry = sandbox.add_entry("2025-09-01", "08:00", "09:00")
    path = f"{ENTRIES}/{entry['id']}"
    reply = sandbox.request("DELETE", path)
    assert (reply.status, reply.json) == (200, {"success": True})
    again = sandbox.request("DELETE", path)
    assert (again.status, again.json) == (404, {"error": "Calendar entry not found"})
    assert sandbox.request("PUT", path, MEETING).status == 404
    assert sandbox.add_entry("2025-09-01", "08:00", "09:00")["id"] > entry["id"]


@pytest.mark.parametrize(
    ("start", "end", "conflicts"),
    [
        ("13:00", "14:00", False),
        ("15:00", "16:00", False),
        ("13:00", "14:01", True),
        ("14:59", "16:00", True),
        ("14:15", "14:45", True),
        ("13:00", "16:00", True),
        ("14:00", "15:00", True),
    ],
)
def test_slots_conflict_when_they_overlap_half_open(
    sandbox: SandboxProcess, start: str, end: str, conflicts: bool
) -> None:
    there = sandbox.add_entry("2025-09-01", "14:00", "15:00")
    reply = sandbox.request("POST", ENTRIES, changed(start_time=start, end_time=end))
    assert reply.status == (409 if conflicts else 201)
    if conflicts:
        assert reply.json == {
            "error": "Time slot conflict",
            "message": "Time slot conflicts with existing availability",
            "conflicts": [{key: there[key] for key in ("id", "start_time", "end_time")}],
        }


def test_slots_of_different_dates_do_not_conflict(sandbox: SandboxProcess) -> None:
    sandbox.add_entry("2025-09-02", "14:00", "15:00")
    assert sandbox.request("POST", ENTRIES, MEETING).status == 201


def test_all_conflicting_slots_are_named(sandbox: SandboxProcess) -> None:
    first = sandbox.add_entry("2025-09-01", "14:00", "14:30")
    second = sandbox.add_entry("2025-09-01", "14:30", "15:00")
    reply = sandbox.request("POST", ENTRIES, MEETING)
    assert [slot["id"] for slot in reply.json["conflicts"]] == [first["id"], second["id"]]


def test_an_update_conflicts_with_others_but_not_with_itself(sandbox: SandboxProcess) -> None:
    entry = sandbox.add_entry("2025-09-01", "14:00", "15:00")
    other = sandbox.add_entry("2025-09-01", "15:00", "16:00")
    path = f"{ENTRIES}/{entry['id']}"
    assert sandbox.request("PUT", path, changed(start_time="14:30")).status == 200
    reply = sandbox.request("PUT", path, changed(end_time="15:30"))
    assert [slot["id"] for slot in reply.json["conflicts"]] == [other["id"]]


@pytest.mark.parametrize("end", ["23:59", "23:59:59"])
def test_an_entry_that_ends_at_23_59_lasts_to_the_end_of_the_day(sandbox: SandboxProcess, end: str) -> None:
    assert sandbox.request("POST", ENTRIES, changed(start_time="22:00", end_time=end)).status == 201
    reply = sandbox.request("POST", ENTRIES, changed(start_time="23:59", end_time="23:59:59"))
    assert reply.status == 409


def test_overlaps_can_be_allowed(sandbox: SandboxProcess) -> None:
    sandbox.configure(allow_overlaps=True)
    assert [sandbox.request("POST", ENTRIES, MEETING).status for _ in range(2)] == [201, 201]
    sandbox.reset()
    assert [sandbox.request("POST", ENTRIES, MEETING).status for _ in range(2)] == [201, 409]


@pytest.mark.parametrize("entry_id", ["0", "-1", "abc", "1.5", "9223372036854775808"])
def test_an_id_that_cannot_be_is_refused(sandbox: SandboxProcess, entry_id: str) -> None:
    assert sandbox.request("DELETE", f"{ENTRIES}/{entry_id}").status == 422


@pytest.mark.parametrize(
    "path", ["/calendar", "/calendar/availability/", "/calendar/other", "/calendar/recurring/1/2"]
)
def test_an_unknown_path_is_not_found(sandbox: SandboxProcess, path: str) -> None:
    reply = sandbox.request("GET", path)
    assert (reply.status, list(reply.json)) == (404, ["error"])


@pytest.mark.parametrize(("method", "path"), [("PATCH", ENTRIES), ("GET", f"{ENTRIES}/1"), ("HEAD", ENTRIES)])
def test_an_unknown_method_is_refused(sandbox: SandboxProcess, method: str, path: str) -> None:
    body: dict[str, Any] | None = {} if method == "PATCH" else None
    assert sandbox.request(method, path, body).status == 405
