"""Measuring on the GUI thread of the running app: its window, paints on demand, stalls."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from triluna_desktop.ui.main_window import MainWindow
from triluna_desktop.ui.week_view import WeekView

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from triluna_desktop.session import Session

T = TypeVar("T")

BEAT_MS = 2


class BenchmarkError(Exception):
    """What was measured is not what was meant to be: the number would be worth nothing."""


def main_window() -> MainWindow:
    """The app's window."""
    return next(each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow))


def session() -> Session:
    """The app's session."""
    return main_window().profile._session  # noqa: SLF001 - the app gives it to nobody; a benchmark needs it.


def week_view(window: QWidget) -> WeekView:
    """The grid in the window."""
    view: WeekView | None = window.findChild(WeekView)
    if view is None:
        raise BenchmarkError("the window has no week")
    return view


async def outside(work: Callable[[], T]) -> T:
    """Do the work from Qt's own loop, outside of any task, as when the user's event comes in."""
    done: asyncio.Future[T] = asyncio.get_running_loop().create_future()

    def run() -> None:
        try:
            done.set_result(work())
        except Exception as error:  # noqa: BLE001 - handed to whoever waits.
            done.set_exception(error)

    QTimer.singleShot(0, run)
    return await done


def paint_now(window: QWidget) -> None:
    """Lay out and paint what waits for it, and hand it to the X server, before this returns."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
    QCoreApplication.sendPostedEvents(window, QEvent.Type.UpdateRequest.value)


class Paints(QObject):
    """Counts the paints of a widget and of those in it."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        self._next: asyncio.Future[None] | None = None
        widget.installEventFilter(self)

    async def next(self) -> None:
        """Return once something was painted since the count was last set to 0."""
        if not self.count:
            self._next = asyncio.get_running_loop().create_future()
            await self._next

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look, and let everything pass."""
        if event.type() is QEvent.Type.Paint:
            self.count += 1
            if self._next is not None and not self._next.done():
                self._next.set_result(None)
        return super().eventFilter(watched, event)


class Heartbeat(QObject):
    """A timer on the GUI thread; what it comes too late by is how long the thread was busy with other things."""

    def __init__(self) -> None:
        super().__init__()
        self._beats: list[float] = []
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        self._beats = [time.perf_counter()]
        self._timer.start()

    def stop(self) -> list[float]:
        """End; returns how many milliseconds each beat was late."""
        self._timer.stop()
        self._beat()
        pairs = zip(self._beats, self._beats[1:], strict=False)
        return [max(0.0, (after - before) * 1000 - BEAT_MS) for before, after in pairs]

    def _beat(self) -> None:
        self._beats.append(time.perf_counter())
