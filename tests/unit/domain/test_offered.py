"""What callers are offered against what they should be, minute by minute."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triluna_desktop.domain.availability import DayAvailability, Mode, ModeSettings, availability_on
from triluna_desktop.domain.intervals import Interval, IntervalSet
from triluna_desktop.domain.models import Entry
from triluna_desktop.domain.offered import OfferGap, offer_gap
from triluna_desktop.domain.time import DAY_MINUTES

DAY = date(2025, 9, 4)


def open_at(*hours: tuple[int, int]) -> DayAvailability:
    return DayAvailability(DAY, IntervalSet.of(Interval(start * 60, end * 60) for start, end in hours))


def test_what_was_blocked_here_is_still_offered_and_what_was_opened_is_not_offered_yet() -> None:
    gap = offer_gap(open_at((9, 17)), open_at((9, 14), (16, 19)))
    assert gap == OfferGap(
        DAY, IntervalSet((Interval(14 * 60, 16 * 60),)), IntervalSet((Interval(17 * 60, 19 * 60),))
    )
    assert gap


def test_where_both_are_the_same_there_is_no_gap() -> None:
    assert not offer_gap(open_at((9, 17)), open_at((9, 12), (12, 17)))


def test_what_is_over_is_left_out() -> None:
    gap = offer_gap(open_at((9, 17)), open_at((12, 13)))
    assert gap.since(15 * 60 + 1).still_offered == IntervalSet((Interval(15 * 60 + 1, 17 * 60),))
    assert not gap.since(17 * 60)
    assert not gap.since(DAY_MINUTES)


def test_two_dates_are_not_compared() -> None:
    with pytest.raises(ValueError, match="two dates"):
        offer_gap(open_at(), DayAvailability(DAY + timedelta(days=1), IntervalSet()))


@st.composite
def entries(draw: st.DrawFn) -> list[Entry]:
    found = []
    for number in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, DAY_MINUTES - 1))
        end = draw(st.integers(start + 1, DAY_MINUTES))
        found.append(Entry(f"k{number}", DAY, start, end, draw(st.booleans())))
    return found


@given(entries(), entries(), st.sampled_from(Mode), st.integers(0, DAY_MINUTES), st.integers(0, DAY_MINUTES - 1))
def test_it_holds_for_every_minute(
    confirmed: list[Entry], wanted: list[Entry], mode: Mode, since: int, place: int
) -> None:
    settings = ModeSettings(mode)
    offered = availability_on(DAY, settings, (), confirmed).bookable
    meant = availability_on(DAY, settings, (), wanted).bookable
    gap = offer_gap(DayAvailability(DAY, offered), DayAvailability(DAY, meant))
    left, inside = gap.since(since), gap.within([Interval(place, min(place + 90, DAY_MINUTES))])
    for minute in range(DAY_MINUTES):
        still = offered.contains(minute) and not meant.contains(minute)
        not_yet = meant.contains(minute) and not offered.contains(minute)
        assert gap.still_offered.contains(minute) is still
        assert gap.not_offered.contains(minute) is not_yet
        assert left.still_offered.contains(minute) is (still and minute >= since)
        assert inside.not_offered.contains(minute) is (not_yet and place <= minute < place + 90)
