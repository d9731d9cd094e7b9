"""What the command line says of the connection: one sentence for what went wrong, in English like all of it.

The window has sentences of its own, which are translated (`ui.trouble_words`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from triluna_desktop.answers import NO_ACCESS
from triluna_desktop.domain.models import NOTES_LIMIT, TITLE_LIMIT
from triluna_desktop.domain.remote import Trouble
from triluna_desktop.session import ConnectionState
from triluna_desktop.store.db import Damage
from triluna_desktop.sync.ports import CorruptStoreError, DiskFullError, NewerSchemaError

if TYPE_CHECKING:
    from triluna_desktop.answers import Answer
    from triluna_desktop.session import ShrinkWarning, Status
    from triluna_desktop.store.db import OpenReport
    from triluna_desktop.sync.ports import StoreError
    from triluna_desktop.system.secrets import LoadedToken

TOKEN = "The token is missing or was refused. Set one with `triluna-desktop token set`."  # noqa: S105 - a sentence.
MAY_NOT_WRITE = "The token may not write (scope write:calendar)."
MAY_NOT_READ = "The token may not read (scope read:calendar)."

_TROUBLE = {
    Trouble.NO_CONNECTION: "The server was not reached.",
    Trouble.CONNECT_TIMEOUT: "The server was not reached: it does not answer.",
    Trouble.CERTIFICATE: "The server's certificate cannot be trusted.",
    Trouble.CERTIFICATE_DATE: "By this computer's date, the server's certificate is not valid; check the date.",
    Trouble.PROXY: "The proxy refused the connection.",
    Trouble.TIMEOUT: "The server took too long to answer.",
    Trouble.DISCONNECTED: "The connection to the server broke off.",
    Trouble.SERVER_ERROR: "The server has a problem of its own.",
    Trouble.NOT_JSON: "Something other than the calendar answered, perhaps a sign-in page of this network.",
    Trouble.UNREADABLE: "The server's answer could not be read.",
    Trouble.TOO_LARGE: "The server's answer is too large.",
    Trouble.REDIRECTED: "The app was sent on to another address, which it does not follow; check the server's "
    "address, and whether this network asks for a sign-in.",
    Trouble.NOT_WRITTEN: "The disk takes nothing more, so nothing was asked of the server.",
    Trouble.RATE_LIMITED: "No more requests are allowed just now.",
    Trouble.INVALID: "The server does not understand what the app asks.",
    Trouble.CONFLICT: "The slot overlaps another one on the server.",
    Trouble.CHANGED: "This was changed elsewhere, too.",
    Trouble.NOT_FOUND: "There is no calendar at this address.",
    Trouble.REFUSED: "The server refused the request.",
    Trouble.AUTHENTICATION: TOKEN,
    Trouble.PERMISSION: "The token lacks a permission.",
}


def of_trouble(trouble: Trouble) -> str:
    """What went wrong."""
    return _TROUBLE[trouble]


def of_long_text(field: str) -> str:
    """A title or notes that are over their limit."""
    if field == "notes":
        return f"The notes are too long: they may have up to {NOTES_LIMIT} characters."
    return f"The {field} is too long: it may have up to {TITLE_LIMIT} characters."


def may_not_read(status: Status) -> bool:
    """Whether the server showed nothing because the token lacks the scope."""
    return status.state is ConnectionState.ERROR and status.trouble is Trouble.PERMISSION


def of_store_error(error: StoreError) -> str:
    """The calendar's file did not do what it was asked."""
    match error:
        case DiskFullError():
            return "There is no room left on the disk."
        case NewerSchemaError():
            return str(error)
        case CorruptStoreError():
            return "The calendar's file is damaged. The next start sets it aside and saves what it can."
        case _:
            return f"The calendar's file cannot be used: {error}."


def of_opening(report: OpenReport) -> str:
    """What happened to the calendar's file; empty where it was as it was left."""
    lost = "Changes that were not sent yet are lost; the rest is read from the server again."
    match report.damage:
        case None:
            return ""
        case Damage.MISSING:
            return f"The calendar's file is gone. {lost}"
        case Damage.EMPTY:
            return f"The calendar's file was empty. {lost}"
        case Damage.CORRUPT:
            return (
                f"The calendar's file was damaged; it is kept as {report.set_aside}. "
                f"Unsent changes that could be saved from it: {report.saved_ops}."
            )


def with_keyring(answer: Answer, loaded: LoadedToken | None, *, is_asked: bool = False) -> Answer:
    """The answer, with what kept the keyring from giving a token where there is none; ``is_asked``: just now."""
    if is_asked and answer.exit_code == NO_ACCESS:
        told = "The keyring has not answered yet; perhaps it asks for its password."
        return answer.saying(f"{told} {answer.message}")
    if answer.exit_code != NO_ACCESS or loaded is None or loaded.trouble is None or loaded.token is not None:
        return answer
    return answer.saying(f"{loaded.trouble} {answer.message}")


def of_shrink(shrink: ShrinkWarning) -> str:
    """Many rows are missing from the server's list, and the user is to be asked."""
    return (
        f"Missing from the server's list: {shrink.missing} of {shrink.known} that were there. Nothing was removed "
        "here; open the window to decide."
    )


def of_answer(status: Status) -> str:
    """What is to be said of a list that the server gave; empty where it is whole."""
    told = [] if status.shrink is None else [of_shrink(status.shrink)]
    if status.skipped_rows:
        told.append(
            f"Rows of the server's list that could not be read and are left out: {status.skipped_rows}. "
            "Look on the web for what they are."
        )
    return " ".join(told)


def of_connection(status: Status) -> str:
    """What is wrong between here and the server; empty where nothing is known to be."""
    if status.state is ConnectionState.KEEPING and status.retry_at is not None:
        return f"The hour's last requests are kept for edits. It is read again at {status.retry_at:%H:%M:%S}."
    if status.state is ConnectionState.PAUSED and status.trouble is None:
        return "Syncing is paused in the window; there, or with `sync`, the server is asked all the same."
    if status.trouble is None:
        # The file's error has no trouble of the network's: only its words.
        is_of_the_file = status.state is ConnectionState.ERROR and bool(status.message)
        return f"The calendar's file cannot be used: {status.message}." if is_of_the_file else ""
    told = _TROUBLE[status.trouble]
    if status.message and status.trouble is not Trouble.AUTHENTICATION:
        says = "A setting decides who is trusted" if status.trouble is Trouble.CERTIFICATE else "It says"
        told = f"{told} {says}: “{status.message}”."
    if status.state is ConnectionState.WAITING and status.retry_at is not None:
        told = f"{told} Try again after {status.retry_at:%H:%M:%S}."
    return told
