"""What one setting is: its key, its default, and which values it takes."""

from __future__ import annotations

import base64
import binascii
from enum import Enum
from typing import Any, Generic, TypeVar
from urllib.parse import urlsplit

from triluna_desktop.domain.values import dataclass

T = TypeVar("T", bool, int, str)


class Kind(Enum):
    """What the values of a setting are."""

    FLAG = "flag"
    NUMBER = "number"
    TIME = "time"
    """A NUMBER: minutes of the wall day."""
    CHOICE = "choice"
    TEXT = "text"
    URL = "url"
    PROXY = "proxy"
    """The address of a proxy, or nothing."""
    BYTES = "bytes"
    """Base64 text: what the window toolkit gives to be handed back."""


class Page(Enum):
    """Where in the settings dialog it stands; the pages in their order there."""

    ACCOUNT = "account"
    CALENDAR = "calendar"
    SYNC = "sync"
    NOTIFICATIONS = "notifications"
    TRAY = "tray"
    """The tray, how the app starts, and what closing the window means."""
    SHORTCUTS = "shortcuts"
    APPEARANCE = "appearance"
    PRIVACY = "privacy"
    ADVANCED = "advanced"
    NONE = "none"
    """On no page: the app remembers it by itself."""


class SettingError(ValueError):
    """A value that a setting does not take, or a file that cannot be written.

    The message is a sentence for the user, ``key`` names the setting it is about.
    """

    def __init__(self, key: str, problem: str) -> None:
        super().__init__(problem)
        self.key = key
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Setting(Generic[T]):
    """One row of the settings table.

    ``choices`` lists what a CHOICE takes; ``minimum`` and ``maximum``, both included, bound a NUMBER or a TIME.
    ``text`` is the id under which the user interface finds the translated label.
    """

    key: str
    default: T
    kind: Kind
    page: Page = Page.NONE
    text: str = ""
    choices: tuple[T, ...] = ()
    minimum: int = 0
    maximum: int = 0
    limit: int = 200
    """Characters of a TEXT, a URL, a PROXY or BYTES."""
    at_restart: bool = False
    """Whether a change holds only from the app's next start on."""

    def checked(self, value: object) -> T:
        """The value as it is kept: texts without blanks around them, addresses without a slash at the end.

        Raises:
            SettingError: the setting does not take it.
        """
        # A bool is an int in Python, and 1 equals True; in a settings file they are different things.
        if type(value) is not type(self.default):
            raise SettingError(self.key, f"{self.key} takes {_TYPES[type(self.default)]}, not {value!r}.")
        given: Any = value
        kept = given.strip() if self.kind in _TEXTS else given
        problem = ""
        match self.kind:
            case Kind.CHOICE if kept not in self.choices:
                problem = f"{self.key} is one of {', '.join(map(str, self.choices))}, not {kept}."
            case Kind.NUMBER | Kind.TIME if not self.minimum <= kept <= self.maximum:
                problem = f"{self.key} goes from {self.minimum} to {self.maximum}; {kept} lies outside."
            case Kind.TEXT | Kind.URL | Kind.PROXY | Kind.BYTES:
                problem = self._text_problem(kept)
        if problem:
            raise SettingError(self.key, problem)
        checked: T = kept.rstrip("/") if self.kind in {Kind.URL, Kind.PROXY} else kept
        return checked

    def _text_problem(self, text: str) -> str:
        if len(text) > self.limit:
            return f"{self.key} holds at most {self.limit} characters, not {len(text)}."
        if self.kind is Kind.URL:
            return _url_problem(text)
        if self.kind is Kind.PROXY:
            return _proxy_problem(text)
        if self.kind is Kind.BYTES:
            try:
                base64.b64decode(text, validate=True)
            except (binascii.Error, ValueError):
                return f"{self.key} is not base64."
        return ""


_TEXTS = frozenset({Kind.TEXT, Kind.URL, Kind.PROXY, Kind.BYTES})
_TYPES: dict[type, str] = {bool: "true or false", int: "a whole number", str: "a text"}


def _url_problem(text: str) -> str:
    """Why the token must not be sent to this address, or an empty text. https only, except on this machine."""
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port  # Reading the port is what checks it.
    except ValueError:
        return f"“{text}” is not a web address."
    if parts.scheme not in {"http", "https"} or not host or any(char.isspace() for char in text):
        return f"“{text}” is not a web address; it looks like https://example.org/api."
    if parts.username or parts.password or parts.query or parts.fragment:
        return "The address must hold no name, password, “?” or “#”."
    from triluna_desktop.domain.hosts import is_loopback_host  # Nothing of the first paint.

    if parts.scheme == "http" and not is_loopback_host(host):
        return "The address must start with https://, so that nobody on the way can read the token."
    return ""


def _proxy_problem(text: str) -> str:
    """Why this is no address of a proxy, or an empty text. The file is no place for its password."""
    if not text:
        return ""
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return f"“{text}” is not the address of a proxy."
    if parts.username or parts.password:
        return (
            "A proxy's address may hold no name and no password here, as the settings file is no safe place for "
            "them. Name such a proxy in the variable HTTPS_PROXY and choose what the system says."
        )
    if parts.scheme not in {"http", "https"} or not host or any(char.isspace() for char in text):
        return f"“{text}” is not the address of a proxy; one looks like http://proxy.example.org:8080."
    if parts.path.strip("/") or parts.query or parts.fragment:
        return "A proxy's address ends with its host and port, as in http://proxy.example.org:8080."
    return ""
