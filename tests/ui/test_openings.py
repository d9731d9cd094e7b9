"""Telling others when one can be booked: text and HTML in the clipboard, iCalendar, and the week on paper."""

from __future__ import annotations

import re
import zlib
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QLocale, QSize, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu
from tests.helpers import guide_week
from tests.helpers.confirmed import confirm
from tests.helpers.window_page import THURSDAY, entry

from triluna_desktop.domain.availability import availability_over
from triluna_desktop.domain.models import Pattern
from triluna_desktop.grid.scene import build_scene
from triluna_desktop.grid.shown import Layers
from triluna_desktop.session import ConnectionState
from triluna_desktop.ui.opening_words import OpeningWords
from triluna_desktop.ui.theme import LIGHT
from triluna_desktop.ui.week_print import hours_of
from triluna_desktop.ui.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.helpers.window_fixtures import MakeWindow
    from tests.helpers.window_page import WindowPage

    from triluna_desktop.domain.availability import DayAvailability

FRIDAY = THURSDAY + timedelta(days=1)
OPEN = entry("Open", "14:00", "16:00", day=FRIDAY, is_available=True)
SUNDAY_NOON = datetime(2026, 11, 22, 12, 0, tzinfo=ZoneInfo("America/New_York"))


@pytest.fixture(autouse=True)
def empty_clipboard() -> Iterator[None]:
    """Leave nothing there: Qt's offscreen clipboard crashes at the end over data that were made in Python."""
    yield
    if QApplication.instance() is not None:
        QGuiApplication.clipboard().clear()


@pytest.fixture(autouse=True)
def read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the dates count as read from the server."""
    monkeypatch.setattr("triluna_desktop.store.calendar.SqliteStore.is_loaded", lambda *_: True)


def guide(settings: object, entries: object) -> tuple[DayAvailability, ...]:
    return availability_over(guide_week.SUNDAY, 7, settings, [], entries)  # type: ignore[arg-type]


def words(locale: str) -> OpeningWords:
    return OpeningWords(Words(QLocale(locale)), SUNDAY_NOON)


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("en_US", "Mon 2–4 pm, Wed 10 am–12 pm EST"),
        ("en_GB", "Mon 14:00–16:00, Wed 10:00–12:00 EST"),
        ("de_DE", "Mo. 14:00–16:00, Mi. 10:00–12:00 EST"),
    ],
)
@pytest.mark.usefixtures("window_theme")
def test_the_guides_week_reads_as_in_an_e_mail(locale: str, said: str) -> None:
    days = guide(guide_week.AVAILABLE_TIMES, guide_week.OPENED)
    assert words(locale).text(days).replace("\N{NARROW NO-BREAK SPACE}", " ") == said


@pytest.mark.usefixtures("window_theme")
def test_dates_that_are_alike_stand_together() -> None:
    days = guide(guide_week.UNAVAILABLE_TIMES, guide_week.BLOCKED)
    assert words("en_GB").text(days) == (
        "Sun, Mon, Wed, Fri and Sat 08:00–20:00; Tue 08:00–13:00 and 14:00–20:00; "
        "Thu 08:00–15:00 and 17:00–20:00 EST"
    )


@pytest.mark.usefixtures("window_theme")
def test_dates_beyond_a_week_are_named_with_their_number_and_each_with_its_zone() -> None:
    # The clocks go forward on 14 March 2027.
    opened = [entry(str(day), "10:00", "11:00", day=day, is_available=True) for day in MARCH]
    days = availability_over(MARCH[0], 7, guide_week.AVAILABLE_TIMES, [], opened)
    assert words("en_GB").text(days) == "Fri 12 Mar: 10:00–11:00 EST, Mon 15 Mar: 10:00–11:00 EDT"


MARCH = (datetime(2027, 3, 12).date(), datetime(2027, 3, 15).date())  # noqa: DTZ001 - dates without a zone.


@pytest.mark.usefixtures("window_theme")
def test_on_the_date_of_a_clock_change_each_opening_has_its_own_zone() -> None:
    day = MARCH[0] + timedelta(days=2)
    opened = [entry(at, f"{at}:00", f"{at}:30", day=day, is_available=True) for at in ("01", "10")]
    days = availability_over(day, 1, guide_week.AVAILABLE_TIMES, [], opened)
    assert words("en_GB").text(days) == "Sun 14 Mar: 01:00–01:30 EST, Sun 14 Mar: 10:00–10:30 EDT"


@pytest.mark.usefixtures("window_theme")
def test_the_half_of_the_day_stands_where_the_locale_has_it() -> None:
    days = guide(guide_week.AVAILABLE_TIMES, guide_week.OPENED)
    assert words("ko_KR").text(days) == "월 2–오후 4, 수 오전 10–오후 12 EST"


@pytest.mark.usefixtures("window_theme")
def test_html_is_a_list_in_which_names_are_no_markup() -> None:
    html = words("en_US").html(guide(guide_week.AVAILABLE_TIMES, guide_week.OPENED))
    assert html.count("<li>") == 2
    assert "<b>Mon</b> 2–4" in html.replace("\N{NARROW NO-BREAK SPACE}", " ")
    assert words("en_US").html(()) == ""


def test_copying_puts_text_and_html_into_the_clipboard_and_says_what(make_window: MakeWindow) -> None:
    page = make_window(OPEN)
    confirm(page, OPEN)
    QTest.keyClick(
        page.window, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    data = QGuiApplication.clipboard().mimeData()
    assert data.text() == "Fri 14:00–16:00 EST"
    assert "<b>Fri</b> 14:00–16:00 EST" in data.html()
    assert page.toast == "Copied: Fri 14:00–16:00 EST"


def test_what_is_not_sent_yet_is_said_with_it(make_window: MakeWindow) -> None:
    page = make_window(OPEN)
    page.window.run_command("copy_openings")
    assert page.toast == "Copied as it will be once your changes are sent: Fri 14:00–16:00 EST"


def test_what_was_not_read_is_said_with_what_is_told(
    make_window: MakeWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = make_window(OPEN)
    confirm(page, OPEN)
    monkeypatch.setattr("triluna_desktop.store.calendar.SqliteStore.is_loaded", lambda *_: False)
    page.window.run_command("copy_openings")
    assert page.toast == ("Copied, but not all of these dates were read from the server yet: Fri 14:00–16:00 EST")
    flow = page.window.profile.callers.openings
    flow.save_free_busy(str(tmp_path / "x.ics"))
    assert page.toast.endswith("x.ics, but not all of these dates were read from the server yet")
    assert flow._printed_week().note.startswith("2 h bookable by what was read so far · ")


def test_a_file_and_a_page_tell_of_what_is_not_sent(make_window: MakeWindow, tmp_path: Path) -> None:
    page = make_window(OPEN)
    flow = page.window.profile.callers.openings
    flow.save_free_busy(str(tmp_path / "x.ics"))
    assert page.toast.endswith("x.ics, as it will be once your changes are sent")
    flow.save_pdf(str(tmp_path / "x.pdf"))
    assert page.toast.endswith("x.pdf, as it will be once your changes are sent")
    assert flow._printed_week().note.startswith("2 h bookable once all changes are sent · ")
    confirm(page, OPEN)
    assert flow._printed_week().note.startswith("2 h bookable · ")


def test_where_nothing_is_open_the_clipboard_stays_as_it_is(make_window: MakeWindow) -> None:
    page = make_window()
    QGuiApplication.clipboard().setText("kept")
    page.window.run_command("copy_openings")
    assert QGuiApplication.clipboard().text() == "kept"
    assert page.toast.startswith("Nothing is bookable")


def save(page: WindowPage, path: Path) -> None:
    """Choose a file in the dialog that is open."""
    dialog = page.window.profile.callers.openings.file_dialog
    assert dialog is not None and dialog.isVisible()
    assert dialog.acceptMode() is QFileDialog.AcceptMode.AcceptSave
    dialog.setDirectory(str(path.parent))
    dialog.selectFile(path.name)
    dialog.accept()
    QApplication.processEvents()


def test_free_and_busy_times_are_saved_as_icalendar(make_window: MakeWindow, tmp_path: Path) -> None:
    page = make_window(OPEN)
    page.window.run_command("save_free_busy")
    save(page, tmp_path / "openings.ics")
    text = (tmp_path / "openings.ics").read_text(encoding="utf-8")
    assert "FREEBUSY;FBTYPE=FREE:20261120T190000Z/20261120T210000Z" in text
    assert page.toast.startswith(f"Saved as {tmp_path / 'openings.ics'}")


def test_a_file_that_cannot_be_written_is_told(make_window: MakeWindow, tmp_path: Path) -> None:
    page = make_window(OPEN)
    page.window.profile.callers.openings.save_free_busy(str(tmp_path / "missing" / "openings.ics"))
    assert "could not be written" in page.toast
    page.window.profile.callers.openings.save_pdf(str(tmp_path / "missing" / "week.pdf"))
    assert "could not be written" in page.toast


def test_the_week_is_saved_as_a_pdf_of_one_landscape_page(make_window: MakeWindow, tmp_path: Path) -> None:
    page = make_window(OPEN)
    page.window.run_command("save_pdf")
    save(page, tmp_path / "week.pdf")
    content = (tmp_path / "week.pdf").read_bytes()
    assert content.startswith(b"%PDF")
    assert content.count(b"/Type /Page\n") == 1
    width, height = content.split(b"/MediaBox [0 0 ")[1].split(b"]")[0].split()
    assert float(width) > float(height)


def test_in_a_pdf_all_blocks_are_painted_alike(make_window: MakeWindow, tmp_path: Path) -> None:
    # Qt takes one picture for blocks of one size, and would paint it as faintly as the words written last.
    blocks = [
        entry(f"Block {number}", "10:00", "11:00", day=THURSDAY + timedelta(days=number)) for number in range(4)
    ]
    page = make_window(*[Pattern(f"p{day}", day, 540, 1020) for day in range(7)], *blocks)
    page.window.profile.callers.openings.save_pdf(str(tmp_path / "week.pdf"))
    content = (tmp_path / "week.pdf").read_bytes()
    streams = [zlib.decompress(each) for each in re.findall(rb"stream\n(x.*?)\nendstream", content, re.DOTALL)]
    (page_text,) = [each for each in streams if b" Do" in each]
    states = re.findall(rb"/(\w+) gs(?:(?! gs).)*?/Im\d+ +Do", page_text, re.DOTALL)
    assert len(states) >= 11
    assert set(states) == {b"GSa"}, "none is seen through"


def test_ctrl_p_asks_for_a_printer_without_stopping_the_window(make_window: MakeWindow) -> None:
    page = make_window(OPEN)
    QTest.keyClick(page.window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    dialog = page.window.profile.callers.openings.print_dialog
    assert dialog is not None and dialog.isVisible()
    dialog.reject()
    QApplication.processEvents()


def test_the_page_shows_the_hours_that_matter_and_no_others() -> None:
    def hours(start: str, end: str) -> tuple[int, int]:
        item = entry("x", start, end, is_available=True)
        days = availability_over(THURSDAY, 1, guide_week.AVAILABLE_TIMES, [], [item])
        scene = build_scene(THURSDAY, 1, [], [], {}, days, Layers())
        return hours_of(scene)

    assert hours("10:00", "11:00") == (480, 1080)
    assert hours("06:30", "11:00") == (360, 1080)
    assert hours("10:00", "22:15") == (480, 1380)
    assert hours("00:00", "24:00") == (0, 1440)


def test_what_is_printed_is_light_also_in_the_dark_and_fills_the_page(make_window: MakeWindow) -> None:
    page = make_window(OPEN, entry("Last", "17:00", "18:00", day=FRIDAY))
    page.window.profile.theme.choose("dark")
    try:
        paper = QImage(QSize(2160, 1480), QImage.Format.Format_RGB32)
        paper.fill(Qt.GlobalColor.white)
        flow = page.window.profile.callers.openings
        assert flow._paint(paper, flow._printed_week())
    finally:
        page.window.profile.theme.choose("light")
    dark = [
        (x, y) for x in range(0, 2160, 8) for y in range(0, 1480, 8) if paper.pixelColor(x, y).lightness() < 128
    ]
    assert 0 < len(dark) < 2000  # Words and lines, and no dark ground.
    block = LIGHT.block_bg.rgb()
    rows = [y for y in range(1480) if any(paper.pixel(x, y) == block for x in range(1200, 2160, 40))]
    assert rows and rows[-1] > 1480 * 0.95


def test_the_menu_keeps_telling_others_possible_where_nothing_may_be_written(make_window: MakeWindow) -> None:
    page = make_window(OPEN)
    page.say(ConnectionState.READ_ONLY)
    page.click(page.window.profile.page.toolbar.more_button)
    menu = page.window.profile.page.toolbar.findChild(QMenu)
    assert menu is not None
    enabled = {action.text(): action.isEnabled() for action in menu.actions() if action.text()}
    assert enabled["Copy openings"] and enabled["Print this week…"]
    assert not enabled["Change many…"]
    menu.close()
