"""The words of a notification that tells several things at once: a line for each, which says what happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from triluna_desktop.domain.models import Entry
from triluna_desktop.session.notice_watch import ROWS
from triluna_desktop.session.notices import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from triluna_desktop.session.notices import Notice
    from triluna_desktop.ui.notify_words import NotifyWords

LINES = 4
"""Of a notification: most desktops show no more of its text."""


class GatheredWords(QObject):
    """In the user's language; what one thing alone is called comes from ``one``."""

    def __init__(self, one: NotifyWords) -> None:
        super().__init__()
        self._one = one

    def told(self, notices: Sequence[Notice]) -> tuple[str, str]:
        """A title that counts, and lines that say what happened to what."""
        counts: dict[Kind, int] = {}
        for notice in notices:
            counts[notice.kind] = counts.get(notice.kind, 0) + notice.count
        if len(counts) == 1:
            ((kind, count),) = counts.items()
            lines = self._lines(notices, self._changed if kind is Kind.ELSEWHERE else self._line)
            return self.count(kind, count), "\n".join(lines)
        title = self.tr("%n things happened in the calendar", "", len(notices))
        if len(notices) <= LINES:
            return title, "\n".join(self._lines(notices, self._line))
        alone = {kind: next(each for each in notices if each.kind is kind) for kind in counts}
        lines = [
            self._line(alone[kind]) if count == 1 else self.count(kind, count) for kind, count in counts.items()
        ]
        return title, "\n".join(lines)

    def count(self, kind: Kind, count: int) -> str:
        """How many of a kind: a title, or a line for all of them."""
        match kind:
            case Kind.REFUSED:
                return self.tr("The server refused %n changes", "", count)
            case Kind.CONFLICT:
                return self.tr("%n changes need your decision", "", count)
            case Kind.TOKEN:
                return self.tr("The server does not accept the token any more")
            case Kind.NOT_LIVE:
                return self.tr("%n changes are not live yet", "", count)
            case Kind.SENT:
                return self.tr("%n changes that had waited are on the server now", "", count)
            case Kind.ELSEWHERE if count >= ROWS:
                return self.tr("%n entries or more were changed elsewhere", "", count)
            case Kind.ELSEWHERE:
                return self.tr("%n entries were changed elsewhere", "", count)
            case Kind.ENDING:
                return self.tr("%n blocks end in a few minutes", "", count)
            case Kind.DONE:
                return self.tr("%n changes are on the server", "", count)

    def _lines(self, notices: Sequence[Notice], line: Callable[[Notice], str]) -> list[str]:
        """A line each; where there are too many, the last line says how many more there are."""
        if len(notices) <= LINES:
            return [line(each) for each in notices]
        shown = [line(each) for each in notices[: LINES - 1]]
        return [*shown, self.tr("… and %n more", "", len(notices) - len(shown))]

    def _line(self, notice: Notice) -> str:
        """What happened, and to what: "Not sent: “Lunch”, Thu 19 Nov, 12:00 – 13:00"."""
        if notice.item is None:
            return self._one.heading(notice)
        what = self._one.thing(notice.item)
        match notice.kind:
            case Kind.REFUSED:
                return self.tr("Not sent: {what}").format(what=what)
            case Kind.CONFLICT:
                return self.tr("To be decided: {what}").format(what=what)
            case Kind.ELSEWHERE:
                return self._elsewhere(notice).format(what=what)
            case Kind.ENDING:
                return self.tr("Ends soon: {what}").format(what=what)
            case _:
                return self._one.heading(notice)

    def _changed(self, notice: Notice) -> str:
        """Of a change elsewhere, under a title that says that it was elsewhere."""
        what = "" if notice.item is None else self._one.thing(notice.item)
        if notice.is_gone:
            return self.tr("Deleted: {what}").format(what=what)
        if notice.before is not None or not isinstance(notice.item, Entry):
            return self.tr("Changed: {what}").format(what=what)
        if notice.item.is_available:
            return self.tr("Opened: {what}").format(what=what)
        return self.tr("Booked or blocked: {what}").format(what=what)

    def _elsewhere(self, notice: Notice) -> str:
        if notice.is_gone:
            return self.tr("Deleted elsewhere: {what}")
        if notice.before is not None or not isinstance(notice.item, Entry):
            return self.tr("Changed elsewhere: {what}")
        if notice.item.is_available:
            return self.tr("Opened elsewhere: {what}")
        return self.tr("Booked or blocked elsewhere: {what}")
