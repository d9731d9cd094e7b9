"""Which addresses may stand for the API. The token goes wherever the base URL points: it is looked at closely."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import SplitResult, urlsplit

DEFAULT_BASE_URL = "https://api.triluna.app/api/public"

_HOST_NAME = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)(\.(?!-)[a-z0-9_-]{1,63}(?<!-))*\.?", re.ASCII)
_PATH = re.compile(r"[A-Za-z0-9._~!$&'()*+,;=:@%/-]*", re.ASCII)


class InvalidBaseUrlError(ValueError):
    """The text is no address that the token may be sent to. The message is a sentence for the user."""


def validate_base_url(text: str) -> str:
    """The base URL in one spelling: lower-case scheme and host, no slash at the end.

    https everywhere; plain http on loopback only, for the sandbox.

    Raises:
        InvalidBaseUrlError: it is not such an address; the message says why.
    """
    text = text.strip()
    if not text:
        raise InvalidBaseUrlError(f"An address is needed, for example {DEFAULT_BASE_URL}")
    if any(character.isspace() or not character.isprintable() or character == "\\" for character in text):
        raise InvalidBaseUrlError("The address holds a space or another character that no address has")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise InvalidBaseUrlError("The address has a host or port that cannot be read") from None
    if parts.scheme not in ("https", "http"):
        raise InvalidBaseUrlError("The address must begin with https://")
    if "@" in parts.netloc:
        raise InvalidBaseUrlError("The address must not hold a user name or password; the token is kept apart")
    host = _host(parts)
    if port == 0:
        raise InvalidBaseUrlError("The port must be a number from 1 to 65535")
    if "?" in text or "#" in text:
        raise InvalidBaseUrlError("The address must end with its path: no “?” and no “#”")
    if not _PATH.fullmatch(parts.path) or ".." in parts.path.split("/"):
        raise InvalidBaseUrlError("The path of the address holds a character that must not stand there")
    if parts.scheme == "http" and not _is_loopback_host(host):
        raise InvalidBaseUrlError(
            "The address must begin with https://, or others on the way could read the token"
        )
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}{'' if port is None else f':{port}'}{parts.path.rstrip('/')}"


def is_loopback(base_url: str) -> bool:
    """Whether a validated base URL names this machine."""
    return _is_loopback_host(urlsplit(base_url).hostname or "")


def _host(parts: SplitResult) -> str:
    host = parts.hostname or ""
    if not host:
        raise InvalidBaseUrlError("The address names no host")
    if "[" in parts.netloc:
        try:
            return str(ipaddress.IPv6Address(host))
        except ValueError:
            raise InvalidBaseUrlError("The address has a host that cannot be read") from None
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            raise InvalidBaseUrlError("The address has a host that cannot be read") from None
    if not _HOST_NAME.fullmatch(host):
        raise InvalidBaseUrlError("The address has a host that cannot be read")
    return host


def _is_loopback_host(host: str) -> bool:
    from triluna_desktop.domain.hosts import is_loopback_host  # Nothing of the first paint where it is https.

    return is_loopback_host(host)
