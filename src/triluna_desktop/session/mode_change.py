"""Another calendar mode, or other default hours: what callers would be offered, and what keeps that as it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from triluna_desktop.domain.availability import availability_over
from triluna_desktop.domain.forecast import DEFAULT_PACE, Forecast, Work, requests_for
from triluna_desktop.domain.models import Entry, Pattern
from triluna_desktop.domain.modes import DayShift, KeepBy, ModeMigration, migrate

if TYPE_CHECKING:
    from datetime import date

    from triluna_desktop.domain.availability import ModeSettings
    from triluna_desktop.domain.edits import Edit
    from triluna_desktop.session import Session

__all__ = ["DayShift", "KeepBy", "ModeChange", "ModePreview"]


@dataclass(frozen=True, slots=True)
class ModePreview:
    """What a change of mode would do."""

    days: tuple[DayShift, ...]
    """The dates asked for: before, with the new mode alone, and with what keeps the offered times."""
    cure: ModeMigration | None
    """What keeps them; None where nothing shall be kept."""
    forecast: Forecast
    is_loaded: bool
    """Whether all dates that this is worked out from were read from the server."""

    @property
    def edit(self) -> Edit | None:
        """What is to be written before the mode changes; None where that is nothing."""
        return None if self.cure is None else self.cure.edit


class ModeChange:
    """Going from the mode and the hours that hold to others."""

    def __init__(self, session: Session, new: ModeSettings) -> None:
        self._session = session
        self.old = session.mode_settings
        self.new = new
        self.is_of_mode = new.mode is not self.old.mode
        """Whether the mode is another one, or the default hours in the same one."""

    def follow(self) -> None:
        """The session's mode or hours have changed: what was to be another stays so, the rest follows."""
        self.old = self._session.mode_settings
        if self.is_of_mode:
            self.new = replace(self.old, mode=self.new.mode)
        else:
            self.new = replace(self.old, default_hours=self.new.default_hours, hours=self.new.hours)

    def preview(
        self, first: date, days: int, *, keep: KeepBy | None = None, today: date, weeks: int = 0
    ) -> ModePreview:
        """What it does to ``days`` dates from ``first`` on.

        With entries the offered times are kept from ``today`` on for so many ``weeks``; with weekly hours for
        good.
        """
        view = self._session.days(first, days)
        patterns = [each.item for each in view.patterns if isinstance(each.item, Pattern)]
        entries = [each.item for each in view.entries if isinstance(each.item, Entry)]
        shifts = migrate(first, days, self.old, self.new, patterns, entries).days
        if keep is None:
            alone = tuple(DayShift(day.date, day.before, day.after, day.after) for day in shifts)
            return ModePreview(alone, None, Forecast(0, 0.0), view.loaded)
        span = self._session.days(today, 7 * weeks if keep is KeepBy.ENTRIES else 7)
        there = [each.item for each in span.entries if isinstance(each.item, Entry)]
        cure = migrate(today, span.days, self.old, self.new, patterns, there, by=keep)
        made = () if cure.edit is None else tuple(change.item for change in cure.edit.changes)
        kept = availability_over(first, days, self.new, (*patterns, *made), (*entries, *made))
        with_cure = tuple(
            DayShift(day.date, day.before, day.after, each.bookable)
            for day, each in zip(shifts, kept, strict=True)
        )
        is_loaded = view.loaded and (span.loaded or keep is KeepBy.WEEKLY_HOURS)
        return ModePreview(with_cure, cure, self._forecast(cure.edit), is_loaded)

    def _forecast(self, edit: Edit | None) -> Forecast:
        """Its own requests, and when the last of them has left: after what is queued already."""
        if edit is None:
            return Forecast(0, 0.0)
        weekly = sum(isinstance(change.item, Pattern) for change in edit.changes)
        work = Work(creates=len(edit.changes) - weekly, pattern_creates=weekly)
        requests = requests_for(work, DEFAULT_PACE, has_read=True)
        return Forecast(requests, self._session.requests.forecast(work).seconds)
