"""Arguments: where they may stand, what is refused before anything happens, and what is not even imported."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.helpers.x_display import REPOSITORY, clean_environment

from triluna_desktop import __version__, cli

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers.sandbox import SandboxProcess
    from tests.unit.app.conftest import CommandLine


def test_version_and_help_need_no_profile(triluna: CommandLine) -> None:
    assert triluna("--version").stdout == f"TriLuna Desktop {__version__}\n"
    told = triluna("--help")
    assert told.code == 0
    for command in ("sandbox", "token", "list", "block", "open", "delete", "bookable", "sync", "status"):
        assert command in told.stdout
    assert not triluna.data_dir.exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("frobnicate",),
        ("block",),
        ("delete",),
        ("token", "show"),
        ("list", "--from"),
        ("--profile", "../other", "list"),
        ("--profile", "", "list"),
        ("sandbox", "--port", "70000"),
    ],
)
def test_wrong_arguments_are_exit_two_with_a_sentence(triluna: CommandLine, arguments: tuple[str, ...]) -> None:
    done = triluna(*arguments)
    assert (done.code, done.stdout) == (2, "")
    assert done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("url", ["http://example.com/api", "ftp://127.0.0.1/", "no address", "https://"])
def test_a_server_that_is_no_server_is_exit_two(triluna: CommandLine, url: str) -> None:
    triluna.api_url = url
    done = triluna("list", "--json")
    assert (done.code, done.json["error"]["code"]) == (2, "api_url")


def test_common_options_may_stand_before_and_behind_the_command(
    sandbox: SandboxProcess, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRILUNA_TOKEN", sandbox.token)
    before, behind = ["--data-dir", str(tmp_path / "a")], ["--api-url", sandbox.url, "--profile", "work"]
    assert cli.run([*before, "sync", *behind]) == 0
    assert cli.run([*behind, "sync", *before]) == 0
    assert capsys.readouterr().out == "Synced.\nSynced.\n"
    assert [folder.name for folder in (tmp_path / "a").iterdir()] == ["work"]


def test_profiles_and_servers_do_not_share_a_calendar(triluna: CommandLine, sandbox: SandboxProcess) -> None:
    sandbox.faults({"kind": "drop_before", "times": 0})
    assert triluna("block", "tomorrow", "9:00-10:00").code == 3
    assert triluna("status", "--json").json["unsent"] == 1
    assert triluna("--profile", "other", "status", "--json").json["unsent"] == 0
    triluna.api_url = "http://127.0.0.1:1/api/public"
    assert triluna("status", "--json").json["unsent"] == 0


def test_a_command_loads_neither_qt_nor_the_servers_libraries(sandbox: SandboxProcess, tmp_path: Path) -> None:
    program = (
        "import sys; from triluna_desktop import cli\n"
        "code = cli.run(sys.argv[1:])\n"
        "loaded = {name.partition('.')[0] for name in sys.modules}\n"
        "print(code, sorted(loaded & {'PySide6', 'qasync', 'uvicorn', 'fastapi', 'pydantic'}))"
    )
    command = ["--data-dir", str(tmp_path / "data"), "--api-url", sandbox.url, "list"]
    done = subprocess.run(
        [sys.executable, "-c", program, *command],
        env=clean_environment(tmp_path, {"TRILUNA_TOKEN": sandbox.token}),
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == ["No entries.", "0 []"]
