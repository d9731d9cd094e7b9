"""The sentences about another calendar mode, and about other default hours in the same one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from triluna_desktop.domain.availability import Mode
from triluna_desktop.domain.models import Entry
from triluna_desktop.domain.modes import CannotReason
from triluna_desktop.domain.time import weekday_of
from triluna_desktop.ui import dates

if TYPE_CHECKING:
    from collections.abc import Iterable

    from triluna_desktop.domain.edits import Edit
    from triluna_desktop.domain.intervals import Interval, IntervalSet
    from triluna_desktop.domain.models import Item
    from triluna_desktop.domain.modes import Cannot
    from triluna_desktop.session.mode_change import DayShift, ModeChange, ModePreview
    from triluna_desktop.ui.words import Words


class ModeWords(QObject):
    """Sentences with numbers need the plural forms of the language, so this is a class, as `words.Words` is."""

    def __init__(self, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.words = words

    def mode(self, mode: Mode) -> str:
        """What a mode is called, as TriLuna's own pages do."""
        return self.tr("Available times") if mode is Mode.AVAILABLE_TIMES else self.tr("Unavailable times")

    def title(self, change: ModeChange) -> str:
        """What the window is about."""
        return self.tr("Change the calendar mode") if change.is_of_mode else self.tr("Change the default hours")

    def heading(self, change: ModeChange) -> str:
        """From what to what."""
        old, new = change.old, change.new
        if change.is_of_mode:
            return self.tr("{old} → {new}").format(old=self.mode(old.mode), new=self.mode(new.mode))
        if old.hours or new.hours:
            return self.tr("Other default hours")
        return self.tr("{old} → {new}").format(
            old=self._times(old.default_hours), new=self._times(new.default_hours)
        )

    def rule(self, change: ModeChange) -> str:
        """What callers can book then."""
        if change.new.mode is Mode.AVAILABLE_TIMES:
            return self.tr("Callers can then book only what you make available.")
        if change.is_of_mode:
            return self.tr("Callers can then book the default hours of each day, but for what you block.")
        return self.tr("Callers can then book the new hours of each day, but for what you block.")

    def just(self, change: ModeChange) -> str:
        """The choice to keep nothing."""
        return self.tr("Just switch") if change.is_of_mode else self.tr("Just change the hours")

    def button(self, change: ModeChange, *, is_kept: bool) -> str:
        """What is done; ``is_kept``: with what keeps the offered times."""
        if change.is_of_mode:
            return self.tr("Switch and keep the times") if is_kept else self.tr("Switch")
        return self.tr("Change and keep the times") if is_kept else self.tr("Change the hours")

    def account(self, change: ModeChange, *, is_kept: bool) -> str:
        """What the app cannot do, and when to do it; ``is_kept``: something is added, which is sent first."""
        if change.is_of_mode:
            if is_kept:
                return self.tr(
                    "The app cannot switch your TriLuna account. Switch it there too, once what is added was sent."
                )
            return self.tr("The app cannot switch your TriLuna account. Switch it there too.")
        if is_kept:
            return self.tr(
                "The app cannot change the hours of your TriLuna account. Change them there too, once what is "
                "added was sent."
            )
        return self.tr("The app cannot change the hours of your TriLuna account. Change them there too.")

    def hours(self, minutes: int) -> str:
        """Bookable time, also none."""
        return self.words.duration(minutes) if minutes else self.tr("0 h")

    def offered(self, offered: IntervalSet) -> str:
        """The stretches that are bookable on a date."""
        if not offered:
            return self.tr("nothing")
        times = (dates.times_text(each.start, each.end, self.words.locale) for each in offered)
        return self.tr(", ", "between times").join(times)

    def day(self, shift: DayShift) -> str:
        """What changes on a date, for who cannot see the strips."""
        return self.tr("{day}. Before: {before}. After: {after}.").format(
            day=dates.full_day_text(shift.date, self.words.locale),
            before=self.offered(shift.before),
            after=self.offered(shift.kept),
        )

    def week(self, first: DayShift) -> str:
        """The row with a week's sum."""
        number = self.words.number(dates.week_number(first.date))
        return self.tr("Week {number}").format(number=number)

    def total(self, days: Iterable[DayShift], month: str) -> str:
        """What the month gains or loses."""
        known = tuple(days)
        before, after = (sum(each.minutes for each in side) for side in _sides(known))
        if before == after and all(day.before == day.kept for day in known):
            return self.tr("{month}: {hours} bookable, the same times as before").format(
                month=month, hours=self.hours(before)
            )
        if before == after:
            return self.tr("{month}: {hours} bookable as before, at other times").format(
                month=month, hours=self.hours(before)
            )
        sentence = (
            self.tr("{month}: {before} → {after} bookable (+{difference})")
            if after > before
            else self.tr("{month}: {before} → {after} bookable (−{difference})")
        )
        return sentence.format(
            month=month,
            before=self.hours(before),
            after=self.hours(after),
            difference=self.hours(abs(after - before)),
        )

    # -- what keeps the offered times ----------------------------------------------------------------------------

    def counted(self, preview: ModePreview) -> str:
        """How much is to be made, and what it costs."""
        edit = preview.edit
        if edit is None:
            return self.tr("Nothing needs to be added.")
        if preview.forecast.seconds < 60:
            return self.tr("{added}. %n requests, less than a minute.", "", preview.forecast.requests).format(
                added=self.added(edit)
            )
        return self.tr("{added}. %n requests, about {time}.", "", preview.forecast.requests).format(
            added=self.added(edit), time=self.words.duration(preview.forecast.minutes)
        )

    def added(self, edit: Edit) -> str:
        """How much is made: weekly hours, or entries."""
        number = len(edit.changes)
        if isinstance(edit.changes[0].item, Entry):
            return self.tr("%n entries are added", "", number)
        return self.tr("%n weekly hours are added", "", number)

    def made(self, item: Item) -> str:
        """One of them: "Mondays, 09:00 – 17:00, available"."""
        kind = self.tr("available") if item.is_available else self.tr("blocked")
        if isinstance(item, Entry):
            return self.tr("{day}, {times}, {kind}").format(
                day=dates.short_day_text(item.date, self.words.locale), times=self.words.times(item), kind=kind
            )
        return self.tr("Every {weekday}, {times}, {kind}").format(
            weekday=self.words.locale.dayName(item.weekday or 7), times=self.words.times(item), kind=kind
        )

    def cannot(self, cannot: Cannot) -> str:
        """What cannot be kept, and why."""
        times = dates.times_text(cannot.interval.start, cannot.interval.end, self.words.locale)
        if cannot.reason is CannotReason.LAST_MINUTE:
            return self.tr("Cannot be kept: {day}, {times}. Nothing can begin or end at 23:59.").format(
                day=dates.short_day_text(cannot.date, self.words.locale), times=times
            )
        sentence = (
            self.tr("Cannot be kept: every {weekday} from {day} on, {times} becomes bookable.")
            if cannot.opens
            else self.tr("Cannot be kept: every {weekday} from {day} on, {times} is no longer bookable.")
        )
        return sentence.format(
            weekday=self.words.locale.dayName(weekday_of(cannot.date) or 7),
            day=dates.short_day_text(cannot.date, self.words.locale),
            times=times,
        )

    # -- what was done -------------------------------------------------------------------------------------------

    def _times(self, hours: Interval) -> str:
        return dates.times_text(hours.start, hours.end, self.words.locale)

    def done(self, change: ModeChange, edit: Edit | None) -> str:
        """The mode, or its hours, are other ones now."""
        mode = change.new.mode
        if not change.is_of_mode:
            if edit is None:
                return self.tr("The default hours are other ones now.")
            return self.tr(
                "The default hours are other ones now. {added}, so that the same times are offered."
            ).format(added=self.added(edit))
        if edit is None:
            return self.tr("The calendar mode is now “{mode}”.").format(mode=self.mode(mode))
        return self.tr("The calendar mode is now “{mode}”. {added}, so that the same times are offered.").format(
            mode=self.mode(mode), added=self.added(edit)
        )

    def stays(self, change: ModeChange) -> str:
        """What a change added was taken back."""
        if not change.is_of_mode:
            return self.tr("The default hours stay as they are now.")
        return self.tr("The calendar mode stays “{mode}”.").format(mode=self.mode(change.new.mode))


def _sides(days: tuple[DayShift, ...]) -> tuple[list[IntervalSet], list[IntervalSet]]:
    return [day.before for day in days], [day.kept for day in days]
