"""The app itself, as `python -m triluna_desktop` starts it, with two hooks that tell when it has painted and settled.

    python -m benchmarks.app_child SCENARIO [arguments of triluna-desktop]

``rest`` does nothing more; the other scenarios (`benchmarks.scenarios`) use the window once it has settled.
"""

from __future__ import annotations

import dataclasses
import sys
from typing import TYPE_CHECKING

from benchmarks.marks import say_memory

if TYPE_CHECKING:
    from triluna_desktop.options import Options, WindowOptions
    from triluna_desktop.profile import Ground, Profile


def main(scenario: str, arguments: list[str]) -> int:
    """Run the app until it is ended; the result is its exit code."""
    from triluna_desktop import cli

    sys.argv[1:] = arguments
    _hook(scenario)
    return cli.run(arguments)


def _hook(scenario: str) -> None:
    """Have the command line start the window with our hooks. The app is imported by it, not earlier."""
    from triluna_desktop import cli

    start = cli._window  # noqa: SLF001 - the one place that is sure to run before the app is imported.

    def window(options: object, common: Options) -> int:
        from triluna_desktop import app

        run_window, open_profile = app.run_window, app.open_profile
        opened: list[Profile] = []

        def open_noting(ground: Ground, options: Options, *, is_demo: bool = False) -> Profile:
            opened.append(open_profile(ground, options, is_demo=is_demo))
            return opened[-1]

        def settled() -> None:
            say_memory("settled", state=opened[0].session.status.state.value)
            if scenario != "rest":
                from benchmarks.scenarios import play

                play(scenario, opened[0])

        def run_hooked(options: WindowOptions) -> int:
            return run_window(
                dataclasses.replace(
                    options, on_first_paint=lambda: say_memory("painted"), on_settled=settled
                )
            )

        app.open_profile, app.run_window = open_noting, run_hooked
        return start(options, common)

    cli._window = window  # noqa: SLF001 - as above.


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
