"""A week without dates in the grid that is made for dates: each weekday is the one of a fixed week long past.

There an entry stands for each stretch, so every gesture of the grid works, and nothing of today is in sight.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import Enum
from typing import TYPE_CHECKING

from triluna_desktop.domain.availability import DayAvailability
from triluna_desktop.domain.conflicts import conflicts_among
from triluna_desktop.domain.models import Entry, Pattern
from triluna_desktop.domain.time import weekday_of
from triluna_desktop.domain.weekly import WEEKDAYS, WeekDraft, open_time

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from triluna_desktop.domain.availability import ModeSettings
    from triluna_desktop.domain.edits import Edit
    from triluna_desktop.domain.models import Item
    from triluna_desktop.domain.remote import Trouble
    from triluna_desktop.grid.shown import NamedState, ShownItem

_SUNDAY = date(2023, 1, 1)
DAYS = 7


class LeavesWeekError(ValueError):
    """What was moved would lie before the first or after the last weekday."""


class Drafted(Enum):
    """The state of what is not in the calendar yet; the grid marks it as it marks what was not sent."""

    DRAFTED = "pending"


@dataclass(frozen=True, slots=True)
class StretchView:
    """A stretch as an entry, for `shown.ShownDays`."""

    item: Item
    state: NamedState
    trouble: Trouble | None = None


@dataclass(frozen=True, slots=True)
class WeeklyDays:
    """A `shown.ShownDays` of seven weekdays."""

    first: date
    entries: tuple[StretchView, ...]
    conflicts: Mapping[str, Sequence[Entry]]
    days: int = DAYS
    patterns: tuple[ShownItem, ...] = ()
    loaded: bool = True
    availability: tuple[DayAvailability, ...] = field(default=())


def first_of(first_weekday: int) -> date:
    """The date that stands for the first column, where weeks start on ``first_weekday`` (0 is Sunday)."""
    return _SUNDAY + timedelta(days=first_weekday)


def day_of(weekday: int, first: date) -> date:
    """The date that stands for a weekday in the week that starts at ``first``."""
    return first + timedelta(days=(weekday - weekday_of(first)) % DAYS)


def entry_of(stretch: Pattern, first: date) -> Entry:
    """The entry that stands for a stretch; it has the same key."""
    day = day_of(stretch.weekday, first)
    return Entry(stretch.key, day, stretch.start, stretch.end, stretch.is_available, stretch.title)


def weekly_days(
    draft: WeekDraft, first: date, settings: ModeSettings, state_of: Callable[[Pattern], NamedState]
) -> WeeklyDays:
    """What the grid shows of a draft; ``state_of`` says how far a stretch has got to the server."""
    entries = [(entry_of(stretch, first), state_of(stretch)) for stretch in draft.stretches]
    return WeeklyDays(
        first,
        tuple(StretchView(entry, state) for entry, state in entries),
        conflicts_among(entry for entry, _ in entries),
        availability=tuple(
            DayAvailability(day_of(weekday, first), open_time(settings, weekday, draft.stretches))
            for weekday in WEEKDAYS
        ),
    )


def draft_after(draft: WeekDraft, edit: Edit, first: date) -> WeekDraft:
    """The draft with an edit done that the grid asked for.

    Raises:
        OverlapError: stretches would come to overlap.
        LeavesWeekError: one would leave the week.
    """
    gone = {change.key for change in edit.changes if change.after is None}
    changed = [change.after for change in edit.changes if isinstance(change.after, Entry)]
    if any(not 0 <= (entry.date - first).days < DAYS for entry in changed):
        raise LeavesWeekError
    return draft.drop(gone).put(*(_stretch(draft.find(entry.key), entry) for entry in changed))


def _stretch(before: Pattern | None, entry: Entry) -> Pattern:
    weekday = weekday_of(entry.date)
    if before is None:
        return Pattern(entry.key, weekday, entry.start, entry.end, entry.is_available, entry.title)
    return replace(
        before,
        weekday=weekday,
        start=entry.start,
        end=entry.end,
        is_available=entry.is_available,
        title=entry.title,
    )
