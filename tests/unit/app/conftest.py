"""The command line inside the test's process, on real files and over a real socket to the sandbox."""

from __future__ import annotations

import logging
import sys
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import keyring.backends.fail
import pytest
from tests.helpers.app_process import Done

from triluna_desktop import cli
from triluna_desktop.system import keyring_backends
from triluna_desktop.system.paths import app_paths

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.helpers.sandbox import SandboxProcess


@dataclass
class CommandLine:
    """`triluna-desktop`, in one data folder, with one server and token."""

    data_dir: Path
    api_url: str
    capsys: pytest.CaptureFixture[str]
    monkeypatch: pytest.MonkeyPatch
    common: list[str] = field(default_factory=list)

    def __call__(self, *arguments: str) -> Done:
        """Run a command; what argparse ends is a result like the others."""
        common = ["--data-dir", str(self.data_dir), "--api-url", self.api_url]
        self.capsys.readouterr()
        try:
            code: object = cli.run([*common, *arguments])
        except SystemExit as end:
            code = end.code
        assert isinstance(code, int)
        said = self.capsys.readouterr()
        return Done(code, said.out, said.err)

    def use_token(self, token: str | None) -> None:
        """Set the token in the environment, or have none there."""
        if token is None:
            self.monkeypatch.delenv("TRILUNA_TOKEN", raising=False)
        else:
            self.monkeypatch.setenv("TRILUNA_TOKEN", token)

    @property
    def log(self) -> str:
        """What was logged."""
        file = app_paths("default", self.data_dir).log_file
        return file.read_text(encoding="utf-8") if file.exists() else ""


@pytest.fixture(autouse=True)
def _own_hooks(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A start of the program takes the hooks for crashes and the log over; give them back afterwards."""
    for place, name in ((sys, "excepthook"), (sys, "unraisablehook"), (threading, "excepthook")):
        monkeypatch.setattr(place, name, getattr(place, name))
    handlers = list(logging.getLogger().handlers)
    yield
    assert logging.getLogger().handlers == handlers, "a command left its log open"


@pytest.fixture
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without a keyring, whatever this one has."""
    backend = keyring.backends.fail.Keyring()  # type: ignore[no-untyped-call]  # keyring is typed in part.
    monkeypatch.setattr(keyring_backends, "preferred_backend", lambda: backend)


@pytest.fixture
def triluna(
    sandbox: SandboxProcess,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    no_keyring: None,  # noqa: ARG001 - wanted for what it does.
) -> CommandLine:
    """The command line with the sandbox's full token."""
    line = CommandLine(tmp_path / "data", sandbox.url, capsys, monkeypatch)
    line.use_token(sandbox.token)
    return line
