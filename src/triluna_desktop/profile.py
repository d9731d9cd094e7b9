"""One profile put together: its folders, lock, settings, store, account and session, with a window or without.

A person waits for the first paint, which needs no server: `open_calendar` gives what there is without one, and
what `Profile.connect` needs is imported there.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from triluna_desktop.api.url import DEFAULT_BASE_URL, validate_base_url
from triluna_desktop.domain.mode_settings import mode_settings_of
from triluna_desktop.domain.values import dataclass
from triluna_desktop.session import Session
from triluna_desktop.store.calendar import SqliteStore
from triluna_desktop.system import settings as table
from triluna_desktop.system.clock import SystemClock
from triluna_desktop.system.logs import Redactor, install_excepthook, set_level, setup_logging
from triluna_desktop.system.paths import AppPaths, app_paths
from triluna_desktop.system.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from triluna_desktop.account import Account
    from triluna_desktop.api.budget import RequestBudget
    from triluna_desktop.domain.availability import ModeSettings
    from triluna_desktop.options import Options
    from triluna_desktop.store.db import OpenReport
    from triluna_desktop.system.secrets import Keyring


@dataclass(frozen=True, slots=True)
class Ground:
    """What is there before the calendar is opened: folders, the log, the settings, the clock."""

    paths: AppPaths
    settings: Settings
    clock: SystemClock
    redactor: Redactor
    close_log: Callable[[], None]


class Profile:
    """An open profile. Who opens it holds its lock, and closes it with `close`."""

    def __init__(
        self, ground: Ground, base_url: str, store: SqliteStore, opened: OpenReport, session: Session
    ) -> None:
        self.ground = ground
        self.base_url = base_url
        self.store = store
        self.opened = opened
        """How opening the store went; something to say where it was damaged."""
        self.session = session
        self._account: Account | None = None

    @property
    def account(self) -> Account:
        """The access to the server, once there is one."""
        if self._account is None:
            raise RuntimeError(f"the profile {self.ground.paths.profile} is not connected")
        return self._account

    def connect(
        self,
        keyring: Keyring | None = None,
        *,
        keeps_hint: bool = True,
        is_url_given: bool = False,
        takes_environment: bool = True,
    ) -> None:
        """Give the session its way to the server. Nothing is sent before the session is started.

        ``keyring`` is asked for the token; without one, the system's in this process. ``is_url_given``: this run
        was told to use the address. ``takes_environment``: a token in the environment is this profile's. It is one
        account's, so of several profiles in a process only one may take it.
        """
        from triluna_desktop.api.budget import RequestBudget
        from triluna_desktop.sync.ledger import RequestLedger
        from triluna_desktop.system.clock import uptime

        ground, store, session = self.ground, self.store, self.session
        budget = RequestBudget(
            ground.clock,
            ledger=RequestLedger(store, ground.clock, uptime),
            edits_waiting=lambda: edits_waiting(store),
        )
        account = self._account = open_account(
            ground,
            self.base_url,
            budget,
            keeps_hint=keeps_hint,
            is_url_given=is_url_given,
            keyring=keyring,
            takes_environment=takes_environment,
        )
        session.connect(account.client, lambda: account.has_token, budget)
        account.on_change(session.token_changed)
        account.on_only_reads(session.token_only_reads)
        account.on_may_write(lambda: session.token_changed() if session.is_read_only else None)

    async def close(self) -> None:
        """Stop the session, close the connections and the store, in that order."""
        try:
            await self.session.stop()
            if self._account is not None:
                await self._account.close()
        finally:
            self.store.close()


def prepare(options: Options) -> Ground:
    """Make the profile's folders and read its settings.

    Raises:
        InvalidProfileError, FolderError: with a sentence for the user.
    """
    paths = app_paths(options.profile, options.data_dir)
    paths.ensure()
    redactor = Redactor()
    close_log = setup_logging(paths.log_file, redactor, verbose=options.verbose)
    install_excepthook(redactor)
    settings = Settings(paths.settings_file)
    settings.load()
    if not options.verbose:
        follow_log_level(settings)
    return Ground(paths, settings, SystemClock(), redactor, close_log)


def follow_log_level(settings: Settings) -> None:
    """Let the log tell as much as the settings say, now and whenever they change."""
    if settings.get(table.LOG_LEVEL) != table.LOG_LEVEL.default:
        set_level(settings.get(table.LOG_LEVEL))
    settings.subscribe(lambda each: set_level(settings.get(each)) if each is table.LOG_LEVEL else None)


def prepare_beside(ground: Ground, options: Options) -> Ground:
    """As `prepare`, for another profile of a process that has one already: there is one log and one clock.

    Raises:
        InvalidProfileError, FolderError: with a sentence for the user.
    """
    paths = app_paths(options.profile, options.data_dir)
    paths.ensure()
    settings = Settings(paths.settings_file)
    settings.load()
    return Ground(paths, settings, ground.clock, ground.redactor, lambda: None)


def open_profile(
    ground: Ground, options: Options, *, keyring: Keyring | None = None, takes_environment: bool = True
) -> Profile:
    """Open the calendar, and connect it to its server; the arguments are those of `Profile.connect`.

    Raises:
        InvalidBaseUrlError, StoreError: with a sentence for the user.
    """
    profile = open_calendar(ground, options)
    profile.connect(keyring, is_url_given=options.api_url is not None, takes_environment=takes_environment)
    return profile


def open_calendar(ground: Ground, options: Options, *, is_demo: bool = False) -> Profile:
    """Open the store and put a session on it: what is on this computer can be read, and changed.

    ``is_demo``: the sandbox has another port each time and is still the same calendar.

    Raises:
        InvalidBaseUrlError, StoreError: with a sentence for the user.
    """
    base_url = base_url_of(ground, options)
    store = SqliteStore(demo_database(ground.paths) if is_demo else database_of(ground.paths, base_url))
    opened = store.open()
    session = Session(store, None, ground.clock, mode_settings=mode_settings(ground.settings))
    return Profile(ground, base_url, store, opened, session)


def edits_waiting(store: SqliteStore) -> int:
    """How many edits are to be sent without asking the user first; none where the file cannot be read: then no
    request can be counted in it, and none leaves.
    """
    from triluna_desktop.sync.ports import StoreError

    try:
        counts = store.counts()
    except StoreError:
        return 0
    return counts.unsent - counts.needs_decision


def base_url_of(ground: Ground, options: Options) -> str:
    """The server's address: the one given, else that of the settings.

    Raises:
        InvalidBaseUrlError: with a sentence for the user.
    """
    given = options.api_url
    return validate_base_url(ground.settings.get(table.ACCOUNT_BASE_URL) if given is None else given)


def open_account(
    ground: Ground,
    base_url: str,
    budget: RequestBudget,
    *,
    keeps_hint: bool = True,
    is_url_given: bool = False,
    keyring: Keyring | None = None,
    takes_environment: bool = True,
) -> Account:
    """The access to a server. It needs no database, and so no lock."""
    from triluna_desktop.account import Account
    from triluna_desktop.system.keyring_backends import LibraryKeyring
    from triluna_desktop.system.secrets import TokenStore
    from triluna_desktop.system.secrets_async import AsyncTokenStore

    tokens = TokenStore(
        ground.paths.profile,
        base_url,
        keyring or LibraryKeyring(),
        on_token=ground.redactor.register_secret,
        environ=os.environ if takes_environment else {},
    )
    return Account(
        base_url,
        AsyncTokenStore(tokens),
        ground.settings,
        clock=ground.clock,
        budget=budget,
        keeps_hint=keeps_hint,
        is_url_given=is_url_given,
    )


def demo_database(paths: AppPaths) -> Path:
    """The demo's own: whatever is tried out there, no run without ``--demo`` ever sends it to an account."""
    return paths.database.with_stem(f"{paths.database.stem}-demo")


def database_of(paths: AppPaths, base_url: str) -> Path:
    """The database of a server's calendar: ids and queued edits mean something at one server only."""
    if base_url == DEFAULT_BASE_URL:
        return paths.database
    from triluna_desktop.system.digest import digest  # The default server does without.

    name = digest(base_url.encode(), 12)
    return paths.database.with_stem(f"{paths.database.stem}-{name}")


def mode_settings(settings: Settings) -> ModeSettings:
    """The calendar mode as the settings have it."""
    return mode_settings_of(*(settings.get(each) for each in table.MODE))
