"""A small field to type the date to go to, under the title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton, QVBoxLayout, QWidget

from triluna_desktop.ui import dates
from triluna_desktop.ui.inspector_fields import Field
from triluna_desktop.ui.typed import MisreadError, read_date

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QKeyEvent

    from triluna_desktop.ui.words import Words


class GoToDate(QFrame):
    """Takes a date as the locale or ISO writes it, a weekday, "tomorrow"; says under the field what is wrong."""

    date_chosen = Signal(object)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._words = words
        self._near: date | None = None
        self._today: date | None = None
        self.setProperty("look", "popup")
        self.setAccessibleName(self.tr("Go to a date"))
        edit = QLineEdit()
        self.field = Field(self.tr("Go to a date"), edit)
        self.edit = edit
        self.go_button = QPushButton(self.tr("Go"))
        self.go_button.setProperty("look", "primary")
        self.go_button.clicked.connect(self.go)
        edit.returnPressed.connect(self.go)
        self.field.edited.connect(lambda: self.field.show_problem(""))
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(10)
        column.addWidget(self.field)
        column.addWidget(self.go_button, 0, Qt.AlignmentFlag.AlignTrailing)
        self.setFixedWidth(260)

    def ask(self, near: date, today: date, at: QPoint) -> None:
        """Open at a point of the screen, with a date to start from. Names of weekdays go by ``today``."""
        self._near, self._today = near, today
        self.field.show_text(dates.day_text(near, self._words.locale))
        self.field.show_problem("")
        self.adjustSize()
        self.move(at)
        self.show()
        self.edit.setFocus(Qt.FocusReason.PopupFocusReason)
        self.edit.selectAll()

    def go(self) -> None:
        """Go there, or say what is wrong."""
        if self._near is None or self._today is None:
            return
        try:
            day = self._words.named_day(self.field.text, self._today) or read_date(
                self.field.text, self._words.locale, self._near
            )
        except MisreadError as error:
            self.field.show_problem(self._words.misread(error.why, self.field.text, self._near))
            self.adjustSize()
            return
        self.hide()
        self.date_chosen.emit(day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)
