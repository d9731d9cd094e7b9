"""What the tests' hand does to the sandbox's calendar as if it were somebody else, and late arrivals on demand."""

from __future__ import annotations

import http.client
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.helpers.sandbox import SandboxProcess

DAY = "2025-09-01"
MEETING = {"date": DAY, "start_time": "14:00", "end_time": "15:00"}


def test_a_held_zombie_is_carried_out_when_told_and_not_before(sandbox: SandboxProcess) -> None:
    sandbox.faults({"kind": "zombie_held"})
    with pytest.raises((ConnectionResetError, http.client.RemoteDisconnected)):
        sandbox.request("POST", "/calendar/availability", MEETING)
    assert sandbox.entries() == []
    assert sandbox.land() == 1
    assert len(sandbox.entries()) == 1
    assert sandbox.land() == 0


def test_a_held_zombie_dies_with_a_reset(sandbox: SandboxProcess) -> None:
    sandbox.faults({"kind": "zombie_held"})
    with pytest.raises((ConnectionResetError, http.client.RemoteDisconnected)):
        sandbox.request("POST", "/calendar/availability", MEETING)
    sandbox.reset()
    assert sandbox.land() == 0
    assert sandbox.entries() == []


def test_somebody_else_changes_some_fields_and_leaves_the_others(sandbox: SandboxProcess) -> None:
    entry = sandbox.add_entry(DAY, "14:00", "15:00", title="there")
    changed = sandbox.change_entry(entry["id"], notes="theirs")
    assert changed is not None
    assert (changed["title"], changed["notes"], changed["start_time"]) == ("there", "theirs", "14:00:00")
    assert sandbox.log() == []


def test_changing_and_removing_what_is_gone_says_so(sandbox: SandboxProcess) -> None:
    entry, pattern = sandbox.add_entry(DAY, "14:00", "15:00"), sandbox.add_pattern(1, "09:00", "10:00")
    assert sandbox.remove(entry_ids=[entry["id"]], pattern_ids=[pattern["id"]]) == 2
    assert sandbox.remove(entry_ids=[entry["id"]]) == 0
    assert sandbox.change_entry(entry["id"], notes="theirs") is None


def test_a_change_elsewhere_obeys_the_overlap_rule_too(sandbox: SandboxProcess) -> None:
    sandbox.add_entry(DAY, "09:00", "10:00")
    entry = sandbox.add_entry(DAY, "14:00", "15:00")
    with pytest.raises(AssertionError, match="409"):
        sandbox.change_entry(entry["id"], start_time="09:30")
