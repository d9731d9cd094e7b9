"""The words of notifications: one notice in full, and why they do not come through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from triluna_desktop.domain.models import Entry
from triluna_desktop.domain.now import Moment
from triluna_desktop.session.notices import Kind
from triluna_desktop.session.quick import QuickPlan
from triluna_desktop.system.notification import DEFAULT, Button, Notification, Reach, Urgency
from triluna_desktop.ui import dates
from triluna_desktop.ui.gathered_words import GatheredWords
from triluna_desktop.ui.quick_words import QuickWords

if TYPE_CHECKING:
    from collections.abc import Sequence

    from triluna_desktop.domain.models import Item
    from triluna_desktop.domain.time import Clock
    from triluna_desktop.session.notices import Notice
    from triluna_desktop.ui.words import Words

UNDO, OPEN = "undo", "open"
_URGENT = frozenset({Kind.TOKEN, Kind.CONFLICT, Kind.REFUSED, Kind.NOT_LIVE})


class NotifyWords(QObject):
    """In the user's language; without titles while ``words`` are to have none."""

    def __init__(self, words: Words, clock: Clock) -> None:
        super().__init__()
        self._words = words
        self._clock = clock
        self._quick = QuickWords(words, clock)
        self._gathered = GatheredWords(self)

    def notification(self, notices: Sequence[Notice], profile: str = "", *, can_undo: bool) -> Notification:
        """All notices in one; ``profile`` names the calendar where there are several."""
        if len(notices) == 1:
            title, body = self._one(notices[0])
        else:
            title, body = self._gathered.told(notices)
        if profile:
            title = self.tr("{profile}: {what}", "a profile's name, and what has happened there").format(
                profile=profile, what=title
            )
        show = self.tr("Open")
        buttons = [Button(DEFAULT, show)]
        if can_undo:
            buttons.append(Button(UNDO, self.tr("Undo")))
        buttons.append(Button(OPEN, show))
        is_urgent = any(notice.kind in _URGENT for notice in notices)
        return Notification(title, body, tuple(buttons), Urgency.NORMAL if is_urgent else Urgency.LOW)

    def heading(self, notice: Notice) -> str:
        """What has happened, alone."""
        return self._one(notice)[0]

    # -- one -----------------------------------------------------------------------------------------------------

    def _one(self, notice: Notice) -> tuple[str, str]:
        item = notice.item
        match notice.kind:
            case Kind.REFUSED:
                return self.tr("The server refused a change"), self._with_word(notice)
            case Kind.CONFLICT:
                return self.tr("A change needs your decision"), self._with_word(notice)
            case Kind.TOKEN if notice.idents == ("token:read_only",):
                return self.tr("The token may only read"), self.tr(
                    "Your edits are kept. Paste a token that may write, and they are sent."
                )
            case Kind.TOKEN:
                return self.tr("The server does not accept the token any more"), self.tr(
                    "It was revoked or has expired. Your edits are kept. Paste a new token, and they are sent."
                )
            case Kind.NOT_LIVE:
                return self._not_live(notice), self.tr("It is kept on this computer until it can be sent.")
            case Kind.SENT:
                return self._gathered.count(Kind.SENT, notice.count), ""
            case Kind.ELSEWHERE:
                return self._elsewhere(notice), "" if item is None else self._what(item)
            case Kind.ENDING:
                time = dates.time_text(notice.minute, self._words.locale)
                return self.tr("Blocked until {time}").format(time=time), self._ending(notice)
            case Kind.DONE:
                says_all = notice.plan is not None and not self._is_new_entry(notice)
                return self._done(notice), "" if item is None or says_all else self._what(item)

    def _with_word(self, notice: Notice) -> str:
        what = "" if notice.item is None else self._what(notice.item)
        # The server's word may hold a title.
        if not notice.message or self._words.is_masked:
            return what
        return self._words.together([what, notice.message]) if what else notice.message

    def _not_live(self, notice: Notice) -> str:
        today = self._clock.now().date()
        time = self._quick.when(Moment(notice.day or today, notice.minute), today)
        if notice.is_offered:
            return self.tr("Not live yet: callers can still book {time}.").format(time=time)
        return self.tr("Not live yet: callers cannot book {time} yet.").format(time=time)

    def _elsewhere(self, notice: Notice) -> str:
        item = notice.item
        if notice.is_gone:
            return self.tr("Deleted elsewhere")
        if not isinstance(item, Entry):
            return self.tr("Weekly hours changed elsewhere")
        if notice.before is not None:
            return self.tr("Changed elsewhere")
        return self.tr("Opened elsewhere") if item.is_available else self.tr("Booked or blocked elsewhere")

    def _ending(self, notice: Notice) -> str:
        item = notice.item
        if item is None or not item.title or self._words.is_masked:
            return self.tr("The time after it may be booked.")
        return self.tr("{title} ends; the time after it may be booked.").format(title=self._words.name(item))

    def _done(self, notice: Notice) -> str:
        if notice.edit is None:
            return self.tr("Changed")
        if notice.plan is not None and not self._is_new_entry(notice):
            # Entries that were changed do not say what the action did: time is blocked by a shorter opening, too.
            if isinstance(notice.plan, QuickPlan):
                return self._quick.did(notice.plan)
            return self._quick.released(notice.plan)
        told = notice.edit.describe()
        item = told.first
        sides = [change.after for change in notice.edit.changes if change.after is not None]
        if len(notice.edit.changes) == 1 and sides and isinstance(item, Entry):
            until = dates.time_text(sides[0].end, self._words.locale)
            if item.is_available:
                return self.tr("Open until {time}").format(time=until)
            return self.tr("Blocked until {time}").format(time=until)
        return self._words.edited(notice.edit)

    @staticmethod
    def _is_new_entry(notice: Notice) -> bool:
        """Whether the edit made one entry and changed none: that entry says all."""
        changes = () if notice.edit is None else notice.edit.changes
        return len(changes) == 1 and changes[0].before is None

    def _what(self, item: Item) -> str:
        """`thing`, as a line of its own."""
        told = self.thing(item)
        return self._words.begun(told)

    def thing(self, item: Item) -> str:
        """What and when: "“Dentist”, Thu 19 Nov, 15:00 – 16:00"."""
        name = self._words.name(item)
        if isinstance(item, Entry):
            day = dates.short_day_text(item.date, self._words.locale)
        else:
            day = self._words.locale.dayName(item.weekday or 7)
        sentence = self.tr("{name}, {day}, {times}", "what, on which day, from when to when")
        return sentence.format(name=name, day=day, times=self._words.times(item))

    # -- the way -------------------------------------------------------------------------------------------------

    def reach(self, reach: Reach) -> str:
        """Why notifications do not come through, for the page of the settings; empty where they do."""
        match reach:
            case Reach.UNKNOWN | Reach.FULL:
                return ""
            case Reach.NO_ACTIONS:
                return self.tr("This desktop shows notifications without buttons: undo and open in the window.")
            case Reach.NO_BUS:
                return self.tr(
                    "Notifications cannot be shown: there is no D-Bus session here. What they would say stands in "
                    "the window."
                )
            case Reach.NO_SERVICE:
                return self.tr(
                    "Notifications cannot be shown: nothing on this desktop shows them. Install a notification "
                    "service, for example dunst. Until then, what they would say stands in the window."
                )
            case Reach.SILENT:
                return self.tr(
                    "Notifications cannot be shown: the desktop's notification service does not answer. What they "
                    "would say stands in the window."
                )
            case Reach.OTHER:
                return self.tr("Notifications are shown by the icon in the tray, without buttons.")

    def cannot_undo(self) -> str:
        """The edit of a notification is no longer one that can be taken back."""
        return self.tr("This cannot be undone any more: the app was started anew, or it was undone already.")
