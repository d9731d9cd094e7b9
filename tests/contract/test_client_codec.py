"""The codec on the guide's own JSON, and on all that a server may do to it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triluna_desktop.api import codec
from triluna_desktop.domain.models import Entry, Pattern
from triluna_desktop.domain.remote import ConflictingSlot, RemoteCalendar, RemoteEntry, RemotePattern

GUIDE = Path(__file__).parent / "guide"
DAY = date(2025, 9, 1)
ROW: dict[str, object] = {"id": 1, "date": "2025-09-01", "start_time": "09:00:00", "end_time": "10:00:00"}
PATTERN_ROW: dict[str, object] = {"id": 1, "day_of_week": 1, "start_time": "09:00", "end_time": "10:00"}


def guide(name: str) -> bytes:
    return (GUIDE / f"{name}.json").read_bytes()


def entries_of(document: object) -> RemoteCalendar:
    return codec.read_calendar(codec.parse(json.dumps(document).encode()), with_patterns=True)


# --- the guide


def test_the_guides_list_is_read() -> None:
    calendar = codec.read_calendar(codec.parse(guide("availability_list")), with_patterns=False)
    wanted = RemoteEntry(123, DAY, 540, 1020, is_available=True, title="Available for meetings")
    assert calendar == RemoteCalendar((wanted,))


def test_the_guides_created_entry_is_read() -> None:
    wanted = RemoteEntry(456, DAY, 840, 900, is_available=False, title="Client meeting")
    assert codec.read_entry(codec.parse(guide("created_response"))) == wanted


def test_a_new_entry_is_written_as_in_the_guide() -> None:
    entry = Entry("k", DAY, 840, 900, is_available=False, title="Client meeting", notes="Important consultation")
    assert json.loads(codec.encode_new_entry(entry)) == json.loads(guide("create_request"))


def test_a_new_pattern_is_written_as_in_the_guide() -> None:
    pattern = Pattern("k", 1, 540, 1020, is_available=True, title="Monday business hours")
    assert json.loads(codec.encode_new_pattern(pattern)) == json.loads(guide("recurring_request"))


def test_the_guides_conflicts_are_read() -> None:
    rows = codec.as_object(codec.parse(guide("conflict_error")))["conflicts"]
    assert codec.read_conflicts(rows) == (ConflictingSlot(123, 810, 870),)


# --- writing


def test_a_new_entry_leaves_out_empty_texts_and_a_whole_entry_empties_them() -> None:
    entry = Entry("k", DAY, 0, 60)
    wanted = {"date": "2025-09-01", "start_time": "00:00", "end_time": "01:00", "is_available": True}
    assert json.loads(codec.encode_new_entry(entry)) == wanted
    assert json.loads(codec.encode_whole_entry(entry)) == wanted | {"title": None, "notes": None}


def test_the_end_of_the_day_is_written_as_23_59() -> None:
    assert json.loads(codec.encode_new_entry(Entry("k", DAY, 1380, 1440)))["end_time"] == "23:59"
    assert json.loads(codec.encode_new_pattern(Pattern("k", 0, 1380, 1440)))["end_time"] == "23:59"


def test_half_a_character_is_refused_when_written() -> None:
    with pytest.raises(ValueError, match="surrogates"):
        codec.encode_new_entry(Entry("k", DAY, 0, 60, title="\ud83d"))


# --- reading rows


@pytest.mark.parametrize(
    ("start", "end", "wanted"),
    [
        ("09:00", "10:00", (540, 600)),
        ("09:00:00", "10:00:00", (540, 600)),
        ("09:00:00.000", "10:00:59.999", (540, 600)),
        ("9:00", "10:00", (540, 600)),
        ("22:00", "23:59", (1320, 1440)),
        ("22:00:00", "23:59:59", (1320, 1440)),
        ("22:00", "24:00", (1320, 1440)),
        ("23:59", "23:59", (1439, 1440)),
    ],
)
def test_times_are_read_with_or_without_seconds_and_23_59_ends_the_day(
    start: str, end: str, wanted: tuple[int, int]
) -> None:
    entry = codec.read_entry(ROW | {"start_time": start, "end_time": end})
    assert (entry.start, entry.end) == wanted


def test_missing_null_and_unknown_fields_leave_the_defaults() -> None:
    plain = RemoteEntry(1, DAY, 540, 600)
    nulls = dict.fromkeys(("is_available", "title", "notes", "created_at", "updated_at"))
    for row in (ROW, ROW | nulls, ROW | {"color": "red", "nested": {"id": 5}, "created_at": 17}):
        assert entries_of({"availability": [row]}).entries == (plain,)
    assert codec.read_pattern({"recurring": PATTERN_ROW | {"title": None, "extra": []}}) == RemotePattern(
        1, 1, 540, 600
    )


WRONG_VALUES: dict[str, tuple[object, ...]] = {
    "id": ("1", 1.5, True, None, -1, 2**63),
    "date": ("2025-9-1", "2025-02-30", "", None, 20250901, "01.09.2025"),
    "start_time": ("25:00", "9", "", None, 540, "10:00", "24:00", "09:60"),
    "end_time": ("09:00", "08:00", "24:01", None, [], {}),
    "is_available": ("yes", 1, []),
    "title": (5,),
    "notes": ({},),
}
WRONG_ROWS = [ROW | {name: value} for name, values in WRONG_VALUES.items() for value in values]


@pytest.mark.parametrize("broken", [None, 5, "row", [], {}, *WRONG_ROWS])
def test_a_row_that_cannot_be_read_is_counted_and_hides_no_other(broken: object) -> None:
    good = ROW | {"id": 2}
    calendar = entries_of({"availability": [broken, good, broken]})
    assert [entry.id for entry in calendar.entries] == [2]
    assert calendar.skipped == 2


@pytest.mark.parametrize("weekday", [-1, 7, "1", 1.5, None])
def test_a_pattern_of_no_weekday_is_counted_too(weekday: object) -> None:
    rows = [PATTERN_ROW, PATTERN_ROW | {"id": 2, "day_of_week": weekday}]
    calendar = entries_of({"availability": [], "recurring": rows})
    assert calendar == RemoteCalendar((), (RemotePattern(1, 1, 540, 600),), skipped=1)


def test_of_rows_with_one_id_the_last_counts() -> None:
    rows = [ROW, ROW | {"id": 2}, ROW | {"title": "second"}]
    calendar = entries_of({"availability": rows})
    assert [(entry.id, entry.title) for entry in calendar.entries] == [(2, ""), (1, "second")]
    assert calendar.skipped == 1


def test_a_title_cut_within_an_emoji_hides_nothing() -> None:
    body = json.dumps({"availability": [ROW | {"title": "party \ud83c"}, ROW | {"id": 2, "title": "\U0001f389"}]})
    calendar = codec.read_calendar(codec.parse(body.encode()), with_patterns=False)
    assert [entry.title for entry in calendar.entries] == ["party ?", "\U0001f389"]


def test_conflicts_that_cannot_be_read_are_left_out() -> None:
    slot = {"start_time": "09:00", "end_time": "10:00"}
    rows: list[object] = [None, 5, [], {}, {"start_time": [], "end_time": []}, {"start_time": 1, "end_time": 2}]
    assert codec.read_conflicts([*rows, slot, slot | {"id": "x"}]) == (ConflictingSlot(None, 540, 600),) * 2
    assert codec.read_conflicts("none") == ()


# --- finding the list or the object


@pytest.mark.parametrize(
    "document",
    [
        {"availability": [ROW]},
        {"availability": [ROW], "other": [1, 2], "next": None},
        {"data": [ROW]},
        {"data": [ROW], "recurring": [PATTERN_ROW], "count": 1},
        [ROW],
    ],
)
def test_the_list_is_found(document: object) -> None:
    assert [entry.id for entry in entries_of(document).entries] == [1]


@pytest.mark.parametrize(
    "document",
    [
        None,
        5,
        "text",
        {},
        {"availability": None, "warnings": []},
        {"availability": {"1": ROW}},
        {"a": [ROW], "b": [ROW]},
        {"recurring": [PATTERN_ROW]},
        {"warnings": ["deprecated"]},
        ["deprecated"],
    ],
)
def test_a_reply_without_its_list_is_unreadable_and_never_an_empty_calendar(document: object) -> None:
    with pytest.raises(codec.UnreadableError):
        entries_of(document)


@pytest.mark.parametrize("document", [{"recurring": [PATTERN_ROW]}, {"patterns": [PATTERN_ROW]}, [PATTERN_ROW]])
def test_the_list_of_patterns_is_found(document: object) -> None:
    assert codec.read_patterns(document) == RemoteCalendar((), (RemotePattern(1, 1, 540, 600),))


def test_patterns_are_none_where_they_were_not_asked_for_or_not_given() -> None:
    document: dict[str, Any] = {"availability": [], "recurring": [PATTERN_ROW]}
    assert codec.read_calendar(document, with_patterns=False).patterns is None
    assert codec.read_calendar(document, with_patterns=True).patterns == (RemotePattern(1, 1, 540, 600),)
    nothing: tuple[dict[str, object], ...] = ({}, {"recurring": None}, {"recurring": {}})
    for patterns in nothing:
        assert codec.read_calendar({"availability": []} | patterns, with_patterns=True).patterns is None
    assert codec.read_calendar({"availability": [], "recurring": []}, with_patterns=True).patterns == ()


@pytest.mark.parametrize(
    "document",
    [{"success": True, "availability": ROW}, {"success": True, "entry": ROW}, ROW, ROW | {"owner": {"id": 9}}],
)
def test_the_object_is_found(document: object) -> None:
    assert codec.read_entry(document).id == 1


@pytest.mark.parametrize(
    "document", [None, [], 5, {}, {"success": True}, {"availability": {}}, {"availability": ROW | {"id": None}}]
)
def test_an_answer_without_an_id_is_unreadable(document: object) -> None:
    with pytest.raises(codec.UnreadableError):
        codec.read_entry(document)


def test_a_put_may_be_answered_with_success_alone() -> None:
    assert codec.read_replaced_entry({"success": True}) is None
    assert codec.read_replaced_entry({"success": True, "data": ROW}) == RemoteEntry(1, DAY, 540, 600)
    with pytest.raises(codec.UnreadableError):
        codec.read_replaced_entry({"done": 1})


# --- laws

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
# 23:59 cannot be told from the end of the day on the wire.
TIMES = (
    st.tuples(st.integers(0, 1440), st.integers(0, 1440))
    .map(sorted)
    .filter(lambda pair: pair[0] < pair[1] != 1439)
)


@given(st.dates(), TIMES, st.booleans(), TEXTS, TEXTS)
def test_what_is_written_is_read_back(
    day: date, times: list[int], available: bool, title: str, notes: str
) -> None:
    start, end = times
    entry = Entry("k", day, start, end, is_available=available, title=title, notes=notes)
    for body in (codec.encode_new_entry(entry), codec.encode_whole_entry(entry)):
        row = codec.as_object(codec.parse(body))
        assert codec.read_entry({"availability": {**row, "id": 7}}).content() == entry.content()
    pattern = Pattern("k", day.day % 7, start, end, is_available=available, title=title)
    row = codec.as_object(codec.parse(codec.encode_new_pattern(pattern)))
    assert codec.read_pattern({"recurring": {**row, "id": 7}}).content() == pattern.content()


SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["2025-09-01", "09:00", "23:59:59"])
)
KEYS = st.sampled_from([*ROW, "day_of_week", "availability", "recurring", "success", "title"]) | st.text(
    max_size=5
)
JSON = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=6), max_leaves=20
)


@given(JSON)
def test_any_json_is_read_or_called_unreadable(document: object) -> None:
    for read in (
        lambda body: codec.read_calendar(codec.parse(body), with_patterns=True),
        lambda body: codec.read_patterns(codec.parse(body)),
        lambda body: codec.read_entry(codec.parse(body)),
        lambda body: codec.read_replaced_entry(codec.parse(body)),
        lambda body: codec.read_pattern(codec.parse(body)),
        lambda body: codec.read_conflicts(codec.parse(body)),
    ):
        try:
            read(json.dumps(document).encode())
        except codec.UnreadableError:
            continue


@given(st.binary(max_size=40) | st.sampled_from([b"[" * 200_000, b"1" * 5000, b"NaN", b"1e999", b'"\\ud800"']))
def test_any_bytes_are_json_or_called_unreadable(body: bytes) -> None:
    try:
        codec.parse(body)
    except codec.UnreadableError:
        return
