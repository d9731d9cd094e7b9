"""How the week looks, as far as a machine can tell: shapes beside colours, words that fit, themes, scales."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPaintEvent, QRegion
from tests.helpers.week_page import MONDAY, entry

from triluna_desktop.domain.models import Pattern
from triluna_desktop.sync.ports import SendState
from triluna_desktop.ui.week_layer import WeekLayer
from triluna_desktop.ui.week_look import Look, hatch, repeated
from triluna_desktop.ui.week_notice import GridState, Notice
from triluna_desktop.ui.week_pictures import Arranger

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication, QWidget
    from tests.helpers.week_fixtures import MakeWeek
    from tests.helpers.week_page import WeekPage

    from triluna_desktop.ui.theme import Theme
    from triluna_desktop.ui.week_pictures import Picture

CLIENT = entry("Client", "thursday", "14:00", "15:30")


class Painted(QObject):
    """Hears which rectangles of a widget are painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.rects: list[QRect] = []
        self.region = QRegion()
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.rects.append(event.rect())
            self.region += event.region()
        return False


def grey(page: WeekPage, title: str = "Client") -> QImage:
    """A block's picture without its colours."""
    block = page.view.board.scene.find(title)
    assert block is not None
    column = page.view.grid.column_of(block.day)
    assert column is not None
    rect = page.view.grid.block_rect(column, block.item.start, block.item.end, block.place)
    picture = page.view.grab(QRect(rect.x, rect.y, rect.width, rect.height))
    return picture.toImage().convertToFormat(QImage.Format.Format_Grayscale8)


@pytest.mark.parametrize("state", [SendState.PENDING, SendState.CONFIRMING, SendState.REJECTED])
def test_what_is_not_on_the_server_shows_it_without_colour(make_week: MakeWeek, state: SendState) -> None:
    page = make_week(CLIENT)
    sent = grey(page)
    page.calendar.states["Client"] = state
    page.calendar.show(MONDAY, 7)
    assert grey(page) != sent


def test_pending_and_confirming_differ_by_their_words(make_week: MakeWeek) -> None:
    page = make_week(CLIENT)
    pictures = []
    for state in (SendState.PENDING, SendState.CONFIRMING):
        page.calendar.states["Client"] = state
        page.calendar.show(MONDAY, 7)
        pictures.append(grey(page))
    assert pictures[0] != pictures[1]


def test_a_selected_block_has_a_ring_around_it(make_week: MakeWeek) -> None:
    page = make_week(CLIENT)
    before = page.view.grab().toImage()
    page.view.select(["Client"])
    assert page.view.grab().toImage() != before
    page.view.select([])
    assert page.view.grab().toImage() == before


def picture_of_call(make_week: MakeWeek, zoom: float, end: str) -> Picture:
    """A call on Monday from nine o'clock, as it is drawn."""
    page = make_week(entry("Call", "monday", "09:00", end))
    page.view.set_zoom(zoom)
    block = page.view.board.scene.find("Call")
    assert block is not None
    return Arranger(page.view.grid, page.view.look, page.view.words).block(0, block)


@pytest.mark.parametrize("zoom", [1.0, 2.0])
def test_a_quarter_of_an_hour_keeps_its_title(make_week: MakeWeek, zoom: float) -> None:
    picture = picture_of_call(make_week, zoom, "09:15")
    assert picture.lines[0].text == "Call"
    low = picture.lines[0].y - picture.lines[0].face.ascent
    assert abs((low - picture.rect.y) + (low + picture.lines[0].face.height - picture.rect.bottom)) <= 3


@pytest.mark.parametrize("zoom", [0.6, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 2.0])
@pytest.mark.parametrize("end", ["09:15", "09:30", "09:45", "10:00"])
def test_no_words_reach_over_the_border_of_their_block(make_week: MakeWeek, zoom: float, end: str) -> None:
    picture = picture_of_call(make_week, zoom, end)
    for line in picture.lines:
        top = line.y - line.face.ascent
        if len({each.y for each in picture.lines}) > 1:
            assert picture.rect.y < top
            assert top + line.face.height < picture.rect.bottom


@pytest.mark.parametrize(("zoom", "end"), [(0.5, "09:05"), (0.5, "09:15"), (0.6, "09:15"), (0.5, "09:30")])
def test_a_block_that_is_lower_than_letters_has_none(make_week: MakeWeek, zoom: float, end: str) -> None:
    picture = picture_of_call(make_week, zoom, end)
    for line in picture.lines:
        highest, lowest = line.y - line.face.metrics.capHeight(), line.y
        assert picture.rect.y <= highest
        assert lowest <= picture.rect.bottom


HOURS = Pattern("hours", 1, 9 * 60, 17 * 60, is_available=True, title="Weekly hours")


@pytest.mark.parametrize("starts", [("09:00",), ("09:15",), ("09:00", "09:30"), ("09:15", "10:15"), ("12:00",)])
def test_weekly_hours_have_their_words_where_none_is_covered(make_week: MakeWeek, starts: tuple[str, ...]) -> None:
    calls = [entry(f"Call at {start}", "monday", start, f"{start[:3]}{int(start[3:]) + 20}") for start in starts]
    page = make_week(HOURS, *calls)
    arranger = Arranger(page.view.grid, page.view.look, page.view.words)
    weekly, *entries = arranger.column(0, page.view.board.scene.columns[0])
    assert weekly.style.is_pattern
    assert [line.text for line in weekly.lines] == ["↻ Weekly hours", "09:00 – 17:00"]
    for line in weekly.lines:
        top = line.y - line.face.ascent
        assert weekly.rect.y < top
        assert not any(each.rect.y < top + line.face.height and top < each.rect.bottom for each in entries)


def test_weekly_hours_that_entries_cover_write_nothing_under_them(make_week: MakeWeek) -> None:
    page = make_week(HOURS, entry("Fair", "monday", "08:00", "16:50"))
    arranger = Arranger(page.view.grid, page.view.look, page.view.words)
    assert arranger.column(0, page.view.board.scene.columns[0])[0].lines == ()


def test_a_title_of_200_characters_is_cut_to_its_block(make_week: MakeWeek) -> None:
    long = entry("x" * 200, "monday", "09:00", "10:00")
    page = make_week(long)
    block = page.view.board.scene.find(long.key)
    assert block is not None
    picture = Arranger(page.view.grid, page.view.look, page.view.words).block(0, block)
    for line in picture.lines:
        assert line.x + line.face.width(line.text) <= picture.rect.right


@pytest.fixture
def from_right_to_left(qapp: QApplication) -> Iterator[None]:
    """The whole app, as in a language that is so written: a widget's painter asks the app, not the widget."""
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.mark.usefixtures("from_right_to_left")
def test_words_read_the_same_in_the_hand_as_at_rest_from_right_to_left(make_week: MakeWeek) -> None:
    page = make_week(entry("Call", "thursday", "14:00", "16:00"), rtl=True)
    start = page.on("Call")
    end = start + QPointF(0, page.view.grid.hour)

    def words() -> QImage:
        inside = QRect(0, 0, 100, 36)
        inside.moveCenter(end.toPoint())
        inside.moveTop(page.view.grid.y_of(15 * 60) + 4)
        return page.view.grab(inside).toImage()

    page.press(start)
    page.move(end - QPointF(0, 20))
    page.move(end)
    in_the_hand = words()
    page.release(end)

    assert page.slots == ["thu 15:00-17:00 blocked"]
    assert words() == in_the_hand


def test_a_drag_repaints_only_what_it_touches(make_week: MakeWeek) -> None:
    page = make_week(CLIENT)
    page.press(page.on("Client"))
    page.move(page.on("Client") + QPointF(0, -60))
    QCoreApplication.processEvents()  # The first picture of the window is whole.
    heard = Painted(page.view)
    page.move(page.on("Client") + QPointF(0, -120))
    QCoreApplication.processEvents()
    assert heard.rects
    assert max(rect.width() for rect in heard.rects) < page.view.width() / 3


def test_light_and_dark_are_two_pictures(make_week: MakeWeek, grid_theme: Theme) -> None:
    page = make_week(CLIENT, Pattern("hours", 4, 540, 1020))
    light = page.view.grab().toImage()
    grid_theme.choose("dark")
    dark = page.view.grab().toImage()
    assert light.pixelColor(5, 5).lightness() > 200
    assert dark.pixelColor(5, 5).lightness() < 60


def test_a_week_with_nothing_in_it_says_how_to_begin(make_week: MakeWeek) -> None:
    page = make_week()
    empty = page.view.grab().toImage()
    page.view.set_state(GridState.UNREAD)
    assert page.view.grab().toImage() != empty


@pytest.mark.parametrize("width", [700, 1047, 1400])
def test_what_the_week_says_of_itself_keeps_off_the_edges_of_its_card(make_week: MakeWeek, width: int) -> None:
    page = make_week()
    page.view.resize(width, 600)
    page.view.set_state(GridState.UNREAD)
    notice = page.view.findChild(Notice)
    assert notice is not None
    picture = page.view.grab().toImage()
    card = notice._card(notice.sentence(page.view.board), page.view.grid)
    ground = picture.pixelColor(card.left() + 8, card.top() + 4)
    rows = range(card.top() + 8, card.bottom() - 7)
    for x in (*range(card.left() + 2, card.left() + 14), *range(card.right() - 13, card.right() - 1)):
        assert all(picture.pixelColor(x, y) == ground for y in rows)


@pytest.mark.parametrize("is_first", [True, False], ids=["the first entry", "no entry any more"])
def test_the_card_over_an_empty_week_comes_and_goes_as_a_whole(make_week: MakeWeek, is_first: bool) -> None:
    # On a day at the edge: the card is wider, and lies over the days beside it.
    monday = entry("Monday", "monday", "14:00", "15:00")
    page = make_week() if is_first else make_week(monday)
    QCoreApplication.processEvents()
    before = page.view.grab().toImage()
    heard = Painted(page.view)
    page.calendar.items = {monday.key: monday} if is_first else {}
    page.calendar.show(MONDAY, 7)
    QCoreApplication.processEvents()
    painted = QRegion(heard.region)  # Taking a picture paints, too.
    after = page.view.grab().toImage()
    middle = page.view.grid.header + 40
    differ = [x for x in range(before.width()) if before.pixel(x, middle) != after.pixel(x, middle)]
    assert len(differ) > 20
    assert [x for x in differ if not painted.contains(QPoint(x, middle))] == []


def test_a_larger_font_makes_the_grid_larger(make_week: MakeWeek) -> None:
    page = make_week(CLIENT)
    before = page.view.grid
    font = page.view.font()
    font.setPixelSize(26)
    page.view.setFont(font)
    assert page.view.grid.header > 1.5 * before.header
    assert page.view.grid.hour > 1.5 * before.hour
    assert page.view.look.measures.edge_zone == 16


@pytest.mark.parametrize("ratio", [1, 1.25, 1.5, 2])
@pytest.mark.usefixtures("qapp")
def test_the_large_tile_is_the_small_one_again_and_again(ratio: float) -> None:
    ground = QColor("#f2f2f4")
    small = hatch(10, QColor("#c8c8d0"), ratio, ground=ground)
    large, tile = repeated(small, ground).toImage(), small.toImage()
    side = tile.width()
    assert large.devicePixelRatio() == ratio
    assert large.width() > 4 * side
    for x in range(large.width()):
        for y in range(0, large.height(), 3):
            assert large.pixel(x, y) == tile.pixel(x % side, y % side)


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 1.75, 2.0])
def test_what_is_scrolled_looks_as_if_it_were_painted_there(make_week: MakeWeek, ratio: float) -> None:
    view = make_week(HOURS, entry("Call", "tuesday", "10:00", "10:45")).view
    look = Look(view.look.palette, view.font(), ratio)
    layer = WeekLayer(view.board.scene, view.grid.scrolled_to(0), look, view.words, MONDAY)
    layer.pixmap()
    for row in (3, 4, 20, 61, 200, 204, 300, 304, 160, 148, 100, 0):
        layer.scroll_to(layer.geometry.scrolled_to(row))
        anew = WeekLayer(view.board.scene, layer.geometry, look, view.words, MONDAY)
        assert layer.pixmap().toImage() == anew.pixmap().toImage()
    before = layer.pixmap().toImage()
    layer.forget()
    assert layer.pixmap().toImage() == before
