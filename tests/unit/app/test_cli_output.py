"""How an answer leaves: one JSON object whatever is wrong, any characters, a reader that goes, Ctrl-C."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from tests.helpers.app_process import Home

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.helpers.sandbox import SandboxProcess
    from tests.unit.app.conftest import CommandLine

DAY = "2027-03-04"
NEXT = "2027-03-05"


@pytest.fixture
def home(tmp_path: Path, sandbox: SandboxProcess) -> Home:
    return Home(
        tmp_path,
        api_url=sandbox.url,
        token=sandbox.token,
        environment={"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"},
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ("frobnicate",),
        ("block",),
        ("list", "--from", "nonsense"),
        ("bookable", "--length", "0"),
        ("list", "--wrong"),
    ],
)
def test_wrong_arguments_are_a_json_object_too(triluna: CommandLine, arguments: tuple[str, ...]) -> None:
    done = triluna(*arguments, "--json")
    assert (done.code, done.json["ok"], done.json["error"]["code"]) == (2, False, "arguments")
    assert done.json["error"]["message"] in done.stderr


def test_a_command_with_demo_is_refused_for_it_would_use_the_account(
    triluna: CommandLine, sandbox: SandboxProcess
) -> None:
    done = triluna("--demo", "block", DAY, "9:00-10:00")
    assert done.code == 2
    assert "--profile demo" in done.stderr
    assert sandbox.log() == []


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_any_title_can_be_printed_whatever_the_terminal_can_show(
    triluna: CommandLine, sandbox: SandboxProcess, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    title = "caf\N{LATIN SMALL LETTER E WITH ACUTE} \N{PARTY POPPER}"
    sandbox.add_entry(DAY, "09:00", "10:00", title=title)
    sandbox.add_entry(NEXT, "09:00", "10:00", title="second")

    def said(*arguments: str) -> str:
        terminal = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
        monkeypatch.setattr("sys.stdout", terminal)
        assert triluna("list", "--from", DAY, "--to", NEXT, *arguments).code == 0
        printed: bytes = terminal.buffer.getvalue()
        return printed.decode(encoding)

    assert "second" in said().splitlines()[1]
    told: Mapping[str, Any] = json.loads(said("--json"))
    assert [entry["title"] for entry in told["entries"]] == [title, "second"]


def test_a_reader_that_goes_is_no_failure(home: Home, sandbox: SandboxProcess) -> None:
    sandbox.add_entry(DAY, "09:00", "10:00")
    reading, writing = os.pipe()
    os.close(reading)
    command = home.command("list", "--from", DAY)
    done = subprocess.run(
        command, env=home.environment, stdout=writing, stderr=subprocess.PIPE, text=True, check=False
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a device that is always full")
def test_an_answer_that_cannot_be_written_is_told(home: Home) -> None:
    with open("/dev/full", "w") as full:  # noqa: PTH123 - a device.
        done = subprocess.run(
            home.command("list"), env=home.environment, stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 1
    assert "could not be written" in done.stderr
    assert "Error" not in done.stderr


def interrupted(home: Home, sandbox: SandboxProcess, *arguments: str, at: str) -> tuple[int, dict[str, Any], str]:
    """Ctrl-C while the server keeps the first request of that method; exit code, JSON object, standard error."""
    sandbox.faults({"kind": "hold", "method": at})
    running = subprocess.Popen(
        home.command(*arguments, "--json"),
        env=home.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    sandbox.wait_until(lambda: any(request["method"] == at for request in sandbox.log()))
    running.send_signal(signal.SIGINT)
    said, complained = running.communicate(timeout=20)
    sandbox.clear_faults()
    return running.returncode, json.loads(said), complained


@pytest.mark.parametrize("at", ["GET", "POST"])
def test_an_edit_that_ctrl_c_interrupts_is_kept_and_sent_once(
    home: Home, sandbox: SandboxProcess, at: str
) -> None:
    code, told, complained = interrupted(home, sandbox, "block", DAY, "9:00-10:00", at=at)
    assert (code, told["error"]["code"]) == (3, "interrupted")
    assert "Traceback" not in complained
    assert home.run("sync").code == 0
    assert len(sandbox.entries()) == 1


def test_reading_that_ctrl_c_interrupts_ends_without_a_trace(home: Home, sandbox: SandboxProcess) -> None:
    code, told, complained = interrupted(home, sandbox, "list", at="GET")
    assert (code, told["error"]["code"]) == (130, "interrupted")
    assert "Traceback" not in complained


@pytest.mark.skipif(sys.platform == "win32", reason="the limit on a file's size is one of Unix")
@pytest.mark.parametrize("bytes_left", [16, 4096, 40_000])
def test_on_a_full_disk_an_edit_is_refused_aloud_or_kept_and_never_said_to_be_what_it_is_not(
    home: Home, sandbox: SandboxProcess, bytes_left: int
) -> None:
    assert home.run("list").code == 0
    done = subprocess.run(
        ["prlimit", f"--fsize={bytes_left}", *home.command("block", DAY, "9:00-10:00", "--json")],
        # What it imports would be kept compiled, as far as it goes, and no later process could import it.
        env=home.environment | {"PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    told = json.loads(done.stdout)["error"]["message"]
    assert "Traceback" not in done.stderr
    assert "no room left on the disk" in told
    assert (done.returncode, "Nothing was changed" in told) in {(2, True), (3, False)}
    assert home.run("sync").code == 0
    assert len(sandbox.entries()) == (1 if done.returncode == 3 else 0)


def test_a_damaged_file_is_told_with_what_was_saved_from_it(triluna: CommandLine, sandbox: SandboxProcess) -> None:
    sandbox.faults({"kind": "drop_before", "times": 0})
    assert triluna("block", DAY, "9:00-10:00").code == 3
    sandbox.clear_faults()
    (file,) = triluna.data_dir.rglob("calendar-*.sqlite3")
    file.write_bytes(b"")
    done = triluna("list", "--json")
    assert (done.code, done.json["error"]) == (0, None)
    assert "not sent yet are lost" in done.stderr
    assert triluna("list").stderr == "", "told once"


@pytest.mark.parametrize("platform", ["", "wayland;xcb"])
def test_a_window_without_a_display_is_a_sentence_that_names_the_commands(home: Home, platform: str) -> None:
    assert not {"DISPLAY", "WAYLAND_DISPLAY"}.intersection(home.environment)
    done = subprocess.run(
        home.command(),
        env=home.environment | {"QT_QPA_PLATFORM": platform},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("triluna-desktop: there is no display here ")
    assert "`triluna-desktop --help`" in done.stderr
