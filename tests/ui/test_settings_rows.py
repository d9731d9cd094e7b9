"""The rows of the settings: found by the search, changed at once, told when they are, put back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QListWidget,
    QSpinBox,
)
from tests.helpers.settings_page import SettingsOnScreen
from tests.helpers.window_page import entry

from triluna_desktop.system import settings as table
from triluna_desktop.system.settings import TABLE, Page

if TYPE_CHECKING:
    from tests.helpers.window_fixtures import MakeWindow

    from triluna_desktop.system.settings import AnySetting


def test_every_setting_that_has_a_page_can_be_reached_there_by_keyboard_and_has_a_name(
    make_window: MakeWindow,
) -> None:
    screen = SettingsOnScreen(make_window())
    dialog = screen.dialog
    on_rows = {key for page in dialog.each_page for key in page.rows}
    of_their_own = {"calendar.mode", "calendar.default_start", "calendar.default_end", "calendar.hours"}
    wanted = {setting.key for setting in TABLE if setting.page is not Page.NONE}
    assert on_rows | of_their_own | {"account.base_url"} == wanted
    for page in dialog.each_page:
        dialog.show_page(page)
        assert page.title
        QApplication.processEvents()
        for kind in (QAbstractButton, QComboBox, QLineEdit, QListWidget, QSpinBox):
            for control in page.findChildren(kind):
                if control.objectName().startswith("qt_") or isinstance(
                    control.parent(), QSpinBox | QComboBox | QLineEdit
                ):
                    continue  # A part of Qt's own.
                if not control.isVisibleTo(dialog):
                    continue  # An answer to what nobody has asked.
                assert control.accessibleName() or getattr(control, "text", lambda: "")(), (page.title, control)
                assert not control.isEnabled() or control.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_a_row_holds_at_once_says_that_it_was_changed_and_goes_back(make_window: MakeWindow) -> None:
    page = make_window()
    screen = SettingsOnScreen(page)
    row = screen.row(table.GRID_SNAP)
    assert not row.reset_button.isVisibleTo(screen.dialog)

    screen.choose(table.GRID_SNAP, 5)

    assert page.window.profile.week_view.board.options.snap == 5
    assert row.help.text() == "The arrow keys move in the same steps. Changed: the default is “15 min”."
    assert row.reset_button.accessibleName() == "Reset “Drags go in steps of” to the default: 15 min"
    page.click(row.reset_button)
    assert page.settings.get(table.GRID_SNAP) == 15
    assert page.window.profile.week_view.board.options.snap == 15
    assert not row.reset_button.isVisibleTo(screen.dialog)
    assert row.help.text() == "The arrow keys move in the same steps."
    assert row.control.hasFocus(), "not lost with the button"


def test_what_was_said_of_a_wrong_value_is_gone_when_the_dialog_opens_again(
    make_window: MakeWindow,
) -> None:
    page = make_window()
    screen = SettingsOnScreen(page)
    screen.choose(table.NETWORK_PROXY, "address")
    screen.choose(table.NETWORK_PROXY_ADDRESS, "proxy example")
    row = screen.row(table.NETWORK_PROXY_ADDRESS)
    assert row.problem.text()
    screen.dialog.accept()
    page.window.run_command("settings")
    assert (row.problem.text(), row.control.text()) == ("", "")  # type: ignore[attr-defined] # A line to type in.


@pytest.mark.parametrize("setting", [table.GRID_SNAP, table.GRID_HOUR_HEIGHT])
def test_the_wheel_scrolls_the_page_and_changes_nothing_under_the_pointer(
    make_window: MakeWindow, setting: AnySetting
) -> None:
    page = make_window()
    screen = SettingsOnScreen(page)
    control = screen.row(setting).control
    control.setFocus()
    middle = QPointF(control.rect().center())
    down = QWheelEvent(
        middle,
        control.mapToGlobal(middle),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(control, down)
    assert page.settings.get(setting) == setting.default
    assert not down.isAccepted(), "it is the page's"


def test_in_a_narrow_window_the_help_goes_under_the_control(make_window: MakeWindow) -> None:
    screen = SettingsOnScreen(make_window())
    row = screen.row(table.SYNC_POLL_VISIBLE)
    for size, is_under in ((screen.dialog.minimumSize(), True), (screen.dialog.size(), False)):
        screen.dialog.resize(size)
        QApplication.processEvents()
        assert (row.help.y() >= row.control.geometry().bottom()) is is_under
        assert row.help.geometry().intersects(row.control.geometry()) is False


def test_what_a_row_does_not_take_is_said_there_and_changes_nothing(make_window: MakeWindow) -> None:
    page = make_window()
    screen = SettingsOnScreen(page)
    screen.choose(table.NETWORK_PROXY, "address")
    screen.choose(table.NETWORK_PROXY_ADDRESS, "http://me:pw@proxy.example.org")
    row = screen.row(table.NETWORK_PROXY_ADDRESS)
    assert screen.dialog.advanced.no_proxy.isVisible(), "there is none to use yet"
    assert row.problem.text().startswith("A proxy's address may hold no name and no password here")
    assert row.control.accessibleDescription() == row.problem.text()
    assert page.settings.get(table.NETWORK_PROXY_ADDRESS) == ""

    screen.choose(table.NETWORK_PROXY_ADDRESS, "http://proxy.example.org:8080/")

    assert not row.problem.isVisibleTo(screen.dialog)
    assert page.settings.get(table.NETWORK_PROXY_ADDRESS) == "http://proxy.example.org:8080"


def test_the_address_of_the_proxy_matters_only_where_it_is_chosen(make_window: MakeWindow) -> None:
    screen = SettingsOnScreen(make_window())
    row = screen.row(table.NETWORK_PROXY_ADDRESS)
    assert not row.isEnabled()
    screen.choose(table.NETWORK_PROXY, "address")
    assert row.isEnabled()


def test_the_hours_of_quiet_are_typed_as_times(make_window: MakeWindow) -> None:
    page = make_window()
    screen = SettingsOnScreen(page)
    screen.choose(table.NOTIFICATIONS_QUIET, True)
    screen.choose(table.NOTIFICATIONS_QUIET_FROM, "9:30pm")
    assert page.settings.get(table.NOTIFICATIONS_QUIET_FROM) == 21 * 60 + 30
    screen.choose(table.NOTIFICATIONS_QUIET_FROM, "late")
    row = screen.row(table.NOTIFICATIONS_QUIET_FROM)
    assert row.problem.text() == "“late” is not a time. Write for example 09:30."
    assert page.settings.get(table.NOTIFICATIONS_QUIET_FROM) == 21 * 60 + 30


def test_what_holds_only_after_a_restart_says_so(make_window: MakeWindow) -> None:
    screen = SettingsOnScreen(make_window())
    sentence = "A change holds from the next start of the app on."
    says = {
        row.setting
        for each in screen.dialog.each_page
        for row in each.rows.values()
        if sentence in row.help.text()
    }
    assert says == {table.APPEARANCE_LANGUAGE}


# -- the search -------------------------------------------------------------------------------------------------


FINDS = {
    "theme": "Colours – Appearance",
    "dark mode": "Colours – Appearance",
    "WEEKS st": "Weeks start on – Calendar",
    "proxy": "Proxy – Advanced",
    "appearance dens": "Density – Appearance",
    "snap": "Drags go in steps of – Calendar",
    "wipe": "Clear local data… – Privacy",
    "duplicate": "Duplicate – Shortcuts",
    "token": "API token – Account",
    "do not disturb": "Quiet hours – Notifications",
}


def test_the_search_finds_by_the_words_of_a_label_a_help_or_another_name(make_window: MakeWindow) -> None:
    screen = SettingsOnScreen(make_window())
    assert {typed: screen.search(typed)[0] for typed in FINDS} == FINDS


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("prxoy", "Proxy"),
        ("langauge", "Language"),
        ("densty", "Density"),
        ("do not distrub", "Quiet hours"),
        ("colour scheme", ""),
    ],
)
def test_a_slip_of_the_fingers_is_forgiven_where_nothing_else_is_found(
    make_window: MakeWindow, typed: str, found: str
) -> None:
    hits = SettingsOnScreen(make_window()).search(typed)
    assert hits == [] if not found else hits[0].startswith(found)


def test_the_search_is_worked_with_the_keyboard_alone(make_window: MakeWindow) -> None:
    page = make_window()
    screen = SettingsOnScreen(page)
    found = screen.search("history")
    assert len(found) > 1
    screen.press(Qt.Key.Key_Down)
    assert screen.dialog.hits.list.hasFocus()
    screen.press(Qt.Key.Key_Down)
    screen.press(Qt.Key.Key_Return)
    assert screen.shown is screen.dialog.privacy
    assert screen.dialog.names.currentRow() == screen.dialog.each_page.index(screen.dialog.privacy)
    assert screen.dialog.search.text() == ""
    assert screen.dialog.privacy.isAncestorOf(screen.dialog.focusWidget())

    screen.search("24 hours")
    screen.press(Qt.Key.Key_Return)
    assert screen.dialog.appearance.isVisibleTo(screen.dialog)
    assert screen.dialog.focusWidget() is screen.dialog.appearance.rows[table.APPEARANCE_CLOCK.key].control


def test_esc_ends_the_search_first_and_what_is_not_found_is_said(make_window: MakeWindow) -> None:
    screen = SettingsOnScreen(make_window())
    screen.dialog.show_page(screen.dialog.sync)
    assert screen.search("xyzzy") == []
    assert screen.dialog.hits.said.text() == "No setting is called “xyzzy”. Try another word."
    screen.press(Qt.Key.Key_Escape)
    assert screen.dialog.isVisible()
    assert screen.shown is screen.dialog.sync
    screen.press(Qt.Key.Key_Escape)
    assert not screen.dialog.isVisible()


# -- what each does ---------------------------------------------------------------------------------------------


def test_times_are_written_as_chosen_wherever_they_stand_and_at_once(make_window: MakeWindow) -> None:
    page = make_window(entry("Lunch", "14:00", "15:30"))
    page.select("Lunch")
    screen = SettingsOnScreen(page)
    assert page.window.profile.week_view.words.times(840, 930) == "14:00 – 15:30"

    screen.choose(table.APPEARANCE_CLOCK, "12")

    assert page.window.profile.week_view.words.times(840, 930) == "2:00 PM – 3:30 PM"
    assert page.inspector.form.start.text == "2:00 PM"
    assert not page.inspector.form.is_dirty
    screen.choose(table.APPEARANCE_CLOCK, "24")
    assert page.inspector.form.start.text == "14:00"


def test_zoom_and_the_start_of_the_week_hold_at_once(make_window: MakeWindow) -> None:
    page = make_window()
    view = page.window.profile.week_view
    screen = SettingsOnScreen(page)
    screen.choose(table.GRID_HOUR_HEIGHT, 96)
    assert view.zoom == 2.0
    screen.choose(table.CALENDAR_FIRST_WEEKDAY, "0")
    assert page.window.profile.week.first.isoweekday() == 7
    screen.dialog.accept()
    view.set_zoom(0.5)
    assert SettingsOnScreen(page).row(table.GRID_HOUR_HEIGHT).control.property("value") == 24, "as it is by now"


def test_compact_rows_are_lower(make_window: MakeWindow) -> None:
    page = make_window()
    screen = SettingsOnScreen(page)
    button = screen.dialog.privacy.clear_button
    screen.dialog.show_page(screen.dialog.privacy)
    before = button.sizeHint().height()
    screen.choose(table.APPEARANCE_DENSITY, "compact")
    button.ensurePolished()
    assert button.sizeHint().height() < before - 4
    screen.choose(table.APPEARANCE_DENSITY, "comfortable")
    assert button.sizeHint().height() == before


def test_the_length_of_an_appointment_is_that_of_the_panel_of_callers(make_window: MakeWindow) -> None:
    page = make_window()
    page.window.run_command("caller_preview")
    panel = page.window.profile.callers.preview.panel
    assert panel is not None
    screen = SettingsOnScreen(page)
    screen.choose(table.CALLERS_LENGTH, 45)
    assert panel.appointment.length == 45


def test_how_often_is_polled_and_the_pause_reach_the_session(make_window: MakeWindow) -> None:
    page = make_window()
    screen = SettingsOnScreen(page)
    screen.choose(table.SYNC_POLL_VISIBLE, 300)
    assert page.session._engine.base_poll_seconds == 300
    screen.choose(table.SYNC_POLL_HIDDEN, 1800)
    page.session.set_visible(False)
    assert page.session._engine.base_poll_seconds == 1800
    screen.dialog.show_page(screen.dialog.sync)
    page.click(screen.dialog.sync.pause)
    assert page.session.is_paused
    page.session.pause(is_on=False)
    assert not SettingsOnScreen(page).dialog.sync.pause.isChecked(), "the tray may have let it go on"


def test_no_history_is_kept_once_it_is_switched_off_and_what_was_kept_stays(make_window: MakeWindow) -> None:
    page = make_window(entry("Lunch", "12:00", "13:00"))
    screen = SettingsOnScreen(page)
    assert len(page.session.history.list()) == 1
    screen.choose(table.PRIVACY_HISTORY, False)
    page.change_elsewhere("Lunch", None)
    assert len(page.session.history.list()) == 1
    screen.choose(table.PRIVACY_HISTORY, True)
    screen.choose(table.PRIVACY_HISTORY_DAYS, 7)
    assert page.session.history.days_kept == 7
