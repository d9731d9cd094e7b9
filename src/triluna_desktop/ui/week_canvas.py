"""The surface of the week: it lays out, paints, scrolls and zooms what a `Board` holds. It knows no gestures.

What stands still is kept as a picture (`WeekLayer`); what lies over it is worked out on each change (`Overlay`),
and only where the two differ is painted again.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLocale, QTimer, Signal
from PySide6.QtWidgets import QApplication, QStylePainter, QWidget

from triluna_desktop.grid.board import Board
from triluna_desktop.grid.geometry import Geometry
from triluna_desktop.ui.places import SCROLL_BAR_WIDTH
from triluna_desktop.ui.week_layer import WeekLayer
from triluna_desktop.ui.week_look import Look
from triluna_desktop.ui.week_notice import GridState, Notice
from triluna_desktop.ui.week_overlay import Overlay, OverlayMaker
from triluna_desktop.ui.week_words import WeekWords

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from PySide6.QtGui import QPaintEvent, QResizeEvent
    from PySide6.QtWidgets import QScrollBar

    from triluna_desktop.domain.edits import Edit
    from triluna_desktop.domain.offered import OfferGap
    from triluna_desktop.domain.time import Clock
    from triluna_desktop.ui.theme import Theme

MIN_ZOOM, MAX_ZOOM = 0.5, 5.0
_MORNING = 7 * 60 + 30


class WeekCanvas(QWidget):
    """A painted week. It is its board's listener; `WeekView` adds what the user does."""

    zoom_changed = Signal(float)

    _is_ready = False
    """Qt sends events before a constructor is through."""

    def __init__(
        self,
        theme: Theme,
        clock: Clock,
        new_key: Callable[[], str],
        locale: QLocale | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._locale = locale
        """What its words are made in: a `dates.TimedLocale` says how times are written, which no widget's can."""
        if locale is not None:
            self.setLocale(locale)
        self._theme = theme
        self._clock = clock
        self.board = Board(self, new_key, QApplication.startDragDistance())
        now = clock.now()
        self._now = (now.date(), now.hour * 60 + now.minute)
        self._zoom = 1.0
        self._look = Look(theme.palette, self.font(), self.devicePixelRatioF())
        self._words = self.make_words()
        self._maker = OverlayMaker(self._look, self._words)
        self._overlay = Overlay()
        self._notice = Notice(self._look, self)
        self.grid = Geometry(now.date(), 7, 1, 1)
        self._layer = WeekLayer(self.board.scene, self.grid, self._look, self._words, self._now[0])
        self._wanted_top: int | None = _MORNING
        self._bar: QScrollBar | None = None
        self._minute = QTimer(self)
        self._minute.setSingleShot(True)
        self._minute.timeout.connect(self.update_now)
        self.setMinimumSize(320, 240)
        theme.changed.connect(self._restyle)
        self._is_ready = True
        self.update_now()

    @property
    def words(self) -> WeekWords:
        """What the grid says."""
        return self._words

    @property
    def clock(self) -> Clock:
        """Where the time comes from."""
        return self._clock

    def make_words(self) -> WeekWords:
        """What it is to say, in the widget's locale; for a week that says something else."""
        return WeekWords(self._locale or self.locale(), self)

    @property
    def look(self) -> Look:
        """Fonts and sizes in force."""
        return self._look

    @property
    def today(self) -> date:
        """The date of the now line."""
        return self._now[0]

    def set_offers(self, gaps: Mapping[date, OfferGap], offered: Callable[[str], str]) -> None:
        """Where callers see something else than what is shown; ``offered`` says it of an item by its key."""
        before = self._words.gaps
        self._words.gaps, self._words.offered = gaps, offered
        changed = {day for day in before.keys() | gaps.keys() if before.get(day) != gaps.get(day)}
        if changed:
            self.update(self._layer.rewrite(changed))

    def set_masked(self, *, is_on: bool) -> None:
        """Show titles, or not: the screen is shared."""
        if is_on is not self._words.is_masked:
            self._words.is_masked = is_on
            self.write_anew()

    def write_anew(self) -> None:
        """Times are written in another way."""
        if self._is_laid_out:  # Else the first layout will, once there is a week to lay out.
            self._restyle()

    def forget_pictures(self) -> None:
        """Keep no pictures: this week is not shown any more."""
        self._layer.forget()

    @property
    def _is_laid_out(self) -> bool:
        return self.grid.width > 1

    def set_state(self, state: GridState, text: str = "") -> None:
        """Say how it stands with these dates; ``text`` replaces the state's own sentence."""
        self._notice.set_state(state, text)
        self.update()

    def moved_under_pointer(self) -> None:
        """The hours moved while the pointer may hold something; for who handles the pointer."""

    # -- what the board tells (grid.board.BoardListener) ------------------------------------------------------

    def edit_asked(self, edit: Edit) -> None:
        """An edit is wanted; for who can carry it on."""

    def scene_changed(self) -> None:
        """There is other content."""
        days = len(self.board.scene.columns)
        # The layer may have its place and no days yet, as settings are applied before the first week is shown.
        is_alike = days == self.grid.days == self._layer.days and self.grid == self._layer.geometry
        if not (self._is_laid_out and is_alike):
            self._relayout()
        else:
            self.update(self._layer.show(self.board.scene))
            self.refresh_overlay()

    def show_outcome(self, edit: Edit) -> None:
        """Draw what an edit would leave as ghosts over the week; nothing is done."""
        if self.board.consider(edit):
            self.refresh_overlay()

    def clear_outcome(self) -> None:
        """Take the ghosts away."""
        if self.board.consider(None):
            self.refresh_overlay()

    def selection_moved(self) -> None:
        """Other entries are selected."""
        self.refresh_overlay()

    def cursor_moved(self) -> None:
        """The slot cursor is somewhere else."""
        self.refresh_overlay()

    # -- scrolling and zoom ----------------------------------------------------------------------------------

    def add_scroll_bar(self) -> None:
        """Make the scroll bar, whose place is kept free for it: the first paint is sooner without."""
        from PySide6.QtCore import Qt
        from PySide6.QtWidgets import QScrollBar

        self._bar = QScrollBar(Qt.Orientation.Vertical, self)
        self._bar.setCursor(Qt.CursorShape.ArrowCursor)
        self._bar.valueChanged.connect(self._scroll_to_row)
        self._place_bar()
        self._bar.show()

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
        self._scroll(self.grid.scrolled_to(0).y_of(minute) - self.grid.header - self.grid.margin // 2)

    def scroll_by(self, pixels: int) -> bool:
        """Scroll down (below zero: up); tells whether that was possible."""
        before = self.grid.scroll
        self._scroll(before + pixels)
        return self.grid.scroll != before

    def _scroll(self, row: int) -> None:
        """Scroll to a row, or as near to it as one can."""
        if self._bar is not None:
            self._bar.setValue(row)
        else:
            self._scroll_to_row(self.grid.scrolled_to(row).scroll)

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

    # -- painting --------------------------------------------------------------------------------------------

    def refresh_overlay(self) -> None:
        """Work out again what lies over the week, and repaint just what differs."""
        dirty = self._maker.region(self._overlay, self.grid)
        dirty += self._layer.fade(self.board.faded)
        self._overlay = self._maker.make(self.board, self.grid, self._layer, self._now)
        dirty += self._notice.stale(self.board, self.grid)
        self.update(dirty + self._maker.region(self._overlay, self.grid))

    def update_now(self) -> None:
        """Move the now line to the present minute, and come again at the next."""
        now = self._clock.now()
        self._now = (now.date(), now.hour * 60 + now.minute)
        if self._layer.set_today(self._now[0]):
            self.update()
        self.refresh_overlay()
        self._minute.start(round((60 - now.second - now.microsecond / 1e6) * 1000) + 20)

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Copy what stands still, paint what lies over it."""
        if self.devicePixelRatioF() != self._look.ratio:
            self._restyle()
        painter = QStylePainter(self)
        # Whole, and clipped by Qt to what is dirty: cutting it here would round at scales such as 150 %.
        painter.drawPixmap(0, 0, self._layer.pixmap())
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
            trailing=SCROLL_BAR_WIDTH,
            rtl=self.isRightToLeft(),
        )
        self.grid = self.grid.scrolled_to(self.grid.scroll)
        self._place_bar()
        self._layer.reset(self.board.scene, self.grid, self._look, self._words)
        self._overlay = self._maker.make(self.board, self.grid, self._layer, self._now)
        self.update()

    def _place_bar(self) -> None:
        if self._bar is None:
            return
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
        self.moved_under_pointer()

    def _restyle(self) -> None:
        self._look = Look(self._theme.palette, self.font(), self.devicePixelRatioF())
        before, self._words = self._words, self.make_words()
        self._words.gaps, self._words.offered = before.gaps, before.offered
        self._words.is_masked = before.is_masked
        self._maker = OverlayMaker(self._look, self._words)
        self._notice.restyle(self._look)
        self._relayout()

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
