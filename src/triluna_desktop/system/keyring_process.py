"""The system's keyring, asked through a helper process of its own: this program, started anew for a single call.

What the library `keyring` loads goes with the helper, and so does a call that hangs: the helper is killed. (The
prompt is the keyring's own: GNOME's stays open, and once it is answered the next call gets what it asks for.)

The token passes through the helper's standard input and output and through nothing else; its standard error ends
in the log. `keyring_helper` is the other end.

The wire, one JSON object in each direction, a line each:

    {"do": "read" | "erase", "username": …}            →  {"password": … | null}
    {"do": "write", "username": …, "password": …}      →  {"password": null}
    what went wrong, by the name of its class          →  {"error": "KeyringLockedError", "message": …}

The pipe to the helper's standard input stays open until it has ended. It is how the helper knows that this process
lives: were it gone, nobody would take the answer.
"""

from __future__ import annotations

import json
import logging
import os
import re
import sys
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from triluna_desktop.system.program import environment, program
from triluna_desktop.system.secrets import (
    KeyringAbsentError,
    KeyringDismissedError,
    KeyringFailedError,
    KeyringLockedError,
    KeyringRefusedError,
    TokenStoreError,
)

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Sequence

_log = logging.getLogger(__name__)

HELPER_ARGUMENT = "--keyring-helper"
"""The hidden command line of the helper; it stands alone."""
ERRORS: dict[str, type[TokenStoreError]] = {
    kind.__name__: kind
    for kind in (
        KeyringAbsentError,
        KeyringRefusedError,
        KeyringLockedError,
        KeyringDismissedError,
        KeyringFailedError,
    )
}
"""What the helper can say went wrong."""
LOGGED_CHARACTERS = 4000
_PLACES = re.compile(r'^\s*File "[^"\n]*", line \d+,? in \S+$', re.MULTILINE)
"""The lines of a traceback that hold no values."""


class KeyringProcess:
    """A `secrets.Keyring`. Each call starts a helper and returns when it has ended.

    ``on_token`` is told of a token before anything that the helper said is logged. ``command`` is for tests.
    """

    def __init__(
        self, on_token: Callable[[str], None] = lambda _: None, *, command: Sequence[str] | None = None
    ) -> None:
        self._on_token = on_token
        self._command = list(command) if command is not None else [*program(), HELPER_ARGUMENT]
        self._lock = threading.Lock()
        self._running: subprocess.Popen[bytes] | None = None

    def read(self, username: str) -> str | None:
        """The password, None where there is none."""
        return self._ask({"do": "read", "username": username})

    def write(self, username: str, password: str) -> None:
        """Keep the password. The helper reads it back."""
        self._ask({"do": "write", "username": username, "password": password})

    def erase(self, username: str) -> None:
        """Remove the password. The helper looks whether it is gone."""
        self._ask({"do": "erase", "username": username})

    def give_up(self) -> bool:
        """Kill the helper, if there is one; the call that waits for it raises a `KeyringFailedError`."""
        with self._lock:
            if self._running is not None:
                self._running.kill()
        return True

    def _ask(self, request: dict[str, str]) -> str | None:
        try:
            code, answer, said = self._exchange((json.dumps(request) + "\n").encode())
        except OSError as error:
            raise KeyringFailedError(f"The keyring's helper could not be started ({error.strerror}).") from error
        try:
            password = _password_of(answer, code)
        except TokenStoreError:
            _log_what(said, is_secret_known="password" in request)
            raise
        if password is not None:
            self._on_token(password)
        _log_what(said, is_secret_known=password is not None or "password" in request)
        return password

    def _exchange(self, request: bytes) -> tuple[int, bytes, bytes]:
        """Start a helper and wait for its end: its exit code, and what it wrote to its output and its error."""
        reading, writing = os.pipe()
        try:
            try:
                with self._lock:
                    helper = self._running = self._start(reading)
            finally:
                os.close(reading)
            try:
                with suppress(OSError):  # It has ended already; its exit code says more.
                    os.write(writing, request)  # A few thousand characters: a pipe takes them at once.
                answer, said = helper.communicate()
            finally:
                with self._lock:
                    self._running = None
            return helper.returncode, answer, said
        finally:
            os.close(writing)

    def _start(self, stdin: int) -> subprocess.Popen[bytes]:
        import subprocess  # Nothing of the first paint, and this module is loaded before.

        flags = 0
        if sys.platform == "win32":
            flags = subprocess.CREATE_NO_WINDOW
        return subprocess.Popen(  # noqa: S603 - this very program.
            self._command,
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(),
            creationflags=flags,
            start_new_session=True,  # Ctrl-C in the terminal is for this process, which ends the helper in order.
        )


def _password_of(answer: bytes, code: int) -> str | None:
    """What the helper answered.

    Raises:
        TokenStoreError: what it said went wrong, or `KeyringFailedError` where it said nothing of sense.
    """
    try:
        told: Any = json.loads(answer)
        error = ERRORS[told["error"]](told["message"]) if "error" in told else None
        password = told.get("password")
    except (ValueError, LookupError, TypeError, AttributeError):
        # Without the cause: a JSON error holds the whole answer.
        how = f"signal {-code}" if code < 0 else f"exit code {code}"
        raise KeyringFailedError(f"The keyring's helper ended without an answer ({how}).") from None
    if error is not None:
        raise error
    return password if isinstance(password, str) else None


def _log_what(said: bytes, *, is_secret_known: bool) -> None:
    """Log what the helper wrote to its standard error; the log's filter takes out the secrets that are known.

    Where the secret is not, whoever wrote may have known it: then only the places in the code are logged.
    """
    text = said.decode(errors="replace").strip()
    if not text:
        return
    if not is_secret_known:
        text = "\n".join(_PLACES.findall(text)) or f"{len(text)} characters, left out"
    _log.warning("The keyring's helper said: %s", text[-LOGGED_CHARACTERS:])
