"""The sentences of the weekly hours' window. What happens on a weekday is told without a date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject

from triluna_desktop.domain.weekly import Preset
from triluna_desktop.session import SendState
from triluna_desktop.ui import dates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from triluna_desktop.domain.models import Entry, Pattern
    from triluna_desktop.domain.weekly import OverlapError
    from triluna_desktop.domain.weekly_plan import Row, WeekPlan
    from triluna_desktop.session import ItemView
    from triluna_desktop.session.weekly import WeeklyPreview
    from triluna_desktop.ui.words import Words

_SHOWN = 3
"""Dated entries that are named; of the others their number is told."""
_TITLE_SHOWN = 40


class WeeklySentences(QObject):
    """Sentences with numbers need the plural forms of the language, so this is a class, as `words.Words` is."""

    def __init__(self, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words

    # -- a stretch -----------------------------------------------------------------------------------------------

    def day(self, weekday: int) -> str:
        """The short name of a weekday."""
        return self._words.locale.standaloneDayName(weekday or 7, QLocale.FormatType.ShortFormat)

    def full_day(self, weekday: int) -> str:
        """The whole name of a weekday."""
        return self._words.locale.standaloneDayName(weekday or 7)

    def time(self, minute: int) -> str:
        """A time as the locale writes it."""
        return dates.time_text(minute, self._words.locale)

    def when(self, stretch: Pattern) -> str:
        """ "Tue 09:00 – 17:00"."""
        return self.tr("{day} {times}").format(day=self.day(stretch.weekday), times=self._words.times(stretch))

    def kind(self, stretch: Pattern) -> str:
        """What it is, in a word."""
        return self.tr("Available") if stretch.is_available else self.tr("Blocked")

    def stretch(self, stretch: Pattern) -> str:
        """All of it: "Tue 09:00 – 17:00, available, “Calls”"."""
        kind = self.tr("available") if stretch.is_available else self.tr("blocked")
        if not stretch.title:
            return self.tr("{when}, {kind}").format(when=self.when(stretch), kind=kind)
        return self.tr("{when}, {kind}, {title}").format(
            when=self.when(stretch), kind=kind, title=self._title(stretch)
        )

    def title(self, stretch: Pattern) -> str:
        """Its title as it may be shown."""
        return self._words.title_of(stretch)

    def _title(self, stretch: Pattern) -> str:
        text = self._words.title_of(stretch)
        short = text if len(text) <= _TITLE_SHOWN else text[: _TITLE_SHOWN - 1] + "…"
        return self.tr("“{title}”").format(title=short)

    def state(self, view: ItemView | None, *, is_drafted: bool) -> str:
        """How far a stretch has got, in few words; nothing where it stands on the server as shown."""
        if is_drafted or view is None:
            return self.tr("Not applied")
        if view.exposed:
            return self.tr("Not blocked just now")
        match view.state:
            case SendState.SENT:
                return ""
            case SendState.PENDING | SendState.BLOCKED_AUTH:
                return self.tr("Not sent yet")
            case SendState.CONFIRMING:
                return self.tr("Confirming…")
            case SendState.CONFLICT | SendState.REJECTED:
                return self.tr("Not accepted")

    # -- what does not work --------------------------------------------------------------------------------------

    def overlap(self, error: OverlapError) -> str:
        """Why a stretch does not land."""
        return self.tr("{stretch} would overlap {other}. Nothing was changed.").format(
            stretch=self.when(error.stretch), other=self.stretch(error.others[0])
        )

    def leaves_week(self) -> str:
        """Why something that was moved does not land."""
        return self.tr("That would leave the week. Nothing was changed.")

    def touching(self, pairs: Sequence[tuple[Pattern, Pattern]]) -> str:
        """The offer to make one of two."""
        first, second = pairs[0]
        if len(pairs) > 1:
            return self.tr("%n pairs of stretches touch: each can be one.", "", len(pairs))
        return self.tr("{first} and {second} touch: they can be one.").format(
            first=self.when(first), second=self._words.times(second)
        )

    # -- the week ------------------------------------------------------------------------------------------------

    def preset(self, preset: Preset) -> str:
        """A week to start from."""
        match preset:
            case Preset.OFFICE:
                return self._preset(self.tr("{days}, {times}"), 9, 17)
            case Preset.MORNINGS:
                return self._preset(self.tr("Mornings: {days}, {times}"), 8, 12)
            case Preset.EVENINGS:
                return self._preset(self.tr("Evenings: {days}, {times}"), 17, 21)
            case Preset.EMPTY:
                return self.tr("Empty: no weekly hours")

    def _preset(self, sentence: str, first: int, last: int) -> str:
        days = self.tr("{first} – {last}").format(first=self.day(1), last=self.day(5))
        times = dates.times_text(first * 60, last * 60, self._words.locale)
        return sentence.format(days=days, times=times)

    def hours(self, minutes: int) -> str:
        """ "38 h a week"."""
        return self.tr("Bookable: {hours} a week").format(hours=self._hours(minutes))

    def hours_change(self, before: int, after: int) -> str:
        """ "40 h → 43 h a week (+3 h)"."""
        if before == after:
            return self.tr("Bookable: {hours} a week, as before").format(hours=self._hours(after))
        sentence = (
            self.tr("Bookable: {before} → {after} a week (+{difference})")
            if after > before
            else self.tr("Bookable: {before} → {after} a week (−{difference})")
        )
        return sentence.format(
            before=self._hours(before), after=self._hours(after), difference=self._hours(abs(after - before))
        )

    def _hours(self, minutes: int) -> str:
        return self._words.duration(minutes) if minutes else self.tr("0 h")

    # -- the difference ------------------------------------------------------------------------------------------

    def sign(self, row: Row) -> str:
        """The sign of a row. Beside it stands its word: a sign alone says too little."""
        return "+" if row.before is None else "−" if row.after is None else "~"

    def verb(self, row: Row) -> str:
        """What happens, in a word."""
        new, gone, changed = self.verbs()
        return new if row.before is None else gone if row.after is None else changed

    def verbs(self) -> tuple[str, str, str]:
        """All words for what can happen."""
        return self.tr("New"), self.tr("Deleted"), self.tr("Changed")

    def row(self, row: Row) -> str:
        """A row: "Tue 09:00 – 17:00 → 09:00 – 16:00"."""
        before, after = row.before, row.after
        if before is None or after is None:
            return self.stretch(row.item)
        return self.tr("{before} → {after}").format(before=self.when(before), after=self._news(before, after))

    def _news(self, before: Pattern, after: Pattern) -> str:
        parts: list[str] = []
        if before.weekday != after.weekday:
            parts.append(self.when(after))
        elif before.interval != after.interval:
            parts.append(self._words.times(after))
        if before.is_available is not after.is_available:
            parts.append(self.tr("available") if after.is_available else self.tr("blocked"))
        if before.title != after.title:
            parts.append(self._title(after) if after.title else self.tr("no title"))
        return self.tr(", ", "between the parts of a row").join(parts)

    def calls(self, row: Row) -> str:
        """What the server is asked for."""
        new, gone, changed = self.all_calls()
        return new if row.before is None else gone if row.after is None else changed

    def all_calls(self) -> tuple[str, str, str]:
        """All words for what it can be asked for."""
        return self.tr("Create"), self.tr("Delete"), self.tr("Delete and create")

    def counted(self, plan: WeekPlan) -> str:
        """How many rows of each kind."""
        new = sum(row.before is None for row in plan.rows)
        gone = sum(row.after is None for row in plan.rows)
        changed = len(plan.rows) - new - gone
        parts = [
            text
            for count, text in (
                (new, self.tr("%n new", "", new)),
                (changed, self.tr("%n changed", "", changed)),
                (gone, self.tr("%n deleted", "", gone)),
            )
            if count
        ]
        return self.tr(" · ", "between the parts of a sum").join(parts)

    def requests(self, plan: WeekPlan) -> str:
        """What it takes, and why in that order."""
        return self.tr(
            "%n requests, in an order in which callers are never offered a time that is closed before and after.",
            "",
            plan.calls,
        )

    def overriding(self, preview: WeeklyPreview) -> str:
        """The dated entries that lie over what changes."""
        entries = preview.overriding
        if not entries:
            return self.tr("No entry of the next 12 weeks lies over these hours.")
        sentence = self.tr(
            "%n entries of the next 12 weeks lie over these hours and go on deciding:", "", len(entries)
        )
        named = self.tr("; ", "between entries").join(self._entry(entry) for entry in entries[:_SHOWN])
        dots = "…" if len(entries) > _SHOWN else "."
        return self.tr("{sentence} {entries}{end}").format(sentence=sentence, entries=named, end=dots)

    def _entry(self, entry: Entry) -> str:
        return self.tr("{day} {times}, {name}").format(
            day=dates.short_day_text(entry.date, self._words.locale),
            times=self._words.times(entry),
            name=self._words.name(entry),
        )

    # -- how it goes on ------------------------------------------------------------------------------------------

    def waiting(self, views: Sequence[ItemView]) -> str:
        """How much of what is shown the server does not have."""
        unsent = sum(view.state is not SendState.SENT for view in views)
        refused = sum(view.state in (SendState.CONFLICT, SendState.REJECTED) for view in views)
        if refused:
            return self.tr("%n stretches were not accepted by the server: choose one to see why.", "", refused)
        return self.tr("%n stretches are not on the server yet.", "", unsent) if unsent else ""

    def still_there(self, stretches: Sequence[Pattern]) -> str:
        """What was deleted or changed here and still holds on the server; nothing where there is none."""
        if not stretches:
            return ""
        sentence = self.tr(
            "%n stretches that you deleted or changed still hold on the server:", "", len(stretches)
        )
        named = self.tr("; ", "between entries").join(self.stretch(each) for each in stretches[:_SHOWN])
        dots = "…" if len(stretches) > _SHOWN else "."
        return self.tr("{sentence} {entries}{end}").format(sentence=sentence, entries=named, end=dots)

    def exposed(self, views: Sequence[ItemView]) -> str:
        """What callers may book though it is to be blocked."""
        stretches = [view.item for view in views if view.exposed]
        return self.tr(
            "%n blocked stretches can be booked just now: the server takes the new block only after the old one.",
            "",
            len(stretches),
        )

    def all_live(self) -> str:
        """All that was applied has arrived."""
        return self.tr("All of it is on the server: callers are offered this week from now on.")

    def applied(self, plan: WeekPlan) -> str:
        """It is on its way, or waits for it: the window tells which."""
        return self.tr(
            "Kept: %n changes. Callers see them once the server has them. Undo in the week takes them back.",
            "",
            len(plan.rows),
        )
