"""*Why* agrees with what is bookable in each minute, and each click does what it says and no more."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import TYPE_CHECKING

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from tests.helpers.oracle import SUNDAY_IS_0, oracle
from tests.helpers.server_calendars import (
    FIRST,
    assert_sendable,
    crowded_entries,
    crowded_patterns,
    held_entries,
    held_patterns,
    slots,
)
from tests.helpers.strategies import entry_lists, mode_settings, pattern_lists

from triluna_desktop.domain.availability import Layer
from triluna_desktop.domain.models import Entry, Item, Pattern
from triluna_desktop.domain.slots import make_bookable
from triluna_desktop.domain.why import Fix, FixKind, Standing, Why, why

if TYPE_CHECKING:
    from triluna_desktop.domain.availability import ModeSettings
    from triluna_desktop.domain.edits import Edit
    from triluna_desktop.domain.intervals import Interval

DAYS = 3
DATES = st.integers(0, DAYS - 1).map(lambda number: FIRST + timedelta(days=number))
UNSHRUNK = [Phase.explicit, Phase.reuse, Phase.generate]
"""To make 250 items fewer takes minutes; the other laws tell a small example of what is wrong."""
LEADS_SOMEWHERE = {FixKind.EDIT_WEEKLY_HOURS, FixKind.CHANGE_DEFAULT_HOURS}


def over(minute: int, day: date, patterns: list[Pattern], entries: list[Entry]) -> set[str]:
    weekday = day.toordinal() % SUNDAY_IS_0
    weekly = {item.key for item in patterns if item.weekday == weekday and item.start <= minute < item.end}
    return weekly | {item.key for item in entries if item.date == day and item.start <= minute < item.end}


def asked(minute: int, day: date, mode: ModeSettings, patterns: list[Pattern], entries: list[Entry]) -> Why:
    number = count()
    return why(day, minute, mode, patterns, entries, make_key=lambda: f"new{next(number)}")


def done(edit: Edit, entries: list[Entry]) -> list[Entry]:
    state: dict[str, Item] = {entry.key: entry for entry in entries}
    return [item for item in edit.apply(state).values() if isinstance(item, Entry)]


def check_each_minute(
    day: date, mode: ModeSettings, patterns: list[Pattern], entries: list[Entry], step: int
) -> None:
    row = oracle(day, mode, patterns, entries)
    for minute in range(0, 1440, step):
        found = asked(minute, day, mode, patterns, entries)
        assert found.is_open is row[minute]
        assert found.deciding.opens is row[minute], "the last step decides"
        assert found.chain[0].layer is Layer.DEFAULT
        assert [each for each in found.chain if each.item is None] == [found.chain[0]]
        named = [each.item.key for each in found.chain if each.item is not None]
        assert sorted(named) == sorted(over(minute, day, patterns, entries)), "each that lies there, once"
        for at in (found.stretch.start, minute, found.stretch.end - 1):
            assert over(at, day, patterns, entries) == set(named), "the same steps hold in the whole stretch"
            assert row[at] is row[minute]
        assert all(
            each.item is None or (each.layer is Layer.PATTERN) is isinstance(each.item, Pattern)
            for each in found.chain
        )


@given(DATES, mode_settings(), pattern_lists(), entry_lists(days=DATES))
@settings(deadline=None, max_examples=30)
def test_the_reasons_agree_with_the_outcome_whatever_overlaps(
    day: date, mode: ModeSettings, patterns: list[Pattern], entries: list[Entry]
) -> None:
    check_each_minute(day, mode, patterns, entries, 7)


@given(DATES, mode_settings(), st.data())
@settings(deadline=None, max_examples=6, phases=UNSHRUNK)
def test_the_reasons_agree_in_each_minute_of_a_crowded_day(
    day: date, mode: ModeSettings, data: st.DataObject
) -> None:
    patterns = data.draw(crowded_patterns(50))
    entries = data.draw(crowded_entries(200, days=DAYS))
    check_each_minute(day, mode, patterns, entries, 1)


@given(DATES, st.integers(0, 1439), mode_settings(), held_patterns(), held_entries(days=DAYS))
@settings(deadline=None)
def test_each_fix_does_what_it_says_and_nothing_beside_it(
    day: date, minute: int, mode: ModeSettings, patterns: list[Pattern], entries: list[Entry]
) -> None:
    before = oracle(day, mode, patterns, entries)
    found = asked(minute, day, mode, patterns, entries)
    kinds = [fix.kind for fix in found.fixes]
    assert len(kinds) == len(set(kinds))
    assert (FixKind.CLOSE_TIME in kinds) is before[minute], "what is open can be closed, what is closed opened"
    assert (FixKind.OPEN_TIME in kinds) is not before[minute]
    for fix in found.fixes:
        if fix.kind in LEADS_SOMEWHERE:
            assert fix.edit is None
            continue
        assert fix.edit is not None
        assert fix.interval is not None
        after_entries = done(fix.edit, entries)
        assert_sendable(after_entries)
        assert {e.key: e for e in after_entries if e.date != day} == {e.key: e for e in entries if e.date != day}
        after = oracle(day, mode, patterns, after_entries)
        check_fix(fix, minute, before, after)


def check_fix(fix: Fix, minute: int, before: list[bool], after: list[bool]) -> None:
    assert fix.interval is not None
    opens = fix.kind in {FixKind.OPEN_TIME, FixKind.OPEN_DAY, FixKind.DELETE_BLOCK}
    deletes = fix.kind in {FixKind.DELETE_BLOCK, FixKind.DELETE_OPENING}
    if deletes or fix.kind is not FixKind.OPEN_DAY:
        assert after[minute] is opens
    inside = set(range(fix.interval.start, fix.interval.end))
    if not deletes:
        assert {after[at] for at in inside} == {opens}
        # An entry cannot end at 23:59: there, what is meant is widened to midnight.
        inside |= {1438, 1439} if inside & {1438, 1439} else set()
    assert all(before[at] is after[at] for at in range(1440) if at not in inside)


@given(DATES, slots(), st.booleans(), mode_settings(), held_patterns(), held_entries(days=DAYS))
@settings(deadline=None)
def test_a_slot_made_bookable_is_so_in_each_minute_and_all_else_is_as_it_was(
    day: date, slot: Interval, is_open: bool, mode: ModeSettings, patterns: list[Pattern], entries: list[Entry]
) -> None:
    number = count()
    edit = make_bookable(
        day, slot, mode, patterns, entries, is_open=is_open, make_key=lambda: f"new{next(number)}"
    )
    before = oracle(day, mode, patterns, entries)
    there = entries if edit is None else done(edit, entries)
    assert_sendable(there)
    after = oracle(day, mode, patterns, there)
    for minute in range(1440):
        assert after[minute] is (is_open if slot.contains(minute) else before[minute])
    if all(before[minute] is is_open for minute in range(slot.start, slot.end)):
        kinds = {e.is_available for e in entries if e.date == day and e.interval.overlaps(slot)}
        assert edit is None or (not is_open) in kinds, "only what speaks against it is touched where it is so"


@given(DATES, st.integers(0, 1439), mode_settings(), held_patterns(), held_entries(days=DAYS), st.data())
@settings(deadline=None, max_examples=60)
def test_what_is_unsent_is_marked_and_what_another_calendar_says_is_never_touched(
    day: date,
    minute: int,
    mode: ModeSettings,
    patterns: list[Pattern],
    entries: list[Entry],
    data: st.DataObject,
) -> None:
    items: list[Item] = [*patterns, *entries]
    keys = [item.key for item in items]
    unsent: dict[str, Item | None] = {
        key: data.draw(st.sampled_from([None, items[0]])) for key in keys if data.draw(st.booleans())
    }
    mirrored = {entry.key for entry in entries if not entry.is_available and data.draw(st.booleans())}
    found = why(day, minute, mode, patterns, entries, unsent=unsent, mirrored=mirrored)
    assert found.is_open is oracle(day, mode, patterns, entries)[minute]
    for step in found.chain:
        key = "" if step.item is None else step.item.key
        expected = (
            Standing.SENT if key not in unsent else Standing.NEW if unsent[key] is None else Standing.CHANGED
        )
        assert step.standing is expected
        assert (step.layer is Layer.MIRRORED) is (key in mirrored)
    for fix in found.fixes:
        if fix.edit is not None:
            assert not {change.key for change in fix.edit.changes} & mirrored
            after = oracle(day, mode, patterns, done(fix.edit, entries))
            if fix.kind is not FixKind.OPEN_DAY:
                assert after[minute] is not found.is_open
