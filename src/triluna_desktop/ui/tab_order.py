"""Tab goes through a window's parts as one reads them, not as they were made.

Qt's own order is that of making. Cards that come later would come after the status bar, and buttons made anew for
each entry after all else. Here the order within a part is that of the places on the screen; a layout that is asked
for its items from Python may lose them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QScrollArea, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_AROUND = 8
"""Pixels that are shown above and below what has the keyboard."""


def step(window: QWidget, parts: Iterable[QWidget], *, is_next: bool) -> bool:
    """Go to the next control, or back; parts are taken where Qt's order has the first control of each.

    False where there is nothing to go to: Qt knows better.
    """
    focused: QWidget | None = window.focusWidget()
    if focused is None or not _is_stop(focused):
        return False  # It goes just now, and Qt asks where to.
    order = _in_parts(list(_stops_after(window)), parts)
    if focused not in order or len(order) < 2:
        return False
    at = order.index(focused) + (1 if is_next else -1)
    target = order[at % len(order)]
    reason = Qt.FocusReason.TabFocusReason if is_next else Qt.FocusReason.BacktabFocusReason
    target.setFocus(reason)
    _bring_into_sight(target)
    return True


def _stops_after(window: QWidget) -> Iterator[QWidget]:
    """What Tab reaches in a window, in Qt's order."""
    widget = window.nextInFocusChain()
    while widget is not None and widget is not window:
        if _is_stop(widget) and widget.window() is window:
            yield widget
        widget = widget.nextInFocusChain()


def _is_stop(widget: QWidget) -> bool:
    reached = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(reached) and widget.focusProxy() is None and widget.isEnabled() and widget.isVisible()


def _in_parts(chain: list[QWidget], parts: Iterable[QWidget]) -> list[QWidget]:
    for part in parts:
        inside = [each for each in chain if part.isAncestorOf(each)]
        if not inside:
            continue
        at = chain.index(inside[0])
        others = [each for each in chain if each not in inside]
        chain = [*others[:at], *_as_read(inside, part), *others[at:]]
    return chain


def _as_read(stops: list[QWidget], part: QWidget) -> list[QWidget]:
    """Row by row. What scrolls is read as one, wherever it is scrolled to."""
    wholes: dict[QWidget, list[QWidget]] = {}
    for stop in stops:
        wholes.setdefault(_scrolled_with(stop, part) or stop, []).append(stop)
    if len(wholes) == 1:
        return [stop for row in _rows(stops, part) for stop in row]
    return [
        stop
        for row in _rows(list(wholes), part)
        for whole in row
        for stop in (_as_read(wholes[whole], whole) if wholes[whole] != [whole] else [whole])
    ]


def _scrolled_with(stop: QWidget, part: QWidget) -> QScrollArea | None:
    """The outermost area within the part that scrolls the control."""
    found, around = None, stop.parentWidget()
    while around is not None and around is not part:
        if isinstance(around, QScrollArea):
            found = around
        around = around.parentWidget()
    return found


def _rows(widgets: list[QWidget], part: QWidget) -> list[list[QWidget]]:
    """From the top; a row's from where reading begins. One belongs to a row if its middle lies in it."""
    places = {widget: QRect(widget.mapTo(part, QPoint()), widget.size()) for widget in widgets}
    rows: list[list[QWidget]] = []
    for widget in sorted(widgets, key=lambda each: places[each].top()):
        if rows and places[widget].center().y() <= places[rows[-1][0]].bottom():
            rows[-1].append(widget)
        else:
            rows.append([widget])
    for row in rows:
        row.sort(key=lambda each: places[each].x(), reverse=part.isRightToLeft())
    return rows


def _bring_into_sight(widget: QWidget) -> None:
    """Scroll what is around to it: Qt does so from within alone, and in a text to the line of the cursor alone."""
    around: QWidget | None = widget.parentWidget()
    while around is not None:
        inside = around.widget() if isinstance(around, QScrollArea) else None
        if isinstance(around, QScrollArea) and inside is not None:
            place = QRect(widget.mapTo(inside, QPoint()), widget.size())
            if place.height() <= around.viewport().height():  # Else it knows itself where in it the keyboard is.
                around.ensureVisible(place.center().x(), place.center().y(), 0, place.height() // 2 + _AROUND)
        around = around.parentWidget()
