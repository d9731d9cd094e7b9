"""What the week is painted with does what Qt's own pens, flags and elided texts do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen
from PySide6.QtWidgets import QApplication

from triluna_desktop.ui import week_ink
from triluna_desktop.ui.week_ink import At, Face, Ink, InkPainter, rounded

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.usefixtures("qapp")

COLOURS = [QColor(12, 34, 56), QColor(200, 100, 0, 120)]
ALIGNED = {
    At.LEFT: Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    At.MIDDLE: Qt.AlignmentFlag.AlignCenter,
    At.RIGHT: Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
    At.TOP_LEFT: Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop,
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
        place = ALIGNED[at] | Qt.AlignmentFlag.AlignAbsolute
        painter.drawText(area, place | Qt.TextFlag.TextSingleLine | Qt.TextFlag.TextDontClip, text)

    def by_ink(painter: InkPainter) -> None:
        painter.setFont(face().font)
        Ink(colour).write(painter, area, text, at)

    written = picture(by_ink)
    assert written == picture(by_pen)
    assert written != picture(lambda _painter: None)


LATIN = st.characters(codec="latin-1", exclude_categories=["Cc"])
SUMMED = st.characters(codec="latin-1", exclude_categories=["Cc", "Cf"])
"""Texts with soft hyphens are left to Qt."""


@given(st.text(LATIN, min_size=2, max_size=30), st.integers(0, 150))
@example("00IoY", 33)  # It has 33.4 pixels, which are 33. Qt cuts it.
@example("00000:%¯Yo0", 78)  # Qt takes the Y to be as near to the ellipsis as it is to the o.
@example("0I-fi00", 35)  # Two letters in one.
def test_a_text_is_never_too_wide_nor_cut_shorter_than_by_qt(text: str, width: int) -> None:
    ours, cut = face(), face().elided(text, width)
    assert ours.width(cut) <= width
    assert text.startswith(cut.removesuffix(ELLIPSIS))
    by_qt = ours.metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
    assert len(cut) >= len(by_qt) or ours.width(by_qt) > width


WORDS = st.sampled_from(["AVATAR", "To Ty", "fi fl", "office affluent", "“L’été”", "WWW", "illicit", "4711", "↻"])


@given(
    st.lists(st.one_of(WORDS, st.text(SUMMED, min_size=1, max_size=12)), min_size=1, max_size=4),
    st.integers(0, 250),
)
def test_summed_letters_cut_a_text_where_measuring_it_does(words: list[str], width: int) -> None:
    text, ours = " ".join(words), face()
    advance = ours.metrics.horizontalAdvance
    expected = text
    if advance(text) > width:
        fitting = [count for count in range(len(text)) if advance(text[:count] + ELLIPSIS) <= width]
        expected = text[: fitting[-1]] + ELLIPSIS if fitting else ""
    assert ours.elided(text, width) == expected


@pytest.mark.parametrize("text", ["李明さんと会議", "접수 면담 李明", "↻ Weekly hours"])
def test_signs_that_stand_alone_are_parted_as_letters_are(text: str) -> None:
    ours = face()
    for width in range(ours.width(text)):
        letters = ours.elided(text, width).removesuffix(ELLIPSIS)
        by_qt = ours.metrics.elidedText(text, Qt.TextElideMode.ElideRight, width).removesuffix(ELLIPSIS)
        assert text.startswith(letters)
        assert len(by_qt) <= len(letters) <= len(by_qt) + 1


OTHER_SCRIPTS = {
    "Hebrew": "שיחה עם דנה כהן",
    "Arabic": "اجتماع مع الفريق",
    "Thai, whose am goes with its letter": "น้ำดื่มทำน้ำแข็ง",
    "Hindi, whose letters join": "ग्राहक क्षेत्र ज्ञान",
    "Khmer": "កិច្ចប្រជុំជាមួយអតិថិជន",
    "Korean in pieces": "\u1112\u1161\u11ab\u1100\u116e\u11a8\u110b\u1165",
    "accents after their letters": "e\N{COMBINING ACUTE ACCENT}" * 9,
    "signs of many units": "👩‍⚕️👩‍⚕️👩‍⚕️ rounds",
    "turned around": "abc \N{RIGHT-TO-LEFT OVERRIDE}defghi",
}


@pytest.mark.parametrize("text", OTHER_SCRIPTS.values(), ids=OTHER_SCRIPTS)
def test_what_is_no_row_of_latin_letters_is_cut_by_qt(text: str) -> None:
    ours = face()
    for width in range(ours.width(text)):
        assert ours.elided(text, width) == ours.metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)


@pytest.fixture(params=["before the first paint", "later"])
def writes(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Words are written without the namespace `Qt` until somebody took it, as these tests did."""
    monkeypatch.setattr(week_ink, "_has_enums", lambda: request.param == "later")


@pytest.mark.usefixtures("writes")
@pytest.mark.parametrize("scale", [1, 1.25, 1.5, 2])
@pytest.mark.parametrize("size", range(9, 17))
def test_texts_stand_on_their_baseline_whatever_font_their_letters_are_of(size: int, scale: float) -> None:
    ours = Face(QApplication.font(), size)
    # Rows at which a part of a pixel is rounded up, and such at which it is rounded down.
    lines = [(x, 15 + step, text) for step, x in enumerate(range(4, 90, 20)) for text in ("Tea", "会")]

    def by_pen(painter: QPainter) -> None:
        painter.scale(scale, scale)
        painter.setFont(ours.font)
        painter.setPen(COLOURS[0])
        for x, y, text in lines:
            painter.drawText(x, y, text)

    def by_ink(painter: InkPainter) -> None:
        painter.scale(scale, scale)
        Ink(COLOURS[0]).write_lines(painter, ours, lines)

    assert picture(by_ink) == picture(by_pen)


@pytest.mark.usefixtures("writes")
def test_writing_leaves_the_painter_as_it_was() -> None:
    def paint(painter: InkPainter) -> None:
        pen, place = painter.pen(), painter.transform()
        Ink(COLOURS[1]).write_lines(painter, face(), [(8, 24, "Tea"), (60, 24, "会")])
        assert (painter.pen(), painter.transform()) == (pen, place)

    picture(paint)


def test_no_more_words_are_kept_than_a_full_week_has() -> None:
    ours = face()
    for number in range(5000):
        assert ours.width(f"Client {number}") == ours.metrics.horizontalAdvance(f"Client {number}")
        assert ours.elided(f"Client {number}", 20) == ours.elided(f"Client {number}", 20)
    assert 0 < len(ours._widths) <= 2000
    assert 0 < len(ours._cut) <= 2000


def test_no_more_pairs_of_letters_are_kept_than_words() -> None:
    ours = face()
    for number in range(0x100, 0x180):
        ours.elided("".join(f"{chr(number)}{letter}" for letter in "abcdefghijklmnopqrst"), 40)
    assert 0 < len(ours._steps) <= 2000
