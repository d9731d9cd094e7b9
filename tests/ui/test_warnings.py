"""The list of what may be a slip: a line in the sidebar, sentences, ways there, fixes, and what was put away."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QApplication
from tests.helpers.window_page import MONDAY, THURSDAY, entry

from triluna_desktop.domain.intervals import Interval
from triluna_desktop.domain.models import Pattern
from triluna_desktop.domain.warnings import OfferWarning, OfferWarningKind
from triluna_desktop.session import ConnectionState
from triluna_desktop.system import settings as table
from triluna_desktop.ui.warning_words import WarningRow, WarningWords, name_of, rows_of
from triluna_desktop.ui.words import Words

if TYPE_CHECKING:
    from tests.helpers.window_fixtures import MakeWindow
    from tests.helpers.window_page import WindowPage

    from triluna_desktop.ui.warning_card import RowCard
    from triluna_desktop.ui.warnings_list import WarningsList

FRIDAY = THURSDAY + timedelta(days=1)
OFFICE = [Pattern(f"office {day}", day, 9 * 60, 17 * 60) for day in range(1, 6)]
NIGHT = entry("Night", "22:30", "23:30", day=FRIDAY, is_available=True)
IDLE = entry("Idle", "18:00", "19:00", day=FRIDAY)


@pytest.fixture(autouse=True)
def read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the dates count as read from the server."""
    monkeypatch.setattr("triluna_desktop.store.calendar.SqliteStore.is_loaded", lambda *_: True)


def look(page: WindowPage) -> None:
    """Let the calendar come to rest."""
    flow = page.window.profile.callers.warnings
    flow.resting.stop()
    flow.resting.timeout.emit()
    QApplication.processEvents()


def opened(page: WindowPage) -> WarningsList:
    found_line = page.window.profile.callers.warnings.line
    assert found_line is not None
    page.click(found_line.button)
    found = page.window.profile.callers.warnings.list
    assert found is not None and found.isVisible()
    QApplication.processEvents()
    return found


def card(page: WindowPage, part: str) -> RowCard:
    shown = page.window.profile.callers.warnings.list
    assert shown is not None
    return next(each for each in shown.rows if part in each.sentence)


def line(page: WindowPage) -> str:
    found = page.window.profile.callers.warnings.line
    return found.button.text() if found is not None and found.isVisible() else ""


def test_a_line_in_the_sidebar_counts_them_and_nothing_opens_by_itself(make_window: MakeWindow) -> None:
    page = make_window(*OFFICE, NIGHT, IDLE)
    assert line(page) == ""
    look(page)
    assert line(page) == "2 things to look at"
    assert page.window.profile.callers.warnings.list is None


def test_where_all_is_well_there_is_no_line(make_window: MakeWindow) -> None:
    page = make_window(*OFFICE)
    look(page)
    assert line(page) == ""


def test_each_is_a_sentence_that_leads_there(make_window: MakeWindow) -> None:
    page = make_window(*OFFICE, NIGHT, IDLE)
    look(page)
    shown = opened(page)
    assert [each.sentence for each in shown.rows] == [
        "Fri 20 Nov, 18:00 – 19:00 is blocked by “Idle”, and closed without it.",
        "Callers can book at night, on Fri 20 Nov, 22:30 – 23:30.",
    ]
    page.window.profile.week.turn(2)
    page.click(card(page, "Idle").show_button)
    assert not shown.isVisible()
    assert page.shown_dates[0] == MONDAY
    assert page.window.profile.week_view.selected == ("Idle",)


def test_a_fix_is_one_click_and_what_is_mended_leaves_the_list(make_window: MakeWindow) -> None:
    page = make_window(*OFFICE, NIGHT, IDLE)
    look(page)
    opened(page)
    page.click(card(page, "Idle").fix_button)
    assert "18:00-19:00 Idle" not in page.entries(FRIDAY)
    look(page)
    assert line(page) == "1 things to look at" or line(page) == "1 thing to look at"
    opened(page)
    page.click(card(page, "night").fix_button)
    assert not page.session.availability(FRIDAY, 1)[0].bookable.contains(22 * 60 + 45)
    look(page)
    assert line(page) == ""


def test_what_was_put_away_does_not_come_back(make_window: MakeWindow) -> None:
    page = make_window(*OFFICE, NIGHT, IDLE)
    look(page)
    shown = opened(page)
    page.click(card(page, "Idle").away_button)
    assert len(shown.rows) == 1
    look(page)
    assert len(shown.rows) == 1
    assert "block_changes_nothing/2026-11-20/1080-1140" in page.settings.get(table.WARNINGS_DISMISSED)


def test_what_was_put_away_can_be_brought_back(make_window: MakeWindow) -> None:
    page = make_window(*OFFICE, NIGHT, IDLE)
    look(page)
    shown = opened(page)
    assert not shown.away_button.isVisible()
    for part in ("Idle", "night"):
        page.click(card(page, part).away_button)
    assert line(page) == ""
    assert shown.isVisible()
    assert (shown.heading.text(), shown.away_button.text()) == ("Nothing to look at", "Show 2 that you put away")
    shown.hide()
    page.window.run_command("warnings")
    page.click(shown.away_button)
    assert [each.sentence for each in shown.away] == [
        "Fri 20 Nov, 18:00 – 19:00 is blocked by “Idle”, and closed without it.",
        "Callers can book at night, on Fri 20 Nov, 22:30 – 23:30.",
    ]
    page.click(shown.away[0].away_button)
    assert [each.sentence for each in shown.rows] == [
        "Fri 20 Nov, 18:00 – 19:00 is blocked by “Idle”, and closed without it."
    ]
    assert len(shown.away) == 1
    assert line(page) in ("1 thing to look at", "1 things to look at")
    assert page.settings.get(table.WARNINGS_DISMISSED) == "open_at_night/2026-11-20/1350-1410"
    page.click(shown.away_button)
    assert not shown.away


def test_by_keyboard_one_is_put_away_after_the_other(make_window: MakeWindow) -> None:
    page = make_window(*OFFICE, NIGHT, IDLE)
    look(page)
    shown = opened(page)
    shown.rows[0].away_button.setFocus()
    page.press(Qt.Key.Key_Return)
    assert len(shown.rows) == 1
    assert shown.rows[0].away_button.hasFocus()
    page.press(Qt.Key.Key_Return)
    assert not shown.rows
    assert shown.away_button.hasFocus()
    page.press(Qt.Key.Key_Return)
    assert len(shown.away) == 2
    assert shown.away_button.hasFocus()


def test_rows_that_fit_are_not_scrolled_also_after_one_went(make_window: MakeWindow) -> None:
    shorts = [
        entry(f"s{number}", f"{number:02}:00", f"{number:02}:10", day=FRIDAY, is_available=True)
        for number in range(18, 22)
    ]
    page = make_window(*OFFICE, *shorts)
    look(page)
    shown = opened(page)
    for _ in range(3):
        QApplication.processEvents()
        assert shown._scroll.verticalScrollBar().maximum() == 0
        page.click(shown.rows[0].away_button)


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_all_parts_of_the_list_begin_at_one_edge(make_window: MakeWindow, direction: Qt.LayoutDirection) -> None:
    page = make_window(*OFFICE, NIGHT, IDLE)
    page.window.setLayoutDirection(direction)
    look(page)
    shown = opened(page)
    page.click(shown.rows[0].away_button)
    QApplication.processEvents()
    parts = (shown.note, shown._inside)
    assert len({(part.mapTo(shown, part.rect().topLeft()).x(), part.width()) for part in parts}) == 1
    edge = shown.away_button.geometry()
    line_of = shown.note.geometry()
    is_rtl = direction is Qt.LayoutDirection.RightToLeft
    assert (edge.right() == line_of.right()) if is_rtl else (edge.left() == line_of.left())


def test_in_a_low_window_all_of_the_list_is_inside(make_window: MakeWindow) -> None:
    shorts = [
        entry(f"s{number}", f"{number:02}:00", f"{number:02}:10", day=FRIDAY, is_available=True)
        for number in range(22)
    ]
    page = make_window(*shorts)
    page.window.resize(960, 500)
    look(page)
    page.window.run_command("warnings")
    shown = page.window.profile.callers.warnings.list
    assert shown is not None
    assert page.window.rect().contains(shown.geometry())
    assert shown.note.visibleRegion().boundingRect() == shown.note.rect()


def test_of_a_long_list_what_is_seen_comes_first_and_what_stays_is_not_made_anew(make_window: MakeWindow) -> None:
    shorts = [
        entry(f"s{number}", f"{number:02}:00", f"{number:02}:10", day=FRIDAY, is_available=True)
        for number in range(22)
    ]
    page = make_window(*shorts)
    look(page)
    page.window.run_command("warnings")
    shown = page.window.profile.callers.warnings.list
    assert shown is not None
    assert len(shown.rows) == 9
    while shown.filling.isActive():
        QApplication.processEvents()
    sentences = [each.sentence for each in shown.rows]
    assert len(sentences) == len(page.window.profile.callers.warnings.rows) > 22
    before = shown.rows
    page.click(before[1].away_button)
    assert shown.rows == [before[0], *before[2:]]
    page.click(shown.away_button)
    page.click(shown.away[0].away_button)
    while shown.filling.isActive():
        QApplication.processEvents()
    assert [each.sentence for each in shown.rows] == sentences, "in its old place again"


def test_of_a_week_far_ahead_it_tells_while_that_is_on_screen(make_window: MakeWindow) -> None:
    # The clocks go forward on 14 March 2027.
    page = make_window(*OFFICE, entry("Night", "01:00", "04:00", day=date(2027, 3, 14)), IDLE)
    look(page)
    assert [each.first.kind for each in page.window.profile.callers.warnings.rows] == [KINDS.BLOCK_CHANGES_NOTHING]
    page.window.profile.week.show_date(date(2027, 3, 14))
    assert page.window.profile.callers.warnings.resting.isActive()
    look(page)
    opened(page)
    assert card(page, "clocks").sentence == "The clocks change during “Night” on Sun 14 Mar, 02:00 – 03:00."
    page.window.profile.week.show_today()
    look(page)
    assert len(page.window.profile.callers.warnings.rows) == 1


def test_at_midnight_it_looks_again(make_window: MakeWindow) -> None:
    page = make_window(*OFFICE, entry("Night", "22:30", "23:30", is_available=True))
    look(page)
    assert line(page) != ""
    page.clock.advance(11 * 3600)
    page.window.profile.week.dawn.timeout.emit()
    assert page.window.profile.callers.warnings.resting.isActive()
    look(page)
    assert line(page) == ""


def test_a_calendar_that_is_read_and_holds_nothing_is_looked_at_too(
    make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("triluna_desktop.store.calendar.SqliteStore.is_loaded", lambda *_: False)
    page = make_window()
    look(page)
    assert line(page) == ""
    monkeypatch.setattr("triluna_desktop.store.calendar.SqliteStore.is_loaded", lambda *_: True)
    page.say(ConnectionState.SYNCED)
    assert page.window.profile.callers.warnings.resting.isActive()
    look(page)
    assert line(page) in ("1 thing to look at", "1 things to look at")
    page.say(ConnectionState.SYNCED)
    assert not page.window.profile.callers.warnings.resting.isActive()


def test_what_was_put_away_and_is_over_is_forgotten(make_window: MakeWindow) -> None:
    page = make_window(*OFFICE, NIGHT, IDLE)
    page.settings.set(table.WARNINGS_DISMISSED, "too_short/2026-01-05/540-550,too_short/w3/540-550")
    look(page)
    opened(page)
    page.click(card(page, "Idle").away_button)
    assert page.settings.get(table.WARNINGS_DISMISSED) == (
        "block_changes_nothing/2026-11-20/1080-1140,too_short/w3/540-550"
    )


def test_the_length_of_an_appointment_says_what_is_too_short(make_window: MakeWindow) -> None:
    short = entry("Short", "18:00", "18:40", day=FRIDAY, is_available=True)
    page = make_window(*OFFICE, short)
    look(page)
    assert line(page) == ""
    page.window.run_command("caller_preview")
    panel = page.window.profile.callers.preview.panel
    assert panel is not None
    panel.length.setCurrentIndex(panel.length.findData(45))
    panel.length.activated.emit(panel.length.currentIndex())
    assert page.window.profile.callers.warnings.resting.isActive()
    look(page)
    opened(page)
    assert card(page, "short").sentence == (
        "Fri 20 Nov, 18:00 – 18:40 is open, but too short for an appointment of 45 min."
    )


def test_closed_weeks_that_follow_one_another_are_one_row(make_window: MakeWindow) -> None:
    page = make_window()
    look(page)
    assert line(page) in ("1 thing to look at", "1 things to look at")
    opened(page)
    assert card(page, "Nothing").sentence == "Nothing is bookable in the 8 weeks from Mon 16 Nov on."


def test_of_dates_that_were_never_read_nothing_is_said(
    make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = make_window(NIGHT)
    monkeypatch.setattr("triluna_desktop.store.calendar.SqliteStore.is_loaded", lambda *_: False)
    page.session.knows = False
    look(page)
    assert line(page) == ""


def test_without_the_right_to_write_it_only_shows(make_window: MakeWindow) -> None:
    page = make_window(*OFFICE, IDLE)
    look(page)
    page.say(ConnectionState.READ_ONLY)
    opened(page)
    assert not card(page, "Idle").fix_button.isEnabled()
    assert card(page, "Idle").show_button.isEnabled()


def test_the_keyboard_goes_through_the_list_and_escape_closes_it(make_window: MakeWindow) -> None:
    page = make_window(*OFFICE, NIGHT, IDLE)
    look(page)
    shown = opened(page)
    wanted = card(page, "Idle").show_button
    for _ in range(20):
        if wanted.hasFocus():
            break
        page.press(Qt.Key.Key_Tab)
    assert wanted.hasFocus()
    assert (
        wanted.accessibleName() == "Show: Fri 20 Nov, 18:00 – 19:00 is blocked by “Idle”, and closed without it."
    )
    page.press(Qt.Key.Key_Escape)
    assert not shown.isVisible()


def test_it_can_be_opened_where_the_sidebar_is_hidden(make_window: MakeWindow) -> None:
    page = make_window(*OFFICE, IDLE)
    look(page)
    page.window.profile.page.toggle_sidebar()
    page.window.run_command("warnings")
    shown = page.window.profile.callers.warnings.list
    assert shown is not None and shown.isVisible()
    assert page.window.rect().contains(shown.geometry())


def test_an_edit_lets_it_look_again(make_window: MakeWindow) -> None:
    page = make_window(*OFFICE)
    look(page)
    assert not page.window.profile.callers.warnings.resting.isActive()
    page.change_elsewhere("office 1", None)
    assert page.window.profile.callers.warnings.resting.isActive()


PATTERN = Pattern("p", 2, 600, 660, False, "Lunch")
KINDS = OfferWarningKind


@pytest.mark.parametrize(
    ("warning", "sentence", "fix"),
    [
        (
            OfferWarning(KINDS.OPEN_AT_NIGHT, None, 0, Interval(0, 60)),
            "Callers can book at night, every Sunday 00:00 – 01:00.",
            "Edit weekly hours…",
        ),
        (
            OfferWarning(KINDS.BLOCK_CHANGES_NOTHING, None, 2, Interval(600, 660), PATTERN),
            "Every Tuesday 10:00 – 11:00 is blocked by “Lunch”, and closed without it.",
            "Edit weekly hours…",
        ),
        (
            OfferWarning(KINDS.PATTERN_COVERED, None, 2, Interval(600, 660), PATTERN),
            "Every Tuesday 10:00 – 11:00 (“Lunch”) is covered by other weekly hours and changes nothing.",
            "Edit weekly hours…",
        ),
        (
            OfferWarning(KINDS.TOO_SHORT, None, 6, Interval(600, 610)),
            "Every Saturday 10:00 – 10:10 is open, but too short for an appointment of 30 min.",
            "Edit weekly hours…",
        ),
        (
            OfferWarning(KINDS.CLOCK_CHANGE, date(2027, 3, 14), None, Interval(120, 180), NIGHT),
            "The clocks change during “Night” on Sun 14 Mar, 02:00 – 03:00.",
            "",
        ),
        (OfferWarning(KINDS.WEEK_CLOSED, MONDAY), "In the week of Mon 16 Nov, nothing is bookable.", ""),
    ],
)
@pytest.mark.usefixtures("window_theme")
def test_each_kind_has_a_sentence_of_its_own(warning: OfferWarning, sentence: str, fix: str) -> None:
    words = WarningWords(Words(QLocale("en_GB")))
    assert words.sentence(WarningRow((warning,)), 30) == sentence
    assert words.fix(warning) == fix


def test_weeks_with_one_between_them_are_two_rows_and_each_week_has_its_name() -> None:
    weeks = [OfferWarning(KINDS.WEEK_CLOSED, MONDAY + timedelta(weeks=number)) for number in (0, 1, 3)]
    assert [len(row.warnings) for row in rows_of(weeks)] == [2, 1]
    assert len({name_of(each) for each in weeks}) == 3
