"""What the domain's facts are called on screen: durations, edits, send states, why a slot is refused.

Sentences with a number in them need the plural forms of the language, which only `QObject.tr` finds; so this is
a class. It holds the locale as well, as most of its sentences hold a time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject

from triluna_desktop.domain.edits import Verb
from triluna_desktop.domain.models import NOTES_LIMIT, TITLE_LIMIT, Entry
from triluna_desktop.domain.remote import Trouble
from triluna_desktop.domain.time import DAY_MINUTES, LAST_MINUTE
from triluna_desktop.session import RefusalReason, SendState
from triluna_desktop.ui import dates
from triluna_desktop.ui.typed import Misread, read_named_day

if TYPE_CHECKING:
    from datetime import date

    from triluna_desktop.domain.edits import Edit
    from triluna_desktop.domain.models import Item
    from triluna_desktop.session import EditRefusedError, ItemView, Status

MASK = "•••"
"""What stands for a title, or notes, that are not to be seen."""
_MINUTE = 60
_HOUR = 3600


class Words(QObject):
    """Sentences in the user's language, with dates and times as the locale writes them."""

    def __init__(self, locale: QLocale | None = None) -> None:
        super().__init__()
        # Not a copy: how times are written may change while the window is open.
        self.locale = locale if isinstance(locale, dates.TimedLocale) else dates.TimedLocale(locale or QLocale())
        self.is_masked = False
        """Whether titles and notes are not to be seen: the screen is shared."""
        self.locale.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)

    @staticmethod
    def begun(sentence: str) -> str:
        """A sentence that begins with something named: with a capital letter, also where no title stands first."""
        return sentence[:1].upper() + sentence[1:]

    def duration(self, minutes: int) -> str:
        """A stretch of time: "7 h", "1 h 30", "45 min"."""
        hours, rest = divmod(minutes, 60)
        if not hours:
            return self.tr("{minutes} min").format(minutes=self.number(rest))
        if not rest:
            return self.tr("{hours} h").format(hours=self.number(hours))
        return self.tr("{hours} h {minutes}").format(hours=self.number(hours), minutes=self.number(rest, width=2))

    def number(self, value: int, *, width: int = 0) -> str:
        """A whole number in the locale's digits, filled with zeros to a width."""
        return self.locale.toString(value).rjust(width, self.locale.zeroDigit())

    def ago(self, seconds: float) -> str:
        """How long since: "12 s ago", "5 min ago", "3 h ago"."""
        whole = max(0, int(seconds))
        if whole < _MINUTE:
            return self.tr("{count} s ago").format(count=self.number(whole))
        if whole < _HOUR:
            return self.tr("{count} min ago").format(count=self.number(whole // _MINUTE))
        if whole < 24 * _HOUR:
            return self.tr("{count} h ago").format(count=self.number(whole // _HOUR))
        return self.tr("%n days ago", "", whole // (24 * _HOUR))

    def wait(self, seconds: float) -> str:
        """How long until: "20 s", "3 min"."""
        whole = max(1, round(seconds))
        if whole < 2 * _MINUTE:
            return self.tr("{count} s").format(count=self.number(whole))
        return self.tr("{count} min").format(count=self.number(round(whole / _MINUTE)))

    def kind(self, item: Item) -> str:
        """What an entry is: the inspector's heading."""
        return self.tr("Available time") if item.is_available else self.tr("Blocked time")

    def title_of(self, item: Item) -> str:
        """An item's title as it may be shown."""
        return MASK if item.title and self.is_masked else item.title

    def notes_of(self, item: Item) -> str:
        """Its notes as they may be shown; weekly hours have none."""
        notes = item.notes if isinstance(item, Entry) else ""
        return MASK if notes and self.is_masked else notes

    def name(self, item: Item) -> str:
        """How a sentence names an item: its title, or what it is."""
        if item.title and not self.is_masked:
            short = item.title if len(item.title) <= 40 else item.title[:39] + "…"
            return self.tr("“{title}”").format(title=dates.own_text(short))
        if not isinstance(item, Entry):
            return self.tr("weekly hours")
        return self.tr("available time") if item.is_available else self.tr("blocked time")

    def times(self, item: Item) -> str:
        """From when to when: "15:00 – 16:00"."""
        return dates.times_text(item.start, item.end, self.locale)

    def edited(self, edit: Edit) -> str:
        """What an edit did: "3 entries moved", "“Lunch” deleted"."""
        told = edit.describe()
        if told.count == 1:
            name = self.name(told.first)
            return self.begun(self._edited_one(told.verb).format(name=name))
        if not any(isinstance(change.item, Entry) for change in edit.changes):
            return self.tr("%n changes of the weekly hours", "", told.count)
        match told.verb:
            case Verb.CREATE:
                return self.tr("%n entries created", "", told.count)
            case Verb.DELETE:
                return self.tr("%n entries deleted", "", told.count)
            case Verb.MOVE:
                return self.tr("%n entries moved", "", told.count)
            case Verb.RESIZE:
                return self.tr("%n entries changed in length", "", told.count)
            case Verb.FLIP:
                return self.tr("%n entries switched between available and blocked", "", told.count)
            case _:
                return self.tr("%n entries changed", "", told.count)

    def _edited_one(self, verb: Verb) -> str:
        match verb:
            case Verb.CREATE:
                return self.tr("{name} created")
            case Verb.DELETE:
                return self.tr("{name} deleted")
            case Verb.MOVE:
                return self.tr("{name} moved")
            case Verb.RESIZE:
                return self.tr("{name} changed in length")
            case Verb.FLIP:
                return self.tr("{name} switched between available and blocked")
            case _:
                return self.tr("{name} changed")

    def undone(self, edit: Edit) -> str:
        """What taking back the edit ``edit`` undid; ``edit`` is the inverse that was carried out."""
        return self.tr("Undone: {what}").format(what=self.edited(edit.invert()))

    def undone_after_sending(self, edit: Edit, status: Status) -> str:
        """As `undone`, where the server had what was taken back; ``status``: when it hears of the opposite."""
        if status.is_sending:
            sentence = self.tr("Undone: {what}. It had been sent already; the opposite is being sent now.")
        else:
            sentence = self.tr(
                "Undone: {what}. It had been sent already; the opposite waits until it can be sent."
            )
        return sentence.format(what=self.edited(edit.invert()))

    def paused(self, *, is_on: bool) -> str:
        """What a pause of sync means, or that it is over."""
        return self.tr("Sync is paused. Your edits wait on this computer.") if is_on else self.tr("Sync goes on.")

    def together(self, sentences: list[str]) -> str:
        """Sentences one after the other; all but the last get a full stop where they have none."""
        parts = [each if each.endswith((".", "!", "?", "…")) else f"{each}." for each in sentences[:-1]]
        return self.tr(" ", "between two sentences").join([*parts, sentences[-1]])

    def discarded(self, item: Item) -> str:
        """The change of an item was dropped before the server had it."""
        return self.begun(self.tr("{name}: the change is discarded").format(name=self.name(item)))

    def redone(self, edit: Edit) -> str:
        """What was done again."""
        return self.tr("Done again: {what}").format(what=self.edited(edit))

    def finish_typing(self) -> str:
        """Something typed cannot be saved as it is, and another entry was selected."""
        return self.tr("Something in the inspector is not finished: correct it, or press Esc to drop it.")

    def nothing_to_undo(self) -> str:
        """There is no edit to take back."""
        return self.tr("There is nothing to undo.")

    def nothing_to_redo(self) -> str:
        """There is no edit to do again."""
        return self.tr("There is nothing to do again.")

    def refused(self, error: EditRefusedError) -> str:
        """Why an edit was not written, and what to do."""
        match error.reason:
            case RefusalReason.READ_ONLY:
                return self.tr(
                    "Nothing was changed: the token may only read. Paste one that may write in Settings."
                )
            case RefusalReason.DISK_FULL:
                return self.tr("Nothing was changed: the disk is full. Make room and try again.")
            case RefusalReason.STORE_FAILED:
                return self.tr("Nothing was changed: the calendar's file could not be written ({detail}).").format(
                    detail=error.detail or self.tr("no reason given")
                )
            case RefusalReason.STALE:
                return self.tr("Nothing was changed: the entry has just changed. Look again and repeat the edit.")
            case RefusalReason.CHANGED_SINCE:
                return self.tr("This cannot be undone any more: the entry was changed or deleted since.")
            case RefusalReason.NOT_KEPT:
                return self.tr("Nothing was restored: that version is no longer kept.")

    def sending(self, view: ItemView) -> str:
        """Where an item stands on its way to the server; empty when it is there."""
        if view.exposed:
            return self.tr(
                "Callers may be offered this time just now: the old weekly block is gone, and the new one is not "
                "on the server yet."
            )
        if view.both_stand:
            return self.tr(
                "Both the new and the old weekly hours are on the server: it refuses to delete the old ones. "
                "Its word: {message}"
            ).format(message=self._message(view) or self.tr("it gives no reason."))
        match view.state:
            case SendState.SENT:
                return ""
            case SendState.PENDING:
                return self.tr("Not sent yet")
            case SendState.CONFIRMING:
                return self.tr("Confirming with the server…")
            case SendState.BLOCKED_AUTH:
                return self.tr("Not sent yet: it waits for a token that the server accepts.")
            case SendState.CONFLICT if view.confirmed is None and view.message == "":
                return self.tr("The server has something else at this time.")
            case SendState.CONFLICT:
                return self.tr("The server disagrees: {message}").format(
                    message=self._message(view) or self.tr("it was changed elsewhere.")
                )
            case SendState.REJECTED if view.trouble is Trouble.UNREADABLE and view.confirmed is not None:
                return self.tr(
                    "Not sent: the server has more of this than the app can show, such as a longer text, which "
                    "would be lost. Change it on the web."
                )
            case SendState.REJECTED if view.trouble is Trouble.UNREADABLE:
                return self.tr(
                    "Whether the server has this is not known: its list could not be read. Look on the web before "
                    "you try again."
                )
            case SendState.REJECTED:
                return self.tr("Refused by the server: {message}").format(
                    message=self._message(view) or self.tr("it gives no reason.")
                )

    def _message(self, view: ItemView) -> str:
        """What the server says of an item: it may quote its title."""
        return MASK if view.message and self.is_masked else view.message

    def slot_problem(self, problem: str) -> str:
        """The sentence for `domain.models.InvalidSlotError.problem`."""
        match problem:
            case "starts_outside_day":
                return self.tr("The start must lie between {first} and {last}.").format(
                    first=dates.time_text(0, self.locale), last=dates.time_text(LAST_MINUTE - 1, self.locale)
                )
            case "ends_outside_day":
                return self.tr("The end must lie between {first} and {last}.").format(
                    first=dates.time_text(1, self.locale), last=dates.time_text(DAY_MINUTES, self.locale)
                )
            case "zero_length":
                return self.tr("The end is the same as the start; it must lie after it.")
            case "ends_before_start":
                return self.tr(
                    "The end must lie after the start. For a slot past midnight, make one on each date."
                )
            case "title_too_long":
                return self.tr("The title may have up to {limit} characters.").format(limit=TITLE_LIMIT)
            case "notes_too_long":
                return self.tr("The notes may have up to {limit} characters.").format(limit=NOTES_LIMIT)
            case _:
                return self.tr("This cannot be a slot ({problem}).").format(problem=problem)

    def named_day(self, typed: str, today: date) -> date | None:
        """The date of "tomorrow" or of a weekday, in this language or in English; None for anything else."""
        near = {self.tr("yesterday"): -1, self.tr("today"): 0, self.tr("tomorrow"): 1}
        return read_named_day(typed, self.locale, today, near)

    def misread(self, why: Misread, typed: str, near: date) -> str:
        """The sentence under a field whose text is no time or no date; with an example to follow."""
        if why in (Misread.NO_TIME, Misread.OUTSIDE_DAY):
            return self.misread_time(why, typed)
        example = dates.day_text(near, self.locale)
        if not typed.strip():
            return self.tr("A date is missing, for example {example}.").format(example=example)
        if why is Misread.NO_SUCH_DATE:
            return self.tr("{typed} does not exist.").format(typed=typed.strip())
        return self.tr("“{typed}” is not a date. Write for example {example}.").format(
            typed=typed.strip(), example=example
        )

    def misread_time(self, why: Misread, typed: str) -> str:
        """The sentence under a field whose text is no time of a day."""
        example = dates.time_text(9 * 60 + 30, self.locale)
        if why is Misread.OUTSIDE_DAY:
            return self.tr("A day goes from 00:00 to 24:00.")
        if not typed.strip():
            return self.tr("A time is missing, for example {example}.").format(example=example)
        return self.tr("“{typed}” is not a time. Write for example {example}.").format(
            typed=typed.strip(), example=example
        )
