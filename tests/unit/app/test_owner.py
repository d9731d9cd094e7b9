"""One owner of a profile at a time: handed over, waited for, or told to be busy; and what a bug looks like."""

from __future__ import annotations

import asyncio
import socket
import threading
from typing import TYPE_CHECKING, Any

import pytest

from triluna_desktop import commands, handing, headless, start
from triluna_desktop.options import RAISE, Options
from triluna_desktop.profile import prepare
from triluna_desktop.system.instance import serve
from triluna_desktop.system.lock import ProfileLock
from triluna_desktop.system.paths import app_paths

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.helpers.sandbox import SandboxProcess
    from tests.unit.app.conftest import CommandLine

    Reply = Callable[[dict[str, Any]], dict[str, Any]]


class Owner:
    """Another owner of the profile, on a thread of its own: it answers each command with `reply`."""

    def __init__(self, data_dir: Path) -> None:
        self.paths = app_paths("default", data_dir)
        self.paths.ensure()
        self.lock = ProfileLock(self.paths.lock_file)
        assert self.lock.acquire()
        self.seen: list[dict[str, Any]] = []
        self.reply: Reply = lambda _: commands.Answer(commands.DONE, {}, ("Done elsewhere.",)).to_wire()
        self._listens = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run)

    def listen(self) -> None:
        self._thread.start()
        assert self._listens.wait(10)

    def freeze(self) -> threading.Event:
        """Stop the loop, as SIGSTOP would stop the process; it goes on once the event is set."""
        goes_on, is_frozen = threading.Event(), threading.Event()

        def wait() -> None:
            is_frozen.set()
            goes_on.wait(10)

        self._loop.call_soon_threadsafe(wait)
        assert is_frozen.wait(10)
        return goes_on

    def close(self) -> None:
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._end.set)
            self._thread.join(10)
        self._loop.close()
        self.lock.release()

    def _run(self) -> None:
        async def main() -> None:
            self._end = asyncio.Event()
            server = await serve(self.paths.socket, self._on_request, lock=self.lock)
            self._listens.set()
            await self._end.wait()
            await server.close()
            for _ in range(5):  # Connections that were cut off are closed in the loop's next turns.
                await asyncio.sleep(0)

        self._loop.run_until_complete(main())

    async def _on_request(self, request: dict[str, Any]) -> dict[str, Any]:
        self.seen.append(request)
        return self.reply(request)


@pytest.fixture
def owner(triluna: CommandLine) -> Iterator[Owner]:
    running = Owner(triluna.data_dir)
    yield running
    running.close()


def test_a_command_is_handed_to_the_owner_and_its_answer_comes_back(
    triluna: CommandLine, owner: Owner, sandbox: SandboxProcess
) -> None:
    owner.listen()
    done = triluna("block", "tomorrow", "9:00-10:00", "--title", "T")
    assert (done.code, done.stdout) == (0, "Done elsewhere.\n")
    (request,) = owner.seen
    assert (request["command"], request["when"], request["title"]) == ("block", "tomorrow 9:00-10:00", "T")
    assert sandbox.log() == []


def test_dates_are_worked_out_before_they_are_handed_over(triluna: CommandLine, owner: Owner) -> None:
    owner.listen()
    triluna("list", "--from", "2027-03-04")
    assert owner.seen[0]["from"] == "2027-03-04"


def test_an_exit_code_of_the_owner_is_ours(triluna: CommandLine, owner: Owner) -> None:
    owner.reply = lambda _: commands.Answer(4, {"entries": []}, (), "needs_decision", "Decide.").to_wire()
    owner.listen()
    done = triluna("block", "tomorrow", "9:00-10:00", "--json")
    assert (done.code, done.stderr) == (4, "triluna-desktop: Decide.\n")
    assert done.json == {"ok": False, "error": {"code": "needs_decision", "message": "Decide."}, "entries": []}


def test_an_owner_that_takes_a_command_and_says_nothing_leaves_it_to_the_user_to_look(
    triluna: CommandLine, owner: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handing, "ANSWER_WITHIN", 0.2)
    answers = threading.Event()

    def wait(_: dict[str, Any]) -> dict[str, Any]:
        answers.wait(10)
        return commands.Answer(commands.DONE).to_wire()

    owner.reply = wait
    owner.listen()
    done = triluna("block", "tomorrow", "9:00-10:00", "--json")
    answers.set()
    assert (done.code, done.json["error"]["code"]) == (4, "no_reply"), "neither queued for certain nor surely not"


def test_an_owner_that_is_frozen_is_given_up_and_does_nothing_when_it_goes_on(
    triluna: CommandLine, owner: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handing, "HEARD_WITHIN", 0.1)
    owner.listen()
    goes_on = owner.freeze()
    done = triluna("block", "tomorrow", "9:00-10:00", "--json")
    assert (done.code, done.json["error"]["code"]) == (2, "busy")
    assert "does not answer. Nothing was changed." in done.stderr
    goes_on.set()
    monkeypatch.setattr(handing, "HEARD_WITHIN", 10.0)
    assert triluna("status").stdout == "Done elsewhere.\n"
    assert [request["command"] for request in owner.seen] == ["status"]


def test_a_socket_that_a_crash_left_is_passed_over(triluna: CommandLine, owner: Owner) -> None:
    # Such files lie in a folder that outlives the tests: one of an earlier run may have the very same name.
    owner.paths.socket.unlink(missing_ok=True)
    left = socket.socket(socket.AF_UNIX)
    left.bind(str(owner.paths.socket))
    left.close()
    owner.lock.release()
    assert triluna("status").code == 0
    owner.paths.socket.unlink()


def test_a_folder_of_somebody_else_gets_no_command(
    triluna: CommandLine, owner: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner.listen()
    monkeypatch.setattr("os.getuid", lambda: 12345)
    done = triluna("block", "tomorrow", "9:00-10:00")
    assert (done.code, owner.seen) == (2, [])
    assert "belongs to another user" in done.stderr


def test_a_command_that_is_too_long_to_be_handed_over_is_exit_two(
    triluna: CommandLine, owner: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("triluna_desktop.system.hand_over.REQUEST_BYTES", 1000)
    owner.listen()
    done = triluna("delete", *[f"{number:015}" for number in range(100)], "--json")
    assert (done.code, done.json["error"]["code"]) == (2, "too_long")
    assert owner.seen == []


def test_a_server_of_ones_own_is_told_to_the_owner(
    triluna: CommandLine, owner: Owner, sandbox: SandboxProcess
) -> None:
    owner.listen()
    triluna("sync")
    assert owner.seen[0]["api_url"] == sandbox.url


def test_a_bug_in_the_owner_is_exit_one(triluna: CommandLine, owner: Owner) -> None:
    def fail(_: dict[str, Any]) -> dict[str, Any]:
        raise ZeroDivisionError

    owner.reply = fail
    owner.listen()
    done = triluna("status", "--json")
    assert (done.code, done.json["error"]["code"]) == (1, "internal")


def test_an_owner_that_does_not_listen_is_waited_for_and_then_called_busy(
    triluna: CommandLine, owner: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(headless, "OWNER_WITHIN", 0.1)
    done = triluna("status", "--json")
    assert (done.code, done.json["error"]["code"]) == (2, "busy"), "nothing is queued, so not 3"
    owner.lock.release()
    assert triluna("status").code == 0


def test_our_bug_is_exit_one_with_a_trace_in_the_log_and_no_token_anywhere(
    triluna: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("with a-secret-token-of-mine in it")

    triluna.use_token("a-secret-token-of-mine")
    monkeypatch.setattr("triluna_desktop.commands._status_json", fail)
    monkeypatch.setattr("triluna_desktop.commands._read", fail)
    done = triluna("list", "--json")
    assert (done.code, done.json["error"]["code"]) == (1, "bug")
    assert "ZeroDivisionError" in triluna.log
    assert "a-secret-token-of-mine" not in triluna.log + done.stdout + done.stderr


def test_a_window_that_starts_while_a_command_has_the_profile_waits_for_its_end(
    triluna: CommandLine, owner: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    ground = prepare(Options(data_dir=triluna.data_dir))
    lock = ProfileLock(ground.paths.lock_file)
    monkeypatch.setattr("triluna_desktop.start.time.sleep", lambda _: owner.lock.release())
    try:
        for is_hidden in (False, True):
            assert start.with_the_owner(ground, lock, is_hidden=is_hidden) is None
            assert lock.is_held
            lock.release()
            assert owner.lock.acquire()
    finally:
        lock.release()
        ground.close_log()


def test_a_window_that_starts_a_moment_after_another_has_that_one_shown_and_a_hidden_start_leaves_it_alone(
    triluna: CommandLine, owner: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    ground = prepare(Options(data_dir=triluna.data_dir))
    lock = ProfileLock(ground.paths.lock_file)
    monkeypatch.setattr("triluna_desktop.start.time.sleep", lambda _: owner.listen())
    try:
        assert start.with_the_owner(ground, lock, is_hidden=True) == 0
        assert owner.seen == []
        assert start.with_the_owner(ground, lock, is_hidden=False) == 0
        assert [request["command"] for request in owner.seen] == [RAISE]
        assert not lock.is_held
    finally:
        ground.close_log()
