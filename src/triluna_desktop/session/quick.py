"""*Block now*, *Open now* and *Release early*: one undo step each, remembered on disk until it can be released."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeVar

from triluna_desktop.domain.models import Entry, Pattern
from triluna_desktop.domain.now import NowView, now_view
from triluna_desktop.domain.quick import Calendar, QuickPlan, What, plan
from triluna_desktop.domain.quick_release import ReleasePlan, plan_release
from triluna_desktop.domain.quick_until import (
    ForMinutes,
    RestOfDay,
    Until,
    UntilNextEntry,
    UntilTime,
    days_of,
)
from triluna_desktop.session import quick_notes
from triluna_desktop.sync.refusal import EditRefusedError, RefusalReason

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from triluna_desktop.domain.availability import ModeSettings
    from triluna_desktop.domain.edits import Edit
    from triluna_desktop.domain.offered import OfferGap
    from triluna_desktop.domain.quick_memory import Memory
    from triluna_desktop.domain.time import Clock
    from triluna_desktop.session.undo import Beside
    from triluna_desktop.sync.ports import CalendarStore

__all__ = [
    "ForMinutes",
    "NowView",
    "Quick",
    "QuickPlan",
    "ReleasePlan",
    "RestOfDay",
    "Until",
    "UntilNextEntry",
    "UntilTime",
    "What",
]

Plan = TypeVar("Plan", QuickPlan, ReleasePlan)

_ACTS_KEPT = 100
"""Quick actions whose undo is followed; hardly anybody undoes more in one run."""
_TRIES = 3
"""An entry may be changed elsewhere between the plan and the writing of it."""


@dataclass(frozen=True, slots=True)
class _Act:
    """A quick action of this run, and what was remembered before and after it."""

    edit: Edit
    plan: QuickPlan | ReleasePlan
    before: Memory
    after: Memory


class Quick:
    """The quick actions of one session."""

    def __init__(
        self,
        store: CalendarStore,
        clock: Clock,
        mode: Callable[[], ModeSettings],
        apply: Callable[[Edit, Beside], Awaitable[None]],
        gaps: Callable[[date, int], tuple[OfferGap, ...]],
    ) -> None:
        """``apply`` writes an edit that can be undone, and what goes with it; ``gaps`` are `Offers.gap`."""
        self._store = store
        self._clock = clock
        self._mode = mode
        self._apply = apply
        self._gaps = gaps
        self._writing = asyncio.Lock()
        self._acts: list[_Act] = []

    # --- what is so

    def now(self) -> NowView:
        """This minute, what comes next, and today and tomorrow, with the unsent edits counted in."""
        return now_view(self._clock.now(), self._calendar(2), self._memory())

    def preview(self, what: What, until: Until) -> QuickPlan:
        """What `block` or `open` would do."""
        now = self._clock.now()
        return plan(what, until, now, self._calendar(days_of(until, now)), self._memory())

    @property
    def can_release(self) -> bool:
        """Whether a quick action is in force that `release` would end."""
        return self._release_plan().edit is not None

    def not_live(self, *plans: QuickPlan | ReleasePlan) -> tuple[OfferGap, ...]:
        """What callers are offered otherwise than the plans, once written, say: they are not sent yet.

        By date, from this minute on; empty where the server has all of it.
        """
        found: list[OfferGap] = []
        for each in plans:
            parts = each.done if isinstance(each, QuickPlan) else (*each.opened, *each.closed)
            for day in sorted({part.date for part in parts}):
                inside = [part.interval for part in parts if part.date == day]
                found += [gap for whole in self._gaps(day, 1) if (gap := whole.within(inside))]
        return tuple(found)

    # --- what is done

    async def block(self, until: Until, *, title: str = "", notes: str = "") -> QuickPlan:
        """Block from now on. Nothing is written where the plan that is returned has no edit.

        Raises:
            EditRefusedError, InvalidSlotError: nothing was written.
        """
        return await self._do(What.BLOCK, until, title, notes)

    async def open(self, until: Until, *, title: str = "", notes: str = "") -> QuickPlan:
        """Make time bookable from now on; as `block`."""
        return await self._do(What.OPEN, until, title, notes)

    async def release(self) -> ReleasePlan:
        """End the quick actions in force; as `block`."""
        return await self._write(self._release_plan)

    async def _do(self, what: What, until: Until, title: str, notes: str) -> QuickPlan:
        def planned() -> QuickPlan:
            now = self._clock.now()
            calendar = self._calendar(days_of(until, now))
            return plan(what, until, now, calendar, self._memory(), title=title, notes=notes)

        return await self._write(planned)

    async def _write(self, planned: Callable[[], Plan]) -> Plan:
        async with self._writing:
            for left in reversed(range(_TRIES)):
                found = planned()
                if found.edit is None:
                    return found
                memory = self._memory()
                try:
                    await self._apply(found.edit, quick_notes.remembering(found.memory))
                except EditRefusedError as error:
                    if error.reason is not RefusalReason.STALE or not left:
                        raise
                    continue
                self._acts = [*self._acts[1 - _ACTS_KEPT :], _Act(found.edit, found, memory, found.memory)]
                return found
        raise AssertionError("the last try returns or raises")

    def taken_back(self, edit: Edit) -> Beside:
        """What is to be written beside the undo, or the redo, of an edit: forget it, or remember it again.

        Else an opening that is whole again, and that somebody removes later, would be given back by a release.
        """
        for act in self._acts:
            if edit == act.edit:
                return quick_notes.turning(act.after, act.before)
            if edit == act.edit.invert():
                return quick_notes.turning(act.before, act.after)
        return lambda _: None

    def plan_of(self, edit: Edit) -> QuickPlan | ReleasePlan | None:
        """The plan whose edit this is, where it is one of a quick action of this run."""
        return next((act.plan for act in reversed(self._acts) if act.edit == edit), None)

    def _memory(self) -> Memory:
        return quick_notes.known(self._store)

    def _release_plan(self) -> ReleasePlan:
        now, memory = self._clock.now(), self._memory()
        last = memory.last_date
        if last is None or last < now.date():
            return ReleasePlan(memory=memory.since(now.date()))
        return plan_release(now, self._calendar((last - now.date()).days + 1), memory)

    def _calendar(self, days: int) -> Calendar:
        """Today and the dates after it, as the screen shows them."""
        first = self._clock.now().date()
        dates = [first + timedelta(days=number) for number in range(min(days, (date.max - first).days + 1))]
        views = (*self._store.entry_views(first, dates[-1]), *self._store.pattern_views())
        items = [view.item for view in views]
        return Calendar(
            self._mode(),
            tuple(item for item in items if isinstance(item, Entry)),
            tuple(item for item in items if isinstance(item, Pattern)),
            frozenset(day for day in dates if not self._store.is_loaded(day, day)),
        )
