"""A command handed to the process that owns the profile. Little is imported: this is what keys are bound to."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from triluna_desktop.answers import BUG, NEEDS_DECISION, WRONG_INPUT, Answer
from triluna_desktop.system.hand_over import NoReplyError, NotHeardError, ask

if TYPE_CHECKING:
    from pathlib import Path

    from triluna_desktop.answers import Json
    from triluna_desktop.options import Options

ANSWER_WITHIN = 60.0
"""Seconds to wait for the answer to a command that was handed over."""
HEARD_WITHIN = 5.0
"""Seconds in which a running app says that it heard a command; one that is frozen does not."""


def hand_over(options: Options, request: Json) -> Answer | None:
    """What the running app says to a command; None where no app runs, or it cannot be told so simply.

    Then `headless` finds out, and says in a sentence what is wrong.
    """
    from triluna_desktop.system.paths import InvalidProfileError, app_paths

    try:
        path = app_paths(options.profile, options.data_dir).socket
        if not _is_ours(path):
            return None
    except (InvalidProfileError, OSError):
        return None
    if options.api_url is not None:
        from triluna_desktop.api.url import InvalidBaseUrlError, validate_base_url

        try:
            request = {**request, "api_url": validate_base_url(options.api_url)}
        except InvalidBaseUrlError:
            return None
    return asked(path, request)


def asked(path: Path, request: Json) -> Answer | None:
    """What is said to the request by whoever listens at ``path``; None where nobody does."""
    try:
        reply = ask(path, request, ANSWER_WITHIN, heard_within=HEARD_WITHIN)
    except NotHeardError:
        return Answer(
            WRONG_INPUT,
            error_code="busy",
            message="The app has this profile open, and does not answer. Nothing was changed. Try again once it "
            "goes on, or end it.",
        )
    except NoReplyError as error:
        # Neither queued for certain nor surely not: a script must not take it for either.
        return Answer(
            NEEDS_DECISION,
            error_code="no_reply",
            message=f"The command was handed over, but {error}. See `list` for what was done.",
        )
    except ValueError:
        return Answer(
            WRONG_INPUT,
            error_code="too_long",
            message="The command is too long to be handed to the running app. Nothing was changed.",
        )
    if reply is None or "exit_code" in reply:
        return None if reply is None else Answer.from_wire(reply)
    return Answer(BUG, error_code=reply["error"]["code"], message=reply["error"]["message"])


def _is_ours(path: Path) -> bool:
    """Whether the folder of the socket belongs to this user: a command tells what stands in their calendar."""
    return sys.platform == "win32" or path.parent.stat().st_uid == os.getuid()
