"""The window's composition root: build, wire, run, stop, in order. `start` has opened the shown profile before.

The first paint needs Qt, the theme, the store and the window with the weeks last seen. Only after it come asyncio
on Qt, the keyring, httpx and the network: the token is loaded, the session started, commands of other processes
are listened for, and the other profiles are opened behind the shown one (`open_profiles`).

Stopping goes the other way round: no more commands, tasks cancelled, sessions, connections, stores.
"""

from __future__ import annotations

import dataclasses
import gc
import logging
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QTimer

from triluna_desktop import __version__
from triluna_desktop.options import HIDDEN
from triluna_desktop.session import ConnectionState
from triluna_desktop.stage import Stage, tell_of_damage
from triluna_desktop.system import settings as table
from triluna_desktop.ui import chosen
from triluna_desktop.ui.application import Application, WindowWatcher
from triluna_desktop.ui.theme import Theme
from triluna_desktop.ui.translation import choose_language
from triluna_desktop.ui.translation import install as install_translation

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Coroutine, Sequence

    from triluna_desktop.folder_watch import FolderWatch
    from triluna_desktop.open_profiles import OpenProfiles
    from triluna_desktop.options import WindowOptions
    from triluna_desktop.outside import Outside
    from triluna_desktop.profile import Profile
    from triluna_desktop.session import Changes
    from triluna_desktop.system.lock import ProfileLock
    from triluna_desktop.system.profile_book import ProfileBook
    from triluna_desktop.ui.aio import Tasks
    from triluna_desktop.ui.tray.host import TrayHost
    from triluna_desktop.ui.tray.residence import Residence
    from triluna_desktop.window_account import WindowAccount

    Work = Coroutine[object, object, object]

_log = logging.getLogger(__name__)

FIRST_PAINT_WITHIN_MS = 500
"""A window that nobody can see (minimised, on another desktop) is not waited for."""
SETTLED_WITHIN_MS = 20_000
"""A picture is taken then at the latest, whatever the server does."""
REST_BEFORE_PICTURE_MS = 400
TRAY_AFTER_MS = 300
"""After the window works: asking the desktop for its tray takes some milliseconds, which nobody waits for."""
READY_AFTER_MS = 1000
"""After all that: nobody presses the first key sooner, and the first answer of the server goes before."""
_UNSETTLED = frozenset({ConnectionState.LOADING, ConnectionState.SYNCING, ConnectionState.NO_TOKEN})


class DesktopApp:
    """One run of the window on an open profile. The constructor builds what the first paint needs."""

    def __init__(
        self,
        profile: Profile,
        lock: ProfileLock,
        options: WindowOptions,
        book: ProfileBook,
        *,
        demo_port: int,
    ) -> None:
        self.start_again: list[str] | None = None
        """The arguments to start the program with once this run has ended, or None."""
        self._lock = lock
        self._log_file = profile.ground.paths.log_file
        self._book = book
        self._profiles: OpenProfiles | None = None
        self._options = options
        self._demo_port = demo_port
        self._tasks: Tasks | None = None
        self._waiting: list[tuple[Work, str]] = []
        """Work that was asked for before the event loop ran."""
        self._quit_asked: asyncio.Event | None = None
        self._is_closed = False
        self._app = Application(sys.argv[:1], __version__)
        settings = profile.ground.settings
        get = settings.get
        choose_language(get(table.APPEARANCE_LANGUAGE))
        install_translation(self._app)
        self._theme = Theme(
            self._app,
            get(table.APPEARANCE_THEME),
            get(table.APPEARANCE_DENSITY),
            desktop_is_dark=chosen.desktop_is_dark(settings),
        )
        self._theme.install()
        self._stage = Stage(
            profile,
            self._theme,
            spawn=self._spawn,
            account_of=self._account_of,
            try_demo=self._try_demo,
            closed=self._quit,
        )
        self._window = self._stage.window
        self._watcher = WindowWatcher(self._window)
        self._watcher.visible_changed.connect(self._stage.set_visible)
        self._watcher.focused.connect(self._stage.focused)
        self._app.quit_asked.connect(self._window.quit)
        self._residence: Residence | None = None
        """The tray, a moment after the window works."""
        self._outside: Outside | None = None
        """Notifications and what else there is around the window; with the tray."""
        self._folders: FolderWatch | None = None
        """Looks after the profiles' folders; with the tray."""
        self._is_hidden = options.is_hidden or profile.ground.settings.get(table.WINDOW_START_HIDDEN)

    @property
    def _profile(self) -> Profile:
        """The one in the window."""
        return self._stage.profile

    def run(self) -> None:
        """Show the window, and return when it was closed and everything is stopped."""
        if not self._is_hidden:
            self._window.show()
            self._wait_for_first_paint()
        self._connect_account()
        self._furnish()
        # asyncio and qasync cost a frame or two, and the week is on the screen by now.
        import asyncio

        from triluna_desktop.ui.event_loop import EventLoop as QtLoop

        try:
            with asyncio.Runner(loop_factory=lambda: QtLoop(self._app)) as runner:
                runner.run(self._main())
        finally:
            # Qt destroys the window when the interpreter is half gone: no Python may listen to that.
            self._watcher.stop()

    def _connect_account(self) -> None:
        from triluna_desktop.system.keyring_process import KeyringProcess

        is_demo, given = self._options.is_demo, self._options.common.api_url
        profile = self._profile
        profile.connect(
            KeyringProcess(profile.ground.redactor.register_secret),
            keeps_hint=not is_demo,
            is_url_given=is_demo or given is not None,
        )
        if not is_demo:
            profile.account.begin_load()  # In a process of its own, beside what follows.

    def _furnish(self) -> None:
        """Make what the first paint could do without."""
        self._profile.ground.clock.hurry(is_on=False)
        self._app.dress()
        self._stage.furnish(is_demo=self._options.is_demo)

    def _account_of(self, profile: Profile) -> WindowAccount:
        from PySide6.QtCore import QLocale, qVersion

        from triluna_desktop.window_account import WindowAccount
        from triluna_desktop.window_local import Process, WindowLocal

        process = Process(self._log_file, self._open_profiles, self._book.names)
        local = WindowLocal(profile, process, self._start_anew, qVersion(), QLocale().name())
        return WindowAccount(profile.account, self._change_server, local)

    def _open_profiles(self) -> list[Profile]:
        runs = [] if self._profiles is None else [run for run in self._profiles.runs.values() if run.is_open]
        return [run.profile for run in runs] or [self._profile]

    def _wait_for_first_paint(self) -> None:
        loop = QEventLoop()
        self._watcher.painted.connect(loop.quit)
        QTimer.singleShot(FIRST_PAINT_WITHIN_MS, loop.quit)
        loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        if self._options.on_first_paint is not None:
            self._options.on_first_paint()

    async def _main(self) -> None:
        import asyncio
        import signal

        from triluna_desktop.ui.aio import Tasks, loop_funnel

        self._quit_asked = asyncio.Event()
        if self._is_closed:
            self._quit_asked.set()
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(loop_funnel(self._report))
        if sys.platform != "win32":
            for number in (signal.SIGINT, signal.SIGTERM):
                loop.add_signal_handler(number, self._window.quit)
        self._tasks = Tasks(self._report)
        profiles = self._profiles = self._make_profiles()
        try:
            await profiles.listen()
            self._profile.session.subscribe(self._on_changes)
            tell_of_damage(self._window, self._profile.opened)
            self._spawn(self._connect(profiles), "connect")
            QTimer.singleShot(0 if self._is_hidden else TRAY_AFTER_MS, self._window, self._load_surroundings)
            for work, name in self._waiting:
                self._spawn(work, name)
            self._waiting.clear()
            # What was made until here stays: the collector need not look at it again and again.
            gc.collect()
            gc.freeze()
            gc.enable()
            await self._quit_asked.wait()
        finally:
            if self._residence is not None:
                self._residence.end()
            if self._folders is not None:
                self._folders.end()
            await profiles.stop_listening()
            await self._tasks.cancel_all()
            if self._outside is not None:
                await self._outside.close()
            await profiles.close()

    def _load_surroundings(self) -> None:
        from triluna_desktop.later import AROUND_THE_WINDOW, load_bit_by_bit

        load_bit_by_bit(AROUND_THE_WINDOW, self._look_for_tray, self._window)

    def _look_for_tray(self) -> None:
        from triluna_desktop.ui.tray.host import TrayHost

        if not self._is_closed:
            host = TrayHost(self._window)
            QTimer.singleShot(0, self._window, lambda: self._move_in(host))

    def _move_in(self, host: TrayHost) -> None:
        """Make the tray's icon, which nobody waits for."""
        from triluna_desktop.ui.tray.residence import HOST_WITHIN_MS, SOON_MS, Residence

        profile = self._profile
        if self._is_closed:
            return
        self._residence = Residence(
            self._window,
            profile.session,
            profile.ground.settings,
            self._theme,
            profile.ground.clock,
            self._spawn,
            is_hidden=self._is_hidden,
            patience_ms=HOST_WITHIN_MS if self._options.is_hidden else SOON_MS,
            host=host,
        )
        residence = self._residence
        self._stage.shown.append(lambda shown: residence.use(shown.session, shown.ground.settings))
        profile.session.set_visible(visible=self._window.isVisible() and not self._window.isMinimized())
        QTimer.singleShot(0, self._window, lambda: self._look_outside(residence))

    def _look_outside(self, residence: Residence) -> None:
        from triluna_desktop.folder_watch import FolderWatch
        from triluna_desktop.outside import Outside

        if self._is_closed:
            return
        assert self._profiles is not None  # noqa: S101 - made before the timer that leads here.
        self._outside = self._window.ties = Outside(
            self._profiles,
            self._book,
            self._window,
            self._options.common,
            self._spawn,
            bubble=residence.bubble,
            scheme_told=self._theme.tell,
            is_demo=self._options.is_demo,
        )
        self._watcher.focused.connect(self._outside.look)
        QTimer.singleShot(READY_AFTER_MS, self._window, self._get_ready)
        self._folders = FolderWatch(self._profiles, self._window, self._spawn)
        self._watcher.focused.connect(self._folders.look)

    def _get_ready(self) -> None:
        from triluna_desktop.later import go_through
        from triluna_desktop.ui.ready import get_ready

        go_through(get_ready(self._window.profile), self._window)

    def _make_profiles(self) -> OpenProfiles:
        from triluna_desktop.open_profiles import OpenProfiles
        from triluna_desktop.profile_run import ProfileRun

        run = ProfileRun(self._profile.ground.paths, self._lock, self._profile)
        profiles = OpenProfiles(
            run,
            self._book,
            self._options.common,
            spawn=self._spawn,
            show=self._stage.show,
            token_read=self._stage.tell_of_token,
            is_alone=self._options.is_demo,
        )
        if not self._options.is_demo:
            self._window.follow(profiles)
        return profiles

    async def _connect(self, profiles: OpenProfiles) -> None:
        """Find the token, and start the session; then open the other profiles."""
        is_demo = self._options.is_demo
        if is_demo:
            self._spawn(self._keep_demo(), "demo server")
        await profiles.start(profiles.shown, asks_keyring=not is_demo, syncs=not is_demo)
        if self._options.screenshot is not None or self._options.on_settled is not None:
            QTimer.singleShot(SETTLED_WITHIN_MS, self._settled)
        if not is_demo:
            await profiles.open_others()

    async def _keep_demo(self) -> None:
        from triluna_desktop.demo import DemoServer

        server = DemoServer(self._profile.ground.paths.data_dir / "demo-server.sqlite3", self._demo_port)
        try:
            self._profile.account.use((await server.start()).token)
            await self._profile.session.start()
            await server.keep_running(lambda address: self._profile.account.use(address.token))
        finally:
            server.stop()

    def _spawn(self, work: Work, name: str) -> object:
        if self._tasks is not None:
            return self._tasks.spawn(work, name)
        self._waiting.append((work, name))
        return None

    def _on_changes(self, changes: Changes) -> None:
        state = self._profile.session.status.state
        if changes.status and state not in _UNSETTLED:
            QTimer.singleShot(REST_BEFORE_PICTURE_MS, self._settled)

    def _settled(self) -> None:
        """The calendar is on the screen as the server has it."""
        picture, told = self._options.screenshot, self._options.on_settled
        self._options = dataclasses.replace(self._options, screenshot=None, on_settled=None)
        if picture is not None and not self._window.grab().save(str(picture)):
            _log.error("The picture could not be written to %s", picture)
        if told is not None:
            told()

    def _change_server(self, url: str) -> None:
        """Use another server: its calendar is another database, so the app starts anew.

        A run that was given an address goes on with that one.
        """
        if self._profile.account.given_url:
            self._profile.ground.settings.set(table.ACCOUNT_BASE_URL, url)
            return
        self._profile.ground.settings.set_all({table.ACCOUNT_BASE_URL: url, table.ACCOUNT_TOKEN_HINT: ""})
        self._start_anew()

    def _start_anew(self) -> None:
        shown = [] if self._options.is_demo else ["--profile", self._profile.ground.paths.profile]
        self.start_again = [*without_profile(sys.argv[1:]), *shown]
        self._window.quit()

    def _try_demo(self) -> None:
        where = self._options.common.data_dir
        self.start_again = ["--demo", *(["--data-dir", str(where)] if where else [])]
        self._window.quit()

    def _quit(self) -> None:
        self._is_closed = True  # Perhaps before there is a loop to stop.
        if self._quit_asked is not None:
            self._quit_asked.set()

    def _report(self, name: str, error: BaseException) -> None:
        """The error funnel: our bugs are logged whole and said on the screen, never swallowed."""
        _log.error("The task “%s” failed", name, exc_info=error)
        self._window.report(
            self._window.tr("Something went wrong in the app. What you see is safe on this computer."),
            str(self._profile.ground.paths.log_file),
        )


def without_profile(arguments: Sequence[str]) -> list[str]:
    """The arguments of a start, but for those that say which profile is shown, and that it is hidden."""
    kept: list[str] = []
    is_name = False
    for each in arguments:
        if not is_name and each not in ("--profile", HIDDEN) and not each.startswith("--profile="):
            kept.append(each)
        is_name = each == "--profile" and not is_name
    return kept
