"""How much of the week callers can book: a number, and a bar a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QPainter
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolTip, QVBoxLayout, QWidget

from triluna_desktop.ui.dates import short_day_text
from triluna_desktop.ui.inspector_cards import link_button

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtGui import QPaintEvent

    from triluna_desktop.domain.availability import DayAvailability
    from triluna_desktop.ui.theme import Theme
    from triluna_desktop.ui.words import Words

_GAP = 5


class HourBars(QWidget):
    """A bar a day, as high as the day's bookable time; today's in the accent colour."""

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = words
        self._days: tuple[DayAvailability, ...] = ()
        self._today: date | None = None
        self.setFixedHeight(44)

    def sizeHint(self) -> QSize:
        return QSize(204, 44)

    def show_days(self, days: tuple[DayAvailability, ...], today: date) -> None:
        """Draw these days."""
        self._days, self._today = days, today
        self.setAccessibleName(self.tr("Bookable time a day"))
        self.setAccessibleDescription("; ".join(self.day_text(day) for day in days))
        self.update()

    def day_text(self, day: DayAvailability) -> str:
        """What a bar says: "Thu 19 Nov: 5 h"."""
        hours = self._words.duration(day.minutes) if day.minutes else self.tr("closed")
        return self.tr("{day}: {hours}").format(day=short_day_text(day.date, self._words.locale), hours=hours)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            for index, day in enumerate(self._days):
                slot = self._slot(index)
                if slot.left() <= event.pos().x() <= slot.right():
                    QToolTip.showText(event.globalPos(), self.day_text(day), self)
                    return True
        return super().event(event)

    def _slot(self, index: int) -> QRectF:
        count = max(1, len(self._days))
        width = (self.width() - _GAP * (count - 1)) / count
        column = count - 1 - index if self.isRightToLeft() else index
        return QRectF(column * (width + _GAP), 0, width, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature.
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        colours = self._theme.palette
        most = max((day.minutes for day in self._days), default=0)
        for index, day in enumerate(self._days):
            slot = self._slot(index)
            height = max(2.0, (slot.height() - 4) * day.minutes / most) if most else 2.0
            slot.setTop(slot.bottom() - height)
            painter.setBrush(colours.accent if day.date == self._today else colours.open_line)
            radius = min(3.0, height / 2)
            painter.drawRoundedRect(slot, radius, radius)
        painter.end()


class WeekHours(QWidget):
    """The week's sum and its bars."""

    overview_requested = Signal()

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.heading = QLabel(self.tr("This week"))
        self.heading.setProperty("look", "section")
        self.total = QLabel()
        self.total.setProperty("look", "number")
        unit = QLabel(self.tr("bookable"))
        unit.setProperty("look", "muted")
        self.bars = HourBars(theme, words)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.total, 0, Qt.AlignmentFlag.AlignBaseline)
        row.addWidget(unit, 0, Qt.AlignmentFlag.AlignBaseline)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.heading)
        column.addLayout(row)
        column.addWidget(self.bars)
        self.overview_button = link_button(self.tr("Overview of the year…"))
        self.overview_button.clicked.connect(lambda: self.overview_requested.emit())
        column.addWidget(self.overview_button, 0, Qt.AlignmentFlag.AlignLeading)

    def show_week(self, days: tuple[DayAvailability, ...], today: date, *, is_known: bool = True) -> None:
        """Show a week's days; no numbers where the server's entries are not known, which would look closed."""
        self.heading.setText(
            self.tr("This week") if any(day.date == today for day in days) else self.tr("The week shown")
        )
        self.total.setText(self._words.duration(sum(day.minutes for day in days)) if is_known else "–")
        self.bars.show_days(days if is_known else (), today)
