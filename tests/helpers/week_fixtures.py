"""Fixtures of the tests of the week view."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.helpers.week_page import WeekPage

from triluna_desktop.ui.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QLocale
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from triluna_desktop.domain.models import Item

    MakeWeek = Callable[..., WeekPage]


@pytest.fixture
def grid_theme(qapp: QApplication) -> Theme:
    """The light theme, not installed: the grid asks it for colours only."""
    return Theme(qapp, "light")


@pytest.fixture
def make_week(qtbot: QtBot, grid_theme: Theme) -> MakeWeek:
    """Makes a week on screen with the given items."""

    def make(*items: Item, locale: QLocale | None = None, rtl: bool = False) -> WeekPage:
        page = WeekPage(grid_theme, items, locale=locale, rtl=rtl)
        qtbot.addWidget(page.view)
        return page

    return make
