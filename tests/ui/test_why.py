"""Why a time is bookable or not: the chain in sentences, who decides, and what one click would change."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from tests.helpers.confirmed import confirm
from tests.helpers.window_page import MONDAY, THURSDAY, entry

from triluna_desktop.domain.availability import Mode, ModeSettings
from triluna_desktop.domain.models import Pattern
from triluna_desktop.session import ConnectionState
from triluna_desktop.sync.ports import SendState

if TYPE_CHECKING:
    from tests.helpers.window_fixtures import MakeWindow
    from tests.helpers.window_page import WindowPage

    from triluna_desktop.ui.why.popover import WhyHover, WhyPopover

DENTIST = entry("Dentist", "10:00", "11:00")
OFFICE = Pattern("office", 4, 9 * 60, 17 * 60)


def ask(page: WindowPage, start: int, end: int) -> WhyPopover:
    """Put the slot cursor somewhere on Thursday and press I."""
    view = page.window.profile.week_view
    view.set_slot_cursor(THURSDAY, start, end)
    QTest.keyClicks(view, "i")
    return popover(page)


def popover(page: WindowPage) -> WhyPopover:
    found = page.window.profile.callers.why.popover
    assert found is not None and found.isVisible()
    return found


def point(page: WindowPage, minute: int) -> QPoint:
    """A point of Thursday's column where no entry lies."""
    grid = page.window.profile.week_view.grid
    left, width = grid.column_span(3)
    return QPoint(left + width - 3, grid.y_of(minute) + 1)


def rest(page: WindowPage, at: QPoint) -> WhyHover:
    """Let the pointer rest: Qt tells of it so, after 700 ms."""
    view = page.window.profile.week_view
    QApplication.sendEvent(view, QHelpEvent(QEvent.Type.ToolTip, at, view.mapToGlobal(at)))
    found = page.window.profile.callers.why.hover
    assert found is not None
    return found


def mouse(page: WindowPage, kind: QEvent.Type, at: QPoint) -> None:
    view = page.window.profile.week_view
    button = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseMove else Qt.MouseButton.LeftButton
    buttons = Qt.MouseButton.LeftButton if kind is QEvent.Type.MouseButtonPress else Qt.MouseButton.NoButton
    where = QPointF(view.mapToGlobal(at))
    QApplication.sendEvent(
        view, QMouseEvent(kind, QPointF(at), where, button, buttons, Qt.KeyboardModifier.NoModifier)
    )


def test_i_at_the_slot_cursor_tells_the_whole_chain_and_marks_what_decides(make_window: MakeWindow) -> None:
    page = make_window(OFFICE, DENTIST)
    confirm(page, OFFICE, DENTIST)
    chain = ask(page, 600, 630).chain
    assert chain.heading.accessibleName() == "Why is Thu 19 Nov, 10:00 – 11:00 not bookable?"
    assert spoken(page) == [
        "“Available times” mode: closed unless something opens it.",
        "Weekly hours open Thu 09:00 – 17:00.",
        "“Dentist” blocks 10:00 – 11:00. This decides.",
    ]


def spoken(page: WindowPage) -> list[str]:
    """The chain as a screen reader says it."""
    chain = popover(page).chain
    return [label.accessibleName() for label in chain.labels]


def test_it_tells_as_well_why_a_time_is_open(make_window: MakeWindow) -> None:
    page = make_window(OFFICE)
    confirm(page, OFFICE)
    chain = ask(page, 600, 630).chain
    assert "not bookable" not in chain.heading.text()
    assert spoken(page)[-1] == "Weekly hours open Thu 09:00 – 17:00. This decides."
    assert "Edit weekly hours…" in [button.said for button in chain.buttons]


def test_in_the_other_mode_the_default_hours_are_named(make_window: MakeWindow) -> None:
    page = make_window()
    page.session.mode_settings = ModeSettings(Mode.UNAVAILABLE_TIMES)
    ask(page, 600, 630)
    assert spoken(page) == [
        "“Unavailable times” mode: open 08:00 – 20:00 unless something blocks it. This decides."
    ]
    popover(page).hide()
    ask(page, 1290, 1320)
    assert spoken(page) == ["“Unavailable times” mode: outside of the default hours, 08:00 – 20:00. This decides."]


def test_a_fix_is_one_press_of_a_key_and_its_outcome_is_seen_before(make_window: MakeWindow) -> None:
    page = make_window(OFFICE, DENTIST)
    chain = ask(page, 600, 630).chain
    delete = next(button for button in chain.buttons if button.said == "Delete the block “Dentist”")
    while not delete.hasFocus():
        page.press(Qt.Key.Key_Tab)
    assert page.window.profile.week_view.board.outcome is not None
    QTest.keyClick(delete, Qt.Key.Key_Return)
    assert page.entries() == []
    assert page.window.profile.week_view.board.outcome is None
    shut = page.window.profile.callers.why.popover
    assert shut is not None and not shut.isVisible()
    assert page.toast == "“Dentist” deleted"


def test_opening_the_slot_asked_about_opens_just_that(make_window: MakeWindow) -> None:
    page = make_window()
    chain = ask(page, 600, 690).chain
    page.click(next(button for button in chain.buttons if button.said == "Open 10:00 – 11:30"))
    assert page.entries() == ["10:00-11:30"]
    assert page.session.availability(THURSDAY, 1)[0].minutes == 90


def test_the_whole_day_can_be_opened(make_window: MakeWindow) -> None:
    page = make_window()
    chain = ask(page, 600, 690).chain
    page.click(next(button for button in chain.buttons if button.said == "Open this day, 08:00 – 20:00"))
    assert page.session.availability(THURSDAY, 1)[0].minutes == 720


def test_escape_closes_it_and_the_grid_has_the_keyboard_again(make_window: MakeWindow) -> None:
    page = make_window(DENTIST)
    shown = ask(page, 600, 630)
    assert QApplication.focusWidget() is shown
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    assert not shown.isVisible()
    assert QApplication.focusWidget() is page.window.profile.week_view


def test_without_the_right_to_write_it_explains_and_changes_nothing(make_window: MakeWindow) -> None:
    page = make_window(OFFICE, DENTIST)
    page.say(ConnectionState.READ_ONLY)
    chain = ask(page, 600, 630).chain
    assert {button.said: button.isEnabled() for button in chain.buttons}["Delete the block “Dentist”"] is False


def test_what_is_not_sent_is_said_with_what_callers_see_meanwhile(make_window: MakeWindow) -> None:
    page = make_window(entry("Open", "14:00", "16:00", is_available=True))
    chain = ask(page, 840, 900).chain
    assert spoken(page)[-1] == "“Open” opens 14:00 – 16:00. It is not sent yet. This decides."
    assert chain.note.text() == "Until the change is sent, callers are not offered this time."


def test_what_was_deleted_here_and_not_sent_is_named_as_what_callers_still_go_by(make_window: MakeWindow) -> None:
    page = make_window(OFFICE)
    confirm(page, OFFICE)
    page.change_elsewhere("office", None)
    chain = ask(page, 600, 660).chain
    assert chain.heading.accessibleName() == "Why is Thu 19 Nov, 00:00 – 24:00 not bookable?"
    assert chain.note.accessibleName() == (
        "The server still has weekly hours that open 09:00 – 17:00: what you did with them is not sent yet. "
        "Until the change is sent, callers are still offered this time."
    )


def test_it_opens_beside_the_slot_and_not_over_it(make_window: MakeWindow) -> None:
    page = make_window(DENTIST)
    for minute in (540, 1320):
        shown = ask(page, minute, minute + 30)
        view = page.window.profile.week_view
        left, width = view.grid.column_span(3)
        column = view.mapToGlobal(QPoint(left, 0)).x()
        x = shown.mapToGlobal(QPoint(0, 0)).x()
        assert x >= column + width or x + shown.width() <= column
        assert page.window.rect().contains(shown.geometry())
        shown.hide()


def test_a_resting_pointer_gets_a_short_answer_that_takes_no_focus(make_window: MakeWindow) -> None:
    page = make_window(OFFICE)
    focused = QApplication.focusWidget()
    hover = rest(page, point(page, 600))
    assert hover.isVisible()
    assert hover.chain.labels[-1].text().endswith("This decides.")
    assert hover.chain.buttons == []
    assert QApplication.focusWidget() is focused
    assert hover.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


def test_over_an_entry_it_says_what_the_entry_is(make_window: MakeWindow) -> None:
    page = make_window(DENTIST)
    view = page.window.profile.week_view
    left, _ = view.grid.column_span(3)
    hover = rest(page, QPoint(left + 20, view.grid.y_of(620)))
    assert hover.block.text().startswith("Thursday 10:00 to 11:00, blocked, Dentist")


def test_it_goes_when_the_pointer_moves_on_and_not_for_a_tremor(make_window: MakeWindow) -> None:
    page = make_window(OFFICE)
    at = point(page, 600)
    hover = rest(page, at)
    mouse(page, QEvent.Type.MouseMove, at + QPoint(-1, 1))
    assert hover.isVisible()
    mouse(page, QEvent.Type.MouseMove, at + QPoint(-1, 20))
    assert not hover.isVisible()


def test_it_goes_with_a_press_and_does_not_come_during_a_drag(make_window: MakeWindow) -> None:
    page = make_window(OFFICE)
    at = point(page, 600)
    hover = rest(page, at)
    mouse(page, QEvent.Type.MouseButtonPress, at)
    assert not hover.isVisible()
    assert not rest(page, at).isVisible()
    mouse(page, QEvent.Type.MouseButtonRelease, at)


def test_the_inspector_tells_it_of_what_is_selected(make_window: MakeWindow) -> None:
    page = make_window(OFFICE, DENTIST)
    page.say_of("Dentist", SendState.SENT)
    page.select("Dentist")
    flow = page.window.profile.callers.why
    assert flow.card is not None and flow.card.isVisibleTo(page.inspector)
    assert flow.chain is not None
    assert [label.accessibleName() for label in flow.chain.labels][-1].startswith("This entry blocks it.")


def test_the_inspector_has_no_such_card_for_several_entries_or_a_new_one(make_window: MakeWindow) -> None:
    other = replace(DENTIST, key="other", start=720, end=780)
    page = make_window(DENTIST, other)
    page.select("Dentist", "other")
    flow = page.window.profile.callers.why
    assert flow.card is not None and not flow.card.isVisibleTo(page.inspector)
    page.window.run_command("new")
    assert not flow.card.isVisibleTo(page.inspector)


def test_what_changes_meanwhile_is_told_at_once(make_window: MakeWindow) -> None:
    page = make_window(OFFICE, DENTIST)
    ask(page, 600, 630)
    page.change_elsewhere("Dentist", None)
    assert spoken(page)[-1].startswith("Weekly hours open Thu 09:00 – 17:00.")


def test_monday_is_not_thursday(make_window: MakeWindow) -> None:
    page = make_window(OFFICE)
    page.window.profile.week_view.set_slot_cursor(MONDAY, 600, 630)
    QTest.keyClicks(page.window.profile.week_view, "i")
    assert spoken(page) == ["“Available times” mode: closed unless something opens it. This decides."]


def test_where_the_mode_decides_the_answer_leads_to_its_settings(make_window: MakeWindow) -> None:
    page = make_window()
    chain = ask(page, 600, 630).chain
    page.click(next(each for each in chain.buttons if each.said.startswith("Change the calendar mode")))
    dialog = page.window.profile.choosing.dialog
    assert dialog is not None and dialog.isVisible()
    assert dialog.names.currentRow() == 1
    dialog.accept()


def test_where_weekly_hours_decide_it_leads_to_them(make_window: MakeWindow) -> None:
    page = make_window(OFFICE)
    chain = ask(page, 600, 630).chain
    page.click(next(each for each in chain.buttons if each.said == "Edit weekly hours…"))
    assert popover_of(page) is False
    assert any(dialog.isVisible() for dialog in page.window.findChildren(QDialog))


def popover_of(page: WindowPage) -> bool:
    """Whether the answer is on screen."""
    found = page.window.profile.callers.why.popover
    return found is not None and found.isVisible()
