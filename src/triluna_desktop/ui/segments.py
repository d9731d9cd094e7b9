"""A row of a few choices of which one holds: the brush, day or week, available or blocked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QSizePolicy

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True)
class Segment:
    """One choice: its value, its label, and, where the label is short, the sentence behind it.

    ``short`` is the label where there is little room.
    """

    value: str
    label: str
    tip: str = ""
    look: str = ""
    short: str = ""


class Segments(QFrame):
    """The choices side by side. Tab enters the row, the arrow keys go along it."""

    chosen = Signal(str)
    """The user chose this value; not emitted by `choose`."""

    def __init__(self, name: str, segments: tuple[Segment, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "segments")
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        self._tips = {segment.value: segment.tip for segment in segments}
        self._segments = segments
        self._is_short = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for segment in segments:
            button = QPushButton(segment.label)
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setProperty("look", segment.look)
            button.setAccessibleName(f"{name}: {segment.tip or segment.label}")
            button.setToolTip(segment.tip)
            button.clicked.connect(lambda _=False, value=segment.value: self._on_click(value))
            self._group.addButton(button)
            self._buttons[segment.value] = button
            row.addWidget(button)
        self.choose(segments[0].value)
        self._keep_bold_width()

    @property
    def value(self) -> str:
        """The choice that holds."""
        return next(value for value, button in self._buttons.items() if button.isChecked())

    def choose(self, value: str) -> None:
        """Let a choice hold, silently."""
        self._buttons[value].setChecked(True)
        self._let_tab_stop_at(value)

    def button(self, value: str) -> QPushButton:
        """The button of a choice."""
        return self._buttons[value]

    def show_key(self, value: str, key: str) -> None:
        """Name in the tip of a choice the key that does the same; empty: there is none."""
        tip = self._tips[value]
        self._buttons[value].setToolTip(f"{tip} ({key})" if key else tip)

    @property
    def is_short(self) -> bool:
        """Whether the short labels are shown."""
        return self._is_short

    def show_short(self, is_short: bool) -> None:
        """Show the short labels, or the whole ones again."""
        if is_short is not self._is_short:
            self._is_short = is_short
            self._label(is_short)

    def saved_by_short(self) -> int:
        """How many pixels less the row takes with the short labels."""
        whole, short = (self._width(is_short) for is_short in (False, True))
        self._label(self._is_short)
        return whole - short

    def _width(self, is_short: bool) -> int:
        self._label(is_short)
        return sum(button.minimumWidth() for button in self._buttons.values())

    def _label(self, is_short: bool) -> None:
        for segment in self._segments:
            button = self._buttons[segment.value]
            button.setMinimumWidth(0)
            button.setText((segment.short if is_short else "") or segment.label)
        self._keep_bold_width()

    def _on_click(self, value: str) -> None:
        self._let_tab_stop_at(value)
        self.chosen.emit(value)

    def _let_tab_stop_at(self, value: str) -> None:
        """Tab goes to the choice that holds, not to the first one."""
        for each, button in self._buttons.items():
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus if each == value else Qt.FocusPolicy.NoFocus)

    def _keep_bold_width(self) -> None:
        """The chosen label is semi-bold and wider: with room for it, the row does not jump."""
        for button in self._buttons.values():
            font = button.font()
            font.setWeight(font.Weight.DemiBold)
            button.setProperty("bold", "width")
            button.ensurePolished()
            metrics = button.fontMetrics()
            bold = type(metrics)(font)
            extra = bold.horizontalAdvance(button.text()) - metrics.horizontalAdvance(button.text())
            button.setMinimumWidth(button.sizeHint().width() + max(0, extra))
