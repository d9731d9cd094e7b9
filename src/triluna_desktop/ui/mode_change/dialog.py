"""What another mode, or other default hours, would offer this month; whether the offered times shall stay."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from triluna_desktop.domain.models import Entry
from triluna_desktop.session.mode_change import KeepBy, ModePreview
from triluna_desktop.ui import dates
from triluna_desktop.ui.bulk.fields import Choice
from triluna_desktop.ui.enter_presses import EnterDialog
from triluna_desktop.ui.mini_month import month_away
from triluna_desktop.ui.mode_change.model import Column, MonthModel, Strips
from triluna_desktop.ui.styled import rule, scrolled, take_room
from triluna_desktop.ui.tick_box import ButtonLabel

if TYPE_CHECKING:
    from datetime import date

    from triluna_desktop.domain.models import Item
    from triluna_desktop.session.mode_change import ModeChange
    from triluna_desktop.ui.mode_change.words import ModeWords
    from triluna_desktop.ui.theme import Theme

WEEKS = (4, 8, 13, 26)
"""For how long entries may keep the offered times; the app keeps 26 weeks in step with the server."""
_SIZE = (980, 640)
_SIDE = 330
_FEW_LINES = 88
"""Pixels of the list of what is added, at least."""


class ModeDialog(EnterDialog):
    """Lies over the window and leaves it usable. It changes nothing itself: it emits what was asked for."""

    switch_requested = Signal(object)
    """The `ModePreview` that was on screen; answer with `accept`, or with `show_refused`."""

    def __init__(
        self,
        change: ModeChange,
        words: ModeWords,
        theme: Theme,
        *,
        today: date,
        first_weekday: int,
        can_write: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.change = change
        self._words = words
        self._today = today
        self._first_weekday = first_weekday
        self._preview: ModePreview | None = None
        self.setWindowTitle(words.title(change))
        self.model = MonthModel(words, self)
        self.table = self._made_table(theme)
        self.choices: dict[KeepBy | None, QRadioButton] = {
            None: QRadioButton(words.just(change)),
            KeepBy.WEEKLY_HOURS: QRadioButton(self.tr("Keep the offered times, with weekly hours")),
            KeepBy.ENTRIES: QRadioButton(self.tr("Keep the offered times, with entries")),
        }
        self.choices[None].setChecked(True)
        for keep in KeepBy:
            self.choices[keep].setEnabled(can_write)
        self.weeks = Choice(
            self.tr("For how long"), tuple((self.tr("%n weeks", "", number), number) for number in WEEKS)
        )
        self.total, self.counted, self.unread, self.refused = QLabel(), QLabel(), QLabel(), QLabel()
        self.details = QPlainTextEdit()
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.switch_button = QPushButton()
        self.account = QLabel()
        self._lay_out()
        for button in self.choices.values():
            button.toggled.connect(lambda is_on: self.refresh() if is_on else None)
        self.weeks.edited.connect(self.refresh)
        self.cancel_button.clicked.connect(self.reject)
        self.switch_button.clicked.connect(self._switch)
        take_room(self, *_SIZE)
        self.refresh()
        # Else the rows have the height that they have without the style, until something changes.
        self.table.ensurePolished()
        self.table.scrollTo(
            self.model.index(self.model.row_of(today), 0), QAbstractItemView.ScrollHint.PositionAtCenter
        )

    def _made_table(self, theme: Theme) -> QTreeView:
        table = QTreeView()
        table.setModel(self.model)
        table.setItemDelegateForColumn(Column.STRIPS, Strips(theme, table))
        table.setProperty("look", "list")
        table.setRootIsDecorated(False)
        table.setUniformRowHeights(True)
        table.setAllColumnsShowFocus(True)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setTabKeyNavigation(False)
        table.setAccessibleName(self.tr("What callers are offered on each date, before and after"))
        header = table.header()
        header.setStretchLastSection(False)
        header.setSectionsClickable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(Column.STRIPS, QHeaderView.ResizeMode.Stretch)
        return table

    def _lay_out(self) -> None:
        heading = QLabel(self._words.heading(self.change))
        heading.setProperty("look", "heading")
        heading.setWordWrap(True)
        meaning = QLabel(self._words.rule(self.change))
        month = QLabel(self._month)
        month.setProperty("look", "section")
        notes = {
            None: self.tr("What the table shows is what callers are offered then."),
            KeepBy.WEEKLY_HOURS: self.tr("A few weekly hours are added. It holds for every date."),
            KeepBy.ENTRIES: self.tr("Entries are added from today on. Your weekly hours stay as they are."),
        }
        inside = QWidget()
        side = QVBoxLayout(inside)
        side.setContentsMargins(16, 18, 20, 8)
        side.setSpacing(6)
        side.addWidget(heading)
        side.addWidget(meaning)
        side.addSpacing(8)
        for keep, button in self.choices.items():
            note = ButtonLabel(button)
            note.setText(notes[keep])
            note.setProperty("look", "muted")
            note.setIndent(26)
            button.setAccessibleDescription(notes[keep])
            side.addWidget(button)
            side.addWidget(note)
        side.addWidget(self.weeks)
        side.addSpacing(6)
        side.addWidget(self.counted)
        self.details.setReadOnly(True)
        self.details.setTabChangesFocus(True)
        self.details.setMinimumHeight(_FEW_LINES)
        self.details.setAccessibleName(self.tr("What is added, and what cannot be kept"))
        side.addWidget(self.details, 100)  # All the room that there is, where it shows.
        side.addStretch(1)
        for label, look in (
            (meaning, "muted"),
            (self.counted, "muted"),
            (self.account, "muted"),
            (self.unread, "amber"),
            (self.refused, "error"),
        ):
            label.setProperty("look", look)
            label.setWordWrap(True)
        self.unread.setText(
            self.tr("Some of these dates were not read from the server yet: more may stand there than is shown.")
        )
        side.addWidget(self.account)
        side.addWidget(self.unread)
        self.refused.hide()
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        self.switch_button.setProperty("look", "primary")
        for each in (self.cancel_button, self.switch_button):
            each.setAutoDefault(False)
            buttons.addWidget(each)
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 8, 20, 16)
        foot.addWidget(self.refused)
        foot.addLayout(buttons)
        shown = QVBoxLayout()
        shown.setContentsMargins(20, 18, 16, 16)
        shown.setSpacing(8)
        self.total.setWordWrap(True)
        shown.addWidget(month)
        shown.addWidget(self.table, 1)
        shown.addWidget(self.total)
        right = QWidget()
        right.setFixedWidth(_SIDE)
        beside = QVBoxLayout(right)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(0)
        beside.addWidget(scrolled(inside), 1)
        beside.addLayout(foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(shown, 1)
        row.addWidget(rule(is_vertical=True))
        row.addWidget(right)

    @property
    def _month(self) -> str:
        return dates.month_text(self._today.year, self._today.month, self._words.words.locale)

    @property
    def keep(self) -> KeepBy | None:
        """How the offered times shall be kept; None where they need not be."""
        return next(keep for keep, button in self.choices.items() if button.isChecked())

    def refresh(self) -> None:
        """Work it out anew: another choice was made, or the calendar has changed."""
        self.refused.hide()
        first = self._today.replace(day=1)
        days = (month_away(first, 1) - first).days
        weeks = self.weeks.value
        assert isinstance(weeks, int)  # noqa: S101 - the box holds nothing else; this tells the type checker.
        preview = self._preview = self.change.preview(first, days, keep=self.keep, today=self._today, weeks=weeks)
        self.model.show_days(preview.days, self._first_weekday)
        total = self._words.total(preview.days, self._month)
        self.total.setText(total)
        self.unread.setVisible(not preview.is_loaded)
        self.weeks.setVisible(self.keep is KeepBy.ENTRIES)
        self.counted.setVisible(preview.cure is not None)
        self.details.setVisible(preview.cure is not None)
        self._show_details(preview)
        is_kept = preview.edit is not None
        self.switch_button.setText(self._words.button(self.change, is_kept=is_kept))
        self.account.setText(self._words.account(self.change, is_kept=is_kept))
        said = [total, self.counted.text() if preview.cure is not None else "", self.account.text()]
        self.switch_button.setAccessibleDescription("\n".join(each for each in said if each))

    def _show_details(self, preview: ModePreview) -> None:
        lines: list[str] = []
        if preview.cure is not None:
            self.counted.setText(self._words.counted(preview))
            lines += [self._words.cannot(each) for each in preview.cure.cannot]
        if preview.edit is not None:
            made = [change.item for change in preview.edit.changes]
            made.sort(key=self._in_week)
            lines += map(self._words.made, made)
        if lines != self.details.toPlainText().split("\n"):
            self.details.setPlainText("\n".join(lines))

    def _in_week(self, item: Item) -> tuple[date, int]:
        """The order in which one reads what is made: weekly hours in that of the week on screen."""
        if isinstance(item, Entry):
            return item.date, item.start
        return self._today + timedelta(days=(item.weekday - self._first_weekday) % 7), item.start

    def _switch(self) -> None:
        if self._preview is not None:
            self.switch_button.setEnabled(False)
            self.switch_requested.emit(self._preview)

    def show_refused(self, sentence: str) -> None:
        """It was not written, and the mode is as before: say why."""
        self.refresh()
        self.switch_button.setEnabled(True)
        self.refused.setText(sentence)
        self.refused.show()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.refused, sentence))
