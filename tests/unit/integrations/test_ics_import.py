"""What another program's iCalendar file blocks: times, repeats, clock changes, and files made to do harm."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from triluna_desktop.integrations.calendar_json import CalendarFileError
from triluna_desktop.integrations.ics_import import REPEATED_DAYS, Imported, from_ics

NEW_YORK = ZoneInfo("America/New_York")
TODAY = date(2026, 10, 20)
"""A Tuesday; the clocks go back on 1 November at 2:00."""
AN_HOUR = "DTSTART:20261020T150000Z\nDTEND:20261020T160000Z"
"""From 11:00 in New York."""


def read(*events: str, uids: tuple[str, ...] = ()) -> Imported:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Somebody//EN"]
    for number, event in enumerate(events):
        uid = uids[number] if uids else str(number)
        lines += ["BEGIN:VEVENT", f"UID:{uid}", f"SUMMARY:T{number}", *event.split("\n"), "END:VEVENT"]
    return from_ics("\r\n".join([*lines, "END:VCALENDAR", ""]), TODAY, NEW_YORK)


def spans(found: Imported) -> list[tuple[str, int, int]]:
    return [(f"{each.date:%m-%d}", each.start, each.end) for each in found.entries]


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ("DTSTART:20261123T140000Z\nDTEND:20261123T150000Z", [("11-23", 540, 600)]),
        (
            "DTSTART;TZID=Europe/Berlin:20261123T140020\nDTEND;TZID=Europe/Berlin:20261123T150030",
            [("11-23", 480, 541)],
        ),
        (
            "DTSTART;TZID=W. Europe Standard Time:20261123T140000\nDURATION:PT1H",
            [("11-23", 480, 540)],
        ),
        ("DTSTART:20261123T140000\nDURATION:PT90M", [("11-23", 840, 930)]),
        (
            "DTSTART:20261123T230000\nDTEND:20261125T010000",
            [("11-23", 1380, 1440), ("11-24", 0, 1440), ("11-25", 0, 60)],
        ),
        ("DTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261226", [("12-24", 0, 1440), ("12-25", 0, 1440)]),
        ("DTSTART;VALUE=DATE:20261224", [("12-24", 0, 1440)]),
        ("DTSTART:20261019T220000\nDTEND:20261020T020000", [("10-20", 0, 120)]),
        ("DTSTART:20261123T233000\nDTEND:20261123T235900", [("11-23", 1410, 1440)]),
        ("DTSTART:20261123T235900\nDTEND:20261124T003000", [("11-24", 0, 30)]),
        # The hour from 1:00 comes twice on 1 November, and that from 2:00 not at all on 14 March.
        ("DTSTART:20261101T053000Z\nDTEND:20261101T061000Z", [("11-01", 60, 70), ("11-01", 90, 120)]),
        ("DTSTART:20270314T063000Z\nDTEND:20270314T073000Z", [("03-14", 90, 120), ("03-14", 180, 210)]),
    ],
)
def test_an_event_blocks_its_minutes_of_the_wall_day_rounded_outwards(
    event: str, expected: list[tuple[str, int, int]]
) -> None:
    found = read(event)
    assert spans(found) == expected
    assert not any(each.is_available for each in found.entries)
    assert found.warning() == ""


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (f"{AN_HOUR}\nRRULE:FREQ=DAILY;COUNT=2", ["10-20", "10-21"]),
        (f"{AN_HOUR}\nRRULE:FREQ=DAILY;UNTIL=20261021", ["10-20", "10-21"]),
        (f"{AN_HOUR}\nRRULE:FREQ=DAILY;UNTIL=20261021T145959Z", ["10-20"]),
        (f"{AN_HOUR}\nRRULE:FREQ=WEEKLY;COUNT=3\nEXDATE:20261027T150000Z", ["10-20", "11-03"]),
        (f"{AN_HOUR}\nRDATE:20261022T150000Z,20261024T150000Z", ["10-20", "10-22", "10-24"]),
        ("DTSTART;VALUE=DATE:19800101\nRRULE:FREQ=YEARLY", ["01-01"]),
    ],
)
def test_what_repeats_is_taken_in_as_its_rule_says(event: str, expected: list[str]) -> None:
    assert [day for day, _, _ in spans(read(event))] == expected


def test_a_rule_counts_in_the_events_own_zone_and_ends_after_a_year() -> None:
    berlin = "DTSTART;TZID=Europe/Berlin:20261020T150000\nDTEND;TZID=Europe/Berlin:20261020T160000\n"
    found = read(f"{berlin}RRULE:FREQ=WEEKLY")
    # Berlin's clocks change a week before those of New York.
    assert spans(found)[:3] == [("10-20", 540, 600), ("10-27", 600, 660), ("11-03", 540, 600)]
    assert (found.entries[-1].date - TODAY).days <= REPEATED_DAYS
    assert found.sentences() == ["What repeats was taken in until 2027-10-20."]


def test_an_occurrence_that_was_moved_is_none_of_the_series_any_more() -> None:
    moved = "RECURRENCE-ID:20261021T150000Z\nDTSTART:20261021T180000Z\nDTEND:20261021T190000Z"
    found = read(f"{AN_HOUR}\nRRULE:FREQ=DAILY;COUNT=3", moved, uids=("same", "same"))
    assert spans(found) == [("10-20", 660, 720), ("10-21", 840, 900), ("10-22", 660, 720)]


def test_what_overlaps_in_the_file_is_blocked_once() -> None:
    found = read(
        "DTSTART:20261123T090000\nDTEND:20261123T100000",
        "DTSTART:20261123T093000\nDTEND:20261123T110000",
        "DTSTART:20261123T094500\nDTEND:20261123T095000",
    )
    assert [(each.start, each.end, each.title) for each in found.entries] == [(540, 600, "T0"), (600, 660, "T1")]


def test_what_is_free_called_off_or_over_is_left_out_and_counted() -> None:
    past = "DTSTART:20200101T140000Z\nDTEND:20200101T150000Z"
    found = read(f"{AN_HOUR}\nTRANSP:TRANSPARENT", f"{AN_HOUR}\nSTATUS:CANCELLED", past)
    assert (found.entries, found.free, found.over) == ([], 2, 1)


def test_titles_come_along_on_one_line_but_for_private_ones_and_no_description() -> None:
    hour = "DTSTART:20261123T090000\nDTEND:20261123T100000\nDESCRIPTION:https://example.com/secret"
    later = "DTSTART:20261123T110000\nDTEND:20261123T120000\nCLASS:PRIVATE"
    long = (
        f"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:a\\nb\x07{'x' * 300}\r\n{hour}\r\nEND:VEVENT\r\nEND:VCALENDAR"
    )
    (entry,) = from_ics(long, TODAY, NEW_YORK).entries
    assert (entry.title[:4], len(entry.title), entry.title[-1], entry.notes) == ("a b ", 200, "…", "")
    assert [each.title for each in read(hour, later).entries] == ["T0", ""]


@pytest.mark.parametrize(
    ("event", "why"),
    [
        ("DTSTART;TZID=Nowhere/Land:20261123T140000\nDURATION:PT1H", "its time zone “Nowhere/Land” is not known"),
        ("DTSTART:20261123T140000\nDTEND:20261123T130000", "it ends when it begins, or before"),
        ("DTSTART:20261123T140000\nDTEND;VALUE=DATE:20261124", "it begins with a date and ends with a time"),
        ("DTEND:20261123T140000", "it has no beginning"),
        ("DTSTART:xyz\nDTEND:20261123T140000", "its times cannot be read"),
        (f"{AN_HOUR}\nRRULE:FREQ=DAILY;INTERVAL=0", "its rule counts nothing"),
        (f"{AN_HOUR}\nRRULE:FREQ=SECONDLY", "it repeats more often than once a day"),
        (f"{AN_HOUR}\nRRULE:FREQ=DAILY;BYMINUTE=1,2,3", "it repeats more often than once a day"),
        (f"{AN_HOUR}\nRRULE:garbage", "its times cannot be read"),
        (f"{AN_HOUR}\nRRULE:FREQ=DAILY;INTERVAL=99999999999999999999", "its times cannot be read"),
    ],
)
def test_an_event_whose_time_nobody_can_tell_is_named_and_the_others_are_taken_in(event: str, why: str) -> None:
    found = read(event, "DTSTART:20261201T090000\nDTEND:20261201T100000")
    assert spans(found) == [("12-01", 540, 600)]
    assert "“T0” (" in found.warning()
    assert why in found.warning()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:2026", "not whole"),
        ("BEGIN:VCALENDAR\r\n" * 3000, "not whole"),
        ("BEGIN:VCALENDAR\r\nno line\r\nEND:VCALENDAR", "can be read"),
    ],
)
def test_a_file_that_is_broken_is_said(text: str, why: str) -> None:
    with pytest.raises(CalendarFileError, match=why):
        from_ics(text, TODAY, NEW_YORK)


def test_an_event_of_ages_is_too_much() -> None:
    with pytest.raises(CalendarFileError, match="more than 20000 entries"):
        read("DTSTART;VALUE=DATE:00010101\nDTEND;VALUE=DATE:99991231")
