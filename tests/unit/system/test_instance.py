"""One owner of a profile, and the commands it is handed."""

import asyncio
import contextlib
import gc
import json
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from triluna_desktop.system import hand_over, instance
from triluna_desktop.system.instance import CommandServer, NoReplyError, ask, serve
from triluna_desktop.system.lock import ProfileLock

HOLDER = """
import sys
from pathlib import Path
from triluna_desktop.system.lock import ProfileLock
print(ProfileLock(Path(sys.argv[1])).acquire(), flush=True) if sys.argv[2:] else None
lock = ProfileLock(Path(sys.argv[1]))
print(lock.acquire(), flush=True)
sys.stdin.read()
"""

QT_OWNER = """
import asyncio, os, sys
from pathlib import Path
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6.QtGui import QGuiApplication
import qasync
from triluna_desktop.system.instance import serve
from triluna_desktop.system.lock import ProfileLock

async def main() -> None:
    done = asyncio.Event()
    async def handler(request):
        await asyncio.sleep(0)
        if request["do"] == "stop":
            asyncio.get_running_loop().call_later(0.01, done.set)
        return {"ok": True, "did": request["do"]}
    lock = ProfileLock(Path(sys.argv[1]) / "lock")
    assert lock.acquire()
    server = await serve(Path(sys.argv[1]) / "socket", handler, lock=lock)
    print("listening", flush=True)
    await done.wait()
    await server.close()

app = QGuiApplication([])
with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(app)) as runner:
    runner.run(main())
print("ended", flush=True)
"""


def started(program: str, *arguments: Path | str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", program, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": "src"},
    )


def line_of(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_one_process_holds_the_lock_and_a_crash_gives_it_back(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with started(HOLDER, path) as holder:
        assert line_of(holder) == "True"
        lock = ProfileLock(path)
        assert not lock.acquire()
        assert not lock.is_held
        holder.send_signal(signal.SIGKILL)
        holder.wait()
    assert lock.acquire()
    assert lock.is_held
    lock.release()


def test_the_lock_excludes_within_a_process_too_and_can_be_taken_again(tmp_path: Path) -> None:
    first, second = ProfileLock(tmp_path / "lock"), ProfileLock(tmp_path / "lock")
    assert first.acquire()
    assert first.acquire()
    assert not second.acquire()
    first.release()
    first.release()
    assert second.acquire()
    assert stat.S_IMODE((tmp_path / "lock").stat().st_mode) == 0o600
    second.release()


def test_a_lock_file_that_cannot_be_opened_is_an_error_and_not_a_no(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        ProfileLock(tmp_path / "missing/lock").acquire()


def test_a_file_system_without_locks_is_an_error_and_not_a_no(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: int, __: int) -> None:
        raise OSError("no locks here")

    monkeypatch.setattr("fcntl.flock", refuse)
    with pytest.raises(OSError, match="no locks here"):
        ProfileLock(tmp_path / "lock").acquire()


class Owner:
    """A profile's owner in this process, listening."""

    def __init__(self, folder: Path, *, loopback: bool) -> None:
        self.path = folder / "commands.sock"
        self.lock = ProfileLock(folder / "lock")
        self.loopback = loopback
        self.asked: list[dict[str, Any]] = []
        self.handler: Callable[[dict[str, Any]], Any] = self.echo
        self.server: CommandServer | None = None

    async def echo(self, request: dict[str, Any]) -> dict[str, Any]:
        self.asked.append(request)
        return {"ok": True, "echo": request}

    async def start(self) -> None:
        assert self.lock.acquire()
        self.server = await serve(
            self.path, lambda request: self.handler(request), lock=self.lock, loopback=self.loopback
        )

    async def stop(self) -> None:
        if self.server is not None:
            await self.server.close()
            await self.server.close()
        self.lock.release()

    async def ask(self, request: dict[str, Any], timeout: float = 10) -> dict[str, Any] | None:  # noqa: ASYNC109 - it is handed on.
        return await asyncio.to_thread(ask, self.path, request, timeout)

    async def send(self, raw: bytes) -> dict[str, Any]:
        """What comes back for bytes that `ask` would never send."""
        if self.loopback:
            port = json.loads(self.path.read_text())["port"]
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
        else:
            reader, writer = await asyncio.open_unix_connection(self.path)
        writer.write(raw)
        await writer.drain()
        reply: dict[str, Any] = json.loads(await reader.readline())
        writer.close()
        return reply


@pytest.fixture(params=[False, True], ids=["unix socket", "loopback"])
async def owner(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Owner]:
    owner = Owner(tmp_path, loopback=request.param)
    await owner.start()
    yield owner
    await owner.stop()


async def test_a_command_is_handed_over_and_its_answer_comes_back(owner: Owner) -> None:
    request = {"command": "block", "when": "30m", "title": "Zahnarzt – später"}
    assert await owner.ask(request) == {"ok": True, "echo": request}
    assert owner.asked == [request]


async def test_many_at_once_each_get_their_own_answer(owner: Owner) -> None:
    replies = await asyncio.gather(*(owner.ask({"n": n}) for n in range(20)))
    assert [reply and reply["echo"]["n"] for reply in replies] == list(range(20))


async def test_the_socket_is_for_its_owner_alone(owner: Owner) -> None:
    assert stat.S_IMODE(owner.path.stat().st_mode) == 0o600


async def test_a_long_answer_arrives_whole(owner: Owner) -> None:
    async def long(_: dict[str, Any]) -> dict[str, Any]:
        return {"entries": ["x" * 100] * 50_000}

    owner.handler = long
    reply = await owner.ask({})
    assert reply is not None
    assert len(reply["entries"]) == 50_000


@pytest.mark.parametrize(
    "raw", [b"\n", b"{\n", b"[]\n", b'"x"\n', b"{}\n", b'{"request":1}\n', b"\xff\n", b"[" * 90_000 + b"\n"]
)
async def test_what_is_no_command_is_refused(owner: Owner, raw: bytes) -> None:
    reply = await owner.send(raw)
    assert reply == {
        "ok": False,
        "error": {"code": "bad_request", "message": "A command is a JSON object on one line."},
    }
    assert owner.asked == []


async def test_a_command_over_the_limit_is_refused_on_both_sides(
    owner: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ValueError, match="more than 16000000"):
        await owner.ask({"title": "x" * 16_000_000})
    reply = await owner.send(b"x" * 16_100_000)
    assert reply["error"]["code"] == "too_large"
    assert owner.asked == []
    monkeypatch.setattr(hand_over, "REPLY_BYTES", 10)
    with pytest.raises(NoReplyError, match="no whole answer"):
        await owner.ask({})


async def test_who_says_nothing_is_not_waited_for(owner: Owner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(instance, "REQUEST_WITHIN", 0.01)
    assert (await owner.send(b'{"half":'))["error"]["code"] == "too_slow"
    assert await owner.send(b"") is not None


async def test_who_was_heard_and_says_nothing_more_is_not_waited_for(
    owner: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(instance, "REQUEST_WITHIN", 0.2)
    monkeypatch.setattr(hand_over, "GO", b"")
    with pytest.raises(NoReplyError):
        await asyncio.to_thread(ask, owner.path, {"do": "this"}, 10, heard_within=5)
    assert owner.asked == []


async def test_a_secret_that_is_no_text_is_refused(owner: Owner) -> None:
    reply = await owner.send(b'{"secret": "\\ud800", "request": {}}\n')
    assert reply["error"]["code"] == "refused"


async def test_a_command_that_fails_is_answered_and_the_next_one_works(
    owner: Owner, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(_: dict[str, Any]) -> dict[str, Any]:
        raise KeyError("bug")

    owner.handler = fail
    reply = await owner.ask({})
    assert reply is not None
    assert reply["error"]["code"] == "internal"
    assert "A handed-over command failed" in caplog.text
    owner.handler = owner.echo
    assert await owner.ask({}) == {"ok": True, "echo": {}}


async def test_who_leaves_before_the_answer_does_not_disturb_the_owner(owner: Owner) -> None:
    asked, go_on = asyncio.Event(), asyncio.Event()

    async def wait(_: dict[str, Any]) -> dict[str, Any]:
        asked.set()
        await go_on.wait()
        return {"long": "x" * 5_000_000}

    owner.handler = wait
    with pytest.raises(NoReplyError):
        await owner.ask({}, timeout=0.2)
    await asked.wait()
    go_on.set()
    owner.handler = owner.echo
    assert await owner.ask({}) == {"ok": True, "echo": {}}


async def test_no_answer_in_time_is_told_apart_from_nobody_there(owner: Owner) -> None:
    async def never(_: dict[str, Any]) -> dict[str, Any]:
        await asyncio.Event().wait()
        return {}

    owner.handler = never
    with pytest.raises(NoReplyError, match="no answer"):
        await owner.ask({}, timeout=0.05)


async def test_an_owner_that_ends_in_the_middle_gives_no_whole_answer(owner: Owner) -> None:
    asked = asyncio.Event()

    async def never(_: dict[str, Any]) -> dict[str, Any]:
        asked.set()
        await asyncio.Event().wait()
        return {}

    owner.handler = never
    waiting = asyncio.create_task(owner.ask({}))
    await asked.wait()
    await owner.stop()
    with pytest.raises(NoReplyError, match="no whole answer"):
        await waiting
    assert await owner.ask({}) is None
    assert not owner.path.exists()


async def test_an_answer_that_is_no_object_is_no_answer(owner: Owner) -> None:
    async def listing(_: dict[str, Any]) -> Any:
        return [1]

    owner.handler = listing
    with pytest.raises(NoReplyError, match="no JSON object"):
        await owner.ask({})


async def test_on_loopback_a_request_without_the_secret_is_refused(tmp_path: Path) -> None:
    owner = Owner(tmp_path, loopback=True)
    await owner.start()
    try:
        for secret in ("", "0" * 32, None):
            reply = await owner.send(json.dumps({"secret": secret, "request": {}}).encode() + b"\n")
            assert reply["error"]["code"] == "refused"
        assert owner.asked == []
    finally:
        await owner.stop()


@pytest.mark.parametrize("loopback", [False, True])
async def test_only_the_holder_of_the_lock_may_listen(tmp_path: Path, loopback: bool) -> None:
    owner = Owner(tmp_path, loopback=loopback)
    with pytest.raises(RuntimeError, match="holder of the profile's lock"):
        await serve(owner.path, owner.echo, lock=owner.lock, loopback=loopback)
    assert not owner.path.exists()


async def test_what_a_crash_left_is_nobody_there_and_is_replaced(tmp_path: Path) -> None:
    owner = Owner(tmp_path, loopback=False)
    dead = socket.socket(socket.AF_UNIX)
    dead.bind(str(owner.path))
    dead.close()
    assert ask(owner.path, {}, 1) is None
    await owner.start()
    assert await owner.ask({}) == {"ok": True, "echo": {}}
    await owner.stop()


@pytest.mark.parametrize("left", ["", "{", "[]", '{"port": 1}', '{"port": "x", "secret": ""}'])
def test_a_half_written_address_is_nobody_there(tmp_path: Path, left: str) -> None:
    (tmp_path / "socket").write_text(left)
    assert ask(tmp_path / "socket", {}, 1) is None


def test_no_socket_is_nobody_there(tmp_path: Path) -> None:
    assert ask(tmp_path / "none", {}, 1) is None


@pytest.mark.parametrize("loopback", [False, True])
async def test_a_place_that_cannot_be_listened_at_is_an_error(tmp_path: Path, loopback: bool) -> None:
    owner = Owner(tmp_path, loopback=loopback)
    owner.path = tmp_path / "missing" / "socket"
    with pytest.raises(OSError, match="No such file"):
        await owner.start()
    owner.lock.release()


def test_it_listens_inside_qts_event_loop(tmp_path: Path) -> None:
    with started(QT_OWNER, tmp_path) as qt:
        assert line_of(qt) == "listening"
        assert ask(tmp_path / "socket", {"do": "raise"}, 10) == {"ok": True, "did": "raise"}
        assert ask(tmp_path / "socket", {"do": "stop"}, 10) == {"ok": True, "did": "stop"}
        assert line_of(qt) == "ended"
    assert qt.returncode == 0
    assert not (tmp_path / "socket").exists()


async def test_it_ends_though_its_folder_is_gone_and_though_who_ends_it_is_cancelled(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    folder.mkdir()
    for ends_early in (False, True):
        owner = Owner(folder, loopback=False)
        await owner.start()
        assert owner.server is not None
        shutil.rmtree(folder)
        folder.write_text("in the way")
        ending = asyncio.create_task(owner.server.close())
        if ends_early:
            await asyncio.sleep(0)
            ending.cancel()
        await asyncio.gather(ending, return_exceptions=True)
        assert ending.cancelled() is ends_early
        # A socket that is left open is told of as it goes, which fails the test.
        await owner.stop()
        folder.unlink()
        folder.mkdir()


@pytest.mark.parametrize("turns", range(7))
def test_who_comes_in_as_the_owner_ends_is_let_go(tmp_path: Path, turns: int) -> None:
    async def handler(_request: dict[str, Any]) -> dict[str, Any]:
        return {}

    async def main() -> None:
        lock = ProfileLock(tmp_path / "lock")
        assert lock.acquire()
        server = await serve(tmp_path / "socket", handler, lock=lock)
        client.connect(str(tmp_path / "socket"))
        for _ in range(turns):
            await asyncio.sleep(0)
        await server.close()
        for _ in range(5):
            await asyncio.sleep(0)
        lock.release()

    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client, asyncio.Runner() as runner:
        runner.run(main())
        client.settimeout(5)
        with contextlib.suppress(ConnectionResetError):
            assert client.recv(1) == b""
    gc.collect()  # What is left open is warned of now, which fails the test.
