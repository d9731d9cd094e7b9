"""What is on screen while edits are on their way, and the layers of the scene."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from triluna_desktop.domain.availability import ModeSettings, availability_on
from triluna_desktop.domain.edits import change, create, delete
from triluna_desktop.domain.models import Entry, Pattern
from triluna_desktop.domain.remote import Trouble
from triluna_desktop.grid.content import Content
from triluna_desktop.grid.scene import shared_stretches
from triluna_desktop.grid.shown import Layers, Mark, mark_of
from triluna_desktop.session import DaysView
from triluna_desktop.sync.ports import ItemView, SendState

MONDAY = date(2026, 11, 16)
CLIENT = Entry("client", MONDAY, 840, 930)
MOVED = Entry("client", MONDAY + timedelta(days=1), 840, 930)
HOURS = Pattern("hours", 1, 540, 1020)


def content(*entries: Entry, loaded: bool = True) -> Content:
    held = Content()
    show(held, *entries, loaded=loaded)
    return held


def show(held: Content, *entries: Entry, loaded: bool = True) -> None:
    days = DaysView(MONDAY, 7, tuple(map(ItemView, entries)), (ItemView(HOURS),) if entries else (), {}, loaded)
    held.show(days, [availability_on(MONDAY, ModeSettings(), [HOURS], entries)])


def test_an_edit_is_seen_at_once_and_taken_off_when_it_is_answered() -> None:
    held = content(CLIENT)
    held.expect(change(CLIENT, MOVED))
    assert held.entry("client") == MOVED
    assert [block.mark for block in held.scene().columns[1].entries] == [Mark.WAITING]
    held.answered()
    assert held.entry("client") == CLIENT


def test_an_answer_that_was_shown_first_changes_nothing_to_be_seen() -> None:
    held = content(CLIENT)
    held.expect(change(CLIENT, MOVED))
    show(held, MOVED)
    held.answered()
    assert held.entry("client") == MOVED


def test_edits_are_answered_in_the_order_in_which_they_were_asked_for() -> None:
    held = content(CLIENT)
    held.expect(delete(CLIENT))
    held.expect(create(Entry("new", MONDAY, 0, 60)))
    assert [entry.key for entry in held.entries()] == ["new"]
    held.answered()
    assert [entry.key for entry in held.entries()] == ["client", "new"]


def test_a_conflict_that_an_unanswered_edit_makes_is_marked() -> None:
    held = content(CLIENT)
    held.expect(create(Entry("new", MONDAY, 900, 960)))
    assert [(block.conflicts, block.overlaps) for block in held.scene().columns[0].entries] == [
        (1, ((900, 930),)),
        (1, ((900, 930),)),
    ]


def test_layers_can_be_switched_off() -> None:
    held = content(CLIENT, Entry("busy", MONDAY, 600, 660, False))
    held.layers = Layers(available=False, patterns=False)
    monday = held.scene().columns[0]
    assert [block.key for block in monday.entries] == ["busy"]
    assert monday.patterns == ()


def test_weekly_hours_stand_in_each_week_as_they_are_now() -> None:
    held, beside, next_week = Content(), Pattern("beside", 1, 600, 720), MONDAY + timedelta(days=7)

    def mondays_after(first: date, *views: ItemView) -> list[tuple[str, int, int, Mark, date]]:
        held.show(DaysView(first, 7, (), views, {}, loaded=True), [])
        blocks = held.scene().columns[0].patterns
        return [(each.key, each.item.end, each.place.lanes, each.mark, each.day) for each in blocks]

    hours = ("hours", 1020, 1, Mark.SENT)
    assert mondays_after(MONDAY, ItemView(HOURS)) == [(*hours, MONDAY)]
    assert mondays_after(next_week, ItemView(HOURS)) == [(*hours, next_week)]
    longer, both = replace(HOURS, end=1080), ("hours", 1080, 2, Mark.SENT, MONDAY)
    assert mondays_after(MONDAY, ItemView(longer)) == [("hours", 1080, 1, Mark.SENT, MONDAY)]
    unsent = ("beside", 720, 2, Mark.WAITING, MONDAY)
    assert mondays_after(MONDAY, ItemView(longer), ItemView(beside, SendState.PENDING)) == [both, unsent]
    sent = ("beside", 720, 2, Mark.SENT, MONDAY)
    assert mondays_after(MONDAY, ItemView(longer), ItemView(beside)) == [both, sent]
    held.layers = Layers(patterns=False)
    assert held.scene().columns[0].patterns == ()
    held.layers = Layers()
    assert mondays_after(MONDAY, ItemView(beside)) == [("beside", 720, 1, Mark.SENT, MONDAY)]


def test_what_cannot_be_booked_is_closed_and_unread_dates_are_not() -> None:
    monday = content(CLIENT).scene().columns[0]
    assert monday.bookable == 480
    assert [(each.start, each.end) for each in monday.closed] == [(0, 540), (1020, 1440)]
    assert content(loaded=False).scene().columns[0].bookable is None


def test_weekly_hours_say_where_unread_dates_are_open_but_not_for_how_long() -> None:
    held = Content()
    days = DaysView(MONDAY, 7, (), (ItemView(HOURS),), {}, loaded=False)
    held.show(days, [availability_on(MONDAY, ModeSettings(), [HOURS], [])])
    monday = held.scene().columns[0]
    assert [(each.start, each.end) for each in monday.closed] == [(0, 540), (1020, 1440)]
    assert monday.bookable is None


def test_what_was_made_here_meanwhile_does_not_close_dates_that_nobody_has_read() -> None:
    held = Content()
    unsent = ItemView(CLIENT, SendState.PENDING)
    days = DaysView(MONDAY, 7, (unsent,), (), {}, loaded=False)
    held.show(days, [availability_on(MONDAY, ModeSettings(), [], [CLIENT])])
    monday = held.scene().columns[0]
    assert monday.bookable is None
    assert not monday.closed
    assert held.entries_on(MONDAY) == [CLIENT]


@pytest.mark.parametrize("state", SendState)
def test_every_state_of_sending_has_a_mark(state: SendState) -> None:
    assert isinstance(mark_of(state.value), Mark)


@pytest.mark.parametrize("trouble", [Trouble.CHANGED, Trouble.NOT_FOUND])
def test_what_was_changed_elsewhere_too_is_a_question_and_not_a_refusal(trouble: Trouble) -> None:
    assert mark_of("conflict", trouble) is Mark.ASKED
    assert mark_of("rejected", trouble) is Mark.REFUSED
    assert mark_of("conflict", Trouble.CONFLICT) is Mark.REFUSED


def test_shared_stretches_are_merged() -> None:
    others = [Entry(str(start), MONDAY, start, start + 30) for start in (900, 830, 850, 915)]
    assert shared_stretches(CLIENT, others) == ((840, 880), (900, 930))
