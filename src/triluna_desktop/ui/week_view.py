"""The week, or a day: one painted widget. It shows what the session says and asks for edits; it changes nothing.

The way of a gesture: `week_pointer` and `week_keys` turn events into calls of the `Board`, the board asks for an
edit, `edit_requested` carries it out of here, and `finish_edit` tells that it was answered.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLocale, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QScrollBar, QWidget

from triluna_desktop.domain.models import new_key
from triluna_desktop.grid.actions import Actions
from triluna_desktop.grid.board import Board
from triluna_desktop.grid.cursor import SlotCursor
from triluna_desktop.grid.drafts import SNAPS
from triluna_desktop.grid.geometry import Geometry
from triluna_desktop.grid.shown import Layers
from triluna_desktop.ui.week_accessible import announce, attach
from triluna_desktop.ui.week_keys import KeyControl
from triluna_desktop.ui.week_layer import WeekLayer
from triluna_desktop.ui.week_look import Look
from triluna_desktop.ui.week_menu import WeekMenu
from triluna_desktop.ui.week_notice import GridState, Notice
from triluna_desktop.ui.week_overlay import Overlay, OverlayMaker
from triluna_desktop.ui.week_pointer import PointerControl
from triluna_desktop.ui.week_words import WeekWords

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtGui import (
        QContextMenuEvent,
        QFocusEvent,
        QKeyEvent,
        QMouseEvent,
        QPaintEvent,
        QResizeEvent,
        QWheelEvent,
    )

    from triluna_desktop.domain.availability import DayAvailability
    from triluna_desktop.domain.edits import Edit
    from triluna_desktop.domain.time import Clock
    from triluna_desktop.grid.shown import ShownDays
    from triluna_desktop.ui.theme import Theme

MIN_ZOOM, MAX_ZOOM = 0.5, 5.0
_MORNING = 7 * 60 + 30


class WeekView(QWidget):
    """The grid. The owner answers each `edit_requested` by `set_days` (if it was done) and `finish_edit`."""

    edit_requested = Signal(object)  # domain.edits.Edit
    selection_changed = Signal(object)  # tuple[str, ...]: keys
    open_requested = Signal(str)  # key: edit it in the inspector, title focused
    days_requested = Signal(object, int)  # first date, number of days
    slot_cursor_changed = Signal(object)  # grid.cursor.SlotCursor or None
    brush_changed = Signal(bool)  # whether what is drawn is available
    zoom_changed = Signal(float)
    why_requested = Signal(object, int)  # date, minute
    weekly_hours_requested = Signal(object)  # the Pattern to edit, or the Entry to repeat
    undo_requested = Signal()
    redo_requested = Signal()
    command_requested = Signal(str)  # one of week_keys.COMMANDS

    _is_ready = False
    """Qt sends events before a constructor is through."""

    def __init__(
        self,
        theme: Theme,
        clock: Clock,
        *,
        first_weekday: int,
        snap: int = 15,
        new_key: Callable[[], str] = new_key,
        locale: QLocale | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        if locale is not None:
            self.setLocale(locale)
        self._theme = theme
        self._clock = clock
        self.first_weekday = first_weekday
        self.board = Board(self, new_key, QApplication.startDragDistance())
        self.editing = Actions(self.board)
        self.board.options = replace(self.board.options, snap=snap)
        now = clock.now()
        self._now = (now.date(), now.hour * 60 + now.minute)
        self._zoom = 1.0
        self._look = Look(theme.palette, self.font(), self.devicePixelRatioF())
        self._words = WeekWords(self.locale(), self)
        self._maker = OverlayMaker(self._look, self._words)
        self._overlay = Overlay()
        self._notice = Notice(self._look, self)
        self.grid = Geometry(now.date(), 7, 1, 1)
        self._layer = WeekLayer(self.board.scene, self.grid, self._look, self._words, self._now[0])
        self._wanted_top: int | None = _MORNING
        self._bar = QScrollBar(Qt.Orientation.Vertical, self)
        self._bar.setCursor(Qt.CursorShape.ArrowCursor)
        self._bar.valueChanged.connect(self._scroll_to_row)
        self.pointer = PointerControl(self, clock)
        self._keys = KeyControl(self)
        self._menu = WeekMenu(self)
        self._minute = QTimer(self)
        self._minute.setSingleShot(True)
        self._minute.timeout.connect(self.update_now)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(320, 240)
        self.setAccessibleName(self.tr("Week"))
        self._is_ready = True
        theme.changed.connect(self._restyle)
        attach(self)
        self.update_now()

    # -- what is shown ---------------------------------------------------------------------------------------

    def set_days(self, view: ShownDays, availability: Iterable[DayAvailability]) -> None:
        """Show these days. A drag in progress goes on over the new ones."""
        turned = (view.first, view.days) != (self.grid.first, self.grid.days)
        self.grid = replace(self.grid, first=view.first, days=view.days)
        self.board.show(view, availability)
        if turned:
            self.pointer.follow()

    def finish_edit(self) -> None:
        """The oldest edit asked for was answered. After `set_days`, so that nothing flashes."""
        self.board.answered()

    def set_state(self, state: GridState, text: str = "") -> None:
        """Say how it stands with these dates; ``text`` replaces the state's own sentence."""
        self._notice.set_state(state, text)
        self.update()

    def set_layers(self, *, available: bool, blocked: bool, patterns: bool) -> None:
        """Choose what is drawn."""
        self.board.set_layers(Layers(available, blocked, patterns))

    def set_read_only(self, is_read_only: bool) -> None:
        """Refuse every edit, or allow them again."""
        if is_read_only:
            self.cancel_gesture()
        self.board.options = replace(self.board.options, may_write=not is_read_only)

    @property
    def is_read_only(self) -> bool:
        """Whether edits are refused."""
        return not self.board.options.may_write

    def set_brush(self, is_available: bool) -> None:
        """Choose what a drag over empty time makes: openings or blocks."""
        if is_available is not self.board.options.brush_available:
            self.board.options = replace(self.board.options, brush_available=is_available)
            self.brush_changed.emit(is_available)

    @property
    def brush(self) -> bool:
        """Whether what is drawn is available."""
        return self.board.options.brush_available

    def set_snap(self, minutes: int) -> None:
        """Choose what drags snap to.

        Raises:
            ValueError: not one of `grid.drafts.SNAPS`.
        """
        if minutes not in SNAPS:
            raise ValueError(f"{minutes} minutes is no step; one of {SNAPS} is")
        self.board.options = replace(self.board.options, snap=minutes)

    def set_letters(self, *, is_on: bool) -> None:
        """Let single letters be shortcuts, or not."""
        self._keys.letters = is_on

    # -- selection and slot cursor ---------------------------------------------------------------------------

    @property
    def selected(self) -> tuple[str, ...]:
        """The keys of the selected entries."""
        return self.board.selection

    def select(self, keys: Iterable[str]) -> None:
        """Select just these, as far as they are on screen."""
        self.board.select(keys)

    @property
    def slot_cursor(self) -> SlotCursor | None:
        """Where the slot cursor is, if anywhere."""
        return self.board.cursor

    def set_slot_cursor(self, day: date, start: int, end: int) -> None:
        """Put the slot cursor somewhere and bring it into view."""
        self.board.select(())
        self.board.set_cursor(SlotCursor(day, start, end, day))
        self.reveal(start, end)

    @property
    def cursor_day(self) -> date:
        """Where a key without a slot cursor would act: today if it is on screen, else the first day."""
        today = self._now[0]
        return today if self.grid.column_of(today) is not None else self.grid.first

    def create_at_cursor(self) -> bool:
        """Create at the slot cursor with the brush in hand."""
        return self.editing.create_at_cursor(self.cursor_day)

    def delete_selected(self) -> bool:
        """Ask to delete the selection; the owner may ask back before it does so."""
        return self.editing.delete()

    def duplicate(self) -> bool:
        """Ask for copies of the selection in the next free hours."""
        return self.editing.duplicate()

    def copy(self) -> None:
        """Remember the selection."""
        self.editing.copy()

    def paste(self) -> bool:
        """Ask for what was copied at the slot cursor, or at its own hours."""
        return self.editing.paste(self.cursor_day)

    def flip(self) -> bool:
        """Ask for the selection to be blocked, or available."""
        return self.editing.flip()

    def split(self, minute: float | None = None) -> bool:
        """Ask for the selected entry to be cut in two."""
        return self.editing.split(minute)

    def cancel_gesture(self) -> bool:
        """Forget the drag in progress, exactly; tells whether there was one."""
        return self.pointer.cancel()

    def request_turn(self, weeks: int) -> None:
        """Ask for the next days, or those before."""
        by = timedelta(days=weeks * self.grid.days)
        self.days_requested.emit(self.grid.first + by, self.grid.days)

    # -- scrolling and zoom ----------------------------------------------------------------------------------

    @property
    def zoom(self) -> float:
        """The height of an hour, 1 being the design's."""
        return self._zoom

    def set_zoom(self, zoom: float, around: float | None = None) -> None:
        """Zoom; what is at row ``around`` (the middle) stays there where it can."""
        zoom = min(max(zoom, MIN_ZOOM), MAX_ZOOM)
        if zoom == self._zoom:
            return
        self._zoom = zoom
        middle = self.grid.header + self.grid.viewport_height / 2
        self.grid = self.grid.zoomed(self._look.measures.hour * zoom, middle if around is None else around)
        self._relayout()
        self.zoom_changed.emit(zoom)

    def scroll_to(self, minute: int) -> None:
        """Bring a minute to the top."""
        if self.grid.viewport_height < 2:
            self._wanted_top = minute
            return
        self._bar.setValue(self.grid.scrolled_to(0).y_of(minute) - self.grid.header - self.grid.margin // 2)

    def scroll_by(self, pixels: int) -> bool:
        """Scroll down (below zero: up); tells whether that was possible."""
        before = self._bar.value()
        self._bar.setValue(before + pixels)
        return self._bar.value() != before

    @property
    def top_minute(self) -> int:
        """The minute at the top, for remembering where one was."""
        return int(self.grid.minute_at(self.grid.header + self.grid.margin))

    def reveal(self, start: int, end: int) -> None:
        """Scroll as little as it takes to show these minutes."""
        top, bottom = self.grid.y_of(start), self.grid.y_of(end)
        if top < self.grid.header:
            self.scroll_by(top - self.grid.header - self.grid.margin)
        elif bottom > self.grid.height:
            self.scroll_by(min(bottom - self.grid.height + self.grid.margin, top - self.grid.header))

    # -- what the board tells (grid.board.BoardListener) ------------------------------------------------------

    def edit_asked(self, edit: Edit) -> None:
        """An edit is wanted."""
        self.edit_requested.emit(edit)

    def scene_changed(self) -> None:
        """There is other content."""
        is_first = self.grid.width <= 1  # Nothing was laid out yet.
        if is_first or len(self.board.scene.columns) != self.grid.days or self.grid != self._laid_out_for():
            self._relayout()
        else:
            self.update(self._layer.show(self.board.scene))
            self.refresh_overlay()
        attach(self)

    def selection_moved(self) -> None:
        """Other entries are selected."""
        self.refresh_overlay()
        self.selection_changed.emit(self.board.selection)
        block = self.board.scene.find(self.board.selection[-1]) if self.board.selection else None
        if block is not None:
            if not self.board.gestures.is_dragging and not self.pointer.is_down:
                self.reveal(block.item.start, block.item.end)
            announce(self, block)

    def cursor_moved(self) -> None:
        """The slot cursor is somewhere else."""
        self.refresh_overlay()
        self.slot_cursor_changed.emit(self.board.cursor)
        if self.board.cursor is not None:
            announce(self, None)

    # -- painting --------------------------------------------------------------------------------------------

    @property
    def words(self) -> WeekWords:
        """What the grid says."""
        return self._words

    @property
    def look(self) -> Look:
        """Fonts and sizes in force."""
        return self._look

    def refresh_overlay(self) -> None:
        """Work out again what lies over the week, and repaint just what differs."""
        dirty = self._maker.region(self._overlay, self.grid)
        faded = self.board.gestures.held if self.board.gestures.is_dragging else ()
        dirty += self._layer.fade(frozenset(entry.key for entry in faded))
        self._overlay = self._maker.make(self.board, self.grid, self._layer, self._now)
        self.update(dirty + self._maker.region(self._overlay, self.grid))

    def update_now(self) -> None:
        """Move the now line to the present minute, and come again at the next."""
        now = self._clock.now()
        self._now = (now.date(), now.hour * 60 + now.minute)
        if self._layer.set_today(self._now[0]):
            self.update()
        self.refresh_overlay()
        self._minute.start(round((60 - now.second - now.microsecond / 1e6) * 1000) + 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Copy what stands still, paint what lies over it."""
        if self.devicePixelRatioF() != self._look.ratio:
            self._restyle()
        dirty = event.rect()
        ratio = self._look.ratio
        painter = QPainter(self)
        source = QRect(
            round(dirty.x() * ratio),
            round(dirty.y() * ratio),
            round(dirty.width() * ratio),
            round(dirty.height() * ratio),
        )
        painter.drawPixmap(dirty, self._layer.pixmap(), source)
        self._notice.paint(painter, self.board, self.grid)
        self._maker.paint(painter, self._overlay, self.grid, self._layer)
        painter.end()

    def _relayout(self) -> None:
        measures, look = self._look.measures, self._look
        labels = max(look.small.width(self._words.time(minute)) for minute in (0, 600, 1320, 1440))
        self.grid = replace(
            self.grid,
            width=self.width(),
            height=self.height(),
            header=measures.header,
            gutter=max(measures.gutter, labels + look.px(20)),
            hour=measures.hour * self._zoom,
            margin=measures.px(10),
            trailing=self._bar.sizeHint().width(),
            rtl=self.layoutDirection() is Qt.LayoutDirection.RightToLeft,
        )
        self.grid = self.grid.scrolled_to(self.grid.scroll)
        self._place_bar()
        self._layer.reset(self.board.scene, self.grid, self._look, self._words)
        self._overlay = self._maker.make(self.board, self.grid, self._layer, self._now)
        self.update()

    def _laid_out_for(self) -> Geometry:
        return self._layer.geometry

    def _place_bar(self) -> None:
        grid = self.grid
        x = 0 if grid.rtl else grid.width - grid.trailing
        self._bar.setGeometry(x, grid.header, grid.trailing, grid.viewport_height)
        self._bar.blockSignals(True)  # The geometry is set already; a signal would scroll twice.
        self._bar.setRange(0, grid.max_scroll)
        self._bar.setPageStep(max(1, grid.viewport_height))
        self._bar.setSingleStep(max(1, round(grid.hour / 2)))
        self._bar.setValue(grid.scroll)
        self._bar.blockSignals(False)

    def _scroll_to_row(self, row: int) -> None:
        if row == self.grid.scroll:
            return
        self.grid = self.grid.scrolled_to(row)
        self._layer.scroll_to(self.grid)
        self._overlay = self._maker.make(self.board, self.grid, self._layer, self._now)
        self.update()
        self.pointer.follow()

    def _restyle(self) -> None:
        self._look = Look(self._theme.palette, self.font(), self.devicePixelRatioF())
        self._words = WeekWords(self.locale(), self)
        self._maker = OverlayMaker(self._look, self._words)
        self._notice.restyle(self._look)
        self._relayout()

    # -- events ----------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out for the new size; the first time, scroll to the morning."""
        super().resizeEvent(event)
        self._relayout()
        if self._wanted_top is not None and self.grid.viewport_height > 1:
            minute, self._wanted_top = self._wanted_top, None
            self.scroll_to(minute)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font, the locale and the reading direction."""
        kinds = QEvent.Type
        if self._is_ready and event.type() in {
            kinds.FontChange,
            kinds.LocaleChange,
            kinds.LayoutDirectionChange,
            kinds.LanguageChange,
        }:
            self._restyle()
        super().changeEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of something."""
        self.pointer.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag, or show what a press would do."""
        self.pointer.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self.pointer.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open what was hit."""
        self.pointer.double_click(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll, turn the week, or zoom."""
        self.pointer.wheel(event)

    def event(self, event: QEvent) -> bool:
        """Pinches and tool tips come by this way."""
        return (self._is_ready and self.pointer.other(event)) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Work without a mouse."""
        if not self._keys.press(event):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Tab walks the blocks before it leaves the grid."""
        return self.board.walk(1 if is_next else -1) or super().focusNextPrevChild(is_next)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A drag does not survive the loss of focus."""
        self.cancel_gesture()
        super().focusOutEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with what is here."""
        self._menu.open_for(event)
