"""Changing many entries at once: the dialog, its preview, what is wrong in it, and the strip that follows."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from tests.helpers.bulk_page import BulkPage
from tests.helpers.window_page import MONDAY, THURSDAY, entry

from triluna_desktop.domain.models import Entry
from triluna_desktop.session import ConnectionState, EditRefusedError, RefusalReason
from triluna_desktop.ui.bulk.panels import Action

if TYPE_CHECKING:
    from tests.helpers.window_fixtures import MakeWindow

    from triluna_desktop.domain.edits import Change

LUNCH = entry("Lunch", "12:00", "13:00")
CLIENT = entry("Client", "14:00", "15:30", is_available=True)
EARLY = entry("Early", "00:30", "01:00", day=MONDAY, is_available=True)
TUESDAY = MONDAY + timedelta(days=1)


# -- blocking dates and copying weeks -----------------------------------------------------------------------------


def test_a_vacation_is_one_action_and_one_undo_step(make_window: MakeWindow) -> None:
    page = make_window(CLIENT)
    bulk = BulkPage(page).open("block_dates")
    dates = bulk.dialog.block_panel.dates
    bulk.type_into(dates.first, "16 Nov 2026")
    bulk.type_into(dates.last, "6 Dec 2026")
    assert len(bulk.rows()) == 21
    assert bulk.rows()[0] == "New: Mon 16 Nov, 00:00 – 24:00, blocked, “Vacation”"
    assert (
        bulk.rows()[3]
        == "Changed: Thu 19 Nov, 14:00 – 15:30, available, “Client” → 00:00 – 24:00, blocked, “Vacation”"
    )
    bulk.apply()
    assert not bulk.is_open
    assert page.entries() == ["00:00-24:00 Vacation"]
    assert page.toast == "21 entries changed"
    page.click(page.window.profile.page.toast.undo_button)
    assert page.entries() == ["14:00-15:30 Client"]
    assert page.entries(MONDAY) == []


def test_the_preview_tells_requests_and_the_hours_that_callers_lose(make_window: MakeWindow) -> None:
    page = make_window(CLIENT)
    bulk = BulkPage(page).open("block_dates")
    bulk.type_into(bulk.dialog.block_panel.dates.first, "20.11.2026")
    bulk.type_into(bulk.dialog.block_panel.dates.last, "4 Jan 2027")
    assert "46 new" in bulk.says()
    assert bulk.dialog.apply_button.accessibleDescription().startswith("46 new\n47 requests, less than a minute")
    assert "47 requests, less than a minute" in bulk.says()
    bulk.type_into(bulk.dialog.block_panel.dates.first, "19.11.2026")
    assert "Bookable on these dates: 1 h 30 → 0 h (−1 h 30)" in bulk.says()
    assert any(sentence.startswith("Some of these dates were not read") for sentence in bulk.says())


def test_what_takes_minutes_says_so(make_window: MakeWindow) -> None:
    page = make_window()
    bulk = BulkPage(page).open("block_dates")
    bulk.type_into(bulk.dialog.block_panel.dates.last, "18 Nov 2027")
    assert "367 requests, about 2 min" in bulk.says()


def test_hours_of_days_can_be_blocked(make_window: MakeWindow) -> None:
    page = make_window(CLIENT)
    bulk = BulkPage(page).open("block_dates")
    panel = bulk.dialog.block_panel
    assert not panel.hours.isVisibleTo(bulk.dialog)
    page.click(panel.whole_days)
    bulk.type_into(panel.hours.first, "13")
    bulk.type_into(panel.hours.last, "15")
    bulk.apply()
    assert page.entries() == ["13:00-15:00 Vacation", "15:00-15:30 Client"]


def test_what_stands_there_can_be_kept_and_is_said_to_stay_bookable(make_window: MakeWindow) -> None:
    page = make_window(CLIENT)
    bulk = BulkPage(page).open("block_dates")
    panel = bulk.dialog.block_panel
    assert panel.effect.text().startswith("Callers are offered nothing")
    panel.existing.box.setCurrentIndex(1)
    bulk.settle()
    assert panel.effect.text() == "Callers can still book the available time that is kept."
    assert bulk.rows()[-1] == "Left alone: Thu 19 Nov, 14:00 – 15:30, “Client”: callers can still book it."
    assert "2 new · 1 left alone" in bulk.says()
    bulk.apply()
    assert page.entries() == ["00:00-14:00 Vacation", "14:00-15:30 Client", "15:30-24:00 Vacation"]


def test_a_week_is_copied_to_the_next_ones_and_names_what_is_in_the_way(make_window: MakeWindow) -> None:
    taken = entry("Taken", "12:30", "13:30", day=THURSDAY + timedelta(days=7))
    page = make_window(LUNCH, CLIENT, taken)
    bulk = BulkPage(page).open("copy_week")
    assert bulk.dialog.copy_panel.week.text == "Mon, 16 Nov 2026"
    bulk.type_into(bulk.dialog.copy_panel.count, "2")
    assert bulk.rows() == [
        "New: Thu 26 Nov, 14:00 – 15:30, available, “Client”",
        "New: Thu 3 Dec, 12:00 – 13:00, blocked, “Lunch”",
        "New: Thu 3 Dec, 14:00 – 15:30, available, “Client”",
        "Left alone: Thu 26 Nov, 12:00 – 13:00, “Lunch”: 12:30 – 13:30 is taken by “Taken”.",
    ]
    bulk.dialog.copy_panel.overlap.box.setCurrentIndex(1)
    bulk.settle()
    bulk.apply()
    assert page.entries(THURSDAY + timedelta(days=7)) == ["12:00-13:00 Lunch", "14:00-15:30 Client"]
    bulk.open("copy_week")
    bulk.type_into(bulk.dialog.copy_panel.week, "16 Nov 2026")
    bulk.type_into(bulk.dialog.copy_panel.count, "1")
    assert bulk.rows()[0] == "Left alone: Thu 26 Nov, 12:00 – 13:00, “Lunch”: the same is there already."
    assert not bulk.dialog.apply_button.isEnabled()


def test_a_week_is_copied_to_chosen_weeks(make_window: MakeWindow) -> None:
    page = make_window(LUNCH)
    bulk = BulkPage(page).open("copy_week")
    panel = bulk.dialog.copy_panel
    page.click(panel.how.button("some"))
    bulk.settle()
    assert panel.no_week.isVisibleTo(bulk.dialog)
    assert bulk.says() == ["Complete the form to see what would change."]
    panel.weeks.setFocus()
    panel.weeks.setCurrentRow(2)
    QTest.keyClick(panel.weeks, Qt.Key.Key_Space)
    bulk.settle()
    assert not panel.no_week.isVisibleTo(bulk.dialog)
    assert bulk.rows() == ["New: Thu 10 Dec, 12:00 – 13:00, blocked, “Lunch”"]


# -- entries that are chosen --------------------------------------------------------------------------------------


def test_the_selection_is_moved_and_who_would_leave_the_day_is_named(make_window: MakeWindow) -> None:
    page = make_window(LUNCH, EARLY)
    page.select("Lunch", "Early")
    page.click(page.inspector.many.more_button)
    bulk = BulkPage(page)
    bulk.type_into(bulk.dialog.move_panel.days, "1")
    bulk.type_into(bulk.dialog.move_panel.minutes, "-60")
    assert bulk.rows() == [
        "Changed: Thu 19 Nov, 12:00 – 13:00, “Lunch” → Fri 20 Nov, 11:00 – 12:00",
        "Left alone: Mon 16 Nov, 00:30 – 01:00, “Early”: it would leave its day (00:00 to 24:00).",
    ]
    bulk.apply()
    assert page.entries(THURSDAY + timedelta(days=1)) == ["11:00-12:00 Lunch"]
    assert page.entries(MONDAY) == ["00:30-01:00 Early"]


def test_more_than_three_entries_are_shown_before_they_are_deleted(make_window: MakeWindow) -> None:
    day = [entry(f"Call {hour}", f"{hour}:00", f"{hour}:30") for hour in (10, 11, 12, 13)]
    page = make_window(*day)
    bulk = BulkPage(page)
    view = page.window.profile.week_view

    view.select(tuple(each.key for each in day[:3]))
    view.setFocus()
    page.press(Qt.Key.Key_Delete)
    assert page.entries() == ["13:00-13:30 Call 13"]
    assert page.toast == "3 entries deleted"
    page.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    view.select(tuple(each.key for each in day))
    view.setFocus()
    page.press(Qt.Key.Key_Delete)
    assert bulk.is_open
    assert len(bulk.rows()) == len(page.entries()) == 4
    page.press(Qt.Key.Key_Escape)
    assert len(page.entries()) == 4

    view.setFocus()
    page.press(Qt.Key.Key_Delete)
    focused = bulk.dialog.focusWidget()
    assert focused is bulk.dialog.apply_button
    QTest.keyClick(focused, Qt.Key.Key_Return)
    assert page.entries() == []


@pytest.mark.parametrize(
    ("action", "left"),
    [
        (Action.DELETE, ["14:00-15:30 Client"]),
        (Action.MAKE_AVAILABLE, ["12:00-13:00 Lunch", "14:00-15:30 Client"]),
        (Action.RETITLE, ["12:00-13:00 Break", "14:00-15:30 Client"]),
    ],
)
def test_entries_of_a_range_are_filtered_and_changed(
    make_window: MakeWindow, action: Action, left: list[str]
) -> None:
    page = make_window(LUNCH, CLIENT, EARLY)
    bulk = BulkPage(page).open("bulk")
    bulk.choose(action)
    which = bulk.dialog.which
    assert which.source.value == "dates", "nothing is selected"
    which.kind.box.setCurrentIndex(2)
    if action is Action.RETITLE:
        bulk.type_into(bulk.dialog.title_panel.title, "Break")
    bulk.settle()
    assert len(bulk.rows()) == 1
    bulk.apply()
    assert page.entries() == left
    view = page.session.item("Lunch")
    assert view is None or view.item.is_available is (action is Action.MAKE_AVAILABLE)


def test_weekdays_and_times_of_day_narrow_a_range(make_window: MakeWindow) -> None:
    page = make_window(LUNCH, CLIENT, EARLY)
    bulk = BulkPage(page).open("bulk")
    which = bulk.dialog.which
    assert len(bulk.rows()) == 3
    page.click(which.weekdays[1])
    bulk.settle()
    assert len(bulk.rows()) == 2
    bulk.type_into(which.hours.first, "13")
    assert len(bulk.rows()) == 1
    for button in which.weekdays.values():
        if button.isChecked():
            page.click(button)
    bulk.settle()
    assert which.no_weekday.isVisibleTo(bulk.dialog)
    assert not bulk.dialog.apply_button.isEnabled()


def test_what_fits_nothing_says_so(make_window: MakeWindow) -> None:
    page = make_window()
    bulk = BulkPage(page).open("bulk")
    assert bulk.says() == ["Nothing to change: no entry fits."]
    assert not bulk.dialog.apply_button.isEnabled()


# -- what is wrong is said where it is ----------------------------------------------------------------------------


def test_what_is_wrong_is_said_at_the_field_and_what_is_typed_stays(make_window: MakeWindow) -> None:
    page = make_window(LUNCH)
    bulk = BulkPage(page).open("block_dates")
    panel = bulk.dialog.block_panel
    bulk.type_into(panel.dates.last, "1 Nov 2026")
    assert bulk.problem(panel.dates.last) == "The last date must not lie before the first."
    assert panel.dates.last.editor.accessibleDescription() == "The last date must not lie before the first."
    bulk.type_into(panel.dates.last, "sometime")
    assert "is not a date" in bulk.problem(panel.dates.last)
    bulk.type_into(panel.dates.last, "1 Jan 2030")
    assert bulk.problem(panel.dates.last) == "A range may have up to 366 days."
    assert panel.dates.last.text == "1 Jan 2030"
    bulk.type_into(panel.dates.last, "20 Nov 2026")
    assert bulk.problem(panel.dates.last) == ""
    bulk.type_into(panel.title, "x" * 201)
    assert bulk.problem(panel.title) == "The title may have up to 200 characters."
    assert not bulk.dialog.apply_button.isEnabled()
    bulk.type_into(panel.title, "")
    page.click(panel.whole_days)
    bulk.type_into(panel.hours.last, "8")
    assert bulk.problem(panel.hours.last).startswith("The end must lie after the start.")
    bulk.type_into(panel.hours.last, "noon")
    assert "is not a time" in bulk.problem(panel.hours.last)
    assert bulk.rows() == []


def test_numbers_are_read_as_people_write_them(make_window: MakeWindow) -> None:
    page = make_window(LUNCH)
    bulk = BulkPage(page).open("bulk")
    days = bulk.dialog.move_panel.days
    bulk.type_into(days, "seven")
    assert bulk.problem(days) == "“seven” is not a whole number."
    bulk.type_into(days, "5000")
    assert bulk.problem(days) == "The number must lie between -3650 and 3650."
    days.editor.selectAll()
    QTest.keyClicks(days.editor, "-2")
    bulk.settle()
    QTest.keyClick(days.editor, Qt.Key.Key_Up)
    bulk.settle()
    assert days.text == "-1"
    assert bulk.rows() == ["Changed: Thu 19 Nov, 12:00 – 13:00, “Lunch” → Wed 18 Nov, 12:00 – 13:00"]


def test_what_was_typed_a_moment_ago_cannot_be_applied_unseen(make_window: MakeWindow) -> None:
    page = make_window(LUNCH)
    bulk = BulkPage(page).open("bulk")
    assert bulk.dialog.apply_button.isEnabled()
    bulk.dialog.move_panel.days.editor.selectAll()
    QTest.keyClicks(bulk.dialog.move_panel.days.editor, "3")
    assert not bulk.dialog.apply_button.isEnabled()
    bulk.settle()
    assert bulk.dialog.apply_button.isEnabled()


def test_what_is_refused_is_said_in_the_dialog_which_stays(make_window: MakeWindow) -> None:
    page = make_window(LUNCH)
    bulk = BulkPage(page).open("block_dates")
    bulk.type_into(bulk.dialog.block_panel.title, "Sea")
    page.session.refusal = EditRefusedError(RefusalReason.DISK_FULL)
    bulk.apply()
    assert bulk.is_open
    assert "Nothing was changed: the disk is full. Make room and try again." in bulk.says()
    assert bulk.dialog.block_panel.title.text == "Sea"
    page.session.refusal = None
    bulk.apply()
    assert not bulk.is_open


def test_the_preview_follows_what_happens_behind_it(make_window: MakeWindow) -> None:
    page = make_window(LUNCH, CLIENT)
    bulk = BulkPage(page).open("bulk")
    assert len(bulk.rows()) == 2
    page.change_elsewhere("Lunch", None)
    bulk.settle()
    assert len(bulk.rows()) == 1


def test_a_read_only_calendar_says_why_nothing_opens(make_window: MakeWindow) -> None:
    page = make_window(LUNCH)
    page.say(ConnectionState.READ_ONLY)
    BulkPage(page).open("block_dates")
    assert not BulkPage(page).is_open
    assert page.toast.startswith("Nothing was changed: the token may only read.")


# -- ways to the dialog -------------------------------------------------------------------------------------------


def test_the_weeks_menu_at_the_names_of_its_days_offers_it(make_window: MakeWindow) -> None:
    page = make_window()
    view = page.window.profile.week_view
    at = QPoint(view.width() // 2, 12)
    QApplication.sendEvent(view, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, view.mapToGlobal(at)))
    menu = next(each for each in view.findChildren(QMenu) if each.isVisible())
    assert [action.text() for action in menu.actions()] == [
        "Block a range of dates…",
        "Copy this week to…",
        "Stamp weeks in turn (A/B weeks)…",
        "Change many…",
    ]
    menu.actions()[1].trigger()
    menu.close()
    assert BulkPage(page).dialog.chosen_action is Action.COPY_WEEK


def test_the_toolbar_offers_it(make_window: MakeWindow) -> None:
    page = make_window()
    toolbar = page.window.profile.page.toolbar
    page.click(toolbar.more_button)
    (menu,) = toolbar.findChildren(QMenu)
    next(each for each in menu.actions() if each.text() == "Block a range of dates…").trigger()
    menu.close()
    assert BulkPage(page).dialog.chosen_action is Action.BLOCK_DATES
    BulkPage(page).dialog.reject()
    page.say(ConnectionState.READ_ONLY)
    page.click(toolbar.more_button)
    menu = next(each for each in toolbar.findChildren(QMenu) if each.isVisible())
    offered = {action.text(): action.isEnabled() for action in menu.actions()}
    for text in ("Quick add…", "Block a range of dates…", "Copy this week to…", "Change many…"):
        assert not offered[text]
    assert offered["Search…"]
    menu.close()


def test_keys_open_it_and_escape_closes_it(make_window: MakeWindow) -> None:
    page = make_window(LUNCH)
    page.press(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    bulk = BulkPage(page)
    assert bulk.is_open
    QTest.keyClick(bulk.dialog, Qt.Key.Key_Escape)
    assert not bulk.is_open


def test_everything_in_the_dialog_has_a_name_and_is_reached_by_tab(make_window: MakeWindow) -> None:
    page = make_window(LUNCH)
    bulk = BulkPage(page).open("bulk")
    reached: list[QWidget] = []
    start: QWidget = bulk.dialog.action.box
    start.setFocus()
    widget = start
    for _ in range(60):
        reached.append(widget)
        QTest.keyClick(widget, Qt.Key.Key_Tab)
        widget = bulk.dialog.focusWidget()
        if widget is start:
            break
    assert bulk.dialog.apply_button in reached
    assert bulk.dialog.preview in reached
    for each in reached:
        interface = QAccessible.queryAccessibleInterface(each)
        assert interface.text(QAccessible.Text.Name), f"{each} has no name"


def test_two_thousand_rows_are_shown_at_once(make_window: MakeWindow) -> None:
    page = make_window(
        *(
            Entry(f"e{day}-{number}", MONDAY - timedelta(days=day), number * 120, number * 120 + 60, title="x")
            for day in range(200)
            for number in range(10)
        )
    )
    bulk = BulkPage(page).open("bulk")
    bulk.type_into(bulk.dialog.which.dates.first, "1 Apr 2026")
    bulk.type_into(bulk.dialog.move_panel.minutes, "15")
    bulk.type_into(bulk.dialog.move_panel.days, "0")
    preview = bulk.dialog.preview
    assert preview.rows.rowCount() == 2000
    asked: list[object] = []
    row = bulk.dialog._words.row

    def counted(change: Change) -> str:
        asked.append(change)
        return row(change)

    bulk.dialog._words.row = counted  # type: ignore[method-assign] # Only counts.
    preview.grab()
    assert asked
    assert len(asked) < 60, "only what is on screen is made into words"
