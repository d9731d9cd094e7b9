"""How things stand with the server, as the window says it: banner, status bar, grid, first-run page."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from tests.helpers.window_page import NOW, entry

from triluna_desktop.domain.remote import Trouble
from triluna_desktop.session import ConnectionState, SendState, ShrinkWarning
from triluna_desktop.ui.trouble_words import what_happened, what_to_do
from triluna_desktop.ui.week_notice import GridState, grid_state

if TYPE_CHECKING:
    from tests.helpers.window_fixtures import MakeWindow

LUNCH = entry("Lunch", "12:00", "13:00")


def test_the_status_bar_counts_the_time_since_the_last_sync(make_window: MakeWindow) -> None:
    page = make_window()
    bar = page.window.profile.page.status_bar
    assert bar.state.text() == "Synced 12 s ago"

    page.clock.advance(120)
    bar.timer.timeout.emit()

    assert bar.state.text() == "Synced 2 min ago"
    assert bar.meter.count.text() == "141 of 1000"
    assert bar.zone.text() == "America/Toronto"


@pytest.mark.parametrize(
    ("state", "says"),
    [
        (ConnectionState.LOADING, "Loading the calendar…"),
        (ConnectionState.SYNCING, "Syncing…"),
        (ConnectionState.OFFLINE, "Offline – trying again in 20 s"),
        (ConnectionState.NEEDS_TOKEN, "Token refused"),
        (ConnectionState.READ_ONLY, "Read only"),
        (ConnectionState.WAITING, "No more requests are allowed just now – going on in 20 s"),
        (ConnectionState.NO_TOKEN, "No account connected"),
    ],
)
def test_the_status_bar_says_how_things_stand(make_window: MakeWindow, state: ConnectionState, says: str) -> None:
    page = make_window()
    page.say(state, retry_at=NOW + timedelta(seconds=20))

    assert page.window.profile.page.status_bar.state.text() == says


@pytest.mark.parametrize(
    ("unsent", "undecided", "says"),
    [
        (0, 0, ""),
        (1, 0, "1 change not sent yet"),
        (3, 0, "3 changes not sent yet"),
        (3, 1, "2 changes not sent yet · 1 change needs your decision"),
    ],
)
def test_unsent_changes_are_said_in_words(make_window: MakeWindow, unsent: int, undecided: int, says: str) -> None:
    page = make_window()
    page.say(ConnectionState.SYNCED, unsent=unsent, needs_decision=undecided)

    assert page.window.profile.page.status_bar.unsent.text() == says


def test_a_server_that_answers_reads_and_no_write_is_not_called_synced(make_window: MakeWindow) -> None:
    page = make_window()
    bar = page.window.profile.page.status_bar
    page.say(ConnectionState.SYNCED, unsent=2, needs_decision=1, confirms_writes=False)
    assert bar.state.text() == "Read 12 s ago – the server confirms no changes at present"
    assert bar.unsent.text() == "1 change not sent yet · 1 change needs your decision"

    page.say(ConnectionState.SYNCED, unsent=1, needs_decision=1, confirms_writes=False)
    assert bar.state.text() == "Synced 12 s ago", "nothing waits for the server"


@pytest.mark.parametrize("trouble", Trouble)
def test_each_trouble_has_a_sentence_and_what_to_do_about_it(make_window: MakeWindow, trouble: Trouble) -> None:
    page = make_window()
    page.say(ConnectionState.ERROR, trouble=trouble)

    assert page.banner == f"{what_happened(trouble)} {what_to_do(trouble)}"
    assert what_happened(trouble).endswith(".")
    assert what_to_do(trouble).endswith(".")


def test_the_servers_own_words_are_passed_on(make_window: MakeWindow) -> None:
    page = make_window()
    page.say(ConnectionState.ERROR, trouble=Trouble.SERVER_ERROR, message="Out for lunch")

    assert "The server says: “Out for lunch”." in page.banner


def test_offline_is_a_notice_that_can_be_put_away_until_it_happens_again(make_window: MakeWindow) -> None:
    page = make_window()
    banner = page.window.profile.page.banner
    page.say(ConnectionState.OFFLINE, trouble=Trouble.NO_CONNECTION)
    assert page.banner == "The server cannot be reached. Check the network. Edits are kept and sent later."

    page.click(banner.close_button)
    page.say(ConnectionState.OFFLINE, trouble=Trouble.NO_CONNECTION)
    assert page.banner == ""

    page.say(ConnectionState.SYNCED)
    page.say(ConnectionState.OFFLINE, trouble=Trouble.NO_CONNECTION)
    assert page.banner


@pytest.mark.parametrize("gives_up", [False, True])
def test_a_notice_waits_until_the_button_is_let_go(make_window: MakeWindow, gives_up: bool) -> None:
    page = make_window(LUNCH)
    view = page.window.profile.week_view
    at = view.rect().center()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=at)

    page.say(ConnectionState.OFFLINE, trouble=Trouble.REFUSED)
    assert page.banner == ""

    if gives_up:
        page.press(Qt.Key.Key_Escape)
        assert page.banner
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=at)
    assert page.banner


def test_a_notice_offers_the_way_out(make_window: MakeWindow) -> None:
    page = make_window()
    page.say(ConnectionState.OFFLINE, trouble=Trouble.TIMEOUT)

    page.click(page.window.profile.page.banner.buttons[0])

    assert page.session.asked == ["sync"]


def test_a_refused_token_keeps_the_week_and_leads_to_the_account_page(make_window: MakeWindow) -> None:
    page = make_window(LUNCH)
    page.say(ConnectionState.NEEDS_TOKEN)
    assert page.banner.startswith("The server does not accept the token")

    page.click(page.window.profile.page.banner.buttons[0])

    dialog = page.window.profile.choosing.dialog
    assert dialog is not None
    assert dialog.isVisible()
    assert dialog.names.currentRow() == 0
    dialog.close()


def test_a_read_only_token_takes_the_brush_away(make_window: MakeWindow) -> None:
    page = make_window()
    brush = page.window.profile.page.toolbar.brush
    in_hand = brush.grab().toImage()
    page.say(ConnectionState.READ_ONLY)

    assert page.banner.startswith("Read only: the token lacks the scope write:calendar.")
    assert not brush.isEnabled()
    assert brush.grab().toImage() != in_hand
    assert page.window.profile.week_view.is_read_only


def test_a_list_that_lost_many_rows_is_asked_about(make_window: MakeWindow) -> None:
    page = make_window()
    page.say(ConnectionState.SYNCED, shrink=ShrinkWarning(41, 120))
    assert page.banner.startswith("41 entries are missing from the server's list, of 120 that were there.")

    page.click(page.window.profile.page.banner.buttons[1])

    assert page.session.asked == ["accept_shrink"]


def test_rows_that_could_not_be_read_are_reported(make_window: MakeWindow) -> None:
    page = make_window()
    page.say(ConnectionState.SYNCED, skipped_rows=1)

    assert page.banner.startswith("1 row of the server's list could not be read and is not shown.")


def test_rows_that_could_not_be_read_hide_no_question_about_many_that_are_missing(make_window: MakeWindow) -> None:
    page = make_window()
    page.say(ConnectionState.SYNCED, skipped_rows=1, shrink=ShrinkWarning(41, 120))
    assert page.banner.startswith("41 entries are missing from the server's list, of 120 that were there.")


def test_the_notice_of_a_refusal_leads_to_the_entry(make_window: MakeWindow) -> None:
    later = entry("Later", "9:00", "10:00", day=NOW.date() + timedelta(days=21))
    page = make_window(LUNCH, later)
    page.session.send_states["Later"] = (SendState.REJECTED, "no")
    page.say(ConnectionState.SYNCED, unsent=1, needs_decision=1)

    page.click(page.window.profile.page.banner.buttons[0])
    page.settle()

    assert page.window.profile.week_view.selected == ("Later",)
    assert page.inspector.form.send_card.sentence.text() == "Refused by the server: no"


@pytest.mark.parametrize(
    ("state", "trouble", "is_first"),
    [
        (ConnectionState.SYNCED, None, False),
        (ConnectionState.OFFLINE, None, False),
        (ConnectionState.ERROR, Trouble.CERTIFICATE, True),
        (ConnectionState.ERROR, None, True),
    ],
)
def test_what_stops_all_sending_is_said_before_what_waits_for_a_decision(
    make_window: MakeWindow, state: ConnectionState, trouble: Trouble | None, is_first: bool
) -> None:
    page = make_window()
    page.say(state, trouble=trouble, unsent=1, needs_decision=1)
    assert ("decision" not in page.banner) is is_first


def test_a_fault_of_the_app_is_said_and_can_be_put_away(make_window: MakeWindow) -> None:
    page = make_window()
    page.window.report("Something went wrong in the app.", "details")
    assert page.banner.startswith("Something went wrong in the app.")

    page.click(page.window.profile.page.banner.close_button)

    assert page.banner == ""


@pytest.mark.parametrize(
    ("state", "loaded", "shows"),
    [
        (ConnectionState.OFFLINE, True, GridState.READY),
        (ConnectionState.LOADING, False, GridState.LOADING),
        (ConnectionState.SYNCED, False, GridState.LOADING),
        (ConnectionState.OFFLINE, False, GridState.UNREAD),
        (ConnectionState.NO_TOKEN, False, GridState.UNREAD),
        (ConnectionState.ERROR, False, GridState.FAILED),
    ],
)
def test_dates_that_were_never_read_are_not_shown_as_empty(
    make_window: MakeWindow, state: ConnectionState, loaded: bool, shows: GridState
) -> None:
    page = make_window()
    page.say(state)

    assert grid_state(page.session.status, loaded=loaded) is shows


def test_without_a_token_the_app_opens_on_the_first_run_page(make_window: MakeWindow) -> None:
    page = make_window()
    page.say(ConnectionState.NO_TOKEN, ever_synced=False)
    first_run = page.window.profile.first_run
    assert first_run is not None
    assert first_run.isVisible()

    first_run.form.edit.setText("  Bearer abcdefghij ")
    page.click(first_run.form.save_button)
    assert page.account.saved == ["abcdefghij"]
    assert first_run.form.edit.text() == "", "the token does not stay on screen"
    assert "The token works" in first_run.form.result.text()

    page.say(ConnectionState.LOADING, ever_synced=False)
    assert first_run.isVisible(), "the steps go on"
    page.click(first_run.later_button)
    assert page.window.profile.page.isVisible()


def test_a_kept_token_that_is_refused_at_the_first_start_is_said_on_the_first_run_page(
    make_window: MakeWindow,
) -> None:
    page = make_window()
    page.say(ConnectionState.NEEDS_TOKEN, ever_synced=False)

    first_run = page.window.profile.first_run
    assert first_run is not None
    assert first_run.form.result.text().startswith("The server does not accept this token.")
    assert first_run.form.result.isVisible()


@pytest.mark.parametrize("view", ["week", "day"])
def test_hours_that_nobody_knows_are_not_counted(make_window: MakeWindow, view: str) -> None:
    page = make_window()
    hours = page.window.profile.page.sidebar.hours
    page.window.profile.week.show_view(view)
    assert hours.total.text() == "0 min"

    page.session.knows = False
    page.window.profile.week.refresh_now()

    assert hours.total.text() == "–"
    assert hours.bars.accessibleDescription() == ""


def test_the_first_run_page_offers_the_demo(make_window: MakeWindow) -> None:
    page = make_window()
    page.say(ConnectionState.NO_TOKEN, ever_synced=False)
    assert page.window.profile.first_run is not None

    page.click(page.window.profile.first_run.demo_button)

    assert page.demo_tried == 1


def test_weeks_seen_before_stay_on_screen_when_the_token_is_forgotten(make_window: MakeWindow) -> None:
    page = make_window(LUNCH)
    page.say(ConnectionState.NO_TOKEN)

    assert page.window.profile.page.isVisible()
    assert page.banner.startswith("No account is connected")


def test_a_small_screen_has_room_for_the_whole_bar(make_window: MakeWindow) -> None:
    page = make_window(LUNCH)
    window, bar = page.window, page.window.profile.page.toolbar
    window.resize(1280, 800)
    page.settle()
    assert bar.brush.button("open").text() == "Make available"
    window.resize(640, 400)  # 1280x800 at 200 %.
    page.settle()
    assert window.width() <= 640
    assert [bar.brush.button(value).text() for value in ("open", "block")] == ["Open", "Block"]
    assert bar.settings_button.geometry().right() <= bar.width()
    assert bar.brush.button("open").accessibleName() == "What a drag makes: A drag makes available time"
    window.resize(1280, 800)
    page.settle()
    assert bar.brush.button("open").text() == "Make available"
