"""The sidebar: the month, how the calendar is kept, which layers show, and the week's bookable hours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from triluna_desktop.ui.bookable_hours import WeekHours
from triluna_desktop.ui.mini_month import MiniMonth
from triluna_desktop.ui.places import SIDEBAR_WIDTH
from triluna_desktop.ui.segments import Segment, Segments
from triluna_desktop.ui.tick_box import TickBox

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from triluna_desktop.ui.theme import Theme
    from triluna_desktop.ui.words import Words


class LayerSwatch(QWidget):
    """How a layer looks in the grid: filled, filled with a bar, or dashed. A shape and a colour."""

    def __init__(self, layer: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layer = layer
        self._theme = theme
        self.setFixedSize(13, 13)

    def sizeHint(self) -> QSize:
        return QSize(13, 13)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature.
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = self._theme.palette
        box = QRectF(1, 1, 11, 11)
        if self._layer == "patterns":
            painter.setPen(QPen(colours.open_line, 1.4, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, 3, 3)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.open_line if self._layer == "available" else colours.block_line)
            painter.drawRoundedRect(box, 3, 3)
        painter.end()


class Layers(QWidget):
    """Which of the three layers the grid shows."""

    changed = Signal(bool, bool, bool)
    """Available entries, blocked entries, weekly hours."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        names = {
            "available": self.tr("Available entries"),
            "blocked": self.tr("Blocked entries"),
            "patterns": self.tr("Weekly hours"),
        }
        heading = QLabel(self.tr("Layers"))
        heading.setProperty("look", "section")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(heading)
        self.boxes: dict[str, TickBox] = {}
        for layer, name in names.items():
            box = TickBox(name)
            box.setAccessibleName(self.tr("Show: {layer}").format(layer=name))
            box.setChecked(True)
            box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            box.clicked.connect(self._tell)
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(box, 1)
            row.addWidget(LayerSwatch(layer, theme))
            column.addLayout(row)
            self.boxes[layer] = box

    def set_shown(self, *, available: bool, blocked: bool, patterns: bool) -> None:
        """Show which layers are on, silently."""
        for layer, is_on in (("available", available), ("blocked", blocked), ("patterns", patterns)):
            self.boxes[layer].setChecked(is_on)

    def _tell(self) -> None:
        self.changed.emit(*(box.isChecked() for box in self.boxes.values()))


class Sidebar(QScrollArea):
    """232 px wide; scrolls where the window is low."""

    mode_chosen = Signal(str)
    """The value of a `domain.availability.Mode`."""

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(SIDEBAR_WIDTH)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(14, 12, 14, 14)
        column.setSpacing(18)
        self.month = MiniMonth(theme, words)
        self.mode = Segments(
            self.tr("Calendar mode"),
            (
                Segment(
                    "available",
                    self.tr("Available"),
                    self.tr("Available times: closed unless you make time available"),
                ),
                Segment(
                    "unavailable",
                    self.tr("Unavailable"),
                    self.tr("Unavailable times: open during the default hours unless you block time"),
                ),
            ),
        )
        mode_heading = QLabel(self.tr("Calendar mode"))
        mode_heading.setProperty("look", "section")
        mode_column = QVBoxLayout()
        mode_column.setSpacing(6)
        mode_column.addWidget(mode_heading)
        mode_column.addWidget(self.mode, 0, Qt.AlignmentFlag.AlignLeading)
        self.layers = Layers(theme)
        self.hours = WeekHours(theme, words)
        column.addWidget(self.month)
        column.addLayout(mode_column)
        column.addWidget(self.layers)
        column.addWidget(self.hours)
        column.addStretch(1)
        self._column = column
        self.setWidget(inside)
        self.mode.chosen.connect(self.mode_chosen)

    def add_above(self, widget: QWidget) -> None:
        """Put a widget under the month, above the rest."""
        self._column.insertWidget(1, widget)

    def add_below(self, widget: QWidget) -> None:
        """Put a widget below all that is there."""
        self._column.insertWidget(self._column.count() - 1, widget)
