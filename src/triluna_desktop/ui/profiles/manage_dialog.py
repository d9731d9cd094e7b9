"""The calendars kept: renamed, given another colour, put in another order, removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from triluna_desktop.system.profile_book import ProfileBookError, ProfileHeldError
from triluna_desktop.ui.enter_presses import EnterDialog
from triluna_desktop.ui.profiles.badge import badge_icon
from triluna_desktop.ui.profiles.calendar_form import CalendarForm
from triluna_desktop.ui.styled import take_room
from triluna_desktop.ui.tick_box import TickBox

if TYPE_CHECKING:
    from triluna_desktop.ui.profiles.profile_list import ProfileList
    from triluna_desktop.ui.profiles.profile_state import ProfileState
    from triluna_desktop.ui.profiles.profile_words import ProfileWords
    from triluna_desktop.ui.theme import Theme

_ICON = 18


class ManageDialog(EnterDialog):
    """The list on one side, what can be done with the chosen one on the other. Each change holds at once."""

    add_requested = Signal()
    removal_confirmed = Signal(str, bool)
    """The calendar's name, and whether its files stay. The dialog is hidden meanwhile."""

    def __init__(
        self, profiles: ProfileList, theme: Theme, words: ProfileWords, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._profiles = profiles
        self._theme = theme
        self._words = words
        self.question: QMessageBox | None = None
        self.setWindowTitle(self.tr("Calendars"))
        take_room(self, 600, 480)
        heading = QLabel(self.tr("Calendars"))
        heading.setProperty("look", "heading")
        self.list = QListWidget()
        self.list.setProperty("look", "list")
        self.list.setAccessibleName(self.tr("Calendars"))
        self.list.setIconSize(QSize(_ICON, _ICON))
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.form = CalendarForm(theme, words)
        self.up_button = QPushButton(self.tr("Move up"))
        self.down_button = QPushButton(self.tr("Move down"))
        self.remove_button = QPushButton(self.tr("Remove…"))
        self.add_button = QPushButton(self.tr("Add a calendar…"))
        order = QHBoxLayout()
        order.setSpacing(8)
        order.addWidget(self.up_button)
        order.addWidget(self.down_button)
        order.addStretch(1)
        side = QVBoxLayout()
        side.setSpacing(14)
        side.addWidget(self.form)
        side.addLayout(order)
        side.addWidget(self.remove_button, 0, Qt.AlignmentFlag.AlignLeading)
        side.addStretch(1)
        body = QHBoxLayout()
        body.setSpacing(18)
        body.addWidget(self.list, 1)
        body.addLayout(side, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.addButton(self.add_button, QDialogButtonBox.ButtonRole.ActionRole)
        for button in (self.up_button, self.down_button, self.remove_button, self.add_button):
            button.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(12)
        column.addWidget(heading)
        column.addLayout(body, 1)
        column.addWidget(buttons)
        buttons.rejected.connect(self.reject)
        self.list.currentRowChanged.connect(self._show_chosen)
        self.form.changed.connect(self._change)
        self.up_button.clicked.connect(lambda: self._move(-1))
        self.down_button.clicked.connect(lambda: self._move(1))
        self.remove_button.clicked.connect(self._ask)
        self.add_button.clicked.connect(self._add)
        profiles.changed.connect(self.refresh)
        theme.changed.connect(self.refresh)
        shown = next((state.name for state in profiles.states if state.is_shown), "")
        self.list.ensurePolished()  # Else its rows are laid out as high as they are without the style sheet.
        self._fill(shown)

    @property
    def chosen(self) -> ProfileState | None:
        """The calendar that the buttons are about."""
        states = self._profiles.states
        row = self.list.currentRow()
        return states[row] if 0 <= row < len(states) else None

    def refresh(self) -> None:
        """Show the list as it is now; the same one stays chosen, or the one that is in its place by now."""
        chosen: QListWidgetItem | None = self.list.currentItem()
        self._fill(chosen.data(Qt.ItemDataRole.UserRole) if chosen is not None else "")

    def _fill(self, chosen: str) -> None:
        row = max(0, min(self.list.currentRow(), len(self._profiles.states) - 1))
        self.list.blockSignals(True)
        self.list.clear()
        for number, state in enumerate(self._profiles.states):
            title = self._words.title(state.known)
            icon = badge_icon(title, state.known.colour, self._theme, _ICON, self.devicePixelRatioF())
            item = QListWidgetItem(icon, title)
            item.setData(Qt.ItemDataRole.UserRole, state.name)
            item.setToolTip(title)
            self.list.addItem(item)
            if state.name == chosen:
                row = number
        self.list.setCurrentRow(row)
        self.list.blockSignals(False)
        self._show_chosen()

    def _show_chosen(self) -> None:
        state, count = self.chosen, self.list.count()
        if state is None:
            return
        if not self.form.title.hasFocus() or not self.form.title.isModified():
            self.form.show_calendar(self._words.title(state.known), state.known.colour)
        self.up_button.setEnabled(self.list.currentRow() > 0)
        self.down_button.setEnabled(self.list.currentRow() < count - 1)
        self.remove_button.setEnabled(count > 1)
        self.remove_button.setToolTip(
            ""
            if count > 1
            else self.tr("The only calendar stays. Forget its token or clear its local data in the settings.")
        )

    def _change(self) -> None:
        state = self.chosen
        if state is None:
            return
        title = self.form.title.text()
        is_other = title.strip() != self._words.title(state.known)
        try:
            self._profiles.profiles.change(state.name, title=title if is_other else None, colour=self.form.colour)
        except ProfileBookError as error:
            self.form.tell(self._words.problem(error))
            return
        self.form.tell("")
        self.form.title.setModified(False)
        self._profiles.tell()

    def _move(self, step: int) -> None:
        state = self.chosen
        if state is None:
            return
        try:
            self._profiles.profiles.move(state.name, self.list.currentRow() + step)
        except ProfileBookError as error:
            self.form.tell(self._words.problem(error))
            return
        self._profiles.tell()

    def _add(self) -> None:
        self.accept()
        self.add_requested.emit()

    def _ask(self) -> None:
        """Ask before a calendar is removed, and say what goes with it."""
        state = self.chosen
        if state is None:
            return
        try:
            removal = self._profiles.profiles.removal_of(state.name)
        except ProfileHeldError as error:
            self._refuse(state, error)
            return
        question = self.question = QMessageBox(self)
        question.setIcon(QMessageBox.Icon.Warning)
        question.setWindowTitle(self.tr("Remove a calendar"))
        question.setText(self._words.remove_question(self._words.title(state.known)))
        question.setInformativeText(self._words.remove_details(removal))
        keep = TickBox(self.tr("Keep its data on this computer"))
        keep.setChecked(removal.unsent > 0 or not removal.is_read)
        question.setCheckBox(keep)
        remove = question.addButton(self.tr("Remove"), QMessageBox.ButtonRole.DestructiveRole)
        cancel = question.addButton(QMessageBox.StandardButton.Cancel)
        question.setDefaultButton(cancel)
        question.setEscapeButton(cancel)

        def answered(_: int) -> None:
            is_sure = question.clickedButton() is remove
            question.deleteLater()
            self.question = None
            if is_sure:
                place = self.pos()
                self.hide()  # No other calendar is shown under a dialog.
                self.removal_confirmed.emit(state.name, keep.isChecked())
                self.move(place)  # Else it goes back to the middle of the window.
                self.open()

        question.finished.connect(answered)
        question.open()

    def _refuse(self, state: ProfileState, error: ProfileHeldError) -> None:
        """Say why a calendar has to stay, over the dialog: there is nothing to choose."""
        question = self.question = QMessageBox(self)
        question.setIcon(QMessageBox.Icon.Information)
        question.setWindowTitle(self.tr("Remove a calendar"))
        question.setText(self._words.not_removed(self._words.title(state.known)))
        question.setInformativeText(str(error))
        question.setStandardButtons(QMessageBox.StandardButton.Close)
        question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        question.open()
