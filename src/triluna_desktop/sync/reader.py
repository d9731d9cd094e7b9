"""Reading the server: the polled window, other dates on screen, baselines, and looks for one create."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

from triluna_desktop.domain.models import Entry
from triluna_desktop.domain.remote import RemoteCalendar
from triluna_desktop.sync.apply import Applied, Pages, Rules, apply_pages
from triluna_desktop.sync.journal import span_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from triluna_desktop.domain.remote import RemoteEntry, RemotePattern
    from triluna_desktop.sync.link import Link
    from triluna_desktop.sync.ports import CalendarStore, Changes, Op, ShrinkWarning

BREATH_SECONDS = 0.0002
"""How long the writer thread rests between two batches, so that the loop's thread gets the interpreter."""
BASELINE_SECONDS = 60.0
"""How old a baseline may be when the create is sent."""


class Reader:
    """Asks the server, and puts what it says into the cache."""

    def __init__(self, store: CalendarStore, link: Link, announce: Callable[[Changes], None]) -> None:
        self._store = store
        self._link = link
        self._announce = announce
        self._based_at: dict[int, float] = {}
        self._accepts_shrink = False
        self.skipped = 0
        self._window_shrink: ShrinkWarning | None = None
        self._elsewhere_shrink: ShrinkWarning | None = None

    def accept_shrink(self) -> None:
        """With the next read of the window, what is missing is gone."""
        self._accepts_shrink = True

    def based(self) -> frozenset[int]:
        """The creates whose baseline is young enough to be sent on it, as far as this run knows."""
        oldest = self._link.clock.monotonic() - BASELINE_SECONDS
        self._based_at = {op_id: at for op_id, at in self._based_at.items() if at > oldest}
        return frozenset(self._based_at)

    @property
    def shrink(self) -> ShrinkWarning | None:
        """Much is missing where the server was read last, and the user is to be asked."""
        return self._window_shrink or self._elsewhere_shrink

    async def read_window(self, first: date, last: date, *, for_edits: bool = False) -> None:
        """Read the polled window and all patterns: once, or again where something is missing.

        ``for_edits``: edits wait for it, so it may take of what is kept for them.

        Raises:
            RemoteError: the server did not answer well; what was read before that stays.
            StoreError: the disk did not take it.
        """
        now = self._link.clock.now()
        rules = Rules(accepted=self._accepts_shrink, asked=self._window_shrink is not None)
        applied = await self._read_until_final(
            (first, last), rules, now.isoformat(), include_recurring=True, in_background=not for_edits
        )
        self._accepts_shrink = False
        self._window_shrink = applied.shrink
        self.skipped = applied.skipped
        self._link.last_synced = now
        self._link.has_answered = True
        self._link.reads_rest_until = None
        self._link.succeed()

    async def read_elsewhere(self, first: date, last: date) -> None:
        """Read dates outside of the window, as `read_window`, without patterns."""
        rules = Rules(accepted=self._accepts_shrink, asked=self._elsewhere_shrink is not None)
        applied = await self._read_until_final((first, last), rules, "", include_recurring=False)
        self._elsewhere_shrink = applied.shrink
        self._link.succeed()

    def forget_elsewhere(self) -> None:
        """Other dates are no longer on screen."""
        self._elsewhere_shrink = None

    async def _read_until_final(
        self,
        span: tuple[date, date],
        rules: Rules,
        stamp: str,
        *,
        include_recurring: bool,
        in_background: bool = True,
    ) -> Applied:
        pages: Pages | None = None
        while True:
            began_at, begun = self._link.clock.monotonic(), self._store.revision
            page = await self._read(*span, include_recurring=include_recurring, in_background=in_background)
            pages = Pages(span, page, begun, begun) if pages is None else pages.followed_by(page, begun)
            applied = await self._apply(pages, rules, began_at, stamp)
            if applied.is_final:
                return applied

    async def read_baselines(self, ops: Sequence[Op]) -> None:
        """Give creates their baseline: one read for all entries, one for all patterns. Nothing is dropped."""
        span = span_of(ops)
        if span is not None:
            began_at, begun = self._link.clock.monotonic(), self._store.revision
            page = await self._read(*span, include_recurring=False)
            await self._apply(Pages(span, page, begun, begun), Rules(may_drop=False), began_at)
        if any(not isinstance(op.item, Entry) for op in ops):
            began_at, begun = self._link.clock.monotonic(), self._store.revision
            page = RemoteCalendar((), await self._read_patterns())
            await self._apply(Pages(None, page, begun, begun), Rules(may_drop=False), began_at)
        self._link.succeed()

    async def look(self, op: Op) -> tuple[tuple[RemoteEntry | RemotePattern, ...], int]:
        """What stands on the server where a create would be, and how many rows there could not be read."""
        if not isinstance(op.item, Entry):
            return await self._read_patterns(), 0
        page = await self._read(op.item.date, op.item.date, include_recurring=False)
        return tuple(each for each in page.entries if each.date == op.item.date), page.skipped

    async def _apply(self, pages: Pages, rules: Rules, began_at: float, stamp: str = "") -> Applied:
        breathe = partial(time.sleep, BREATH_SECONDS)
        at = self._link.clock.now().timestamp()
        applied = await self._store.run(
            lambda tx: apply_pages(tx, pages, rules, at=at, stamp=stamp, breathe=breathe)
        )
        self._based_at |= dict.fromkeys(applied.based, began_at)
        self._announce(applied.changes)
        return applied

    async def _read(
        self, first: date, last: date, *, include_recurring: bool, in_background: bool = False
    ) -> RemoteCalendar:
        with self._link.request() as api:
            return await api.read_calendar(
                first, last, include_recurring=include_recurring, in_background=in_background
            )

    async def _read_patterns(self) -> tuple[RemotePattern, ...]:
        with self._link.request() as api:
            return await api.read_patterns()
