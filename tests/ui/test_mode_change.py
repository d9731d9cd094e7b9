"""Changing the calendar mode: what it would offer, what keeps the offered times, and the default hours."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from tests.helpers.mode_page import ModePage
from tests.helpers.window_page import MONDAY, THURSDAY, entry

from triluna_desktop.domain.intervals import Interval
from triluna_desktop.domain.models import Pattern
from triluna_desktop.domain.modes import KeepBy
from triluna_desktop.session import ConnectionState, EditRefusedError, RefusalReason
from triluna_desktop.system import settings as table

if TYPE_CHECKING:
    from tests.helpers.window_fixtures import MakeWindow
    from tests.helpers.window_page import WindowPage

    from triluna_desktop.ui.settings.default_hours import DefaultHours

LUNCH = entry("Lunch", "12:00", "13:00")
CLIENT = entry("Client", "14:00", "15:30", is_available=True)
OFFICE = [Pattern(f"office{day}", day, 9 * 60, 17 * 60, True) for day in range(1, 6)]


def offered(page: WindowPage) -> list[tuple[tuple[int, int], ...]]:
    """What callers are offered from Monday on, for three weeks."""
    days = page.session.availability(MONDAY, 21)
    return [tuple((each.start, each.end) for each in day.bookable) for day in days]


def test_another_mode_is_shown_before_it_holds(make_window: MakeWindow) -> None:
    page = make_window(LUNCH, CLIENT)
    modes = ModePage(page).choose("unavailable")

    assert page.settings.get(table.CALENDAR_MODE) == "available"
    assert page.window.profile.page.sidebar.mode.value == "available"
    assert modes.row(THURSDAY) == ("Thu 19 Nov", "1 h 30", "11 h")
    assert modes.row(MONDAY) == ("Mon 16 Nov", "0 h", "12 h")
    assert modes.spoken(THURSDAY) == (
        "Thursday, 19 November 2026. Before: 14:00 – 15:30. After: 08:00 – 12:00, 13:00 – 20:00."
    )
    assert modes.dialog.total.text() == "November 2026: 1 h 30 → 359 h bookable (+357 h 30)"
    page.window.profile.week_view.setFocus()
    page.window.profile.week.turn(1)
    assert page.shown_dates[0] == MONDAY + timedelta(days=7), "the window under it is not blocked"


def test_cancel_and_escape_leave_the_mode_as_it_is(make_window: MakeWindow) -> None:
    page = make_window(CLIENT)
    modes = ModePage(page).choose("unavailable")
    page.click(modes.dialog.cancel_button)
    assert not modes.is_open
    modes.choose("unavailable")
    page.press(Qt.Key.Key_Escape)
    assert not modes.is_open
    assert page.session.mode_settings.mode.value == "available"
    assert page.window.profile.page.sidebar.mode.value == "available"


def test_the_mode_that_holds_needs_no_preview(make_window: MakeWindow) -> None:
    assert not ModePage(make_window()).choose("available").is_open


def test_just_switching_turns_the_brush_and_the_hours(make_window: MakeWindow) -> None:
    page = make_window(LUNCH)
    modes = ModePage(page).choose("unavailable")
    assert modes.details() == []
    modes.switch()
    assert not modes.is_open
    assert page.settings.get(table.CALENDAR_MODE) == "unavailable"
    assert page.window.profile.page.sidebar.mode.value == "unavailable"
    assert page.window.profile.page.sidebar.hours.total.text() == "83 h"
    assert not page.window.profile.week_view.brush
    assert page.toast == "The calendar mode is now “Unavailable times”."


@pytest.mark.parametrize("keep", list(KeepBy))
def test_the_offered_times_can_be_kept_to_the_minute(make_window: MakeWindow, keep: KeepBy) -> None:
    page = make_window(LUNCH, CLIENT, *OFFICE)
    before = offered(page)
    modes = ModePage(page).choose("unavailable")
    page.click(modes.dialog.choices[keep])
    modes.switch()
    assert page.session.mode_settings.mode.value == "unavailable"
    from_today = (THURSDAY - MONDAY).days if keep is KeepBy.ENTRIES else 0
    assert offered(page)[from_today:] == before[from_today:]


def test_what_is_added_is_listed_with_its_cost_and_said_afterwards(make_window: MakeWindow) -> None:
    page = make_window(*OFFICE)
    modes = ModePage(page).choose("unavailable")
    page.click(modes.dialog.choices[KeepBy.WEEKLY_HOURS])
    assert "Every Monday, 08:00 – 09:00, blocked" in modes.details()
    assert "Every Sunday, 08:00 – 20:00, blocked" in modes.details()
    assert modes.dialog.counted.text() == "12 weekly hours are added. 13 requests, less than a minute."
    assert modes.dialog.total.text().endswith("bookable, the same times as before")
    modes.switch()
    assert page.toast == (
        "The calendar mode is now “Unavailable times”. "
        "12 weekly hours are added, so that the same times are offered."
    )


def test_undoing_takes_the_additions_back_and_says_that_the_mode_stays(make_window: MakeWindow) -> None:
    page = make_window(*OFFICE)
    modes = ModePage(page).choose("unavailable")
    page.click(modes.dialog.choices[KeepBy.WEEKLY_HOURS])
    modes.switch()
    assert len(page.session.days(MONDAY).patterns) == 17
    page.click(page.window.profile.page.toast.undo_button)
    assert len(page.session.days(MONDAY).patterns) == 5
    assert page.toast == "Undone: 12 changes of the weekly hours. The calendar mode stays “Unavailable times”."
    assert not page.session.can_undo, "it was one step"
    # What is said at the end of the sending says it once more, as it takes the place of this sentence.
    assert page.window.profile.week.flow.take_remarks() == ["The calendar mode stays “Unavailable times”."]
    assert page.window.profile.week.flow.take_remarks() == []


def test_what_entries_cannot_keep_is_named(make_window: MakeWindow) -> None:
    page = make_window(*OFFICE)
    modes = ModePage(page).choose("unavailable")
    page.click(modes.dialog.choices[KeepBy.ENTRIES])
    assert modes.details()[0] == (
        "Cannot be kept: every Thursday from Thu 17 Dec on, 08:00 – 09:00 becomes bookable."
    )
    assert modes.dialog.weeks.isVisibleTo(modes.dialog)
    modes.dialog.weeks.choose(13)
    assert "Thu 18 Feb" in modes.details()[0]


def test_what_is_refused_leaves_the_mode_and_says_why(make_window: MakeWindow) -> None:
    page = make_window(*OFFICE)
    modes = ModePage(page).choose("unavailable")
    page.click(modes.dialog.choices[KeepBy.WEEKLY_HOURS])
    page.session.refusal = EditRefusedError(RefusalReason.DISK_FULL)
    modes.switch()
    assert modes.dialog.refused.text().startswith("Nothing was changed: the disk is full.")
    assert page.session.mode_settings.mode.value == "available"
    page.session.refusal = None
    modes.switch()
    assert page.session.mode_settings.mode.value == "unavailable"


def test_with_a_token_that_only_reads_one_can_just_switch(make_window: MakeWindow) -> None:
    page = make_window(*OFFICE)
    page.say(ConnectionState.READ_ONLY)
    modes = ModePage(page).choose("unavailable")
    assert [button.isEnabled() for button in modes.dialog.choices.values()] == [True, False, False]
    modes.switch()
    assert page.session.mode_settings.mode.value == "unavailable"


def test_the_preview_follows_what_is_edited_under_it(make_window: MakeWindow) -> None:
    page = make_window(CLIENT)
    modes = ModePage(page).choose("unavailable")
    page.change_elsewhere("Client", None)
    QApplication.processEvents()
    assert modes.row(THURSDAY) == ("Thu 19 Nov", "0 h", "12 h")


def test_the_settings_lead_to_the_same_preview(make_window: MakeWindow) -> None:
    page = make_window(CLIENT)
    page.window.profile.open_settings()
    dialog = page.window.profile.choosing.dialog
    assert dialog is not None
    dialog.names.setCurrentRow(1)
    page.click(dialog.calendar.modes["unavailable"])
    assert not dialog.isVisible()
    modes = ModePage(page)
    assert modes.is_open
    assert dialog.calendar.modes["available"].isChecked()
    modes.switch()
    page.window.profile.open_settings()
    assert dialog.calendar.modes["unavailable"].isChecked()


def test_an_empty_week_says_what_the_mode_offers_in_it(make_window: MakeWindow) -> None:
    page = make_window()
    view = page.window.profile.week_view
    assert view._notice.sentence(view.board) == (
        "Callers are offered nothing here yet. Drag across a day to make time available."
    )
    ModePage(page).choose("unavailable").switch()
    assert (
        view._notice.sentence(view.board) == "Callers can book the default hours. Drag across a day to block time."
    )


# -- the default hours --------------------------------------------------------------------------------------------


def default_hours(page: WindowPage) -> DefaultHours:
    """The default hours in the settings, which are opened."""
    page.window.profile.open_settings()
    dialog = page.window.profile.choosing.dialog
    assert dialog is not None
    dialog.show_calendar()
    return dialog.calendar.hours


def type_end(hours: DefaultHours, text: str) -> None:
    """Type until when every day is open by default, key by key."""
    editor = hours.every.end.editor
    editor.setFocus()
    editor.selectAll()
    QTest.keyClicks(editor, text)


def test_other_hours_that_decide_what_is_offered_are_looked_at_before_they_hold(make_window: MakeWindow) -> None:
    page = make_window(CLIENT)
    page.settings.set(table.CALENDAR_MODE, "unavailable")
    hours = default_hours(page)
    dialog = hours.window()
    assert not hours.waiting.isVisibleTo(dialog)
    type_end(hours, "18:00")
    assert hours.waiting.isVisibleTo(dialog)
    assert page.session.mode_settings.default_hours.end == 20 * 60, "not at each key"

    page.click(hours.look_button)
    assert not dialog.isVisible()
    modes = ModePage(page)
    assert modes.dialog.windowTitle() == "Change the default hours"
    assert modes.row(MONDAY) == ("Mon 16 Nov", "12 h", "10 h")
    assert page.session.mode_settings.default_hours.end == 20 * 60
    modes.switch()
    assert page.session.mode_settings.default_hours.end == 18 * 60
    assert page.settings.get(table.CALENDAR_DEFAULT_END) == 18 * 60
    assert page.toast == "The default hours are other ones now."
    assert not default_hours(page).waiting.isVisibleTo(dialog)


@pytest.mark.parametrize("keep", list(KeepBy))
def test_other_hours_can_leave_the_offered_times_as_they_are(make_window: MakeWindow, keep: KeepBy) -> None:
    page = make_window(LUNCH, *OFFICE)
    page.settings.set(table.CALENDAR_MODE, "unavailable")
    before = offered(page)
    type_end(default_hours(page), "21:30")
    page.click(default_hours(page).look_button)
    modes = ModePage(page)
    page.click(modes.dialog.choices[keep])
    assert modes.dialog.switch_button.text() == "Change and keep the times"
    modes.switch()
    assert page.session.mode_settings.default_hours.end == 21 * 60 + 30
    today = THURSDAY - MONDAY
    assert offered(page)[today.days :] == before[today.days :]
    page.click(page.window.profile.page.toast.undo_button)
    assert page.toast.endswith("The default hours stay as they are now.")


def test_typed_hours_that_wait_for_a_look_can_be_put_back(make_window: MakeWindow) -> None:
    page = make_window()
    page.settings.set(table.CALENDAR_MODE, "unavailable")
    hours = default_hours(page)
    type_end(hours, "18:00")
    page.settings.set(table.CALENDAR_FIRST_WEEKDAY, "0")
    assert hours.every.end.text == "18:00", "another setting changes nothing of what is being typed"
    page.click(hours.back_button)
    assert hours.every.end.text == "20:00"
    assert not hours.waiting.isVisibleTo(hours.window())
    type_end(hours, "20")
    assert not hours.waiting.isVisibleTo(hours.window()), "it is what holds"


def test_the_preview_says_what_is_to_be_done_in_the_account(make_window: MakeWindow) -> None:
    modes = ModePage(make_window(*OFFICE)).choose("unavailable")
    said = modes.dialog.account
    assert said.text() == "The app cannot switch your TriLuna account. Switch it there too."
    modes.window.click(modes.dialog.choices[KeepBy.WEEKLY_HOURS])
    assert said.text().endswith("once what is added was sent.")
    assert said.text() in modes.dialog.switch_button.accessibleDescription()


def test_on_a_small_screen_nothing_is_cut_and_the_buttons_stay(make_window: MakeWindow) -> None:
    modes = ModePage(make_window(*OFFICE)).choose("unavailable")
    dialog = modes.dialog
    dialog.resize(900, 440)
    modes.window.click(dialog.choices[KeepBy.ENTRIES])
    QApplication.processEvents()
    parts = (dialog.weeks, dialog.counted, dialog.account, dialog.details, dialog.switch_button)
    for part in parts:
        needed = part.heightForWidth(part.width()) if part.hasHeightForWidth() else part.minimumSizeHint().height()
        assert part.height() >= needed, part
    button = dialog.switch_button
    assert dialog.rect().contains(button.mapTo(dialog, button.rect().bottomRight()))


def test_another_choice_does_not_move_the_dates_under_the_pointer(make_window: MakeWindow) -> None:
    modes = ModePage(make_window(*OFFICE)).choose("unavailable")
    table_ = modes.dialog.table
    before = table_.visualRect(modes.dialog.model.index(modes.dialog.model.row_of(THURSDAY), 0))
    modes.window.click(modes.dialog.choices[KeepBy.WEEKLY_HOURS])
    after = table_.visualRect(modes.dialog.model.index(modes.dialog.model.row_of(THURSDAY), 0))
    assert (after.y(), after.height()) == (before.y(), before.height())


def test_weekly_hours_are_listed_in_the_order_of_the_week_on_screen(make_window: MakeWindow) -> None:
    modes = ModePage(make_window(*OFFICE)).choose("unavailable")
    modes.window.click(modes.dialog.choices[KeepBy.WEEKLY_HOURS])
    days = [each.split()[1].rstrip(",") for each in modes.details()]
    assert (days[0], days[-1]) == ("Monday", "Sunday")


def test_default_hours_by_weekday_hold_as_soon_as_they_are_hours(make_window: MakeWindow) -> None:
    page = make_window()
    hours = default_hours(page)
    dialog = hours.window()
    assert not hours.week.isVisibleTo(dialog)
    page.click(hours.differ)
    assert hours.week.isVisibleTo(dialog)
    page.click(hours.days[0].box)
    assert hours.days[0].closed.isVisibleTo(dialog)
    friday = hours.days[5].end.editor
    friday.setFocus()
    friday.selectAll()
    QTest.keyClicks(friday, "14:30")

    settings = page.session.mode_settings
    assert settings.hours_of(0) is None
    assert settings.hours_of(5) == Interval(8 * 60, 14 * 60 + 30)

    QTest.keyClick(friday, Qt.Key.Key_Backspace)
    QTest.keyClicks(friday, "x")
    assert hours.days[5].end.problem.isVisibleTo(dialog)
    assert page.session.mode_settings == settings, "nothing changes until it can be read"

    page.click(hours.differ)
    assert page.session.mode_settings.hours == ()
    assert page.settings.get(table.CALENDAR_HOURS) == ""


def test_each_field_of_a_weekday_has_a_name_of_its_own(make_window: MakeWindow) -> None:
    page = make_window()
    page.window.profile.open_settings()
    dialog = page.window.profile.choosing.dialog
    assert dialog is not None
    days = dialog.calendar.hours.days
    assert list(days) == [1, 2, 3, 4, 5, 6, 0], "in the order of the locale's week"
    assert days[0].start.editor.accessibleName() == "Sunday, open from"
    assert days[6].box.accessibleName() == "Open by default on Saturday"
