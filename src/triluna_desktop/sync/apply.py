"""Putting what the server replied into the cache: one transaction on the writer thread for each reply."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING

from triluna_desktop.domain.models import Entry
from triluna_desktop.domain.remote import Trouble
from triluna_desktop.sync.history import Elsewhere
from triluna_desktop.sync.journal_pattern import advance, both_stand
from triluna_desktop.sync.plan import is_absence
from triluna_desktop.sync.ports import (
    FAILED,
    SYNCED,
    Changes,
    EntryRow,
    OpKind,
    OpState,
    Phase,
    ShrinkWarning,
)
from triluna_desktop.sync.pull import (
    ROWS_A_BREATH,
    Known,
    entry_rows,
    is_readable,
    is_suspicious,
    pattern_rows,
    plan_rows,
    reads_needed,
)
from triluna_desktop.sync.steps import needs_read
from triluna_desktop.sync.window import is_inside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date

    from triluna_desktop.domain.remote import RemoteCalendar
    from triluna_desktop.sync.ports import Op, PatternRow, Row, Transaction

SKIPPED = "skipped_rows"
"""The note of how many rows could not be read when the polled window was read last."""


@dataclass(frozen=True, slots=True)
class Pages:
    """One or more replies to the same question, the last one whole."""

    span: tuple[date, date] | None
    """The dates asked for, both included; None where only patterns were."""
    latest: RemoteCalendar
    begun: int
    """The store's revision when the last read began,"""
    first_begun: int
    """and when the first did."""
    reads: int = 1
    seen_entries: frozenset[int] = frozenset()
    """Ids in any earlier reply."""
    seen_patterns: frozenset[int] = frozenset()

    def followed_by(self, page: RemoteCalendar, begun: int) -> Pages:
        """The same question, asked once more."""
        entries = self.seen_entries.union(each.id for each in self.latest.entries)
        patterns = self.seen_patterns.union(each.id for each in self.latest.patterns or ())
        return Pages(self.span, page, begun, self.first_begun, self.reads + 1, entries, patterns)


@dataclass(frozen=True, slots=True)
class Rules:
    """How far a reply is trusted."""

    may_drop: bool = True
    """Not where it is read for a baseline only: then what is missing is left to the next poll."""
    accepted: int = 0
    """Of how many missing rows the user said that they are gone."""
    asked: bool = False
    """The user is being asked already."""
    usual: int = 0
    """How many rows of these dates could not be read the last time either: one that hides more proves nothing."""


@dataclass(frozen=True, slots=True)
class Applied:
    """What a reply did to the cache."""

    changes: Changes
    is_final: bool
    """Whether no further read is needed to settle what is missing."""
    skipped: int
    """Rows that could not be read."""
    shrink: ShrinkWarning | None
    seen: frozenset[int]
    """The operations that may be sent on it: creates that got their baseline, items that it shows."""
    unreadable: frozenset[int]
    """The operations whose item it shows in a way that nothing can be made of."""
    absent: frozenset[int]
    """The operations whose item it lacks, though its date was asked for."""
    is_credible: bool
    """Whether what it lacks may be gone: it hides no rows, and does not lack much at once."""


@dataclass(slots=True)
class _Tally:
    """What one reply adds up to, entries and patterns together."""

    days: set[date] = field(default_factory=set)
    patterns_changed: bool = False
    missing: list[EntryRow | PatternRow] = field(default_factory=list)
    droppable: int = 0
    unreadable: int = 0


def apply_pages(
    tx: Transaction,
    pages: Pages,
    rules: Rules,
    *,
    at: float,
    stamp: str = "",
    breathe: Callable[[], None] = lambda: None,
) -> Applied:
    """Write what is new, and drop what enough replies agree is gone.

    ``at`` is when the reply came, in seconds since the epoch. ``stamp`` is noted as the time of the last sync;
    ``breathe`` is called every few rows.
    """
    ops = tx.ops()
    tally = _Tally(unreadable=pages.latest.skipped)
    elsewhere = Elsewhere(tx, at, ops, pages.span)
    stands = _stands(tx, ops, pages.begun)
    seen, unreadable, absent = _sort_out(tx, pages, stands)
    asked_for = len(seen) + len(unreadable) + len(absent)  # Not what lies on other dates, or in no such list.
    _apply_entries(tx, pages, ops, tally, elsewhere, breathe)
    _apply_patterns(tx, pages, ops, tally, elsewhere)
    hidden = tally.unreadable > rules.usual
    suspicious = is_suspicious(len(tally.missing), tally.droppable)
    # Where more is missing by now, the user has not been asked about that.
    accepted = len(tally.missing) <= rules.accepted
    needed = reads_needed(
        len(tally.missing), suspicious=suspicious, accepted=accepted, asked=rules.asked, hidden=hidden
    )
    is_final = not rules.may_drop or pages.reads >= needed
    if rules.may_drop and is_final:
        if not hidden and (accepted or not suspicious):
            _drop(tx, tally, elsewhere)
        if stamp:
            tx.set_note(SKIPPED, str(tally.unreadable))
            tx.set_note(SYNCED, stamp)
    if pages.span is not None:
        tx.add_loaded(*pages.span)
    elsewhere.save(breathe)
    asks = rules.may_drop and is_final and suspicious and not accepted
    return Applied(
        Changes(frozenset(tally.days), tally.patterns_changed, status=True),
        is_final,
        tally.unreadable,
        ShrinkWarning(len(tally.missing), tally.droppable) if asks else None,
        _set_baselines(tx, pages, ops) | seen,
        unreadable,
        absent,
        not hidden and not is_suspicious(len(tally.missing) + len(absent), tally.droppable + asked_for),
    )


def _apply_entries(
    tx: Transaction,
    pages: Pages,
    ops: Sequence[Op],
    tally: _Tally,
    changed: Elsewhere,
    breathe: Callable[[], None],
) -> None:
    if pages.span is None:
        return
    reply = entry_rows(*pages.span, pages.latest.entries)
    rows = tx.entries(*pages.span)
    here = {row.server_id for row in rows}
    elsewhere = tx.entries_with_ids([row.server_id for row in reply if row.server_id not in here])
    buried, _ = tx.buried(pages.begun)
    plan = plan_rows(Known(rows, elsewhere, ops, buried, tx.lent_keys()), reply, pages.begun, "entry", breathe)
    known = {row.server_id: row for row in (*rows, *elsewhere)}
    for row in _breathing(plan.upserts, breathe):
        before = known.get(row.server_id)
        tally.days.update((row.date,) if before is None else (row.date, before.date))
        changed.wrote(before, row)
    tx.put_entries(_breathing(plan.upserts, breathe))
    _show_as_it_is(tx, ops, plan.upserts)
    tally.missing += [
        row
        for row in plan.missing
        if row.server_id not in pages.seen_entries and row.revision <= pages.first_begun
    ]
    tally.droppable += plan.droppable
    tally.unreadable += plan.unreadable


def _apply_patterns(tx: Transaction, pages: Pages, ops: Sequence[Op], tally: _Tally, changed: Elsewhere) -> None:
    if pages.latest.patterns is None:
        return
    _, buried = tx.buried(pages.begun)
    known = Known(tx.patterns(), (), ops, buried, tx.lent_keys())
    plan = plan_rows(known, pattern_rows(pages.latest.patterns), pages.begun, "pattern")
    by_id = {row.server_id: row for row in known.rows}
    for row in plan.upserts:
        changed.wrote(by_id.get(row.server_id), row)
    tx.put_patterns(plan.upserts)
    _show_as_it_is(tx, ops, plan.upserts)
    tally.patterns_changed = _look_again(tx, pages.latest, ops) or bool(plan.upserts)
    tally.missing += [
        row
        for row in plan.missing
        if row.server_id not in pages.seen_patterns and row.revision <= pages.first_begun
    ]
    tally.droppable += plan.droppable
    tally.unreadable += plan.unreadable


def _drop(tx: Transaction, tally: _Tally, changed: Elsewhere) -> None:
    tx.drop_rows(row.key for row in tally.missing)
    for row in tally.missing:
        if not _ends_beside(tx, row.key):
            changed.dropped(row)
            _settle_without(tx, row.key)
        if isinstance(row, EntryRow):
            tally.days.add(row.date)
        else:
            tally.patterns_changed = True


def _look_again(tx: Transaction, reply: RemoteCalendar, ops: Iterable[Op]) -> bool:
    """Whether a list shows old weekly hours, which the server had refused to delete, without the new ones.

    What the user is asked about holds no more then. It is looked for again, and asked about as it is.
    """
    there = {each.id for each in reply.patterns or ()}
    lost = [op for op in ops if both_stand(op) and op.new_id not in there and is_absence(op, reply.skipped)]
    lost = [op for op in lost if (row := tx.row(op.key)) is not None and row.server_id in there]
    for op in lost:
        tx.put_op(replace(op, state=OpState.PENDING, trouble=None, message="", conflicts=()))
    return bool(lost)


def _ends_beside(tx: Transaction, key: str) -> bool:
    """Whether what is gone are old weekly hours that the server had refused to delete: the new ones stand alone
    now, as the user wanted, and nothing is asked any more.
    """
    op = next(iter(tx.ops_of(key)), None)
    if op is None or not both_stand(op):
        return False
    advance(tx, op, None)
    return True


def _settle_without(tx: Transaction, key: str) -> None:
    """What the user was asked about an item has another answer now that it is gone from the server."""
    for op in tx.ops_of(key):
        if op.kind is OpKind.DELETE:
            tx.drop_op(op.id)
        elif op.state in FAILED and op.phase is Phase.NONE:
            gone = replace(op, state=OpState.CONFLICT, trouble=Trouble.NOT_FOUND, message="", conflicts=())
            tx.put_op(gone)


def _show_as_it_is(tx: Transaction, ops: Sequence[Op], rows: Iterable[Row]) -> None:
    """What the user wanted deleted, and is asked about, stands on the screen as the server has it now."""
    asked = {op.key: op for op in ops if op.kind is OpKind.DELETE and op.state in FAILED}
    for row in rows if asked else ():
        if row.key in asked:
            tx.put_op(replace(asked[row.key], item=row.item()))


def _breathing(rows: Sequence[EntryRow], breathe: Callable[[], None]) -> Iterator[EntryRow]:
    left = iter(rows)
    while batch := list(islice(left, ROWS_A_BREATH)):
        breathe()
        yield from batch


@dataclass(frozen=True, slots=True)
class _Stand:
    """Where the item of a queued update or delete stood before a reply was applied; of weekly hours whose old
    version is being deleted, the new one.
    """

    op: Op
    server_id: int
    date: date | None
    """None for a pattern."""


def _stands(tx: Transaction, ops: Sequence[Op], begun: int) -> list[_Stand]:
    """The items of updates and deletes that wait for a read begun after they were queued.

    A row that was written since the read began is newer than the read.
    """
    found: list[_Stand] = []
    for op in ops:
        if op.phase is Phase.REMOVING and op.new_id is not None:
            found.append(_Stand(op, op.new_id, None))
            continue
        if op.kind is OpKind.CREATE or not needs_read(op) or op.queued_at > begun:
            continue
        row = tx.row(op.key)
        stands = op.base if row is None else row.item()
        if stands is None or stands.server_id is None or (row is not None and row.revision > begun):
            continue
        found.append(_Stand(op, stands.server_id, stands.date if isinstance(stands, Entry) else None))
    return found


def _sort_out(
    tx: Transaction, pages: Pages, stands: Sequence[_Stand]
) -> tuple[frozenset[int], frozenset[int], frozenset[int]]:
    """The operations whose items a reply shows, shows unreadably, and lacks.

    What it shows on dates that were not asked for is not taken in, and so it lacks it.
    """
    if not stands:
        return frozenset(), frozenset(), frozenset()
    listed = [] if pages.span is None else entry_rows(*pages.span, pages.latest.entries)
    entries = {row.server_id for row in listed}
    patterns = pages.latest.patterns
    pattern_ids = frozenset(each.id for each in patterns or ())
    odd_entries = {row.server_id for row in listed if not is_readable(row)}
    odd_patterns = {row.server_id for row in pattern_rows(patterns or ()) if not is_readable(row)}
    seen: set[int] = set()
    unreadable: set[int] = set()
    absent: set[int] = set()
    for stand in stands:
        if stand.date is None:
            if patterns is None:
                continue
            if stand.op.phase is Phase.REMOVING:
                is_gone = stand.server_id not in pattern_ids
                is_odd = is_gone and not is_absence(stand.op, pages.latest.skipped)
                (unreadable if is_odd else absent if is_gone else seen).add(stand.op.id)
                continue
            if stand.op.attempt == 0:
                tx.put_op(replace(stand.op, baseline=pattern_ids, baseline_skipped=pages.latest.skipped))
            is_odd = stand.server_id in odd_patterns
            (unreadable if is_odd else seen if stand.server_id in pattern_ids else absent).add(stand.op.id)
        elif stand.server_id in entries:
            (unreadable if stand.server_id in odd_entries else seen).add(stand.op.id)
        elif pages.span is not None and is_inside(stand.date, pages.span):
            absent.add(stand.op.id)
    return frozenset(seen), frozenset(unreadable), frozenset(absent)


def _set_baselines(tx: Transaction, pages: Pages, ops: Sequence[Op]) -> frozenset[int]:
    """Give the creates that were queued before the read began, and never sent, their baseline.

    A baseline may be used for creates of any number: one read serves a whole batch.
    """
    waiting = [op for op in ops if op.kind is OpKind.CREATE and needs_read(op) and op.queued_at <= pages.begun]
    if not waiting:
        return frozenset()
    on_date: dict[date, set[int]] = {}
    for each in pages.latest.entries:
        on_date.setdefault(each.date, set()).add(each.id)
    patterns = pages.latest.patterns
    based: set[int] = set()
    for op in waiting:
        if isinstance(op.item, Entry):
            if pages.span is None or not pages.span[0] <= op.item.date <= pages.span[1]:
                continue
            ids = frozenset(on_date.get(op.item.date, ()))
        elif patterns is not None:
            ids = frozenset(each.id for each in patterns)
        else:
            continue
        tx.put_op(replace(op, baseline=ids, baseline_skipped=pages.latest.skipped))
        based.add(op.id)
    return frozenset(based)
