"""Notifications of one profile: looks for what there is to tell, has it shown, and does what is pressed there."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from triluna_desktop.session import EditRefusedError
from triluna_desktop.session.notices import Kind, Plan, QuietHours, plan, told_once
from triluna_desktop.system import settings as table
from triluna_desktop.ui import chosen
from triluna_desktop.ui.notify_words import UNDO, NotifyWords
from triluna_desktop.ui.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from PySide6.QtCore import QLocale

    from triluna_desktop.domain.edits import Edit
    from triluna_desktop.domain.time import Clock
    from triluna_desktop.session import Changes, Session
    from triluna_desktop.session.notices import Notice, Pace
    from triluna_desktop.system.notification import Notification, Notifier
    from triluna_desktop.system.settings import Setting, Settings
    from triluna_desktop.ui.aio import Spawn

FLAGS: dict[Kind, Setting[bool]] = {
    Kind.REFUSED: table.NOTIFICATIONS_REFUSED,
    Kind.CONFLICT: table.NOTIFICATIONS_CONFLICT,
    Kind.TOKEN: table.NOTIFICATIONS_TOKEN,
    Kind.NOT_LIVE: table.NOTIFICATIONS_NOT_LIVE,
    Kind.SENT: table.NOTIFICATIONS_SENT,
    Kind.ELSEWHERE: table.NOTIFICATIONS_ELSEWHERE,
    Kind.ENDING: table.NOTIFICATIONS_ENDING,
    Kind.DONE: table.NOTIFICATIONS_DONE,
}
_HOW = frozenset(
    {*FLAGS.values(), table.NOTIFICATIONS_QUIET, table.NOTIFICATIONS_QUIET_FROM, table.NOTIFICATIONS_QUIET_TO}
)
_NOT_IN_THE_WINDOW = frozenset({Kind.ENDING, Kind.DONE})
"""A window that has the focus does not tell of these by itself, or was not where it was done."""
SOON_MS = 100
LOOK_AGAIN_SECONDS = 60.0
"""A computer that slept, or whose clock was set, is noticed after so long."""


@dataclass(frozen=True, slots=True)
class Place:
    """What notifications ask of the window."""

    is_watched: Callable[[], bool]
    """Whether the window has the focus and shows this profile."""
    shown_dates: Callable[[], tuple[date, date] | None]
    """The dates that it shows, both included."""
    open_at: Callable[[date | None, str], None]
    """Bring the window to the front, with this profile, that date, and the entry of this key in hand, if any."""
    say: Callable[[str], None]
    """Say something in the window, in passing."""
    profile: Callable[[], str] = lambda: ""
    """The profile's name where there are several, else nothing."""
    bubble: Callable[[Notification], bool] = lambda _: False
    """Show it by the tray's icon, where the desktop has no other way; whether that worked."""


class NotifyFlow(QObject):
    """One for each profile that runs, shown or not."""

    def __init__(
        self,
        session: Session,
        settings: Settings,
        locale: QLocale,
        clock: Clock,
        spawn: Spawn,
        *,
        notifier: Notifier,
        pace: Pace,
        place: Place,
        parent: QObject | None = None,
    ) -> None:
        """``pace`` is shared by all profiles."""
        super().__init__(parent)
        self._session = session
        self._settings = settings
        self._clock = clock
        self._spawn = spawn
        self._notifier = notifier
        self._pace = pace
        self._place = place
        self._words = Words(chosen.locale(settings, locale))
        self._said = NotifyWords(self._words, clock)
        self._has_complained = False
        self._is_looking = False
        self._is_to_look_again = False
        self._told: tuple[tuple[Notice, ...], bool] = ((), False)
        """What was told last, and whether it could be taken back there."""
        self.timer = QTimer(self)
        """When it fires, something may have come true by time alone."""
        self.timer.setSingleShot(True)
        self.timer.timeout.connect(self.look)
        self.soon = QTimer(self)
        """A request brings several changes, and a bulk edit brings many requests: one look is for all of them."""
        self.soon.setSingleShot(True)
        self.soon.setInterval(SOON_MS)
        self.soon.timeout.connect(self.look)
        self._ends = [session.subscribe(self._on_changes), settings.subscribe(self._on_setting)]
        session.notices.noticed.append(self.look)

    def end(self) -> None:
        """Tell nothing more."""
        self.timer.stop()
        self.soon.stop()
        for end in self._ends:
            end()
        self._ends.clear()

    async def leave(self) -> None:
        """Tell nothing more, and take away what is shown: nobody would hear its buttons."""
        self.end()
        await self._notifier.withdraw()

    @property
    def availability(self) -> str:
        """Why notifications do not come through, as far as is known; else nothing. `ask` finds out."""
        return self._said.reach(self._notifier.reach)

    async def ask(self) -> str:
        """`availability`, found out anew."""
        await self._notifier.look()
        return self.availability

    def look(self) -> None:
        """See whether there is something to tell; also when the window gets the focus."""
        if self._is_looking:
            self._is_to_look_again = True
        elif self._ends:
            self._is_looking = True
            self._spawn(self._look(), "look for what to notify of")

    def _on_changes(self, _changes: Changes) -> None:
        if not self.soon.isActive():
            self.soon.start()

    def _on_setting(self, setting: Setting[Any]) -> None:
        if setting in _HOW:
            self.look()
        elif setting is table.PRIVACY_MASK_TITLES and self._settings.get(table.PRIVACY_MASK_TITLES):
            self._spawn(self._hide_titles(), "hide titles in a notification")

    async def _look(self) -> None:
        try:
            self._is_to_look_again = True
            while self._is_to_look_again and self._ends:
                self._is_to_look_again = False
                await self._look_once()
        finally:
            self._is_looking = False

    async def _look_once(self) -> None:
        watch, with_ends = self._session.notices, self._settings.get(table.NOTIFICATIONS_ENDING)
        found = self._plan(await watch.look(with_ends=with_ends))
        if found.settle:
            await watch.settle(found.settle)
        if found.tell:
            self._pace.told(self._clock.monotonic())
            await watch.settle(found.tell)
            await self._tell(told_once(found.tell))
        waits = [found.wait, watch.until_next(with_ends=with_ends)]
        seconds = [min(each, LOOK_AGAIN_SECONDS) for each in waits if each is not None]
        if seconds and self._ends:
            # A little late rather than a little early, when it would not be true yet.
            self.timer.start(int(min(seconds) * 1000) + 50)

    def _plan(self, notices: tuple[Notice, ...]) -> Plan:
        get = self._settings.get
        quiet = QuietHours(get(table.NOTIFICATIONS_QUIET_FROM), get(table.NOTIFICATIONS_QUIET_TO))
        return plan(
            notices,
            wanted={kind for kind, flag in FLAGS.items() if get(flag)},
            quiet=quiet if get(table.NOTIFICATIONS_QUIET) else None,
            now=self._clock.now(),
            pause=self._pace.pause(self._clock.monotonic()),
            is_seen=self._is_seen,
        )

    def _is_seen(self, notice: Notice) -> bool:
        """The window that has the focus tells it already; of what others changed, on the dates that it shows."""
        if notice.kind in _NOT_IN_THE_WINDOW or not self._place.is_watched():
            return False
        if notice.kind is not Kind.ELSEWHERE or notice.day is None:
            return True
        shown = self._place.shown_dates()
        return shown is not None and shown[0] <= notice.day <= shown[1]

    async def _tell(self, notices: tuple[Notice, ...]) -> None:
        days = [notice.day for notice in notices if notice.day is not None]
        only = notices[0] if len(notices) == 1 else None
        key = "" if only is None or only.item is None or only.is_gone else only.item.key
        alone = None if only is None else only.edit
        edit = alone if alone is not None and self._session.notices.can_undo(alone) else None
        self._told = (notices, edit is not None)
        told = self._write()

        def pressed(button: str, token: str) -> None:
            self._spawn(self._notifier.withdraw(), "put a notification away")
            if button == UNDO and edit is not None:
                self._spawn(self._undo(edit), "undo from a notification")
            else:
                let_come_to_the_front(token)
                self._place.open_at(days[0] if days else None, key)

        if await self._notifier.show(told, pressed) or self._place.bubble(told) or self._has_complained:
            return
        self._has_complained = True
        self._place.say(self.availability)

    def _write(self) -> Notification:
        # Both may have been chosen anew since the last one.
        self._words.is_masked = self._settings.get(table.PRIVACY_MASK_TITLES)
        self._words.locale.clock = self._settings.get(table.APPEARANCE_CLOCK)
        notices, can_undo = self._told
        return self._said.notification(notices, self._place.profile(), can_undo=can_undo)

    async def _hide_titles(self) -> None:
        """The screen is shared from now on, and what was told before may still stand on it."""
        if self._told[0]:
            await self._notifier.revise(self._write())

    async def _undo(self, edit: Edit) -> None:
        """What became of it is said in the window; where it could not be, the window comes, too."""
        try:
            undone = await self._session.undo(edit)
        except EditRefusedError as error:
            self._place.open_at(None, "")
            self._place.say(self._words.refused(error))
            return
        if undone is None:
            self._place.open_at(None, "")
            self._place.say(self._said.cannot_undo())
        else:
            self._place.say(self._words.undone(undone.edit))


def let_come_to_the_front(token: str) -> None:
    """Wayland lets a window come to the front only for what the user did; Qt takes the proof of it from here."""
    if token:
        os.environ["XDG_ACTIVATION_TOKEN"] = token
