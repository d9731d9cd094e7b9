"""What is said when an edit is taken back: whether it had been sent, and why it cannot be taken back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from tests.helpers.window_page import entry

from triluna_desktop.domain import edits
from triluna_desktop.session import ConnectionState
from triluna_desktop.sync.ports import EntryRow

if TYPE_CHECKING:
    from tests.helpers.window_fixtures import MakeWindow
    from tests.helpers.window_page import WindowPage

    from triluna_desktop.domain.models import Entry
    from triluna_desktop.sync.ports import Transaction

MEETING = entry("Client meeting", "14:00", "15:30")
LATER = replace(MEETING, start=15 * 60, end=16 * 60 + 30)
CTRL = Qt.KeyboardModifier.ControlModifier


def carried_out(page: WindowPage, there: Entry) -> None:
    """The server has carried out what was queued, and has this now."""

    def work(tx: Transaction) -> None:
        for op in tx.ops():
            tx.drop_op(op.id)
        tx.put_entries([EntryRow(there.key, 7, 0, *there.content())])

    page.store.read(work)
    page.window.profile.week.refresh_now()


def moved(make_window: MakeWindow) -> WindowPage:
    """A window in which the meeting was moved to a later hour."""
    page = make_window(MEETING)
    carried_out(page, MEETING)
    page.runner.run(page.session.apply(edits.change(MEETING, LATER)))
    page.window.profile.week.refresh_now()
    page.window.profile.week_view.setFocus()
    return page


def test_what_was_not_sent_is_undone_without_a_word_about_sending(make_window: MakeWindow) -> None:
    page = moved(make_window)
    page.press(Qt.Key.Key_Z, CTRL)
    assert page.toast == "Undone: “Client meeting” moved"
    assert page.entries() == ["14:00-15:30 Client meeting"]


@pytest.mark.parametrize(
    ("state", "confirms", "expected"),
    [
        (ConnectionState.SYNCED, True, "the opposite is being sent now."),
        (ConnectionState.KEEPING, True, "the opposite is being sent now."),
        (ConnectionState.OFFLINE, True, "the opposite waits until it can be sent."),
        (ConnectionState.PAUSED, True, "the opposite waits until it can be sent."),
        (ConnectionState.SYNCED, False, "the opposite waits until it can be sent."),
    ],
)
def test_what_was_sent_is_undone_by_the_opposite_and_said_so(
    make_window: MakeWindow, state: ConnectionState, confirms: bool, expected: str
) -> None:
    page = moved(make_window)
    carried_out(page, LATER)
    page.say(state, confirms_writes=confirms)
    page.press(Qt.Key.Key_Z, CTRL)
    assert page.toast == f"Undone: “Client meeting” moved. It had been sent already; {expected}"
    assert page.entries() == ["14:00-15:30 Client meeting"]


def test_what_was_changed_elsewhere_since_cannot_be_undone_and_says_so(make_window: MakeWindow) -> None:
    page = moved(make_window)
    carried_out(page, replace(LATER, title="Theirs"))
    page.press(Qt.Key.Key_Z, CTRL)
    assert page.toast == "This cannot be undone any more: the entry was changed or deleted since."
    assert page.entries() == ["15:00-16:30 Theirs"]
