"""Starting with the session, hidden in the tray: what each system reads at the log-in, written and taken away.

- Linux and the like: a file in ``~/.config/autostart``
  (https://specifications.freedesktop.org/autostart-spec/latest/, .../desktop-entry-spec/latest/).
- macOS: a property list in ``~/Library/LaunchAgents`` (``man launchd.plist``).
- Windows: a value under the ``Run`` key of the user.

A file that others wrote, or that the user has changed into something else, is left alone unless asked.
"""

from __future__ import annotations

import os
import plistlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from triluna_desktop.system.program import program

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

DESKTOP_ID = "triluna-desktop"
"""The name of the app's ``.desktop`` files, without that ending."""
LABEL = "app.triluna.desktop"
"""The name that launchd knows it by."""
HIDDEN = "--hidden"
_OURS = "X-TriLuna-Autostart"
_RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
_VALUE = "TriLuna Desktop"
_RESERVED = frozenset(" \t\n\"'\\><~|&;$*?#()`")


class AutostartError(Exception):
    """It could not be turned on or off; the message is a sentence for the user."""


class Autostart(Protocol):
    """Whether the app starts with the session."""

    def is_on(self) -> bool:
        """Whether it does."""
        ...

    def turn_on(self) -> None:
        """Let it start with the session, hidden, from where it is installed now.

        Raises:
            AutostartError: it could not be written.
        """
        ...

    def turn_off(self) -> None:
        """Let it not.

        Raises:
            AutostartError: it could not be taken away.
        """
        ...

    def renew(self) -> bool:
        """Where it is on and names a program that is elsewhere now, name the one that runs; whether it did.

        Raises:
            AutostartError: it could not be written.
        """
        ...


def autostart(*arguments: str, platform: str = sys.platform) -> Autostart:
    """That of this system. ``arguments`` follow the program's name, before ``--hidden``: those of the profile."""
    command = [*program(), *arguments, HIDDEN]
    if platform == "win32":
        return RunKey(command)
    if platform == "darwin":
        return LaunchAgent(command)
    return DesktopFile(command)


class DesktopFile:
    """The file of the XDG autostart specification."""

    def __init__(self, command: Sequence[str], environ: Mapping[str, str] = os.environ) -> None:
        self._command = list(command)
        self.path = config_home(environ) / "autostart" / f"{DESKTOP_ID}.desktop"

    def is_on(self) -> bool:
        """Whether the file is there and is not switched off in it, as desktops do where the user asks them to."""
        keys = self._keys()
        is_off = keys.get("Hidden", "").lower() == "true" or keys.get("X-GNOME-Autostart-enabled") == "false"
        return bool(keys) and not is_off

    def turn_on(self) -> None:
        """Write it."""
        _write(self.path, self._text())

    def turn_off(self) -> None:
        """Remove it."""
        _remove(self.path)

    def renew(self) -> bool:
        """Only what this app has written, and nobody has switched off since."""
        keys = self._keys()
        wanted = (exec_line(self._command), _escaped(self._command[0]))
        is_stale = (keys.get("Exec"), keys.get("TryExec")) != wanted
        if not is_stale or keys.get(_OURS) != "true" or not self.is_on():
            return False
        self.turn_on()
        return True

    def _keys(self) -> dict[str, str]:
        """The keys of the entry, as they are written; none where there is no file, or one that is not text."""
        try:
            lines = self.path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            return {}
        keys: dict[str, str] = {}
        group = ""
        for line in lines:
            if line.startswith("["):
                group = line.strip()
            elif group == "[Desktop Entry]" and "=" in line and not line.startswith("#"):
                name, _, value = line.partition("=")
                keys[name.strip()] = value.strip()
        return keys

    def _text(self) -> str:
        return "\n".join(
            (
                "[Desktop Entry]",
                "Type=Application",
                "Version=1.0",
                "Name=TriLuna Desktop",
                "Comment=The calendar in the tray",
                f"Exec={exec_line(self._command)}",
                f"TryExec={_escaped(self._command[0])}",
                f"Icon={DESKTOP_ID}",
                "Terminal=false",
                "StartupNotify=false",
                f"{_OURS}=true",
                "",
            )
        )


class LaunchAgent:
    """The property list of launchd."""

    def __init__(self, command: Sequence[str], home: Path | None = None) -> None:
        self._command = list(command)
        self.path = (home or Path.home()) / "Library" / "LaunchAgents" / f"{LABEL}.plist"

    def is_on(self) -> bool:
        """Whether the list is there and does not say that it is switched off."""
        told = self._read()
        return bool(told) and not told.get("Disabled", False)

    def turn_on(self) -> None:
        """Write it; launchd reads it at the next log-in."""
        told = {"Label": LABEL, "ProgramArguments": self._command, "RunAtLoad": True, "ProcessType": "Interactive"}
        _write(self.path, plistlib.dumps(told).decode())

    def turn_off(self) -> None:
        """Remove it."""
        _remove(self.path)

    def renew(self) -> bool:
        """Of our own label, with another program in it."""
        told = self._read()
        if not self.is_on() or told.get("Label") != LABEL or told.get("ProgramArguments") == self._command:
            return False
        self.turn_on()
        return True

    def _read(self) -> dict[str, object]:
        try:
            told = plistlib.loads(self.path.read_bytes())
        except (OSError, ValueError, plistlib.InvalidFileException):
            return {}
        return told if isinstance(told, dict) else {}


class RunKey:
    """The value under the ``Run`` key of the user's registry."""

    def __init__(self, command: Sequence[str]) -> None:
        import subprocess

        self._line = subprocess.list2cmdline(command)

    def is_on(self) -> bool:
        """Whether there is such a value."""
        return self._value() is not None

    def turn_on(self) -> None:
        """Write it."""
        if sys.platform == "win32":
            import winreg

            try:
                with winreg.CreateKey(winreg.HKEY_CURRENT_USER, _RUN) as key:
                    winreg.SetValueEx(key, _VALUE, 0, winreg.REG_SZ, self._line)
            except OSError as error:
                raise AutostartError(f"The registry could not be written: {error.strerror or error}.") from error

    def turn_off(self) -> None:
        """Delete it."""
        if sys.platform == "win32":
            import winreg

            try:
                with winreg.OpenKey(winreg.HKEY_CURRENT_USER, _RUN, 0, winreg.KEY_SET_VALUE) as key:
                    winreg.DeleteValue(key, _VALUE)
            except FileNotFoundError:
                return
            except OSError as error:
                raise AutostartError(f"The registry could not be written: {error.strerror or error}.") from error

    def renew(self) -> bool:
        """Where it names another program."""
        if self._value() in (None, self._line):
            return False
        self.turn_on()
        return True

    def _value(self) -> str | None:
        if sys.platform == "win32":
            import winreg

            try:
                with winreg.OpenKey(winreg.HKEY_CURRENT_USER, _RUN) as key:
                    return str(winreg.QueryValueEx(key, _VALUE)[0])
            except OSError:
                return None
        return None


def config_home(environ: Mapping[str, str]) -> Path:
    """``XDG_CONFIG_HOME``; the specification passes over a path that is not absolute."""
    given = Path(environ.get("XDG_CONFIG_HOME", ""))
    return given if given.is_absolute() else Path(environ.get("HOME") or Path.home()) / ".config"


def exec_line(command: Sequence[str]) -> str:
    """A command as the value of the key ``Exec``: each word quoted where it needs it, ``%`` doubled.

    The quoting is undone last, the escaping of every string value first: so a backslash is doubled twice.
    """
    return _escaped(" ".join(_quoted(word) for word in command))


def _quoted(word: str) -> str:
    word = word.replace("%", "%%")
    if word and not _RESERVED.intersection(word):
        return word
    for char in ("\\", '"', "`", "$"):
        word = word.replace(char, "\\" + char)
    return f'"{word}"'


def _escaped(value: str) -> str:
    for char, instead in (("\\", "\\\\"), ("\n", "\\n"), ("\t", "\\t"), ("\r", "\\r")):
        value = value.replace(char, instead)
    return value


def _write(path: Path, text: str) -> None:
    """Whole or not at all: what reads it at the log-in must never find half of it."""
    beside = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        raise AutostartError(
            f"The file {path} could not be written: {error.strerror or error}. The app does not start by itself."
        ) from error


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise AutostartError(
            f"The file {path} could not be removed: {error.strerror or error}. The app goes on to start by itself."
        ) from error
