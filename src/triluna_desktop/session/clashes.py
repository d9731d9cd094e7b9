"""Which entries stand in each other's way: found here before anything is sent, or named by the server in a 409."""

from __future__ import annotations

from typing import TYPE_CHECKING

from triluna_desktop.domain.choices import Clash, find_clash
from triluna_desktop.domain.models import Entry
from triluna_desktop.domain.remote import Trouble
from triluna_desktop.sync.ports import SendState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from triluna_desktop.session import Session
    from triluna_desktop.sync.ports import ItemView

_UNSENT = frozenset({SendState.PENDING, SendState.BLOCKED_AUTH})


class Clashes:
    """The clashes of one profile. ``span`` gives the first date and the number of days to look for others in."""

    def __init__(self, session: Session, span: Callable[[], tuple[date, int]]) -> None:
        self._session = session
        self._span = span

    @property
    def allows_overlaps(self) -> bool:
        """Whether both of a clash may be kept: the server has not shown that it refuses overlaps."""
        return not self._session.refuses_overlaps

    def of(self, mine: Entry, shown: Entry | None) -> Clash:
        """What is in the way of ``mine``, which is on screen as ``shown``, or not there yet."""
        there = _entries(self._session.days(mine.date, 1).entries)
        view = None if shown is None else self._session.item(mine.key)
        return find_clash(mine, shown, there) if view is None else _clash(mine, shown, there, view)

    def like(self, clash: Clash) -> tuple[Clash, ...]:
        """All clashes of what is not on the server yet, this one first; only this one where it is there."""
        if clash.is_draft or self._session.status.unsent < 2:
            return (clash,)
        first, days = self._span()
        shown = self._session.days(first, days)
        by_date: dict[date, list[Entry]] = {}
        for entry in _entries(shown.entries):
            by_date.setdefault(entry.date, []).append(entry)
        waiting = [
            _clash(view.item, view.item, by_date[view.item.date], view)
            for view in shown.entries
            if isinstance(view.item, Entry)
            and (is_refused_overlap(view) or (view.state in _UNSENT and view.item.key in shown.conflicts))
        ]
        found = tuple(each for each in waiting if each)
        keys = [each.mine.key for each in found]
        if clash.mine.key not in keys:
            return (clash,)
        return (clash, *(each for each in found if each.mine.key != clash.mine.key))


def is_refused_overlap(view: ItemView) -> bool:
    """Whether the server refused it because something else is there."""
    return view.state is SendState.CONFLICT and view.trouble in (None, Trouble.CONFLICT)


def _clash(mine: Entry, shown: Entry | None, there: Iterable[Entry], view: ItemView) -> Clash:
    is_refused = is_refused_overlap(view)
    # A view of what is on the server does not say it twice.
    confirmed = view.item if view.state is SendState.SENT else view.confirmed
    is_where_it_was = isinstance(view.item, Entry) and view.item.date == mine.date
    return find_clash(
        mine,
        shown,
        there,
        slots=view.conflicts if is_refused and is_where_it_was else (),
        confirmed=confirmed if isinstance(confirmed, Entry) else None,
        is_refused=is_refused,
    )


def _entries(views: Iterable[ItemView]) -> list[Entry]:
    return [view.item for view in views if isinstance(view.item, Entry)]
