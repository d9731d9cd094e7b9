"""What each test of a fault looks at: the sentences on the screen, and that nothing was lost or doubled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.helpers.api_client import PATIENT
from tests.helpers.live_window import THURSDAY, live_window

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers.live_window import LiveWindow
    from tests.helpers.sandbox import SandboxProcess

    from triluna_desktop.api.limits import Timeouts
    from triluna_desktop.ui.theme import Theme

THERE = "14:00-15:00 Lunch"
"""What stands in the calendar before the fault."""
NOT_SENT = "Not sent yet: callers are not offered this yet."
CONFIRMING = "Confirming with the server…\nCallers are not offered this yet."
NO_TOKEN = "Not sent yet: it waits for a token that the server accepts.\nCallers are not offered this yet."
"""What the inspector says of an opening that was drawn during a fault."""


@dataclass(frozen=True)
class Said:
    """What the user is told: the status bar, the banner, its buttons, and a terminal that asks to sync."""

    state: str
    banner: str
    buttons: tuple[str, ...] = ("Try again",)
    told: str = ""
    code: int = 3


def slots_of(sandbox: SandboxProcess) -> list[str]:
    """What stands on the server: "09:00-10:00", in order."""
    return [f"{each['start_time'][:5]}-{each['end_time'][:5]}" for each in sandbox.entries()]


async def see_the_calendar(folder: Path, theme: Theme, sandbox: SandboxProcess) -> None:
    """Let a first run read a calendar with one entry, so that there is something to keep on the screen."""
    sandbox.add_entry(THURSDAY, "14:00", "15:00", title="Lunch")
    async with live_window(folder, theme, sandbox.url) as window:
        assert window.shown() == [THERE]
        assert window.banner == ""


async def check_a_bad_server(
    folder: Path,
    theme: Theme,
    sandbox: SandboxProcess,
    url: str,
    said: Said,
    *,
    timeouts: Timeouts = PATIENT,
    card: str = NOT_SENT,
) -> None:
    """Start on a server that answers badly: the week stays, an edit is kept, and the good server gets it once."""
    async with live_window(folder, theme, url, timeouts=timeouts) as window:
        key = await window.drag("09:00", "10:00")
        await window.until_tried()
        check_said(window, said)
        assert window.unsent == "1 change not sent yet"
        assert window.card(key) == card, window.card(key)
        assert window.shown() == ["09:00-10:00", THERE]
        assert await window.command("sync") == (said.code, said.told)
    await check_sent_once(folder, theme, sandbox)


def check_said(window: LiveWindow, said: Said) -> None:
    """The status bar, the banner and its buttons."""
    assert (window.state, window.banner, tuple(window.buttons)) == (said.state, said.banner, said.buttons)


async def check_sent_once(
    folder: Path, theme: Theme, sandbox: SandboxProcess, slots: tuple[str, ...] = ("09:00-10:00", "14:00-15:00")
) -> None:
    """Start again on the good server: what was queued is there, once, and nothing is left to be said."""
    sandbox.clear_faults()
    async with live_window(folder, theme, sandbox.url) as window:
        await settle(window)
        assert slots_of(sandbox) == list(slots)


async def settle(window: LiveWindow) -> None:
    """Let the time pass in which an old request may land, until nothing is queued."""
    for _ in range(40):
        if not window.queued():
            break
        await window.pass_time(5)
    assert window.queued() == []
    await window.until_tried()
    window.pass_moment()
    assert (window.state, window.unsent, window.banner) == ("Synced 0 s ago", "", "")
