"""Weekly hours on one date only: other times there, or none; and why there is no "this date and later"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from triluna_desktop.domain.exceptions import DateException, except_on
from triluna_desktop.domain.models import Entry, Pattern
from triluna_desktop.ui import dates
from triluna_desktop.ui.bulk.fields import Hours
from triluna_desktop.ui.enter_presses import EnterDialog
from triluna_desktop.ui.inspector_cards import breakable, link_button
from triluna_desktop.ui.segments import Segment, Segments

if TYPE_CHECKING:
    from datetime import date

    from triluna_desktop.domain.intervals import IntervalSet
    from triluna_desktop.session import Session
    from triluna_desktop.ui.words import Words

_WIDTH = 440
_ONLY, _LATER = "only", "later"


class ExceptionDialog(EnterDialog):
    """Opened, never executed. It changes nothing itself: it emits the edit that was looked at."""

    apply_requested = Signal(object)
    """An `Edit`; answer with `accept`, or with `show_refused`."""
    weekly_hours_requested = Signal(object)
    """The pattern shall be edited, for every week; the dialog is closed already."""
    stamping_requested = Signal()
    """Entries shall be stamped instead; the dialog is closed already."""

    def __init__(
        self, session: Session, words: Words, pattern: Pattern, day: date, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._words = words
        self._pattern = pattern
        self._day = day
        self._found: DateException | None = None
        self.setWindowTitle(self.tr("Change only this date"))
        self.reach = Segments(
            self.tr("How far it reaches"),
            (Segment(_ONLY, self.tr("Only this date")), Segment(_LATER, self.tr("This date and later"))),
        )
        self.other_times = QRadioButton(self.tr("Other times"))
        self.hours = Hours(self.tr("From"), self.tr("Until"), words)
        self.flipped = QRadioButton(
            self.tr("Block this time instead") if pattern.is_available else self.tr("Make this time available")
        )
        self.not_at_all = QRadioButton(self.tr("As if these weekly hours were not there"))
        self.bookable, self.made, self.refused = QLabel(), QLabel(), QLabel()
        self.edit_button = link_button(self.tr("Edit the weekly hours: it changes every week…"))
        self.stamp_button = link_button(self.tr("Stamp entries for as many weeks as you like…"))
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.apply_button = QPushButton(self.tr("Apply"))
        self.heading = QLabel()
        self.typing = QTimer(self)
        self.typing.setSingleShot(True)
        self.typing.setInterval(0)
        self.typing.timeout.connect(self.refresh)
        self._lay_out()
        self._connect()
        self.hours.show_hours(pattern.interval)
        self.other_times.setChecked(True)
        self.show_reach(_ONLY)
        self.refresh()

    def _lay_out(self) -> None:
        self._show_heading()
        self.heading.setProperty("look", "heading")
        why = QLabel(
            self.tr(
                "The service knows weekly hours for every week only, without a beginning and without an end. So "
                "there is no “this date and later”. There are two ways to come close:"
            )
        )
        # Not in a stack, which does not tell the dialog how high wrapped lines are.
        self.only, self.later = QWidget(), QWidget()
        choices, ways = QVBoxLayout(self.only), QVBoxLayout(self.later)
        indented = QHBoxLayout()
        indented.setContentsMargins(26, 0, 0, 0)
        indented.addWidget(self.hours)
        choices.addWidget(self.other_times)
        choices.addLayout(indented)
        choices.addWidget(self.flipped)
        choices.addWidget(self.not_at_all)
        choices.addSpacing(8)
        for label, look in ((self.bookable, ""), (self.made, "muted"), (self.refused, "error"), (why, "muted")):
            label.setProperty("look", look)
            label.setWordWrap(True)
        self.heading.setWordWrap(True)
        for label in (self.bookable, self.made, self.refused):
            choices.addWidget(label)
        choices.addStretch(1)
        self.refused.hide()
        ways.addWidget(why)
        for button in (self.edit_button, self.stamp_button):
            ways.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)
        ways.addStretch(1)
        for column in (choices, ways):
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(8)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        self.apply_button.setProperty("look", "primary")
        for button in (self.cancel_button, self.apply_button):
            button.setAutoDefault(False)
            foot.addWidget(button)
        whole = self._whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 18, 20, 16)
        whole.setSpacing(12)
        whole.addWidget(self.heading)
        whole.addWidget(self.reach)
        whole.addWidget(self.only, 1)
        whole.addWidget(self.later, 1)
        whole.addLayout(foot)
        self.setFixedWidth(_WIDTH)

    def _connect(self) -> None:
        self.reach.chosen.connect(self.show_reach)
        self.hours.edited.connect(self._on_hours)
        for button in (self.other_times, self.flipped, self.not_at_all):
            button.toggled.connect(lambda _: self.typing.start())
        self.edit_button.clicked.connect(self._edit_weekly_hours)
        self.stamp_button.clicked.connect(self._stamp)
        self.cancel_button.clicked.connect(self.reject)
        self.apply_button.clicked.connect(self._apply)

    def _show_heading(self) -> None:
        said = self.tr("{name} on {day}, {times}").format(
            name=self._words.name(self._pattern),
            day=dates.short_day_text(self._day, self._words.locale),
            times=self._words.times(self._pattern),
        )
        said = self._words.begun(said)
        self.heading.setText(breakable(said))
        self.heading.setAccessibleName(said)

    def follow(self) -> bool:
        """The calendar has changed: work it out anew; tells whether the weekly hours are still there."""
        view = self._session.item(self._pattern.key)
        if view is None or not isinstance(view.item, Pattern):
            return False
        if view.item != self._pattern:
            self._pattern = view.item
            self._show_heading()
        self.refresh()
        return True

    def show_reach(self, reach: str) -> None:
        """Turn to "only" this date, or to what is said of this date and "later"."""
        self.reach.choose(reach)
        self.only.setVisible(reach == _ONLY)
        self.later.setVisible(reach == _LATER)
        self.apply_button.setVisible(reach == _ONLY)

    def event(self, event: QEvent) -> bool:
        """It grows with its sentences, and does not shrink under the pointer."""
        is_done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self.setMinimumHeight(max(self.minimumHeight(), self._whole.totalHeightForWidth(_WIDTH)))
        return is_done

    def _on_hours(self) -> None:
        self.other_times.setChecked(True)
        self.apply_button.setEnabled(False)
        self.typing.start()

    # -- what it would do ----------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Work it out anew: something was chosen or typed, or the calendar has changed."""
        self.typing.stop()
        self.refused.hide()
        found = self._found = self._read()
        self.bookable.setText("" if found is None else self._said(found))
        self.made.setText("" if found is None else self._listed(found))
        self.apply_button.setEnabled(found is not None and found.edit is not None)
        self.apply_button.setAccessibleDescription(f"{self.bookable.text()}\n{self.made.text()}".strip())

    def _read(self) -> DateException | None:
        """What comes of what is chosen; None while the times cannot be read."""
        view = self._session.days(self._day, 1)
        patterns = [each.item for each in view.patterns if isinstance(each.item, Pattern)]
        entries = [each.item for each in view.entries if isinstance(each.item, Entry)]
        if self.other_times.isChecked():
            times = self.hours.read()
            if times is None:
                return None
            wanted: Pattern | None = replace(self._pattern, start=times.start, end=times.end)
        elif self.flipped.isChecked():
            wanted = replace(self._pattern, is_available=not self._pattern.is_available)
        else:
            wanted = None
        return except_on(self._day, self._pattern, wanted, self._session.mode_settings, patterns, entries)

    def _said(self, found: DateException) -> str:
        if found.edit is None:
            return self.tr("Bookable on this date: {times}, as before").format(times=self._offered(found.before))
        return self.tr("Bookable on this date: {before} → {after}").format(
            before=self._offered(found.before), after=self._offered(found.after)
        )

    def _offered(self, offered: IntervalSet) -> str:
        if not offered:
            return self.tr("nothing")
        times = (dates.times_text(each.start, each.end, self._words.locale) for each in offered)
        return self.tr(", ", "between times").join(times)

    def _listed(self, found: DateException) -> str:
        """The entries that are made, a line each, and what cannot be."""
        lines: list[str] = []
        for change in found.edit.changes if found.edit is not None else ():
            sentence = self.tr("New entry: {times}, available")
            if not change.item.is_available:
                sentence = self.tr("New entry: {times}, blocked")
            lines.append(sentence.format(times=self._words.times(change.item)))
        for each in found.cannot:
            times = dates.times_text(each.start, each.end, self._words.locale)
            lines.append(self.tr("{times} stays: no entry can begin or end at 23:59.").format(times=times))
        return "\n".join(lines)

    # -- doing it ------------------------------------------------------------------------------------------------

    def _apply(self) -> None:
        if self._found is not None and self._found.edit is not None:
            self.apply_button.setEnabled(False)
            self.apply_requested.emit(self._found.edit)

    def show_refused(self, sentence: str) -> None:
        """It was not written: say why, beside what was chosen."""
        self.refresh()
        self.refused.setText(sentence)
        self.refused.show()

    def _edit_weekly_hours(self) -> None:
        self.reject()
        self.weekly_hours_requested.emit(self._pattern)

    def _stamp(self) -> None:
        self.reject()
        self.stamping_requested.emit()
