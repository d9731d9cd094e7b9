"""Where Tab goes, how one sees that, and what Enter does there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton, QVBoxLayout, QWidget
from tests.helpers.weekly_page import WeeklyPage
from tests.helpers.window_page import entry

from triluna_desktop.domain.models import Pattern

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot
    from tests.helpers.window_fixtures import MakeWindow
    from tests.helpers.window_page import WindowPage

    from triluna_desktop.ui.theme import Theme

CLIENT = entry("Client", "14:00", "15:30")
OPEN = entry("Open", "15:00", "16:00", is_available=True)
HOURS = Pattern("hours", 4, 9 * 60, 17 * 60, True)


def focused() -> QWidget:
    widget: QWidget | None = QApplication.focusWidget()
    assert widget is not None
    return widget


def said(widget: QWidget) -> str:
    return widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")


def round_trip(page: WindowPage, key: Qt.Key) -> list[QWidget]:
    """What the key reaches until it is back where it began."""
    begin = focused()
    reached = [begin]
    while len(reached) < 100:
        page.press(key)
        if focused() is begin:
            return reached
        reached.append(focused())
    raise AssertionError(f"it does not come around: {[said(each) for each in reached]}")


def inspect(make_window: MakeWindow) -> WindowPage:
    page = make_window(CLIENT, OPEN, HOURS)
    page.select(CLIENT.key)
    page.inspector.focus_title()
    QApplication.processEvents()
    return page


def test_tab_goes_down_the_inspector_as_it_is_read_to_its_buttons_at_the_foot(make_window: MakeWindow) -> None:
    page = inspect(make_window)
    names = [said(each) for each in round_trip(page, Qt.Key.Key_Tab)]
    wanted = ["Title", "Notes", "Delete the block “Client”", "1 change of this entry", "Delete", "Cancel", "Week"]
    assert sorted(wanted, key=names.index) == wanted


def test_tab_stays_in_the_sidebar_until_all_of_it_was_reached(make_window: MakeWindow) -> None:
    page = inspect(make_window)
    sidebar = page.window.profile.page.sidebar
    later = QPushButton("Made later")
    sidebar.add_below(later)
    QApplication.processEvents()
    reached = round_trip(page, Qt.Key.Key_Tab)
    inside = [number for number, each in enumerate(reached) if sidebar.isAncestorOf(each)]
    assert inside == list(range(inside[0], inside[-1] + 1))
    assert reached[inside[-1]] is later


def test_backtab_goes_the_same_way_back(make_window: MakeWindow) -> None:
    page = inspect(make_window)
    forth = round_trip(page, Qt.Key.Key_Tab)
    back = round_trip(page, Qt.Key.Key_Backtab)
    # Without the ways out, which are made anew whenever the keyboard comes from the week.
    both = [each for each in forth[1:] if each in back]
    assert len(both) > 20
    assert [each for each in back[1:] if each in both] == both[::-1]


def test_what_tab_reaches_is_scrolled_into_sight(make_window: MakeWindow) -> None:
    page = inspect(make_window)
    page.window.resize(page.window.width(), page.window.minimumHeight())
    QApplication.processEvents()
    for _ in range(40):
        page.press(Qt.Key.Key_Tab)
        QApplication.processEvents()
        seen = focused().visibleRegion().boundingRect()
        assert seen.height() >= min(focused().height(), 20), said(focused())


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("look", ["", "primary", "flat", "link", "choice", "meter"])
def test_a_button_that_has_the_keyboard_looks_other_than_one_that_has_not(
    qtbot: QtBot, window_theme: Theme, look: str, colours: str
) -> None:
    window_theme.choose(colours)
    window_theme.install_sheet()
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    button, other = QPushButton("Save"), QPushButton("Other")
    for each in (other, button):
        each.setProperty("look", look)
        column.addWidget(each)
    window.show()
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    other.setFocus()
    before, size = button.grab().toImage(), button.size()
    button.setFocus()
    QApplication.processEvents()
    assert button.hasFocus()
    after = button.grab().toImage()
    differ = sum(
        before.pixel(x, y) != after.pixel(x, y) for x in range(before.width()) for y in range(before.height())
    )
    # At least its outline, and nothing moves.
    assert differ > before.width()
    assert button.size() == size


def test_enter_presses_the_button_that_has_the_keyboard(make_window: MakeWindow) -> None:
    page = make_window(CLIENT, HOURS)
    toolbar = page.window.profile.page.toolbar
    first = page.shown_dates[0]
    toolbar.forward_button.setFocus()
    page.press(Qt.Key.Key_Return)
    assert page.shown_dates[0] > first


def test_enter_presses_the_button_of_a_dialog_that_has_the_keyboard_and_no_other(make_window: MakeWindow) -> None:
    weekly = WeeklyPage(make_window(HOURS)).open()
    weekly.grid.drag_empty("tuesday", "09:00", "17:00")
    weekly.type_into(weekly.dialog.editing.form.title, "Calls")
    assert not weekly.dialog.is_reviewing
    weekly.dialog.review_button.setFocus()
    weekly.press(Qt.Key.Key_Return)
    assert weekly.dialog.is_reviewing
