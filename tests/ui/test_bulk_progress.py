"""The strip that tells how a bulk edit is sent: how far it has come, Cancel, the end, and after a restart."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from tests.helpers.bulk_page import BulkPage
from tests.helpers.window_page import THURSDAY

from triluna_desktop.session import ConnectionState
from triluna_desktop.sync.journal import finish
from triluna_desktop.sync.ports import DiskFullError

if TYPE_CHECKING:
    from tests.helpers.window_fixtures import MakeWindow

    from triluna_desktop.sync.ports import Transaction


def applied(page_bulk: BulkPage, days: int = 21) -> BulkPage:
    page_bulk.open("block_dates")
    last = THURSDAY + timedelta(days=days - 1)
    page_bulk.type_into(page_bulk.dialog.block_panel.dates.last, last.strftime("%d %b %Y"))
    page_bulk.apply()
    page_bulk.window.say(ConnectionState.SYNCED, unsent=days)
    return page_bulk


def sent(bulk: BulkPage, count: int) -> None:
    """Let the server have taken the first operations that are queued."""
    store = bulk.window.store

    def drop(tx: Transaction) -> int:
        ops = tx.ops()
        for op in ops[:count]:
            tx.drop_op(op.id)
        return len(ops) - count

    bulk.window.say(ConnectionState.SYNCED, unsent=store.read(drop))


def test_a_strip_tells_how_far_the_sending_has_come(make_window: MakeWindow) -> None:
    bulk = applied(BulkPage(make_window()))
    strip = bulk.strip
    assert strip is not None
    assert strip.text.text() == "0 of 21 changes sent"
    sent(bulk, 5)
    assert bulk.strip is not None
    assert strip.text.text() == "5 of 21 changes sent"
    assert (strip.bar.value(), strip.bar.maximum()) == (5, 21)
    assert strip.rest.text() == "less than a minute left"
    bulk.window.say(ConnectionState.OFFLINE, unsent=16)
    assert bulk.strip is not None
    assert strip.rest.text() == "The rest is kept and sent later."


def test_the_end_is_told_with_a_way_back_and_the_strip_goes(make_window: MakeWindow) -> None:
    bulk = applied(BulkPage(make_window()))
    assert bulk.strip is not None
    sent(bulk, 21)
    assert bulk.strip is None
    toast = bulk.window.window.profile.page.toast
    assert bulk.window.toast == "All 21 changes are on the server."
    assert toast.undo_button.isVisibleTo(toast)


def test_the_end_of_an_undo_is_told_as_one(make_window: MakeWindow) -> None:
    bulk = applied(BulkPage(make_window()))
    assert bulk.strip is not None

    def carry_out(tx: Transaction) -> None:
        for op in tx.ops():
            finish(tx, op, None, op.id)

    bulk.window.store.read(carry_out)
    bulk.window.say(ConnectionState.SYNCED, unsent=0)
    bulk.window.window.profile.week.flow.undo()
    bulk.window.say(ConnectionState.SYNCED, unsent=21)
    assert bulk.strip is not None
    sent(bulk, 21)
    assert bulk.strip is None
    assert bulk.window.toast == "All 21 changes are taken back, on the server too."


def test_an_undo_before_anything_was_sent_is_not_told_as_sent(make_window: MakeWindow) -> None:
    bulk = applied(BulkPage(make_window()))
    assert bulk.strip is not None
    bulk.window.window.profile.week.flow.undo()
    bulk.window.say(ConnectionState.SYNCED, unsent=0)
    assert bulk.strip is None
    assert bulk.window.toast == "Undone: 21 entries created"


def test_after_a_restart_the_strip_is_there_again_and_undo_is_about_it(make_window: MakeWindow) -> None:
    applied(BulkPage(make_window()))
    again = make_window()
    assert not again.session.can_undo
    again.say(ConnectionState.SYNCED, unsent=0)
    assert BulkPage(again).strip is None, "what is left is not known yet"
    again.say(ConnectionState.SYNCED, unsent=21)
    bulk = BulkPage(again)
    strip = bulk.strip
    assert strip is not None
    assert strip.text.text() == "0 of 21 changes sent"
    assert again.session.can_undo
    again.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    again.say(ConnectionState.SYNCED, unsent=0)
    assert bulk.strip is None
    assert again.entries() == []


def test_cancel_takes_back_what_was_not_sent_and_says_how_many(make_window: MakeWindow) -> None:
    bulk = applied(BulkPage(make_window()))
    assert bulk.strip is not None
    sent(bulk, 5)
    strip = bulk.strip
    assert strip is not None
    assert strip.cancel_button.accessibleName() == "Take back what has not been sent"
    bulk.window.click(strip.cancel_button)
    assert bulk.window.toast == ("16 changes were taken back before they were sent. 5 are on the server and stay.")
    assert bulk.strip is None
    assert bulk.window.entries(THURSDAY + timedelta(days=20)) == []


def test_a_cancel_that_cannot_be_written_says_so_and_can_be_tried_again(make_window: MakeWindow) -> None:
    bulk = applied(BulkPage(make_window()))
    strip = bulk.strip
    assert strip is not None
    bulk.window.store.failures = [DiskFullError("full")]
    bulk.window.click(strip.cancel_button)
    assert bulk.window.toast == "Nothing was changed: the disk is full. Make room and try again."
    assert bulk.strip is not None
    assert strip.cancel_button.isEnabled()
