"""A small window that asks until when to block, or to open; a time that has passed today is one of tomorrow."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout

from triluna_desktop.domain.now import Moment
from triluna_desktop.domain.quick import What
from triluna_desktop.domain.time import DAY_MINUTES
from triluna_desktop.session.quick import UntilTime
from triluna_desktop.ui import dates
from triluna_desktop.ui.inspector_fields import Field
from triluna_desktop.ui.typed import MisreadError, read_time

if TYPE_CHECKING:
    from triluna_desktop.domain.time import Clock
    from triluna_desktop.ui.quick_words import QuickWords
    from triluna_desktop.ui.words import Words

_WIDTH = 320
_SUGGESTED = 60
"""Minutes from now, rounded up to a quarter of an hour."""


class UntilDialog(QDialog):
    """Takes a time as the locale writes it and says, while it is typed, how it is understood."""

    chosen = Signal(object, object)
    """`What` and `UntilTime`."""

    def __init__(self, words: Words, sentences: QuickWords, clock: Clock) -> None:
        super().__init__()
        self._words = words
        self._sentences = sentences
        self._clock = clock
        self._what = What.BLOCK
        edit = QLineEdit()
        self.edit = edit
        self.field = Field(self.tr("Until"), edit)
        self.understood = QLabel()
        self.understood.setWordWrap(True)
        self.understood.setProperty("look", "small")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.do_button = buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        self.do_button.setProperty("look", "primary")
        self.do_button.setDefault(True)
        buttons.accepted.connect(self._take)
        buttons.rejected.connect(self.reject)
        self.field.edited.connect(self._show_understood)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        column.addWidget(self.field)
        column.addWidget(self.understood)
        column.addWidget(buttons)
        self.setFixedWidth(_WIDTH)

    def _fit(self) -> None:
        """Be as high as what is said needs: its lines wrap, so the height follows from the width."""
        self._column.activate()
        self.setFixedHeight(self._column.totalHeightForWidth(_WIDTH))

    def ask(self, what: What) -> None:
        """Open, with a time to start from."""
        self._what = what
        is_block = what is What.BLOCK
        self.setWindowTitle(self.tr("Block from now until…") if is_block else self.tr("Open from now until…"))
        self.do_button.setText(self.tr("Block") if is_block else self.tr("Open"))
        now = self._clock.now()
        minute = -(-(now.hour * 60 + now.minute + _SUGGESTED) // 15) * 15
        self.field.show_text(dates.time_text(min(minute, DAY_MINUTES), self._words.locale))
        self.field.show_problem("")
        self._show_understood()
        self.open()
        self.raise_()
        self.activateWindow()
        self.edit.setFocus(Qt.FocusReason.PopupFocusReason)
        self.edit.selectAll()

    def _until(self) -> UntilTime:
        """What stands in the field.

        Raises:
            MisreadError: it is no time.
        """
        now = self._clock.now()
        minute = read_time(self.field.text, self._words.locale)
        is_today = minute > now.hour * 60 + now.minute
        return UntilTime(minute, now.date() if is_today else now.date() + timedelta(days=1))

    def _show_understood(self) -> None:
        self.field.show_problem("")
        try:
            until = self._until()
        except MisreadError:
            self.understood.hide()
            self._fit()
            return
        self.understood.show()
        now = self._clock.now()
        day = until.day or now.date()
        minutes = (day - now.date()).days * DAY_MINUTES + until.minute - now.hour * 60 - now.minute
        self.understood.setText(
            self.tr("From now until {time}: {duration}").format(
                time=self._sentences.when(Moment(day, until.minute), now.date()),
                duration=self._words.duration(minutes),
            )
        )
        self._fit()

    def _take(self) -> None:
        try:
            until = self._until()
        except MisreadError as error:
            self.field.show_problem(self._words.misread_time(error.why, self.field.text))
            self._fit()
            self.edit.setFocus()
            return
        self.accept()
        self.chosen.emit(self._what, until)
