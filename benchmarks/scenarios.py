"""What is done in the running app once it has settled; each tells its figures in the mark ``done``."""

from __future__ import annotations

import asyncio
import gc
import sys
import time
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from benchmarks import calendars
from benchmarks.gui import BenchmarkError, Heartbeat, Paints, main_window, outside, paint_now, week_view
from benchmarks.marks import say
from benchmarks.profiles_scenario import show_others
from triluna_desktop.domain.edits import change, create
from triluna_desktop.domain.models import Entry

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QWindow

    from triluna_desktop.session import Session
    from triluna_desktop.ui.main_window import MainWindow
    from triluna_desktop.ui.week_view import WeekView

MOVES = 1000
REST_SECONDS = 0.3
_running: set[asyncio.Task[None]] = set()


def play(name: str, session: Session) -> None:
    """Start a scenario on the app's own event loop."""
    task = asyncio.get_running_loop().create_task(_guarded(SCENARIOS[name](session)), name=name)
    _running.add(task)
    task.add_done_callback(_running.discard)


async def _guarded(work: Coroutine[object, object, dict[str, object]]) -> None:
    try:
        await asyncio.sleep(REST_SECONDS)
        say("done", None, **await work)
    except Exception as error:
        say("failed", why=f"{type(error).__name__}: {error}")
        raise


def _window() -> tuple[MainWindow, WeekView, date]:
    window = main_window()
    view = week_view(window)
    return window, view, date.today()  # noqa: DTZ011 - the user's own date, as the app's week.


# --- turning the week


async def turn(session: Session) -> dict[str, object]:
    """Turn to weeks never shown before, of 50 slots and of 500; milliseconds from asking until painted."""
    del session
    window, view, today = _window()
    ordinary = [await _turn(window, view, today, number, calendars.ORDINARY_SLOTS) for number in _ORDINARY]
    full = [await _turn(window, view, today, number, calendars.FULL_SLOTS) for number in _FULL]
    return {"ordinary": ordinary, "full": full}


_ORDINARY = sorted(calendars.ORDINARY_WEEKS, reverse=True)
_FULL = list(calendars.FULL_WEEKS)


async def turn_steady(session: Session) -> dict[str, object]:
    """Turn through weeks that hold the same in a calendar of any size, there and back, with the caches warm."""
    del session
    window, view, today = _window()
    numbers = [*calendars.STEADY_WEEKS[1:], *reversed(calendars.STEADY_WEEKS[:-1])] * 5
    times = [await _turn(window, view, today, number, calendars.STEADY_SLOTS) for number in numbers]
    return {"steady": times[len(calendars.STEADY_WEEKS) * 2 :]}


async def _turn(window: MainWindow, view: WeekView, today: date, number: int, slots: int) -> float:
    """Turn straight to a week; the milliseconds."""
    monday = calendars.week(today, number)
    painted = Paints(view)

    def work() -> float:
        weeks = (monday - view.grid.first).days // 7
        before = time.perf_counter()
        view.request_turn(weeks)
        paint_now(window)
        return (time.perf_counter() - before) * 1000

    took = await outside(work)
    found = sum(1 for _ in view.board.scene.blocks())
    if view.grid.first > monday or view.grid.first + timedelta(days=7) <= monday:
        raise BenchmarkError(f"turned to {view.grid.first}, not to the week of {monday}")
    if found != slots or not painted.count:
        raise BenchmarkError(f"{found} slots on screen instead of {slots}, {painted.count} paints")
    await asyncio.sleep(REST_SECONDS)  # What the turn leaves for later shall not fall into the next.
    return took


# --- dragging


async def drag(session: Session) -> dict[str, object]:
    """Drag one block through a week of 500 slots; milliseconds from each move's event until painted."""
    del session
    window, view, today = _window()
    await _turn(window, view, today, calendars.FULL_WEEKS[0], calendars.FULL_SLOTS)
    mouse = _Mouse(window, view)
    target = view.board.scene.columns[2].entries[35]
    geometry = view.grid
    left, width = geometry.column_span(2)
    middle = (geometry.y_of(target.item.start) + geometry.y_of(target.item.end)) / 2
    at = QPoint(left + width // 3, round(middle))
    painted = Paints(view)
    mouse.send(_PRESS, at)
    moves: list[float] = []
    count = 0
    gc.collect()
    for number in range(MOVES):
        # A few pixels each time, over days and hours, as a hand does it: there and back within the view.
        step = QPoint(_swing(number, 7, 2 * width), _swing(number, 3, 120))

        def work(step: QPoint = step) -> float:
            before = time.perf_counter()
            mouse.send(_MOVE, at + step)
            paint_now(window)
            return (time.perf_counter() - before) * 1000

        moves.append(await outside(work))
        if number == 20:
            count = painted.count
            if not view.board.gestures.is_dragging:
                raise BenchmarkError("nothing is being dragged")
    view.cancel_gesture()
    mouse.send(_RELEASE, at)
    return {"moves": moves[20:], "paints": painted.count - count}


def _swing(number: int, speed: int, reach: int) -> int:
    """There and back between -reach and reach, ``speed`` pixels a step."""
    at = (number * speed) % (4 * reach)
    return at if at <= reach else 2 * reach - at if at <= 3 * reach else at - 4 * reach


class _Mouse:
    """Mouse events as the platform hands them to a window; Qt finds the widget."""

    def __init__(self, window: MainWindow, view: WeekView) -> None:
        handle: QWindow | None = window.windowHandle()
        if handle is None:
            raise BenchmarkError("the window is not on the screen")
        self._handle, self._window, self._view = handle, window, view

    def send(self, kind: QEvent.Type, at: QPoint) -> None:
        """Send an event at a place of the view."""
        local = QPointF(self._view.mapTo(self._window, at))
        everywhere = QPointF(self._view.mapToGlobal(at))
        button = Qt.MouseButton.NoButton if kind is _MOVE else Qt.MouseButton.LeftButton
        held = Qt.MouseButton.NoButton if kind is _RELEASE else Qt.MouseButton.LeftButton
        event = QMouseEvent(kind, local, everywhere, button, held, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(self._handle, event)


_PRESS, _MOVE, _RELEASE = (
    QMouseEvent.Type.MouseButtonPress,
    QMouseEvent.Type.MouseMove,
    QMouseEvent.Type.MouseButtonRelease,
)


# --- reading from the server


async def sync(session: Session) -> dict[str, object]:
    """Wait for the word, sync, and tell the stalls of the GUI thread until the change is painted."""
    window, view, _ = _window()
    before = _titles(view)
    paints = Paints(view)
    beat = Heartbeat()
    say("ready")
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)
    gc.collect()
    paints.count = 0
    started = time.perf_counter()
    beat.start()
    await session.sync_now()
    await paints.next()
    await outside(lambda: paint_now(window))
    seconds = time.perf_counter() - started
    stalls = beat.stop()
    if before == _titles(view):
        raise BenchmarkError("the sync changed nothing on the screen")
    return {"seconds": seconds, "stalls": stalls}


def _titles(view: WeekView) -> list[str]:
    return [block.item.title for block in view.board.scene.blocks()]


# --- requests


async def requests(session: Session) -> dict[str, object]:
    """Turn through all weeks of the window, then make one edit after the other; the parent counts between."""
    window, view, today = _window()

    async def told(name: str) -> None:
        say(name)
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)

    await told("opened")
    for number in (*range(1, 26), *range(24, -13, -1), 0):
        await outside(partial(_go, window, view, calendars.week(today, number)))
        await asyncio.sleep(0.02)
    await asyncio.sleep(1)
    await told("turned")
    day = calendars.week(today, 30)
    entry = Entry("bench-entry", day, 23 * 60, 23 * 60 + 30, is_available=False, title="One edit")
    await session.apply(create(entry))
    await _sent(session)
    await told("created")
    held = session.item(entry.key)
    if held is None or not isinstance(held.item, Entry):
        raise BenchmarkError("the created entry is gone")
    later = replace(held.item, start=22 * 60, end=23 * 60, title="Moved")
    await session.apply(change(held.item, later))
    await _sent(session)
    await told("changed")
    return {}


def _go(window: MainWindow, view: WeekView, monday: date) -> None:
    view.request_turn((monday - view.grid.first).days // 7)
    paint_now(window)


async def _sent(session: Session) -> None:
    """Until nothing is queued any more, and a moment in which a look at the outcome could follow."""
    until = time.monotonic() + 30
    while session.status.unsent:
        if time.monotonic() > until:
            raise BenchmarkError("the edit was not sent")
        await asyncio.sleep(0.02)
    await asyncio.sleep(2)


SCENARIOS: dict[str, Callable[[Session], Coroutine[object, object, dict[str, object]]]] = {
    "turn": turn,
    "turn_steady": turn_steady,
    "drag": drag,
    "sync": sync,
    "requests": requests,
    "profiles": show_others,
}
