"""Scrolling, zooming and turning the week, by wheel and at the edges of a drag."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from tests.helpers.week_page import CTRL, MONDAY, SHIFT, entry

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot
    from tests.helpers.week_fixtures import MakeWeek
    from tests.helpers.week_page import WeekPage

CLIENT = entry("Client", "thursday", "14:00", "15:30")


def weeks_away(page: WeekPage) -> float:
    return (page.view.grid.first - MONDAY).days / 7


def test_the_wheel_scrolls(make_week: MakeWeek) -> None:
    page = make_week()
    before = page.view.top_minute
    page.wheel(y=-120)
    assert page.view.top_minute > before
    assert weeks_away(page) == 0


def test_shift_and_the_wheel_turn_one_week(make_week: MakeWeek) -> None:
    page = make_week()
    page.wheel(y=-120, keys=SHIFT)
    assert weeks_away(page) == 1


def test_a_swipe_turns_one_week_however_long_it_is(make_week: MakeWeek) -> None:
    page = make_week()
    for _ in range(30):
        page.wheel(x=-60)
    assert weeks_away(page) == 1
    page.clock.advance(1)
    for _ in range(30):
        page.wheel(x=60)
    assert weeks_away(page) == 0


def test_ctrl_and_the_wheel_zoom_around_the_pointer(make_week: MakeWeek) -> None:
    page = make_week()
    point = page.at("thursday", "12:00")
    page.wheel(y=120, keys=CTRL, at=point)
    assert page.view.zoom > 1
    assert abs(page.view.grid.minute_at(point.y()) - 12 * 60) < 3


def test_zoom_has_bounds(make_week: MakeWeek) -> None:
    page = make_week()
    page.view.set_zoom(100)
    assert page.view.zoom == 5
    page.view.set_zoom(0)
    assert page.view.zoom == 0.5


def test_a_drag_near_the_bottom_scrolls_and_takes_the_end_along(make_week: MakeWeek, qtbot: QtBot) -> None:
    page = make_week()
    page.view.scroll_to(2 * 60)
    page.press(page.at("friday", "09:00"))
    low = QPointF(page.at("friday", "09:00").x(), page.view.height() - 2)
    page.move(low)
    first = page.hand[0]
    top = page.view.top_minute

    def scrolled() -> bool:
        page.clock.advance(0.05)
        return page.view.top_minute > top + 60

    qtbot.waitUntil(scrolled)
    assert page.hand[0] > first
    page.release(low)
    assert page.calendar.edits


def test_a_drag_held_at_the_side_turns_the_week_and_drops_there(make_week: MakeWeek, qtbot: QtBot) -> None:
    page = make_week(CLIENT)
    page.press(page.on("Client"))
    edge = QPointF(page.view.width() - page.view.grid.trailing - 3, page.on("Client").y())
    page.move(edge)
    held = page.clock.monotonic()

    def turned() -> bool:
        page.clock.advance(0.02)
        return weeks_away(page) == 1

    qtbot.waitUntil(turned)
    assert page.clock.monotonic() - held >= 0.7
    page.release(edge)
    assert page.slots == ["sun+1 14:00-15:30 blocked"]


def test_the_now_line_follows_the_clock(make_week: MakeWeek) -> None:
    page = make_week()
    before = page.view.grab().toImage()
    page.clock.advance(3600)
    page.view.update_now()
    assert page.view.grab().toImage() != before


def test_scrolling_paints_what_a_fresh_picture_would_show(make_week: MakeWeek) -> None:
    page = make_week(CLIENT, entry("Lunch", "monday", "12:00", "13:00"))
    page.view.grab()
    for step in (7, 13, -5, 40, -31):
        page.view.scroll_by(step)
        page.view.grab()
    scrolled = page.view.grab().toImage()
    page.view.resize(999, 760)
    page.view.resize(1000, 760)
    assert page.view.grab().toImage() == scrolled
