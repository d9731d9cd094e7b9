"""A server that answers well-formed nonsense: rows that lack something, or too few, or too many.

See `test_table` for the list of all faults.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from tests.helpers.fault_checks import CONFIRMING, THERE, check_sent_once, see_the_calendar
from tests.helpers.live_window import THURSDAY, live_window
from tests.helpers.raw_server import RawServer, json_reply

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers.sandbox import SandboxProcess

    from triluna_desktop.ui.theme import Theme

Row = dict[str, Any]
SHOWN = ["09:00-10:00", "11:00-12:00 Walk", THERE]
ONE_SKIPPED = (
    "1 row of the server's list could not be read and is not shown. All others are. A newer version of the app "
    "may know how to read them."
)


def row(number: int, start: str, end: str, title: str | None, **more: object) -> Row:
    return {
        "id": number,
        "date": THURSDAY.isoformat(),
        "start_time": start,
        "end_time": end,
        "is_available": True,
        "title": title,
        **more,
    }


# Far from the ids that the sandbox gives, which go on from test to test: Lunch gets the one that it has there.
LUNCH, WALK = row(1, "14:00:00", "15:00:00", "Lunch"), row(1002, "11:00:00", "12:00:00", "Walk")


def without(name: str) -> Row:
    return {key: value for key, value in row(1003, "16:00:00", "17:00:00", "Odd").items() if key != name}


async def look(
    folder: Path, theme: Theme, sandbox: SandboxProcess, rows: list[Row]
) -> tuple[list[str], str, str, list[str]]:
    """Start on a server that lists these rows; what is shown of Thursday and said of it, with an edit queued."""
    await see_the_calendar(folder, theme, sandbox)
    (there,) = sandbox.entries()
    listed = [{**each, "id": there["id"]} if each["title"] == "Lunch" else each for each in rows]
    async with (
        # The first reads are answered; the POST is refused by a closed connection.
        RawServer(*[json_reply({"success": True, "availability": listed, "recurring": []})] * 3, b"") as server,
        live_window(folder, theme, server.url) as window,
    ):
        banner, state = window.banner, window.state
        await window.drag("09:00", "10:00")
        assert window.unsent == "1 change not sent yet"
        return window.shown(), state, banner, window.buttons


READABLE = {
    "missing what may be missing": [LUNCH, {k: v for k, v in WALK.items() if k != "is_available"}],
    "null where null may be": [LUNCH, {**WALK, "notes": None, "is_available": None, "created_at": None}],
    "extra": [LUNCH, {**WALK, "colour": "green", "tags": [1, {"a": None}]}],
    "time stamps of another type": [LUNCH, {**WALK, "created_at": 17, "updated_at": {"x": 1}}],
    "duplicate ids": [WALK, LUNCH, WALK],
}


@pytest.mark.parametrize("fault", READABLE)
async def test_fields_that_do_no_harm(
    tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess, fault: str
) -> None:
    shown, state, banner, _ = await look(tmp_path, window_theme, sandbox, READABLE[fault])
    assert shown == SHOWN
    assert state == "Synced 0 s ago"
    # Of two rows with one id the last is shown: that the other was left out is said.
    assert banner == (ONE_SKIPPED if fault == "duplicate ids" else "")
    await check_sent_once(tmp_path, window_theme, sandbox)


UNREADABLE = {
    "missing": without("date"),
    "no id": without("id"),
    "null": row(1003, "16:00:00", "17:00:00", "Odd", start_time=None),
    "wrong-typed time": row(1003, "16:00:00", "17:00:00", "Odd", end_time=17),
    "wrong-typed id": row(1003, "16:00:00", "17:00:00", "Odd") | {"id": "three"},
    "no such date": row(1003, "16:00:00", "17:00:00", "Odd", date="2026-02-30"),
    "ends before it starts": row(1003, "17:00:00", "16:00:00", "Odd"),
}


@pytest.mark.parametrize("fault", UNREADABLE)
async def test_fields_that_hide_a_row(
    tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess, fault: str
) -> None:
    shown, state, banner, buttons = await look(tmp_path, window_theme, sandbox, [LUNCH, WALK, UNREADABLE[fault]])
    assert shown == SHOWN, "the others are shown"
    assert (state, banner, buttons) == ("Synced 0 s ago", ONE_SKIPPED, [])
    await check_sent_once(tmp_path, window_theme, sandbox)


async def test_rows_that_cannot_be_read_are_not_said_to_be_missing(
    tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess
) -> None:
    """The one row that is left may be the one that is missing: nothing is asked, and nothing dropped."""
    shown, _, banner, _ = await look(tmp_path, window_theme, sandbox, [row(1, "x", "y", "Odd"), WALK])
    assert shown == SHOWN
    assert banner == ONE_SKIPPED
    await check_sent_once(tmp_path, window_theme, sandbox)


async def test_an_answer_without_any_list(tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess) -> None:
    await see_the_calendar(tmp_path, window_theme, sandbox)
    async with (
        RawServer(json_reply({"success": True})) as server,
        live_window(tmp_path, window_theme, server.url) as window,
    ):
        await window.drag("09:00", "10:00")
        assert window.shown() == ["09:00-10:00", THERE]
        assert window.banner == (
            "The server's answer could not be read. What was shown last is kept, and so are your edits. A newer "
            "version of the app may know more."
        )
    await check_sent_once(tmp_path, window_theme, sandbox)


async def test_empty_list_over_a_full_cache(tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess) -> None:
    sandbox.load(
        {"date": "2026-11-20", "start_time": f"{hour:02}:00", "end_time": f"{hour:02}:30"} for hour in range(12)
    )
    await see_the_calendar(tmp_path, window_theme, sandbox)
    async with live_window(tmp_path, window_theme, sandbox.url, is_started=False) as window:
        sandbox.faults({"kind": "empty_list", "method": "GET", "times": 0})
        await window.session.start()
        await window.until_tried()
        assert window.banner == (
            "13 entries are missing from the server's list, of 13 that were there. Nothing was removed here. If "
            "you did not delete them elsewhere, check the account first."
        )
        assert window.buttons == ["Ask the server again", "They are gone: remove them here too"]
        assert window.shown() == [THERE]
        code, told = await window.command("sync")
        assert (code, told) == (
            4,
            (
                "Missing from the server's list: 13 of 13 that were there. Nothing was removed here; open the "
                "window to decide."
            ),
        )
        sandbox.clear_faults()
        window.click(window.window.profile.page.banner.buttons[0])
        await window.until(lambda: window.banner == "")
        assert window.shown() == [THERE]
    assert len(sandbox.entries()) == 13


async def test_reply_ignoring_the_date_filter(
    tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess
) -> None:
    """Rows of dates that nobody asked for are no news of those dates: nothing to say, nothing shown or dropped."""
    far = row(1009, "08:00:00", "09:00:00", "Far away", date="2031-01-05")
    shown, state, banner, _ = await look(tmp_path, window_theme, sandbox, [LUNCH, WALK, far])
    assert shown == SHOWN
    assert (state, banner) == ("Synced 0 s ago", "")
    await check_sent_once(tmp_path, window_theme, sandbox)


async def test_a_server_that_lists_all_dates_to_a_question_for_some_makes_no_second_entry(
    tmp_path: Path, window_theme: Theme
) -> None:
    """The same filter is meant to find an uncertain create by: rows of other dates are not taken for it."""
    twin = row(1009, "09:00:00", "10:00:00", None, date="2026-11-26")
    listed = {"success": True, "availability": [twin], "recurring": []}
    async with (
        RawServer(*[json_reply(listed)] * 2, b"", json_reply(listed)) as server,
        live_window(tmp_path, window_theme, server.url) as window,
    ):
        key = await window.drag("09:00", "10:00")
        await window.session.send_now()
        await window.clock.run_for(5)
        assert window.card(key) == CONFIRMING, "the one of next Thursday is not ours"
        assert [json.loads(each.body)["date"] for each in server.requests if each.method == "POST"] == [
            "2026-11-19"
        ]
