"""How the table of the team week is drawn: bars of a day's hours, and behind them what all have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from triluna_desktop.ui.profiles.badge import badge_icon, colour_of
from triluna_desktop.ui.profiles.signs import UNSENT_SIZE, paint_sign, sign_width
from triluna_desktop.ui.shapes import Shape, paint_shape
from triluna_desktop.ui.team.team_model import TeamModel

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QWidget

    from triluna_desktop.domain.intervals import Interval
    from triluna_desktop.ui.profiles.profile_state import ProfileState
    from triluna_desktop.ui.profiles.profile_words import ProfileWords
    from triluna_desktop.ui.theme import Theme

ROW_HEIGHT = 46
_BAR, _TOP, _EDGE, _BADGE = 14, 9, 6, 20
_TEXT_EDGE = 3
"""What the style leaves free beside the text of an item."""
_NEW_LINE = "\u2028"
"""As the style knows it."""


class TeamCells(QStyledItemDelegate):
    """A bar is where callers can book, in the calendar's colour; the time is written below it, too."""

    def __init__(self, theme: Theme, names: ProfileWords, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._names = names

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        hint = super().sizeHint(option, index)
        return QSize(hint.width() if index.column() == 0 else 60, ROW_HEIGHT)

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        model = index.model()
        if index.column() == 0 and isinstance(model, TeamModel):
            row = model.rows[index.row()]
            widget: QWidget | None = option.widget
            ratio = 1.0 if widget is None else widget.devicePixelRatioF()
            option.icon = badge_icon(row.title, row.state.known.colour, self._theme, _BADGE, ratio)
            option.decorationSize = QSize(_BADGE, _BADGE)
            option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration
            self._make_room(option, row.state)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        model = index.model()
        if not isinstance(model, TeamModel):
            return
        if index.column() == 0:
            super().paint(painter, option, index)
            self._paint_tick(painter, option, index, model)
            self._paint_signs(painter, option, index, model.rows[index.row()].state)
            return
        colours, box = self._theme.palette, QRectF(option.rect)
        row, day = model.rows[index.row()], model.rows[index.row()].days[index.column() - 1]
        painter.save()
        # "4 h 15" reads as its own language does, also in a window from right to left.
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        painter.setRenderHint(painter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, colours.line2)
        for stretch in model.common[index.column() - 1]:
            painter.fillRect(self._place(box, stretch, model), colours.accent_soft)
        bar = QRectF(box.left(), box.top() + _TOP, box.width(), _BAR)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.closed)
        painter.drawRoundedRect(bar.adjusted(_EDGE, 0, -_EDGE, 0), 3, 3)
        painter.setBrush(colour_of(row.state.known.colour, self._theme))
        for stretch in day.bookable if day is not None else ():
            painter.drawRoundedRect(self._place(bar, stretch, model), 3, 3)
        # Beside the tint, a line at each end: down to the text, which stays clear.
        painter.setPen(QPen(colours.accent, 1))
        for stretch in model.common[index.column() - 1]:
            place = self._place(box, stretch, model)
            for x in (place.left(), place.right()):
                painter.drawLine(QPointF(x, box.top()), QPointF(x, bar.bottom() + 2))
        font = option.font
        font.setPixelSize(11)
        painter.setFont(font)
        is_open = day is not None and bool(day.bookable)
        painter.setPen(colours.text if is_open else colours.muted)
        room = box.adjusted(_EDGE, _TOP + _BAR + 2, -_EDGE, -3)
        text, metrics = str(index.data()), painter.fontMetrics()
        if metrics.horizontalAdvance(text) > room.width():
            text = metrics.elidedText(model.brief(index), Qt.TextElideMode.ElideRight, int(room.width()))
        align = QStyle.visualAlignment(
            option.direction, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        )
        painter.drawText(room, align, text)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(colours.accent, 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4)
        painter.restore()

    def _make_room(self, option: QStyleOptionViewItem, state: ProfileState) -> None:
        """For the sign beside the name, and for a line below it that says how much is unsent."""
        if not state.unsent and not sign_width(state):
            return
        room = self._text_place(option).width() - sign_width(state) - _EDGE
        name = option.fontMetrics.elidedText(option.text, Qt.TextElideMode.ElideRight, max(0, round(room)))
        option.text = f"{name}{_NEW_LINE} " if state.unsent else name

    def _text_place(self, option: QStyleOptionViewItem) -> QRectF:
        widget: QWidget | None = option.widget
        style = QApplication.style() if widget is None else widget.style()
        return QRectF(style.subElementRect(QStyle.SubElement.SE_ItemViewItemText, option, widget))

    def _paint_signs(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
        state: ProfileState,
    ) -> None:
        box = QRectF(option.rect)

        def mirror(place: QRectF) -> QRectF:
            if option.direction is Qt.LayoutDirection.RightToLeft:
                place.moveLeft(box.left() + box.right() - place.right())
            return place

        painter.save()
        paint_sign(painter, box.adjusted(0, 0, -_EDGE, 0), mirror, state, self._theme)
        if state.unsent:
            whole = QStyleOptionViewItem(option)
            self.initStyleOption(whole, index)
            place = self._text_place(whole).adjusted(_TEXT_EDGE, 0, -_TEXT_EDGE, 0)
            place.setTop(place.center().y())
            font = option.font
            font.setPixelSize(UNSENT_SIZE)
            painter.setFont(font)
            painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
            painter.setPen(self._theme.palette.amber)
            align = QStyle.visualAlignment(
                option.direction, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop
            )
            painter.drawText(place, align, self._names.unsent(state.unsent))
        painter.restore()

    def _paint_tick(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
        model: TeamModel,
    ) -> None:
        """The style sheet colours the box, which takes the tick away."""
        if model.rows[index.row()].state.name not in model.compared:
            return
        whole = QStyleOptionViewItem(option)
        self.initStyleOption(whole, index)
        widget: QWidget | None = option.widget
        style = QApplication.style() if widget is None else widget.style()
        box = style.subElementRect(QStyle.SubElement.SE_ItemViewItemCheckIndicator, whole, widget)
        painter.save()
        paint_shape(painter, Shape.CHECK, QRectF(box).adjusted(1, 1, -1, -1), self._theme.palette.on_accent)
        painter.restore()

    def _place(self, box: QRectF, stretch: Interval, model: TeamModel) -> QRectF:
        """Where a stretch of the day lies in a cell; mirrored where one reads from the right."""
        start, end = model.hours
        inner = box.adjusted(_EDGE, 0, -_EDGE, 0)
        per_minute = inner.width() / (end - start)
        left, width = (stretch.start - start) * per_minute, (stretch.end - stretch.start) * per_minute
        widget = self.parent()
        if widget is not None and widget.isRightToLeft():  # type: ignore[attr-defined] # The table, a widget.
            left = inner.width() - left - width
        return QRectF(inner.left() + left, box.top(), width, box.height())
