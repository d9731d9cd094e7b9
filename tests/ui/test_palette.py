"""The palette of commands: found by a few letters, used last first, with a way to dates and to the search."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from tests.helpers.palette_page import PalettePage
from tests.helpers.window_page import THURSDAY, entry

from triluna_desktop.session import ConnectionState
from triluna_desktop.ui.palette.fuzzy import score

if TYPE_CHECKING:
    from tests.helpers.window_fixtures import MakeWindow

    from triluna_desktop.ui.theme import Theme


@pytest.mark.parametrize(
    ("typed", "better", "worse"),
    [
        ("cw", "Copy this week to…", "Back once more, now"),
        ("undo", "Undo", "Under the door"),
        ("set", "Settings", "Ask the server now"),
        ("week", "Show a week", "What everybody seeks"),
    ],
)
def test_the_starts_of_words_and_letters_in_a_row_count_more(typed: str, better: str, worse: str) -> None:
    good, bad = score(typed, better), score(typed, worse)
    assert good is not None
    assert bad is None or good > bad


def test_letters_out_of_order_do_not_fit_and_marks_do_not_matter() -> None:
    assert score("odnu", "Undo") is None
    assert score("resume", "Résumé") is not None
    assert score("", "anything") == 0


def test_every_command_is_listed_by_its_group_with_its_keys(make_window: MakeWindow) -> None:
    palette = PalettePage(make_window())
    palette.open_palette()
    rows = palette.rows
    assert rows[:2] == ["# Look", "Today | Home · T"]
    for row in ("Search… | Ctrl+F · /", "Quick add… | Ctrl+Shift+N · Q", "Settings… | Ctrl+,"):
        assert row in rows
    assert "All commands… | Ctrl+K" not in rows, "it is open already"
    assert palette.chosen == "Today"


def test_a_few_letters_find_a_command_and_enter_does_it(make_window: MakeWindow) -> None:
    page = make_window()
    palette = PalettePage(page)
    palette.open_palette()
    palette.type("showday")
    assert palette.chosen == "Show one day"
    palette.press(Qt.Key.Key_Return)
    assert page.shown_dates == (THURSDAY, 1)
    assert not palette.is_open


def test_arrows_walk_over_headings_and_around_the_ends(make_window: MakeWindow) -> None:
    palette = PalettePage(make_window())
    palette.open_palette()
    palette.press(Qt.Key.Key_Up)
    assert palette.chosen == "Settings: advanced"
    palette.press(Qt.Key.Key_Down)
    assert palette.chosen == "Today"
    palette.press(Qt.Key.Key_PageDown)
    assert palette.chosen not in ("Today", "")


def test_what_was_used_last_stands_first_also_in_the_next_window(make_window: MakeWindow) -> None:
    page = make_window()
    palette = PalettePage(page)
    for letters in ("showday", "forward"):
        palette.open_palette()
        palette.type(letters)
        palette.press(Qt.Key.Key_Return)
    palette.open_palette()
    assert palette.rows[:4] == ["# Used last", "Forward | PgDown · J", "Show one day | D", "# Look"]


def test_esc_gives_the_keyboard_back_to_where_it_was(make_window: MakeWindow) -> None:
    page = make_window()
    palette = PalettePage(page)
    page.window.profile.page.toolbar.today_button.setFocus()
    palette.open_palette()
    assert QApplication.focusWidget() is palette.popup.edit
    palette.press(Qt.Key.Key_Escape)
    assert not palette.is_open
    assert QApplication.focusWidget() is page.window.profile.page.toolbar.today_button


def test_a_click_elsewhere_closes_it_and_keeps_the_keyboard_there(make_window: MakeWindow) -> None:
    page = make_window()
    palette = PalettePage(page)
    palette.open_palette()
    page.window.profile.week_view.setFocus()
    assert not palette.is_open


def test_letters_typed_into_it_are_no_shortcuts(make_window: MakeWindow) -> None:
    page = make_window()
    palette = PalettePage(page)
    palette.open_palette()
    palette.type("d")
    assert palette.popup.edit.text() == "d"
    assert page.shown_dates[1] == 7


def test_a_date_leads_there_and_any_text_leads_to_the_search(make_window: MakeWindow) -> None:
    page = make_window(entry("Dentist", "14:00", "15:00"))
    palette = PalettePage(page)
    palette.open_palette()
    palette.type("15 jan")
    assert palette.rows == ["Go to Friday, 15 January 2027", "Search for “15 jan”"]
    palette.press(Qt.Key.Key_Return)
    assert page.shown_dates[0].isoformat() == "2027-01-11"
    palette.open_palette()
    palette.type("dentist")
    assert palette.chosen == "Search for “dentist”"
    palette.press(Qt.Key.Key_Return)
    assert palette.flow.search is not None
    assert palette.popup is palette.flow.search
    palette.type("dentist")
    assert palette.chosen == "Dentist"


def test_time_can_be_blocked_from_now_on(make_window: MakeWindow) -> None:
    page = make_window(entry("Open", "13:00", "18:00", is_available=True))
    palette = PalettePage(page)
    palette.open_palette()
    palette.type("block now 30")
    assert palette.chosen == "Block now: 30 min"
    palette.press(Qt.Key.Key_Return)
    assert page.entries() == ["13:00-13:24 Open", "13:24-13:54", "13:54-18:00 Open"]
    assert page.toast == "Blocked until 13:54."


def test_each_page_of_the_settings_is_a_command(make_window: MakeWindow) -> None:
    page = make_window()
    palette = PalettePage(page)
    names = (
        "account",
        "calendar",
        "sync",
        "notifications",
        "tray",
        "shortcuts",
        "appearance",
        "privacy",
        "advanced",
    )
    for name in names:
        palette.flow.run(f"settings_{name}")
        dialog = page.window.profile.choosing.dialog
        assert dialog is not None
        assert dialog.each_page[dialog.names.currentRow()] is getattr(dialog, name)
        dialog.reject()
    palette.open_palette()
    palette.type("settings priv")
    assert palette.chosen == "Settings: privacy"


def test_what_cannot_be_done_now_says_so(make_window: MakeWindow) -> None:
    page = make_window()
    page.say(ConnectionState.READ_ONLY)
    palette = PalettePage(page)
    palette.open_palette()
    palette.type("block now 30")
    assert palette.rows[0] == "Block now: 30 min | not now"
    palette.press(Qt.Key.Key_Return)
    assert palette.is_open
    assert "The token may only read. Paste one that may write in Settings." in palette.says


@pytest.mark.parametrize("size", [(1280, 800), (900, 600), (640, 420)])
@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_it_stands_inside_of_the_window_near_the_top(
    make_window: MakeWindow, size: tuple[int, int], direction: Qt.LayoutDirection
) -> None:
    page = make_window()
    page.window.setLayoutDirection(direction)
    palette = PalettePage(page)
    palette.open_palette()
    page.window.resize(*size)
    QApplication.processEvents()
    over, popup = palette.popup.parentWidget(), palette.popup
    assert over is not None
    assert over.rect().contains(popup.geometry())
    assert abs(popup.geometry().center().x() - over.rect().center().x()) <= 1
    assert popup.y() < 80


def test_it_is_painted_in_light_and_in_dark(make_window: MakeWindow, window_theme: Theme) -> None:
    palette = PalettePage(make_window())
    palette.open_palette()
    light = palette.popup.grab().toImage()
    window_theme.choose("dark")
    dark = palette.popup.grab().toImage()
    spot = (20, palette.popup.height() - 12)
    assert light.pixelColor(*spot).lightness() > 200 > 80 > dark.pixelColor(*spot).lightness()
    window_theme.choose("light")


def test_a_screen_reader_hears_a_row_with_its_keys(make_window: MakeWindow) -> None:
    palette = PalettePage(make_window())
    palette.open_palette()
    model = palette.popup.model
    index = next(model.index(row, 0) for row in range(model.rowCount()) if model.rows[row].text == "Undo")
    assert model.data(index, Qt.ItemDataRole.AccessibleTextRole) == "Undo, Ctrl+Z"
    assert palette.popup.edit.accessibleName() == "Commands"
