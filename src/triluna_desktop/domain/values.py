"""`dataclass` and `NamedTuple` for what is loaded before the first paint: the standard library's, made sooner.

Python 3.11 writes the text of six methods for each frozen data class and compiles them, and each annotation of a
named tuple, at each start anew: half a millisecond a class, and some fifty before the window shows anything. Here
`__init__` alone is compiled, when the class makes its first object; a third of them makes none until then. The
other methods are the same few functions for all classes, and ask for the fields by an `operator.attrgetter`. What
`fields` and `replace` of `dataclasses` go by is worked out, by `dataclasses`, when it is first asked for.

One thing differs: that a frozen object stays as it is, is held by the type checker and not again while the program
runs. So `__init__` sets its fields directly, in a quarter of the time: a sync makes tens of thousands of objects.
And every annotation is a field: there is no `ClassVar` or `InitVar`, and no field comes from a base.
"""

from __future__ import annotations

import dataclasses
import inspect
from collections import namedtuple
from dataclasses import MISSING, Field
from operator import attrgetter
from typing import TYPE_CHECKING, Any

__all__ = ["NamedTuple", "dataclass"]

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import dataclass
    from typing import NamedTuple
else:

    def dataclass(*, frozen: bool = False, order: bool = False, slots: bool = False) -> Callable[[type], type]:
        """The decorator; each argument as that of `dataclasses.dataclass`. Only who is frozen has a hash."""

        def decorate(cls: type) -> type:
            members = dict(cls.__dict__)
            recipe = _Recipe(cls)
            made = {"__match_args__": recipe.names, "__dataclass_fields__": recipe, **_methods(recipe)}
            if order:
                made |= _order(recipe)
            if not frozen:
                made["__hash__"] = None
            if slots:
                for name in ("__dict__", "__weakref__", *recipe.defaults):
                    members.pop(name, None)  # A class with slots is a new one, which has a place of each name.
                recipe.cls = type(cls)(cls.__name__, cls.__bases__, {**made, **members, "__slots__": recipe.names})
                recipe.cls.__qualname__ = cls.__qualname__
            else:
                for name in made.keys() - members.keys():
                    setattr(cls, name, made[name])
            return recipe.cls

        return decorate

    class _NamedTupleMaker(type):
        def __new__(cls, name: str, bases: tuple[type, ...], members: dict[str, Any]) -> type:
            if not bases:
                return super().__new__(cls, name, bases, members)
            fields = members.get("__annotations__", {})
            defaults = [members[each] for each in fields if each in members]
            made = namedtuple(name, fields, defaults=defaults, module=members["__module__"])  # noqa: PYI024
            for each in members.keys() - {*fields, "__module__"}:
                setattr(made, each, members[each])
            return made

    class NamedTuple(metaclass=_NamedTupleMaker):
        """The base, as `typing.NamedTuple`; that one compiles the annotations to see that they are types."""


class _Recipe:
    """What a data class is made of. Its `__dataclass_fields__`, until `dataclasses` makes them of it."""

    def __init__(self, cls: type) -> None:
        self.cls: Any = cls
        self.annotations: dict[str, str] = inspect.get_annotations(cls)
        self.names = tuple(self.annotations)
        self.defaults = {name: cls.__dict__[name] for name in self.names if name in cls.__dict__}
        """What stands behind the annotations: values, or what `dataclasses.field` made."""
        self.own = {name: each for name, each in self.defaults.items() if isinstance(each, Field)}

    def __get__(self, _instance: object, _cls: type) -> dict[str, Field[Any]]:
        members = {"__module__": self.cls.__module__, "__doc__": self.cls.__doc__ or " "}
        like = type("Like", (), {**members, "__annotations__": self.annotations, **self.defaults})
        made: Any = dataclasses.dataclass(init=False, repr=False, eq=False)(like)
        self.cls.__dataclass_params__ = made.__dataclass_params__  # `pprint` asks for these of a data class.
        self.cls.__dataclass_fields__ = made.__dataclass_fields__
        return self.cls.__dataclass_fields__  # type: ignore[no-any-return]

    def compiled_init(self) -> Callable[..., None]:
        """An `__init__` that sets the fields. Those with defaults are last: the type checker sees to it."""
        known: dict[str, Any] = {"MISSING": MISSING}
        values = {name: name for name in self.names}
        defaults = dict(self.defaults)
        for name, own in self.own.items():
            defaults[name] = own.default
            if own.default is own.default_factory:  # It has neither of them.
                del defaults[name]
            elif own.default_factory is not MISSING:
                known[f"make_{name}"] = own.default_factory
                values[name] = f"make_{name}() if {name} is MISSING else {name}"
        lines = [f"self.{name} = {value}" for name, value in values.items()]
        lines.append("self.__post_init__()" if hasattr(self.cls, "__post_init__") else "pass")
        body = "\n    ".join(lines)
        # The text is made of names of fields alone, as that of `dataclasses`.
        exec(f"def __init__(self, {', '.join(self.names)}):\n    {body}", known)  # noqa: S102
        init: Any = known["__init__"]
        init.__defaults__ = tuple(defaults[name] for name in self.names if name in defaults)
        init.__qualname__ = f"{self.cls.__qualname__}.__init__"
        return init  # type: ignore[no-any-return]


def _methods(recipe: _Recipe) -> dict[str, Any]:
    values = _getter(recipe)
    shown = [name for name in recipe.names if name not in recipe.own or recipe.own[name].repr]

    def __init__(self: object, *given: object, **named: object) -> None:  # noqa: N807 - the method of that name.
        # The first object. From now on the class has an `__init__` of its own, which takes a quarter of the time.
        own = recipe.cls.__init__ = recipe.compiled_init()
        own(self, *given, **named)

    def __repr__(self: object) -> str:  # noqa: N807 - as above.
        values = ", ".join(f"{name}={getattr(self, name)!r}" for name in shown)
        return f"{type(self).__qualname__}({values})"

    def __eq__(self: object, other: object) -> bool:  # noqa: N807 - as above.
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    def __hash__(self: object) -> int:  # noqa: N807 - as above.
        return hash(values(self))

    return {each.__name__: each for each in (__init__, __repr__, __eq__, __hash__)}


def _order(recipe: _Recipe) -> dict[str, Any]:
    values = _getter(recipe)

    def __lt__(self: object, other: object) -> bool:  # noqa: N807 - as above.
        return values(self) < values(other) if other.__class__ is self.__class__ else NotImplemented

    def __le__(self: object, other: object) -> bool:  # noqa: N807 - as above.
        return values(self) <= values(other) if other.__class__ is self.__class__ else NotImplemented

    def __gt__(self: object, other: object) -> bool:  # noqa: N807 - as above.
        return values(self) > values(other) if other.__class__ is self.__class__ else NotImplemented

    def __ge__(self: object, other: object) -> bool:  # noqa: N807 - as above.
        return values(self) >= values(other) if other.__class__ is self.__class__ else NotImplemented

    return {each.__name__: each for each in (__lt__, __le__, __gt__, __ge__)}


def _getter(recipe: _Recipe) -> Callable[[object], Any]:
    names = [name for name in recipe.names if name not in recipe.own or recipe.own[name].compare]
    return attrgetter(*names) if names else lambda _: ()
