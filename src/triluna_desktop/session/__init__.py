"""The use cases of one signed-in profile: look at days, change them, take it back, keep in step with the server.

The views and the commands talk to this class and to nothing below it. What is on screen never waits for the
network: reads come from the disk at once, an edit is on disk when `Session.apply` returns, and it is sent in its
own time. There is no Qt here; any asyncio loop will do.
"""

from __future__ import annotations

import random
from contextlib import suppress
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from triluna_desktop.domain.availability import availability_over
from triluna_desktop.domain.conflicts import conflicts_among
from triluna_desktop.domain.models import Entry
from triluna_desktop.session.parts import Parts
from triluna_desktop.sync.link import Link
from triluna_desktop.sync.ports import IN_FLIGHT, Changes, ItemView, SendState, ShrinkWarning, StoreError
from triluna_desktop.sync.refusal import EditRefusedError, RefusalReason
from triluna_desktop.sync.status import ConnectionState, DaysView, Status, status_of

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Awaitable, Callable, Iterable
    from datetime import date

    from triluna_desktop.domain.availability import DayAvailability, ModeSettings
    from triluna_desktop.domain.edits import Edit
    from triluna_desktop.domain.time import Clock
    from triluna_desktop.session.bulk import Bulk
    from triluna_desktop.session.history import History
    from triluna_desktop.session.notice_watch import NoticeWatch
    from triluna_desktop.session.undo import Beside, Undone, UndoStack
    from triluna_desktop.sync.engine import Engine
    from triluna_desktop.sync.ports import CalendarStore, Transaction
    from triluna_desktop.sync.server_ports import CalendarApi, RequestMeter

_ID_DIGITS = 19  # SQLite's integers have no more.

__all__ = [
    "Changes",
    "ConnectionState",
    "DaysView",
    "EditRefusedError",
    "ItemView",
    "RefusalReason",
    "SendState",
    "Session",
    "ShrinkWarning",
    "Status",
]


class Session(Parts):
    """One profile's calendar. Reads are synchronous and quick, changes are coroutines.

    A person waits for the first paint, which needs the reads alone: the engine, and asyncio with it, is loaded
    when something is to be sent or read from the server.
    """

    def __init__(
        self,
        store: CalendarStore,
        api: CalendarApi | None,
        clock: Clock,
        *,
        mode_settings: ModeSettings,
        rng: Callable[[], float] = random.random,
        sleep: Callable[[float], Awaitable[object]] | None = None,
        has_token: Callable[[], bool] = lambda: True,
        meter: RequestMeter | None = None,
    ) -> None:
        """``rng`` gives 0 <= x < 1 for the jitter; ``sleep`` waits seconds, by default those of asyncio.

        Without an ``api``, or while ``has_token`` says no, nothing is sent: edits stay queued on disk. ``meter``
        counts the requests of the whole app; without one, those of this session are counted.
        """
        self._store, self._clock, self._meter = store, clock, meter
        self._mode_settings = mode_settings
        self._subscribers: list[Callable[[Changes], None]] = []
        self._link = Link(api, clock, rng, has_token, lambda: self._announce(Changes(status=True)))
        self._sleep = sleep
        self._made_engine: Engine | None = None
        self._looked_at: tuple[date, date] | None = None
        self._available: tuple[tuple[object, ...], tuple[DayAvailability, ...]] | None = None
        """The last answer of `availability`, and what it was made of."""
        self._is_visible = True
        self._newest_before: int | None = None
        """The newest row of the history when the session began, by its id: what comes later is news."""

    @property
    def _engine(self) -> Engine:
        """The engine, made when it is first asked for."""
        if self._made_engine is None:
            import asyncio

            from triluna_desktop.sync.engine import Engine

            engine = self._made_engine = Engine(
                self._store,
                self._link,
                self._clock,
                sleep=self._sleep or asyncio.sleep,
                announce=self._announce,
                meter=self._meter,
            )
            engine.set_visible(visible=self._is_visible)
            if self._looked_at is not None:
                engine.look_at(*self._looked_at)
        return self._made_engine

    @cached_property
    def _editing(self) -> asyncio.Lock:
        """Held while an edit is worked out and written: one after the other."""
        import asyncio

        return asyncio.Lock()

    # --- what is shown

    def days(self, first: date, days: int = 7) -> DaysView:
        """The view of some dates: the last confirmed state with the unsent edits on top."""
        last = first + timedelta(days=days - 1)
        views = self._store.entry_views(first, last)
        return DaysView(
            first=first,
            days=days,
            entries=views,
            patterns=self._store.pattern_views(),
            conflicts=conflicts_among(view.item for view in views if isinstance(view.item, Entry)),
            loaded=self._store.is_loaded(first, last),
        )

    def item(self, key: str) -> ItemView | None:
        """One item as the screen shows it."""
        return self._store.item_view(key)

    def dates_with_entries(self, first: date, last: date) -> frozenset[date]:
        """The dates, ``first`` and ``last`` included, that hold an entry."""
        return self._store.dates_with_entries(first, last)

    def availability(self, first: date, days: int) -> tuple[DayAvailability, ...]:
        """What is bookable on each date, with the unsent edits counted in."""
        made_of = (
            self._mode_settings,
            self._store.pattern_views(),
            self._store.entry_views(first, first + timedelta(days=days - 1)),
            first,
            days,
        )
        # Asked for twice at each turn of the week, by the grid and the sidebar. The store gives the very same
        # views until something was written, so the comparison ends at their identity.
        if self._available is None or self._available[0] != made_of:
            patterns, entries = ([view.item for view in views] for views in made_of[1:3])
            self._available = (made_of, availability_over(first, days, made_of[0], patterns, entries))
        return self._available[1]

    @property
    def status(self) -> Status:
        """How things stand."""
        engine, meter = self._made_engine, self._meter or self.requests
        reader = engine.reader if engine is not None and engine.was_opened else None
        return status_of(self._store, self._link, reader, meter.used, meter.limit)

    @property
    def mode_settings(self) -> ModeSettings:
        """How this account keeps its calendar."""
        return self._mode_settings

    @mode_settings.setter
    def mode_settings(self, settings: ModeSettings) -> None:
        self._mode_settings = settings
        self._announce(Changes(dates=None))

    @property
    def last_edit(self) -> Edit | None:
        """The edit that undo would take back now."""
        return self._past.done[-1].edit if self._past.done else None

    @property
    def can_undo(self) -> bool:
        """Whether there is an edit to take back."""
        return bool(self._past.done)

    @property
    def can_redo(self) -> bool:
        """Whether there is an edit that was taken back and can be done again."""
        return bool(self._past.undone)

    @property
    def is_read_only(self) -> bool:
        """Whether the server refuses writes with this token; edits are refused then."""
        return self._link.is_read_only

    @property
    def refuses_overlaps(self) -> bool:
        """Whether the server has shown that it takes no two entries that overlap."""
        return self._link.refuses_overlaps

    @cached_property
    def history(self) -> History:
        """What was changed, when and by whom."""
        from triluna_desktop.session.history import History

        return History(self._store, self.item, self.apply)

    @cached_property
    def notices(self) -> NoticeWatch:
        """What there is to tell the user who looks elsewhere."""
        from triluna_desktop.session.notice_watch import NoticeWatch

        return NoticeWatch(self, self._store, self._clock, self._past, newest_before=lambda: self._newest_before)

    def subscribe(self, callback: Callable[[Changes], None]) -> Callable[[], None]:
        """Have ``callback`` told of changes, on the loop's thread. Returns what ends it."""
        self._subscribers.append(callback)

        def unsubscribe() -> None:
            if callback in self._subscribers:
                self._subscribers.remove(callback)

        return unsubscribe

    def _announce(self, changes: Changes) -> None:
        for callback in tuple(self._subscribers):
            callback(changes)

    # --- what is done

    async def open(self) -> None:
        """Take up what the last run left, so that `status` tells it; nothing is sent or read yet."""
        self._mark_start()
        await self._engine.open()

    async def start(self) -> None:
        """Start keeping in step: read the server once, send what is queued, then poll."""
        self._mark_start()
        await self._engine.start()
        self._announce(Changes(status=True))  # Without a token no request follows that would tell it.

    def _mark_start(self) -> None:
        if self._newest_before is None:
            with suppress(StoreError):  # Whoever needs the file next tells of it.
                rows = self._store.history(limit=1)
                self._newest_before = rows[0].id if rows else 0

    async def stop(self) -> None:
        """Stop. A request in flight is given up; whether it was carried out is found out at the next start."""
        if self._made_engine is not None:
            await self._made_engine.stop()

    async def apply(self, edit: Edit, beside: Beside | None = None) -> None:
        """Write an edit to disk and have it sent; with it, in the same transaction, what ``beside`` writes.

        Raises:
            EditRefusedError: nothing was written.
        """
        async with self._editing:
            await self._past.apply(edit, beside)

    async def undo(self, edit: Edit | None = None) -> Undone | None:
        """Take the last edit back, or a given one; None where there is nothing to undo (of 200, see `undo.KEPT`).

        Raises:
            EditRefusedError: CHANGED_SINCE where an item is no longer as that edit left it.
        """
        async with self._editing:
            return await self._past.undo(edit)

    async def redo(self) -> Undone | None:
        """Do again what was undone last; as `undo`."""
        async with self._editing:
            return await self._past.redo()

    @cached_property
    def bulk(self) -> Bulk:
        """Changing many entries at once."""
        from triluna_desktop.session.bulk import Bulk

        return Bulk(self, self._store, self._clock, self._past, self._change_alone)

    async def _change_alone(self, work: Callable[[Transaction], Changes]) -> None:
        async with self._editing:
            await self._change(work)

    @cached_property
    def _past(self) -> UndoStack:
        from triluna_desktop.session.undo import UndoStack

        return UndoStack(self._clock, self._check_writable, self._change, lambda edit: self.quick.taken_back(edit))

    def _check_writable(self) -> None:
        if self.is_read_only:
            raise EditRefusedError(RefusalReason.READ_ONLY, self._link.message)

    async def _change(self, work: Callable[[Transaction], Changes]) -> None:
        from triluna_desktop.session.writing import written

        self._announce(await written(self._store, work))
        self._engine.edits_queued()

    async def find(self, name: str) -> ItemView | None:
        """The item with this key, or the entry with this server id; None for what is deleted or unknown."""
        if name.isascii() and name.isdecimal():
            if len(name) > _ID_DIGITS:
                return None
            server_id = int(name)
            rows = await self._store.run(lambda tx: tx.entries_with_ids([server_id]))
            return self.item(rows[0].key) if rows else None
        return self.item(name)

    async def has_unsent(self, keys: Iterable[str]) -> bool:
        """Whether one of these items, deleted ones too, has changes that are not known to be on the server."""
        wanted = tuple(keys)
        return await self._store.run(lambda tx: any(tx.ops_of(key) for key in wanted))

    async def is_uncertain(self, keys: Iterable[str]) -> bool:
        """Whether the server may have a change of one of these items, deleted ones too: nobody has answered."""
        wanted = tuple(keys)
        return await self._store.run(
            lambda tx: any(op.state in IN_FLIGHT for key in wanted for op in tx.ops_of(key))
        )

    async def send_now(self) -> None:
        """Send what is due; returns when that was tried. `status` and `item` tell how it went."""
        await self._engine.send_now()

    async def sync_now(self, *, until_settled: bool = False) -> None:
        """Send what is due, then read; returns when both were tried. `status` tells how it went.

        ``until_settled``: wait, too, until it is known what became of requests that got no answer: some 30 s.
        """
        await self._engine.sync_now(until_settled=until_settled)

    async def discard(self, key: str) -> None:
        """Drop an item's unsent edits: back to the confirmed state.

        Raises:
            EditRefusedError: STALE while one of them is on its way to the server.
        """
        from triluna_desktop.session.quick_notes import discarded

        await self._change_alone(lambda tx: discarded(tx, key, self._clock.now().timestamp()))

    async def retry(self, key: str) -> None:
        """Send again what the server refused."""
        from triluna_desktop.sync import journal

        await self._change_alone(lambda tx: journal.retry(tx, key))

    async def accept_shrink(self) -> None:
        """The user says that the rows of `Status.shrink` are gone indeed: read again, and drop them."""
        self._engine.reader.accept_shrink()
        await self._engine.sync_now()

    @property
    def is_paused(self) -> bool:
        """Whether nothing is sent or read but what the user asks for; a new start of the app goes on."""
        return self._link.is_paused

    def pause(self, *, is_on: bool) -> None:
        """Send and read nothing by itself, or go on; `sync_now` asks the server all the same."""
        self._engine.pause(is_on=is_on)
        self._announce(Changes(status=True))

    def look_at(self, first: date, last: date) -> None:
        """Tell which dates are on screen; those outside of the polled window are read too."""
        self._looked_at = (first, last)
        if self._made_engine is not None:
            self._made_engine.look_at(first, last)

    def set_visible(self, visible: bool) -> None:
        """Poll as often as `poll_every` says of a window that is seen, or of one that is not."""
        self._is_visible = visible
        if self._made_engine is not None:
            self._made_engine.set_visible(visible=visible)

    def poll_every(self, visible: float, hidden: float) -> None:
        """Seconds between two polls while visible, and while not; more where the hour's requests run short."""
        self._engine.poll(visible, hidden)

    def window_focused(self) -> None:
        """Poll at once, but not more than once in 10 s."""
        if self._made_engine is not None:
            self._made_engine.focused()

    def token_only_reads(self) -> None:
        """The token was tested and may not write: edits are refused before anything is queued."""
        self._link.forbid_writing()

    def token_changed(self) -> None:
        """There is a new token, or none any more: leave NEEDS_TOKEN and READ_ONLY, and sync."""
        if self._made_engine is None:
            self._link.reset()
        else:
            self._made_engine.token_changed()
