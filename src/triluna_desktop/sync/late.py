"""Creates that are sent again although the first request may still land.

A server that refuses overlaps refuses the late one as long as the entry stands where it was created: that is why
such a create settles sooner. It holds only while nothing makes room there. So what is done to the entry next waits
until the first request can no longer land; else the late one would stand beside what was moved, or bring back what
was deleted.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from triluna_desktop.sync.ports import Op, OpHead

LATE = "late_creates"
"""The note of them, for the next run: JSON, the create's operation by the item's key."""


class LateCreates:
    """By item, the create that was sent again and until when, on the monotonic clock, an earlier one may land."""

    def __init__(self) -> None:
        self._until: dict[str, tuple[int, float]] = {}

    def recover(self, note: str | None, until: float) -> None:
        """Take up what the last run noted. How long ago that was is not known, so the waiting begins anew."""
        known: dict[str, int] = {} if note is None else json.loads(note)
        self._until = {key: (op_id, until) for key, op_id in known.items()}

    def add(self, op: Op, until: float) -> None:
        """This create is about to be sent again."""
        self._until[op.key] = (op.id, until)

    def note(self) -> str:
        """What to write down under `LATE`."""
        return json.dumps({key: op_id for key, (op_id, _) in self._until.items()})

    def forget(self, now: float) -> bool:
        """Forget those that can no longer land; whether there were any, so that the note is to be written anew."""
        before = len(self._until)
        self._until = {key: late for key, late in self._until.items() if late[1] > now}
        return len(self._until) < before

    def hold_back(self, heads: Iterable[OpHead], not_before: Mapping[int, float]) -> Mapping[int, float]:
        """When each operation may be tried, with what waits for a late create among them."""
        if not self._until:
            return not_before
        held: dict[int, float] = {}
        for head in heads:
            op_id, until = self._until.get(head.key, (head.id, 0.0))
            if op_id != head.id:
                held[head.id] = max(until, not_before.get(head.id, until))
        return {**not_before, **held}
