"""Overlaps and ghosts in the week: seen without colour, and gone without a trace."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage
from tests.helpers.week_page import entry

from triluna_desktop.domain import edits
from triluna_desktop.domain.edits import Change, Edit
from triluna_desktop.ui.theme import Theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from tests.helpers.week_fixtures import MakeWeek
    from tests.helpers.week_page import WeekPage

MINE = entry("Mine", "thursday", "14:00", "15:30")
OTHER = entry("Other", "thursday", "15:00", "16:00")
TRIMMED = edits.change(MINE, replace(MINE, end=OTHER.start))


def picture(page: WeekPage, first: str, last: str) -> QImage:
    """Thursday between two times, without colours."""
    top, bottom = page.at("thursday", first), page.at("thursday", last)
    left, width = page.view.grid.column_span(3)
    rect = QRect(left, round(top.y()), width, round(bottom.y() - top.y()))
    return page.view.grab(rect).toImage().convertToFormat(QImage.Format.Format_Grayscale8)


def levels(image: QImage, x: int) -> int:
    """How many greys a row of pixels from top to bottom holds."""
    return len({image.pixelColor(QPoint(x, y)).red() for y in range(image.height())})


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_overlap_itself_is_hatched_in_both_themes(make_week: MakeWeek, qapp: QApplication, theme: str) -> None:
    page = make_week(MINE, OTHER)
    page.view._theme = Theme(qapp, theme)
    page.view._restyle()
    block = page.view.board.scene.find("Mine")
    assert block is not None
    rect = page.view.grid.block_rect(3, MINE.start, MINE.end, block.place)
    inside = rect.x + rect.width - 6 - page.view.grid.column_span(3)[0]

    assert levels(picture(page, "15:05", "15:25"), inside) >= 4
    assert levels(picture(page, "14:35", "14:55"), inside) == 1


def test_an_outcome_is_drawn_over_the_week_and_taken_away_without_a_trace(make_week: MakeWeek) -> None:
    page = make_week(MINE, OTHER)
    before = page.view.grab().toImage()

    page.view.show_outcome(TRIMMED)
    shown = page.view.grab().toImage()
    page.view.clear_outcome()

    assert shown != before
    assert page.view.grab().toImage() == before
    assert page.slots == ["thu 14:00-15:30 blocked", "thu 15:00-16:00 blocked"], "nothing is done"


def test_what_would_go_is_crossed_out_and_not_only_pale(make_week: MakeWeek) -> None:
    page = make_week(MINE, OTHER)
    page.view.show_outcome(Edit((Change(OTHER, replace(OTHER, start=930)), Change(MINE, MINE))))
    pale = picture(page, "15:35", "15:55")
    page.view.show_outcome(Edit((Change(OTHER, None), Change(MINE, MINE))))
    assert picture(page, "15:35", "15:55") != pale


def test_the_ghosts_of_two_edits_do_not_add_up(make_week: MakeWeek) -> None:
    page = make_week(MINE, OTHER)
    other_trimmed = edits.change(OTHER, replace(OTHER, start=MINE.end))
    page.view.show_outcome(other_trimmed)
    alone = page.view.grab().toImage()

    page.view.show_outcome(TRIMMED)
    page.view.show_outcome(other_trimmed)

    assert page.view.grab().toImage() == alone


def test_ghosts_scroll_with_the_day(make_week: MakeWeek) -> None:
    page = make_week(MINE, OTHER)
    page.view.show_outcome(TRIMMED)
    before = picture(page, "13:45", "16:15")
    page.view.scroll_by(23)
    assert picture(page, "13:45", "16:15") == before


def test_a_drag_begins_in_the_week_as_it_is(make_week: MakeWeek) -> None:
    page = make_week(MINE, OTHER)
    page.view.show_outcome(TRIMMED)
    page.drag_entry("Other", "friday", "15:00")
    assert page.slots == ["thu 14:00-15:30 blocked", "fri 15:00-16:00 blocked"]
    assert page.view.board.outcome is None
