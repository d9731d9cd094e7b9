"""A page object for the week: "drag Lunch to Tuesday 14:30". Tests name dates and times, never pixels."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from tests.helpers.manual_clock import ManualClock

from triluna_desktop.domain.availability import ModeSettings, availability_on
from triluna_desktop.domain.conflicts import conflicts_among
from triluna_desktop.domain.models import Entry, Pattern
from triluna_desktop.domain.time import format_time, parse_time
from triluna_desktop.grid.drafts import Edge
from triluna_desktop.session import DaysView
from triluna_desktop.sync.ports import ItemView, SendState
from triluna_desktop.ui.week_view import WeekView

if TYPE_CHECKING:
    from collections.abc import Iterable

    from triluna_desktop.domain.edits import Edit
    from triluna_desktop.domain.models import Item
    from triluna_desktop.ui.theme import Theme

MONDAY = date(2026, 11, 16)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NO_KEYS = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
_LEFT = Qt.MouseButton.LeftButton
_NONE = Qt.MouseButton.NoButton


def entry(title: str, day: str, start: str, end: str, *, is_available: bool = False) -> Entry:
    """An entry of the week of 16 November 2026; its key is its title."""
    on = MONDAY + timedelta(days=WEEKDAYS.index(day))
    return Entry(title, on, parse_time(start), parse_time(end), is_available, title)


class Calendar:
    """Who owns the view: carries out the edits that it asks for, at once or when told to."""

    def __init__(self, items: Iterable[Item]) -> None:
        self.items: dict[str, Item] = {item.key: item for item in items}
        self.states: dict[str, SendState] = {}
        self.edits: list[Edit] = []
        self.answers_at_once = True
        self.view: WeekView | None = None
        self.loaded = True

    def own(self, view: WeekView) -> None:
        """Answer this view."""
        self.view = view
        view.edit_requested.connect(self._asked)
        view.days_requested.connect(self.show)
        self.show(MONDAY, 7)

    def show(self, first: date, days: int) -> None:
        """Show these days in the view."""
        assert self.view is not None
        last = first + timedelta(days=days)
        entries = [item for item in self.items.values() if isinstance(item, Entry) and first <= item.date < last]
        patterns = [item for item in self.items.values() if isinstance(item, Pattern)]
        shown = DaysView(
            first,
            days,
            tuple(ItemView(each, self.states.get(each.key, SendState.SENT)) for each in entries),
            tuple(ItemView(each) for each in patterns),
            conflicts_among(entries),
            self.loaded,
        )
        on = [first + timedelta(days=offset) for offset in range(days)]
        self.view.set_days(shown, tuple(availability_on(day, ModeSettings(), patterns, entries) for day in on))

    def answer(self, *, accepts: bool = True) -> None:
        """Answer the oldest edit that was not answered."""
        assert self.view is not None
        if accepts:
            self.items = self.edits[-1].apply(self.items)
            self.show(self.view.grid.first, self.view.grid.days)
        self.view.finish_edit()

    def _asked(self, edit: Edit) -> None:
        self.edits.append(edit)
        if self.answers_at_once:
            self.answer()


class WeekPage:
    """Does with a view what a person does, by real events."""

    def __init__(
        self, theme: Theme, items: Iterable[Item] = (), *, locale: QLocale | None = None, rtl: bool = False
    ) -> None:
        now = datetime(2026, 11, 19, 13, 24, tzinfo=ZoneInfo("America/Toronto"))
        self.clock = ManualClock(now)
        keys = iter(range(1, 1000))
        self.view = WeekView(
            theme,
            self.clock,
            first_weekday=1,
            new_key=lambda: f"new {next(keys)}",
            locale=locale or QLocale("en_GB"),
        )
        self.view.furnish()
        if rtl:
            self.view.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.calendar = Calendar(items)
        self.calendar.own(self.view)
        self.view.resize(1000, 760)
        self.view.show()
        self.view.scroll_to(7 * 60)
        self.view.setFocus()

    # -- reading ---------------------------------------------------------------------------------------------

    @property
    def slots(self) -> list[str]:
        """The calendar's entries in words: "thu 14:00-15:30 blocked"."""
        entries = [each for each in self.calendar.items.values() if isinstance(each, Entry)]
        return [self._words(each) for each in sorted(entries, key=lambda each: (each.date, each.start))]

    @property
    def hand(self) -> list[str]:
        """What is being dragged, in words."""
        preview = self.view.board.gestures.preview
        return [self._words(each) for each in preview.entries] if preview else []

    @property
    def cursor(self) -> str:
        """The slot cursor in words."""
        cursor = self.view.slot_cursor
        if cursor is None:
            return ""
        days = "/".join(_day_name(day) for day in cursor.days)
        return f"{days} {format_time(cursor.start)}-{format_time(cursor.end)}"

    # -- places ----------------------------------------------------------------------------------------------

    def at(self, day: str, time: str) -> QPointF:
        """The point of a date and time, at the end of its column, where no block lies."""
        column = WEEKDAYS.index(day)
        left, width = self.view.grid.column_span(column)
        x = left + 2 if self.view.grid.rtl else left + width - 3
        return QPointF(x, self.view.grid.y_of(parse_time(time)))

    def on(self, title: str, edge: Edge | None = None) -> QPointF:
        """The middle of a block, or of its upper or lower edge."""
        block = self.view.board.scene.find(title)
        assert block is not None, f"{title} is not on screen"
        column = self.view.grid.column_of(block.day)
        assert column is not None
        rect = self.view.grid.block_rect(column, block.item.start, block.item.end, block.place)
        y = {None: rect.y + rect.height / 2, Edge.START: rect.y + 1.0, Edge.END: rect.bottom - 2.0}[edge]
        return QPointF(rect.x + rect.width / 2, y)

    # -- the mouse -------------------------------------------------------------------------------------------

    def press(self, point: QPointF, keys: Qt.KeyboardModifier = NO_KEYS) -> None:
        """Press the left button."""
        self._mouse(QEvent.Type.MouseButtonPress, point, _LEFT, _LEFT, keys)

    def move(self, point: QPointF, keys: Qt.KeyboardModifier = NO_KEYS) -> None:
        """Move with the button down."""
        self._mouse(QEvent.Type.MouseMove, point, _NONE, _LEFT, keys)

    def release(self, point: QPointF, keys: Qt.KeyboardModifier = NO_KEYS) -> None:
        """Let the button go."""
        self._mouse(QEvent.Type.MouseButtonRelease, point, _LEFT, _NONE, keys)

    def drag(self, start: QPointF, end: QPointF, keys: Qt.KeyboardModifier = NO_KEYS) -> None:
        """Press, move in steps as a hand does, and let go."""
        self.press(start, keys)
        for share in (0.1, 0.5, 0.9, 1.0):
            self.move(start + (end - start) * share, keys)
        self.release(end, keys)

    def click(self, point: QPointF, keys: Qt.KeyboardModifier = NO_KEYS) -> None:
        """Press and let go in one place."""
        self.press(point, keys)
        self.release(point, keys)

    def double_click(self, point: QPointF) -> None:
        """Two clicks, as Qt tells of them."""
        self.click(point)
        self._mouse(QEvent.Type.MouseButtonDblClick, point, _LEFT, _LEFT, NO_KEYS)
        self.release(point)

    def drag_empty(self, day: str, start: str, end: str, *, to_day: str = "") -> None:
        """Drag over free time from one time to another, on one day or across several."""
        self.drag(self.at(day, start), self.at(to_day or day, end))

    def drag_entry(self, title: str, day: str, start: str, keys: Qt.KeyboardModifier = NO_KEYS) -> None:
        """Drag an entry so that it starts then."""
        grabbed = self.on(title)
        begun = self.view.board.content.entry(title)
        assert begun is not None
        offset = grabbed.y() - self.view.grid.y_of(begun.start)
        self.drag(grabbed, self.at(day, start) + QPointF(0, offset), keys)

    def drag_edge(self, title: str, edge: Edge, time: str, keys: Qt.KeyboardModifier = NO_KEYS) -> None:
        """Drag an entry's start or end to a time."""
        grabbed = self.on(title, edge)
        begun = self.view.board.content.entry(title)
        assert begun is not None
        at = begun.start if edge is Edge.START else begun.end
        rows = self.view.grid.y_of(parse_time(time)) - self.view.grid.y_of(at)
        self.drag(grabbed, grabbed + QPointF(0, rows), keys)

    def wheel(
        self, *, x: int = 0, y: int = 0, keys: Qt.KeyboardModifier = NO_KEYS, at: QPointF | None = None
    ) -> None:
        """Turn the wheel by so many eighths of a degree; 120 is a notch."""
        point = at or self.at("wednesday", "12:00")
        event = QWheelEvent(
            point,
            QPointF(self.view.mapToGlobal(point.toPoint())),
            QPoint(),
            QPoint(x, y),
            _NONE,
            keys,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QCoreApplication.sendEvent(self.view, event)

    # -- the keyboard ----------------------------------------------------------------------------------------

    def key(self, key: Qt.Key, keys: Qt.KeyboardModifier = NO_KEYS, *, times: int = 1) -> None:
        """Press a key."""
        for _ in range(times):
            QTest.keyClick(self.view, key, keys)

    def type(self, letter: str) -> None:
        """Type a letter or sign."""
        QTest.keyClicks(self.view, letter)

    def _mouse(
        self,
        kind: QEvent.Type,
        point: QPointF,
        button: Qt.MouseButton,
        buttons: Qt.MouseButton,
        keys: Qt.KeyboardModifier,
    ) -> None:
        where = QPointF(self.view.mapToGlobal(point.toPoint()))
        QCoreApplication.sendEvent(self.view, QMouseEvent(kind, point, where, button, buttons, keys))

    @staticmethod
    def _words(each: Entry) -> str:
        kind = "available" if each.is_available else "blocked"
        return f"{_day_name(each.date)} {format_time(each.start)}-{format_time(each.end)} {kind}"


def _day_name(day: date) -> str:
    weeks = (day - MONDAY).days // 7
    return WEEKDAYS[day.weekday()][:3] + (f"{weeks:+}" if weeks else "")
