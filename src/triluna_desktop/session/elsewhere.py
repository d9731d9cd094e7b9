"""What others have changed, put together by item: of ten changes of one entry the user is told once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from triluna_desktop.domain.models import Entry
from triluna_desktop.session.notices import Kind, Notice

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from triluna_desktop.domain.models import Item
    from triluna_desktop.sync.ports import HistoryRow

_ROW = "row"


def row_ident(row: HistoryRow) -> str:
    """The name of a row among `Notice.idents`."""
    return f"{_ROW}{row.id}"


def row_number(ident: str) -> int:
    """The id of the row that `row_ident` has named so; 0 for any other name."""
    number = ident.removeprefix(_ROW)
    return int(number) if ident.startswith(_ROW) and number.isdecimal() else 0


def changed_elsewhere(rows: Iterable[HistoryRow], today: date) -> list[Notice]:
    """A notice an item, in the order of the first changes; without what came to nothing and what lies in the past.

    ``rows`` are those of the history by others, newest first.
    """
    by_key: dict[str, list[HistoryRow]] = {}
    for row in sorted(rows, key=lambda each: each.id):
        by_key.setdefault(row.key, []).append(row)
    found: list[Notice] = []
    for changes in by_key.values():
        before, after = changes[0].before, changes[-1].after
        item = after if after is not None else before
        if item is None or (before is not None and after is not None and before.content() == after.content()):
            continue
        if all(_is_past(side, today) for side in (before, after) if side is not None):
            continue
        found.append(
            Notice(
                Kind.ELSEWHERE,
                tuple(map(row_ident, changes)),
                item,
                before=before,
                is_gone=after is None,
                day=item.date if isinstance(item, Entry) else None,
            )
        )
    return found


def _is_past(item: Item, today: date) -> bool:
    return isinstance(item, Entry) and item.date < today
