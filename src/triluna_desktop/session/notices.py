"""What the user may be told of while looking elsewhere, and when: pure choices, on times that are given.

`session.notice_watch` finds out what there is to tell; `ui.notify_flow` tells it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING

from triluna_desktop.domain.time import instant_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from datetime import date

    from triluna_desktop.domain.edits import Edit
    from triluna_desktop.domain.models import Item
    from triluna_desktop.domain.quick import QuickPlan
    from triluna_desktop.domain.quick_release import ReleasePlan

APART_SECONDS = 60.0
"""Between two notifications; what there is to tell in between is gathered into one."""


class Kind(Enum):
    """What a notice is about. A setting ``notifications.<value>`` switches each off."""

    REFUSED = "refused"
    """The server refused an edit."""
    CONFLICT = "conflict"
    """An edit contradicts what the server has: the user must decide."""
    TOKEN = "token"  # noqa: S105 - the name of a kind, not a secret.
    """The server does not accept the token, or not for writing."""
    NOT_LIVE = "not_live"
    """What was done outside of the window is not on the server."""
    SENT = "sent"
    """What had waited for the server is sent."""
    ELSEWHERE = "elsewhere"
    """Something was booked, or changed, elsewhere."""
    ENDING = "ending"
    """A block ends in a few minutes."""
    DONE = "done"
    """What was done outside of the window is on the server."""


OF_THE_MOMENT = frozenset({Kind.ENDING, Kind.DONE})
"""Of no use later: in quiet hours they are dropped, all others wait for their end."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to tell. ``idents`` name it across restarts; what else is there depends on the kind."""

    kind: Kind
    idents: tuple[str, ...]
    item: Item | None = None
    """What it is about, as it is now, or was before it went."""
    before: Item | None = None
    """Of ELSEWHERE: what it was; None where it is new."""
    is_gone: bool = False
    """Of ELSEWHERE: the item was deleted."""
    count: int = 1
    """Of SENT: how many items."""
    message: str = ""
    """The server's own words, or nothing."""
    day: date | None = None
    """Where to look for it."""
    minute: int = 0
    """Of ENDING and of NOT_LIVE: the minute of the day that it is about."""
    is_offered: bool = False
    """Of NOT_LIVE: callers can still book that minute, which is blocked here; else they cannot yet."""
    edit: Edit | None = None
    """The edit that it is about, where that is a single one that can still be taken back."""
    plan: QuickPlan | ReleasePlan | None = None
    """Of DONE: the quick action that it is about, where it is one."""


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From the minute ``start`` of the wall day up to ``end``; past midnight where the end is not later."""

    start: int
    end: int

    def hold_at(self, now: datetime) -> bool:
        """Whether they hold; equal times are no stretch at all."""
        minute = now.hour * 60 + now.minute
        if self.start < self.end:
            return self.start <= minute < self.end
        return self.start != self.end and (minute >= self.start or minute < self.end)

    def left(self, now: datetime) -> float:
        """Seconds until their next end, ``now`` being aware; across clock changes, too."""
        zone = now.tzinfo
        assert zone is not None  # noqa: S101 - clocks give aware times.
        # Twice, as the end of today may be over.
        ends = (instant_of(now.date() + timedelta(days=days), self.end, zone) for days in (0, 1))
        return min(seconds for end in ends if (seconds := (end - now).total_seconds()) > 0)


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do with the notices there are."""

    tell: tuple[Notice, ...] = ()
    """All in one notification, the weightiest first."""
    settle: tuple[Notice, ...] = ()
    """Never to be told: they were seen, are switched off, or are of no use later."""
    wait: float | None = None
    """Seconds after which to plan anew, or None where nothing waits."""


def plan(
    notices: Iterable[Notice],
    *,
    wanted: Collection[Kind],
    quiet: QuietHours | None,
    now: datetime,
    pause: float,
    is_seen: Callable[[Notice], bool],
) -> Plan:
    """Choose. ``pause``: seconds until the next notification may come, 0 for now."""
    order = list(Kind)
    quiet_now = quiet is not None and quiet.hold_at(now)
    left: list[Notice] = []
    settle: list[Notice] = []
    for notice in sorted(notices, key=lambda each: order.index(each.kind)):
        is_dropped = notice.kind not in wanted or is_seen(notice) or (quiet_now and notice.kind in OF_THE_MOMENT)
        (settle if is_dropped else left).append(notice)
    if not left:
        return Plan(settle=tuple(settle))
    if quiet_now and quiet is not None:
        return Plan(settle=tuple(settle), wait=quiet.left(now))
    if pause > 0:
        return Plan(settle=tuple(settle), wait=pause)
    return Plan(tell=tuple(left), settle=tuple(settle))


def told_once(notices: tuple[Notice, ...]) -> tuple[Notice, ...]:
    """Without changes elsewhere that another notice tells of: a conflict is about just such a change."""
    decided = {each.item.key for each in notices if each.kind is Kind.CONFLICT and each.item is not None}
    return tuple(
        each
        for each in notices
        if each.kind is not Kind.ELSEWHERE or each.item is None or each.item.key not in decided
    )


class Pace:
    """When the last notification came: one for all profiles, as there is one person to be told."""

    def __init__(self) -> None:
        self._last: float | None = None

    def pause(self, monotonic: float) -> float:
        """Seconds until the next one may come."""
        return 0.0 if self._last is None else max(0.0, self._last + APART_SECONDS - monotonic)

    def told(self, monotonic: float) -> None:
        """One came just now."""
        self._last = monotonic
