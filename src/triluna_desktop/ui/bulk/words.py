"""The sentences of bulk edits: what a row of the preview says, what it all costs, how it went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from triluna_desktop.domain.bulk import SkipReason
from triluna_desktop.domain.models import Entry
from triluna_desktop.ui import dates

if TYPE_CHECKING:
    from triluna_desktop.domain.bulk import Skipped
    from triluna_desktop.domain.edits import Change
    from triluna_desktop.domain.forecast import Forecast
    from triluna_desktop.session.bulk import BatchState, BulkPreview, Cancelled
    from triluna_desktop.ui.words import Words


_TITLE_SHOWN = 40
"""Characters of a title: what comes after it in a row must be seen too."""


class BulkWords(QObject):
    """Sentences with numbers need the plural forms of the language, so this is a class, as `words.Words` is."""

    def __init__(self, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words

    # -- a row of the preview ------------------------------------------------------------------------------------

    def sign(self, row: Change | Skipped) -> str:
        """The sign of a row. Beside it stands its word: a sign alone says too little."""
        match self._kind(row):
            case "new":
                return "+"
            case "gone":
                return "−"
            case "changed":
                return "~"
            case _:
                return "="

    def verb(self, row: Change | Skipped) -> str:
        """What happens, in a word."""
        return self.verbs()[self._kind(row)]

    def verbs(self) -> dict[str, str]:
        """All words for what can happen."""
        return {
            "new": self.tr("New"),
            "gone": self.tr("Deleted"),
            "changed": self.tr("Changed"),
            "skipped": self.tr("Left alone"),
        }

    def _kind(self, row: Change | Skipped) -> str:
        before, after = getattr(row, "before", None), getattr(row, "after", None)
        if before is None and after is None:
            return "skipped"
        return "gone" if after is None else "new" if before is None else "changed"

    def row(self, change: Change) -> str:
        """A change: "Mon 23 Nov, 09:00 – 10:00, available, “Practice”", with what becomes of it."""
        before, after = change.before, change.after
        if not isinstance(before, Entry) or not isinstance(after, Entry):
            return self.entry(change.item)
        flips = before.is_available is not after.is_available
        return self.tr("{before} → {after}").format(
            before=self._named(before, with_kind=flips), after=self._news(before, after)
        )

    def entry(self, item: object) -> str:
        """When an entry is, what it is, and its title."""
        assert isinstance(item, Entry)  # noqa: S101 - bulk edits are about entries.
        return self._named(item, with_kind=True)

    def _named(self, item: Entry, *, with_kind: bool = False) -> str:
        """When an entry is, and its title; what it is only where that matters, or where it has no title."""
        parts = [self._when(item)]
        if with_kind or not item.title:
            parts.append(self._kind_of(item))
        if item.title:
            parts.append(self._title(item))
        return self._listed(parts)

    def _news(self, before: Entry, after: Entry) -> str:
        """What is another afterwards."""
        parts: list[str] = []
        if before.date != after.date:
            parts.append(self._when(after))
        elif before.interval != after.interval:
            parts.append(self._words.times(after))
        if before.is_available is not after.is_available:
            parts.append(self._kind_of(after))
        if before.title != after.title:
            parts.append(self._title(after) if after.title else self.tr("no title"))
        if before.notes and not after.notes:
            parts.append(self.tr("no notes"))
        return self._listed(parts)

    def _listed(self, parts: list[str]) -> str:
        return self.tr(", ", "between the parts of a row").join(parts)

    def _when(self, entry: Entry) -> str:
        return self.tr("{day}, {times}").format(
            day=dates.short_day_text(entry.date, self._words.locale), times=self._words.times(entry)
        )

    def _kind_of(self, entry: Entry) -> str:
        return self.tr("available") if entry.is_available else self.tr("blocked")

    def _title(self, entry: Entry) -> str:
        title = self._words.title_of(entry)
        short = title if len(title) <= _TITLE_SHOWN else title[: _TITLE_SHOWN - 1] + "…"
        return self.tr("“{title}”").format(title=short)

    def skipped(self, skipped: Skipped) -> str:
        """What is left alone, and why."""
        return self.tr("{entry}: {reason}").format(entry=self._named(skipped.item), reason=self._reason(skipped))

    def _reason(self, skipped: Skipped) -> str:
        match skipped.reason:
            case SkipReason.LEAVES_DAY:
                return self.tr("it would leave its day (00:00 to 24:00).")
            case SkipReason.LEAVES_CALENDAR:
                return self.tr("there is no such date.")
            case SkipReason.OVERLAPS:
                assert skipped.by is not None  # noqa: S101 - something is in the way.
                is_same_day = skipped.by.date == skipped.item.date
                return self.tr("{when} is taken by {name}.").format(
                    when=self._words.times(skipped.by) if is_same_day else self._when(skipped.by),
                    name=self._words.name(skipped.by),
                )
            case SkipReason.UNCHANGED if skipped.by is not None:
                return self.tr("the same is there already.")
            case SkipReason.UNCHANGED:
                return self.tr("it is so already.")
            case SkipReason.ALREADY_BLOCKED:
                return self.tr("this date is blocked already.")
            case SkipReason.STAYS_BOOKABLE:
                return self.tr("callers can still book it.")

    # -- what it all comes to ------------------------------------------------------------------------------------

    def counted(self, preview: BulkPreview) -> str:
        """How many of each kind."""
        kinds = [self._kind(row) for row in preview.rows]
        parts = [
            sentence
            for count, sentence in (
                (kinds.count("new"), self.tr("%n new", "", kinds.count("new"))),
                (kinds.count("changed"), self.tr("%n changed", "", kinds.count("changed"))),
                (kinds.count("gone"), self.tr("%n deleted", "", kinds.count("gone"))),
                (len(preview.skipped), self.tr("%n left alone", "", len(preview.skipped))),
            )
            if count
        ]
        return self.tr(" · ", "between the parts of a sum").join(parts)

    def cost(self, forecast: Forecast) -> str:
        """ "46 requests, about 1 min"."""
        if forecast.requests == 0:
            return self.tr("No request of its own: it goes with what waits to be sent.")
        if forecast.seconds < 60:
            return self.tr("%n requests, less than a minute", "", forecast.requests)
        time = self._words.duration(forecast.minutes)
        return self.tr("%n requests, about {time}", "", forecast.requests).format(time=time)

    def bookable(self, preview: BulkPreview) -> str:
        """What callers gain or lose."""
        before, after = preview.bookable_before, preview.bookable_after
        difference = after - before
        if difference == 0:
            return self.tr("Bookable on these dates: {hours}, as before").format(hours=self._hours(before))
        sentence = (
            self.tr("Bookable on these dates: {before} → {after} (+{difference})")
            if difference > 0
            else self.tr("Bookable on these dates: {before} → {after} (−{difference})")
        )
        return sentence.format(
            before=self._hours(before), after=self._hours(after), difference=self._hours(abs(difference))
        )

    def _hours(self, minutes: int) -> str:
        return self._words.duration(minutes) if minutes else self.tr("0 h")

    # -- how it goes on ------------------------------------------------------------------------------------------

    def progress(self, state: BatchState) -> str:
        """How far the sending has come."""
        done = self._words.number(state.done)
        sentence = self.tr("{done} of %n changes sent", "", state.total).format(done=done)
        if not state.failed:
            return sentence
        refused = self.tr("%n need your decision", "", state.failed)
        return self.tr("{progress}, {refused}").format(progress=sentence, refused=refused)

    def waits(self) -> str:
        """Nothing can be sent now."""
        return self.tr("The rest is kept and sent later.")

    def left(self, forecast: Forecast) -> str:
        """How long the rest takes."""
        if forecast.seconds < 60:
            return self.tr("less than a minute left")
        return self.tr("about {time} left").format(time=self._words.duration(forecast.minutes))

    def finished(self, state: BatchState, *, takes_back: bool) -> str:
        """How the sending ended; ``takes_back``: of what undo made of an earlier one."""
        if not state.failed and takes_back:
            return self.tr("All %n changes are taken back, on the server too.", "", state.total)
        if not state.failed:
            return self.tr("All %n changes are on the server.", "", state.total)
        return self.tr(
            "{done} of %n changes are on the server; the others need your decision.", "", state.total
        ).format(done=self._words.number(state.done))

    def cancelled(self, outcome: Cancelled) -> str:
        """What became of what was called back."""
        if not outcome.taken_back:
            return self.tr("There was nothing left to take back: everything is on its way already.")
        back = self.tr("%n changes were taken back before they were sent.", "", outcome.taken_back)
        parts = [back]
        if outcome.sent:
            parts.append(self.tr("%n are on the server and stay.", "", outcome.sent))
        if outcome.in_flight:
            parts.append(self.tr("%n are on their way and will be finished.", "", outcome.in_flight))
        if outcome.edited_since:
            parts.append(self.tr("%n were changed by a later edit and stay.", "", outcome.edited_since))
        if outcome.refused:
            parts.append(self.tr("%n need your decision.", "", outcome.refused))
        return self.tr(" ", "between two sentences").join(parts)
