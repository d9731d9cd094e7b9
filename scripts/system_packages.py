"""Finds what the system lacks for a Qt window and for the tests, by trying, and names Debian's packages.

Standard library only, from Python 3.8: the system's python3 runs this.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

# Which package brings a library that Qt's own ones link to (found with readelf; docs: Qt for Linux/X11).
QT_LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",  # QtNetwork; a slim image with a Python of its own lacks it.
}
X11_LIBRARIES = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
WAYLAND_LIBRARIES = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}
VIRTUAL_DISPLAY_PROGRAMS = {"Xvfb": "xvfb"}
TEST_PROGRAMS = {
    "Xvfb": "xvfb",
    "xauth": "xauth",
    "xdotool": "xdotool",
    "trayer": "trayer",
    "openbox": "openbox",
    "import": "imagemagick",
    "dbus-run-session": "dbus",
    "gnome-keyring-daemon": "gnome-keyring",
    "dunst": "dunst",
    "desktop-file-validate": "desktop-file-utils",
    "gio": "libglib2.0-bin",
    "/usr/libexec/at-spi-bus-launcher": "at-spi2-core",
}
FONT_PACKAGE = "fonts-dejavu-core"

_TRY_LIBRARIES = """
import ctypes, json, sys
missing = []
for name in json.loads(sys.argv[1]):
    try:
        ctypes.CDLL(name)
    except OSError:
        missing.append(name)
print(json.dumps(missing))
"""


@dataclass(frozen=True)
class Missing:
    """One thing the system lacks, and the Debian package that brings it."""

    what: str
    package: str


def needs_virtual_display(environ: Mapping[str, str], platform: str) -> bool:
    """Say whether a window has nowhere to open: Linux, neither X11 nor Wayland, no platform asked for."""
    if not platform.startswith("linux") or environ.get("QT_QPA_PLATFORM"):
        return False
    return not (environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def libraries_for(purpose: str, environ: Mapping[str, str], platform: str) -> dict[str, str]:
    """Return the libraries (name to package) that `run` or `test` loads on this display."""
    if not platform.startswith("linux"):
        return {}
    wanted = dict(QT_LIBRARIES)
    x11_only = bool(environ.get("DISPLAY")) or needs_virtual_display(environ, platform)
    if purpose == "test" or x11_only:
        wanted.update(X11_LIBRARIES)
    elif environ.get("WAYLAND_DISPLAY"):
        wanted.update(WAYLAND_LIBRARIES)
    return wanted


def programs_for(purpose: str, environ: Mapping[str, str], platform: str) -> dict[str, str]:
    """Return the programs (name to package) that `run` or `test` starts on this machine."""
    if not platform.startswith("linux"):
        return {}
    if purpose == "test":
        return dict(TEST_PROGRAMS)
    return dict(VIRTUAL_DISPLAY_PROGRAMS) if needs_virtual_display(environ, platform) else {}


def missing_libraries(wanted: Mapping[str, str], python: Path) -> list[Missing]:
    """Try to load each library in a process of its own, with the Python that will run the app."""
    done = subprocess.run(
        [str(python), "-I", "-c", _TRY_LIBRARIES, json.dumps(sorted(wanted))],
        capture_output=True,
        text=True,
        check=True,
    )
    return [Missing(name, wanted[name]) for name in json.loads(done.stdout)]


def missing_programs(wanted: Mapping[str, str], search_path: str | None = None) -> list[Missing]:
    """Look for each program on PATH."""
    return [Missing(name, wanted[name]) for name in sorted(wanted) if not shutil.which(name, path=search_path)]


def missing_fonts(folders: Iterable[Path] | None = None) -> list[Missing]:
    """Say so when there is no font at all: Qt then draws blank text and complains to nobody."""
    if any(_font_files(folders if folders is not None else _font_folders())):
        return []
    return [Missing("a font", FONT_PACKAGE)]


def packages_of(missing: Iterable[Missing]) -> list[str]:
    """Name the packages of what is missing, sorted, each once."""
    return sorted({thing.package for thing in missing})


def in_words(missing: Iterable[Missing], shown: int = 4) -> str:
    """Name what is missing for a sentence; of many things, the first few and how many more there are."""
    things = [thing.what for thing in missing]
    if len(things) <= shown + 1:
        return ", ".join(things)
    return f"{', '.join(things[:shown])} and {len(things) - shown} more things"


def _font_folders() -> list[Path]:
    home = Path(os.path.expanduser("~"))  # noqa: PTH111 (Path.home() raises for a user without a home)
    system = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts")]
    return [*system, home / ".fonts", home / ".local/share/fonts"]


def _font_files(folders: Iterable[Path]) -> Iterator[str]:
    for folder in folders:
        for _, _, names in os.walk(str(folder)):
            yield from (name for name in names if name.lower().endswith((".ttf", ".otf", ".ttc", ".pfb")))
