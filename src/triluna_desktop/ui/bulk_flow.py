"""The way of a bulk edit through the window: the dialog, the strip that tells how it is sent, Cancel, the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from triluna_desktop.session import ConnectionState, EditRefusedError, RefusalReason

if TYPE_CHECKING:
    from collections.abc import Callable

    from triluna_desktop.domain.bulk import BulkPlan
    from triluna_desktop.domain.templates import Template
    from triluna_desktop.session import Changes
    from triluna_desktop.ui.bulk.dialog import BulkDialog
    from triluna_desktop.ui.bulk.panels import Action
    from triluna_desktop.ui.bulk.progress import ProgressStrip
    from triluna_desktop.ui.bulk.words import BulkWords
    from triluna_desktop.ui.inspector import Inspector
    from triluna_desktop.ui.page_context import PageContext

_REFRESH_MS = 100
"""How often the strip is shown anew at the most, while one change after the other is sent."""
_WITHOUT_PREVIEW = 3
"""So many entries are deleted at once, with a way to take it back; more are shown before."""
_SENDING = frozenset({ConnectionState.SYNCED, ConnectionState.SYNCING, ConnectionState.LOADING})


class BulkFlow(QObject):
    """Made with the window. The dialog and the strip are made when they are first needed."""

    stamped = Signal(object, object)
    """A `Template` was stamped, by this `Edit`."""
    forget_requested = Signal(str)
    """The template with this name shall be remembered no longer."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context.page)
        self._session, self._page, self._week = context.session, context.page, context.week
        self._words, self._theme, self._spawn = context.words, context.theme, context.spawn
        self.dialog: BulkDialog | None = None
        self.strip: ProgressStrip | None = None
        self._running: int | None = None
        self._has_looked = False
        """Whether it was looked whether the last run left a bulk edit under way."""
        self._pending = QTimer(self)
        self._pending.setSingleShot(True)
        self._pending.setInterval(_REFRESH_MS)
        self._pending.timeout.connect(self.refresh_now)
        self.end = context.session.subscribe(self._on_changes)
        """To be called when the window closes."""
        self._page.week_view.most_deleted = _WITHOUT_PREVIEW
        self._pending.start()  # A bulk edit of the last run may be under way.

    @property
    def commands(self) -> dict[str, Callable[[], object]]:
        """By the names of `ui.commands`."""
        return {
            "bulk": self.change_many,
            "delete_many": self.delete_many,
            "block_dates": self.block_dates,
            "copy_week": self.copy_week,
            "stamp_weeks": self.stamp_weeks,
        }

    def wire(self, inspector: Inspector) -> None:
        """Connect the inspector, once it is made."""
        inspector.many.more_requested.connect(self.change_many)

    # -- the dialog ----------------------------------------------------------------------------------------------

    def change_many(self) -> None:
        """Open the dialog for what is selected, else for the dates on screen."""
        from triluna_desktop.ui.bulk.panels import Action

        self._open(Action.MOVE)

    def delete_many(self) -> None:
        """Open it to delete what is selected."""
        from triluna_desktop.ui.bulk.panels import Action

        self._open(Action.DELETE)

    def block_dates(self) -> None:
        """Open it to block a range of dates, from the day of the cursor on."""
        from triluna_desktop.ui.bulk.panels import Action

        self._open(Action.BLOCK_DATES)

    def copy_week(self) -> None:
        """Open it to copy the week on screen."""
        from triluna_desktop.ui.bulk.panels import Action

        self._open(Action.COPY_WEEK)

    def stamp_weeks(self, name: str = "") -> None:
        """Open it to stamp weeks in turn; with the name of a template, to let that one go on."""
        from triluna_desktop.ui.bulk.panels import Action

        self._open(Action.STAMP_WEEKS)
        if name and self.dialog is not None and self.dialog.isVisible():
            self.dialog.template_panel.extend(name)

    def _open(self, action: Action) -> None:
        if self._session.is_read_only:
            self._week.say(self._words.refused(EditRefusedError(RefusalReason.READ_ONLY)))
            return
        if self.dialog is not None and self.dialog.isVisible():
            return
        from triluna_desktop.ui.bulk.dialog import BulkDialog

        view = self._page.week_view
        if self.dialog is not None:
            self.dialog.deleteLater()
        dialog = self.dialog = BulkDialog(
            self._session.bulk,
            self._words,
            self._theme,
            first_weekday=view.first_weekday,
            parent=self._page,
        )
        dialog.apply_requested.connect(self._apply)
        dialog.finished.connect(lambda _: view.setFocus())
        panel = dialog.template_panel
        panel.forget_button.clicked.connect(lambda: self._forget(panel.template))
        dialog.start(action, view.selected, view.cursor_day, *self._week.shown_week())
        dialog.open()

    def _apply(self, plan: BulkPlan) -> None:
        dialog = self.dialog
        if dialog is None or plan.edit is None:
            return
        edit, template = plan.edit, dialog.stamped

        def done() -> None:
            dialog.accept()
            self._week.show_edit(edit)
            if template is not None:
                self.stamped.emit(template, edit)

        self._week.flow.apply(edit, done=done, refused=dialog.show_refused)

    def _forget(self, template: Template | None) -> None:
        if self.dialog is not None and template is not None:
            self.dialog.reject()
            self.forget_requested.emit(template.name)

    # -- how it goes on ------------------------------------------------------------------------------------------

    def _on_changes(self, changes: Changes) -> None:
        if not self._pending.isActive():
            self._pending.start()
        touches = changes.dates is None or changes.patterns or bool(changes.dates)
        if touches and self.dialog is not None and self.dialog.isVisible():
            self.dialog.typing.start()

    def refresh_now(self) -> None:
        """Show how far the sending has come; say so when it is over."""
        self._pending.stop()
        if self._running is None and self._session.status.unsent == 0:
            # As at almost every start: what bulk edits need is not even loaded. What the last run left may be told
            # later still.
            return
        is_first, self._has_looked = not self._has_looked, True
        state = self._session.bulk.progress
        if is_first and state is not None:
            self._spawn(self._session.bulk.take_up(), "take up a bulk edit of the last run")
        ended, self._running = self._running, None if state is None else state.id
        if ended is not None and ended != self._running:
            self._say_end(ended)
        if state is not None or self.strip is not None:
            self._ready_strip().show_state(state, "" if state is None else self._rest())

    def _rest(self) -> str:
        """What is said of what is left to send."""
        if self._session.status.state not in _SENDING:
            return self._bulk_words.waits()
        return self._bulk_words.left(self._session.requests.forecast())

    def _say_end(self, batch: int) -> None:
        state = self._session.bulk.state(batch)
        if state is not None and not state.is_running:
            bulk = self._session.bulk
            sentence = self._bulk_words.finished(state, takes_back=bulk.takes_back(state))
            told = self._words.together([sentence, *self._week.flow.take_remarks()])
            self._week.say(told, can_undo=bulk.is_last(state))

    def _ready_strip(self) -> ProgressStrip:
        if self.strip is None:
            from triluna_desktop.ui.bulk.progress import ProgressStrip

            self.strip = ProgressStrip(self._bulk_words)
            self.strip.cancel_requested.connect(
                lambda batch: self._spawn(self._cancel(batch), "call back a bulk edit")
            )
            self._page.add_strip(self.strip)
        return self.strip

    @property
    def _bulk_words(self) -> BulkWords:
        from triluna_desktop.ui.bulk.words import BulkWords

        return BulkWords(self._words)

    async def _cancel(self, batch: int) -> None:
        self._running = None  # Its end is told here.
        try:
            outcome = await self._session.bulk.cancel(batch)
        except EditRefusedError as error:
            self._week.say(self._words.refused(error))
            if self.strip is not None:
                self.strip.let_cancel()
            return
        self._week.refresh_now()
        self.refresh_now()
        can_undo = outcome.stays is not None and self._session.last_edit is outcome.stays
        self._week.say(self._bulk_words.cancelled(outcome), can_undo=can_undo)
