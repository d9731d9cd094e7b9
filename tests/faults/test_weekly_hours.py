"""Weekly hours in their window while the server says no, or nothing: what is live, what is not, the ways out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from tests.contract.test_bulk_sandbox import KINDS, ONE_IN_FIVE
from tests.helpers.live_window import live_window
from tests.helpers.weekly_page import WeeklyPage

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers.live_window import LiveWindow
    from tests.helpers.sandbox import SandboxProcess

    from triluna_desktop.ui.theme import Theme


def on_server(sandbox: SandboxProcess) -> list[str]:
    return [
        f"{each['day_of_week']} {each['start_time'][:5]}-{each['end_time'][:5]}"
        for each in sorted(sandbox.patterns(), key=lambda each: (each["day_of_week"], each["start_time"]))
    ]


async def applied(window: LiveWindow, weekly: WeeklyPage) -> None:
    """Apply, and wait until it is on disk."""
    weekly.apply()
    await window.until(lambda: not weekly.dialog.is_reviewing)


async def all_sent(window: LiveWindow) -> None:
    """Let time pass until nothing waits."""
    for _ in range(60):
        await window.until_tried()
        if not window.session.status.unsent:
            return
        await window.pass_time(10)
    raise AssertionError(window.queued())


def show(window: LiveWindow, weekly: WeeklyPage) -> None:
    """Let the window show what became of it."""
    window.refresh()
    weekly.dialog.refresh()


async def test_a_stretch_that_is_refused_says_why_and_is_sent_again(
    tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess
) -> None:
    async with live_window(tmp_path, window_theme, sandbox.url) as window:
        sandbox.faults(
            {
                "kind": "raw",
                "method": "POST",
                "status": 422,
                "headers": {"content-type": "application/json"},
                "body": json.dumps({"error": "Validation", "message": "not on a Tuesday"}),
            }
        )
        weekly = WeeklyPage(window).open()
        weekly.grid.drag_empty("tuesday", "09:00", "12:00")
        weekly.grid.drag_empty("thursday", "09:00", "12:00")
        await applied(window, weekly)
        await window.until_tried()
        show(window, weekly)
        assert on_server(sandbox) == ["4 09:00-12:00"]
        assert weekly.rows() == ["Tue 09:00 – 12:00, available. Not accepted", "Thu 09:00 – 12:00, available"]
        editing = weekly.dialog.editing
        editing.table.setFocus()
        QTest.keyClick(editing.table, Qt.Key.Key_Up)
        editing.view.select((editing.table.stretches.rows[0].key,))
        assert "not on a Tuesday" in editing.send_card.sentence.text()
        weekly.click(editing.send_card.retry_button)
        await window.until(lambda: window.session.status.needs_decision == 0)
        await window.until_tried()
        show(window, weekly)
        assert on_server(sandbox) == ["2 09:00-12:00", "4 09:00-12:00"]
        assert weekly.rows() == ["Tue 09:00 – 12:00, available", "Thu 09:00 – 12:00, available"]


async def test_without_an_answer_each_stretch_says_how_far_it_has_got(
    tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess
) -> None:
    sandbox.add_pattern(2, "09:00", "12:00", is_available=False)
    async with live_window(tmp_path, window_theme, sandbox.url) as window:
        weekly = WeeklyPage(window).open()
        assert weekly.draft == ["tue 09:00-12:00 blocked"]
        (key,) = (each.key for each in weekly.dialog.editing.editor.draft.stretches)
        weekly.grid.drag_entry(key, "tuesday", "10:00")
        # The sandbox takes no overlaps: the old block must go first, and the answer to the new one stays away.
        sandbox.faults({"kind": "drop_before", "method": "POST", "skip": 1})
        await applied(window, weekly)
        await window.until_tried()
        show(window, weekly)
        assert on_server(sandbox) == []
        assert weekly.rows() == ["Tue 10:00 – 13:00, blocked. Not blocked just now"]
        assert "can be booked just now" in weekly.dialog.live.text()
        await all_sent(window)
        show(window, weekly)
        assert on_server(sandbox) == ["2 10:00-13:00"]
        assert weekly.rows() == ["Tue 10:00 – 13:00, blocked"]
        assert weekly.message.startswith("All of it is on the server")
        assert weekly.dialog.live.text() == ""


async def test_a_week_from_a_preset_ends_equal_while_one_request_in_five_fails(
    tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess
) -> None:
    for weekday in range(1, 6):
        sandbox.add_pattern(weekday, "10:00", "18:00")
    async with live_window(tmp_path, window_theme, sandbox.url) as window:
        share = ONE_IN_FIVE / len(KINDS)
        sandbox.faults(
            *({"kind": kind, "probability": share, "times": 0, "skip": at} for at, kind in enumerate(KINDS))
        )
        weekly = WeeklyPage(window).open()
        weekly.click(weekly.dialog.editing.tools.preset_button)
        weekly.choose("Mornings: Mon – Fri, 08:00 – 12:00")
        weekly.grid.drag_empty("saturday", "10:00", "12:00")
        await applied(window, weekly)
        await all_sent(window)
        sandbox.clear_faults()
        await window.until_tried()
        show(window, weekly)
        assert on_server(sandbox) == [*(f"{weekday} 08:00-12:00" for weekday in range(1, 6)), "6 10:00-12:00"]
        assert not any("." in row for row in weekly.rows())
        assert window.session.status.unsent == 0
