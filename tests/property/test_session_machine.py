"""User edits, a second client, faults, crashes and polls in any order: each edit ends exactly once.

The session runs on a real store, against a server in memory that fails before or after it has done what it was
asked, on a clock that the machine moves. At rest the server holds what the screen shows, and nothing else.
"""

from __future__ import annotations

import asyncio
import tempfile
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from tests.helpers.offline_session import THURSDAY, Desk

from triluna_desktop.domain import edits
from triluna_desktop.domain.models import Entry
from triluna_desktop.session import EditRefusedError, SendState
from triluna_desktop.sync.plan import SETTLE_SECONDS, SETTLE_STRICT_SECONDS

if TYPE_CHECKING:
    from collections.abc import Coroutine

WRITE_FAULTS = st.sampled_from(["unsent", "before", "after", "no_body", "zombie", "unauthorized", "invalid"])
READ_FAULTS = st.sampled_from(["unsent", "before", "empty_list", "hidden_rows"])
HOURS = st.integers(0, 5).map(lambda hour: hour * 60)


class SessionMachine(RuleBasedStateMachine):
    """One user at one desk, and a server that cannot be trusted to answer."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.loop = asyncio.new_event_loop()
        self.desk = Desk(Path(self.folder.name) / "calendar.db")
        self.number = 0
        self.creates: dict[str, list[float]] = {}

    def run(self, work: Coroutine[Any, Any, None]) -> None:
        self.loop.run_until_complete(work)

    @initialize(strict=st.booleans())
    def start(self, strict: bool) -> None:
        self.desk.api.refuses_overlaps = strict
        self.run(self.desk.start())

    def teardown(self) -> None:
        self.run(self.desk.kill())
        self.loop.close()
        self.folder.cleanup()

    # --- what the user does

    @rule(start=HOURS, day=st.integers(0, 1))
    def create(self, start: int, day: int) -> None:
        self.number += 1
        key = f"k{self.number}"
        # A title of its own, so that what is on the server says which create it came from.
        entry = Entry(key, THURSDAY + timedelta(days=day), start, start + 60, title=key)
        self.run(self._apply(edits.create(entry)))

    @rule(data=st.data(), start=HOURS)
    def move(self, data: st.DataObject, start: int) -> None:
        entry = self._any_entry(data)
        if entry is not None:
            self.run(self._apply(edits.change(entry, replace(entry, start=start, end=start + 60))))

    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        entry = self._any_entry(data)
        if entry is not None:
            self.run(self._apply(edits.delete(entry)))

    @rule()
    def undo(self) -> None:
        self.run(self._quietly(self.desk.session.undo()))

    @rule()
    def redo(self) -> None:
        self.run(self._quietly(self.desk.session.redo()))

    # --- what happens to the user

    @rule(fault=WRITE_FAULTS)
    def a_write_fails(self, fault: Any) -> None:
        self.desk.api.write_faults.append(fault)

    @rule(fault=READ_FAULTS)
    def a_read_fails(self, fault: Any) -> None:
        self.desk.api.read_faults.append(fault)

    @rule()
    def killed_and_started_again(self) -> None:
        self.run(self.desk.restart())

    @rule(seconds=st.sampled_from([0.0, 0.3, 2.0, 10.0, 31.0, 70.0]))
    def time_passes(self, seconds: float) -> None:
        self.run(self.desk.run_for(seconds))

    @rule()
    def sync(self) -> None:
        self.run(self.desk.session.sync_now())

    @rule(data=st.data())
    @precondition(lambda self: self.desk.api.entries)
    def changed_elsewhere(self, data: st.DataObject) -> None:
        # What an unconfirmed create made is told by its content: changed within the settling time by somebody who
        # cannot know of it yet, it would be sent again where the server allows overlaps. Nobody can tell then.
        unconfirmed = {op.key for op in self.desk.ops() if op.attempt > 0}
        known = [entry.id for entry in self.desk.api.entries.values() if entry.title not in unconfirmed]
        if not known:
            return
        server_id = data.draw(st.sampled_from(sorted(known)))
        self.desk.api.entries[server_id] = replace(self.desk.api.entries[server_id], notes="elsewhere")

    # --- what must hold

    @rule()
    def at_rest_both_sides_agree(self) -> None:
        """I1 and I2: what is sent is there once, what is not is shown as such; I6: another sync writes nothing."""
        self.run(self._rest())
        shown = [
            view
            for number in range(2)
            for view in self.desk.session.days(THURSDAY + timedelta(days=number), 1).entries
        ]
        sent = sorted((view.item.content() for view in shown if view.state is SendState.SENT), key=repr)
        failed = [view for view in shown if view.state is not SendState.SENT]
        assert {view.state for view in failed} <= {SendState.CONFLICT, SendState.REJECTED}
        kept = [view.confirmed.content() for view in failed if view.confirmed is not None]
        assert sorted([*sent, *kept], key=repr) == self.desk.api.contents()
        titles = [str(content[4]) for content in self.desk.api.contents()]
        assert len(set(titles)) == len(titles)
        writes = len(self.desk.api.writes)
        self.run(self.desk.session.sync_now())
        assert len(self.desk.api.writes) == writes

    @invariant()
    def no_server_id_is_claimed_twice(self) -> None:
        """I3."""
        views = self.desk.session.days(THURSDAY, 2).entries
        ids = [view.confirmed.server_id for view in views if view.confirmed is not None]
        assert len(set(ids)) == len(ids)

    @invariant()
    def nothing_is_posted_twice_within_the_settling_time(self) -> None:
        """I4: where the first may have been carried out, and the content is the same."""
        posts: dict[object, list[tuple[float, object]]] = {}
        for request in self.desk.api.writes:
            if request.method == "POST":
                posts.setdefault(request.what, []).append((request.at, request.fault))
        # A refused overlap may have been seen meanwhile: then the shorter time holds.
        least = SETTLE_STRICT_SECONDS if self.desk.api.refuses_overlaps else SETTLE_SECONDS
        for sent in posts.values():
            for (earlier, fault), (later, _) in pairwise(sent):
                if fault in ("before", "after", "zombie"):
                    assert later - earlier >= least

    @invariant()
    def nothing_vanishes_under_an_unsent_edit(self) -> None:
        """I8: each queued item is shown, or its deletion is what is queued."""
        for op in self.desk.ops():
            last = self.desk.store.read(lambda tx, key=op.key: tx.ops_of(key))[-1]  # type: ignore[misc]
            assert self.desk.session.item(op.key) is not None or last.outcome is None

    # --- helpers

    async def _apply(self, edit: edits.Edit) -> None:
        await self._quietly(self.desk.session.apply(edit))

    async def _quietly(self, work: Coroutine[Any, Any, Any]) -> None:
        try:
            await work
        except EditRefusedError:
            return

    async def _rest(self) -> None:
        """Let the faults end, the token be renewed and time pass until nothing is uncertain."""
        self.desk.api.write_faults.clear()
        self.desk.api.read_faults.clear()
        self.desk.session.token_changed()
        await self.desk.run_for(400)
        await self.desk.session.sync_now()

    def _any_entry(self, data: st.DataObject) -> Entry | None:
        shown = [*self.desk.shown(), *self.desk.shown(THURSDAY + timedelta(days=1))]
        return data.draw(st.sampled_from(shown)) if shown else None


SessionMachine.TestCase.settings = settings(
    max_examples=60, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
TestSessionMachine = SessionMachine.TestCase
