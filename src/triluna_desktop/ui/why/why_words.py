"""Why a time is bookable or not, in sentences: the heading, each link of the chain, and each fix."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from triluna_desktop.domain.availability import Layer, Mode
from triluna_desktop.domain.models import Entry, Pattern
from triluna_desktop.domain.why import FixKind, Standing
from triluna_desktop.ui import dates

if TYPE_CHECKING:
    from triluna_desktop.domain.availability import ModeSettings
    from triluna_desktop.domain.intervals import Interval
    from triluna_desktop.domain.why import Fix, Step, Why
    from triluna_desktop.session.callers import Explained, StillThere
    from triluna_desktop.ui.words import Words


@dataclass(frozen=True, slots=True)
class Line:
    """One link of the chain as it is shown."""

    text: str
    decides: bool


class WhyWords(QObject):
    """Sentences about a `domain.why.Why`, in the user's language."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words

    def heading(self, why: Why, *, with_day: bool = True) -> str:
        """What is asked: "Why is Thu 19 Nov, 14:00 – 15:30 not bookable?"."""
        if with_day:
            sentence = (
                self.tr("Why is {day}, {times} bookable?")
                if why.is_open
                else self.tr("Why is {day}, {times} not bookable?")
            )
        else:
            sentence = (
                self.tr("Why is {times} bookable?") if why.is_open else self.tr("Why is {times} not bookable?")
            )
        return sentence.format(
            day=dates.short_day_text(why.date, self._words.locale), times=self._times(why.stretch)
        )

    def verdict(self, why: Why) -> str:
        """The answer in short: "Thu 19 Nov, 14:00 – 15:30: not bookable"."""
        sentence = self.tr("{day}, {times}: bookable") if why.is_open else self.tr("{day}, {times}: not bookable")
        return sentence.format(
            day=dates.short_day_text(why.date, self._words.locale), times=self._times(why.stretch)
        )

    def lines(self, why: Why, settings: ModeSettings, about: str = "") -> tuple[Line, ...]:
        """The chain from the weakest link on; the last decides. The item ``about`` is "this entry"."""
        last = len(why.chain) - 1
        return tuple(
            Line(self._line(step, why, settings, about, decides=number == last), number == last)
            for number, step in enumerate(why.chain)
        )

    def _line(self, step: Step, why: Why, settings: ModeSettings, about: str, *, decides: bool) -> str:
        said = self._default(step, why, settings) if step.item is None else self._item(step, about)
        match step.standing:
            case Standing.NEW:
                said = self.tr("{sentence} It is not sent yet.").format(sentence=said)
            case Standing.CHANGED:
                said = self.tr("{sentence} The change is not sent yet.").format(sentence=said)
            case Standing.SENT:
                pass
        return self.tr("{sentence} This decides.").format(sentence=said) if decides else said

    def _default(self, step: Step, why: Why, settings: ModeSettings) -> str:
        if settings.mode is Mode.AVAILABLE_TIMES:
            return self.tr("“Available times” mode: closed unless something opens it.")
        if step.hours is None:
            day = self._words.locale.standaloneDayName(why.date.isoweekday())
            return self.tr("“Unavailable times” mode: {weekday} is closed by default.").format(weekday=day)
        if step.opens:
            return self.tr("“Unavailable times” mode: open {times} unless something blocks it.").format(
                times=self._times(step.hours)
            )
        return self.tr("“Unavailable times” mode: outside of the default hours, {times}.").format(
            times=self._times(step.hours)
        )

    def _item(self, step: Step, about: str) -> str:
        item = step.item
        if isinstance(item, Pattern):
            sentence = self._pattern(step.opens, has_title=self._is_named(item))
            weekday = self._words.locale.standaloneDayName(
                item.weekday or 7, self._words.locale.FormatType.ShortFormat
            )
            return sentence.format(name=self._words.name(item), weekday=weekday, times=self._times(item.interval))
        if not isinstance(item, Entry):
            return ""
        if item.key == about:
            return self.tr("This entry opens it.") if step.opens else self.tr("This entry blocks it.")
        if step.layer is Layer.MIRRORED:
            sentence = self.tr("{name} in your other calendar blocks {times}.")
        elif self._is_named(item):
            sentence = self.tr("{name} opens {times}.") if step.opens else self.tr("{name} blocks {times}.")
        else:
            sentence = (
                self.tr("An available entry opens {times}.")
                if step.opens
                else self.tr("A blocked entry blocks {times}.")
            )
        return sentence.format(name=self._words.name(item), times=self._times(item.interval))

    def _pattern(self, opens: bool, *, has_title: bool) -> str:
        if has_title:
            return (
                self.tr("Weekly hours {name} open {weekday} {times}.")
                if opens
                else self.tr("Weekly hours {name} block {weekday} {times}.")
            )
        return (
            self.tr("Weekly hours open {weekday} {times}.")
            if opens
            else self.tr("Weekly hours block {weekday} {times}.")
        )

    def meanwhile(self, found: Explained) -> str:
        """What callers see until all is sent, where that differs, and what was deleted here and makes it so."""
        parts = [self._still(each) for each in found.still_there]
        if not found.is_sent:
            parts.append(
                self.tr("Until the change is sent, callers are still offered this time.")
                if found.offered_now
                else self.tr("Until the change is sent, callers are not offered this time.")
            )
        return self.tr(" ", "between sentences").join(parts)

    def _still(self, there: StillThere) -> str:
        times = self._times(there.interval)
        if there.layer is Layer.PATTERN:
            sentence = (
                self.tr(
                    "The server still has weekly hours that open {times}: what you did with them is not sent yet."
                )
                if there.opens
                else self.tr(
                    "The server still has weekly hours that block {times}: what you did with them is not sent yet."
                )
            )
        else:
            sentence = (
                self.tr("The server still has an entry that opens {times}: what you did with it is not sent yet.")
                if there.opens
                else self.tr(
                    "The server still has an entry that blocks {times}: what you did with it is not sent yet."
                )
            )
        return sentence.format(times=times)

    def not_known(self) -> str:
        """The dates were never read from the server."""
        return self.tr("The server was not asked about this date yet: it may hold more.")

    def _is_named(self, item: Entry | Pattern) -> bool:
        return bool(item.title) and not self._words.is_masked

    def fix(self, fix: Fix) -> str:
        """What a button does: "Open this day, 08:00 – 20:00"."""
        times = "" if fix.interval is None else self._times(fix.interval)
        name = "" if fix.item is None else self._words.name(fix.item)
        match fix.kind:
            case FixKind.OPEN_TIME:
                return self.tr("Open {times}").format(times=times)
            case FixKind.OPEN_DAY:
                return self.tr("Open this day, {times}").format(times=times)
            case FixKind.CLOSE_TIME:
                return self.tr("Block {times}").format(times=times)
            case FixKind.DELETE_BLOCK if fix.edit is not None and len(fix.edit.changes) > 1:
                return self.tr("Delete these %n blocks", "", len(fix.edit.changes))
            case FixKind.DELETE_BLOCK if fix.item is not None and self._is_named(fix.item):
                return self.tr("Delete the block {name}").format(name=name)
            case FixKind.DELETE_BLOCK:
                return self.tr("Delete this block")
            case FixKind.DELETE_OPENING if fix.edit is not None and len(fix.edit.changes) > 1:
                return self.tr("Delete these %n openings", "", len(fix.edit.changes))
            case FixKind.DELETE_OPENING if fix.item is not None and self._is_named(fix.item):
                return self.tr("Delete the opening {name}").format(name=name)
            case FixKind.DELETE_OPENING:
                return self.tr("Delete this opening")
            case FixKind.EDIT_WEEKLY_HOURS:
                return self.tr("Edit weekly hours…")
            case FixKind.CHANGE_DEFAULT_HOURS:
                return self.tr("Change the calendar mode or its default hours…")

    def _times(self, interval: Interval) -> str:
        return dates.times_text(interval.start, interval.end, self._words.locale)
