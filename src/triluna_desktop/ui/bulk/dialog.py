"""Change many entries: what to do on one side, on the other what it would do, before it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from triluna_desktop.domain import bulk as actions
from triluna_desktop.ui.bulk.copy_panel import CopyWeekPanel
from triluna_desktop.ui.bulk.fields import Choice
from triluna_desktop.ui.bulk.panels import (
    NEEDS_ENTRIES,
    Action,
    BlockDatesPanel,
    MovePanel,
    TitlePanel,
)
from triluna_desktop.ui.bulk.preview import PreviewList
from triluna_desktop.ui.bulk.which import Which
from triluna_desktop.ui.bulk.words import BulkWords
from triluna_desktop.ui.enter_presses import EnterDialog
from triluna_desktop.ui.styled import rule, scrolled, take_room
from triluna_desktop.ui.templates.panel import TemplatePanel

if TYPE_CHECKING:
    from datetime import date

    from triluna_desktop.domain.bulk import BulkPlan
    from triluna_desktop.domain.models import Entry
    from triluna_desktop.domain.templates import Template
    from triluna_desktop.session.bulk import Bulk
    from triluna_desktop.ui.theme import Theme
    from triluna_desktop.ui.words import Words

_FORM_WIDTH = 320
_SIZE = (1020, 640)
_TYPING_MS = 120
"""How long nobody may have typed before the preview is made anew."""


class BulkDialog(EnterDialog):
    """Opened, never executed. What is typed stays until it is applied or cancelled."""

    apply_requested = Signal(object)
    """A `BulkPlan`; answer with `accept`, or with `show_refused`."""

    def __init__(
        self, bulk: Bulk, words: Words, theme: Theme, *, first_weekday: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._bulk = bulk
        self._words = BulkWords(words, self)
        self._plan: BulkPlan | None = None
        self.setWindowTitle(self.tr("Change many entries"))
        self.action = Choice(
            self.tr("What to do"),
            (
                (self.tr("Block a range of dates"), Action.BLOCK_DATES.value),
                (self.tr("Copy a week to other weeks"), Action.COPY_WEEK.value),
                (self.tr("Stamp weeks in turn"), Action.STAMP_WEEKS.value),
                (self.tr("Move entries"), Action.MOVE.value),
                (self.tr("Make entries available"), Action.MAKE_AVAILABLE.value),
                (self.tr("Make entries blocked"), Action.BLOCK.value),
                (self.tr("Give entries a title"), Action.RETITLE.value),
                (self.tr("Delete entries"), Action.DELETE.value),
            ),
        )
        self.which = Which(words, first_weekday)
        self.move_panel = MovePanel(words)
        self.title_panel = TitlePanel(words)
        self.block_panel = BlockDatesPanel(words)
        self.copy_panel = CopyWeekPanel(words, first_weekday)
        self.template_panel = TemplatePanel(words, first_weekday)
        self._panels: dict[Action, QWidget] = {
            Action.STAMP_WEEKS: self.template_panel,
            Action.MOVE: self.move_panel,
            Action.RETITLE: self.title_panel,
            Action.BLOCK_DATES: self.block_panel,
            Action.COPY_WEEK: self.copy_panel,
        }
        self.preview = PreviewList(self._words, theme)
        self.nothing = QLabel()
        self.counted, self.cost, self.bookable = QLabel(), QLabel(), QLabel()
        self.unread = QLabel(
            self.tr("Some of these dates were not read from the server yet: more may stand there than is shown.")
        )
        self.refused = QLabel()
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.apply_button = QPushButton(self.tr("Apply"))
        self.typing = QTimer(self)
        self.typing.setSingleShot(True)
        self.typing.setInterval(_TYPING_MS)
        self.typing.timeout.connect(self.refresh)
        self._lay_out()
        self._connect()
        take_room(self, *_SIZE)

    def _lay_out(self) -> None:
        form = QWidget()
        column = QVBoxLayout(form)
        column.setContentsMargins(20, 18, 20, 12)
        column.setSpacing(14)
        for part in (self.action, self.which, *self._panels.values()):
            column.addWidget(part)
        column.addStretch(1)
        scroll = scrolled(form)
        scroll.setFixedWidth(_FORM_WIDTH)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.setProperty("look", "muted")
        self.refused.setProperty("look", "error")
        self.unread.setProperty("look", "amber")
        self.cost.setProperty("look", "muted")
        self.bookable.setProperty("look", "muted")
        for label in (self.nothing, self.refused, self.unread, self.cost, self.bookable):
            label.setWordWrap(True)
        self.apply_button.setProperty("look", "primary")
        for button in (self.cancel_button, self.apply_button):
            button.setAutoDefault(False)  # Enter in a text field must not apply what nobody has looked at.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.apply_button)
        side = QVBoxLayout()
        side.setContentsMargins(16, 16, 20, 16)
        side.setSpacing(6)
        side.addWidget(self.preview, 1)
        side.addWidget(self.nothing, 1)
        for label in (self.counted, self.cost, self.bookable, self.unread, self.refused):
            side.addWidget(label)
        side.addSpacing(6)
        side.addLayout(buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(scroll)
        row.addWidget(rule(is_vertical=True))
        row.addLayout(side, 1)

    def _connect(self) -> None:
        self.action.edited.connect(self._show_action)
        for editing in (self.which, self.move_panel, self.title_panel, self.block_panel, self.copy_panel):
            editing.edited.connect(self._on_edited)
        self.template_panel.edited.connect(self._on_edited)
        self.cancel_button.clicked.connect(self.reject)
        self.apply_button.clicked.connect(self._apply)

    # -- what is to be done --------------------------------------------------------------------------------------

    def start(self, action: Action, selected: tuple[str, ...], day: date, first: date, last: date) -> None:
        """Begin: with an action, what is selected, a date to start a range at, and the week on screen."""
        self.which.start(selected, first, last)
        self.block_panel.dates.show_dates(day, day)
        self.copy_panel.start(first)
        self.template_panel.start(self._bulk.templates, first)
        self.action.choose(action.value)
        self._show_action()
        self.refresh()
        self._first_field().setFocus(Qt.FocusReason.OtherFocusReason)

    def _first_field(self) -> QWidget:
        """Where one begins to type: what to do was chosen before."""
        match self.chosen_action:
            case Action.BLOCK_DATES:
                return self.block_panel.dates.first.editor
            case Action.COPY_WEEK:
                return self.copy_panel.count.editor
            case Action.DELETE if self.apply_button.isEnabled():
                return self.apply_button  # There is nothing to type.
            case _:
                return self.action.box

    @property
    def chosen_action(self) -> Action:
        """What is to be done."""
        return Action(self.action.value)

    @property
    def stamped(self) -> Template | None:
        """The template of which the plan was made, if it was made of one."""
        return self.template_panel.template if self.chosen_action is Action.STAMP_WEEKS else None

    def _show_action(self) -> None:
        self.which.setVisible(self.chosen_action in NEEDS_ENTRIES)
        for action, panel in self._panels.items():
            panel.setVisible(action is self.chosen_action)
        self._on_edited()

    def _on_edited(self) -> None:
        """What can be applied is what the preview shows, never what was typed a moment ago."""
        self.apply_button.setEnabled(False)
        self.typing.start()

    def _made_plan(self) -> BulkPlan | None:
        """The plan; None while something is typed that cannot be read."""
        match self.chosen_action:
            case Action.BLOCK_DATES:
                return self.block_panel.plan(self._bulk)
            case Action.COPY_WEEK:
                return self.copy_panel.plan(self._bulk)
            case Action.STAMP_WEEKS:
                return self.template_panel.plan(self._bulk)
            case action:
                chosen = self.which.read(self._bulk)
                return None if chosen is None else self._plan_for(action, chosen)

    def _plan_for(self, action: Action, chosen: tuple[Entry, ...]) -> BulkPlan | None:
        match action:
            case Action.MOVE:
                return self.move_panel.plan(self._bulk, chosen)
            case Action.RETITLE:
                return self.title_panel.plan(chosen)
            case Action.DELETE:
                return actions.delete(chosen)
            case _:
                return actions.make_kind(chosen, is_available=action is Action.MAKE_AVAILABLE)

    # -- what it would do ----------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Make the preview anew: something was typed, or the calendar has changed."""
        self.typing.stop()
        self.refused.hide()
        plan = self._plan = self._made_plan()
        preview = None if plan is None else self._bulk.preview(plan)
        self.preview.rows.show_preview(preview)
        has_rows = self.preview.rows.rowCount() > 0
        self.preview.setVisible(has_rows)
        self.nothing.setVisible(not has_rows)
        self.nothing.setText(
            self.tr("Complete the form to see what would change.")
            if preview is None
            else self.tr("Nothing to change: no entry fits.")
        )
        is_something = preview is not None and bool(preview.rows)
        self.counted.setVisible(has_rows)
        self.cost.setVisible(is_something)
        self.bookable.setVisible(is_something)
        self.unread.setVisible(preview is not None and is_something and not preview.is_loaded)
        if preview is not None:
            self.counted.setText(self._words.counted(preview))
            self.cost.setText(self._words.cost(preview.forecast))
            self.bookable.setText(self._words.bookable(preview))
        self.apply_button.setEnabled(is_something)
        # Who cannot see the sums hears them with the list, and again before it is applied.
        labels = (self.counted, self.cost, self.bookable, self.unread)
        sums = "\n".join(label.text() for label in labels if label.isVisibleTo(self))
        for each in (self.preview, self.apply_button):
            each.setAccessibleDescription(sums)

    def _apply(self) -> None:
        if self._plan is not None and self._plan.edit is not None:
            self.apply_button.setEnabled(False)
            self.apply_requested.emit(self._plan)

    def show_refused(self, sentence: str) -> None:
        """It was not written: say why, beside what was typed."""
        self.refresh()
        self.refused.setText(sentence)
        self.refused.show()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.refused, sentence))
