"""The weekly hours' window: edit a draft, look at what it would change, apply it; then see what is live."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout

from triluna_desktop.ui.enter_presses import EnterDialog
from triluna_desktop.ui.styled import change_look, take_room
from triluna_desktop.ui.weekly.editor_page import EditorPage
from triluna_desktop.ui.weekly.leaving import LeavingCard
from triluna_desktop.ui.weekly.review_page import ReviewPage
from triluna_desktop.ui.weekly.words import WeeklySentences

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent
    from PySide6.QtWidgets import QWidget

    from triluna_desktop.domain.availability import ModeSettings
    from triluna_desktop.domain.time import Clock
    from triluna_desktop.domain.weekly_plan import WeekPlan
    from triluna_desktop.session.weekly import Weekly, WeeklyPreview
    from triluna_desktop.ui.theme import Theme
    from triluna_desktop.ui.week_view import WeekView
    from triluna_desktop.ui.words import Words

_SIZE = (1180, 760)


class WeeklyDialog(EnterDialog):
    """Lies beside the window and leaves it usable. It changes nothing itself: it emits what was asked for."""

    apply_requested = Signal(object)
    """A `WeekPlan`; answer with `show_applied`, or with `show_refused`."""
    retry_requested = Signal(str)
    discard_requested = Signal(str)

    def __init__(
        self,
        weekly: Weekly,
        settings: Callable[[], ModeSettings],
        words: Words,
        theme: Theme,
        clock: Clock,
        parent: QWidget | None = None,
    ) -> None:
        """``settings`` gives the calendar mode in force."""
        super().__init__(parent)
        self._weekly = weekly
        self._settings = settings
        self._sentences = WeeklySentences(words, self)
        self._preview: WeeklyPreview | None = None
        self._is_read_only = False
        self._is_sending = False
        """Whether a week was applied of which not all was live when it was looked at last."""
        self._shortcuts: dict[str, QShortcut] = {}
        self.setWindowTitle(self.tr("Weekly hours"))
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.editing = EditorPage(words, self._sentences, theme, clock)
        self.review = ReviewPage(self._sentences, theme)
        self.leaving = LeavingCard(theme)
        self.live = QLabel()
        self.refused = QLabel()
        self.close_button = QPushButton(self.tr("Close"))
        self.review_button = QPushButton(self.tr("Apply…"))
        self.back_button = QPushButton(self.tr("Back to the week"))
        self.apply_button = QPushButton(self.tr("Apply"))
        self._lay_out()
        self._connect()
        take_room(self, *_SIZE)

    def _lay_out(self) -> None:
        self.pages = QStackedWidget()
        self.pages.addWidget(self.editing)
        self.pages.addWidget(self.review)
        self.live.setWordWrap(True)
        self.refused.setProperty("look", "error")
        self.refused.setWordWrap(True)
        self.refused.hide()
        for button in (self.review_button, self.apply_button):
            button.setProperty("look", "primary")
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 16, 12)
        foot.setSpacing(8)
        said = QVBoxLayout()
        said.setSpacing(2)
        said.addWidget(self.editing.message)
        said.addWidget(self.live)
        foot.addLayout(said, 1)
        for button in (self.close_button, self.review_button, self.back_button, self.apply_button):
            button.setAutoDefault(False)  # Enter in a field must not apply what nobody has looked at.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            foot.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.pages, 1)
        below = QVBoxLayout()
        below.setContentsMargins(16, 6, 16, 0)
        below.addWidget(self.refused)
        below.addWidget(self.leaving)
        column.addLayout(below)
        column.addLayout(foot)
        message, leaving = self.editing.message, self.leaving
        order = (
            self.editing.form.delete_button,
            *(leaving.stay_button, leaving.keep_button, leaving.drop_button),
            *message.buttons,
            *(self.close_button, self.review_button, self.back_button, self.apply_button),
        )
        for before, after in pairwise(order):
            self.setTabOrder(before, after)

    def _connect(self) -> None:
        editing, card = self.editing, self.editing.send_card
        editing.edited.connect(self._on_edited)
        editing.form.typed.connect(self._show_buttons)
        card.retry_requested.connect(lambda: self._with_selected(self.retry_requested.emit))
        card.discard_requested.connect(lambda: self._with_selected(self.discard_requested.emit))
        self.close_button.clicked.connect(self.reject)
        self.review_button.clicked.connect(self.look_at_changes)
        self.back_button.clicked.connect(self.back_to_week)
        self.apply_button.clicked.connect(self._apply)
        self.leaving.stay_requested.connect(self._stay)
        self.leaving.keep_requested.connect(self._leave)
        self.leaving.drop_requested.connect(self._drop_and_leave)
        for command, deed in (("undo", editing.undo), ("redo", editing.redo)):
            self._shortcuts[command] = QShortcut(self)
            self._shortcuts[command].activated.connect(deed)
        self.take_keys_of(editing.view)

    def take_keys_of(self, view: WeekView) -> None:
        """Understand the keys that another grid does: undo and redo wherever the keyboard is."""
        self.editing.take_keys_of(view)
        standard = QKeySequence.StandardKey
        for command, usual in (("undo", standard.Undo), ("redo", standard.Redo)):
            own = view.own_keys_of(command)
            self._shortcuts[command].setKeys(usual if own is None else [QKeySequence(key) for key in own])

    def _with_selected(self, then: Callable[[str], object]) -> None:
        for key in self.editing.view.selected:
            then(key)

    # -- what is shown -------------------------------------------------------------------------------------------

    def show_week(self, key: str | None = None) -> None:
        """Open it, at the stretch with a key if that is given. A draft that was left comes up again."""
        if not self.editing.editor.is_changed:
            self.editing.start(self._weekly.views(), self._settings())
        self.leaving.hide()
        self.refresh()
        self.back_to_week()
        self.show()
        self.raise_()
        self.activateWindow()
        self.editing.view.setFocus()
        if key is not None:
            self.editing.view.select((key,))

    def refresh(self) -> None:
        """The calendar, or how far it has got to the server, has changed."""
        views = self._weekly.views()
        self.editing.show_views(views, self._settings())
        if self.is_reviewing:
            self._show_changes()
        exposed = self._sentences.exposed(views) if any(view.exposed for view in views) else ""
        first_weekday = self.editing.view.first_weekday
        there = sorted(self._weekly.still_there(), key=lambda each: (each.weekday - first_weekday) % 7)
        parts = (exposed or self._sentences.waiting(views), self._sentences.still_there(there))
        said = "\n".join(part for part in parts if part)
        if self._is_sending and not self._weekly.unsent:
            self._is_sending = False
            self.editing.message.tell(self._sentences.all_live())
        if self._is_read_only:
            said = self.tr("The token may only read: nothing can be changed here. Paste another one in Settings.")
        self.live.setText(said)
        self.live.setVisible(bool(said))
        change_look(self.live, "amber" if exposed or self._is_read_only else "muted")
        self._show_buttons()

    def set_read_only(self, is_read_only: bool) -> None:
        """Whether nothing can be changed; all can be read."""
        if is_read_only is not self._is_read_only:
            self._is_read_only = is_read_only
            self.editing.set_read_only(is_read_only)
            self.refresh()

    def _on_edited(self) -> None:
        self.refused.hide()
        self._is_sending = False  # What is said of it went with the step.
        if not self.editing.editor.is_changed:
            self.leaving.hide()
        if self.is_reviewing:
            self._show_changes()
        self._show_buttons()

    @property
    def is_reviewing(self) -> bool:
        """Whether what would change is on screen."""
        return self.pages.currentWidget() is self.review

    def _show_buttons(self) -> None:
        has_more = self.editing.editor.is_changed or self.editing.form.is_typing
        can_apply = has_more and not self._is_read_only
        self.review_button.setVisible(not self.is_reviewing)
        self.close_button.setVisible(not self.is_reviewing)
        self.back_button.setVisible(self.is_reviewing)
        self.apply_button.setVisible(self.is_reviewing)
        self.review_button.setEnabled(can_apply)
        self.apply_button.setEnabled(can_apply)

    # -- applying ------------------------------------------------------------------------------------------------

    def look_at_changes(self) -> None:
        """Show what would change, with what is still being typed. Nothing is sent yet."""
        self.leaving.hide()
        if not self.editing.form.take_typed() or not self.editing.editor.is_changed:
            self._show_buttons()
            return
        self.editing.message.clear()
        self.pages.setCurrentWidget(self.review)
        self._show_changes()
        self._show_buttons()
        self.review.list.setFocus()

    def back_to_week(self) -> None:
        """Go on editing."""
        self.pages.setCurrentWidget(self.editing)
        self.refused.hide()
        self._show_buttons()

    def _show_changes(self) -> None:
        self._preview = self._weekly.preview(self.editing.editor.draft)
        if self._preview.plan.edit is None:
            self.back_to_week()
            return
        self.review.show_preview(self._preview, self.editing.view.first_weekday)
        for widget in (self.review.list, self.apply_button):
            widget.setAccessibleDescription(self.review.sums())

    def _apply(self) -> None:
        if self._preview is not None:
            self.apply_button.setEnabled(False)
            self.apply_requested.emit(self._preview.plan)

    def show_applied(self, plan: WeekPlan) -> None:
        """It is kept and on its way: from now on the window tells what is live."""
        self.editing.start(self._weekly.views(), self._settings())
        self.back_to_week()
        self.refresh()
        self.editing.message.tell(self._sentences.applied(plan))
        self._is_sending = True
        self.editing.view.setFocus()

    def show_refused(self, sentence: str) -> None:
        """It was not written: say why; the draft is kept."""
        self.refresh()
        if self.is_reviewing:
            self._show_changes()
        self.refused.setText(sentence)
        self.refused.show()
        self._show_buttons()

    # -- leaving -------------------------------------------------------------------------------------------------

    def reject(self) -> None:
        """Close, or go back from the review. A draft is asked about in the window."""
        if self.is_reviewing:
            self.back_to_week()
            return
        self.editing.form.take_typed()
        if self.editing.editor.is_changed and not self._is_read_only:
            self.leaving.show()
            self.leaving.stay_button.setFocus()
        else:
            self._leave()

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window's own button is no other way out."""
        if self.isVisible():
            self.editing.form.take_typed()
        if self.isVisible() and self.editing.editor.is_changed and not self._is_read_only:
            event.ignore()
            self.back_to_week()
            self.reject()
        else:
            super().closeEvent(event)

    def _stay(self) -> None:
        self.leaving.hide()
        self.editing.view.setFocus()

    def _leave(self) -> None:
        self.leaving.hide()
        super().reject()

    def _drop_and_leave(self) -> None:
        self.editing.start(self._weekly.views(), self._settings())
        self._leave()
