"""Tasks of the user interface: started in one place, named, kept, cancelled with their owner.

asyncio keeps only a weak reference to a task and reports an exception in one when it is collected, if ever.
So no part of the user interface starts a task by itself: it is given `Tasks.spawn`.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from PySide6.QtWidgets import QDialog

    Spawn: TypeAlias = Callable[[Coroutine[object, object, object], str], object]
    """`Tasks.spawn`: starts the work under a name that the error funnel tells."""

T = TypeVar("T")

_log = logging.getLogger(__name__)


class Tasks:
    """The tasks of one owner. ``on_error`` is the one funnel for exceptions that a task did not expect."""

    def __init__(self, on_error: Callable[[str, BaseException], None]) -> None:
        self._on_error = on_error
        self._tasks: set[asyncio.Task[object]] = set()

    def spawn(self, work: Coroutine[object, object, object], name: str) -> asyncio.Task[object]:
        """Start the work. Its exception, if any, goes to the funnel with the name.

        Raises:
            RuntimeError: no event loop runs; the work is closed unstarted.
        """
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            work.close()
            raise
        task = loop.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._finished)
        return task

    async def cancel_all(self) -> None:
        """Cancel what still runs and wait until it has ended."""
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _finished(self, task: asyncio.Task[object]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self._on_error(task.get_name(), error)


def loop_funnel(
    report: Callable[[str, BaseException], None],
) -> Callable[[asyncio.AbstractEventLoop, dict[str, Any]], None]:
    """The loop's exception handler: what ended a task or a callback goes to ``report``, as that of `Tasks` does.

    What the system says of a socket, and what has no exception, is for the log alone.
    """

    def handle(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error, task = context.get("exception"), context.get("task")
        if isinstance(error, Exception) and not isinstance(error, OSError):
            report(str(context.get("message")) if task is None else task.get_name(), error)
            return
        _log.error("In the event loop: %s", context.get("message"), exc_info=error)

    return handle


async def finished(dialog: QDialog) -> int:
    """Open the dialog and wait for its result, without the nested event loop of ``exec``."""
    done: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def settle(result: int) -> None:
        if not done.done():
            done.set_result(result)

    dialog.finished.connect(settle)
    dialog.open()
    return await done
