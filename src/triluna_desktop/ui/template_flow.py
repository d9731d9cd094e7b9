"""Templates through the window: remembered once they are stamped, forgotten with an undo, and the reminder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from triluna_desktop.session import EditRefusedError
from triluna_desktop.ui import dates
from triluna_desktop.ui.notices import Action, Notice
from triluna_desktop.ui.shapes import Shape

if TYPE_CHECKING:
    from triluna_desktop.domain.edits import Edit
    from triluna_desktop.domain.templates import Template
    from triluna_desktop.ui.bulk_flow import BulkFlow
    from triluna_desktop.ui.page_context import PageContext

_FIRST_LOOK_MS = 1500
"""After the start: nobody waits for the reminder, and what it needs is loaded for it alone."""


@dataclass(frozen=True, slots=True)
class _Stamped:
    """A template that was stamped in this run, by the keys of what was made, and what was remembered before."""

    keys: frozenset[str]
    template: Template
    before: Template | None


class TemplateFlow(QObject):
    """Made with the window."""

    def __init__(self, context: PageContext, bulk: BulkFlow) -> None:
        super().__init__(context.page)
        self._session, self._week = context.session, context.week
        self._words, self._spawn = context.words, context.spawn
        self._bulk = bulk
        self._stamped: list[_Stamped] = []
        self._undone: list[_Stamped] = []
        bulk.stamped.connect(self._on_stamped)
        bulk.forget_requested.connect(self._forget)
        week = context.week
        week.flow.add_remark(self._remark)
        week.flow.after_redo(self._on_redo)
        week.extend_requested.connect(self.extend)
        week.dawn.timeout.connect(self.remind)
        self.looking = QTimer(self)
        self.looking.setSingleShot(True)
        self.looking.setInterval(_FIRST_LOOK_MS)
        self.looking.timeout.connect(self.remind)
        self.looking.start()

    # -- remembering ---------------------------------------------------------------------------------------------

    def _on_stamped(self, template: Template, edit: Edit) -> None:
        keys = frozenset(change.key for change in edit.changes)
        before = self._session.bulk.templates.named(template.name)
        self._stamped.append(_Stamped(keys, template, before))
        self._keep(template.name, template)

    def _remark(self, undone: Edit) -> str:
        """What was stamped is gone again, so what is remembered of it ends where it ended before."""
        keys = {change.key for change in undone.changes}
        found = next((each for each in self._stamped if keys <= each.keys), None)
        if found is None:
            return ""
        self._stamped.remove(found)
        self._undone.append(found)
        name = found.template.name
        self._keep(name, found.before)
        if found.before is None:
            return self.tr("The template “{name}” is forgotten.").format(name=name)
        return self.tr("The template “{name}” ends on {day} again.").format(
            name=name, day=dates.short_day_text(found.before.until, self._words.locale)
        )

    def _on_redo(self, redone: Edit) -> None:
        """What was stamped is there again, and so is the template."""
        keys = {change.key for change in redone.changes}
        found = next((each for each in self._undone if keys <= each.keys), None)
        if found is not None:
            self._undone.remove(found)
            self._stamped.append(found)
            self._keep(found.template.name, found.template)

    def _forget(self, name: str) -> None:
        self._keep(name, None)
        self._week.say(self.tr("The template “{name}” is forgotten; its entries stay.").format(name=name))

    def _keep(self, name: str, template: Template | None) -> None:
        self._spawn(self._keeping(name, template), "remember a template")

    async def _keeping(self, name: str, template: Template | None) -> None:
        templates = self._session.bulk.templates
        try:
            if template is None:
                await templates.forget(name)
            else:
                await templates.remember(template)
        except EditRefusedError as error:
            self._week.say(self._words.refused(error))
        self.remind()

    # -- the reminder --------------------------------------------------------------------------------------------

    def extend(self) -> None:
        """Open the dialog to let the one that ends go on."""
        ending = self._session.bulk.templates.ending
        self._bulk.stamp_weeks("" if ending is None else ending.name)

    def remind(self) -> None:
        """Say in the banner which template ends soon; it can be put away."""
        ending = self._session.bulk.templates.ending
        self._week.remind(None if ending is None else self._notice(ending))

    def _notice(self, template: Template) -> Notice:
        day = dates.short_day_text(template.until, self._words.locale)
        has_ended = template.days_left(self._week.today) < 0
        sentence = self.tr("“{name}” ended on {day}.") if has_ended else self.tr("“{name}” ends on {day}.")
        return Notice(
            f"template:{template.name}:{template.until.isoformat()}",
            Shape.WARNING,
            "muted",
            sentence.format(name=template.name, day=day),
            self.tr("After that your weekly hours alone hold."),
            ((Action.EXTEND, self.tr("Extend it…")),),
            can_be_put_away=True,
        )
