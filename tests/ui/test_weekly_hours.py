"""The window of the weekly hours: drawing, what does not land, list and fields, what would change, leaving."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from tests.helpers.confirmed import confirm
from tests.helpers.week_page import CTRL
from tests.helpers.weekly_page import WeeklyPage, in_words
from tests.helpers.window_page import MONDAY, entry

from triluna_desktop.domain.availability import Mode
from triluna_desktop.domain.models import Entry, Pattern
from triluna_desktop.grid.drafts import Edge
from triluna_desktop.session import ConnectionState, EditRefusedError, RefusalReason, SendState
from triluna_desktop.system import settings as table
from triluna_desktop.ui.dates import TimedLocale

if TYPE_CHECKING:
    from tests.helpers.window_fixtures import MakeWindow
    from tests.helpers.window_page import WindowPage

CALLS = Pattern("calls", 1, 540, 720, True, "Calls")
TUESDAY = Pattern("tuesday", 2, 540, 1020, True)
LUNCH = Pattern("lunch", 3, 720, 780, False, "Lunch")


def shown(page: WindowPage) -> list[str]:
    """The weekly hours that the calendar holds."""
    views = page.session.days(MONDAY, 1).patterns
    return [in_words(view.item) for view in views if isinstance(view.item, Pattern)]


# -- drawing ----------------------------------------------------------------------------------------------------


def test_a_drag_opens_hours_of_a_weekday_and_nothing_is_written(make_window: MakeWindow) -> None:
    page = make_window(CALLS)
    weekly = WeeklyPage(page).open()
    weekly.grid.drag_empty("tuesday", "09:00", "17:00")
    assert weekly.draft == ["mon 09:00-12:00 available Calls", "tue 09:00-17:00 available"]
    assert shown(page) == ["mon 09:00-12:00 available Calls"]
    assert weekly.dialog.editing.tools.hours.text() == "Bookable: 3 h → 11 h a week (+8 h)"


def test_the_tips_of_the_brush_name_the_letters_that_hold(make_window: MakeWindow) -> None:
    page = make_window()
    tools = WeeklyPage(page).open().dialog.editing.tools

    def tips() -> tuple[str, str]:
        return tools.brush.button("open").toolTip(), tools.brush.button("block").toolTip()

    assert tips() == ("A drag makes available time (O)", "A drag blocks time (B)")
    page.settings.set(table.GRID_SINGLE_LETTER_KEYS, False)
    WeeklyPage(page).open()
    assert tips() == ("A drag makes available time", "A drag blocks time")


def test_a_drag_across_weekdays_makes_the_same_hours_on_each_and_is_one_step(make_window: MakeWindow) -> None:
    weekly = WeeklyPage(make_window()).open()
    weekly.grid.drag_empty("monday", "09:00", "12:00", to_day="wednesday")
    weekly.grid.drag_empty("monday", "13:00", "15:00")
    assert weekly.draft == [
        "mon 09:00-12:00 available",
        "mon 13:00-15:00 available",
        "tue 09:00-12:00 available",
        "wed 09:00-12:00 available",
    ]
    weekly.press(Qt.Key.Key_Z, CTRL)
    weekly.click(weekly.dialog.editing.tools.undo_button)
    assert weekly.draft == []
    weekly.click(weekly.dialog.editing.tools.redo_button)
    assert len(weekly.draft) == 3


def test_a_stretch_is_moved_resized_copied_and_deleted(make_window: MakeWindow) -> None:
    weekly = WeeklyPage(make_window(CALLS)).open()
    weekly.grid.drag_entry("calls", "friday", "10:00")
    assert weekly.draft == ["fri 10:00-13:00 available Calls"]
    weekly.grid.drag_edge("calls", Edge.END, "14:00")
    assert weekly.draft == ["fri 10:00-14:00 available Calls"]
    weekly.grid.drag_entry("calls", "sunday", "10:00", CTRL)
    assert weekly.draft == ["sun 10:00-14:00 available Calls", "fri 10:00-14:00 available Calls"]
    weekly.dialog.editing.view.select(("calls",))
    weekly.dialog.editing.view.setFocus()
    weekly.press(Qt.Key.Key_Delete)
    assert weekly.draft == ["sun 10:00-14:00 available Calls"]


def test_what_would_overlap_is_tinted_in_the_hand_and_does_not_land(make_window: MakeWindow) -> None:
    weekly = WeeklyPage(make_window(CALLS, TUESDAY)).open()
    grid = weekly.grid
    before = weekly.draft
    grabbed = grid.on("calls")
    grid.press(grabbed)
    grid.move(grid.at("tuesday", "13:00"))
    (block,) = grid.view.board.preview_blocks()
    assert block.conflicts == 1
    assert block.overlaps
    grid.release(grid.at("tuesday", "13:00"))
    assert weekly.draft == before
    assert weekly.message.startswith("Tue 11:30 – 14:30 would overlap Tue 09:00 – 17:00, available. Nothing")
    found = grid.view.board.scene.find("calls")
    assert found is not None
    assert found.day.isoweekday() == 1
    grid.drag_empty("thursday", "09:00", "10:00")
    assert weekly.message == ""


def test_a_drawn_stretch_that_overlaps_is_refused_whichever_kind_it_is(make_window: MakeWindow) -> None:
    weekly = WeeklyPage(make_window(TUESDAY)).open()
    weekly.grid.type("b")
    weekly.grid.drag_empty("tuesday", "08:00", "10:00")
    assert weekly.draft == ["tue 09:00-17:00 available"]
    assert "would overlap" in weekly.message


def test_the_slot_cursor_stays_where_what_it_would_make_did_not_land(make_window: MakeWindow) -> None:
    weekly = WeeklyPage(make_window(CALLS)).open()
    view = weekly.dialog.editing.view
    view.set_slot_cursor(view.grid.first, 660, 690)
    weekly.grid.key(Qt.Key.Key_Return)
    assert "would overlap" in weekly.message
    assert weekly.grid.cursor.endswith("11:00-11:30")
    weekly.grid.key(Qt.Key.Key_Down, times=4)
    weekly.grid.key(Qt.Key.Key_Return)
    assert weekly.draft == ["mon 09:00-12:00 available Calls", "mon 12:00-12:30 available"]


def test_touching_stretches_are_offered_to_be_made_one(make_window: MakeWindow) -> None:
    weekly = WeeklyPage(make_window(CALLS)).open()
    weekly.grid.drag_empty("monday", "12:00", "15:00")
    assert weekly.message == "Mon 09:00 – 12:00 and 12:00 – 15:00 touch: they can be one."
    weekly.click(weekly.dialog.editing.message.join_button)
    assert weekly.draft == ["mon 09:00-15:00 available Calls"]
    assert weekly.message == ""


def test_touching_stretches_that_are_left_apart_are_not_offered_again(make_window: MakeWindow) -> None:
    weekly = WeeklyPage(make_window(CALLS)).open()
    weekly.grid.drag_empty("monday", "12:00", "15:00")
    weekly.click(weekly.dialog.editing.message.decline_button)
    weekly.grid.drag_empty("friday", "12:00", "15:00")
    assert weekly.message == ""
    assert len(weekly.draft) == 3


def test_what_touches_on_the_server_already_is_not_nagged_about(make_window: MakeWindow) -> None:
    weekly = WeeklyPage(make_window(CALLS, Pattern("on", 1, 720, 780, True))).open()
    weekly.grid.drag_empty("friday", "12:00", "15:00")
    assert weekly.message == ""


def test_the_week_ends_at_its_ends(make_window: MakeWindow) -> None:
    weekly = WeeklyPage(make_window(CALLS)).open()
    view = weekly.dialog.editing.view
    view.select(("calls",))
    weekly.grid.key(Qt.Key.Key_Left, CTRL)
    assert weekly.message == "That would leave the week. Nothing was changed."
    assert weekly.draft == ["mon 09:00-12:00 available Calls"]
    first = view.grid.first
    view.set_slot_cursor(first, 540, 570)
    weekly.grid.key(Qt.Key.Key_Left)
    assert view.slot_cursor is not None
    assert view.slot_cursor.head == first
    weekly.grid.wheel(x=-240)
    assert view.grid.first == first


def test_the_grid_says_nothing_of_a_date_or_of_now(make_window: MakeWindow) -> None:
    weekly = WeeklyPage(make_window(CALLS)).open()
    view = weekly.dialog.editing.view
    first = view.grid.first
    assert view.words.heading(first) == ("", "Mon")
    assert view.grid.column_of(view.today) is None
    view.set_slot_cursor(first + timedelta(days=3), 540, 600)
    assert view.slot_cursor is not None
    assert view.words.spoken_cursor(view.slot_cursor) == "Thursday 09:00 to 10:00, empty"


# -- the mode ---------------------------------------------------------------------------------------------------


def test_the_brush_and_the_hours_follow_the_calendar_mode(make_window: MakeWindow) -> None:
    page = make_window(LUNCH)
    page.settings.set_all({table.CALENDAR_MODE: Mode.UNAVAILABLE_TIMES.value})
    weekly = WeeklyPage(page).open()
    assert weekly.dialog.editing.tools.brush.value == "block"
    assert weekly.dialog.editing.tools.hours.text() == "Bookable: 83 h a week"
    weekly.grid.drag_empty("tuesday", "09:00", "10:00")
    assert weekly.draft == ["tue 09:00-10:00 blocked", "wed 12:00-13:00 blocked Lunch"]


def test_the_open_window_follows_another_mode_and_so_do_the_changes_that_are_looked_at(
    make_window: MakeWindow,
) -> None:
    page = make_window(CALLS)
    weekly = WeeklyPage(page).open()
    page.settings.set(table.CALENDAR_MODE, "unavailable")
    QApplication.processEvents()
    assert not weekly.dialog.editing.view.brush
    assert weekly.dialog.editing.tools.brush.value == "block"
    weekly.grid.drag_empty("tuesday", "09:00", "10:00")
    weekly.click(weekly.dialog.review_button)
    assert "Bookable: 84 h → 83 h a week (−1 h)" in weekly.sentences(weekly.dialog.review)
    page.settings.set(table.CALENDAR_MODE, "available")
    QApplication.processEvents()
    assert "Bookable: 3 h a week, as before" in weekly.sentences(weekly.dialog.review)


@pytest.mark.parametrize(
    ("mode", "monday"),
    [
        (Mode.AVAILABLE_TIMES, ["mon 09:00-17:00 available"]),
        (Mode.UNAVAILABLE_TIMES, ["mon 08:00-09:00 blocked", "mon 17:00-20:00 blocked"]),
    ],
)
def test_a_preset_offers_its_hours_in_either_mode(make_window: MakeWindow, mode: Mode, monday: list[str]) -> None:
    page = make_window()
    page.settings.set_all({table.CALENDAR_MODE: mode.value})
    weekly = WeeklyPage(page).open()
    weekly.click(weekly.dialog.editing.tools.preset_button)
    weekly.choose("Mon – Fri, 09:00 – 17:00")
    assert [each for each in weekly.draft if each.startswith("mon")] == monday
    assert weekly.dialog.editing.tools.hours.text().startswith("Bookable: ")
    assert " 40 h a week" in weekly.dialog.editing.tools.hours.text()
    weekly.click(weekly.dialog.editing.tools.preset_button)
    weekly.choose("Empty: no weekly hours")
    assert weekly.draft == []


# -- a day for other days ---------------------------------------------------------------------------------------


def test_a_day_is_copied_to_others_which_are_then_as_it_is(make_window: MakeWindow) -> None:
    weekly = WeeklyPage(make_window(CALLS, TUESDAY, LUNCH)).open()
    weekly.dialog.editing.view.select(("calls",))
    weekly.click(weekly.dialog.editing.tools.copy_button)
    weekly.choose("The other working days")
    assert weekly.draft == [f"{day} 09:00-12:00 available Calls" for day in ("mon", "tue", "wed", "thu", "fri")]


def test_the_name_of_a_weekday_offers_to_copy_it(make_window: MakeWindow) -> None:
    weekly = WeeklyPage(make_window(LUNCH)).open()
    grid = weekly.grid
    left, width = grid.view.grid.column_span(2)
    grid.click(QPointF(left + width / 2, 30))
    weekly.choose("Sunday")
    assert weekly.draft == ["sun 12:00-13:00 blocked Lunch", "wed 12:00-13:00 blocked Lunch"]


# -- the list and its fields ------------------------------------------------------------------------------------


def test_list_and_grid_show_one_draft_and_one_selection(make_window: MakeWindow) -> None:
    weekly = WeeklyPage(make_window(CALLS, TUESDAY)).open()
    assert weekly.rows()[0].startswith("Mon 09:00 – 12:00, available, “Calls”")
    editing = weekly.dialog.editing
    editing.table.setFocus()
    weekly.press(Qt.Key.Key_Down)
    weekly.press(Qt.Key.Key_Down)
    assert editing.view.selected == editing.table.selected
    editing.view.select(("calls",))
    assert editing.table.selected == ("calls",)
    assert editing.form.title.text == "Calls"


def test_a_stretch_is_made_changed_and_deleted_by_keyboard_alone(make_window: MakeWindow) -> None:
    weekly = WeeklyPage(make_window()).open()
    editing, form = weekly.dialog.editing, weekly.dialog.editing.form
    editing.table.setFocus()
    weekly.press(Qt.Key.Key_Insert)
    assert form.weekday.box.hasFocus()
    weekly.press(Qt.Key.Key_Down)
    weekly.type_into(form.hours.first, "10")
    assert weekly.draft == ["tue 10:00-17:00 available"]
    weekly.type_into(form.hours.last, "11:30")
    weekly.type_into(form.title, "Practice")
    assert weekly.draft == ["tue 10:00-11:30 available Practice"]
    editing.table.setFocus()
    weekly.press(Qt.Key.Key_Return)
    assert form.hours.first.editor.hasFocus()
    editing.table.setFocus()
    weekly.press(Qt.Key.Key_Delete)
    assert weekly.draft == []


def test_what_is_typed_wrong_is_said_at_the_field_and_changes_nothing(make_window: MakeWindow) -> None:
    weekly = WeeklyPage(make_window(CALLS)).open()
    form = weekly.dialog.editing.form
    weekly.dialog.editing.view.select(("calls",))
    weekly.type_into(form.hours.last, "noonish")
    assert "is not a time" in form.hours.last.problem.text()
    weekly.type_into(form.hours.last, "8:00")
    assert "must lie after the start" in form.hours.last.problem.text()
    assert weekly.draft == ["mon 09:00-12:00 available Calls"]


def test_what_is_still_being_typed_counts_as_soon_as_the_changes_are_asked_for(make_window: MakeWindow) -> None:
    weekly = WeeklyPage(make_window(CALLS)).open()
    weekly.dialog.editing.view.select(("calls",))
    last = weekly.dialog.editing.form.hours.last.editor
    last.setFocus()
    last.selectAll()
    QTest.keyClicks(last, "11:30")
    weekly.click(weekly.dialog.review_button)
    assert weekly.review() == ["Changed: Mon 09:00 – 12:00 → 09:00 – 11:30. Delete and create"]


def test_the_changes_are_not_shown_over_a_time_that_cannot_be_read(make_window: MakeWindow) -> None:
    weekly = WeeklyPage(make_window(CALLS)).open()
    weekly.grid.drag_empty("tuesday", "09:00", "17:00")
    weekly.dialog.editing.view.select(("calls",))
    last = weekly.dialog.editing.form.hours.last
    last.editor.setFocus()
    last.editor.selectAll()
    QTest.keyClicks(last.editor, "25:77")
    weekly.click(weekly.dialog.review_button)
    assert not weekly.dialog.is_reviewing
    assert last.problem.text()
    assert last.editor.hasFocus()


def test_closing_over_what_is_still_being_typed_asks_about_it(make_window: MakeWindow) -> None:
    weekly = WeeklyPage(make_window(CALLS)).open()
    weekly.dialog.editing.view.select(("calls",))
    title = weekly.dialog.editing.form.title.editor
    title.setFocus()
    QTest.keyClicks(title, "Client ")
    weekly.click(weekly.dialog.close_button)
    assert weekly.is_open
    assert weekly.dialog.leaving.isVisibleTo(weekly.dialog)
    weekly.click(weekly.dialog.leaving.drop_button)
    assert weekly.open().draft == ["mon 09:00-12:00 available Calls"]


def test_a_new_stretch_that_is_being_typed_survives_news_from_the_server(make_window: MakeWindow) -> None:
    page = make_window(CALLS)
    weekly = WeeklyPage(page).open()
    title = weekly.dialog.editing.form.title
    title.editor.setFocus()
    QTest.keyClicks(title.editor, "Evening clinic")
    page.say(ConnectionState.SYNCING, unsent=1)
    QApplication.processEvents()
    assert title.text == "Evening clinic"


def test_who_reads_the_list_stays_in_its_row_while_the_rows_are_being_sent(make_window: MakeWindow) -> None:
    page = make_window(CALLS, TUESDAY, LUNCH)
    weekly = WeeklyPage(page).open()
    rows = weekly.dialog.editing.table
    rows.setFocus()
    weekly.press(Qt.Key.Key_Home)
    weekly.press(Qt.Key.Key_Down, CTRL)
    assert rows.currentIndex().row() == 1, "the row that is read is not the one that is selected"
    page.say_of("tuesday", SendState.PENDING)
    QApplication.processEvents()
    assert weekly.rows()[1].endswith("Not sent yet")
    assert rows.currentIndex().row() == 1


def test_typed_hours_that_overlap_are_refused_and_taken_back(make_window: MakeWindow) -> None:
    weekly = WeeklyPage(make_window(CALLS, Pattern("later", 1, 780, 840, True))).open()
    form = weekly.dialog.editing.form
    weekly.dialog.editing.view.select(("calls",))
    weekly.type_into(form.hours.last, "13:30")
    assert "would overlap Mon 13:00 – 14:00" in weekly.message
    assert form.hours.last.text == "12:00"


def test_the_kind_is_changed_in_the_fields_and_by_the_menus_word(make_window: MakeWindow) -> None:
    weekly = WeeklyPage(make_window(CALLS)).open()
    weekly.dialog.editing.view.select(("calls",))
    weekly.click(weekly.dialog.editing.form.kind.button("block"))
    assert weekly.draft == ["mon 09:00-12:00 blocked Calls"]
    weekly.dialog.editing.view.flip()
    assert weekly.draft == ["mon 09:00-12:00 available Calls"]


def test_several_can_be_deleted_together(make_window: MakeWindow) -> None:
    weekly = WeeklyPage(make_window(CALLS, TUESDAY, LUNCH)).open()
    weekly.dialog.editing.view.select(("calls", "lunch"))
    assert weekly.dialog.editing.form.heading.text() == "2 stretches are selected"
    weekly.click(weekly.dialog.editing.form.delete_button)
    assert weekly.draft == ["tue 09:00-17:00 available"]


# -- what would change ------------------------------------------------------------------------------------------


def test_the_difference_is_shown_as_calls_before_anything_is_sent(make_window: MakeWindow) -> None:
    client = Entry("client", MONDAY + timedelta(days=8), 600, 660, False, "Client")
    elsewhere = entry("Elsewhere", "10:00", "11:00", day=MONDAY + timedelta(days=12))
    page = make_window(CALLS, TUESDAY, LUNCH, client, elsewhere)
    weekly = WeeklyPage(page).open()
    assert not weekly.dialog.review_button.isEnabled()
    weekly.grid.drag_edge("tuesday", Edge.END, "16:00")
    weekly.grid.drag_empty("thursday", "09:00", "13:00")
    weekly.dialog.editing.view.select(("lunch",))
    weekly.click(weekly.dialog.editing.form.delete_button)
    weekly.click(weekly.dialog.review_button)
    assert weekly.review() == [
        "Changed: Tue 09:00 – 17:00 → 09:00 – 16:00. Delete and create",
        "Deleted: Wed 12:00 – 13:00, blocked, “Lunch”. Delete",
        "New: Thu 09:00 – 13:00, available. Create",
    ]
    said = weekly.sentences(weekly.dialog.review)
    assert "1 new · 1 changed · 1 deleted" in said
    assert "Bookable: 11 h → 14 h a week (+3 h)" in said
    assert any(each.startswith("4 requests, in an order") for each in said)
    assert any("Tue 24 Nov 10:00 – 11:00, “Client”." in each for each in said)
    assert not any("Elsewhere" in each for each in said)
    assert "Bookable: 11 h → 14 h" in weekly.dialog.apply_button.accessibleDescription()
    assert shown(page) == [in_words(each) for each in (CALLS, TUESDAY, LUNCH)]
    weekly.press(Qt.Key.Key_Escape)
    assert not weekly.dialog.is_reviewing
    assert weekly.is_open


def test_the_changes_are_listed_in_the_order_of_the_week_on_screen(make_window: MakeWindow) -> None:
    weekly = WeeklyPage(make_window()).open()
    for day in ("sunday", "monday", "saturday"):
        weekly.grid.drag_empty(day, "09:00", "10:00")
    weekly.click(weekly.dialog.review_button)
    assert [each.split()[1] for each in weekly.review()] == ["Mon", "Sat", "Sun"]


def test_applying_is_one_undo_step(make_window: MakeWindow) -> None:
    page = make_window(CALLS, TUESDAY)
    weekly = WeeklyPage(page).open()
    weekly.grid.drag_entry("calls", "wednesday", "09:00")
    weekly.grid.drag_edge("tuesday", Edge.END, "16:00")
    page.say(ConnectionState.SYNCING, unsent=2)
    weekly.apply()
    assert shown(page) == ["tue 09:00-16:00 available", "wed 09:00-12:00 available Calls"]
    assert weekly.draft == shown(page)
    assert not weekly.dialog.review_button.isEnabled()
    assert weekly.message.startswith("Kept: 2 changes. Callers see them once the server has them.")
    page.say(ConnectionState.SYNCED)
    QApplication.processEvents()
    assert weekly.message.startswith("All of it is on the server")
    page.window.profile.week.flow.undo()
    assert shown(page) == ["mon 09:00-12:00 available Calls", "tue 09:00-17:00 available"]


def test_an_edit_that_cannot_be_written_keeps_the_draft_and_says_why(make_window: MakeWindow) -> None:
    page = make_window(CALLS)
    weekly = WeeklyPage(page).open()
    weekly.grid.drag_empty("tuesday", "09:00", "17:00")
    page.session.refusal = EditRefusedError(RefusalReason.DISK_FULL)
    weekly.apply()
    assert weekly.dialog.refused.text().startswith("Nothing was changed: the disk is full.")
    assert weekly.dialog.is_reviewing
    page.session.refusal = None
    weekly.click(weekly.dialog.apply_button)
    assert shown(page) == ["mon 09:00-12:00 available Calls", "tue 09:00-17:00 available"]


# -- what is live -----------------------------------------------------------------------------------------------


def test_each_stretch_tells_how_far_it_has_got(make_window: MakeWindow) -> None:
    page = make_window(CALLS, TUESDAY)
    page.session.send_states["calls"] = (SendState.REJECTED, "no such slot")
    page.session.send_states["tuesday"] = (SendState.CONFIRMING, "")
    weekly = WeeklyPage(page).open()
    assert weekly.rows() == [
        "Mon 09:00 – 12:00, available, “Calls”. Not accepted",
        "Tue 09:00 – 17:00, available. Confirming…",
    ]
    assert "1 stretch was not accepted by the server: choose it to see why." in weekly.dialog.live.text()
    card = weekly.dialog.editing.send_card
    assert not card.isVisibleTo(weekly.dialog)
    weekly.dialog.editing.view.select(("calls",))
    assert card.sentence.text() == "Refused by the server: no such slot"
    weekly.click(card.retry_button)
    assert page.session.asked == ["retry calls"]
    weekly.click(card.discard_button)
    page.settle()
    assert page.toast == "“Calls”: the change is discarded"


def test_what_was_deleted_and_still_holds_on_the_server_is_named(
    make_window: MakeWindow,
) -> None:
    page = make_window(CALLS, TUESDAY, LUNCH)
    confirm(page, CALLS, TUESDAY, LUNCH)
    weekly = WeeklyPage(page).open()
    assert weekly.dialog.live.text() == ""
    weekly.dialog.editing.view.select(("lunch",))
    weekly.click(weekly.dialog.editing.form.delete_button)
    weekly.grid.drag_edge("tuesday", Edge.END, "16:00")
    assert weekly.dialog.live.text() == "", "not before it is applied"
    weekly.apply()
    assert weekly.dialog.live.text() == (
        "2 stretches that you deleted or changed still hold on the server: Tue 09:00 – 17:00, available; "
        "Wed 12:00 – 13:00, blocked."
    )


def test_a_change_from_elsewhere_comes_in_and_the_draft_stays(make_window: MakeWindow) -> None:
    page = make_window(CALLS, TUESDAY)
    weekly = WeeklyPage(page).open()
    weekly.grid.drag_edge("calls", Edge.END, "11:00")
    page.change_elsewhere("tuesday", None)
    QApplication.processEvents()
    assert weekly.draft == ["mon 09:00-11:00 available Calls"]
    weekly.click(weekly.dialog.review_button)
    assert len(weekly.review()) == 1


# -- leaving ----------------------------------------------------------------------------------------------------


def test_a_draft_is_asked_about_in_the_window_and_kept(make_window: MakeWindow) -> None:
    page = make_window(CALLS)
    weekly = WeeklyPage(page).open()
    weekly.grid.drag_empty("tuesday", "09:00", "17:00")
    weekly.dialog.close()
    assert weekly.is_open
    assert weekly.dialog.leaving.isVisibleTo(weekly.dialog)
    assert weekly.dialog.leaving.stay_button.hasFocus()
    weekly.press(Qt.Key.Key_Space)
    assert not weekly.dialog.leaving.isVisibleTo(weekly.dialog)
    weekly.click(weekly.dialog.close_button)
    weekly.click(weekly.dialog.leaving.keep_button)
    assert not weekly.is_open
    weekly.open()
    assert weekly.draft == ["mon 09:00-12:00 available Calls", "tue 09:00-17:00 available"]
    weekly.click(weekly.dialog.close_button)
    weekly.click(weekly.dialog.leaving.drop_button)
    assert weekly.open().draft == ["mon 09:00-12:00 available Calls"]
    weekly.dialog.close()
    assert not weekly.is_open


# -- who may only read, keys, languages -------------------------------------------------------------------------


def test_a_token_that_may_only_read_shows_all_and_changes_nothing(make_window: MakeWindow) -> None:
    page = make_window(CALLS)
    page.say(ConnectionState.READ_ONLY)
    weekly = WeeklyPage(page).open()
    weekly.grid.drag_empty("tuesday", "09:00", "17:00")
    weekly.grid.drag_entry("calls", "friday", "10:00")
    editing = weekly.dialog.editing
    editing.view.select(("calls",))
    editing.table.setFocus()
    weekly.press(Qt.Key.Key_Delete)
    assert weekly.draft == ["mon 09:00-12:00 available Calls"]
    assert editing.form.title.editor.isReadOnly()
    assert not editing.form.delete_button.isEnabled()
    assert not editing.tools.preset_button.isEnabled()
    assert weekly.dialog.live.text().startswith("The token may only read")
    page.say(ConnectionState.SYNCED)
    QApplication.processEvents()
    weekly.grid.drag_empty("tuesday", "09:00", "17:00")
    assert len(weekly.draft) == 2


def test_the_menu_of_weekly_hours_in_the_week_leads_to_that_stretch(make_window: MakeWindow) -> None:
    page = make_window(CALLS, TUESDAY)
    page.window.profile.week_view.weekly_editor_requested.emit(TUESDAY)
    weekly = WeeklyPage(page)
    assert weekly.dialog.editing.view.selected == ("tuesday",)


def test_the_inspector_of_weekly_hours_and_the_menu_of_the_bar_lead_there_too(make_window: MakeWindow) -> None:
    page = make_window(CALLS, TUESDAY)
    page.window.profile.week_view.weekly_hours_requested.emit(TUESDAY)
    page.click(page.inspector.pattern.edit_button)
    assert WeeklyPage(page).dialog.editing.view.selected == ("tuesday",)
    WeeklyPage(page).dialog.close()
    page.window.profile.page.toolbar.command_requested.emit("weekly_hours")
    assert WeeklyPage(page).is_open


def test_another_first_weekday_is_taken_up_at_the_next_opening(make_window: MakeWindow) -> None:
    page = make_window(CALLS)
    weekly = WeeklyPage(page).open()
    assert weekly.dialog.editing.view.grid.first.isoweekday() == 1
    weekly.dialog.close()
    page.settings.set_all({table.CALENDAR_FIRST_WEEKDAY: "0"})
    assert weekly.open().dialog.editing.view.grid.first.isoweekday() == 7


def test_every_control_has_a_name(make_window: MakeWindow) -> None:
    weekly = WeeklyPage(make_window(CALLS)).open()
    for button in weekly.dialog.findChildren(QPushButton):
        assert button.accessibleName() or button.text()
    assert weekly.dialog.editing.view.accessibleName() == "Weekly hours"
    assert weekly.dialog.editing.table.accessibleName()
    assert weekly.dialog.review.list.accessibleName()


def test_tab_reaches_the_bar_the_grid_the_list_the_fields_and_apply(make_window: MakeWindow) -> None:
    weekly = WeeklyPage(make_window()).open()
    weekly.grid.drag_empty("tuesday", "09:00", "17:00")
    weekly.dialog.editing.view.select(())
    dialog, seen = weekly.dialog, set()
    for _ in range(40):
        focused = dialog.focusWidget()
        assert focused is not None
        seen.add(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    editing = dialog.editing
    wanted = {
        editing.tools.preset_button,
        editing.tools.copy_button,
        editing.view,
        editing.table,
        editing.form.weekday.box,
        editing.form.hours.first.editor,
        editing.form.title.editor,
        dialog.close_button,
        dialog.review_button,
    }
    assert wanted <= seen


def test_tab_comes_to_an_offer_after_the_fields_and_before_apply(make_window: MakeWindow) -> None:
    weekly = WeeklyPage(make_window(CALLS)).open()
    weekly.grid.drag_empty("monday", "12:00", "15:00")
    dialog, form = weekly.dialog, weekly.dialog.editing.form
    form.delete_button.setFocus()
    seen = []
    for _ in range(4):
        focused = dialog.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, Qt.Key.Key_Tab)
        seen.append(dialog.focusWidget())
    message = dialog.editing.message
    assert seen == [message.join_button, message.decline_button, dialog.close_button, dialog.review_button]


def test_weeks_begin_and_times_read_as_the_locale_says(make_window: MakeWindow) -> None:
    page = make_window(CALLS)
    page.settings.set_all({table.CALENDAR_FIRST_WEEKDAY: "0"})
    page.window.profile.words.locale = TimedLocale("en_US")
    weekly = WeeklyPage(page).open()
    view = weekly.dialog.editing.view
    assert view.words.heading(view.grid.first) == ("", "Sun")
    assert "9:00" in weekly.rows()[0]
    assert "AM" in weekly.rows()[0]


def test_a_window_from_right_to_left_mirrors_the_weekdays(make_window: MakeWindow) -> None:
    weekly = WeeklyPage(make_window(CALLS)).open()
    weekly.dialog.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    view = weekly.dialog.editing.view
    assert view.grid.rtl
    assert view.grid.column_span(0)[0] > view.grid.column_span(6)[0]
    weekly.grid.drag_empty("tuesday", "09:00", "10:00")
    assert "tue 09:00-10:00 available" in weekly.draft
