"""The card of an overlap: what is in the way, and each way out as a button that says exactly what it does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from triluna_desktop.domain.choices import ChoiceKind, ways_out
from triluna_desktop.domain.choices_alike import alike
from triluna_desktop.domain.models import new_key
from triluna_desktop.ui.choice_button import ChoiceButton, glued
from triluna_desktop.ui.conflict_words import ConflictWords
from triluna_desktop.ui.inspector_cards import Card, breakable, escaped, link_button
from triluna_desktop.ui.tick_box import ButtonLabel, TickBox

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from triluna_desktop.domain.choices import Choice, Clash
    from triluna_desktop.domain.edits import Edit
    from triluna_desktop.domain.models import Entry
    from triluna_desktop.ui.theme import Theme
    from triluna_desktop.ui.words import Words


class ClashSource(Protocol):
    """Who knows what stands in whose way; `session.clashes.Clashes` does."""

    @property
    def allows_overlaps(self) -> bool:
        """Whether both may be kept."""
        ...

    def of(self, mine: Entry, shown: Entry | None) -> Clash:
        """What is in the way of an entry."""
        ...

    def like(self, clash: Clash) -> tuple[Clash, ...]:
        """All clashes for which the same could be done, this one first."""
        ...


@dataclass(frozen=True, slots=True)
class Decision:
    """What the user chose on a card."""

    edit: Edit | None
    """What is to be written; None where all may stay as it is."""
    said: str
    """What to say once it is done."""
    key: str
    """The entry that the card is about."""
    follow: str | None
    """The entry to select then; None where nothing is left."""


@dataclass(frozen=True, slots=True)
class _Way:
    """What a button does."""

    edit: Edit
    text: str
    decision: Decision
    choice: Choice | None
    """None where it is about several clashes."""


class ConflictCard(Card):
    """A button a choice. While one is looked at, its edit is `considered`; pressed, it is `decided`."""

    decided = Signal(object)
    """A `Decision`."""
    considered = Signal(object)
    """The `Edit` whose outcome shall be seen, or None."""
    retry_requested = Signal()

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._words = ConflictWords(words)
        self._source: ClashSource | None = None
        self._clash: Clash | None = None
        self._alike: tuple[Clash, ...] = ()
        self._ways: dict[ChoiceKind, _Way] = {}
        self._considered: Edit | None = None
        self._accepted: set[tuple[object, ...]] = set()
        """Overlaps that the user keeps, as they were."""
        self._buttons: dict[ChoiceKind, ChoiceButton] = {}
        self.retry_button = link_button(self.tr("Try again"))
        self.retry_button.clicked.connect(lambda: self.retry_requested.emit())
        self.ways_out.addWidget(self.retry_button)
        self.all_box = TickBox()
        self.all_label = ButtonLabel(self.all_box)
        row = QHBoxLayout()
        row.setSpacing(2)
        row.addWidget(self.all_box, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.all_label, 1)
        self.below.addLayout(row)
        for kind in ChoiceKind:
            button = self._buttons[kind] = ChoiceButton()
            button.clicked.connect(lambda _=False, kind=kind: self._decide(kind))
            button.regarded.connect(self._consider)
            self.below.addWidget(button)
        self.all_box.toggled.connect(self._show_ways)

    def button(self, kind: ChoiceKind) -> ChoiceButton:
        """The button of a choice; hidden where the choice is not offered."""
        return self._buttons[kind]

    def show_clash(self, clash: Clash | None, source: ClashSource, *, read_only: bool) -> None:
        """Tell what is in an entry's way, or nothing."""
        is_other = clash is None or self._clash is None or clash.mine.key != self._clash.mine.key
        self._clash, self._source = clash, source
        is_shown = clash is not None and bool(clash) and _signature(clash) not in self._accepted
        if is_other:
            self.all_box.setChecked(False)
        if clash is not None and is_shown:
            self._show(clash, source, read_only=read_only)
        self.setVisible(is_shown)
        self._consider()

    def _show(self, clash: Clash, source: ClashSource, *, read_only: bool) -> None:
        sentence = f"<b>{escaped(breakable(glued(self._words.in_the_way(clash))))}</b>"
        if clash.is_refused:
            sentence += f"<br>{escaped(self._words.server_refuses())}"
        elif not source.allows_overlaps:
            sentence += f"<br>{escaped(self._words.server_keeps_one())}"
        self.sentence.setText(sentence)
        self.retry_button.setVisible(bool(clash.unknown) and not read_only)
        self._alike = () if read_only else source.like(clash)
        has_others = len(self._alike) > 1
        text = self._words.same_for_all(len(self._alike))
        self.all_box.setVisible(has_others)
        self.all_box.setAccessibleName(text)
        self.all_label.setVisible(has_others)
        self.all_label.setText(text)
        if not has_others:
            self.all_box.setChecked(False)
        self._show_ways()

    def _show_ways(self) -> None:
        clash, source = self._clash, self._source
        self._ways = {}
        if clash is not None and source is not None and self._alike:
            allows = source.allows_overlaps
            choices = ways_out(clash, new_key, allows_overlaps=allows)
            if self.all_box.isChecked():
                self._ways = self._ways_for_all(clash, allows_overlaps=allows)
            else:
                self._ways = {choice.kind: self._way(choice) for choice in choices}
        for kind, button in self._buttons.items():
            way = self._ways.get(kind)
            if way is not None:
                button.say(way.text)
            button.setVisible(way is not None)
        self._consider()

    def _way(self, choice: Choice) -> _Way:
        key = choice.clash.mine.key
        follow: str | None = key if choice.mine else None
        if choice.kind is ChoiceKind.UPDATE_OTHER:
            follow = choice.clash.others[0].key
        edit = choice.edit if choice.writes else None
        decision = Decision(edit, self._words.done(choice), key, follow)
        return _Way(choice.edit, self._words.effect(choice), decision, choice)

    def _ways_for_all(self, clash: Clash, *, allows_overlaps: bool) -> dict[ChoiceKind, _Way]:
        ways: dict[ChoiceKind, _Way] = {}
        for kind in ChoiceKind:
            settled = alike(kind, self._alike, new_key, allows_overlaps=allows_overlaps)
            if settled is None:
                continue
            is_left = all(
                change.after is not None for change in settled.edit.changes if change.key == clash.mine.key
            )
            decision = Decision(
                settled.edit,
                self._words.done_for_all(settled.count),
                clash.mine.key,
                clash.mine.key if is_left else None,
            )
            text = self._words.effect_on_all(kind, settled.count, len(self._alike))
            ways[kind] = _Way(settled.edit, text, decision, None)
        return ways

    def _consider(self) -> None:
        """Tell whose outcome shall be seen: of the button under the pointer, else of the one with the keyboard."""
        shown = [(kind, button) for kind, button in self._buttons.items() if button.isVisible()]
        at = next((kind for kind, button in shown if button.is_hovered), None)
        if at is None:
            at = next((kind for kind, button in shown if button.hasFocus()), None)
        way = self._ways.get(at) if at is not None else None
        # Both stay as they are: there is nothing to see beforehand.
        edit = way.edit if way is not None and at is not ChoiceKind.KEEP_BOTH else None
        if edit != self._considered:
            self._considered = edit
            self.considered.emit(edit)

    def _decide(self, kind: ChoiceKind) -> None:
        way = self._ways.get(kind)
        if way is None:
            return
        if kind is ChoiceKind.KEEP_BOTH and self._clash is not None:
            self._accepted.add(_signature(self._clash))
            if way.decision.edit is None:
                self.hide()
        self.decided.emit(way.decision)


def _signature(clash: Clash) -> tuple[object, ...]:
    """An overlap as it is: where one of the two changes, it is another."""
    return (clash.mine, clash.others, clash.unknown)
