"""What the grid says of itself where there is nothing to show: loading, not read yet, empty, failed."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QPainter

from triluna_desktop.session import ConnectionState
from triluna_desktop.ui.week_ink import rounded
from triluna_desktop.ui.week_painter import qrect

if TYPE_CHECKING:
    from triluna_desktop.grid.board import Board
    from triluna_desktop.grid.geometry import Geometry
    from triluna_desktop.session import Status
    from triluna_desktop.ui.week_look import Look

_BONES = ((9, 12, 0), (13, 15, 0), (10, 11, 1), (12, 16, 1), (9, 17, 2), (9, 10, 3), (11, 14, 3), (13, 17, 4))
"""Hours and column of the grey shapes that stand where blocks will be."""


class GridState(Enum):
    """How it stands with the dates on screen."""

    READY = "ready"
    LOADING = "loading"
    UNREAD = "unread"
    """Never read from the server, and it cannot be reached now."""
    FAILED = "failed"


class Notice(QObject):
    """A card over the grid, and grey shapes while loading. Never in the way of the pointer."""

    def __init__(self, look: Look, parent: QObject) -> None:
        super().__init__(parent)
        self._look = look
        self._state = GridState.READY
        self._text = ""
        self._painted: tuple[str, bool, QRect] = ("", False, QRect())
        """What it says on the screen, whether grey shapes are there, and where its card is."""

    def restyle(self, look: Look) -> None:
        """Paint with other fonts and colours."""
        self._look = look

    def set_state(self, state: GridState, text: str) -> None:
        """Say something else; an empty text means the state's own sentence."""
        self._state, self._text = state, text

    def sentence(self, board: Board) -> str:
        """What is said now, or nothing."""
        if self._text:
            return self._text
        match self._state:
            case GridState.LOADING:
                return self.tr("Loading your calendar…")
            case GridState.UNREAD:
                return self.tr("These dates have not been read from the server yet. What you add here is kept.")
            case GridState.FAILED:
                return self.tr("These dates could not be read.")
            case GridState.READY:
                is_bare = bool(board.scene.columns) and board.scene.is_empty and board.content.is_loaded
                if not is_bare or board.cursor is not None or board.preview is not None:
                    return ""
                # With nothing marked, what can be booked is what the calendar mode offers.
                if any(column.bookable for column in board.scene.columns):
                    return self.tr("Callers can book the default hours. Drag across a day to block time.")
                return self.tr("Callers are offered nothing here yet. Drag across a day to make time available.")

    def stale(self, board: Board, geometry: Geometry) -> QRect:
        """Where the screen shows something else than `paint` would: more than the days that have other content."""
        text, has_bones = self.sentence(board), self._has_bones(board)
        if (text, has_bones) == self._painted[:2]:
            return QRect()
        if has_bones is not self._painted[1]:
            return QRect(0, 0, geometry.width, geometry.height)
        return self._painted[2].united(_with_outline(self._card(text, geometry)))

    def paint(self, painter: QPainter, board: Board, geometry: Geometry) -> None:
        """Paint the card, if there is something to say."""
        text, has_bones = self.sentence(board), self._has_bones(board)
        if has_bones:
            self._bones(painter, geometry)
        if not text:
            self._painted = "", has_bones, QRect()
            return
        from PySide6.QtCore import Qt

        look = self._look
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        card = self._card(text, geometry)
        self._painted = text, has_bones, _with_outline(card)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outline = rounded(card, look.px(8))
        painter.fillPath(outline, look.ink(look.palette.panel).brush)
        painter.strokePath(outline, look.ink(look.palette.line).pen(1))
        painter.setFont(look.title.font)
        painter.setPen(look.palette.muted)
        painter.drawText(card.adjusted(look.px(16), 0, -look.px(16), 0), flags, text)
        painter.restore()

    def _has_bones(self, board: Board) -> bool:
        return self._state is GridState.LOADING and board.scene.is_empty

    def _card(self, text: str, geometry: Geometry) -> QRect:
        """Where the card for a text is; nowhere without one."""
        if not text:
            return QRect()
        from PySide6.QtCore import Qt

        look = self._look
        columns = QRect(0, 0, geometry.width - geometry.gutter, 1)
        room = min(columns.width() - look.px(24), look.px(460))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        inner = look.title.metrics.boundingRect(QRect(0, 0, room - look.px(32), 10_000), flags, text)
        card = QRect(0, 0, inner.width() + look.px(32), inner.height() + look.px(20))
        left = 0 if geometry.rtl else geometry.gutter
        card.moveTo(left + (columns.width() - card.width()) // 2, geometry.header + look.px(24))
        return card

    def _bones(self, painter: QPainter, geometry: Geometry) -> None:
        painter.save()
        painter.setClipRect(0, geometry.header, geometry.width, geometry.viewport_height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        brush = self._look.ink(self._look.palette.line2).brush
        for start, end, column in _BONES:
            if column < geometry.days:
                rect = geometry.block_rect(column, start * 60, end * 60)
                painter.fillPath(rounded(qrect(rect), self._look.radius), brush)
        painter.restore()


def _with_outline(card: QRect) -> QRect:
    """All pixels that a card's line reaches."""
    return QRect() if card.isNull() else card.adjusted(-1, -1, 1, 1)


def grid_state(status: Status, *, loaded: bool) -> GridState:
    """What the grid says of dates that were, or were not, read from the server."""
    if loaded:
        return GridState.READY
    match status.state:
        case ConnectionState.LOADING | ConnectionState.SYNCING | ConnectionState.SYNCED:
            return GridState.LOADING
        case ConnectionState.ERROR:
            return GridState.FAILED
        case _:
            return GridState.UNREAD
