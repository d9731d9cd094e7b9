"""The word at the foot of the window: all of it is read, in however narrow a window, and as it was written."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from tests.helpers.window_page import entry

from triluna_desktop.domain import edits

if TYPE_CHECKING:
    from tests.helpers.window_fixtures import MakeWindow

LONG = "Undone: “Weekly intake” moved. It had been sent already; the opposite waits until it can be sent."
WORD = "xy" * 100


@pytest.mark.parametrize("width", [1400, 900, 760])
@pytest.mark.parametrize("sentence", ["3 entries moved", LONG, WORD])
def test_nothing_of_a_sentence_is_cut(make_window: MakeWindow, width: int, sentence: str) -> None:
    page = make_window()
    toast = page.window.profile.page.toast
    toast.show_sentence(sentence, can_undo=True)
    page.window.resize(width, 700)
    QApplication.processEvents()
    assert toast.sentence.text().replace("\N{ZERO WIDTH SPACE}", "") == sentence
    over = toast.parentWidget()
    assert over is not None
    assert over.rect().contains(toast.geometry())
    assert toast.sentence.height() >= toast.sentence.heightForWidth(toast.sentence.width())
    words = toast.sentence.text().replace("\N{ZERO WIDTH SPACE}", " ").split(" ")
    assert max(toast.sentence.fontMetrics().horizontalAdvance(word) for word in words) <= toast.sentence.width()


def test_undo_is_offered_only_as_long_as_it_is_about_what_was_said(make_window: MakeWindow) -> None:
    lunch, walk = entry("Lunch", "12:00", "13:00"), entry("Walk", "15:00", "16:00")
    page = make_window(lunch, walk)
    toast, flow = page.window.profile.page.toast, page.window.profile.week.flow
    flow.apply(edits.delete(lunch))
    assert toast.undo_button.isVisible()
    flow.apply(edits.change(walk, replace(walk, start=960, end=1020)))
    assert page.toast == "“Lunch” deleted"
    assert not toast.undo_button.isVisible(), "it would move the walk back"


def test_a_title_is_shown_as_it_was_written(make_window: MakeWindow) -> None:
    toast = make_window().window.profile.page.toast
    toast.show_sentence("“<b>Tea</b>” deleted", can_undo=False)
    assert toast.sentence.textFormat() is Qt.TextFormat.PlainText
    assert toast.accessibleName() == "“<b>Tea</b>” deleted"


def test_a_path_that_fits_stands_in_one_line(make_window: MakeWindow) -> None:
    page = make_window()
    toast = page.window.profile.page.toast
    for name in ("out.pdf", "openings.ics", "a/b/c/d/week of the conference.pdf"):
        toast.show_sentence(f"Saved as /home/somebody/{name}", can_undo=False)
        QApplication.processEvents()
        assert toast.sentence.height() < 2 * toast.sentence.fontMetrics().height()
