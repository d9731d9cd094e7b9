"""The bar on top: what it holds where there is room, and the menu of *Block now*."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu
from tests.helpers.palette_page import PalettePage
from tests.helpers.window_page import entry

from triluna_desktop.session import ConnectionState
from triluna_desktop.ui.menu_button import MenuButton

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QAction
    from tests.helpers.window_fixtures import MakeWindow
    from tests.helpers.window_page import WindowPage

    from triluna_desktop.ui.theme import Theme
    from triluna_desktop.ui.toolbar import Toolbar


def bar_of(page: WindowPage, width: int) -> Toolbar:
    """The toolbar of a window that is so wide."""
    page.window.resize(width, 700)
    QApplication.processEvents()
    return page.window.profile.page.toolbar


def now_menu(page: WindowPage) -> dict[str, QAction]:
    """What the menu of *Block now* offers."""
    page.click(bar_of(page, 1600).now_button)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return {action.text(): action for action in menu.actions() if not action.isSeparator()}


def choose(action: QAction) -> None:
    """Choose from an open menu."""
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    action.trigger()
    menu.close()


@pytest.fixture
def from_right_to_left(qapp: QApplication) -> Iterator[None]:
    """The whole app, as in a language that is so written."""
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_a_wide_bar_has_weekly_hours_block_now_and_search_and_a_narrow_one_its_title(
    make_window: MakeWindow,
) -> None:
    page = make_window()
    least = bar_of(page, 1600).minimumSizeHint().width()
    seen: list[int] = []
    for width in range(1600, 640, -20):
        bar = bar_of(page, width)
        buttons = (bar.search_button, bar.now_button, bar.hours_button)
        shown = [each.isVisible() for each in buttons]
        assert shown == sorted(shown, reverse=True), "the first to go is that of the weekly hours"
        if any(shown):
            assert bar.title.width() >= bar.title.sizeHint().width()
        assert bar.minimumSizeHint().width() == least, "the window can be as small as ever"
        seen.append(sum(shown))
    assert seen == sorted(seen, reverse=True)
    assert {0, 3} < set(seen)


def test_a_short_name_of_the_month_makes_room_for_the_number_of_the_week(make_window: MakeWindow) -> None:
    page = make_window()
    page.window.profile.week.show_date(date(2026, 12, 1))
    long, short = "30 November – 6 December 2026", "30 Nov – 6 Dec 2026"
    seen: list[tuple[str, str]] = []
    for width in range(1600, 640, -20):
        title = bar_of(page, width).title
        assert title.text == long
        if not seen or seen[-1] != title.shown():
            seen.append(title.shown())
        if title.width() >= title.sizeHint().width():
            assert title.shown()[1] == "Week 49", "with the buttons beside it, too"
    in_turn = list(dict.fromkeys(seen))
    assert in_turn[:4] == [(long, "Week 49"), (short, "Week 49"), (short, ""), ("November 2026", "")]


def test_block_now_blocks_and_gives_the_rest_back(make_window: MakeWindow) -> None:
    page = make_window()
    offers = now_menu(page)
    assert list(offers) == [
        *("15 minutes", "30 minutes", "60 minutes", "Until the next entry", "Rest of the day"),
        "Release early",
    ]
    assert not offers["Release early"].isEnabled()
    choose(offers["30 minutes"])
    now = page.clock.now()
    [blocked] = page.session.days(now.date(), 1).entries
    assert (blocked.item.start, blocked.item.is_available) == (now.hour * 60 + now.minute, False)
    assert blocked.item.end - blocked.item.start == 30
    offers = now_menu(page)
    assert offers["Release early"].isEnabled()
    choose(offers["Release early"])
    assert page.entries() == []


def test_weekly_hours_and_search_open_from_the_bar(make_window: MakeWindow) -> None:
    page = make_window(entry("Dentist", "10:00", "11:00"))
    bar = bar_of(page, 1600)
    page.click(bar.search_button)
    assert PalettePage(page).popup.accessibleName() == "Search"
    page.click(bar.hours_button)
    assert page.window.profile.calendar.weekly.dialog is not None


def test_who_may_only_read_blocks_nothing_from_the_bar(make_window: MakeWindow) -> None:
    page = make_window()
    page.say(ConnectionState.READ_ONLY)
    bar = bar_of(page, 1600)
    assert not bar.now_button.isEnabled()
    assert bar.hours_button.isEnabled()


def test_a_button_with_a_menu_shows_its_sign_behind_its_words(make_window: MakeWindow) -> None:
    make_window()  # Its style sheet.
    assert _half_with_sign() == "right"


@pytest.mark.usefixtures("from_right_to_left")
def test_a_button_with_a_menu_shows_its_sign_behind_its_words_from_right_to_left(make_window: MakeWindow) -> None:
    make_window()
    assert _half_with_sign() == "left"


def _half_with_sign() -> str:
    button = MenuButton("")
    button.setMenu(QMenu(button))
    button.resize(120, 30)
    picture = button.grab().toImage()
    ground = picture.pixelColor(60, 15)
    inner = [x for x in range(6, 114) if any(picture.pixelColor(x, y) != ground for y in range(8, 22))]
    assert inner
    return "left" if max(inner) < 60 else "right" if min(inner) >= 60 else "both"


def test_another_density_leaves_the_title_its_room(make_window: MakeWindow, window_theme: Theme) -> None:
    page = make_window()

    def choose_density(density: str) -> None:
        window_theme.choose_density(density)
        QApplication.processEvents()  # The buttons have their sizes, and some go,
        QApplication.processEvents()  # which lays out the rest.

    choose_density("compact")
    narrowest = next(width for width in range(900, 1600, 4) if bar_of(page, width).hours_button.isVisible())
    bar = bar_of(page, narrowest)
    choose_density("comfortable")
    assert not bar.hours_button.isVisible()
    assert bar.title.width() >= bar.title.sizeHint().width()
    choose_density("compact")
    assert bar.hours_button.isVisible()
