"""A profile as it runs in the window's process, shown or not: its lock, its commands, its token, its session."""

from __future__ import annotations

import asyncio
import logging
from contextlib import AsyncExitStack, suppress
from typing import TYPE_CHECKING, Protocol

from triluna_desktop.options import RAISE, READ_TOKEN
from triluna_desktop.session import ConnectionState
from triluna_desktop.sync.ports import StoreError
from triluna_desktop.system.paths import FolderError
from triluna_desktop.system.setting_kinds import SettingError
from triluna_desktop.ui.profiles.profile_state import Standing

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from triluna_desktop.account import Account
    from triluna_desktop.commands import Json
    from triluna_desktop.profile import Profile
    from triluna_desktop.session import Changes
    from triluna_desktop.system.instance import CommandServer
    from triluna_desktop.system.lock import ProfileLock
    from triluna_desktop.system.paths import AppPaths
    from triluna_desktop.system.secrets import LoadedToken

_log = logging.getLogger(__name__)

OPENED_WITHIN = 30.0
"""Seconds in which a profile that is opened behind the shown one is ready for a command."""
STARTED_WITHIN = 5.0
"""Seconds that a command waits for an app that starts just now, and whose keyring asks its user for longer."""
_WITHOUT_TOKEN = frozenset({"status", RAISE, READ_TOKEN})
_STANDINGS = {
    ConnectionState.NEEDS_TOKEN: Standing.TOKEN_REFUSED,
    ConnectionState.NO_TOKEN: Standing.NO_TOKEN,
    ConnectionState.OFFLINE: Standing.OFFLINE,
    ConnectionState.ERROR: Standing.FAILING,
    ConnectionState.WAITING: Standing.WAITING,
}
_OF_THE_TOKEN = frozenset({Standing.TOKEN_REFUSED, Standing.NO_TOKEN})


class ProfileRun:
    """Who makes one holds the profile's lock. It listens from `listen` on, is open from `open` on, and syncs from
    `start` on; `close` ends all of it and gives the lock back.
    """

    def __init__(self, paths: AppPaths, lock: ProfileLock, profile: Profile | None = None) -> None:
        self.paths = paths
        self.lock = lock
        self.token: LoadedToken | None = None
        """What came of asking the keyring, once it was asked."""
        self.is_token_asked_again = False
        """Whether another process said that what the keyring holds has changed."""
        self.failure = ""
        """Why it could not be opened: a sentence for the user, or empty."""
        self._profile = profile
        self._server: CommandServer | None = None
        self._ready = asyncio.Event()
        self._is_started_up = asyncio.Event()
        self._is_started = self._is_closed = False
        self._ends: list[Callable[[], None]] = []
        self._wanted: Callable[[], None] = lambda: None
        self.load_token: Callable[[Account], Awaitable[LoadedToken]] = lambda account: account.load()
        """How the keyring is asked at the start."""
        self.token_read: list[Callable[[ProfileRun], None]] = []
        """Called when the keyring was asked, at the start or because another process changed what it holds."""

    @property
    def name(self) -> str:
        """The profile's name, which is that of its folders."""
        return self.paths.profile

    @property
    def is_open(self) -> bool:
        """Whether there is a store and a session."""
        return self._profile is not None

    @property
    def profile(self) -> Profile:
        """The open profile."""
        if self._profile is None:
            raise RuntimeError(f"the profile {self.name} is not open")
        return self._profile

    @property
    def standing(self) -> Standing:
        """What is the matter with the open profile."""
        status = self.profile.session.status
        standing = _STANDINGS.get(status.state, Standing.WELL)
        if standing not in _OF_THE_TOKEN and (status.needs_decision > 0 or status.shrink is not None):
            return Standing.DECISION
        return standing

    async def listen(self, show: Callable[[str], None], wanted: Callable[[], None] = lambda: None) -> None:
        """Take the commands of other processes; ``show`` is called with the name when one wants the window.

        ``wanted`` is called when there is a command and the profile is not open yet: who opens it need not rest.
        """
        from triluna_desktop.system.instance import serve

        self._show, self._wanted = show, wanted
        self._server = await serve(self.paths.socket, self._on_command, lock=self.lock)

    def open(self, make: Callable[[], Profile]) -> Profile:
        """Open it, unless it is open. What keeps it from that stays in `failure`, and is raised."""
        if self._profile is None:
            try:
                self._profile = make()
            except Exception as error:
                self.failure = str(error)
                self._ready.set()
                raise
        self.failure = ""
        return self._profile

    async def start(self, *, asks_keyring: bool = True, syncs: bool = True) -> None:
        """Find the token and start the session; does nothing the second time. The demo does both by itself."""
        profile = self.profile
        if self._is_started:
            return
        self._is_started = True
        self._ends.append(profile.session.subscribe(self._on_changes))
        self._ready.set()
        try:
            if asks_keyring:
                self.take(await self.load_token(profile.account))
            if syncs and not self._is_closed:  # The keyring may have asked its user for long.
                await profile.session.start()
        finally:
            self._is_started_up.set()

    def at_end(self, end: Callable[[], None]) -> None:
        """Have ``end`` called before the profile is closed."""
        self._ends.append(end)

    @property
    def is_in_place(self) -> bool:
        """Whether the calendar's file and the lock lie where they were opened: somebody may delete the folder."""
        return self.lock.is_in_place and (self._profile is None or self._profile.store.is_in_place)

    async def put_back(self) -> Path | None:
        """Make folders, lock, calendar, settings and socket anew where they were deleted under the open profile.

        Returns where the file is kept that another program has begun there meanwhile, if there was one.

        Raises:
            OSError, StoreError, SettingError: with a sentence; what is open stays so.
        """
        self.paths.ensure()
        if not self.lock.renew():
            raise FolderError("Another window or command of this program has begun anew there. Close that first.")
        aside = None if self.profile.store.is_in_place else self.profile.store.put_back()
        self.profile.ground.settings.put_back()
        if self._server is not None and not self.paths.socket.exists():
            await self.stop_listening()
            await self.listen(self._show, self._wanted)
        return aside

    async def stop_listening(self) -> None:
        """Take no more commands."""
        server, self._server = self._server, None
        if server is not None:
            await server.close()

    async def close(self) -> None:
        """No more commands, then session, connections, store and lock, whatever of it fails."""
        self._is_closed = True
        async with AsyncExitStack() as end:
            end.callback(self.lock.release)
            end.push_async_callback(self._close_profile)
            while self._ends:
                end.callback(self._ends.pop())
            await self.stop_listening()

    async def _close_profile(self) -> None:
        if self._profile is not None:
            if not self.is_in_place:
                await self._put_back_at_last()
            await self._profile.close()

    async def _put_back_at_last(self) -> None:
        """What was not sent goes with the deleted file, unless it is written now."""
        try:
            await self.put_back()
        except (OSError, StoreError, SettingError) as error:
            _log.error("The deleted folder of %s could not be put back: %s", self.name, error)

    def take(self, loaded: LoadedToken) -> None:
        """The keyring was asked, with this outcome."""
        self.token = loaded
        for callback in tuple(self.token_read):
            callback(self)

    def _on_changes(self, changes: Changes) -> None:
        state = self.profile.session.status.state
        if changes.status and state in {ConnectionState.NEEDS_TOKEN, ConnectionState.READ_ONLY}:
            self.profile.account.scopes_refused(is_of_writing=state is ConnectionState.READ_ONLY)

    async def _on_command(self, request: Json) -> Json:
        from triluna_desktop import commands

        if request.get("command") == RAISE:
            self._show(self.name)
            return commands.Answer(commands.DONE).to_wire()
        if not self._ready.is_set():
            self._wanted()
        async with asyncio.timeout(OPENED_WITHIN):
            await self._ready.wait()
        if self._profile is None:
            return commands.Answer(commands.WRONG_INPUT, error_code="store", message=self.failure).to_wire()
        if request.get("api_url") not in (None, self._profile.base_url):
            return commands.OTHER_SERVER.to_wire()
        if request.get("command") == READ_TOKEN:
            return await self._read_token_again(self._profile)
        if request.get("command") not in _WITHOUT_TOKEN:
            await self._wait_for_start()
        session = self._profile.session
        before = session.last_edit
        answer = await commands.run(session, self._profile.ground.clock, request)
        if not self._profile.account.has_token:
            from triluna_desktop import command_sentences

            is_asked = not self._is_started_up.is_set()
            answer = command_sentences.with_keyring(answer, self.token, is_asked=is_asked)
        # What the user has done meanwhile, in the window, they have seen.
        is_its_own = request.get("command") in commands.EDITING and session.last_edit is not before
        if is_its_own and session.last_edit is not None:
            session.notices.made_outside(session.last_edit)
        return answer.to_wire()

    async def _wait_for_start(self) -> None:
        """A key may be pressed as soon as there is a window."""
        with suppress(TimeoutError):
            async with asyncio.timeout(STARTED_WITHIN):
                await self._is_started_up.wait()

    async def _read_token_again(self, profile: Profile) -> Json:
        """A command in a terminal has put another token into the keyring, or has removed it from there."""
        from triluna_desktop import commands

        self.is_token_asked_again = True
        loaded = await profile.account.read_again()
        self.take(loaded)
        if loaded.trouble is not None and loaded.token is None:
            return commands.Answer(commands.NO_ACCESS, error_code="keyring", message=str(loaded.trouble)).to_wire()
        return commands.Answer(commands.DONE).to_wire()


class Show(Protocol):
    """Puts a profile into the window, as `triluna_desktop.stage.Stage.show` does."""

    def __call__(self, run: ProfileRun, *, raises: bool) -> bool:
        """False where what is shown may not go."""
        ...
