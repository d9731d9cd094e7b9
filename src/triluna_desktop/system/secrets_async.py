"""The token store for code that must not wait: the keyring is asked on a thread of its own."""

from __future__ import annotations

import queue
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

ANSWER_WITHIN = 10.0
"""Seconds. A keyring whose prompt is open answers when the user does, perhaps never."""


class AsyncTokenStore:
    """A `TokenStore` whose methods are coroutines with a time limit.

    One daemon thread does the calls, in order. A call that hangs goes on behind the scenes, and the next one
    waits for it within its own limit; it never holds up the exit of the process. A call that was given up
    before its turn is not done at all.
    """

    def __init__(self, store: TokenStore, *, answer_within: float = ANSWER_WITHIN) -> None:
        self._store = store
        self._answer_within = answer_within
        self._jobs: queue.SimpleQueue[tuple[Future[Any], Callable[[], Any]] | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    async def load(self) -> LoadedToken:
        """As `TokenStore.load`; a keyring that hangs is a trouble like the others."""
        try:
            return await self._do(self._store.load)
        except KeyringHangingError as error:
            return self._store.load_without_keyring(error)

    async def read_again(self) -> LoadedToken:
        """As `TokenStore.read_again`; a keyring that hangs is a trouble like the others."""
        try:
            return await self._do(self._store.read_again)
        except KeyringHangingError as error:
            return LoadedToken(None, TokenSource.NONE, error)

    async def save(self, token: str) -> SaveOutcome:
        """As `TokenStore.save`. Raises `KeyringHangingError` too; the token is then kept for this session."""
        kept = self._store.keep_for_session(token)
        return await self._do(lambda: self._store.move_to_keyring(kept))

    async def forget(self) -> None:
        """As `TokenStore.forget`. Raises `KeyringHangingError` too; the keyring may then still hold the token."""
        self._store.end_session()
        await self._do(self._store.forget)

    def close(self) -> None:
        """End the thread after the call that it is at. It is not waited for."""
        if self._thread is not None:
            self._jobs.put(None)
            self._thread = None

    async def _do(self, call: Callable[[], _T]) -> _T:
        # The store is made before the first paint, and asked after it.
        import asyncio
        from concurrent.futures import Future

        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="keyring", daemon=True)
            self._thread.start()
        job: Future[Any] = Future()
        self._jobs.put((job, call))
        try:
            async with asyncio.timeout(self._answer_within):
                # Giving up cancels the job, unless it is being done: then its result finds nobody waiting.
                return cast("_T", await asyncio.wrap_future(job))
        except TimeoutError:
            raise KeyringHangingError("The keyring does not answer; perhaps it asks for its password.") from None

    def _work(self) -> None:
        while (item := self._jobs.get()) is not None:
            job, call = item
            if not job.set_running_or_notify_cancel():
                continue
            try:
                result = call()
            except BaseException as error:  # noqa: BLE001 - it belongs to whoever awaits the job.
                job.set_exception(error)
            else:
                job.set_result(result)
