"""A change of mode keeps each minute that is offered, asked minute by minute of the oracle."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from tests.helpers.oracle import oracle, row_of
from tests.helpers.server_calendars import (
    FIRST,
    assert_sendable,
    crowded_entries,
    crowded_patterns,
    held_entries,
    held_patterns,
)
from tests.helpers.strategies import mode_settings

from triluna_desktop.domain.intervals import Interval
from triluna_desktop.domain.models import Entry, Pattern
from triluna_desktop.domain.modes import CannotReason, KeepBy, hours_from_text, hours_to_text, migrate
from triluna_desktop.domain.time import LAST_MINUTE, weekday_of

if TYPE_CHECKING:
    from triluna_desktop.domain.availability import ModeSettings
    from triluna_desktop.domain.models import Item
    from triluna_desktop.domain.modes import ModeMigration

DAYS = 9
"""The span: more than a week, so that a weekday comes twice."""
HELD = 14
"""The dates that hold entries: some lie after the span."""

SLOW = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # To make 250 items fewer takes minutes.
)


def made(
    old: ModeSettings, new: ModeSettings, patterns: list[Pattern], entries: list[Entry], by: KeepBy
) -> ModeMigration:
    number = count()
    return migrate(FIRST, DAYS, old, new, patterns, entries, by=by, make_key=lambda: f"new{next(number)}")


def check(old: ModeSettings, new: ModeSettings, patterns: list[Pattern], entries: list[Entry], by: KeepBy) -> None:
    migration = made(old, new, patterns, entries, by)
    items: list[Item] = [*patterns, *entries]
    state = {item.key: item for item in items}
    after = state if migration.edit is None else migration.edit.apply(state)
    assert_sendable(item for item in after.values() if isinstance(item, Entry))
    assert_sendable(item for item in after.values() if isinstance(item, Pattern))
    assert {item.key: item for item in migration.kept} == {
        key: item for key, item in state.items() if isinstance(item, Pattern) or (item.date - FIRST).days < DAYS
    }
    patterns_after = [item for item in after.values() if isinstance(item, Pattern)]
    entries_after = [item for item in after.values() if isinstance(item, Entry)]
    assert [shift.date for shift in migration.days] == [FIRST + timedelta(days=number) for number in range(DAYS)]
    for shift in migration.days:
        before = oracle(shift.date, old, patterns, entries)
        alone = oracle(shift.date, new, patterns, entries)
        kept = oracle(shift.date, new, patterns_after, entries_after)
        for said, row in ((shift.before, before), (shift.after, alone), (shift.kept, kept)):
            assert row_of(said) == row
        assert shift.opened.minutes == sum(b and not a for a, b in zip(before, alone, strict=True))
        assert shift.closed.minutes == sum(a and not b for a, b in zip(before, alone, strict=True))
        lost = excused(migration, shift.date, by)
        wrong = {minute for minute in range(1440) if before[minute] is not kept[minute]}
        assert wrong <= lost
        assert lost <= {LAST_MINUTE - 1, LAST_MINUTE}, "all but the last minutes can be kept"
    if by is KeepBy.WEEKLY_HOURS:
        check_for_ever(migration, old, new, patterns, patterns_after)
    else:
        check_afterwards(migration, old, new, patterns)


def excused(migration: ModeMigration, day: date, by: KeepBy) -> set[int]:
    """The minutes of a date of the span that are named as not kept."""
    found: set[int] = set()
    for each in migration.cannot:
        if each.reason is CannotReason.LAST_MINUTE:
            of_day = weekday_of(each.date) == weekday_of(day) if by is KeepBy.WEEKLY_HOURS else each.date == day
            if of_day:
                found |= set(range(each.interval.start, each.interval.end))
    return found


def check_for_ever(
    migration: ModeMigration,
    old: ModeSettings,
    new: ModeSettings,
    patterns: list[Pattern],
    patterns_after: list[Pattern],
) -> None:
    """Weekly hours have no end: years later it is as before, too."""
    for number in range(7):
        day = FIRST + timedelta(weeks=300, days=number)
        before, after = oracle(day, old, patterns, []), oracle(day, new, patterns_after, [])
        wrong = {minute for minute in range(1440) if before[minute] is not after[minute]}
        assert wrong == excused(migration, day, KeepBy.WEEKLY_HOURS)


def check_afterwards(
    migration: ModeMigration, old: ModeSettings, new: ModeSettings, patterns: list[Pattern]
) -> None:
    """What entries do not keep once the span is over is named in each minute."""
    named = [each for each in migration.cannot if each.reason is CannotReason.AFTER_SPAN]
    for number in range(7):
        day = FIRST + timedelta(days=DAYS + number)
        before, after = oracle(day, old, patterns, []), oracle(day, new, patterns, [])
        there = [each for each in named if each.date == day]
        for opens in (True, False):
            told = {
                m for each in there if each.opens is opens for m in range(each.interval.start, each.interval.end)
            }
            assert told == {m for m in range(1440) if after[m] is opens and before[m] is not opens}


@given(mode_settings(), mode_settings(), held_patterns(), held_entries(days=HELD), st.sampled_from(KeepBy))
@settings(deadline=None, max_examples=60)
def test_after_a_change_of_mode_each_minute_is_offered_as_before_but_for_what_is_named(
    old: ModeSettings, new: ModeSettings, patterns: list[Pattern], entries: list[Entry], by: KeepBy
) -> None:
    check(old, new, patterns, entries, by)


@given(mode_settings(), mode_settings(), st.sampled_from(KeepBy), st.data())
@SLOW
def test_fifty_patterns_and_two_hundred_entries_make_no_difference(
    old: ModeSettings, new: ModeSettings, by: KeepBy, data: st.DataObject
) -> None:
    patterns = data.draw(crowded_patterns(50))
    entries = data.draw(crowded_entries(200, days=HELD))
    check(old, new, patterns, entries, by)


@given(mode_settings(), held_patterns(), held_entries(), st.sampled_from(KeepBy))
@settings(deadline=None)
def test_the_same_mode_takes_nothing(
    mode: ModeSettings, patterns: list[Pattern], entries: list[Entry], by: KeepBy
) -> None:
    migration = made(mode, mode, patterns, entries, by)
    assert migration.edit is None
    assert migration.cannot == ()


@given(mode_settings(), mode_settings(), held_patterns(), held_entries())
@settings(deadline=None, max_examples=40)
def test_going_back_takes_nothing_but_what_was_not_kept(
    old: ModeSettings, new: ModeSettings, patterns: list[Pattern], entries: list[Entry]
) -> None:
    there = made(old, new, patterns, entries, KeepBy.WEEKLY_HOURS)
    assume(not there.cannot)
    added = [] if there.edit is None else [change.after for change in there.edit.changes]
    back = made(
        new, old, [*patterns, *(item for item in added if isinstance(item, Pattern))], entries, KeepBy.ENTRIES
    )
    assert back.edit is None


@given(
    st.just(()) | st.tuples(*[st.none() | st.builds(Interval, st.integers(0, 700), st.integers(701, 1440))] * 7)
)
def test_hours_by_weekday_come_back_from_their_text(hours: tuple[Interval | None, ...]) -> None:
    assert hours_from_text(hours_to_text(hours)) == hours
