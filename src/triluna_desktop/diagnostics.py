"""What helps to find a fault, in a file that may be sent to somebody: no secret, no word of the calendar in it.

What is known to be harmless goes in; of the rest only that it is there. The log is the one free text: the token is
out of it before it is written (`system.logs`), and here titles, notes, addresses, the names of calendars, of the
user and of folders follow.
"""

from __future__ import annotations

import json
import os
import platform
import re
import sys
import zipfile
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from triluna_desktop import __version__
from triluna_desktop.system.settings import TABLE, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from triluna_desktop.system.logs import Redactor
    from triluna_desktop.system.settings import Settings

LOG_BYTES = 400_000
"""How much of the log's end is taken: enough for the last days, and quick to clean."""
TEXT, NAME, FOLDER = "[text]", "[name]", "[folder]"
# A password may hold whatever its user liked: all up to the last @ of the word is taken for it.
_ADDRESS = re.compile(r"\b([a-z][a-z0-9+.\-]*)://([^\s'\"<>]*@)?([\w.\-\[\]:]+)[^\s'\"<>)\]]*", re.IGNORECASE)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
_WORD = re.compile(r"\w+")
_SHORTEST_USER = 2
"""Letters: shorter names of users are anything but theirs in a log."""
_HARMLESS = frozenset({Kind.FLAG, Kind.NUMBER, Kind.CHOICE})


def about(qt_version: str, locale: str) -> dict[str, object]:
    """The versions, and the kind of computer."""
    return {
        "app": __version__,
        "python": sys.version.split()[0],
        "qt": qt_version,
        "system": platform.platform(),
        "machine": platform.machine(),
        "locale": locale,
        "packaged": bool(getattr(sys, "frozen", False)),
    }


def settings_told(settings: Settings) -> dict[str, object]:
    """What differs from the defaults: of an address the host, of other texts only that there is one."""
    told: dict[str, object] = {}
    for setting in TABLE:
        value = settings.get(setting)
        if value == setting.default:
            continue
        if setting.kind in _HARMLESS:
            told[setting.key] = value
        elif setting.kind in {Kind.URL, Kind.PROXY}:
            told[setting.key] = urlsplit(str(value)).hostname or "[set]"
        else:
            told[setting.key] = "[set]"
    return told


class Cleaner:
    """Takes out of a text what must not leave the computer."""

    def __init__(
        self,
        redactor: Redactor,
        texts: Iterable[str],
        home: Path,
        names: Iterable[str] = (),
        folders: Iterable[Path] = (),
    ) -> None:
        """``texts``: titles and notes; each is looked for whole, and line by line.

        ``names``: of calendars, wherever they stand as words. ``folders``: where the user has put the data.
        """
        self._redactor = redactor
        user = home.name if len(home.name) > _SHORTEST_USER else ""
        self._names = sorted({name for name in (*names, user) if name}, key=len, reverse=True)
        self._folders = sorted(map(str, folders), key=len, reverse=True)
        self._texts = frozenset(form for text in texts for line in _lines(text) for form in _forms(line))
        self._home = str(home)

    def clean(self, text: str) -> str:
        """The text without secrets, titles, notes, the rest of addresses behind the host, and names of people."""
        text = self._redactor.redact(text)
        present = set(_WORD.findall(text))
        # Of ten thousand titles a log holds few or none: what has a word that is nowhere in it is passed over.
        found = [each for each in self._texts if present.issuperset(_WORD.findall(each))]
        for each in sorted(found, key=len, reverse=True):
            text = re.sub(rf"(?<!\w){re.escape(each)}(?!\w)", TEXT, text)
        text = _ADDRESS.sub(r"\1://\3", text)
        text = _EMAIL.sub("[e-mail]", text)
        for folder in self._folders:
            text = text.replace(folder, FOLDER)
        if len(self._home) > 1:
            text = text.replace(self._home, "~")
        for name in self._names:
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", NAME, text)
        return text


def end_of_log(path: Path) -> str:
    """The last lines of the log, whole ones; empty where there is none."""
    try:
        with path.open("rb") as file:
            file.seek(0, 2)
            start = max(0, file.tell() - LOG_BYTES)
            file.seek(start)
            text = file.read().decode("utf-8", "backslashreplace")
    except OSError:
        return ""
    return text.partition("\n")[2] if start else text


def write(path: Path, parts: Mapping[str, Mapping[str, object]], log: str, cleaner: Cleaner) -> None:
    """Write the file, readable by its owner alone from its first byte on.

    Raises:
        OSError: it cannot be written.
    """
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
    path.chmod(0o600)  # One that was there already keeps the rights that it had.
    with os.fdopen(handle, "wb") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(f"{name}.json", json.dumps(part, indent=2, ensure_ascii=False) + "\n")
        archive.writestr("log.txt", cleaner.clean(log))


def _lines(text: str) -> list[str]:
    return [text, *text.splitlines()]


def _forms(text: str) -> set[str]:
    """As it stands, and as Python and JSON write it."""
    bare = text.strip()
    forms = {bare, repr(bare)[1:-1], json.dumps(bare)[1:-1], ascii(bare)[1:-1]}
    return {form for form in forms if form}
