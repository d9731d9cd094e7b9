"""A calendar's sign: its initial on a plate of its colour. Two of one colour still differ in the letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

if TYPE_CHECKING:
    from triluna_desktop.ui.theme import Theme

_LIGHT = {
    "violet": "#5746af",
    "teal": "#0d7d6c",
    "rose": "#a8325e",
    "amber": "#8f5400",
    "blue": "#1f5fae",
    "green": "#3c7a26",
    "brown": "#7a4b2e",
    "grey": "#5d5d68",
}
_DARK = {
    "violet": "#a99cf5",
    "teal": "#6fdcc7",
    "rose": "#f2a3c4",
    "amber": "#f5c26b",
    "blue": "#8fbdf7",
    "green": "#a5d98c",
    "brown": "#d9b296",
    "grey": "#b9b9c4",
}
"""By the names of `system.profile_book.COLOURS`; the letter on them is the paper's colour, 4.5:1 and more."""


def colour_of(name: str, theme: Theme) -> QColor:
    """The shade of a calendar's colour that goes with the theme."""
    shades = _DARK if theme.palette.name == "dark" else _LIGHT
    return QColor(shades.get(name, shades["grey"]))


def paint_badge(painter: QPainter, box: QRectF, title: str, colour: str, theme: Theme) -> None:
    """Draw the sign into a square."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour_of(colour, theme))
    painter.drawRoundedRect(box, box.width() * 0.3, box.width() * 0.3)
    font = painter.font()
    font.setPixelSize(max(8, round(box.height() * 0.6)))
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(theme.palette.on_accent)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, initial(title))
    painter.restore()


def badge_icon(title: str, colour: str, theme: Theme, size: int, ratio: float = 1.0) -> QIcon:
    """The sign as an icon of ``size`` pixels, for lists and menus."""
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    paint_badge(painter, QRectF(0, 0, size, size), title, colour, theme)
    painter.end()
    icon = QIcon(pixmap)
    icon.addPixmap(pixmap, QIcon.Mode.Selected)  # Else the style tints it where its row is chosen.
    return icon


def initial(title: str) -> str:
    """What stands for a title: the first letter of its first word that is no abbreviation such as "Dr."."""
    words = [word for word in title.split() if any(each.isalnum() for each in word)]
    named = [word for word in words if not word.endswith(".")] or words
    return next((each for each in named[0] if each.isalnum()), "?").upper() if named else "?"
