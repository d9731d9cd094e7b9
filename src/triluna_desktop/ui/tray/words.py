"""What the tray says: the tooltip, the lines of the menu, and where the same is where there is no tray."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from triluna_desktop.session import ConnectionState
from triluna_desktop.ui import dates
from triluna_desktop.ui.quick_words import QuickWords
from triluna_desktop.ui.trouble_words import in_short

if TYPE_CHECKING:
    from triluna_desktop.domain.models import Item
    from triluna_desktop.domain.now import Line, NowView
    from triluna_desktop.domain.time import Clock
    from triluna_desktop.session import Status
    from triluna_desktop.ui.words import Words

_TITLE = 40
"""Characters of a title: a tooltip on Windows has 127 in all, and a menu is as wide as its longest line."""


class TrayWords(QObject):
    """Sentences in the user's language. Titles are kept from who looks on where the words are masked."""

    def __init__(self, words: Words, clock: Clock) -> None:
        super().__init__()
        self._words = words
        self.calendar = ""
        """The name of the calendar, where there are several."""
        self.quick = QuickWords(words, clock)

    def tooltip(self, view: NowView, status: Status) -> str:
        """All at once: "Bookable until 15:30 · next: Client meeting 15:30"."""
        parts = [self.calendar, self.quick.standing(view), self.next(view), self.connection(status)]
        return " · ".join(part for part in parts if part)

    def next(self, view: NowView) -> str:
        """What comes next; empty where nothing does soon."""
        if view.next is None:
            return ""
        at = dates.time_text(view.next.start, self._words.locale)
        name = self.name(view.next)
        if view.next.date == view.at.date:
            return self.tr("next: {title} {time}").format(title=name, time=at)
        return self.tr("next: {title} tomorrow {time}").format(title=name, time=at)

    @staticmethod
    def asks_for_user(status: Status) -> bool:
        """Whether `connection` tells of something that only the user can put right, in the window."""
        return (
            status.state in (ConnectionState.NO_TOKEN, ConnectionState.NEEDS_TOKEN)
            or bool(status.needs_decision)
            or status.shrink is not None
        )

    def connection(self, status: Status) -> str:
        """What keeps callers from seeing what is here; empty where nothing does."""
        states = ConnectionState
        match status.state:
            case states.NO_TOKEN:
                return self.tr("no account connected")
            case states.NEEDS_TOKEN:
                return self.tr("the token was refused")
            case states.READ_ONLY if status.unsent:
                return self.tr("read only: %n changes not sent", "", status.unsent)
            case states.READ_ONLY:
                return self.tr("read only")
        if status.needs_decision:
            return self.tr("%n changes need your decision", "", status.needs_decision)
        if status.shrink is not None:
            return self.tr("many entries are missing on the server: look in the window")
        return self._waiting(status)

    def _waiting(self, status: Status) -> str:
        if status.state is ConnectionState.PAUSED and status.unsent:
            return self.tr("syncing is paused: %n changes not sent yet", "", status.unsent)
        if status.state is ConnectionState.PAUSED:
            return self.tr("syncing is paused")
        if status.state is ConnectionState.OFFLINE and status.unsent:
            return self.tr("offline: %n changes not sent yet", "", status.unsent)
        if status.state is ConnectionState.OFFLINE:
            return self.tr("offline")
        if status.state is ConnectionState.ERROR:
            what = in_short(status.trouble)
            held = self.tr("{what}: %n changes not sent yet", "", status.unsent)
            return held.replace("{what}", what) if status.unsent else what
        if status.unsent and not status.confirms_writes:
            return self.tr("the server confirms no changes: %n changes not sent yet", "", status.unsent)
        return self.tr("%n changes not sent yet", "", status.unsent) if status.unsent else ""

    def line(self, line: Line) -> str:
        """An entry in the list: "15:30 – 16:00  Client meeting"."""
        return self.tr("{times}  {title}").format(times=self._words.times(line.item), title=self.name(line.item))

    def line_now(self, line: Line) -> str:
        """The same, of what is under way."""
        return self.tr("{line} (now)").format(line=self.line(line))

    def more(self, count: int) -> str:
        """For the lines that a list has no room for."""
        return self.tr("%n more…", "", count)

    def name(self, item: Item) -> str:
        """The title, short and on one line; what it is where it has none, or none may be seen."""
        title = " ".join(item.title.split())
        if title and not self._words.is_masked:
            return dates.own_text(title if len(title) <= _TITLE else title[: _TITLE - 1] + "…")
        return self._words.kind(item)

    def listed(self, title: str, *, unsent: int, needs_attention: bool) -> str:
        """A calendar among several, with what is to be known of it."""
        if needs_attention:
            return self.tr("{title} (needs your attention)").format(title=title)
        return self.tr("{title} (%n not sent yet)", "", unsent).format(title=title) if unsent else title

    def stays(self) -> str:
        """The window was hidden for the first time."""
        return self.tr("The app goes on in the tray: a click on its icon shows today, “Quit” in its menu ends it.")

    def lost_tray(self) -> str:
        """The tray went away while the window was hidden in it."""
        return self.tr("The tray with the app's icon is gone, so the window is here again.")
