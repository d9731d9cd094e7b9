"""Two versions of an entry in words: what differs, what can be chosen, and what was done."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from triluna_desktop.domain.merging import Side
from triluna_desktop.ui import dates
from triluna_desktop.ui.words import MASK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from triluna_desktop.domain.merging import Value
    from triluna_desktop.domain.models import Entry
    from triluna_desktop.domain.remote import ConflictingSlot
    from triluna_desktop.ui.words import Words

_LONG = 60
"""Characters of a text that a table shows; notes may have 2000."""


def shortened(text: str) -> str:
    """A text as far as a table shows it."""
    return text if len(text) <= _LONG else text[: _LONG - 1].rstrip() + "…"


class MergeWords(QObject):
    """Sentences. Those of a button come in pairs: what it will do, and what to say once it is done."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words

    # -- what happened ---------------------------------------------------------------------------------------

    def changed_on_both_sides(self) -> str:
        return self.tr("This was changed here and elsewhere. Choose which version holds.")

    def deleted_elsewhere(self) -> str:
        return self.tr("This was deleted elsewhere while it was changed here.")

    def changed_elsewhere_deleted_here(self) -> str:
        return self.tr("You deleted this, but it was changed elsewhere meanwhile. It stands again as it is there.")

    def perhaps_created(self, slots: Sequence[ConflictingSlot]) -> str:
        """A create got no answer, and something that looks like it stands there now."""
        if not slots:
            return self.tr("It is not certain whether this was created: something like it stands there now.")
        times = dates.times_text(slots[0].start, slots[0].end, self._words.locale)
        return self.tr(
            "It is not certain whether this was created: something like it, {times}, stands there now. "
            "Perhaps somebody changed it meanwhile."
        ).format(times=times)

    # -- what can be chosen ----------------------------------------------------------------------------------

    def use_result(self, entry: Entry) -> tuple[str, str]:
        return (
            self.tr("Use this result: {version}").format(version=self._version(entry)),
            self._about(self.tr("{name} merged from both versions"), entry),
        )

    def use_mine(self, entry: Entry) -> tuple[str, str]:
        return (
            self.tr("Use mine: {version}").format(version=self._version(entry)),
            self._about(self.tr("My version of {name} kept"), entry),
        )

    def use_theirs(self, entry: Entry) -> tuple[str, str]:
        return (
            self.tr("Use theirs: {version}. My change is discarded").format(version=self._version(entry)),
            self._about(self.tr("The other version of {name} taken"), entry),
        )

    def no_result(self) -> str:
        return self.tr("These picks make no slot")

    def create_again(self, entry: Entry) -> tuple[str, str]:
        return (
            self.tr("Create it again: {when}").format(when=self._when(entry)),
            self._about(self.tr("{name} created again"), entry),
        )

    def send_again(self, entry: Entry) -> tuple[str, str]:
        return (
            self.tr("That is another one: create this as well, {when}").format(when=self._when(entry)),
            self._about(self.tr("{name} sent again"), entry),
        )

    def is_it(self, entry: Entry) -> tuple[str, str]:
        return (
            self.tr("That is it: leave it as it is there, and drop this"),
            self._about(self.tr("{name} dropped"), entry),
        )

    def drop(self, entry: Entry) -> tuple[str, str]:
        return self.tr("Drop it: my change is discarded"), self._about(self.tr("{name} dropped"), entry)

    def delete_it(self, entry: Entry) -> tuple[str, str]:
        return self.tr("Delete it all the same"), self._about(self.tr("{name} deleted"), entry)

    def keep_it(self, entry: Entry) -> tuple[str, str]:
        return (
            self.tr("Keep it: {when}").format(when=self._when(entry)),
            self._about(self.tr("{name} kept"), entry),
        )

    # -- the table -------------------------------------------------------------------------------------------

    def field(self, name: str) -> str:
        """What a field is called."""
        match name:
            case "title":
                return self.tr("Title")
            case "date":
                return self.tr("Date")
            case "start":
                return self.tr("Start")
            case "end":
                return self.tr("End")
            case "notes":
                return self.tr("Notes")
            case _:
                return self.tr("This time is")

    def side(self, side: Side) -> str:
        """Whose version."""
        return self.tr("Mine") if side is Side.MINE else self.tr("Theirs")

    def result(self) -> str:
        """What comes of the two."""
        return self.tr("Result")

    def pick(self, name: str, side: Side, value: str) -> str:
        """What a screen reader says of a pick."""
        return self.tr("{field}: {side}, {value}").format(
            field=self.field(name), side=self.side(side), value=value
        )

    def value(self, name: str, value: Value) -> str:
        """What stands in a field."""
        if isinstance(value, datetime.date):
            return dates.short_day_text(value, self._words.locale)
        if name == "is_available":
            return self.tr("Available") if value else self.tr("Blocked")
        if isinstance(value, int):
            return dates.time_text(value, self._words.locale)
        text = str(value or "").strip()
        return (MASK if text and self._words.is_masked else text) or self.tr("(empty)")

    def _version(self, entry: Entry) -> str:
        """What tells one version from another."""
        return self.tr("{name}, {when}").format(name=self._words.name(entry), when=self._when(entry))

    def _when(self, entry: Entry) -> str:
        return self.tr("{day}, {times}").format(
            day=dates.short_day_text(entry.date, self._words.locale), times=self._words.times(entry)
        )

    def _about(self, sentence: str, entry: Entry) -> str:
        return self._words.begun(sentence.format(name=self._words.name(entry)))
