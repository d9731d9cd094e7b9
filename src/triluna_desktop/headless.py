"""Commands without a window: on a session of their own, or handed over to the process that owns the profile."""

from __future__ import annotations

import asyncio
import getpass
import logging
import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from triluna_desktop import command_sentences as sentences
from triluna_desktop.answers import (
    BUG,
    DONE,
    NO_ACCESS,
    OTHER_SERVER,
    QUEUED,
    WRONG_INPUT,
    Answer,
)
from triluna_desktop.api.budget import RequestBudget
from triluna_desktop.api.url import InvalidBaseUrlError, validate_base_url
from triluna_desktop.commands import run
from triluna_desktop.domain.remote import AuthenticationError
from triluna_desktop.handing import asked
from triluna_desktop.options import DEMO_PROFILE, READ_TOKEN
from triluna_desktop.profile import Ground, base_url_of, database_of, open_account, open_profile, prepare
from triluna_desktop.store.request_book import RequestBook, is_set_up
from triluna_desktop.sync.ledger import RequestLedger
from triluna_desktop.sync.ports import StoreError
from triluna_desktop.system.clock import uptime
from triluna_desktop.system.hand_over import NoReplyError, ask
from triluna_desktop.system.lock import ProfileLock
from triluna_desktop.system.paths import FolderError, InvalidProfileError
from triluna_desktop.system.secrets_async import ANSWER_WITHIN as KEYRING_WITHIN
from triluna_desktop.terminal_keyring import load_token, saying_what_is_waited_for

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from triluna_desktop.account import Account
    from triluna_desktop.answers import Json
    from triluna_desktop.options import Options
    from triluna_desktop.profile import Profile

_log = logging.getLogger(__name__)

OWNER_WITHIN = 60.0
"""Seconds to wait for another command that owns the profile: it may itself be waiting for a slow server."""
DATABASE_WITHIN = 2.0
"""Seconds in which the owner of a profile, while it starts, makes its database."""
TOKEN_READ_WITHIN = KEYRING_WITHIN + 5.0
"""Seconds for the running app to read its keyring."""
LOOK_AGAIN_AFTER = 0.05


def run_command(options: Options, request: Json) -> Answer:
    """Carry out one command on the profile, wherever its owner is."""
    return _guarded(options, lambda ground: _run_on_owner(ground, options, request))


def run_token(options: Options, action: str) -> Answer:
    """``token set``, ``token test`` or ``token forget``."""
    if action == "set":
        token = _typed_token()
        return _guarded(options, lambda ground: _change_token(ground, options, lambda it: _set_token(it, token)))
    if action == "test":
        return _guarded(options, lambda ground: _test_counted(ground, options))
    return _guarded(options, lambda ground: _change_token(ground, options, _forget_token))


def _typed_token() -> str:
    """What is typed, or comes in a pipe; empty where that ends, or is no text."""
    try:
        return getpass.getpass("API token (not shown): ") if sys.stdin.isatty() else sys.stdin.readline()
    except (EOFError, UnicodeDecodeError):
        return ""


def _guarded(options: Options, work: Callable[[Ground], Answer]) -> Answer:
    """Turn what the user can do something about into a sentence, and our bugs into a line in the log."""
    try:
        ground = prepare(options)
    except (InvalidProfileError, FolderError) as error:
        return Answer(WRONG_INPUT, error_code="profile", message=f"{error}")
    try:
        return work(ground)
    except InvalidBaseUrlError as error:
        return Answer(WRONG_INPUT, error_code="api_url", message=f"{error}.")
    except StoreError as error:
        # Not “queued”: nothing is on disk, and a script must not take it for kept.
        told = sentences.of_store_error(error)
        return Answer(WRONG_INPUT, error_code="store", message=f"{told} Nothing was changed.")
    except Exception:  # noqa: BLE001 - the last stop: logged whole, and told in a sentence.
        _log.exception("A command failed")
        return Answer(
            BUG, error_code="bug", message=f"Something went wrong in the app. See {ground.paths.log_file}."
        )
    finally:
        ground.close_log()


def _run_on_owner(ground: Ground, options: Options, request: Json) -> Answer:
    """One process at a time owns a profile's database: do it here, or hand it to the one that does."""
    if options.api_url is not None:
        request = {**request, "api_url": validate_base_url(options.api_url)}
    lock = ProfileLock(ground.paths.lock_file)
    until = time.monotonic() + OWNER_WITHIN
    while not lock.acquire():
        answer = asked(ground.paths.socket, request)
        if answer is not None:
            return answer
        if time.monotonic() > until:
            return Answer(
                WRONG_INPUT,
                error_code="busy",
                message="Another process has this profile open and does not answer. Nothing was changed.",
            )
        time.sleep(LOOK_AGAIN_AFTER)
    try:
        if options.profile == DEMO_PROFILE and options.api_url is None:
            return Answer(
                WRONG_INPUT,
                error_code="no_demo",
                message="The demo is not running. Start it with `triluna-desktop --demo`. Nothing was changed.",
            )
        return _on_own_profile(ground, options, lambda profile: _run_request(profile, request))
    finally:
        lock.release()


def _on_own_profile(ground: Ground, options: Options, work: Callable[[Profile], Awaitable[Answer]]) -> Answer:
    async def main() -> Answer:
        profile = open_profile(ground, options)
        try:
            return await work(profile)
        finally:
            await profile.close()

    return asyncio.run(main())


def _test_counted(ground: Ground, options: Options) -> Answer:
    """Test the token, and count its requests in the profile's database, whoever has that open.

    Where somebody owns the profile and has no database for this address, they talk to another server. To make one
    is the owner's alone, and there is nothing yet to count these requests with.
    """
    lock = ProfileLock(ground.paths.lock_file)
    until = time.monotonic() + DATABASE_WITHIN
    database = database_of(ground.paths, base_url_of(ground, options))
    while not lock.acquire():
        if is_set_up(database):
            with RequestBook(database) as book:
                ledger = RequestLedger(book, ground.clock, uptime)
                return _on_account(ground, options, _test_token, ledger)
        if time.monotonic() > until:
            return _on_account(ground, options, _test_token)
        time.sleep(LOOK_AGAIN_AFTER)
    try:
        return _on_own_profile(ground, options, lambda profile: _test_token(profile.account))
    finally:
        lock.release()


def _change_token(ground: Ground, options: Options, work: Callable[[Account], Awaitable[Answer]]) -> Answer:
    """Do it in the keyring, then have the running window, if there is one, look there. No token is handed over."""
    answer = _on_account(ground, options, work)
    if answer.exit_code != DONE:
        return answer
    request = {"command": READ_TOKEN, "api_url": base_url_of(ground, options)}
    try:
        reply = ask(ground.paths.socket, request, TOKEN_READ_WITHIN)
    except NoReplyError:
        told = "The running app gave no answer: it looks into the keyring at its next start."
        return replace(answer, lines=(*answer.lines, told))
    if reply is None or reply.get("error_code") == OTHER_SERVER.error_code:
        return answer
    took = reply.get("exit_code") == DONE
    told = "The running app goes by it from now on." if took else "The running app could not read the keyring."
    return replace(answer, lines=(*answer.lines, told))


def _on_account(
    ground: Ground,
    options: Options,
    work: Callable[[Account], Awaitable[Answer]],
    ledger: RequestLedger | None = None,
) -> Answer:
    """The token alone: the database may be in use by the owner of the profile, and is left alone."""

    async def main() -> Answer:
        budget = RequestBudget(ground.clock, ledger=ledger)
        account = open_account(ground, base_url_of(ground, options), budget)
        try:
            return await work(account)
        finally:
            await account.close()

    return asyncio.run(main())


async def _run_request(profile: Profile, request: Json) -> Answer:
    loaded = await load_token(profile.account)
    if request["command"] == "status":
        await profile.session.open()
    else:
        await profile.session.start()
    answer = await run(profile.session, profile.ground.clock, request)
    if told := sentences.of_opening(profile.opened):
        _log.warning("%s", told)
        answer = replace(answer, message=f"{told} {answer.message}".strip())
    return sentences.with_keyring(answer, loaded)


async def _set_token(account: Account, token: str) -> Answer:
    with saying_what_is_waited_for():
        saved = await account.save(token)
    if not saved.is_used:
        return Answer(WRONG_INPUT, error_code="token", message=saved.problem)
    if not saved.is_in_keyring:
        return Answer(
            NO_ACCESS,
            error_code="keyring",
            message=(
                f"The token was not kept: {saved.problem} Try again once that is mended, or use the environment "
                "variable TRILUNA_TOKEN instead."
            ),
        )
    return Answer(DONE, lines=(f"The token …{account.token_hint} is in the keyring.",))


async def _test_token(account: Account) -> Answer:
    loaded = await load_token(account)
    if not account.has_token:
        told = "There is no token. Set one with `triluna-desktop token set`."
        return sentences.with_keyring(Answer(NO_ACCESS, error_code="token", message=told), loaded)
    result = await account.test()
    said = {True: "yes", False: "no", None: "unknown"}
    lines = (f"Reading: {said[result.read]}", f"Writing: {said[result.write]}")
    if result.read and result.write:
        return Answer(DONE, lines=lines)
    if isinstance(result.error, AuthenticationError):
        return Answer(
            NO_ACCESS, error_code="token", message="The server refused the token: it is wrong or expired."
        )
    if result.error is not None:
        return Answer(
            QUEUED,
            lines=lines,
            error_code="offline",
            message=f"The server could not be asked. {sentences.of_trouble(result.error.trouble)}",
        )
    return Answer(
        NO_ACCESS, lines=lines, error_code="scope", message=f"The token lacks {', '.join(result.missing)}."
    )


async def _forget_token(account: Account) -> Answer:
    with saying_what_is_waited_for():
        problem = await account.forget()
    if problem is not None:
        return Answer(NO_ACCESS, error_code="keyring", message=f"The token may still be in the keyring: {problem}")
    return Answer(DONE, lines=("The token is forgotten.",))
