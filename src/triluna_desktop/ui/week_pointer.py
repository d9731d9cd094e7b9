"""Mouse, wheel and trackpad on the week: turns events into places in the calendar and hands them to the board."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, Qt, QTimer
from PySide6.QtGui import QHelpEvent, QMouseEvent, QNativeGestureEvent
from PySide6.QtWidgets import QToolTip

from triluna_desktop.domain.models import Pattern
from triluna_desktop.grid.drafts import Spot
from triluna_desktop.grid.edges import SideHold, scroll_speed
from triluna_desktop.grid.gestures import Moving, Pointer, Pressed
from triluna_desktop.grid.hits import Hit, Zone, hit_at
from triluna_desktop.grid.swipes import NOTCH, Swipes

if TYPE_CHECKING:
    from PySide6.QtGui import QWheelEvent

    from triluna_desktop.domain.time import Clock
    from triluna_desktop.grid.hand import Options
    from triluna_desktop.ui.week_view import WeekView

_FRAME_MS = 16
_ROWS_PER_NOTCH = 60
_ZOOM_PER_NOTCH = 1.15
_COPY = Qt.KeyboardModifier.AltModifier if sys.platform == "darwin" else Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier
_CURSORS = {
    Zone.START: Qt.CursorShape.SizeVerCursor,
    Zone.END: Qt.CursorShape.SizeVerCursor,
    Zone.HEADER: Qt.CursorShape.PointingHandCursor,
}


class PointerControl:
    """What the pointer does. Remembers where it was last, for a grid that scrolls under it."""

    def __init__(self, view: WeekView, clock: Clock) -> None:
        self._view = view
        self._clock = clock
        self._last: tuple[QPointF, Qt.KeyboardModifier] | None = None
        self._hold = SideHold()
        self._swipes = Swipes()
        self._frames = QTimer(view)
        self._frames.setInterval(_FRAME_MS)
        self._frames.timeout.connect(self._frame)
        self._frame_at = 0.0

    @property
    def is_down(self) -> bool:
        """Whether the button is held."""
        return self._last is not None

    def hit(self, point: QPointF) -> Hit:
        """What is at a point of the widget."""
        view = self._view
        return hit_at(view.board.scene, view.grid, point.x(), point.y(), view.look.measures.edge_zone)

    def press(self, event: QMouseEvent) -> None:
        """Take hold."""
        if event.button() is not Qt.MouseButton.LeftButton:
            # Another button while dragging is a change of mind.
            self.cancel()
            return
        point = event.position()
        hit = self.hit(point)
        if hit.zone is Zone.HEADER and self._view.grid.days > 1:
            self._view.days_requested.emit(hit.day, 1)
            return
        if hit.zone in {Zone.HEADER, Zone.OUTSIDE}:
            return
        self._last = (point, event.modifiers())
        self._view.board.press(self._pointer(point, event.modifiers()), hit)

    def move(self, event: QMouseEvent) -> None:
        """Drag, or show by the cursor's shape what a press would do."""
        if self._last is None:
            self._view.setCursor(_CURSORS.get(self.hit(event.position()).zone, Qt.CursorShape.ArrowCursor))
            return
        self._last = (event.position(), event.modifiers())
        self.follow()

    def modifiers_changed(self, modifiers: Qt.KeyboardModifier) -> None:
        """A key that changes what a drag does went down or up while the pointer rests."""
        if self._last is not None:
            self._last = (self._last[0], modifiers)
            self.follow()

    def follow(self) -> None:
        """The pointer moved over the grid, or the grid under the pointer."""
        if self._last is None:
            return
        board = self._view.board
        was_dragging = board.gestures.is_dragging
        if board.gestures.move(self._pointer(*self._last), self._options()):
            self._view.refresh_overlay()
            self._view.hand_moved.emit()
        if board.gestures.is_dragging and not was_dragging:
            self._frame_at = self._clock.monotonic()
            self._frames.start()
            if isinstance(board.gestures.state, Moving):
                self._view.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif isinstance(board.gestures.state, Pressed) and self._view.is_read_only:
            self._view.setCursor(Qt.CursorShape.ForbiddenCursor)

    def release(self, event: QMouseEvent) -> None:
        """Let go. Modifiers are read now, so one can change one's mind about copying until the end."""
        if event.button() is not Qt.MouseButton.LeftButton or self._last is None:
            return
        pointer = self._pointer(event.position(), event.modifiers())
        self._options()
        self._stop()
        adds = bool(event.modifiers() & (_SHIFT | _CONTROL))
        self._view.board.release(pointer, adds=adds)
        self._view.refresh_overlay()
        self._view.hand_moved.emit()
        self._view.setCursor(_CURSORS.get(self.hit(event.position()).zone, Qt.CursorShape.ArrowCursor))
        self._view.let_go.emit()

    def double_click(self, event: QMouseEvent) -> None:
        """Open an entry; weekly hours by their title; elsewhere it is a second press."""
        hit = self.hit(event.position())
        if event.button() is Qt.MouseButton.LeftButton and hit.block is not None:
            if hit.block.entry is not None:
                self._view.open_requested.emit(hit.block.key)
                return
            if isinstance(hit.block.item, Pattern) and self._is_on_title(hit, event.position()):
                self._view.weekly_hours_requested.emit(hit.block.item)
                return
        self.press(event)

    def cancel(self) -> bool:
        """Forget the gesture; all is as it was."""
        was_down = self.is_down
        was_dragging = self._view.board.gestures.cancel()
        self._stop()
        if was_dragging:
            self._view.refresh_overlay()
            self._view.hand_moved.emit()
            self._view.unsetCursor()
        if was_down:
            self._view.let_go.emit()
        return was_dragging

    def wheel(self, event: QWheelEvent) -> None:
        """Scroll; with Shift or sideways turn the week; with Ctrl zoom around the pointer."""
        view = self._view
        angle, pixels = event.angleDelta(), event.pixelDelta()
        event.accept()
        if event.modifiers() & _CONTROL:
            view.set_zoom(view.zoom * _ZOOM_PER_NOTCH ** (angle.y() / NOTCH), event.position().y())
            return
        sideways = angle.x()
        if event.modifiers() & _SHIFT and not sideways:
            sideways = angle.y()
        if abs(sideways) > abs(angle.y()) or event.modifiers() & _SHIFT:
            begins = event.phase() is Qt.ScrollPhase.ScrollBegin
            weeks = self._swipes.feed(sideways, self._clock.monotonic(), begins=begins)
            if weeks:
                # A wheel with Shift counts in time; fingers move the paper, which RTL mirrors.
                mirrored = view.grid.rtl and not event.modifiers() & _SHIFT
                view.request_turn(-weeks if mirrored else weeks)
            return
        rows = pixels.y() or angle.y() * view.look.px(_ROWS_PER_NOTCH) / NOTCH
        view.scroll_by(-round(rows))

    def other(self, event: QEvent) -> bool:
        """Pinches and tool tips; tells whether the event was one of these."""
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() is Qt.NativeGestureType.ZoomNativeGesture:
                self._view.set_zoom(self._view.zoom * (1 + event.value()), event.position().y())
                return True
            return False
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            block = self.hit(QPointF(event.pos())).block
            if block is None or self.is_down or block.is_pattern:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), self._view.words.spoken(block), self._view)
            return True
        return False

    def _pointer(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> Pointer:
        grid = self._view.grid
        spot = Spot(grid.date_at(point.x()), grid.minute_at(point.y()))
        return Pointer(point.x(), point.y(), spot, bool(modifiers & _SHIFT), bool(modifiers & _COPY))

    def _options(self) -> Options:
        board = self._view.board
        slack = self._view.grid.minutes_for(1)
        if slack != board.options.slack:
            board.options = replace(board.options, slack=slack)
        return board.options

    def _is_on_title(self, hit: Hit, point: QPointF) -> bool:
        if hit.block is None:
            return False
        top = self._view.grid.y_of(hit.block.item.start)
        return point.y() < top + self._view.look.title.height + self._view.look.small.height

    def _stop(self) -> None:
        self._last = None
        self._frames.stop()
        self._hold.reset()

    def _frame(self) -> None:
        """A drag near an edge scrolls, or turns the week, also while the pointer rests."""
        now = self._clock.monotonic()
        passed, self._frame_at = now - self._frame_at, now
        if self._last is None:
            self._frames.stop()
            return
        point = self._last[0]
        rows = round(scroll_speed(self._view.grid, point.y()) * min(passed, 0.1))
        if rows:
            self._view.scroll_by(rows)
        weeks = self._hold.feed(self._view.grid, point.x(), now)
        if weeks:
            self._view.request_turn(weeks)
