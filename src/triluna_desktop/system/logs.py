"""The log file, and the net under it: no line of it, nor of a crash, shows a token.

Who learns of a token says so to the `Redactor`; from then on each record is cleaned before a handler writes
it, in its message, its arguments, its traceback and its stack. What looks like a token in a header is cleaned
as well, registered or not.
"""

from __future__ import annotations

import base64
import logging
import re
import sys
import threading
import traceback
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import TracebackType

REDACTED = "[token]"
_FORMAT = "%(asctime)s %(levelname)s %(name)s [%(threadName)s] %(message)s"
_HEADER = r"(?i)(\bbearer\s+|x-api-key['\"]?\s*[:,=]\s*b?['\"]?)[\w.~+/=-]+"  # Compiled when it is first used.

_log = logging.getLogger("triluna_desktop")


class Redactor:
    """Knows the secrets and takes them out of texts. May be used from any thread."""

    def __init__(self) -> None:
        self._secrets: tuple[str, ...] = ()
        self._lock = threading.Lock()

    def register_secret(self, secret: str) -> None:
        """From now on the secret, and its usual encodings, are taken out."""
        secret = secret.strip()
        if not secret:
            return
        raw = secret.encode(errors="surrogatepass")  # From a terminal or the environment it may be any bytes.
        encoded = base64.b64encode(raw).decode()
        forms = {secret, repr(secret)[1:-1], quote(raw), quote(raw, safe=""), encoded, encoded.rstrip("=")}
        with self._lock:
            # The longest first: one secret may be the start of another.
            self._secrets = tuple(sorted(forms.union(self._secrets), key=len, reverse=True))

    def redact(self, text: str) -> str:
        """The text without secrets."""
        for secret in self._secrets:
            text = text.replace(secret, REDACTED)
        return re.sub(_HEADER, rf"\1{REDACTED}", text)

    def format_exception(self, error: BaseException) -> str:
        """The traceback without secrets, with causes, groups and notes; no newline at its end."""
        return self.redact("".join(traceback.format_exception(error)).rstrip("\n"))


class RedactionFilter(logging.Filter):
    """Cleans each record that passes; it drops none."""

    def __init__(self, redactor: Redactor) -> None:
        super().__init__()
        self._redactor = redactor

    def filter(self, record: logging.LogRecord) -> bool:
        """Clean the record."""
        try:
            message = record.getMessage()
        except (TypeError, ValueError, KeyError):
            # The arguments do not fit the message. The log must not fail for it, nor print them uncleaned.
            message = f"{record.msg} {record.args!r}"
        record.msg, record.args = self._redactor.redact(message), ()
        if record.exc_info and record.exc_info[1] is not None:
            # A formatter uses this text where it is set, and does not look at the exception again.
            record.exc_text = self._redactor.format_exception(record.exc_info[1])
        if record.stack_info:
            record.stack_info = self._redactor.redact(record.stack_info)
        return True


class _LateLogFile(logging.Handler):
    """Opens the log file with the first line: most starts write none before the first paint."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._file: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Write the line. The record was cleaned by this handler's filters."""
        if self._file is None:
            from triluna_desktop.system.log_file import PrivateLogFile

            self._file = PrivateLogFile(self._path)
            self._file.setFormatter(self.formatter)
        self._file.emit(record)

    def close(self) -> None:
        """Close the file, if there is one."""
        if self._file is not None:
            self._file.close()
        super().close()


def setup_logging(
    path: Path, redactor: Redactor, *, verbose: bool = False, stderr: IO[str] | None = None
) -> Callable[[], None]:
    """Log to ``path`` (rotating, 0600), and crashes to stderr; with ``verbose`` everything to both.

    The folder must exist (`AppPaths.ensure`); the file is opened with the first line. Returns what ends it.
    """
    cleaner = RedactionFilter(redactor)
    file = _LateLogFile(path)
    screen = logging.StreamHandler(stderr if stderr is not None else sys.stderr)
    screen.setLevel(logging.DEBUG if verbose else logging.CRITICAL)
    root = logging.getLogger()
    before = (root.level, _log.level)
    # Other libraries' small talk is for those who ask for it.
    root.setLevel(logging.INFO if verbose else logging.WARNING)
    _log.setLevel(logging.DEBUG if verbose else logging.INFO)
    handlers: tuple[logging.Handler, ...] = (file, screen)
    for handler in handlers:
        handler.setFormatter(logging.Formatter(_FORMAT))
        handler.addFilter(cleaner)
        root.addHandler(handler)

    def close() -> None:
        for handler in handlers:
            root.removeHandler(handler)
        file.close()
        root.setLevel(before[0])
        _log.setLevel(before[1])

    return close


def set_level(level: str) -> None:
    """Let this app's log tell from now on: "error", "warning", "info" or "debug". Other libraries' level stays."""
    _log.setLevel(level.upper())


def install_excepthook(redactor: Redactor) -> Callable[[], None]:
    """Uncaught exceptions, of any thread, are logged without secrets. Returns what puts the old hooks back."""
    before = (sys.excepthook, threading.excepthook, sys.unraisablehook)

    def report(where: str, error: BaseException) -> None:
        _log.critical("Uncaught exception %s\n%s", where, redactor.format_exception(error))

    def on_exception(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        report("in the main thread", error.with_traceback(trace))

    def on_thread_exception(args: Any) -> None:  # threading has no public name for what it passes.
        if args.exc_value is not None and not issubclass(args.exc_type, SystemExit):
            report(f"in the thread {args.thread.name if args.thread else 'unknown'}", args.exc_value)

    def on_unraisable(args: sys.UnraisableHookArgs) -> None:
        if args.exc_value is not None:
            report(f"while something was cleaned up: {args.err_msg or ''}", args.exc_value)

    sys.excepthook, threading.excepthook, sys.unraisablehook = on_exception, on_thread_exception, on_unraisable

    def restore() -> None:
        sys.excepthook, threading.excepthook, sys.unraisablehook = before

    return restore
