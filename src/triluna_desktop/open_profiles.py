"""All profiles of the process: the one in the window, and those behind it, which sync, too.

The locks and sockets of all are taken at once, so that a second start finds this process. The others are opened
one after the other, with a rest between: the keyring is asked for one token at a time, and their polls, each at
its own time of the five minutes, stay apart.
"""

from __future__ import annotations

import asyncio
import dataclasses
import logging
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from triluna_desktop.keyring_queue import KeyringQueue
from triluna_desktop.profile import open_profile, prepare_beside
from triluna_desktop.profile_locks import ProfileLocks
from triluna_desktop.removal import removal_of, remove_for_good
from triluna_desktop.session_settings import SessionSettings
from triluna_desktop.sync.ports import StoreError
from triluna_desktop.system import settings as table
from triluna_desktop.system.keyring_process import KeyringProcess
from triluna_desktop.system.memory import give_back
from triluna_desktop.system.paths import FolderError, app_paths
from triluna_desktop.system.profile_book import DEFAULT, ProfileBookError, ProfileHeldError
from triluna_desktop.system.settings import SettingError, Settings
from triluna_desktop.system.shared_settings import SharedSettings
from triluna_desktop.ui.profiles.profile_state import ProfileState, Removal, Standing

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from triluna_desktop.options import Options
    from triluna_desktop.profile import Profile
    from triluna_desktop.profile_run import ProfileRun, Show
    from triluna_desktop.session import Changes, Session
    from triluna_desktop.system.logs import Redactor
    from triluna_desktop.system.profile_book import ProfileBook
    from triluna_desktop.system.secrets import Keyring
    from triluna_desktop.ui.aio import Spawn
    from triluna_desktop.ui.profiles.profile_state import Leftover

_log = logging.getLogger(__name__)

REST_SECONDS = 2.0
"""Between the opening of two profiles behind the shown one."""
STARTED_WITHIN = 5.0
"""Seconds after which the next profile is opened, though the one before is not through: its keyring may hang."""
TIDY_SECONDS = 2.0


class OpenProfiles:
    """What `ui.profiles.profile_list.Profiles` asks for, and the life of all that is behind it.

    ``show`` puts an open profile into the window. ``on_open`` is told of each profile that was opened, the first
    included: there the tray and the notifications follow its session.
    """

    def __init__(
        self,
        first: ProfileRun,
        book: ProfileBook,
        options: Options,
        *,
        spawn: Spawn,
        show: Show,
        token_read: Callable[[ProfileRun], None],
        make_keyring: Callable[[Redactor], Keyring] = lambda redactor: KeyringProcess(redactor.register_secret),
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        is_alone: bool = False,
    ) -> None:
        """``is_alone``: the demo, which meets no other profile."""
        self.shown = first
        self.runs = {first.name: first}
        self.on_open: list[Callable[[ProfileRun], None]] = []
        self._book = book
        self._options = options
        self._spawn = spawn
        self._show = show
        self._token_read = token_read
        self._make_keyring = make_keyring
        self._sleep = sleep
        self._is_alone = is_alone
        self._is_paused = False
        self._settings = SharedSettings(first.profile.ground.settings)
        self._held: tuple[ProfileState, ...] | None = None
        """The states, while one gives way to another."""
        self._listeners: list[Callable[[], None]] = []
        self._queue = KeyringQueue()
        self._locks = ProfileLocks(options.data_dir)
        self._follow(first)
        book.subscribe(self._changed)

    def subscribe(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Call ``callback`` when the list, or what it says of a profile, may differ. Returns what ends it."""
        self._listeners.append(callback)
        return lambda: self._listeners.remove(callback)

    def _changed(self) -> None:
        for callback in tuple(self._listeners):
            callback()

    # -- opening and closing -------------------------------------------------------------------------------------

    async def listen(self) -> None:
        """Take the locks of all known profiles and listen for commands to them."""
        self._note_shown()
        for known in () if self._is_alone else self._book.profiles:
            if known.name not in self.runs:
                run = self._locks.take(known.name)
                if run is not None:
                    self.runs[known.name] = run
        for run in self.runs.values():
            await self._listen(run)

    async def _listen(self, run: ProfileRun) -> None:
        await run.listen(self.show, lambda: self._open_soon(run))

    def _open_soon(self, run: ProfileRun) -> None:
        """A command waits for it."""
        if self._open(run):
            self._spawn(run.start(), "start a profile")

    def _note_shown(self) -> None:
        """One that was named at the start joins the list; who has only the default profile needs none."""
        name, is_first = self.shown.name, not self._book.profiles
        if self._is_alone or (is_first and name == DEFAULT):
            return
        if is_first and any(app_paths(DEFAULT, self._options.data_dir).data_dir.glob("calendar*.sqlite3")):
            self._remember(DEFAULT)
        self._remember(name)

    async def start(self, run: ProfileRun, *, asks_keyring: bool = True, syncs: bool = True) -> None:
        """As `ProfileRun.start`; returns after a while also where the keyring still waits for its user."""
        task = self._spawn(run.start(asks_keyring=asks_keyring, syncs=syncs), "start a profile")
        if isinstance(task, asyncio.Task):
            await asyncio.wait({task}, timeout=STARTED_WITHIN)

    async def open_others(self) -> None:
        """Open those that are not shown, one after the other."""
        for run in tuple(self.runs.values()):
            if run is self.shown or run.is_open:
                continue
            await self._sleep(REST_SECONDS)
            if run.name in self.runs and self._open(run):
                await self.start(run)
        if len(self.runs) > 1:
            await self._tidy(self.shown)

    async def stop_listening(self) -> None:
        """Take no more commands."""
        await asyncio.gather(*(run.stop_listening() for run in self.runs.values()))

    async def close(self) -> None:
        """Stop all of them."""
        await asyncio.gather(*(run.close() for run in self.runs.values()))

    def _taken(self, name: str) -> ProfileRun | None:
        """The profile, locked now where it was not yet; None where it cannot be had, which its lock explains."""
        run = self.runs.get(name)
        if run is None and (run := self._locks.take(name)) is not None:
            self.runs[name] = run
            self._spawn(self._listen(run), "listen for commands")
        return run

    def _open(self, run: ProfileRun) -> bool:
        if run.is_open:
            return True
        try:
            run.open(lambda: self._make(run.name))
        except (FolderError, StoreError, ValueError) as error:
            _log.warning("The profile %s cannot be opened: %s", run.name, error)
            self._changed()
            return False
        self._follow(run)
        run.profile.session.set_visible(visible=False)
        return True

    def _make(self, name: str) -> Profile:
        first = self.shown.profile.ground
        options = dataclasses.replace(self._options, profile=name, api_url=None)
        ground = prepare_beside(first, options)
        keyring = self._make_keyring(ground.redactor)
        profile = open_profile(ground, options, keyring=keyring, takes_environment=False)
        self._settings.join(ground.settings, first.settings)
        return profile

    def _follow(self, run: ProfileRun) -> None:
        def on_changes(changes: Changes) -> None:
            if changes.status:
                self._pause_all(is_on=run.profile.session.is_paused)
                self._changed()

        run.token_read.append(self._token_read)
        run.load_token = self._queue.load
        run.profile.account.on_change(lambda: self._on_token(run))
        follows = SessionSettings(run.profile, self._spawn, is_shown=lambda: run is self.shown)
        run.at_end(follows.end)
        follows.apply()
        if self._is_paused:
            run.profile.session.pause(is_on=True)
        run.profile.session.subscribe(on_changes)
        for told in self.on_open:
            told(run)

    def _on_token(self, run: ProfileRun) -> None:
        """One has a token: now the others that the keyring was not asked for can be asked for."""
        self._changed()
        if run.profile.account.has_token and self._queue.token_came():
            self._spawn(self._ask_again(), "ask the keyring for the others")

    async def _ask_again(self) -> None:
        for run in tuple(self.runs.values()):
            if run.is_open and run.token is not None and not run.profile.account.has_token and run.token.trouble:
                run.take(await self._queue.read_again(run.profile.account))

    def _pause_all(self, *, is_on: bool) -> None:
        """Nobody who pauses syncing, in the tray or the settings, means one of the calendars only."""
        if is_on is self._is_paused:
            return
        self._is_paused = is_on
        for run in self.runs.values():
            if run.is_open and run.profile.session.is_paused is not is_on:
                run.profile.session.pause(is_on=is_on)

    # -- what is listed, and what is done with it ----------------------------------------------------------------

    def states(self) -> tuple[ProfileState, ...]:
        """All of the list, in the user's order; the shown one also where it is in no list."""
        return self._states() if self._held is None else self._held

    def _states(self) -> tuple[ProfileState, ...]:
        known = () if self._is_alone else self._book.profiles
        if self.shown.name not in {each.name for each in known}:
            known = (self._book.get(self.shown.name), *known)
        return tuple(self._state(each.name) for each in known)

    def _state(self, name: str) -> ProfileState:
        known, run = self._book.get(name), self.runs.get(name)
        trouble = self._locks.why_not(name) if run is None else run.failure
        if run is None or not run.is_open:
            standing = Standing.NOT_OPEN if trouble else Standing.WELL
            if run is None and self._locks.is_elsewhere(name):
                standing = Standing.ELSEWHERE
            return ProfileState(known, is_shown=False, trouble=trouble, standing=standing)
        unsent = run.profile.session.status.unsent
        return ProfileState(known, run is self.shown, unsent, self._twin_of(run), standing=run.standing)

    def _twin_of(self, run: ProfileRun) -> str:
        account = run.profile.account
        others = (each for each in self.runs.values() if each is not run and each.is_open)
        return next((each.name for each in others if account.is_same_as(each.profile.account)), "")

    def session_of(self, name: str) -> Session | None:
        """The session of a profile, None while it is not open."""
        run = self.runs.get(name)
        return run.profile.session if run is not None and run.is_open else None

    def show(self, name: str, *, raises: bool = True) -> None:
        """Show a profile in the window, opened first where it is not yet; one that cannot be stays away.

        One that is open in another process is shown by that.
        """
        run = self._taken(name)
        if run is None and self._locks.is_elsewhere(name):
            self._spawn(self._when_asked(self._locks.show_elsewhere(name)), "show a calendar in its own window")
        if run is None or not self._open(run):
            return
        before, self.shown = self.shown, run
        # A new page asks for them over and over, and each time ten calendars are asked in ten files.
        self._held = self._states()
        try:
            is_shown = self._show(run, raises=raises)
        finally:
            self._held = None
        if not is_shown:
            self.shown = before
            return
        if run is not before:
            self._spawn(run.start(), "start a profile")
            self._remember(name)
            self._spawn(self._tidy(run), "give memory back")
        self._changed()

    async def _when_asked(self, asking: Awaitable[None]) -> None:
        await asking
        self._changed()

    async def _tidy(self, shown: ProfileRun) -> None:
        """What the page before took is given back, once the user has come to rest at another."""
        await self._sleep(TIDY_SECONDS)
        if shown is self.shown:
            for run in self.runs.values():
                if run.is_open and run is not shown:
                    run.profile.store.forget_readings()
            give_back()

    def _remember(self, name: str) -> None:
        """What is shown is shown, whether it can be remembered or not."""
        try:
            self._book.note(name)
            self._book.show(name)
        except ProfileBookError as error:
            _log.warning("%s", error)

    def check_title(self, title: str) -> None:
        """As `ProfileBook.check_title`."""
        self._book.check_title(title)

    @property
    def other_server(self) -> str:
        """The host where a new calendar will be, like the shown one; empty: that of everybody."""
        url = self.shown.profile.base_url
        return "" if url == table.ACCOUNT_BASE_URL.default else urlsplit(url).netloc

    def add(self, title: str, colour: str) -> None:
        """Make a new calendar at the server of the shown one, and show it.

        Raises:
            ProfileBookError: the list does not take it, or its settings cannot be written.
        """
        self._book.note(self.shown.name)
        name = self._book.add(title, colour).name
        settings = Settings(app_paths(name, self._options.data_dir).settings_file)
        try:
            settings.set(table.ACCOUNT_BASE_URL, self.shown.profile.base_url)
        except SettingError as error:
            self._book.remove(name)
            raise ProfileBookError(str(error)) from error
        self.show(name)

    def change(self, name: str, *, title: str | None = None, colour: str | None = None) -> None:
        """Rename or recolour; as `ProfileBook.change`."""
        self._book.note(self.shown.name)
        self._book.change(name, title=title, colour=colour)

    def move(self, name: str, place: int) -> None:
        """Put it at a place in the order; as `ProfileBook.move`."""
        self._book.note(self.shown.name)
        self._book.move(name, place)

    def removal_of(self, name: str) -> Removal:
        """The unsent edits that would go with it. Of deleted items there is no name left.

        Raises:
            ProfileHeldError: another process has it.
        """
        run = self._taken(name)
        if run is None:
            raise ProfileHeldError(self._locks.why_not(name))
        self._open_soon(run)
        if not run.is_open:
            return Removal(0, (), is_read=False)
        is_masked = self.shown.profile.ground.settings.get(table.PRIVACY_MASK_TITLES)
        return removal_of(run.profile, names_items=not is_masked)

    def remove(self, name: str, *, keeps_data: bool, left: Callable[[Leftover], None]) -> None:
        """Take it from the list, forget its token, and delete its files unless they are to stay.

        The shown one gives way to its neighbour first; the last one stays. ``left`` hears of what could not be
        removed.

        Raises:
            ProfileHeldError: another process has it, and nothing was done.
            ProfileBookError: the list cannot be written.
        """
        names = [each.name for each in self.states()]
        if name not in names or len(names) < 2:
            return
        if name == self.shown.name:
            at = names.index(name)
            self.show(names[at + 1] if at + 1 < len(names) else names[at - 1])
            if name == self.shown.name:
                return
        run = self.runs.get(name) or self._locks.take(name)
        if run is None:
            raise ProfileHeldError(self._locks.why_not(name))
        self._book.remove(name)
        self.runs.pop(name, None)
        self._spawn(self._end(run, left, keeps_data=keeps_data), "remove a profile")

    async def _end(self, run: ProfileRun, left: Callable[[Leftover], None], *, keeps_data: bool) -> None:
        self._open(run)  # Its token is in the keyring also where it was not opened yet.
        if run.is_open:
            self._settings.leave(run.profile.ground.settings)
        leftover = await remove_for_good(run, keeps_data=keeps_data)
        if leftover.token or leftover.folder:
            left(leftover)
        self._changed()
