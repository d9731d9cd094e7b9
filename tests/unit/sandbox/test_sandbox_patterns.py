"""Weekly patterns over HTTP: GET, POST and DELETE /calendar/recurring."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.helpers.sandbox import SandboxProcess

PATTERNS = "/calendar/recurring"
MONDAYS = {
    "day_of_week": 1,
    "start_time": "09:00",
    "end_time": "17:00",
    "is_available": True,
    "title": "Monday business hours",
}


def test_a_created_pattern_is_answered_whole_and_listed(sandbox: SandboxProcess) -> None:
    reply = sandbox.request("POST", PATTERNS, MONDAYS)
    assert (reply.status, reply.json["success"]) == (201, True)
    pattern = reply.json["recurring"]
    assert pattern == MONDAYS | {"id": pattern["id"], "start_time": "09:00:00", "end_time": "17:00:00"}
    assert sandbox.request("GET", PATTERNS).json == {"recurring": [pattern]}


def test_patterns_conflict_on_one_weekday_only(sandbox: SandboxProcess) -> None:
    there = sandbox.add_pattern(1, "09:00", "17:00")
    conflict = sandbox.request("POST", PATTERNS, MONDAYS | {"start_time": "16:59", "end_time": "18:00"})
    assert conflict.status == 409
    assert conflict.json["conflicts"] == [{key: there[key] for key in ("id", "start_time", "end_time")}]
    assert sandbox.request("POST", PATTERNS, MONDAYS | {"start_time": "17:00", "end_time": "18:00"}).status == 201
    assert sandbox.request("POST", PATTERNS, MONDAYS | {"day_of_week": 2}).status == 201


@pytest.mark.parametrize(
    "fields",
    [
        {"day_of_week": 7},
        {"day_of_week": -1},
        {"day_of_week": "1"},
        {"day_of_week": True},
        {"notes": "x"},
        {"date": "x"},
        {"end_time": "09:00"},
        {"title": "x" * 201},
        {"is_available": 1},
    ],
)
def test_an_invalid_pattern_is_refused(sandbox: SandboxProcess, fields: dict[str, Any]) -> None:
    assert sandbox.request("POST", PATTERNS, MONDAYS | fields).status == 422
    assert sandbox.patterns() == []


def test_a_deleted_pattern_is_gone(sandbox: SandboxProcess) -> None:
    path = f"{PATTERNS}/{sandbox.add_pattern(1, '09:00', '17:00')['id']}"
    assert sandbox.request("DELETE", path).json == {"success": True}
    again = sandbox.request("DELETE", path)
    assert (again.status, again.json) == (404, {"error": "Recurring pattern not found"})


def test_a_pattern_cannot_be_updated(sandbox: SandboxProcess) -> None:
    path = f"{PATTERNS}/{sandbox.add_pattern(1, '09:00', '17:00')['id']}"
    assert sandbox.request("PUT", path, MONDAYS).status == 405
