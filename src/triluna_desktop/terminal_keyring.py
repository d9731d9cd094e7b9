"""How a command asks the keyring: somebody waits for it, and perhaps nobody is there to unlock anything."""

from __future__ import annotations

import asyncio
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from triluna_desktop.system.secrets import ENVIRONMENT_VARIABLE, KeyringUnusableError
from triluna_desktop.system.secrets_async import ANSWER_WITHIN
from triluna_desktop.terminal import complain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from triluna_desktop.account import Account
    from triluna_desktop.system.secrets import LoadedToken

BESIDE_VARIABLE_WITHIN = 3.0
"""Seconds for the keyring where the environment has a token, too. One that is unlocked answers in some 0.3."""
TOLD_AFTER = 2.0
"""Seconds after which a command says what it waits for."""


async def load_token(account: Account) -> LoadedToken:
    """Take the token from the keyring, else from the environment, and say which where that may be a surprise."""
    if os.environ.get(ENVIRONMENT_VARIABLE, "").strip():
        loaded = await account.load(within=BESIDE_VARIABLE_WITHIN)
        # No keyring, or none that is safe, is what the variable is there for.
        if loaded.trouble is not None and not isinstance(loaded.trouble, KeyringUnusableError) and loaded.token:
            complain(f"{loaded.trouble} The token in {ENVIRONMENT_VARIABLE} is used.")
        return loaded
    with saying_what_is_waited_for():
        return await account.load()


@contextmanager
def saying_what_is_waited_for() -> Iterator[None]:
    """Around a call to the keyring: say so where it takes long. Its prompt may be behind another window."""
    told = f"Waiting for the keyring, {ANSWER_WITHIN:.0f} s at most: it may ask for its password."
    saying = asyncio.get_running_loop().call_later(TOLD_AFTER, complain, told)
    try:
        yield
    finally:
        saying.cancel()
