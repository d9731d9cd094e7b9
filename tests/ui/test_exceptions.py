"""Weekly hours on one date only: other times, none, the other kind; and what is said of this date and later."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from tests.helpers.bulk_page import BulkPage
from tests.helpers.window_page import THURSDAY, entry

from triluna_desktop.domain.models import Pattern
from triluna_desktop.session import EditRefusedError, RefusalReason
from triluna_desktop.ui.bulk.panels import Action

if TYPE_CHECKING:
    from tests.helpers.window_fixtures import MakeWindow
    from tests.helpers.window_page import WindowPage

    from triluna_desktop.ui.templates.exception_dialog import ExceptionDialog

OFFICE = Pattern("office", 4, 9 * 60, 17 * 60, True, "Practice")
LUNCH = Pattern("lunch", 4, 12 * 60, 13 * 60, False, "Lunch")


def opened(page: WindowPage, pattern: Pattern = OFFICE, reach: str = "only") -> ExceptionDialog:
    """The dialog for the pattern on Thursday."""
    page.window.profile.week_view.exception_requested.emit(pattern, THURSDAY, reach)
    dialog = page.window.profile.calendar.exceptions.dialog
    assert dialog is not None
    QTest.qWaitForWindowActive(dialog)
    return dialog


def type_into(editor: object, text: str) -> None:
    """Replace what stands in a field, key by key."""
    assert isinstance(editor, QLineEdit)
    editor.setFocus()
    editor.selectAll()
    QTest.keyClicks(editor, text)
    QApplication.processEvents()


def test_shorter_times_close_what_is_over_and_longer_ones_open_what_is_new(make_window: MakeWindow) -> None:
    page = make_window(OFFICE)
    dialog = opened(page)
    assert not dialog.apply_button.isEnabled()
    assert dialog.bookable.text() == "Bookable on this date: 09:00 – 17:00, as before"
    type_into(dialog.hours.first.editor, "8:00")
    type_into(dialog.hours.last.editor, "15:00")
    assert dialog.bookable.text() == "Bookable on this date: 09:00 – 17:00 → 08:00 – 15:00"
    assert dialog.made.text() == "New entry: 08:00 – 09:00, available\nNew entry: 15:00 – 17:00, blocked"
    page.click(dialog.apply_button)
    assert page.entries() == ["08:00-09:00 Practice", "15:00-17:00 Practice"]
    assert page.entries(THURSDAY + timedelta(days=7)) == []
    assert page.toast == "2 entries created"
    page.click(page.window.profile.page.toast.undo_button)
    assert page.entries() == []


def test_what_is_offered_to_be_made_follows_what_others_do_meanwhile(make_window: MakeWindow) -> None:
    client = entry("Client", "15:00", "16:00")
    page = make_window(OFFICE, client)
    dialog = opened(page)
    type_into(dialog.hours.last.editor, "15:00")
    assert dialog.made.text() == "New entry: 16:00 – 17:00, blocked"
    page.change_elsewhere("Client", replace(client, start=16 * 60, end=17 * 60))
    page.change_elsewhere("office", replace(OFFICE, start=10 * 60))
    QApplication.processEvents()
    assert dialog.heading.accessibleName() == "“Practice” on Thu 19 Nov, 10:00 – 17:00"
    assert dialog.made.text() == "New entry: 09:00 – 10:00, available\nNew entry: 15:00 – 16:00, blocked"


def test_a_title_without_a_space_is_broken_and_not_cut(make_window: MakeWindow) -> None:
    dialog = opened(make_window(long := replace(OFFICE, title="W" * 200)), long)
    assert dialog.heading.minimumSizeHint().width() <= dialog.heading.width()


def test_where_the_weekly_hours_are_deleted_meanwhile_it_closes_and_says_so(make_window: MakeWindow) -> None:
    page = make_window(OFFICE)
    dialog = opened(page)
    page.change_elsewhere("office", None)
    QApplication.processEvents()
    assert not dialog.isVisible()
    assert page.toast == "These weekly hours were deleted meanwhile. Nothing was changed on this date."


def test_a_block_that_is_moved_gives_back_what_lies_under_it(make_window: MakeWindow) -> None:
    page = make_window(OFFICE, LUNCH)
    dialog = opened(page, LUNCH)
    type_into(dialog.hours.first.editor, "13")
    type_into(dialog.hours.last.editor, "14")
    assert dialog.bookable.text() == (
        "Bookable on this date: 09:00 – 12:00, 13:00 – 17:00 → 09:00 – 13:00, 14:00 – 17:00"
    )
    page.click(dialog.apply_button)
    assert page.entries() == ["12:00-13:00 Lunch", "13:00-14:00 Lunch"]


def test_without_a_block_nothing_more_is_opened_than_lies_under_it(make_window: MakeWindow) -> None:
    page = make_window(LUNCH)
    dialog = opened(page, LUNCH)
    dialog.not_at_all.click()
    QApplication.processEvents()
    assert dialog.bookable.text() == "Bookable on this date: nothing, as before"
    dialog.flipped.click()
    QApplication.processEvents()
    assert dialog.flipped.text() == "Make this time available"
    assert dialog.made.text() == "New entry: 12:00 – 13:00, available"


def test_what_stands_on_the_date_is_left_alone(make_window: MakeWindow) -> None:
    page = make_window(OFFICE, entry("Client", "10:00", "11:00", is_available=True))
    dialog = opened(page)
    dialog.flipped.click()
    QApplication.processEvents()
    page.click(dialog.apply_button)
    assert page.entries() == ["09:00-10:00 Practice", "10:00-11:00 Client", "11:00-17:00 Practice"]


def test_what_is_no_time_is_said_and_cannot_be_applied(make_window: MakeWindow) -> None:
    page = make_window(OFFICE)
    dialog = opened(page)
    type_into(dialog.hours.first.editor, "18:00")
    assert dialog.hours.last.problem.text().startswith("The end must lie after the start.")
    assert not dialog.apply_button.isEnabled()
    assert dialog.bookable.text() == ""


def test_what_is_refused_is_said_in_the_dialog(make_window: MakeWindow) -> None:
    page = make_window(OFFICE)
    dialog = opened(page)
    dialog.not_at_all.click()
    QApplication.processEvents()
    page.session.refusal = EditRefusedError(RefusalReason.DISK_FULL)
    page.click(dialog.apply_button)
    assert dialog.isVisible()
    assert dialog.refused.text().startswith("Nothing was changed: the disk is full.")


def test_this_date_and_later_is_said_not_to_exist_with_two_ways(make_window: MakeWindow) -> None:
    page = make_window(OFFICE)
    heard: list[object] = []
    page.window.profile.week_view.weekly_editor_requested.connect(heard.append)
    dialog = opened(page, reach="later")
    assert any("no “this date and later”" in sentence for sentence in page.sentences(dialog))
    assert not dialog.apply_button.isVisibleTo(dialog)
    page.click(dialog.edit_button)
    assert heard == [OFFICE]
    assert not dialog.isVisible()
    weekly = page.window.profile.calendar.weekly.dialog
    assert weekly is not None
    weekly.close()

    dialog = opened(page, reach="later")
    page.click(dialog.reach.button("only"))
    assert dialog.apply_button.isVisibleTo(dialog)
    page.click(dialog.reach.button("later"))
    page.click(dialog.stamp_button)
    assert BulkPage(page).dialog.chosen_action is Action.STAMP_WEEKS


def test_escape_changes_nothing(make_window: MakeWindow) -> None:
    page = make_window(OFFICE)
    dialog = opened(page)
    type_into(dialog.hours.first.editor, "8:00")
    page.press(Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert page.entries() == []
