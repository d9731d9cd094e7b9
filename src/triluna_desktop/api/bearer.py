"""The token on its way into the Authorization header, and out of every text that people or logs may read."""

from __future__ import annotations

import re

_USABLE = re.compile(r"[\x21-\x7e]+")
_HIDDEN = "•••"


class Bearer:
    """A token that shows itself nowhere: not in its repr, and so not in the variables of a traceback either."""

    __slots__ = ("_token",)

    def __init__(self, token: str | None) -> None:
        """None or an empty token is kept as one that is not usable."""
        self._token = token or ""

    @property
    def is_usable(self) -> bool:
        """Whether a header can carry it: visible ASCII, without white space."""
        return _USABLE.fullmatch(self._token) is not None

    def header(self) -> str:
        """The value of ``Authorization``."""
        return f"Bearer {self._token}"

    def hide(self, text: str) -> str:
        """The text with the token blotted out: servers like to quote what they refuse."""
        return text.replace(self._token, _HIDDEN) if self._token else text

    def __repr__(self) -> str:
        return f"Bearer({_HIDDEN})"
