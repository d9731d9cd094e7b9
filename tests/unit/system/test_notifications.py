"""Notifications over a real bus, to a service that the test plays, one that hangs, or none at all."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.helpers.notification_daemon import notification_daemon
from tests.helpers.private_bus import private_bus, service_on

from triluna_desktop.system import notifications, session_bus
from triluna_desktop.system.notification import DEFAULT, Button, Notification, Reach, Urgency
from triluna_desktop.system.notifications import DesktopNotifier
from triluna_desktop.system.session_bus import NoBusError, NoServiceError, Service, SessionBus, session_address

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.helpers.private_bus import PrivateBus

BUTTONS = (Button(DEFAULT, "Open"), Button("undo", "Undo"))
SOON = 5.0


@pytest.fixture
async def ours(bus: PrivateBus) -> AsyncIterator[SessionBus]:
    connection = SessionBus(lambda: bus.address)
    yield connection
    await connection.close()


@pytest.fixture
def notifier(ours: SessionBus) -> DesktopNotifier:
    return DesktopNotifier(ours, "TriLuna Desktop")


class Presses:
    """Remembers what was pressed, and lets a test wait for it."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, str]] = []
        self._come = asyncio.Event()

    def __call__(self, button: str, token: str) -> None:
        self.seen.append((button, token))
        self._come.set()

    async def wait(self) -> tuple[str, str]:
        async with asyncio.timeout(SOON):
            await self._come.wait()
        return self.seen[-1]


async def test_a_notification_arrives_with_its_texts_buttons_and_hints(
    bus: PrivateBus, notifier: DesktopNotifier
) -> None:
    async with notification_daemon(bus) as daemon:
        told = Notification("Blocked until 14:30", "14:00 – 14:30", BUTTONS, Urgency.LOW)
        assert await notifier.show(told, Presses())
        (shown,) = daemon.shown
        assert (shown.app, shown.title, shown.body) == ("TriLuna Desktop", "Blocked until 14:30", "14:00 – 14:30")
        assert shown.buttons == {"default": "Open", "undo": "Undo"}
        assert shown.hints["urgency"] == ("y", 0)
        assert shown.hints["desktop-entry"] == ("s", "triluna-desktop")
        assert (shown.replaces, shown.milliseconds) == (0, -1)
        assert notifier.reach is Reach.FULL


async def test_what_looks_like_markup_is_never_taken_for_it(bus: PrivateBus, notifier: DesktopNotifier) -> None:
    async with notification_daemon(bus) as daemon:
        await notifier.show(Notification("a < b", '<b>A & "B"</b>'), Presses())
        daemon.capabilities = ["body"]
        await notifier.show(Notification("a < b", "<b>A & B</b>"), Presses())
        # The title has no markup by the protocol; the body has where the service says so.
        assert [(each.title, each.body) for each in daemon.shown] == [
            ("a < b", '&lt;b&gt;A &amp; "B"&lt;/b&gt;'),
            ("a < b", "‹b›A & B‹/b›"),
        ]


async def test_a_service_without_buttons_is_sent_none(bus: PrivateBus, notifier: DesktopNotifier) -> None:
    async with notification_daemon(bus) as daemon:
        daemon.capabilities = ["body"]
        assert await notifier.show(Notification("Title", "", BUTTONS), Presses())
        assert daemon.shown[0].actions == ()
        assert notifier.reach is Reach.NO_ACTIONS


async def test_a_press_is_told_once_with_what_lets_the_window_come_to_the_front(
    bus: PrivateBus, notifier: DesktopNotifier
) -> None:
    async with notification_daemon(bus) as daemon:
        presses = Presses()
        await notifier.show(Notification("Title", "", BUTTONS), presses)
        await daemon.press(99, "undo")  # Another app's.
        await daemon.press(1, "undo", token="abc")
        assert await presses.wait() == ("undo", "abc")
        await daemon.press(1, "undo")
        await notifier.look()  # Whatever was sent before this has arrived with it.
        assert presses.seen == [("undo", "abc")]


async def test_a_press_that_somebody_else_pretends_is_not_believed(
    bus: PrivateBus, notifier: DesktopNotifier
) -> None:
    async with notification_daemon(bus) as daemon, service_on(bus, "org.example.Somebody") as somebody:
        presses = Presses()
        await notifier.show(Notification("Title", "", BUTTONS), presses)
        await somebody.emit(
            "/org/freedesktop/Notifications", "org.freedesktop.Notifications", "ActionInvoked", "us", 1, "undo",
            to=daemon.client,
        )  # fmt: skip
        await daemon.press(1, DEFAULT)
        assert await presses.wait() == (DEFAULT, "")
        assert len(presses.seen) == 1


async def test_a_new_one_takes_the_place_of_the_one_before_unless_that_was_dismissed(
    bus: PrivateBus, notifier: DesktopNotifier
) -> None:
    async with notification_daemon(bus) as daemon:
        for title in ("first", "second"):
            await notifier.show(Notification(title), Presses())
        await daemon.dismiss(1)
        await notifier.look()
        await notifier.show(Notification("third"), Presses())
        assert [each.replaces for each in daemon.shown] == [0, 1, 0]


async def test_what_is_not_true_any_more_is_taken_away(bus: PrivateBus, notifier: DesktopNotifier) -> None:
    async with notification_daemon(bus) as daemon:
        await notifier.show(Notification("Title"), Presses())
        await notifier.withdraw()
        await notifier.withdraw()
        assert daemon.closed == [1]


async def test_the_number_that_a_service_gave_means_nothing_to_one_that_was_started_anew(
    bus: PrivateBus, notifier: DesktopNotifier
) -> None:
    async with notification_daemon(bus) as daemon:
        await notifier.show(Notification("first"), Presses())
    async with notification_daemon(bus) as daemon:
        await notifier.revise(Notification("first, anew"))
        assert daemon.shown == []
        await notifier.show(Notification("second"), Presses())
        assert [each.replaces for each in daemon.shown] == [0]


async def test_what_is_written_anew_keeps_its_place_and_who_is_told_of_a_press(
    bus: PrivateBus, notifier: DesktopNotifier
) -> None:
    async with notification_daemon(bus) as daemon:
        presses = Presses()
        await notifier.revise(Notification("of nothing"))
        await notifier.show(Notification("Title", "", BUTTONS), presses)
        await notifier.revise(Notification("Another title", "", BUTTONS))
        assert [(each.title, each.replaces) for each in daemon.shown] == [("Title", 0), ("Another title", 1)]
        await daemon.press(1, "undo")
        assert await presses.wait() == ("undo", "")


async def test_without_a_service_it_is_said_so_and_one_that_comes_later_is_used(
    bus: PrivateBus, notifier: DesktopNotifier, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "triluna_desktop.system.notifications")
    for _ in range(2):
        assert not await notifier.show(Notification("Title"), Presses())
    assert notifier.reach is Reach.NO_SERVICE
    assert len(caplog.records) == 1, "said once"
    async with notification_daemon(bus) as daemon:
        presses = Presses()
        assert await notifier.show(Notification("Title", "", BUTTONS), presses)
        await daemon.press(1, "undo")
        assert await presses.wait() == ("undo", "")


async def test_a_service_that_hangs_is_given_up_and_holds_up_nothing(
    bus: PrivateBus, notifier: DesktopNotifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notifications, "SHOW_WITHIN", 0.05)
    async with notification_daemon(bus) as daemon:
        daemon.is_silent = True
        assert not await notifier.show(Notification("Title"), Presses())
        assert notifier.reach is Reach.SILENT
        daemon.is_silent = False
        assert await notifier.look() is Reach.FULL


async def test_a_bus_that_ends_is_noticed_and_one_that_is_there_again_is_used(bus: PrivateBus) -> None:
    addresses = [bus.address]
    connection = SessionBus(lambda: addresses[-1])
    notifier = DesktopNotifier(connection, "TriLuna Desktop")
    async with notification_daemon(bus):
        assert await notifier.show(Notification("Title"), Presses())
        bus.stop()
    assert not await notifier.show(Notification("Title"), Presses())
    assert notifier.reach is Reach.NO_BUS
    with tempfile.TemporaryDirectory(prefix="triluna-bus-") as folder, private_bus(Path(folder)) as another:
        addresses.append(another.address)
        async with notification_daemon(another) as daemon:
            presses = Presses()
            assert await notifier.show(Notification("Title", "", BUTTONS), presses)
            await daemon.press(1, "undo")
            assert await presses.wait() == ("undo", "")
        await connection.close()


@pytest.mark.parametrize("address", ["", "unix:path=/nowhere/bus", "tcp:host=localhost", "nonsense"])
async def test_without_a_bus_it_is_said_so(address: str) -> None:
    notifier = DesktopNotifier(SessionBus(lambda: address), "TriLuna Desktop")
    assert not await notifier.show(Notification("Title"), Presses())
    assert notifier.reach is Reach.NO_BUS


async def test_a_bus_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session_bus, "CONNECT_WITHIN", 0.05)
    with tempfile.TemporaryDirectory(prefix="triluna-bus-") as folder:
        connected: list[asyncio.StreamWriter] = []
        server = await asyncio.start_unix_server(lambda _, writer: connected.append(writer), Path(folder) / "bus")
        connection = SessionBus(lambda: f"unix:path={folder}/bus")
        with pytest.raises(NoBusError):
            await connection.call(Service("a.b", "/", "a.b"), "Hello")
        server.close()
        for writer in connected:
            writer.close()


async def test_nobody_of_that_name_is_another_error_than_no_bus(ours: SessionBus) -> None:
    with pytest.raises(NoServiceError):
        await ours.call(Service("org.example.Nobody", "/", "org.example.Nobody"), "Hello")
    assert ours.is_connected
    assert ours.own_name.startswith(":")


def test_the_bus_is_found_where_systemd_puts_it(tmp_path: Path) -> None:
    assert session_address({"XDG_RUNTIME_DIR": str(tmp_path)}) == ""
    (tmp_path / "bus").touch()
    assert session_address({"XDG_RUNTIME_DIR": str(tmp_path)}) == f"unix:path={tmp_path}/bus"
    given = {"XDG_RUNTIME_DIR": str(tmp_path), "DBUS_SESSION_BUS_ADDRESS": "unix:path=/x"}
    assert session_address(given) == "unix:path=/x"
    assert session_address({}) == ""


async def test_a_bug_in_what_a_press_does_is_told_and_the_next_press_is_heard(
    bus: PrivateBus, ours: SessionBus, notifier: DesktopNotifier
) -> None:
    told: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: told.append(context["exception"]))
    bug = RuntimeError("a bug of ours")

    def fail(_button: str, _token: str) -> None:
        raise bug

    async with notification_daemon(bus) as daemon:
        await notifier.show(Notification("Title", "", BUTTONS), fail)
        name = ours.own_name
        await daemon.press(1, "undo")
        presses = Presses()
        await notifier.show(Notification("Title", "", BUTTONS), presses)
        await daemon.press(daemon.shown[-1].id, "undo")
        assert await presses.wait() == ("undo", "")
    assert told == [bug]
    assert ours.own_name == name, "the connection, and what is bound to it, is still the same"
