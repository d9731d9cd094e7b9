"""The settings of a profile in its window: the dialog, the list of shortcuts, what each change does at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from triluna_desktop.system import settings as table
from triluna_desktop.ui import chosen
from triluna_desktop.ui.keymap import Keymap

if TYPE_CHECKING:
    from collections.abc import Callable

    from triluna_desktop.domain.availability import ModeSettings
    from triluna_desktop.system.settings import AnySetting
    from triluna_desktop.ui.page_context import PageContext
    from triluna_desktop.ui.profile_page import ProfilePage
    from triluna_desktop.ui.settings.account_actions import AccountActions
    from triluna_desktop.ui.settings.dialog import SettingsDialog
    from triluna_desktop.ui.settings.tie_rows import TieRows
    from triluna_desktop.ui.shortcut_page import ShortcutPage

_HOUR_HEIGHT = table.GRID_HOUR_HEIGHT.default


class SettingsFlow:
    """Wired when the page is furnished; the dialog is made on first use."""

    def __init__(
        self,
        page: ProfilePage,
        context: PageContext,
        account: AccountActions,
        *,
        is_demo: bool,
    ) -> None:
        self._page = page
        self._session, self._settings, self._clock = context.session, context.settings, context.clock
        self._words, self._theme, self._spawn = context.words, context.theme, context.spawn
        self._account = account
        self._is_demo = is_demo
        self.dialog: SettingsDialog | None = None
        self._tie_rows: TieRows | None = None
        self.shortcuts: ShortcutPage | None = None
        self.keymap = Keymap(self._settings, page)
        self.keymap.changed.connect(self._show_keys)
        get = self._settings.get
        self._effects: dict[AnySetting, Callable[[], object]] = {
            table.CALENDAR_FIRST_WEEKDAY: lambda: page.week.set_first_weekday(
                chosen.first_weekday(self._settings, page.locale())
            ),
            table.GRID_SNAP: lambda: page.week_view.set_snap(get(table.GRID_SNAP)),
            table.GRID_HOUR_HEIGHT: lambda: page.week_view.set_zoom(get(table.GRID_HOUR_HEIGHT) / _HOUR_HEIGHT),
            table.GRID_SINGLE_LETTER_KEYS: self._show_letters,
            table.APPEARANCE_THEME: lambda: context.theme.choose(get(table.APPEARANCE_THEME)),
            table.APPEARANCE_DENSITY: lambda: context.theme.choose_density(get(table.APPEARANCE_DENSITY)),
            table.APPEARANCE_CLOCK: self._write_times,
            table.CALLERS_LENGTH: page.callers.preview.on_appointment,
            table.CALLERS_STEP: page.callers.preview.on_appointment,
            table.SYNC_POLL_VISIBLE: self._poll,
            table.SYNC_POLL_HIDDEN: self._poll,
            table.PRIVACY_MASK_TITLES: self._mask,
            table.PRIVACY_HISTORY: self._keep_history,
            table.PRIVACY_HISTORY_DAYS: self._keep_history,
        }
        self._ends = (self._settings.subscribe(self._on_setting), self.keymap.end)

    def start(self) -> None:
        """Show what holds, in the parts that the first paint did without."""
        self._show_letters()
        self._show_keys()
        self._theme.choose_density(self._settings.get(table.APPEARANCE_DENSITY))
        self._poll()
        self._keep_history()
        self._page.page.status_bar.unmask_requested.connect(self.toggle_mask)
        if self._settings.get(table.PRIVACY_MASK_TITLES):
            self._mask()

    def end(self) -> None:
        """Hear of nothing more."""
        for end in self._ends:
            end()

    # -- the dialogs ---------------------------------------------------------------------------------------------

    def open(self) -> SettingsDialog:
        """Open the settings."""
        from triluna_desktop.ui.settings.dialog import SettingsDialog

        # The wheel has changed it since, and it is written down at the end only.
        chosen.remember(self._settings, {table.GRID_HOUR_HEIGHT: self.hour_height})
        if self.dialog is None:
            self.dialog = SettingsDialog(
                self._settings,
                self._words,
                self._account,
                self._spawn,
                syncing=self._session,
                keymap=self.keymap,
                local=self._account.local,
                is_demo=self._is_demo,
                parent=self._page,
            )
            self.dialog.shortcuts_requested.connect(self.open_shortcuts)
            self.dialog.history_requested.connect(self._page.history.open)
            self.dialog.mode_requested.connect(self._page.calendar.modes.ask)
            dialog = self.dialog
            dialog.when_made(
                table.Page.CALENDAR, lambda: dialog.calendar.hours.look_requested.connect(self._look_at_hours)
            )
        self.dialog.show_settings()
        self._show_ties(self.dialog)
        self.dialog.open()
        return self.dialog

    def _show_ties(self, dialog: SettingsDialog) -> None:
        from triluna_desktop.ui.main_window import MainWindow

        window = self._page.window()
        if self._tie_rows is None and isinstance(window, MainWindow) and window.ties is not None:
            from triluna_desktop.ui.settings.tie_rows import TieRows

            self._tie_rows = TieRows(dialog, window.ties, self._spawn)
        if self._tie_rows is not None:
            self._tie_rows.show()

    def _look_at_hours(self, new: ModeSettings) -> None:
        if self.dialog is not None:
            self.dialog.accept()
        self._page.calendar.modes.propose(new)

    @property
    def hour_height(self) -> int:
        """What the zoom is now, as the settings keep it."""
        return round(self._page.week_view.zoom * _HOUR_HEIGHT)

    def open_shortcuts(self) -> None:
        """Open the list of shortcuts."""
        from triluna_desktop.ui.shortcut_page import ShortcutPage

        if self.shortcuts is None:
            over = self.dialog if self.dialog is not None and self.dialog.isVisible() else self._page
            letters = self._settings.get(table.GRID_SINGLE_LETTER_KEYS)
            self.shortcuts = ShortcutPage(self.keymap, with_letters=letters, parent=over)
            self.shortcuts.finished.connect(self._forget_shortcuts)
        self.shortcuts.open()

    def _forget_shortcuts(self) -> None:
        if self.shortcuts is not None:
            self.shortcuts.deleteLater()
            self.shortcuts = None

    # -- what changes do -----------------------------------------------------------------------------------------

    def _on_setting(self, setting: AnySetting) -> None:
        effect = self._effects.get(setting)
        if effect is not None:
            effect()

    def _show_letters(self) -> None:
        self._page.week_view.set_letters(is_on=self._settings.get(table.GRID_SINGLE_LETTER_KEYS))
        self._show_tips()

    def _show_keys(self) -> None:
        keymap = self.keymap
        self._page.week_view.set_keys(keymap.grid_bindings(), keymap.custom)
        self._page.commands.use(keymap)
        self._show_tips()

    def _show_tips(self) -> None:
        keys = self.keymap.first_keys(with_letters=self._settings.get(table.GRID_SINGLE_LETTER_KEYS))
        for bar in (self._page.page.toolbar, self._page.page.status_bar):
            bar.show_keys(keys)

    def toggle_mask(self) -> None:
        """Hide titles and notes, or show them again."""
        is_on = not self._settings.get(table.PRIVACY_MASK_TITLES)
        chosen.remember(self._settings, {table.PRIVACY_MASK_TITLES: is_on})

    def _mask(self) -> None:
        is_on = self._settings.get(table.PRIVACY_MASK_TITLES)
        self._words.is_masked = is_on
        self._page.week_view.set_masked(is_on=is_on)
        self._page.page.status_bar.show_masked(is_on=is_on)
        if is_on:
            self._page.page.toast.hide()  # It may name what was edited just now.
        inspector = self._page.page.open_inspector
        if inspector is not None:
            inspector.form.show_masked()
        self._page.show_again()

    def _write_times(self) -> None:
        self._words.locale.clock = self._settings.get(table.APPEARANCE_CLOCK)
        self._page.week_view.write_anew()
        self._page.show_again()

    def _poll(self) -> None:
        get = self._settings.get
        self._session.poll_every(get(table.SYNC_POLL_VISIBLE), get(table.SYNC_POLL_HIDDEN))

    def _keep_history(self) -> None:
        get = self._settings.get
        days = get(table.PRIVACY_HISTORY_DAYS) if get(table.PRIVACY_HISTORY) else 0
        if days != self._session.history.days_kept:
            self._spawn(self._keep_for(days), "keep the history for another time")

    async def _keep_for(self, days: int) -> None:
        problem = await self._session.history.keep(days, self._clock.now().timestamp())
        if problem:
            self._page.report(problem)
