"""The way to another calendar mode or other default hours: what it would do is shown first, then it is done."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from triluna_desktop.domain.availability import Mode
from triluna_desktop.system import settings as table
from triluna_desktop.system.settings import SettingError
from triluna_desktop.ui import chosen

if TYPE_CHECKING:
    from triluna_desktop.domain.availability import ModeSettings
    from triluna_desktop.domain.edits import Edit
    from triluna_desktop.session import Changes
    from triluna_desktop.session.mode_change import ModeChange, ModePreview
    from triluna_desktop.system.settings import Setting
    from triluna_desktop.ui.mode_change.dialog import ModeDialog
    from triluna_desktop.ui.mode_change.words import ModeWords
    from triluna_desktop.ui.page_context import PageContext


class ModeFlow(QObject):
    """Made with the window; the dialog is made when a mode is chosen that does not hold."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context.page)
        self._session, self._settings = context.session, context.settings
        self._page, self._week = context.page, context.week
        self._words, self._theme = context.words, context.theme
        self.dialog: ModeDialog | None = None
        self._made: frozenset[str] = frozenset()
        """The keys of what the last change has added."""
        self._done: ModeChange | None = None
        """The last change."""
        self.refreshing = QTimer(self)
        self.refreshing.setSingleShot(True)
        self.refreshing.setInterval(0)
        self.refreshing.timeout.connect(self._refresh)
        context.page.sidebar.mode_chosen.connect(self.ask)
        context.week.flow.add_remark(self._remark)
        self._ends = (
            context.settings.subscribe(self._on_setting),
            context.session.subscribe(self._on_changes),
        )

    def end(self) -> None:
        """The window closes."""
        for end in self._ends:
            end()

    # -- the mode that holds -------------------------------------------------------------------------------------

    def show(self) -> None:
        """Show the mode that holds, and take up what one mostly draws in it."""
        mode = self._settings.get(table.CALENDAR_MODE)
        self._page.sidebar.mode.choose(mode)
        is_available = mode == Mode.AVAILABLE_TIMES.value
        self._page.week_view.set_brush(is_available)
        self._page.toolbar.show_brush(is_available=is_available)

    def _on_setting(self, setting: Setting[Any]) -> None:
        if setting in table.MODE:
            self._session.mode_settings = chosen.mode_settings(self._settings)
            if setting is table.CALENDAR_MODE:
                self.show()
            self._week.refresh_now()

    # -- another one ---------------------------------------------------------------------------------------------

    def ask(self, mode: str) -> None:
        """Show what the mode with this value would do. What holds stays chosen until it is switched."""
        self._page.sidebar.mode.choose(self._settings.get(table.CALENDAR_MODE))
        if mode != self._settings.get(table.CALENDAR_MODE):
            self.propose(replace(self._session.mode_settings, mode=Mode(mode)))

    def propose(self, new: ModeSettings) -> None:
        """Show what another mode, or other hours in the same one, would do."""
        from triluna_desktop.session.mode_change import ModeChange
        from triluna_desktop.ui.mode_change.dialog import ModeDialog

        if self.dialog is not None:
            self.dialog.close()
            self.dialog.deleteLater()
        dialog = self.dialog = ModeDialog(
            ModeChange(self._session, new),
            self._mode_words,
            self._theme,
            today=self._week.today,
            first_weekday=self._page.week_view.first_weekday,
            can_write=not self._session.is_read_only,
            parent=self._page,
        )
        dialog.switch_requested.connect(self._switch)
        dialog.finished.connect(lambda _: self._page.week_view.setFocus())
        dialog.show()
        dialog.activateWindow()
        dialog.choices[None].setFocus()

    @property
    def _mode_words(self) -> ModeWords:
        from triluna_desktop.ui.mode_change.words import ModeWords

        return ModeWords(self._words)

    # -- switching -----------------------------------------------------------------------------------------------

    def _switch(self, preview: ModePreview) -> None:
        """First what keeps the offered times, which changes nothing in the old mode; then the mode."""
        dialog, edit = self.dialog, preview.edit
        if dialog is None:
            return
        if edit is None:
            self._let_hold(dialog, None)
        else:
            self._week.flow.apply(edit, done=lambda: self._let_hold(dialog, edit), refused=dialog.show_refused)

    def _let_hold(self, dialog: ModeDialog, edit: Edit | None) -> None:
        from triluna_desktop.domain.modes import hours_to_text  # The dialog has loaded it, and the start does not.

        change = self._done = dialog.change
        new = change.new
        self._made = frozenset() if edit is None else frozenset(each.key for each in edit.changes)
        values = (new.mode.value, new.default_hours.start, new.default_hours.end, hours_to_text(new.hours))
        try:
            self._settings.set_all(dict(zip(table.MODE, values, strict=True)))
        except SettingError as error:
            dialog.show_refused(error.problem)
            return
        dialog.accept()
        self._week.say(self._mode_words.done(change, edit), can_undo=edit is not None)

    def _remark(self, undone: Edit) -> str:
        """What is to be added where an edit was taken back: that of a switch does not switch back."""
        if self._done is None or not self._made or not self._made.issuperset(each.key for each in undone.changes):
            return ""
        return self._mode_words.stays(self._done)

    # -- what the session says -----------------------------------------------------------------------------------

    def _on_changes(self, changes: Changes) -> None:
        touches = changes.dates is None or changes.patterns or bool(changes.dates)
        if touches and self.dialog is not None and self.dialog.isVisible():
            self.refreshing.start()

    def _refresh(self) -> None:
        """The calendar or the default hours have changed under the dialog."""
        dialog = self.dialog
        if dialog is None or not dialog.isVisible():
            return
        dialog.change.follow()
        dialog.refresh()
