"""The server says no, or not now: which sentence, which way out, and that the edit is kept.

See `test_table` for the list of all faults.
"""

from __future__ import annotations

from datetime import UTC, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING

import pytest
from tests.helpers.fault_checks import (
    CONFIRMING,
    NO_TOKEN,
    NOT_SENT,
    check_sent_once,
    see_the_calendar,
    settle,
    slots_of,
)
from tests.helpers.live_window import NOW, live_window
from tests.helpers.raw_server import RawServer, json_reply

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers.sandbox import SandboxProcess

    from triluna_desktop.ui.theme import Theme

USED_UP = "No more requests are allowed just now"


def raw(status: int, body: str, headers: dict[str, str] | None = None, **more: object) -> dict[str, object]:
    """A reply to the next POST that is no success."""
    shown = {"content-type": "application/json", **(headers or {})}
    return {"kind": "raw", "method": "POST", "status": status, "headers": shown, "body": body, **more}


LIMITED = '{"error": "Rate limit exceeded"}'
RETRY_AFTER = {
    "seconds": ({"retry-after": "120"}, "2 min", "07:26:00"),
    "garbage": ({"retry-after": "a little later"}, "1 s", "07:24:00"),
    "none": ({}, "1 s", "07:24:00"),
    "0": ({"retry-after": "0"}, "1 s", "07:24:00"),
    "a date that has passed": (
        {"retry-after": format_datetime(NOW - timedelta(hours=3), usegmt=True)},
        "1 s",
        "07:24:00",
    ),
}


@pytest.mark.parametrize("says", RETRY_AFTER)
async def test_429(tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess, says: str) -> None:
    headers, wait, until = RETRY_AFTER[says]
    async with live_window(tmp_path, window_theme, sandbox.url) as window:
        sandbox.faults(raw(429, LIMITED, headers))
        key = await window.drag("09:00", "10:00")
        await window.session.send_now()
        window.refresh()
        assert window.state == f"{USED_UP} – going on in {wait}"
        assert (window.unsent, window.card(key)) == ("1 change not sent yet", NOT_SENT)
        asked = len(sandbox.log())
        assert await window.command("block", when="2026-11-20 11:00-12:00") == (
            3,
            (
                f"{USED_UP}. It says: “Rate limit exceeded”. Try again after {until}. The change is kept and sent "
                "later. Callers do not see it yet."
            ),
        )
        assert len(sandbox.log()) == asked, "it is not asked again before"
        await window.pass_time(121)
        await settle(window)
        assert slots_of(sandbox) == ["09:00-10:00", "11:00-12:00"]


@pytest.mark.parametrize("hours", [0, -30, 30], ids=["right clock", "clock ahead", "clock behind"])
async def test_429_with_date(tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess, hours: int) -> None:
    """The server's date tells what its own clock shows, so two minutes are two minutes whatever ours shows."""
    there = NOW + timedelta(hours=hours)
    headers = {"retry-after": format_datetime(there + timedelta(minutes=2), usegmt=True)}
    headers["date"] = format_datetime(there.astimezone(UTC), usegmt=True)
    await see_the_calendar(tmp_path, window_theme, sandbox)
    async with (
        RawServer(json_reply({"error": "Rate limit exceeded"}, 429, headers)) as server,
        live_window(tmp_path, window_theme, server.url) as window,
    ):
        await window.drag("09:00", "10:00")
        await window.until_tried()
        assert window.state == f"{USED_UP} – going on in 2 min"
        assert await window.command("sync") == (
            3,
            (
                f"{USED_UP}. It says: “Rate limit exceeded”. Try again after 07:26:00. What is known is from "
                "2026-11-19 07:24."
            ),
        )
        assert len(server.requests) == 1
    await check_sent_once(tmp_path, window_theme, sandbox)


async def test_503_with_retry_after_is_waited_for(
    tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess
) -> None:
    async with live_window(tmp_path, window_theme, sandbox.url) as window:
        sandbox.faults(raw(503, '{"error": "Busy"}', {"retry-after": "120"}))
        key = await window.drag("09:00", "10:00")
        await window.session.send_now()
        window.refresh()
        assert window.state == "The server is busy and asks to wait – going on in 2 min"
        assert window.banner == (
            "The server has a problem of its own. The server says: “Busy”. Edits are kept and sent later."
        )
        assert window.buttons == [], "asking sooner is what it asked not to do"
        assert window.card(key) == CONFIRMING, "a busy server may have done it all the same"
        asked = len(sandbox.log())
        code, told = await window.command("block", when="2026-11-20 11:00-12:00")
        assert (code, told) == (
            3,
            (
                "The server has a problem of its own. It says: “Busy”. Try again after 07:26:00. The change is "
                "kept and sent later. Callers do not see it yet."
            ),
        )
        await window.clock.run_for(119)
        assert len(sandbox.log()) == asked, "it is not asked again before"
        await window.pass_time(2)
        await settle(window)
        assert slots_of(sandbox) == ["09:00-10:00", "11:00-12:00"]


async def test_401(tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess) -> None:
    async with live_window(tmp_path, window_theme, sandbox.url) as window:
        sandbox.configure(tokens=["another-token"])
        key = await window.drag("09:00", "10:00")
        await window.session.send_now()
        window.refresh()
        assert window.state == "Token refused"
        assert window.banner == (
            "The server does not accept the token: it is wrong, was revoked or has expired. Your edits are kept "
            "and are sent once a token works."
        )
        assert window.buttons == ["Paste a new token…"]
        assert window.card(key) == NO_TOKEN
        assert await window.command("block", when="2026-11-20 11:00-12:00") == (
            5,
            (
                "The token is missing or was refused. Set one with `triluna-desktop token set`. The change is "
                "kept and sent then."
            ),
        )
        sandbox.configure(tokens=[sandbox.token])
        window.session.token_changed()
        await settle(window)
        assert slots_of(sandbox) == ["09:00-10:00", "11:00-12:00"]


async def test_403(tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess) -> None:
    async with live_window(tmp_path, window_theme, sandbox.url) as window:
        sandbox.configure(tokens=[f"{sandbox.token},read:calendar"])
        key = await window.drag("09:00", "10:00")
        await window.session.send_now()
        window.refresh()
        assert window.state == "Read only"
        assert window.banner == (
            "Read only: the token lacks the scope write:calendar. You can look at everything. To make changes, "
            "use a token that may write."
        )
        assert window.buttons == ["Paste another token…"]
        assert window.card(key) == NOT_SENT
        assert await window.command("block", when="2026-11-20 11:00-12:00") == (
            5,
            "The token may not write (scope write:calendar). Nothing was changed.",
        )
        sandbox.configure(tokens=[sandbox.token])
        window.session.token_changed()
        await settle(window)
        assert slots_of(sandbox) == ["09:00-10:00"]


REFUSED = {
    "400": (400, '{"error": "Bad request", "message": "start_time is needed"}', "start_time is needed"),
    "422": (422, '{"error": "Unprocessable"}', "Unprocessable"),
    "422 without words": (422, "{}", ""),
    "404": (404, '{"error": "Not found"}', "Not found"),
}


@pytest.mark.parametrize("fault", REFUSED)
async def test_refused_edit(tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess, fault: str) -> None:
    status, body, words = REFUSED[fault]
    async with live_window(tmp_path, window_theme, sandbox.url) as window:
        sandbox.faults(raw(status, body, times=2))
        key = await window.drag("09:00", "10:00")
        await window.session.send_now()
        window.refresh()
        assert (window.state, window.unsent) == ("Synced 0 s ago", "1 change needs your decision")
        assert window.banner == (
            "Not all of your changes could be saved on the server. What could not is still here and waits for "
            "your decision."
        )
        assert window.buttons == ["Show"]
        refused = f"Refused by the server: {words or 'it gives no reason.'}"
        assert window.card(key) == f"{refused}\nCallers are not offered this yet."
        said = f" ({words})" if words else ""
        code, told = await window.command("block", when="2026-11-20 11:00-12:00")
        assert code == 4
        (last,) = [op.key for op in window.queued() if op.key != key]
        assert told == (
            f"The server refused it{said}. It is kept here, and not sent. `triluna-desktop delete {last}` drops "
            "it; the window has other ways out."
        )
        for op in window.queued():
            await window.session.retry(op.key)
        await settle(window)
        assert slots_of(sandbox) == ["09:00-10:00", "11:00-12:00"]
