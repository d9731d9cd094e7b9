"""What was changed, when and by whom; and the way back to a version that was replaced."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from triluna_desktop.domain import edits
from triluna_desktop.sync.ports import DEFAULT_DAYS, HISTORY_DAYS, Actor, HistoryPart, HistoryRow, StoreError
from triluna_desktop.sync.refusal import EditRefusedError, RefusalReason

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from triluna_desktop.domain.edits import Edit
    from triluna_desktop.domain.models import Item
    from triluna_desktop.sync.ports import CalendarStore, ItemView, Transaction

__all__ = ["PAGE", "Actor", "History", "HistoryPart", "HistoryRow", "version_of"]

PAGE = 200
"""Rows that are read at once."""


def version_of(row: HistoryRow) -> Item:
    """The version that a row can bring back: what was replaced; where it tells of a creation, what was created."""
    version = row.before if row.before is not None else row.after
    assert version is not None  # noqa: S101 - a change has at least one side.
    return version


class History:
    """The history of one session."""

    def __init__(
        self,
        store: CalendarStore,
        item: Callable[[str], ItemView | None],
        apply: Callable[[Edit], Awaitable[None]],
    ) -> None:
        """``item`` gives what the screen shows of an item, ``apply`` writes an edit that can be undone."""
        self._store = store
        self._item = item
        self._apply = apply

    def list(
        self,
        key: str | None = None,
        before: int | None = None,
        *,
        actor: Actor | None = None,
        limit: int = PAGE,
    ) -> tuple[HistoryRow, ...]:
        """Changes, newest first: of one item or of all, older than the row ``before``, by one actor or all."""
        return self._store.history(key=key, before=before, actor=actor, limit=limit)

    def look_for(
        self, text: str, key: str | None = None, before: int | None = None, *, actor: Actor | None = None
    ) -> HistoryPart:
        """As `list`, where titles or notes hold a text in whatever case: a part that takes a few milliseconds."""
        return self._store.history_with(text, key=key, before=before, actor=actor)

    def count(self, key: str) -> int:
        """How many changes of an item are kept."""
        return self._store.history_count(key)

    @property
    def days_kept(self) -> int:
        """For how many days versions are kept; 0 where none are any more."""
        kept = self._store.note(HISTORY_DAYS)
        return DEFAULT_DAYS if kept is None else int(kept)

    async def keep(self, days: int, now: float) -> str:
        """Keep versions for so many days from now on; 0 for none any more. ``now``: seconds since the epoch.

        Returns why that could not be written down, or an empty text.
        """
        return await self._upkeep(lambda tx: tx.upkeep.keep_history(days, now))

    async def clear(self) -> str:
        """Delete every version; returns as `keep`."""
        return await self._upkeep(lambda tx: tx.upkeep.clear_history())

    async def _upkeep(self, work: Callable[[Transaction], None]) -> str:
        try:
            await self._store.run(work)
        except StoreError as error:
            return str(error)
        return ""

    def is_restorable(self, row: HistoryRow) -> bool:
        """Whether the item is now another than `version_of` the row, or gone."""
        view = self._item(row.key)
        return view is None or view.item.content() != version_of(row).content()

    async def restore(self, row_id: int) -> Edit | None:
        """Bring a version back, as an edit that can be undone. Returns it; None where the item is just so.

        An item that is gone is created again, under the key that it had.

        Raises:
            EditRefusedError: NOT_KEPT where the version has grown too old meanwhile; else as `Session.apply`.
        """
        row = self._store.history_row(row_id)
        if row is None:
            raise EditRefusedError(RefusalReason.NOT_KEPT)
        version, view = version_of(row), self._item(row.key)
        if view is None:
            # What it was on the server is gone for good: the new one gets an id of its own.
            edit = edits.create(replace(version, server_id=None))
        elif view.item.content() == version.content():
            return None
        else:
            edit = edits.change(view.item, replace(version, server_id=view.item.server_id))
        await self._apply(edit)
        return edit
