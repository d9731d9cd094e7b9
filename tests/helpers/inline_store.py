"""The real store without its thread, so that a test knows when all is quiet."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from triluna_desktop.store.calendar import SqliteStore

if TYPE_CHECKING:
    from collections.abc import Callable

    from triluna_desktop.sync.ports import StoreError, Transaction

T = TypeVar("T")


class InlineStore(SqliteStore):
    """Writes on the caller's thread. `failures` are raised, one a write, before anything is written."""

    failures: list[StoreError]

    async def run(self, work: Callable[[Transaction], T]) -> T:
        if getattr(self, "failures", None):
            raise self.failures.pop(0)
        return self._run(work)

    def read(self, work: Callable[[Transaction], T]) -> T:
        """Look into it, for tests that are not coroutines."""
        return self._run(work)
