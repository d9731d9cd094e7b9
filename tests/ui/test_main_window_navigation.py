"""Getting about in time, the sidebar, the shortcuts, and what the window remembers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from tests.helpers.window_page import MONDAY, THURSDAY, entry

from triluna_desktop.domain.models import Pattern
from triluna_desktop.session import ConnectionState
from triluna_desktop.system import settings as table

if TYPE_CHECKING:
    from tests.helpers.window_fixtures import MakeWindow

LUNCH = entry("Lunch", "12:00", "13:00")
WEEKLY = tuple(Pattern(f"weekly {day}", day, 540, 1020, True) for day in range(1, 6))
WEEK = timedelta(days=7)


def test_it_opens_on_this_week_and_says_so(make_window: MakeWindow) -> None:
    page = make_window()

    assert page.shown_dates == (MONDAY, 7)
    assert page.window.profile.page.toolbar.title.text == "16 – 22 November 2026"
    assert page.window.profile.page.toolbar.title.note == "Week 47"
    assert page.window.windowTitle() == "16 – 22 November 2026"


def test_the_title_says_that_it_is_the_demo(make_window: MakeWindow) -> None:
    assert make_window(is_demo=True).window.windowTitle() == "16 – 22 November 2026 – Demo"


def test_arrows_today_and_the_view_turn_the_dates(make_window: MakeWindow) -> None:
    page = make_window()
    toolbar = page.window.profile.page.toolbar

    page.click(toolbar.forward_button)
    assert page.shown_dates == (MONDAY + WEEK, 7)
    page.click(toolbar.back_button)
    page.click(toolbar.back_button)
    assert page.shown_dates == (MONDAY - WEEK, 7)
    page.click(toolbar.today_button)
    page.click(toolbar.view.button("day"))
    assert page.shown_dates == (THURSDAY, 1)
    assert toolbar.title.text == "19 November 2026"
    assert toolbar.title.note == "Thursday"
    page.click(toolbar.view.button("week"))
    assert page.shown_dates == (MONDAY, 7)


@pytest.mark.parametrize(
    ("key", "first", "days"),
    [
        (Qt.Key.Key_J, MONDAY + WEEK, 7),
        (Qt.Key.Key_K, MONDAY - WEEK, 7),
        (Qt.Key.Key_PageDown, MONDAY + WEEK, 7),
        (Qt.Key.Key_D, THURSDAY, 1),
    ],
)
def test_keys_turn_the_dates_while_the_grid_has_the_keyboard(
    make_window: MakeWindow, key: Qt.Key, first: date, days: int
) -> None:
    page = make_window()
    page.window.profile.week_view.setFocus()

    page.press(key)

    assert page.shown_dates == (first, days)


def test_the_day_view_shows_the_day_of_the_cursor_else_of_what_is_selected_else_today(
    make_window: MakeWindow,
) -> None:
    page = make_window(entry("Travel", "13:00", "16:00", day=MONDAY + timedelta(days=4)))

    page.window.profile.week_view.set_slot_cursor(MONDAY + timedelta(days=1), 600, 660)
    page.window.run_command("day_view")
    assert page.shown_dates == (MONDAY + timedelta(days=1), 1)

    page.window.run_command("week_view")
    page.select("Travel")
    page.window.run_command("day_view")
    assert page.shown_dates == (MONDAY + timedelta(days=4), 1)

    page.window.run_command("week_view")
    page.select()
    page.window.run_command("day_view")
    assert page.shown_dates == (THURSDAY, 1)


def test_turning_between_day_and_week_is_told_once(make_window: MakeWindow) -> None:
    page = make_window()
    told: list[tuple[date, int]] = []
    page.window.profile.week.period_changed.connect(lambda first, days: told.append((first, days)))
    for view in ("day_view", "day_view", "week_view"):
        page.window.run_command(view)
    assert told == [(THURSDAY, 1), (MONDAY, 7)]


def test_letters_are_letters_in_a_text_field_and_nothing_when_switched_off(make_window: MakeWindow) -> None:
    page = make_window(LUNCH)
    page.select("Lunch")
    page.type_into("title", "jk")
    assert page.shown_dates == (MONDAY, 7)
    assert page.inspector.form.title.text == "jk"

    page.settings.set(table.GRID_SINGLE_LETTER_KEYS, False)
    page.window.profile.week_view.setFocus()
    page.press(Qt.Key.Key_J)
    assert page.shown_dates == (MONDAY, 7)


def test_a_date_can_be_typed_to_go_to(make_window: MakeWindow) -> None:
    page = make_window()
    page.window.run_command("go_to_date")
    popup = page.window.profile.palettes.date_popup
    assert popup is not None

    popup.edit.setText("31/11")
    popup.go()
    assert popup.field.problem.text() == "31/11 does not exist."
    popup.edit.setText("24/12")
    popup.go()

    assert page.shown_dates == (date(2026, 12, 21), 7)
    assert not popup.isVisible()


@pytest.mark.parametrize(
    ("typed", "first"),
    [("tomorrow", MONDAY), ("monday", MONDAY + timedelta(days=7)), ("wed", MONDAY + timedelta(days=7))],
)
def test_a_weekday_can_be_typed_to_go_to_from_wherever_one_is(
    make_window: MakeWindow, typed: str, first: date
) -> None:
    page = make_window()
    page.window.profile.week.show_date(date(2027, 3, 4))
    page.window.run_command("go_to_date")
    popup = page.window.profile.palettes.date_popup
    assert popup is not None

    QTest.keyClicks(popup.edit, typed)
    QTest.keyClick(popup.edit, Qt.Key.Key_Return)

    assert page.shown_dates == (first, 7)


def test_the_small_month_marks_the_week_dots_entries_and_goes_to_a_date(make_window: MakeWindow) -> None:
    page = make_window(LUNCH)
    month = page.window.profile.page.sidebar.month
    assert month.name.text() == "November 2026"
    assert month.days.dotted == {THURSDAY}

    QTest.mouseClick(month.days, Qt.MouseButton.LeftButton, pos=month.days.point_of(date(2026, 12, 2)))

    assert page.shown_dates == (date(2026, 11, 30), 7)
    assert month.days.day_at(QPoint(-5, 40)) is None


def test_the_small_month_works_by_keyboard(make_window: MakeWindow) -> None:
    page = make_window(LUNCH)
    days = page.window.profile.page.sidebar.month.days
    days.setFocus()
    days.move_cursor(THURSDAY)
    assert days.accessibleName() == "Thursday, 19 November 2026, has entries"

    page.press(Qt.Key.Key_PageDown)
    page.press(Qt.Key.Key_Up)
    assert days.cursor_day == date(2026, 12, 12)
    assert page.window.profile.page.sidebar.month.name.text() == "December 2026"
    page.press(Qt.Key.Key_Return)

    assert page.shown_dates == (date(2026, 12, 7), 7)


def test_the_sidebar_sums_up_what_can_be_booked(make_window: MakeWindow) -> None:
    page = make_window(LUNCH, *WEEKLY)
    hours = page.window.profile.page.sidebar.hours

    assert hours.total.text() == "39 h"
    assert "Thu 19 Nov: 7 h; Fri 20 Nov: 8 h; Sat 21 Nov: closed" in hours.bars.accessibleDescription()


def test_layers_are_shown_hidden_and_remembered(make_window: MakeWindow) -> None:
    page = make_window(LUNCH)
    page.click(page.window.profile.page.sidebar.layers.boxes["blocked"])

    assert page.window.profile.week_view.board.scene.find("Lunch") is None
    assert not page.settings.get(table.LAYERS_BLOCKED)


def test_the_sidebar_goes_in_a_narrow_window_and_comes_back(make_window: MakeWindow) -> None:
    page = make_window()
    sidebar = page.window.profile.page.sidebar

    page.window.resize(800, 600)
    assert not sidebar.isVisible()
    page.window.run_command("sidebar")
    assert sidebar.isVisible()
    page.window.run_command("sidebar")
    page.window.resize(1200, 800)
    assert sidebar.isVisible()
    assert page.settings.get(table.WINDOW_SIDEBAR_VISIBLE), "a narrow window is no choice to remember"


def test_in_the_smallest_window_nothing_lies_over_anything_else(make_window: MakeWindow) -> None:
    page = make_window(LUNCH)
    page.select("Lunch")
    page.window.resize(page.window.minimumSize())
    QApplication.processEvents()

    bar = page.window.profile.page.toolbar
    for row in (bar.view, bar.brush):
        ends = [button.geometry() for button in row.findChildren(QPushButton)]
        assert not ends[0].intersects(ends[1])
        assert row.width() >= row.minimumSizeHint().width()
    assert page.window.profile.page.rect().contains(page.inspector.geometry())


def test_the_window_remembers_the_view_the_sidebar_and_the_zoom(make_window: MakeWindow) -> None:
    page = make_window()
    page.window.run_command("day_view")
    page.window.run_command("sidebar")
    page.window.profile.week_view.set_zoom(1.5)
    page.window.close()

    again = make_window()

    assert page.closed == 1
    assert again.shown_dates == (THURSDAY, 1)
    assert not again.window.profile.page.sidebar.isVisible()
    assert again.window.profile.week_view.zoom == pytest.approx(1.5)


def test_a_closed_window_has_nothing_left_to_show(make_window: MakeWindow) -> None:
    page = make_window()
    page.say(ConnectionState.SYNCED)
    assert any(timer.isActive() for timer in page.window.findChildren(QTimer))

    page.window.close()

    assert not any(timer.isActive() for timer in page.window.findChildren(QTimer))


def test_weeks_start_where_the_setting_says(make_window: MakeWindow) -> None:
    page = make_window()
    page.settings.set(table.CALENDAR_FIRST_WEEKDAY, "0")

    assert page.shown_dates == (date(2026, 11, 15), 7)
    assert page.window.profile.page.toolbar.title.note == "Week 47"


def test_midnight_moves_today(make_window: MakeWindow) -> None:
    page = make_window()
    page.clock.advance(12 * 3600)

    page.window.profile.week.dawn.timeout.emit()

    assert page.window.profile.week.today == date(2026, 11, 20)


def test_delete_takes_an_entry_away_with_the_way_back(make_window: MakeWindow) -> None:
    page = make_window(LUNCH)
    page.window.profile.week_view.setFocus()
    page.select("Lunch")

    page.press(Qt.Key.Key_Delete)
    assert page.entries() == []
    assert page.toast == "“Lunch” deleted"

    page.window.run_command("undo")
    assert page.entries() == ["12:00-13:00 Lunch"]
    assert page.toast == "Undone: “Lunch” deleted"
    page.window.run_command("redo")
    assert page.entries() == []


def test_the_toast_goes_after_ten_seconds(make_window: MakeWindow) -> None:
    page = make_window(LUNCH)
    page.select("Lunch")
    page.window.profile.week_view.delete_selected()
    timer = page.window.profile.page.toast.timer
    assert (timer.interval(), timer.isActive()) == (10_000, True)

    timer.timeout.emit()

    assert page.toast == ""


def test_undoing_what_happened_elsewhere_in_time_turns_there(make_window: MakeWindow) -> None:
    page = make_window(LUNCH)
    page.select("Lunch")
    page.window.profile.week_view.delete_selected()
    page.window.profile.week.turn(5)

    page.window.run_command("undo")

    assert page.shown_dates == (MONDAY, 7)


def test_a_new_entry_is_started_in_the_next_full_hour(make_window: MakeWindow) -> None:
    page = make_window()
    page.window.run_command("new")
    assert page.inspector.heading.text() == "New available time"

    page.press(Qt.Key.Key_Return)

    assert page.entries() == ["14:00-15:00"]
    assert not page.inspector.form.is_new


def test_the_list_of_shortcuts_shows_every_command(make_window: MakeWindow) -> None:
    page = make_window()
    page.window.run_command("shortcuts")
    listed = page.window.profile.choosing.shortcuts
    assert listed is not None

    sentences = page.sentences(listed)
    assert {"Today", "T, Home", "Undo", "Ctrl+Z", "Make an entry of the slot"} <= set(sentences)
    listed.close()
