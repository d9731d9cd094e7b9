"""The page "What's new": the versions since the one used last, or all of them."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QTextBrowser, QVBoxLayout

from triluna_desktop.ui.styled import take_room

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from triluna_desktop.domain.changelog import Release

_SIZE = (640, 560)
_BOLD, _CODE = re.compile(r"\*\*(.+?)\*\*"), re.compile(r"`(.+?)`")


class NewsPage(QDialog):
    """Lies over the window and leaves it usable."""

    everything_requested = Signal()
    """The versions before are wanted, too."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("What's new"))
        self.heading = QLabel()
        self.heading.setProperty("look", "heading")
        self.heading.setWordWrap(True)
        self.text = QTextBrowser()
        self.text.setOpenLinks(False)
        self.text.setAccessibleName(self.tr("What's new"))
        self.text.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.all_button = QPushButton(self.tr("Show all versions"))
        self.all_button.clicked.connect(lambda: self.everything_requested.emit())
        self.close_button = QPushButton(self.tr("Close"))
        self.close_button.setProperty("look", "primary")
        self.close_button.clicked.connect(self.accept)
        self.close_button.setDefault(True)
        foot = QHBoxLayout()
        foot.addWidget(self.all_button)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(12)
        column.addWidget(self.heading)
        column.addWidget(self.text, 1)
        column.addLayout(foot)

    def show_releases(self, releases: Sequence[Release], *, are_all: bool, current: str) -> None:
        """Show these, newest first; ``are_all``: there are no others."""
        self.all_button.setVisible(not are_all)
        if not releases:
            self.heading.setText(self.tr("This is version {version}.").format(version=current))
            self.text.setPlainText(self.tr("The list of changes is not a part of this installation."))
        elif are_all:
            self.heading.setText(
                self.tr("What came with which version; this is {version}.").format(version=current)
            )
            self.text.setHtml(_as_html(releases))
        else:
            self.heading.setText(self.tr("New since you last used it; this is {version}.").format(version=current))
            self.text.setHtml(_as_html(releases))
        self.text.verticalScrollBar().setValue(0)
        if not self.isVisible():
            take_room(self, *_SIZE)
        self.show()
        self.raise_()
        self.activateWindow()
        self.text.setFocus()


def _as_html(releases: Sequence[Release]) -> str:
    parts: list[str] = []
    for release in releases:
        note = f" ({html.escape(release.note)})" if release.note else ""
        points = "".join(f'<li style="margin-bottom: 6px">{_marked(point)}</li>' for point in release.points)
        parts.append(f"<h3>{html.escape(release.name)}{note}</h3><ul>{points}</ul>")
    return "".join(parts)


def _marked(point: str) -> str:
    """Bold and code, and nothing else: the text is ours, but no reason to let anything in."""
    return _CODE.sub(r"<code>\1</code>", _BOLD.sub(r"<b>\1</b>", html.escape(point)))
