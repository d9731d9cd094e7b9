"""The fields of one stretch. What is selected changes as soon as a field is left; a new one waits for Add."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from triluna_desktop.domain.models import Pattern
from triluna_desktop.ui.bulk.fields import Choice, Hours
from triluna_desktop.ui.bulk.panels import TitleField
from triluna_desktop.ui.segments import Segment, Segments

if TYPE_CHECKING:
    from collections.abc import Sequence

    from triluna_desktop.ui.weekly.words import WeeklySentences
    from triluna_desktop.ui.words import Words

_OPEN, _BLOCK = "open", "block"


class StretchForm(QWidget):
    """Shows the one stretch that is selected, or begins a new one. Says with whole stretches what is wanted."""

    changed = Signal(object)
    """The selected stretch shall be this `Pattern`."""
    added = Signal(object)
    """This `Pattern`, whose key says nothing, shall come in."""
    delete_requested = Signal()
    new_requested = Signal()
    typed = Signal()
    """Something is being typed; it is taken when the field is left."""

    def __init__(self, words: Words, sentences: WeeklySentences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sentences = sentences
        self._plain = words
        self._stretch: Pattern | None = None
        """What is selected; None while a new one is begun."""
        self._proposed: Pattern | None = None
        """What a new one was begun as."""
        self._count = 0
        self._is_read_only = False
        self.heading = QLabel()
        self.heading.setProperty("look", "section")
        self.heading.setWordWrap(True)
        self.weekday = Choice(self.tr("Weekday"), [(sentences.full_day(each), each) for each in range(7)])
        self.hours = Hours(self.tr("From"), self.tr("To"), words)
        self.kind = Segments(
            self.tr("Kind"),
            (
                Segment(_OPEN, self.tr("Available"), "", _OPEN),
                Segment(_BLOCK, self.tr("Blocked"), "", _BLOCK),
            ),
        )
        self.title = TitleField(self.tr("Title"), words)
        self.add_button = QPushButton(self.tr("Add"))
        self.new_button = QPushButton(self.tr("New stretch"))
        self.delete_button = QPushButton(self.tr("Delete"))
        self._fields = QWidget()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        fields = QVBoxLayout(self._fields)
        fields.setContentsMargins(0, 0, 0, 0)
        fields.setSpacing(8)
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self.weekday, 1)
        first.addWidget(self.kind, 0, Qt.AlignmentFlag.AlignBottom)
        fields.addLayout(first)
        fields.addWidget(self.hours)
        fields.addWidget(self.title)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.add_button, self.new_button, self.delete_button):
            button.setAutoDefault(False)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.heading)
        column.addWidget(self._fields)
        column.addLayout(buttons)

    def _connect(self) -> None:
        for editor in (self.hours.first.editor, self.hours.last.editor, self.title.editor):
            assert isinstance(editor, QLineEdit)  # noqa: S101 - fields of one line; this tells the type checker.
            editor.editingFinished.connect(self._change)
            editor.returnPressed.connect(self._on_enter)
            editor.textEdited.connect(lambda: self.typed.emit())
        self.weekday.edited.connect(self._change)
        self.kind.chosen.connect(lambda _: self._change())
        self.add_button.clicked.connect(self._add)
        self.new_button.clicked.connect(lambda: self.new_requested.emit())
        self.delete_button.clicked.connect(lambda: self.delete_requested.emit())

    # -- what it shows -------------------------------------------------------------------------------------------

    def show_weekdays(self, order: Sequence[int]) -> None:
        """Offer the weekdays in this order, 0 being Sunday."""
        box, chosen = self.weekday.box, self.weekday.value
        if [box.itemData(at) for at in range(box.count())] == list(order):
            return
        box.blockSignals(True)
        box.clear()
        for each in order:
            box.addItem(self._sentences.full_day(each), each)
        self.weekday.choose(chosen)
        box.blockSignals(False)

    def show_stretch(self, stretch: Pattern) -> None:
        """Show the one that is selected; what is being typed in it stays."""
        is_other = self._stretch is None or self._stretch.key != stretch.key
        if not is_other and self._stretch == stretch:
            return
        self._stretch, self._count = stretch, 1
        self.heading.setText(self.tr("Selected stretch"))
        self._fill(stretch)
        self._show_buttons()

    def show_new(self, stretch: Pattern) -> None:
        """Begin a new one, as this one is; where it was begun so already, what is being typed in it stays."""
        if self._stretch is None and self._count == 0 and self._proposed == stretch:
            return
        self._stretch, self._count, self._proposed = None, 0, stretch
        self.heading.setText(self.tr("New stretch"))
        self._fill(stretch)
        self._show_buttons()

    def show_many(self, count: int) -> None:
        """Several are selected: they can be deleted together, and nothing else here."""
        self._stretch, self._count = None, count
        self.heading.setText(self.tr("%n stretches are selected", "", count))
        self._show_buttons()

    def show_again(self) -> None:
        """Take back what was typed: it does not fit."""
        if self._stretch is not None:
            self._fill(self._stretch)

    def set_read_only(self, is_read_only: bool) -> None:
        """Whether nothing can be changed."""
        self._is_read_only = is_read_only
        for field in (self.hours.first, self.hours.last, self.title):
            field.set_read_only(is_read_only)
        self.weekday.setEnabled(not is_read_only)
        self.kind.setEnabled(not is_read_only)
        self._show_buttons()

    def _fill(self, stretch: Pattern) -> None:
        self.weekday.blockSignals(True)
        self.weekday.choose(stretch.weekday)
        self.weekday.blockSignals(False)
        self.hours.show_hours(stretch.interval)
        self.kind.choose(_OPEN if stretch.is_available else _BLOCK)
        self.title.show_text(stretch.title)
        if isinstance(self.title.editor, QLineEdit):
            is_masked = self._plain.is_masked
            self.title.editor.setEchoMode(QLineEdit.EchoMode.Password if is_masked else QLineEdit.EchoMode.Normal)
        for field in (self.hours.first, self.hours.last, self.title):
            field.show_problem("")

    def _show_buttons(self) -> None:
        may_write = not self._is_read_only
        is_new = self._count == 0
        self._fields.setEnabled(self._count < 2)
        self.add_button.setVisible(is_new)
        self.new_button.setVisible(not is_new)
        self.delete_button.setVisible(not is_new)
        for button in (self.add_button, self.new_button, self.delete_button):
            button.setEnabled(may_write)

    # -- what is typed -------------------------------------------------------------------------------------------

    def read(self) -> Pattern | None:
        """The stretch that is typed; None, with a sentence at the field, where it is none."""
        hours, title, weekday = self.hours.read(), self.title.read(), self.weekday.value
        if hours is None or title is None or not isinstance(weekday, int):
            return None
        base = self._stretch or Pattern("", weekday, hours.start, hours.end)
        return replace(
            base,
            weekday=weekday,
            start=hours.start,
            end=hours.end,
            is_available=self.kind.value == _OPEN,
            title=title,
        )

    @property
    def is_typing(self) -> bool:
        """Whether something is typed in what is selected that was not taken yet."""
        shown = self._stretch
        if shown is None or self._is_read_only:
            return False
        texts = (self._sentences.time(shown.start), self._sentences.time(shown.end), shown.title)
        return texts != (self.hours.first.text, self.hours.last.text, self.title.text)

    def take_typed(self) -> bool:
        """Take what is typed in what is selected; where it cannot be read, say so, go there, and tell False."""
        self._change()
        wrong = [field for field in (self.hours.first, self.hours.last, self.title) if field.problem.text()]
        if not self.is_typing or not wrong:
            return True
        wrong[0].editor.setFocus(Qt.FocusReason.OtherFocusReason)
        return False

    def _change(self) -> None:
        if self._stretch is None or self._is_read_only:
            return
        typed = self.read()
        if typed == self._stretch:
            self._fill(self._stretch)  # As it is written here: "9" is 09:00.
        elif typed is not None:
            self.changed.emit(typed)

    def _on_enter(self) -> None:
        """Enter adds what is new; of what is selected it was taken already."""
        if self._count == 0 and not self._is_read_only:
            self._add()

    def _add(self) -> None:
        typed = self.read()
        if typed is not None:
            self.added.emit(typed)
