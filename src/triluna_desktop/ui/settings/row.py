"""One row of the settings, made of its line in the table: label, help, control, the way to the default."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from triluna_desktop.system.settings import Kind, SettingError
from triluna_desktop.ui.settings.choice_box import ChoiceBox, NumberBox
from triluna_desktop.ui.settings.row_text import value_text
from triluna_desktop.ui.tick_box import ButtonLabel, TickBox
from triluna_desktop.ui.typed import MisreadError, read_time

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from triluna_desktop.system.settings import AnySetting, Settings
    from triluna_desktop.ui.settings.row_text import RowText
    from triluna_desktop.ui.words import Words

_CONTROL_WIDTH = 210
_NUMBER_WIDTH = 110
_NARROW = 720
"""Pixels of the window."""


class SettingRow(QWidget):
    """What is chosen holds at once. What cannot be taken is said under the control, and changes nothing."""

    changed = Signal()
    """Something else holds, by this row."""

    def __init__(
        self, setting: AnySetting, settings: Settings, text: RowText, words: Words, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setting = setting
        self.text = text
        self._settings = settings
        self._words = words
        self._is_narrow = False
        self.control = self._make_control()
        self.control.setAccessibleName(text.label)
        self.help = QLabel()
        self.help.setProperty("look", "muted")
        self.help.setWordWrap(True)
        self.problem = QLabel()
        self.problem.setProperty("look", "error")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self.reset_button = QPushButton(self.tr("Reset"))
        self.reset_button.setProperty("look", "link")
        self.reset_button.setAutoDefault(False)
        policy = self.reset_button.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.reset_button.setSizePolicy(policy)
        told = self.tr("Reset “{setting}” to the default: {value}").format(
            setting=text.label, value=value_text(setting, text, setting.default, words)
        )
        self.reset_button.setAccessibleName(told)
        self.reset_button.setToolTip(told)
        self.reset_button.clicked.connect(self.reset)
        self._lay_out()
        self.show_value()

    def _make_control(self) -> QWidget:
        setting, text = self.setting, self.text
        match setting.kind:
            case Kind.FLAG:
                box = TickBox("")
                box.clicked.connect(lambda is_on: self.put(is_on))
                return box
            case Kind.CHOICE:
                choice = ChoiceBox()
                for value in setting.choices:
                    choice.addItem(text.values[value], value)
                choice.activated.connect(lambda _: self.put(choice.currentData()))
                choice.setFixedWidth(_CONTROL_WIDTH)
                return choice
            case Kind.NUMBER:
                spin = NumberBox()
                spin.setRange(setting.minimum, setting.maximum)
                spin.setLocale(self._words.locale)
                spin.show_with(text.number)
                spin.setKeyboardTracking(False)  # "30" is typed by way of "3".
                spin.lineEdit().setTextMargins(6, 0, 6, 0)
                spin.valueChanged.connect(self.put)
                spin.setFixedWidth(_NUMBER_WIDTH)
                return spin
            case Kind.TIME:
                time = QLineEdit()
                time.editingFinished.connect(lambda: self._put_time(time.text()))
                time.setFixedWidth(_NUMBER_WIDTH)
                return time
            case _:
                line = QLineEdit()
                line.setMaxLength(setting.limit)
                line.editingFinished.connect(lambda: self.put(line.text()))
                line.setMinimumWidth(_CONTROL_WIDTH)
                # An address reads from left to right, whatever the language around it.
                line.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
                return line

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(2)
        if isinstance(self.control, TickBox):
            self.label: QLabel = ButtonLabel(self.control)
            row.addWidget(self.control, 0, Qt.AlignmentFlag.AlignTop)
            row.setSpacing(4)  # The box keeps room for words of its own.
        else:
            self.label = QLabel()
            self.label.setBuddy(self.control)
            self.label.setWordWrap(True)
        self.label.setText(self.text.label)
        # The tick box has a frame of its own around it.
        words.setContentsMargins(0, 3, 0, 0)
        words.addWidget(self.label)
        # What is typed may be long: it has a line of its own, where also a small window has room for it.
        is_line = isinstance(self.control, QLineEdit) and self.setting.kind is not Kind.TIME
        if is_line:
            words.addWidget(self.control)
        words.addWidget(self.help)
        words.addWidget(self.problem)
        words.addStretch(1)
        self._block = QGridLayout()
        self._block.setHorizontalSpacing(12)
        self._block.setVerticalSpacing(2)
        self._block.setColumnStretch(0, 1)
        self._block.addLayout(words, 0, 0)
        self._is_beside = not is_line and not isinstance(self.control, TickBox)
        if self._is_beside:
            self._block.addWidget(self.control, 0, 1, Qt.AlignmentFlag.AlignTop)
        self._words_beside = words
        row.addLayout(self._block, 1)
        row.addSpacing(4)
        row.addWidget(self.reset_button, 0, Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the help goes under the control: beside it a sentence would be a column of words."""
        super().resizeEvent(event)
        # Of the window, as the page's own width also depends on how high its rows are: by the scroll bar.
        is_narrow = self.window().width() < _NARROW
        if self._is_beside and is_narrow is not self._is_narrow:
            self._is_narrow = is_narrow
            for place, part in enumerate((self.help, self.problem), start=1):
                if is_narrow:
                    self._block.addWidget(part, place, 0, 1, 2)
                else:
                    self._words_beside.insertWidget(place, part)

    @property
    def is_changed(self) -> bool:
        """Whether something else than the default holds."""
        return bool(self._settings.get(self.setting) != self.setting.default)

    def put(self, value: Any) -> None:
        """Let a value hold; what is refused is said, and stays in the control to be put right."""
        try:
            self._settings.set(self.setting, value)
        except SettingError as error:
            self._tell(error.problem)
        else:
            self.show_value()
            self.changed.emit()

    def _put_time(self, typed: str) -> None:
        try:
            self.put(read_time(typed, self._words.locale))
        except MisreadError as error:
            self._tell(self._words.misread_time(error.why, typed))

    def reset(self) -> None:
        """Back to the default; the keyboard goes to the control, as the button is gone."""
        self.put(self.setting.default)
        self.control.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_value(self) -> None:
        """Show what holds; what was said of something that was typed goes with it."""
        value = self._settings.get(self.setting)
        self._tell("")
        control = self.control
        control.blockSignals(True)
        if isinstance(control, TickBox):
            control.setChecked(value)
        elif isinstance(control, ChoiceBox):
            control.setCurrentIndex(control.findData(value))
        elif isinstance(control, QSpinBox):
            control.setValue(value)
        elif isinstance(control, QLineEdit):
            is_time = self.setting.kind is Kind.TIME
            shown = value_text(self.setting, self.text, value, self._words) if is_time else value
            if control.text() != shown:
                control.setText(shown)
        control.blockSignals(False)
        sentences = [self.text.help] if self.text.help else []
        if self.setting.at_restart:
            sentences.append(self.tr("A change holds from the next start of the app on."))
        if self.is_changed:
            default = value_text(self.setting, self.text, self.setting.default, self._words)
            sentences.append(self.tr("Changed: the default is “{value}”.").format(value=default))
        self.help.setText(self._words.together(sentences) if sentences else "")
        self.help.setVisible(bool(sentences))
        self.reset_button.setVisible(self.is_changed)
        control.setAccessibleDescription(self.problem.text() or self.help.text())

    def _tell(self, problem: str) -> None:
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self.control.setAccessibleDescription(problem or self.help.text())
