"""Finds out what there is to tell the user who looks elsewhere, from what the session and the store know.

Nothing is kept here of what *happens*: each look tells all that is true now and was not settled yet. So what is
no longer true by the time it could be told is not told, and a restart forgets nothing. What was settled, told or
seen, is a note in the calendar's file.
"""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from triluna_desktop.domain.models import Entry
from triluna_desktop.domain.remote import Trouble
from triluna_desktop.session.block_ends import until_next_warning, warned_ends
from triluna_desktop.session.elsewhere import changed_elsewhere, row_ident, row_number
from triluna_desktop.session.notices import Kind, Notice
from triluna_desktop.sync.ports import FAILED, Actor, OpState, StoreError
from triluna_desktop.sync.status import ConnectionState

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from datetime import date

    from triluna_desktop.domain.edits import Edit
    from triluna_desktop.domain.models import Item
    from triluna_desktop.domain.time import Clock
    from triluna_desktop.session import Session
    from triluna_desktop.session.undo import UndoStack
    from triluna_desktop.sync.ports import CalendarStore, HistoryRow, Op, Transaction
    from triluna_desktop.sync.status import Status

_log = logging.getLogger(__name__)

NOTE = "notices_settled"
ROWS = 200
"""Changes elsewhere that are kept in mind: more of them at once are told as so many."""
ROWS_READ, PAGE = 1000, 50
"""Of the history, at a look that finds so many new ones; and at once."""
FAILED_SHOWN = 100
LIVE_WITHIN = 5.0
"""Seconds within which what was done outside of the window is on the server, or is said not to be."""
DONE_FOR = 90.0
"""Seconds for which that it is there is worth telling."""
AWAY_SECONDS = 60.0
"""An outage that was shorter is not worth telling."""
_LIVE = frozenset(
    {ConnectionState.SYNCED, ConnectionState.SYNCING, ConnectionState.LOADING, ConnectionState.KEEPING}
)
_TOKEN = frozenset({ConnectionState.NEEDS_TOKEN, ConnectionState.READ_ONLY})


@dataclass(slots=True)
class _Settled:
    """What was told or seen, as the note has it."""

    idents: set[str] = field(default_factory=set)
    row: int = 0
    """Of the history: all rows up to this id."""
    waiting: int = 0
    """How many items waited when the server was out of reach last."""
    sent: int = 0
    """How many of them were sent since, which is to be told."""


@dataclass(slots=True)
class _Outside:
    """An edit that was made outside of the window."""

    edit: Edit
    since: float
    was_not_live: bool = False


class NoticeWatch:
    """Of one profile. `look` again whenever the session announces changes, and after `until_next`."""

    def __init__(
        self,
        session: Session,
        store: CalendarStore,
        clock: Clock,
        past: UndoStack,
        *,
        newest_before: Callable[[], int | None],
    ) -> None:
        """``newest_before``: the newest row of the history when the session began, None where it has not or that
        is not known. The first look may be later, and what came in between is told, too.
        """
        self._session = session
        self._newest_before = newest_before
        self._store = store
        self._clock = clock
        self._past = past
        self._settled: _Settled | None = None
        self._saved = ""
        self._outside: list[_Outside] = []
        self._away_since: float | None = None
        self._failed_before = 0
        self._read_to = 0
        """Of the history: all rows up to this id were looked at."""
        self._rows: list[HistoryRow] = []
        """Those of changes elsewhere, newest first, that are not all settled."""
        self.noticed: list[Callable[[], None]] = []
        """Called when there may be something to tell of which no `Changes` tell."""

    def made_outside(self, edit: Edit) -> None:
        """This edit was made from the tray, by a key or by a command: the user saw nothing of it in the window."""
        self._outside.append(_Outside(edit, self._clock.monotonic()))
        for told in self.noticed:
            told()

    async def look(self, *, with_ends: bool = True) -> tuple[Notice, ...]:
        """All that is true now and was not settled yet; nothing while the calendar's file cannot be used.

        ``with_ends``: the last minutes of blocks are told, too.
        """
        try:
            return await self._look(with_ends=with_ends)
        except StoreError as error:
            # The window tells of the file by itself, and no edit gets lost by this.
            _log.info("What there is to tell is not known: %s", error)
            return ()

    async def _look(self, *, with_ends: bool) -> tuple[Notice, ...]:
        settled = await self._load()
        status = self._session.status
        failed = await self._failed(status)
        self._count_sent(settled, status)
        found = [
            *self._refusals(failed),
            *self._token(status),
            *await self._made_outside(settled, status, {op.key for op in failed}),
            *([Notice(Kind.SENT, ("sent",), count=settled.sent)] if settled.sent else []),
            *self._changes(settled),
            *(self._endings() if with_ends else ()),
        ]
        # What is over may come again: then it is told again.
        current = {ident for each in found for ident in each.idents}
        settled.idents = {each for each in settled.idents if each in current or row_number(each) > settled.row}
        await self._save()
        return tuple(each for each in found if not settled.idents.issuperset(each.idents))

    async def settle(self, notices: Iterable[Notice]) -> None:
        """They were told or seen: not again, or in this run only where that cannot be written down."""
        try:
            await self._settle(notices)
        except StoreError as error:
            _log.info("What was told could not be written down: %s", error)

    async def _settle(self, notices: Iterable[Notice]) -> None:
        settled = await self._load()
        for notice in notices:
            settled.idents.update(notice.idents)
            match notice.kind:
                case Kind.SENT:
                    settled.sent = 0
                case Kind.DONE:
                    self._outside = [each for each in self._outside if each.edit is not notice.edit]
                case _:
                    pass
        self._changes(settled)
        await self._save()

    def until_next(self, *, with_ends: bool = True) -> float | None:
        """Seconds until something becomes true by time alone; None where nothing will today.

        ``with_ends``: the last minutes of a block are waited for, too.
        """
        now = self._clock.monotonic()
        times = [
            each.since + limit - now
            for each in self._outside
            for limit in (LIVE_WITHIN, DONE_FOR)
            if each.since + limit > now
        ]
        today = self._clock.now()
        entries = self._session.days(today.date(), 2).entries if with_ends else ()
        ending = until_next_warning(entries, today)
        return min([*times, *([] if ending is None else [ending])], default=None)

    def can_undo(self, edit: Edit) -> bool:
        """Whether an edit is among those that can be taken back."""
        return self._past.has(edit)

    # -- one kind after the other --------------------------------------------------------------------------------

    async def _failed(self, status: Status) -> list[Op]:
        if not status.needs_decision:
            return []

        def read(tx: Transaction) -> list[Op]:
            ids = [head.id for head in tx.heads() if head.state in FAILED][:FAILED_SHOWN]
            return [op for each in ids if (op := tx.op(each)) is not None]

        return await self._store.run(read)

    def _refusals(self, failed: Iterable[Op]) -> Iterable[Notice]:
        for op in failed:
            # What was held back here, as the server has more of it than can be shown, nobody refused.
            is_asked = op.state is OpState.CONFLICT or op.trouble is Trouble.UNREADABLE
            kind = Kind.CONFLICT if is_asked else Kind.REFUSED
            ident = f"op{op.id}:{op.attempt}"
            yield Notice(
                kind,
                (ident,),
                op.item,
                message=op.message,
                day=_day_of(op.item),
                edit=self._past.only_about(op.key),
            )

    def _token(self, status: Status) -> Iterable[Notice]:
        if status.state in _TOKEN:
            yield Notice(Kind.TOKEN, (f"token:{status.state.value}",), message=status.message)

    async def _made_outside(self, settled: _Settled, status: Status, failed: Collection[str]) -> list[Notice]:
        """``failed``: the keys of what the server refused, which is told by itself."""
        found: list[Notice] = []
        now = self._clock.monotonic()
        for each in tuple(self._outside):
            keys = [change.key for change in each.edit.changes]
            is_unsent = await self._session.has_unsent(keys)
            if not is_unsent and each.was_not_live and self._session.status.unsent < status.unsent:
                continue  # It was sent while we asked, and is counted at the look that this brings about.
            if not is_unsent and each.was_not_live and not settled.sent:
                each.since, each.was_not_live = now, False  # It took long, but no outage was noticed.
            is_over = not is_unsent and (each.was_not_live or now - each.since > DONE_FOR)
            if is_over or not self._past.has(each.edit) or any(key in failed for key in keys):
                self._outside.remove(each)
            elif not is_unsent:
                found.append(self._about(Kind.DONE, each.edit))
            elif status.state not in _LIVE or now - each.since >= LIVE_WITHIN:
                each.was_not_live = True
                found += self._not_live(each.edit)
        return found

    def _about(self, kind: Kind, edit: Edit) -> Notice:
        item = edit.describe().first
        ident = f"{kind.value}:{item.key}:{id(edit)}"
        plan = self._session.quick.plan_of(edit) if kind is Kind.DONE else None
        return Notice(kind, (ident,), item, day=_day_of(item), edit=edit, plan=plan)

    def _not_live(self, edit: Edit) -> Iterable[Notice]:
        """What callers get wrong; nothing where they could not have booked that time anyway."""
        about = self._about(Kind.NOT_LIVE, edit)
        if about.day is None:
            return
        for gap in self._session.offers.gap(about.day, 1):
            inside = gap.within(
                side.interval
                for change in edit.changes
                for side in (change.before, change.after)
                if isinstance(side, Entry) and side.date == gap.date
            )
            for minutes, is_offered in ((inside.still_offered, True), (inside.not_offered, False)):
                for stretch in minutes:
                    yield Notice(
                        Kind.NOT_LIVE,
                        about.idents,
                        about.item,
                        day=gap.date,
                        minute=stretch.start,
                        is_offered=is_offered,
                        edit=edit,
                    )
                    return

    def _count_sent(self, settled: _Settled, status: Status) -> None:
        waiting = status.unsent - status.needs_decision
        if status.state not in _LIVE:
            if self._away_since is None:
                self._away_since, self._failed_before = self._clock.monotonic(), status.needs_decision
            settled.waiting = waiting
        elif status.state is not ConnectionState.LOADING and waiting == 0:
            # Before this run there was an outage that is not measured: it was long enough for a restart.
            since = self._away_since
            is_long = since is None or self._clock.monotonic() - since >= AWAY_SECONDS
            is_told = any(each.was_not_live for each in self._outside)
            sent = settled.waiting - max(0, status.needs_decision - self._failed_before)
            if sent > 0 and (is_long or is_told):
                settled.sent += sent
            settled.waiting, self._away_since, self._failed_before = 0, None, status.needs_decision

    def _changes(self, settled: _Settled) -> list[Notice]:
        self._read_history(settled)
        new = [row for row in self._rows if row_ident(row) not in settled.idents]
        found = changed_elsewhere(new, self._clock.now().date())
        if not found:
            settled.row, self._rows = self._read_to, []
        return found

    def _read_history(self, settled: _Settled) -> None:
        """Read on where the last look ended: a look at each change must not read the whole history."""
        newest = next((row.id for row in self._session.history.list(limit=1)), 0)
        if newest < self._read_to:
            settled.row, self._read_to, self._rows = 0, 0, []  # It was cleared, and counts anew.
        fresh: list[HistoryRow] = []
        below: int | None = None
        while newest > self._read_to and len(fresh) < ROWS_READ:
            page = self._session.history.list(before=below, limit=PAGE)
            new = [row for row in page if row.id > self._read_to]
            fresh += new
            if len(new) < PAGE:
                break
            below = new[-1].id
        others = [row for row in fresh if row.actor is Actor.ELSEWHERE]
        self._rows = [*others, *self._rows][:ROWS]
        self._read_to = newest

    def _endings(self) -> Iterable[Notice]:
        now = self._clock.now()
        for entry in warned_ends(self._session.days(now.date(), 2).entries, now):
            ident = f"end:{entry.date}:{entry.end}"
            yield Notice(Kind.ENDING, (ident,), entry, day=entry.date, minute=entry.end)

    # -- the note ------------------------------------------------------------------------------------------------

    async def _load(self) -> _Settled:
        if self._settled is None:
            text = self._store.note(NOTE)
            self._saved = text or ""
            known: dict[str, Any] = json.loads(text) if text else {}
            rows = self._session.history.list(limit=1)
            before = self._newest_before()
            if before is None:
                before = rows[0].id if rows else 0
            self._settled = _Settled(
                set(known.get("idents", ())),
                # At the first start there is nothing to tell of what was before.
                int(known.get("row", before)),
                int(known.get("waiting", 0)),
                int(known.get("sent", 0)),
            )
            self._read_to = self._settled.row
        return self._settled

    async def _save(self) -> None:
        settled = self._settled
        assert settled is not None  # noqa: S101 - loaded by both callers.
        text = json.dumps(
            {
                # Those of an edit mean nothing in another run.
                "idents": sorted(each for each in settled.idents if not each.startswith(("done:", "not_live:"))),
                "row": settled.row,
                "waiting": settled.waiting,
                "sent": settled.sent,
            }
        )
        if text != self._saved:
            await self._store.run(lambda tx: tx.set_note(NOTE, text))
            self._saved = text


def _day_of(item: Item) -> date | None:
    return item.date if isinstance(item, Entry) else None
