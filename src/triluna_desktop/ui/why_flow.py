"""Answering *why*: at the slot that is asked about, under a pointer that rests, and in the inspector."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QSize, QTimer
from PySide6.QtGui import QHelpEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout

from triluna_desktop.domain.intervals import Interval
from triluna_desktop.domain.models import Entry, Pattern
from triluna_desktop.domain.time import DAY_MINUTES, weekday_of
from triluna_desktop.grid.hits import Zone

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from triluna_desktop.domain.edits import Edit
    from triluna_desktop.domain.why import Fix
    from triluna_desktop.session import ItemView
    from triluna_desktop.session.callers import Explained
    from triluna_desktop.ui.inspector import Inspector
    from triluna_desktop.ui.page_context import PageContext
    from triluna_desktop.ui.why.chain import Chain
    from triluna_desktop.ui.why.popover import WhyHover, WhyPopover
    from triluna_desktop.ui.why.why_words import WhyWords

_STIR = 4
"""Pixels that a resting hand moves the pointer without meaning it."""
_GOES = frozenset(
    {
        QEvent.Type.Leave,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.KeyPress,
        QEvent.Type.Wheel,
        QEvent.Type.FocusOut,
        QEvent.Type.WindowDeactivate,
        QEvent.Type.Hide,
    }
)
"""What takes the answer under the pointer away again."""


class WhyFlow(QObject):
    """Made with the window; what it shows is made when it is first needed."""

    def __init__(self, context: PageContext, run_command: Callable[[str], None]) -> None:
        """``run_command`` takes the name of one of `ui.commands`, where a fix is no edit."""
        super().__init__(context.page)
        self._session, self._page, self._week = context.session, context.page, context.week
        self._words, self._theme = context.words, context.theme
        self._run_command = run_command
        self.popover: WhyPopover | None = None
        self.hover: WhyHover | None = None
        self.card: QFrame | None = None
        self.chain: Chain | None = None
        """The chain in the inspector."""
        self._asked: tuple[date, int, Interval | None] | None = None
        self._rested_at = QPoint()
        context.page.week_view.why_requested.connect(self.ask)
        context.page.week_view.installEventFilter(self)

    # -- what is asked -------------------------------------------------------------------------------------------

    def ask(self, day: date, minute: int) -> None:
        """Open the answer: of the slot cursor or the selected entry around the minute, else of its hour."""
        self._hide_hover()
        minute = max(0, min(minute, DAY_MINUTES - 1))
        self._asked = (day, minute, self._slot(day, minute))
        popover = self._ready_popover()
        self._fill(popover)
        popover.open_at(self._place_of(day, minute))

    def refresh(self) -> None:
        """The calendar changed: say what holds now."""
        if self.popover is not None and self.popover.isVisible():
            self._fill(self.popover)

    def _slot(self, day: date, minute: int) -> Interval | None:
        board = self._page.week_view.board
        if board.cursor is not None and day in board.cursor.days:
            if board.cursor.start <= minute < board.cursor.end:
                return Interval(board.cursor.start, board.cursor.end)
        elif len(board.selected) == 1 and board.selected[0].date == day:
            chosen = board.selected[0].interval
            return chosen if chosen.contains(minute) else None
        return None

    @property
    def _says(self) -> WhyWords:
        from triluna_desktop.ui.why.why_words import WhyWords

        return WhyWords(self._words)

    def _show(
        self, chain: Chain, found: Explained, *, with_fixes: bool = True, about: str = "", heading: str = ""
    ) -> None:
        says, answer = self._says, found.why
        is_known = self._session.days(answer.date, 1).loaded
        note = says.meanwhile(found) if is_known else says.not_known()
        lines = says.lines(answer, self._session.mode_settings, about)
        chain.show_lines(heading or says.heading(answer), lines, note)
        if with_fixes:
            fixes = [(fix, says.fix(fix)) for fix in answer.fixes]
            chain.show_fixes(fixes, may_write=not self._session.is_read_only)

    # -- the popover ---------------------------------------------------------------------------------------------

    def _ready_popover(self) -> WhyPopover:
        if self.popover is None:
            from triluna_desktop.ui.why.popover import WhyPopover

            self.popover = WhyPopover(self._theme, self._page)
            self.popover.chain.fix_chosen.connect(self._carry_out)
            self.popover.chain.considered.connect(self._consider)
            self.popover.closed.connect(self._page.week_view.clear_outcome)
        return self.popover

    def _fill(self, popover: WhyPopover) -> None:
        if self._asked is not None:
            day, minute, slot = self._asked
            self._show(popover.chain, self._session.callers.why(day, minute, slot=slot))
            popover.fit()

    def _place_of(self, day: date, minute: int) -> QRect:
        """Where the slot is on the screen."""
        view = self._page.week_view
        slot = self._asked[2] if self._asked is not None else None
        column = view.grid.column_of(day)
        if column is None:
            return QRect(view.mapToGlobal(view.rect().center()), QSize(1, 1))
        left, width = view.grid.column_span(column)
        top = view.grid.y_of(slot.start if slot is not None else minute)
        bottom = view.grid.y_of(slot.end if slot is not None else minute + 1)
        top = max(view.grid.header, min(top, view.height()))
        return QRect(view.mapToGlobal(QPoint(left, top)), view.mapToGlobal(QPoint(left + width - 1, bottom)))

    def _follow(self) -> None:
        if self.popover is not None and self.popover.isVisible() and self._asked is not None:
            self.popover.place_beside(self._place_of(*self._asked[:2]))

    def _carry_out(self, fix: Fix) -> None:
        from triluna_desktop.domain.why import FixKind  # As at other places here: not needed before anybody asks.

        if self.popover is not None:
            self.popover.hide()
        self._page.week_view.clear_outcome()
        if fix.edit is not None:
            self._week.flow.apply(fix.edit, done=self._page.week_view.setFocus)
        elif fix.kind is FixKind.EDIT_WEEKLY_HOURS:
            self._run_command("weekly_hours")
        else:
            self._run_command("calendar_mode")

    def _consider(self, edit: Edit | None) -> None:
        if edit is None:
            self._page.week_view.clear_outcome()
        else:
            self._page.week_view.show_outcome(edit)

    # -- the inspector -------------------------------------------------------------------------------------------

    def wire(self, inspector: Inspector) -> None:
        """Give the inspector a card that tells why of what it shows."""
        from triluna_desktop.ui.why.chain import Chain

        self.card = QFrame()
        self.card.setProperty("look", "card")
        self.chain = Chain(self._theme)
        column = QVBoxLayout(self.card)
        column.setContentsMargins(12, 10, 12, 12)
        column.addWidget(self.chain)
        self.chain.fix_chosen.connect(self._carry_out)
        self.chain.considered.connect(self._consider)
        self.card.hide()
        inspector.add_card(self.card)
        inspector.shown.connect(self._tell_of)

    def _tell_of(self, views: tuple[ItemView, ...]) -> None:
        if self.card is None or self.chain is None:
            return
        item = views[0].item if len(views) == 1 else None
        day = item.date if isinstance(item, Entry) else self._day_of(item) if isinstance(item, Pattern) else None
        self.card.setVisible(day is not None)
        if item is None or day is None:
            return
        found = self._session.callers.why(day, item.start, slot=item.interval)
        heading = self._says.heading(found.why, with_day=isinstance(item, Pattern))
        self._show(self.chain, found, about=item.key, heading=heading)

    def _day_of(self, pattern: Pattern) -> date | None:
        """The date on screen on which weekly hours lie."""
        columns = self._page.week_view.board.scene.columns
        return next((each.day for each in columns if weekday_of(each.day) == pattern.weekday), None)

    # -- under the pointer ---------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt tells of a pointer that rests on the grid for 700 ms with no button down: answer then."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            self._rest(event)
            return True
        if event.type() is QEvent.Type.Resize and self.popover is not None and self.popover.isVisible():
            QTimer.singleShot(0, self, self._follow)  # The columns are somewhere else, once they are laid out.
        if self.hover is not None and self.hover.isVisible():
            kind = event.type()
            is_stirred = (
                isinstance(event, QMouseEvent)
                and kind is QEvent.Type.MouseMove
                and (event.globalPosition().toPoint() - self._rested_at).manhattanLength() > _STIR
            )
            if is_stirred or kind in _GOES:
                self._hide_hover()
        return super().eventFilter(watched, event)

    def _rest(self, event: QHelpEvent) -> None:
        view = self._page.week_view
        hit = view.pointer.hit(QPointF(event.pos()))
        is_asked = self.popover is not None and self.popover.isVisible()
        is_busy = view.pointer.is_down or is_asked or QApplication.activePopupWidget() is not None
        if is_busy or hit.zone in {Zone.HEADER, Zone.OUTSIDE} or not view.isActiveWindow():
            self._hide_hover()
            return
        if self.hover is None:
            from triluna_desktop.ui.why.popover import WhyHover

            self.hover = WhyHover(self._theme, self._page)
        minute = max(0, min(int(hit.minute), DAY_MINUTES - 1))
        found = self._session.callers.why(hit.day, minute)
        is_entry = hit.block is not None and not hit.block.is_pattern
        self.hover.block.setText(view.words.spoken(hit.block) if hit.block is not None and is_entry else "")
        self._show(self.hover.chain, found, with_fixes=False, heading=self._says.verdict(found.why))
        self._rested_at = event.globalPos()
        self.hover.show_at(event.globalPos())

    def _hide_hover(self) -> None:
        if self.hover is not None:
            self.hover.hide()
