"""A real mouse and a real keyboard: xdotool, which speaks to the X server as devices do."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Point = tuple[int, int]

STEPS = 8
"""Moves between two points of a drag."""
BETWEEN_MOVES = "0.008"
"""Seconds: a mouse reports 125 times a second. Faster ones would be merged into one by Qt."""


class Mouse:
    """The pointer of one display."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment

    def click(self, at: Point, *, button: int = 1, times: int = 1) -> None:
        """Click."""
        x, y = at
        self._do("mousemove", str(x), str(y), "click", "--repeat", str(times), "--delay", "60", str(button))

    def move(self, at: Point) -> None:
        """Move the pointer somewhere, in the last steps as slowly as a hand, and let it rest."""
        x, y = at
        self._do("mousemove", str(x - 6), str(y), "sleep", BETWEEN_MOVES, "mousemove", str(x), str(y))

    def drag(self, start: Point, *via: Point, hold: Sequence[str] = ()) -> None:
        """Press at the start, move over the further points, let go at the last one; ``hold`` are keys."""
        self._do(*self._pressed_over((start, *via)), "mouseup", "1", hold=hold)

    def press_and_move(self, start: Point, *via: Point) -> None:
        """As `drag`, without letting go."""
        self._do(*self._pressed_over((start, *via)))

    def let_go(self) -> None:
        """Let go of the button."""
        self._do("mouseup", "1")

    def press(self, *keys: str) -> None:
        """Press keys one after the other, named as X does: ``Delete``, ``ctrl+z``."""
        self._do("key", "--delay", "20", *keys)

    def type(self, text: str) -> None:
        """Type a text."""
        self._do("type", "--delay", "12", text)

    def _pressed_over(self, points: Sequence[Point]) -> list[str]:
        (x, y), *others = points
        words = ["mousemove", str(x), str(y), "sleep", BETWEEN_MOVES, "mousedown", "1"]
        for to_x, to_y in others:
            for step in range(1, STEPS + 1):
                at = (x + (to_x - x) * step // STEPS, y + (to_y - y) * step // STEPS)
                words += ["sleep", BETWEEN_MOVES, "mousemove", str(at[0]), str(at[1])]
            x, y = to_x, to_y
        return [*words, "sleep", BETWEEN_MOVES]

    def _do(self, *words: str, hold: Sequence[str] = ()) -> None:
        down = [word for key in hold for word in ("keydown", key)]
        up = [word for key in reversed(hold) for word in ("keyup", key)]
        subprocess.run(["xdotool", *down, *words, *up], env=dict(self._environment), check=True, timeout=20)
