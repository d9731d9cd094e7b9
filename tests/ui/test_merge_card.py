"""What was changed, or deleted, here and elsewhere: mine, theirs, the result, and a choice that can be undone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from tests.helpers.refused_edits import diverge, leave_in_doubt
from tests.helpers.window_page import THURSDAY, entry

from triluna_desktop.domain.merging import Side
from triluna_desktop.domain.models import Entry
from triluna_desktop.domain.remote import ConflictingSlot
from triluna_desktop.session import ConnectionState

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from tests.helpers.window_fixtures import MakeWindow
    from tests.helpers.window_page import WindowPage

    from triluna_desktop.ui.merge_card import MergeCard

BASE = replace(entry("Client meeting", "14:00", "15:30", notes="Bring coffee"), server_id=7)
MINE = replace(BASE, start=900, end=960, title="Client talk")
THEIRS = replace(BASE, start=870, notes="Bring tea")


def opened(make_window: MakeWindow, mine: Entry = MINE, theirs: Entry | None = THEIRS) -> WindowPage:
    page = make_window(BASE)
    diverge(page, BASE, mine, theirs)
    page.select(BASE.key)
    return page


def card_of(page: WindowPage) -> MergeCard:
    return page.inspector.form.merge_card


def shown(page: WindowPage) -> Entry:
    view = page.session.item(BASE.key)
    assert view is not None
    assert isinstance(view.item, Entry)
    return view.item


def test_each_field_that_differs_is_told_as_mine_theirs_and_result(make_window: MakeWindow) -> None:
    page = opened(make_window)
    assert card_of(page).table.rows() == [
        ("Mine", "Theirs", "Result"),
        ("Title",),
        ("Client talk", "Client meeting", "Client talk"),
        ("Start",),
        ("15:00", "14:30", "15:00"),
        ("End",),
        ("16:00", "15:30", "16:00"),
        ("Notes",),
        ("Bring coffee", "Bring tea", "Bring tea"),
    ]


@pytest.mark.parametrize("title", ["Elsewhere", "Dienstaufsichtsbeschwerdenbearbeitungsgespräch", "xy" * 100])
def test_no_word_of_the_table_is_cut(make_window: MakeWindow, title: str) -> None:
    page = opened(make_window, replace(BASE, title=title), replace(BASE, title=title[::-1], notes=title))
    QApplication.processEvents()
    labels = [each for each in card_of(page).table.findChildren(QLabel) if each.isVisible()]
    assert len(labels) == 11
    for label in labels:
        words = label.text().replace(" ", "\N{ZERO WIDTH SPACE}").split("\N{ZERO WIDTH SPACE}")
        assert max(label.fontMetrics().horizontalAdvance(word) for word in words) <= label.width()
        assert label.height() >= label.heightForWidth(label.width())


def test_only_what_both_changed_is_asked_about(make_window: MakeWindow) -> None:
    page = opened(make_window)
    assert set(card_of(page).table._radios) == {("start", Side.MINE), ("start", Side.THEIRS)}
    assert card_of(page).table.radio("start", Side.MINE).isChecked()


def test_it_is_told_once(make_window: MakeWindow) -> None:
    page = opened(make_window)
    form = page.inspector.form
    assert not form.send_card.isVisibleTo(page.inspector)
    assert not form.conflict_card.isVisibleTo(page.inspector)


@pytest.mark.parametrize(
    ("pick", "start"),
    [(None, 900), (Side.THEIRS, 870), (Side.MINE, 900)],
)
def test_the_result_is_written_as_picked_in_one_undo_step(
    make_window: MakeWindow, pick: Side | None, start: int
) -> None:
    page = opened(make_window)
    if pick is not None:
        page.click(card_of(page).table.radio("start", pick))

    page.click(card_of(page).result_button)

    assert shown(page).content() == (THURSDAY, start, 960, False, "Client talk", "Bring tea")
    assert page.toast == "“Client talk” merged from both versions"
    (op,) = page.store.read(lambda tx: tx.ops_of(BASE.key))
    assert op.base == THEIRS, "it is sent as a change of what the server holds now"
    page.click(page.window.profile.page.toast.undo_button)
    assert shown(page).same_content(MINE)


def test_a_pick_by_the_arrow_keys_changes_the_result_and_keeps_the_keyboard(make_window: MakeWindow) -> None:
    page = opened(make_window)
    radio = card_of(page).table.radio("start", Side.MINE)
    radio.setFocus()
    QTest.keyClick(radio, Qt.Key.Key_Right)
    assert card_of(page).table.rows()[4] == ("15:00", "14:30", "14:30")
    assert card_of(page).table.radio("start", Side.THEIRS).hasFocus()
    assert "14:30" in card_of(page).result_button.said


def test_mine_can_be_kept_whole(make_window: MakeWindow) -> None:
    page = opened(make_window)
    page.click(card_of(page).mine_button)
    assert shown(page).same_content(MINE)
    (op,) = page.store.read(lambda tx: tx.ops_of(BASE.key))
    assert (op.base, op.trouble) == (THEIRS, None)


def test_theirs_can_be_taken_and_taken_back(make_window: MakeWindow) -> None:
    page = opened(make_window)
    page.click(card_of(page).theirs_button)
    assert shown(page).same_content(THEIRS)
    assert page.store.read(lambda tx: tx.ops_of(BASE.key)) == [], "there is nothing to send"
    page.click(page.window.profile.page.toast.undo_button)
    assert shown(page).same_content(MINE)


def test_picks_that_make_no_slot_are_called_so_and_cannot_be_used(make_window: MakeWindow) -> None:
    # Here it became a late hour, elsewhere an early one: both ends clash.
    page = opened(make_window, replace(BASE, start=1000, end=1060), replace(BASE, start=500, end=560))
    page.click(card_of(page).table.radio("end", Side.THEIRS))
    assert not card_of(page).result_button.isEnabled()
    assert "The end must lie after the start" in card_of(page).problem.text()
    page.click(card_of(page).table.radio("start", Side.THEIRS))
    page.click(card_of(page).result_button)
    assert (shown(page).start, shown(page).end) == (500, 560)


def test_buttons_of_versions_that_differ_in_their_title_alone_say_so(make_window: MakeWindow) -> None:
    page = opened(make_window, replace(BASE, title="Here"), replace(BASE, title="There"))
    card = card_of(page)
    assert [button.said for button in (card.mine_button, card.theirs_button)] == [
        "Use mine: “Here”, Thu 19 Nov, 14:00 – 15:30",
        "Use theirs: “There”, Thu 19 Nov, 14:00 – 15:30. My change is discarded",
    ]


def test_tab_goes_from_the_picks_to_the_buttons_as_one_reads(make_window: MakeWindow) -> None:
    page = opened(make_window, replace(MINE, end=1000), replace(THEIRS, end=945))
    card = card_of(page)
    stops: list[QWidget] = [card.table.radio(name, side) for name in ("start", "end") for side in Side]
    stops += [card.result_button, card.mine_button, card.theirs_button]
    for _ in range(2):
        chain: list[QWidget] = [page.inspector.form]
        while (following := chain[-1].nextInFocusChain()) not in (None, chain[0]):
            assert following is not None
            chain.append(following)
        assert [each for each in chain if each in stops] == stops
        page.click(card.table.radio("start", Side.THEIRS))  # Nor does a pick change it.


def test_the_outcome_of_each_button_is_seen_in_the_week(make_window: MakeWindow) -> None:
    page = opened(make_window)
    card = card_of(page)
    starts = []
    for button in (card.result_button, card.mine_button, card.theirs_button):
        button.setFocus(Qt.FocusReason.TabFocusReason)
        outcome = page.window.profile.week_view.board.outcome
        assert outcome is not None
        starts.append([ghost.item.start for ghost in outcome.ghosts])
    assert starts == [[900], [900], [870]]
    page.inspector.form.focus_field("title")
    assert page.window.profile.week_view.board.outcome is None


def test_what_was_deleted_elsewhere_can_be_created_again(make_window: MakeWindow) -> None:
    page = opened(make_window, theirs=None)
    page.store.read(lambda tx: tx.drop_rows([BASE.key]))
    page.window.profile.week.refresh_now()
    assert card_of(page).sentence.text() == "This was deleted elsewhere while it was changed here."
    page.click(card_of(page).mine_button)
    (op,) = page.store.read(lambda tx: tx.ops_of(BASE.key))
    assert (op.kind.value, op.item.content(), op.trouble) == ("create", MINE.content(), None)


def test_what_was_deleted_elsewhere_can_be_dropped_and_the_drop_taken_back(make_window: MakeWindow) -> None:
    page = opened(make_window, theirs=None)
    page.click(card_of(page).theirs_button)
    assert page.entries() == []
    assert page.toast == "“Client talk” dropped"
    page.click(page.window.profile.page.toast.undo_button)
    assert page.entries() == ["15:00-16:00 Client talk"]


def test_what_was_deleted_here_and_changed_elsewhere_asks_again(make_window: MakeWindow) -> None:
    page = opened(make_window, mine=THEIRS)
    card = card_of(page)
    assert not card.table.isVisibleTo(card)
    assert card.mine_button.said == "Delete it all the same"
    page.click(card.theirs_button)
    assert page.store.read(lambda tx: tx.ops_of(BASE.key)) == []
    page.window.profile.week.flow.undo()


@pytest.mark.parametrize("is_it", [False, True])
def test_what_was_perhaps_created_is_sent_again_or_dropped(make_window: MakeWindow, is_it: bool) -> None:
    page = make_window(MINE)
    leave_in_doubt(page, MINE.key, ConflictingSlot(99, 905, 960))
    page.select(MINE.key)
    card = card_of(page)
    assert card.sentence.text() == (
        "It is not certain whether this was created: something like it, 15:05 – 16:00, stands there now. "
        "Perhaps somebody changed it meanwhile."
    )
    page.click(card.theirs_button if is_it else card.mine_button)
    ops = page.store.read(lambda tx: tx.ops_of(MINE.key))
    assert [(op.kind.value, op.trouble) for op in ops] == ([] if is_it else [("create", None)])
    assert page.toast == ("“Client talk” dropped" if is_it else "“Client talk” sent again")


def test_deleting_it_all_the_same_deletes_what_stands_there_now(make_window: MakeWindow) -> None:
    page = opened(make_window, mine=THEIRS)
    page.click(card_of(page).mine_button)
    assert page.entries() == []
    (op,) = page.store.read(lambda tx: tx.ops_of(BASE.key))
    assert (op.kind.value, op.base) == ("delete", THEIRS)


def test_in_a_read_only_calendar_it_is_told_and_nothing_offered(make_window: MakeWindow) -> None:
    page = make_window(BASE)
    diverge(page, BASE, MINE, THEIRS)
    page.say(ConnectionState.READ_ONLY)
    page.select(BASE.key)
    card = card_of(page)
    assert card.isVisibleTo(page.inspector)
    assert not any(
        button.isVisibleTo(card) for button in (card.result_button, card.mine_button, card.theirs_button)
    )


def test_every_pick_and_button_can_be_reached_by_tab_and_has_a_name(make_window: MakeWindow) -> None:
    page = opened(make_window)
    card = card_of(page)
    page.inspector.form.title.editor.setFocus()
    reached: set[QWidget | None] = set()
    for _ in range(30):
        page.press(Qt.Key.Key_Tab)
        reached.add(page.window.focusWidget())
    assert {card.result_button, card.mine_button, card.theirs_button} <= reached
    radios = [card.table.radio("start", side) for side in Side]
    assert reached & set(radios), "Tab stops at the pick, the arrow keys go on"
    assert [radio.accessibleName() for radio in radios] == ["Start: Mine, 15:00", "Start: Theirs, 14:30"]


@pytest.mark.parametrize("theirs", [THEIRS, None])
def test_the_block_says_that_it_waits_for_a_decision_and_not_that_anybody_refused_it(
    make_window: MakeWindow, theirs: Entry | None
) -> None:
    page = opened(make_window, theirs=theirs)
    grid = QAccessible.queryAccessibleInterface(page.window.profile.week_view)
    said = [grid.child(number).text(QAccessible.Text.Name) for number in range(grid.childCount())]
    assert [name for name in said if "Client talk" in name] == [
        "Thursday 15:00 to 16:00, blocked, Client talk, changed or deleted elsewhere, waits for your decision"
    ]
