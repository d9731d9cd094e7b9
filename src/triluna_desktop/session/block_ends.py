"""When blocked time ends: some minutes before it, the user may be told."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from triluna_desktop.domain.models import Entry
from triluna_desktop.domain.time import DAY_MINUTES, instant_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from triluna_desktop.sync.ports import ItemView

BEFORE = timedelta(minutes=5)


def warned_ends(views: Iterable[ItemView], now: datetime) -> tuple[Entry, ...]:
    """The blocks of which the end is at most five minutes away, of those that go on now and have no successor.

    ``views`` are those of today and tomorrow; ``now`` is aware.
    """
    blocks = _blocks(views)
    return tuple(
        block
        for block in blocks
        if _ends_itself(block, blocks)
        and _instant(block.date, block.start, now) <= now
        and now < _instant(block.date, block.end, now) <= now + BEFORE
    )


def until_next_warning(views: Iterable[ItemView], now: datetime) -> float | None:
    """Seconds until `warned_ends` will have another block than now; None where none will, by what is known now."""
    blocks = _blocks(views)
    at = (
        max(_instant(block.date, block.start, now), _instant(block.date, block.end, now) - BEFORE)
        for block in blocks
        if _ends_itself(block, blocks)
    )
    return min((seconds for each in at if (seconds := (each - now).total_seconds()) > 0), default=None)


def _blocks(views: Iterable[ItemView]) -> list[Entry]:
    return [view.item for view in views if isinstance(view.item, Entry) and not view.item.is_available]


def _ends_itself(block: Entry, blocks: Iterable[Entry]) -> bool:
    """Whether no other block goes on, or begins, where it ends; on the next date, too."""
    if block.end == DAY_MINUTES:
        day, minute = block.date + timedelta(days=1), 0
    else:
        day, minute = block.date, block.end
    return not any(other.date == day and other.start <= minute < other.end for other in blocks)


def _instant(day: date, minute: int, now: datetime) -> datetime:
    zone = now.tzinfo
    assert zone is not None  # noqa: S101 - clocks give aware times.
    return instant_of(day, minute, zone)
