"""The inspector: what it shows, what it says of wrong values, and that nothing typed is lost."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from tests.helpers.window_page import THURSDAY, entry

from triluna_desktop.domain.choices import ChoiceKind
from triluna_desktop.domain.models import Pattern
from triluna_desktop.session import ConnectionState, EditRefusedError, RefusalReason, SendState
from triluna_desktop.ui.choice_button import glued

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from tests.helpers.window_fixtures import MakeWindow

MEETING = entry("Client meeting", "14:00", "15:30", notes="Important consultation")
SUPERVISION = entry("Supervision", "15:00", "16:00")
WEEKLY = Pattern("weekly", 4, 540, 1020, True)


def test_it_shows_the_entry_that_is_selected_and_goes_with_the_selection(make_window: MakeWindow) -> None:
    page = make_window(MEETING)
    assert not page.is_inspecting

    page.select("Client meeting")
    form = page.inspector.form

    assert page.inspector.heading.text() == "Blocked time"
    assert (form.title.text, form.date.text) == ("Client meeting", "Thu, 19 Nov 2026")
    assert (form.start.text, form.end.text, form.notes.text) == ("14:00", "15:30", "Important consultation")
    page.select()
    assert not page.is_inspecting


def test_it_stays_and_shows_the_copy_that_duplicating_selects(make_window: MakeWindow) -> None:
    page = make_window(MEETING)
    page.select("Client meeting")

    page.window.profile.week_view.duplicate()
    page.settle()

    assert page.is_inspecting
    assert page.inspector.form.start.text == "15:30"
    assert page.inspector.form.title.text == "Client meeting"


def test_it_waits_for_an_entry_that_is_still_being_written(make_window: MakeWindow) -> None:
    page = make_window(MEETING)
    page.window.profile.week_view.set_slot_cursor(THURSDAY, 600, 660)
    page.hold_work()

    page.window.profile.week_view.create_at_cursor()
    page.settle()
    assert not page.is_inspecting

    page.release_work()
    assert page.is_inspecting
    assert page.inspector.form.start.text == "10:00"


def test_a_title_that_is_too_long_for_its_field_is_shown_from_its_beginning(make_window: MakeWindow) -> None:
    page = make_window(MEETING)
    page.select("Client meeting")
    page.type_into("title", "A title that goes on and on until it has left its field behind")

    page.press(Qt.Key.Key_Return)

    title = page.inspector.form.title.editor
    assert isinstance(title, QLineEdit)
    assert title.cursorPosition() == 0


def test_enter_saves_what_was_typed(make_window: MakeWindow) -> None:
    page = make_window(MEETING)
    page.select("Client meeting")

    page.type_into("end", "1630")
    page.press(Qt.Key.Key_Return)

    assert page.entries() == ["14:00-16:30 Client meeting"]
    assert not page.inspector.is_editing
    assert page.inspector.form.end.text == "16:30"


@pytest.mark.parametrize(
    ("typed", "understood"),
    [("16", "16:00"), ("9:30pm", "21:30"), ("2145", "21:45"), ("24:00", "24:00"), ("0:00", "24:00")],
)
def test_times_are_taken_as_people_write_them(make_window: MakeWindow, typed: str, understood: str) -> None:
    page = make_window(MEETING)
    page.select("Client meeting")

    page.type_into("end", typed)
    page.click(page.inspector.save_button)

    assert page.entries() == [f"14:00-{understood} Client meeting"]


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("end", "13:00", "The end must lie after the start. For a slot past midnight, make one on each date."),
        ("end", "14:00", "The end is the same as the start; it must lie after it."),
        ("end", "25:00", "A day goes from 00:00 to 24:00."),
        ("start", "24:00", "The start must lie between 00:00 and 23:58."),
        ("start", "23:59", "The start must lie between 00:00 and 23:58."),
        ("start", "noon", "“noon” is not a time. Write for example 09:30."),
        ("start", "", "A time is missing, for example 09:30."),
        ("date", "31 Nov", "31 Nov does not exist."),
        ("date", "31/11/2026", "31/11/2026 does not exist."),
        ("date", "someday", "“someday” is not a date. Write for example Thu, 19 Nov 2026."),
        ("title", "x" * 201, "The title may have up to 200 characters."),
    ],
)
def test_a_wrong_value_gets_a_sentence_under_its_field_and_stays_as_typed(
    make_window: MakeWindow, field: str, typed: str, sentence: str
) -> None:
    page = make_window(MEETING)
    page.select("Client meeting")

    page.type_into(field, typed)

    assert page.problem(field) == sentence
    page.click(page.inspector.save_button)
    assert page.entries() == ["14:00-15:30 Client meeting"], "nothing was written"
    assert page.inspector.form.fields[field].text == typed
    assert page.inspector.form.fields[field].editor.hasFocus(), "the first wrong field has the keyboard"


def test_notes_over_the_limit_are_kept_and_not_sent(make_window: MakeWindow) -> None:
    page = make_window(MEETING)
    page.select("Client meeting")

    page.inspector.form.notes_edit.setPlainText("n" * 2001)

    assert page.problem("notes") == "The notes may have up to 2000 characters."


def test_escape_restores_what_was_typed_over_and_then_closes(make_window: MakeWindow) -> None:
    page = make_window(MEETING)
    page.select("Client meeting")
    page.type_into("title", "Something else")

    page.press(Qt.Key.Key_Escape)
    assert page.inspector.form.title.text == "Client meeting"

    page.press(Qt.Key.Key_Escape)
    assert not page.is_inspecting
    assert page.window.profile.week_view.hasFocus()


def test_an_edit_that_is_refused_says_why_and_keeps_the_form(make_window: MakeWindow) -> None:
    page = make_window(MEETING)
    page.select("Client meeting")
    page.type_into("title", "Board meeting")
    page.session.refusal = EditRefusedError(RefusalReason.DISK_FULL)

    page.click(page.inspector.save_button)

    assert "Nothing was changed: the disk is full. Make room and try again." in page.sentences(page.inspector)
    assert page.inspector.form.title.text == "Board meeting"
    assert page.inspector.is_editing


def test_a_change_from_elsewhere_leaves_what_was_typed_and_says_so(make_window: MakeWindow) -> None:
    page = make_window(MEETING)
    page.select("Client meeting")
    page.type_into("title", "Mine")

    page.change_elsewhere("Client meeting", replace(MEETING, title="Theirs"))

    assert page.inspector.form.title.text == "Mine"
    assert any("was changed elsewhere meanwhile" in each for each in page.sentences(page.inspector))
    page.click(page.inspector.save_button)
    assert page.entries() == ["14:00-15:30 Mine"]


def test_the_new_version_can_be_taken_instead(make_window: MakeWindow) -> None:
    page = make_window(MEETING)
    page.select("Client meeting")
    page.type_into("title", "Mine")
    page.change_elsewhere("Client meeting", replace(MEETING, title="Theirs"))

    page.click(page.inspector.form.changed_card.take_button)

    assert page.inspector.form.title.text == "Theirs"
    assert not page.inspector.is_editing


def test_what_was_typed_outlives_the_entry_and_can_be_saved_as_a_new_one(make_window: MakeWindow) -> None:
    page = make_window(MEETING)
    page.select("Client meeting")
    page.type_into("title", "Mine")

    page.change_elsewhere("Client meeting", None)

    assert page.inspector.form.title.text == "Mine"
    page.click(page.inspector.save_button)
    assert page.entries() == ["14:00-15:30 Mine"]


def test_it_warns_of_an_overlap_as_one_types_and_trims(make_window: MakeWindow) -> None:
    page = make_window(MEETING, SUPERVISION)
    page.select("Client meeting")
    assert any(glued("Overlaps “Supervision”, 15:00 – 16:00") in each for each in page.sentences(page.inspector))

    page.click(page.inspector.form.conflict_card.button(ChoiceKind.TRIM_MINE))

    assert page.entries() == ["14:00-15:00 Client meeting", "15:00-16:00 Supervision"]


def test_the_other_of_an_overlap_can_be_deleted_and_brought_back(make_window: MakeWindow) -> None:
    page = make_window(MEETING, SUPERVISION)
    page.select("Client meeting")

    page.click(page.inspector.form.conflict_card.button(ChoiceKind.REPLACE_OTHER))
    assert page.entries() == ["14:00-15:30 Client meeting"]
    assert page.toast == "“Supervision” deleted"

    page.click(page.window.profile.page.toast.undo_button)
    assert page.entries() == ["14:00-15:30 Client meeting", "15:00-16:00 Supervision"]


def test_a_refusal_by_the_server_is_shown_with_the_ways_out(make_window: MakeWindow) -> None:
    page = make_window(MEETING)
    page.say_of("Client meeting", SendState.REJECTED, "Title is not allowed")
    page.select("Client meeting")
    card = page.inspector.form.send_card

    assert card.sentence.text() == "Refused by the server: Title is not allowed"
    page.click(card.retry_button)
    assert page.session.asked == ["retry Client meeting"]
    page.click(card.discard_button)
    assert page.entries() == []
    assert page.toast == "“Client meeting”: the change is discarded"
    page.click(page.window.profile.page.toast.undo_button)
    assert page.entries() == ["14:00-15:30 Client meeting"]


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (SendState.PENDING, "Not sent yet"),
        (SendState.CONFIRMING, "Confirming with the server…"),
        (SendState.BLOCKED_AUTH, "Not sent yet: it waits for a token that the server accepts."),
    ],
)
def test_it_says_how_far_an_entry_has_got(make_window: MakeWindow, state: SendState, sentence: str) -> None:
    page = make_window(MEETING)
    page.say_of("Client meeting", state)
    page.select("Client meeting")

    assert page.inspector.form.send_card.sentence.text() == sentence
    assert not page.inspector.form.send_card.retry_button.isVisibleTo(page.inspector)


def test_several_entries_are_summed_up_and_changed_in_one_step(make_window: MakeWindow) -> None:
    page = make_window(MEETING, SUPERVISION)
    page.select("Client meeting", "Supervision")
    assert page.inspector.heading.text() == "2 entries selected"
    assert "Blocked: 2 h 30" in page.sentences(page.inspector)

    page.click(page.inspector.many.open_button)

    assert all(view.item.is_available for view in page.session.days(THURSDAY, 1).entries)
    assert page.toast == "2 entries switched between available and blocked"
    page.window.profile.week.flow.undo()
    assert not any(view.item.is_available for view in page.session.days(THURSDAY, 1).entries)


def test_weekly_hours_are_shown_to_read_and_one_date_of_them_can_be_changed(make_window: MakeWindow) -> None:
    page = make_window(WEEKLY)
    page.window.profile.week_view.weekly_hours_requested.emit(WEEKLY)
    assert page.inspector.heading.text() == "Weekly hours"
    assert page.inspector.pattern.facts.text() == "Every Thursday\n09:00 – 17:00\nAvailable time"

    page.click(page.inspector.pattern.exception_button)
    dialog = page.window.profile.calendar.exceptions.dialog
    assert dialog is not None
    dialog.hours.last.editor.setFocus()
    dialog.hours.last.editor.selectAll()
    QTest.keyClicks(dialog.hours.last.editor, "12")
    QApplication.processEvents()
    page.click(dialog.apply_button)

    assert page.entries() == ["12:00-17:00"]


def test_who_is_asked_to_finish_is_brought_to_what_is_wrong_and_escape_drops_it(make_window: MakeWindow) -> None:
    page = make_window(MEETING, SUPERVISION)
    page.select("Client meeting")
    page.type_into("end", "25:61")
    page.window.profile.week_view.setFocus()

    page.select("Supervision")
    assert page.inspector.form.end.editor.hasFocus()

    page.press(Qt.Key.Key_Escape)
    assert page.inspector.form.end.text == "15:30"


def test_escape_in_the_grid_drops_what_is_typed_when_there_is_nothing_else_to_give_up(
    make_window: MakeWindow,
) -> None:
    page = make_window(MEETING)
    page.select("Client meeting")
    page.type_into("title", "Mine")
    page.window.profile.week_view.setFocus()

    page.press(Qt.Key.Key_Escape)
    page.settle()
    assert page.inspector.form.title.text == "Mine"

    page.press(Qt.Key.Key_Escape)
    page.settle()
    assert not page.is_inspecting
    assert page.entries() == ["14:00-15:30 Client meeting"]


def test_escape_takes_the_weekly_hours_away(make_window: MakeWindow) -> None:
    page = make_window(WEEKLY)
    page.window.profile.week_view.weekly_hours_requested.emit(WEEKLY)
    page.window.profile.week_view.setFocus()

    page.press(Qt.Key.Key_Escape)
    page.settle()

    assert not page.is_inspecting


def test_a_click_on_free_time_takes_the_weekly_hours_away(make_window: MakeWindow) -> None:
    page = make_window(WEEKLY)
    page.window.profile.week_view.weekly_hours_requested.emit(WEEKLY)

    page.window.profile.week_view.set_slot_cursor(THURSDAY, 1200, 1230)
    page.settle()

    assert not page.is_inspecting


def test_in_a_read_only_calendar_the_form_can_be_read_and_not_changed(make_window: MakeWindow) -> None:
    page = make_window(MEETING)
    page.say(ConnectionState.READ_ONLY)
    page.select("Client meeting")

    page.type_into("title", "x")

    assert page.inspector.form.title.text == "Client meeting"
    assert not page.inspector.save_button.isVisibleTo(page.inspector)
    assert not page.inspector.delete_button.isVisibleTo(page.inspector)


def test_what_is_typed_is_saved_when_another_entry_is_selected(make_window: MakeWindow) -> None:
    page = make_window(MEETING, SUPERVISION)
    page.select("Client meeting")
    page.type_into("title", "Board meeting")

    page.select("Supervision")

    assert page.entries() == ["14:00-15:30 Board meeting", "15:00-16:00 Supervision"]
    assert page.inspector.form.title.text == "Supervision"


def test_what_is_saved_on_the_way_to_another_entry_does_not_call_the_user_back(make_window: MakeWindow) -> None:
    page = make_window(MEETING, SUPERVISION)
    page.select("Client meeting")
    page.type_into("title", "Board meeting")
    page.hold_work()

    page.select("Supervision")
    page.release_work()

    assert page.entries() == ["14:00-15:30 Board meeting", "15:00-16:00 Supervision"]
    assert page.window.profile.week_view.selected == ("Supervision",)
    assert page.inspector.form.title.text == "Supervision"


@pytest.mark.parametrize("is_new", [False, True])
def test_what_could_not_be_saved_on_the_way_to_another_entry_calls_the_user_back(
    make_window: MakeWindow, is_new: bool
) -> None:
    page = make_window(MEETING, SUPERVISION)
    if is_new:
        page.window.profile.week.inspecting.new_entry()
    else:
        page.select("Client meeting")
    page.type_into("title", "Board meeting")
    page.type_into("notes", "Bring the plan")
    page.session.refusal = EditRefusedError(RefusalReason.DISK_FULL)
    page.hold_work()

    page.select("Supervision")
    page.release_work()

    form = page.inspector.form
    assert (form.title.text, form.notes.text, form.is_new) == ("Board meeting", "Bring the plan", is_new)
    assert page.inspector.is_editing
    assert "Nothing was changed: the disk is full. Make room and try again." in page.sentences(page.inspector)
    assert page.window.profile.week_view.selected == (() if is_new else ("Client meeting",))
    page.settle()
    assert page.is_inspecting

    page.session.refusal = None
    page.click(page.inspector.save_button)
    assert any("Board meeting" in each for each in page.entries())


def test_what_is_typed_meanwhile_is_not_taken_away_for_what_could_not_be_saved(make_window: MakeWindow) -> None:
    page = make_window(MEETING, SUPERVISION)
    page.select("Client meeting")
    page.type_into("title", "Board meeting")
    page.session.refusal = EditRefusedError(RefusalReason.DISK_FULL)
    page.hold_work()
    page.select("Supervision")
    page.type_into("title", "Peers")

    page.release_work()

    assert page.inspector.form.title.text == "Peers"
    assert page.toast == "Nothing was changed: the disk is full. Make room and try again."


def test_delete_is_about_what_the_inspector_shows(make_window: MakeWindow) -> None:
    page = make_window(MEETING, SUPERVISION)
    page.select("Client meeting")
    page.type_into("title", "Typed")
    page.select()
    assert page.is_inspecting, "what is typed stays on screen"

    page.click(page.inspector.delete_button)

    assert page.entries() == ["15:00-16:00 Supervision"]
    assert not page.is_inspecting


def test_what_cannot_be_saved_stays_when_another_entry_is_selected(make_window: MakeWindow) -> None:
    page = make_window(MEETING, SUPERVISION)
    page.select("Client meeting")
    page.type_into("end", "later")

    page.select("Supervision")

    assert page.inspector.form.end.text == "later"
    assert page.window.profile.week_view.selected == ("Client meeting",)
    assert page.toast == "Something in the inspector is not finished: correct it, or press Esc to drop it."


def test_every_control_can_be_reached_by_tab_and_has_a_name(make_window: MakeWindow) -> None:
    page = make_window(MEETING, SUPERVISION)
    page.select("Client meeting")
    inspector = page.inspector
    form = inspector.form
    wanted = {
        *(field.editor for field in form.fields.values()),
        form.kind.button("block"),
        *(form.conflict_card.button(kind) for kind in ChoiceKind if form.conflict_card.button(kind).isVisible()),
        inspector.delete_button,
        inspector.cancel_button,
        inspector.close_button,
    }
    form.title.editor.setFocus()
    reached = set()
    for _ in range(50):  # Round the whole window.
        page.press(Qt.Key.Key_Tab)
        focused = page.window.focusWidget()
        reached.add(focused)

    names = [said_of(each) for each in wanted - reached]
    assert names == []
    assert all(said_of(each) for each in wanted)


def said_of(control: QWidget) -> str:
    """What a screen reader calls a control."""
    return control.accessibleName() or str(control.property("text") or "")
