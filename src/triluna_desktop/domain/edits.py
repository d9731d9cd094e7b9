"""Edits: what a gesture ends in. One edit is one undo step, and may change many items at once.

An edit says what was there before and what shall be there after, so it can be applied, inverted and described
without asking anybody.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from triluna_desktop.domain.models import Entry, Item, Pattern
from triluna_desktop.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping


class EditError(ValueError):
    """The edit does not fit the state it is applied to; ``key`` names the item."""

    def __init__(self, key: str, problem: str) -> None:
        super().__init__(f"{key}: {problem}")
        self.key = key


@dataclass(frozen=True, slots=True)
class Change:
    """One item before and after. No ``before``: it is created. No ``after``: it is deleted.

    Raises:
        ValueError: neither side is there, or the two sides are not the same item.
    """

    before: Item | None
    after: Item | None

    def __post_init__(self) -> None:
        if self.before is None and self.after is None:
            raise ValueError("a change needs a before or an after")
        if self.before is not None and self.after is not None:
            if self.before.key != self.after.key:
                raise ValueError("a change is about one item: the keys differ")
            if type(self.before) is not type(self.after):
                raise ValueError("an entry cannot become a pattern, nor a pattern an entry")

    @property
    def key(self) -> str:
        """The item's key."""
        return self.item.key

    @property
    def item(self) -> Item:
        """The item as it is afterwards, or as it was when it is deleted."""
        item = self.after if self.after is not None else self.before
        assert item is not None  # noqa: S101 - __post_init__ holds it; this tells the type checker.
        return item

    def inverted(self) -> Change:
        """The change that takes this one back."""
        return Change(self.after, self.before)


class Verb(Enum):
    """What an edit does, as far as one word can say it."""

    CREATE = "create"
    MOVE = "move"
    RESIZE = "resize"
    EDIT = "edit"
    FLIP = "flip"
    DELETE = "delete"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True)
class Description:
    """An edit in data, for a sentence that the user interface writes in the user's language."""

    verb: Verb
    count: int
    first: Item
    """The item that stands for the others; of a delete, as it was."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One undo step: changes to distinct items.

    Raises:
        ValueError: no change, or two changes of one item.
    """

    changes: tuple[Change, ...]

    def __post_init__(self) -> None:
        if not self.changes:
            raise ValueError("an edit needs at least one change")
        if len({change.key for change in self.changes}) != len(self.changes):
            raise ValueError("an edit changes an item once")

    def apply(self, state: Mapping[str, Item]) -> dict[str, Item]:
        """The state, by key, with the edit done. The given state is left alone.

        Raises:
            EditError: a created key is there already, or a changed or deleted item is not as it was.
        """
        result = dict(state)
        for change in self.changes:
            if result.get(change.key) != change.before:
                raise EditError(change.key, "is not as the edit expects it")
            if change.after is None:
                del result[change.key]
            else:
                result[change.key] = change.after
        return result

    def invert(self) -> Edit:
        """The edit that takes this one back, its last change first: what had to come before what still does."""
        return Edit(tuple(change.inverted() for change in reversed(self.changes)))

    def describe(self) -> Description:
        """What it does, in data."""
        verbs = {_verb(change) for change in self.changes}
        verb = verbs.pop() if len(verbs) == 1 else Verb.MIXED
        return Description(verb, len(self.changes), self.changes[0].item)


def create(*items: Item) -> Edit:
    """An edit that creates the items."""
    return Edit(tuple(Change(None, item) for item in items))


def change(before: Item, after: Item) -> Edit:
    """An edit that turns one item into another version of itself."""
    return Edit((Change(before, after),))


def delete(*items: Item) -> Edit:
    """An edit that deletes the items."""
    return Edit(tuple(Change(item, None) for item in items))


def _verb(change: Change) -> Verb:
    before, after = change.before, change.after
    if before is None:
        return Verb.CREATE
    if after is None:
        return Verb.DELETE
    if before.is_available is not after.is_available:
        return Verb.FLIP
    same_text = (before.title, _notes(before)) == (after.title, _notes(after))
    if not same_text or (before.interval == after.interval and _day(before) == _day(after)):
        return Verb.EDIT
    same_length = before.interval.minutes == after.interval.minutes
    return Verb.MOVE if same_length else Verb.RESIZE if _day(before) == _day(after) else Verb.EDIT


def _notes(item: Item) -> str:
    return item.notes if isinstance(item, Entry) else ""


def _day(item: Item) -> object:
    return item.weekday if isinstance(item, Pattern) else item.date
