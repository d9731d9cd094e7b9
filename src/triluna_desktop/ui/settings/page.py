"""What the pages of the settings share: a heading, rows made of the table, and what the search finds there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from triluna_desktop.system.settings import TABLE, Page, SettingError
from triluna_desktop.ui.settings.row import SettingRow
from triluna_desktop.ui.settings.titles import titles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from triluna_desktop.system.settings import AnySetting, Setting, Settings
    from triluna_desktop.ui.settings.row_words import RowWords
    from triluna_desktop.ui.words import Words


@dataclass(frozen=True, slots=True)
class Place:
    """Something on a page that the search finds. ``widget`` gets the keyboard where it is gone to."""

    label: str
    about: str
    """Its help, and what else somebody may call it."""
    widget: QWidget
    before: Callable[[], object] | None = None
    """To be done before it gets the keyboard: choose a line of a list."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What every page is made from."""

    settings: Settings
    words: Words
    rows: RowWords


class SettingsPage(QWidget):
    """A column under a heading. What is changed holds at once.

    The constructor makes it empty; it is whole once all steps of `make` are done.
    """

    def __init__(self, ground: Ground, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = ""
        self.settings = ground.settings
        self.words = ground.words
        self._texts = ground.rows
        self.rows: dict[str, SettingRow] = {}
        """By the setting's key."""
        self.places: list[Place] = []
        self.heading = QLabel()
        self.heading.setProperty("look", "heading")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(24, 20, 24, 20)
        self.column.setSpacing(8)
        self.column.addWidget(self.heading)
        self.problem = QLabel()
        self.problem.setProperty("look", "error")
        self.problem.setWordWrap(True)
        self.problem.hide()

    def minimumSizeHint(self) -> QSize:
        """As wide as its widest control. How high, the scroll area asks by the width: sentences wrap."""
        return QSize(super().minimumSizeHint().width(), 0)

    def make(self) -> Iterator[None]:
        """Make what is on it, a row or the like in each step: a whole page at once would hold up the window."""
        raise NotImplementedError

    def set_title(self, page: Page) -> None:
        """Which of the pages it is."""
        self.title = titles()[page]
        self.heading.setText(self.title)

    def add_row(self, setting: AnySetting) -> SettingRow:
        """A row made of the table."""
        row = SettingRow(setting, self.settings, self._texts.of(setting), self.words)
        self.rows[setting.key] = row
        self.places.append(Place(row.text.label, f"{row.text.help} {row.text.also}", row.control))
        self.column.addWidget(row)
        return row

    def add_rows(self, *settings: AnySetting) -> Iterator[None]:
        """A row for each, a step a row."""
        for setting in settings:
            self.add_row(setting)
            yield

    def add_rows_of(self, page: Page, *, besides: tuple[AnySetting, ...] = ()) -> Iterator[None]:
        """A row for each setting of a page that has none yet, in the table's order; a step a row."""
        for setting in TABLE:
            if setting.page is page and setting.key not in self.rows and setting not in besides:
                self.add_row(setting)
                yield

    def add_place(
        self, label: str, widget: QWidget, about: str = "", *, before: Callable[[], object] | None = None
    ) -> None:
        """Let the search find something that is no row."""
        self.places.append(Place(label, about, widget, before))

    def close_column(self) -> None:
        """After the page's own widgets: room for a sentence about what could not be saved, then nothing."""
        self.column.addWidget(self.problem)
        self.column.addStretch(1)

    def show_settings(self) -> None:
        """Show what holds now; something outside may have changed it."""
        for row in self.rows.values():
            row.show_value()

    def put(self, changes: Mapping[Setting[Any], Any]) -> bool:
        """Set settings; False, with a sentence on the page, where that was refused."""
        return self.attempt(lambda: self.settings.set_all(changes))

    def attempt(self, change: Callable[[], object]) -> bool:
        """Carry out what may be refused with a SettingError; as `put`."""
        try:
            change()
        except SettingError as error:
            self.problem.setText(error.problem)
            self.problem.show()
            return False
        self.problem.hide()
        return True

    def add_section(self, text: str) -> None:
        """A small heading within the page."""
        label = QLabel(text)
        label.setProperty("look", "section")
        self.column.addSpacing(8)
        self.column.addWidget(label)

    def add_note(self, text: str) -> QLabel:
        """A sentence of explanation."""
        label = QLabel(text)
        label.setProperty("look", "muted")
        label.setWordWrap(True)
        self.column.addWidget(label)
        return label
