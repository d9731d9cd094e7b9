"""The arguments of `triluna-desktop sandbox`. Standard library only, so that `--help` stays quick."""

from __future__ import annotations

import argparse
import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from triluna_desktop.sandbox.tokens import Token, TokenSpecError, parse_token

if TYPE_CHECKING:
    from collections.abc import Sequence

REQUESTS_PER_HOUR = 1000
"""TriLuna's limit for one token."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Give `parser` the arguments that `main` of this package reads."""
    parser.add_argument("--port", type=_port, default=0, metavar="N", help="port on 127.0.0.1; 0 takes a free one")
    parser.add_argument(
        "--database", type=Path, default=None, metavar="FILE", help="where entries are kept (default: in memory)"
    )
    parser.add_argument(
        "--seed",
        choices=("demo", "empty"),
        default="empty",
        help="demo: the sample calendar of a small practice, topped up at each start (default: empty)",
    )
    parser.add_argument(
        "--rate-limit",
        type=_positive,
        default=REQUESTS_PER_HOUR,
        metavar="N",
        help=f"requests an hour and token (default: {REQUESTS_PER_HOUR})",
    )
    parser.add_argument(
        "--token",
        dest="tokens",
        type=_token,
        action=_AddToken,
        default=[],
        metavar="TOKEN[,SCOPE...][,expires=ISO]",
        help="a token to accept, repeatable; without scopes it may do everything; times without a zone are UTC "
        "(default: one random token that may do everything)",
    )
    parser.add_argument(
        "--allow-overlaps", action="store_true", help="do not refuse slots that overlap others on their date"
    )
    parser.add_argument("--exit-with-parent", action="store_true", help="also stop when standard input is closed")
    # Only screenshots and tests seed for another day than today.
    parser.add_argument("--today", type=_date, default=None, help=argparse.SUPPRESS)


class _AddToken(argparse.Action):
    """Collect tokens, each once: of two with the same text it would be unclear which scopes hold."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,  # noqa: ARG002 - argparse's signature
        namespace: argparse.Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,  # noqa: ARG002 - argparse's signature
    ) -> None:
        tokens: list[Token] = getattr(namespace, self.dest)
        if not isinstance(values, Token):
            raise TypeError(f"not a token: {type(values)}")
        if any(token.text == values.text for token in tokens):
            raise argparse.ArgumentError(self, "the same token is given twice")
        # A new list: the default one is shared by all parses.
        setattr(namespace, self.dest, [*tokens, values])


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"a port is a number from 0 to 65535, not {text!r}")
    return int(text)


def _positive(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"must be a whole number above 0, not {text!r}")
    return int(text)


def _date(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"must be a date as YYYY-MM-DD, not {text!r}") from None


def _token(text: str) -> Token:
    try:
        return parse_token(text)
    except TokenSpecError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
