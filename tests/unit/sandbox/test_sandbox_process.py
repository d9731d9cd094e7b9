"""The sandbox as a process: its one line, its ends, its files, its arguments."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import pytest
from tests.helpers.sandbox import SandboxProcess

if TYPE_CHECKING:
    from pathlib import Path

MEETING = {"date": "2025-09-01", "start_time": "14:00", "end_time": "15:00"}


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "triluna_desktop.sandbox", *arguments]


def refused(*arguments: str) -> str:
    """What a sandbox that must not start says."""
    result = subprocess.run(command(*arguments), capture_output=True, text=True, timeout=20, check=False)
    assert (result.returncode, result.stdout) == (2, "")
    return result.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_prints_one_line_and_leaves_with_0_within_a_second_of_a_signal(number: signal.Signals) -> None:
    with subprocess.Popen(command(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        announced = json.loads(process.stdout.readline())
        assert list(announced) == ["url", "token"]
        told = time.monotonic()
        process.send_signal(number)
        out, errors = process.communicate(timeout=10)
        assert (process.returncode, out, errors) == (0, "", "")
        assert time.monotonic() - told < 1


def test_a_request_that_hangs_does_not_hold_up_the_end() -> None:
    with SandboxProcess() as sandbox:
        sandbox.faults({"kind": "delay", "seconds": 60})

        def ask() -> None:
            with pytest.raises(ConnectionError):
                sandbox.request("GET", "/calendar/availability")

        client = threading.Thread(target=ask)
        client.start()
        sandbox.wait_until(lambda: len(sandbox.log()) == 1)
        told = time.monotonic()
        assert sandbox.stop() == 0
        assert time.monotonic() - told < 1
        client.join(10)


def test_each_run_without_a_token_makes_another_one() -> None:
    tokens = set()
    for _ in range(2):
        with subprocess.Popen(command(), stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            tokens.add(json.loads(process.stdout.readline())["token"])
            process.terminate()
    assert len(tokens) == 2
    assert all(len(token) > 30 for token in tokens)


def test_it_ends_with_its_parent_if_asked_to() -> None:
    with subprocess.Popen(
        command("--exit-with-parent"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        process.stdout.readline()
        process.stdin.close()
        assert process.wait(5) == 0


def test_it_listens_on_loopback_only() -> None:
    with SandboxProcess() as sandbox:
        table = subprocess.run(["cat", f"/proc/{sandbox.pid}/net/tcp"], capture_output=True, text=True, check=True)
        port = f":{sandbox.port:04X} "
        listening = [line.split()[1] for line in table.stdout.splitlines() if port in line and " 0A " in line]
        assert listening == [f"0100007F:{sandbox.port:04X}"]


def test_a_written_entry_survives_sigkill(tmp_path: Path) -> None:
    with SandboxProcess(database=tmp_path / "calendar.db") as sandbox:
        address = (sandbox.url, sandbox.token)
        entry = sandbox.request("POST", "/calendar/availability", MEETING).json["availability"]
        sandbox.kill()
        sandbox.start()
        assert (sandbox.url, sandbox.token) == address
        assert sandbox.entries() == [entry]


def test_ids_are_not_given_again_after_a_restart(tmp_path: Path) -> None:
    with SandboxProcess(database=tmp_path / "calendar.db") as sandbox:
        first = sandbox.request("POST", "/calendar/availability", MEETING).json["availability"]["id"]
        sandbox.request("DELETE", f"/calendar/availability/{first}")
        sandbox.restart()
        assert sandbox.request("POST", "/calendar/availability", MEETING).json["availability"]["id"] > first


def test_a_deletion_in_the_demo_calendar_stays(tmp_path: Path) -> None:
    with SandboxProcess(database=tmp_path / "calendar.db", seed="demo") as sandbox:
        entries = sandbox.entries()
        sandbox.request("DELETE", f"/calendar/availability/{entries[0]['id']}")
        sandbox.restart()
        assert sandbox.entries() == entries[1:]


def test_settings_of_the_command_line_hold() -> None:
    with SandboxProcess(
        tokens=["reader,read:calendar", "old,expires=2020-01-01"], rate_limit=3, allow_overlaps=True
    ) as sandbox:
        assert sandbox.token == "reader"
        assert sandbox.request("POST", "/calendar/availability", MEETING).status == 403
        assert sandbox.request("GET", "/calendar/availability", token="old").status == 401
        statuses = [sandbox.request("GET", "/calendar/availability").status for _ in range(3)]
        assert statuses == [200, 200, 429]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--port", "70000"], "a port is a number from 0 to 65535, not '70000'"),
        (["--rate-limit", "0"], "must be a whole number above 0, not '0'"),
        (["--token", "abc,admin"], "unknown scope 'admin'"),
        (["--token", "abc,expires=soon"], "expires must be like 2026-12-31T18:00:00Z, not 'soon'"),
        (["--token", "abc", "--token", "abc,read:calendar"], "the same token is given twice"),
        (["--seed", "other"], "invalid choice: 'other'"),
        (["--today", "2026-02-30"], "must be a date as YYYY-MM-DD, not '2026-02-30'"),
    ],
)
def test_a_wrong_argument_is_refused_with_a_sentence(arguments: list[str], sentence: str) -> None:
    assert sentence in refused(*arguments)


def test_a_port_that_is_taken_is_said(sandbox: SandboxProcess) -> None:
    assert refused("--port", str(sandbox.port)).startswith(f"Port {sandbox.port} on 127.0.0.1 cannot be used: ")


def test_a_file_that_is_no_database_is_said_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("These are my notes, and they are long enough to be looked at as a database.")
    before = path.read_bytes()
    assert "cannot be used: file is not a database." in refused("--database", str(path))
    assert path.read_bytes() == before


def test_the_database_of_another_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "calendar.db"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    assert "was made by another version of the sandbox (99)" in refused("--database", str(path))


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE entries (x)")
    connection.close()
    assert "is not a calendar of the sandbox" in refused("--database", str(path))


def test_importing_the_package_loads_no_server_library() -> None:
    code = (
        "import sys, triluna_desktop.sandbox as s, argparse; s.add_arguments(argparse.ArgumentParser());"
        "print([m for m in ('fastapi', 'pydantic', 'uvicorn', 'sqlite3', 'asyncio') if m in sys.modules])"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ
    )
    assert result.stdout.strip() == "[]"
