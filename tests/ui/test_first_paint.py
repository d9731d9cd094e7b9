"""The first paint: the week alone, where it will stay when the rest of the window comes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication
from tests.helpers.window_page import WindowPage, entry

from triluna_desktop.system import settings as table
from triluna_desktop.system.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from triluna_desktop.ui.theme import Theme

MONDAY, SUNDAY = date(2026, 11, 16), date(2026, 11, 15)
"""Of the week that is shown, as it begins in Britain and in America."""


@pytest.fixture
def page(tmp_path: Path, window_theme: Theme) -> Iterator[WindowPage]:
    """A window as it is at the first paint."""
    page = WindowPage(tmp_path, window_theme, [entry("Lunch", "12:00", "13:00")], furnished=False)
    yield page
    page.end()


def place(page: WindowPage) -> tuple[QRect, int, int]:
    """Where the grid is in the window, how far it is scrolled, and how wide a day is."""
    view = page.window.profile.week_view
    corner = view.mapTo(page.window, QPoint())
    return QRect(corner, view.size()), view.grid.scroll, view.grid.column_span(0)[1]


def test_the_first_paint_shows_the_weeks_entries(page: WindowPage) -> None:
    (block,) = page.window.profile.week_view.board.scene.blocks()
    assert block.item.title == "Lunch"


@pytest.mark.parametrize("width", [1440, 800])
@pytest.mark.parametrize("with_sidebar", [True, False])
def test_nothing_moves_when_the_rest_of_the_window_comes(page: WindowPage, width: int, with_sidebar: bool) -> None:
    page.settings.set(table.WINDOW_SIDEBAR_VISIBLE, with_sidebar)
    page.window.profile.page.set_sidebar(with_sidebar)
    page.window.resize(width, 900)
    QApplication.processEvents()
    before = place(page)

    page.furnish()
    QApplication.processEvents()

    assert place(page) == before


def test_the_rest_of_the_window_asks_for_no_other_content(page: WindowPage) -> None:
    scene = page.window.profile.week_view.board.scene

    page.furnish()

    assert page.window.profile.week_view.board.scene == scene


@pytest.mark.parametrize(
    ("kept", "chosen", "first_painted"),
    [("6", "locale", date(2026, 11, 14)), ("", "locale", MONDAY), ("6", "0", SUNDAY)],
)
def test_the_first_paint_takes_the_weekday_that_the_locale_had_last_time(
    tmp_path: Path, window_theme: Theme, kept: str, chosen: str, first_painted: date
) -> None:
    settings = Settings(tmp_path / "settings.json")
    settings.set_all({table.WINDOW_LOCALE_WEEKDAY: kept, table.CALENDAR_FIRST_WEEKDAY: chosen})
    page = WindowPage(tmp_path, window_theme, furnished=False)
    week_view = page.window.profile.week_view
    try:
        assert week_view.grid.first == first_painted
        page.furnish()
        assert week_view.grid.first == (SUNDAY if chosen == "0" else MONDAY), "in Britain weeks start on Mondays"
        assert week_view.first_weekday == (0 if chosen == "0" else 1)
        assert page.settings.get(table.WINDOW_LOCALE_WEEKDAY) == "1"
    finally:
        page.end()


def test_a_window_closed_before_the_rest_came_is_closed(page: WindowPage) -> None:
    page.window.close()

    assert page.closed == 1
