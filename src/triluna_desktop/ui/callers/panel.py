"""The panel beside the week that shows what callers would be offered, now and once the unsent edits are sent."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from triluna_desktop.domain.starts import Appointment
from triluna_desktop.ui.callers.day_starts import DayStarts, marked
from triluna_desktop.ui.segments import Segment, Segments
from triluna_desktop.ui.settings.choice_box import ChoiceBox
from triluna_desktop.ui.shapes import Shape, ShapeButton
from triluna_desktop.ui.styled import scrolled

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from PySide6.QtCore import QRect
    from PySide6.QtGui import QKeyEvent

    from triluna_desktop.session.callers import CallerPreview
    from triluna_desktop.ui.callers.caller_words import CallerWords
    from triluna_desktop.ui.theme import Theme

WIDTH = 276
_LENGTHS = (10, 15, 20, 25, 30, 40, 45, 50, 60, 75, 90, 120, 180, 240)
_STEPS = (5, 10, 15, 20, 30, 45, 60, 90, 120)
_NOTICES = (0, 30, 60, 120, 240, 480, 720, 1440, 2880, 4320, 10080)


class CallersPanel(QFrame):
    """Asks how long an appointment is and shows when it could begin."""

    appointment_chosen = Signal(object)
    """A `domain.starts.Appointment`."""
    period_chosen = Signal(str)
    """"day" or "week"."""
    start_chosen = Signal(object, int)
    """Date and minute: show it in the week."""
    closed = Signal()

    def __init__(self, theme: Theme, words: CallerWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = words
        self.setProperty("look", "bar")
        self.setFixedWidth(WIDTH)
        self.setAccessibleName(self.tr("What callers are offered"))
        self.period = Segments(
            self.tr("Preview of"),
            (
                Segment("day", self.tr("Day"), self.tr("What callers are offered on one day")),
                Segment("week", self.tr("Week"), self.tr("What callers are offered in this week")),
            ),
        )
        self.length = self._box(self.tr("Length of an appointment"))
        self.step = self._box(self.tr("Steps between starts"))
        self.notice = self._box(self.tr("Earliest notice"))
        self.close_button = ShapeButton(Shape.CLOSE, self.tr("Close the preview"), theme)
        self.days: list[DayStarts] = []
        self.is_incomplete = False
        """Whether dates that are shown were not read from the server yet."""
        self._build()
        self.period.chosen.connect(self.period_chosen)
        self.close_button.clicked.connect(lambda: self.closed.emit())

    def _box(self, name: str) -> ChoiceBox:
        box = ChoiceBox()
        box.setAccessibleName(name)
        box.activated.connect(lambda _: self.appointment_chosen.emit(self.appointment))
        return box

    def _build(self) -> None:
        heading = QLabel(self.tr("What callers are offered"))
        heading.setProperty("look", "heading")
        heading.setWordWrap(True)
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 10, 4)
        head.addWidget(heading, 1)
        head.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        form = QGridLayout()
        form.setHorizontalSpacing(8)
        form.setVerticalSpacing(6)
        form.setColumnStretch(1, 1)
        rows = (
            (self.tr("Appointment"), self.length),
            (self.tr("Steps of"), self.step),
            (self.tr("Notice"), self.notice),
        )
        for row, (text, box) in enumerate(rows):
            label = QLabel(text)
            label.setProperty("look", "muted")
            label.setBuddy(box)
            form.addWidget(label, row, 0)
            form.addWidget(box, row, 1)
        guess = _line("small")
        guess.setText(self.tr("These are your own values: TriLuna does not tell which ones it uses."))
        self.said = QFrame()
        self.said.setProperty("look", "card")
        said = QVBoxLayout(self.said)
        said.setContentsMargins(12, 10, 12, 10)
        said.setSpacing(3)
        self.now_label, self.now, self.more = _line("section"), _line("strong"), _line("small")
        self.sent_label, self.sent, self.sent_more = _line("section"), _line("strong"), _line("small")
        self.sent_label.setText(self.tr("Once everything is sent"))
        for label in (self.now_label, self.now, self.more, self.sent_label, self.sent, self.sent_more):
            said.addWidget(label)
        self.sent_label.setContentsMargins(0, 6, 0, 0)
        self.note = _line("small")
        self.legend = _line("small")
        self.legend.setText(self.tr("Dashed: only once it is sent. Crossed out: still offered until it is sent."))
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 4, 16, 16)
        column.setSpacing(12)
        column.addWidget(self.period, 0, Qt.AlignmentFlag.AlignLeading)
        column.addLayout(form)
        column.addWidget(guess)
        column.addWidget(self.said)
        column.addWidget(self.note)
        column.addWidget(self.legend)
        self._list = QVBoxLayout()
        self._list.setSpacing(12)
        column.addLayout(self._list)
        column.addStretch(1)
        self._scroll = scrolled(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(self._scroll, 1)

    @property
    def appointment(self) -> Appointment:
        """What stands in the boxes."""
        return Appointment(self.length.currentData(), self.step.currentData(), self.notice.currentData())

    def show_appointment(self, wanted: Appointment) -> None:
        """Let the boxes stand at these values, silently."""
        _fill(self.length, _LENGTHS, wanted.length, self._words.minutes)
        _fill(self.step, _STEPS, wanted.step, self._words.minutes)
        _fill(self.notice, _NOTICES, wanted.notice, self._words.notice)

    def show_preview(self, preview: CallerPreview) -> None:
        """Show what callers are offered now and will be."""
        sides = ((self.now, self.more, preview.now), (self.sent, self.sent_more, preview.once_sent))
        for label, more, found in sides:
            label.setText(self._words.offered(found, preview.step))
            more.setText(self._words.more(found, preview.step))
            more.setVisible(bool(more.text()))
        self.now_label.setText(self.tr("An agent would say") if preview.is_same else self.tr("Offered now"))
        for label in (self.sent_label, self.sent, self.legend):
            label.setVisible(not preview.is_same)
        if preview.is_same:
            self.sent_more.hide()
        self.note.setText("" if preview.is_loaded else self.tr("The server was not asked about these dates yet."))
        self.note.setVisible(not preview.is_loaded)
        self.is_incomplete = not preview.is_loaded
        self._ready_days(len(preview.now))
        for widget, before, after in zip(self.days, preview.now, preview.once_sent, strict=True):
            widget.show_day(before.date, marked(before.minutes, after.minutes))

    def bring_to_sight(self, day: date) -> None:
        """Scroll to a date that is shown: what is dragged there is seen in its starts."""
        widget = next((each for each in self.days if each.day == day), None)
        if widget is not None:
            self._scroll.ensureWidgetVisible(widget, 0, 12)

    def _bring_start_to_sight(self, widget: DayStarts, place: QRect) -> None:
        inside = self._scroll.widget()
        if inside is not None:
            at = widget.mapTo(inside, place.center())
            self._scroll.ensureVisible(at.x(), at.y(), 0, place.height())

    def _ready_days(self, count: int) -> None:
        while len(self.days) > count:
            gone = self.days.pop()
            self._list.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        while len(self.days) < count:
            widget = DayStarts(self._theme, self._words)
            widget.start_chosen.connect(self.start_chosen)
            widget.start_reached.connect(partial(self._bring_start_to_sight, widget))
            self._list.addWidget(widget)
            self.days.append(widget)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


def _fill(box: ChoiceBox, values: Sequence[int], value: int, says: Callable[[int], str]) -> None:
    """Fill a box with values and choose one, which is put among them where it is none of them."""
    wanted = sorted({*values, value})
    if [box.itemData(row) for row in range(box.count())] != wanted:
        box.clear()
        for each in wanted:
            box.addItem(says(each), each)
    box.setCurrentIndex(wanted.index(value))


def _line(look: str) -> QLabel:
    label = QLabel()
    label.setProperty("look", look)
    label.setWordWrap(True)
    return label
