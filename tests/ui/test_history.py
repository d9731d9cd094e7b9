"""The window "What changed": what it lists, how it is narrowed down, and the way back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from time import perf_counter
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEventLoop, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from tests.helpers.window_page import MONDAY, NOW, THURSDAY, entry

from triluna_desktop.domain import edits
from triluna_desktop.domain.models import Entry, Pattern
from triluna_desktop.store.history import KEPT_SECONDS, LOOKED_AT
from triluna_desktop.sync.ports import Actor
from triluna_desktop.system import settings as table
from triluna_desktop.ui.history.model import Column

if TYPE_CHECKING:
    from tests.helpers.window_fixtures import MakeWindow
    from tests.helpers.window_page import WindowPage

    from triluna_desktop.domain.models import Item
    from triluna_desktop.ui.history.dialog import HistoryDialog

MEETING = entry("Client meeting", "14:00", "15:30", notes="Important consultation")
LATER = replace(MEETING, start=15 * 60, end=16 * 60 + 30)
LUNCH = entry("Lunch", "12:00", "13:00")
WEEKLY = Pattern("weekly", 4, 540, 1020, True)
HOUR, DAY = 3600.0, 86400.0


def change(page: WindowPage, before: Item, after: Item) -> None:
    page.runner.run(page.session.apply(edits.change(before, after)))
    page.window.profile.week.refresh_now()


def note(page: WindowPage, before: Item | None, after: Item | None, actor: Actor, *, ago: float = 0.0) -> None:
    """Put a change into the history that happened some seconds ago."""
    page.store.read(lambda tx: tx.add_history(NOW.timestamp() - ago, actor, before, after))


def opened(page: WindowPage) -> HistoryDialog:
    """The window, opened with its key."""
    page.press(Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    dialog = page.window.profile.history.dialog
    assert dialog is not None
    while not dialog.isActiveWindow():  # As a window manager takes its time too; the test run ends what hangs.
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    return dialog


def column(dialog: HistoryDialog, which: Column) -> list[str]:
    model = dialog.model
    return [str(model.index(row, which).data()) for row in range(model.rowCount())]


def test_each_change_is_told_in_a_sentence(make_window: MakeWindow) -> None:
    page = make_window(MEETING, WEEKLY)
    friday = THURSDAY + timedelta(days=1)
    for before, after in (
        (MEETING, replace(MEETING, date=friday)),
        (MEETING, replace(MEETING, end=960)),
        (MEETING, replace(MEETING, is_available=True)),
        (replace(MEETING, is_available=True), MEETING),
        (MEETING, replace(MEETING, title="")),
        (MEETING, replace(MEETING, notes="")),
        (LUNCH, replace(LUNCH, date=date_of_next_year(), start=0, end=90)),
        (WEEKLY, replace(WEEKLY, weekday=0)),
        (MEETING, None),
    ):
        note(page, before, after, Actor.ELSEWHERE)
    dialog = opened(page)
    assert column(dialog, Column.WHAT) == [
        "Deleted “Client meeting”: Thu 19 Nov, 14:00 – 15:30",
        "Moved weekly hours from every Thursday, 09:00 – 17:00 to every Sunday, 09:00 – 17:00",
        "Changed “Lunch”, Thu 19 Nov, 12:00 – 13:00, into “Lunch”, Thu, 18 Nov 2027, 00:00 – 01:30",
        "Changed the notes of “Client meeting”: Thu 19 Nov, 14:00 – 15:30",
        "Renamed “Client meeting” to blocked time: Thu 19 Nov, 14:00 – 15:30",
        "Made “Client meeting” blocked: Thu 19 Nov, 14:00 – 15:30",
        "Made “Client meeting” available: Thu 19 Nov, 14:00 – 15:30",
        "Changed the length of “Client meeting” on Thu 19 Nov from 14:00 – 15:30 to 14:00 – 16:00",
        "Moved “Client meeting” from Thu 19 Nov, 14:00 – 15:30 to Fri 20 Nov, 14:00 – 15:30",
        "Created weekly hours: every Thursday, 09:00 – 17:00",
        "Created “Client meeting”: Thu 19 Nov, 14:00 – 15:30",
    ]


def date_of_next_year() -> date:
    return MONDAY + timedelta(days=367)


@pytest.mark.parametrize("clock", ["24", "12"])
def test_when_and_by_whom_have_room_for_all_that_is_said_there(make_window: MakeWindow, clock: str) -> None:
    page = make_window()
    page.settings.set(table.APPEARANCE_CLOCK, clock)
    for actor, ago in ((Actor.ELSEWHERE, 330 * DAY), (Actor.SYNC, DAY), (Actor.THIS_APP, HOUR)):
        note(page, None, MEETING, actor, ago=ago)
    dialog = opened(page)
    for which in (Column.WHEN, Column.WHO):
        widest = max(map(dialog.list.fontMetrics().horizontalAdvance, column(dialog, which)))
        assert dialog.list.columnWidth(which) >= widest + 16, "with the padding of the style sheet"


def test_when_and_by_whom_is_told_in_words(make_window: MakeWindow) -> None:
    page = make_window()
    for actor, ago in ((Actor.ELSEWHERE, 80 * DAY), (Actor.SYNC, DAY), (Actor.THIS_APP, HOUR)):
        note(page, None, MEETING, actor, ago=ago)
    dialog = opened(page)
    assert column(dialog, Column.WHEN) == ["Today, 12:24", "Yesterday, 13:24", "Mon 31 Aug, 14:24"]
    assert column(dialog, Column.WHO) == ["This app", "Sync", "Elsewhere"]
    assert dialog.card.who.text() == "Today, 12:24. You changed it in this app."


def test_the_replaced_version_is_restored_shown_and_can_be_taken_back(make_window: MakeWindow) -> None:
    page = make_window(MEETING)
    change(page, MEETING, LATER)
    dialog = opened(page)
    assert dialog.card.version.text() == (
        "Restoring brings back: Blocked time “Client meeting”, Thu 19 Nov, 14:00 – 15:30. "
        "Notes: Important consultation"
    )
    page.click(dialog.card.restore_button)
    assert page.entries() == ["14:00-15:30 Client meeting"]
    assert dialog.card.answer.text() == "This version is back."
    assert (
        column(dialog, Column.WHAT)[0]
        == "Moved “Client meeting” on Thu 19 Nov from 15:00 – 16:30 to 14:00 – 15:30"
    )
    page.click(dialog.card.undo_button)
    QApplication.processEvents()
    assert page.entries() == ["15:00-16:30 Client meeting"]
    assert dialog.model.rowCount() == 4


def test_what_is_so_already_cannot_be_restored(make_window: MakeWindow) -> None:
    page = make_window(MEETING)
    dialog = opened(page)
    assert not dialog.card.restore_button.isEnabled()
    assert dialog.card.version.text().startswith("It is like this now: Blocked time “Client meeting”")


def test_what_was_deleted_is_created_again(make_window: MakeWindow) -> None:
    page = make_window(MEETING, LUNCH)
    page.runner.run(page.session.apply(edits.delete(MEETING)))
    dialog = opened(page)
    page.click(dialog.card.restore_button)
    assert page.entries() == ["12:00-13:00 Lunch", "14:00-15:30 Client meeting"]


def test_what_has_grown_too_old_is_refused_with_a_sentence(make_window: MakeWindow) -> None:
    page = make_window(MEETING)
    change(page, MEETING, LATER)
    dialog = opened(page)
    page.store.read(lambda tx: tx.upkeep.keep_history(90, NOW.timestamp() + 2 * KEPT_SECONDS))
    page.click(dialog.card.restore_button)
    assert dialog.card.answer.text() == ("Nothing was restored: that version is no longer kept.")
    assert page.entries() == ["15:00-16:30 Client meeting"]


def test_it_is_narrowed_down_by_actor_and_text_and_says_when_nothing_matches(make_window: MakeWindow) -> None:
    page = make_window(MEETING, LUNCH)
    note(page, LATER, MEETING, Actor.ELSEWHERE)
    dialog = opened(page)
    page.click(dialog.actor.button(Actor.ELSEWHERE.value))
    assert column(dialog, Column.WHO) == ["Elsewhere"]
    page.click(dialog.actor.button("anybody"))
    QTest.keyClicks(dialog.text, "LUNCH")
    dialog.typing.timeout.emit()
    assert len(column(dialog, Column.WHAT)) == 1
    QTest.keyClicks(dialog.text, "eon")
    dialog.typing.timeout.emit()
    assert page.sentences(dialog.pages) == ["Nothing of what is kept matches."]
    assert not dialog.card.isVisible()


def test_an_empty_history_says_so(make_window: MakeWindow) -> None:
    page = make_window()
    dialog = opened(page)
    assert page.sentences(dialog.pages) == [
        "Nothing was changed yet. Changes made here and elsewhere will be listed here."
    ]


def test_an_entrys_own_history_opens_from_the_inspector(make_window: MakeWindow) -> None:
    page = make_window(MEETING, LUNCH)
    page.select("Lunch")
    assert page.inspector.history.button.text() == "History (1)"
    change(page, MEETING, LATER)
    page.select("Client meeting")
    assert page.inspector.history.button.text() == "History (2)"
    page.click(page.inspector.history.button)
    dialog = page.window.profile.history.dialog
    assert dialog is not None
    assert dialog.only.text() == "Only “Client meeting”"
    assert dialog.model.rowCount() == 2
    page.click(dialog.everything_button)
    assert dialog.model.rowCount() == 3
    assert not dialog.only_row.isVisible()


def test_several_entries_and_a_new_one_have_no_history(make_window: MakeWindow) -> None:
    page = make_window(MEETING, LUNCH)
    page.select("Lunch", "Client meeting")
    assert not page.inspector.history.isVisible()
    page.select("Lunch")
    page.window.run_command("new")
    assert not page.inspector.history.isVisible()


def test_the_week_turns_to_what_a_row_is_about(make_window: MakeWindow) -> None:
    far = replace(LUNCH, date=THURSDAY + timedelta(days=70))
    page = make_window(MEETING, far)
    dialog = opened(page)
    assert dialog.row is not None
    assert dialog.row.key == "Lunch"
    page.click(dialog.card.show_button)
    first, days = page.shown_dates
    assert first <= far.date < first + timedelta(days=days)
    assert page.window.profile.week_view.selected == ("Lunch",)
    assert not dialog.isVisible()


def test_of_what_is_gone_the_week_shows_where_it_was_and_says_so(make_window: MakeWindow) -> None:
    far = replace(LUNCH, date=THURSDAY + timedelta(days=70))
    page = make_window(MEETING)
    note(page, far, None, Actor.ELSEWHERE)
    dialog = opened(page)
    QTest.keyClick(dialog.list, Qt.Key.Key_Return)
    first, days = page.shown_dates
    assert first <= far.date < first + timedelta(days=days)
    assert page.toast == "“Lunch” is no longer there."


def test_undo_is_offered_only_as_long_as_it_is_about_the_version(make_window: MakeWindow) -> None:
    page = make_window(MEETING, LUNCH)
    page.runner.run(page.session.apply(edits.delete(LUNCH)))
    dialog = opened(page)
    page.click(dialog.card.restore_button)
    assert dialog.card.undo_button.isVisible()
    page.runner.run(page.session.apply(edits.change(MEETING, LATER)))
    QApplication.processEvents()
    assert not dialog.card.undo_button.isVisible(), "it would take the meeting back"
    assert page.entries() == ["12:00-13:00 Lunch", "15:00-16:30 Client meeting"]


def test_it_keeps_up_with_changes_and_stays_on_the_row_that_is_looked_at(make_window: MakeWindow) -> None:
    page = make_window(MEETING)
    dialog = opened(page)
    looked_at = dialog.row
    page.runner.run(page.session.apply(edits.change(MEETING, LATER)))
    QApplication.processEvents()
    assert dialog.model.rowCount() == 2
    assert dialog.row == looked_at
    assert dialog.card.restore_button.isEnabled()  # It was like this before, and is not any more.


def test_all_of_it_is_reached_with_the_keyboard(make_window: MakeWindow) -> None:
    page = make_window(MEETING)
    change(page, MEETING, LATER)
    dialog = opened(page)
    reached = []
    for _ in range(12):
        focused = QApplication.focusWidget()
        assert focused is not None
        reached.append(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    for widget in (
        dialog.list,
        dialog.text,
        dialog.card.show_button,
        dialog.card.restore_button,
        dialog.close_button,
    ):
        assert widget in reached
    dialog.list.setFocus()
    QTest.keyClick(dialog.list, Qt.Key.Key_Down)
    assert dialog.row is not None
    assert dialog.row.before is None
    QTest.keyClick(dialog.list, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_ten_thousand_rows_open_at_once_and_come_as_one_scrolls(make_window: MakeWindow) -> None:
    page = make_window()
    at = NOW.timestamp()
    rows: list[tuple[Item | None, Item | None]] = [
        (None, Entry(f"k{number}", THURSDAY, 540, 600, title=f"Number {number}")) for number in range(10_000)
    ]
    page.store.read(lambda tx: tx.add_history_of(at, Actor.ELSEWHERE, rows))
    began = perf_counter()
    dialog = opened(page)
    QApplication.processEvents()
    assert perf_counter() - began < 1.0
    read_at_first = dialog.model.rowCount()
    assert read_at_first <= 400
    bar = dialog.list.verticalScrollBar()
    bar.setValue(bar.maximum())
    QApplication.processEvents()
    read = dialog.model.rowCount()
    assert read_at_first < read < 2_000
    assert str(dialog.model.index(read - 1, Column.WHAT).data()).startswith(f"Created “Number {10_000 - read}”")
    QTest.keyClicks(dialog.text, "number 17")
    dialog.typing.timeout.emit()
    parts = 1
    while dialog.model.is_looking:
        assert dialog.pages.currentWidget() is dialog.list, "nobody knows yet that there is nothing"
        dialog.model.look_on()
        parts += 1
    assert dialog.model.rowCount() == 111
    assert parts == 10_000 // LOOKED_AT + 1, "no part holds up the window"
    assert column(dialog, Column.WHAT)[dialog.list.currentIndex().row()].startswith("Created “Number 1799”")
    note(page, None, entry("Number 17", "10:00", "11:00"), Actor.ELSEWHERE)
    dialog.refresh()
    assert dialog.model.rowCount() == 112
    assert dialog.list.currentIndex().row() == 1, "what was chosen stays so"
    QTest.keyClicks(dialog.text, "xyz")
    dialog.typing.timeout.emit()
    while dialog.model.is_looking:
        dialog.model.look_on()
    assert dialog.empty.isVisible()


@pytest.mark.parametrize("rtl", [False, True])
def test_a_row_is_clicked_with_the_mouse(make_window: MakeWindow, *, rtl: bool) -> None:
    page = make_window(MEETING, LUNCH)
    dialog = opened(page)
    if rtl:
        dialog.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    QApplication.processEvents()
    second = dialog.list.visualRect(dialog.model.index(1, Column.WHAT)).center()
    QTest.mouseClick(
        dialog.list.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(second)
    )
    assert dialog.row is not None
    assert dialog.row.key == "Client meeting"


def test_a_screen_reader_hears_a_row_as_a_sentence(make_window: MakeWindow) -> None:
    page = make_window(MEETING)
    dialog = opened(page)
    heard = dialog.model.index(0, Column.WHEN).data(Qt.ItemDataRole.AccessibleTextRole)
    assert heard == "Created “Client meeting”: Thu 19 Nov, 14:00 – 15:30. Today, 13:24. This app"


def test_it_opens_from_the_settings_too(make_window: MakeWindow) -> None:
    page = make_window(MEETING)
    page.window.profile.open_settings()
    settings = page.window.profile.choosing.dialog
    assert settings is not None
    settings.show_page(settings.privacy)
    page.click(settings.privacy.history_button)
    assert page.window.profile.history.dialog is not None
    assert page.window.profile.history.dialog.isVisible()
    assert not settings.isVisible()


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (7, "Changes are kept for 7 days, on this computer only."),
        (0, "No more changes are kept: that is switched off in the settings, under Privacy."),
    ],
)
def test_it_says_for_how_long_changes_are_kept_as_the_user_chose(
    make_window: MakeWindow, days: int, said: str
) -> None:
    page = make_window(MEETING)
    page.runner.run(page.session.history.keep(days, NOW.timestamp()))
    dialog = opened(page)
    assert dialog.kept.text() == said
    dialog.accept()
