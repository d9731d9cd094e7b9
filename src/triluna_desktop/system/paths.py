"""Where a profile's files lie.

Each profile has folders of its own, readable by their owner alone. On Linux, for the profile ``default``:

    ~/.local/share/triluna-desktop/default/    the database and the lock that says who owns it
    ~/.config/triluna-desktop/default/         the settings
    ~/.local/state/triluna-desktop/default/    the log and the socket that hands commands over

macOS and Windows have their own places for these. With ``--data-dir DIR`` all three lie in ``DIR/<profile>/``.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from pathlib import Path

from triluna_desktop.domain.values import dataclass

APP_FOLDER = "triluna-desktop"
PRIVATE_FOLDER = 0o700

_PROFILE = re.compile(r"[A-Za-z0-9_-]{1,64}")
_WINDOWS_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}

_SOCKET_PATH_LIMIT = 100
"""Bytes. A socket's address holds 108 on Linux and 104 on macOS, the closing zero included."""


class InvalidProfileError(ValueError):
    """The text is no name of a profile; the message is a sentence for the user."""


class FolderError(OSError):
    """A folder cannot be made, or is not private; the message is a sentence for the user."""


@dataclass(frozen=True, slots=True)
class AppPaths:
    """The folders and files of one profile. Nothing of it need exist before `ensure`."""

    profile: str
    data_dir: Path
    config_dir: Path
    state_dir: Path
    profiles_file: Path
    """The list of all profiles of this place, which stand beside this one."""
    socket: Path
    """Where a running app listens for commands. Not always in ``state_dir``: a socket's path must be short."""

    @property
    def database(self) -> Path:
        """The cache and the outbox, one SQLite file."""
        return self.data_dir / "calendar.sqlite3"

    @property
    def lock_file(self) -> Path:
        """Whoever holds the lock on this file owns the database."""
        return self.data_dir / "profile.lock"

    @property
    def settings_file(self) -> Path:
        """The settings that differ from their defaults."""
        return self.config_dir / "settings.json"

    @property
    def log_file(self) -> Path:
        """The newest log; older ones lie beside it, numbered."""
        return self.state_dir / "triluna-desktop.log"

    def ensure(self) -> None:
        """Make the folders, for their owner alone (0700 where the system has such modes).

        Raises:
            FolderError: a folder cannot be made or belongs to another user.
        """
        for folder in (self.data_dir, self.config_dir, self.state_dir, self.socket.parent):
            _make_private(folder)

    def delete(self) -> Path | None:
        """Delete the folders with all that is in them; the first one of which something is left, or None."""
        import shutil  # Rarely used.

        folders = [self.data_dir, self.config_dir, self.state_dir]
        if self.data_dir.parent == self.config_dir.parent:
            folders.append(self.data_dir.parent)  # Below ``--data-dir`` the profile has a folder of its own.
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)
        return next((folder for folder in folders if folder.exists()), None)


def app_paths(profile: str = "default", data_dir: Path | None = None) -> AppPaths:
    """The paths of a profile: in the system's usual places, or all under ``data_dir``.

    Raises:
        InvalidProfileError: ``profile`` is no name of a profile.
    """
    check_profile(profile)
    if data_dir is not None:
        place = data_dir.expanduser().absolute()
        root = place / profile
        data, config, state = root / "data", root / "config", root / "state"
    else:
        places = _places()
        place = places[1]
        data, config, state = (each / profile for each in places)
    return AppPaths(profile, data, config, state, place / "profiles.json", _socket_in(state))


def _places() -> tuple[Path, Path, Path]:
    """Where this system has the data, the configuration and the state of a program.

    On Linux the variables of the XDG Base Directory Specification say so, which passes over a path that is not
    absolute. `platformdirs` knows them too, but takes 3 ms to load before the first paint.
    """
    home = Path(os.environ.get("HOME", ""))
    if sys.platform == "linux" and home.is_absolute():
        return (
            _xdg("XDG_DATA_HOME", home / ".local" / "share"),
            _xdg("XDG_CONFIG_HOME", home / ".config"),
            _xdg("XDG_STATE_HOME", home / ".local" / "state"),
        )
    from platformdirs import PlatformDirs

    places = PlatformDirs(APP_FOLDER, appauthor=False)
    return Path(places.user_data_dir), Path(places.user_config_dir), Path(places.user_state_dir)


def _xdg(variable: str, usual: Path) -> Path:
    given = Path(os.environ.get(variable, ""))
    return (given if given.is_absolute() else usual) / APP_FOLDER


def check_profile(name: str) -> None:
    """Raise `InvalidProfileError` unless the name is fit for a folder on every system."""
    if not _PROFILE.fullmatch(name):
        raise InvalidProfileError(
            f"“{name}” is not a profile name; use 1 to 64 letters (A-Z), digits, hyphens or underscores"
        )
    if name.lower() in _WINDOWS_DEVICES:
        raise InvalidProfileError(f"“{name}” is a device on Windows and cannot be a profile name")


def _socket_in(state: Path) -> Path:
    """In the state folder, not in ``XDG_RUNTIME_DIR``: a command started by cron must find it too."""
    inside = state / "commands.sock"
    if sys.platform == "win32" or len(os.fsencode(inside)) <= _SOCKET_PATH_LIMIT:
        return inside
    from triluna_desktop.system.digest import digest  # Short paths do without.

    name = digest(os.fsencode(state), 16)
    return Path(tempfile.gettempdir()) / f"{APP_FOLDER}-{os.getuid()}" / f"{name}.sock"


def _make_private(folder: Path) -> None:
    try:
        missing = [each for each in (folder, *folder.parents) if not each.exists()]
        for each in reversed(missing):
            each.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
        ours = _is_ours(folder)
        if ours:
            folder.chmod(PRIVATE_FOLDER)
    except OSError as error:
        raise FolderError(f"The folder {folder} cannot be used: {error.strerror or error}.") from error
    if not ours:
        raise FolderError(f"The folder {folder} belongs to another user.")


def _is_ours(folder: Path) -> bool:
    """A folder in /tmp may have been put there by somebody else, to read along."""
    if sys.platform == "win32":
        return True  # There, a user's own folders are private already.
    return not folder.is_symlink() and folder.stat().st_uid == os.getuid()
