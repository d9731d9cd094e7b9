"""The state of a week on screen: what is shown, selected, pointed at by the slot cursor, and being dragged.

It never changes the calendar. What the user does ends in `BoardListener.edit_asked`; until the owner has
answered by `answered`, the board shows the edit as done.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from triluna_desktop.domain.conflicts import conflicts_with
from triluna_desktop.grid.content import Content
from triluna_desktop.grid.cursor import SlotCursor
from triluna_desktop.grid.hand import Kind, Options
from triluna_desktop.grid.lanes import WHOLE
from triluna_desktop.grid.scene import Block, Scene, shared_stretches
from triluna_desktop.grid.shown import Mark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from triluna_desktop.domain.availability import DayAvailability
    from triluna_desktop.domain.edits import Edit
    from triluna_desktop.domain.models import Entry
    from triluna_desktop.grid.gestures import Gestures, Pointer
    from triluna_desktop.grid.hand import Preview
    from triluna_desktop.grid.hits import Hit
    from triluna_desktop.grid.outcome import Outcome
    from triluna_desktop.grid.shown import Layers, ShownDays


class BoardListener(Protocol):
    """Who is told what happened on a board."""

    def edit_asked(self, edit: Edit) -> None: ...

    def scene_changed(self) -> None: ...

    def selection_moved(self) -> None: ...

    def cursor_moved(self) -> None: ...


class Board:
    """What is on screen and what the user has hold of. ``new_key`` names what is created."""

    def __init__(self, listener: BoardListener, new_key: Callable[[], str], drag_distance: int) -> None:
        self._listener = listener
        self.new_key = new_key
        self.content = Content()
        self.scene = Scene(())
        self._drag_distance = drag_distance
        self.options = Options()
        """Snap, brush and whether one may write; replaced as a whole."""
        self.selection: tuple[str, ...] = ()
        self.cursor: SlotCursor | None = None
        self.outcome: Outcome | None = None
        """What an edit that is being considered would leave; see `consider`."""

    @cached_property
    def gestures(self) -> Gestures:
        """What presses, drags and releases mean; made, and loaded, with the first one."""
        from triluna_desktop.grid.gestures import Gestures

        return Gestures(self.new_key, self._drag_distance)

    @property
    def preview(self) -> Preview | None:
        """What the drag in progress would leave, if there is one."""
        return self.gestures.preview if "gestures" in vars(self) else None

    # -- what is shown ---------------------------------------------------------------------------------------

    def show(self, days: ShownDays, availability: Iterable[DayAvailability]) -> None:
        """Take what the session says. A drag in progress goes on: it knows dates, not columns."""
        self.content.show(days, availability)
        if self.cursor is not None and not self.content.shows(self.cursor.head):
            self.set_cursor(None)
        self._rebuild()

    def set_layers(self, layers: Layers) -> None:
        """Choose which kinds of things are drawn."""
        if layers != self.content.layers:
            self.content.layers = layers
            self._rebuild()

    def request(self, edit: Edit | None, keys: Iterable[str] | None = None) -> bool:
        """Ask for an edit, show it as done, select ``keys`` if given. False: there was none to ask for."""
        if edit is None or not self.options.may_write:
            return False
        self.content.expect(edit)
        self._rebuild()
        if keys is not None:
            self.select(keys)
        self._listener.edit_asked(edit)
        return True

    def answered(self) -> None:
        """The oldest edit asked for was carried out (and is in what `show` got) or refused."""
        self.content.answered()
        self._rebuild()

    # -- selection and slot cursor ---------------------------------------------------------------------------

    @property
    def selected(self) -> tuple[Entry, ...]:
        """The selected entries, in the order in which they were selected."""
        entries = (self.content.entry(key) for key in self.selection)
        return tuple(entry for entry in entries if entry is not None)

    def select(self, keys: Iterable[str]) -> None:
        """Select just these; keys that are not on screen are passed over."""
        wanted = tuple(dict.fromkeys(key for key in keys if self.content.entry(key) is not None))
        if wanted:
            self.set_cursor(None)
        if wanted != self.selection:
            self.selection = wanted
            self._listener.selection_moved()

    def walk(self, step: int) -> bool:
        """Select the next block in order of time, or the one before; tells whether there was one."""
        keys = [block.key for block in self.scene.blocks()]
        if not keys:
            return False
        if self.selection and self.selection[-1] in keys:
            at = keys.index(self.selection[-1]) + step
        else:
            at = 0 if step > 0 else len(keys) - 1
        if not 0 <= at < len(keys):
            return False
        self.select((keys[at],))
        return True

    def set_cursor(self, cursor: SlotCursor | None) -> None:
        """Put the slot cursor somewhere, or take it away."""
        if cursor != self.cursor:
            self.cursor = cursor
            self._listener.cursor_moved()

    def cursor_or_near(self, fallback: date) -> SlotCursor:
        """The slot cursor; else one at the selected entry's start; else one at 09:00 of a date."""
        if self.cursor is not None:
            return self.cursor
        if self.selected:
            entry = self.selected[-1]
            return SlotCursor.at(entry.date, entry.start, self.options.snap)
        return SlotCursor.at(fallback, 9 * 60, self.options.snap)

    # -- gestures --------------------------------------------------------------------------------------------

    def press(self, pointer: Pointer, hit: Hit) -> None:
        """The button goes down. A drag of a selected entry takes the whole selection along."""
        entry = hit.block.entry if hit.block else None
        group: tuple[Entry, ...] = ()
        if entry is not None:
            group = self.selected if entry.key in self.selection else (entry,)
        self.gestures.press(pointer, hit, group)

    def release(self, pointer: Pointer, *, adds: bool) -> None:
        """The button goes up. ``adds``: a click adds to the selection, or takes away from it."""
        from triluna_desktop.grid.gestures import Click, Drop

        match self.gestures.release(pointer, self.options):
            case Click(hit):
                self.click(hit, adds=adds)
            case Drop(edit, keys):
                self.request(edit, keys)
            case None:
                pass

    def click(self, hit: Hit, *, adds: bool) -> None:
        """Select what was hit; on empty time put the slot cursor. Nothing is written."""
        from triluna_desktop.grid.hits import Zone

        if hit.block is not None and hit.block.entry is not None:
            key = hit.block.key
            if not adds:
                self.select((key,))
            elif key in self.selection:
                self.select(each for each in self.selection if each != key)
            else:
                self.select((*self.selection, key))
        elif hit.zone in {Zone.EMPTY, Zone.PATTERN}:
            self.select(())
            self.set_cursor(SlotCursor.at(hit.day, hit.minute, self.options.snap))

    def consider(self, edit: Edit | None) -> bool:
        """Hold what an edit would leave, without doing it; None forgets it. Tells whether that is another one."""
        outcome: Outcome | None = None
        if edit is not None:
            from triluna_desktop.grid.outcome import outcome_of  # Not needed for the first paint.

            outcome = outcome_of(edit, self.content.entries_on)
        is_other = outcome != self.outcome
        self.outcome = outcome
        return is_other

    @property
    def faded(self) -> frozenset[str]:
        """The entries that are drawn faintly: what is in the hand, and what would not stay as it is."""
        return self.lifted if self.outcome is None else self.lifted | self.outcome.touched

    @property
    def lifted(self) -> frozenset[str]:
        """The entries that a drop would take away from where they are; a copy takes none."""
        preview = self.preview
        if preview is None or preview.kind is Kind.COPY:
            return frozenset()
        return frozenset(entry.key for entry in self.gestures.held)

    def preview_blocks(self) -> tuple[Block, ...]:
        """What is in the hand, as blocks, with the conflicts that dropping them here would make."""
        preview = self.preview
        if preview is None:
            return ()
        lifted = self.lifted
        blocks: list[Block] = []
        for entry in preview.entries:
            others = [each for each in self.content.entries_on(entry.date) if each.key not in lifted]
            # Another key: a copy stands in the way of its own original.
            found = conflicts_with(entry.with_key("in the hand"), others)
            overlaps = shared_stretches(entry, found)
            blocks.append(Block(entry, entry.date, WHOLE, Mark.SENT, len(found), overlaps))
        return tuple(blocks)

    def _rebuild(self) -> None:
        self.scene = self.content.scene()
        self._listener.scene_changed()
        if any(self.content.entry(key) is None for key in self.selection):
            self.select(self.selection)
