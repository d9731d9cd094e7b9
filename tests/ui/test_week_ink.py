"""What the week is painted with does what Qt's own pens, flags and elided texts do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen
from PySide6.QtWidgets import QApplication

from triluna_desktop.ui.week_ink import At, Face, Ink, InkPainter, rounded

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.usefixtures("qapp")

COLOURS = [QColor(12, 34, 56), QColor(200, 100, 0, 120)]
HORIZONTALLY = {
    At.LEFT: Qt.AlignmentFlag.AlignLeft,
    At.MIDDLE: Qt.AlignmentFlag.AlignHCenter,
    At.RIGHT: Qt.AlignmentFlag.AlignRight,
}
ELLIPSIS = "…"


def picture(paint: Callable[[InkPainter], object]) -> QImage:
    """What comes of painting on white, at half an opacity and behind a clip."""
    image = QImage(120, 40, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.white)
    painter = InkPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipRect(QRect(5, 0, 110, 40))
    painter.translate(0, -1)
    painter.setOpacity(0.5)
    paint(painter)
    painter.end()
    return image


def face() -> Face:
    """The app's font, at the size of titles."""
    return Face(QApplication.font(), 12)


@pytest.mark.parametrize("colour", COLOURS)
def test_a_rectangle_is_filled_as_qt_fills_it(colour: QColor) -> None:
    expected = picture(lambda painter: painter.fillRect(3, 4, 10, 1, colour))
    assert picture(lambda painter: Ink(colour).fill(painter, 3, 4, 10, 1)) == expected


@pytest.mark.parametrize("colour", COLOURS)
def test_an_outline_is_stroked_as_a_pen_does(colour: QColor) -> None:
    area = QRectF(4.5, 6.5, 60, 20)

    def by_pen(painter: QPainter) -> None:
        painter.setPen(QPen(colour, 1.5))
        painter.drawRoundedRect(area, 5, 5)

    expected = picture(by_pen)
    assert picture(lambda painter: painter.strokePath(rounded(area, 5), Ink(colour).pen(1.5))) == expected


@pytest.mark.parametrize("text", ["Lunch", "Tea & talk", "a\nb", "שלום!", "Call 李明", "longer than its area"])
@pytest.mark.parametrize("at", list(At))
@pytest.mark.parametrize("colour", COLOURS)
def test_a_text_is_written_as_by_a_pen_and_flags(colour: QColor, at: At, text: str) -> None:
    area = QRect(30, 8, 60, 20)

    def by_pen(painter: QPainter) -> None:
        painter.setFont(face().font)
        painter.setPen(colour)
        place = HORIZONTALLY[at] | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
        painter.drawText(area, place | Qt.TextFlag.TextSingleLine | Qt.TextFlag.TextDontClip, text)

    def by_ink(painter: InkPainter) -> None:
        painter.setFont(face().font)
        Ink(colour).write(painter, area, text, at)

    written = picture(by_ink)
    assert written == picture(by_pen)
    assert written != picture(lambda _painter: None)


LATIN = st.characters(codec="latin-1", exclude_categories=["Cc"])


@given(st.text(LATIN, min_size=2, max_size=30), st.integers(0, 150))
def test_a_text_is_cut_where_qt_would_cut_it_or_a_letter_later(text: str, width: int) -> None:
    ours, letters = face(), face().elided(text, width).removesuffix(ELLIPSIS)
    by_qt = ours.metrics.elidedText(text, Qt.TextElideMode.ElideRight, width).removesuffix(ELLIPSIS)
    assert text.startswith(letters)
    assert len(by_qt) <= len(letters) <= len(by_qt) + 1
    assert ours.width(ours.elided(text, width)) <= width


@pytest.mark.parametrize("width", range(0, 60, 3))
def test_an_accent_is_not_parted_from_its_letter(width: int) -> None:
    cut = face().elided("e\N{COMBINING ACUTE ACCENT}" * 9, width)
    assert cut.removesuffix(ELLIPSIS).count("e") == cut.count("\N{COMBINING ACUTE ACCENT}")


@pytest.mark.parametrize("text", ["שיחה עם דנה כהן", "👩‍⚕️👩‍⚕️👩‍⚕️ rounds", "abc \N{RIGHT-TO-LEFT OVERRIDE}defghi"])
@pytest.mark.parametrize("width", [20, 45, 70])
def test_what_reads_from_right_to_left_or_is_of_many_units_is_cut_by_qt(text: str, width: int) -> None:
    ours = face()
    assert ours.elided(text, width) == ours.metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)


def test_no_more_widths_are_kept_than_a_full_week_has() -> None:
    ours = face()
    for number in range(5000):
        assert ours.width(f"Client {number}") == ours.metrics.horizontalAdvance(f"Client {number}")
    assert len(ours._widths) <= 2000
