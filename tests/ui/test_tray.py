"""The tray's tooltip and menu, when they change by themselves, and what is chosen in the menu."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QImage, QRegion
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QSystemTrayIcon, QWidget
from tests.helpers.tray_page import TrayPage
from tests.helpers.window_page import THURSDAY, entry

from triluna_desktop.domain.availability import ModeSettings
from triluna_desktop.domain.remote import Trouble
from triluna_desktop.session import ConnectionState
from triluna_desktop.system import settings as table
from triluna_desktop.ui.tray.picture import Badge, Body

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from triluna_desktop.domain.models import Item
    from triluna_desktop.ui.theme import Theme

    MakeTray = Callable[..., TrayPage]

FRIDAY = THURSDAY + timedelta(days=1)


@pytest.fixture
def make_tray(tmp_path: Path, window_theme: Theme) -> Iterator[MakeTray]:
    pages: list[TrayPage] = []

    def make(*items: Item, **options: object) -> TrayPage:
        pages.append(TrayPage(tmp_path, window_theme, items, **options))  # type: ignore[arg-type] # Passed on.
        return pages[-1]

    yield make
    for page in pages:
        page.end()


HOURS = (
    entry("Hours", "09:00", "15:30", is_available=True),
    entry("Client meeting", "15:30", "16:30"),
    entry("Evening", "18:00", "20:00", is_available=True),
)
"""It is Thursday, 13:24."""


def test_the_tooltip_says_until_when_callers_can_book_and_what_comes_next(make_tray: MakeTray) -> None:
    tray = make_tray(*HOURS)
    assert tray.tooltip == "Bookable until 15:30 · next: Client meeting 15:30"


def test_titles_are_masked_where_the_privacy_setting_says_so(make_tray: MakeTray) -> None:
    tray = make_tray(*HOURS)
    tray.page.settings.set(table.PRIVACY_MASK_TITLES, True)
    tray.settle()
    assert tray.tooltip == "Bookable until 15:30 · next: Blocked time 15:30"
    assert not [text for text in tray.texts() if "Client" in text or "Evening" in text]
    tray.page.settings.set(table.PRIVACY_MASK_TITLES, False)
    tray.settle()
    assert [text for text in tray.texts() if "Client meeting" in text]


def test_times_are_written_as_the_user_chose(make_tray: MakeTray) -> None:
    tray = make_tray(*HOURS)
    tray.page.settings.set(table.APPEARANCE_CLOCK, "12")
    tray.settle()
    assert tray.tooltip == "Bookable until 3:30 PM · next: Client meeting 3:30 PM"
    assert "Until the next entry, 3:30 PM" in tray.texts("Block now")


@pytest.mark.parametrize(
    ("state", "other", "badge", "said"),
    [
        (ConnectionState.SYNCED, {"unsent": 2}, Badge.UNSENT, "2 changes not sent yet"),
        (ConnectionState.KEEPING, {"unsent": 2}, Badge.UNSENT, "2 changes not sent yet"),
        (
            ConnectionState.SYNCED,
            {"unsent": 2, "confirms_writes": False},
            Badge.HELD,
            "the server confirms no changes: 2 changes not sent yet",
        ),
        (ConnectionState.SYNCED, {"confirms_writes": False}, Badge.NONE, ""),
        (ConnectionState.OFFLINE, {"unsent": 2}, Badge.HELD, "offline: 2 changes not sent yet"),
        (ConnectionState.OFFLINE, {}, Badge.OFFLINE, "offline"),
        # The server answers: "offline" would send people to look at their network.
        (
            ConnectionState.ERROR,
            {"unsent": 2, "trouble": Trouble.SERVER_ERROR},
            Badge.HELD,
            "The server has a problem: 2 changes not sent yet",
        ),
        (ConnectionState.ERROR, {}, Badge.OFFLINE, "The calendar's file cannot be written"),
        (ConnectionState.PAUSED, {}, Badge.PAUSED, "syncing is paused"),
        (ConnectionState.NEEDS_TOKEN, {"unsent": 1}, Badge.ATTENTION, "the token was refused"),
        (
            ConnectionState.SYNCED,
            {"unsent": 3, "needs_decision": 2},
            Badge.ATTENTION,
            "2 changes need your decision",
        ),
        (ConnectionState.SYNCING, {}, Badge.NONE, ""),
    ],
)  # fmt: skip - a table.
def test_the_badge_and_the_tooltip_tell_of_the_connection(
    make_tray: MakeTray, state: ConnectionState, other: dict[str, object], badge: Badge, said: str
) -> None:
    tray = make_tray(*HOURS)
    tray.page.say(state, **other)
    tray.settle()
    assert tray.tray.look == (Body.BOOKABLE, badge)
    assert tray.tooltip == " · ".join(
        part for part in ("Bookable until 15:30", "next: Client meeting 15:30", said) if part
    )


def test_the_icon_changes_at_the_boundary_without_looking_each_minute(make_tray: MakeTray) -> None:
    tray = make_tray(*HOURS)
    tray.pass_time_to("15:29")
    assert 60_000 <= tray.tray.timer.interval() <= 60_100
    tray.pass_time_to("15:30")
    tray.ring()
    assert (tray.tray.look, tray.tooltip) == (
        (Body.BLOCKED, Badge.NONE),
        "Blocked until 16:30 · next: Evening 18:00",
    )
    tray.pass_time_to("16:30")
    tray.ring()
    assert tray.tray.look == (Body.CLOSED, Badge.NONE)
    assert tray.tooltip == "Outside of your hours, bookable again from 18:00 · next: Evening 18:00"
    # Nothing happens for an hour and a half: a computer that slept is noticed after a quarter of an hour.
    assert 14 * 60_000 < tray.tray.timer.interval() < 16 * 60_000


def test_an_edit_changes_the_icon_at_once(make_tray: MakeTray) -> None:
    tray = make_tray(*HOURS)
    tray.change("Hours", None)
    tray.settle()
    assert tray.tray.look == (Body.CLOSED, Badge.NONE)


def test_before_anything_was_loaded_the_icon_says_that_it_does_not_know(make_tray: MakeTray) -> None:
    tray = make_tray(is_loaded=False)
    assert tray.tray.look == (Body.UNKNOWN, Badge.NONE)
    assert tray.tooltip == "Today's calendar is not loaded yet"


def test_the_menu_lists_today_and_tomorrow_and_says_how_many_more_there_are(make_tray: MakeTray) -> None:
    many = [entry(f"Call {hour}", f"{hour:02}:00", f"{hour:02}:30", day=FRIDAY) for hour in range(8, 16)]
    tray = make_tray(*HOURS, *many)
    texts = tray.texts()
    assert texts[:2] == ["Bookable until 15:30", "Next: Client meeting 15:30"]
    today, tomorrow = texts.index("Today"), texts.index("Tomorrow")
    assert texts[today + 1 : tomorrow] == [
        "09:00 – 15:30  Hours (now)",
        "15:30 – 16:30  Client meeting",
        "18:00 – 20:00  Evening",
    ]
    assert texts[tomorrow + 1 : tomorrow + 6] == [
        "08:00 – 08:30  Call 8",
        "09:00 – 09:30  Call 9",
        "10:00 – 10:30  Call 10",
        "11:00 – 11:30  Call 11",
        "4 more…",
    ]
    tray.choose("4 more…")
    assert tray.dates == [FRIDAY]


def test_a_title_from_right_to_left_does_not_tear_the_time_behind_it_apart(make_tray: MakeTray) -> None:
    tray = make_tray(entry("عميل", "15:30", "16:30"))
    tray.page.settings.set(table.APPEARANCE_CLOCK, "12")
    tray.settle()
    assert tray.tooltip.endswith("next: \u2068عميل\u2069 3:30 PM")


def test_an_ampersand_in_a_title_is_shown(make_tray: MakeTray) -> None:
    tray = make_tray(entry("Q&A", "14:00", "15:00"))
    assert "14:00 – 15:00  Q&&A" in tray.texts()


def test_block_now_blocks_from_now_on_and_release_early_gives_the_rest_back(make_tray: MakeTray) -> None:
    tray = make_tray(*HOURS)
    assert not tray.action("Release early").isEnabled()
    tray.choose("30 minutes", "Block now")
    assert tray.told == ["Blocked until 13:54."]
    assert tray.tooltip.startswith("Blocked until 13:54 ")
    tray.page.clock.advance(600)
    tray.choose("Release early")
    assert tray.told[-1] == "Released: callers can book 13:34 – 13:54 again."
    assert tray.tooltip.startswith("Bookable until 15:30 ")
    assert not tray.action("Release early").isEnabled()


def test_until_the_next_entry_names_the_time(make_tray: MakeTray) -> None:
    tray = make_tray(*HOURS)
    tray.choose("Until the next entry, 15:30", "Block now")
    assert tray.told == ["Blocked until 15:30."]


def test_the_rest_of_the_day_in_its_last_minute_says_what_can_be_done_instead(make_tray: MakeTray) -> None:
    tray = make_tray(entry("Evening", "18:00", "24:00", is_available=True))
    tray.pass_time_to("23:59")
    tray.choose("Rest of the day", "Block now")
    (said,) = tray.told
    assert said.startswith("Nothing was changed: the last minute of a day cannot be an entry. ")
    assert said.endswith(" Choose a time that goes on after midnight.")
    tray.choose("30 minutes", "Block now")
    assert tray.told[-1] == "Nothing was changed: the last minute of a day cannot be an entry.", "nothing after it"
    tray.choose("30 minutes", "Open now")
    assert tray.told[-1].startswith("Bookable: ")


def test_a_block_that_the_server_does_not_know_yet_says_that_callers_can_still_book_it(
    make_tray: MakeTray,
) -> None:
    tray = make_tray(*HOURS)
    tray.page.say(ConnectionState.OFFLINE)
    tray.choose("30 minutes", "Open now")
    assert tray.told == ["Nothing was changed: callers can book all of this time already."]
    tray.change("Hours", None)
    tray.choose("30 minutes", "Open now")
    assert tray.told[-1] == (
        "Bookable until 13:54. Not live yet: the server does not know it. "
        "Callers are not offered today 13:24 – 13:54 yet."
    )


def test_until_asks_for_a_time_and_says_how_it_is_understood(make_tray: MakeTray) -> None:
    tray = make_tray(*HOURS)
    tray.choose("Until…", "Block now")
    dialog = tray.tray.until_dialog
    assert dialog is not None
    assert dialog.isVisible()
    assert (dialog.edit.text(), dialog.understood.text()) == ("14:30", "From now until 14:30: 1 h 06")
    tray.type_until("8:00")
    assert dialog.understood.text() == "From now until tomorrow 08:00: 18 h 36"
    tray.type_until("soon")
    dialog.do_button.click()
    assert dialog.isVisible()
    problem = dialog.field.problem
    assert problem.text() == "“soon” is not a time. Write for example 09:30."
    tray.settle()
    assert problem.height() >= problem.heightForWidth(problem.width()), "the sentence is cut"
    assert problem.mapTo(dialog, QPoint()).y() >= dialog.edit.mapTo(dialog, dialog.edit.rect().bottomLeft()).y()
    tray.type_until("14:10")
    dialog.do_button.click()
    assert not dialog.isVisible()
    assert tray.told == ["Blocked until 14:10."]


def test_pausing_is_a_tick_in_the_menu(make_tray: MakeTray) -> None:
    tray = make_tray(*HOURS)
    tray.choose("Pause syncing")
    assert tray.page.session.is_paused
    assert tray.action("Pause syncing").isChecked()
    tray.choose("Pause syncing")
    assert not tray.page.session.is_paused


def test_a_token_that_may_only_read_leaves_nothing_to_block(make_tray: MakeTray) -> None:
    tray = make_tray(*HOURS)
    tray.page.say(ConnectionState.READ_ONLY)
    tray.settle()
    assert [tray.action(text).isEnabled() for text in ("Block now", "Open now", "Release early")] == [False] * 3


def test_a_menu_that_is_open_is_not_changed_under_the_pointer(make_tray: MakeTray) -> None:
    tray = make_tray(*HOURS)
    menu = tray.tray.menu.menu
    menu.popup(menu.pos())
    before = tray.texts()
    tray.change("Client meeting", None)
    tray.settle()
    assert tray.texts() == before
    menu.close()
    QApplication.sendPostedEvents()
    tray.settle()
    assert "15:30 – 16:30  Client meeting" not in tray.texts()


def test_submenus_do_not_pile_up_as_the_menu_is_made_again_and_again(make_tray: MakeTray) -> None:
    tray = make_tray(*HOURS)
    for count in range(1, 6):
        tray.page.say(ConnectionState.SYNCED, unsent=count)
        tray.settle()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert len(tray.tray.menu.menu.findChildren(QMenu)) == 2


def test_another_profile_is_another_icon(make_tray: MakeTray, tmp_path: Path, window_theme: Theme) -> None:
    tray = make_tray(*HOURS)
    (tmp_path / "other").mkdir()
    other = TrayPage(tmp_path / "other", window_theme, ())
    other.page.session.mode_settings = ModeSettings()
    tray.tray.use(other.page.session, other.page.settings)
    tray.settle()
    assert tray.tooltip == "Outside of your hours"
    tray.page.say(ConnectionState.OFFLINE)
    tray.settle()
    assert tray.tray.look == (Body.CLOSED, Badge.NONE)
    tray.tray.use(tray.page.session, tray.page.settings)
    other.end()


def test_a_click_on_the_icon_opens_the_popover(make_tray: MakeTray) -> None:
    tray = make_tray(*HOURS)
    tray.tray.icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    assert tray.tray.popover is not None
    assert tray.tray.popover.isVisible()


@pytest.mark.parametrize(
    ("status", "line"),
    [
        ({"state": ConnectionState.NEEDS_TOKEN}, "The token was refused…"),
        ({"state": ConnectionState.SYNCED, "needs_decision": 2}, "2 changes need your decision…"),
    ],
)
def test_what_asks_for_the_user_leads_to_the_window(
    make_tray: MakeTray, status: dict[str, object], line: str
) -> None:
    tray = make_tray(*HOURS)
    tray.page.session.said = replace(tray.page.session.status, **status)  # type: ignore[arg-type] # Of a Status.
    tray.tray.refresh()
    tray.choose(line)
    assert tray.asked == ["window"]


@pytest.mark.parametrize(("is_loaded", "opens"), [(False, "window"), (True, "popover")])
def test_a_click_on_the_icon_opens_the_window_where_no_account_has_brought_a_calendar_yet(
    make_tray: MakeTray, is_loaded: bool, opens: str
) -> None:
    tray = make_tray(is_loaded=is_loaded)
    tray.page.session.said = replace(tray.page.session.status, state=ConnectionState.NO_TOKEN)
    tray.tray.icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    assert tray.asked == (["window"] if opens == "window" else [])
    assert (tray.tray.popover is not None) is (opens == "popover")


@pytest.mark.parametrize("choice", ["light", "dark"])
def test_a_balloon_by_the_icon_can_be_read_in_every_theme(window_theme: Theme, choice: str) -> None:
    class QBalloonTip(QWidget):  # Qt's own has this name, and is light yellow whatever the theme.
        pass

    window_theme.choose(choice)
    balloon = QBalloonTip()
    label = QLabel("The app goes on in the tray.", balloon)
    label.adjustSize()
    image = QImage(label.size(), QImage.Format.Format_RGB32)
    image.fill("#ffffe1")
    label.render(image, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
    points = [(x, y) for x in range(image.width()) for y in range(image.height())]
    assert min(image.pixelColor(x, y).lightness() for x, y in points) < 60
    window_theme.choose("light")
    balloon.deleteLater()
