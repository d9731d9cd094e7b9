"""From the inspector's cards to the session and the grid: what is considered is drawn, what is decided is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject

from triluna_desktop.domain.models import Entry

if TYPE_CHECKING:
    from datetime import date

    from triluna_desktop.domain.edits import Edit
    from triluna_desktop.session import Session
    from triluna_desktop.ui.conflict_card import Decision
    from triluna_desktop.ui.edit_flow import EditFlow
    from triluna_desktop.ui.inspector import Inspector
    from triluna_desktop.ui.week_page import WeekPage


class Place(Protocol):
    """Where it happens, as `inspector_flow.Place`."""

    def say(self, sentence: str, *, can_undo: bool = False) -> None:
        """Tell the user in passing."""
        ...

    def reveal(self, day: date) -> None:
        """Turn to a date, if it is not on screen."""
        ...


class ConflictFlow(QObject):
    """Carries out decisions, each as one edit that can be taken back."""

    def __init__(
        self, session: Session, page: WeekPage, flow: EditFlow, place: Place, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._page = page
        self._flow = flow
        self._place = place

    def wire(self, inspector: Inspector) -> None:
        """Connect the inspector's form, once it is made."""
        inspector.form.considered.connect(self._consider)
        inspector.form.decided.connect(self._carry_out)

    def _consider(self, edit: Edit | None) -> None:
        if edit is None:
            self._page.week_view.clear_outcome()
        else:
            self._page.week_view.show_outcome(edit)

    def _carry_out(self, decision: Decision) -> None:
        self._page.week_view.clear_outcome()
        if decision.edit is None:
            self._page.week_view.setFocus()
            return
        self._flow.apply(
            decision.edit,
            done=lambda: self._show_done(decision),
            refused=self._page.inspector.show_refused,
        )

    def _show_done(self, decision: Decision) -> None:
        """What was typed is written by now, or not wanted any more; then show what became of it."""
        form = self._page.inspector.form
        if form.entry is not None and form.entry.key == decision.key:
            form.settle(self._session.item(decision.key))
        view = self._session.item(decision.follow) if decision.follow is not None else None
        if view is not None and isinstance(view.item, Entry):
            self._place.reveal(view.item.date)
        self._page.week_view.select(() if view is None else (view.item.key,))
        self._page.week_view.setFocus()
        self._place.say(decision.said, can_undo=True)
