"""What is bookable, against an oracle written from the API's contract: each minute asked by itself.

start from the mode's default; apply that weekday's patterns (available ones open, then unavailable ones
close); then apply the date's entries (available ones open, then unavailable ones close).
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.helpers.oracle import SUNDAY_IS_0, is_open, oracle, row_of
from tests.helpers.strategies import DAYS, entry_lists, mode_settings, pattern_lists

from triluna_desktop.domain.availability import (
    Layer,
    availability_on,
    explain,
)

if TYPE_CHECKING:
    from datetime import date
    from random import Random

    from triluna_desktop.domain.availability import ModeSettings
    from triluna_desktop.domain.models import Entry, Pattern

A_FEW = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@given(DAYS, mode_settings(), pattern_lists(), entry_lists())
@settings(deadline=None, max_examples=25)
def test_the_oracle_says_of_each_minute_what_the_contract_says_of_it(
    day: date, mode: ModeSettings, patterns: list[Pattern], entries: list[Entry]
) -> None:
    weekday = day.toordinal() % SUNDAY_IS_0
    weekly = [pattern for pattern in patterns if pattern.weekday == weekday]
    dated = [entry for entry in entries if entry.date == day]
    asked = [is_open(minute, weekday, mode, weekly, dated) for minute in range(1440)]
    assert oracle(day, mode, patterns, entries) == asked


@given(DAYS, mode_settings(), pattern_lists(), entry_lists())
@settings(deadline=None)
def test_availability_agrees_with_the_contract_in_each_minute(
    day: date, mode: ModeSettings, patterns: list[Pattern], entries: list[Entry]
) -> None:
    found = availability_on(day, mode, patterns, entries)
    row = oracle(day, mode, patterns, entries)
    assert row_of(found.bookable) == row
    assert found.minutes == sum(row)
    assert found.date == day


@given(st.data())
@A_FEW
def test_fifty_patterns_and_two_hundred_entries_make_no_difference(data: st.DataObject) -> None:
    day = data.draw(DAYS)
    some_days = st.sampled_from([day, day, day, day.replace(day=1)])
    patterns = data.draw(pattern_lists(max_size=50))
    entries = data.draw(entry_lists(max_size=200, days=some_days))
    mode = data.draw(mode_settings())
    found = availability_on(day, mode, patterns, entries)
    assert row_of(found.bookable) == oracle(day, mode, patterns, entries)
    assert_explained(day, mode, patterns, entries)


@given(DAYS, mode_settings(), pattern_lists(), entry_lists())
@settings(deadline=None)
def test_the_explanation_agrees_with_availability_in_each_minute_and_covers_the_day(
    day: date, mode: ModeSettings, patterns: list[Pattern], entries: list[Entry]
) -> None:
    assert_explained(day, mode, patterns, entries)


def assert_explained(day: date, mode: ModeSettings, patterns: list[Pattern], entries: list[Entry]) -> None:
    row = row_of(availability_on(day, mode, patterns, entries).bookable)
    stretches = explain(day, mode, patterns, entries)
    at = 0
    for stretch in stretches:
        assert stretch.interval.start == at, "the stretches follow one another without a gap"
        at = stretch.interval.end
        minutes = range(stretch.interval.start, stretch.interval.end)
        assert set(row[minutes.start : minutes.stop]) == {stretch.is_bookable}
        assert stretch.reasons[-1].opens is stretch.is_bookable, "the last reason decides"
        assert stretch.reasons[0].layer is Layer.DEFAULT
        assert stretch.reasons[0].item is None
        layers = [list(Layer).index(reason.layer) for reason in stretch.reasons]
        assert layers == sorted(layers), "the weakest comes first"
        for minute in (minutes[0], minutes[-1]):
            named = {reason.item.key for reason in stretch.reasons if reason.item is not None}
            assert named == keys_over(minute, day, patterns, entries), "each item over a minute is a reason"
    assert at == 1440
    for one, other in pairwise(stretches):
        assert one.reasons != other.reasons, "neighbours differ in their reasons"


def keys_over(minute: int, day: date, patterns: list[Pattern], entries: list[Entry]) -> set[str]:
    return {
        *(
            pattern.key
            for pattern in patterns
            if pattern.weekday == day.toordinal() % SUNDAY_IS_0 and pattern.start <= minute < pattern.end
        ),
        *(entry.key for entry in entries if entry.date == day and entry.start <= minute < entry.end),
    }


@given(DAYS, mode_settings(), pattern_lists(), entry_lists(), st.randoms(use_true_random=False))
@settings(deadline=None)
def test_neither_order_nor_kind_of_iterable_changes_the_answer(
    day: date, mode: ModeSettings, patterns: list[Pattern], entries: list[Entry], shuffle: Random
) -> None:
    found = availability_on(day, mode, patterns, entries), explain(day, mode, patterns, entries)
    mixed_patterns, mixed_entries = list(patterns), list(entries)
    shuffle.shuffle(mixed_patterns)
    shuffle.shuffle(mixed_entries)
    assert availability_on(day, mode, iter(mixed_patterns), iter(mixed_entries)) == found[0]
    assert explain(day, mode, iter(mixed_patterns), iter(mixed_entries)) == found[1]


@given(DAYS, mode_settings(), pattern_lists(), entry_lists())
@settings(deadline=None)
def test_blocking_never_opens_and_opening_never_closes(
    day: date, mode: ModeSettings, patterns: list[Pattern], entries: list[Entry]
) -> None:
    with_all = availability_on(day, mode, patterns, entries).bookable
    without_blocks = availability_on(
        day,
        mode,
        [pattern for pattern in patterns if pattern.is_available],
        [entry for entry in entries if entry.is_available],
    ).bookable
    assert not with_all.difference(without_blocks)
