"""The week without a mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from tests.helpers.week_page import ALT, CTRL, MONDAY, SHIFT, entry

if TYPE_CHECKING:
    from tests.helpers.week_fixtures import MakeWeek
    from tests.helpers.week_page import WeekPage

LUNCH = entry("Lunch", "monday", "12:00", "13:00")
CLIENT = entry("Client", "thursday", "14:00", "15:30")
Key = Qt.Key


def with_cursor(page: WeekPage, day: str, time: str) -> WeekPage:
    page.click(page.at(day, time))
    return page


def test_the_first_arrow_shows_the_slot_cursor_today(make_week: MakeWeek) -> None:
    page = make_week()
    page.key(Key.Key_Down)
    assert page.cursor == "thu 09:00-09:30"


def test_arrows_move_the_slot_cursor(make_week: MakeWeek) -> None:
    page = with_cursor(make_week(), "wednesday", "10:00")
    page.key(Key.Key_Down, times=2)
    page.key(Key.Key_Right)
    assert page.cursor == "thu 10:30-11:00"
    page.key(Key.Key_Up)
    page.key(Key.Key_Left, times=2)
    assert page.cursor == "tue 10:15-10:45"


def test_left_and_right_follow_the_screen_in_rtl(make_week: MakeWeek) -> None:
    page = with_cursor(make_week(rtl=True), "wednesday", "10:00")
    page.key(Key.Key_Left)
    assert page.cursor == "thu 10:00-10:30"


def test_shift_arrows_stretch_it_and_space_creates(make_week: MakeWeek) -> None:
    page = with_cursor(make_week(), "wednesday", "10:00")
    page.key(Key.Key_Down, SHIFT, times=4)
    page.key(Key.Key_Right, SHIFT)
    assert page.cursor == "wed/thu 10:00-11:30"
    page.key(Key.Key_Space)
    assert page.slots == ["wed 10:00-11:30 blocked", "thu 10:00-11:30 blocked"]
    assert len(page.calendar.edits) == 1


def test_enter_creates_at_the_slot_cursor_and_opens_on_a_block(make_week: MakeWeek) -> None:
    page = with_cursor(make_week(), "wednesday", "10:00")
    opened: list[str] = []
    page.view.open_requested.connect(opened.append)
    page.key(Key.Key_Return)
    assert (page.slots, opened) == (["wed 10:00-10:30 blocked"], [])
    page.key(Key.Key_Return)
    page.key(Key.Key_F2)
    assert opened == ["new 1", "new 1"]


def test_the_slot_cursor_walks_into_the_next_week(make_week: MakeWeek) -> None:
    page = with_cursor(make_week(), "sunday", "10:00")
    page.key(Key.Key_Right)
    assert (page.view.grid.first - MONDAY).days == 7
    assert page.cursor == "mon+1 10:00-10:30"


def test_tab_walks_the_blocks_in_order_of_time(make_week: MakeWeek) -> None:
    page = make_week(CLIENT, LUNCH)
    walked: list[str] = []
    for _ in range(2):
        page.key(Key.Key_Tab)
        walked += page.view.selected
    page.key(Key.Key_Backtab, SHIFT)
    assert [*walked, *page.view.selected] == ["Lunch", "Client", "Lunch"]


@pytest.mark.parametrize(
    ("key", "keys", "made"),
    [
        (Key.Key_Down, CTRL, "thu 14:15-15:45"),
        (Key.Key_Up, CTRL, "thu 13:45-15:15"),
        (Key.Key_Left, CTRL, "wed 14:00-15:30"),
        (Key.Key_Right, CTRL, "fri 14:00-15:30"),
        (Key.Key_Down, SHIFT, "thu 14:00-15:45"),
        (Key.Key_Up, SHIFT, "thu 14:00-15:15"),
        (Key.Key_Down, SHIFT | ALT, "thu 14:15-15:30"),
        (Key.Key_Up, SHIFT | ALT, "thu 13:45-15:30"),
    ],
)
def test_arrows_with_modifiers_change_the_selected_block(
    make_week: MakeWeek, key: Qt.Key, keys: Qt.KeyboardModifier, made: str
) -> None:
    page = make_week(CLIENT)
    page.view.select(["Client"])
    page.key(key, keys)
    assert page.slots == [f"{made} blocked"]


def test_a_second_key_builds_on_a_first_that_is_not_answered(make_week: MakeWeek) -> None:
    page = make_week(CLIENT)
    page.calendar.answers_at_once = False
    page.view.select(["Client"])
    page.key(Key.Key_Down, CTRL, times=2)
    first, second = page.calendar.edits
    assert second.changes[0].before == first.changes[0].after
    shown = page.view.board.content.entry("Client")
    assert shown is not None
    assert shown.start == 14 * 60 + 30


@pytest.mark.parametrize("key", [Key.Key_Delete, Key.Key_Backspace])
def test_delete_asks_for_one_edit_of_all_that_is_selected(make_week: MakeWeek, key: Qt.Key) -> None:
    page = make_week(CLIENT, LUNCH)
    page.key(Key.Key_A, CTRL)
    page.key(key)
    assert page.slots == []
    assert len(page.calendar.edits) == 1
    assert page.view.selected == ()


def test_escape_takes_the_selection_away(make_week: MakeWeek) -> None:
    page = make_week(CLIENT)
    page.view.select(["Client"])
    page.key(Key.Key_Escape)
    assert page.view.selected == ()


def test_duplicate_goes_to_the_next_free_hours(make_week: MakeWeek) -> None:
    page = make_week(CLIENT, entry("After", "thursday", "15:30", "16:00"))
    page.view.select(["Client"])
    page.key(Key.Key_D, CTRL)
    assert "thu 16:00-17:30 blocked" in page.slots


def test_copy_and_paste_at_the_slot_cursor(make_week: MakeWeek) -> None:
    page = make_week(CLIENT)
    page.view.select(["Client"])
    page.key(Key.Key_C, CTRL)
    page.view.set_slot_cursor(MONDAY, 9 * 60, 10 * 60)
    page.key(Key.Key_V, CTRL)
    assert page.slots == ["mon 09:00-10:30 blocked", "thu 14:00-15:30 blocked"]


def test_split_cuts_the_selected_entry(make_week: MakeWeek) -> None:
    page = make_week(CLIENT)
    page.view.select(["Client"])
    page.view.split(14 * 60 + 34)
    assert page.slots == ["thu 14:00-14:30 blocked", "thu 14:30-15:30 blocked"]


def test_flip_makes_a_block_available(make_week: MakeWeek) -> None:
    page = make_week(CLIENT)
    page.view.select(["Client"])
    page.view.flip()
    assert page.slots == ["thu 14:00-15:30 available"]


@pytest.mark.parametrize(
    ("letter", "command"),
    [
        ("c", "new"),
        ("t", "today"),
        ("j", "forward"),
        ("k", "back"),
        ("d", "day_view"),
        ("w", "week_view"),
        ("g", "go_to_date"),
        ("/", "search"),
        ("a", "caller_preview"),
        ("?", "shortcuts"),
    ],
)
def test_letters_are_commands_and_can_be_switched_off(make_week: MakeWeek, letter: str, command: str) -> None:
    page = make_week()
    heard: list[str] = []
    page.view.command_requested.connect(heard.append)
    page.type(letter)
    page.view.set_letters(is_on=False)
    page.type(letter)
    assert heard == [command]


def test_i_asks_why_at_the_slot_cursor(make_week: MakeWeek) -> None:
    page = with_cursor(make_week(), "wednesday", "10:00")
    heard: list[object] = []
    page.view.why_requested.connect(lambda day, minute: heard.append((day, minute)))
    page.type("i")
    assert heard == [(MONDAY.replace(day=18), 600)]


@pytest.mark.parametrize("times", [20, 60])
def test_the_end_of_a_slot_cursor_that_grows_beyond_the_screen_stays_in_view(
    make_week: MakeWeek, times: int
) -> None:
    page = with_cursor(make_week(), "wednesday", "8:00")
    page.view.set_zoom(2.0)
    page.key(Key.Key_Down, SHIFT, times=times)
    cursor, grid = page.view.slot_cursor, page.view.grid
    assert cursor is not None
    assert cursor.end == min(8 * 60 + 30 + 15 * times, 24 * 60)
    assert grid.header < grid.y_of(cursor.end) <= grid.height
    page.key(Key.Key_Up, SHIFT, times=times)
    cursor, grid = page.view.slot_cursor, page.view.grid
    assert cursor is not None
    assert grid.header <= grid.y_of(cursor.end) <= grid.height, "on the way back as well"
