"""Sending the outbox: one operation at a time, in order, and each exactly once as far as anybody can tell.

What may have been carried out is looked for before it is sent again, and between two sendings of one operation
lies the time in which the first may still land.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

from triluna_desktop.domain.models import Entry
from triluna_desktop.domain.remote import (
    AuthenticationError,
    ConflictError,
    NotFoundError,
    PermissionDeniedError,
    RefusedError,
    RemoteError,
    Trouble,
)
from triluna_desktop.sync import journal, steps
from triluna_desktop.sync.journal_rows import knows_the_way, touched
from triluna_desktop.sync.late import LATE, LateCreates
from triluna_desktop.sync.plan import (
    LOOKS_AT_MOST,
    LOOKS_FOR_ABSENCE,
    REFUSED_READ_SECONDS,
    SECOND_LOOK_SECONDS,
    SETTLE_SECONDS,
    Verdict,
    is_about_the_dates,
    is_absence,
    may_be_ours,
    names_an_overlap,
    patience_seconds,
    settle_seconds,
    verdict_of,
)
from triluna_desktop.sync.ports import Changes, OpKind, OpState, Phase, StoreError
from triluna_desktop.sync.saga import errand, is_change_of_pattern

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from triluna_desktop.domain.remote import RemoteEntry, RemotePattern
    from triluna_desktop.sync.link import Link
    from triluna_desktop.sync.ports import CalendarStore, Op, Transaction
    from triluna_desktop.sync.reader import Reader

T = TypeVar("T")

OVERLAPS = "refuses_overlaps"
"""The note that this server refused an overlap once."""
STORE_RETRY_SECONDS = 5.0


class Sender:
    """Does one step at a time; `step` says how long to wait for the next."""

    def __init__(
        self,
        store: CalendarStore,
        link: Link,
        reader: Reader,
        announce: Callable[[Changes], None],
        sleep: Callable[[float], Awaitable[object]],
        wait_for_disk: Callable[[float], Awaitable[object]],
    ) -> None:
        self._store = store
        self._link = link
        self._reader = reader
        self._announce = announce
        self._sleep = sleep
        self._wait_for_disk = wait_for_disk
        self._not_before: dict[int, float] = {}
        """By operation, when it may be tried again, on the monotonic clock."""
        self._doubted_at: dict[int, float] = {}
        """By uncertain operation, when it was sent last."""
        self._late = LateCreates()
        self._settled_at: dict[int, float] = {}
        """By uncertain create, from when on its absence counts."""
        self._absences: dict[int, int] = {}
        """By uncertain create, how many lists in a row lacked it."""
        self._hiding: dict[int, int] = {}
        """By uncertain create, how many lists hid rows, and so could not tell."""
        self._unanswered: dict[int, int] = {}
        """By operation, how many requests for it had no answer and no effect, in this run."""
        self._patient_until: dict[int, float] = {}
        """By such an operation, until when the next of them waits."""

    async def recover(self) -> None:
        """At start: what was on its way when the last run ended is uncertain, from now on.

        A create is looked for at once: most often it is there, and a run may be too short to see it settle.
        """
        uncertain = await self._store.run(journal.recover)
        self._not_before.clear()
        self._late.recover(self._store.note(LATE), self._link.clock.monotonic() + SETTLE_SECONDS)
        for op in uncertain:
            self._settle(op)
            if errand(op).kind is OpKind.CREATE:
                self._not_before[op.id] = self._link.clock.monotonic()

    def hurry(self) -> None:
        """The user asks: what waits only because nobody has answered it waits no longer."""
        self._patient_until.clear()

    async def step(self) -> float | None:
        """Do one thing. Returns 0 where more may be due, else seconds until something is, None for never.

        Raises:
            StoreError: nothing could be written down, so nothing was sent.
        """
        clock, fresh = self._link.clock, self._reader.fresh()
        monotonic, now = clock.monotonic(), clock.now().timestamp()
        late = self._late
        if late.forget(monotonic):
            await self._store.run(lambda tx: tx.set_note(LATE, late.note()))
        not_before = dict(self._not_before)
        for op_id, at in self._patient_until.items():
            not_before[op_id] = max(at, not_before.get(op_id, at))
        step = await self._store.run(lambda tx: steps.take(tx, not_before, fresh, late, monotonic, now))
        match step:
            case steps.Idle(until):
                return None if until is None else max(0.0, until - monotonic)
            case steps.ReadFirst():
                try:
                    await self._reader.read_first(step)
                except RemoteError as error:
                    self._link.fail(error)
                    self._rest_if_unlisted(step.op, error)
                else:
                    if step.op.phase is Phase.REMOVING and self._reader.is_hidden(step.op.id):
                        self._not_before[step.op.id] = monotonic + REFUSED_READ_SECONDS
            case steps.Look(op):
                await self._look_for(op)
            case steps.Send(op, target):
                await self._send(op, target)
            case steps.Noted(op, changes):
                self._announce(changes)
                self._forget(op)
        return 0.0

    async def _send(self, op: Op, target: int | None) -> None:
        self._announce(touched(op.item))
        try:
            reply = await self._request(op, target)
        except RemoteError as error:
            await self._take_error(op, error, target)
            return
        self._link.wrote()
        if errand(op).kind is OpKind.CREATE and reply is None:
            # Carried out, but the reply was empty: look at once, and doubt it only after a while.
            self._settle(op)
            self._not_before[op.id] = self._link.clock.monotonic()
            await self._write(lambda tx: journal.mark(tx, op, OpState.UNCERTAIN))
            return
        if op.phase is Phase.CREATING:
            self._reader.stands(op.id)
        await self._write(lambda tx: journal.finish(tx, op, reply, target))
        self._forget(op)

    async def _request(self, op: Op, target: int | None) -> RemoteEntry | RemotePattern | None:
        item = errand(op).item
        with self._link.request() as api:
            if target is None:
                return await (api.create_entry(item) if isinstance(item, Entry) else api.create_pattern(item))
            if errand(op).kind is OpKind.DELETE:
                await (api.delete_entry(target) if isinstance(item, Entry) else api.delete_pattern(target))
                return None
            assert isinstance(item, Entry)  # noqa: S101 - a pattern is changed by a create and a delete.
            return await api.replace_entry(target, item)

    async def _take_error(self, op: Op, error: RemoteError, target: int | None) -> None:
        sent = errand(op)
        was_tried = sent.kind is OpKind.DELETE and op.attempt > 1
        if was_tried and isinstance(error, RefusedError):
            is_change = is_change_of_pattern(op) and not isinstance(error, NotFoundError)
            is_gone = await self._lacks_old(op, target) if is_change else self._reader.lacks(op.id)
            if is_gone is None:
                await self._write(lambda tx: journal.mark(tx, op, OpState.UNCERTAIN))
                self._settle(op)
                self._be_patient(op, self._unanswered.get(op.id, 0) + 1)
                return
            if is_gone:
                # The first one was carried out unseen: list and refusal agree, whatever the server calls it.
                error = NotFoundError(Trouble.NOT_FOUND, error.message, status=error.status)
        if isinstance(error, ConflictError):
            if isinstance(op.item, Entry) and names_an_overlap(sent, error.conflicts):
                await self._learn_overlaps()
            if await self._is_settled(op, error):
                return
        if isinstance(error, RefusedError):
            self._link.wrote()  # The link is fine; it is this operation that is not.
        else:
            self._link.fail(error, writing=True)
        await self._write(lambda tx: journal.fail(tx, op, error))
        if verdict_of(error, sent.kind) is Verdict.UNCERTAIN:
            self._settle(op)
            if sent.kind is not OpKind.CREATE:  # One of those is looked for first.
                self._be_patient(op, self._unanswered.get(op.id, 0) + 1)
        else:
            self._forget(op)
        if isinstance(error, AuthenticationError):
            await self._write(lambda tx: journal.set_blocked(tx, blocked=True))

    async def _lacks_old(self, op: Op, target: int | None) -> bool | None:
        """Look for the old weekly hours before it is told that the server refuses to delete them.

        None where nobody can tell just now. A list that hides rows, or lacks the new ones, does not show it, and
        two are to agree that they are gone.
        """
        for looks in range(LOOKS_FOR_ABSENCE):
            if looks > 0:
                await self._sleep(SECOND_LOOK_SECONDS)
            try:
                seen, skipped = await self._reader.look(errand(op))
            except (RefusedError, PermissionDeniedError):
                return False  # No list will tell.
            except (RemoteError, StoreError) as trouble:
                if isinstance(trouble, RemoteError):
                    self._link.fail(trouble)
                else:
                    self._link.fail_to_store(trouble)
                return None
            ids = {each.id for each in seen}
            if not is_absence(op, skipped) or target in ids or (op.new_id is not None and op.new_id not in ids):
                return False
        return True

    async def _is_settled(self, op: Op, error: ConflictError) -> bool:
        """Read what is in the way, so that it is on the screen, unless it is known already.

        It may be a create of ours, carried out before: True where it is, or where nobody can tell just now.
        """
        sent = errand(op)
        if await self._write(lambda tx: knows_the_way(tx, sent, error.conflicts)):
            return False
        is_maybe_ours = may_be_ours(sent, error.conflicts)
        try:
            seen, _ = await self._reader.look(sent)
        except (RemoteError, StoreError) as trouble:
            if isinstance(trouble, RemoteError):
                self._link.fail(trouble)
            else:
                self._link.fail_to_store(trouble)
            if not is_maybe_ours:
                return False
            await self._write(lambda tx: journal.mark(tx, op, OpState.UNCERTAIN))
            self._settle(op)
            return True
        if not is_maybe_ours:
            return False
        found = await self._write(lambda tx: journal.settle_found(tx, op, seen))
        if found is not None:
            self._link.found_written()
            self._forget(op)
        return found is not None

    async def _look_for(self, op: Op) -> None:
        """Look for what an uncertain create made. Absent is what two lists lack after the settling time."""
        now = self._link.clock.monotonic()
        try:
            seen, skipped = await self._reader.look(errand(op))
        except RemoteError as error:
            self._link.fail(error)
            self._absences.pop(op.id, None)
            self._rest_if_unlisted(op, error)
            return
        self._link.succeed()
        if await self._write(lambda tx: journal.settle_found(tx, op, seen)) is not None:
            self._link.found_written()
            self._forget(op)
            return
        settled_at = self._settled_at.get(op.id, now)
        if now < settled_at:
            self._not_before[op.id] = settled_at
            return
        if is_absence(op, skipped):
            self._absences[op.id] = self._absences.get(op.id, 0) + 1
        else:
            self._hiding[op.id] = self._hiding.get(op.id, 0) + 1
        if self._absences.get(op.id, 0) >= LOOKS_FOR_ABSENCE:
            await self._send_again(op, seen)
        elif self._hiding.get(op.id, 0) >= LOOKS_AT_MOST:
            unreadable = RefusedError(Trouble.UNREADABLE)
            await self._write(lambda tx: journal.fail(tx, op, unreadable))
            self._forget(op)
        else:
            self._not_before[op.id] = self._link.clock.monotonic() + SECOND_LOOK_SECONDS

    async def _send_again(self, op: Op, seen: Sequence[RemoteEntry | RemotePattern]) -> None:
        """It counts as absent. Where it settled sooner than an old request dies, that one may still land."""
        now, strict = self._link.clock.monotonic(), self._link.refuses_overlaps
        dies_at = self._doubted_at.get(op.id, now - SETTLE_SECONDS) + SETTLE_SECONDS
        if dies_at > now:
            self._late.add(op, dies_at)

        def write(tx: Transaction) -> Changes:
            if dies_at > now:
                tx.set_note(LATE, self._late.note())
            return journal.settle_absent(tx, op, seen, refuses_overlaps=strict)

        await self._write(write)
        unanswered = self._unanswered.get(op.id, 0) + 1
        self._forget(op)
        if unanswered > 1:
            self._be_patient(op, unanswered)
        else:
            self._unanswered[op.id] = unanswered

    async def _learn_overlaps(self) -> None:
        if not self._link.refuses_overlaps:
            self._link.refuses_overlaps = True
            await self._write(lambda tx: tx.set_note(OVERLAPS, "1"))

    def _rest_if_unlisted(self, op: Op, error: RemoteError) -> None:
        """Ask a server seldom that does not list these dates, or no weekly hours: the others get their turn."""
        is_no_list = not isinstance(op.item, Entry) and isinstance(error, RefusedError)
        if is_no_list or is_about_the_dates(error):
            self._not_before[op.id] = self._link.clock.monotonic() + REFUSED_READ_SECONDS

    def _settle(self, op: Op) -> None:
        now = self._link.clock.monotonic()
        wait = settle_seconds(errand(op), refuses_overlaps=self._link.refuses_overlaps)
        self._doubted_at[op.id] = now
        self._settled_at[op.id] = self._not_before[op.id] = now + wait
        self._absences.pop(op.id, None)

    def _be_patient(self, op: Op, unanswered: int) -> None:
        self._unanswered[op.id] = unanswered
        self._patient_until[op.id] = self._link.clock.monotonic() + patience_seconds(unanswered)

    def _forget(self, op: Op) -> None:
        times = (self._not_before, self._doubted_at, self._settled_at, self._patient_until)
        counts = (self._absences, self._hiding, self._unanswered)
        for memory in (*times, *counts):
            memory.pop(op.id, None)

    async def _write(self, work: Callable[[Transaction], T]) -> T:
        """Write down what happened, however long the disk refuses: the server has already done it."""
        while True:
            try:
                # Shielded: being stopped now must not lose what is known.
                result = await asyncio.shield(self._store.run(work))
            except StoreError as error:
                self._link.fail_to_store(error)
                await self._wait_for_disk(STORE_RETRY_SECONDS)
            else:
                if isinstance(result, Changes):
                    self._announce(result)
                return result
