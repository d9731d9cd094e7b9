"""The file as a whole: cleared without a trace, and its words found wherever they stand."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest
from tests.helpers.inline_store import InlineStore
from tests.helpers.offline_session import Desk, slot

from triluna_desktop.domain import edits
from triluna_desktop.store.history import DAY_SECONDS
from triluna_desktop.sync.ports import Actor

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from triluna_desktop.sync.ports import Transaction

NOW = 1_760_000_000.0


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    desk = Desk(tmp_path / "calendar.sqlite3")
    desk.store.open()
    yield desk
    await desk.session.stop()
    desk.store.close()


async def test_clearing_deletes_what_is_known_of_the_calendar_and_no_trace_stays_in_the_file(desk: Desk) -> None:
    store = desk.store
    secret = replace(slot("a", title="Kowalski"), notes="the biopsy")
    await desk.session.apply(edits.create(secret))
    store.read(lambda tx: tx.set_note("templates", "[]"))
    store.read(lambda tx: tx.record_request(NOW, "read"))
    revision = store.revision

    assert store.read(lambda tx: tx.upkeep.wipe(losing=1))

    counts = store.read(lambda tx: tx.upkeep.counts())
    assert {name: count for name, count in counts.items() if count and name != "note"} == {"request": 1}
    assert store.note("templates") == "[]", "made here, and nowhere else"
    assert store.revision == revision
    store.close()
    assert b"Kowalski" not in desk.path.read_bytes()
    assert b"biopsy" not in desk.path.read_bytes()
    again = InlineStore(desk.path)
    assert again.open().damage is None
    assert again.counts().unsent == 0
    again.close()


async def test_clearing_is_refused_where_more_edits_are_unsent_than_may_be_lost(desk: Desk) -> None:
    for key in "ab":
        await desk.session.apply(edits.create(slot(key)))
    assert not desk.store.read(lambda tx: tx.upkeep.wipe(losing=1))
    assert desk.store.counts().unsent == 2
    assert len(desk.store.history()) == 2


async def test_every_title_and_note_is_found_wherever_it_stands(desk: Desk) -> None:
    await desk.session.apply(edits.create(replace(slot("a", title="Queued"), notes="in the outbox")))
    store = desk.store
    store.read(lambda tx: tx.add_history(NOW, Actor.ELSEWHERE, slot("b", title="Replaced"), None))
    store.read(lambda tx: tx.set_note("templates", '[["2026-01-01", 0, 60, true, "Stamped", "by a template"]]'))
    store.read(lambda tx: tx.add_batch(edits.create(slot("c", title="Many")), NOW))
    texts = store.read(lambda tx: tx.upkeep.texts())
    assert {"Queued", "in the outbox", "Replaced", "Stamped", "by a template", "Many"} <= texts


async def test_history_that_is_switched_off_grows_no_more_and_keeps_what_it_has(desk: Desk) -> None:
    history = desk.session.history
    await desk.session.apply(edits.create(slot("a")))
    assert history.days_kept == 90
    assert await history.keep(0, desk.clock.now().timestamp()) == ""
    await desk.session.apply(edits.create(slot("b")))
    assert [row.key for row in history.list()] == ["a"]
    await history.keep(90, desk.clock.now().timestamp())
    await desk.session.apply(edits.create(slot("c", 660, 720)))
    assert [row.key for row in history.list()] == ["c", "a"]
    assert await history.clear() == ""
    assert history.list() == ()


def _dropped(key: str, at: float, tx: Transaction) -> None:
    tx.add_history(at, Actor.THIS_APP, slot(key), None)


async def test_a_shorter_time_drops_what_is_older_at_once(desk: Desk) -> None:
    store = desk.store
    for key, age in (("old", 30), ("young", 3)):
        at = NOW - age * DAY_SECONDS
        store.read(partial(_dropped, key, at))
    await desk.session.history.keep(7, NOW)
    assert [row.key for row in store.history()] == ["young"]
    store.read(lambda tx: tx.add_history(NOW + 8 * DAY_SECONDS, Actor.THIS_APP, slot("new"), None))
    assert [row.key for row in store.history()] == ["new"], "and from then on each day"
