"""Everything the week grid says, on screen and to a screen reader, in the user's language and locale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject

from triluna_desktop.domain.models import Entry
from triluna_desktop.domain.time import DAY_MINUTES
from triluna_desktop.grid.hand import Kind
from triluna_desktop.grid.shown import Mark
from triluna_desktop.ui.dates import full_day_text, short_day_text, time_writer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from triluna_desktop.domain.models import Item
    from triluna_desktop.domain.offered import OfferGap
    from triluna_desktop.grid.cursor import SlotCursor
    from triluna_desktop.grid.hand import Preview
    from triluna_desktop.grid.scene import Block, Column


_WEEK = 7


class WeekWords(QObject):
    """Words and times. Times are looked up once a minute of the day: a week of 500 slots asks for 1,000."""

    def __init__(self, locale: QLocale, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._locale = locale
        self._times: list[str | None] = [None] * (DAY_MINUTES + 1)
        self._write_time: Callable[[int], str] | None = None
        self._weekdays = {
            number: locale.dayName(number, QLocale.FormatType.ShortFormat).rstrip(".") for number in range(1, 8)
        }
        self.is_masked = False
        """Whether titles and notes are not to be seen: the screen is shared."""
        self.busy = self.tr("Busy")
        self.available = self.tr("Available")
        self.blocked = self.tr("Blocked")
        self.weekly_hours = self.tr("Weekly hours")
        self.weekly_block = self.tr("Weekly block")
        self.confirming = self.tr("Confirming…")
        self.refused = self.tr("Not accepted")
        self.asked = self.tr("You decide")
        self.offered: Callable[[str], str] = lambda _key: ""
        """What callers see, until it is sent, of the item with a key."""
        self.gaps: Mapping[date, OfferGap] = {}
        """By date on screen, where callers are offered something else than what is shown."""

    def time(self, minute: int) -> str:
        """A time of the day: "14:30", or "2:30 PM"."""
        text = self._times[minute]
        if text is None:
            self._write_time = self._write_time or time_writer(self._locale)
            text = self._times[minute] = self._write_time(minute)
        return text

    def times(self, start: int, end: int) -> str:
        """A stretch of the day: "14:00 – 15:30"."""
        return f"{self.time(start)} – {self.time(end)}"

    def weekday(self, day: date) -> str:
        """The short name of a date's weekday: "Thu"."""
        return self._weekdays[day.isoweekday()]

    def number(self, day: date) -> str:
        """The number of a date in its month, in the locale's digits."""
        return self._locale.toString(day.day)

    def notes(self, entry: Entry) -> str:
        """The notes of an entry as they may be read out."""
        return "" if self.is_masked else entry.notes

    def heading(self, day: date) -> tuple[str, str]:
        """What stands over a date, small and large: "Thu" and "19"."""
        return self.weekday(day), self.number(day)

    def duration(self, minutes: int) -> str:
        """A length: "45 min", "7 h", "5 h 30"."""
        hours, rest = divmod(minutes, 60)
        if hours == 0:
            return self.tr("{minutes} min").format(minutes=rest)
        if rest == 0:
            return self.tr("{hours} h").format(hours=hours)
        return self.tr("{hours} h {minutes}").format(hours=hours, minutes=f"{rest:02}")

    def bookable(self, column: Column) -> str:
        """What stands under a day's name: its bookable hours, "closed", or nothing where it is not known."""
        if column.bookable is None:
            return ""
        return self.duration(column.bookable) if column.bookable else self.tr("closed")

    def title(self, item: Item) -> str:
        """An item's title, or what stands for it."""
        title = " ".join(item.title.split())  # One line, whatever was pasted into it.
        if self.is_masked:
            title = self.available if item.is_available else self.busy
        if isinstance(item, Entry):
            return title or (self.available if item.is_available else self.blocked)
        return "↻ " + (title or (self.weekly_hours if item.is_available else self.weekly_block))

    def preview_title(self, preview: Preview, entry: Entry) -> str:
        """What a block that is being dragged says."""
        if preview.kind is not Kind.CREATE:
            return self.title(entry)
        return self.tr("New opening") if entry.is_available else self.tr("New block")

    def preview(self, preview: Preview) -> str:
        """The live label of a drag: "Fri 09:30 – 11:00 · 1 h 30"."""
        lead, entries = preview.lead, preview.entries
        days = self.weekday(lead.date)
        if preview.kind is Kind.CREATE and len(entries) > 1:
            first, last = entries[0].date, entries[-1].date
            if (last - first).days < _WEEK:
                days = f"{self.weekday(first)} – {self.weekday(last)}"
            else:  # "Sat – Sun" would name two days of two weeks as if they were neighbours.
                days = f"{short_day_text(first, self._locale)} – {short_day_text(last, self._locale)}"
        text = f"{days} {self.times(lead.start, lead.end)} · {self.duration(lead.end - lead.start)}"
        if len(entries) > 1:
            text += " · " + self.several(preview)
        if preview.kind is Kind.COPY:
            return self.tr("Copy to {where}").format(where=text)
        return text

    def several(self, preview: Preview) -> str:
        """How many things a drag makes or holds: "3 days"."""
        count = len(preview.entries)
        return self.tr("%n days", "", count) if preview.kind is Kind.CREATE else self.tr("%n entries", "", count)

    def note_of(self, mark: Mark) -> str:
        """What a block says of how far it has got to the server; nothing of what is there or waits its turn."""
        if mark is Mark.CONFIRMING:
            return self.confirming
        if mark is Mark.REFUSED:
            return self.refused
        return self.asked if mark is Mark.ASKED else ""

    def offer_note(self, block: Block) -> str:
        """What callers see of a block that was not sent, in two or three words; or nothing."""
        gap = self.gaps.get(block.day)
        if gap is None or block.mark is Mark.SENT:
            return ""
        inside = gap.within([block.item.interval])
        if inside.still_offered:
            return self.tr("Still offered")
        return self.tr("Not offered yet") if inside.not_offered else ""

    # -- for a screen reader ---------------------------------------------------------------------------------

    def spoken(self, block: Block) -> str:
        """A block in a sentence: "Thursday 14:00 to 15:30, blocked, Client meeting, conflicts with 1, …"."""
        item = block.item
        parts = [
            self.tr("{day} {start} to {end}").format(
                day=self._locale.dayName(block.day.isoweekday(), QLocale.FormatType.LongFormat),
                start=self.time(item.start),
                end=self.time(item.end),
            ),
            self.tr("available") if item.is_available else self.tr("blocked"),
        ]
        if block.is_pattern:
            parts.append(self.tr("every week"))
        if item.title and not self.is_masked:
            parts.append(item.title)
        if block.conflicts:
            parts.append(self.tr("conflicts with %n", "", block.conflicts))
        if block.mark is Mark.WAITING:
            parts.append(self.tr("not sent yet"))
        elif block.mark is Mark.CONFIRMING:
            parts.append(self.tr("being confirmed"))
        elif block.mark is Mark.REFUSED:
            parts.append(self.tr("not accepted by the server"))
        elif block.mark is Mark.ASKED:
            parts.append(self.tr("changed or deleted elsewhere, waits for your decision"))
        offered = self.offered(block.key) if block.mark is not Mark.SENT else ""
        if offered:
            parts.append(offered)
        return self.tr(", ", "between the parts of a sentence").join(parts)

    def spoken_cursor(self, cursor: SlotCursor) -> str:
        """The slot cursor in words."""
        return self.tr("{day} {start} to {end}, empty").format(
            day=full_day_text(cursor.head, self._locale),
            start=self.time(cursor.start),
            end=self.time(cursor.end),
        )
