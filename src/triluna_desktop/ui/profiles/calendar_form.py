"""Name and colour of a calendar: the fields of the dialogs that add and keep them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from triluna_desktop.system.profile_book import COLOURS, TITLE_LIMIT, ProfileBookError
from triluna_desktop.ui.profiles.badge import badge_icon

if TYPE_CHECKING:
    from triluna_desktop.ui.profiles.profile_list import ProfileList
    from triluna_desktop.ui.profiles.profile_words import ProfileWords
    from triluna_desktop.ui.theme import Theme

_SWATCH = 20


class CalendarForm(QWidget):
    """The fields. `changed` comes when the name is finished or a colour is chosen."""

    changed = Signal()

    def __init__(self, theme: Theme, words: ProfileWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        label = QLabel(self.tr("Name"))
        self.title = QLineEdit()
        self.title.setMaxLength(TITLE_LIMIT)
        self.title.setPlaceholderText(self.tr("For example the practitioner's name"))
        self.title.setAccessibleName(self.tr("Name of the calendar"))
        label.setBuddy(self.title)
        self.problem = QLabel()
        self.problem.setProperty("look", "error")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self._group = QButtonGroup(self)
        self.colours: dict[str, QToolButton] = {}
        row = QHBoxLayout()
        row.setSpacing(2)
        for colour in COLOURS:
            button = QToolButton()
            button.setCheckable(True)
            button.setProperty("look", "swatch")
            button.setIconSize(QSize(_SWATCH, _SWATCH))
            button.setToolTip(words.colour(colour))
            button.setAccessibleName(words.colour(colour))
            self._group.addButton(button)
            row.addWidget(button)
            self.colours[colour] = button
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(label)
        column.addWidget(self.title)
        column.addWidget(self.problem)
        column.addSpacing(6)
        column.addWidget(QLabel(self.tr("Colour")))
        column.addLayout(row)
        self.title.textChanged.connect(self._show_icons)
        theme.changed.connect(self._show_icons)
        self.title.editingFinished.connect(self.changed)
        self._group.buttonClicked.connect(lambda _: self.changed.emit())
        self.show_calendar("", COLOURS[0])

    @property
    def colour(self) -> str:
        """The chosen colour's name."""
        return next((name for name, button in self.colours.items() if button.isChecked()), COLOURS[0])

    def show_calendar(self, title: str, colour: str) -> None:
        """Fill the fields."""
        self.title.setText(title)
        self.colours[colour].setChecked(True)
        self.tell("")
        self._show_icons()

    def tell(self, problem: str) -> None:
        """Say under the name why it is not taken; empty: it is."""
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self.title.setAccessibleDescription(problem)

    def _show_icons(self) -> None:
        ratio = self.devicePixelRatioF()
        for colour, button in self.colours.items():
            button.setIcon(badge_icon(self.title.text(), colour, self._theme, _SWATCH, ratio))


class AddCalendarDialog(QDialog):
    """Asks for name and colour of a new calendar. Where it is shown then, its token is asked for."""

    chosen = Signal(str, str)
    """Title and colour, once the dialog is gone."""

    def __init__(
        self, profiles: ProfileList, theme: Theme, words: ProfileWords, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._profiles = profiles
        self._words = words
        self.setWindowTitle(self.tr("Add a calendar"))
        self.setMinimumWidth(380)
        heading = QLabel(self.tr("Add a calendar"))
        heading.setProperty("look", "heading")
        purpose = QLabel(
            self.tr("Each calendar has its own account, token and settings, and is kept in step by itself.")
        )
        purpose.setProperty("look", "muted")
        purpose.setWordWrap(True)
        host = profiles.profiles.other_server
        self.server = QLabel(words.at_server(host) if host else "")
        self.server.setProperty("look", "muted")
        self.server.setWordWrap(True)
        self.server.setVisible(bool(host))
        self.form = CalendarForm(theme, words)
        used = [state.known.colour for state in profiles.states]
        self.form.show_calendar("", min(COLOURS, key=used.count))
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.add_button = QPushButton(self.tr("Add"))
        self.add_button.setProperty("look", "primary")
        self.add_button.setDefault(True)
        self.buttons.addButton(self.add_button, QDialogButtonBox.ButtonRole.AcceptRole)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(10)
        for widget in (heading, purpose, self.server, self.form):
            column.addWidget(widget)
        column.addStretch(1)
        column.addWidget(self.buttons)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.form.title.setFocus(Qt.FocusReason.OtherFocusReason)

    def accept(self) -> None:
        """Tell what was chosen, if the name is one."""
        title, colour = self.form.title.text(), self.form.colour
        try:
            self._profiles.profiles.check_title(title)
        except ProfileBookError as error:
            self.form.tell(self._words.problem(error))
            self.form.title.setFocus(Qt.FocusReason.OtherFocusReason)
            self.adjustSize()  # The sentence needs room of its own.
            return
        super().accept()
        self.chosen.emit(title, colour)
