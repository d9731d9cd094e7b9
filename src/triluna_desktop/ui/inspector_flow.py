"""What is selected, in the inspector: when it comes and goes, and what becomes of what is typed in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from triluna_desktop.domain import edits
from triluna_desktop.domain.models import Entry, Pattern, new_key
from triluna_desktop.domain.time import week_of, weekday_of
from triluna_desktop.ui.conflict_flow import ConflictFlow

if TYPE_CHECKING:
    from triluna_desktop.domain.edits import Edit
    from triluna_desktop.domain.time import Clock
    from triluna_desktop.grid.cursor import SlotCursor
    from triluna_desktop.session import Session
    from triluna_desktop.session.clashes import Clashes
    from triluna_desktop.ui.edit_flow import EditFlow
    from triluna_desktop.ui.inspector import Inspector
    from triluna_desktop.ui.week_page import WeekPage
    from triluna_desktop.ui.words import Words


_BACK, _AHEAD = 12 * 7, 26 * 7
"""Days around today that the app keeps in step: where other conflicts are looked for."""


class Place(Protocol):
    """Where the inspector works: the dates around it, and the way to tell something."""

    def say(self, sentence: str, *, can_undo: bool = False) -> None:
        """Tell the user in passing."""
        ...

    def reveal(self, day: date) -> None:
        """Turn to a date, if it is not on screen."""
        ...


class InspectorFlow(QObject):
    """Follows the grid's selection. The inspector itself is made when it is first needed."""

    def __init__(
        self,
        session: Session,
        page: WeekPage,
        words: Words,
        clock: Clock,
        flow: EditFlow,
        place: Place,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._page = page
        self._words = words
        self._clock = clock
        self._flow = flow
        self._place = place
        self._pattern_key = ""
        self._is_awaited = False
        """Whether what is selected is only now being written; it shows once the session holds it."""
        self._goes_on = False
        """Whether what was typed is saved because the user turns to something else, where they stay."""
        # Showing or hiding the inspector moves the columns, never under a finger: the second click of a double
        # click, and a drag that began with the first, must hit what the first one hit.
        self.settling = QTimer(self)
        self.settling.setSingleShot(True)
        self.settling.setInterval(QApplication.doubleClickInterval())
        self.settling.timeout.connect(self._settle_inspector)
        page.week_view.escaped.connect(self._on_escape)
        page.week_view.slot_cursor_changed.connect(self._on_slot_cursor)

    # -- what is selected ----------------------------------------------------------------------------------------

    def open(self, key: str) -> None:
        """Edit an entry: show it in the inspector with the cursor in its title."""
        self._page.week_view.select((key,))
        if self.settling.isActive():
            self.settling.stop()
            self._show_selected((key,))
        if self._page.open_inspector is not None:
            self._page.inspector.focus_title()

    def new_entry(self) -> None:
        """Start a form for an entry at the slot cursor, else in the next full hour."""
        view = self._page.week_view
        if view.is_read_only:
            return
        self.settling.stop()
        cursor = view.slot_cursor
        if cursor is not None:
            day, start, end = cursor.head, cursor.start, cursor.end
        else:
            day = view.cursor_day
            start = min(self._clock.now().hour + 1, 23) * 60
            end = start + 60
        self._ready_inspector().show_new(Entry(new_key(), day, start, end, view.brush))
        self._page.show_inspector()
        self._page.inspector.form.focus_field("start")

    def on_selection(self, keys: tuple[str, ...]) -> None:
        """Show what is selected. What is typed in the inspector is saved first, or kept where it cannot be."""
        inspector = self._page.open_inspector
        if inspector is not None and inspector.is_editing and keys != (inspector.entry_key,):
            if not keys:
                return
            if inspector.form.reading().entry is None:
                if inspector.entry_key is not None:
                    self._page.week_view.select((inspector.entry_key,))
                self._ask_to_finish(inspector)
                return
            self._goes_on = True
            inspector.form.save()
            self._goes_on = False
        self._pattern_key = ""
        if bool(keys) is (self._page.open_inspector is not None):
            self.settling.stop()
            self._show_selected(keys)
        else:
            self.settling.start()

    def finish_typing(self) -> bool:
        """Save what is typed; False, and back to it, where it cannot be saved."""
        inspector = self._page.open_inspector
        if inspector is None or not inspector.is_editing:
            return True
        if inspector.form.reading().entry is None:
            self._ask_to_finish(inspector)
            return False
        inspector.form.save()
        return True

    def _ask_to_finish(self, inspector: Inspector) -> None:
        """Go back to what is typed: there it can be corrected, and Esc drops it."""
        self._place.say(self._words.finish_typing())
        inspector.form.focus_field(inspector.form.reading().first_wrong or "title")

    def _on_escape(self, had_something: bool) -> None:
        """Esc in the grid. What is typed goes last, when there is nothing else to give up."""
        inspector = self._page.open_inspector
        self._leave_weekly_hours()
        if inspector is not None and inspector.is_editing and not had_something:
            inspector.form.restore()
            self._close_inspector()

    def _settle_inspector(self) -> None:
        """Show or hide the inspector, once the mouse is at rest and no menu stands beside what it is for."""
        if QApplication.mouseButtons() != Qt.MouseButton.NoButton or QApplication.activePopupWidget() is not None:
            self.settling.start()
        else:
            self._show_selected(self._page.week_view.selected)

    def _show_selected(self, keys: tuple[str, ...]) -> None:
        views = tuple(view for key in keys if (view := self._session.item(key)) is not None)
        self._is_awaited = bool(keys) and not views and not self._pattern_key
        if self._is_awaited:
            return
        if not views:
            self._page.hide_inspector()
            return
        self._ready_inspector().show_items(views)
        self._page.show_inspector()

    def refresh(self) -> None:
        """Show what the session now holds; what is typed stays."""
        inspector = self._page.open_inspector
        if inspector is None:
            if self._is_awaited:
                self._show_selected(self._page.week_view.selected)
            return
        keys = (self._pattern_key,) if self._pattern_key else self._page.week_view.selected
        if inspector.is_editing and inspector.entry_key is not None:
            view = self._session.item(inspector.entry_key)
            if view is not None:
                inspector.show_items((view,))
            else:
                inspector.keep_what_is_typed()
        elif not self.settling.isActive():
            self._show_selected(keys)

    def _ready_inspector(self) -> Inspector:
        inspector = self._page.inspector
        inspector.set_read_only(self._session.is_read_only)
        return inspector

    @cached_property
    def clashes(self) -> Clashes:
        """What is in whose way."""
        from triluna_desktop.session.clashes import Clashes

        return Clashes(self._session, lambda: (self._clock.now().date() - timedelta(days=_BACK), _BACK + _AHEAD))

    def wire(self, inspector: Inspector) -> None:
        """Connect the inspector, once it is made."""
        view = self._page.week_view
        inspector.save_requested.connect(self._save)
        ConflictFlow(self._session, self._page, self._flow, self._place, self).wire(inspector)
        inspector.delete_requested.connect(self._delete)
        inspector.flip_requested.connect(self._flip)
        inspector.retry_requested.connect(self._flow.retry)
        inspector.discard_requested.connect(self._flow.discard)
        inspector.exception_requested.connect(self._change_only_one_date)
        inspector.left.connect(view.setFocus)
        inspector.closed.connect(self._close_inspector)

    def _close_inspector(self) -> None:
        self._pattern_key = ""
        self._page.hide_inspector()
        self._page.week_view.select(())
        self._page.week_view.setFocus()

    def _save(self, edit: Edit) -> None:
        """Write what was typed; the form keeps it until it is written."""
        inspector = self._page.inspector
        if self._goes_on:
            self._flow.apply(edit, refused=lambda sentence: self._call_back(edit, sentence))
            return
        entry = edit.changes[0].after

        def done() -> None:
            if isinstance(entry, Entry):
                self._place.reveal(entry.date)
                self._page.week_view.select((entry.key,))
            self._page.week_view.setFocus()

        self._flow.apply(edit, done=done, refused=inspector.show_refused)

    def _call_back(self, edit: Edit, sentence: str) -> None:
        """What was typed could not be written, and the user is elsewhere by now: bring it back, with why."""
        (change,) = edit.changes
        inspector = self._page.open_inspector
        if not isinstance(change.after, Entry) or (inspector is not None and inspector.is_editing):
            self._place.say(sentence)  # Something else is typed meanwhile, which would be lost instead.
            return
        if change.before is None or self._session.item(change.before.key) is None:
            self.settling.stop()
            self._ready_inspector().show_new(change.after)
            self._page.show_inspector()
            self._page.week_view.select(())
        else:
            self.open(change.before.key)
            self._page.inspector.form.type_again(change.after)
        self._page.inspector.show_refused(sentence)

    def _delete(self) -> None:
        """Delete what the inspector shows, which may no longer be what is selected in the grid."""
        inspector = self._page.inspector
        view = self._session.item(inspector.entry_key) if inspector.entry_key is not None else None
        if view is None:
            self._page.week_view.delete_selected()
            return
        inspector.form.restore()
        self._flow.apply(edits.delete(view.item))

    def _flip(self, is_available: bool) -> None:
        """Make all selected entries available, or blocked: one edit."""
        views = (self._session.item(key) for key in self._page.week_view.selected)
        entries = [view.item for view in views if view is not None and isinstance(view.item, Entry)]
        changes = tuple(
            edits.Change(entry, replace(entry, is_available=is_available))
            for entry in entries
            if entry.is_available is not is_available
        )
        if changes:
            self._flow.apply(edits.Edit(changes))

    # -- weekly hours --------------------------------------------------------------------------------------------

    def show_weekly_hours(self, item: Pattern | Entry) -> None:
        """Show a pattern, to read; or repeat an entry every week."""
        if isinstance(item, Pattern):
            view = self._session.item(item.key)
            inspector = self._page.open_inspector
            if inspector is not None and inspector.is_editing:
                self._ask_to_finish(inspector)
            elif view is not None:
                self._page.week_view.select(())
                self.settling.stop()
                self._pattern_key = item.key
                self._ready_inspector().show_items((view,))
                self._page.show_inspector()
            return
        pattern = Pattern(new_key(), weekday_of(item.date), item.start, item.end, item.is_available, item.title)
        edit = edits.create(pattern)
        self._flow.apply(edit, done=lambda: self._place.say(self._words.edited(edit), can_undo=True))

    def _on_slot_cursor(self, cursor: SlotCursor | None) -> None:
        if cursor is not None:
            self._leave_weekly_hours()

    def _leave_weekly_hours(self) -> None:
        """They are shown without being selected: what would deselect them takes them away as well."""
        if self._pattern_key:
            self._pattern_key = ""
            self.settling.start()

    def _change_only_one_date(self, key: str) -> None:
        view = self._session.item(key)
        if view is None or not isinstance(view.item, Pattern):
            return
        pattern = view.item
        first, days = self._page.week_view.grid.first, self._page.week_view.grid.days
        shown = (first + timedelta(days=offset) for offset in range(days))
        day = next((day for day in shown if weekday_of(day) == pattern.weekday), None)
        if day is None:
            day = week_of(first, pattern.weekday)
        self._page.week_view.exception_requested.emit(pattern, day, "only")
