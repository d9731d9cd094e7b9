"""Where the window opens, and how large."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from triluna_desktop.system import settings as table
from triluna_desktop.ui.main_window import MainWindow
from triluna_desktop.ui.profile_page import ProfilePage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.helpers.window_fixtures import MakeWindow
    from tests.helpers.window_page import WindowPage

    from triluna_desktop.ui.theme import Theme

    Reopen = Callable[[WindowPage], MainWindow]


@pytest.fixture
def reopen(window_theme: Theme) -> Iterator[Reopen]:
    """Makes another window for what a page shows, as the next start does before it is shown."""
    made: list[MainWindow] = []

    def make(page: WindowPage) -> MainWindow:
        profile = ProfilePage(page.session, page.settings, window_theme, page.clock, try_demo=lambda: None)
        made.append(MainWindow(profile, closed=lambda: None))
        return made[-1]

    yield make
    for window in made:
        window.deleteLater()


def test_a_window_opens_with_the_place_that_it_had(make_window: MakeWindow, reopen: Reopen) -> None:
    page = make_window()
    page.window.resize(700, 500)
    page.window.move(40, 30)
    page.window.close()
    assert reopen(page).geometry() == page.window.geometry()


@pytest.mark.parametrize("kept", ["", "bm8gcGxhY2U="])
def test_without_a_place_that_can_be_read_it_opens_in_its_own_size(
    make_window: MakeWindow, reopen: Reopen, kept: str
) -> None:
    page = make_window()
    page.settings.set(table.WINDOW_GEOMETRY, kept)
    window = reopen(page)
    room = window.screen().availableSize()
    assert (window.width(), window.height()) == (min(1280, room.width()), min(800, room.height() - 40))
