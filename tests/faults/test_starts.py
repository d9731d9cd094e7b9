"""A start that cannot go on says why in a dialog: who starts the app from a menu sees no terminal.

See `test_table` for the list of all faults. That the dialog comes up in a real start is tested in `tests/e2e`.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QMessageBox
from tests.helpers.fault_checks import slots_of

from triluna_desktop import start
from triluna_desktop.options import Options, WindowOptions
from triluna_desktop.store import schema
from triluna_desktop.store.calendar import SqliteStore
from triluna_desktop.system.lock import ProfileLock
from triluna_desktop.system.paths import app_paths
from triluna_desktop.ui import start_failed
from triluna_desktop.ui.start_failed import StartFailure

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.helpers.sandbox import SandboxProcess
    from tests.unit.app.conftest import CommandLine

    from triluna_desktop.ui.theme import Theme

    Window = Callable[[], tuple[int, str, str]]

DAY = "2027-03-04"
KEPT = "Nothing was changed; what was not sent yet is kept."


@pytest.fixture
def window(triluna: CommandLine, window_theme: Theme, monkeypatch: pytest.MonkeyPatch) -> Window:
    """A start of the window: its exit code, and the two sentences of the dialog that it ends in."""
    del window_theme  # Wanted for the translation that it brings.
    shown: list[QMessageBox] = []

    def show(failure: StartFailure, detail: str, version: str) -> None:
        """The dialog in the test's own application: a process has one."""
        assert version
        box = start_failed.dialog(failure, detail)
        box.open()
        shown.append(box)

    monkeypatch.setattr(start_failed, "show_alone", show)
    monkeypatch.setenv("DISPLAY", ":of-the-test")
    monkeypatch.setattr(start, "RAISED_WITHIN", 0.2)

    def run() -> tuple[int, str, str]:
        code = start.run_window(WindowOptions(Options(data_dir=triluna.data_dir, api_url=triluna.api_url)))
        (box,) = shown
        assert box.isVisible()
        assert [button.text().replace("&", "") for button in box.buttons()] == ["Close"]
        texts = [label.text() for label in box.findChildren(QLabel)]
        assert box.text() in texts
        assert box.findChild(QDialogButtonBox) is not None
        said = (code, box.text(), box.informativeText())
        box.close()
        return said

    return run


@pytest.fixture
def database(triluna: CommandLine, sandbox: SandboxProcess) -> Path:
    """The file of a calendar with one unsent edit."""
    sandbox.faults({"kind": "drop_before", "times": 0})
    assert triluna("block", DAY, "9:00-10:00").code == 3
    sandbox.clear_faults()
    (file,) = triluna.data_dir.rglob("calendar-*.sqlite3")
    return file


def test_newer_schema(triluna: CommandLine, sandbox: SandboxProcess, window: Window, database: Path) -> None:
    known = len(schema.MIGRATIONS)
    set_version(database, known + 1)
    assert window() == (
        2,
        "A newer version of TriLuna Desktop has written this calendar's file.",
        f"Start the newer version. {KEPT}",
    )
    done = triluna("block", DAY, "11:00-12:00")
    assert (done.code, done.stderr) == (
        2,
        (
            f"triluna-desktop: A newer version of the app has written this calendar's file (version {known + 1}; "
            f"this app knows up to {known}). Use the newer app, or another folder with --data-dir. Nothing was "
            f"changed.\n"
        ),
    )
    set_version(database, known)
    assert triluna("sync").code == 0
    assert slots_of(sandbox) == ["09:00-10:00"]


def test_crash_in_a_migration(
    triluna: CommandLine,
    sandbox: SandboxProcess,
    window: Window,
    database: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The step is undone, so that the version before can go on, and so can the next attempt."""
    assert database.exists()
    broken = (*schema.MIGRATIONS, "CREATE TABLE extra (x); DELETE FROM op; SELECT nonsense")
    defaults = SqliteStore.__init__.__kwdefaults__
    assert defaults is not None
    with monkeypatch.context() as patched:
        patched.setitem(defaults, "migrations", broken)
        assert window() == (
            2,
            "The calendar's file on this computer cannot be used (no such column: nonsense).",
            (
                "Start it again; if that does not help, restart the computer. Nothing was changed; what was not "
                "sent yet is kept in the file."
            ),
        )
        done = triluna("block", DAY, "11:00-12:00")
        assert (done.code, done.stderr) == (
            2,
            (
                "triluna-desktop: The calendar's file cannot be used: no such column: nonsense. Nothing was "
                "changed.\n"
            ),
        )
    assert triluna("sync").code == 0
    assert slots_of(sandbox) == ["09:00-10:00"]


def test_two_instances(
    triluna: CommandLine,
    sandbox: SandboxProcess,
    window: Window,
    database: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The other one does not answer; where it does, it comes to the front (`tests/e2e`)."""
    assert database.exists()
    lock = ProfileLock(app_paths("default", triluna.data_dir).lock_file)
    assert lock.acquire()
    monkeypatch.setattr(start, "OWNER_WITHIN", 0.1)
    assert window() == (
        2,
        "TriLuna Desktop is running already, but does not answer.",
        (
            "Wait a moment and start it again. If that does not help, log out and in again. What was not sent yet "
            "is kept."
        ),
    )
    monkeypatch.setattr("triluna_desktop.headless.OWNER_WITHIN", 0.1)
    done = triluna("block", DAY, "11:00-12:00")
    assert (done.code, done.stderr) == (
        2,
        "triluna-desktop: Another process has this profile open and does not answer. Nothing was changed.\n",
    )
    lock.release()
    assert triluna("sync").code == 0
    assert slots_of(sandbox) == ["09:00-10:00"]


@pytest.mark.parametrize(
    ("failure", "detail", "what", "helps"),
    [
        (
            StartFailure.DISK_FULL,
            "",
            "TriLuna Desktop cannot start: there is no room left on the disk.",
            f"Make room and start it again. {KEPT}",
        ),
        (
            StartFailure.FOLDER,
            "The folder /x belongs to another user.",
            "TriLuna Desktop cannot start: The folder /x belongs to another user.",
            "Ask whoever looks after this computer. Nothing was changed.",
        ),
    ],
)
def test_other_starts_that_fail(
    window_theme: Theme, failure: StartFailure, detail: str, what: str, helps: str
) -> None:
    del window_theme
    box = start_failed.dialog(failure, detail)
    assert (box.text(), box.informativeText()) == (what, helps)


def test_a_folder_that_is_a_file_is_said_in_a_dialog(triluna: CommandLine, window: Window) -> None:
    triluna.data_dir.parent.joinpath("data").write_text("in the way")
    code, what, _ = window()
    assert code == 2
    assert what.startswith("TriLuna Desktop cannot start: The folder ")


DAMAGED = {
    "0-byte file": (
        b"",
        (
            "The calendar's file was empty. Changes that were not sent yet are lost; the rest is read from the "
            "server again."
        ),
    ),
    "corrupt file": (
        b"this is no database" * 1000,
        (
            "The calendar's file was damaged; it is kept as {file}.damaged-1. Unsent changes that could be saved "
            "from it: 0."
        ),
    ),
}


@pytest.mark.parametrize("fault", DAMAGED)
def test_damaged_file_in_a_terminal(triluna: CommandLine, database: Path, fault: str) -> None:
    content, sentence = DAMAGED[fault]
    database.write_bytes(content)
    for companion in ("-wal", "-shm"):
        database.with_name(database.name + companion).unlink(missing_ok=True)
    done = triluna("list", "--from", DAY)
    assert (done.code, done.stdout) == (0, "No entries.\n")
    assert done.stderr == f"triluna-desktop: {sentence.format(file=database)}\n"
    assert triluna("list").stderr == "", "told once"


def set_version(database: Path, version: int) -> None:
    connection = sqlite3.connect(database)
    connection.execute(f"PRAGMA user_version = {version}")
    connection.close()
