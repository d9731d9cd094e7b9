"""The editor itself: the grid of the week, beside it the list and the fields of a stretch, all of one draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from triluna_desktop.domain.availability import Mode
from triluna_desktop.domain.models import Pattern, new_key
from triluna_desktop.domain.time import weekday_of
from triluna_desktop.domain.weekly import OverlapError, WeekDraft, open_minutes
from triluna_desktop.domain.weekly_editor import WeekEditor
from triluna_desktop.grid.weekly import (
    DAYS,
    Drafted,
    LeavesWeekError,
    day_of,
    draft_after,
    first_of,
    weekly_days,
)
from triluna_desktop.session import SendState
from triluna_desktop.ui.inspector_cards import SendCard
from triluna_desktop.ui.styled import rule, scrolled
from triluna_desktop.ui.weekly.form import StretchForm
from triluna_desktop.ui.weekly.message import MessageCard
from triluna_desktop.ui.weekly.table import StretchTable
from triluna_desktop.ui.weekly.tools import Tools
from triluna_desktop.ui.weekly.view import WeeklyView

if TYPE_CHECKING:
    from collections.abc import Callable

    from triluna_desktop.domain.availability import ModeSettings
    from triluna_desktop.domain.edits import Edit
    from triluna_desktop.domain.time import Clock
    from triluna_desktop.grid.cursor import SlotCursor
    from triluna_desktop.grid.shown import NamedState
    from triluna_desktop.session import ItemView
    from triluna_desktop.ui.theme import Theme
    from triluna_desktop.ui.week_view import WeekView
    from triluna_desktop.ui.weekly.words import WeeklySentences
    from triluna_desktop.ui.words import Words

_SIDE_WIDTH, _SIDE_WIDTH_AT_MOST = 400, 470
_LIST_HEIGHT = 116
"""Three rows and the names of the columns."""
_MONDAY = 1
_NINE, _FIVE = 9 * 60, 17 * 60


class EditorPage(QWidget):
    """Changes a draft and nothing else. `show_views` tells it what the calendar shows."""

    edited = Signal()
    """The draft is another one."""

    def __init__(
        self,
        words: Words,
        sentences: WeeklySentences,
        theme: Theme,
        clock: Clock,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._sentences = sentences
        self._first = first_of(_MONDAY)
        self._views: dict[str, ItemView] = {}
        self._settings: ModeSettings | None = None
        self._is_read_only = False
        self._cursor: SlotCursor | None = None
        """Where the slot cursor is, or was last."""
        self.editor = WeekEditor(())
        self.tools = Tools(sentences)
        self.message = MessageCard(theme)
        """Below the week, where the window puts it: over it, it would move the hours under the pointer."""
        self.view = WeeklyView(theme, clock, first_weekday=_MONDAY, locale=words.locale, parent=self)
        self.view.furnish()
        self._plain = words
        self.view.week_menu = lambda: self.tools.whole_menu(self._source_day())
        self.table = StretchTable(sentences)
        self.form = StretchForm(words, sentences)
        self.send_card = SendCard(theme, words)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        side = QWidget()
        beside = QVBoxLayout(side)
        beside.setContentsMargins(14, 12, 16, 12)
        beside.setSpacing(10)
        beside.addWidget(self.table, 1)
        beside.addWidget(self.send_card)
        beside.addWidget(self.form)
        self.table.setMinimumHeight(_LIST_HEIGHT)
        scroll = scrolled(side)
        scroll.setMinimumWidth(_SIDE_WIDTH)
        scroll.setMaximumWidth(_SIDE_WIDTH_AT_MOST)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.view, 3)
        body.addWidget(rule(is_vertical=True))
        body.addWidget(scroll, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tools)
        column.addWidget(rule(is_vertical=False))
        column.addLayout(body, 1)
        column.addWidget(rule(is_vertical=False))

    def _connect(self) -> None:
        view, tools = self.view, self.tools
        view.edit_requested.connect(self._on_grid_edit)
        view.selection_changed.connect(self._on_selected)
        view.slot_cursor_changed.connect(self._on_cursor)
        view.open_requested.connect(self._edit_title)
        view.brush_changed.connect(lambda is_available: tools.show_brush(is_available=is_available))
        view.days_requested.connect(lambda day, _: tools.open_copy_menu(weekday_of(day)))
        view.undo_requested.connect(self.undo)
        view.redo_requested.connect(self.redo)
        tools.brush_chosen.connect(view.set_brush)
        tools.undo_requested.connect(self.undo)
        tools.redo_requested.connect(self.redo)
        tools.copy_wanted.connect(lambda: tools.open_copy_menu(self._source_day()))
        tools.preset_chosen.connect(self._take_preset)
        tools.copy_chosen.connect(self._copy_day)
        self.table.chosen.connect(view.select)
        self.table.edit_requested.connect(lambda: self.form.hours.first.editor.setFocus())
        self.table.delete_requested.connect(self._delete)
        self.table.new_requested.connect(self._begin_new)
        self.form.changed.connect(self._change)
        self.form.added.connect(self._add)
        self.form.delete_requested.connect(self._delete)
        self.form.new_requested.connect(self._begin_new)
        self.message.join_requested.connect(self._join)
        self.message.decline_requested.connect(self._decline)

    # -- what is shown -------------------------------------------------------------------------------------------

    def start(self, views: tuple[ItemView, ...], settings: ModeSettings) -> None:
        """Begin anew with what the calendar shows."""
        self.editor.start(_patterns(views))
        self.message.clear()
        # Either may be otherwise than when it was open the last time.
        self.view.set_masked(is_on=self._plain.is_masked)
        self.view.write_anew()
        self.show_views(views, settings)
        self.form.show_again()
        self._take_mode_brush(settings)

    def _take_mode_brush(self, settings: ModeSettings) -> None:
        """A drag makes what one mostly draws in the mode."""
        self.view.set_brush(settings.mode is Mode.AVAILABLE_TIMES)
        self.tools.show_brush(is_available=self.view.brush)

    def set_habits(self, *, first_weekday: int, snap: int, letters: bool) -> None:
        """Take over how the week is set: where it begins (0 is Sunday), what drags snap to, what letters do."""
        self.view.set_snap(snap)
        self.view.set_letters(is_on=letters)
        if first_weekday != weekday_of(self._first):
            self._first = first_of(first_weekday)
            self.view.first_weekday = first_weekday
            self.view.board.set_cursor(None)
            self.refresh()
        self.form.show_weekdays(self._weekdays())

    def take_keys_of(self, view: WeekView) -> None:
        """Understand the keys that another grid does, and name those that choose what a drag makes."""
        self.view.take_keys_of(view)
        self.tools.show_keys(self.view.letter_of("brush_open"), self.view.letter_of("brush_block"))

    def show_views(self, views: tuple[ItemView, ...], settings: ModeSettings) -> None:
        """The calendar shows these now: what the user left alone follows."""
        self._views = {view.item.key: view for view in views}
        before, self._settings = self._settings, settings
        if before is not None and before.mode is not settings.mode:
            self._take_mode_brush(settings)
        is_other = self.editor.follow(_patterns(views))
        self.refresh()
        if is_other:
            self.edited.emit()

    def refresh(self) -> None:
        """Show the draft everywhere."""
        settings = self._settings
        if settings is None:
            return
        draft = self.editor.draft
        days = weekly_days(draft, self._first, settings, self._mark)
        self.view.set_days(days, sorted(days.availability, key=lambda each: each.date))
        order = {weekday: column for column, weekday in enumerate(self._weekdays())}
        rows = sorted(draft.stretches, key=lambda each: (order[each.weekday], each.start, each.end, each.key))
        self.table.show_stretches(rows, self._state)
        self.table.select(self.view.selected)
        self.tools.show_state(can_undo=self.editor.can_undo, can_redo=self.editor.can_redo)
        before = sum(open_minutes(settings, self.editor.shown.values()).values())
        after = sum(open_minutes(settings, draft.stretches).values())
        self.tools.show_hours(
            self._sentences.hours_change(before, after) if self.editor.is_changed else self._sentences.hours(after)
        )
        self._show_form()

    def _weekdays(self) -> list[int]:
        first = weekday_of(self._first)
        return [(first + offset) % DAYS for offset in range(DAYS)]

    def _mark(self, stretch: Pattern) -> NamedState:
        if self.editor.is_new(stretch.key):
            return Drafted.DRAFTED
        view = self._views.get(stretch.key)
        return SendState.PENDING if view is None else view.state

    def _state(self, stretch: Pattern) -> str:
        return self._sentences.state(self._views.get(stretch.key), is_drafted=self.editor.is_new(stretch.key))

    def _show_form(self) -> None:
        selected = self.view.selected
        stretch = self.editor.draft.find(selected[0]) if len(selected) == 1 else None
        if len(selected) > 1:
            self.form.show_many(len(selected))
        elif stretch is not None:
            self.form.show_stretch(stretch)
        else:
            self.form.show_new(self._at_cursor())
        is_live = stretch is not None and not self.editor.is_new(stretch.key)
        self.send_card.show_view(self._views.get(stretch.key) if stretch is not None and is_live else None)

    def _at_cursor(self) -> Pattern:
        cursor = self.view.slot_cursor
        if cursor is None:
            return Pattern("", _MONDAY, _NINE, _FIVE, self.view.brush)
        return Pattern("", weekday_of(cursor.head), cursor.start, cursor.end, self.view.brush)

    def _source_day(self) -> int:
        """The weekday that is meant: of the slot cursor, of what is selected, else the first on screen."""
        cursor = self.view.board.cursor_or_near(day_of(self._weekdays()[0], self._first))
        return weekday_of(cursor.head)

    def set_read_only(self, is_read_only: bool) -> None:
        """Whether nothing can be changed."""
        self._is_read_only = is_read_only
        self.view.set_read_only(is_read_only)
        self.tools.set_read_only(is_read_only)
        self.form.set_read_only(is_read_only)

    # -- what the user does --------------------------------------------------------------------------------------

    def undo(self) -> None:
        """Take the last step back."""
        if not self._is_read_only and self.editor.undo():
            self._after_step()

    def redo(self) -> None:
        """Take it again."""
        if not self._is_read_only and self.editor.redo():
            self._after_step()

    def _do(self, step: Callable[[WeekDraft], WeekDraft]) -> bool:
        """Take a step, or say why not."""
        if self._is_read_only:
            return False
        try:
            is_step = self.editor.do(step(self.editor.draft))
        except OverlapError as error:
            self.message.tell(self._sentences.overlap(error), is_warning=True)
        except LeavesWeekError:
            self.message.tell(self._sentences.leaves_week(), is_warning=True)
        else:
            if is_step:
                self._after_step()
            return True
        return False

    def _after_step(self) -> None:
        self.message.clear()
        self.refresh()
        if self.editor.touching:
            self.message.offer(self._sentences.touching(self.editor.touching))
        self.edited.emit()

    def _join(self) -> None:
        self._do(lambda _: self.editor.joined())

    def _decline(self) -> None:
        self.editor.leave_apart()
        self.message.clear()

    def _on_grid_edit(self, edit: Edit) -> None:
        landed = self._do(lambda draft: draft_after(draft, edit, self._first))
        self.view.finish_edit()  # Where it was refused, the stretch is back where it was.
        cursor = self._cursor
        if not landed and cursor is not None:
            made = {(each.item.start, each.item.end) for each in edit.changes if each.before is None}
            if made == {(cursor.start, cursor.end)}:
                self.view.board.set_cursor(cursor)  # Whoever came by keyboard goes on from there.

    def _on_selected(self, keys: tuple[str, ...]) -> None:
        self.table.select(keys)
        self._show_form()

    def _on_cursor(self, cursor: SlotCursor | None) -> None:
        self._cursor = cursor or self._cursor
        self._show_form()

    def _edit_title(self, key: str) -> None:
        self.view.select((key,))
        self.form.title.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.form.title.editor.selectAll()

    def _begin_new(self) -> None:
        self.view.select(())
        self._show_form()
        self.form.weekday.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _change(self, stretch: Pattern) -> None:
        if not self._do(lambda draft: draft.put(stretch)):
            self.form.show_again()

    def _add(self, stretch: Pattern) -> None:
        key = new_key()
        made = Pattern(key, stretch.weekday, stretch.start, stretch.end, stretch.is_available, stretch.title)
        if self._do(lambda draft: draft.put(made)):
            self.view.select((key,))

    def _delete(self) -> None:
        keys = self.view.selected
        if keys:
            self._do(lambda draft: draft.drop(set(keys)))

    def _take_preset(self, preset: object) -> None:
        settings = self._settings
        if settings is not None:
            self._do(lambda draft: draft.preset(preset, settings, new_key))  # type: ignore[arg-type]

    def _copy_day(self, weekday: int, to: frozenset[int]) -> None:
        self._do(lambda draft: draft.copied(weekday, to, new_key))


def _patterns(views: tuple[ItemView, ...]) -> list[Pattern]:
    return [view.item for view in views if isinstance(view.item, Pattern)]
