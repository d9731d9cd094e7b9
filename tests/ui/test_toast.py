"""The word at the foot of the window: all of it is read, in however narrow a window, and as it was written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from tests.helpers.window_fixtures import MakeWindow

LONG = (
    "Undone: “Weekly intake” moved. It had been sent already; the opposite waits until the server can be reached."
)
WORD = "xy" * 100


@pytest.mark.parametrize("width", [1400, 900, 760])
@pytest.mark.parametrize("sentence", ["3 entries moved", LONG, WORD])
def test_nothing_of_a_sentence_is_cut(make_window: MakeWindow, width: int, sentence: str) -> None:
    page = make_window()
    toast = page.window.page.toast
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


def test_a_title_is_shown_as_it_was_written(make_window: MakeWindow) -> None:
    toast = make_window().window.page.toast
    toast.show_sentence("“<b>Tea</b>” deleted", can_undo=False)
    assert toast.sentence.textFormat() is Qt.TextFormat.PlainText
    assert toast.accessibleName() == "“<b>Tea</b>” deleted"
