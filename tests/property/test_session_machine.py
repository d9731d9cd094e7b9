"""User edits, a second client, faults, crashes, polls and clock jumps in any order: each edit ends exactly once.

The session runs on a real store, against a server in memory that fails before or after it has done what it was
asked, on a clock that the machine moves. At rest the server holds what the screen shows, and nothing else; what
somebody else wrote is on the server, or was overwritten only by a user who was asked or by a merge that keeps it
in the history.
"""

from __future__ import annotations

import asyncio
import sqlite3
import tempfile
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from tests.helpers.offline_session import THURSDAY, Desk

from triluna_desktop.domain import edits
from triluna_desktop.domain.models import Entry, Pattern
from triluna_desktop.session import EditRefusedError, SendState
from triluna_desktop.sync.plan import SETTLE_SECONDS, SETTLE_STRICT_SECONDS
from triluna_desktop.sync.ports import FAILED, OpKind, Phase

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from triluna_desktop.domain.models import Item
    from triluna_desktop.session import ItemView
    from triluna_desktop.session.undo import Undone

WRITE_FAULTS = st.sampled_from(["unsent", "before", "after", "no_body", "zombie", "unauthorized", "invalid"])
READ_FAULTS = st.sampled_from(["unsent", "before", "empty_list", "hidden_rows"])
HOURS = st.integers(0, 5).map(lambda hour: hour * 60)
DAYS = st.integers(0, 1)
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it.
"""Where files need no disk: else most of the time goes into waiting for it. No power cut is played here."""


class SessionMachine(RuleBasedStateMachine):
    """One user at one desk, somebody else at another, and a server that cannot be trusted to answer."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None)
        self.loop = asyncio.new_event_loop()
        self.desk = Desk(Path(self.folder.name) / "calendar.db")
        self.number = 0
        self.alive: set[str] = set()
        """The titles of what the user made and nobody has deleted or dropped."""
        self.taken: set[str] = set()
        """The titles of what somebody else has deleted: undo brings it back only while that is not known."""

    def run(self, work: Coroutine[Any, Any, None]) -> None:
        self.loop.run_until_complete(work)

    @initialize(strict=st.booleans(), strict_patterns=st.booleans(), names_ids=st.booleans())
    def start(self, strict: bool, strict_patterns: bool, names_ids: bool) -> None:
        self.desk.api.refuses_overlaps = strict
        self.desk.api.refuses_pattern_overlaps = strict_patterns
        self.desk.api.conflict_ids = names_ids
        self.run(self.desk.start())

    def teardown(self) -> None:
        self.run(self.desk.kill())
        self.loop.close()
        self.folder.cleanup()

    # --- what the user does

    @rule(start=HOURS, day=DAYS)
    def create(self, start: int, day: int) -> None:
        # A title of its own, so that what is on the server says which create it came from.
        key = self._new_title("k")
        entry = Entry(key, THURSDAY + timedelta(days=day), start, start + 60, title=key)
        self.run(self._apply(edits.create(entry)))

    @rule(start=HOURS, weekday=DAYS, opens=st.booleans())
    def create_weekly_hours(self, start: int, weekday: int, opens: bool) -> None:
        key = self._new_title("w")
        self.run(self._apply(edits.create(Pattern(key, weekday, start, start + 60, opens, title=key))))

    @rule(data=st.data(), start=HOURS)
    def move(self, data: st.DataObject, start: int) -> None:
        entry = self._any_entry(data)
        if entry is not None:
            self.run(self._apply(edits.change(entry, replace(entry, start=start, end=start + 60))))

    @rule(data=st.data(), is_available=st.booleans())
    def flip(self, data: st.DataObject, is_available: bool) -> None:
        entry = self._any_entry(data)
        if entry is not None and entry.is_available is not is_available:
            self.run(self._apply(edits.change(entry, replace(entry, is_available=is_available))))

    @rule(data=st.data(), start=HOURS, weekday=DAYS)
    def change_weekly_hours(self, data: st.DataObject, start: int, weekday: int) -> None:
        pattern = self._any_pattern(data)
        if pattern is not None:
            later = replace(pattern, weekday=weekday, start=start, end=start + 60)
            self.run(self._apply(edits.change(pattern, later)))

    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        entry = self._any_entry(data)
        if entry is not None:
            self.run(self._apply(edits.delete(entry)))

    @rule(data=st.data())
    def delete_weekly_hours(self, data: st.DataObject) -> None:
        pattern = self._any_pattern(data)
        if pattern is not None:
            self.run(self._apply(edits.delete(pattern)))

    @rule()
    def undo(self) -> None:
        self.run(self._take_back(self.desk.session.undo()))

    @rule()
    def redo(self) -> None:
        self.run(self._take_back(self.desk.session.redo()))

    @rule(data=st.data(), uses_mine=st.booleans())
    def decide(self, data: st.DataObject, uses_mine: bool) -> None:
        asked = [view.item for view in self._views() if view.state in (SendState.CONFLICT, SendState.REJECTED)]
        if asked:
            self.run(self._decide(data.draw(st.sampled_from(asked)), uses_mine=uses_mine))

    # --- what happens to the user

    @rule(fault=WRITE_FAULTS)
    def a_write_fails(self, fault: Any) -> None:
        self.desk.api.write_faults.append(fault)

    @rule(fault=READ_FAULTS)
    def a_read_fails(self, fault: Any) -> None:
        self.desk.api.read_faults.append(fault)

    @rule()
    def killed_and_started_again(self) -> None:
        self.run(self.desk.kill())
        self._check_the_file()
        self.run(self.desk.restart())

    @rule(seconds=st.sampled_from([0.0, 0.3, 2.0, 10.0, 31.0, 70.0]))
    def time_passes(self, seconds: float) -> None:
        self.run(self.desk.run_for(seconds))

    @rule(hours=st.sampled_from([-7.0, -0.01, 0.5, 3.0]))
    def the_clock_is_set(self, hours: float) -> None:
        self.desk.clock.set_wall(self.desk.clock.now() + timedelta(hours=hours))

    @rule()
    def sync(self) -> None:
        self.run(self.desk.session.sync_now())

    # --- what somebody else does

    @rule(start=HOURS, day=DAYS)
    def created_elsewhere(self, start: int, day: int) -> None:
        self._land()
        date = THURSDAY + timedelta(days=day)
        there = [entry for entry in self.desk.api.entries.values() if entry.date == date]
        if not (
            self.desk.api.refuses_overlaps and any(each.start < start + 60 and start < each.end for each in there)
        ):
            self.desk.api.add(date, start, start + 60, self._new_title("e"))

    @rule(data=st.data())
    def changed_elsewhere(self, data: st.DataObject) -> None:
        entry = self._any_there(data, self.desk.api.entries)
        if entry is not None:
            self.number += 1
            self.desk.api.entries[entry.id] = replace(entry, notes=f"elsewhere {self.number}")

    @rule(data=st.data(), start=HOURS, day=DAYS)
    def moved_elsewhere(self, data: st.DataObject, start: int, day: int) -> None:
        # An unconfirmed create that somebody moves to another date cannot be told from one that did not land.
        unsure = {op.item.title for op in self.desk.ops() if op.attempt > 0}
        entry = self._any_there(data, self.desk.api.entries)
        if entry is None or entry.title in unsure:
            return
        moved = replace(entry, date=THURSDAY + timedelta(days=day), start=start, end=start + 60)
        others = [
            each for each in self.desk.api.entries.values() if each.id != entry.id and each.date == moved.date
        ]
        if self.desk.api.refuses_overlaps and any(each.start < moved.end and start < each.end for each in others):
            return
        self.desk.api.entries[entry.id] = moved

    @rule(data=st.data())
    def deleted_elsewhere(self, data: st.DataObject) -> None:
        # An unconfirmed create that somebody deletes cannot be told from one that did not land.
        unsure = {op.item.title for op in self.desk.ops() if op.attempt > 0}
        entry = self._any_there(data, self.desk.api.entries)
        if entry is not None and entry.title not in unsure:
            del self.desk.api.entries[entry.id]
            self._take(entry.title)

    @rule(data=st.data())
    def weekly_hours_deleted_elsewhere(self, data: st.DataObject) -> None:
        unsure = {op.item.title for op in self.desk.ops() if op.attempt > 0}
        pattern = self._any_there(data, self.desk.api.patterns)
        if pattern is not None and pattern.title not in unsure:
            del self.desk.api.patterns[pattern.id]
            self._take(pattern.title)

    @rule(start=HOURS, weekday=DAYS)
    def weekly_hours_created_elsewhere(self, start: int, weekday: int) -> None:
        self._land()
        there = [each for each in self.desk.api.patterns.values() if each.weekday == weekday]
        overlaps = any(each.start < start + 60 and start < each.end for each in there)
        if not (self.desk.api.refuses_pattern_overlaps and overlaps):
            self.desk.api.add_pattern(weekday, start, start + 60, self._new_title("f"))

    # --- what must hold

    @rule()
    def at_rest_both_sides_agree(self) -> None:
        """I1 and I2: what is sent is there once, what is not is shown as such; I6: another sync writes nothing."""
        self.run(self._rest())
        views = self._views()
        asked = [view for view in views if view.state is not SendState.SENT]
        assert {view.state for view in asked} <= {SendState.CONFLICT, SendState.REJECTED}
        # Where the server refuses to delete old weekly hours, both stand there, and the screen says so.
        beside = [view.item for view in views if view.both_stand]
        stands = [*(_confirmed(view) for view in views), *beside]
        assert self._on_server() == sorted((item.content() for item in stands if item is not None), key=repr)
        titles = [str(content[4]) for content in self._on_server()]
        beside += self._not_deleted()
        assert len(set(titles)) == len(titles) - len(beside), "created twice"
        writes = len(self.desk.api.writes)
        self.run(self.desk.session.sync_now())
        assert len(self.desk.api.writes) == writes

    @invariant()
    def no_server_id_is_claimed_twice(self) -> None:
        """I3."""
        stands = [_confirmed(view) for view in self._views()]
        ids = [(type(item), item.server_id) for item in stands if item is not None]
        assert len(set(ids)) == len(ids)

    @invariant()
    def nothing_is_posted_twice_within_the_settling_time(self) -> None:
        """I4: where the first may have been carried out, and the content is the same."""
        posts: dict[object, list[tuple[float, object]]] = {}
        for request in self.desk.api.writes:
            if request.method == "POST":
                posts.setdefault(request.what, []).append((request.at, request.fault))
        for what, sent in posts.items():
            # A refused overlap may have been seen meanwhile: then the shorter time holds, for entries.
            is_short = self.desk.api.refuses_overlaps and isinstance(what, Entry)
            least = SETTLE_STRICT_SECONDS if is_short else SETTLE_SECONDS
            for (earlier, fault), (later, _) in pairwise(sent):
                if fault in ("before", "after", "zombie"):
                    assert later - earlier >= least

    @invariant()
    def nothing_that_the_user_made_is_lost(self) -> None:
        """I2 and I7: it is on the screen, sent or not, until somebody takes it away. Of weekly hours that are
        being changed neither the old nor the new version may be on the server, but both are in the journal.
        """
        assert self.alive <= {view.item.title for view in self._views()}
        for op in self.desk.ops():
            assert op.phase is Phase.NONE or op.base is not None

    @invariant()
    def nothing_vanishes_under_an_unsent_edit(self) -> None:
        """I8: each queued item is shown, or its deletion is what is queued."""
        for op in self.desk.ops():
            last = self.desk.store.read(lambda tx, key=op.key: tx.ops_of(key))[-1]  # type: ignore[misc]
            assert self.desk.session.item(op.key) is not None or last.outcome is None

    @invariant()
    def what_is_unconfirmed_is_shown_once(self) -> None:
        """I9, of weekly hours: neither the new one nor what an unconfirmed create made comes twice."""
        refused = {item.key for item in self._not_deleted()}
        patterns = [view.item for view in self._views() if isinstance(view.item, Pattern)]
        shown = [item.title for item in patterns if item.key not in refused]
        assert len(set(shown)) == len(shown)

    # --- helpers

    async def _apply(self, edit: edits.Edit) -> None:
        try:
            await self.desk.session.apply(edit)
        except EditRefusedError:
            return
        self._note(edit)

    async def _take_back(self, work: Coroutine[Any, Any, Undone | None]) -> None:
        try:
            undone = await work
        except EditRefusedError:
            return
        if undone is not None:
            self._note(undone.edit)

    def _note(self, edit: edits.Edit) -> None:
        for change in edit.changes:
            if change.after is None:
                self.alive.discard(change.item.title)
            elif change.before is None and change.item.title not in self.taken:
                self.alive.add(change.item.title)

    def _take(self, title: str) -> None:
        self.alive.discard(title)
        self.taken.add(title)

    async def _decide(self, item: Item, *, uses_mine: bool) -> None:
        try:
            await (self.desk.session.retry if uses_mine else self.desk.session.discard)(item.key)
        except EditRefusedError:
            return
        # What is retried may be a deletion, too.
        self.alive.discard(item.title)

    async def _rest(self) -> None:
        """Let the faults end, the token be renewed and time pass until nothing is uncertain."""
        self.desk.api.write_faults.clear()
        self.desk.api.read_faults.clear()
        self.desk.session.token_changed()
        await self.desk.run_for(400)
        await self.desk.session.accept_shrink()
        await self.desk.session.sync_now()

    def _new_title(self, letter: str) -> str:
        self.number += 1
        return f"{letter}{self.number}"

    def _views(self) -> list[ItemView]:
        days = [self.desk.session.days(THURSDAY + timedelta(days=number), 1) for number in range(2)]
        return [*(view for day in days for view in day.entries), *days[0].patterns]

    def _not_deleted(self) -> list[Item]:
        """Weekly hours that have a newer version, and that the server refused to delete: both stand there."""
        return [
            op.item
            for op in self.desk.ops()
            if op.kind is OpKind.DELETE and op.state in FAILED and op.key.endswith(":beside")
        ]

    def _on_server(self) -> list[tuple[object, ...]]:
        return sorted([*self.desk.api.contents(), *self.desk.api.pattern_contents()], key=repr)

    def _land(self) -> None:
        self.desk.api.let_zombies_land()

    def _check_the_file(self) -> None:
        """I12."""
        connection = sqlite3.connect(self.desk.path)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        connection.close()

    def _any_entry(self, data: st.DataObject) -> Entry | None:
        shown = [view.item for view in self._views() if isinstance(view.item, Entry)]
        return data.draw(st.sampled_from(shown)) if shown else None

    def _any_pattern(self, data: st.DataObject) -> Pattern | None:
        shown = [view.item for view in self._views() if isinstance(view.item, Pattern)]
        return data.draw(st.sampled_from(shown)) if shown else None

    def _any_there(self, data: st.DataObject, table: Any) -> Any:
        self._land()
        return table[data.draw(st.sampled_from(sorted(table)))] if table else None


def _confirmed(view: ItemView) -> Item | None:
    """What the server is known to hold of an item."""
    return view.item if view.state is SendState.SENT else view.confirmed


SessionMachine.TestCase.settings = settings(
    max_examples=120, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)
TestSessionMachine = SessionMachine.TestCase
