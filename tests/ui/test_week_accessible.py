"""What a screen reader is told of the week."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtGui import QAccessible
from tests.helpers.week_page import entry

from triluna_desktop.domain.models import Pattern
from triluna_desktop.sync.ports import SendState

if TYPE_CHECKING:
    from tests.helpers.week_fixtures import MakeWeek
    from tests.helpers.week_page import WeekPage

CLIENT = entry("Client meeting", "thursday", "14:00", "15:30")
OVERLAPPING = entry("Supervision", "thursday", "15:00", "16:00")
LUNCH = entry("", "monday", "12:00", "13:00", is_available=True)


def names(page: WeekPage) -> list[str]:
    grid = QAccessible.queryAccessibleInterface(page.view)
    return [grid.child(index).text(QAccessible.Text.Name) for index in range(grid.childCount())]


def test_each_block_is_a_child_that_says_all_of_itself(make_week: MakeWeek) -> None:
    page = make_week(CLIENT, OVERLAPPING, LUNCH)
    page.calendar.states["Client meeting"] = SendState.PENDING
    page.calendar.show(page.view.grid.first, 7)
    assert names(page) == [
        "Monday 12:00 to 13:00, available",
        "Thursday 14:00 to 15:30, blocked, Client meeting, conflicts with 1, not sent yet",
        "Thursday 15:00 to 16:00, blocked, Supervision, conflicts with 1",
    ]


def test_weekly_hours_are_told_of_too(make_week: MakeWeek) -> None:
    page = make_week(Pattern("hours", 1, 9 * 60, 17 * 60))
    assert names(page) == ["Monday 09:00 to 17:00, available, every week"]


def test_times_are_told_as_the_locale_says(make_week: MakeWeek) -> None:
    page = make_week(CLIENT, locale=QLocale("en_US"))
    assert names(page)[0].replace("\u202f", " ").startswith("Thursday 2:00 PM to 3:30 PM")


@pytest.mark.parametrize(
    ("state", "words"),
    [(SendState.CONFIRMING, "being confirmed"), (SendState.REJECTED, "not accepted by the server")],
)
def test_how_far_a_change_has_got_is_told(make_week: MakeWeek, state: SendState, words: str) -> None:
    page = make_week(LUNCH)
    page.calendar.states[LUNCH.key] = state
    page.calendar.show(page.view.grid.first, 7)
    assert names(page)[0].endswith(words)


def test_a_child_lies_where_its_block_is_drawn(make_week: MakeWeek) -> None:
    page = make_week(CLIENT)
    grid = QAccessible.queryAccessibleInterface(page.view)
    where = page.view.mapToGlobal(page.on("Client meeting").toPoint())
    assert grid.child(0).rect().contains(where)
    assert grid.childAt(where.x(), where.y()) is grid.child(0)


def test_a_child_whose_block_is_gone_is_no_longer_valid(make_week: MakeWeek) -> None:
    page = make_week(CLIENT, LUNCH)
    grid = QAccessible.queryAccessibleInterface(page.view)
    client = grid.child(1)
    page.view.select(["Client meeting"])
    page.view.delete_selected()
    assert not client.isValid()
    assert grid.childCount() == 1


def test_the_selected_block_says_so(make_week: MakeWeek) -> None:
    page = make_week(CLIENT, LUNCH)
    grid = QAccessible.queryAccessibleInterface(page.view)
    page.view.select(["Client meeting"])
    assert [bool(grid.child(index).state().selected) for index in (0, 1)] == [False, True]


def test_what_speaks_for_a_block_that_is_gone_speaks_for_another_later(make_week: MakeWeek) -> None:
    page = make_week(CLIENT)
    grid = QAccessible.queryAccessibleInterface(page.view)
    first = grid.child(0)
    page.calendar.items = {}
    page.calendar.show(page.view.grid.first, 7)
    assert not first.isValid()
    page.calendar.items = {LUNCH.key: LUNCH}
    page.calendar.show(page.view.grid.first, 7)
    assert grid.child(0) is first
    assert first.isValid()
    assert names(page) == ["Monday 12:00 to 13:00, available"]
