"""Fixtures of the tests of the main window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QPalette
from tests.helpers.window_page import WindowPage

from triluna_desktop.ui.theme import Theme
from triluna_desktop.ui.translation import install

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from triluna_desktop.domain.models import Item

    MakeWindow = Callable[..., WindowPage]


@pytest.fixture
def window_theme(qapp: QApplication) -> Iterator[Theme]:
    """The light theme, put on the application as the app does."""
    theme = Theme(qapp, "light")
    theme.install()
    translation = install(qapp)
    yield theme
    qapp.removeTranslator(translation)
    qapp.setStyleSheet("")
    qapp.setPalette(QPalette())


@pytest.fixture
def make_window(tmp_path: Path, window_theme: Theme) -> Iterator[MakeWindow]:
    """Makes a window whose calendar holds the given items."""
    pages: list[WindowPage] = []

    def make(*items: Item, is_demo: bool = False) -> WindowPage:
        page = WindowPage(tmp_path, window_theme, items, is_demo=is_demo)
        pages.append(page)
        return page

    yield make
    for page in pages:
        page.end()
