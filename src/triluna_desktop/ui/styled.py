"""What windows and cards are built of everywhere: a line, a column that scrolls, another look, a fitting size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QScrollArea

from triluna_desktop.ui.places import RULE

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_FRAME = 48
"""Pixels that the system puts around a window, which is not known before it is there: about so much."""


def rule(*, is_vertical: bool) -> QFrame:
    """A line between two parts."""
    line = QFrame()
    line.setProperty("look", "rule")
    if is_vertical:
        line.setFixedWidth(RULE)
    else:
        line.setFixedHeight(RULE)
    return line


def scrolled(inside: QWidget) -> QScrollArea:
    """An area that scrolls up and down where there is no room for all that it holds; Tab does not stop at it."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inside)
    return area


def change_look(widget: QWidget, look: str) -> None:
    """Give a widget another name of the style sheet."""
    widget.setProperty("look", look)
    polish_again(widget)


def polish_again(widget: QWidget) -> None:
    """Have a widget styled anew: the style sheet looks at a property only when the widget is polished."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def take_room(window: QWidget, width: int, height: int) -> None:
    """Give a window this size in pixels, or what the screen has: at 200 % a laptop's is soon full."""
    parent = window.parentWidget()
    room = (window if parent is None else parent).screen().availableSize()
    window.resize(min(width, room.width() - _FRAME), min(height, room.height() - _FRAME))
    if parent is not None:
        come_to_screen(window, parent)


def come_to_screen(window: QWidget, parent: QWidget) -> None:
    """Put a window that is not on the screen yet over its parent, where that is on another screen than the first.

    Qt makes it on the first screen, in pixels of that, and moves it then: at twice the scale it is half as large.
    """
    screen = parent.screen()
    is_made = window.testAttribute(Qt.WidgetAttribute.WA_WState_Created)
    if window.screen() is screen and (is_made or screen is QGuiApplication.primaryScreen()):
        return
    window.setScreen(screen)
    place = QRect(QPoint(), window.size())
    place.moveCenter(parent.window().frameGeometry().center())
    room = screen.availableGeometry()
    place.moveLeft(max(room.left(), min(place.left(), room.right() - place.width())))
    place.moveTop(max(room.top(), min(place.top(), room.bottom() - place.height())))
    window.move(place.topLeft())
