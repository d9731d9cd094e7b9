"""What a row of the history says: when, what, by whom, and which version it can bring back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from triluna_desktop.domain.edits import Change, Edit, Verb
from triluna_desktop.domain.models import Entry
from triluna_desktop.session.history import Actor, version_of
from triluna_desktop.ui import dates

if TYPE_CHECKING:
    from triluna_desktop.domain.models import Item
    from triluna_desktop.domain.time import Clock
    from triluna_desktop.session.history import HistoryRow
    from triluna_desktop.ui.words import Words


class HistoryWords(QObject):
    """Sentences about changes, in the user's language."""

    def __init__(self, words: Words, clock: Clock) -> None:
        super().__init__()
        self._words = words
        self._clock = clock

    def when(self, row: HistoryRow) -> str:
        """When it was changed: "Today, 13:24", "Thu 12 Nov, 13:24", with the year where it is another one."""
        return self._moment(datetime.fromtimestamp(row.at, self._clock.now().tzinfo))

    def widest_whens(self) -> tuple[str, ...]:
        """What `when` says at its longest, for the width of a column: of yesterday, and of another year."""
        late = self._clock.now().replace(hour=22, minute=30)
        return tuple(self._moment(late - timedelta(days=days)) for days in (1, 366))

    def _moment(self, at: datetime) -> str:
        now, locale = self._clock.now(), self._words.locale
        day = at.date()
        if day == now.date():
            name = self.tr("Today")
        elif day == now.date() - timedelta(days=1):
            name = self.tr("Yesterday")
        elif day.year == now.year:
            name = dates.short_day_text(day, locale)
        else:
            name = dates.day_text(day, locale)
        return self.tr("{day}, {time}").format(day=name, time=dates.time_text(at.hour * 60 + at.minute, locale))

    def actor(self, actor: Actor) -> str:
        """By whom."""
        match actor:
            case Actor.THIS_APP:
                return self.tr("This app")
            case Actor.ELSEWHERE:
                return self.tr("Elsewhere")
            case Actor.SYNC:
                return self.tr("Sync")

    def actor_explained(self, actor: Actor) -> str:
        """By whom, in a sentence."""
        match actor:
            case Actor.THIS_APP:
                return self.tr("You changed it in this app.")
            case Actor.ELSEWHERE:
                return self.tr("It was changed elsewhere; this app read it from the server.")
            case Actor.SYNC:
                return self.tr("It came of bringing your change and the server's version together.")

    def what(self, row: HistoryRow) -> str:
        """What was changed: "Moved “Client meeting” on Thu 19 Nov from 14:00 – 15:30 to 15:00 – 16:30"."""
        before, after = row.before, row.after
        if before is None or after is None:
            sentence = self.tr("Created {name}: {place}") if before is None else self.tr("Deleted {name}: {place}")
            item = version_of(row)
            return sentence.format(name=self._words.name(item), place=self.place(item))
        names = {
            "name": self._words.name(before),
            "new_name": self._words.name(after),
            "day": self.day(before),
            "old_times": self._words.times(before),
            "times": self._words.times(after),
            "old_place": self.place(before),
            "place": self.place(after),
        }
        return self._sentence(before, after).format(**names)

    def _sentence(self, before: Item, after: Item) -> str:
        is_same_day = self.day(before) == self.day(after)
        match Edit((Change(before, after),)).describe().verb:
            case Verb.MOVE if is_same_day:
                return self.tr("Moved {name} on {day} from {old_times} to {times}")
            case Verb.MOVE:
                return self.tr("Moved {name} from {old_place} to {place}")
            case Verb.RESIZE:
                return self.tr("Changed the length of {name} on {day} from {old_times} to {times}")
            case Verb.FLIP if before.interval == after.interval and is_same_day and before.title == after.title:
                if after.is_available:
                    return self.tr("Made {name} available: {place}")
                return self.tr("Made {name} blocked: {place}")
        if before.interval == after.interval and is_same_day:
            if before.title != after.title:
                return self.tr("Renamed {name} to {new_name}: {place}")
            return self.tr("Changed the notes of {name}: {place}")
        return self.tr("Changed {name}, {old_place}, into {new_name}, {place}")

    def day(self, item: Item) -> str:
        """The date of an entry: "Thu 19 Nov", with the year where it is another one; else the weekday."""
        locale = self._words.locale
        if not isinstance(item, Entry):
            return self.tr("every {weekday}").format(weekday=locale.dayName(item.weekday or 7))
        if item.date.year == self._clock.now().year:
            return dates.short_day_text(item.date, locale)
        return dates.day_text(item.date, locale)

    def place(self, item: Item) -> str:
        """Where an item lies: "Thu 19 Nov, 14:00 – 15:30"."""
        return self.tr("{day}, {times}").format(day=self.day(item), times=self._words.times(item))

    def version(self, item: Item) -> str:
        """A version in full: "Blocked time “Client meeting”, Thu 19 Nov, 14:00 – 15:30. Notes: bring the plan"."""
        names = {"kind": self._words.kind(item), "name": self._words.name(item), "place": self.place(item)}
        if not item.title or self._words.is_masked:
            text = self.tr("{kind}, {place}").format(**names)
        else:
            text = self.tr("{kind} {name}, {place}").format(**names)
        notes = self._words.notes_of(item)
        if notes:
            short = notes if len(notes) <= 120 else notes[:119] + "…"
            text = self.tr("{version}. Notes: {notes}").format(version=text, notes=" ".join(short.split()))
        return text
