"""Settings, Shortcuts: every command with its keys, to be changed; and commands for the desktop's own."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QLineEdit, QPushButton, QTreeWidget, QTreeWidgetItem

from triluna_desktop.system.settings import Page
from triluna_desktop.ui import commands
from triluna_desktop.ui.keymap import shown
from triluna_desktop.ui.settings.bind_commands import BindCommands
from triluna_desktop.ui.settings.key_editor import KeyEditor
from triluna_desktop.ui.settings.page import SettingsPage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QWidget

    from triluna_desktop.ui.keymap import Keymap
    from triluna_desktop.ui.settings.page import Ground

_NAME = Qt.ItemDataRole.UserRole
_TREE_HEIGHT = 220


class ShortcutsPage(SettingsPage):
    """The list above, and the keys of the command that is chosen in it below."""

    list_requested = Signal()

    def __init__(self, ground: Ground, keymap: Keymap, parent: QWidget | None = None) -> None:
        super().__init__(ground, parent)
        self._keymap = keymap
        self.set_title(Page.SHORTCUTS)

    def make(self) -> Iterator[None]:
        """Make what is on it."""
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("Filter by command or key"))
        self.filter.setAccessibleName(self.tr("Filter by command or key"))
        self.tree = QTreeWidget()
        self.tree.setProperty("look", "list")
        self.tree.setAccessibleName(self.tr("Commands and their keys"))
        self.tree.setColumnCount(2)
        self.tree.setHeaderLabels([self.tr("Command"), self.tr("Keys")])
        self.tree.setRootIsDecorated(False)
        self.tree.setMinimumHeight(_TREE_HEIGHT)
        self.tree.header().setStretchLastSection(False)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self._items: dict[str, QTreeWidgetItem] = {}
        self._by_heading: list[tuple[QTreeWidgetItem, list[QTreeWidgetItem]]] = []
        self.column.addWidget(self.filter)
        self.column.addWidget(self.tree, 1)
        yield
        yield from self._fill()
        self.editor = KeyEditor(self._keymap)
        self.list_button = QPushButton(self.tr("Show all shortcuts…"))
        self.reset_all_button = QPushButton(self.tr("Reset all keys"))
        self.column.addWidget(self.editor)
        yield
        self.bind = BindCommands()
        yield from self._build()
        self.tree.currentItemChanged.connect(lambda item, _: self._edit(item))
        self.filter.textChanged.connect(self._filter)
        self.list_button.clicked.connect(lambda: self.list_requested.emit())
        self.reset_all_button.clicked.connect(self._reset_all)
        self._keymap.changed.connect(self.show_keys)
        self.show_keys()
        yield
        self.tree.setCurrentItem(next(iter(self._items.values())))

    def _fill(self) -> Iterator[None]:
        for group in commands.groups():
            heading = QTreeWidgetItem(self.tree, [group.title])
            heading.setFlags(Qt.ItemFlag.ItemIsEnabled)
            heading.setFirstColumnSpanned(True)
            font = heading.font(0)
            font.setBold(True)
            heading.setFont(0, font)
            self._by_heading.append((heading, []))
            for command in group.commands:
                item = QTreeWidgetItem(heading, [command.text.removesuffix("…")])
                item.setData(0, _NAME, command.name)
                self._items[command.name] = item
                self._by_heading[-1][1].append(item)
            yield
        self.tree.expandAll()
        yield

    def _build(self) -> Iterator[None]:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.list_button)
        row.addWidget(self.reset_all_button)
        row.addStretch(1)
        self.column.addLayout(row)
        yield from self.add_rows_of(Page.SHORTCUTS)
        self.add_section(self.tr("From any program"))
        self.column.addWidget(self.bind)
        yield
        about = self.tr("keys, hotkeys, keyboard, keybindings")
        self.add_place(self.tr("Keys of the commands"), self.filter, about)
        self.add_place(
            self.tr("Commands to bind"),
            self.bind.first_button,
            self.tr("global shortcut, desktop, terminal, block"),
        )
        for command in self._keymap.commands.values():
            self.add_place(
                command.text.removesuffix("…"),
                self.tree,
                about,
                before=partial(self.choose, command.name),
            )
        self.close_column()

    def show_keys(self) -> None:
        """Show what holds."""
        for name, item in self._items.items():
            command = self._keymap.commands[name]
            keys = ", ".join(shown(key) for key in self._keymap.all_of(command))
            is_changed = self._keymap.is_changed(command)
            item.setText(1, self.tr("{keys} (changed)").format(keys=keys or "–") if is_changed else keys)
        self.reset_all_button.setEnabled(self._keymap.has_changes)
        self.editor.show_keys()

    def show_settings(self) -> None:
        """Show what holds."""
        super().show_settings()
        self.filter.clear()
        self.editor.ask_nothing()
        self.show_keys()

    def choose(self, name: str) -> None:
        """Turn to a command, by its name."""
        self.filter.clear()
        self.tree.setCurrentItem(self._items[name])
        self.tree.scrollToItem(self._items[name])

    def _edit(self, item: QTreeWidgetItem | None) -> None:
        name = None if item is None else item.data(0, _NAME)
        if name:
            self.editor.edit(self._keymap.commands[name])

    def _filter(self, typed: str) -> None:
        wanted = typed.strip().casefold()
        for name, item in self._items.items():
            keys = " ".join(shown(key) for key in self._keymap.all_of(self._keymap.commands[name]))
            item.setHidden(bool(wanted) and wanted not in f"{item.text(0)} {keys}".casefold())
        for heading, items in self._by_heading:
            heading.setHidden(all(item.isHidden() for item in items))

    def _reset_all(self) -> None:
        self.attempt(self._keymap.reset_all)
        self.tree.setFocus(Qt.FocusReason.OtherFocusReason)
