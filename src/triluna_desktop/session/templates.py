"""The templates of one profile: taken from a week or from the weekly hours, stamped, remembered, extended.

They are kept in a note of the calendar's file, beside the entries that they made: another server is another
calendar, and has templates of its own.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from triluna_desktop.domain.models import Entry, Pattern
from triluna_desktop.domain.templates import (
    NAME_LIMIT,
    Rhythm,
    Slot,
    Template,
    slots_of_patterns,
    slots_of_week,
    stamp,
)
from triluna_desktop.sync.ports import Changes

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterable

    from triluna_desktop.domain.bulk import BulkPlan
    from triluna_desktop.domain.time import Clock
    from triluna_desktop.session import Session
    from triluna_desktop.sync.ports import CalendarStore, Transaction

__all__ = ["NAME_LIMIT", "Rhythm", "Slot", "Template", "Templates"]

_NOTE = "templates"
_VERSION = 1


class Templates:
    """What is remembered of the weeks that were stamped."""

    def __init__(
        self,
        session: Session,
        store: CalendarStore,
        clock: Clock,
        change: Callable[[Callable[[Transaction], Changes]], Coroutine[object, object, None]],
    ) -> None:
        """``change`` writes, alone, and announces what changed."""
        self._session = session
        self._store = store
        self._clock = clock
        self._change = change

    @property
    def known(self) -> tuple[Template, ...]:
        """Those that were stamped, by name. A note that cannot be read counts as none."""
        return _read(self._store.note(_NOTE))

    def named(self, name: str) -> Template | None:
        """The one with a name."""
        return next((each for each in self.known if each.name == name), None)

    @property
    def ending(self) -> Template | None:
        """The one that ends first of those that end soon or have just ended."""
        today = self._clock.now().date()
        soon = [each for each in self.known if each.needs_extending(today)]
        return min(soon, key=lambda each: (each.until, each.name), default=None)

    # --- where a template comes from

    def of_week(self, first: date) -> tuple[Slot, ...]:
        """What stands in the week that begins on a date."""
        return slots_of_week(first, self._entries(first, first + timedelta(days=6)))

    def of_weekly_hours(self, first_weekday: int) -> tuple[Slot, ...]:
        """The weekly hours, as a week that begins on a weekday (0 is Sunday)."""
        items = (view.item for view in self._store.pattern_views())
        return slots_of_patterns(first_weekday, [item for item in items if isinstance(item, Pattern)])

    # --- stamping

    def plan(self, template: Template) -> BulkPlan:
        """What stamping it would do: the whole of it, or what comes after the end of the remembered one.

        Only a template that is remembered with the very same weeks is extended.
        """
        there = self._entries(template.first, template.until)
        kept = self.named(template.name)
        is_longer = kept is not None and replace(kept, until=template.until) == template
        after = kept.until if kept is not None and is_longer and kept.until < template.until else None
        return stamp(template, there, after=after)

    def _entries(self, first: date, last: date) -> list[Entry]:
        views = self._store.entry_views(first, last) if first <= last else ()
        return [view.item for view in views if isinstance(view.item, Entry)]

    async def remember(self, template: Template) -> None:
        """Keep it, in the place of one with the same name.

        Raises:
            EditRefusedError: nothing was written.
        """
        await self._write(lambda known: {**known, template.name: template})

    async def forget(self, name: str) -> None:
        """Keep it no longer; what it has made stays.

        Raises:
            EditRefusedError: nothing was written.
        """
        await self._write(lambda known: {each: known[each] for each in known if each != name})

    async def _write(self, change: Callable[[dict[str, Template]], dict[str, Template]]) -> None:
        def work(tx: Transaction) -> Changes:
            known = {each.name: each for each in _read(tx.note(_NOTE))}
            tx.set_note(_NOTE, _written(change(known).values()))
            return Changes(status=True)

        await self._change(work)


def _written(templates: Iterable[Template]) -> str:
    rows = [
        {
            "name": each.name,
            "rhythm": each.rhythm.value,
            "first": each.first.isoformat(),
            "until": each.until.isoformat(),
            "weeks": [[_slot_row(slot) for slot in week] for week in (each.week_a, each.week_b)],
        }
        for each in templates
    ]
    return json.dumps({"version": _VERSION, "templates": rows})


def _slot_row(slot: Slot) -> list[object]:
    return [slot.day, slot.start, slot.end, slot.is_available, slot.title, slot.notes]


def _read(text: str | None) -> tuple[Template, ...]:
    if not text:
        return ()
    try:
        content = json.loads(text)
        found = [_template(row) for row in content["templates"]] if content["version"] == _VERSION else []
    except (ValueError, TypeError, KeyError):
        return ()
    return tuple(sorted(found, key=lambda each: each.name))


def _template(row: dict[str, Any]) -> Template:
    week_a, week_b = (tuple(Slot(*slot) for slot in week) for week in row["weeks"])
    first, until = date.fromisoformat(row["first"]), date.fromisoformat(row["until"])
    return Template(row["name"], Rhythm(row["rhythm"]), first, until, week_a, week_b)
