"""Sentences about items that are on their way, as the inspector says them."""

from __future__ import annotations

from PySide6.QtCore import QLocale

from triluna_desktop.domain.models import Pattern
from triluna_desktop.domain.remote import Trouble
from triluna_desktop.session import ItemView, SendState
from triluna_desktop.ui.words import Words

BLOCK = Pattern("p", 1, 540, 600, is_available=False)


def test_a_weekly_block_that_is_nowhere_for_a_moment_is_said_to_be_open() -> None:
    view = ItemView(BLOCK, SendState.CONFIRMING, exposed=True)
    assert Words(QLocale.c()).sending(view) == (
        "Callers may be offered this time just now: the old weekly block is gone, and the new one is not on the "
        "server yet."
    )


def test_weekly_hours_that_stand_twice_are_said_to_do_so() -> None:
    view = ItemView(BLOCK, SendState.REJECTED, message="Not today.", both_stand=True)
    assert Words(QLocale.c()).sending(view) == (
        "Both the new and the old weekly hours are on the server: it refuses to delete the old ones. Its word: "
        "Not today."
    )


def test_what_the_server_has_more_of_than_is_shown_is_said_to_be_left_alone() -> None:
    view = ItemView(BLOCK, SendState.REJECTED, confirmed=BLOCK, trouble=Trouble.UNREADABLE)
    assert Words(QLocale.c()).sending(view) == (
        "Not sent: the server has more of this than the app can show, such as a longer text, which would be lost. "
        "Change it on the web."
    )
    created = ItemView(BLOCK, SendState.REJECTED, trouble=Trouble.UNREADABLE)
    assert Words(QLocale.c()).sending(created).startswith("Whether the server has this is not known")
