"""What was done and can be taken back, newest last, and what was taken back and can be done again.

Kept for one run, and no more than `KEPT` of it: an app that stays in the tray may run for months.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from triluna_desktop.domain.edits import Change, Edit
from triluna_desktop.domain.remote import Trouble
from triluna_desktop.sync import journal, sent
from triluna_desktop.sync.edit_order import let_go
from triluna_desktop.sync.ports import FAILED, Actor, Phase
from triluna_desktop.sync.refusal import EditRefusedError, RefusalReason

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from triluna_desktop.domain.models import Item
    from triluna_desktop.domain.time import Clock
    from triluna_desktop.sync.ports import Changes, Op, Transaction

    Beside: TypeAlias = Callable[[Transaction], object]
    """What is written in the transaction of an edit: both are on disk, or neither."""

KEPT = 200
"""How many edits can be taken back; of the ones before, what changed shows what was, and restores it."""
_ELSEWHERE = (Trouble.CHANGED, Trouble.NOT_FOUND)
"""What the user is asked about where others changed, or deleted, what was changed here."""


@dataclass(frozen=True, slots=True)
class Question:
    """What the user had to decide on, and has by an edit."""

    op: Op
    """The operation as it had failed."""
    stands: Item | None
    """What the server held of its item."""


@dataclass(frozen=True, slots=True)
class Done:
    """An edit that was queued, and the store's revision that its queueing made."""

    edit: Edit
    revision: int
    took_back_sent: bool = False
    """Whether it took back what the server has, or may have, carried out."""
    questions: tuple[Question, ...] = ()
    """What it has decided."""
    asked_again: frozenset[str] = frozenset()
    """The keys of the items about which it, by taking a decision back, asks again."""
    batch: int | None = None
    """The bulk edit that it is."""


@dataclass(frozen=True, slots=True)
class Undone:
    """What undo, or redo, has done."""

    edit: Edit
    """The edit that was carried out: the opposite of the one that was taken back."""
    was_sent: bool
    """Whether that one had been sent already, so that requests with the opposite follow. Where it was not, nothing
    of it ever reaches the server."""


def queue(
    tx: Transaction, edit: Edit, at: float, opposite_of: Done | None, queued: Callable[[Done], object]
) -> Changes:
    """Queue an edit, made ``at`` seconds since the epoch, in one transaction; ``queued`` is told what it became.

    A decision that is taken back before it was sent is to be made again. After that the server gets back what it
    held before, which of an item that was changed elsewhere as well is not what this app had made of it.

    Raises:
        StaleError: an item is not as the edit expects it, or ``opposite_of`` was not sent before others changed
            what it changes: then the opposite would take their change back as well.
    """
    questions = _questions(tx, edit)
    if opposite_of is None:
        changes = journal.queue_edit(tx, edit, at)
        queued(Done(edit, tx.revision, questions=questions, batch=_batch(tx, edit)))
        return changes
    key = sent.changed_elsewhere(tx, edit, opposite_of.asked_again, opposite_of.revision)
    if key is not None:
        raise journal.StaleError(key)
    taken_back, since = opposite_of.edit, opposite_of.revision
    if opposite_of.batch is not None:
        tx.drop_batch(opposite_of.batch)  # What is left of it is not on its way any more.
    is_sent = {change.key for change in taken_back.changes if sent.was_sent(tx, change, since)}
    edit = _giving_back(edit, [each for each in opposite_of.questions if each.op.key in is_sent])
    pushed = [each for each in opposite_of.questions if each.op.key in is_sent and _is_pushed_through(each, edit)]
    changes = journal.queue_edit(tx, _making_room(edit, pushed), at)
    for question in pushed:
        tx.put_op(
            replace(question.op, id=0)
        )  # Behind what takes it from the server: then it is asked about again.
    again = [each.op for each in opposite_of.questions if each.op.key not in is_sent]
    after = {change.key: change.before for change in edit.changes}
    not_replaced = [
        (after[each.op.key], each.stands)
        for each in opposite_of.questions
        if each.op in again and each.op.trouble is Trouble.CHANGED and after[each.op.key] is not None
    ]
    tx.add_history_of(at, Actor.THIS_APP, [sides for sides in not_replaced if sides[0] != sides[1]])
    for op in again:
        _ask_again(tx, op)
    asked_again = frozenset(op.key for op in (*again, *(each.op for each in pushed)))
    queued(Done(edit, tx.revision, bool(is_sent), questions, asked_again, _batch(tx, edit)))
    return changes


def _ask_again(tx: Transaction, failed: Op) -> None:
    """Put what had failed in the place of what was decided about it: what may not go before that still may not."""
    decided = tx.ops_of(failed.key)
    put = tx.put_op(replace(failed, id=0))
    for op in decided:
        tx.hand_over(op.id, put.id)
        tx.drop_op(op.id)
    let_go(tx, put)


def _batch(tx: Transaction, edit: Edit) -> int | None:
    """The bulk edit that an edit, queued in this transaction, is kept as."""
    if len(edit.changes) < journal.BULK_FROM:
        return None  # Its operations may be a part of an earlier one that they have taken in.
    ids = (op.batch for change in edit.changes for op in tx.ops_of(change.key) if op.queued_at == tx.revision)
    return next((batch for batch in ids if batch is not None), None)


def _questions(tx: Transaction, edit: Edit) -> tuple[Question, ...]:
    found: list[Question] = []
    for change in edit.changes:
        failed = [op for op in tx.ops_of(change.key)[:1] if op.state in FAILED and op.phase is Phase.NONE]
        row = tx.row(change.key)
        found += [Question(op, None if row is None else row.item()) for op in failed]
    return tuple(found)


def _giving_back(opposite: Edit, questions: Iterable[Question]) -> Edit:
    """The opposite, but with what others had made of an item where they had."""
    stood = {each.op.key: each.stands for each in questions if each.op.trouble in _ELSEWHERE}
    changes = [
        Change(change.before, stood[change.key])
        if change.key in stood and (change.before, stood[change.key]) != (None, None)
        else change
        for change in opposite.changes
    ]
    return Edit(tuple(changes))


def _nothing(_: Transaction) -> None:
    """What goes with most edits."""


def _is_pushed_through(question: Question, opposite: Edit) -> bool:
    """Whether a refused entry was sent again just as it was, as the decision made room for it among the others."""
    stays = {change.key for change in opposite.changes if change.before == change.after}
    return question.op.trouble is Trouble.CONFLICT and question.op.key in stays and len(opposite.changes) > 1


def _making_room(opposite: Edit, pushed: Iterable[Question]) -> Edit:
    """The opposite, with what was pushed through back where it was: what made room for it gets its room again."""
    stood = {each.op.key: each.stands for each in pushed}
    changes = [
        Change(change.before, stood[change.key]) if change.key in stood else change for change in opposite.changes
    ]
    return Edit(tuple(changes))


def _keys(edit: Edit) -> frozenset[str]:
    return frozenset(change.key for change in edit.changes)


class UndoStack:
    """Two piles of edits.

    ``check_writable`` raises `EditRefusedError` where nothing may be sent, and so does ``change`` where nothing
    could be written; it writes in one transaction, tells the views, and has it sent.
    """

    def __init__(
        self,
        clock: Clock,
        check_writable: Callable[[], None],
        change: Callable[[Callable[[Transaction], Changes]], Awaitable[None]],
        taken_back: Callable[[Edit], Beside] = lambda _: _nothing,
    ) -> None:
        """``taken_back`` is asked, of each edit before it is taken back, what else is to be written then."""
        self._clock = clock
        self._check_writable = check_writable
        self._change = change
        self._taken_back = taken_back
        self.done: list[Done] = []
        self.undone: list[Done] = []

    async def apply(self, edit: Edit, beside: Beside | None = None) -> None:
        """Write an edit, and in the same transaction what goes with it; from now on it is the one to take back."""
        self.push(await self._queue(edit, RefusalReason.STALE, None, beside or _nothing))

    def push(self, done: Done) -> None:
        """An edit was written: it is the one to take back, and nothing can be done again any more."""
        self.done.append(done)
        del self.done[:-KEPT]
        self.undone.clear()

    def has(self, edit: Edit) -> bool:
        """Whether this very edit is among those that can be taken back."""
        return any(each.edit is edit for each in self.done)

    def only_about(self, key: str) -> Edit | None:
        """The last edit that touched an item, if it touched nothing else."""
        last = next((each.edit for each in reversed(self.done) if key in _keys(each.edit)), None)
        return last if last is not None and len(last.changes) == 1 else None

    async def undo(self, edit: Edit | None = None) -> Undone | None:
        """Take the last one back, or ``edit``; see `Session.undo`."""
        if edit is not None and not self._raise(edit):
            return None
        return await self._take_back(self.done, self.undone)

    def _raise(self, edit: Edit) -> bool:
        """Put an edit on top of the pile, where undo takes it from; False where it is not there any more.

        Raises:
            EditRefusedError: CHANGED_SINCE where an edit above it touched the same items. The pile is as it was.
        """
        place = next((place for place, each in enumerate(self.done) if each.edit is edit), None)
        if place is None:
            return False
        for later in self.done[place + 1 :]:
            for key in _keys(edit) & _keys(later.edit):
                raise EditRefusedError(RefusalReason.CHANGED_SINCE, key)
        self.done.append(self.done.pop(place))
        return True

    async def redo(self) -> Undone | None:
        """Do again what was taken back last."""
        return await self._take_back(self.undone, self.done)

    async def _take_back(self, source: list[Done], target: list[Done]) -> Undone | None:
        if not source:
            return None
        last = source[-1]
        beside = self._taken_back(last.edit)
        try:
            opposite = await self._queue(last.edit.invert(), RefusalReason.CHANGED_SINCE, last, beside)
        except EditRefusedError as refusal:
            if refusal.reason is RefusalReason.CHANGED_SINCE:
                source.pop()  # It will never fit again; the ones before it may.
            raise
        source.pop()
        target.append(opposite)
        return Undone(opposite.edit, opposite.took_back_sent)

    async def _queue(self, edit: Edit, if_stale: RefusalReason, opposite_of: Done | None, beside: Beside) -> Done:
        refused = self._refusal()
        queued: list[Done] = []
        at = self._clock.now().timestamp()

        def work(tx: Transaction) -> Changes:
            changes = queue(tx, edit, at, opposite_of, queued.append)
            if refused is not None and any(
                op.queued_at == tx.revision for key in _keys(edit) for op in tx.ops_of(key)
            ):
                raise refused
            beside(tx)
            return changes

        try:
            await self._change(work)
        except journal.StaleError as error:
            raise EditRefusedError(if_stale, error.key) from error
        return queued[0]

    def _refusal(self) -> EditRefusedError | None:
        """Why nothing may be sent. What only drops unsent edits is welcome all the same."""
        try:
            self._check_writable()
        except EditRefusedError as error:
            return error
        return None
