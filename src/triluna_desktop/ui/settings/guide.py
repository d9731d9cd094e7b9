"""The four steps to a token, as the public guide says them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

translate = QCoreApplication.translate

PROFILE_PAGE = "https://triluna.app/profile"


def steps() -> tuple[str, ...]:
    """What to do, in order."""
    return (
        translate("Guide", "Log in to your TriLuna dashboard."),
        translate("Guide", "Open Profile Settings from the menu of your profile: {page}").format(
            page=PROFILE_PAGE
        ),
        translate("Guide", "Scroll down to the section API Access."),
        translate(
            "Guide",
            "Click “Generate API Token”, select the scopes read:calendar and write:calendar, and copy the token.",
        ),
    )


def price_note() -> str:
    """What stands in the way of a new user."""
    return translate("Guide", "TriLuna lets you generate a token once your balance is 600 credits or more.")


class Guide(QWidget):
    """The steps, numbered; the address can be selected and copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for index, step in enumerate(steps()):
            number = QLabel(self.locale().toString(index + 1))
            number.setProperty("look", "muted")
            text = QLabel(step)
            text.setWordWrap(True)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(number, index, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(text, index, 1)
        note = QLabel(price_note())
        note.setProperty("look", "muted")
        note.setWordWrap(True)
        grid.addWidget(note, len(steps()), 1)
