"""The log: private, of limited size, and without tokens."""

import io
import logging
import stat
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from triluna_desktop.system import log_file
from triluna_desktop.system.logs import REDACTED, Redactor, install_excepthook, set_level, setup_logging

CANARY = "tl_canary/Zq7+w0'rd=="
log = logging.getLogger("triluna_desktop.test")


@pytest.fixture
def redactor() -> Redactor:
    redactor = Redactor()
    redactor.register_secret(CANARY)
    return redactor


class Log:
    """A log that is set up, and what was written to it."""

    def __init__(self, path: Path, redactor: Redactor, *, verbose: bool) -> None:
        self.path = path
        self.screen = io.StringIO()
        self.close = setup_logging(path, redactor, verbose=verbose, stderr=self.screen)

    @property
    def text(self) -> str:
        return self.path.read_text() if self.path.exists() else ""


@pytest.fixture
def written(tmp_path: Path, redactor: Redactor) -> Iterator[Log]:
    written = Log(tmp_path / "app.log", redactor, verbose=False)
    yield written
    written.close()


@pytest.fixture
def verbose(tmp_path: Path, redactor: Redactor) -> Iterator[Log]:
    written = Log(tmp_path / "app.log", redactor, verbose=True)
    yield written
    written.close()


def raise_nested() -> None:
    try:
        int(CANARY)
    except ValueError as error:
        error.add_note(f"note {CANARY}")
        raise ExceptionGroup(f"outer {CANARY}", [RuntimeError(f"grouped {CANARY!r}")]) from error


def test_the_token_is_taken_out_of_messages_arguments_and_their_usual_encodings(written: Log) -> None:
    log.info(f"in the message {CANARY}")  # noqa: G004 - this is the case under test.
    log.info("as an argument %s, %r", CANARY, {"token": CANARY})
    log.info("by name %(token)s", {"token": CANARY})
    log.info("in an address https://example.org/?t=%s", quote(CANARY, safe=""))
    assert written.text.count(REDACTED) == 5
    assert "Zq7" not in written.text


def test_the_token_is_taken_out_of_tracebacks_causes_groups_notes_and_stacks(written: Log) -> None:
    try:
        raise_nested()
    except ExceptionGroup:
        log.exception("it failed", stack_info=True)
    assert "Zq7" not in written.text
    assert written.text.count(REDACTED) == 4
    assert "raise_nested" in written.text
    assert "Stack (most recent call last)" in written.text


def test_a_handler_that_comes_after_ours_sees_only_the_cleaned_record(written: Log) -> None:
    screen = io.StringIO()
    later = logging.StreamHandler(screen)
    logging.getLogger().addHandler(later)
    try:
        raise_nested()
    except ExceptionGroup:
        log.exception("failed with %s", CANARY)
    finally:
        logging.getLogger().removeHandler(later)
    assert "it failed" not in written.text
    assert REDACTED in screen.getvalue()
    assert "Zq7" not in screen.getvalue()


def test_what_looks_like_a_token_in_a_header_goes_even_if_nobody_registered_it(written: Log) -> None:
    log.warning("sent Authorization: Bearer abc.DEF-123 to the server")
    log.warning("%r", {"X-API-Key": "abc.DEF-123"})
    assert "abc.DEF" not in written.text
    assert f"Bearer {REDACTED} to the server" in written.text


def test_arguments_that_do_not_fit_their_message_lose_neither_the_line_nor_the_token(written: Log) -> None:
    log.info("one %s", CANARY, CANARY)
    assert "one %s" in written.text
    assert "Zq7" not in written.text


def test_a_secret_that_is_the_start_of_another_leaves_nothing_of_the_longer_one() -> None:
    redactor = Redactor()
    redactor.register_secret("tl_short")
    redactor.register_secret("tl_short_and_long")
    redactor.register_secret("   ")
    assert redactor.redact("a tl_short_and_long b tl_short c") == f"a {REDACTED} b {REDACTED} c"


def test_the_file_and_its_older_ones_are_readable_by_their_owner_alone_and_limited(
    tmp_path: Path, redactor: Redactor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_file, "LOG_BYTES", 1000)
    written = Log(tmp_path / "app.log", redactor, verbose=False)
    for n in range(200):
        log.info("line %d", n)
    written.close()
    files = sorted(written.path.parent.iterdir())
    assert [file.name for file in files] == ["app.log", "app.log.1", "app.log.2", "app.log.3"]
    for file in files:
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert file.stat().st_size <= 1000
    assert "line 199" in written.text


def test_a_log_that_was_open_to_others_is_closed_to_them(written: Log) -> None:
    written.path.write_text("")
    written.path.chmod(0o644)
    log.info("line")
    assert stat.S_IMODE(written.path.stat().st_mode) == 0o600


def test_a_log_that_cannot_be_written_costs_lines_and_not_the_app(written: Log) -> None:
    written.path.mkdir()
    log.info("lost")
    written.path.rmdir()
    log.info("kept")
    assert "kept" in written.text


def test_without_verbose_the_screen_stays_quiet_and_other_libraries_too(written: Log) -> None:
    log.debug("detail")
    log.warning("worth knowing")
    logging.getLogger("httpx").info("small talk")
    assert written.screen.getvalue() == ""
    assert "worth knowing" in written.text
    assert "detail" not in written.text
    assert "small talk" not in written.text


def test_verbose_writes_everything_to_both(verbose: Log) -> None:
    log.debug("detail")
    logging.getLogger("httpx").info("small talk")
    for text in (verbose.text, verbose.screen.getvalue()):
        assert "detail" in text
        assert "small talk" in text


def test_closing_leaves_logging_as_it_was(tmp_path: Path, redactor: Redactor) -> None:
    root, ours = logging.getLogger(), logging.getLogger("triluna_desktop")
    before = (root.level, ours.level, list(root.handlers))
    setup_logging(tmp_path / "app.log", redactor)()
    assert (root.level, ours.level, list(root.handlers)) == before


def test_uncaught_exceptions_of_any_thread_are_logged_and_shown_without_the_token(
    written: Log, redactor: Redactor, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
    restore = install_excepthook(redactor)
    try:
        try:
            raise_nested()
        except ExceptionGroup as error:
            sys.excepthook(type(error), error, error.__traceback__)
        thread = threading.Thread(target=raise_nested, name="keyring")
        thread.start()
        thread.join()

        class Leaky:
            def __del__(self) -> None:
                raise_nested()

        Leaky()
    finally:
        restore()
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) == before
    for text in (written.text, written.screen.getvalue()):
        assert text.count("Uncaught exception") == 3
        assert "in the main thread" in text
        assert "in the thread keyring" in text
        assert "while something was cleaned up" in text
        assert "Zq7" not in text
    shown = capsys.readouterr()
    assert "Zq7" not in shown.out + shown.err


def test_ctrl_c_and_a_thread_that_exits_are_no_crashes(
    written: Log, redactor: Redactor, capsys: pytest.CaptureFixture[str]
) -> None:
    restore = install_excepthook(redactor)
    try:
        sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
        thread = threading.Thread(target=sys.exit)
        thread.start()
        thread.join()
    finally:
        restore()
    assert written.text == ""
    assert "KeyboardInterrupt" in capsys.readouterr().err


def test_the_level_can_be_changed_while_it_is_written(written: Log) -> None:
    log.debug("not told")
    set_level("debug")
    log.debug("told")
    set_level("error")
    log.warning("not told either")
    assert "told" in written.text
    assert "not told" not in written.text
