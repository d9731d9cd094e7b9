"""The steps of an editor of weekly hours: the draft, what it was made of, and the way back and forth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from triluna_desktop.domain.weekly import WeekDraft, follow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from triluna_desktop.domain.models import Pattern


class WeekEditor:
    """A draft with undo and redo. Nothing here reaches the calendar."""

    def __init__(self, shown: Iterable[Pattern]) -> None:
        """``shown`` are the weekly hours as the calendar shows them, unsent edits included."""
        self.start(shown)

    def start(self, shown: Iterable[Pattern]) -> None:
        """Begin anew from these; what was drafted is forgotten."""
        self.shown = {each.key: each for each in shown}
        self.draft = WeekDraft.of(self.shown.values())
        self._apart = {_names(pair) for pair in self.draft.touching()}
        self._past: list[WeekDraft] = []
        self._future: list[WeekDraft] = []

    @property
    def is_changed(self) -> bool:
        """Whether the draft is another week than the calendar shows."""
        return {each.key: each for each in self.draft.stretches} != self.shown

    def is_new(self, key: str) -> bool:
        """Whether a stretch of the draft is not, or is otherwise, in what the calendar shows."""
        return self.draft.find(key) != self.shown.get(key)

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        """Whether a step was taken back."""
        return bool(self._future)

    def do(self, draft: WeekDraft) -> bool:
        """Take a step; tells whether that is one."""
        if draft == self.draft:
            return False
        self._past.append(self.draft)
        self._future.clear()
        self.draft = draft
        return True

    def undo(self) -> bool:
        """Take the last step back; tells whether there was one."""
        return self._go(self._past, self._future)

    def redo(self) -> bool:
        """Take again the step that was taken back last."""
        return self._go(self._future, self._past)

    @property
    def touching(self) -> tuple[tuple[Pattern, Pattern], ...]:
        """The pairs that touch since it began and may be one, but for those that shall stay two."""
        return tuple(pair for pair in self.draft.touching() if _names(pair) not in self._apart)

    def leave_apart(self) -> None:
        """What touches now shall stay two."""
        self._apart |= {_names(pair) for pair in self.touching}

    def joined(self) -> WeekDraft:
        """The draft with each of these pairs made one; nothing is done yet."""
        draft = self.draft
        # One after the other: three in a row become two, then one.
        while pairs := [pair for pair in draft.touching() if _names(pair) not in self._apart]:
            draft = draft.merged(*pairs[0])
        return draft

    def follow(self, shown: Iterable[Pattern]) -> bool:
        """The calendar shows these now: what the user left alone follows. Tells whether that is another week."""
        now = {each.key: each for each in shown}
        if now == self.shown:
            return False
        before, self.shown = self.shown, now
        self.draft = follow(self.draft, before, now)
        for steps in (self._past, self._future):
            steps[:] = [follow(step, before, now) for step in steps]
        return True

    def _go(self, source: list[WeekDraft], target: list[WeekDraft]) -> bool:
        if not source:
            return False
        target.append(self.draft)
        self.draft = source.pop()
        return True


def _names(pair: tuple[Pattern, Pattern]) -> tuple[str, str]:
    return pair[0].key, pair[1].key
