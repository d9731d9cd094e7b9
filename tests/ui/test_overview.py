"""The overview: a year of bookable hours as a map, by weekday and week, with a mouse, keys, and as tables."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from tests.helpers.overview_page import OverviewPage
from tests.helpers.window_page import MONDAY, THURSDAY, entry

from triluna_desktop.domain.models import Pattern
from triluna_desktop.session import ConnectionState

if TYPE_CHECKING:
    from tests.helpers.window_fixtures import MakeWindow
    from tests.helpers.window_page import WindowPage

OFFICE = [Pattern(f"office{day}", day, 9 * 60, 17 * 60, True) for day in range(1, 6)]
LUNCH = entry("Lunch", "12:00", "13:00")


def know_everything(page: WindowPage) -> None:
    """As if the server had been read far and wide."""
    page.runner.run(page.store.run(lambda tx: tx.add_loaded(date(2020, 1, 1), date(2030, 12, 31))))


def test_the_year_is_summed_up_and_each_date_says_its_hours(make_window: MakeWindow) -> None:
    page = make_window(LUNCH, *OFFICE)
    know_everything(page)
    overview = OverviewPage(page).open()
    # 261 weekdays of eight hours, one of them with an hour less.
    assert overview.dialog.total.text() == "2026: 2087 h bookable"
    assert overview.dialog.at_cursor.text() == "Thursday, 19 November 2026: 7 h bookable"
    assert overview.dialog.map.accessibleName() == overview.dialog.at_cursor.text()
    assert overview.dialog.legend.accessibleName() == "A full cell is 8 h"


def test_a_click_goes_to_the_date_and_leaves_the_overview_open(make_window: MakeWindow) -> None:
    page = make_window(*OFFICE)
    overview = OverviewPage(page).open()
    overview.click(date(2026, 3, 4))
    assert page.shown_dates == (date(2026, 3, 2), 7)
    assert overview.dialog.map.cursor_day == date(2026, 3, 4)
    overview.click(date(2026, 12, 31))
    assert page.shown_dates == (date(2026, 12, 28), 7)


@pytest.mark.parametrize(
    ("keys", "day"),
    [
        ([Qt.Key.Key_Down], THURSDAY + timedelta(days=1)),
        ([Qt.Key.Key_Up], THURSDAY - timedelta(days=1)),
        ([Qt.Key.Key_Right], THURSDAY + timedelta(days=7)),
        ([Qt.Key.Key_Left, Qt.Key.Key_Left], THURSDAY - timedelta(days=14)),
        ([Qt.Key.Key_PageUp], date(2026, 10, 19)),
        ([Qt.Key.Key_PageDown, Qt.Key.Key_Home], THURSDAY),
    ],
)
def test_the_arrow_keys_walk_over_the_map(make_window: MakeWindow, keys: list[Qt.Key], day: date) -> None:
    page = make_window(*OFFICE)
    overview = OverviewPage(page).open()
    overview.press(*keys)
    assert overview.dialog.map.cursor_day == day
    overview.press(Qt.Key.Key_Return)
    assert page.shown_dates[0] <= day < page.shown_dates[0] + timedelta(days=7)


def test_in_a_window_from_right_to_left_the_year_runs_the_other_way(make_window: MakeWindow) -> None:
    page = make_window(*OFFICE)
    overview = OverviewPage(page).open()
    overview.dialog.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    places = overview.dialog.map
    assert places.point_of(date(2026, 1, 5)).x() > places.point_of(date(2026, 12, 21)).x()
    overview.press(Qt.Key.Key_Left)
    assert places.cursor_day == THURSDAY + timedelta(days=7)
    overview.click(date(2026, 6, 10))
    assert places.cursor_day == date(2026, 6, 10)


def test_beyond_the_year_the_next_one_is_shown(make_window: MakeWindow) -> None:
    page = make_window(*OFFICE)
    know_everything(page)
    overview = OverviewPage(page).open()
    overview.press(*[Qt.Key.Key_Right] * 7)
    assert overview.dialog.total.text() == "2027: 2088 h bookable"
    assert overview.dialog.map.cursor_day == THURSDAY + timedelta(days=49)
    page.click(overview.dialog.back_button)
    page.click(overview.dialog.back_button)
    assert overview.dialog.total.text().startswith("2025: ")
    assert overview.dialog.map.cursor_day == date(2025, 12, 31)


def test_what_was_not_read_does_not_look_closed(make_window: MakeWindow) -> None:
    page = make_window(*OFFICE)
    page.runner.run(page.store.run(lambda tx: tx.add_loaded(date(2026, 9, 1), date(2027, 5, 1))))
    overview = OverviewPage(page).open()
    overview.click(date(2026, 2, 3))
    assert overview.dialog.at_cursor.text() == "Tuesday, 3 February 2026: not read from the server yet"
    assert overview.dialog.total.text().endswith("bookable on the dates that were read")
    overview.click(date(2026, 12, 6))
    assert overview.dialog.at_cursor.text() == "Sunday, 6 December 2026: closed"


def test_dates_that_are_read_meanwhile_are_shown_also_where_they_hold_nothing(make_window: MakeWindow) -> None:
    page = make_window(*OFFICE)
    overview = OverviewPage(page).open()
    assert overview.dialog.at_cursor.text().endswith("not read from the server yet")
    know_everything(page)
    page.say(ConnectionState.SYNCED)
    overview.settle()
    assert overview.dialog.at_cursor.text() == "Thursday, 19 November 2026: 8 h bookable"


def test_the_server_is_asked_for_the_whole_year(make_window: MakeWindow) -> None:
    page = make_window()
    overview = OverviewPage(page).open()
    looked = page.session._looked_at
    assert looked is not None
    assert looked[0] <= date(2026, 1, 1)
    assert looked[1] >= date(2026, 12, 31)
    overview.click(date(2026, 11, 25))
    assert page.session._looked_at == looked, "the year goes on being read"
    page.click(overview.dialog.close_button)
    assert page.session._looked_at == (MONDAY + timedelta(days=7), MONDAY + timedelta(days=13))


def test_weeks_that_were_not_read_are_named_so(make_window: MakeWindow) -> None:
    page = make_window(*OFFICE)
    page.runner.run(page.store.run(lambda tx: tx.add_loaded(MONDAY, MONDAY + timedelta(days=13))))
    overview = OverviewPage(page).open()
    dialog = overview.dialog
    assert dialog.weeks_heading.text() == "12 weeks from Mon 16 Nov, by what was read so far"
    assert dialog.weekdays_heading.text().endswith("from Mon 16 Nov, by what was read so far")
    page.click(dialog.form.button("tables"))
    rows = overview.rows(dialog.week_table)
    assert rows[1:3] == ["Week 48, from Mon 23 Nov: 40 h", "Week 49, from Mon 30 Nov: not read yet"]


def test_of_a_table_only_rows_that_are_looked_at_are_made(make_window: MakeWindow) -> None:
    page = make_window(*OFFICE)
    dialog = OverviewPage(page).open().dialog
    page.click(dialog.form.button("tables"))
    QApplication.processEvents()
    made = dialog.year_table.figures._made
    assert 0 < len(made) < 60
    assert (THURSDAY - date(2026, 1, 1)).days in made
    assert dialog.year_table.columnWidth(1) > dialog.fontMetrics().horizontalAdvance("not read yet")


def test_weekdays_and_weeks_are_those_from_the_cursor_on(make_window: MakeWindow) -> None:
    page = make_window(LUNCH, *OFFICE)
    know_everything(page)
    overview = OverviewPage(page).open()
    dialog = overview.dialog
    assert dialog.weeks_heading.text() == "12 weeks from Mon 16 Nov"
    assert dialog.weeks.accessibleDescription().startswith(
        "Week 47, from Mon 16 Nov: 39 h; Week 48, from Mon 23 Nov: 40 h; "
    )
    assert dialog.weekdays.accessibleDescription() == (
        "Monday: 8 h; Tuesday: 8 h; Wednesday: 8 h; Thursday: 7 h 55; Friday: 8 h; Saturday: 0 h; Sunday: 0 h"
    )
    overview.press(Qt.Key.Key_Right)
    assert dialog.weekdays.accessibleDescription().startswith(
        "Monday: 8 h; Tuesday: 8 h; Wednesday: 8 h; Thursday: 8 h"
    )


def test_everything_is_there_as_tables_too(make_window: MakeWindow) -> None:
    page = make_window(LUNCH, *OFFICE)
    know_everything(page)
    overview = OverviewPage(page).open()
    dialog = overview.dialog
    page.click(dialog.form.button("tables"))
    assert dialog.year_table.currentIndex().data() == "Thursday, 19 November 2026"
    rows = overview.rows(dialog.year_table)
    assert len(rows) == 365
    assert rows[0] == "Thursday, 1 January 2026: 8 h"
    assert rows[(THURSDAY - date(2026, 1, 1)).days] == "Thursday, 19 November 2026: 7 h"
    assert overview.rows(dialog.week_table)[0] == "Week 47, from Mon 16 Nov: 39 h"
    assert len(overview.rows(dialog.weekday_table)) == 7
    assert not dialog.map.isVisibleTo(dialog)
    dialog.year_table.activated.emit(dialog.year_table.figures.index(0, 0))
    assert page.shown_dates[0] == date(2025, 12, 29)
    page.click(dialog.form.button("charts"))
    assert dialog.map.isVisibleTo(dialog)


def test_it_follows_what_is_edited_meanwhile(make_window: MakeWindow) -> None:
    page = make_window(LUNCH, *OFFICE)
    know_everything(page)
    overview = OverviewPage(page).open()
    page.change_elsewhere("Lunch", None)
    overview.settle()
    assert overview.dialog.total.text() == "2026: 2088 h bookable"


def test_a_tooltip_tells_the_date_under_the_pointer(make_window: MakeWindow) -> None:
    page = make_window(LUNCH, *OFFICE)
    know_everything(page)
    places = OverviewPage(page).open().dialog.map
    point = places.point_of(THURSDAY)
    QApplication.sendEvent(places, QHelpEvent(QEvent.Type.ToolTip, point, places.mapToGlobal(point)))
    assert QToolTip.text() == "Thursday, 19 November 2026: 7 h bookable"
    QToolTip.hideText()
    assert places.day_at(places.cell_of(date(2026, 1, 1)).topLeft()) == date(2026, 1, 1)
    assert places.day_at(QPoint(1, 1).toPointF()) is None


def test_the_sidebar_leads_there(make_window: MakeWindow) -> None:
    page = make_window()
    page.click(page.window.profile.page.sidebar.hours.overview_button)
    assert OverviewPage(page).dialog.isVisible()
