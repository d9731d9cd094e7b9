"""The first steps: account, calendar mode, hours; each can be passed over, and what is chosen holds at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from tests.helpers.palette_page import PalettePage
from tests.helpers.window_page import WindowPage

from triluna_desktop.domain.availability import Mode
from triluna_desktop.domain.intervals import Interval
from triluna_desktop.domain.remote import Trouble
from triluna_desktop.session import ConnectionState
from triluna_desktop.system import settings as table
from triluna_desktop.ui.first_run import ACCOUNT, HOURS, MODE, FirstRunPage
from triluna_desktop.ui.settings.account_actions import KeyringTrouble, ScopeReport

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers.window_fixtures import MakeWindow

    from triluna_desktop.ui.theme import Theme


def opened(page: WindowPage) -> FirstRunPage:
    """The first steps, as they open without a token."""
    page.say(ConnectionState.NO_TOKEN, ever_synced=False)
    first_run = page.window.profile.first_run
    assert first_run is not None
    assert first_run.isVisible()
    return first_run


def connect(page: WindowPage, steps: FirstRunPage) -> None:
    """Paste a token that works, by the keyboard alone."""
    QTest.keyClicks(steps.form.edit, "abcdefghij")
    page.press(Qt.Key.Key_Return)
    page.say(ConnectionState.SYNCED)


def test_by_the_keyboard_alone_from_the_token_to_the_week(make_window: MakeWindow) -> None:
    page = make_window()
    steps = opened(page)
    assert steps.where.text() == "Step 1 of 3"
    assert steps.form.edit.hasFocus()
    connect(page, steps)
    assert "read:calendar, write:calendar" in steps.form.result.text()
    assert steps.isVisible(), "what the token may do can be read"
    assert steps.next_button.hasFocus()
    page.press(Qt.Key.Key_Return)
    assert steps.where.text() == "Step 2 of 3"
    page.press(Qt.Key.Key_Down)
    assert page.settings.get(table.CALENDAR_MODE) == "unavailable"
    page.press(Qt.Key.Key_Return)
    assert steps.where.text() == "Step 3 of 3"
    assert steps.hours.buttons[3].isChecked(), "every day from 8 to 20 holds until another is chosen"
    page.press(Qt.Key.Key_Up)
    page.press(Qt.Key.Key_Return)
    assert page.window.profile.page.isVisible()
    assert page.window.profile.week_view.hasFocus()
    settings = page.session.mode_settings
    assert settings.mode is Mode.UNAVAILABLE_TIMES
    assert (settings.hours_of(6), settings.hours_of(0)) == (Interval(540, 1020), None)


def test_in_the_very_first_window_the_token_can_be_typed_at_once(tmp_path: Path, window_theme: Theme) -> None:
    page = WindowPage(tmp_path, window_theme, furnished=False)  # It has the keyboard before it is furnished.
    page.say(ConnectionState.NO_TOKEN, ever_synced=False)
    page.furnish()
    steps = page.window.profile.first_run
    assert steps is not None
    assert steps.form.edit.hasFocus()
    page.end()


def test_the_mode_is_chosen_by_a_click_on_its_card_and_holds_at_once(make_window: MakeWindow) -> None:
    page = make_window()
    steps = opened(page)
    page.click(steps.next_button)
    card = steps.mode.cards[Mode.UNAVAILABLE_TIMES]
    QTest.mouseClick(card, Qt.MouseButton.LeftButton, pos=card.rect().center())
    assert page.session.mode_settings.mode is Mode.UNAVAILABLE_TIMES


def test_each_step_can_be_passed_over_and_nothing_is_changed(make_window: MakeWindow) -> None:
    page = make_window()
    before = page.session.mode_settings
    steps = opened(page)
    assert steps.next_button.text() == "Skip this step"
    for step in (ACCOUNT, MODE, HOURS):
        assert steps.step == step
        page.click(steps.next_button)
    assert page.window.profile.page.isVisible()
    assert page.banner.startswith("No account is connected")
    assert page.session.mode_settings == before


def test_the_rest_can_be_left_for_later(make_window: MakeWindow) -> None:
    page = make_window()
    steps = opened(page)
    page.click(steps.later_button)
    assert page.window.profile.page.isVisible()
    page.say(ConnectionState.NO_TOKEN, ever_synced=False)
    assert page.window.profile.page.isVisible(), "it does not come back by itself"


def test_the_way_back_names_a_calendar_with_an_ampersand_as_it_is_called(make_window: MakeWindow) -> None:
    steps = opened(make_window())
    steps.offer_way_back(("Me & Co", lambda: None))
    assert steps.back_button.text() == "Back to “Me && Co”", "with a single one the letter behind it is a key"


def test_back_leads_to_the_step_before(make_window: MakeWindow) -> None:
    page = make_window()
    steps = opened(page)
    page.click(steps.next_button)
    page.click(steps.next_button)
    page.click(steps.previous_button)
    assert steps.step == MODE
    page.press(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert steps.step == ACCOUNT
    assert not steps.previous_button.isVisible()


def test_a_token_that_may_only_read_says_so_before_one_goes_on(make_window: MakeWindow) -> None:
    page = make_window()
    page.account.outcome = ScopeReport(can_read=True, can_write=False)
    steps = opened(page)
    connect(page, steps)
    assert "lacks the scope write:calendar" in steps.form.result.text()
    assert steps.step == ACCOUNT


@pytest.mark.parametrize(
    "outcome",
    [ScopeReport(can_read=False, can_write=True), ScopeReport(trouble=Trouble.AUTHENTICATION)],
    ids=["without the scope", "unknown to the server"],
)
def test_after_a_token_that_is_refused_another_can_be_pasted_at_once(
    make_window: MakeWindow, outcome: ScopeReport
) -> None:
    page = make_window()
    steps = opened(page)
    page.account.outcome = outcome
    connect(page, steps)
    assert steps.form.edit.hasFocus()
    assert steps.next_button.text() == "Skip this step"
    page.account.outcome = ScopeReport(can_read=True, can_write=True)
    connect(page, steps)
    assert page.account.saved == ["abcdefghij", "abcdefghij"]
    assert steps.next_button.hasFocus()
    assert steps.next_button.text() == "Next"


def test_a_token_that_a_terminal_sets_brings_the_week(make_window: MakeWindow) -> None:
    page = make_window()
    steps = opened(page)
    page.say(ConnectionState.SYNCED)
    assert not steps.isVisible()


def test_a_keyring_that_hangs_is_told_of_while_the_page_is_open_already(make_window: MakeWindow) -> None:
    page = make_window()
    steps = opened(page)
    assert not steps.again_button.isVisible()
    page.window.profile.keyring.tell(KeyringTrouble.HANGING)
    assert steps.form.result.text().startswith("The token could not be read: the keyring does not answer.")
    assert steps.again_button.isVisible()
    page.account.keyring = KeyringTrouble.LOCKED
    page.click(steps.again_button)
    assert page.account.read == 1
    assert "the keyring is locked" in steps.form.result.text()
    assert steps.again_button.isEnabled()
    page.account.keyring = None
    page.click(steps.again_button)
    assert not steps.again_button.isVisible()


def test_in_the_mode_that_is_closed_the_weekly_hours_can_be_drawn_next(make_window: MakeWindow) -> None:
    page = make_window()
    steps = opened(page)
    page.click(steps.next_button)
    page.click(steps.next_button)
    assert steps.hours.weekly_box.isVisible()
    steps.hours.weekly_box.setChecked(True)
    page.click(steps.next_button)
    dialog = page.window.profile.calendar.weekly.dialog
    assert dialog is not None
    assert dialog.isVisible()
    dialog.close()


def test_the_steps_come_back_from_the_palette(make_window: MakeWindow) -> None:
    page = make_window()
    palette = PalettePage(page)
    palette.open_palette()
    palette.type("first steps")
    palette.press(Qt.Key.Key_Return)
    steps = page.window.profile.first_run
    assert steps is not None
    assert steps.isVisible()
    page.click(steps.later_button)
    assert page.window.profile.page.isVisible()


def test_in_the_demo_there_is_no_account_to_connect(make_window: MakeWindow) -> None:
    page = make_window(is_demo=True)
    page.window.run_command("first_steps")
    steps = page.window.profile.first_run
    assert steps is not None
    assert (steps.step, steps.where.text()) == (MODE, "Step 1 of 2")
    assert not steps.previous_button.isVisible()


@pytest.mark.parametrize("step", [ACCOUNT, MODE, HOURS])
def test_every_control_has_a_name_and_fits_into_a_narrow_window(make_window: MakeWindow, step: int) -> None:
    page = make_window()
    steps = opened(page)
    page.window.resize(640, 460)
    for _ in range(step):
        page.click(steps.next_button)
    QApplication.processEvents()
    assert steps.horizontalScrollBar().maximum() == 0
    for each in steps.findChildren(QWidget):
        if each.isVisible() and each.focusPolicy() & Qt.FocusPolicy.TabFocus and not isinstance(each, QLabel):
            name = each.accessibleName() or getattr(each, "text", lambda: "")()
            assert name or not each.isEnabled(), each
