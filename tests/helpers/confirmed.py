"""A calendar that the server has, for tests of the window, whose session has no server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from triluna_desktop.domain.models import Entry, Pattern
from triluna_desktop.sync.ports import EntryRow, PatternRow

if TYPE_CHECKING:
    from tests.helpers.window_page import WindowPage

    from triluna_desktop.domain.models import Item
    from triluna_desktop.sync.ports import Transaction


def confirm(page: WindowPage, *items: Item) -> None:
    """The server has just these now, and nothing of them is unsent."""
    entries = [each for each in items if isinstance(each, Entry)]
    patterns = [each for each in items if isinstance(each, Pattern)]

    def carry_out(tx: Transaction) -> None:
        for op in tx.ops():
            if op.key in {each.key for each in items}:
                tx.drop_op(op.id)
        tx.put_entries([EntryRow(each.key, number, 0, *each.content()) for number, each in enumerate(entries, 1)])
        tx.put_patterns(
            [PatternRow(each.key, number, 0, *each.content()) for number, each in enumerate(patterns, 1)]
        )

    page.store.read(carry_out)
    page.window.profile.week.refresh_now()
