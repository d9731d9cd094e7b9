"""The ways out of a clash in words: what is in the way, the exact effect of each choice, and what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from triluna_desktop.domain.choices import ChoiceKind
from triluna_desktop.ui import dates

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from triluna_desktop.domain.choices import Choice, Clash
    from triluna_desktop.domain.intervals import Interval
    from triluna_desktop.domain.models import Entry
    from triluna_desktop.ui.words import Words


class ConflictWords(QObject):
    """Sentences about clashes, with names and times as `Words` writes them."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words

    def in_the_way(self, clash: Clash) -> str:
        """What is in an entry's way: the first of it, and how much more there is."""
        count = len(clash.others) + len(clash.unknown)
        if clash.others:
            other = clash.others[0]
            sentence = self.tr("Overlaps {name}, {times}").format(
                name=self._words.name(other), times=self._words.times(other)
            )
        else:
            sentence = self.tr("Overlaps something on the server, {times}").format(
                times=self._span(clash.unknown[0])
            )
        if count > 1:
            return self.tr("{overlap} and %n more", "", count - 1).format(overlap=sentence)
        return sentence

    def server_refuses(self) -> str:
        """Said of what was sent and is not there."""
        return self.tr("The server does not keep both: this one is not saved there.")

    def server_keeps_one(self) -> str:
        """Said before anything is sent, where the server has shown that it refuses overlaps."""
        return self.tr("The server keeps only one of them.")

    def effect(self, choice: Choice) -> str:
        """What a choice does, exactly."""
        mine, others = choice.clash.mine, choice.clash.others
        match choice.kind:
            case ChoiceKind.TRIM_MINE:
                return self.tr("Trim this one to {times}").format(times=self._times(choice.mine))
            case ChoiceKind.SPLIT_MINE:
                return self.tr("Split this one around it: {times}").format(times=self._times(choice.mine))
            case ChoiceKind.TRIM_OTHER if len(others) == 1:
                return self.tr("Trim {name} to {times}").format(
                    name=self._words.name(others[0]), times=self._times(choice.others[0])
                )
            case ChoiceKind.TRIM_OTHER:
                each = [
                    self.tr("{name} to {times}").format(name=self._words.name(other), times=self._times(pieces))
                    for other, pieces in zip(others, choice.others, strict=True)
                ]
                return self.tr("Trim the others: {list}").format(list=self._listed(each))
            case ChoiceKind.REPLACE_OTHER if len(others) == 1:
                return self.tr("Replace {name}, {times}: it is deleted").format(
                    name=self._words.name(others[0]), times=self._words.times(others[0])
                )
            case ChoiceKind.REPLACE_OTHER:
                return self.tr("Replace the others: {list} are deleted").format(list=self._named(others))
            case ChoiceKind.UPDATE_OTHER:
                sentence = (
                    self.tr("Change {name} instead: it becomes {mine}, {times}")
                    if choice.clash.shown is None
                    else self.tr("Change {name} instead: it becomes {mine}, {times}, and this one is deleted")
                )
                return sentence.format(
                    name=self._words.name(others[0]),
                    mine=self._words.name(mine),
                    times=self._words.times(mine),
                )
            case ChoiceKind.KEEP_BOTH:
                return self.tr("Keep both: callers may find them overlapping")
            case ChoiceKind.DISCARD_MINE:
                return self._discarding(choice)

    def _discarding(self, choice: Choice) -> str:
        if choice.mine:
            back = choice.mine[0]
            return self.tr("Discard my change: back to {day}, {times}").format(
                day=dates.short_day_text(back.date, self._words.locale), times=self._words.times(back)
            )
        if choice.clash.confirmed is None:
            return self.tr("Discard this one: it is not created")
        return self.tr("Delete this one, {times}").format(times=self._words.times(choice.clash.mine))

    def effect_on_all(self, kind: ChoiceKind, count: int, total: int) -> str:
        """What a choice does to ``count`` clashes of ``total``."""
        what = self._on_all(kind, count)
        if count < total:
            return self.tr("{what} (%n others have no such way out and stay)", "", total - count).format(what=what)
        return what

    def _on_all(self, kind: ChoiceKind, count: int) -> str:
        match kind:
            case ChoiceKind.TRIM_MINE:
                return self.tr("Trim mine in %n conflicts", "", count)
            case ChoiceKind.SPLIT_MINE:
                return self.tr("Split mine in %n conflicts", "", count)
            case ChoiceKind.TRIM_OTHER:
                return self.tr("Trim the other in %n conflicts", "", count)
            case ChoiceKind.REPLACE_OTHER:
                return self.tr("Replace the other in %n conflicts: what is in the way is deleted", "", count)
            case ChoiceKind.UPDATE_OTHER:
                return self.tr("Change the other instead in %n conflicts, and delete mine", "", count)
            case ChoiceKind.KEEP_BOTH:
                return self.tr("Keep both in %n conflicts", "", count)
            case ChoiceKind.DISCARD_MINE:
                return self.tr("Discard mine in %n conflicts", "", count)

    def same_for_all(self, total: int) -> str:
        """The box that has a choice made for all."""
        return self.tr("Do the same for all %n conflicts", "", total)

    def done(self, choice: Choice) -> str:
        """What was done, in passing."""
        return self._words.begun(self._done(choice))

    def _done(self, choice: Choice) -> str:
        others = choice.clash.others
        name = self._words.name(choice.clash.mine)
        match choice.kind:
            case ChoiceKind.TRIM_MINE | ChoiceKind.SPLIT_MINE:
                return self.tr("{name} trimmed to {times}").format(name=name, times=self._times(choice.mine))
            case ChoiceKind.TRIM_OTHER if len(others) == 1:
                return self.tr("{name} trimmed to {times}").format(
                    name=self._words.name(others[0]), times=self._times(choice.others[0])
                )
            case ChoiceKind.TRIM_OTHER:
                return self.tr("%n entries trimmed", "", len(others))
            case ChoiceKind.REPLACE_OTHER if len(others) == 1:
                return self.tr("{name} deleted").format(name=self._words.name(others[0]))
            case ChoiceKind.REPLACE_OTHER:
                return self.tr("%n entries deleted", "", len(others))
            case ChoiceKind.UPDATE_OTHER:
                return self.tr("{other} changed instead of {name}").format(
                    other=self._words.name(others[0]), name=name
                )
            case ChoiceKind.KEEP_BOTH:
                return self.tr("Both are kept")
            case ChoiceKind.DISCARD_MINE if choice.clash.confirmed is not None and not choice.mine:
                return self.tr("{name} deleted").format(name=name)
            case ChoiceKind.DISCARD_MINE:
                return self.tr("{name} discarded").format(name=name)

    def done_for_all(self, count: int) -> str:
        """What was done to several at once."""
        return self.tr("%n conflicts settled", "", count)

    def _times(self, pieces: Iterable[Entry]) -> str:
        return self._listed([self._words.times(piece) for piece in pieces])

    def _named(self, entries: Iterable[Entry]) -> str:
        return self._listed(
            [
                self.tr("{name}, {times}").format(name=self._words.name(each), times=self._words.times(each))
                for each in entries
            ]
        )

    def _span(self, span: Interval) -> str:
        return dates.times_text(span.start, span.end, self._words.locale)

    def _listed(self, parts: Sequence[str]) -> str:
        return self._words.locale.createSeparatedList(list(parts))
