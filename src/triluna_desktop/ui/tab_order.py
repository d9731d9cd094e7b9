"""Tab goes through a window's parts as one reads them, not as they were made.

Qt's own order is that of making. Cards that come later would come after the status bar, and buttons made anew for
each entry after all else. Here the order within a part is that of its layouts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QScrollArea, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from PySide6.QtWidgets import QLayout

_AROUND = 8
"""Pixels that are shown above and below what has the keyboard."""


def step(window: QWidget, parts: Iterable[QWidget], *, is_next: bool) -> bool:
    """Go to the next control, or back; parts are taken where Qt's order has the first control of each.

    False where there is nothing to go to: Qt knows better.
    """
    order = _in_parts(list(_stops_after(window)), parts)
    focused: QWidget | None = window.focusWidget()
    if focused is None or focused not in order or len(order) < 2:
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
        read = [each for each in _read(part) if each in inside]
        # What stands in no layout keeps its place among its own kind, behind the others.
        whole = read + [each for each in inside if each not in read]
        at = chain.index(inside[0])
        others = [each for each in chain if each not in whole]
        chain = [*others[:at], *whole, *others[at:]]
    return chain


def _read(part: QWidget) -> Iterator[QWidget]:
    """All widgets within, as their layouts have them."""
    yield part
    inside = part.widget() if isinstance(part, QScrollArea) else None
    if inside is not None:
        yield from _read(inside)
    layout = part.layout()
    if layout is not None:
        yield from _read_layout(layout)


def _read_layout(layout: QLayout) -> Iterator[QWidget]:
    for number in range(layout.count()):
        item = layout.itemAt(number)
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            yield from _read(widget)
        elif inner is not None:
            yield from _read_layout(inner)


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
