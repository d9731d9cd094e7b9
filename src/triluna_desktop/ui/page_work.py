"""What a page, or a window, has set going, so that it goes itself only when that is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from PySide6.QtWidgets import QWidget

    from triluna_desktop.ui.aio import Spawn


@runtime_checkable
class _Task(Protocol):
    """An `asyncio.Task`, without loading asyncio before the first paint."""

    def add_done_callback(self, callback: Callable[[object], object], /) -> None: ...


class PageWork:
    """Starts a page's tasks. One that ends after the page has been taken away still finds the page's widgets.

    The popover of the tray, too, ends by way of it.
    """

    def __init__(self, page: QWidget, spawn: Spawn) -> None:
        self._page = page
        self._spawn = spawn
        self._tasks: set[object] = set()
        self._is_retired = False

    def spawn(self, work: Coroutine[object, object, object], name: str) -> object:
        """Start the work."""
        task = self._spawn(work, name)
        if isinstance(task, _Task):
            self._tasks.add(task)
            task.add_done_callback(self._ended)
        return task

    def retire(self) -> None:
        """Delete the page as soon as nothing of it is at work."""
        self._is_retired = True
        self._go_if_idle()

    def _ended(self, task: object) -> None:
        self._tasks.discard(task)
        self._go_if_idle()

    def _go_if_idle(self) -> None:
        if self._is_retired and not self._tasks:
            self._is_retired = False
            self._page.deleteLater()
