"""`dataclass` for what is loaded before the first paint: that of `dataclasses`, made in a third of the time.

Python 3.11 writes the text of six methods for each frozen data class and compiles them, at each start anew: half
a millisecond a class, and some twenty before the window shows anything. Here `__init__` alone is compiled. The
other methods are the same few functions for all classes, and ask for the fields by an `operator.attrgetter`.

One thing differs: that a frozen object stays as it is, is held by the type checker and not again while the program
runs. So `__init__` sets its fields directly, in a quarter of the time: a sync makes tens of thousands of objects.
"""

from __future__ import annotations

import dataclasses
from operator import attrgetter
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import dataclass
else:

    def dataclass(*, frozen: bool = False, order: bool = False, slots: bool = False) -> Callable[[type], type]:
        """The decorator; each argument as that of `dataclasses.dataclass`. Only who is frozen has a hash."""

        def decorate(cls: type) -> type:
            made = dataclasses.dataclass(init=True, repr=False, eq=False, slots=slots)(cls)
            for method in _methods(dataclasses.fields(made), is_frozen=frozen, is_ordered=order):
                if method.__name__ not in cls.__dict__:
                    setattr(made, method.__name__, method)
            if not frozen and "__hash__" not in cls.__dict__:
                made.__hash__ = None
            return made

        return decorate


def _methods(
    fields: tuple[dataclasses.Field[Any], ...], *, is_frozen: bool, is_ordered: bool
) -> list[Callable[..., Any]]:
    names = [field.name for field in fields if field.compare]
    values: Callable[[object], Any] = attrgetter(*names) if names else lambda _: ()
    shown = [field.name for field in fields if field.repr]

    def __repr__(self: object) -> str:  # noqa: N807 - the method of that name.
        values = ", ".join(f"{name}={getattr(self, name)!r}" for name in shown)
        return f"{type(self).__qualname__}({values})"

    def __eq__(self: object, other: object) -> bool:  # noqa: N807 - as above.
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    def __hash__(self: object) -> int:  # noqa: N807 - as above.
        return hash(values(self))

    def __lt__(self: object, other: object) -> bool:  # noqa: N807 - as above.
        return values(self) < values(other) if other.__class__ is self.__class__ else NotImplemented

    def __le__(self: object, other: object) -> bool:  # noqa: N807 - as above.
        return values(self) <= values(other) if other.__class__ is self.__class__ else NotImplemented

    def __gt__(self: object, other: object) -> bool:  # noqa: N807 - as above.
        return values(self) > values(other) if other.__class__ is self.__class__ else NotImplemented

    def __ge__(self: object, other: object) -> bool:  # noqa: N807 - as above.
        return values(self) >= values(other) if other.__class__ is self.__class__ else NotImplemented

    return [
        __repr__,
        __eq__,
        *([__hash__] if is_frozen else []),
        *([__lt__, __le__, __gt__, __ge__] if is_ordered else []),
    ]
