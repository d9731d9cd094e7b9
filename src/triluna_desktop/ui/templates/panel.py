"""Weeks in turn: where week A and week B come from, in which week they begin, and up to which date they go on."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget

from triluna_desktop.domain.templates import CYCLE, NAME_LIMIT, Rhythm, Slot, Template
from triluna_desktop.domain.time import week_of
from triluna_desktop.ui import dates
from triluna_desktop.ui.bulk.fields import Choice
from triluna_desktop.ui.bulk.panels import Panel
from triluna_desktop.ui.inspector_cards import link_button
from triluna_desktop.ui.inspector_fields import Field, TextLine
from triluna_desktop.ui.segments import Segment, Segments
from triluna_desktop.ui.typed import MisreadError, read_date

if TYPE_CHECKING:
    from datetime import date

    from triluna_desktop.domain.bulk import BulkPlan
    from triluna_desktop.session.bulk import Bulk
    from triluna_desktop.session.templates import Templates
    from triluna_desktop.ui.words import Words

HORIZON_WEEKS = 12
"""For how long weeks are stamped where nothing else is typed."""
LONGEST_WEEKS = 53
"""More is taken for a slip of the finger."""
_ENTRIES, _HOURS = "entries", "hours"


class _DateField(Field):
    """A date."""

    def __init__(self, label: str, words: Words) -> None:
        super().__init__(label, QLineEdit())
        self._words = words

    def show_date(self, day: date) -> None:
        """Put a date in, silently."""
        self._near = day
        self.show_text(dates.day_text(day, self._words.locale))

    def read(self) -> date | None:
        """The date; None, with a sentence at the field, where it is none."""
        try:
            day = read_date(self.text, self._words.locale, self._near)
        except MisreadError as error:
            self.show_problem(self._words.misread(error.why, self.text, self._near))
            return None
        self.show_problem("")
        return day


class TemplatePanel(Panel):
    """A new template, or one that was stamped before and is to go on."""

    def __init__(self, words: Words, first_weekday: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._first_weekday = first_weekday
        self._templates: Templates | None = None
        self._is_named = False
        """Whether the user gave it a name; until then the name follows the rhythm."""
        self.template: Template | None = None
        """What the last plan was made of."""
        self.kept = Choice(self.tr("Template"), ((self.tr("A new one"), ""),))
        self.name = Field(self.tr("Name"), TextLine())
        self.rhythm = Segments(
            self.tr("How the weeks come"),
            (
                Segment(
                    Rhythm.SECOND.value,
                    self.tr("Every second"),
                    self.tr("Every second week: a week that is stamped, then one that is not"),
                ),
                Segment(Rhythm.IN_TURN.value, self.tr("A/B weeks"), self.tr("Two different weeks, in turn")),
            ),
        )
        self.source = Choice(
            self.tr("What is stamped"),
            ((self.tr("The entries of a week"), _ENTRIES), (self.tr("The weekly hours"), _HOURS)),
        )
        self.week_a = _DateField(self.tr("As in the week of"), words)
        self.week_b = _DateField(self.tr("Week B as in the week of"), words)
        self.first = _DateField(self.tr("Stamp first in the week of"), words)
        self.until = _DateField(self.tr("Until"), words)
        self.of_hours = self.note(
            self.tr("The weekly hours hold every week as long as they stand: delete there what shall not.")
        )
        self.forget_button = link_button(self.tr("Forget this template"))
        fields = (self.week_a, self.week_b, self.first, self.until, self.name)
        for part in (self.kept, self.rhythm, self.source, self.of_hours, *fields, self.forget_button):
            self.column.addWidget(part)
        self.column.addWidget(
            self.note(self.tr("The app remembers it, and reminds you three weeks before it ends."))
        )
        self.name.edited.connect(self._on_name)
        for editing in (self.source, *fields):
            editing.edited.connect(self._on_edited)
        self.kept.edited.connect(self._show_kept)
        self.rhythm.chosen.connect(lambda _: self._on_edited())
        self.week_a.edited.connect(self._follow_week)

    # -- beginning -----------------------------------------------------------------------------------------------

    def start(self, templates: Templates, first: date) -> None:
        """Begin with the week that starts on a date."""
        self._templates, self._is_named = templates, False
        box = self.kept.box
        box.blockSignals(True)
        while box.count() > 1:
            box.removeItem(1)
        for each in templates.known:
            box.addItem(each.name, each.name)
        box.setCurrentIndex(0)
        box.blockSignals(False)
        self.kept.setVisible(box.count() > 1)
        self.week_a.show_date(first)
        self.week_b.show_date(first + timedelta(weeks=1))
        self._show_first(first + timedelta(weeks=CYCLE))
        self._show_parts()

    def extend(self, name: str) -> None:
        """Let the template with this name go on."""
        self.kept.choose(name)

    def _show_first(self, first: date) -> None:
        self.first.show_date(first)
        self.until.show_date(first + timedelta(days=7 * HORIZON_WEEKS - 1))

    def _follow_week(self) -> None:
        """The first stamped week follows the one that is taken, on the same side of the alternation."""
        day = self.week_a.read()
        if day is not None:
            self._show_first(week_of(day, self._first_weekday) + timedelta(weeks=CYCLE))

    @property
    def _known(self) -> Template | None:
        """The remembered one that is chosen."""
        name = self.kept.value
        return self._templates.named(name) if self._templates is not None and isinstance(name, str) else None

    def _show_kept(self) -> None:
        known = self._known
        if known is not None:
            self.rhythm.choose(known.rhythm.value)
            self.until.show_date(known.until + timedelta(weeks=HORIZON_WEEKS))
        self._on_edited()

    def _on_name(self) -> None:
        self._is_named = True

    def _on_edited(self) -> None:
        self._show_parts()
        self.edited.emit()

    def _show_parts(self) -> None:
        is_new, is_in_turn = self._known is None, self._rhythm is Rhythm.IN_TURN
        takes_entries = self.source.value == _ENTRIES
        for part in (self.rhythm, self.source, self.first, self.name):
            part.setVisible(is_new)
        self.week_a.setVisible(is_new and takes_entries)
        self.week_b.setVisible(is_new and is_in_turn)
        self.of_hours.setVisible(is_new and not takes_entries)
        self.forget_button.setVisible(not is_new)
        if not self._is_named:
            self.name.show_text(
                self._free_name(self.tr("A/B weeks") if is_in_turn else self.tr("Every second week"))
            )

    def _free_name(self, name: str) -> str:
        """The name, with a number where a template has it already."""
        taken = () if self._templates is None else [each.name for each in self._templates.known]
        number, free = 2, name
        while free in taken:
            free, number = (
                self.tr("{name} {number}").format(name=name, number=self._words.number(number)),
                number + 1,
            )
        return free

    @property
    def _rhythm(self) -> Rhythm:
        return Rhythm(self.rhythm.value)

    # -- what it makes -------------------------------------------------------------------------------------------

    def plan(self, bulk: Bulk) -> BulkPlan | None:
        """What stamping it does; None while something is typed that cannot be read."""
        known = self._known
        self.template = self._longer(known) if known is not None else self._made()
        return None if self.template is None else bulk.templates.plan(self.template)

    def _longer(self, known: Template) -> Template | None:
        until = self._until(known.until - timedelta(days=1))
        return None if until is None else replace(known, until=until)

    def _made(self) -> Template | None:
        templates = self._templates
        first, name = self.first.read(), self._read_name()
        if templates is None or first is None or name is None:
            return None
        first = week_of(first, self._first_weekday)
        until = self._until(first)
        if self.source.value == _HOURS:
            week_a: tuple[Slot, ...] | None = templates.of_weekly_hours(self._first_weekday)
        else:
            week_a = self._week(templates, self.week_a)
        week_b = self._week(templates, self.week_b) if self._rhythm is Rhythm.IN_TURN else ()
        if week_a is None or week_b is None or until is None:
            return None
        made = Template(name, self._rhythm, first, until, week_a, week_b)
        kept = templates.named(name)
        if kept is not None and replace(kept, until=until) != made:
            self.name.show_problem(
                self.tr(
                    "A template has this name already. Choose it above to let it go on, or write another name."
                )
            )
            return None
        return made

    def _week(self, templates: Templates, field: _DateField) -> tuple[Slot, ...] | None:
        day = field.read()
        if day is None:
            return None
        slots = templates.of_week(week_of(day, self._first_weekday))
        if not slots:
            field.show_problem(self.tr("Nothing stands in this week that could be stamped."))
            return None
        return slots

    def _until(self, first: date) -> date | None:
        until = self.until.read()
        if until is not None and until < first:
            self.until.show_problem(self.tr("The last date must not lie before the first."))
            return None
        if until is not None and (until - first).days > 7 * LONGEST_WEEKS:
            self.until.show_problem(self.tr("At most %n weeks are stamped at once.", "", LONGEST_WEEKS))
            return None
        return until

    def _read_name(self) -> str | None:
        name = self.name.text.strip()
        if not name:
            self.name.show_problem(self.tr("It needs a name, so that you can find it again."))
        elif len(name) > NAME_LIMIT:
            self.name.show_problem(self.tr("The name may have up to %n characters.", "", NAME_LIMIT))
        else:
            self.name.show_problem("")
            return name
        return None
