"""``python -m triluna_desktop`` and the command ``triluna-desktop``."""

from __future__ import annotations

import gc
import sys


def main() -> int:
    """Run the command line; the result is the exit code."""
    if sys.argv[1:] == ["--keyring-helper"]:  # `system.keyring_process` starts this program anew with it.
        from triluna_desktop.system import keyring_helper

        keyring_helper.main()
    # What is imported stays: to look through it eighteen times takes 2 ms. `cli` lets the collector work again.
    gc.disable()
    try:
        from triluna_desktop.cli import run  # The parser is all that --help and --version need.
    except KeyboardInterrupt:
        return 130  # Ctrl-C before there is anything to interrupt.
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
