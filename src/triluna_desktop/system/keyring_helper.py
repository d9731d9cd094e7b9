"""The helper process that the window asks for the token: one call to the keyring, then its end.

The other end, and what is said between them: `keyring_process`. This process keeps nothing: no log, no file, no
core dump; of an exception it tells the kind and the places in the code, never its text.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import traceback
from typing import TYPE_CHECKING, Any, NoReturn

from triluna_desktop.system.keyring_backends import LibraryKeyring
from triluna_desktop.system.secrets import KeyringFailedError, TokenStoreError

if TYPE_CHECKING:
    from triluna_desktop.system.secrets import Keyring

DONE = 0
ORPHANED = 1
"""The exit code where the process that asked is gone; nobody is there to see it."""


def main() -> NoReturn:
    """Answer one request to the system's keyring, and end the process."""
    serve(LibraryKeyring())


def serve(keyring: Keyring) -> NoReturn:
    """Answer one request to this keyring, and end the process. Tests serve keyrings of their own."""
    _leave_no_dump()
    asking, answering = _take_pipes()
    request = _line(asking)
    threading.Thread(target=_end_with, args=(asking,), name="lifeline", daemon=True).start()
    answer = (json.dumps(_answered(keyring, request)) + "\n").encode()
    while answer:
        answer = answer[os.write(answering, answer) :]
    sys.stderr.flush()
    # At once: what libraries do at the exit of a process is not worth the wait.
    os._exit(DONE)


def _leave_no_dump() -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _take_pipes() -> tuple[int, int]:
    """The pipes to ask and to answer, for this process alone.

    What a backend prints goes to the standard error. What a backend starts (a bus, say) inherits no pipe: it would
    hold it open, and whoever waits for our end would wait for its.
    """
    asking, answering, telling = os.dup(0), os.dup(1), os.dup(2)
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nothing, standard)
    os.close(nothing)
    sys.stdout = sys.stderr = os.fdopen(telling, "w", encoding="utf-8", errors="backslashreplace")
    return asking, answering


def _line(pipe: int) -> bytes:
    told = b""
    while not told.endswith(b"\n"):
        chunk = os.read(pipe, 65536)
        if not chunk:
            os._exit(ORPHANED)
        told += chunk
    return told


def _end_with(pipe: int) -> None:
    """End this process, whatever it waits for, when the one that asked is gone: its end of the pipe is closed."""
    while os.read(pipe, 65536):
        pass
    os._exit(ORPHANED)


def _answered(keyring: Keyring, request: bytes) -> dict[str, Any]:
    try:
        told = json.loads(request)
        match told["do"]:
            case "read":
                return {"password": keyring.read(told["username"])}
            case "write":
                keyring.write(told["username"], told["password"])
            case "erase":
                keyring.erase(told["username"])
            case _:
                return _told(KeyringFailedError("The keyring's helper does not know what it was asked for."))
    except TokenStoreError as error:
        if isinstance(error, KeyringFailedError) and error.__cause__ is not None:
            _tell_where(error.__cause__)
        return _told(error)
    except Exception as error:  # noqa: BLE001 - the last stop: nobody else would answer.
        _tell_where(error)
        return _told(KeyringFailedError(f"The keyring's helper failed ({type(error).__name__})."))
    return {"password": None}


def _told(error: TokenStoreError) -> dict[str, Any]:
    return {"error": type(error).__name__, "message": str(error)}


def _tell_where(error: BaseException) -> None:
    """Print a traceback without the exception's text, which may hold anything."""
    print(type(error).__name__, file=sys.stderr)
    for place in traceback.extract_tb(error.__traceback__):
        print(f'  File "{place.filename}", line {place.lineno}, in {place.name}', file=sys.stderr)
