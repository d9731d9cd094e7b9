"""The weekly hours for who edits a whole week of them: what is shown, what a draft would change, and doing it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from triluna_desktop.domain.models import Entry, Pattern, new_key
from triluna_desktop.domain.weekly import open_minutes
from triluna_desktop.domain.weekly_plan import overriding, plan_week

if TYPE_CHECKING:
    from collections.abc import Callable

    from triluna_desktop.domain.time import Clock
    from triluna_desktop.domain.weekly import WeekDraft
    from triluna_desktop.domain.weekly_plan import WeekPlan
    from triluna_desktop.session import Session
    from triluna_desktop.sync.ports import ItemView

__all__ = ["WEEKS_AHEAD", "Weekly", "WeeklyPreview"]

WEEKS_AHEAD = 12
"""How far dated entries are looked for that override the weekly hours."""


@dataclass(frozen=True, slots=True)
class WeeklyPreview:
    """What a draft would change."""

    plan: WeekPlan
    open_before: int
    """Minutes that callers can book in a week without dated entries, as shown now."""
    open_after: int
    overriding: tuple[Entry, ...]
    """Dated entries of the next `WEEKS_AHEAD` weeks that lie over what changes, oldest first."""
    is_loaded: bool
    """Whether all those dates were read from the server once."""


class Weekly:
    """Reads at once; `apply` writes."""

    def __init__(self, session: Session, clock: Clock, new_key: Callable[[], str] = new_key) -> None:
        self._session = session
        self._clock = clock
        self._new_key = new_key

    def views(self) -> tuple[ItemView, ...]:
        """The weekly hours as the screen shows them, each with how far it has got to the server."""
        views = self._session.days(self._clock.now().date(), 1).patterns
        return tuple(view for view in views if isinstance(view.item, Pattern))

    def patterns(self) -> tuple[Pattern, ...]:
        """The weekly hours as the screen shows them."""
        return tuple(view.item for view in self.views() if isinstance(view.item, Pattern))

    def still_there(self) -> tuple[Pattern, ...]:
        """What the server has and the screen has not any more: callers go by it until that is sent."""
        return self._session.callers.weekly_still_there()

    @property
    def unsent(self) -> int:
        """How many things, deletions and dated entries too, the server is not known to have as they shall be."""
        return self._session.status.unsent

    def preview(self, draft: WeekDraft) -> WeeklyPreview:
        """Weigh a draft."""
        shown = self.patterns()
        plan = plan_week({each.key: each for each in shown}, draft, self._new_key)
        ahead = self._session.days(self._clock.now().date(), WEEKS_AHEAD * 7)
        entries = [view.item for view in ahead.entries if isinstance(view.item, Entry)]
        settings = self._session.mode_settings
        return WeeklyPreview(
            plan,
            sum(open_minutes(settings, shown).values()),
            sum(open_minutes(settings, draft.stretches).values()),
            overriding(entries, plan.rows),
            ahead.loaded,
        )

    async def apply(self, plan: WeekPlan) -> None:
        """Write a plan in one transaction, as one undo step, and have it sent.

        Raises:
            EditRefusedError: nothing was written.
        """
        if plan.edit is not None:
            await self._session.apply(plan.edit)
