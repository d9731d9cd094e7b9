"""The ways out of an overlap in the inspector: what they say, what they show beforehand, what they do."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QEnterEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from tests.helpers.refused_edits import hold_on_server, refuse
from tests.helpers.window_page import THURSDAY, entry

from triluna_desktop.domain.choices import ChoiceKind
from triluna_desktop.domain.remote import ConflictingSlot
from triluna_desktop.domain.time import format_time
from triluna_desktop.session import ConnectionState, EditRefusedError, RefusalReason
from triluna_desktop.ui.choice_button import glued

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from tests.helpers.window_fixtures import MakeWindow
    from tests.helpers.window_page import WindowPage

    from triluna_desktop.domain.models import Entry
    from triluna_desktop.ui.choice_button import ChoiceButton
    from triluna_desktop.ui.conflict_card import ConflictCard

MEETING = entry("Client meeting", "14:00", "15:30")
SUPERVISION = replace(entry("Supervision", "15:00", "16:00"), server_id=7)
CALL = entry("Call", "14:30", "14:45")
DAY_OFF = entry("Day off", "08:00", "20:00")


def card_of(page: WindowPage) -> ConflictCard:
    return page.inspector.form.conflict_card


def offers(page: WindowPage) -> dict[ChoiceKind, str]:
    buttons = {kind: card_of(page).button(kind) for kind in ChoiceKind}
    return {kind: button.said for kind, button in buttons.items() if button.isVisibleTo(page.inspector)}


def come_up(button: ChoiceButton) -> None:
    """Tell a button that it has come up under the pointer, which rests."""
    at = QPointF(button.rect().center())
    QApplication.sendEvent(button, QEnterEvent(at, at, QPointF(button.mapToGlobal(QPoint(5, 5)))))


def enter(button: ChoiceButton) -> None:
    """Move the pointer onto a button."""
    come_up(button)
    at, none = QPointF(button.rect().center()), Qt.MouseButton.NoButton
    there = QPointF(button.mapToGlobal(button.rect().center()))
    moved = QMouseEvent(QEvent.Type.MouseMove, at, there, none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(button, moved)


def ghosts(page: WindowPage) -> list[str]:
    """What is drawn as ghosts: "14:00-15:00 Client meeting"; what would go: "no Supervision"."""
    outcome = page.window.profile.week_view.board.outcome
    if outcome is None:
        return []
    there = [
        f"{format_time(each.item.start)}-{format_time(each.item.end)} {each.item.title}" for each in outcome.ghosts
    ]
    return sorted(there) + sorted(f"no {key}" for key in outcome.gone)


def refused_meeting(make_window: MakeWindow, *more: Entry) -> WindowPage:
    """The server has the supervision, and refused the meeting that overlaps it."""
    page = make_window(MEETING, SUPERVISION, *more)
    hold_on_server(page, SUPERVISION)
    refuse(page, "Client meeting", slots=[ConflictingSlot(7, 900, 960)])
    return page


def test_each_choice_says_its_exact_effect(make_window: MakeWindow) -> None:
    page = refused_meeting(make_window)
    page.session._link.refuses_overlaps = True
    page.select("Client meeting")

    assert offers(page) == {
        ChoiceKind.TRIM_MINE: "Trim this one to 14:00 – 15:00",
        ChoiceKind.TRIM_OTHER: "Trim “Supervision” to 15:30 – 16:00",
        ChoiceKind.REPLACE_OTHER: "Replace “Supervision”, 15:00 – 16:00: it is deleted",
        ChoiceKind.UPDATE_OTHER: (
            "Change “Supervision” instead: it becomes “Client meeting”, 14:00 – 15:30, and this one is deleted"
        ),
        ChoiceKind.DISCARD_MINE: "Discard this one: it is not created",
    }
    assert glued("<b>Overlaps “Supervision”, 15:00 – 16:00</b>") in card_of(page).sentence.text()


def test_several_in_the_way_are_all_named(make_window: MakeWindow) -> None:
    page = make_window(MEETING, SUPERVISION, CALL, DAY_OFF)
    page.window.profile.week_view.select(["Day off"])
    page.settle()
    assert ChoiceKind.TRIM_OTHER not in offers(page), "nothing would be left of them"
    assert offers(page)[ChoiceKind.REPLACE_OTHER] == (
        "Replace the others: “Client meeting”, 14:00 – 15:30, “Call”, 14:30 – 14:45 and "
        "“Supervision”, 15:00 – 16:00 are deleted"
    )
    assert offers(page)[ChoiceKind.SPLIT_MINE] == "Split this one around it: 08:00 – 14:00 and 16:00 – 20:00"
    assert "and 2 more" in card_of(page).sentence.text()


def test_a_refusal_is_told_once(make_window: MakeWindow) -> None:
    page = refused_meeting(make_window)
    page.select("Client meeting")
    said = " ".join(page.sentences(page.inspector))
    assert "The server does not keep both: this one is not saved there." in said
    assert not page.inspector.form.send_card.isVisibleTo(page.inspector)


def test_what_must_be_decided_is_brought_into_sight(make_window: MakeWindow) -> None:
    page = refused_meeting(make_window)
    page.window.resize(1000, 520)
    page.select("Client meeting")
    QApplication.processEvents()
    card = card_of(page)
    scroll = page.inspector._scroll
    top = card.mapTo(scroll.viewport(), QPoint(0, 0)).y()
    assert 0 <= top < scroll.viewport().height() / 2


def test_what_is_being_typed_is_not_scrolled_away(make_window: MakeWindow) -> None:
    page = make_window(MEETING, SUPERVISION)
    page.window.resize(1000, 520)
    page.select("Client meeting")
    page.type_into("title", "Typed")
    refuse(page, "Client meeting")
    QApplication.processEvents()
    title = page.inspector.form.title.editor
    assert title.mapTo(page.inspector._scroll.viewport(), QPoint(0, 0)).y() >= 0


def test_a_refusal_whose_cause_is_gone_can_be_tried_again(make_window: MakeWindow) -> None:
    page = refused_meeting(make_window)
    hold_on_server(page, replace(SUPERVISION, start=1000, end=1060))
    page.select("Client meeting")
    assert offers(page) == {}
    page.click(page.inspector.form.send_card.retry_button)
    assert page.session.asked == ["retry Client meeting"]


def test_what_only_the_server_knows_can_be_trimmed_around_and_not_deleted(make_window: MakeWindow) -> None:
    page = make_window(MEETING)
    refuse(page, "Client meeting", slots=[ConflictingSlot(99, 900, 960)])
    page.select("Client meeting")
    assert set(offers(page)) == {ChoiceKind.TRIM_MINE, ChoiceKind.KEEP_BOTH, ChoiceKind.DISCARD_MINE}
    assert glued("Overlaps something on the server, 15:00 – 16:00") in card_of(page).sentence.text()
    page.click(card_of(page).retry_button)
    assert page.session.asked == ["retry Client meeting"]


SEEN = {
    ChoiceKind.TRIM_MINE: ["14:00-15:00 Client meeting"],
    ChoiceKind.TRIM_OTHER: ["14:00-15:30 Client meeting", "15:30-16:00 Supervision"],
    ChoiceKind.REPLACE_OTHER: ["14:00-15:30 Client meeting", "no Supervision"],
    ChoiceKind.UPDATE_OTHER: ["14:00-15:30 Client meeting", "no Client meeting"],
    ChoiceKind.KEEP_BOTH: [],
    ChoiceKind.DISCARD_MINE: ["no Client meeting"],
}


@pytest.mark.parametrize("kind", SEEN)
def test_its_outcome_is_seen_under_the_pointer_and_gone_with_it(make_window: MakeWindow, kind: ChoiceKind) -> None:
    page = refused_meeting(make_window)
    page.select("Client meeting")
    button = card_of(page).button(kind)

    enter(button)
    assert ghosts(page) == SEEN[kind]

    QTest.mouseMove(page.window, QPoint(1, 1))
    QApplication.sendEvent(button, QEvent(QEvent.Type.Leave))
    assert ghosts(page) == []


def test_its_outcome_is_seen_while_it_has_the_keyboard(make_window: MakeWindow) -> None:
    page = refused_meeting(make_window)
    page.select("Client meeting")
    card_of(page).button(ChoiceKind.TRIM_MINE).setFocus(Qt.FocusReason.TabFocusReason)
    assert ghosts(page) == SEEN[ChoiceKind.TRIM_MINE]
    page.press(Qt.Key.Key_Tab)
    assert ghosts(page) == SEEN[ChoiceKind.TRIM_OTHER]
    page.inspector.form.focus_field("title")
    assert ghosts(page) == []


DONE = {
    ChoiceKind.TRIM_MINE: (
        ["14:00-15:00 Client meeting", "15:00-16:00 Supervision"],
        "“Client meeting” trimmed to 14:00 – 15:00",
    ),
    ChoiceKind.TRIM_OTHER: (
        ["14:00-15:30 Client meeting", "15:30-16:00 Supervision"],
        "“Supervision” trimmed to 15:30 – 16:00",
    ),
    ChoiceKind.REPLACE_OTHER: (["14:00-15:30 Client meeting"], "“Supervision” deleted"),
    ChoiceKind.UPDATE_OTHER: (["14:00-15:30 Client meeting"], "“Supervision” changed instead of “Client meeting”"),
    ChoiceKind.DISCARD_MINE: (["15:00-16:00 Supervision"], "“Client meeting” discarded"),
}


@pytest.mark.parametrize("kind", DONE)
@pytest.mark.parametrize("by_keyboard", [False, True])
def test_a_choice_is_carried_out_said_and_taken_back_in_one_step(
    make_window: MakeWindow, kind: ChoiceKind, by_keyboard: bool
) -> None:
    page = refused_meeting(make_window)
    before = page.entries()
    page.select("Client meeting")
    button = card_of(page).button(kind)
    wanted, said = DONE[kind]

    if by_keyboard:
        button.setFocus(Qt.FocusReason.TabFocusReason)
        page.press(Qt.Key.Key_Return)
    else:
        page.click(button)

    assert page.entries() == wanted
    assert page.toast == said
    assert ghosts(page) == []
    assert page.window.profile.week_view.hasFocus()
    page.click(page.window.profile.page.toast.undo_button)
    assert page.entries() == before


def test_after_changing_the_other_instead_the_other_is_selected(make_window: MakeWindow) -> None:
    page = refused_meeting(make_window)
    page.select("Client meeting")
    page.click(card_of(page).button(ChoiceKind.UPDATE_OTHER))
    assert page.window.profile.week_view.selected == ("Supervision",)
    assert page.inspector.form.title.text == "Client meeting"


def test_what_is_on_the_server_is_deleted_not_discarded_and_the_choice_says_so(make_window: MakeWindow) -> None:
    page = refused_meeting(make_window)
    page.select("Supervision")
    assert offers(page)[ChoiceKind.DISCARD_MINE] == "Delete this one, 15:00 – 16:00"
    page.click(card_of(page).button(ChoiceKind.DISCARD_MINE))
    assert page.entries() == ["14:00-15:30 Client meeting"]
    assert page.toast == "“Supervision” deleted"


@pytest.mark.parametrize("is_retry", [True, False])
def test_what_cannot_be_written_down_is_said(make_window: MakeWindow, is_retry: bool) -> None:
    page = make_window(MEETING)
    page.session.refusal = EditRefusedError(RefusalReason.DISK_FULL)
    flow = page.window.profile.week.flow
    if is_retry:
        flow.retry(MEETING.key)
    else:
        flow.discard(MEETING.key)
    page.settle()
    assert page.toast == "Nothing was changed: the disk is full. Make room and try again."


def test_after_discarding_nothing_is_selected_and_the_inspector_goes(make_window: MakeWindow) -> None:
    page = refused_meeting(make_window)
    page.select("Client meeting")
    page.click(card_of(page).button(ChoiceKind.DISCARD_MINE))
    page.settle()
    assert not page.is_inspecting


def test_the_choices_are_about_what_is_typed_and_save_it(make_window: MakeWindow) -> None:
    page = make_window(SUPERVISION, entry("Early", "09:00", "10:00"))
    page.select("Early")
    page.type_into("title", "Moved")
    page.type_into("start", "14:00")
    page.type_into("end", "17:00")
    assert offers(page)[ChoiceKind.SPLIT_MINE] == "Split this one around it: 14:00 – 15:00 and 16:00 – 17:00"
    assert ChoiceKind.DISCARD_MINE not in offers(page), "Cancel does that"

    page.click(card_of(page).button(ChoiceKind.SPLIT_MINE))

    assert page.entries() == ["14:00-15:00 Moved", "15:00-16:00 Supervision", "16:00-17:00 Moved"]
    assert not page.inspector.is_editing
    assert (page.inspector.form.start.text, page.inspector.form.end.text) == ("14:00", "15:00")
    page.window.profile.week.flow.undo()
    assert page.entries() == ["09:00-10:00 Early", "15:00-16:00 Supervision"]


@pytest.mark.parametrize(
    ("kind", "entries"),
    [
        (ChoiceKind.TRIM_MINE, ["14:00-15:00", "15:00-16:00 Supervision"]),
        (ChoiceKind.REPLACE_OTHER, ["14:00-15:30"]),
        (ChoiceKind.KEEP_BOTH, ["14:00-15:30", "15:00-16:00 Supervision"]),
    ],
)
def test_an_entry_that_is_not_there_yet_is_created_by_the_choice(
    make_window: MakeWindow, kind: ChoiceKind, entries: list[str]
) -> None:
    page = make_window(SUPERVISION)
    page.window.profile.week_view.set_slot_cursor(THURSDAY, 840, 930)
    page.window.profile.week.inspecting.new_entry()

    page.click(card_of(page).button(kind))
    page.settle()

    assert page.entries() == entries
    assert page.is_inspecting
    assert not page.inspector.is_editing
    page.window.profile.week.flow.undo()
    assert page.entries() == ["15:00-16:00 Supervision"]


def test_changing_the_other_instead_of_creating_leaves_no_second_entry(make_window: MakeWindow) -> None:
    page = make_window(SUPERVISION)
    hold_on_server(page, SUPERVISION)
    page.window.profile.week_view.set_slot_cursor(THURSDAY, 840, 930)
    page.window.profile.week.inspecting.new_entry()
    page.type_into("title", "New one")

    page.click(card_of(page).button(ChoiceKind.UPDATE_OTHER))
    page.settle()

    assert page.entries() == ["14:00-15:30 New one"]
    assert not page.inspector.is_editing


def test_both_that_are_on_the_server_are_kept_without_writing_anything(make_window: MakeWindow) -> None:
    page = make_window(MEETING, SUPERVISION)
    hold_on_server(page, replace(MEETING, server_id=6), SUPERVISION)
    page.select("Client meeting")
    page.click(card_of(page).button(ChoiceKind.KEEP_BOTH))
    assert not page.session.can_undo
    assert not card_of(page).isVisibleTo(page.inspector)
    hold_on_server(page, replace(SUPERVISION, end=1000))
    assert card_of(page).isVisibleTo(page.inspector), "this is another overlap"


def test_both_cannot_be_kept_where_the_server_refuses_overlaps(make_window: MakeWindow) -> None:
    page = make_window(MEETING, SUPERVISION)
    page.select("Client meeting")
    assert ChoiceKind.KEEP_BOTH in offers(page)
    page.session._link.refuses_overlaps = True
    page.select("Supervision")
    assert ChoiceKind.KEEP_BOTH not in offers(page)
    assert "The server keeps only one of them." in card_of(page).sentence.text()


def four_refused(make_window: MakeWindow) -> WindowPage:
    """Four refused entries; of one, nothing would be left by trimming."""
    mine = [entry(f"Mine {hour}", f"{hour}:00", f"{hour}:45") for hour in (10, 11, 12)]
    theirs = [
        replace(entry(f"Theirs {hour}", f"{hour}:30", f"{hour}:50"), server_id=hour) for hour in (10, 11, 12)
    ]
    inside = entry("Inside", "16:10", "16:20")
    around = replace(entry("Around", "16:00", "17:00"), server_id=16)
    page = make_window(*mine, *theirs, inside, around)
    hold_on_server(page, *theirs, around)
    refuse(page, "Mine 10", "Mine 11", "Mine 12", "Inside")
    page.session._link.refuses_overlaps = True
    page.say(ConnectionState.SYNCED, unsent=4, needs_decision=4)
    return page


def test_the_same_can_be_done_for_all_in_one_step(make_window: MakeWindow) -> None:
    page = four_refused(make_window)
    before = page.entries()
    page.select("Mine 10")
    card = card_of(page)
    assert card.all_label.text() == "Do the same for all 4 conflicts"

    QTest.mouseClick(card.all_label, Qt.MouseButton.LeftButton)
    told = offers(page)[ChoiceKind.TRIM_MINE]
    assert told.startswith("Trim mine in 3 conflicts (1 "), "one has no such way out"
    assert offers(page)[ChoiceKind.TRIM_OTHER] == "Trim the other in 4 conflicts"
    enter(card.button(ChoiceKind.TRIM_MINE))
    assert ghosts(page) == [f"{hour}:00-{hour}:30 Mine {hour}" for hour in (10, 11, 12)]
    page.click(card.button(ChoiceKind.TRIM_OTHER))

    assert page.entries() == [
        *(
            each
            for hour in (10, 11, 12)
            for each in (f"{hour}:00-{hour}:45 Mine {hour}", f"{hour}:45-{hour}:50 Theirs {hour}")
        ),
        "16:00-16:10 Around",
        "16:10-16:20 Inside",
        "16:20-17:00 Around",
    ]
    assert page.toast == "4 conflicts settled"
    page.click(page.window.profile.page.toast.undo_button)
    assert page.entries() == before


def test_doing_the_same_for_all_is_not_offered_for_one_and_ends_with_the_selection(
    make_window: MakeWindow,
) -> None:
    page = four_refused(make_window)
    page.select("Mine 10")
    card_of(page).all_box.setChecked(True)
    page.select("Mine 11")
    assert not card_of(page).all_box.isChecked()
    page.select("Theirs 10")
    assert not card_of(page).all_box.isVisibleTo(page.inspector), "what is on the server is not refused"


def test_in_a_read_only_calendar_the_overlap_is_told_and_nothing_offered(make_window: MakeWindow) -> None:
    page = make_window(MEETING, SUPERVISION)
    page.say(ConnectionState.READ_ONLY)
    page.select("Client meeting")
    assert offers(page) == {}
    assert card_of(page).isVisibleTo(page.inspector)


def test_every_choice_can_be_reached_by_tab_and_is_called_by_its_effect(make_window: MakeWindow) -> None:
    page = four_refused(make_window)
    page.select("Mine 10")
    page.inspector.form.title.editor.setFocus()
    reached: set[QWidget | None] = set()
    for _ in range(40):
        page.press(Qt.Key.Key_Tab)
        reached.add(page.window.focusWidget())
    shown = [card_of(page).button(kind) for kind in offers(page)]
    assert {*shown, card_of(page).all_box} <= reached
    assert [button.accessibleName() for button in shown] == list(offers(page).values())
    assert card_of(page).all_box.accessibleName() == "Do the same for all 4 conflicts"


def test_a_way_out_that_comes_up_under_a_resting_pointer_shows_nothing(make_window: MakeWindow) -> None:
    page = refused_meeting(make_window)
    page.select("Client meeting")
    button = card_of(page).button(ChoiceKind.TRIM_MINE)
    come_up(button)
    assert ghosts(page) == []
    enter(button)
    assert ghosts(page) == SEEN[ChoiceKind.TRIM_MINE]


@pytest.mark.parametrize("title", ["Meeting", "اجتماع", "การประชุม", "会議", "\N{FIRST STRONG ISOLATE}Meeting"])
def test_letters_of_higher_fonts_have_room(make_window: MakeWindow, title: str) -> None:
    page = make_window(entry(title, "14:00", "15:30"), replace(entry(title * 9, "15:00", "16:00"), server_id=7))
    page.select(title)
    QApplication.processEvents()
    for kind in offers(page):
        button = card_of(page).button(kind)
        lines, height = button._lines(button._room(button.width()).width())
        drawn = button.fontMetrics().boundingRect(QRect(0, 0, 999, 999), 0, "\n".join(lines)).height()
        assert drawn <= height
        assert button.height() >= button.heightForWidth(button.width()) > height


LONG = "Dienstaufsichtsbeschwerdenbearbeitungsgespräch & Co."


@pytest.mark.parametrize("size", [13, 20, 26])
def test_words_of_any_length_stay_inside_of_the_card(make_window: MakeWindow, size: int) -> None:
    page = make_window(entry(LONG, "14:00", "15:30"), replace(entry(LONG + " 2", "15:00", "16:00"), server_id=7))
    page.window.setStyleSheet(f"QPushButton, QLabel {{ font-size: {size}px; }}")
    page.select(LONG)
    QApplication.processEvents()
    for kind in offers(page):
        button = card_of(page).button(kind)
        room = button._room(button.width())
        lines, _ = button._lines(room.width())
        metrics = button.fontMetrics()
        assert "".join(lines).replace(" ", "").replace("\N{WORD JOINER}", "").replace(
            "\N{NO-BREAK SPACE}", ""
        ) == (button.said.replace(" ", "")), "no word is lost"
        assert max(metrics.horizontalAdvance(line) for line in lines) <= room.width()
        assert button.height() >= button.heightForWidth(button.width())
        assert button.mapTo(page.inspector, QPoint(button.width(), 0)).x() <= page.inspector.width()
