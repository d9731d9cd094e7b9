"""What the window says callers are still offered, while edits are unsent."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication
from tests.helpers.manual_clock import ManualClock
from tests.helpers.window_page import NOW, THURSDAY, TestSession, entry

from triluna_desktop.domain import edits
from triluna_desktop.domain.intervals import Interval, IntervalSet
from triluna_desktop.domain.models import Entry
from triluna_desktop.domain.offered import OfferGap
from triluna_desktop.session import ItemView, Session
from triluna_desktop.sync.ports import EntryRow, SendState
from triluna_desktop.ui.offer_words import OfferWords
from triluna_desktop.ui.words import Words

if TYPE_CHECKING:
    from tests.helpers.window_fixtures import MakeWindow
    from tests.helpers.window_page import WindowPage

    from triluna_desktop.domain.edits import Edit
    from triluna_desktop.sync.ports import Transaction

FRIDAY = THURSDAY + timedelta(days=1)
OPEN = entry("Open", "09:00", "17:00", is_available=True)
MEETING = entry("Client meeting", "14:00", "15:30")


@pytest.fixture
def truthful(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the session say of each item how far it has got, and not what a test wants."""
    monkeypatch.setattr(TestSession, "_as_said", lambda _self, view: view)


def confirm(page: WindowPage, *entries: Entry) -> None:
    """The server has these now, and nothing of them is unsent."""
    rows = [EntryRow(each.key, number, 0, *each.content()) for number, each in enumerate(entries, 1)]

    def carry_out(tx: Transaction) -> None:
        for op in tx.ops():
            if op.key in {each.key for each in entries}:
                tx.drop_op(op.id)
        tx.put_entries(rows)

    page.store.read(carry_out)
    page.window.profile.week.refresh_now()
    page.window.profile.offers.on_changes()
    settle(page)


def apply(page: WindowPage, edit: Edit) -> None:
    page.runner.run(Session.apply(page.session, edit))
    page.window.profile.week.refresh_now()
    settle(page)


def settle(page: WindowPage) -> None:
    """Let all that is worked out in portions be worked out."""
    QApplication.processEvents()
    while page.window.profile.offers.showing.isActive() or page.window.profile.offers.marking.isActive():
        QApplication.processEvents()


def foot(page: WindowPage) -> str:
    label = page.window.profile.page.status_bar.offers
    return label.text() if label.isVisible() else ""


@pytest.mark.usefixtures("truthful")
def test_the_status_bar_says_what_is_still_offered_until_it_is_sent(make_window: MakeWindow) -> None:
    page = make_window(OPEN)
    confirm(page, OPEN)
    assert foot(page) == ""
    apply(page, edits.create(MEETING))
    assert foot(page) == "Callers are still offered today 14:00 – 15:30."
    confirm(page, OPEN, MEETING)
    assert foot(page) == ""
    assert not page.window.profile.offers.minute.isActive()


@pytest.mark.usefixtures("truthful")
def test_it_names_the_first_and_counts_the_others(make_window: MakeWindow) -> None:
    page = make_window(OPEN)
    confirm(page, OPEN)
    tomorrow = replace(OPEN, key="more", date=FRIDAY)
    apply(page, edits.create(tomorrow))
    assert foot(page) == "Callers are not offered Fri 09:00 – 17:00 yet."
    apply(page, edits.create(MEETING, replace(MEETING, key="later", start=16 * 60, end=17 * 60)))
    assert foot(page) == "Callers are still offered today 14:00 – 15:30 (and 2 more)."


@pytest.mark.usefixtures("truthful")
def test_what_is_over_is_not_told_any_more(make_window: MakeWindow) -> None:
    page = make_window(OPEN)
    confirm(page, OPEN)
    apply(page, edits.create(MEETING))
    page.clock.advance(3600)  # It is 14:24.
    page.window.profile.offers.minute.timeout.emit()
    assert foot(page) == "Callers are still offered today 14:24 – 15:30."
    page.clock.advance(2 * 3600)
    page.window.profile.offers.minute.timeout.emit()
    assert foot(page) == ""


@pytest.mark.usefixtures("truthful")
def test_the_inspector_says_it_of_the_entry(make_window: MakeWindow) -> None:
    page = make_window(OPEN)
    confirm(page, OPEN)
    apply(page, edits.create(MEETING))
    page.select("Client meeting")
    card = page.inspector.form.send_card
    assert card.sentence.text() == "Not sent yet: callers are still offered 14:00 – 15:30."
    confirm(page, OPEN, MEETING)
    assert not card.isVisible()


@pytest.mark.usefixtures("truthful")
def test_a_screen_reader_and_the_tooltip_say_it_of_the_block(make_window: MakeWindow) -> None:
    page = make_window(OPEN)
    confirm(page, OPEN)
    apply(page, edits.create(MEETING))
    view = page.window.profile.week_view
    block = view.board.scene.find("Client meeting")
    assert block is not None
    assert view.words.spoken(block).endswith("not sent yet, callers are still offered 14:00 – 15:30")
    other = view.board.scene.find("Open")
    assert other is not None
    assert "offered" not in view.words.spoken(other)


@pytest.mark.usefixtures("truthful")
def test_many_dates_are_worked_out_in_portions_and_told_as_one(make_window: MakeWindow) -> None:
    page = make_window(OPEN)
    confirm(page, OPEN)
    days = [THURSDAY + timedelta(days=number) for number in range(1, 20)]
    apply(page, edits.create(*(Entry(f"d{day}", day, 540, 600, True) for day in days)))
    assert foot(page) == "Callers are not offered Fri 09:00 – 10:00 yet (and 18 more)."


@pytest.mark.usefixtures("truthful")
def test_in_a_narrow_window_the_sentence_gives_way_and_can_be_read_in_full(make_window: MakeWindow) -> None:
    page = make_window(OPEN)
    confirm(page, OPEN)
    apply(
        page, edits.create(MEETING, replace(MEETING, key="later", date=FRIDAY, start=0, end=60, is_available=True))
    )
    page.window.resize(page.window.minimumWidth(), 600)
    QApplication.processEvents()
    bar = page.window.profile.page.status_bar
    assert bar.offers.isVisible()
    assert bar.offers.geometry().right() <= bar.width()
    if bar.offers.shown_text != bar.offers.text():
        assert bar.offers.toolTip() == bar.offers.text()
    assert not bar.meter.isVisible() or bar.offers.shown_text == bar.offers.text()


GAP = OfferGap(THURSDAY, IntervalSet((Interval(840, 900),)))
OTHER = OfferGap(FRIDAY, IntervalSet(), IntervalSet((Interval(540, 600), Interval(660, 720))))


@pytest.mark.parametrize(
    ("gaps", "confirmed", "state", "expected"),
    [
        ((GAP,), None, SendState.PENDING, "Not sent yet: callers are still offered 14:00 – 15:00."),
        (
            (GAP,),
            None,
            SendState.CONFIRMING,
            "Confirming with the server…\nCallers are still offered 14:00 – 15:00.",
        ),
        ((OTHER,), None, SendState.PENDING, "Not sent yet: callers are not offered this yet."),
        (
            (OTHER,),
            MEETING,
            SendState.PENDING,
            "Not sent yet: callers are not offered 09:00 – 10:00 and 11:00 – 12:00 yet.",
        ),
        (
            (GAP, replace(OTHER, not_offered=IntervalSet((Interval(540, 600),)))),
            MEETING,
            SendState.PENDING,
            "Not sent yet: callers are still offered today 14:00 – 15:00, and not offered Fri 09:00 – 10:00 yet.",
        ),
        ((), MEETING, SendState.PENDING, "Not sent yet"),
        ((), MEETING, SendState.SENT, ""),
    ],
)
@pytest.mark.usefixtures("window_theme")
def test_each_case_has_a_sentence_of_its_own(
    gaps: tuple[OfferGap, ...], confirmed: Entry | None, state: SendState, expected: str
) -> None:
    words = OfferWords(Words(QLocale("en_GB")), ManualClock(NOW))
    assert words.sending(ItemView(MEETING, state, confirmed), gaps) == expected


@pytest.mark.usefixtures("truthful")
def test_the_block_says_it_until_it_is_sent(make_window: MakeWindow) -> None:
    page = make_window(OPEN)
    confirm(page, OPEN)
    page.window.profile.page.toggle_sidebar()
    apply(page, edits.create(MEETING, replace(OPEN, key="Friday", title="Friday", date=FRIDAY)))
    words = page.window.profile.week_view.words
    notes = {block.key: words.offer_note(block) for block in page.window.profile.week_view.board.scene.blocks()}
    assert notes == {"Open": "", "Client meeting": "Still offered", "Friday": "Not offered yet"}
    confirm(page, OPEN, MEETING)
    notes = {block.key: words.offer_note(block) for block in page.window.profile.week_view.board.scene.blocks()}
    assert notes == {"Open": "", "Client meeting": "", "Friday": "Not offered yet"}


@pytest.mark.usefixtures("truthful")
def test_the_blocks_of_another_week_say_it_when_they_come_on_screen(make_window: MakeWindow) -> None:
    page = make_window(OPEN)
    confirm(page, OPEN)
    next_week = replace(OPEN, key="next", date=THURSDAY + timedelta(days=7))
    apply(page, edits.create(next_week))
    page.window.profile.week.turn(1)
    settle(page)
    view = page.window.profile.week_view
    block = view.board.scene.find("next")
    assert block is not None
    assert view.words.offer_note(block) == "Not offered yet"
    page.window.profile.week.turn(-2)
    settle(page)
    assert view.words.gaps == {}


@pytest.mark.usefixtures("truthful")
def test_what_is_said_in_a_block_is_painted_in_its_column_alone(make_window: MakeWindow) -> None:
    page = make_window(OPEN)
    confirm(page, OPEN)
    view = page.window.profile.week_view
    apply(page, edits.create(MEETING))
    with_note = view.grab().toImage()
    view.set_offers({}, lambda _key: "")
    without = view.grab().toImage()
    assert with_note != without
    left, width = view.grid.column_span(3)
    for image in (with_note, without):
        for x in range(left, left + width):
            for y in range(image.height()):
                image.setPixel(x, y, 0)
    assert with_note == without
