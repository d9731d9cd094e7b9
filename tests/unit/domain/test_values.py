"""Data classes and named tuples of the first paint are the standard library's, but for what is said of them."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import pprint
import typing
from dataclasses import field, replace

import pytest

from triluna_desktop.domain.values import NamedTuple, dataclass


@dataclass(frozen=True, slots=True)
class Slot:
    """As the app has them."""

    start: int
    title: str = ""
    server_id: int | None = field(default=None, compare=False)
    secret: str = field(default="", repr=False)


@dataclasses.dataclass(frozen=True, slots=True)
class Usual:
    """The same, as the standard library makes it."""

    start: int
    title: str = ""
    server_id: int | None = field(default=None, compare=False)
    secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """One that has an order."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise ValueError("no stretch")


@dataclass(frozen=True, slots=True)
class Nothing:
    """One without fields."""


@dataclass(slots=True)
class Pieces:
    """One that changes."""

    rects: list[int] = field(default_factory=list)


@dataclass()
class Loose:
    """One that takes more than its fields."""

    key: str = field(repr=False)
    """Has no default."""
    title: str = "none"


class Row(NamedTuple):
    """As the app has them."""

    key: str
    minutes: int | None = None

    @property
    def hours(self) -> float:
        """What is reckoned of a field."""
        return (self.minutes or 0) / 60


class UsualRow(typing.NamedTuple):
    """The same, as the standard library makes it."""

    key: str
    minutes: int | None = None


def test_values_that_are_alike_are_equal_and_have_one_hash() -> None:
    assert Slot(9, "Lunch", server_id=1) == Slot(9, "Lunch", server_id=2)
    assert hash(Slot(9, "Lunch", server_id=1)) == hash(Slot(9, "Lunch", server_id=2))
    assert Slot(9, "Lunch") != Slot(9, "Lunch", secret="x")
    assert Nothing() == Nothing()
    assert len({Nothing(), Nothing()}) == 1


def test_a_value_of_another_class_is_never_equal() -> None:
    others: list[object] = [Usual(9), (9, "")]
    assert Slot(9) not in others


def test_a_value_shows_its_fields_as_ever() -> None:
    assert repr(Slot(9, "Lunch", 1, "x")) == repr(Usual(9, "Lunch", 1, "x")).replace("Usual", "Slot")


def test_an_order_is_that_of_the_fields() -> None:
    assert Stretch(1, 2) < Stretch(1, 3) <= Stretch(1, 3) < Stretch(2, 3)
    assert Stretch(2, 3) > Stretch(1, 3) >= Stretch(1, 3)
    assert max(Stretch(1, 5), Stretch(2, 3)) == Stretch(2, 3)
    with pytest.raises(TypeError):
        assert Stretch(1, 2) < (1, 3)  # type: ignore[operator]


def test_what_a_class_checks_is_checked_also_in_a_copy_with_changes() -> None:
    assert replace(Stretch(1, 2), end=4) == Stretch(1, 4)
    with pytest.raises(ValueError, match="no stretch"):
        replace(Stretch(1, 2), end=0)


def test_values_can_be_matched_copied_and_pickled() -> None:
    match Slot(9, "Lunch"):
        case Slot(start, title):
            assert (start, title) == (9, "Lunch")
    slot = Slot(9, "Lunch", 4)
    assert copy.deepcopy(slot) == slot
    assert pickle.loads(pickle.dumps(slot)) == slot  # noqa: S301 - our own.
    assert copy.copy(Slot(9, "Lunch", 4)).server_id == 4


def test_there_are_no_fields_but_those_that_are_declared() -> None:
    assert [each.name for each in dataclasses.fields(Slot)] == ["start", "title", "server_id", "secret"]
    with pytest.raises(AttributeError):
        Slot(9).more = 1  # type: ignore[attr-defined]


def test_what_changes_has_no_hash_and_its_own_lists() -> None:
    assert Pieces() == Pieces([])
    assert Pieces().rects is not Pieces().rects
    with pytest.raises(TypeError):
        hash(Pieces())


def test_what_has_no_default_must_be_given_and_what_is_no_field_must_not() -> None:
    for made in (Slot, Usual):
        name = f"{made.__name__}.__init__"
        made(9)  # Of ours, only the first object makes what the next ones are made by.
        with pytest.raises(TypeError, match=rf"{name}\(\) missing 1 required positional argument: 'start'"):
            made()  # type: ignore[call-arg]
        with pytest.raises(TypeError, match=rf"{name}\(\) got an unexpected keyword argument 'end'"):
            made(start=9, end=10)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="'key'"):
        Loose()  # type: ignore[call-arg]


def test_without_slots_there_is_room_for_more() -> None:
    loose = Loose("a")
    loose.more = 1  # type: ignore[attr-defined]
    assert (repr(loose), vars(loose), Loose.title) == ("Loose(title='none')", vars(loose) | {"key": "a"}, "none")


def test_a_class_derived_from_a_data_class_begins_as_that_does() -> None:
    @dataclass(slots=True)
    class Base:
        start: int

    class Derived(Base):
        """Adds no field."""

    assert Derived(9).start == Derived(start=9).start == Base(9).start
    assert replace(Derived(9), start=10).start == 10


def test_a_named_tuple_is_one_as_ever() -> None:
    assert (repr(Row("a", 90)), Row("a", 90).hours) == ("Row(key='a', minutes=90)", 1.5)
    assert Row("a") == ("a", None) == UsualRow("a")
    assert Row("a")._replace(minutes=5) == Row(key="a", minutes=5)
    assert pickle.loads(pickle.dumps(Row("a"))) == Row("a")  # noqa: S301 - our own.
    for told in ("__module__", "_fields", "_field_defaults", "__match_args__"):
        assert getattr(Row, told) == getattr(UsualRow, told), told
    assert (Row.__doc__, Row.__qualname__) == ("As the app has them.", "Row")
    assert typing.get_type_hints(Row) == typing.get_type_hints(UsualRow)
    with pytest.raises(AttributeError):
        Row("a").key = "b"  # type: ignore[misc]


def test_values_are_printed_prettily_and_can_be_the_base_of_a_usual_data_class() -> None:
    @dataclass(slots=True)
    class Base:
        start: int

    assert pprint.pformat([Base(9)]) == f"[{Base(9)!r}]"

    @dataclass(slots=True)
    class Other:
        start: int

    @dataclasses.dataclass(slots=True)
    class Derived(Other):
        end: int

    assert (Derived(9, 10).start, Derived(9, 10).end) == (9, 10)
