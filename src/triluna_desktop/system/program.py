"""How this program starts itself again: the sandbox of a demo, the keyring's helper, and anew after a change."""

from __future__ import annotations

import os
import sys


def program() -> list[str]:
    """The command that starts this program, to be followed by its arguments."""
    if getattr(sys, "frozen", False):
        return [sys.executable]
    # -P: a person may be in any folder, and what lies in it is none of our modules.
    return [sys.executable, "-P", "-m", "triluna_desktop"]


def environment() -> dict[str, str]:
    """What the processes that are started get of the environment: all but the token, which none of them needs."""
    from triluna_desktop.system.secrets import ENVIRONMENT_VARIABLE

    return {name: value for name, value in os.environ.items() if name != ENVIRONMENT_VARIABLE}
