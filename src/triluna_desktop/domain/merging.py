"""The three-way merge of an entry that was changed here and elsewhere since both sides last agreed.

`sync.merge` decides with it whether an update may be sent without asking (R5), and the inspector shows with it
what the user is asked: mine, theirs and the result, field by field. Both must see the same merge.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

from triluna_desktop.domain.models import Entry, InvalidSlotError

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping

Value: TypeAlias = "datetime.date | int | bool | str | None"
"""What a field holds: a date, minutes of the wall day, a flag, a text. None only for a base that is not known."""

FIELDS = ("title", "date", "start", "end", "is_available", "notes")
"""The fields that are merged, each for itself, in the order in which the screen shows them."""


class Side(Enum):
    """Whose version of a field holds."""

    MINE = "mine"
    THEIRS = "theirs"


@dataclass(frozen=True, slots=True)
class FieldMerge:
    """A field in which mine and theirs differ. ``base`` is what both started from; None where it is not known."""

    name: str
    base: Value
    mine: Value
    theirs: Value
    is_clash: bool
    """Only the user can tell which side holds: both changed it, or the two sides together make no slot."""

    @property
    def side(self) -> Side | None:
        """The side that changed it; None where both did and somebody must choose."""
        if self.is_clash:
            return None
        return Side.THEIRS if self.mine == self.base else Side.MINE


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge came to. ``fields`` are those that differ; none where both sides say the same."""

    entry: Entry | None
    """The result, with my key and their server id; None where the user must choose."""
    fields: tuple[FieldMerge, ...]

    @property
    def clashes(self) -> tuple[FieldMerge, ...]:
        """The fields for which the user must choose."""
        return tuple(field for field in self.fields if field.is_clash)


def merge(base: Entry | None, mine: Entry, theirs: Entry) -> Merged:
    """Merge field by field: what only one side changed is taken, what both changed alike is settled.

    Without a ``base`` every field that differs is a clash. Where a start from one side and an end from the other
    make no stretch of a day, all that differs of the two is a clash.
    """
    fields = tuple(
        field
        for name in FIELDS
        if (field := _field(name, base, mine, theirs)) is not None  # None: both say the same.
    )
    if any(field.is_clash for field in fields):
        return Merged(None, fields)
    try:
        return Merged(chosen(mine, theirs, fields, {}), fields)
    except InvalidSlotError:
        return Merged(
            None,
            tuple(replace(field, is_clash=True) if field.name in ("start", "end") else field for field in fields),
        )


def chosen(mine: Entry, theirs: Entry, fields: tuple[FieldMerge, ...], picks: Mapping[str, Side]) -> Entry:
    """The result where the user picked a side for some fields; the others follow who changed them.

    A clash without a pick keeps mine.

    Raises:
        InvalidSlotError: the start and the end that were picked make no stretch of a day.
    """
    taken = {field.name: field.theirs for field in fields if picks.get(field.name, field.side) is Side.THEIRS}
    # The keyword arguments are fields of Entry with values of its own, which the type checker cannot see.
    return replace(mine, server_id=theirs.server_id, **taken)  # type: ignore[arg-type]


def _field(name: str, base: Entry | None, mine: Entry, theirs: Entry) -> FieldMerge | None:
    ours: Value = getattr(mine, name)
    other: Value = getattr(theirs, name)
    if ours == other:
        return None
    if base is None:
        return FieldMerge(name, None, ours, other, is_clash=True)
    began: Value = getattr(base, name)
    return FieldMerge(name, began, ours, other, is_clash=began not in (ours, other))
