"""What the icon shows of the calendar and of the connection, and when that changes by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from triluna_desktop.domain.now import Moment, Standing
from triluna_desktop.domain.time import DAY_MINUTES, instant_of
from triluna_desktop.session import ConnectionState
from triluna_desktop.ui.tray.picture import Badge, Body

if TYPE_CHECKING:
    from datetime import datetime

    from triluna_desktop.domain.now import NowView
    from triluna_desktop.session import Status

_BODIES = {
    Standing.BOOKABLE: Body.BOOKABLE,
    Standing.BLOCKED: Body.BLOCKED,
    Standing.OUTSIDE_HOURS: Body.CLOSED,
}
_ASKS = frozenset({ConnectionState.NO_TOKEN, ConnectionState.NEEDS_TOKEN, ConnectionState.READ_ONLY})
_CUT_OFF = frozenset({ConnectionState.OFFLINE, ConnectionState.ERROR})


def body_of(view: NowView) -> Body:
    """What callers can book at this minute."""
    return _BODIES[view.standing] if view.is_known else Body.UNKNOWN


def badge_of(status: Status) -> Badge:
    """The weightiest of what is to be told: what asks for the user, then what callers do not see yet."""
    if status.needs_decision or status.shrink is not None or status.state in _ASKS:
        return Badge.ATTENTION
    if status.unsent:
        return Badge.UNSENT if status.is_sending else Badge.HELD
    if status.state in _CUT_OFF:
        return Badge.OFFLINE
    return Badge.PAUSED if status.state is ConnectionState.PAUSED else Badge.NONE


def seconds_to_change(view: NowView, now: datetime) -> float:
    """Seconds from ``now``, aware, in the user's zone, until something that is told of ``view`` is otherwise.

    At the latest at midnight, when today is another date.
    """
    today = view.at.date
    moments = [Moment(today, DAY_MINUTES)]
    moments += [each for each in (view.until, view.bookable_from, view.quick_until) if each is not None]
    for line in view.today:
        # Each line that begins or ends is another list; the last minute of a day ends with it.
        moments += [Moment(today, line.item.end if line.is_now else line.item.start)]
    if view.next is not None:
        moments.append(Moment(view.next.date, view.next.start))
    zone = now.tzinfo
    if zone is None:
        raise ValueError("a wall time without its zone is no instant")
    waits = [(instant_of(each.date, each.minute, zone) - now).total_seconds() for each in moments]
    return min((wait for wait in waits if wait > 0.0), default=0.0)  # None: midnight has passed just now.
