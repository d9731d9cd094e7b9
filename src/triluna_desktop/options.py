"""What a start of the program was asked for, whether with a window or without."""

from __future__ import annotations

from typing import TYPE_CHECKING

from triluna_desktop.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DEMO_PROFILE = "demo"
"""The sample calendar's own profile: it never meets an account's data."""
HIDDEN = "--hidden"
"""The option of a start without the window."""
RAISE = "raise"
"""The request of a second start: show the window of the first."""
READ_TOKEN = "read_token"  # noqa: S105 - a command, not a secret.
"""What `token set` and `token forget` tell the running window: its server's place in the keyring has changed."""


@dataclass(frozen=True, slots=True)
class Options:
    """The options that every command takes."""

    profile: str = "default"
    data_dir: Path | None = None
    api_url: str | None = None
    verbose: bool = False


@dataclass(frozen=True, slots=True)
class WindowOptions:
    """How the window shall start. ``on_first_paint`` is called when the week was first painted (benchmarks)."""

    common: Options
    is_demo: bool = False
    opens_last: bool = False
    """Open the profile that was shown last: the user named none."""
    is_hidden: bool = False
    """Without the window, where a tray shows the app."""
    screenshot: Path | None = None
    on_first_paint: Callable[[], None] | None = None
    on_settled: Callable[[], None] | None = None
