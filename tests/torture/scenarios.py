"""What a person and somebody else do in one case of the sweep, as data.

Each slot has a tag, the first word of its title, by which it is found on the server and on the screen. The steps
are played by a client process that may be killed at any moment; `fold` says what they ought to lead to.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

DAY = date(2026, 11, 26)
"""A Thursday, within the dates that are polled on `clock.START`."""
NEXT_DAY = DAY + timedelta(days=1)
THURSDAY = 4


class Content(NamedTuple):
    """What can be seen of a slot, here and on the server. ``where`` is a date, or the weekday of a pattern."""

    where: date | int
    start: int
    end: int
    title: str
    notes: str = ""
    is_available: bool = True

    @property
    def tag(self) -> str:
        """The first word of the title."""
        return self.title.partition(" ")[0]


@dataclass(frozen=True)
class Make:
    """A slot is made."""

    slot: Content

    @property
    def tag(self) -> str:
        return self.slot.tag


@dataclass(frozen=True)
class Alter:
    """Some fields of a slot are changed."""

    tag: str
    fields: Mapping[str, object]


@dataclass(frozen=True)
class Remove:
    """A slot is deleted."""

    tag: str


Act: TypeAlias = Make | Alter | Remove


@dataclass(frozen=True)
class Mine:
    """One edit of the user: one undo step, maybe of many slots."""

    acts: tuple[Act, ...]


@dataclass(frozen=True)
class Theirs:
    """Somebody else does this on the server."""

    act: Act


@dataclass(frozen=True)
class Pause:
    """``quiet``: until nothing goes on without time passing; ``sync``: until the user's sync has ended."""

    until: Literal["quiet", "sync"]


Step: TypeAlias = Mine | Theirs | Pause


@dataclass(frozen=True)
class Scenario:
    """A calendar as it stands at first, and what is done to it."""

    name: str
    steps: tuple[Step, ...]
    there: tuple[Content, ...] = ()
    contended: frozenset[str] = frozenset()
    """Tags of which the user may have to be asked, for good reason,"""
    asks: Literal["strict", "always"] = "always"
    """on a server that refuses overlaps, or on any."""
    accepted: Mapping[str, tuple[Content | None, ...]] = field(default_factory=dict)
    """By tag, what else than `fold` says may stand on the server where it is contended, None for nothing."""
    twins: frozenset[str] = frozenset()
    """Tags that somebody else uses too: one more of them is right."""
    rate_limit: int | None = None
    """Requests that the server allows until the script is over."""


State: TypeAlias = dict[str, Content | None]


def fold(there: Iterable[Content], acts: Iterable[Act]) -> State:
    """What stands where each of these is done, by tag; None for what was there once."""
    state: State = {slot.tag: slot for slot in there}
    for act in acts:
        match act:
            case Make(slot):
                state[act.tag] = slot
            case Alter(tag, fields):
                old = state.get(tag)
                state[tag] = None if old is None else old._replace(**fields)  # type: ignore[arg-type]  # data
            case Remove(tag):
                state[tag] = None
    return state


def slot(tag: str, hour: int = 9, *, where: date | int = DAY, notes: str = "", hours: float = 1) -> Content:
    return Content(where, hour * 60, int((hour + hours) * 60), f"{tag} slot", notes)


def make(*slots: Content) -> Mine:
    return Mine(tuple(Make(each) for each in slots))


def alter(tag: str, **fields: object) -> Mine:
    return Mine((Alter(tag, fields),))


def move(tag: str, hour: int) -> Mine:
    return alter(tag, start=hour * 60, end=hour * 60 + 60)


def remove(*tags: str) -> Mine:
    return Mine(tuple(Remove(tag) for tag in tags))


QUIET, SYNC = Pause("quiet"), Pause("sync")
A, B, C = slot("A"), slot("B", 10), slot("C", 14)
P, Q = slot("P", where=THURSDAY), slot("Q", 14, where=THURSDAY)
LANDMARK = slot("L", 20)
"""A slot nobody touches: it must be there in the end, and with it no list is empty for good reason."""

TEACHING: tuple[Step, ...] = (SYNC, make(slot("X", 16, hours=0.5)), QUIET, remove("X"))
"""A slot is in the way of another; it is taken back."""

SCENARIOS: tuple[Scenario, ...] = (
    Scenario("create", (SYNC, make(A)), (LANDMARK,)),
    Scenario("create-before-the-first-read", (make(A),), (LANDMARK,)),
    Scenario("create-in-an-empty-calendar", (SYNC, make(A))),
    Scenario("create-move", (SYNC, make(A), QUIET, move("A", 12)), (LANDMARK,)),
    Scenario("create-move-at-once", (SYNC, make(A), move("A", 12)), (LANDMARK,)),
    Scenario("create-delete", (SYNC, make(A), QUIET, remove("A")), (LANDMARK,)),
    Scenario("create-delete-at-once", (SYNC, make(A), remove("A")), (LANDMARK,)),
    Scenario("create-several", (SYNC, make(A, B, C, slot("D", 9, where=NEXT_DAY))), (LANDMARK,)),
    Scenario("move", (SYNC, move("A", 12)), (A, LANDMARK)),
    Scenario("move-twice", (SYNC, move("A", 12), move("A", 15)), (A, LANDMARK)),
    Scenario("move-to-another-date", (SYNC, alter("A", where=NEXT_DAY)), (A, LANDMARK)),
    Scenario("edit-text", (SYNC, alter("A", notes="mine"), QUIET, alter("A", notes="mine too")), (A, LANDMARK)),
    Scenario("delete", (SYNC, remove("A")), (A, B, LANDMARK)),
    Scenario("delete-several", (SYNC, remove("A", "B", "C")), (A, B, C, LANDMARK)),
    Scenario("replace", (SYNC, Mine((Remove("A"), Make(slot("B", 9))))), (A, LANDMARK)),
    Scenario(
        "move-along",
        (SYNC, Mine((*move("A", 10).acts, *move("B", 11).acts))),
        (A, B, LANDMARK),
    ),
    Scenario("pattern-create", (SYNC, make(P)), (Q,)),
    Scenario(
        "pattern-delete",
        (SYNC, remove("P")),
        (P, Q),
    ),
    Scenario("pattern-create-delete", (SYNC, make(P), QUIET, remove("P")), (Q,)),
    Scenario("pattern-change", (SYNC, move("P", 11)), (P, Q)),
    Scenario("pattern-change-a-little", (SYNC, alter("P", end=630)), (P, Q)),
    Scenario("pattern-change-twice", (SYNC, alter("P", end=630), alter("P", start=480)), (P, Q)),
    Scenario("pattern-change-delete", (SYNC, alter("P", end=630), remove("P")), (P, Q)),
    Scenario("pattern-create-change", (SYNC, make(P), QUIET, alter("P", end=630)), (Q,)),
    # A server that has shown that it refuses overlaps is waited for less long.
    Scenario(
        "taught-create-move",
        (*TEACHING, make(A), QUIET, move("A", 12)),
        (slot("T", 16), LANDMARK),
        contended=frozenset("X"),
        asks="strict",
    ),
    Scenario(
        "taught-create-delete",
        (*TEACHING, make(A), QUIET, remove("A")),
        (slot("T", 16), LANDMARK),
        contended=frozenset("X"),
        asks="strict",
    ),
    Scenario("too-many-requests", (SYNC, make(A, B, C)), (LANDMARK,), rate_limit=3),
    # --- somebody else is at it too
    Scenario(
        "their-slot-in-the-way",
        (SYNC, Theirs(Make(slot("T", 9, hours=1.5))), make(slot("A", 10))),
        (LANDMARK,),
        contended=frozenset("A"),
        asks="strict",
    ),
    Scenario(
        "their-twin",
        (SYNC, make(A)),
        (A, LANDMARK),
        contended=frozenset("A"),
        asks="strict",
        accepted={"A": (None,)},  # Theirs may be taken for what was wanted.
        twins=frozenset("A"),
    ),
    Scenario(
        "they-create-beside",
        (SYNC, make(A), QUIET, Theirs(Make(B)), move("A", 12)),
        (LANDMARK,),
    ),
    Scenario(
        "they-delete-what-i-delete",
        (SYNC, Theirs(Remove("A")), remove("A")),
        (A, B, LANDMARK),
    ),
    Scenario(
        "they-delete-what-i-move",
        (SYNC, Theirs(Remove("A")), move("A", 12)),
        (A, B, LANDMARK),
        contended=frozenset("A"),
        accepted={"A": (None,)},
    ),
    Scenario(
        "they-edit-another-field",
        (SYNC, Theirs(Alter("A", {"notes": "theirs"})), move("A", 12)),
        (A, B, LANDMARK),
    ),
    Scenario(
        "they-edit-the-same-field",
        (SYNC, Theirs(Alter("A", {"notes": "theirs"})), alter("A", notes="mine")),
        (A, B, LANDMARK),
        contended=frozenset("A"),
        accepted={"A": (A._replace(notes="theirs"),)},
    ),
    Scenario(
        "they-edit-what-i-delete",
        (SYNC, Theirs(Alter("A", {"notes": "theirs"})), remove("A")),
        (A, B, LANDMARK),
        contended=frozenset("A"),
    ),
)

NAMES = {scenario.name: scenario for scenario in SCENARIOS}
