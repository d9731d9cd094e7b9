"""The keyring is locked, its question is closed, it hangs, or there is none: at the start, saving, forgetting.

See `test_table` for the list of all faults.
"""

from __future__ import annotations

import threading
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Self

import keyring
import keyring.errors
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from tests.helpers.clock import FakeClock
from tests.helpers.fault_checks import settle, slots_of
from tests.helpers.keyring_vault import Vault, store_on
from tests.helpers.live_window import NOW, LiveWindow
from tests.helpers.local_files import TestLocal

from triluna_desktop.account import Account
from triluna_desktop.api.budget import RequestBudget
from triluna_desktop.domain.availability import ModeSettings
from triluna_desktop.session import Session
from triluna_desktop.stage import tell_of_keyring
from triluna_desktop.store.calendar import SqliteStore
from triluna_desktop.system import keyring_backends
from triluna_desktop.system.secrets_async import AsyncTokenStore
from triluna_desktop.system.settings import Settings
from triluna_desktop.window_account import WindowAccount

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.helpers.sandbox import SandboxProcess
    from tests.unit.app.conftest import CommandLine

    from triluna_desktop.ui.theme import Theme

TROUBLES: dict[str, Exception | None] = {
    "locked": keyring.errors.KeyringLocked("locked"),
    "dismissed": RuntimeError("Cancelled by user"),
    "hanging": None,
    "absent": keyring.errors.NoKeyringError("none"),
    "failed": RuntimeError("a fault of its own"),
}


@pytest.fixture
def vault(monkeypatch: pytest.MonkeyPatch) -> Vault:
    """A keyring in memory that counts as a safe one."""
    monkeypatch.setattr(keyring_backends, "ALLOWED_BACKENDS", {f"{Vault.__module__}.Vault"})
    return Vault()


class Trouble:
    """Makes a keyring fail while the context is open."""

    def __init__(self, vault: Vault, name: str) -> None:
        self._vault = vault
        self._name = name

    def __enter__(self) -> Self:
        self._vault.error = TROUBLES[self._name]
        self._vault.gate = threading.Event() if self._name == "hanging" else None
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def end(self) -> None:
        """The keyring works again, and answers what it was asked meanwhile."""
        self._vault.error = None
        if self._vault.gate is not None:
            self._vault.gate.set()
        self._vault.gate = None


@asynccontextmanager
async def window_on(folder: Path, theme: Theme, url: str, vault: Vault) -> AsyncIterator[LiveWindow]:
    """A start of the app that takes its token from this keyring."""
    clock = FakeClock()
    clock.set_wall(NOW)
    settings = Settings(folder / "settings.json")
    settings.load()
    store = SqliteStore(folder / "calendar.sqlite3")
    store.open()
    tokens = AsyncTokenStore(store_on(vault, url=url), answer_within=0.2)
    account = Account(url, tokens, settings, clock=clock, budget=RequestBudget(clock))
    session = Session(
        store,
        account.client,
        clock,
        mode_settings=ModeSettings(),
        rng=lambda: 0.5,
        sleep=clock.sleep,
        has_token=lambda: account.has_token,
    )
    account.on_change(session.token_changed)
    page = LiveWindow(session, store, clock, theme, settings)
    page.account = WindowAccount(account, lambda _: None, TestLocal())
    try:
        page.show()
        loaded = await account.load()
        tell_of_keyring(page.window, loaded, is_expected=bool(account.token_hint))
        await session.start()
        await page.until_tried()
        yield page
    finally:
        await page.end()
        await session.stop()
        await account.close()
        store.close()


async def paste(window: LiveWindow, token: str) -> str:
    """Type a token into the account page and save it; the sentence under the field."""
    window.window.profile.open_account()
    dialog = window.window.profile.choosing.dialog
    assert dialog is not None
    form = dialog.account.form
    QTest.keyClicks(form.edit, token)
    QTest.keyClick(form.edit, Qt.Key.Key_Return)
    await window.until(lambda: not window.tasks._tasks)
    return form.result.text()


KEPT = "Your edits are kept until then."
AT_START = {
    "locked": f"The token could not be read: the keyring is locked. Unlock it and read the token again. {KEPT}",
    "dismissed": (
        "The token could not be read: the keyring's question was closed. Read the token again and answer the "
        f"question. {KEPT}"
    ),
    "hanging": (
        "The token could not be read: the keyring does not answer. Perhaps its question stands behind another "
        f"window. Answer it and read the token again. {KEPT}"
    ),
    "absent": (
        "The token could not be read: no keyring is running on this computer. Paste the token again to go on. "
        f"{KEPT}"
    ),
    "failed": f"The token could not be read: the keyring failed. Paste the token again to go on. {KEPT}",
}


@pytest.mark.parametrize("fault", AT_START)
async def test_at_the_start(
    tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess, vault: Vault, fault: str
) -> None:
    async with window_on(tmp_path, window_theme, sandbox.url, vault) as window:
        await paste(window, sandbox.token)
        await window.until(lambda: window.session.status.ever_synced)
    with Trouble(vault, fault) as trouble:
        async with window_on(tmp_path, window_theme, sandbox.url, vault) as window:
            assert window.banner == AT_START[fault]
            assert window.buttons == ["Read it again", "Paste the token…"]
            assert window.state == "No account connected"
            await window.drag("09:00", "10:00")
            assert window.unsent == "1 change not sent yet"
            assert sandbox.entries() == []
            window.click(window.window.profile.page.banner.buttons[0])
            await window.until(lambda: not window.tasks._tasks)
            assert window.banner == AT_START[fault], "still so"
            trouble.end()
            window.click(window.window.profile.page.banner.buttons[0])
            await window.until(lambda: window.banner == "")
            await settle(window)
            assert slots_of(sandbox) == ["09:00-10:00"]


async def test_another_token_that_is_pasted_takes_the_notice_away(
    tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess, vault: Vault
) -> None:
    async with window_on(tmp_path, window_theme, sandbox.url, vault) as window:
        await paste(window, sandbox.token)
        await window.until(lambda: window.session.status.ever_synced)
    with Trouble(vault, "locked"):
        async with window_on(tmp_path, window_theme, sandbox.url, vault) as window:
            assert window.banner == AT_START["locked"]
            window.click(window.window.profile.page.banner.buttons[1])
            await paste(window, sandbox.token)
            await window.until(lambda: window.banner == "")
            await window.drag("09:00", "10:00")
            await settle(window)
            assert slots_of(sandbox) == ["09:00-10:00"]


WORKS = "The token works: it may read and change your calendar (read:calendar, write:calendar)."
SAVING = {
    "locked": (
        "The keyring is locked, so the token is kept only until you quit the app. Unlock it and save the token "
        "again to keep it."
    ),
    "dismissed": (
        "The keyring's question was closed, so the token is kept only until you quit the app. Save the token "
        "again and answer the question to keep it."
    ),
    "hanging": (
        "The keyring does not answer, so the token is kept only until you quit the app. Perhaps its question "
        "stands behind another window: answer it and save the token again."
    ),
    "absent": (
        "This computer has no keyring that keeps secrets, so the token is kept only until you quit the app."
    ),
    "failed": "The keyring failed, so the token is kept only until you quit the app.",
}


@pytest.mark.parametrize("fault", SAVING)
async def test_while_saving(
    tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess, vault: Vault, fault: str
) -> None:
    with Trouble(vault, fault):
        async with window_on(tmp_path, window_theme, sandbox.url, vault) as window:
            assert await paste(window, sandbox.token) == f"{WORKS} {SAVING[fault]}"
            await window.until(lambda: window.session.status.ever_synced)
            await window.drag("09:00", "10:00")
            await settle(window)
            assert slots_of(sandbox) == ["09:00-10:00"], "it is used all the same"


NO_LONGER = "The app no longer uses the token, but"
FORGETTING = {
    "locked": f"{NO_LONGER} the keyring is locked and may still hold it. Unlock it and forget the token again.",
    "dismissed": (
        f"{NO_LONGER} the keyring may still hold it: its question was closed. Forget the token again and answer "
        "the question."
    ),
    "hanging": (
        f"{NO_LONGER} the keyring may still hold it: it does not answer. Perhaps its question stands behind "
        "another window."
    ),
    "absent": "The token is forgotten. Unsent edits stay on this computer.",
    "failed": f"{NO_LONGER} the keyring may still hold it: it failed.",
}


@pytest.mark.parametrize("fault", FORGETTING)
async def test_while_forgetting(
    tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess, vault: Vault, fault: str
) -> None:
    async with window_on(tmp_path, window_theme, sandbox.url, vault) as window:
        await paste(window, sandbox.token)
        dialog = window.window.profile.choosing.dialog
        assert dialog is not None
        with Trouble(vault, fault):
            window.click(dialog.account.forget_button)
            await window.until(lambda: not window.tasks._tasks)
            assert dialog.account.form.result.text() == FORGETTING[fault]
            assert dialog.account.forget_button.isEnabled() is (fault != "absent"), "to try again"
            window.refresh()
            assert window.state == "No account connected"
        if dialog.account.forget_button.isEnabled():
            window.click(dialog.account.forget_button)
            await window.until(lambda: not window.tasks._tasks)
            assert dialog.account.form.result.text() == FORGETTING["absent"]
        assert fault == "absent" or vault.kept == {}


TERMINAL = {
    "locked": "The keyring is locked.",
    "dismissed": "The keyring's prompt was closed.",
    "absent": "No keyring is running on this system.",
    "failed": "The keyring failed (RuntimeError).",
}


@pytest.mark.parametrize("fault", TERMINAL)
def test_in_a_terminal(
    triluna: CommandLine, sandbox: SandboxProcess, vault: Vault, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    monkeypatch.setattr(keyring_backends, "preferred_backend", lambda: vault)
    triluna.use_token(None)
    with Trouble(vault, fault):
        done = triluna("block", "tomorrow", "9:00-10:00")
        assert (done.code, done.stderr) == (
            5,
            (
                f"triluna-desktop: {TERMINAL[fault]} The token is missing or was refused. Set one with "
                "`triluna-desktop token set`. The change is kept and sent then.\n"
            ),
        )
    triluna.use_token(sandbox.token)
    assert triluna("sync").code == 0
    assert slots_of(sandbox) == ["09:00-10:00"]
