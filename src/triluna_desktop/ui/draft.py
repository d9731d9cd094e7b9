"""A form's texts, and the entry they make or what is wrong with them. Nothing typed is ever lost in between."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from triluna_desktop.domain.models import NOTES_LIMIT, TITLE_LIMIT, Entry
from triluna_desktop.domain.time import DAY_MINUTES, LAST_MINUTE
from triluna_desktop.ui import dates
from triluna_desktop.ui.typed import MisreadError, read_date, read_time

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from triluna_desktop.ui.words import Words

FIELDS = ("title", "date", "start", "end", "notes")
"""In the order in which the form shows them, for "the first wrong field"."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What stands in the form, as typed."""

    title: str
    date: str
    start: str
    end: str
    is_available: bool
    notes: str

    @classmethod
    def of(cls, entry: Entry, words: Words) -> Draft:
        """The texts that stand for an entry."""
        return cls(
            entry.title,
            dates.day_text(entry.date, words.locale),
            dates.time_text(entry.start, words.locale),
            dates.time_text(entry.end, words.locale),
            entry.is_available,
            entry.notes,
        )


@dataclass(frozen=True, slots=True)
class Reading:
    """A draft made out: the entry, or by field the sentence that says what is wrong with it."""

    entry: Entry | None
    problems: Mapping[str, str]

    @property
    def first_wrong(self) -> str | None:
        """The first field, from the top, that is wrong."""
        return next((field for field in FIELDS if field in self.problems), None)


def read_draft(draft: Draft, base: Entry, words: Words) -> Reading:
    """Make out the draft of a new version of ``base``. "0:00" as an end means the end of the day."""
    problems: dict[str, str] = {}
    day = _date(draft.date, base.date, words, problems)
    start = _time("start", draft.start, base.date, words, problems)
    end = _time("end", draft.end, base.date, words, problems)
    if start is not None and start >= LAST_MINUTE:
        problems["start"] = words.slot_problem("starts_outside_day")
    end = DAY_MINUTES if end == 0 else end
    if start is not None and end is not None and "start" not in problems and end <= start:
        problems["end"] = words.slot_problem("zero_length" if end == start else "ends_before_start")
    if len(draft.title) > TITLE_LIMIT:
        problems["title"] = words.slot_problem("title_too_long")
    if len(draft.notes) > NOTES_LIMIT:
        problems["notes"] = words.slot_problem("notes_too_long")
    if problems or day is None or start is None or end is None:
        return Reading(None, problems)
    entry = replace(
        base,
        date=day,
        start=start,
        end=end,
        is_available=draft.is_available,
        title=draft.title.strip(),
        notes=draft.notes.strip(),
    )
    return Reading(entry, problems)


def _date(text: str, near: date, words: Words, problems: dict[str, str]) -> date | None:
    try:
        return read_date(text, words.locale, near)
    except MisreadError as error:
        problems["date"] = words.misread(error.why, text, near)
        return None


def _time(field: str, text: str, near: date, words: Words, problems: dict[str, str]) -> int | None:
    try:
        return read_time(text, words.locale)
    except MisreadError as error:
        problems[field] = words.misread(error.why, text, near)
        return None
