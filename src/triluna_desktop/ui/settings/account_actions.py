"""What the pages that ask for a token need done. The keyring and the network lie behind it, never here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from triluna_desktop.domain.remote import Trouble
    from triluna_desktop.ui.settings.local_actions import LocalActions


class Kept(Enum):
    """Where a token is after `AccountActions.save_token`."""

    KEYRING = "keyring"
    """In the system's keyring, written and read back."""
    SESSION_ONLY = "session_only"
    """No keyring is there that keeps a secret: it is held in memory until the app quits."""
    REFUSED = "refused"
    """It is no token, and is not used; ``detail`` says why."""


class TokenPlace(Enum):
    """Where the token that is in use comes from."""

    NOWHERE = "nowhere"
    """There is none."""
    KEYRING = "keyring"
    """In the system's keyring, or expected there."""
    SESSION = "session"
    """In memory, until the app quits."""
    ENVIRONMENT = "environment"
    """It was given to this run by `ENVIRONMENT_VARIABLE`."""


ENVIRONMENT_VARIABLE = "TRILUNA_TOKEN"


class KeyringTrouble(Enum):
    """What kept the keyring from doing what it was asked."""

    LOCKED = "locked"
    DISMISSED = "dismissed"
    """The user closed its question."""
    HANGING = "hanging"
    """It does not answer; its question may be open behind another window."""
    ABSENT = "absent"
    UNSAFE = "unsafe"
    """It would keep the token in plain text, or lose it."""
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class SaveOutcome:
    """How saving a token ended. ``detail`` is why it was refused, ``keyring`` why it is not kept."""

    kept: Kept
    detail: str = ""
    keyring: KeyringTrouble = KeyringTrouble.ABSENT


@dataclass(frozen=True, slots=True)
class ScopeReport:
    """Which scopes the token has. None: that could not be found out.

    ``trouble`` is why the server could not be asked, ``message`` the server's own words.
    """

    can_read: bool | None = None
    can_write: bool | None = None
    trouble: Trouble | None = None
    message: str = ""


class AccountActions(Protocol):
    """The token of this profile. The coroutines raise nothing that a user can do something about."""

    @property
    def local(self) -> LocalActions:
        """The account's files on this computer."""
        ...

    @property
    def token_hint(self) -> str:
        """The last four characters of the token, empty where there is none."""
        ...

    @property
    def token_place(self) -> TokenPlace:
        """Where the token comes from; it may be too short for a hint."""
        ...

    @property
    def given_url(self) -> str:
        """The server's address that this run was given in place of the one of the settings; else empty."""
        ...

    @property
    def known_scopes(self) -> ScopeReport | None:
        """What the last test of the token found; None where that is not known, or no longer holds."""
        ...

    async def save_token(self, token: str) -> SaveOutcome:
        """Keep the token and use it from now on."""
        ...

    async def forget_token(self) -> KeyringTrouble | None:
        """Remove it from the keyring and from memory; a trouble where the keyring may still hold it."""
        ...

    async def read_again(self) -> KeyringTrouble | None:
        """Ask the keyring for the token again, and use what it gives; or what keeps it from giving one."""
        ...

    async def test(self) -> ScopeReport:
        """Read, and find out the write scope without writing anything."""
        ...

    async def change_base_url(self, url: str) -> None:
        """Use another server (a checked address). The token is forgotten: it was given for the old one."""
        ...
