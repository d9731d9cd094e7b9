"""A calendar that was read and holds nothing: it looks closed, not unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from triluna_desktop.session import ConnectionState

if TYPE_CHECKING:
    from tests.helpers.window_fixtures import MakeWindow


def test_once_it_is_read_the_week_is_closed_and_its_hours_are_told(make_window: MakeWindow) -> None:
    page = make_window()
    profile = page.window.profile
    page.session.knows = False
    profile.week.refresh_now()
    assert profile.page.sidebar.hours.total.text() == "–"
    page.session.knows = True
    page.say(ConnectionState.SYNCED)
    QApplication.processEvents()
    assert profile.page.sidebar.hours.total.text() == profile.words.duration(0)
    columns = profile.week_view.board.scene.columns
    assert all(sum(each.minutes for each in column.closed) == 1440 for column in columns)
