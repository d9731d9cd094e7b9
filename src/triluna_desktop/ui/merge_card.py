"""The card of an entry that was changed, or deleted, elsewhere as well: mine, theirs and the result, by field."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel

from triluna_desktop.domain.edits import Change, Edit
from triluna_desktop.domain.merging import chosen, merge
from triluna_desktop.domain.models import Entry, InvalidSlotError
from triluna_desktop.domain.remote import Trouble
from triluna_desktop.session import SendState
from triluna_desktop.ui.choice_button import ChoiceButton
from triluna_desktop.ui.conflict_card import Decision
from triluna_desktop.ui.inspector_cards import Card
from triluna_desktop.ui.merge_table import FieldTable
from triluna_desktop.ui.merge_words import MergeWords

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from triluna_desktop.domain.merging import FieldMerge, Side
    from triluna_desktop.session import ItemView
    from triluna_desktop.ui.theme import Theme
    from triluna_desktop.ui.words import Words


class MergeCard(Card):
    """Asks what holds. As `ConflictCard`, it tells what is `considered` and what is `decided`."""

    decided = Signal(object)
    considered = Signal(object)

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._slot_words = words
        self._words = MergeWords(words)
        self._versions: tuple[Entry | None, Entry, Entry] | None = None
        """Base, mine and theirs, where a merge is asked about."""
        self._fields: tuple[FieldMerge, ...] = ()
        self._picks: dict[str, Side] = {}
        self._edits: dict[ChoiceButton, tuple[Edit, str, bool]] = {}
        self._key = ""
        self._considered: Edit | None = None
        self.table = FieldTable(self._words)
        self.table.picked.connect(self._pick)
        self.problem = QLabel()
        self.problem.setWordWrap(True)
        self.problem.setProperty("look", "error")
        self.result_button, self.mine_button, self.theirs_button = ChoiceButton(), ChoiceButton(), ChoiceButton()
        self.below.addWidget(self.table)
        self.below.addWidget(self.problem)
        for button in (self.result_button, self.mine_button, self.theirs_button):
            button.clicked.connect(lambda _=False, button=button: self._decide(button))
            button.regarded.connect(self._consider)
            self.below.addWidget(button)

    @staticmethod
    def is_about(view: ItemView) -> bool:
        """Whether an item needs this card."""
        return (
            isinstance(view.item, Entry)
            and view.state is SendState.CONFLICT
            and (view.trouble is Trouble.CHANGED or (view.trouble is Trouble.NOT_FOUND and view.confirmed is None))
        )

    def show_view(self, view: ItemView | None, *, read_only: bool) -> None:
        """Ask about an item, or say nothing."""
        is_shown = view is not None and self.is_about(view)
        if view is not None and is_shown and isinstance(view.item, Entry):
            self._show(view.item, view, read_only=read_only)
        elif not is_shown:
            self._versions = None
            self._edits = {}
        self.setVisible(is_shown)
        self._consider()

    def _show(self, mine: Entry, view: ItemView, *, read_only: bool) -> None:
        self._key = mine.key
        theirs = view.confirmed if isinstance(view.confirmed, Entry) else None
        base = view.base if isinstance(view.base, Entry) else None
        versions = None if theirs is None or theirs.same_content(mine) else (base, mine, theirs)
        if versions != self._versions:
            self._picks = {}
        self._versions = versions
        self._fields = ()
        self._edits = {}
        if versions is not None:
            self._show_merge(mine, versions[2], base)
        elif theirs is None and view.trouble is Trouble.CHANGED:
            self.sentence.setText(self._words.perhaps_created(view.conflicts))
            self._offer(self.mine_button, Edit((Change(mine, mine),)), self._words.send_again(mine))
            self._offer(self.theirs_button, Edit((Change(mine, None),)), self._words.is_it(mine), is_left=False)
        elif theirs is None:
            self.sentence.setText(self._words.deleted_elsewhere())
            self._offer(self.mine_button, Edit((Change(mine, mine),)), self._words.create_again(mine))
            self._offer(self.theirs_button, Edit((Change(mine, None),)), self._words.drop(mine), is_left=False)
        else:
            self.sentence.setText(self._words.changed_elsewhere_deleted_here())
            self._offer(self.mine_button, Edit((Change(mine, None),)), self._words.delete_it(mine), is_left=False)
            self._offer(self.theirs_button, Edit((Change(mine, mine),)), self._words.keep_it(mine))
        is_merge = versions is not None
        self.table.setVisible(is_merge)
        self.table.setEnabled(not read_only)
        if not is_merge:
            self.problem.hide()
        for button in (self.result_button, self.mine_button, self.theirs_button):
            button.setVisible(not read_only and (is_merge or button in self._edits))

    def _show_merge(self, mine: Entry, theirs: Entry, base: Entry | None) -> None:
        self._fields = merge(base, mine, theirs).fields
        self.sentence.setText(self._words.changed_on_both_sides())
        self._offer(self.mine_button, Edit((Change(mine, mine),)), self._words.use_mine(mine))
        self._offer(self.theirs_button, Edit((Change(mine, theirs),)), self._words.use_theirs(theirs))
        self.table.show_fields(self._fields, self._picks)
        self._put_picks_first()
        self._show_result(mine, theirs)

    def _put_picks_first(self) -> None:
        """Tab comes to what was made last last, but the picks stand before the buttons."""
        picks = self.table.radios()
        at: QWidget | None = self.result_button.previousInFocusChain()
        while at is not None and at.focusPolicy() is Qt.FocusPolicy.NoFocus:
            at = at.previousInFocusChain()  # Qt puts nothing in order behind what takes no keys.
        if at is None or (picks and at is picks[-1]):
            return
        for before, radio in pairwise((at, *picks)):
            self.setTabOrder(before, radio)

    def _show_result(self, mine: Entry, theirs: Entry) -> None:
        self.result_button.setVisible(True)
        try:
            result = chosen(mine, theirs, self._fields, self._picks)
        except InvalidSlotError as error:
            self.problem.setText(self._slot_words.slot_problem(error.problem))
            self.problem.show()
            self.result_button.say(self._words.no_result())
            self.result_button.setEnabled(False)
            self._edits.pop(self.result_button, None)
            return
        self.problem.hide()
        self.result_button.setEnabled(True)
        self._offer(self.result_button, Edit((Change(mine, result),)), self._words.use_result(result))

    def _offer(self, button: ChoiceButton, edit: Edit, words: tuple[str, str], *, is_left: bool = True) -> None:
        text, said = words
        button.say(text)
        self._edits[button] = (edit, said, is_left)

    def _pick(self, name: str, side: Side) -> None:
        self._picks[name] = side
        if self._versions is not None:
            _, mine, theirs = self._versions
            self.table.show_fields(self._fields, self._picks)
            self._show_result(mine, theirs)

    def _consider(self) -> None:
        shown = [button for button in self._edits if button.isVisible() and button.isEnabled()]
        at = next((each for each in shown if each.is_hovered), None)
        at = at or next((each for each in shown if each.hasFocus()), None)
        edit = self._edits[at][0] if at is not None else None
        if edit != self._considered:
            self._considered = edit
            self.considered.emit(edit)

    def _decide(self, button: ChoiceButton) -> None:
        if button in self._edits:
            edit, said, is_left = self._edits[button]
            self.decided.emit(Decision(edit, said, self._key, self._key if is_left else None))
