"""*Block now* from the screen: the deed, and the sentence about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from triluna_desktop.session import EditRefusedError
from triluna_desktop.session.quick import What

if TYPE_CHECKING:
    from collections.abc import Callable

    from triluna_desktop.domain.time import Clock
    from triluna_desktop.session import Session
    from triluna_desktop.session.quick import Until
    from triluna_desktop.ui.aio import Spawn
    from triluna_desktop.ui.words import Words


class QuickFlow:
    """Carries quick actions out, and says through ``say`` what came of them (and whether that can be undone)."""

    def __init__(
        self,
        session: Session,
        words: Words,
        clock: Clock,
        spawn: Spawn,
        say: Callable[[str, bool], None],
    ) -> None:
        from triluna_desktop.ui.quick_words import QuickWords

        self._session = session
        self._words = words
        self.sentences = QuickWords(words, clock)
        self._spawn = spawn
        self._say = say

    def do(self, what: What, until: Until) -> None:
        """Block, or open, from now on."""
        self._spawn(self._do(what, until), "block now" if what is What.BLOCK else "open now")

    def release(self) -> None:
        """End what such an action made before it ends by itself."""
        self._spawn(self._release(), "release early")

    async def _do(self, what: What, until: Until) -> None:
        quick = self._session.quick
        try:
            plan = await (quick.block(until) if what is What.BLOCK else quick.open(until))
        except EditRefusedError as error:
            self._say(self._words.refused(error), False)
            return
        gaps = quick.not_live(plan) if self._is_held else ()
        self._say(self.sentences.did(plan, gaps), plan.edit is not None)

    async def _release(self) -> None:
        quick = self._session.quick
        try:
            plan = await quick.release()
        except EditRefusedError as error:
            self._say(self._words.refused(error), False)
            return
        gaps = quick.not_live(plan) if self._is_held else ()
        self._say(self.sentences.released(plan, gaps), plan.edit is not None)

    @property
    def _is_held(self) -> bool:
        """Whether what was written does not go out at once; else it is live in a moment, and nothing is said."""
        from triluna_desktop.session import ConnectionState

        states = ConnectionState
        at_once = (states.SYNCED, states.SYNCING, states.LOADING, states.KEEPING)
        return self._session.status.state not in at_once
