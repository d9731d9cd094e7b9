"""What can be done about an entry that overlaps others: each way out as one edit, with what it leaves.

Only ways out that leave valid entries are offered. After any of them but *keep both*, the entry and those in its
way share no minute; entries that are not in its way are left alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

from triluna_desktop.domain.conflicts import conflicts_with
from triluna_desktop.domain.edits import Change, Edit
from triluna_desktop.domain.intervals import Interval, IntervalSet
from triluna_desktop.domain.time import DAY_MINUTES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from triluna_desktop.domain.models import Entry
    from triluna_desktop.domain.remote import ConflictingSlot


class ChoiceKind(Enum):
    """A way out, in the order in which they are offered."""

    TRIM_MINE = "trim_mine"
    SPLIT_MINE = "split_mine"
    TRIM_OTHER = "trim_other"
    REPLACE_OTHER = "replace_other"
    """The others are deleted."""
    UPDATE_OTHER = "update_other"
    """The other takes my content by a PUT, and mine goes: what the API's guide advises after a 409."""
    KEEP_BOTH = "keep_both"
    DISCARD_MINE = "discard_mine"


@dataclass(frozen=True, slots=True)
class Clash:
    """An entry and what is in its way on its date; `find_clash` makes one of what the screen knows."""

    mine: Entry
    """As it shall be: as on screen, or as typed."""
    shown: Entry | None
    """As on screen; None for one that is not there yet."""
    others: tuple[Entry, ...]
    """The entries that overlap it, by start."""
    unknown: tuple[Interval, ...] = ()
    """What is in its way on the server and unknown here."""
    confirmed: Entry | None = None
    """What the server holds of it."""
    is_refused: bool = False
    """The server refused it: it must be sent again, whatever becomes of the others."""

    def __bool__(self) -> bool:
        return bool(self.others or self.unknown)

    @property
    def is_draft(self) -> bool:
        """Whether it is typed and not saved."""
        return self.mine != self.shown

    @property
    def taken(self) -> IntervalSet:
        """All that is in its way."""
        return IntervalSet.of((*(other.interval for other in self.others), *self.unknown))


@dataclass(frozen=True, slots=True)
class Choice:
    """A way out."""

    kind: ChoiceKind
    edit: Edit
    clash: Clash
    mine: tuple[Entry, ...] = ()
    """What there is of mine afterwards, by start."""
    others: tuple[tuple[Entry, ...], ...] = ()
    """For each of the clash's others what there is of it afterwards, by start."""

    @property
    def writes(self) -> bool:
        """Whether anything has to be written: keeping both of what is on the server already changes nothing."""
        return self.clash.is_refused or any(change.before != change.after for change in self.edit.changes)


def find_clash(
    mine: Entry,
    shown: Entry | None,
    entries: Iterable[Entry],
    *,
    slots: Iterable[ConflictingSlot] = (),
    confirmed: Entry | None = None,
    is_refused: bool = False,
) -> Clash:
    """What is in the way of ``mine``: the ``entries`` of its date, and ``slots`` that the server named in a 409.

    What is known here of a slot outweighs what the server said of it: it may have been moved since.
    """
    there = [entry for entry in entries if entry.date == mine.date and entry.key != mine.key]
    ids = {entry.server_id for entry in there if entry.server_id is not None}
    spans = {entry.interval for entry in there}
    unknown: list[Interval] = []
    for slot in slots:
        if not 0 <= slot.start < slot.end <= DAY_MINUTES:
            continue  # Not a stretch of a day, whatever the server means by it.
        span = Interval(slot.start, slot.end)
        is_known = slot.id in ids if slot.id is not None else span in spans
        is_mine = slot.id is not None and slot.id == mine.server_id
        if not is_known and not is_mine and span.overlaps(mine.interval):
            unknown.append(span)
    return Clash(mine, shown, conflicts_with(mine, there), tuple(sorted(unknown)), confirmed, is_refused)


def ways_out(clash: Clash, new_key: Callable[[], str], *, allows_overlaps: bool) -> tuple[Choice, ...]:
    """What can be done about it, in the order of `ChoiceKind`. ``new_key`` names what comes into being."""
    found = (
        *_within_mine(clash, new_key),
        *_at_the_others(clash, new_key),
        _keep_both(clash) if allows_overlaps and clash else None,
        _discard(clash),
    )
    return tuple(choice for choice in found if choice is not None)


def _within_mine(clash: Clash, new_key: Callable[[], str]) -> Iterable[Choice | None]:
    free = _pieces(clash.mine, clash.taken, new_key)
    if not clash or not free:
        return
    untouched = tuple((other,) for other in clash.others)
    # Of equally long stretches the first.
    longest = max(free, key=lambda piece: piece.interval.minutes)
    kept = replace(clash.mine, start=longest.start, end=longest.end)
    yield Choice(ChoiceKind.TRIM_MINE, Edit((Change(clash.shown, kept),)), clash, (kept,), untouched)
    if len(free) > 1:
        created = (Change(None, piece) for piece in free[1:])
        yield Choice(ChoiceKind.SPLIT_MINE, Edit((Change(clash.shown, free[0]), *created)), clash, free, untouched)


def _at_the_others(clash: Clash, new_key: Callable[[], str]) -> Iterable[Choice | None]:
    """Those that touch entries which must be known here."""
    if clash.unknown or not clash.others:
        return
    mine = (clash.mine,)
    sent = _sent_again(clash)
    left = tuple(_pieces(other, IntervalSet((clash.mine.interval,)), new_key) for other in clash.others)
    if all(left):
        trimmed = [
            change
            for other, pieces in zip(clash.others, left, strict=True)
            for change in (Change(other, pieces[0]), *(Change(None, piece) for piece in pieces[1:]))
        ]
        yield Choice(ChoiceKind.TRIM_OTHER, Edit((*trimmed, *sent)), clash, mine, left)
    deleted = tuple(Change(other, None) for other in clash.others)
    gone: tuple[tuple[Entry, ...], ...] = tuple(() for _ in clash.others)
    yield Choice(ChoiceKind.REPLACE_OTHER, Edit((*deleted, *sent)), clash, mine, gone)
    (other, *more) = clash.others
    # What the server does not hold cannot be updated there; and what else is in the way would stay in the way.
    if not more and other.server_id is not None:
        taken_over = replace(clash.mine, key=other.key, server_id=other.server_id)
        removed = () if clash.shown is None else (Change(clash.shown, None),)
        edit = Edit((*removed, Change(other, taken_over)))
        yield Choice(ChoiceKind.UPDATE_OTHER, edit, clash, (), ((taken_over,),))


def _keep_both(clash: Clash) -> Choice:
    untouched = tuple((other,) for other in clash.others)
    edit = Edit((Change(clash.shown, clash.mine),))
    return Choice(ChoiceKind.KEEP_BOTH, edit, clash, (clash.mine,), untouched)


def _discard(clash: Clash) -> Choice | None:
    """Back to what the server holds; what it never held, or holds just so, is deleted."""
    if clash.shown is None or clash.is_draft:
        return None  # What is only typed is dropped by closing the form.
    back = clash.confirmed
    if back is not None and back.same_content(clash.mine):
        back = None
    if back is not None and back.date == clash.mine.date and _meets(back, clash.taken):
        return None
    untouched = tuple((other,) for other in clash.others)
    edit = Edit((Change(clash.shown, back),))
    return Choice(ChoiceKind.DISCARD_MINE, edit, clash, () if back is None else (back,), untouched)


def _sent_again(clash: Clash) -> Sequence[Change]:
    """Mine as it is, where it is not saved yet, or must be sent once more. Comes last: the others go first."""
    return (Change(clash.shown, clash.mine),) if clash.is_draft or clash.is_refused else ()


def _pieces(entry: Entry, taken: IntervalSet, new_key: Callable[[], str]) -> tuple[Entry, ...]:
    """What is left of an entry, by start: the first piece is the entry, the others are new."""
    free = IntervalSet((entry.interval,)).difference(taken)
    pieces = [replace(entry, start=stretch.start, end=stretch.end) for stretch in free]
    return tuple(piece if number == 0 else piece.with_key(new_key()) for number, piece in enumerate(pieces))


def _meets(entry: Entry, taken: IntervalSet) -> bool:
    return any(entry.interval.overlaps(stretch) for stretch in taken)
