"""Which dates one read serves."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from triluna_desktop.sync.window import CLUSTER_DAYS, GAP_DAYS, cluster_around

DAY = date(2025, 9, 4)


def days(*numbers: int) -> list[date]:
    return [DAY + timedelta(number) for number in numbers]


@pytest.mark.parametrize(
    ("others", "span"),
    [
        ((), (0, 0)),
        ((0, 3, 9), (0, 9)),
        ((-5, 3), (-5, 3)),
        ((GAP_DAYS,), (0, GAP_DAYS)),
        ((GAP_DAYS + 1,), (0, 0)),
        ((-GAP_DAYS - 2, -1), (-1, 0)),
        ((GAP_DAYS, 2 * GAP_DAYS), (0, 2 * GAP_DAYS)),
        ((GAP_DAYS, 2 * GAP_DAYS, 3 * GAP_DAYS), (0, 2 * GAP_DAYS)),
        ((2000, -2000, 1), (0, 1)),
    ],
)
def test_near_dates_are_read_together_and_far_ones_are_not(others: tuple[int, ...], span: tuple[int, int]) -> None:
    first, last = cluster_around(DAY, days(*others))
    assert ((first - DAY).days, (last - DAY).days) == span
    assert (last - first).days < CLUSTER_DAYS


def test_the_ends_of_time_are_no_error() -> None:
    assert cluster_around(date.min, [date.max]) == (date.min, date.min)
    assert cluster_around(date.max, [date.min]) == (date.max, date.max)
