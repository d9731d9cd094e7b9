"""The form of one entry: fields that say what is wrong as one types, and keep what was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from triluna_desktop.domain import edits
from triluna_desktop.domain.models import Entry, new_key
from triluna_desktop.ui.conflict_card import ConflictCard
from triluna_desktop.ui.draft import Draft, Reading, read_draft
from triluna_desktop.ui.inspector_cards import ChangedCard, RefusedCard, SendCard
from triluna_desktop.ui.inspector_fields import Field, NotesEdit, TextLine
from triluna_desktop.ui.merge_card import MergeCard
from triluna_desktop.ui.segments import Segment, Segments

if TYPE_CHECKING:
    from collections.abc import Callable

    from triluna_desktop.session import ItemView
    from triluna_desktop.ui.conflict_card import ClashSource
    from triluna_desktop.ui.theme import Theme
    from triluna_desktop.ui.words import Words


class EntryForm(QWidget):
    """Shows one entry, or one that is not there yet. ``clashes`` tells what is in its way."""

    save_requested = Signal(object)
    """A `domain.edits.Edit` of what was typed. The form keeps it until the entry is so, or `show_refused`."""
    decided = Signal(object)
    """A `conflict_card.Decision`: carry it out, then `settle`."""
    considered = Signal(object)
    """An `domain.edits.Edit` whose outcome shall be seen, or None."""
    decision_needed = Signal(object)
    """The card with which the server's answer has to be answered; once for each such answer."""
    left = Signal()
    """Enter was pressed and there is nothing to save."""
    retry_requested = Signal(str)
    discard_requested = Signal(str)
    changed = Signal()
    """The heading or the buttons may have to change."""

    def __init__(
        self,
        theme: Theme,
        words: Words,
        clashes: ClashSource,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._clashes = clashes
        self._view: ItemView | None = None
        """How the entry stands; None for one that is not there yet."""
        self._asked = ""
        """The key of the entry about which a decision is asked."""
        self._base: Entry | None = None
        self._shown: Draft | None = None
        self._is_new = False
        self._read_only = False
        self._build(theme)
        self._connect()

    def _build(self, theme: Theme) -> None:
        self.title = Field(self.tr("Title"), TextLine())
        self.date = Field(self.tr("Date"), QLineEdit())
        self.start = Field(self.tr("Start"), QLineEdit(), is_half=True)
        self.end = Field(self.tr("End"), QLineEdit(), is_half=True)
        self.notes_edit = NotesEdit()
        self.notes = Field(self.tr("Notes"), self.notes_edit)
        self.kind = Segments(
            self.tr("This time is"),
            (
                Segment("open", self.tr("Available"), look="open"),
                Segment("block", self.tr("Blocked"), look="block"),
            ),
        )
        self.refused_card = RefusedCard(theme)
        self.changed_card = ChangedCard(theme)
        self.send_card = SendCard(theme, self._words)
        self.merge_card = MergeCard(theme, self._words)
        self.conflict_card = ConflictCard(theme, self._words)
        halves = QHBoxLayout()
        halves.setSpacing(8)
        times = QVBoxLayout()
        times.setSpacing(4)
        times.addLayout(halves)
        for field in (self.start, self.end):
            halves.addWidget(field, 1)
            times.addWidget(field.problem)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(self.title)
        column.addWidget(self.date)
        column.addLayout(times)
        column.addWidget(self.kind, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(self.notes)
        column.addWidget(self.refused_card)
        column.addWidget(self.changed_card)
        column.addWidget(self.send_card)
        column.addWidget(self.merge_card)
        column.addWidget(self.conflict_card)

    @property
    def fields(self) -> dict[str, Field]:
        """The fields by name."""
        return {
            "title": self.title,
            "date": self.date,
            "start": self.start,
            "end": self.end,
            "notes": self.notes,
        }

    def _connect(self) -> None:
        for field in self.fields.values():
            field.edited.connect(self._check)
            if isinstance(field.editor, QLineEdit):
                field.editor.returnPressed.connect(self.save)
        for field in (self.date, self.start, self.end):
            assert isinstance(field.editor, QLineEdit)  # noqa: S101 - built above; this tells the type checker.
            field.editor.editingFinished.connect(self._tidy)
        self.notes_edit.save_requested.connect(self.save)
        self.kind.chosen.connect(self._check)
        self.changed_card.take_requested.connect(self.restore)
        self.send_card.retry_requested.connect(lambda: self._with_key(self.retry_requested.emit))
        self.send_card.discard_requested.connect(lambda: self._with_key(self.discard_requested.emit))
        self.conflict_card.retry_requested.connect(lambda: self._with_key(self.retry_requested.emit))
        for card in (self.conflict_card, self.merge_card):
            card.decided.connect(self.decided)
            card.considered.connect(self.considered)

    @property
    def entry(self) -> Entry | None:
        """The entry in the form, as it was before anything was typed."""
        return self._base

    @property
    def is_new(self) -> bool:
        """Whether saving creates the entry."""
        return self._is_new

    @property
    def is_dirty(self) -> bool:
        """Whether something was typed or chosen that is not saved."""
        return self._base is not None and (self._is_new or self._draft() != self._shown)

    @property
    def is_available(self) -> bool:
        """Which of the two is chosen."""
        return self.kind.value == "open"

    def show_new(self, entry: Entry) -> None:
        """Start a form for an entry that does not exist yet."""
        self._fill(entry)
        self._is_new = True
        self._view = None
        self._check()

    def show_view(self, view: ItemView) -> None:
        """Show an entry. What is typed into the same one stays, and a card says that the entry is another now."""
        entry = view.item
        assert isinstance(entry, Entry)  # noqa: S101 - the inspector shows patterns elsewhere.
        self._view = view
        is_other = self._base is None or self._base.key != entry.key
        if is_other or not self.is_dirty or self.reading().entry == entry:
            self._fill(entry)
        elif self._base != entry:
            self._base = entry
            self.changed_card.show_changed()
        self._check()

    def show_gone(self) -> bool:
        """The entry is no longer there. True where something is typed that is worth keeping."""
        if self._base is None or not self.is_dirty:
            return False
        if not self._is_new:
            self._base = self._base.with_key(new_key())
            self._is_new = True
            self._view = None
            self._show_cards(self.reading().entry)
            self.changed_card.show_gone()
        return True

    def type_again(self, entry: Entry) -> None:
        """Have what was typed before in the fields, not saved."""
        self._type(entry)
        self._check()

    def settle(self, view: ItemView | None) -> None:
        """What was decided is done: the entry is as ``view`` says, or gone, and nothing typed is kept."""
        if view is not None and isinstance(view.item, Entry):
            self._view = view
            self._fill(view.item)
            self._check()
        else:
            self._is_new, self._shown = False, self._draft()

    def show_refused(self, sentence: str) -> None:
        """The edit was not written: say why, and keep what was typed."""
        self.refused_card.show_sentence(sentence)

    def restore(self) -> None:
        """Back to what the entry is."""
        if self._base is not None:
            self._fill(self._base)
            self._check()

    def set_read_only(self, is_read_only: bool) -> None:
        """Whether anything can be changed."""
        self._read_only = is_read_only
        for field in self.fields.values():
            field.set_read_only(is_read_only)
        self.kind.setEnabled(not is_read_only)
        self._check()

    def focus_field(self, name: str) -> None:
        """Put the cursor in a field, with its text selected."""
        editor = self.fields[name].editor
        editor.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(editor, QLineEdit):
            editor.selectAll()

    def save(self) -> None:
        """Send what was typed out as an edit; or go to the first field that is wrong."""
        if self._base is None or self._read_only:
            return
        reading = self._check()
        wrong = reading.first_wrong
        if wrong is not None:
            self.focus_field(wrong)
        elif reading.entry is not None:
            if self._is_new:
                self.save_requested.emit(edits.create(reading.entry))
            elif reading.entry != self._base:
                self.save_requested.emit(edits.change(self._base, reading.entry))
            else:
                self.restore()
                self.left.emit()

    def reading(self) -> Reading:
        """What the fields make."""
        assert self._base is not None  # noqa: S101 - asked only while an entry is shown.
        return read_draft(self._draft(), self._base, self._words)

    def show_masked(self) -> None:
        """Show the title as dots and no notes while the screen is shared; they can be typed all the same."""
        is_on = self._words.is_masked
        editor = self.title.editor
        assert isinstance(editor, QLineEdit)  # noqa: S101 - built above; this tells the type checker.
        editor.setEchoMode(QLineEdit.EchoMode.Password if is_on else QLineEdit.EchoMode.Normal)
        self.notes.setVisible(not is_on)

    def _fill(self, entry: Entry) -> None:
        self.show_masked()
        self._base, self._is_new = entry, False
        self._type(entry)
        self._shown = self._draft()
        self.changed_card.hide()
        self.refused_card.show_sentence("")

    def _type(self, entry: Entry) -> None:
        draft = Draft.of(entry, self._words)
        for name, field in self.fields.items():
            field.show_text(getattr(draft, name))
        self.kind.choose("open" if entry.is_available else "block")

    def _draft(self) -> Draft:
        texts = {name: field.text for name, field in self.fields.items()}
        return Draft(is_available=self.is_available, **texts)

    def _check(self) -> Reading:
        if self._base is None:
            return Reading(None, {})
        reading = self.reading()
        for name, field in self.fields.items():
            field.show_problem(reading.problems.get(name, ""))
        self._show_cards(reading.entry)
        self.changed.emit()
        return reading

    def _show_cards(self, entry: Entry | None) -> None:
        """What has to be known and decided. No two cards speak of the same."""
        view, shown = self._view, None if self._is_new else self._base
        must_merge = view is not None and MergeCard.is_about(view)
        clash = self._clashes.of(entry, shown) if entry is not None and not must_merge else None
        self.merge_card.show_view(view if must_merge else None, read_only=self._read_only)
        self.conflict_card.show_clash(clash, self._clashes, read_only=self._read_only)
        tells_of_refusal = must_merge or (clash is not None and clash.is_refused and bool(clash))
        self.send_card.show_view(None if tells_of_refusal else view)
        asked = view.item.key if view is not None and tells_of_refusal else ""
        if asked not in ("", self._asked):
            self.decision_needed.emit(self.merge_card if must_merge else self.conflict_card)
        self._asked = asked

    def _tidy(self) -> None:
        """Write a date or time that was understood as the locale writes it: "930" becomes "09:30"."""
        if self._base is None or self._read_only:
            return
        reading = self.reading()
        if reading.entry is not None:
            tidy = Draft.of(reading.entry, self._words)
            for name in ("date", "start", "end"):
                self.fields[name].show_text(getattr(tidy, name))

    def _with_key(self, then: Callable[[str], None]) -> None:
        if self._base is not None:
            then(self._base.key)
