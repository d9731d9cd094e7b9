"""The rows of a palette: what is offered, under headings, each with something about it at the end of the line."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QObject

    from triluna_desktop.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_ROW, _HEADING, _EDGE, _GAP = 32, 26, 14, 16


@dataclass(frozen=True, slots=True)
class PaletteRow:
    """A row; with nothing to do it is a heading."""

    text: str
    detail: str = ""
    """At the end of the line: keys, a date."""
    spoken: str = ""
    """For a screen reader, where text and detail do not say it all."""
    deed: Callable[[], object] | None = field(default=None, compare=False)
    is_possible: bool = True
    reason: str = ""
    """Why it is not possible, as a sentence, where that is known."""

    @property
    def is_heading(self) -> bool:
        """Whether it only names what follows."""
        return self.deed is None

    @property
    def said(self) -> str:
        """What a screen reader says of it."""
        return self.spoken or (f"{self.text}, {self.detail}" if self.detail else self.text)


class RowModel(QAbstractListModel):
    """The rows that are offered now."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[PaletteRow, ...] = ()

    def show(self, rows: Sequence[PaletteRow]) -> None:
        """Offer these instead."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default.
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.text
            case Qt.ItemDataRole.AccessibleTextRole:
                return row.said
            case _:
                return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.rows[index.row()].is_heading:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class RowPainter(QStyledItemDelegate):
    """Paints the text at the start of the line and the detail at its end; mirrored where one reads so."""

    def __init__(self, model: RowModel, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        font: QFont = option.font
        least = _HEADING if self._model.rows[index.row()].is_heading else _ROW
        return QSize(
            0, max(least, round(font.pointSizeF() * 2) if font.pixelSize() < 0 else font.pixelSize() + 12)
        )

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, colours = self._model.rows[index.row()], self._theme.palette
        place: QRect = option.rect
        state: QStyle.StateFlag = option.state
        is_rtl = option.direction is Qt.LayoutDirection.RightToLeft
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # A title reads as its own language does: "Settings…" ends in its dots in a window from right to left.
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        font = QFont(option.font)
        inside = place.adjusted(_EDGE, 0, -_EDGE, 0)
        start = Qt.AlignmentFlag.AlignRight if is_rtl else Qt.AlignmentFlag.AlignLeft
        end = Qt.AlignmentFlag.AlignLeft if is_rtl else Qt.AlignmentFlag.AlignRight
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
        if row.is_heading:
            font.setPixelSize(11)
            font.setWeight(QFont.Weight.DemiBold)
            painter.setFont(font)
            painter.setPen(colours.muted)
            painter.drawText(
                inside, start | Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignAbsolute, row.text
            )
            painter.restore()
            return
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(colours.accent)
            painter.setBrush(colours.accent_soft)
            painter.drawRoundedRect(place.adjusted(6, 1, -7, -2), 6, 6)
        painter.setFont(font)
        metrics = painter.fontMetrics()
        detail = metrics.elidedText(row.detail, Qt.TextElideMode.ElideRight, inside.width() * 6 // 10)
        taken = metrics.horizontalAdvance(detail) + _GAP if detail else 0
        text = metrics.elidedText(row.text, Qt.TextElideMode.ElideRight, inside.width() - taken)
        painter.setPen(colours.text if row.is_possible else colours.muted)
        painter.drawText(inside, start | middle, text)
        painter.setPen(colours.muted)
        painter.drawText(inside, end | middle, detail)
        painter.restore()
