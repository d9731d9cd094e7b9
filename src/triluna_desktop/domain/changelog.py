"""The list of changes for users, as data: what came with which version.

The text is ``CHANGELOG.md``: a heading ``## 1.2.0 (a note)`` a version, newest first, with a list under it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_HEADING = re.compile(r"##\s+(?P<name>v?\d[\w.+-]*)\s*(?:\((?P<note>.*)\))?\s*")
_NUMBERS = re.compile(r"v?(\d+(?:\.\d+)*)")

Version = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Release:
    """A version. ``points`` are Markdown without line breaks: bold, code, and nothing else."""

    version: Version
    name: str
    note: str
    points: tuple[str, ...]


def version_of(text: str) -> Version | None:
    """The numbers that a version begins with, without zeros at the end: 1.2.0 is 1.2. None: it has none."""
    match = _NUMBERS.match(text.strip())
    if match is None:
        return None
    numbers = [int(part) for part in match[1].split(".")]
    while len(numbers) > 1 and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)


def read_changelog(text: str) -> tuple[Release, ...]:
    """The versions in the order of the text. What stands before the first one is passed over."""
    releases: list[Release] = []
    points: list[list[str]] = []
    name, note = "", ""

    def close() -> None:
        version = version_of(name)
        if version is not None:
            releases.append(Release(version, name, note, tuple(" ".join(point) for point in points)))

    for line in text.splitlines():
        match = _HEADING.fullmatch(line)
        if match is not None:
            close()
            name, note, points = match["name"], match["note"] or "", []
        elif line.startswith(("- ", "* ")):
            points.append([line[2:].strip()])
        elif line.strip() and not line.startswith("#"):
            if points and line[0].isspace():
                points[-1].append(line.strip())
            else:
                points.append([line.strip()])
    close()
    return tuple(releases)


def news(releases: Iterable[Release], seen: str, current: str) -> tuple[Release, ...]:
    """What came after the version ``seen``, up to the one that runs; nothing where either is no version."""
    last, now = version_of(seen), version_of(current)
    if last is None or now is None:
        return ()
    return tuple(release for release in releases if last < release.version <= now)
