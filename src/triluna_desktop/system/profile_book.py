"""Which profiles there are, in which order, what each is called and its colour, and which was shown last.

One file beside the profiles' folders. A profile that is in no file is still one: a start with ``--profile NAME``
adds it. The names are those of folders and of the keyring, and never change; what the user calls a calendar is its
title.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import replace
from enum import Enum
from typing import TYPE_CHECKING

from triluna_desktop.domain.values import dataclass
from triluna_desktop.system.paths import InvalidProfileError, app_paths, check_profile

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

COLOURS = ("violet", "teal", "rose", "amber", "blue", "green", "brown", "grey")
"""By name: the window has a shade of each for light and for dark."""
TITLE_LIMIT = 60
"""Characters."""
DEFAULT = "default"
"""The profile of who has only one."""


class TitleProblem(Enum):
    """Why a calendar cannot be called so."""

    EMPTY = "empty"
    LONG = "long"
    TAKEN = "taken"


class ProfileBookError(OSError):
    """The list cannot be written, or does not take a change; the message is a sentence for the user."""

    def __init__(self, message: str, problem: TitleProblem | None = None) -> None:
        super().__init__(message)
        self.problem = problem


class ProfileHeldError(ProfileBookError):
    """A profile cannot be removed: another process has it, or its folder is unusable. The message says which."""


@dataclass(frozen=True, slots=True)
class KnownProfile:
    """A profile of the list. ``title`` is what the user calls it; empty: it was not given one."""

    name: str
    title: str = ""
    colour: str = COLOURS[0]


class ProfileBook:
    """The list as it lies on disk. Each change reads it anew first: another process may have changed it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._profiles: tuple[KnownProfile, ...] = ()
        self._shown = ""
        self._removed: frozenset[str] = frozenset()
        self._subscribers: list[Callable[[], None]] = []

    @property
    def profiles(self) -> tuple[KnownProfile, ...]:
        """All that are known, in the user's order."""
        return self._profiles

    @property
    def removed(self) -> frozenset[str]:
        """The names of those that were in the list once, and were removed: their data may have been kept."""
        return self._removed

    def names(self) -> tuple[str, ...]:
        """What they are called, by the user and on disk: what must not leave the computer."""
        return tuple(name for each in self._profiles for name in (each.name, each.title) if name)

    @property
    def shown(self) -> str:
        """The name of the one that was shown last; the default's where there is none."""
        names = [each.name for each in self._profiles]
        return self._shown if self._shown in names else (names[0] if names else DEFAULT)

    def get(self, name: str) -> KnownProfile:
        """A profile by its name; one that is not in the list is as it would be added."""
        return next((each for each in self._profiles if each.name == name), KnownProfile(name))

    def subscribe(self, callback: Callable[[], None]) -> None:
        """Call ``callback`` after each change that is made here."""
        self._subscribers.append(callback)

    def load(self) -> None:
        """Read the list. A missing file is an empty list; so is an unreadable one, kept as ``….broken``."""
        content = None
        try:
            content = json.loads(self._path.read_bytes())
        except OSError:
            pass
        except (ValueError, RecursionError):
            with suppress(OSError):
                self._path.replace(self._path.with_name(f"{self._path.name}.broken"))
        self._profiles, self._shown, self._removed = _read(content)

    def note(self, name: str) -> KnownProfile:
        """Add a profile that is there already, as one that was named at a start, unless it is in the list.

        Raises:
            ProfileBookError: the list cannot be written.
        """
        self.load()
        if name not in {each.name for each in self._profiles}:
            self._write((*self._profiles, KnownProfile(name, "", self._free_colour())), self._shown)
        return self.get(name)

    def check_title(self, title: str) -> None:
        """Raise `ProfileBookError` unless a new profile can be called so."""
        self.load()
        self._checked(title)

    def add(self, title: str, colour: str | None = None) -> KnownProfile:
        """Add a new one; its name is made of the title. Without a colour it gets one that is not taken.

        Raises:
            ProfileBookError: the title is empty, too long or taken, or the list cannot be written.
        """
        self.load()
        title = self._checked(title)
        known = KnownProfile(self._free_name(title), title, colour or self._free_colour())
        self._write((*self._profiles, known), self._shown)
        return known

    def change(self, name: str, *, title: str | None = None, colour: str | None = None) -> None:
        """Give a profile another title or colour.

        Raises:
            ProfileBookError: as for `add`.
        """
        self.load()
        known = self.get(name)
        if title is not None:
            known = replace(known, title=self._checked(title, besides=name))
        if colour is not None:
            known = replace(known, colour=colour)
        self._write(tuple(known if each.name == name else each for each in self._profiles), self._shown)

    def move(self, name: str, place: int) -> None:
        """Put a profile at a place in the order, counted from 0.

        Raises:
            ProfileBookError: the list cannot be written.
        """
        self.load()
        rest = [each for each in self._profiles if each.name != name]
        rest.insert(max(0, min(place, len(rest))), self.get(name))
        self._write(tuple(rest), self._shown)

    def remove(self, name: str) -> None:
        """Take a profile from the list. Its folders and its token are another matter.

        Raises:
            ProfileBookError: the list cannot be written.
        """
        self.load()
        self._write(tuple(each for each in self._profiles if each.name != name), self._shown)

    def show(self, name: str) -> None:
        """Remember which one is shown.

        Raises:
            ProfileBookError: the list cannot be written.
        """
        self.load()
        if name != self._shown:
            self._write(self._profiles, name)

    def _checked(self, title: str, *, besides: str = "") -> str:
        title = " ".join(title.split())
        if not title:
            raise ProfileBookError("A calendar needs a name.", TitleProblem.EMPTY)
        if len(title) > TITLE_LIMIT:
            raise ProfileBookError(f"A calendar's name has at most {TITLE_LIMIT} characters.", TitleProblem.LONG)
        taken = {each.title.casefold() for each in self._profiles if each.name != besides}
        if title.casefold() in taken:
            raise ProfileBookError(f"There is a calendar named “{title}” already.", TitleProblem.TAKEN)
        return title

    def _free_name(self, title: str) -> str:
        """Fit for a folder on every system, and not taken: "Dr. Chen" is ``dr-chen``."""
        import unicodedata  # The list is read before the first paint.

        plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
        stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40] or "calendar"
        taken = {each.name.lower() for each in self._profiles} | {DEFAULT, "demo"}
        number = 1
        while True:
            name = stem if number == 1 else f"{stem}-{number}"
            number += 1
            if name in taken or (self._path.parent / name).exists():
                continue
            with suppress(InvalidProfileError):
                check_profile(name)
                return name

    def _free_colour(self) -> str:
        used = [each.colour for each in self._profiles]
        return min(COLOURS, key=used.count)

    def _write(self, profiles: tuple[KnownProfile, ...], shown: str) -> None:
        from triluna_desktop.system.json_file import write_json  # Nothing of the first paint.

        there = {each.name for each in profiles}
        removed = self._removed.union(each.name for each in self._profiles) - there
        content = {
            "shown": shown,
            "removed": sorted(removed),
            "profiles": [{"name": each.name, "title": each.title, "colour": each.colour} for each in profiles],
        }
        try:
            write_json(self._path, content)
        except OSError as error:
            raise ProfileBookError(
                f"The list of calendars could not be saved: {error.strerror or error}."
            ) from error
        self._profiles, self._shown, self._removed = profiles, shown, removed
        for callback in tuple(self._subscribers):
            callback()


def profile_book(data_dir: Path | None = None) -> ProfileBook:
    """The list that goes with the profiles of a place, read."""
    book = ProfileBook(app_paths(DEFAULT, data_dir).profiles_file)
    book.load()
    return book


def _read(content: object) -> tuple[tuple[KnownProfile, ...], str, frozenset[str]]:
    """What the file says; rows that make no sense are passed over."""
    if not isinstance(content, dict):
        return (), "", frozenset()
    rows, shown, removed = (content.get(name) for name in ("profiles", "shown", "removed"))
    profiles = _rows(rows if isinstance(rows, list) else [])
    names = {each for each in removed if isinstance(each, str)} if isinstance(removed, list) else set()
    return (
        profiles,
        shown if isinstance(shown, str) else "",
        frozenset(names.difference(each.name for each in profiles)),
    )


def _rows(rows: Sequence[object]) -> tuple[KnownProfile, ...]:
    found: dict[str, KnownProfile] = {}
    for row in rows:
        if not isinstance(row, dict):
            continue
        name, title, colour = row.get("name"), row.get("title"), row.get("colour")
        if not isinstance(name, str) or name in found:
            continue
        with suppress(InvalidProfileError):
            check_profile(name)
            found[name] = KnownProfile(
                name,
                title[:TITLE_LIMIT] if isinstance(title, str) else "",
                colour if isinstance(colour, str) and colour in COLOURS else COLOURS[0],
            )
    return tuple(found.values())
