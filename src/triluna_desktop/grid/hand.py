"""What a drag may do, and what is in the hand meanwhile. `gestures` makes the drags, after the first paint."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from triluna_desktop.domain.values import dataclass

if TYPE_CHECKING:
    from triluna_desktop.domain.models import Entry

SNAPS = (5, 10, 15, 30, 60)
"""What one can set a drag to snap to."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a drag does: its snap in minutes, what a pixel is worth in minutes, the brush, whether it may."""

    snap: int = 15
    slack: float = 0.0
    brush_available: bool = False
    may_write: bool = True


class Kind(Enum):
    """What a drag in progress would do."""

    CREATE = "create"
    MOVE = "move"
    COPY = "copy"
    RESIZE = "resize"


@dataclass(frozen=True, slots=True)
class Preview:
    """The entries as they would be, and the one that the label is about."""

    kind: Kind
    entries: tuple[Entry, ...]
    lead: Entry
