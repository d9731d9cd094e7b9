"""The keyring behind a process of its own: what it answers, and what becomes of one that hangs, dies or talks."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.helpers.app_process import child_processes, wait_until_gone
from tests.helpers.keyring_vault import TOKEN, URL

from triluna_desktop.system.keyring_process import KeyringProcess
from triluna_desktop.system.logs import Redactor, setup_logging
from triluna_desktop.system.program import program
from triluna_desktop.system.secrets import (
    KeyringAbsentError,
    KeyringDismissedError,
    KeyringFailedError,
    KeyringHangingError,
    KeyringLockedError,
    KeyringRefusedError,
    SaveOutcome,
    TokenSource,
    TokenStore,
    TokenStoreError,
)
from triluna_desktop.system.secrets_async import AsyncTokenStore

if TYPE_CHECKING:
    from collections.abc import Callable

SERVED = Path(__file__).parents[2] / "helpers/keyring_served.py"
NAME = f"default {URL}"

ASKS_AND_WAITS = """
import sys
from triluna_desktop.system.keyring_process import KeyringProcess
KeyringProcess(command=sys.argv[1:]).read("somebody")
"""
ASKS_AND_COUNTS = """
import sys
from triluna_desktop.system.keyring_process import KeyringProcess
from triluna_desktop.system.secrets import TokenStore
loaded = TokenStore("default", "https://example.org", KeyringProcess(), environ={}).load()
print(type(loaded.trouble).__name__)
print({"keyring", "secretstorage", "cryptography"}.intersection(sys.modules) or "nothing")
"""


def command(kind: str, folder: Path) -> list[str]:
    return [sys.executable, str(SERVED), kind, str(folder)]


def served(kind: str, folder: Path, on_token: Callable[[str], None] = lambda _: None) -> KeyringProcess:
    return KeyringProcess(on_token, command=command(kind, folder))


def store_on(kind: str, folder: Path) -> TokenStore:
    return TokenStore("default", URL, served(kind, folder), environ={})


def in_background(call: Callable[[], object]) -> tuple[threading.Thread, list[TokenStoreError]]:
    """Make the call on a thread; what it raises is in the list once the thread has ended."""
    raised: list[TokenStoreError] = []

    def work() -> None:
        try:
            call()
        except TokenStoreError as error:
            raised.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    return thread, raised


_others: set[int] = set()
"""Children of other tests, such as a server that they share."""


@pytest.fixture(autouse=True)
def _know_the_others() -> None:
    _others.clear()
    _others.update(child_processes(os.getpid()))


def helpers() -> list[int]:
    """The ids of the helpers that there are."""
    return [child for child in child_processes(os.getpid()) if child not in _others]


@pytest.fixture
def started(tmp_path: Path) -> Callable[[], int]:
    """Waits until the helper tells an id."""
    os.mkfifo(tmp_path / "started")
    return lambda: int((tmp_path / "started").read_text(encoding="ascii"))


def test_a_token_is_saved_found_at_the_next_start_and_forgotten(tmp_path: Path) -> None:
    assert store_on("works", tmp_path).load().source is TokenSource.NONE
    assert store_on("works", tmp_path).save(TOKEN) is SaveOutcome.SAVED
    loaded = store_on("works", tmp_path).load()
    assert (loaded.token, loaded.source, loaded.trouble) == (TOKEN, TokenSource.KEYRING, None)
    store_on("works", tmp_path).forget()
    store_on("works", tmp_path).forget()
    assert store_on("works", tmp_path).load().token is None
    assert helpers() == []


@pytest.mark.parametrize(
    ("kind", "error", "sentence"),
    [
        ("locked", KeyringLockedError, "The keyring is locked."),
        ("dismissed", KeyringDismissedError, "The keyring's prompt was closed."),
        ("absent", KeyringAbsentError, "No keyring is running on this system."),
        ("refused", KeyringRefusedError, "The keyring “__main__.Shelf” does not keep passwords safe."),
        ("fails", KeyringFailedError, "The keyring failed (OSError)."),
    ],
)
def test_what_is_the_matter_with_the_keyring_is_the_same_as_without_a_process(
    tmp_path: Path, kind: str, error: type[TokenStoreError], sentence: str
) -> None:
    trouble = store_on(kind, tmp_path).load().trouble
    assert (type(trouble), str(trouble)) == (error, sentence)
    with pytest.raises(error):
        served(kind, tmp_path).write(NAME, TOKEN)
    assert list(tmp_path.iterdir()) == []


def test_a_helper_that_is_killed_is_a_failure_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(KeyringFailedError, match=r"helper ended without an answer \(signal 9\)\.$"):
        served("dies", tmp_path).read(NAME)


@pytest.mark.parametrize(
    "answer",
    ["", "no JSON", "[]", "7", '{"error": "SystemExit", "message": ""}', '{"error": "KeyringLockedError"}'],
)
def test_a_helper_that_answers_nonsense_is_a_failure_that_does_not_repeat_it(answer: str) -> None:
    talks = KeyringProcess(command=[sys.executable, "-c", f"print({answer!r})"])
    with pytest.raises(
        KeyringFailedError, match=r"^The keyring's helper ended without an answer \(exit code 0\)\.$"
    ):
        talks.read(NAME)


def test_a_helper_that_cannot_be_started_is_a_failure_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(KeyringFailedError, match=r"could not be started \(No such file or directory\)\.$"):
        KeyringProcess(command=[str(tmp_path / "nothing")]).read(NAME)


def test_giving_up_kills_the_helper_and_leaves_no_zombie(tmp_path: Path, started: Callable[[], int]) -> None:
    keyring = served("hangs", tmp_path)
    assert keyring.give_up(), "also where there is nothing to give up"
    thread, raised = in_background(lambda: keyring.read(NAME))
    helper = started()
    assert helpers() == [helper]
    keyring.give_up()
    thread.join()
    assert [str(error) for error in raised] == ["The keyring's helper ended without an answer (signal 9)."]
    assert helpers() == []


def test_the_token_is_in_no_argument_and_no_environment_and_a_crash_dumps_no_memory(
    tmp_path: Path, started: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRILUNA_TOKEN", TOKEN)
    keyring = served("hangs", tmp_path)
    thread, _ = in_background(lambda: keyring.write(NAME, TOKEN))
    process = Path("/proc") / str(started())
    shown = process.joinpath("cmdline").read_bytes() + process.joinpath("environ").read_bytes()
    limits = process.joinpath("limits").read_text(encoding="ascii")
    keyring.give_up()
    thread.join()
    assert b"keyring_served.py" in shown
    assert b"HOME=" in shown
    assert TOKEN.encode() not in shown
    (core,) = (line for line in limits.splitlines() if line.startswith("Max core file size"))
    assert core.split()[4:6] == ["0", "0"]


def test_a_token_of_the_environment_is_not_handed_to_the_helper(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRILUNA_TOKEN", TOKEN)
    assert served("environment", tmp_path).read(NAME) == "None"


def test_a_helper_whose_owner_is_killed_ends_by_itself(tmp_path: Path, started: Callable[[], int]) -> None:
    with subprocess.Popen([sys.executable, "-c", ASKS_AND_WAITS, *command("hangs", tmp_path)]) as owner:
        helper = started()
        owner.kill()
    wait_until_gone(helper)


def test_what_a_backend_leaves_running_is_not_waited_for(tmp_path: Path, started: Callable[[], int]) -> None:
    thread, raised = in_background(lambda: served("leaves a process", tmp_path).read(NAME))
    left = started()
    thread.join(20)
    try:
        assert not thread.is_alive()
        assert raised == []
    finally:
        os.kill(left, signal.SIGKILL)
    wait_until_gone(left)


def test_what_the_helper_prints_spoils_no_answer_and_is_logged_without_the_token(tmp_path: Path) -> None:
    redactor = Redactor()
    close = setup_logging(tmp_path / "log", redactor, verbose=True)
    store_on("works", tmp_path).save(TOKEN)
    assert served("prints", tmp_path, redactor.register_secret).read(NAME) == TOKEN
    close()
    log = (tmp_path / "log").read_text(encoding="utf-8")
    assert "on the output: [token]" in log
    assert "on the error: [token]" in log
    assert TOKEN not in log


def test_of_a_helper_that_dies_with_a_token_nobody_else_knows_only_places_are_logged(tmp_path: Path) -> None:
    store_on("works", tmp_path).save(TOKEN)
    close = setup_logging(tmp_path / "log", Redactor(), verbose=True)
    trouble = store_on("prints and dies", tmp_path).load().trouble
    close()
    log = (tmp_path / "log").read_text(encoding="utf-8")
    assert isinstance(trouble, KeyringFailedError)
    assert 'File "somewhere.py", line 7, in somewhere' in log
    assert TOKEN not in log + repr(trouble)


def test_where_a_backend_failed_is_logged_and_what_it_said_is_not(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING), pytest.raises(KeyringFailedError):
        served("fails", tmp_path).write(NAME, TOKEN)
    assert "OSError" in caplog.text
    assert "keyring_served.py" in caplog.text
    assert TOKEN not in caplog.text


async def test_a_hanging_keyring_is_given_up_after_the_time_and_nothing_is_left_of_it(tmp_path: Path) -> None:
    store = AsyncTokenStore(store_on("hangs until the gate opens", tmp_path), answer_within=0.3)
    loaded = await store.load()
    assert isinstance(loaded.trouble, KeyringHangingError)
    with pytest.raises(KeyringHangingError):
        await store.save(TOKEN)
    assert (await store.load()).token == TOKEN, "it lives for the session"
    store.close()
    assert helpers() == []
    assert [thread.name for thread in threading.enumerate() if thread.name == "keyring"] == []


async def test_after_a_call_that_hung_the_next_one_gets_its_answer(tmp_path: Path) -> None:
    inner = store_on("hangs until the gate opens", tmp_path)
    impatient, patient = AsyncTokenStore(inner, answer_within=0.3), AsyncTokenStore(inner)
    with pytest.raises(KeyringHangingError):
        await impatient.save(TOKEN)
    impatient.close()
    (tmp_path / "gate").touch()
    assert await patient.save(TOKEN) is SaveOutcome.SAVED
    assert (await patient.load()).source is TokenSource.KEYRING
    patient.close()


async def test_who_no_longer_waits_for_the_answer_ends_the_helper(
    tmp_path: Path, started: Callable[[], int]
) -> None:
    store = AsyncTokenStore(store_on("hangs", tmp_path))
    waiting = asyncio.create_task(store.load())
    helper = await asyncio.to_thread(started)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    await asyncio.to_thread(wait_until_gone, helper)
    store.close()


async def test_closing_ends_the_helper_before_it_returns(tmp_path: Path, started: Callable[[], int]) -> None:
    store = AsyncTokenStore(store_on("hangs", tmp_path))
    store.begin()
    await asyncio.to_thread(started)
    store.close()
    assert helpers() == []


async def test_a_load_takes_the_answer_of_what_was_begun_before(tmp_path: Path) -> None:
    asked: list[str] = []
    store_on("works", tmp_path).save(TOKEN)
    keyring = served("works", tmp_path, asked.append)
    store = AsyncTokenStore(TokenStore("default", URL, keyring, environ={}))
    store.begin()
    store.begin()
    assert (await store.load()).token == TOKEN
    assert asked == [TOKEN]
    store.begin()
    await store.save("newer")
    assert (await store.load()).token == "newer", "what was begun before it was saved is out of date"
    store.close()


def test_this_program_serves_as_the_helper_and_whoever_asks_loads_no_keyring(tmp_path: Path) -> None:
    # A module of the same name in the folder where the app was started must not get the token.
    (tmp_path / "keyring.py").write_text("raise SystemExit('a stranger was asked')", encoding="utf-8")
    known = {name: value for name, value in os.environ.items() if name != "DBUS_SESSION_BUS_ADDRESS"}
    done = subprocess.run(
        [sys.executable, "-P", "-c", ASKS_AND_COUNTS],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        cwd=tmp_path,
        env={**known, "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"},
    )
    assert (done.stdout, done.stderr) == ("KeyringAbsentError\nnothing\n", "")


def test_a_frozen_program_starts_itself_by_its_own_name(monkeypatch: pytest.MonkeyPatch) -> None:
    assert program() == [sys.executable, "-P", "-m", "triluna_desktop"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert program() == [sys.executable]
