"""Stretches of a day, by example."""

import pytest

from triluna_desktop.domain.intervals import ALL_DAY, Interval, IntervalSet


@pytest.mark.parametrize(("start", "end"), [(540, 540), (600, 540), (-1, 60), (0, 1441), (1440, 1440)])
def test_what_is_empty_or_leaves_the_day_is_no_stretch(start: int, end: int) -> None:
    with pytest.raises(ValueError, match=f"{start} to {end} is no stretch of a day"):
        Interval(start, end)


def test_nine_to_ten_and_ten_to_eleven_touch_and_do_not_overlap() -> None:
    nine, ten = Interval(540, 600), Interval(600, 660)
    assert nine.touches(ten)
    assert not nine.overlaps(ten)
    assert nine.intersection(ten) is None


def test_a_stretch_holds_its_first_minute_and_not_its_last() -> None:
    nine = Interval(540, 600)
    assert nine.contains(540)
    assert not nine.contains(600)
    assert nine.minutes == 60


def test_touching_stretches_are_one_stretch_of_a_set() -> None:
    assert IntervalSet.of([Interval(600, 660), Interval(540, 600)]).intervals == (Interval(540, 660),)


def test_a_stretch_inside_another_adds_nothing() -> None:
    assert IntervalSet.of([Interval(540, 720), Interval(600, 660)]).intervals == (Interval(540, 720),)


def test_nothing_and_the_whole_day_complete_each_other() -> None:
    assert IntervalSet().complement() == ALL_DAY
    assert ALL_DAY.complement() == IntervalSet()
    assert not IntervalSet()
    assert ALL_DAY.minutes == 1440


def test_a_block_in_the_middle_leaves_two_stretches() -> None:
    day = IntervalSet((Interval(480, 1200),))
    assert list(day.difference(IntervalSet((Interval(780, 840),)))) == [Interval(480, 780), Interval(840, 1200)]
