"""A profile's access to its server: the token in memory, its place in the keyring, and the client that uses it."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from triluna_desktop.api.client import TriLunaClient
from triluna_desktop.api.limits import SYSTEM_PROXY
from triluna_desktop.system import settings as table
from triluna_desktop.system.secrets import (
    InvalidTokenError,
    LoadedToken,
    SaveOutcome,
    TokenSource,
    TokenStoreError,
    token_hint,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from triluna_desktop.api.budget import RequestBudget
    from triluna_desktop.api.probe import ProbeResult
    from triluna_desktop.domain.time import Clock
    from triluna_desktop.system.secrets_async import AsyncTokenStore
    from triluna_desktop.system.settings import AnySetting, Settings

_log = logging.getLogger(__name__)

_SCOPES = {"read write": (True, True), "read": (True, False), "write": (False, True), "none": (False, False)}
"""How the settings file says what a token may do."""
_READS = (True, False)
_WRITES = (True, True)


@dataclass(frozen=True, slots=True)
class Saved:
    """How keeping a token ended. ``is_used`` says whether it is in use; ``problem`` is a sentence, or empty."""

    is_used: bool
    is_in_keyring: bool
    problem: str = ""
    trouble: TokenStoreError | None = None
    """What kept the keyring from taking it; None where there is none that may."""


class Account:
    """The token and the client of one profile at one server. ``changed`` is told of each change of the token."""

    def __init__(
        self,
        base_url: str,
        tokens: AsyncTokenStore,
        settings: Settings,
        *,
        clock: Clock,
        budget: RequestBudget,
        keeps_hint: bool = True,
        is_url_given: bool = False,
    ) -> None:
        """``is_url_given``: this run was told to use the address, whatever the settings say."""
        self.given_url = base_url if is_url_given else ""
        self._base_url = base_url
        self._tokens = tokens
        self._settings = settings
        self._keeps_hint = keeps_hint
        self._token: str | None = None
        self.source = TokenSource.NONE
        """Where the token in use comes from."""
        self._listeners: list[Callable[[], None]] = []
        self._on_only_reads: Callable[[], None] = lambda: None
        self._on_may_write: Callable[[], None] = lambda: None
        self.client = TriLunaClient(
            base_url, lambda: self._token, clock=clock, budget=budget, proxy=lambda: proxy_of(settings)
        )
        self._end = settings.subscribe(self._on_setting)

    @property
    def has_token(self) -> bool:
        """Whether requests can be made."""
        return self._token is not None

    @property
    def token_hint(self) -> str:
        """The last four characters of the token, or of the one expected in the keyring; else empty."""
        return token_hint(self._token) if self._token else self._settings.get(table.ACCOUNT_TOKEN_HINT)

    def is_same_as(self, other: Account) -> bool:
        """Whether both use one token at one server, and so show one and the same calendar."""
        return self._token is not None and (self._token, self._base_url) == (other._token, other._base_url)

    def on_change(self, callback: Callable[[], None]) -> None:
        """Have ``callback`` called after each change of the token."""
        self._listeners.append(callback)

    def on_only_reads(self, callback: Callable[[], None]) -> None:
        """Have ``callback`` called when a test finds, or once found, that the token may read and not write."""
        self._on_only_reads = callback

    def on_may_write(self, callback: Callable[[], None]) -> None:
        """Have ``callback`` called when a test finds that the token may read and write."""
        self._on_may_write = callback

    def use(self, token: str) -> None:
        """Use a token that needs no keyring (the sandbox's own)."""
        self._token, self.source = token, TokenSource.SESSION
        self._tell()

    def begin_load(self) -> None:
        """Start to ask the keyring; `load` takes the answer. What is done until then goes on beside it."""
        self._tokens.begin()

    async def load(self, *, within: float | None = None) -> LoadedToken:
        """Take the token from the keyring, in so many seconds, else from the environment. Raises nothing."""
        loaded = await self._tokens.load(within=within)
        self._token, self.source = loaded.token, loaded.source
        if loaded.trouble is not None:
            _log.warning("The keyring gave no token: %s", loaded.trouble)
        if loaded.source is not TokenSource.ENVIRONMENT and loaded.trouble is None:
            self._remember(token_hint(loaded.token) if loaded.token else "")
        if loaded.token is not None and not self._was_tested(loaded.token):
            self._settings.reset(table.ACCOUNT_SCOPES_CACHE)
        self._tell()
        return loaded

    async def save(self, token: str) -> Saved:
        """Use the token and keep it in the keyring, where one may hold it."""
        trouble: TokenStoreError | None = None
        try:
            outcome = await self._tokens.save(token)
            problem = "" if outcome is SaveOutcome.SAVED else "No keyring here keeps passwords safe."
        except InvalidTokenError as error:
            return Saved(is_used=False, is_in_keyring=False, problem=str(error))
        except TokenStoreError as error:
            outcome, problem, trouble = SaveOutcome.SESSION_ONLY, str(error), error
        is_kept = outcome is SaveOutcome.SAVED
        self._token, self.source = token.strip(), TokenSource.KEYRING if is_kept else TokenSource.SESSION
        self._remember(token_hint(self._token) if is_kept else "")
        self._settings.reset(table.ACCOUNT_SCOPES_CACHE)
        self._tell()
        return Saved(is_used=True, is_in_keyring=is_kept, problem=problem, trouble=trouble)

    async def read_again(self) -> LoadedToken:
        """Take from the keyring what it holds now: somebody changed it, or unlocked it. Raises nothing.

        Where it gives nothing because something is the matter with it, the token in use stays in use.
        """
        loaded = await self._tokens.read_again()
        if loaded.trouble is not None:
            _log.warning("The keyring gave no token: %s", loaded.trouble)
            if loaded.token is None:
                return loaded
        if loaded.token != self._token:
            self._settings.reset(table.ACCOUNT_SCOPES_CACHE)
        self._token, self.source = loaded.token, loaded.source
        if loaded.source is not TokenSource.ENVIRONMENT:
            self._remember(token_hint(loaded.token) if loaded.token else "")
        self._tell()
        return loaded

    async def forget(self) -> TokenStoreError | None:
        """Remove the token from memory and the keyring; an error where it may still be there."""
        self._token, self.source = None, TokenSource.NONE
        self._remember("")
        self._settings.reset(table.ACCOUNT_SCOPES_CACHE)
        self._tell()
        try:
            await self._tokens.forget()
        except TokenStoreError as error:
            return error
        return None

    @property
    def known_scopes(self) -> tuple[bool, bool] | None:
        """Whether the token may read, and write, as the last test found; None where that is not known."""
        return _SCOPES.get(self._tested[0])

    @property
    def _tested(self) -> tuple[str, str]:
        """What is kept of the last test: what the token may do, and the last four characters of that token."""
        scopes, _, hint = self._settings.get(table.ACCOUNT_SCOPES_CACHE).partition(":")
        return scopes, hint

    def _was_tested(self, token: str) -> bool:
        """Whether what is kept speaks of this token. One too short for a hint is tested anew after each start."""
        hint = token_hint(token)
        return bool(hint) and self._tested[1] == hint

    async def test(self) -> ProbeResult:
        """Which scopes the token has. The answer is kept until the token changes or the server refuses it."""
        token = self._token
        result = await self.client.probe()
        if token is None or token != self._token:
            return result  # It says nothing of the token that is in use by now.
        found = (result.read, result.write)
        for kept, scopes in _SCOPES.items():
            if scopes == found:
                self._settings.set(table.ACCOUNT_SCOPES_CACHE, f"{kept}:{token_hint(token)}")
        if found == _READS:
            self._on_only_reads()
        elif found == _WRITES:
            self._on_may_write()
        return result

    def scopes_refused(self, *, is_of_writing: bool = False) -> None:
        """The server said 401 or 403: what the last test found holds no longer, unless it was just that."""
        if is_of_writing and self.known_scopes == _READS:
            return
        self._settings.reset(table.ACCOUNT_SCOPES_CACHE)

    def _on_setting(self, setting: AnySetting) -> None:
        if setting in (table.NETWORK_PROXY, table.NETWORK_PROXY_ADDRESS):
            self.client.proxy_changed()

    async def close(self) -> None:
        """Close the connections, and give up what the keyring is asked for."""
        self._end()
        await self.client.aclose()
        self._tokens.close()

    def _remember(self, hint: str) -> None:
        if self._keeps_hint:
            self._settings.set(table.ACCOUNT_TOKEN_HINT, hint)

    def _tell(self) -> None:
        for callback in self._listeners:
            callback()
        if self._token is not None and self._was_tested(self._token) and self.known_scopes == _READS:
            self._on_only_reads()  # Else the first edit would be queued, and refused by the server.


def proxy_of(settings: Settings) -> str:
    """The proxy that the settings name, as `api.limits.SYSTEM_PROXY` describes it; without an address none."""
    match settings.get(table.NETWORK_PROXY):
        case "address":
            return settings.get(table.NETWORK_PROXY_ADDRESS)
        case "none":
            return ""
        case _:
            return SYSTEM_PROXY
