"""Laws of the typed line: it never raises, what it understood can be said again, and it stays inside of a day."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import assume, given
from hypothesis import strategies as st

from triluna_desktop.domain.availability import ModeSettings
from triluna_desktop.domain.models import Entry, new_key
from triluna_desktop.domain.quick_add import Habits, read_quick_add
from triluna_desktop.domain.search import read_query
from triluna_desktop.domain.time import DAY_MINUTES, LAST_MINUTE, format_time
from triluna_desktop.domain.vocabulary import ENGLISH

NOW = datetime(2026, 11, 19, 13, 24, tzinfo=ZoneInfo("America/Toronto"))
HABITS = Habits(ModeSettings(), is_available=False, length=30)
_PIECES = (
    "block", "open", "tomorrow", "next", "tue", "every", "mondays", "15", "Jan", "31 Feb", "3/4", "2-3:30", "3pm",
    "at", "45m", "in", "until", "24:00", "midnight", "-", "dentist", "“x”", "\0", "00:00",
    "9h", "day", "the 31st", "٣",
)  # fmt: skip
lines = st.one_of(
    st.text(max_size=40),
    st.lists(st.sampled_from(_PIECES), max_size=8).map(" ".join),
    st.lists(st.one_of(st.sampled_from(_PIECES), st.text(max_size=6)), max_size=6).map("".join),
)
moments = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30)).map(  # noqa: DTZ001 - the zone follows.
    lambda naive: naive.replace(tzinfo=ZoneInfo("Europe/Berlin"))
)


@given(lines, moments)
def test_no_line_is_too_odd(line: str, now: datetime) -> None:
    found = read_quick_add(line, now, HABITS, ENGLISH)
    items = found.items(new_key)
    assert bool(items) is (found.problem is None)
    for item in items:
        assert 0 <= item.start < item.end <= DAY_MINUTES
        assert item.title == found.title


@given(lines, moments, st.booleans())
def test_no_search_is_too_odd_and_nothing_but_dates_is_looked_for_while_titles_are_hidden(
    line: str, now: datetime, is_masked: bool
) -> None:
    query = read_query(line, now.date(), ModeSettings(), ENGLISH, is_masked=is_masked)
    assert not is_masked or (query.words, query.beside) == ((), ())
    assert query.first in query.days or (query.first is None and not query.days)
    assert not is_masked or not query.fits_words("anything", "at all")


@given(
    st.dates(date(1900, 1, 1), date(2199, 12, 30)),
    st.integers(0, LAST_MINUTE - 1),
    st.integers(1, DAY_MINUTES),
    st.booleans(),
    st.text("abcdefghijklmnopqrstuvwxyzäé ", max_size=30),
)
def test_what_was_understood_can_be_said_again(
    day: date, start: int, length: int, is_available: bool, title: str
) -> None:
    end = (start + length - 1) % DAY_MINUTES + 1
    # "11:00-10:00" says in neither of its times that it is of a 24-hour clock, and is read as 11:00 to 22:00.
    assume(end > start or not all(600 <= each < 780 for each in (start, end)))
    verb = "open" if is_available else "block"
    said = f" “{title}”" if title.strip() else ""
    line = f"{verb} {day.isoformat()} {format_time(start)}-{format_time(end)}{said}"
    found = read_quick_add(line, NOW, HABITS, ENGLISH)
    if end == start:
        assert not found.parts
        return
    assert found.problem is None
    first, last = found.parts[0], found.parts[-1]
    assert (found.is_available, found.title) == (is_available, " ".join(title.split()))
    assert (first.date, first.interval.start) == (day, start)
    again = f"{first.date.isoformat()} {format_time(first.interval.start)}-{format_time(first.interval.end)}"
    once_more = read_quick_add(f"{verb} {again}{said}", NOW, HABITS, ENGLISH)
    assert once_more.parts == found.parts[:1]
    if end > start:
        assert last == first
    else:
        assert last.date in (day, day + timedelta(days=1))
    # No minute is lost at midnight but a last one, which no entry can say.
    minutes = sum(each.interval.minutes for each in found.parts)
    assert abs(minutes - ((end - start) % DAY_MINUTES or DAY_MINUTES)) <= 1


@given(st.integers(1, 12), st.integers(0, 59), st.integers(1, 12), st.integers(0, 59))
def test_a_guessed_half_of_the_day_is_never_outside_of_the_hours_where_one_is_inside(
    hour: int, minute: int, end_hour: int, end_minute: int
) -> None:
    found = read_quick_add(f"tomorrow {hour}:{minute:02}-{end_hour}:{end_minute:02}", NOW, HABITS, ENGLISH)
    hours = HABITS.hours(5)
    starts = [hour % 12 * 60 + minute + half for half in (0, 720)]
    ends = [end_hour % 12 * 60 + end_minute + half for half in (0, 720)]
    fits = any(hours.start <= start < end <= hours.end and end - start <= 720 for start in starts for end in ends)
    if fits and found.problem is None:
        (entry,) = found.items(new_key)
        assert isinstance(entry, Entry)
        assert hours.start <= entry.start
        assert entry.end <= hours.end
