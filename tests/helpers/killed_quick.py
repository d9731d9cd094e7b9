"""Quick actions in processes that are killed at each commit, one after the other; what is on disk then, in JSON.

Argument: an empty folder. For each action a list of what was found: the entries of the date as the screen shows
them, and how much is remembered of quick actions. The first is how it was before, the last how it is when nobody
kills.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from tests.helpers.manual_clock import ManualClock
from tests.torture.failpoints import Failpoints

from triluna_desktop.domain.availability import ModeSettings
from triluna_desktop.domain.models import Entry
from triluna_desktop.domain.quick_memory import Memory
from triluna_desktop.session import Session
from triluna_desktop.session.quick import ForMinutes
from triluna_desktop.store.calendar import SqliteStore
from triluna_desktop.sync.ports import EntryRow

if TYPE_CHECKING:
    from collections.abc import Callable

    from triluna_desktop.sync.ports import Transaction

T = TypeVar("T")

DAY = date(2027, 3, 4)
NOW = datetime(2027, 3, 4, 14, 0, tzinfo=UTC)
OPENING = Entry("entry:1", DAY, 840, 870, True, "Open", "", 1)
"""From now on for half an hour: a block of as much leaves nothing of it."""


class KillableStore(SqliteStore):
    """The real store, with a failpoint before and after each commit."""

    failpoints = Failpoints(None)

    def _run(self, work: Callable[[Transaction], T]) -> T:
        def up_to_the_commit(tx: Transaction) -> T:
            result = work(tx)
            self.failpoints.reach("before a commit")
            return result

        result = super()._run(up_to_the_commit)
        self.failpoints.reach("after a commit")
        return result


ACTIONS = {
    "block": ((), "block"),
    "undo": (("block",), "undo"),
    "redo": (("block", "undo"), "redo"),
    "release": (("block",), "release"),
    "discard": (("block",), "discard"),
}
"""What was done before, in the same process, and what is killed."""


def main(folder: Path) -> None:
    """Play each action, killed at its first failpoint, at its second, …, and not at all."""
    seed = folder / "seed.db"
    store = SqliteStore(seed)
    store.open()
    asyncio.run(store.run(put_opening))
    store.close()
    found: dict[str, list[Any]] = {}
    for name, (before, action) in ACTIONS.items():
        path = folder / f"{name}.db"
        done_in_a_process(Path(shutil.copy(seed, path)), before, None, None)
        found[name] = [on_disk(path)]
        kill_at = 1
        while was_killed(done_in_a_process(Path(shutil.copy(seed, path)), before, action, kill_at)):
            found[name].append(on_disk(path))
            kill_at += 1
        found[name].append(on_disk(path))
    print(json.dumps(found))


def put_opening(tx: Transaction) -> None:
    """What the server is known to have."""
    tx.put_entries([EntryRow(OPENING.key, 1, 0, *OPENING.content())])
    tx.add_loaded(DAY, DAY)


def done_in_a_process(path: Path, before: tuple[str, ...], action: str | None, kill_at: int | None) -> int:
    """How a process ended that did it all, and was killed at a failpoint of the last action."""
    for beside in path.parent.glob(f"{path.name}-*"):
        beside.unlink()  # What a killed one left of SQLite's.
    child = os.fork()
    if child == 0:
        try:
            asyncio.run(act(path, before, action, kill_at))
        finally:
            os._exit(0 if sys.exc_info()[0] is None else 1)
    return os.waitpid(child, 0)[1]


def was_killed(status: int) -> bool:
    """Whether it ended so; it may have ended well instead, and in no other way."""
    assert os.WIFSIGNALED(status) or os.waitstatus_to_exitcode(status) == 0, status
    return os.WIFSIGNALED(status)


async def act(path: Path, before: tuple[str, ...], action: str | None, kill_at: int | None) -> None:
    """All of it on one session without a server."""
    store = KillableStore(path)
    store.open()
    session = Session(store, None, ManualClock(NOW), mode_settings=ModeSettings())
    for each in before:
        await do(session, each)
    if action is not None:
        store.failpoints = Failpoints(kill_at)
        await do(session, action)
    store.close()


async def do(session: Session, action: str) -> None:
    match action:
        case "block":
            await session.quick.block(ForMinutes(30))
        case "release":
            await session.quick.release()
        case "undo":
            await session.undo()
        case "redo":
            await session.redo()
        case "discard":
            await session.discard(OPENING.key)


def on_disk(path: Path) -> tuple[list[tuple[int, int, bool]], int]:
    """The entries of the date, and how many cuts and entries are remembered as quick actions'."""
    store = SqliteStore(path)
    store.open()
    views = store.entry_views(DAY, DAY)
    memory = Memory.of_text(store.note("quick_actions"))
    store.close()
    entries = [view.item for view in views if isinstance(view.item, Entry)]
    return [(each.start, each.end, each.is_available) for each in entries], len(memory.made) + len(memory.cuts)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
