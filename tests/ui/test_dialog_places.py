"""Where a dialog comes up, and how large, where the main window is on a screen that is not the first one."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QWidget

from triluna_desktop.ui.styled import take_room


@pytest.mark.usefixtures("qapp")
def test_a_dialog_of_a_window_on_another_screen_is_placed_over_it_before_qt_makes_it_elsewhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    parent = QWidget()
    parent.setGeometry(100, 50, 500, 400)
    monkeypatch.setattr(QGuiApplication, "primaryScreen", lambda: None)
    dialog = QDialog(parent)
    take_room(dialog, 300, 200)
    middle = dialog.geometry().center() - parent.geometry().center()
    assert (dialog.width(), dialog.height()) == (300, 200)
    assert max(abs(middle.x()), abs(middle.y())) <= 1
    # One that would reach over the edge stays on the screen.
    parent.move(-300, -200)
    small = QDialog(parent)
    take_room(small, 300, 200)
    assert parent.screen().availableGeometry().contains(QRect(small.pos(), small.size()))
    parent.deleteLater()


@pytest.mark.usefixtures("qapp")
def test_on_the_first_screen_the_window_system_places_a_dialog() -> None:
    parent = QWidget()
    parent.setGeometry(100, 50, 500, 400)
    dialog = QDialog(parent)
    before = dialog.pos()
    take_room(dialog, 300, 200)
    assert dialog.pos() == before
    parent.deleteLater()
