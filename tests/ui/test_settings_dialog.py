"""The settings: each change holds at once, what is wrong is said where it is."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from tests.helpers.settings_page import SettingsOnScreen

from triluna_desktop.domain.remote import Trouble
from triluna_desktop.system import settings as table
from triluna_desktop.ui.settings.account_actions import Kept, SaveOutcome, ScopeReport, TokenPlace

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot
    from tests.helpers.window_fixtures import MakeWindow
    from tests.helpers.window_page import WindowPage

    from triluna_desktop.ui.settings.dialog import SettingsDialog
    from triluna_desktop.ui.settings.page import SettingsPage


def opened(page: WindowPage) -> SettingsDialog:
    page.window.run_command("settings")
    assert page.window.profile.choosing.dialog is not None
    return page.window.profile.choosing.dialog


def test_a_token_is_masked_saved_tested_and_shown_by_its_last_four(make_window: MakeWindow) -> None:
    page = make_window()
    account = opened(page).account
    assert account.form.edit.echoMode() is account.form.edit.EchoMode.Password
    assert not account.forget_button.isEnabled()

    account.form.edit.setText("secret-token-9f3c")
    page.click(account.form.save_button)

    assert account.state.text() == "A token that ends in …9f3c is in use."
    assert account.form.result.text() == (
        "The token works: it may read and change your calendar (read:calendar, write:calendar). "
        "The token is in the system's keyring."
    )
    page.click(account.forget_button)
    assert page.account.forgotten == 1
    assert account.state.text() == "No account is connected yet."


@pytest.mark.parametrize(
    ("outcome", "says"),
    [
        (ScopeReport(True, False), "it lacks the scope write:calendar"),
        (ScopeReport(False, True), "it lacks the scope read:calendar"),
        (ScopeReport(True, None), "Whether it may change it could not be found out"),
        (ScopeReport(trouble=Trouble.AUTHENTICATION), "The server does not accept this token"),
        (ScopeReport(trouble=Trouble.NO_CONNECTION), "So the token could not be tested"),
    ],
)
def test_the_test_says_which_scopes_are_there(make_window: MakeWindow, outcome: ScopeReport, says: str) -> None:
    page = make_window()
    page.account.token_hint = "9f3c"
    page.account.outcome = outcome
    account = opened(page).account

    page.click(account.test_button)

    assert says in account.form.result.text()


@pytest.mark.parametrize("pasted", ["", "two words", "tökén"])
def test_what_is_no_token_is_not_sent_anywhere(make_window: MakeWindow, pasted: str) -> None:
    page = make_window()
    form = opened(page).account.form
    form.edit.setText(pasted)

    page.click(form.save_button)

    assert page.account.saved == []
    assert form.edit.text() == pasted
    assert form.result.text()


def test_without_a_keyring_it_says_that_the_token_is_kept_until_the_app_quits(make_window: MakeWindow) -> None:
    page = make_window()
    page.account.kept = SaveOutcome(Kept.SESSION_ONLY, "No keyring here keeps passwords safe.")
    form = opened(page).account.form
    form.edit.setText("abcdefgh")

    page.click(form.save_button)

    assert "kept only until you quit the app" in form.result.text()


def test_another_address_is_checked_before_it_is_used(make_window: MakeWindow) -> None:
    page = make_window()
    dialog = opened(page)
    dialog.show_page(dialog.advanced)
    advanced = dialog.advanced.address

    advanced.edit.setText("http://example.org")
    advanced.field.edited.emit()
    assert advanced.field.problem.text().startswith("The address must start with https://")
    assert not advanced.use_button.isEnabled()
    advanced.edit.setText("https://example.org/api/")
    advanced.field.edited.emit()
    page.click(advanced.use_button)

    assert page.account.url == "https://example.org/api"


def test_an_address_that_this_run_was_given_is_said_beside_the_one_that_is_kept(make_window: MakeWindow) -> None:
    page = make_window()
    assert not opened(page).advanced.address.given.isVisibleTo(opened(page))

    page = make_window()
    page.account.given_url = "http://127.0.0.1:4711/api/public"
    address = opened(page).advanced.address
    assert address.given.isVisibleTo(address)
    assert address.given.text() == (
        "This run was started with --api-url and uses http://127.0.0.1:4711/api/public. The address below holds "
        "from the next start without it."
    )
    assert address.edit.text() == table.ACCOUNT_BASE_URL.default


@pytest.mark.parametrize(
    ("hint", "says"),
    [
        ("", "The token of the environment variable TRILUNA_TOKEN is in use."),
        ("9f3c", "A token that ends in …9f3c is in use. It comes from the environment variable TRILUNA_TOKEN."),
    ],
)
def test_a_token_from_the_environment_is_said_to_be_that_and_can_be_set_aside(
    make_window: MakeWindow, hint: str, says: str
) -> None:
    page = make_window()
    page.account.token_hint, page.account.given_place = hint, TokenPlace.ENVIRONMENT
    account = opened(page).account
    assert account.state.text() == says
    assert account.test_button.isEnabled()

    page.click(account.forget_button)

    assert account.state.text() == "No account is connected yet."
    assert account.form.result.text().startswith("The token is not used any more until you quit the app.")


def test_in_the_demo_the_account_page_asks_for_no_token(make_window: MakeWindow) -> None:
    page = make_window(is_demo=True)
    dialog = opened(page)

    assert not dialog.account.form.isVisible()
    assert any(each.startswith("This is the demo") for each in page.sentences(dialog))


def test_the_default_hours_hold_as_soon_as_they_are_hours(make_window: MakeWindow) -> None:
    page = make_window()
    dialog = opened(page)
    dialog.names.setCurrentRow(1)
    calendar = dialog.calendar
    every = calendar.hours.every

    every.start.show_text("21:00")
    every.start.edited.emit()
    assert every.end.problem.text().startswith("The end must lie after the start.")
    assert page.session.mode_settings.default_hours.start == 480
    every.start.show_text("7")
    every.start.edited.emit()

    assert every.end.problem.text() == ""
    assert page.session.mode_settings.default_hours.start == 420


def test_what_an_earlier_test_found_is_said_without_asking_again(make_window: MakeWindow) -> None:
    page = make_window()
    page.account.token_hint = "wxyz"
    page.account.known_scopes = ScopeReport(can_read=True, can_write=False)
    assert "write:calendar" in opened(page).account.form.result.text()


def test_a_page_is_made_in_steps_and_the_one_before_stays_on_the_screen_until_it_is_whole(
    make_window: MakeWindow,
) -> None:
    screen = SettingsOnScreen(make_window())
    dialog = screen.dialog
    assert [each.value for each in dialog.making.made] == ["account"]
    dialog.names.setCurrentRow(list(table.Page).index(table.Page.NOTIFICATIONS))
    widgets, most, steps = len(dialog.findChildren(QWidget)), 0, 0
    while screen.shown is dialog.account:
        dialog.make_some()
        widgets, before = len(dialog.findChildren(QWidget)), widgets
        most, steps = max(most, widgets - before), steps + 1
    assert screen.shown is dialog.notifications
    assert [each.value for each in dialog.making.made] == ["account", "notifications"]
    assert steps >= len(dialog.notifications.rows)
    assert most <= 12, "a row at the most: it has eight widgets or less, the empty page three"


def test_no_step_of_any_page_makes_many_widgets(make_window: MakeWindow) -> None:
    dialog = SettingsOnScreen(make_window()).dialog
    most, widgets = 0, len(dialog.findChildren(QWidget))
    while not dialog.making.is_done:
        dialog.make_some()
        widgets, before = len(dialog.findChildren(QWidget)), widgets
        most = max(most, widgets - before)
    assert most <= 40
    unpolished = [
        widget
        for page in dialog.each_page
        for widget in page.findChildren(QWidget)
        if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished)
    ]
    assert unpolished == [], "they have their style before they are shown"


def test_what_is_searched_before_all_pages_are_made_is_found_once_they_are_and_enter_does_not_wait(
    make_window: MakeWindow,
) -> None:
    screen = SettingsOnScreen(make_window())
    dialog = screen.dialog
    QTest.keyClicks(dialog.search, "proxy")
    assert not dialog.making.is_done
    screen.let_it_make()
    assert dialog.pages.currentWidget() is dialog.hits
    assert dialog.hits.list.count() > 0

    screen = SettingsOnScreen(make_window())
    QTest.keyClicks(screen.dialog.search, "proxy")
    screen.press(Qt.Key.Key_Return)
    assert screen.shown is screen.dialog.advanced


def test_enter_presses_the_button_that_has_the_keyboard_and_no_other(make_window: MakeWindow) -> None:
    page = make_window()
    screen = SettingsOnScreen(page)
    screen.choose(table.APPEARANCE_THEME, "dark")
    screen.press(Qt.Key.Key_Tab)
    screen.press(Qt.Key.Key_Return)
    assert page.settings.get(table.APPEARANCE_THEME) == "system", "reset"
    screen.turn_to(table.Page.ACCOUNT)
    screen.dialog.account.form.edit.setFocus()
    screen.press(Qt.Key.Key_Return)
    assert screen.dialog.account.form.result.text() == "Paste the token first."
    screen.dialog.close_button.setFocus()
    screen.press(Qt.Key.Key_Return)
    assert not screen.dialog.isVisible()


def test_tab_leads_through_the_page_to_the_button_that_closes(make_window: MakeWindow) -> None:
    screen = SettingsOnScreen(make_window())
    dialog = screen.dialog
    assert dialog.focusWidget() is dialog.search, "the first of all"
    screen.turn_to(table.Page.APPEARANCE)
    seen: list[QWidget] = []
    while (widget := dialog.focusWidget()) is not dialog.close_button:
        assert widget is not None
        assert len(seen) < 20
        seen.append(widget)
        QTest.keyClick(widget, Qt.Key.Key_Tab)
    assert seen == [dialog.names, *(row.control for row in dialog.appearance.rows.values())]


def is_as_high_as_its_rows(shown: SettingsPage) -> bool:
    room = shown.parentWidget()
    assert room is not None
    return shown.height() == max(room.height(), shown.heightForWidth(shown.width()))


def test_a_page_is_a_stop_of_the_tab_key_only_while_there_is_more_on_it_than_fits(make_window: MakeWindow) -> None:
    screen = SettingsOnScreen(make_window())
    dialog = screen.dialog
    screen.turn_to(table.Page.SYNC)
    dialog.resize(dialog.minimumSize())
    QApplication.processEvents()
    QTest.keyClick(dialog.names, Qt.Key.Key_Tab)
    scroll = dialog.focusWidget()
    assert isinstance(scroll, QScrollArea)
    assert scroll.accessibleName() == "Sync"
    QTest.keyClick(scroll, Qt.Key.Key_End)
    QTest.keyClick(scroll, Qt.Key.Key_PageDown)
    assert scroll.verticalScrollBar().value() == scroll.verticalScrollBar().maximum() > 0

    dialog.resize(900, 640)
    QApplication.processEvents()
    dialog.names.setFocus()
    QTest.keyClick(dialog.names, Qt.Key.Key_Tab)
    assert dialog.focusWidget() is dialog.sync.pause


def test_a_page_is_as_high_as_its_rows_and_scrolls_no_further(make_window: MakeWindow, qtbot: QtBot) -> None:
    dialog = opened(make_window())
    for size in (dialog.minimumSize(), dialog.size()):
        dialog.resize(size)
        for shown in dialog.each_page:
            dialog.show_page(shown)
            qtbot.waitUntil(partial(is_as_high_as_its_rows, shown))


def test_a_page_is_as_high_as_what_is_on_it(make_window: MakeWindow) -> None:
    screen = SettingsOnScreen(make_window())
    screen.turn_to(table.Page.NOTIFICATIONS)
    shown = screen.dialog.notifications
    screen.dialog.resize(620, 400)
    QApplication.processEvents()
    last = shown.rows[table.NOTIFICATIONS_QUIET_TO.key].geometry()
    assert shown.height() - last.bottom() < 40, "no empty space to scroll to"
    for row in shown.rows.values():
        assert row.height() >= row.heightForWidth(row.width()), "and nothing is cut"


def test_nothing_is_cut_at_the_side_where_the_dialog_is_as_small_as_it_goes(make_window: MakeWindow) -> None:
    page = make_window()
    page.settings.set(table.APPEARANCE_THEME, "dark")  # So that a row has its way back to the default.
    dialog = opened(page)
    dialog.resize(dialog.minimumSize())
    for shown in dialog.each_page:
        dialog.show_page(shown)
        QApplication.processEvents()
        room = shown.parentWidget()
        assert room is not None
        assert shown.minimumSizeHint().width() <= room.width(), shown.title
