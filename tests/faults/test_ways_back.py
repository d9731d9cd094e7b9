"""Out of a trouble again: asking the server by hand, and another token."""

from __future__ import annotations

import asyncio
import io
import threading
from typing import TYPE_CHECKING, Any

import pytest
from tests.helpers.fault_checks import NOT_SENT, settle, slots_of
from tests.helpers.keyring_vault import Vault
from tests.helpers.live_window import THURSDAY, live_window

from triluna_desktop import commands
from triluna_desktop.system import keyring_backends
from triluna_desktop.system.instance import serve
from triluna_desktop.system.lock import ProfileLock
from triluna_desktop.system.paths import app_paths

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers.sandbox import SandboxProcess
    from tests.unit.app.conftest import CommandLine

    from triluna_desktop.ui.theme import Theme


async def test_try_again_shows_that_it_is_being_tried(
    tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess
) -> None:
    async with live_window(tmp_path, window_theme, sandbox.url) as window:
        sandbox.faults({"kind": "status_before", "status": 500})
        await window.until_tried()
        state, (button,) = window.state, window.window.profile.page.banner.buttons
        assert state == "The server has a problem – trying again in 1 s"
        width, asked = button.width(), len(sandbox.log())
        sandbox.faults({"kind": "hold"}, {"kind": "status_before", "status": 500})

        window.click(button)
        await asyncio.to_thread(sandbox.wait_until, lambda: len(sandbox.log()) > asked)
        assert (window.state, button.text()) == ("Asking the server…", "Trying…")
        assert button.width() == width, "nothing moves under the mouse"
        window.click(button)
        window.click(window.window.profile.page.status_bar.refresh_button)
        sandbox.release()
        await window.until(lambda: not window.tasks._tasks)

        assert len(sandbox.log()) == asked + 1, "asked once, however often it is clicked"
        assert window.state == "Asking the server…", "long enough to be seen"
        window.pass_moment()
        assert window.state == state
        assert [each.text() for each in window.window.profile.page.banner.buttons] == ["Try again"]


async def test_another_token_after_a_read_only_one_was_refused_makes_everything_writable(
    tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess
) -> None:
    sandbox.add_entry(THURSDAY, "14:00", "15:00", title="Lunch")
    sandbox.add_entry(THURSDAY, "16:00", "17:00", title="Walk", is_available=False)
    async with live_window(tmp_path, window_theme, sandbox.url) as window:
        keys = [each.item.key for each in window.session.days(THURSDAY, 1).entries]
        sandbox.configure(tokens=[f"{sandbox.token},read:calendar"])
        mine = await window.drag("09:00", "10:00")
        await window.session.send_now()
        assert window.card(mine) == NOT_SENT
        inspector = window.window.profile.page.inspector
        assert inspector.form.fields["title"].editor.isReadOnly()
        sandbox.configure(tokens=["another-token"])
        await window.until_tried()
        window.pass_moment()
        assert window.state == "Token refused"
        window.window.profile.week_view.select(keys)
        await window.until(lambda: inspector.many.isVisible())
        assert not inspector.many.open_button.isEnabled()

        sandbox.configure(tokens=[sandbox.token])
        window.session.token_changed()
        await window.until(lambda: not window.session.status.unsent)
        assert inspector.many.open_button.isEnabled(), "what was on the screen meanwhile"
        assert window.card(mine) == ""
        assert not inspector.form.fields["title"].editor.isReadOnly()
        assert inspector.delete_button.isVisible()
        assert not window.window.profile.week_view.is_read_only
        await settle(window)
        assert slots_of(sandbox) == ["09:00-10:00", "14:00-15:00", "16:00-17:00"]


async def test_what_the_old_token_may_not_do_says_nothing_of_the_new_one(
    tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess
) -> None:
    """The POST is on its way with a token that may only read, when another one is pasted."""
    async with live_window(tmp_path, window_theme, sandbox.url) as window:
        asked = len(sandbox.log())
        sandbox.faults({"kind": "hold", "method": "POST"})
        sandbox.configure(tokens=[f"{sandbox.token},read:calendar"])
        await window.drag("09:00", "10:00")
        await asyncio.to_thread(
            sandbox.wait_until, lambda: any(each["method"] == "POST" for each in sandbox.log()[asked:])
        )
        window.session.token_changed()
        sandbox.release()
        await window.until(lambda: not window.session._link.active)
        assert not window.session.is_read_only
        sandbox.configure(tokens=[sandbox.token])
        await settle(window)
        assert slots_of(sandbox) == ["09:00-10:00"]


# --- a token that is set in a terminal while the window runs


class RunningApp:
    """Somebody who owns the profile and listens for commands, on a thread of its own."""

    def __init__(self, line: CommandLine, answer: commands.Answer) -> None:
        self.seen: list[dict[str, Any]] = []
        self._answer = answer
        self._paths = app_paths("default", line.data_dir)
        self._paths.ensure()
        self._listens, self._loop = threading.Event(), asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_until_complete, args=(self._main(),))

    async def _main(self) -> None:
        self._end = asyncio.Event()
        lock = ProfileLock(self._paths.lock_file)
        assert lock.acquire()
        server = await serve(self._paths.socket, self._on_request, lock=lock)
        self._listens.set()
        await self._end.wait()
        await server.close()
        await asyncio.sleep(0)  # Connections that were cut off are closed in the loop's next turn.
        lock.release()

    async def _on_request(self, request: dict[str, Any]) -> dict[str, Any]:
        self.seen.append(request)
        return self._answer.to_wire()

    def __enter__(self) -> list[dict[str, Any]]:
        self._thread.start()
        assert self._listens.wait(10)
        return self.seen

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join(10)
        self._loop.close()


@pytest.fixture
def vault(monkeypatch: pytest.MonkeyPatch, triluna: CommandLine) -> Vault:
    """A keyring for commands in a terminal."""
    monkeypatch.setattr(keyring_backends, "ALLOWED_BACKENDS", {f"{Vault.__module__}.Vault"})
    made = Vault()
    monkeypatch.setattr(keyring_backends, "preferred_backend", lambda: made)
    triluna.use_token(None)
    return made


GOES_BY_IT = "The running app goes by it from now on.\n"
CANNOT_READ = "The running app could not read the keyring.\n"
LOCKED = commands.Answer(commands.NO_ACCESS, error_code="keyring", message="The keyring is locked.")


@pytest.mark.parametrize(
    ("answer", "told"),
    [(commands.Answer(commands.DONE), GOES_BY_IT), (LOCKED, CANNOT_READ), (commands.OTHER_SERVER, "")],
    ids=["read", "locked", "of another server"],
)
def test_a_running_window_is_told_to_look_into_the_keyring_and_never_told_the_token(
    triluna: CommandLine, vault: Vault, monkeypatch: pytest.MonkeyPatch, answer: commands.Answer, told: str
) -> None:
    token = "tl_canary_of_the_terminal_77"
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{token}\n"))
    with RunningApp(triluna, answer) as seen:
        done = triluna("token", "set")
        assert (done.code, done.stdout) == (0, f"The token …l_77 is in the keyring.\n{told}")
        assert list(vault.kept.values()) == [token]
        done = triluna("token", "forget")
        assert (done.code, done.stdout) == (0, f"The token is forgotten.\n{told}")
    assert seen == [{"command": "read_token", "api_url": triluna.api_url}] * 2


def test_without_a_running_window_nobody_is_told(
    triluna: CommandLine, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("tl_canary_of_the_terminal_77\n"))
    done = triluna("token", "set")
    assert (done.code, done.stdout) == (0, "The token …l_77 is in the keyring.\n")
    assert len(vault.kept) == 1
