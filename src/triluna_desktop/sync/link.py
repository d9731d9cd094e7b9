"""How things stand with the server: may a request leave now, and what did the last ones say?

Sending and reading share one link, so that a server that is down is not asked twice as often, and a refused token
stops both. It is there from the first paint on, so what errors are made of is imported when one happens.
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from triluna_desktop.domain.remote import RemoteError, Trouble
    from triluna_desktop.domain.time import Clock
    from triluna_desktop.sync.ports import StoreError
    from triluna_desktop.sync.server_ports import CalendarApi


class Link:
    """The state that sending and reading share. ``on_change`` is called when what is shown of it changed."""

    def __init__(
        self,
        api: CalendarApi | None,
        clock: Clock,
        rng: Callable[[], float],
        has_token: Callable[[], bool],
        on_change: Callable[[], None],
    ) -> None:
        self.api = api
        self.clock = clock
        self.trouble: Trouble | None = None
        self.message = ""
        self.last_synced: datetime | None = None
        self.retry_at: datetime | None = None
        """Where the server, or the budget, says how long to wait: until then, by the wall clock of that moment."""
        self.reads_rest_until: float | None = None
        """Until when (monotonic) reading in the background leaves what remains of the hour to edits."""
        self.is_blocked = False
        """The token was refused: no requests until there is another."""
        self.is_read_only = False
        """A write was forbidden, or would be: no writes until there is another token."""
        self.has_answered = False
        """Whether a read ended well with this token: only then a 404 speaks of a thing, not of the address."""
        self.refuses_overlaps = False
        self.confirms_writes = True
        """Whether it is known what became of the last write: reads that end well say nothing of that."""
        self.active = 0
        """Requests under way."""
        self.store_failed = False
        self.is_paused = False
        """The user wants nothing sent or read for now, but for what they ask for themselves."""
        self._rng = rng
        self._has_token = has_token
        self._on_change = on_change
        self._failures = 0
        self._paused_until = 0.0
        self._failed_writes = 0
        self._writes_rest_until = 0.0
        self._token_number = 0

    def connect(self, api: CalendarApi, has_token: Callable[[], bool]) -> None:
        """Take the way to the server, and who says whether there is a token for it."""
        self.api, self._has_token = api, has_token

    @property
    def has_token(self) -> bool:
        """Whether there is anything to send requests with."""
        return self.api is not None and self._has_token()

    @property
    def is_open(self) -> bool:
        """Whether requests may leave, as soon as `pause` is over."""
        return self.has_token and not self.is_blocked

    @property
    def pause(self) -> float:
        """Seconds until the next request may leave; 0 is now."""
        return max(0.0, self._paused_until - self.clock.monotonic())

    @property
    def writes_rest(self) -> float:
        """Seconds for which nothing is sent: reads that end well do not show that a write will."""
        return max(0.0, self._writes_rest_until - self.clock.monotonic())

    def try_writes(self) -> None:
        """There is a new edit, or the user asks: send at once what may be sent."""
        self._writes_rest_until = 0.0

    def wrote(self) -> None:
        """A write was answered, with a yes or a no."""
        self._failed_writes, self._writes_rest_until = 0, 0.0
        self.found_written()

    def found_written(self) -> None:
        """A list shows that a write was carried out that nobody answered: it may be long until one is."""
        self.confirms_writes = True
        self.succeed()

    @property
    def reads_rest(self) -> float:
        """Seconds for which nothing is read in the background; edits go all the same."""
        return 0.0 if self.reads_rest_until is None else max(0.0, self.reads_rest_until - self.clock.monotonic())

    def rest_reads(self, seconds: float) -> None:
        """What remains of the hour's requests is kept for edits for so long."""
        self.reads_rest_until = self.clock.monotonic() + seconds
        self._on_change()

    @property
    def tries_again_at(self) -> datetime | None:
        """When it is tried again, on the wall clock as it is set now; None where no trouble waits for time."""
        if self.pause == 0.0 and self.reads_rest > 0.0:
            return self.clock.now() + timedelta(seconds=self.reads_rest)
        is_troubled = self.trouble is not None or self.store_failed
        return self.clock.now() + timedelta(seconds=self.pause) if is_troubled and self.pause > 0.0 else None

    def reset(self) -> None:
        """There is another token: nothing that was said to the old one holds."""
        self._token_number += 1
        self.is_blocked = self.is_read_only = self.has_answered = False
        self.reads_rest_until = None
        self.wrote()

    def forbid_writing(self) -> None:
        """The token was tried and may not write: what the first edit would find out."""
        self.is_read_only = True
        self._on_change()

    def hurry(self) -> None:
        """The user asks: try now, unless it was the server who said to wait."""
        if self.retry_at is None:
            self._paused_until = 0.0
            self.try_writes()

    @contextmanager
    def request(self) -> Iterator[CalendarApi]:
        """Around each request: shows that one is under way."""
        assert self.api is not None  # noqa: S101 - callers ask `is_open` first.
        self.active += 1
        self._on_change()
        token = self._token_number
        try:
            yield self.api
        except Exception as error:
            if token == self._token_number:
                raise
            raise _of_another_token(error) from error
        finally:
            self.active -= 1
            self._on_change()

    def succeed(self) -> None:
        """The server answered well."""
        self._failures = 0
        self._paused_until = 0.0
        self.trouble, self.message, self.retry_at, self.store_failed = None, "", None, False
        self._on_change()

    def fail(self, error: RemoteError, *, writing: bool = False) -> None:
        """A request ended in an error that says something about the link, not only about what was sent."""
        from triluna_desktop.domain.remote import (
            AuthenticationError,
            PermissionDeniedError,
            RateLimitedError,
            RefusedError,
            UncertainError,
        )
        from triluna_desktop.sync.plan import BACKOFF_CAP_SECONDS, backoff_seconds

        self.trouble, self.message, self.retry_at, self.store_failed = error.trouble, error.message, None, False
        wait = backoff_seconds(self._failures, self._rng)
        self._failures += 1
        if writing:
            self.confirms_writes = False
            rest = backoff_seconds(self._failed_writes, self._rng)
            self._writes_rest_until = self.clock.monotonic() + rest
            self._failed_writes += 1
        if isinstance(error, AuthenticationError):
            self.is_blocked = True
            wait = 0.0
        elif isinstance(error, PermissionDeniedError) and writing:
            self.is_read_only = True
            wait = 0.0
        elif isinstance(error, RateLimitedError) or (
            isinstance(error, UncertainError) and error.retry_after is not None
        ):
            # A server whose date lies in the past, or that says 0, is not asked again without a rest.
            wait = max(wait, error.retry_after or 0.0)
            self.retry_at = self.clock.now() + timedelta(seconds=wait)
        elif isinstance(error, (PermissionDeniedError, RefusedError)):
            wait = BACKOFF_CAP_SECONDS  # Asking again soon will not change its mind.
        self._paused_until = self.clock.monotonic() + wait
        self._on_change()

    def fail_to_store(self, error: StoreError) -> None:
        """The disk does not take what must be written before anything is sent."""
        from triluna_desktop.sync.plan import backoff_seconds

        self.store_failed = True
        self.trouble, self.message, self.retry_at = None, str(error), None
        self._paused_until = self.clock.monotonic() + max(1.0, backoff_seconds(self._failures, self._rng))
        self._failures += 1
        self._on_change()


def _of_another_token(error: Exception) -> Exception:
    """What an error means where there is a new token by now: what the old one may not do says nothing of it."""
    from triluna_desktop.domain.remote import (
        AuthenticationError,
        PermissionDeniedError,
        SurelyUnsentError,
        Trouble,
    )

    is_of_the_token = isinstance(error, (AuthenticationError, PermissionDeniedError))
    return SurelyUnsentError(Trouble.DISCONNECTED) if is_of_the_token else error
