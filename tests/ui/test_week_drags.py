"""What the mouse does in the week: every row of the table of gestures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFocusEvent
from tests.helpers.week_page import ALT, CTRL, MONDAY, SHIFT, entry

from triluna_desktop.domain.models import Pattern
from triluna_desktop.grid.drafts import Edge

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot
    from tests.helpers.week_fixtures import MakeWeek

LUNCH = entry("Lunch", "monday", "12:00", "13:00")
CLIENT = entry("Client", "thursday", "14:00", "15:30")
HOURS = Pattern("hours", 4, 9 * 60, 17 * 60)


def test_a_click_on_empty_puts_the_slot_cursor_and_writes_nothing(make_week: MakeWeek) -> None:
    page = make_week()
    page.click(page.at("thursday", "14:00") + QPointF(0, 3))
    assert page.cursor == "thu 14:00-14:30"
    assert page.calendar.edits == []


def test_a_drag_over_free_time_blocks_it(make_week: MakeWeek) -> None:
    page = make_week()
    page.drag_empty("thursday", "14:00", "15:30")
    assert page.slots == ["thu 14:00-15:30 blocked"]
    assert page.view.selected == ("new 1",)


def test_a_drag_upwards_makes_the_same_slot(make_week: MakeWeek) -> None:
    page = make_week()
    page.drag_empty("thursday", "15:30", "14:00")
    assert page.slots == ["thu 14:00-15:30 blocked"]


def test_the_brush_says_what_a_drag_makes(make_week: MakeWeek) -> None:
    page = make_week()
    page.type("o")
    page.drag_empty("friday", "09:00", "10:00")
    page.type("b")
    page.drag_empty("friday", "11:00", "12:00")
    assert page.slots == ["fri 09:00-10:00 available", "fri 11:00-12:00 blocked"]


def test_a_drag_across_days_makes_an_entry_on_each_in_one_step(make_week: MakeWeek) -> None:
    page = make_week()
    page.drag_empty("tuesday", "09:00", "10:30", to_day="thursday")
    assert page.slots == [f"{day} 09:00-10:30 blocked" for day in ("tue", "wed", "thu")]
    assert len(page.calendar.edits) == 1


def test_a_drag_starts_over_weekly_hours_as_over_free_time(make_week: MakeWeek) -> None:
    page = make_week(HOURS)
    page.drag(page.at("thursday", "10:00") - QPointF(40, 0), page.at("thursday", "11:00") - QPointF(40, 0))
    assert page.slots == ["thu 10:00-11:00 blocked"]


def test_a_drag_to_the_end_of_the_day_ends_at_24_00(make_week: MakeWeek) -> None:
    page = make_week()
    page.view.scroll_to(20 * 60)
    page.drag_empty("sunday", "22:00", "24:00")
    assert page.slots == ["sun 22:00-24:00 blocked"]


def test_shift_snaps_to_five_minutes(make_week: MakeWeek) -> None:
    page = make_week()
    page.view.set_zoom(3.0)
    page.view.scroll_to(13 * 60)
    page.drag(page.at("thursday", "14:05"), page.at("thursday", "14:40"), SHIFT)
    assert page.slots == ["thu 14:05-14:40 blocked"]


@pytest.mark.parametrize(
    ("snap", "made"), [(5, "14:00-14:55"), (10, "14:00-14:50"), (30, "14:00-15:00"), (60, "14:00-15:00")]
)
def test_a_drag_snaps_as_the_setting_says(make_week: MakeWeek, snap: int, made: str) -> None:
    page = make_week()
    page.view.set_snap(snap)
    page.view.set_zoom(2.0)
    page.view.scroll_to(13 * 60)
    page.drag_empty("thursday", "14:00", "14:54")
    assert page.slots == [f"thu {made} blocked"]


def test_a_drag_shows_its_hours_while_it_goes_on(make_week: MakeWeek) -> None:
    page = make_week()
    page.press(page.at("friday", "09:30"))
    page.move(page.at("friday", "11:00"))
    preview = page.view.board.gestures.preview
    assert preview is not None
    assert page.view.words.preview(preview) == "Fri 09:30 – 11:00 · 1 h 30"
    assert page.calendar.edits == []


def test_a_block_moves_across_days_and_keeps_where_it_was_grabbed(make_week: MakeWeek) -> None:
    page = make_week(CLIENT)
    page.drag_entry("Client", "tuesday", "10:15")
    assert page.slots == ["tue 10:15-11:45 blocked"]
    assert [change.before for change in page.calendar.edits[0].changes] == [CLIENT]


def test_a_move_cannot_leave_the_day(make_week: MakeWeek) -> None:
    page = make_week(CLIENT)
    page.view.scroll_to(12 * 60)
    page.drag(page.on("Client"), page.on("Client") + QPointF(0, 4000))
    assert page.slots == ["thu 22:30-24:00 blocked"]


def test_a_move_back_to_where_it_began_asks_for_nothing(make_week: MakeWeek) -> None:
    page = make_week(CLIENT)
    page.press(page.on("Client"))
    page.move(page.on("Client") + QPointF(0, 90))
    page.move(page.on("Client"))
    page.release(page.on("Client"))
    assert page.calendar.edits == []


def test_a_press_that_hardly_moves_is_a_click(make_week: MakeWeek) -> None:
    page = make_week(CLIENT)
    page.drag(page.on("Client"), page.on("Client") + QPointF(2, 2))
    assert page.calendar.edits == []
    assert page.view.selected == ("Client",)


def test_an_entry_off_the_grid_keeps_its_minutes_when_it_only_changes_its_day(make_week: MakeWeek) -> None:
    page = make_week(entry("Odd", "monday", "14:05", "15:10"))
    page.drag(page.on("Odd"), QPointF(page.at("wednesday", "14:00").x(), page.on("Odd").y() + 2))
    assert page.slots == ["wed 14:05-15:10 blocked"]


@pytest.mark.parametrize(
    ("edge", "time", "made"),
    [
        (Edge.END, "16:45", "14:00-16:45"),
        (Edge.START, "13:15", "13:15-15:30"),
        (Edge.END, "08:00", "14:00-14:15"),
        (Edge.START, "18:00", "15:15-15:30"),
    ],
)
def test_an_edge_resizes_and_never_inverts(make_week: MakeWeek, edge: Edge, time: str, made: str) -> None:
    page = make_week(CLIENT)
    page.drag_edge("Client", edge, time)
    assert page.slots == [f"thu {made} blocked"]


def test_ctrl_at_the_drop_copies(make_week: MakeWeek) -> None:
    page = make_week(CLIENT)
    start, end = page.on("Client"), page.on("Client") + QPointF(-280, 0)
    page.press(start)
    page.move(end)
    page.release(end, CTRL)
    assert page.slots == ["tue 14:00-15:30 blocked", "thu 14:00-15:30 blocked"]


def test_ctrl_let_go_before_the_drop_moves(make_week: MakeWeek) -> None:
    page = make_week(CLIENT)
    start, end = page.on("Client"), page.on("Client") + QPointF(-280, 0)
    page.press(start, CTRL)
    page.move(end, CTRL)
    page.release(end)
    assert page.slots == ["tue 14:00-15:30 blocked"]


def test_a_drag_of_a_selected_block_takes_the_selection_along(make_week: MakeWeek) -> None:
    page = make_week(LUNCH, CLIENT)
    page.click(page.on("Lunch"))
    page.click(page.on("Client"), CTRL)
    page.drag_entry("Client", "friday", "15:00")
    assert page.slots == ["tue 13:00-14:00 blocked", "fri 15:00-16:30 blocked"]
    assert len(page.calendar.edits) == 1


def test_ctrl_click_adds_to_the_selection_and_takes_away(make_week: MakeWeek) -> None:
    page = make_week(LUNCH, CLIENT)
    page.click(page.on("Lunch"))
    page.click(page.on("Client"), SHIFT)
    both = page.view.selected
    page.click(page.on("Lunch"), CTRL)
    assert (both, page.view.selected) == (("Lunch", "Client"), ("Client",))


def test_escape_cancels_a_drag_exactly(make_week: MakeWeek) -> None:
    page = make_week(CLIENT)
    page.press(page.on("Client"))
    page.move(page.on("Client") + QPointF(0, 120))
    assert page.hand
    page.key(Qt.Key.Key_Escape)
    assert page.hand == []
    page.release(page.on("Client") + QPointF(0, 120))
    assert page.slots == ["thu 14:00-15:30 blocked"]
    assert page.calendar.edits == []


def test_losing_the_focus_cancels_a_drag(make_week: MakeWeek) -> None:
    page = make_week(CLIENT)
    page.press(page.on("Client"))
    page.move(page.on("Client") + QPointF(0, 120))
    page.view.focusOutEvent(QFocusEvent(QFocusEvent.Type.FocusOut))
    page.release(page.on("Client") + QPointF(0, 120))
    assert page.calendar.edits == []


def test_a_drag_warns_of_the_conflict_that_its_drop_would_make(make_week: MakeWeek) -> None:
    page = make_week(LUNCH, CLIENT)
    page.press(page.on("Lunch"))
    page.move(QPointF(page.at("thursday", "14:00").x() - 30, page.on("Client").y()))
    assert [block.conflicts for block in page.view.board.preview_blocks()] == [1]


def test_a_dropped_block_stays_until_the_edit_is_answered(make_week: MakeWeek) -> None:
    page = make_week(CLIENT)
    page.calendar.answers_at_once = False
    page.drag_entry("Client", "friday", "09:00")
    shown = page.view.board.content.entry("Client")
    assert shown is not None
    assert (shown.date - MONDAY).days == 4
    page.calendar.answer(accepts=False)
    assert page.view.board.content.entry("Client") == CLIENT


def test_a_double_click_opens_the_entry(make_week: MakeWeek, qtbot: QtBot) -> None:
    page = make_week(CLIENT)
    with qtbot.waitSignal(page.view.open_requested) as opened:
        page.double_click(page.on("Client"))
    assert opened.args == ["Client"]


def test_a_read_only_grid_selects_and_changes_nothing(make_week: MakeWeek) -> None:
    page = make_week(CLIENT)
    page.view.set_read_only(True)
    page.drag_entry("Client", "tuesday", "10:00")
    page.drag_empty("friday", "10:00", "11:00")
    page.click(page.on("Client"))
    page.key(Qt.Key.Key_Delete)
    page.key(Qt.Key.Key_Right, CTRL)
    page.key(Qt.Key.Key_Up, ALT | SHIFT)
    assert page.calendar.edits == []
    assert page.view.selected == ("Client",)


def test_in_rtl_a_drag_makes_what_it_shows(make_week: MakeWeek) -> None:
    page = make_week(rtl=True)
    assert page.at("monday", "10:00").x() > page.at("sunday", "10:00").x()
    page.drag_empty("tuesday", "10:00", "11:00")
    assert page.slots == ["tue 10:00-11:00 blocked"]


def test_a_click_on_a_days_head_asks_for_that_day(make_week: MakeWeek) -> None:
    page = make_week()
    page.click(QPointF(page.at("wednesday", "10:00").x() - 20, 20))
    assert (page.view.grid.first - MONDAY).days == 2
    assert page.view.grid.days == 1
