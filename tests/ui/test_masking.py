"""While the screen is shared: no title and no note anywhere in the window, nor to a screen reader."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QLineEdit, QPlainTextEdit, QWidget
from tests.helpers.window_page import THURSDAY, entry

from triluna_desktop.domain.models import Pattern
from triluna_desktop.sync.ports import SendState
from triluna_desktop.system import settings as table
from triluna_desktop.ui.week_view import WeekView

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers.window_fixtures import MakeWindow
    from tests.helpers.window_page import WindowPage

SECRET = "Dr Anna Kowalski"
NOTES = "bring the biopsy"
ITEM = entry(SECRET, "14:00", "15:30", notes=NOTES)
OPEN = entry("Supervision", "09:00", "11:00", is_available=True)
WEEKLY = Pattern("w", 3, 960, 1020, is_available=False, title="Chemotherapy")
WORDS = ("Kowalski", "biopsy", "Supervision", "Chemotherapy")


def texts(page: WindowPage) -> list[str]:
    """Whatever the window shows or says to a screen reader, from the grid's own painting to the smallest label."""
    view = page.window.profile.week_view
    grids = [each for each in page.window.findChildren(WeekView) if each.isVisible()]
    pictures = [each for grid in grids for column in grid._layer._pictures for each in column]
    said = [line.text for each in pictures for line in each.lines]
    grid = QAccessible.queryAccessibleInterface(view)
    for index in range(grid.childCount()):
        child = grid.child(index)
        assert child is not None
        said += [child.text(QAccessible.Text.Name), child.text(QAccessible.Text.Description)]
    for widget in page.window.findChildren(QWidget):
        if not widget.isVisibleTo(page.window):
            continue
        said += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
        if isinstance(widget, QLabel):
            said.append(widget.text())
        elif isinstance(widget, QLineEdit):
            said.append(widget.displayText())
        elif isinstance(widget, QPlainTextEdit):
            said.append(widget.toPlainText())
        elif isinstance(widget, QAbstractItemView):
            model = widget.model()
            rows, columns = range(model.rowCount()), range(model.columnCount())
            said += [str(model.index(row, column).data()) for row in rows for column in columns]
    return [*said, page.window.windowTitle(), page.toast]


def shown_words(page: WindowPage) -> set[str]:
    """Which of the words that are nobody's business can be seen or heard."""
    everything = "\n".join(texts(page))
    return {word for word in WORDS if word in everything}


def test_nothing_of_titles_and_notes_is_shown_or_said_while_they_are_hidden(make_window: MakeWindow) -> None:
    page = make_window(ITEM, OPEN, WEEKLY)
    page.select(SECRET)
    assert shown_words(page) == set(WORDS), "the test sees what there is"

    page.window.run_command("mask_titles")

    assert shown_words(page) == set()
    page.say_of(SECRET, SendState.REJECTED, f"“{SECRET}” is too late")
    page.select(SECRET)
    assert shown_words(page) == set()
    blocks = [line.text for c in page.window.profile.week_view._layer._pictures for p in c for line in p.lines]
    assert "Busy" in blocks
    assert "Available" in blocks


def test_it_is_said_in_the_status_bar_as_long_as_it_is_on_and_a_press_there_ends_it(
    make_window: MakeWindow,
) -> None:
    page = make_window(ITEM)
    sign = page.window.profile.page.status_bar.masked
    assert not sign.isVisibleTo(page.window)
    QTest.keyClick(
        page.window.profile.week_view,
        Qt.Key.Key_K,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    assert sign.isVisibleTo(page.window)
    assert sign.text() == "Titles hidden"
    page.click(sign)
    assert not page.settings.get(table.PRIVACY_MASK_TITLES)
    assert not sign.isVisibleTo(page.window)
    page.select(SECRET)
    assert "Kowalski" in shown_words(page)


def test_what_is_edited_while_titles_are_hidden_keeps_its_title_and_notes(make_window: MakeWindow) -> None:
    page = make_window(ITEM)
    page.window.run_command("mask_titles")
    page.select(SECRET)
    page.type_into("end", "16:00")
    page.press(Qt.Key.Key_Return)
    view = page.session.item(SECRET)
    assert view is not None
    assert (view.item.end, view.item.title, view.item.notes) == (960, SECRET, NOTES)  # type: ignore[union-attr]
    assert "Kowalski" not in page.toast


def test_it_is_on_from_the_first_paint_after_a_restart(make_window: MakeWindow, tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text('{"privacy.mask_titles": true}')
    page = make_window(ITEM)
    assert shown_words(page) == set()
    assert page.window.profile.page.status_bar.masked.isVisibleTo(page.window)
    page.select(SECRET)
    assert shown_words(page) == set()


def test_the_app_starts_with_titles_hidden_on_the_first_day_of_a_week_too(
    make_window: MakeWindow, tmp_path: Path
) -> None:
    # Where the grid begins with today it has its place before there is anything in it.
    kept = {"privacy.mask_titles": True, "calendar.first_weekday": "4", "grid.hour_height": 60}
    (tmp_path / "settings.json").write_text(json.dumps(kept))
    page = make_window(ITEM)
    assert page.shown_dates[0] == THURSDAY
    assert shown_words(page) == set()


def test_the_history_and_undo_name_no_title(make_window: MakeWindow) -> None:
    page = make_window(ITEM)
    page.window.run_command("mask_titles")
    page.select(SECRET)
    page.press(Qt.Key.Key_Delete)
    assert "Kowalski" not in page.toast
    assert page.toast
    page.window.run_command("history")
    dialog = page.window.profile.history.dialog
    assert dialog is not None
    assert dialog.list.model().rowCount() == 2
    assert shown_words(page) == set()
    dialog.accept()


def test_the_window_of_the_weekly_hours_hides_titles_too_whenever_it_was_opened_first(
    make_window: MakeWindow,
) -> None:
    page = make_window(WEEKLY)
    page.window.run_command("weekly_hours")
    dialog = page.window.profile.calendar.weekly.dialog
    assert dialog is not None
    QApplication.processEvents()
    assert shown_words(page) == {"Chemotherapy"}
    dialog.close()
    page.window.run_command("mask_titles")
    page.window.run_command("weekly_hours")
    QApplication.processEvents()
    assert dialog.isVisible()
    assert shown_words(page) == set()
    dialog.close()


def test_what_was_said_before_titles_were_hidden_names_none_any_more(make_window: MakeWindow) -> None:
    page = make_window(ITEM)
    page.select(SECRET)
    page.press(Qt.Key.Key_Delete)
    page.window.run_command("undo")
    page.window.profile.history.open_for(ITEM.key)
    QApplication.processEvents()
    assert "Kowalski" in shown_words(page)
    assert "Kowalski" in page.toast

    page.window.run_command("mask_titles")
    QApplication.processEvents()
    QApplication.processEvents()

    dialog = page.window.profile.history.dialog
    assert dialog is not None
    assert dialog.only.text() == "Only blocked time"
    assert shown_words(page) == set()
    assert page.toast == ""
    dialog.accept()
