"""The places in which the app is measured: a folder with a profile, and the address of its server."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from benchmarks.processes import Child, ChildError, child_environment, run

if TYPE_CHECKING:
    from pathlib import Path

NOWHERE = "http://127.0.0.1:9/api/public"
"""The discard port, on which nothing listens, for runs in which the server has no part."""
TOKEN = "test-token-full"
"""The first token of `tests.helpers.sandbox`, which is not imported here: see `processes`."""


class World:
    """A folder with profiles that hold a calendar each as if read from the server at ``url``."""

    def __init__(self, folder: Path, kind: str, entries: int, url: str = NOWHERE, *, profiles: int = 1) -> None:
        self.folder = folder
        self.url = url
        self._environment = {
            "TRILUNA_TOKEN": TOKEN,
            "XDG_CONFIG_HOME": str(folder / "config"),
            "XDG_DATA_HOME": str(folder / "data"),
            "XDG_STATE_HOME": str(folder / "state"),
        }
        run("benchmarks.stock", [url, kind, str(entries), str(profiles)], self._environment)

    @property
    def environment(self) -> dict[str, str]:
        """For a process that finds the profile by itself, as a key's command does."""
        return {**child_environment(), **self._environment}

    def app(self, scenario: str = "rest") -> Child:
        """Start the app on it, without arguments, as most people start it."""
        return Child("benchmarks.app_child", scenario, environment=self._environment)


def wait_synced(child: Child) -> None:
    """Wait until the app shows what the server holds.

    Raises:
        ChildError: it settled, but not with the server.
    """
    state = child.wait_for("settled")["state"]
    if state != "synced":
        raise ChildError(f"the app is {state} instead of synced")


def log(sentence: str) -> None:
    """Say how far the run has come."""
    print(f"… {sentence}", file=sys.stderr, flush=True)
