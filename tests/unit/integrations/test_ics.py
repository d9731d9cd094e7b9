"""The iCalendar text, by the rules of RFC 5545."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.helpers.guide_week import AVAILABLE_TIMES, MONDAY, OPENED
from tests.helpers.strategies import interval_sets

from triluna_desktop.domain.availability import DayAvailability, availability_over
from triluna_desktop.domain.intervals import Interval, IntervalSet
from triluna_desktop.integrations.ics import LINE_OCTETS, folded, free_busy

NEW_YORK = ZoneInfo("America/New_York")
STAMP = datetime(2026, 11, 22, 9, 30, 15, tzinfo=NEW_YORK)

CLOSED = "20261123T050000Z/20261123T190000Z,20261123T210000Z/20261125T150000Z,20261125T170000Z/20261128T050000Z"


def written(days: list[DayAvailability], zone: ZoneInfo = NEW_YORK, comment: str = "") -> str:
    return free_busy(days, zone, uid="openings@example.org", stamp=STAMP, comment=comment)


def lines_of(text: str) -> list[str]:
    """The content lines, unfolded as a reader of the format does it."""
    return text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def periods(lines: list[str], kind: str) -> list[tuple[datetime, datetime]]:
    prefix = f"FREEBUSY;FBTYPE={kind}:"
    values = [each for line in lines if line.startswith(prefix) for each in line.removeprefix(prefix).split(",")]
    return [(instant(first), instant(last)) for first, last in (value.split("/") for value in values)]


def instant(value: str) -> datetime:
    assert value.endswith("Z"), "times are in UTC"
    return datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def test_the_guides_week_is_free_on_monday_and_wednesday_and_busy_otherwise() -> None:
    days = list(availability_over(MONDAY, 5, AVAILABLE_TIMES, [], OPENED))
    assert lines_of(written(days)) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//TriLuna Desktop//Free and busy//EN",
        "BEGIN:VFREEBUSY",
        "UID:openings@example.org",
        "DTSTAMP:20261122T143015Z",
        "DTSTART:20261123T050000Z",
        "DTEND:20261128T050000Z",
        "FREEBUSY;FBTYPE=FREE:20261123T190000Z/20261123T210000Z,20261125T150000Z/20261125T170000Z",
        f"FREEBUSY;FBTYPE=BUSY-UNAVAILABLE:{CLOSED}",
        "END:VFREEBUSY",
        "END:VCALENDAR",
    ]


@given(st.lists(interval_sets(), min_size=1, max_size=5), st.sampled_from([date(2026, 10, 30), date(2026, 3, 6)]))
def test_free_and_busy_fill_the_span_without_a_gap_and_without_an_overlap(
    sets: list[IntervalSet], first: date
) -> None:
    days = [DayAvailability(first + timedelta(days=number), each) for number, each in enumerate(sets)]
    text = written(days)
    lines = lines_of(text)
    free, busy = periods(lines, "FREE"), periods(lines, "BUSY-UNAVAILABLE")
    assert free == sorted(free)
    assert busy == sorted(busy)
    every = sorted(free + busy)
    named = dict(line.split(":", 1) for line in lines)
    assert every[0][0] == instant(named["DTSTART"])
    assert every[-1][1] == instant(named["DTEND"])
    assert all(one[1] == other[0] for one, other in pairwise(every))
    assert all(start < end for start, end in every)
    for line in text.removesuffix("\r\n").split("\r\n"):
        assert len(line.encode()) <= LINE_OCTETS
        assert "\n" not in line


def test_the_night_of_a_clock_change_is_as_long_as_it_is() -> None:
    night = IntervalSet((Interval(0, 180),))
    lines = lines_of(written([DayAvailability(date(2026, 11, 1), night)]))
    ((start, end),) = periods(lines, "FREE")
    assert end - start == timedelta(hours=4)
    lines = lines_of(written([DayAvailability(date(2026, 3, 8), night)]))
    ((start, end),) = periods(lines, "FREE")
    assert end - start == timedelta(hours=2)


def test_a_day_without_an_opening_has_no_empty_list_of_free_periods() -> None:
    lines = lines_of(written([DayAvailability(MONDAY, IntervalSet())]))
    assert not any(line.startswith("FREEBUSY;FBTYPE=FREE") for line in lines)
    assert len(periods(lines, "BUSY-UNAVAILABLE")) == 1


def test_a_comment_is_escaped_and_cannot_add_a_line_of_its_own() -> None:
    days = [DayAvailability(MONDAY, IntervalSet())]
    lines = lines_of(written(days, comment="Mon, Wed; see C:\\x\r\nEND:VCALENDAR\x07"))
    assert "COMMENT:Mon\\, Wed\\; see C:\\\\x\\nEND:VCALENDAR" in lines
    assert lines.count("END:VCALENDAR") == 1


@given(st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), max_size=200))
def test_folding_comes_back_and_no_piece_is_over_75_octets_or_ends_within_a_character(line: str) -> None:
    pieces = folded(line).split("\r\n ")
    assert "".join(pieces) == line
    sizes = [len(piece.encode()) + (1 if number else 0) for number, piece in enumerate(pieces)]
    assert all(size <= LINE_OCTETS for size in sizes)
    assert all(size > LINE_OCTETS - 4 for size in sizes[:-1]), "no more pieces than it takes"


def test_no_date_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one date"):
        written([])
