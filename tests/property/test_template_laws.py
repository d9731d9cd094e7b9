"""What holds of every template that is stamped, and of every exception from weekly hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st
from tests.helpers.strategies import BOOLEANS, DAYS, WEEKDAYS, entry_lists, intervals, mode_settings, pattern_lists

from triluna_desktop.domain.availability import ModeSettings, availability_on
from triluna_desktop.domain.bulk import SkipReason
from triluna_desktop.domain.exceptions import except_on
from triluna_desktop.domain.models import Entry, Pattern
from triluna_desktop.domain.templates import Rhythm, Slot, Template, slots_of_patterns, slots_of_week, stamp
from triluna_desktop.domain.time import LAST_MINUTE, weekday_of

AROUND = st.dates(date(2026, 10, 1), date(2027, 1, 31))
"""Over the end of a year and of summer time."""
SLOTS = st.lists(st.tuples(WEEKDAYS, intervals(), BOOLEANS), max_size=6)
RHYTHMS = st.sampled_from(Rhythm)
LENGTHS = st.integers(0, 104)
"""Days from a template's first date to its last."""


@cache
@st.composite
def weeks_of_slots(draw: st.DrawFn) -> tuple[Slot, ...]:
    """A template's week: any slots, overlapping or not."""
    return tuple(sorted(Slot(day, each.start, each.end, opens) for day, each, opens in draw(SLOTS)))


@st.composite
def templates(draw: st.DrawFn) -> Template:
    """Any template of up to fifteen weeks."""
    rhythm, first = draw(RHYTHMS), draw(AROUND)
    week_b = draw(weeks_of_slots()) if rhythm is Rhythm.IN_TURN else ()
    until = first + timedelta(days=draw(LENGTHS))
    return Template("Shifts", rhythm, first, until, draw(weeks_of_slots()), week_b)


def stamped(template: Template, present: list[Entry]) -> list[Entry]:
    """The entries that a stamping makes."""
    return [change.after for change in stamp(template, present).changes if isinstance(change.after, Entry)]


@given(templates(), entry_lists(days=AROUND))
def test_stamping_twice_adds_nothing(template: Template, present: list[Entry]) -> None:
    assert stamped(template, [*present, *stamped(template, present)]) == []


@given(templates(), entry_lists(days=AROUND))
def test_nothing_that_is_stamped_overlaps_anything(template: Template, present: list[Entry]) -> None:
    made = stamped(template, present)
    for one, other in combinations(made, 2):
        assert one.date != other.date or not one.interval.overlaps(other.interval)
    for one in made:
        for standing in present:
            assert one.date != standing.date or not one.interval.overlaps(standing.interval)


@given(templates(), entry_lists(days=AROUND))
def test_every_slot_of_every_week_is_made_or_named(template: Template, present: list[Entry]) -> None:
    plan = stamp(template, present)
    expected = sum(
        week + timedelta(days=slot.day) <= template.until
        for number in range(16)
        for week in [template.first + timedelta(weeks=number)]
        for slot in (template.week_a, template.week_b)[number % 2]
    )
    assert len(plan.changes) + len(plan.skipped) == expected
    assert {each.reason for each in plan.skipped} <= {SkipReason.UNCHANGED, SkipReason.OVERLAPS}
    assert all(each.by is not None for each in plan.skipped)


@given(templates())
def test_weeks_alternate_whatever_the_clocks_do(template: Template) -> None:
    for entry in stamped(template, []):
        number, day = divmod((entry.date - template.first).days, 7)
        week = template.week_a if number % 2 == 0 else template.week_b
        assert Slot(day, entry.start, entry.end, entry.is_available, entry.title, entry.notes) in week
        assert template.first <= entry.date <= template.until


@given(templates(), st.integers(0, 60))
def test_extending_is_as_if_it_had_been_stamped_so_far_at_once(template: Template, days: int) -> None:
    longer = replace(template, until=template.until + timedelta(days=days))
    first = stamped(template, [])
    more = [
        change.item
        for change in stamp(longer, first, after=template.until).changes
        if isinstance(change.item, Entry)
    ]
    assert all(entry.date > template.until for entry in more)
    assert [entry.content() for entry in (*first, *more)] == [entry.content() for entry in stamped(longer, [])]


@given(templates(), st.data())
def test_extending_does_not_bring_back_what_was_deleted(template: Template, data: st.DataObject) -> None:
    made = stamped(template, [])
    kept = data.draw(st.lists(st.sampled_from(made), unique_by=lambda entry: entry.key)) if made else []
    longer = replace(template, until=template.until + timedelta(weeks=4))
    for change in stamp(longer, kept, after=template.until).changes:
        assert isinstance(change.item, Entry)
        assert change.item.date > template.until


@given(AROUND, entry_lists(days=AROUND))
def test_a_week_that_was_taken_is_the_week_that_is_stamped(first: date, entries: list[Entry]) -> None:
    week = slots_of_week(first, entries)
    there = [entry for entry in entries if first <= entry.date < first + timedelta(days=7)]
    assert len(week) == len(there)
    plan = stamp(Template("Week", Rhythm.SECOND, first, first + timedelta(days=6), week), there)
    assert plan.edit is None, "it stands there already"


@given(st.integers(0, 6), pattern_lists())
def test_weekly_hours_become_slots_that_never_overlap(first_weekday: int, patterns: list[Pattern]) -> None:
    slots = slots_of_patterns(first_weekday, patterns)
    for one, other in combinations(slots, 2):
        assert one.day != other.day or one.end <= other.start or other.end <= one.start
    blocks = [pattern for pattern in patterns if not pattern.is_available]
    assert bool(slots) is bool(patterns)
    assert not blocks or any(not slot.is_available for slot in slots)


# -- exceptions ---------------------------------------------------------------------------------------------------


@given(DAYS, mode_settings(), pattern_lists(), entry_lists(max_size=6), st.data())
def test_on_that_date_it_is_as_if_the_pattern_were_another(
    day: date, settings: ModeSettings, patterns: list[Pattern], entries: list[Entry], data: st.DataObject
) -> None:
    times = data.draw(intervals())
    pattern = Pattern("mine", weekday_of(day), times.start, times.end, data.draw(st.booleans()))
    patterns = [*patterns, pattern]
    other = data.draw(intervals())
    wanted = data.draw(
        st.none()
        | st.builds(
            lambda opens: replace(pattern, start=other.start, end=other.end, is_available=opens), st.booleans()
        )
    )
    found = except_on(day, pattern, wanted, settings, patterns, entries)
    made = [] if found.edit is None else [change.item for change in found.edit.changes]
    made_entries = [entry for entry in made if isinstance(entry, Entry)]
    replaced = [each for each in patterns if each.key != "mine"] + ([] if wanted is None else [wanted])

    is_so = availability_on(day, settings, patterns, [*entries, *made_entries]).bookable
    should_be = availability_on(day, settings, replaced, entries).bookable
    left = 0
    for each in found.cannot:
        left |= (1 << each.end) - (1 << each.start)
    assert (is_so.mask ^ should_be.mask) & ~left == 0
    assert found.after == is_so
    assert found.before == availability_on(day, settings, patterns, entries).bookable
    assert all(LAST_MINUTE in (each.start, each.end) for each in found.cannot)
    for one in made_entries:
        assert one.date == day
        assert not any(one.interval.overlaps(entry.interval) for entry in entries if entry.date == day)


@given(DAYS, mode_settings(), pattern_lists(), entry_lists(max_size=6))
def test_other_dates_of_the_weekday_stay_as_they_are(
    day: date, settings: ModeSettings, patterns: list[Pattern], entries: list[Entry]
) -> None:
    pattern = Pattern("mine", weekday_of(day), 540, 720, True)
    found = except_on(day, pattern, None, settings, [*patterns, pattern], entries)
    for change in () if found.edit is None else found.edit.changes:
        assert isinstance(change.item, Entry)
        assert change.item.date == day
