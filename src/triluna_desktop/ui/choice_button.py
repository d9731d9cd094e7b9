"""A button whose words go on in the next line: a choice tells its exact effect, in however long a language."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QTextLayout, QTextOption
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QStylePainter

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QMouseEvent, QPaintEvent
    from PySide6.QtWidgets import QWidget

_NARROW = 160
"""A width at which it can still be read; it takes what it is given."""
_ENDLESS = 10_000
_GLUED_DASH = "\N{NO-BREAK SPACE}–\N{WORD JOINER}\N{NO-BREAK SPACE}"


def glued(text: str) -> str:
    """The text with its spans of time, "14:00 – 15:00", each kept in one line."""
    return text.replace(" – ", _GLUED_DASH)


class ChoiceButton(QPushButton):
    """Tells when it is looked at, by mouse or keyboard. Enter presses it, as Space does."""

    regarded = Signal()
    """Whether it is looked at changed; see `is_hovered` and `hasFocus`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.is_hovered = False
        self.said = ""
        """What it says, without the marks that Qt takes for keys."""
        self.setProperty("look", "choice")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMouseTracking(True)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def say(self, text: str) -> None:
        """Show a text, broken into lines as it fits."""
        self.said = text
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        self.updateGeometry()

    # -- size ------------------------------------------------------------------------------------------------

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        room = self._room(width)
        _, height = self._lines(room.width())
        return height + _ENDLESS - room.height()

    def sizeHint(self) -> QSize:
        return QSize(_NARROW, self.heightForWidth(max(_NARROW, self.width())))

    def minimumSizeHint(self) -> QSize:
        return QSize(_NARROW, 0)

    def _room(self, width: int) -> QRect:
        """What the style leaves for the words, if it were as wide as that and endlessly high."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.rect = QRect(0, 0, width, _ENDLESS)
        return self.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, self)

    def _lines(self, width: int) -> tuple[list[str], int]:
        """The words as they are broken, and how high they are: letters of other fonts may be higher."""
        text = glued(self.said)
        layout = QTextLayout(text, self.font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        lines: list[str] = []
        height, spacing = 0.0, self.fontMetrics().lineSpacing()
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(1, width))
            height += max(spacing, line.height())
            begin = line.textStart()
            lines.append(text[begin : begin + line.textLength()].rstrip())
        layout.endLayout()
        return (lines, ceil(height)) if lines else ([""], spacing)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature.
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = "\n".join(self._lines(self._room(self.width()).width())[0]).replace("&", "&&")
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        painter.end()

    # -- attention -------------------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Only a pointer that moves looks at it: under one that rests the button may just have come up."""
        super().mouseMoveEvent(event)
        if not self.is_hovered:
            self._regard(is_hovered=True)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._regard(is_hovered=False)

    def hideEvent(self, event: QHideEvent) -> None:
        """What is hidden under the pointer is not told that the pointer left."""
        super().hideEvent(event)
        self._regard(is_hovered=False)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.regarded.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.regarded.emit()

    def _regard(self, *, is_hovered: bool) -> None:
        self.is_hovered = is_hovered
        self.regarded.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)
