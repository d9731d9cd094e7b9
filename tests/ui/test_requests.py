"""The status bar's meter and what opens from it: the hour's requests in figures, as a plot and in words."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QLocale, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from tests.helpers.offline_session import Desk, slot
from tests.helpers.window_page import NOW, entry

from triluna_desktop.domain import edits
from triluna_desktop.domain.forecast import Forecast
from triluna_desktop.domain.requests import RequestKind
from triluna_desktop.session import ConnectionState
from triluna_desktop.session.requests import Polling, Stretch
from triluna_desktop.ui.request_plot import KINDS, RequestPlot, kind_name
from triluna_desktop.ui.request_popup import RequestPopup
from triluna_desktop.ui.request_words import RequestWords
from triluna_desktop.ui.words import Words

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QImage
    from tests.helpers.window_fixtures import MakeWindow
    from tests.helpers.window_page import WindowPage

    from triluna_desktop.ui.request_meter import RequestMeter
    from triluna_desktop.ui.theme import Theme


def meter_of(page: WindowPage) -> RequestMeter:
    return page.window.profile.page.status_bar.meter


def popup_of(page: WindowPage) -> RequestPopup:
    popup = meter_of(page).popup
    assert popup is not None, "the requests are not on screen"
    return popup


def record(page: WindowPage, kind: str, requests: int, *, ago: timedelta) -> None:
    at = (NOW - ago).timestamp()
    for _ in range(requests):
        page.store.read(lambda tx: tx.record_request(at, kind))


def row(popup: RequestPopup, kind: RequestKind) -> list[str]:
    """What the table says of a kind: its name, then a figure for each hour."""
    table = popup.table
    items = [table.item(KINDS.index(kind), column) for column in range(table.columnCount())]
    return [item.text() for item in items if item is not None]


def header(popup: RequestPopup) -> list[str]:
    table = popup.table
    items = [table.horizontalHeaderItem(column) for column in range(table.columnCount())]
    return [item.text() for item in items if item is not None]


# --- opening and closing


def test_a_click_on_the_meter_opens_the_requests_of_the_last_hours(make_window: MakeWindow) -> None:
    page = make_window()
    record(page, "read", 3, ago=timedelta(hours=2))
    record(page, "create", 2, ago=timedelta(minutes=5))
    meter = meter_of(page)
    assert meter.popup is None

    QTest.mouseClick(meter, Qt.MouseButton.LeftButton, pos=QPoint(meter.width() // 2, meter.height() // 2))

    popup = popup_of(page)
    assert header(popup) == ["Kind", "08:00", "09:00", "10:00", "11:00", "12:00", "13:00"]
    assert row(popup, RequestKind.READ) == ["Reading", "0", "0", "0", "3", "0", "0"]
    assert row(popup, RequestKind.CREATE) == ["Creating", "0", "0", "0", "0", "0", "2"]
    assert (popup.total.text(), popup.unit.text()) == ("2", "of 1000 requests in the last hour")


def test_the_keyboard_opens_it_and_escape_closes_it(make_window: MakeWindow) -> None:
    page = make_window()
    meter = meter_of(page)
    for _ in range(60):
        QTest.keyClick(page.window.focusWidget(), Qt.Key.Key_Tab)
        if meter.hasFocus():
            break
    assert meter.hasFocus(), "the Tab key comes by the meter"
    QTest.keyClick(meter, Qt.Key.Key_Space)
    popup = popup_of(page)
    assert popup.table.hasFocus()
    QTest.keyClick(popup.table, Qt.Key.Key_Down)
    current = popup.table.currentItem()
    assert current is not None
    assert current.text() == kind_name(KINDS[1])
    QTest.keyClick(popup.table, Qt.Key.Key_Escape)
    assert meter.popup is None
    assert page.window.focusWidget() is meter


def test_the_meter_says_its_figures_to_a_screen_reader(make_window: MakeWindow) -> None:
    page = make_window()
    assert meter_of(page).accessibleName() == "Requests this hour: 141 of 1000"
    page.say(ConnectionState.SYNCED, requests_this_hour=999)
    assert meter_of(page).accessibleName() == "Requests this hour: 999 of 1000"
    QTest.mouseClick(meter_of(page), Qt.MouseButton.LeftButton)
    popup = popup_of(page)
    assert popup.accessibleName()
    assert popup.table.accessibleName()
    assert popup.plot.accessibleName()
    assert popup.plot.accessibleDescription() == "At most 0 of 1000 in an hour."


def test_while_it_is_open_it_keeps_up(make_window: MakeWindow) -> None:
    page = make_window()
    QTest.mouseClick(meter_of(page), Qt.MouseButton.LeftButton)
    popup = popup_of(page)
    assert popup.total.text() == "0"
    record(page, "delete", 4, ago=timedelta(0))
    page.say(ConnectionState.SYNCED)
    assert popup.total.text() == "4"
    assert row(popup, RequestKind.DELETE)[-1] == "4"


def test_what_is_queued_is_forecast_in_a_sentence(make_window: MakeWindow) -> None:
    page = make_window(entry("Lunch", "12:00", "13:00"), entry("Travel", "14:00", "15:00"))
    QTest.mouseClick(meter_of(page), Qt.MouseButton.LeftButton)
    assert popup_of(page).sentences.text() == "Sending what is queued takes 3 requests, less than a minute."


def test_it_lies_on_the_screen_above_the_meter(make_window: MakeWindow) -> None:
    page = make_window()
    meter = meter_of(page)
    QTest.mouseClick(meter, Qt.MouseButton.LeftButton)
    popup = popup_of(page)
    # Qt's platform without a display puts a frame of two pixels around what has none.
    screen = page.window.screen().availableGeometry().adjusted(0, 0, 2, 2)
    assert screen.contains(popup.geometry())
    page.window.resize(780, 700)
    popup.hide()
    QTest.mouseClick(meter, Qt.MouseButton.LeftButton)
    assert screen.contains(popup.geometry())
    assert popup.geometry().bottom() < meter.mapToGlobal(QPoint(0, 0)).y()


def test_a_narrow_bar_lets_the_label_go_and_keeps_the_button(make_window: MakeWindow) -> None:
    page = make_window()
    bar = page.window.profile.page.status_bar
    assert bar.meter.label.isVisible()
    bar.resize(430, bar.height())
    assert not bar.meter.label.isVisible()
    assert not bar.zone.isVisible()
    assert bar.meter.isVisible()
    assert bar.meter.width() <= bar.meter.sizeHint().width()
    bar.resize(900, bar.height())
    assert bar.meter.label.isVisible()


# --- in a session that runs


def test_slowed_polling_says_so_and_why(tmp_path: Path, window_theme: Theme) -> None:
    desk = Desk(tmp_path / "calendar.db")
    words = Words(QLocale("en_GB"))

    async def after_many_requests() -> tuple[str, str]:
        await desk.start()
        popup = RequestPopup(desk.session, window_theme, words, desk.clock)
        popup.refresh()
        before = popup.sentences.text()
        at = desk.clock.now().timestamp()
        for _ in range(730):
            desk.store.read(lambda tx: tx.record_request(at, "create"))
        await desk.run_for(60)
        popup.refresh()
        after = popup.sentences.text()
        await desk.kill()
        return before, after

    assert asyncio.run(after_many_requests()) == (
        "Checking every minute.",
        "Checking every 3 minutes to keep requests for your edits.",
    )


def test_while_the_reserve_is_kept_it_says_until_when(tmp_path: Path, window_theme: Theme) -> None:
    desk = Desk(tmp_path / "calendar.db")
    words = Words(QLocale("en_GB"))

    async def in_the_reserve() -> str:
        await desk.start()
        at = desk.clock.now().timestamp()
        for _ in range(950):
            desk.store.read(lambda tx: tx.record_request(at, "create"))
        await desk.run_for(60)
        desk.session.set_visible(True)
        popup = RequestPopup(desk.session, window_theme, words, desk.clock)
        popup.refresh()
        await desk.kill()
        return popup.sentences.text()

    assert asyncio.run(in_the_reserve()) == (
        "The last requests of the hour are kept for your edits, which are sent at once. Reading goes on at 11:00."
    )


def test_requests_of_other_devices_are_told(tmp_path: Path, window_theme: Theme) -> None:
    desk = Desk(tmp_path / "calendar.db")
    words = Words(QLocale("en_GB"))

    async def with_another_device() -> tuple[str, str]:
        await desk.start()
        headers = {"x-ratelimit-limit": "1000", "x-ratelimit-remaining": "600"}
        await desk.budget.note_reply(headers, None, 0.3)
        await desk.session.apply(edits.create(slot("a")))
        popup = RequestPopup(desk.session, window_theme, words, desk.clock)
        popup.refresh()
        await desk.kill()
        return popup.total.text(), popup.sentences.text()

    total, sentences = asyncio.run(with_another_device())
    assert total == "400"
    assert "399 of them were made elsewhere with the same token." in sentences


# --- sentences


@pytest.mark.parametrize(
    ("forecast", "says"),
    [
        (Forecast(0, 0.0), ""),
        (Forecast(12, 3.6), "Sending what is queued takes 12 requests, less than a minute."),
        (Forecast(312, 19 * 60 - 5), "Sending what is queued takes 312 requests, about 19 min."),
        (Forecast(1500, 3751.0), "Sending what is queued takes 1500 requests, about 1 h 03."),
    ],
)
@pytest.mark.usefixtures("qapp")
def test_a_forecast_is_a_sentence(forecast: Forecast, says: str) -> None:
    assert RequestWords(Words(QLocale("en_GB"))).forecast(forecast) == says


def test_while_the_server_asks_to_wait_it_says_until_when(make_window: MakeWindow) -> None:
    page = make_window()
    page.say(ConnectionState.WAITING, retry_at=NOW + timedelta(minutes=30))
    status = page.session.status
    says = RequestWords(Words(QLocale("en_GB"))).reading(status, Polling(60.0, is_slowed=False))
    assert says == "Nothing may be asked of the server before 13:54. Edits are kept until then."


def test_offline_it_says_nothing_of_checking(make_window: MakeWindow) -> None:
    page = make_window()
    page.say(ConnectionState.OFFLINE)
    assert RequestWords(Words(QLocale("en_GB"))).reading(page.session.status, Polling(60.0, is_slowed=False)) == ""


# --- the plot


def plotted(theme: Theme, counts: dict[RequestKind, int], direction: Qt.LayoutDirection) -> QImage:
    plot = RequestPlot(theme, Words(QLocale("en_GB")))
    plot.setLayoutDirection(direction)
    plot.resize(420, 150)
    quiet: dict[RequestKind, int] = {}
    course = [Stretch(300.0 * number, counts if number >= 36 else quiet) for number in range(72)]
    plot.show_course(course, 1000, 100, [(0, "08:00"), (36, "11:00")])
    return plot.grab().toImage()


@pytest.mark.parametrize("name", ["light", "dark"])
def test_each_kind_has_a_pattern_of_its_own(window_theme: Theme, name: str) -> None:
    window_theme.choose(name)
    grounds = set()
    for kind in KINDS:
        image = plotted(window_theme, {kind: 600}, Qt.LayoutDirection.LeftToRight)
        # In black and white, without any colour: what stands in the middle of the area.
        patch = [image.pixelColor(x, y).lightness() > 127 for x in range(300, 330) for y in range(90, 115)]
        grounds.add((kind in (RequestKind.READ, RequestKind.CREATE), tuple(patch)))
    assert len(grounds) == len(KINDS)


def test_the_plot_is_mirrored_where_reading_goes_from_right_to_left(window_theme: Theme) -> None:
    counts = {RequestKind.CREATE: 600}
    accent = window_theme.palette.accent.name()
    ltr = plotted(window_theme, counts, Qt.LayoutDirection.LeftToRight)
    rtl = plotted(window_theme, counts, Qt.LayoutDirection.RightToLeft)
    assert ltr.pixelColor(350, 120).name() == accent
    assert ltr.pixelColor(100, 120).name() != accent
    assert rtl.pixelColor(350, 120).name() != accent
    assert rtl.pixelColor(100, 120).name() == accent


def test_an_hour_beyond_the_limit_stays_inside_the_plot(window_theme: Theme) -> None:
    image = plotted(window_theme, {RequestKind.CREATE: 1400}, Qt.LayoutDirection.LeftToRight)
    accent = window_theme.palette.accent.name()
    assert image.pixelColor(350, 30).name() == accent
    assert image.pixelColor(350, 10).name() != accent


def test_the_popup_has_no_child_without_a_name_for_what_it_does(make_window: MakeWindow) -> None:
    page = make_window()
    QTest.mouseClick(meter_of(page), Qt.MouseButton.LeftButton)
    popup = popup_of(page)
    reached = [
        child
        for child in popup.findChildren(QWidget)
        if child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.isVisible() and child.parent() is popup
    ]
    assert reached == [popup.table]
