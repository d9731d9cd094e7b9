"""How a change reaches the disk, and how it is said that it did not."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

from triluna_desktop.sync.ports import DiskFullError, StoreError
from triluna_desktop.sync.refusal import EditRefusedError, RefusalReason

if TYPE_CHECKING:
    from collections.abc import Callable

    from triluna_desktop.sync.ports import CalendarStore, Transaction

T = TypeVar("T")


async def written(store: CalendarStore, work: Callable[[Transaction], T]) -> T:
    """What ``work`` returns, once it is on disk; who asked may be cancelled meanwhile, the work is not.

    Raises:
        EditRefusedError: DISK_FULL or STORE_FAILED; nothing was written.
    """
    try:
        return await asyncio.shield(store.run(work))
    except DiskFullError as error:
        raise EditRefusedError(RefusalReason.DISK_FULL, str(error)) from error
    except StoreError as error:
        raise EditRefusedError(RefusalReason.STORE_FAILED, str(error)) from error
