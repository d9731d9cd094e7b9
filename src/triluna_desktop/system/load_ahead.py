"""Qt's libraries, brought in by a thread while Python loads what needs them.

The dynamic linker takes some 15 ms for Qt, and Fontconfig another 5 to find the fonts. Python's own import of a
library holds the interpreter's lock all that time, so nothing else happens; a call through `ctypes` gives the lock
away. What PySide and Qt ask for a moment later is in the process by then. Nothing depends on it: a library that is
not found here is loaded when it is needed.
"""

from __future__ import annotations

import ctypes
import os
import threading
from importlib.util import find_spec

_PYSIDE = "PySide6"
_QT = (
    "Qt/lib/libQt6Core.so.6",
    "Qt/lib/libQt6Gui.so.6",
    "Qt/lib/libQt6Widgets.so.6",
    "QtCore.abi3.so",
    "QtGui.abi3.so",
    "QtWidgets.abi3.so",
)
"""Below the folder of PySide. One by one: who wants another library meanwhile waits for the one at hand."""
_QT_ON_X11 = ("Qt/lib/libQt6XcbQpa.so.6", "Qt/plugins/platforms/libqxcb.so")
_FONTCONFIG = "libfontconfig.so.1"


def load_ahead() -> threading.Thread:
    """Begin to load what the window takes, on Linux. The thread ends by itself."""
    thread = threading.Thread(target=_load, name="libraries", daemon=True)
    thread.start()
    return thread


def _load() -> None:
    pyside = find_spec(_PYSIDE)
    folders = pyside.submodule_search_locations if pyside is not None else None
    if not folders:
        return
    # `ctypes.CDLL` would hold the lock; the linker's own function, called as any other, does not.
    dlopen = ctypes.CDLL(None).dlopen
    dlopen.argtypes, dlopen.restype = (ctypes.c_char_p, ctypes.c_int), ctypes.c_void_p
    is_x11 = os.environ.get("QT_QPA_PLATFORM", "xcb") == "xcb" and "WAYLAND_DISPLAY" not in os.environ
    for name in _QT + (_QT_ON_X11 if is_x11 else ()):
        dlopen(os.fsencode(f"{folders[0]}/{name}"), os.RTLD_NOW)
    try:
        fontconfig = ctypes.CDLL(_FONTCONFIG)
    except OSError:  # Qt tells what it lacks, and better.
        return
    fontconfig.FcInit()  # As Qt does, which then finds it done; safe in threads.
