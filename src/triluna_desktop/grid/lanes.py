"""Side by side: which part of a column each of several overlapping slots gets.

Sort by start, longest first; cut into clusters that share no minute; give each slot the first free lane; then
widen it to the right as far as nothing is in its way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from triluna_desktop.domain.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Protocol, TypeVar

    class Placeable(Protocol):
        """A stretch to be placed. ``key`` only settles ties, so that the order of the input does not matter."""

        @property
        def start(self) -> int: ...

        @property
        def end(self) -> int: ...

        @property
        def key(self) -> str: ...

    T = TypeVar("T", bound=Placeable)


class Place(NamedTuple):
    """A slot's part of its column: it starts at ``lane`` and covers ``span`` of ``lanes`` equal parts."""

    lane: int
    span: int
    lanes: int


WHOLE = Place(0, 1, 1)


def in_order(slots: Iterable[T]) -> list[T]:
    """By start, the longest first."""
    return sorted(slots, key=lambda each: (each.start, -each.end, each.key))


def lay_out(slots: Iterable[Placeable]) -> dict[str, Place]:
    """The place of each slot, by key. Keys are distinct.

    Slots that overlap (half-open) share no part; a slot that overlaps none has the whole width; the lanes of a
    cluster are as many as slots ever hold at once in it.
    """
    return lay_out_ordered(in_order(slots))


def lay_out_ordered(slots: Sequence[Placeable]) -> dict[str, Place]:
    """As `lay_out`; the slots are `in_order` already."""
    places: dict[str, Place] = {}
    cluster: list[Placeable] = []
    cluster_end = 0
    for slot in slots:
        if slot.start >= cluster_end:
            if len(cluster) == 1:
                places[cluster[0].key] = WHOLE
            elif cluster:
                _place(cluster, places)
            cluster = [slot]
            cluster_end = slot.end
        else:
            cluster.append(slot)
            if slot.end > cluster_end:
                cluster_end = slot.end
    if cluster:
        _place(cluster, places)
    return places


def _place(cluster: list[Placeable], places: dict[str, Place]) -> None:
    if len(cluster) == 1:
        places[cluster[0].key] = WHOLE
        return
    lanes: list[list[Placeable]] = []
    chosen: list[int] = []
    for slot in cluster:
        # Slots come in order of start, so a lane is free when its last slot has ended.
        lane = next((index for index, held in enumerate(lanes) if held[-1].end <= slot.start), len(lanes))
        if lane == len(lanes):
            lanes.append([])
        lanes[lane].append(slot)
        chosen.append(lane)
    for slot, lane in zip(cluster, chosen, strict=True):
        last = lane + 1
        while last < len(lanes) and not _meets(slot, lanes[last]):
            last += 1
        places[slot.key] = Place(lane, last - lane, len(lanes))


def _meets(slot: Placeable, lane: list[Placeable]) -> bool:
    return any(other.start < slot.end and slot.start < other.end for other in lane)
