"""The list of what a bulk edit would do: a sign, a word and a line for each change and for what is left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from triluna_desktop.domain.bulk import Skipped

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QFontMetrics, QPainter

    from triluna_desktop.domain.edits import Change
    from triluna_desktop.session.bulk import BulkPreview
    from triluna_desktop.ui.bulk.words import BulkWords
    from triluna_desktop.ui.theme import Theme

    Index = QModelIndex | QPersistentModelIndex

_ROOT = QModelIndex()
_SIGN, _VERB = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
_INSET = 8
_WIDE_CHARACTERS = 66
_COLOURS = {"+": "open", "−": "red", "~": "accent", "=": "muted"}


class PreviewModel(QAbstractListModel):
    """Rows are made into words when they are looked at, so thousands of them cost nothing before."""

    def __init__(self, words: BulkWords, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = words
        self._rows: tuple[Change | Skipped, ...] = ()

    def show_preview(self, preview: BulkPreview | None) -> None:
        """Show another preview, or nothing. What is left alone comes last."""
        self.beginResetModel()
        self._rows = () if preview is None else (*preview.rows, *preview.skipped)
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._words.skipped(row) if isinstance(row, Skipped) else self._words.row(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._words.verb(row)}: {self.data(index)}"
        if role == _SIGN:
            return self._words.sign(row)
        return self._words.verb(row) if role == _VERB else None


class _RowPainter(QStyledItemDelegate):
    """Sign and word in a column of their own, the line beside it, cut at the end where it is too long."""

    def __init__(self, theme: Theme, words: BulkWords, list_: QListView) -> None:
        super().__init__(list_)
        self._theme = theme
        self._list = list_
        self._verbs = tuple(words.verbs().values())

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - Qt's signature.
        metrics = option.fontMetrics
        return QSize(200, self._lines(metrics) * metrics.height() + 10)

    def _lines(self, metrics: QFontMetrics) -> int:
        """Two where the list is too narrow for most rows to fit into one."""
        room = self._list.viewport().width() - self._before_text(metrics) - 2 * _INSET
        return 1 if room >= _WIDE_CHARACTERS * metrics.averageCharWidth() else 2

    def _before_text(self, metrics: QFontMetrics) -> int:
        """The width of the sign and of the word."""
        return metrics.horizontalAdvance("+") + 6 + max(map(metrics.horizontalAdvance, self._verbs)) + 14

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        colours = self._theme.palette
        painter.save()
        painter.setFont(option.font)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, colours.accent_soft)
        metrics = option.fontMetrics
        sign, verb = index.data(_SIGN), index.data(_VERB)
        lines = self._lines(metrics)
        row = option.rect.adjusted(_INSET, 5, -_INSET, -5)
        sign_box = QRect(row.topLeft(), QSize(metrics.horizontalAdvance("+") + 6, metrics.height()))
        text_box = row.adjusted(self._before_text(metrics), 0, 0, 0)
        verb_box = QRect(sign_box.topRight(), QSize(text_box.left() - sign_box.right(), metrics.height()))
        painter.setPen(getattr(colours, _COLOURS[sign]))
        # A line reads as its own language does, also in a window from right to left.
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        is_rtl = option.direction is Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if is_rtl else Qt.AlignmentFlag.AlignLeft
        wrapped = Qt.TextFlag.TextSingleLine if lines == 1 else Qt.TextFlag.TextWordWrap
        flags = side | Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignAbsolute | wrapped
        for box, text in ((sign_box, sign), (verb_box, verb)):
            painter.drawText(QStyle.visualRect(option.direction, option.rect, box), flags, text)
        painter.setPen(colours.muted if sign == "=" else colours.text)
        # A line breaks at a word, so the room of two is a little less than twice that of one.
        room = text_box.width() if lines == 1 else int(1.85 * text_box.width())
        line = metrics.elidedText(index.data(), Qt.TextElideMode.ElideRight, room)
        painter.drawText(QStyle.visualRect(option.direction, option.rect, text_box), flags, line)
        painter.restore()


class PreviewList(QListView):
    """All rows have one height: Qt asks for the first one's alone."""

    def __init__(self, words: BulkWords, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = PreviewModel(words, self)
        self.setModel(self.rows)
        self.setItemDelegate(_RowPainter(theme, words, self))
        self.setUniformItemSizes(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setProperty("look", "list")
        self.setAccessibleName(self.tr("What would change"))
        theme.changed.connect(self._repaint)

    def _repaint(self) -> None:
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Let the keyboard, and who cannot see the list, begin at its first row."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.rows.rowCount():
            self.setCurrentIndex(self.rows.index(0))
