"""asyncio on Qt: timers on time, tasks that end with their owner, errors that reach the funnel."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest
from PySide6.QtWidgets import QDialog

from triluna_desktop.ui.aio import Tasks, finished
from triluna_desktop.ui.event_loop import EventLoop

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from PySide6.QtWidgets import QApplication

    Run: TypeAlias = Callable[[Coroutine[object, object, Any]], Any]


@pytest.fixture
def run(qapp: QApplication) -> Run:
    def run_on_qt(work: Coroutine[object, object, Any]) -> Any:
        with asyncio.Runner(loop_factory=lambda: EventLoop(qapp)) as runner:
            return runner.run(work)

    return run_on_qt


def test_a_timer_never_fires_early(run: Run) -> None:
    async def measure() -> None:
        for _ in range(10):
            start = time.monotonic()
            await asyncio.sleep(0.013)
            assert time.monotonic() - start >= 0.013

    run(measure())


def test_a_finished_timeout_leaves_no_qt_timer_behind(run: Run) -> None:
    async def many() -> int:
        for _ in range(50):
            async with asyncio.timeout(60):
                await asyncio.sleep(0)
        loop = asyncio.get_running_loop()
        assert isinstance(loop, EventLoop)
        return len(loop._timer._waiting)

    assert run(many()) <= 2


def test_a_signal_reaches_its_handler(run: Run) -> None:
    async def interrupted() -> None:
        seen = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, seen.set)
        os.kill(os.getpid(), signal.SIGUSR1)
        await asyncio.wait_for(seen.wait(), 5)
        asyncio.get_running_loop().remove_signal_handler(signal.SIGUSR1)

    run(interrupted())


def test_callbacks_run_in_the_order_in_which_they_were_asked_for(run: Run) -> None:
    async def order() -> list[int]:
        seen: list[int] = []
        loop = asyncio.get_running_loop()
        done = asyncio.Event()
        for number in range(20):
            loop.call_soon(seen.append, number)
        loop.call_soon(done.set)
        await done.wait()
        return seen

    assert run(order()) == list(range(20))


def test_an_exception_in_a_task_reaches_the_funnel_with_its_name(run: Run) -> None:
    errors: list[tuple[str, BaseException]] = []

    async def fail() -> None:
        raise RuntimeError("a bug of ours")

    async def main() -> None:
        tasks = Tasks(lambda name, error: errors.append((name, error)))
        task = tasks.spawn(fail(), "save the settings")
        await asyncio.wait([task])
        await asyncio.sleep(0)

    run(main())
    [(name, error)] = errors
    assert name == "save the settings"
    assert str(error) == "a bug of ours"


def test_tasks_end_with_their_owner_and_a_cancelled_one_is_no_error(run: Run) -> None:
    errors: list[str] = []

    async def main() -> asyncio.Task[object]:
        tasks = Tasks(lambda name, _error: errors.append(name))
        task = tasks.spawn(asyncio.sleep(3600), "wait")
        await asyncio.sleep(0)
        await tasks.cancel_all()
        return task

    task = run(main())
    assert task.cancelled()
    assert errors == []


def test_work_spawned_without_a_running_loop_is_refused_aloud() -> None:
    async def never() -> None: ...

    with pytest.raises(RuntimeError):
        Tasks(lambda _name, _error: None).spawn(never(), "too early")


def test_a_dialog_can_be_awaited(run: Run) -> None:
    async def ask() -> int:
        dialog = QDialog()
        asyncio.get_running_loop().call_soon(dialog.accept)
        return await finished(dialog)

    assert run(ask()) == QDialog.DialogCode.Accepted
