"""The sandbox: TriLuna's calendar API as a real, strict HTTP server on this machine.

It runs in a process of its own, behind `--demo`, as `triluna-desktop sandbox`, and in the tests. It shares no
code with the client: a mistake that both sides of a contract share is invisible.

Importing this package costs nothing; the server libraries are loaded by `main`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from triluna_desktop.sandbox.arguments import add_arguments

if TYPE_CHECKING:
    import argparse

__all__ = ["add_arguments", "main"]


def main(arguments: argparse.Namespace) -> int:
    """Serve until SIGINT, SIGTERM or, if asked for, the end of standard input. Returns the exit code.

    `arguments` is what a parser prepared by `add_arguments` made. 0: ended as told. 2: could not start
    (port taken, database unusable), with a sentence on standard error.
    """
    from triluna_desktop.sandbox.server import run

    return run(arguments)
