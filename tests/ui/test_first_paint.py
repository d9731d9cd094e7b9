"""The first paint: the week alone, where it will stay when the rest of the window comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication
from tests.helpers.window_page import WindowPage, entry

from triluna_desktop.system import settings as table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from triluna_desktop.ui.theme import Theme


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


def test_a_window_closed_before_the_rest_came_is_closed(page: WindowPage) -> None:
    page.window.close()

    assert page.closed == 1
