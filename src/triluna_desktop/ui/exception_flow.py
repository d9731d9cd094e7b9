"""The way from weekly hours on a date to the entries that make this one date another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from datetime import date

    from triluna_desktop.domain.edits import Edit
    from triluna_desktop.domain.models import Pattern
    from triluna_desktop.session import Changes
    from triluna_desktop.ui.bulk_flow import BulkFlow
    from triluna_desktop.ui.page_context import PageContext
    from triluna_desktop.ui.templates.exception_dialog import ExceptionDialog


class ExceptionFlow(QObject):
    """Made with the window; the dialog is made anew for each date."""

    def __init__(self, context: PageContext, bulk: BulkFlow) -> None:
        super().__init__(context.page)
        self._session, self._page, self._week = context.session, context.page, context.week
        self._words = context.words
        self._bulk = bulk
        self.dialog: ExceptionDialog | None = None
        self.refreshing = QTimer(self)
        self.refreshing.setSingleShot(True)
        self.refreshing.setInterval(0)
        self.refreshing.timeout.connect(self._refresh)
        self.end = context.session.subscribe(self._on_changes)
        """To be called when the window closes."""
        context.page.week_view.exception_requested.connect(self.open)

    def open(self, pattern: Pattern, day: date, reach: str) -> None:
        """Open the dialog for weekly hours on a date; ``reach`` is "only" that date, or "later"."""
        from triluna_desktop.ui.templates.exception_dialog import ExceptionDialog

        if self.dialog is not None:
            self.dialog.close()
            self.dialog.deleteLater()
        view = self._page.week_view
        dialog = self.dialog = ExceptionDialog(self._session, self._words, pattern, day, self._page)
        dialog.apply_requested.connect(self._apply)
        dialog.weekly_hours_requested.connect(view.weekly_editor_requested)
        dialog.stamping_requested.connect(lambda: self._bulk.stamp_weeks())
        dialog.finished.connect(lambda _: view.setFocus())
        dialog.show_reach(reach)
        dialog.open()
        (dialog.hours.first.editor if reach == "only" else dialog.edit_button).setFocus()

    def _on_changes(self, changes: Changes) -> None:
        touches = changes.dates is None or changes.patterns or bool(changes.dates)
        if touches and self.dialog is not None and self.dialog.isVisible():
            self.refreshing.start()

    def _refresh(self) -> None:
        """What is offered to be made must fit what stands there now: an entry of somebody else may have come."""
        dialog = self.dialog
        if dialog is not None and dialog.isVisible() and not dialog.follow():
            dialog.reject()
            self._week.say(self.tr("These weekly hours were deleted meanwhile. Nothing was changed on this date."))

    def _apply(self, edit: Edit) -> None:
        dialog = self.dialog
        if dialog is None:
            return

        def done() -> None:
            dialog.accept()
            self._week.show_edit(edit)
            self._week.say(self._words.edited(edit), can_undo=True)

        self._week.flow.apply(edit, done=done, refused=dialog.show_refused)
