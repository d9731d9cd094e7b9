"""What a read of the server changes in the cache, as a pure function.

Only the dates that were asked for are replaced. Nothing is dropped on the word of one list: two must agree, three
where much would go, and then the user is asked. Rows written since the read began are newer than it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from triluna_desktop.domain.models import NOTES_LIMIT, TITLE_LIMIT, Entry
from triluna_desktop.domain.time import DAY_MINUTES
from triluna_desktop.sync.ports import FAILED, EntryRow, OpKind, PatternRow
from triluna_desktop.sync.saga import errand

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from triluna_desktop.domain.models import Item
    from triluna_desktop.domain.remote import RemoteEntry, RemotePattern
    from triluna_desktop.sync.ports import Op

ROWS_A_BREATH = 100
"""How many rows are looked at before the other threads get a turn: well under a millisecond."""
SHRINK_ROWS = 5
SHRINK_SHARE = 0.3

RowT = TypeVar("RowT", EntryRow, PatternRow)


@dataclass(frozen=True, slots=True)
class Known(Generic[RowT]):
    """What the cache knows when the outcome of a read is worked out."""

    rows: Sequence[RowT]
    """The confirmed rows of what was asked for."""
    elsewhere: Sequence[RowT]
    """Confirmed rows of other dates whose ids the reply names."""
    ops: Sequence[Op]
    """All queued operations."""
    buried: frozenset[int]
    """Ids that this app deleted since the read began."""
    lent_keys: frozenset[str]
    """Keys that a row keeps that by now has another id."""


@dataclass(frozen=True, slots=True)
class RowsPlan(Generic[RowT]):
    """What to write and what to drop, and what is missing but not to be dropped yet."""

    upserts: tuple[RowT, ...]
    missing: tuple[RowT, ...]
    droppable: int
    """Of how many rows the missing ones are: those that a reply may drop at all."""
    unreadable: int
    """Rows of the reply that no entry or pattern can be made of."""


def is_suspicious(missing: int, droppable: int) -> bool:
    """Whether so much is missing that the reply is to be doubted: all, or more than 5 and than 30 %."""
    return missing > 0 and (missing == droppable or missing > max(SHRINK_ROWS, SHRINK_SHARE * droppable))


def reads_needed(missing: int, *, suspicious: bool, accepted: bool, asked: bool, hidden: bool) -> int:
    """How many lists must be read before the outcome stands.

    One where nothing is missing, where nothing can be dropped (the reply hides rows that could not be read), and
    where the user is being asked already; three where so much is missing that the user will be asked, else two.
    """
    if not missing or hidden or (suspicious and asked and not accepted):
        return 1
    return 3 if suspicious and not accepted else 2


def entry_rows(first: date, last: date, remote: Iterable[RemoteEntry]) -> list[EntryRow]:
    """The rows of a reply, without those of dates that were not asked for."""
    return [EntryRow("", each.id, 0, *each.content()) for each in remote if first <= each.date <= last]


def pattern_rows(remote: Iterable[RemotePattern]) -> list[PatternRow]:
    """The rows of a reply's patterns."""
    return [PatternRow("", each.id, 0, *each.content()) for each in remote]


def plan_rows(
    known: Known[RowT],
    reply: Sequence[RowT],
    begun: int,
    prefix: str,
    breathe: Callable[[], None] = lambda: None,
) -> RowsPlan[RowT]:
    """Compare a reply with the cache.

    ``begun`` is the store's revision when the read began. ``prefix`` makes the key of a row that is new here.
    A new row that may be what an unconfirmed create of ours made is left out: that create will claim it. So is the
    new version of a pattern while the old one is being deleted.
    """
    by_id = {row.server_id: row for row in (*known.elsewhere, *known.rows)}
    unconfirmed = _unconfirmed(known.ops)
    replacing = {op.new_id for op in known.ops if op.new_id is not None and prefix == "pattern"}
    lent_keys = known.lent_keys.union(op.key for op in known.ops if op.kind is OpKind.CREATE)
    upserts: list[RowT] = []
    seen: set[int] = set()
    unreadable = 0
    for number, row in enumerate(reply):
        if number % ROWS_A_BREATH == 0:
            breathe()
        if row.server_id in seen:
            continue
        seen.add(row.server_id)
        row = as_shown(row)
        old = by_id.get(row.server_id)
        if old is not None:
            if old[3:] == row[3:] or old.revision > begun:
                continue
            key = old.key
        elif (
            row.server_id in known.buried
            or row.server_id in replacing
            or any(row[3:] == content and row.server_id not in baseline for content, baseline in unconfirmed)
        ):
            continue
        else:
            key = f"{prefix}:{row.server_id}"
            while key in lent_keys:
                key = f"{key}:again"
        if is_readable(row):
            upserts.append(row._replace(key=key))
        else:
            unreadable += 1
    # Under an edit that may still be sent nothing goes. Where the user is asked, they shall see that it is gone.
    live = {op.key for op in known.ops if op.state not in FAILED}
    droppable = [row for row in known.rows if row.revision <= begun and row.key not in live]
    missing = tuple(row for row in droppable if row.server_id not in seen)
    return RowsPlan(tuple(upserts), missing, len(droppable), unreadable)


def _unconfirmed(ops: Iterable[Op]) -> list[tuple[tuple[object, ...], frozenset[int]]]:
    return [
        (sent.item.content(), sent.baseline)
        for sent in map(errand, ops)
        if sent.kind is OpKind.CREATE
        and sent.baseline is not None
        and sent.attempt > 0
        and sent.state not in FAILED
    ]


def as_shown(row: RowT) -> RowT:
    """The row with its texts cut to what we take: the time that it opens or blocks is to be seen all the same.

    What was cut is not overwritten: `is_readable` of the row as the server lists it says so.
    """
    if len(row.title) > TITLE_LIMIT:
        row = row._replace(title=f"{row.title[: TITLE_LIMIT - 1]}…")
    if isinstance(row, EntryRow):
        return row._replace(notes=f"{row.notes[: NOTES_LIMIT - 1]}…") if len(row.notes) > NOTES_LIMIT else row
    return row


def may_be_cut(item: Item) -> bool:
    """Whether its texts look as `as_shown` cuts them."""
    texts = [(item.title, TITLE_LIMIT), (item.notes if isinstance(item, Entry) else "", NOTES_LIMIT)]
    return any(len(text) == limit and text.endswith("…") for text, limit in texts)


def is_readable(row: EntryRow | PatternRow) -> bool:
    """Whether an entry or pattern can be made of all of it: the server may hold texts longer than we allow."""
    if not 0 <= row.start < row.end <= DAY_MINUTES or len(row.title) > TITLE_LIMIT:
        return False
    return len(row.notes) <= NOTES_LIMIT if isinstance(row, EntryRow) else 0 <= row.weekday <= 6
