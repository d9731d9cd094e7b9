"""`token set`, `test` and `forget` on a machine without a keyring; with one: tests/e2e/test_token.py."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.helpers.sandbox import SandboxProcess
    from tests.unit.app.conftest import CommandLine


def test_test_says_both_scopes_and_writes_nothing(triluna: CommandLine, sandbox: SandboxProcess) -> None:
    done = triluna("token", "test")
    assert (done.code, done.stdout.splitlines()) == (0, ["Reading: yes", "Writing: yes"])
    assert sandbox.entries() == sandbox.patterns() == []


def test_test_names_the_scope_that_is_missing(triluna: CommandLine, sandbox: SandboxProcess) -> None:
    sandbox.configure(tokens=["only-reads,read:calendar"])
    triluna.use_token("only-reads")
    done = triluna("token", "test")
    assert (done.code, done.stdout.splitlines()) == (5, ["Reading: yes", "Writing: no"])
    assert "write:calendar" in done.stderr


def test_test_of_a_refused_token_is_exit_five(triluna: CommandLine) -> None:
    triluna.use_token("nobody-knows-this-token")
    done = triluna("token", "test")
    assert done.code == 5
    assert "refused the token" in done.stderr
    assert "nobody-knows" not in done.stderr + triluna.log


def test_test_without_a_token_says_how_to_set_one(triluna: CommandLine, sandbox: SandboxProcess) -> None:
    triluna.use_token(None)
    done = triluna("token", "test")
    assert done.code == 5
    assert "token set" in done.stderr
    assert sandbox.log() == []


def test_test_with_the_server_away_is_exit_three(triluna: CommandLine, sandbox: SandboxProcess) -> None:
    sandbox.faults({"kind": "drop_before", "times": 0})
    done = triluna("token", "test")
    assert done.code == 3
    assert "could not be asked" in done.stderr


@pytest.mark.parametrize("typed", ["\n", "   \n", "two words\n", "schlüssel\n", "x" * 5000 + "\n", ""])
def test_set_refuses_what_cannot_be_a_token(
    triluna: CommandLine, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    done = triluna("token", "set")
    assert (done.code, done.stdout) == (2, "")
    assert done.stderr.startswith("triluna-desktop: ")
    assert not typed.strip() or typed.strip() not in done.stderr + triluna.log


def test_set_without_a_keyring_is_exit_five_and_names_the_other_way(
    triluna: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("a-token-of-some-kind\n"))
    done = triluna("token", "set")
    assert done.code == 5
    assert "TRILUNA_TOKEN" in done.stderr
    files = [file for file in triluna.data_dir.rglob("*") if file.is_file()]
    assert files
    assert [file for file in files if b"a-token-of-some-kind" in file.read_bytes()] == []


def test_forget_without_a_keyring_is_done(triluna: CommandLine) -> None:
    done = triluna("token", "forget")
    assert (done.code, done.stdout) == (0, "The token is forgotten.\n")
