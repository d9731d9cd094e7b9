"""What a press, a drag and a release mean. Idle -> Pressed -> Creating | Moving | Resizing -> an edit or nothing.

The machine knows dates and minutes, not pixels (but for how far a drag must go to be one), so scrolling, zooming
and turning the week under a drag change nothing for it. It writes nothing: letting go yields an `Edit`.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, TypeAlias

from triluna_desktop.domain.edits import Change, Edit, create
from triluna_desktop.domain.values import dataclass
from triluna_desktop.grid.drafts import FINE_SNAP, Edge, Spot, draw, move, resize
from triluna_desktop.grid.hand import Kind, Preview
from triluna_desktop.grid.hits import Hit, Zone

if TYPE_CHECKING:
    from collections.abc import Callable

    from triluna_desktop.domain.models import Entry
    from triluna_desktop.grid.hand import Options


@dataclass(frozen=True, slots=True)
class Pointer:
    """Where the pointer is. ``fine``: Shift is held; ``copies``: Ctrl (Option on macOS) is."""

    x: float
    y: float
    spot: Spot
    fine: bool = False
    copies: bool = False


@dataclass(frozen=True, slots=True)
class Idle:
    """Nothing is held."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """The button is down and the pointer has not gone far enough to drag."""

    hit: Hit
    at: Pointer
    group: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Creating:
    """A drag over empty time."""

    anchor: Spot


@dataclass(frozen=True, slots=True)
class Moving:
    """A drag of entries; ``leader`` is the one under the pointer."""

    entries: tuple[Entry, ...]
    leader: Entry
    taken: Spot


@dataclass(frozen=True, slots=True)
class Resizing:
    """A drag of an entry's end."""

    entry: Entry
    edge: Edge
    taken: float


State: TypeAlias = Idle | Pressed | Creating | Moving | Resizing


@dataclass(frozen=True, slots=True)
class Click:
    """The button went down and up in one place."""

    hit: Hit


@dataclass(frozen=True, slots=True)
class Drop:
    """A drag ended in an edit. ``keys`` are those of the entries as they are afterwards."""

    edit: Edit
    keys: tuple[str, ...]


Outcome: TypeAlias = Click | Drop | None


class Gestures:
    """The machine. ``drag_distance`` is how many pixels make a drag of a press."""

    def __init__(self, new_key: Callable[[], str], drag_distance: int) -> None:
        self._new_key = new_key
        self._drag_distance = drag_distance
        self.state: State = Idle()
        self.preview: Preview | None = None

    @property
    def is_dragging(self) -> bool:
        """Whether a drag is in progress."""
        return isinstance(self.state, Creating | Moving | Resizing)

    @property
    def held(self) -> tuple[Entry, ...]:
        """The entries that are being dragged, as they were."""
        match self.state:
            case Moving(entries):
                return entries
            case Resizing(entry):
                return (entry,)
            case _:
                return ()

    def press(self, pointer: Pointer, hit: Hit, group: tuple[Entry, ...] = ()) -> None:
        """The button goes down. ``group`` is what moves with the entry that was hit; it holds that entry."""
        self.state = Pressed(hit, pointer, group)
        self.preview = None

    def move(self, pointer: Pointer, options: Options) -> bool:
        """The pointer moves; tells whether what is to be drawn changed."""
        if isinstance(self.state, Pressed):
            far = abs(pointer.x - self.state.at.x) + abs(pointer.y - self.state.at.y) >= self._drag_distance
            if not far or not options.may_write:
                return False
            self.state = self._begin(self.state)
        preview = self._preview_at(pointer, options)
        if preview == self.preview:
            return False
        self.preview = preview
        return True

    def release(self, pointer: Pointer, options: Options) -> Outcome:
        """The button goes up: a click, an edit, or nothing where the drag ended where it began."""
        self.move(pointer, options)
        state, drop = self.state, self._drop(self._new_key)
        self.cancel()
        return Click(state.hit) if isinstance(state, Pressed) else drop

    @property
    def trying(self) -> Edit | None:
        """What letting go now would ask for, if anything; what it creates has keys for the moment."""
        numbers = count()
        drop = self._drop(lambda: f"in the hand {next(numbers)}")
        return None if drop is None else drop.edit

    def _drop(self, new_key: Callable[[], str]) -> Drop | None:
        state, preview = self.state, self.preview
        if preview is None:
            return None
        if preview.kind in {Kind.CREATE, Kind.COPY}:
            made = tuple(entry.with_key(new_key()) for entry in preview.entries)
            return Drop(create(*made), tuple(entry.key for entry in made))
        before = state.entries if isinstance(state, Moving) else (preview.lead,)
        if isinstance(state, Resizing):
            before = (state.entry,)
        changes = tuple(Change(old, new) for old, new in zip(before, preview.entries, strict=True) if old != new)
        return Drop(Edit(changes), tuple(entry.key for entry in preview.entries)) if changes else None

    def cancel(self) -> bool:
        """Forget the gesture, leaving all as it was; tells whether there was a drag."""
        was_dragging = self.is_dragging
        self.state = Idle()
        self.preview = None
        return was_dragging

    def _begin(self, pressed: Pressed) -> State:
        hit = pressed.hit
        entry = hit.block.entry if hit.block else None
        if entry is None:
            in_columns = hit.zone in {Zone.EMPTY, Zone.PATTERN}
            return Creating(pressed.at.spot) if in_columns else pressed
        if hit.zone is Zone.BODY:
            return Moving(pressed.group or (entry,), entry, pressed.at.spot)
        return Resizing(entry, Edge.START if hit.zone is Zone.START else Edge.END, pressed.at.spot.minute)

    def _preview_at(self, pointer: Pointer, options: Options) -> Preview | None:
        snap = min(options.snap, FINE_SNAP) if pointer.fine else options.snap
        match self.state:
            case Creating(anchor):
                entries = draw(anchor, pointer.spot, snap, options.slack, is_available=options.brush_available)
                lead = next((each for each in entries if each.date == pointer.spot.day), entries[0])
                return Preview(Kind.CREATE, entries, lead)
            case Moving(held, leader, taken):
                moved = move(held, leader, taken, pointer.spot, snap)
                kind = Kind.COPY if pointer.copies else Kind.MOVE
                return Preview(kind, moved, moved[held.index(leader)])
            case Resizing(entry, edge, taken_minute):
                resized = resize(entry, edge, taken_minute, pointer.spot.minute, snap)
                return Preview(Kind.RESIZE, (resized,), resized)
            case _:
                return None
