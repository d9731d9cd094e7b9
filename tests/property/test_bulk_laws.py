"""What holds of every bulk edit, whatever the calendar."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count

from hypothesis import given
from hypothesis import strategies as st
from tests.helpers.strategies import BOOLEANS, TITLES, intervals, pattern_lists

from triluna_desktop.domain import bulk, bulk_dates
from triluna_desktop.domain.availability import Mode, ModeSettings, availability_on
from triluna_desktop.domain.bulk import BulkPlan, SkipReason
from triluna_desktop.domain.bulk_dates import Existing, Overlap, dates_between
from triluna_desktop.domain.conflicts import conflicts_among
from triluna_desktop.domain.intervals import Interval, IntervalSet
from triluna_desktop.domain.models import Entry, Item, Pattern
from triluna_desktop.domain.time import DAY_MINUTES, LAST_MINUTE, slot_end, weekday_of

FIRST = date(2026, 11, 15)
"""A Sunday."""
DAYS = 21


OFFSETS = st.lists(st.integers(0, DAYS - 1), max_size=8)
OFFSETS_IN_A_WEEK = st.lists(st.integers(0, 6), max_size=8)
SOME_INTERVALS = st.lists(intervals(), max_size=4)
HOURS = st.just(bulk_dates.WHOLE_DAY) | intervals()


@st.composite
def calendars(draw: st.DrawFn, offsets: st.SearchStrategy[list[int]] = OFFSETS) -> list[Entry]:
    """Entries of three weeks as a server that refuses overlaps holds them, in no order."""
    found: list[Entry] = []
    number = count()
    for offset in draw(offsets):
        day = FIRST + timedelta(days=offset)
        for interval in draw(SOME_INTERVALS):
            start, end = interval.start, slot_end(interval.end)
            taken = any(each.date == day and each.interval.overlaps(Interval(start, end)) for each in found)
            if start < LAST_MINUTE and not taken:
                found.append(Entry(f"e{next(number)}", day, start, end, draw(BOOLEANS), draw(TITLES)))
    return list(draw(st.permutations(found)))


@st.composite
def hours(draw: st.DrawFn) -> Interval:
    """The whole day, or a part of it as a form takes it."""
    interval = draw(HOURS)
    start = min(interval.start, LAST_MINUTE - 1)
    return Interval(start, slot_end(interval.end))


def by_key(entries: list[Entry]) -> dict[str, Item]:
    return {entry.key: entry for entry in entries}


def done(plan: BulkPlan, entries: list[Entry]) -> list[Entry]:
    """The calendar with the plan carried out."""
    state = by_key(entries) if plan.edit is None else plan.edit.apply(by_key(entries))
    return [item for item in state.values() if isinstance(item, Entry)]


def check(plan: BulkPlan, entries: list[Entry]) -> None:
    """What holds of all of them."""
    after = done(plan, entries)
    assert conflicts_among(after) == {}
    if plan.edit is not None:
        assert plan.edit.invert().apply(plan.edit.apply(by_key(entries))) == by_key(entries)
        assert all(change.before != change.after for change in plan.edit.changes)
    changed = {change.key for change in plan.changes}
    assert not changed & {each.item.key for each in plan.skipped}
    assert all(each.start < LAST_MINUTE and each.end != LAST_MINUTE for each in after)


@given(
    calendars(),
    pattern_lists(max_size=4),
    st.integers(0, DAYS - 1),
    st.integers(0, 9),
    hours(),
    st.sampled_from(Existing),
    st.sampled_from(Mode),
)
def test_nothing_in_a_blocked_range_is_bookable_in_either_mode_but_what_was_kept(
    entries: list[Entry],
    patterns: list[Pattern],
    offset: int,
    days: int,
    blocked: Interval,
    existing: Existing,
    mode: Mode,
) -> None:
    first = FIRST + timedelta(days=offset)
    last = first + timedelta(days=days)
    plan = bulk_dates.block_dates(first, last, entries, hours=blocked, existing=existing, title="Vacation")
    check(plan, entries)
    after = done(plan, entries)
    kept = {each.item.key for each in plan.skipped if each.reason is SkipReason.STAYS_BOOKABLE}
    for day in dates_between(first, last):
        # The mode's own hours may be any: the default hours are what the user says they are.
        settings = ModeSettings(mode, Interval(0, DAY_MINUTES))
        bookable = availability_on(day, settings, patterns, after).bookable.intersection(IntervalSet((blocked,)))
        stay = IntervalSet.of(each.interval for each in after if each.key in kept and each.date == day)
        assert bookable.difference(stay) == IntervalSet()
    assert existing is Existing.KEEP_ALL or not kept


@given(calendars(), st.integers(0, DAYS - 1), st.integers(0, 9), hours(), st.sampled_from(Existing))
def test_blocking_changes_nothing_outside_of_its_hours(
    entries: list[Entry], offset: int, days: int, blocked: Interval, existing: Existing
) -> None:
    first = FIRST + timedelta(days=offset)
    last = first + timedelta(days=days)
    after = done(bulk_dates.block_dates(first, last, entries, hours=blocked, existing=existing), entries)
    for day in dates_between(FIRST, FIRST + timedelta(days=DAYS + 9)):
        here = IntervalSet((blocked,)) if first <= day <= last else IntervalSet()
        for is_available in (True, False):
            was, now = (
                IntervalSet.of(e.interval for e in state if e.date == day and e.is_available is is_available)
                for state in (entries, after)
            )
            assert was.difference(here) == now.difference(here)


@given(calendars(), st.integers(0, DAYS - 1), st.integers(0, 9), hours(), st.sampled_from(Existing))
def test_blocking_twice_is_blocking_once(
    entries: list[Entry], offset: int, days: int, blocked: Interval, existing: Existing
) -> None:
    first = FIRST + timedelta(days=offset)
    last = first + timedelta(days=days)
    once = done(bulk_dates.block_dates(first, last, entries, hours=blocked, existing=existing), entries)
    assert bulk_dates.block_dates(first, last, once, hours=blocked, existing=existing).edit is None


@given(calendars(), st.integers(-30, 30), st.integers(-1500, 1500), st.data())
def test_a_move_keeps_lengths_and_texts_and_names_what_cannot_go(
    entries: list[Entry], days: int, minutes: int, data: st.DataObject
) -> None:
    chosen = data.draw(st.lists(st.sampled_from(entries), unique=True)) if entries else []
    plan = bulk.move(chosen, entries, days=days, minutes=minutes)
    check(plan, entries)
    assert {each.key for each in chosen} == {each.key for each in plan.changes} | {
        each.item.key for each in plan.skipped
    }
    for change in plan.changes:
        before, after = change.before, change.after
        assert isinstance(before, Entry)
        assert isinstance(after, Entry)
        assert after.date - before.date == timedelta(days=days)
        assert after.start - before.start == minutes
        assert after.end == slot_end(before.end + minutes)
        assert (after.title, after.is_available) == (before.title, before.is_available)


@given(calendars(OFFSETS_IN_A_WEEK), calendars(), st.integers(0, 6), st.sampled_from(Overlap))
def test_copies_keep_weekdays_times_and_texts(
    week: list[Entry], others: list[Entry], weeks: int, overlap: Overlap
) -> None:
    there = [
        Entry(f"other {each.key}", each.date + timedelta(weeks=1), each.start, each.end, each.is_available)
        for each in others
    ]
    entries = [*week, *there]
    present = [*week, *(each for each in there if each.date >= FIRST + timedelta(weeks=1))]
    targets = bulk_dates.following_weeks(FIRST, weeks)
    plan = bulk_dates.copy_week(FIRST, week, targets, present, overlap=overlap)
    check(plan, entries)
    after = {entry.content() for entry in done(plan, entries)}
    skipped = {each.item.content() for each in plan.skipped}
    for entry in week:
        for number in range(1, weeks + 1):
            copy = Entry("", entry.date + timedelta(weeks=number), *entry.content()[1:])
            assert weekday_of(copy.date) == weekday_of(entry.date)
            assert copy.content() in after or (copy.content() in skipped and overlap is Overlap.SKIP)
    assert {each.content() for each in week} <= after
    if overlap is Overlap.SKIP:
        assert {each.content() for each in there} <= after


@given(calendars(), st.booleans(), st.text(max_size=12), st.data())
def test_flips_titles_and_deletions_are_about_what_was_chosen(
    entries: list[Entry], is_available: bool, title: str, data: st.DataObject
) -> None:
    chosen = data.draw(st.lists(st.sampled_from(entries), unique=True)) if entries else []
    keys = {each.key for each in chosen}
    for plan, wanted in (
        (bulk.make_kind(chosen, is_available=is_available), lambda each: each.is_available is is_available),
        (bulk.retitle(chosen, title), lambda each: each.title == title),
    ):
        check(plan, entries)
        after = done(plan, entries)
        assert all(wanted(each) for each in after if each.key in keys)
        assert [each for each in after if each.key not in keys] == [e for e in entries if e.key not in keys]
    gone = bulk.delete(chosen)
    check(gone, entries)
    assert {each.key for each in done(gone, entries)} == {each.key for each in entries} - keys
