"""What ends a task or a callback of the event loop is told to whoever looks at the screen."""

from __future__ import annotations

import asyncio

from triluna_desktop.ui.aio import loop_funnel


async def told_of(context: dict[str, object]) -> list[tuple[str, BaseException]]:
    told: list[tuple[str, BaseException]] = []
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(loop_funnel(lambda name, error: told.append((name, error))))
    loop.call_exception_handler(context)
    return told


async def test_a_task_that_a_bug_has_ended_is_told_by_its_name() -> None:
    bug = RuntimeError("a bug of ours")
    task = asyncio.create_task(asyncio.sleep(0), name="sync-send")
    await task
    assert await told_of({"message": "sync-send ended", "exception": bug, "task": task}) == [("sync-send", bug)]


async def test_so_is_a_callback() -> None:
    bug = KeyError("a bug of ours")
    assert await told_of({"message": "Exception in callback", "exception": bug}) == [
        ("Exception in callback", bug)
    ]
