"""What helps to find a fault, in a file that may be sent to somebody: no secret, no word of the calendar in it.

What is known to be harmless goes in; of the rest only that it is there. The log is the one free text: the token is
out of it before it is written (`system.logs`), and here titles, notes, addresses and the names of folders follow.
"""

from __future__ import annotations

import json
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
TEXT = "[text]"
_ADDRESS = re.compile(r"\b(https?)://([^\s/'\"<>@]+@)?([\w.\-\[\]:]+)[^\s'\"<>)\]]*")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
_WORD = re.compile(r"\w+")
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

    def __init__(self, redactor: Redactor, texts: Iterable[str], home: Path) -> None:
        """``texts``: titles and notes; each is looked for whole, and line by line."""
        self._redactor = redactor
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
        if len(self._home) > 1:
            text = text.replace(self._home, "~")
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
    """Write the file, readable by its owner alone..

    Raises:
        OSError: it cannot be written.
    """
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(f"{name}.json", json.dumps(part, indent=2, ensure_ascii=False) + "\n")
        archive.writestr("log.txt", cleaner.clean(log))
    path.chmod(0o600)


def _lines(text: str) -> list[str]:
    return [text, *text.splitlines()]


def _forms(text: str) -> set[str]:
    """As it stands, and as Python and JSON write it."""
    bare = text.strip()
    forms = {bare, repr(bare)[1:-1], json.dumps(bare)[1:-1], ascii(bare)[1:-1]}
    return {form for form in forms if form}
