"""The token store for code that must not wait: the keyring is asked on threads of their own."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, TypeVar, cast

from triluna_desktop.system.secrets import (
    KeyringHangingError,
    LoadedToken,
    SaveOutcome,
    TokenSource,
    TokenStore,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

_T = TypeVar("_T")

ANSWER_WITHIN = 30.0
"""Seconds. A keyring whose prompt is open answers when the user does, perhaps never. Typing takes some."""
ENDED_WITHIN = 2.0
"""Seconds for a call that was given up to end; to kill a process takes a few milliseconds."""


class AsyncTokenStore:
    """A `TokenStore` whose methods are coroutines with a time limit.

    Each call has a daemon thread, and waits for the one before it. A call that takes too long, or that nobody
    waits for any more, is given up. A keyring that cannot do that (`Keyring.give_up`) goes on behind the scenes,
    and the next call waits for it within its own limit; it never holds up the exit of the process. A call that was
    given up before its turn is not done at all.
    """

    def __init__(self, store: TokenStore, *, answer_within: float = ANSWER_WITHIN) -> None:
        self._store = store
        self._answer_within = answer_within
        self._thread: threading.Thread | None = None
        self._early: Future[Any] | None = None
        self._is_closed = False

    def begin(self) -> None:
        """Start to load. The next `load` takes what came of it, unless a token is saved or forgotten before."""
        if self._early is None:
            self._early = self._start(self._store.load)

    async def load(self, *, within: float | None = None) -> LoadedToken:
        """As `TokenStore.load`; a keyring that hangs is a trouble like the others.

        ``within``: seconds for the keyring, where there are to be others than usual.
        """
        self.begin()
        job, self._early = self._early, None
        try:
            return await self._outcome(cast("Future[LoadedToken]", job), within)
        except KeyringHangingError as error:
            return self._store.load_without_keyring(error)

    async def read_again(self) -> LoadedToken:
        """As `TokenStore.read_again`; a keyring that hangs is a trouble like the others."""
        try:
            return await self._outcome(self._start(self._store.read_again))
        except KeyringHangingError as error:
            return LoadedToken(None, TokenSource.NONE, error)

    async def save(self, token: str) -> SaveOutcome:
        """As `TokenStore.save`. Raises `KeyringHangingError` too; the token is then kept for this session."""
        kept = self._store.keep_for_session(token)
        self._early = None
        return await self._outcome(self._start(lambda: self._store.move_to_keyring(kept)))

    async def forget(self) -> None:
        """As `TokenStore.forget`. Raises `KeyringHangingError` too; the keyring may then still hold the token."""
        self._store.end_session()
        self._early = None
        await self._outcome(self._start(self._store.forget))

    def close(self) -> None:
        """Give up the call that is being done and those behind it. Blocks until a process that did it is gone."""
        self._is_closed = True
        if self._thread is not None and self._store.give_up():
            self._thread.join(ENDED_WITHIN)

    def _start(self, call: Callable[[], _T]) -> Future[_T]:
        # The store is made before the first paint, and asked after it.
        from concurrent.futures import Future

        job: Future[_T] = Future()
        self._thread = threading.Thread(
            target=self._work, args=(job, call, self._thread), name="keyring", daemon=True
        )
        self._thread.start()
        return job

    async def _outcome(self, job: Future[_T], within: float | None = None) -> _T:
        import asyncio

        try:
            async with asyncio.timeout(self._answer_within if within is None else within):
                return await asyncio.wrap_future(job)
        except TimeoutError:
            self._give_up(job)
            raise KeyringHangingError("The keyring does not answer; perhaps it asks for its password.") from None
        except asyncio.CancelledError:
            self._give_up(job)
            raise

    def _give_up(self, job: Future[_T]) -> None:
        """What waits for its turn is not done; what is being done is ended, and finds nobody waiting."""
        if not job.cancel() and not job.done():
            self._store.give_up()

    def _work(self, job: Future[Any], call: Callable[[], Any], before: threading.Thread | None) -> None:
        if before is not None:
            before.join()
        if self._is_closed:
            job.cancel()
        if not job.set_running_or_notify_cancel():
            return
        try:
            result = call()
        except BaseException as error:  # noqa: BLE001 - it belongs to whoever awaits the job.
            job.set_exception(error)
        else:
            job.set_result(result)
