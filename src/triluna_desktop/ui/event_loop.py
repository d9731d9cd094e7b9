"""asyncio on Qt's event loop: qasync, with timers that are on time and go when they are cancelled.

qasync 0.28 starts coarse Qt timers (a sleep of a second returned up to 49 ms early) and leaves the timer of a
cancelled callback running until it is due (2,000 finished ``timeout(60)`` left 2,000 timers). Both are cured
here by handing Qt a precise timer, and killing it in `cancel`.
"""

from __future__ import annotations

import asyncio
import math
from typing import TYPE_CHECKING, Any

import qasync
from PySide6.QtCore import QObject, Qt, QTimerEvent

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextvars import Context

    from PySide6.QtWidgets import QApplication


class _Handle(asyncio.Handle):
    """A callback that waits for a Qt timer."""

    def __init__(
        self, callback: Callable[..., object], args: tuple[Any, ...], loop: EventLoop, context: Context | None
    ) -> None:
        super().__init__(callback, args, loop, context)
        self.forget: Callable[[], None] | None = None

    def cancel(self) -> None:
        """Cancel the callback and its Qt timer."""
        if self.forget is not None:
            self.forget()
            self.forget = None
        super().cancel()


class _Timers(QObject):
    """One Qt timer a waiting callback."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting: dict[int, asyncio.Handle] = {}
        self._stopped = False

    def add(self, handle: _Handle, delay: float) -> None:
        timer = self._start(handle, delay)
        handle.forget = lambda: self._kill(timer)

    def add_callback(self, handle: asyncio.Handle, delay: float = 0) -> None:
        """Part of what qasync asks of its timer: signal handlers come this way, with asyncio's own handles."""
        self._start(handle, delay)

    def _start(self, handle: asyncio.Handle, delay: float) -> int:
        # Rounded up: asyncio's callers take a timer that fires early for one that has not fired.
        timer = self.startTimer(math.ceil(max(0.0, delay) * 1000), Qt.TimerType.PreciseTimer)
        self._waiting[timer] = handle
        return timer

    def _kill(self, timer: int) -> None:
        if self._waiting.pop(timer, None) is not None:
            self.killTimer(timer)

    def timerEvent(self, event: QTimerEvent) -> None:
        timer = event.timerId()
        self.killTimer(timer)
        handle = self._waiting.pop(timer, None)
        if handle is None or handle.cancelled() or self._stopped:
            return
        if isinstance(handle, _Handle):
            handle.forget = None
        handle._run()  # noqa: SLF001 - what every event loop does with its handles.

    def stop(self) -> None:
        """Run nothing more."""
        self._stopped = True

    def set_debug(self, enabled: bool) -> None:
        """Part of what qasync asks of its timer; there is nothing to tell here."""


class EventLoop(qasync.QEventLoop):  # type: ignore[misc]  # qasync ships no types.
    """The application's one event loop."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._timer = _Timers()

    def call_later(
        self, delay: float, callback: Callable[..., object], *args: Any, context: Context | None = None
    ) -> asyncio.Handle:
        """Run the callback after ``delay`` seconds, never early."""
        handle = _Handle(callback, args, self, context)
        self._timer.add(handle, delay)
        return handle
