"""The way of an edit from the screen to the session and of the answer back: what was done, or why it was not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from triluna_desktop.domain.edits import Change, Edit, Verb
from triluna_desktop.session import EditRefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from triluna_desktop.session import Session
    from triluna_desktop.ui.aio import Spawn
    from triluna_desktop.ui.words import Words


class Screen(Protocol):
    """What an answer does to the screen."""

    def refresh_now(self) -> None:
        """Show what the session holds, before anything else happens."""
        ...

    def say(self, sentence: str, *, can_undo: bool = False) -> None:
        """Tell the user in passing."""
        ...

    def show_edit(self, edit: Edit) -> None:
        """Turn to where an edit happened, so that what changed can be seen."""
        ...

    def show_asking(self, *, is_asking: bool) -> None:
        """Show that what the user asked for is being tried, or no longer."""
        ...


class EditFlow:
    """Edits, one after the other. Each is on disk before the screen calls it done."""

    def __init__(
        self,
        session: Session,
        words: Words,
        spawn: Spawn,
        screen: Screen,
    ) -> None:
        self._session = session
        self._words = words
        self._spawn = spawn
        self._screen = screen
        self._is_asking = False
        self._remarks: list[Callable[[Edit], str]] = []
        self._remarked: list[str] = []
        self._on_redo: list[Callable[[Edit], None]] = []
        self.instead: Callable[[str], None] | None = None
        """Told of what is refused, once nobody sees the screen any more."""

    def add_remark(self, remark: Callable[[Edit], str]) -> None:
        """Have something said beside an undo: of the inverse that was carried out, a sentence or nothing."""
        self._remarks.append(remark)

    def after_redo(self, told: Callable[[Edit], None]) -> None:
        """Have ``told`` called with what was done again."""
        self._on_redo.append(told)

    def take_remarks(self) -> list[str]:
        """What was said beside the last undo, once: to be said again where its sentence gives way to another."""
        found, self._remarked = self._remarked, []
        return found

    def apply(
        self,
        edit: Edit,
        *,
        done: Callable[[], None] | None = None,
        refused: Callable[[str], None] | None = None,
        answered: Callable[[], None] | None = None,
    ) -> None:
        """Write an edit. Then ``done``, or ``refused`` with the sentence (else a toast), then ``answered``."""
        self._spawn(self._apply(edit, done, refused, answered), "apply an edit")

    def undo(self) -> None:
        """Take the last edit back."""
        self._spawn(self._undo(), "undo")

    def redo(self) -> None:
        """Do again what was taken back."""
        self._spawn(self._redo(), "redo")

    def discard(self, key: str) -> None:
        """Drop an item's unsent edits: back to what the server holds."""
        self._spawn(self._discard(key), "discard an unsent edit")

    def retry(self, key: str) -> None:
        """Send again what the server refused."""
        self._spawn(self._told(self._session.retry(key)), "send a refused edit again")

    def sync(self) -> None:
        """Ask the server now, and show that it is being asked."""
        if not self._is_asking:
            self._spawn(self._sync(), "ask the server")

    def toggle_pause(self) -> None:
        """Send and read nothing by itself from now on, or go on."""
        is_on = not self._session.is_paused
        self._session.pause(is_on=is_on)
        self._screen.say(self._words.paused(is_on=is_on))

    def accept_shrink(self) -> None:
        """The missing rows are gone indeed."""
        self._spawn(self._session.accept_shrink(), "accept that rows are gone")

    async def _sync(self) -> None:
        self._is_asking = True
        self._screen.show_asking(is_asking=True)
        try:
            await self._session.sync_now()
        finally:
            self._is_asking = False
            self._screen.show_asking(is_asking=False)

    async def _apply(
        self,
        edit: Edit,
        done: Callable[[], None] | None,
        refused: Callable[[str], None] | None,
        answered: Callable[[], None] | None,
    ) -> None:
        self._remarked = []
        try:
            await self._session.apply(edit)
        except EditRefusedError as error:
            self._screen.refresh_now()
            (self.instead or refused or self._screen.say)(self._words.refused(error))
        else:
            self._screen.refresh_now()
            if is_worth_saying(edit):
                self._screen.say(self._words.edited(edit), can_undo=True)
            if done is not None:
                done()
        finally:
            if answered is not None:
                answered()

    async def _undo(self) -> None:
        try:
            undone = await self._session.undo()
        except EditRefusedError as error:
            self._screen.say(self._words.refused(error))
            return
        if undone is None:
            self._screen.say(self._words.nothing_to_undo())
            return
        self._screen.refresh_now()
        self._screen.show_edit(undone.edit)
        if undone.was_sent:
            said = self._words.undone_after_sending(undone.edit, self._session.status)
        else:
            said = self._words.undone(undone.edit)
        self._remarked = [found for remark in self._remarks if (found := remark(undone.edit))]
        self._screen.say(self._words.together([said, *self._remarked]))

    async def _redo(self) -> None:
        try:
            redone = await self._session.redo()
        except EditRefusedError as error:
            self._screen.say(self._words.refused(error))
            return
        if redone is None:
            self._screen.say(self._words.nothing_to_redo())
            return
        self._screen.refresh_now()
        self._screen.show_edit(redone.edit)
        self._screen.say(self._words.redone(redone.edit), can_undo=True)
        for told in self._on_redo:
            told(redone.edit)

    async def _told(self, asked: Coroutine[object, object, None]) -> None:
        """Do it, or say why it was not done."""
        try:
            await asked
        except EditRefusedError as error:
            self._screen.say(self._words.refused(error))

    async def _discard(self, key: str) -> None:
        view = self._session.item(key)
        if view is None:
            return  # It is gone meanwhile, and with it what was to be discarded.
        # As an edit it is one undo step: what was wanted can be brought back.
        said = self._words.discarded(view.item)
        await self._apply(
            Edit((Change(view.item, view.confirmed),)), lambda: self._screen.say(said, can_undo=True), None, None
        )


def is_worth_saying(edit: Edit) -> bool:
    """What is gone from the screen, or happened at many places, is said; a single drag is seen."""
    told = edit.describe()
    return told.verb is Verb.DELETE or told.count > 1
