"""What a drag would ask for before it is let go is what it asks for then."""

from __future__ import annotations

from itertools import count

import pytest
from tests.helpers.week_page import MONDAY, entry

from triluna_desktop.domain.models import Entry
from triluna_desktop.grid.drafts import Spot
from triluna_desktop.grid.gestures import Drop, Gestures, Pointer
from triluna_desktop.grid.hand import Options
from triluna_desktop.grid.hits import Hit, Zone
from triluna_desktop.grid.lanes import WHOLE
from triluna_desktop.grid.scene import Block
from triluna_desktop.grid.shown import Mark

LUNCH = entry("Lunch", "monday", "12:00", "13:00")
START = 740.0
"""The minute at which the drags begin."""


def drag(zone: Zone, *, copies: bool = False) -> tuple[Gestures, Pointer]:
    """A drag of an hour and a half downwards, not let go."""
    numbers = count()
    gestures = Gestures(lambda: f"new {next(numbers)}", 4)
    block = None if zone is Zone.EMPTY else Block(LUNCH, MONDAY, WHOLE, Mark.SENT, 0, ())
    there = Pointer(10, 100, Spot(MONDAY, START + 90), copies=copies)
    hit = Hit(zone, MONDAY, START, block)
    gestures.press(Pointer(10, 10, Spot(MONDAY, START)), hit, () if block is None else (LUNCH,))
    gestures.move(there, Options())
    return gestures, there


@pytest.mark.parametrize("copies", [False, True])
@pytest.mark.parametrize("zone", [Zone.EMPTY, Zone.BODY, Zone.END])
def test_before_the_button_is_let_go_the_same_edit_is_known(zone: Zone, copies: bool) -> None:
    gestures, there = drag(zone, copies=copies)
    trying = gestures.trying
    outcome = gestures.release(there, Options())
    assert trying is not None
    assert isinstance(outcome, Drop)
    assert [content(change.after) for change in trying.changes] == [
        content(change.after) for change in outcome.edit.changes
    ]
    assert gestures.trying is None


def test_where_nothing_would_change_nothing_is_tried() -> None:
    gestures, _ = drag(Zone.BODY)
    gestures.move(Pointer(10, 10, Spot(MONDAY, START)), Options())
    assert gestures.trying is None
    gestures.cancel()
    assert gestures.trying is None


def content(item: object) -> object:
    assert isinstance(item, Entry)
    return item.content()
