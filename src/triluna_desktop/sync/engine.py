"""When to send and when to read: two loops that run side by side, and what wakes them.

Sending goes first: an edit is sent the moment it is queued, also while a slow read is under way. Before the first
sending of a run the server must have answered one read, which also serves as baseline for what was queued before.
Nothing here touches the disk or the network itself; `Sender` and `Reader` do.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from triluna_desktop.domain.remote import KeptForEditsError, RemoteError
from triluna_desktop.domain.requests import poll_seconds
from triluna_desktop.sync import journal
from triluna_desktop.sync.apply import SKIPPED
from triluna_desktop.sync.lead import Lead
from triluna_desktop.sync.plan import is_about_the_dates
from triluna_desktop.sync.ports import SYNCED, Changes, StoreError
from triluna_desktop.sync.reader import Reader
from triluna_desktop.sync.sender import OVERLAPS, Sender
from triluna_desktop.sync.window import Span, window_around

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine

    from triluna_desktop.domain.time import Clock
    from triluna_desktop.sync.link import Link
    from triluna_desktop.sync.ports import CalendarStore
    from triluna_desktop.sync.server_ports import RequestMeter

_log = logging.getLogger(__name__)

WEEKS_AROUND = 4
"""How much is read around dates on screen that lie outside of the window: the next turns of the week."""
POLL_VISIBLE_SECONDS = 60.0
POLL_HIDDEN_SECONDS = 300.0
FOCUS_SECONDS = 10.0
"""A window that gets the focus polls at once, but not more often than this; more seldom as polling slows down."""


def _earlier(day: date, by: timedelta) -> date:
    return date.min if day - date.min < by else day - by


def _later(day: date, by: timedelta) -> date:
    return date.max if date.max - day < by else day + by


class Engine:
    """Keeps store and server in step while it runs."""

    def __init__(
        self,
        store: CalendarStore,
        link: Link,
        clock: Clock,
        *,
        sleep: Callable[[float], Awaitable[object]],
        announce: Callable[[Changes], None],
        meter: RequestMeter | None = None,
    ) -> None:
        self._store = store
        self._clock = clock
        self._meter = meter
        self._sleep = sleep
        self._announce = announce
        self.link = link
        self.reader = Reader(store, self.link, announce)
        self._sender = Sender(store, self.link, self.reader, announce, sleep, self._wait_for_disk)
        self._is_open = False
        self.was_opened = False
        """Whether something was tried in this run: what the last one left was taken up."""
        self._tasks: list[asyncio.Task[None]] = []
        self._send_wake = asyncio.Event()
        self._read_wake = asyncio.Event()
        self._all_sent = asyncio.Event()
        self._next_step: float | None = None
        """Seconds that sending rests when nothing is due, None until woken."""
        self._reading = asyncio.Lock()
        self._is_marked_blocked = False
        self._is_visible = True
        self._poll = (POLL_VISIBLE_SECONDS, POLL_HIDDEN_SECONDS)
        """Seconds between two polls, while the window is seen and while it is not."""
        self._asked = 0
        """How many times the user has asked just now, which a pause does not hold up."""
        self._read_at: float | None = None
        """When the window was read, or tried, last; None to read it now."""
        self._elsewhere: Span | None = None
        """Dates on screen outside of the window, with some around them."""
        self._elsewhere_at: float | None = None

    async def open(self) -> None:
        """Take up what the last run left."""
        if self._is_open:
            return
        self._is_open = self.was_opened = True
        last_synced = self._store.note(SYNCED)
        self.link.last_synced = None if last_synced is None else datetime.fromisoformat(last_synced)
        self.link.refuses_overlaps = self._store.note(OVERLAPS) is not None
        self.reader.skipped = int(self._store.note(SKIPPED) or 0)
        await self._sender.recover()

    async def start(self) -> None:
        """Take up what the last run left, and begin."""
        if self._tasks:
            return
        await self.open()
        self._tasks = [self._task("send", self._send_loop()), self._task("read", self._read_loop())]

    async def stop(self) -> None:
        """Stop both loops. What is being sent stays SENDING on disk: the next start looks for it."""
        tasks, self._tasks = self._tasks, []
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)  # A bug was told of when it happened.
        self._all_sent.set()
        self._is_open = False  # What was being sent is uncertain to a new start, also in this process.

    def _task(self, name: str, work: Coroutine[object, object, None]) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(work, name=f"sync-{name}")
        task.add_done_callback(self._task_ended)
        return task

    def _task_ended(self, task: asyncio.Task[None]) -> None:
        """A loop ends by being cancelled, or by a bug of ours: that one reaches the loop's funnel at once."""
        if task.cancelled() or task.exception() is None:
            return
        self._all_sent.set()
        task.get_loop().call_exception_handler(
            {"message": f"{task.get_name()} ended", "exception": task.exception(), "task": task}
        )

    # --- what wakes the loops

    def edits_queued(self) -> None:
        """There is something to send."""
        self.link.try_writes()
        self._all_sent.clear()
        self._send_wake.set()
        if not self.link.has_answered:
            self._read_wake.set()  # They wait for a first read.

    def set_visible(self, *, visible: bool) -> None:
        self._is_visible = visible
        self._read_wake.set()

    def poll(self, visible: float, hidden: float) -> None:
        """See `Session.poll_every`."""
        self._poll = (visible, hidden)
        self._read_wake.set()

    def focused(self) -> None:
        rest = FOCUS_SECONDS * self.poll_every / self.base_poll_seconds
        if self._read_at is None or self._clock.monotonic() - self._read_at >= rest:
            self.read_soon()

    def pause(self, *, is_on: bool) -> None:
        """Send and read nothing by itself, or go on. What is under way is carried out, and so is `sync_now`."""
        self.link.is_paused = is_on
        self._send_wake.set()
        self._read_wake.set()

    @property
    def _is_held(self) -> bool:
        return self.link.is_paused and self._asked == 0

    def read_soon(self) -> None:
        """Read the window as soon as that is allowed."""
        self._read_at = None
        self._read_wake.set()

    def look_at(self, first: date, last: date) -> None:
        """See `Session.look_at`."""
        window = window_around(self._clock.now().date())
        if window[0] <= first and last <= window[1]:
            self._elsewhere = None
            self.reader.forget_elsewhere()
            return
        if self._elsewhere is not None and self._elsewhere[0] <= first and last <= self._elsewhere[1]:
            return
        around = timedelta(weeks=WEEKS_AROUND)
        self._elsewhere, self._elsewhere_at = (_earlier(first, around), _later(last, around)), None
        self._read_wake.set()

    def token_changed(self) -> None:
        """Everything that was said to the old token is void."""
        self.link.reset()
        self._is_marked_blocked = True  # Maybe not yet by this loop: what a refusal marked, sending unmarks.
        self.read_soon()
        self._send_wake.set()

    async def sync_now(self, *, until_settled: bool = False) -> None:
        """Send what is due, then read. A first read is not done twice where there was nothing to send.

        ``until_settled``: wait, too, until it is known what became of the requests that nobody answered.
        """
        is_first, has_edits = not self.link.has_answered, self._store.counts().unsent > 0
        self._asked += 1
        try:
            await self.send_now()
            while until_settled and self._is_settling():
                self._all_sent.clear()
                await self._all_sent.wait()
            if self._tasks and (has_edits or not is_first):
                await self._read_once()
        finally:
            self._asked -= 1

    def _is_settling(self) -> bool:
        """Whether all is well, and sending goes on by itself after a while."""
        is_running = bool(self._tasks) and not any(task.done() for task in self._tasks)
        return is_running and self._next_step is not None and self.link.pause == 0.0

    async def send_now(self) -> None:
        """Send what is due. Before the first sending of a run the server is read."""
        if not self._tasks or self._is_held:
            return
        self.link.hurry()
        self._sender.hurry()
        if not self.link.has_answered:
            await self._read_once()
        await self._send_all()

    async def _send_all(self) -> None:
        self.edits_queued()
        if not any(task.done() for task in self._tasks):
            await self._all_sent.wait()

    # --- sending

    async def _send_loop(self) -> None:
        while True:
            wait = await self._send_step()
            if wait == 0.0:
                continue
            self._next_step = wait
            self._all_sent.set()
            await self._rest(self._send_wake, wait)

    async def _wait_for_disk(self, seconds: float) -> None:
        """What the server did cannot be written down yet. Whoever waits for the sending is told that it stands."""
        self._all_sent.set()
        await self._sleep(seconds)

    async def _send_step(self) -> float | None:
        """One step of sending; how long to rest after it, 0 for not at all, None until woken."""
        if not self.link.is_open or self._is_held or self.link.is_read_only or not self.link.has_answered:
            await self._keep_blocked_marked()
            return None
        if (rest := max(self.link.pause, self.link.writes_rest)) > 0.0:
            return rest
        try:
            await self._keep_blocked_marked()
            return await self._sender.step()
        except StoreError as error:
            self.link.fail_to_store(error)
            return self.link.pause

    async def _keep_blocked_marked(self) -> None:
        blocked = self.link.is_blocked
        if not blocked and not self._is_marked_blocked:
            return
        with contextlib.suppress(StoreError):  # Only how it is shown: the next step tries again.
            changes = await self._store.run(lambda tx: journal.set_blocked(tx, blocked=blocked))
            self._is_marked_blocked = blocked
            if changes != Changes():
                self._announce(changes)

    # --- reading

    async def _read_loop(self) -> None:
        lead = Lead(self._clock)
        while True:
            if lead.has_jumped():  # What a computer that slept shows may be of yesterday.
                self._read_at = self._elsewhere_at = None
            try:
                wait = self._read_due()
            except StoreError as error:
                self.link.fail_to_store(error)
                wait = self.link.pause
            if wait == 0.0:
                await self._read_once(only_due=True)
            else:
                # Looked at again after a minute at most: how often is polled changes with what the hour still has,
                # and the computer may have slept.
                await self._rest(self._read_wake, wait if wait is None else min(wait, POLL_VISIBLE_SECONDS))

    def _read_due(self) -> float | None:
        """Seconds until something is to be read; None while nothing may be."""
        if not self.link.is_open or self._is_held:
            return None
        waits = [self._wait_since(self._read_at)]
        if self._elsewhere is not None:
            waits.append(self._wait_since(self._elsewhere_at))
        return max(min(waits), self.link.pause, 0.0 if self._reads_for_edits else self.link.reads_rest)

    @property
    def _reads_for_edits(self) -> bool:
        """Whether edits wait for the first read of this run."""
        return not self.link.has_answered and self._store.counts().unsent > 0

    @property
    def poll_every(self) -> float:
        """Seconds between two polls, as the hour's requests allow."""
        base, meter = self.base_poll_seconds, self._meter
        return base if meter is None else poll_seconds(base, meter.used, meter.limit, meter.kept)

    @property
    def base_poll_seconds(self) -> float:
        """Seconds between two polls while there are plenty of requests."""
        return self._poll[0] if self._is_visible else self._poll[1]

    def _wait_since(self, at: float | None) -> float:
        """Seconds until what was read at a time is to be read again."""
        return 0.0 if at is None else max(0.0, at + self.poll_every - self._clock.monotonic())

    async def _read_once(self, *, only_due: bool = False) -> None:
        """Read what is on screen and the window; where that is under way already, wait for it."""
        if self._reading.locked():
            async with self._reading:
                if not self._reads_for_edits or self.link.reads_rest == 0.0:
                    return  # Else that one was refused, as no edit waited for it when it began.
        async with self._reading:
            if not self.link.is_open or self.link.pause > 0.0:
                return
            try:
                await self._read_spans(only_due=only_due)
            except KeptForEditsError as error:
                self.link.rest_reads(error.retry_after or POLL_VISIBLE_SECONDS)
            except RemoteError as error:
                self.link.fail(error)
            except StoreError as error:
                self.link.fail_to_store(error)
        self._send_wake.set()

    async def _read_spans(self, *, only_due: bool) -> None:
        # What edits wait for comes first, and alone: other dates may have to leave the requests to them.
        if (
            self._elsewhere is not None
            and not self._reads_for_edits
            and not (only_due and self._wait_since(self._elsewhere_at))
        ):
            await self._read_elsewhere(self._elsewhere)
        if not (only_due and self._wait_since(self._read_at)):
            began = self._clock.monotonic()
            today = self._clock.now().date()
            await self.reader.read_window(*window_around(today), for_edits=self._reads_for_edits)
            self._read_at = began

    async def _read_elsewhere(self, span: Span) -> None:
        """Where the server refuses these dates, the window is read all the same: they stay "not read yet"."""
        began = self._clock.monotonic()
        try:
            await self.reader.read_elsewhere(*span)
        except RemoteError as error:
            if not is_about_the_dates(error):
                raise
            _log.warning("The dates from %s to %s cannot be read: %s", *span, error)
        if span == self._elsewhere:
            self._elsewhere_at = began

    async def _timer(self, seconds: float) -> None:
        await self._sleep(seconds)

    async def _rest(self, wake: asyncio.Event, seconds: float | None) -> None:
        """Until woken, or until so many seconds are over."""
        waiting: list[asyncio.Future[object]] = [asyncio.ensure_future(wake.wait())]
        if seconds is not None:
            waiting.append(asyncio.ensure_future(self._timer(seconds)))
        try:
            await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for future in waiting:
                future.cancel()
            await asyncio.gather(*waiting, return_exceptions=True)
        wake.clear()
