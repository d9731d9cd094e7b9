"""What a screen reader says of each control that Tab reaches, in all that a command opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QWidget
from tests.helpers.window_page import entry

from triluna_desktop.domain.models import Pattern
from triluna_desktop.ui import commands

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.helpers.window_fixtures import MakeWindow

CLIENT = entry("Client", "14:00", "15:30")
OVERLAPPING = entry("Open", "15:00", "16:00", is_available=True)
HOURS = Pattern("hours", 1, 9 * 60, 17 * 60, True)
OF_THE_SYSTEM = frozenset({"print_week", "save_pdf", "save_free_busy"})
"""Commands that open a window which Qt or the desktop makes."""


def unnamed() -> Iterator[str]:
    """The visible controls that Tab reaches and that have no name, each with what it stands in."""
    for widget in QApplication.allWidgets():
        is_reached = widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if not is_reached or is_inside(widget):
            continue
        told = QAccessible.queryAccessibleInterface(widget)
        if not told.text(QAccessible.Text.Name):
            yield " in ".join(type(each).__name__ for each in with_parents(widget))


def with_parents(widget: QWidget | None) -> Iterator[QWidget]:
    while widget is not None:
        yield widget
        widget = widget.parentWidget()


def is_inside(widget: QWidget) -> bool:
    """Whether it is a part of a control of Qt's, which has the name and the keyboard for it."""
    return widget.focusProxy() is not None or isinstance(widget.parentWidget(), QComboBox)


def test_every_control_that_tab_reaches_has_a_name_wherever_a_command_leads(
    make_window: MakeWindow,
) -> None:
    page = make_window(CLIENT, OVERLAPPING, HOURS)
    page.select(CLIENT.key)
    nameless = dict.fromkeys(unnamed(), "at first")
    opened = 0
    for command in (each for group in commands.groups() for each in group.commands):
        if command.name in OF_THE_SYSTEM | {"quit"}:
            continue
        page.window.run_command(command.name)
        page.settle()
        for place in unnamed():
            nameless.setdefault(place, command.name)
        for dialog in page.window.findChildren(QDialog):
            opened += dialog.isVisible()
            dialog.close()
    assert nameless == {}
    assert opened > 8
