"""The gesture machine without a screen."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count

from triluna_desktop.domain.edits import Verb
from triluna_desktop.domain.models import Entry
from triluna_desktop.grid.drafts import Spot
from triluna_desktop.grid.gestures import Click, Drop, Gestures, Idle, Pointer, Pressed
from triluna_desktop.grid.hand import Kind, Options
from triluna_desktop.grid.hits import Hit, Zone
from triluna_desktop.grid.lanes import WHOLE
from triluna_desktop.grid.scene import Block

MONDAY = date(2026, 11, 16)
CLIENT = Entry("client", MONDAY, 840, 930, False, "Client")
OPTIONS = Options()


def machine() -> Gestures:
    numbers = count(1)
    return Gestures(lambda: f"new {next(numbers)}", drag_distance=10)


def at(day: int, minute: float, *, copies: bool = False) -> Pointer:
    """The pointer over a day of the week, 100 pixels to a day and one to a minute."""
    return Pointer(day * 100, minute, Spot(MONDAY + timedelta(days=day), minute), copies=copies)


def hit(zone: Zone, entry: Entry | None = None) -> Hit:
    block = Block(entry, entry.date, WHOLE) if entry else None
    return Hit(zone, MONDAY, 850, block)


def test_a_press_that_does_not_go_far_enough_is_a_click() -> None:
    gestures = machine()
    gestures.press(at(0, 850), hit(Zone.EMPTY))
    assert gestures.move(at(0, 859), OPTIONS) is False
    assert isinstance(gestures.state, Pressed)
    assert gestures.release(at(0, 859), OPTIONS) == Click(hit(Zone.EMPTY))
    assert isinstance(gestures.state, Idle)


def test_a_move_that_changes_nothing_to_be_seen_says_so() -> None:
    gestures = machine()
    gestures.press(at(0, 850), hit(Zone.BODY, CLIENT), (CLIENT,))
    assert gestures.move(at(0, 880), OPTIONS) is True
    assert gestures.move(at(0, 881), OPTIONS) is False


def test_a_drop_moves_by_one_edit() -> None:
    gestures = machine()
    gestures.press(at(0, 850), hit(Zone.BODY, CLIENT), (CLIENT,))
    gestures.move(at(1, 910), OPTIONS)
    outcome = gestures.release(at(1, 910), OPTIONS)
    assert isinstance(outcome, Drop)
    after = outcome.edit.changes[0].after
    assert isinstance(after, Entry)
    assert (after.date, after.start, after.key) == (MONDAY + timedelta(days=1), 900, "client")


def test_the_modifier_is_read_at_the_drop() -> None:
    gestures = machine()
    gestures.press(at(0, 850), hit(Zone.BODY, CLIENT), (CLIENT,))
    gestures.move(at(1, 850), OPTIONS)
    outcome = gestures.release(at(1, 850, copies=True), OPTIONS)
    assert isinstance(outcome, Drop)
    assert outcome.edit.describe().verb is Verb.CREATE
    assert outcome.keys == ("new 1",)


def test_a_cancelled_drag_leaves_nothing() -> None:
    gestures = machine()
    gestures.press(at(0, 850), hit(Zone.END, CLIENT), (CLIENT,))
    gestures.move(at(0, 1000), OPTIONS)
    drag = gestures.preview
    assert drag is not None
    assert drag.kind is Kind.RESIZE
    assert [gestures.cancel(), gestures.cancel()] == [True, False]
    assert gestures.held == ()
    assert isinstance(gestures.state, Idle)


def test_who_may_not_write_can_only_click() -> None:
    gestures = machine()
    gestures.press(at(0, 850), hit(Zone.BODY, CLIENT), (CLIENT,))
    read_only = Options(may_write=False)
    assert gestures.move(at(3, 850), read_only) is False
    assert isinstance(gestures.release(at(3, 850), read_only), Click)


def test_the_label_is_about_the_day_under_the_pointer() -> None:
    gestures = machine()
    gestures.press(at(1, 600), hit(Zone.EMPTY))
    gestures.move(at(3, 660), OPTIONS)
    assert gestures.preview is not None
    assert [entry.date.day for entry in gestures.preview.entries] == [17, 18, 19]
    assert gestures.preview.lead.date.day == 19
