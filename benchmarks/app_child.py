"""The app itself, as `python -m triluna_desktop` starts it, with two hooks that tell when it has painted and settled.

    python -m benchmarks.app_child SCENARIO

``rest`` does nothing more; the other scenarios (`benchmarks.scenarios`) use the window once it has settled.
"""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from benchmarks.marks import say_memory

if TYPE_CHECKING:
    from triluna_desktop.options import Options, WindowOptions
    from triluna_desktop.profile import Ground, Profile
    from triluna_desktop.system.kept_code import KeptCode


def main(scenario: str) -> int:
    """Run the app until it is ended; the result is its exit code."""
    from triluna_desktop import cli

    open_window = cli._open_window  # noqa: SLF001 - what is measured begins before there is anything to call.

    def open_hooked(options: WindowOptions) -> int:
        _hook(scenario)
        return open_window(options)

    cli._open_window = open_hooked  # noqa: SLF001 - as above.
    del sys.argv[1:]
    return cli.run([])


def _hook(scenario: str) -> None:
    import dataclasses

    from triluna_desktop import start

    open_profile = start.open_profile
    run_window = start.run_window
    opened: list[Profile] = []

    def open_noting(ground: Ground, options: Options, *, is_demo: bool = False) -> Profile:
        opened.append(open_profile(ground, options, is_demo=is_demo))
        return opened[-1]

    def painted() -> None:
        at = time.monotonic()
        say_memory("painted", at, slots=slots_on_screen())

    def settled() -> None:
        say_memory("settled", state=opened[0].session.status.state.value)
        if scenario != "rest":
            from benchmarks.scenarios import play

            play(scenario, opened[0])

    def run_hooked(options: WindowOptions, kept: KeptCode) -> int:
        return run_window(dataclasses.replace(options, on_first_paint=painted, on_settled=settled), kept)

    start.open_profile, start.run_window = open_noting, run_hooked


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
