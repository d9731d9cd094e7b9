"""Laws of the weekly hours that are being edited: no overlap comes in, and the calls lead safely to the draft."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import count, pairwise
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.helpers.strategies import BOOLEANS, WEEKDAYS, intervals, mode_settings, pattern_lists

from triluna_desktop.domain.models import Pattern
from triluna_desktop.domain.weekly import OverlapError, Preset, WeekDraft, follow, open_time
from triluna_desktop.domain.weekly_editor import WeekEditor
from triluna_desktop.domain.weekly_plan import plan_week

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from triluna_desktop.domain.availability import ModeSettings
    from triluna_desktop.domain.edits import Change
    from triluna_desktop.domain.intervals import IntervalSet

DAY = 1
"""Most of what can go wrong goes wrong on one weekday."""


def keys() -> Iterator[str]:
    return (f"made {number}" for number in count())


def contents(patterns: Sequence[Pattern]) -> list[tuple[object, ...]]:
    return sorted((each.content() for each in patterns), key=repr)


CUTS = st.lists(st.integers(0, 24).map(lambda hour: hour * 60), unique=True, max_size=9)
SHORT_TITLES = st.sampled_from(["", "a"])
DEEDS = st.sampled_from(["put", "change", "drop", "copy", "preset", "merge"])
SOME_WEEKDAYS = st.sets(WEEKDAYS)
PRESETS = st.sampled_from(Preset)


@cache
@st.composite
def disjoint_weeks(draw: st.DrawFn, prefix: str = "p") -> list[Pattern]:
    """Patterns of two weekdays, none of which overlap; drawn so that they often touch."""
    found: list[Pattern] = []
    for weekday in (DAY, 4):
        cuts = sorted(draw(CUTS))
        for start, end in pairwise(cuts):
            if draw(BOOLEANS):
                key = f"{prefix}{weekday}-{len(found)}"
                found.append(Pattern(key, weekday, start, end, draw(BOOLEANS), draw(SHORT_TITLES)))
    return found


@st.composite
def drafts_of(draw: st.DrawFn, before: list[Pattern]) -> WeekDraft:
    """Another disjoint week, in which some stretches are versions of those before."""
    fresh = draw(disjoint_weeks("n"))
    heirs = draw(st.permutations([each.key for each in before]))
    named = zip(fresh, heirs, strict=False)
    versions = [replace(each, key=key) for each, key in named if draw(BOOLEANS)]
    taken = {each.content() for each in versions}
    return WeekDraft.of([*versions, *(each for each in fresh if each.content() not in taken)])


@st.composite
def overlapping_drafts(draw: st.DrawFn, before: list[Pattern]) -> WeekDraft:
    """Any week, as a server that allows overlaps may hold it."""
    other = draw(pattern_lists(max_size=6))
    kept = [replace(each, title=draw(st.sampled_from([each.title, "z"]))) for each in before if draw(BOOLEANS)]
    free = {each.key for each in kept}
    return WeekDraft.of([*kept, *(each for each in other if each.key not in free)])


@st.composite
def operations(draw: st.DrawFn, draft: WeekDraft, named: Iterator[str], settings_: ModeSettings) -> WeekDraft:
    """What a user may do to a draft; what would overlap is refused."""
    interval = draw(intervals())
    deed = draw(DEEDS)
    held = draft.stretches
    if deed == "put" or not held:
        made = Pattern(next(named), draw(WEEKDAYS), interval.start, interval.end, draw(BOOLEANS))
        return draft.put(made)
    one = draw(st.sampled_from(held))
    if deed == "change":
        return draft.put(replace(one, start=interval.start, end=interval.end, weekday=draw(WEEKDAYS)))
    if deed == "drop":
        return draft.drop({one.key})
    if deed == "copy":
        return draft.copied(one.weekday, draw(SOME_WEEKDAYS), lambda: next(named))
    if deed == "merge":
        pairs = draft.touching()
        return draft.merged(*draw(st.sampled_from(pairs))) if pairs else draft
    return draft.preset(draw(PRESETS), settings_, lambda: next(named))


def is_safe(settings_: ModeSettings, shown: Sequence[Pattern], changes: Sequence[Change]) -> None:
    """Play the calls one by one, a change as a create and then a delete, and look at each minute."""
    standing = list(shown)
    weekdays = {each.weekday for each in shown} | {
        side.weekday for change in changes for side in (change.before, change.after) if isinstance(side, Pattern)
    }
    after = list(standing)
    for change in changes:
        after = [each for each in after if each is not change.before and each != change.before]
        if isinstance(change.after, Pattern):
            after.append(change.after)
    may_be_open = {
        day: open_time(settings_, day, shown).union(open_time(settings_, day, after)) for day in weekdays
    }
    for change in changes:
        if isinstance(change.after, Pattern):
            standing.append(change.after)
            check(settings_, standing, may_be_open)
        if isinstance(change.before, Pattern):
            standing.remove(change.before)
            check(settings_, standing, may_be_open)


def day_of(draft: WeekDraft, weekday: int) -> list[tuple[int, int, bool, str]]:
    """What stands on a weekday, whatever its keys."""
    here = (each for each in draft.stretches if each.weekday == weekday)
    return sorted((each.start, each.end, each.is_available, each.title) for each in here)


def check(settings_: ModeSettings, standing: Sequence[Pattern], may_be_open: dict[int, IntervalSet]) -> None:
    for day, allowed in may_be_open.items():
        opened = open_time(settings_, day, standing)
        assert not opened.difference(allowed), (day, opened, standing)


@given(st.data(), disjoint_weeks(), mode_settings())
@settings(max_examples=150)
def test_at_no_moment_is_time_open_that_is_open_neither_before_nor_after(
    data: st.DataObject, before: list[Pattern], mode: ModeSettings
) -> None:
    draft = data.draw(drafts_of(before))
    named = keys()
    plan = plan_week({each.key: each for each in before}, draft, lambda: next(named))
    is_safe(mode, before, plan.changes)


@given(st.data(), pattern_lists(max_size=6), mode_settings())
@settings(max_examples=150)
def test_that_holds_where_a_server_allows_overlaps_too(
    data: st.DataObject, before: list[Pattern], mode: ModeSettings
) -> None:
    draft = data.draw(overlapping_drafts(before))
    named = keys()
    plan = plan_week({each.key: each for each in before}, draft, lambda: next(named))
    is_safe(mode, before, plan.changes)


@given(st.data(), disjoint_weeks(), mode_settings())
@settings(max_examples=150)
def test_taking_it_back_is_as_safe_as_doing_it(
    data: st.DataObject, before: list[Pattern], mode: ModeSettings
) -> None:
    draft = data.draw(drafts_of(before))
    named = keys()
    edit = plan_week({each.key: each for each in before}, draft, lambda: next(named)).edit
    if edit is None:
        return
    after = edit.apply({each.key: each for each in before})
    standing = [each for each in after.values() if isinstance(each, Pattern)]
    is_safe(mode, standing, edit.invert().changes)


@given(st.data(), st.one_of(disjoint_weeks(), pattern_lists(max_size=6)))
def test_the_calls_lead_to_the_draft(data: st.DataObject, before: list[Pattern]) -> None:
    draft = data.draw(overlapping_drafts(before))
    named = keys()
    shown = {each.key: each for each in before}
    plan = plan_week(shown, draft, lambda: next(named))
    result = plan.edit.apply(shown) if plan.edit is not None else dict(shown)
    assert contents([each for each in result.values() if isinstance(each, Pattern)]) == contents(draft.stretches)
    assert plan.calls == sum(2 if change.before and change.after else 1 for change in plan.changes)
    assert (plan.edit is None) is (set(draft.stretches) == set(before))


@given(st.data(), disjoint_weeks(), mode_settings())
def test_nothing_that_a_user_does_makes_stretches_overlap(
    data: st.DataObject, before: list[Pattern], mode: ModeSettings
) -> None:
    editor = WeekEditor(before)
    named = keys()
    for _ in range(data.draw(st.integers(1, 6))):
        try:
            editor.do(data.draw(operations(editor.draft, named, mode)))
        except OverlapError as refused:
            assert refused.others
        assert editor.draft.overlapping() == ()
        assert len({each.key for each in editor.draft.stretches}) == len(editor.draft.stretches)


@given(st.data(), pattern_lists(max_size=6), mode_settings())
def test_where_a_server_allows_overlaps_no_operation_adds_any(
    data: st.DataObject, before: list[Pattern], mode: ModeSettings
) -> None:
    draft = WeekDraft.of(before)
    try:
        after = data.draw(operations(draft, keys(), mode))
    except OverlapError:
        return
    held = {frozenset((one.key, other.key)) for one, other in draft.overlapping()}
    for one, other in after.overlapping():
        # A copy of a day brings along what overlaps there.
        copied = any(day_of(draft, day) == day_of(after, one.weekday) for day in range(7) if day != one.weekday)
        assert copied or frozenset((one.key, other.key)) in held


@given(st.data(), disjoint_weeks(), mode_settings())
def test_undo_goes_back_all_the_way_and_redo_forth(
    data: st.DataObject, before: list[Pattern], mode: ModeSettings
) -> None:
    editor = WeekEditor(before)
    named, seen = keys(), [editor.draft]
    for _ in range(data.draw(st.integers(0, 5))):
        try:
            done = editor.do(data.draw(operations(editor.draft, named, mode)))
        except OverlapError:
            continue
        if done:
            seen.append(editor.draft)
    for draft in reversed(seen):
        assert editor.draft == draft
        assert editor.undo() is (draft is not seen[0])
    assert not editor.is_changed
    for draft in seen[1:]:
        assert editor.redo()
        assert editor.draft == draft
    assert not editor.redo()


@given(disjoint_weeks(), disjoint_weeks("q"))
def test_what_was_left_alone_follows_the_calendar(before: list[Pattern], now: list[Pattern]) -> None:
    was, becomes = ({each.key: each for each in side} for side in (before, now))
    assert follow(WeekDraft.of(before), was, becomes) == WeekDraft.of(now)


@given(st.data(), disjoint_weeks())
def test_what_the_user_drafted_stays_whatever_else_changes(data: st.DataObject, before: list[Pattern]) -> None:
    if not before:
        return
    mine, theirs = data.draw(st.sampled_from(before)), data.draw(st.sampled_from(before))
    drafted = replace(mine, title="mine")
    now = {each.key: each for each in before} | {theirs.key: replace(theirs, title="theirs")}
    draft = follow(WeekDraft.of(before).put(drafted), {each.key: each for each in before}, now)
    assert draft.find(mine.key) == drafted
    if theirs.key != mine.key:
        assert draft.find(theirs.key) == replace(theirs, title="theirs")


@given(mode_settings(), st.sampled_from([each for each in Preset if each is not Preset.EMPTY]))
def test_a_preset_offers_its_hours_in_either_mode(mode: ModeSettings, preset: Preset) -> None:
    named = keys()
    draft = WeekDraft().preset(preset, mode, lambda: next(named))
    hours = [list(open_time(mode, day, draft.stretches)) for day in range(7)]
    assert hours[0] == hours[6] == []
    assert [(each.start, each.end) for each in hours[1]] == [
        {Preset.OFFICE: (540, 1020), Preset.MORNINGS: (480, 720), Preset.EVENINGS: (1020, 1260)}[preset]
    ]
    assert hours[1:6] == [hours[1]] * 5
