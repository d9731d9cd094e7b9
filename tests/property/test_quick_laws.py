"""What holds of *Block now*, *Open now* and *Release early*, whatever stands in the calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from tests.helpers.oracle import oracle
from tests.helpers.strategies import BOOLEANS, TITLES

from triluna_desktop.domain.availability import Mode, ModeSettings
from triluna_desktop.domain.intervals import Interval
from triluna_desktop.domain.models import Entry, Pattern
from triluna_desktop.domain.now import Standing, now_view
from triluna_desktop.domain.quick import Calendar, What, plan
from triluna_desktop.domain.quick_memory import Memory
from triluna_desktop.domain.quick_release import plan_release
from triluna_desktop.domain.quick_until import ForMinutes, RestOfDay, Until, UntilNextEntry, UntilTime

if TYPE_CHECKING:
    from collections.abc import Iterable

    from triluna_desktop.domain.edits import Change, Edit

TODAY = date(2026, 11, 23)
TOMORROW = TODAY + timedelta(days=1)
DATES = (TODAY, TOMORROW)
LAST = 1439
WHEN = st.integers(0, 96).map(lambda quarter: quarter * 15) | st.integers(0, 1438) | st.just(1440)
"""Where an entry can begin or end: 23:59 is the end of the day on the wire."""


TWO_MOMENTS = st.lists(WHEN, min_size=2, max_size=2, unique=True)
MARKS = st.lists(WHEN, max_size=8, unique=True)
MODES = st.sampled_from(Mode)
TWO_WEEKDAYS = st.sampled_from([1, 2])


@cache
@st.composite
def stretches(draw: st.DrawFn) -> Interval:
    one, other = draw(TWO_MOMENTS)
    return Interval(min(one, other), max(one, other))


@cache
@st.composite
def days(draw: st.DrawFn, day: date) -> list[Entry]:
    """Entries that the server would take: none overlaps another; many touch."""
    marks = sorted(draw(MARKS))
    spans = [span for span in pairwise(marks) if draw(BOOLEANS)]
    return [
        Entry(f"{day:%a}{number}", day, start, end, draw(BOOLEANS), draw(TITLES))
        for number, (start, end) in enumerate(spans)
    ]


SOME_STRETCHES = st.lists(stretches(), max_size=4)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    mode = ModeSettings(draw(MODES), draw(stretches()))
    patterns = [
        Pattern(f"p{number}", draw(TWO_WEEKDAYS), span.start, span.end, draw(BOOLEANS))
        for number, span in enumerate(draw(SOME_STRETCHES))
    ]
    return Calendar(mode, (*draw(days(TODAY)), *draw(days(TOMORROW))), tuple(patterns))


MOMENTS = st.integers(0, 1439).map(
    lambda minute: datetime(2026, 11, 23, minute // 60, minute % 60, 31, tzinfo=UTC)
)
UNTILS: st.SearchStrategy[Until] = st.one_of(
    st.integers(1, 1500).map(ForMinutes),
    st.sampled_from([15, 30, 60]).map(ForMinutes),
    st.builds(UntilTime, st.integers(1, 1440), st.sampled_from([None, TOMORROW])),
    st.just(RestOfDay()),
    st.just(UntilNextEntry()),
)
ACTIONS = st.tuples(st.sampled_from(What), UNTILS, st.integers(0, 90))


def done(calendar: Calendar, edit: Edit | None) -> Calendar:
    """The calendar with an edit carried out, a change at a time: at none of them do two entries overlap."""
    entries = {each.key: each for each in calendar.entries}
    for change in edit.changes if edit else ():
        assert entries.get(change.key) == change.before
        entries.pop(change.key, None)
        if isinstance(change.after, Entry):
            assert not (change.after.start == LAST or change.after.end == LAST)
            entries[change.key] = change.after
        assert not overlaps(entries.values())
    return Calendar(calendar.settings, tuple(entries.values()), calendar.patterns)


def overlaps(entries: Iterable[Entry]) -> bool:
    found = sorted(entries, key=lambda each: (each.date, each.start))
    return any(one.date == two.date and one.end > two.start for one, two in pairwise(found))


def offered(calendar: Calendar) -> list[bool]:
    """Today's and tomorrow's minutes."""
    settings, patterns, entries = calendar.settings, calendar.patterns, calendar.entries
    return [minute for day in DATES for minute in oracle(day, settings, patterns, entries)]


def at(day: date, minute: int) -> int:
    return (day - TODAY).days * 1440 + minute


@given(calendars(), MOMENTS, UNTILS)
def test_a_block_closes_the_asked_minutes_and_no_other_and_nothing_smaller_does(
    calendar: Calendar, now: datetime, until: Until
) -> None:
    found = plan(What.BLOCK, until, now, calendar)
    was, after = offered(calendar), done(calendar, found.edit)
    asked = {at(part.date, minute) for part in found.asked for minute in range(*_ends(part.interval))}
    left_out = {at(part.date, LAST) for part in found.left_out}
    wanted = [is_open and (minute not in asked or minute in left_out) for minute, is_open in enumerate(was)]
    assert offered(after) == wanted
    changed = {at(part.date, minute) for part in found.done for minute in range(*_ends(part.interval))}
    assert changed == {minute for minute in range(2880) if was[minute] is not wanted[minute]}
    assert (found.edit is None) is (found.nothing is not None)
    assert said_beside(after, changed) == said_beside(calendar, changed)
    if found.edit is not None and len(found.edit.changes) > 1:
        for missing in found.edit.changes:
            rest = tuple(each for each in found.edit.changes if each is not missing)
            assert not is_enough(calendar, rest, wanted, changed), missing


def said_beside(calendar: Calendar, changed: set[int]) -> dict[int, tuple[bool, str]]:
    """What entries say of the minutes that are left alone."""
    return {
        minute: (each.is_available, each.title)
        for each in calendar.entries
        for minute in range(at(each.date, each.start), at(each.date, each.end))
        if minute not in changed
    }


def is_enough(calendar: Calendar, changes: tuple[Change, ...], wanted: list[bool], changed: set[int]) -> bool:
    entries = {each.key: each for each in calendar.entries}
    for change in changes:
        entries.pop(change.key, None)
        if isinstance(change.after, Entry):
            entries[change.key] = change.after
    after = Calendar(calendar.settings, tuple(entries.values()), calendar.patterns)
    is_kept = said_beside(after, changed) == said_beside(calendar, changed)
    return is_kept and offered(after) == wanted and not overlaps(entries.values())


@given(calendars(), MOMENTS, UNTILS)
def test_an_opening_opens_all_but_what_the_blocks_of_others_hold(
    calendar: Calendar, now: datetime, until: Until
) -> None:
    found = plan(What.OPEN, until, now, calendar)
    was, after = offered(calendar), done(calendar, found.edit)
    asked = {at(part.date, minute) for part in found.asked for minute in range(*_ends(part.interval))}
    blocks = [each for each in calendar.entries if not each.is_available]
    kept = {at(each.date, minute) for each in blocks for minute in range(each.start, each.end)}
    kept |= {at(part.date, LAST) for part in found.left_out}
    wanted = [is_open or (minute in asked and minute not in kept) for minute, is_open in enumerate(was)]
    assert offered(after) == wanted
    assert all(each in blocks for each in found.kept)
    assert [each for each in after.entries if not each.is_available] == blocks


@given(calendars(), MOMENTS, st.sampled_from(What), UNTILS)
def test_the_same_again_is_nothing(calendar: Calendar, now: datetime, what: What, until: Until) -> None:
    first = plan(what, until, now, calendar)
    if not isinstance(until, UntilNextEntry):
        again = plan(what, until, now, done(calendar, first.edit), first.memory)
        assert again.edit is None
        assert (again.asked, again.left_out) == (first.asked, first.left_out)


@given(calendars(), MOMENTS, st.lists(ACTIONS, min_size=1, max_size=4), st.integers(0, 120))
def test_a_release_gives_back_what_was_offered_from_then_on_and_leaves_the_past(
    calendar: Calendar, now: datetime, actions: list[tuple[What, Until, int]], later: int
) -> None:
    was, memory, is_now = offered(calendar), Memory(), calendar
    for what, until, wait in actions:
        now = min(now + timedelta(minutes=wait), datetime(2026, 11, 24, 23, 50, tzinfo=UTC))
        found = plan(what, until, now, is_now, memory)
        memory, is_now = Memory.of_text(found.memory.to_text()), done(is_now, found.edit)
        assert (found.edit is None) or any(True for _ in found.done)
    now += timedelta(minutes=later)
    before = offered(is_now)
    release = plan_release(now, is_now, memory)
    after = done(is_now, release.edit)
    border = at(now.date(), now.hour * 60 + now.minute)
    seen, wanted = offered(after), before[:border] + was[border:]
    # The last minute of a day is no entry of its own.
    assert [minute for minute in range(2880) if seen[minute] is not wanted[minute] and minute % 1440 != LAST] == []
    turned = {
        at(part.date, minute)
        for part in (*release.opened, *release.closed)
        for minute in range(*_ends(part.interval))
        if part.date in DATES
    }
    assert turned == {minute for minute in range(2880) if before[minute] is not seen[minute]}
    assert plan_release(now, after, release.memory).edit is None


@given(calendars(), MOMENTS)
def test_now_is_bookable_where_the_rule_says_so_and_until_it_does_not(calendar: Calendar, now: datetime) -> None:
    view, minutes = now_view(now, calendar), offered(calendar)
    first = now.hour * 60 + now.minute
    assert (view.standing is Standing.BOOKABLE) is minutes[first]
    end = 2880 if view.until is None else at(view.until.date, view.until.minute)
    assert len(set(minutes[first:end])) == 1
    if view.standing is Standing.BOOKABLE:
        assert view.bookable_from is None
        assert end == 2880 or not minutes[end]
    else:
        opens = next((minute for minute in range(first, 2880) if minutes[minute]), None)
        told = None if view.bookable_from is None else at(view.bookable_from.date, view.bookable_from.minute)
        assert told == opens


def _ends(interval: Interval) -> tuple[int, int]:
    return interval.start, interval.end
