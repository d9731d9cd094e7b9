"""The embedded sandbox behind ``--demo``: a server process of its own, kept running while the window is open.

What is above is loaded at each start of the window; what starts processes, only with a demo.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from triluna_desktop.system.program import environment, program

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

RESTART_DELAYS = (0.5, 1.0, 2.0, 5.0)
"""Seconds to wait before the server is started again after it ended by itself; the last one repeats."""


class DemoServerError(Exception):
    """The sandbox could not be started; the message is a sentence for the user."""


@dataclass(frozen=True, slots=True)
class DemoAddress:
    """Where the sandbox listens, and the token it takes this time."""

    url: str
    token: str = field(repr=False)


def free_port() -> int:
    """A port on the loopback address that nothing listens on now; the sandbox takes it a moment later."""
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def demo_url(port: int) -> str:
    """The base URL of a sandbox on that port."""
    return f"http://127.0.0.1:{port}/api/public"


class DemoServer:
    """Starts the sandbox on a database file, and again, on the same port, whenever it ends by itself.

    The sandbox watches the pipe to its standard input, so it ends with this process, also when that is killed.
    """

    def __init__(self, database: Path, port: int) -> None:
        self._database = database
        self._port = port
        self._process: subprocess.Popen[bytes] | None = None

    async def start(self) -> DemoAddress:
        """Start the server and wait until it listens.

        Raises:
            DemoServerError: it ended before it listened.
        """
        import asyncio

        return await asyncio.to_thread(self._start)

    async def keep_running(self, restarted: Callable[[DemoAddress], None]) -> None:
        """Start the server again each time it ends by itself, until cancelled."""
        import asyncio

        failures = 0
        while self._process is not None:
            await asyncio.to_thread(self._process.wait)
            await asyncio.sleep(RESTART_DELAYS[min(failures, len(RESTART_DELAYS) - 1)])
            failures += 1
            try:
                restarted(await self.start())
            except DemoServerError:
                continue
            failures = 0

    def stop(self) -> None:
        """End the server and wait for it."""
        process, self._process = self._process, None
        if process is None:
            return
        import subprocess

        process.terminate()
        try:
            process.wait(timeout=3)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()

    def _start(self) -> DemoAddress:
        import json
        import subprocess

        self.stop()
        arguments = ["sandbox", "--seed", "demo", "--database", str(self._database), "--exit-with-parent"]
        self._process = subprocess.Popen(  # noqa: S603 - this very program, with arguments made above.
            [*program(), *arguments, "--port", str(self._port)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment(),
        )
        assert self._process.stdout is not None  # noqa: S101 - asked for a line above; this tells the type checker.
        line = self._process.stdout.readline()
        try:
            told = json.loads(line)
            return DemoAddress(told["url"], told["token"])
        except (ValueError, KeyError, TypeError):
            raise DemoServerError("The demo server did not start; its reason stands in the terminal.") from None
