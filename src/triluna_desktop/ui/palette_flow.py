"""The palette, the search, the quick add and *go to a date* on a page: what they show, and where they lead."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from triluna_desktop.domain.models import Entry
from triluna_desktop.domain.time import DAY_MINUTES
from triluna_desktop.system import settings as table
from triluna_desktop.ui import chosen

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from triluna_desktop.domain.edits import Edit
    from triluna_desktop.domain.models import Item
    from triluna_desktop.domain.vocabulary import Vocabulary
    from triluna_desktop.ui.go_to_date import GoToDate
    from triluna_desktop.ui.page_context import PageContext
    from triluna_desktop.ui.palette.add_popup import AddPopup
    from triluna_desktop.ui.palette.command_popup import CommandPopup, Leads
    from triluna_desktop.ui.palette.grid_commands import GridCommands
    from triluna_desktop.ui.palette.now_commands import NowCommands
    from triluna_desktop.ui.palette.search_popup import SearchPopup
    from triluna_desktop.ui.palette.settings_commands import SettingsCommands
    from triluna_desktop.ui.profiles.calendar_commands import CalendarCommands
    from triluna_desktop.ui.settings.dialog import SettingsDialog
    from triluna_desktop.ui.window_commands import WindowCommand, WindowCommands

_REMEMBERED = 12
"""Names of commands used last."""
_SHOWN_MINUTES = 60
"""From a time that was searched for: so much comes into view."""


class PaletteFlow:
    """Makes each of the three when it is first asked for. `commands` is set once all deeds are known."""

    def __init__(
        self,
        context: PageContext,
        listing: Callable[[], WindowCommands],
        open_settings: Callable[[], SettingsDialog],
    ) -> None:
        self._session, self._settings, self._clock = context.session, context.settings, context.clock
        self._page, self._week, self._spawn = context.page, context.week, context.spawn
        self._words, self._theme = context.words, context.theme
        self._listing, self._open_settings = listing, open_settings
        self.palette: CommandPopup | None = None
        self.search: SearchPopup | None = None
        self.quick_add: AddPopup | None = None
        self.date_popup: GoToDate | None = None
        self.calendars: CalendarCommands | None = None
        """Those that show another calendar, once the others are known."""

    @property
    def commands(self) -> dict[str, Callable[[], object]]:
        """By the names of `ui.commands`."""
        return {
            "palette": self.open_palette,
            "search": self.open_search,
            "quick_add": self.open_quick_add,
            "go_to_date": self.ask_for_date,
        }

    # -- the three -----------------------------------------------------------------------------------------------

    def open_palette(self) -> None:
        """Offer every command."""
        from triluna_desktop.ui.palette.command_popup import CommandPopup

        if self.palette is None:
            self.palette = CommandPopup(self._listed, self._recent, self.run, self._leads, self._theme, self._over)
        self._close_others(self.palette)
        self.palette.ask()

    def calendar_changed(self) -> None:
        """Search again, where somebody waits for what is found."""
        if self.search is not None:
            self.search.calendar_changed()

    def open_search(self, text: str = "") -> None:
        """Look for entries."""
        from triluna_desktop.ui.palette.search_popup import SearchPopup

        if self.search is None:
            self.search = SearchPopup(
                self._session.search,
                self._words,
                self.vocabulary,
                self._is_masked,
                lambda: self._session.status.ever_synced,
                lambda: self._week.today,
                self.go_to,
                self.show_item,
                self._spawn,
                self._theme,
                self._over,
            )
        self._close_others(self.search)
        self.search.ask(text)

    def open_quick_add(self) -> None:
        """Take a line that says what to add."""
        from triluna_desktop.ui.palette.add_popup import AddPopup

        if self.quick_add is None:
            self.quick_add = AddPopup(
                self._session,
                self._words,
                self._clock,
                self.vocabulary,
                lambda: self._page.week_view.brush,
                self._consider,
                self._add,
                self._theme,
                self._over,
            )
        self._close_others(self.quick_add)
        self.quick_add.ask()

    def open_now_menu(self, button: QWidget) -> None:
        """Offer to block from now on, under a button."""
        from triluna_desktop.ui.now_menu import NowMenu

        NowMenu(self._now.deeds, can_release=self._session.quick.can_release, parent=button).open_under(button)

    def ask_for_date(self) -> None:
        """Open the field for a date under the title."""
        from PySide6.QtCore import QPoint

        from triluna_desktop.ui.go_to_date import GoToDate

        title = self._page.toolbar.title
        if self.date_popup is None:
            self.date_popup = GoToDate(self._words, self._page)
            self.date_popup.date_chosen.connect(self._week.show_date)
        x = title.width() - self.date_popup.width() if title.isRightToLeft() else 0
        self.date_popup.ask(self._week.first, self._week.today, title.mapToGlobal(QPoint(x, title.height() + 4)))

    @property
    def _over(self) -> QWidget:
        return self._page

    def _close_others(self, wanted: QWidget) -> None:
        for popup in (self.palette, self.search, self.quick_add):
            if popup is not None and popup is not wanted and popup.isVisible():
                popup.hide()

    # -- what they need ------------------------------------------------------------------------------------------

    def vocabulary(self) -> Vocabulary:
        """The words for dates and times in the user's language."""
        from triluna_desktop.ui.palette.vocabulary import vocabulary_of

        return vocabulary_of(self._words.locale, self._page.week_view.first_weekday)

    def _is_masked(self) -> bool:
        return self._settings.get(table.PRIVACY_MASK_TITLES)

    def _recent(self) -> Sequence[str]:
        return [name for name in self._settings.get(table.PALETTE_RECENT).split(",") if name]

    @cached_property
    def _now(self) -> NowCommands:
        from triluna_desktop.ui.palette.now_commands import NowCommands
        from triluna_desktop.ui.quick_flow import QuickFlow

        def say(sentence: str, can_undo: bool) -> None:
            self._week.refresh_now()
            self._week.say(sentence, can_undo=can_undo)

        return NowCommands(self._session, QuickFlow(self._session, self._words, self._clock, self._spawn, say))

    @cached_property
    def grid(self) -> GridCommands:
        """The commands of the grid."""
        from triluna_desktop.ui.palette.grid_commands import GridCommands

        return GridCommands(self._page.week_view, self._session)

    @cached_property
    def _pages(self) -> SettingsCommands:
        from triluna_desktop.ui.palette.settings_commands import SettingsCommands

        return SettingsCommands(self._open_settings)

    def _listed(self) -> Sequence[WindowCommand]:
        calendars = () if self.calendars is None else self.calendars.listed()
        rest = (*self.grid.listed(), *self._now.listed(), *self._pages.listed())
        return (*self._listing().listed(), *calendars, *rest)

    def run(self, name: str) -> None:
        """Carry out a command that was chosen, and remember it."""
        names = [name, *(each for each in self._recent() if each != name)][:_REMEMBERED]
        chosen.remember(self._settings, {table.PALETTE_RECENT: ",".join(names)})
        calendars = {} if self.calendars is None else self.calendars.deeds
        deed = {**self._now.deeds, **self._pages.deeds, **calendars}.get(name)
        if deed is None:
            self._listing().run(name)
        else:
            deed()

    def _leads(self, text: str) -> Leads:
        """A date that the text says, and a search for it."""
        from triluna_desktop.ui.palette.command_popup import Leads
        from triluna_desktop.ui.palette.rows import PaletteRow
        from triluna_desktop.ui.palette.search_words import SearchWords

        words = SearchWords(self._words)
        query = self._session.search.read(text, self.vocabulary(), is_masked=self._is_masked())
        after = (PaletteRow(words.search_for(text), deed=lambda: self.open_search(text)),)
        if query.first is None or query.beside:
            return Leads((), after)
        day, minute = query.first, query.start
        return Leads((PaletteRow(words.go_to(day), deed=lambda: self.go_to(day, minute)),), after)

    # -- where they lead -----------------------------------------------------------------------------------------

    def go_to(self, day: date, minute: int | None) -> None:
        """Turn to a date, and put the slot cursor at a time of it."""
        self._week.show_date(day)
        view = self._page.week_view
        view.setFocus()
        if minute is not None and minute < DAY_MINUTES - 1:
            from triluna_desktop.ui.palette.add_popup import USUAL_LENGTH

            view.set_slot_cursor(day, minute, min(minute + USUAL_LENGTH, DAY_MINUTES))

    def show_item(self, item: Item) -> None:
        """Turn to the week of an entry and select it; weekly hours are shown in this week."""
        view = self._page.week_view
        if isinstance(item, Entry):
            self._week.reveal(item.date)
            view.setFocus()
            view.select((item.key,))
            return
        self._week.show_date(self._week.today)
        self._week.inspecting.show_weekly_hours(item)
        view.reveal(item.start, min(item.start + _SHOWN_MINUTES, item.end))

    def _consider(self, edit: Edit | None) -> None:
        """Draw what would be; hours that are out of sight come into view, other dates only on Enter."""
        view = self._page.week_view
        if edit is None:
            view.clear_outcome()
            return
        view.show_outcome(edit)
        for item in (change.item for change in edit.changes):
            if isinstance(item, Entry) and view.grid.column_of(item.date) is not None:
                view.reveal(item.start, item.end)
                break

    def _add(self, edit: Edit, done: Callable[[], None], refused: Callable[[str], None]) -> None:
        """Write it as one undo step, and show where it is."""

        def show() -> None:
            done()
            view = self._page.week_view
            days = [change.item.date for change in edit.changes if isinstance(change.item, Entry)]
            if days:
                self._week.reveal(min(days))
                view.setFocus()
                view.select(change.key for change in edit.changes)
            self._week.say(self._words.edited(edit), can_undo=True)

        self._week.flow.apply(edit, done=show, refused=refused)
