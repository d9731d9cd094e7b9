"""Tells a display that answers from one that is only named. Standard library only, from Python 3.8.

`DISPLAY` outlives its display: in a container, after `su`, in a terminal multiplexer whose ssh is gone. Qt then
aborts, and advises to install what is there already.
"""

from __future__ import annotations

import ctypes
import re
import socket
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

CONNECT_SECONDS = 3.0
_X11_NAME = re.compile(r"(?:(?P<protocol>\w+)/)?(?P<host>.*):(?P<number>\d+)(?:\.\d+)?")  # X(7), DISPLAY NAMES
_X11_PORT = 6000


def with_living_displays(environ: Mapping[str, str], platform: str) -> dict[str, str]:
    """Return the environment without the displays that do not answer; only Linux has any to ask."""
    kept = dict(environ)
    if not platform.startswith("linux") or environ.get("QT_QPA_PLATFORM"):
        return kept
    if kept.get("DISPLAY") and not x11_answers(kept["DISPLAY"]):
        del kept["DISPLAY"]
    if kept.get("WAYLAND_DISPLAY") and not wayland_answers(kept):
        del kept["WAYLAND_DISPLAY"]
    return kept


def dead_displays(environ: Mapping[str, str], living: Mapping[str, str]) -> list[str]:
    """Name the displays that `with_living_displays` took out of an environment."""
    return [environ[name] for name in ("WAYLAND_DISPLAY", "DISPLAY") if environ.get(name) and name not in living]


def x11_answers(name: str) -> bool:
    """Say whether an X server listens at a display's name, and lets this user in where that can be asked."""
    parts = _X11_NAME.fullmatch(name)
    if parts is None:
        return False
    number = int(parts["number"])
    if parts["host"] in ("", "unix") or parts["protocol"] == "unix":
        path = f"/tmp/.X11-unix/X{number}"  # noqa: S108 (where every X server has it)
        listens = _connects(f"\0{path}") or _connects(path)
    else:
        listens = _connects((parts["host"].strip("[]"), _X11_PORT + number))
    return listens and _lets_in(name)


def wayland_answers(environ: Mapping[str, str]) -> bool:
    """Say whether a compositor listens at `WAYLAND_DISPLAY`, a path or a name in `XDG_RUNTIME_DIR`."""
    return _connects(str(PurePosixPath(environ.get("XDG_RUNTIME_DIR", "/"), environ["WAYLAND_DISPLAY"])))


def _connects(address: str | tuple[str, int]) -> bool:
    try:
        if isinstance(address, tuple):
            socket.create_connection(address, timeout=CONNECT_SECONDS).close()
        else:
            with socket.socket(socket.AF_UNIX) as client:
                client.settimeout(CONNECT_SECONDS)
                client.connect(address)
    except (OSError, ValueError):  # ValueError: no port has such a number; no path is as long.
        return False
    return True


def _lets_in(name: str) -> bool:
    """Open the display as Qt does, with the user's cookie; without libxcb nobody can ask, so: yes."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(name.encode(), None)
    error = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return bool(error == 0)
