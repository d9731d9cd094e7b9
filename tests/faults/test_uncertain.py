"""A POST that may have been carried out: what is said meanwhile, and that it ends exactly once.

See `test_table` for the list of all faults.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from tests.helpers.fault_checks import CONFIRMING, check_sent_once, settle, slots_of
from tests.helpers.live_window import live_window

from triluna_desktop.api.limits import DEFAULT_TIMEOUTS, Timeouts

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers.sandbox import SandboxProcess

    from triluna_desktop.ui.theme import Theme

NOT_KNOWN = "Whether the server has the change is not known yet: it is kept, and `sync` finds out."
OFFLINE = "Offline – trying again in 1 s"
BROKE_OFF = "The connection broke off. Edits are kept and sent later."
TOO_LARGE = (
    "The server's answer is too large. What was shown last is kept, and so are your edits. A newer version of the "
    "app may know more."
)
UNREAD = "Answer could not be read – trying again in 1 s"


@dataclass(frozen=True)
class Fault:
    """What happens to the POST, and what is said then in the window and in a terminal."""

    kind: str
    state: str
    banner: str
    told: str
    more: dict[str, object] = field(default_factory=dict)
    timeouts: Timeouts = DEFAULT_TIMEOUTS


FAULTS = {
    "read timeout after POST": Fault(
        "hold_after",
        OFFLINE,
        "The server took too long to answer. Edits are kept and sent later.",
        "The server took too long to answer.",
        timeouts=Timeouts(read=0.3),
    ),
    "disconnect after commit": Fault("drop_after", OFFLINE, BROKE_OFF, "The connection to the server broke off."),
    "truncated 201": Fault("truncate", OFFLINE, BROKE_OFF, "The connection to the server broke off."),
    "500 after commit": Fault(
        "status_after",
        "The server has a problem – trying again in 1 s",
        "The server has a problem of its own. The server says: “Fault of the sandbox (500)”. Edits are kept and "
        "sent later.",
        "The server has a problem of its own. It says: “Fault of the sandbox (500)”.",
    ),
    "late zombie POST": Fault(
        "zombie", OFFLINE, BROKE_OFF, "The connection to the server broke off.", {"seconds": 0.05}
    ),
    "slow drip": Fault(
        "slow_drip",
        OFFLINE,
        "The server took too long to answer. Edits are kept and sent later.",
        "The server took too long to answer.",
        {"seconds": 0.05},
        Timeouts(total=0.4),
    ),
    "gzip bomb": Fault("gzip_bomb", UNREAD, TOO_LARGE, "The server's answer is too large."),
    "200 KB header": Fault("big_header", UNREAD, TOO_LARGE, "The server's answer is too large."),
    "captive portal": Fault(
        "captive_portal",
        "Something else answered – trying again in 1 s",
        "Something other than the calendar answered, perhaps a sign-in page of this network. Open a web page to "
        "sign in to the network. Edits are kept and sent later.",
        "Something other than the calendar answered, perhaps a sign-in page of this network.",
    ),
    "302 elsewhere": Fault(
        "redirect",
        "No calendar at this address – trying again in 1 s",
        "The app was sent on to another address, which it does not follow. If this network asks for a sign-in, "
        "open a web page to sign in. Else check the server's address in Settings, Advanced. Edits are "
        "kept and sent later.",
        "The app was sent on to another address, which it does not follow; check the server's address, and "
        "whether this network asks for a sign-in.",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
async def test_uncertain_post(tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess, fault: str) -> None:
    case = FAULTS[fault]
    spec = {"kind": case.kind, "method": "POST", **case.more}
    async with live_window(tmp_path, window_theme, sandbox.url, timeouts=case.timeouts) as window:
        sandbox.faults(spec)
        key = await window.drag("09:00", "10:00")
        await window.session.send_now()
        window.refresh()
        assert (window.state, window.banner) == (case.state, case.banner)
        assert window.unsent == "1 change not sent yet"
        assert window.card(key) == CONFIRMING
        sandbox.clear_faults()  # A terminal's own edit meets the same; what is held goes on.
        sandbox.faults(spec)
        assert await window.command("block", when="2026-11-20 11:00-12:00") == (3, f"{case.told} {NOT_KNOWN}")
        sandbox.clear_faults()
        await settle(window)
        assert window.card(key) == ""
        assert slots_of(sandbox) == ["09:00-10:00", "11:00-12:00"]


async def test_204_without_body(tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess) -> None:
    """It says yes: the entry is looked for at once, and there is nothing to tell the user."""
    async with live_window(tmp_path, window_theme, sandbox.url) as window:
        sandbox.faults({"kind": "no_content", "method": "POST", "times": 0})
        key = await window.drag("09:00", "10:00")
        await window.session.send_now()
        window.refresh()
        assert (window.state, window.banner, window.unsent) == ("Synced 0 s ago", "", "")
        assert window.card(key) == ""
        assert await window.command("block", when="2026-11-20 11:00-12:00") == (0, "")
        assert slots_of(sandbox) == ["09:00-10:00", "11:00-12:00"]


async def test_killed_mid_post(tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess) -> None:
    """Between the POST and its answer the app ends; the next start finds it SENDING, and asks the server."""
    async with live_window(tmp_path, window_theme, sandbox.url) as window:
        sandbox.faults({"kind": "hold_after", "method": "POST"})
        key = await window.drag("09:00", "10:00")
        await asyncio.to_thread(sandbox.wait_until, lambda: bool(sandbox.entries()))
    sandbox.clear_faults()
    sandbox.faults({"kind": "hold", "method": "GET"})
    async with live_window(tmp_path, window_theme, sandbox.url, is_started=False) as window:
        await window.session.start()
        await window.until(lambda: window.card(key) == CONFIRMING)
        assert window.unsent == "1 change not sent yet"
        sandbox.clear_faults()
        await window.until_tried()
        await settle(window)
        assert window.card(key) == ""
    await check_sent_once(tmp_path, window_theme, sandbox, ("09:00-10:00",))
