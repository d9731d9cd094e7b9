"""The menus of the week."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu
from tests.helpers.week_page import MONDAY, entry

from triluna_desktop.domain.models import Entry, Pattern

if TYPE_CHECKING:
    from tests.helpers.week_fixtures import MakeWeek
    from tests.helpers.week_page import WeekPage

LUNCH = entry("Lunch", "thursday", "12:00", "13:00")
CLIENT = entry("Client", "thursday", "14:00", "15:30")
HOURS = Pattern("hours", 4, 9 * 60, 17 * 60, title="Practice")


def menu_at(page: WeekPage, point: QPointF) -> QMenu:
    at = point.toPoint()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, page.view.mapToGlobal(at))
    QApplication.sendEvent(page.view, event)
    return next(each for each in page.view.findChildren(QMenu) if each.isVisible())


def texts(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if action.text()]


def choose(menu: QMenu, text: str) -> None:
    next(action for action in menu.actions() if action.text() == text).trigger()
    menu.close()


def test_a_blocks_menu_offers_what_the_design_says(make_week: MakeWeek) -> None:
    page = make_week(CLIENT)
    menu = menu_at(page, page.on("Client"))
    assert texts(menu) == [
        "Edit",
        "Duplicate",
        "Repeat weekly…",
        "Make available",
        "Split here",
        "Why?",
        "Delete",
    ]  # fmt: skip - a menu reads as a line.
    assert page.view.selected == ("Client",)
    menu.close()


def test_delete_in_the_menu_deletes(make_week: MakeWeek) -> None:
    page = make_week(CLIENT)
    choose(menu_at(page, page.on("Client")), "Delete")
    assert page.slots == []


def test_the_menu_of_several_speaks_of_all(make_week: MakeWeek) -> None:
    page = make_week(CLIENT, LUNCH)
    page.view.select(["Client", "Lunch"])
    menu = menu_at(page, page.on("Client"))
    assert texts(menu) == ["Duplicate", "Make available", "Change many…", "Delete 2 entries"]
    menu.close()


def test_repeat_weekly_hands_over_the_entry(make_week: MakeWeek) -> None:
    page = make_week(CLIENT)
    heard: list[object] = []
    page.view.weekly_hours_requested.connect(heard.append)
    choose(menu_at(page, page.on("Client")), "Repeat weekly…")
    assert heard == [CLIENT]


def test_weekly_hours_offer_to_edit_them_or_this_date_only(make_week: MakeWeek) -> None:
    page = make_week(HOURS, LUNCH)
    point = page.at("thursday", "10:00") - QPointF(40, 0)
    heard: list[object] = []
    page.view.weekly_editor_requested.connect(heard.append)
    choose(menu_at(page, point), "Edit weekly hours…")
    assert heard == [HOURS]


def test_blocking_weekly_hours_on_a_date_makes_an_entry_that_conflicts_with_none(make_week: MakeWeek) -> None:
    page = make_week(HOURS, LUNCH)
    opened: list[str] = []
    page.view.open_requested.connect(opened.append)
    choose(menu_at(page, page.at("thursday", "10:00") - QPointF(40, 0)), "Block on this date")
    made = page.calendar.items["new 1"]
    assert made == Entry("new 1", MONDAY.replace(day=19), 9 * 60, 12 * 60, False, "Practice")
    assert opened == ["new 1"]


def test_weekly_hours_ask_to_be_changed_on_this_date_only_or_later_too(make_week: MakeWeek) -> None:
    page = make_week(HOURS)
    heard: list[tuple[object, ...]] = []
    page.view.exception_requested.connect(lambda *what: heard.append(what))
    point = page.at("thursday", "10:00") - QPointF(40, 0)
    choose(menu_at(page, point), "Change only this date…")
    choose(menu_at(page, point), "Change this date and later…")
    day = MONDAY.replace(day=19)
    assert heard == [(HOURS, day, "only"), (HOURS, day, "later")]


def test_an_empty_place_offers_to_open_or_block_it(make_week: MakeWeek) -> None:
    page = make_week()
    choose(menu_at(page, page.at("friday", "10:00")), "Make available")
    assert page.slots == ["fri 10:00-10:30 available"]


def test_a_read_only_grid_offers_no_changes(make_week: MakeWeek) -> None:
    page = make_week(CLIENT)
    page.view.set_read_only(True)
    menu = menu_at(page, page.on("Client"))
    assert [action.text() for action in menu.actions() if action.isEnabled() and action.text()] == ["Edit", "Why?"]
    menu.close()
