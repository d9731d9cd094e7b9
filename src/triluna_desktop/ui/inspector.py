"""The inspector on the right: what is selected, and what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from triluna_desktop.domain.models import Entry, Pattern
from triluna_desktop.ui.history_link import HistoryLink
from triluna_desktop.ui.inspector_form import EntryForm
from triluna_desktop.ui.inspector_panels import ManyPanel, PatternPanel
from triluna_desktop.ui.shapes import Shape, ShapeButton
from triluna_desktop.ui.styled import scrolled

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from triluna_desktop.session import ItemView
    from triluna_desktop.ui.conflict_card import ClashSource
    from triluna_desktop.ui.theme import Theme
    from triluna_desktop.ui.words import Words

WIDTH = 296


class Inspector(QFrame):
    """Shows one entry in a form, one pattern to read, or several entries summed up."""

    save_requested = Signal(object)
    """An edit made of the form; answer with `show_refused` where it is not written."""
    delete_requested = Signal()
    flip_requested = Signal(bool)
    exception_requested = Signal(str)
    """Change a single date of this pattern."""
    retry_requested = Signal(str)
    discard_requested = Signal(str)
    closed = Signal()
    """The user is done here: the grid takes the keyboard."""
    left = Signal()
    """Nothing to save: the grid takes the keyboard, the inspector stays."""
    shown = Signal(object)
    """What it shows now, a tuple of `ItemView`; empty for an entry that does not exist yet."""

    def __init__(
        self,
        theme: Theme,
        words: Words,
        clashes: ClashSource,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._read_only = False
        self._views: tuple[ItemView, ...] = ()
        self.setProperty("look", "bar")
        self.setFixedWidth(WIDTH)
        self.setAccessibleName(self.tr("Inspector"))
        self.form = EntryForm(theme, words, clashes)
        self.many = ManyPanel(words)
        self.pattern = PatternPanel(theme, words)
        self.history = HistoryLink(words)
        self._panels: tuple[QWidget, ...] = (self.form, self.many, self.pattern)
        self._pattern_key = ""
        self._build(theme)
        self._connect()

    def _build(self, theme: Theme) -> None:
        self.heading = QLabel()
        self.heading.setProperty("look", "heading")
        self.close_button = ShapeButton(Shape.CLOSE, self.tr("Close the inspector"), theme)
        self.delete_button = QPushButton(self.tr("Delete"))
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.save_button = QPushButton(self.tr("Save"))
        self.save_button.setProperty("look", "primary")
        for button in (self.delete_button, self.cancel_button, self.save_button):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 10, 4)
        head.addWidget(self.heading, 1)
        head.addWidget(self.close_button)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 6, 16, 12)
        column.setSpacing(0)
        for panel in self._panels:
            column.addWidget(panel)
        self._cards = QVBoxLayout()
        self._cards.setContentsMargins(0, 14, 0, 0)
        self._cards.setSpacing(12)
        column.addLayout(self._cards)
        column.addWidget(self.history)
        column.addStretch(1)
        self._scroll = scrolled(inside)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 16, 14)
        foot.setSpacing(8)
        foot.addWidget(self.delete_button)
        foot.addStretch(1)
        foot.addWidget(self.cancel_button)
        foot.addWidget(self.save_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(self._scroll, 1)
        whole.addLayout(foot)

    def _connect(self) -> None:
        form = self.form
        form.retry_requested.connect(self.retry_requested)
        form.discard_requested.connect(self.discard_requested)
        form.changed.connect(self._show_buttons)
        form.save_requested.connect(self.save_requested)
        form.left.connect(self.left)
        form.decision_needed.connect(lambda card: QTimer.singleShot(0, self, lambda: self._bring_into_sight(card)))
        self.many.flip_requested.connect(self.flip_requested)
        self.pattern.retry_requested.connect(self.retry_requested)
        self.pattern.discard_requested.connect(self.discard_requested)
        self.pattern.exception_requested.connect(lambda: self.exception_requested.emit(self._pattern_key))
        self.close_button.clicked.connect(self._close)
        self.cancel_button.clicked.connect(self._close)
        self.save_button.clicked.connect(form.save)
        self.delete_button.clicked.connect(lambda: self.delete_requested.emit())

    @property
    def is_editing(self) -> bool:
        """Whether something is typed that is not saved."""
        return self._is_shown(self.form) and self.form.is_dirty

    @property
    def entry_key(self) -> str | None:
        """The key of the entry in the form."""
        entry = self.form.entry
        return entry.key if entry is not None and self._is_shown(self.form) else None

    def show_items(self, views: tuple[ItemView, ...]) -> None:
        """Show what is selected; at least one item."""
        self._views = views
        self.history.show_views(views)
        entries = tuple(view.item for view in views if isinstance(view.item, Entry))
        if len(views) == 1 and isinstance(views[0].item, Pattern):
            self._pattern_key = views[0].item.key
            self.pattern.show_view(views[0], views[0].item, read_only=self._read_only)
            self._switch_to(self.pattern)
        elif len(views) == 1:
            self.form.show_view(views[0])
            self._switch_to(self.form)
        else:
            self.many.show_entries(entries, read_only=self._read_only)
            self._switch_to(self.many)
            self.heading.setText(self.tr("%n entries selected", "", len(views)))
        self.shown.emit(views)

    def add_card(self, card: QWidget) -> None:
        """Put a card that follows `shown` below what is shown."""
        self._cards.addWidget(card)

    def show_new(self, entry: Entry) -> None:
        """Start a form for an entry that does not exist yet."""
        self.form.show_new(entry)
        self.history.show_views(())
        self._switch_to(self.form)
        self.shown.emit(())
        self.form.focus_field("start")

    def keep_what_is_typed(self) -> bool:
        """The shown entry is gone. True where the form stays, as something is typed in it."""
        return self._is_shown(self.form) and self.form.show_gone()

    def show_refused(self, sentence: str) -> None:
        """The edit was not written: say why beside what was typed."""
        self.form.show_refused(sentence)

    def focus_title(self) -> None:
        """Start to edit at the title."""
        if self._is_shown(self.form):
            self.form.focus_field("title")

    def set_read_only(self, is_read_only: bool) -> None:
        """Whether anything can be changed."""
        is_other, self._read_only = is_read_only is not self._read_only, is_read_only
        self.form.set_read_only(is_read_only)
        if is_other and self._views and not self._is_shown(self.form):
            self.show_items(self._views)
        self._show_buttons()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.is_editing and not self.form.is_new:
            self.form.restore()
        else:
            self._close()

    def _bring_into_sight(self, card: QWidget) -> None:
        """Scroll to what must be decided, once it is laid out; never away from what is being typed."""
        focused: QWidget | None = QApplication.focusWidget()
        is_typing = focused is not None and self.form.isAncestorOf(focused)
        if card.isVisibleTo(self) and not is_typing:
            self._scroll.ensureWidgetVisible(card, 0, 8)

    def _is_shown(self, panel: QWidget) -> bool:
        return panel.isVisibleTo(self)

    def _switch_to(self, panel: QWidget) -> None:
        for each in self._panels:
            each.setVisible(each is panel)
        self._show_buttons()

    def _show_buttons(self) -> None:
        is_form, is_pattern = self._is_shown(self.form), self._is_shown(self.pattern)
        if is_form:
            self.heading.setText(self._form_heading())
        elif is_pattern:
            self.heading.setText(self.tr("Weekly hours"))
        self.save_button.setVisible(is_form and not self._read_only)
        self.cancel_button.setVisible(is_form and not self._read_only)
        self.save_button.setEnabled(self.form.is_dirty)
        self.delete_button.setVisible(
            not is_pattern and not self._read_only and not (is_form and self.form.is_new)
        )

    def _form_heading(self) -> str:
        if self.form.is_new:
            return self.tr("New available time") if self.form.is_available else self.tr("New blocked time")
        return self.tr("Available time") if self.form.is_available else self.tr("Blocked time")

    def _close(self) -> None:
        self.form.restore()
        self.closed.emit()
