"""Opening the history, bringing a version back, and showing in the week what a change was about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from triluna_desktop.domain.models import Entry, Pattern
from triluna_desktop.session import EditRefusedError

if TYPE_CHECKING:
    from triluna_desktop.domain.edits import Edit
    from triluna_desktop.session.history import HistoryRow
    from triluna_desktop.ui.history.dialog import HistoryDialog
    from triluna_desktop.ui.history.history_words import HistoryWords
    from triluna_desktop.ui.inspector import Inspector
    from triluna_desktop.ui.page_context import PageContext


class HistoryFlow(QObject):
    """Makes the dialog when it is first asked for, and keeps it."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context.page)
        self._session, self._page, self._week = context.session, context.page, context.week
        self._words, self._clock, self._spawn = context.words, context.clock, context.spawn
        self._view = context.page.week_view
        self.dialog: HistoryDialog | None = None
        self._said: HistoryWords | None = None
        self._restored: Edit | None = None
        """What the dialog offers to undo."""
        self.refreshing = QTimer(self)
        self.refreshing.setSingleShot(True)
        self.refreshing.setInterval(0)
        self.refreshing.timeout.connect(self._refresh)

    def wire(self, inspector: Inspector) -> None:
        """Let the inspector's link lead here."""
        inspector.history.count = self._session.history.count
        inspector.history.requested.connect(self.open_for)

    def open(self) -> None:
        """Show everything that was changed."""
        self._ready_dialog().show_history()

    def open_for(self, key: str) -> None:
        """Show what was changed of one item."""
        view = self._session.item(key)
        if view is not None:
            self._ready_dialog().show_history(key, self._words.name(view.item))

    def on_changes(self) -> None:
        """The session told of changes."""
        if self.dialog is not None and self.dialog.isVisible():
            self.refreshing.start()

    def _refresh(self) -> None:
        if self.dialog is not None and self.dialog.isVisible():
            view = None if self.dialog.model.key is None else self._session.item(self.dialog.model.key)
            if view is not None:
                self.dialog.name_item(self._words.name(view.item))  # Another title, or it is hidden now.
            self.dialog.refresh()
            if self._restored is not None and self._session.last_edit is not self._restored:
                self._restored = None
                self.dialog.card.withdraw_undo()

    def _ready_dialog(self) -> HistoryDialog:
        if self.dialog is None:
            from triluna_desktop.ui.history.dialog import HistoryDialog
            from triluna_desktop.ui.history.history_words import HistoryWords

            self._said = HistoryWords(self._words, self._clock)
            self.dialog = HistoryDialog(self._session.history, self._said, self._page)
            self.dialog.restore_requested.connect(self._restore)
            self.dialog.show_requested.connect(self._show)
            self.dialog.undo_requested.connect(self._undo)
        return self.dialog

    def _restore(self, row: HistoryRow) -> None:
        self._spawn(self._restoring(row), "restore a version")

    async def _restoring(self, row: HistoryRow) -> None:
        dialog = self._ready_dialog()
        try:
            edit = await self._session.history.restore(row.id)
        except EditRefusedError as error:
            dialog.tell(self._words.refused(error))
            return
        self._week.refresh_now()
        dialog.refresh()
        if edit is not None:
            self._week.show_edit(edit)
            self._restored = edit
            dialog.tell(self.tr("This version is back."), can_undo=True)

    def _undo(self) -> None:
        if self.dialog is not None:
            self.dialog.tell("")
        self._week.flow.undo()

    def _show(self, row: HistoryRow) -> None:
        """Turn the week to the item as it is now, or to where it was; the dialog makes room."""
        view = self._session.item(row.key)
        item = view.item if view is not None else row.after if row.after is not None else row.before
        if self.dialog is not None:
            self.dialog.hide()
        if isinstance(item, Entry):
            self._week.reveal(item.date)
            self._view.select((item.key,) if view is not None else ())
            self._view.reveal(item.start, item.end)
        elif isinstance(item, Pattern) and view is not None:
            self._week.inspecting.show_weekly_hours(item)
        self._page.activateWindow()
        self._view.setFocus()
        if view is None and item is not None:
            self._week.say(
                self._words.begun(self.tr("{name} is no longer there.").format(name=self._words.name(item)))
            )
