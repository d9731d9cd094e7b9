"""What the window loads a moment after it works, a little in each turn of the event loop.

Loaded at once it takes a tenth of a second or two, in which the window answers nobody. In a thread of its own it
would not be quicker, and PySide's hook of the import is not made for that.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from PySide6.QtCore import QObject

AROUND_THE_WINDOW = (
    "triluna_desktop.domain.quick_memory",
    "triluna_desktop.domain.now",
    "triluna_desktop.session.quick",
    "triluna_desktop.ui.tray.picture",
    "triluna_desktop.ui.quick_flow",
    "triluna_desktop.ui.tray.tray",
    "PySide6.QtDBus",
    "triluna_desktop.ui.tray.residence",
    "triluna_desktop.session.notices",
    "triluna_desktop.system.autostart",
    "jeepney",
    "jeepney.io.asyncio",
    "triluna_desktop.system.session_bus",
    "triluna_desktop.system.colour_scheme",
    "triluna_desktop.system.global_shortcuts",
    "triluna_desktop.system.notifications",
    "triluna_desktop.session.notice_watch",
    "triluna_desktop.ui.notify_flow",
    "triluna_desktop.outside",
    "triluna_desktop.folder_watch",
)
"""For the tray and all that `outside` does, so that each takes a few milliseconds."""


_DONE = object()


def go_through(steps: Iterator[object], owner: QObject) -> None:
    """Take steps, one a turn. It ends with its owner."""
    if next(steps, _DONE) is not _DONE:
        QTimer.singleShot(0, owner, lambda: go_through(steps, owner))


def load_bit_by_bit(names: Sequence[str], then: Callable[[], object], owner: QObject) -> None:
    """Load modules, one a turn, and call ``then`` in a turn of its own. It ends with its owner."""
    if not names:
        then()
        return
    import_module(names[0])
    QTimer.singleShot(0, owner, lambda: load_bit_by_bit(names[1:], then, owner))
