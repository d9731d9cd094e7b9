"""Reading the server: the polled window, other dates on screen, baselines, and looks for one create."""

from __future__ import annotations

import logging
import time
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from triluna_desktop.domain.models import Entry
from triluna_desktop.domain.remote import RefusedError, RemoteCalendar, RemoteError, Trouble
from triluna_desktop.sync.apply import Applied, Pages, Rules, apply_pages
from triluna_desktop.sync.lead import Lead
from triluna_desktop.sync.merge import Fresh
from triluna_desktop.sync.window import is_inside, searched_around, window_around

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from triluna_desktop.domain.remote import RemoteEntry, RemotePattern
    from triluna_desktop.sync.link import Link
    from triluna_desktop.sync.ports import CalendarStore, Changes, Op, ShrinkWarning
    from triluna_desktop.sync.steps import ReadFirst
    from triluna_desktop.sync.window import Span

_log = logging.getLogger(__name__)

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
        self._fresh: dict[int, Fresh] = {}
        """By operation, what the last read says of its item."""
        self._lead = Lead(link.clock)
        self._window_accepted = self._elsewhere_accepted = 0
        """Of how many missing rows the user said that they are gone."""
        self.skipped = 0
        """Rows of the polled window that could not be read the last time."""
        self._skipped_elsewhere: dict[Span, int] = {}
        """The same of other dates that were read."""
        self._window_shrink: ShrinkWarning | None = None
        self._elsewhere_shrink: ShrinkWarning | None = None

    def accept_shrink(self) -> None:
        """With the next read of the dates of `shrink`, so much of them as it tells of may be gone."""
        if self._window_shrink is not None:
            self._window_accepted = self._window_shrink.missing
        elif self._elsewhere_shrink is not None:
            self._elsewhere_accepted = self._elsewhere_shrink.missing

    def fresh(self) -> dict[int, Fresh]:
        """By operation, what the last read says of its item, where that is young enough to send it."""
        if self._lead.has_jumped():
            self._fresh.clear()
        oldest = self._link.clock.monotonic() - BASELINE_SECONDS
        self._fresh = {op_id: found for op_id, found in self._fresh.items() if found.began > oldest}
        return dict(self._fresh)

    def stands(self, op_id: int) -> None:
        """The server has just said that what an operation's next request relies on is there."""
        self._fresh[op_id] = Fresh(self._link.clock.monotonic())

    def is_hidden(self, op_id: int) -> bool:
        """Whether the last read could not tell of an operation's item."""
        found = self._fresh.get(op_id)
        return found is not None and not found.is_readable

    def lacks(self, op_id: int) -> bool:
        """Whether the last read that asked for an operation's item did not show it."""
        found = self._fresh.get(op_id)
        return found is not None and found.absences > 0

    @property
    def left_out(self) -> int:
        """Rows that could not be read where the server was read last; the two lists may share some."""
        return max(self.skipped, *self._skipped_elsewhere.values(), 0)

    @property
    def shrink(self) -> ShrinkWarning | None:
        """Much is missing where the server was read last, and the user is to be asked.

        Not where all of it may be among the rows that could not be read: then these are told of alone.
        """
        found = self._window_shrink or self._elsewhere_shrink
        return None if found is not None and found.missing <= self.left_out else found

    async def read_window(self, first: date, last: date, *, for_edits: bool = False) -> None:
        """Read the polled window and all patterns: once, or again where something is missing.

        ``for_edits``: edits wait for it, so it may take of what is kept for them.

        Raises:
            RemoteError: the server did not answer well; what was read before that stays.
            StoreError: the disk did not take it.
        """
        now = self._link.clock.now()
        rules = Rules(accepted=self._window_accepted, asked=self._window_shrink is not None, usual=self.skipped)
        applied = await self._read_until_final(
            (first, last), rules, now.isoformat(), include_recurring=True, in_background=not for_edits
        )
        self._window_accepted = 0
        self._window_shrink = applied.shrink
        self.skipped = applied.skipped
        self._link.last_synced = now
        self._link.has_answered = True
        self._link.reads_rest_until = None
        self._link.succeed()

    async def read_elsewhere(self, first: date, last: date) -> None:
        """Read dates outside of the window, as `read_window`, without patterns."""
        rules = Rules(
            accepted=self._elsewhere_accepted,
            asked=self._elsewhere_shrink is not None,
            usual=self._skipped_elsewhere.get((first, last), 0),
        )
        applied = await self._read_until_final((first, last), rules, "", include_recurring=False)
        self._skipped_elsewhere = {(first, last): applied.skipped}
        self._elsewhere_accepted = 0
        self._elsewhere_shrink = applied.shrink
        self._link.succeed()

    def forget_elsewhere(self) -> None:
        """Other dates are no longer on screen."""
        self._skipped_elsewhere.clear()
        self._elsewhere_accepted = 0
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
            if include_recurring and page.patterns is None:
                page = await self._with_patterns(page, in_background=in_background)
            pages = Pages(span, page, begun, begun) if pages is None else pages.followed_by(page, begun)
            applied = await self._apply(pages, rules, began_at, stamp)
            if applied.is_final:
                return applied

    async def _with_patterns(self, page: RemoteCalendar, *, in_background: bool) -> RemoteCalendar:
        """A reply that lacks the patterns it was asked for, with them; without, where the server lists none."""
        try:
            listed = await self._read_patterns(in_background=in_background)
        except RefusedError as error:
            _log.info("The server lists no weekly hours: %s", error)
            return page
        return replace(page, patterns=listed.patterns, skipped=page.skipped + listed.skipped)

    async def read_first(self, step: ReadFirst) -> None:
        """Read what an operation needs to be sent, and others near it. Nothing is dropped.

        Raises:
            RemoteError: the server did not answer well.
            StoreError: the disk did not take it.
        """
        if step.span is None:
            await self.refresh_patterns()
        elif not step.everywhere:
            await self.refresh(*step.span)
        else:
            await self._search(step)
        found = self._fresh.get(step.op.id)
        if step.everywhere and found is not None:
            self._fresh[step.op.id] = replace(found, is_searched=True)
        self._link.succeed()

    async def _search(self, step: ReadFirst) -> None:
        """Read wherever an entry may have been moved to, here or elsewhere."""
        today = self._link.clock.now().date()
        span = searched_around(today)
        try:
            await self.refresh(*span)
        except RemoteError as error:
            if error.trouble is not Trouble.TOO_LARGE:
                raise
            span = window_around(today)
            await self.refresh(*span)
        wanted = [step.op.item.date] if isinstance(step.op.item, Entry) else []
        for day in sorted({*(step.span or ()), *wanted}):
            if not is_inside(day, span):
                await self.refresh(day, day)

    async def refresh(self, first: date, last: date) -> tuple[tuple[RemoteEntry, ...], int]:
        """Read some dates into the cache, dropping nothing. Returns the entries and how many rows were skipped."""
        began_at, begun = self._link.clock.monotonic(), self._store.revision
        page = await self._read(first, last, include_recurring=False)
        await self._apply(Pages((first, last), page, begun, begun), Rules(may_drop=False), began_at)
        return page.entries, page.skipped

    async def refresh_patterns(self) -> tuple[tuple[RemotePattern, ...], int]:
        """As `refresh`, the patterns."""
        began_at, begun = self._link.clock.monotonic(), self._store.revision
        page = await self._read_patterns()
        await self._apply(Pages(None, page, begun, begun), Rules(may_drop=False), began_at)
        return page.patterns or (), page.skipped

    async def look(self, op: Op) -> tuple[tuple[RemoteEntry | RemotePattern, ...], int]:
        """What stands on the server where something is, or would be, and how many rows there could not be read."""
        if not isinstance(op.item, Entry):
            return await self.refresh_patterns()
        entries, skipped = await self.refresh(op.item.date, op.item.date)
        return tuple(each for each in entries if each.date == op.item.date), skipped

    async def _apply(self, pages: Pages, rules: Rules, began_at: float, stamp: str = "") -> Applied:
        breathe = partial(time.sleep, BREATH_SECONDS)
        at = self._link.clock.now().timestamp()
        applied = await self._store.run(
            lambda tx: apply_pages(tx, pages, rules, at=at, stamp=stamp, breathe=breathe)
        )
        self._fresh |= dict.fromkeys(applied.seen, Fresh(began_at))
        self._fresh |= dict.fromkeys(applied.unreadable, Fresh(began_at, is_readable=False))
        for op_id in applied.absent:
            before = self._fresh.get(op_id, Fresh(began_at))
            if before.began > began_at:
                continue  # What was created since this read began.
            self._fresh[op_id] = replace(
                before,
                began=began_at,
                absences=before.absences + 1,
                is_credible=applied.is_credible,
                is_readable=True,
            )
        self._announce(applied.changes)
        return applied

    async def _read(
        self, first: date, last: date, *, include_recurring: bool, in_background: bool = False
    ) -> RemoteCalendar:
        with self._link.request() as api:
            return await api.read_calendar(
                first, last, include_recurring=include_recurring, in_background=in_background
            )

    async def _read_patterns(self, *, in_background: bool = False) -> RemoteCalendar:
        with self._link.request() as api:
            return await api.read_patterns(in_background=in_background)
