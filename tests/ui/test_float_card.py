"""Cards that float over the window take the keyboard, and give it back to who is still there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication
from tests.helpers.palette_page import PalettePage

from triluna_desktop.session import ConnectionState

if TYPE_CHECKING:
    from tests.helpers.window_fixtures import MakeWindow


def test_the_keyboard_goes_back_to_the_button_that_had_it(make_window: MakeWindow) -> None:
    page = make_window()
    button = page.window.profile.page.toolbar.today_button
    button.setFocus()
    palette = PalettePage(page)
    palette.open_palette()
    palette.press(Qt.Key.Key_Escape)
    assert button.hasFocus()


def test_where_that_button_is_hidden_or_gone_the_week_gets_the_keyboard(make_window: MakeWindow) -> None:
    page = make_window()
    palette = PalettePage(page)
    for is_deleted in (False, True):
        page.say(ConnectionState.OFFLINE)
        (again,) = page.window.profile.page.banner.buttons
        again.setFocus()
        palette.open_palette()
        page.say(ConnectionState.NEEDS_TOKEN)
        if is_deleted:
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert shiboken6.isValid(again) is not is_deleted
        palette.press(Qt.Key.Key_Escape)
        assert not palette.is_open
        assert page.window.profile.week_view.hasFocus()
