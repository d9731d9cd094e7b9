"""The way of a week of weekly hours through the window: opening the editor, applying, telling what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from triluna_desktop.domain.models import Pattern
from triluna_desktop.session import EditRefusedError

if TYPE_CHECKING:
    from triluna_desktop.domain.models import Entry
    from triluna_desktop.domain.weekly_plan import WeekPlan
    from triluna_desktop.session import Changes
    from triluna_desktop.session.weekly import Weekly
    from triluna_desktop.ui.inspector import Inspector
    from triluna_desktop.ui.page_context import PageContext
    from triluna_desktop.ui.weekly.dialog import WeeklyDialog


class WeeklyFlow(QObject):
    """Made with the window. The editor is made when it is first asked for, and kept with its draft."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context.page)
        self._session, self._page, self._week = context.session, context.page, context.week
        self._words, self._theme, self._spawn = context.words, context.theme, context.spawn
        self._weekly: Weekly | None = None
        self.dialog: WeeklyDialog | None = None
        self.refreshing = QTimer(self)
        self.refreshing.setSingleShot(True)
        self.refreshing.setInterval(0)
        self.refreshing.timeout.connect(self._refresh)
        context.page.week_view.weekly_editor_requested.connect(self.open_at)
        self.end = context.session.subscribe(self._on_changes)
        """To be called when the window closes."""

    def wire(self, inspector: Inspector) -> None:
        """Connect the inspector, once it is made."""
        inspector.pattern.edit_requested.connect(self.open_at)

    def open(self) -> None:
        """Open the editor."""
        self._ready_dialog().show_week()

    def open_at(self, item: Pattern | Entry) -> None:
        """Open it at a pattern."""
        self._ready_dialog().show_week(item.key if isinstance(item, Pattern) else None)

    def _ready_dialog(self) -> WeeklyDialog:
        view = self._page.week_view
        if self.dialog is None:
            from triluna_desktop.session.weekly import Weekly
            from triluna_desktop.ui.weekly.dialog import WeeklyDialog

            self._weekly = Weekly(self._session, view.clock)
            self.dialog = WeeklyDialog(
                self._weekly,
                lambda: self._session.mode_settings,
                self._words,
                self._theme,
                view.clock,
                parent=self._page,
            )
            self.dialog.apply_requested.connect(lambda plan: self._spawn(self._apply(plan), "apply weekly hours"))
            self.dialog.retry_requested.connect(self._week.flow.retry)
            self.dialog.discard_requested.connect(self._week.flow.discard)
        self.dialog.set_read_only(self._session.is_read_only)
        self.dialog.editing.set_habits(
            first_weekday=view.first_weekday, snap=view.board.options.snap, letters=view.letters
        )
        self.dialog.take_keys_of(view)
        return self.dialog

    async def _apply(self, plan: WeekPlan) -> None:
        dialog, weekly = self.dialog, self._weekly
        assert dialog is not None  # noqa: S101 - it asked for this.
        assert weekly is not None  # noqa: S101 - made with it.
        try:
            await weekly.apply(plan)
        except EditRefusedError as error:
            dialog.show_refused(self._words.refused(error))
        else:
            self._week.refresh_now()
            dialog.show_applied(plan)

    def _on_changes(self, changes: Changes) -> None:
        touches = changes.dates is None or changes.patterns or changes.status
        if touches and self.dialog is not None and self.dialog.isVisible():
            self.refreshing.start()

    def _refresh(self) -> None:
        if self.dialog is not None:
            self.dialog.set_read_only(self._session.is_read_only)
            self.dialog.refresh()
