"""The app itself, as `python -m triluna_desktop` starts it, with hooks that tell when it has painted and settled.

    python -m benchmarks.app_child SCENARIO

``rest`` does nothing more; the other scenarios (`benchmarks.scenarios`) use the window once it has settled.
"""

from __future__ import annotations

import gc
import sys
import time

from benchmarks.marks import say_memory

AGAIN_MS = 100


def main(scenario: str) -> int:
    """Run the app until it is ended; the result is its exit code."""
    # What `triluna_desktop.__main__` and the command line do without arguments; the hooks are its own.
    gc.disable()
    from triluna_desktop import cli
    from triluna_desktop.options import Options, WindowOptions

    def painted() -> None:
        at = time.monotonic()
        say_memory("painted", at, slots=slots_on_screen())

    def settled() -> None:
        from PySide6.QtCore import QTimer

        from benchmarks.gui import session

        if session().status.state.value == "syncing":  # A large calendar comes in several steps.
            QTimer.singleShot(AGAIN_MS, settled)
            return
        say_memory("settled", state=session().status.state.value)
        if scenario != "rest":
            from benchmarks.scenarios import play

            play(scenario, session())

    return cli.open_window(WindowOptions(Options(), on_first_paint=painted, on_settled=settled))


def slots_on_screen() -> int:
    """How many entries the painted week holds: none, where something else was painted than the week."""
    from PySide6.QtWidgets import QApplication

    from triluna_desktop.ui.week_view import WeekView

    for widget in QApplication.allWidgets():
        if isinstance(widget, WeekView) and widget.isVisible():
            return sum(1 for _ in widget.board.scene.blocks())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
