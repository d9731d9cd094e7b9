"""How well a few typed letters fit a command's name: all of them must occur in order."""

from __future__ import annotations

from triluna_desktop.domain.search import folded

_WORD_START = 8
_NEXT_TO = 10
_FIRST = 4


def score(typed: str, name: str) -> int | None:
    """The higher the better; None where a letter is missing. Blanks in what was typed count for nothing.

    A letter counts more at the start of a word and right after the letter before it, so "cw" is "Copy week" rather
    than "Back ... week". Of all ways to place the letters the best one counts.
    """
    wanted = [each for each in folded(typed) if not each.isspace()]
    said = folded(name)
    if not wanted:
        return 0
    # best[i]: of the letters so far, the highest score with the last one at i.
    best: dict[int, int] = {}
    for number, letter in enumerate(wanted):
        after: dict[int, int] = {}
        reached = None
        for at, each in enumerate(said):
            if each == letter and (number == 0 or reached is not None):
                points = _points(said, at) + (reached or 0)
                if number and at - 1 in best:
                    points = max(points, _points(said, at) + best[at - 1] + _NEXT_TO)
                after[at] = points
            if at in best:
                reached = best[at] if reached is None else max(reached, best[at])
        if not after:
            return None
        best = after
    return max(best.values()) * 100 - len(said)


def _points(said: str, at: int) -> int:
    if at == 0:
        return 1 + _WORD_START + _FIRST
    return 1 + (0 if said[at - 1].isalnum() else _WORD_START)
