"""The program as users start it: a real process with a data folder of its own, with a window or without.

What a running window knows is asked over the profile's socket, with the commands that the command line hands over
to it; what it shows is asked as a screen reader does.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.helpers.screen_reader import GoneError
from tests.helpers.week_on_screen import WeekOnScreen, seen_blocks
from tests.helpers.x_display import clean_environment

from triluna_desktop.system.instance import NoReplyError, ask
from triluna_desktop.system.paths import app_paths

if TYPE_CHECKING:
    import signal
    from collections.abc import Callable, Mapping

    from tests.helpers.screen_reader import Box, ScreenReader, Thing
    from tests.helpers.week_on_screen import SeenBlock
    from tests.helpers.x_display import Desktop

Json = dict[str, Any]

REST_SECONDS = 0.7
"""The inspector comes and goes a double click's time (0.4 s) after the selection changed."""
START_SECONDS = 20.0
"""Far more than a start takes, for machines that are busy."""
LOOK_AGAIN_AFTER = 0.03


@dataclass(frozen=True, slots=True)
class Done:
    """How a command ended."""

    code: int
    stdout: str
    stderr: str

    @property
    def json(self) -> Json:
        """The one object on standard output."""
        told: Json = json.loads(self.stdout)
        return told


class Home:
    """A home folder with a data folder, and the server and token that programs started in it are told of."""

    def __init__(
        self,
        folder: Path,
        *,
        api_url: str = "",
        token: str = "",
        profile: str = "default",
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """``environment`` is a desktop's; without one there is neither display nor bus."""
        self.folder = folder
        self.data_dir = folder / "data"
        self.profile = profile
        self.paths = app_paths(profile, self.data_dir)
        self.api_url = api_url
        self.environment = {**(environment or {}), **clean_environment(folder)}
        if token:
            self.environment["TRILUNA_TOKEN"] = token

    def command(self, *arguments: str) -> list[str]:
        """The command line of a start."""
        common = ["--data-dir", str(self.data_dir)]
        if self.profile == "demo":
            common += ["--demo"] if not arguments else ["--profile", "demo"]
        elif self.api_url:
            common += ["--api-url", self.api_url]
        return [sys.executable, "-m", "triluna_desktop", *common, *arguments]

    def run(self, *arguments: str, stdin: str = "", seconds: float = 60) -> Done:
        """Carry a command out and wait for its end."""
        done = subprocess.run(
            self.command(*arguments),
            env=self.environment,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )
        return Done(done.returncode, done.stdout, done.stderr)

    def ask(self, request: Json) -> Json | None:
        """Hand a command to whoever owns the profile; None if nobody listens."""
        return ask(self.paths.socket, request, START_SECONDS)

    def log(self) -> str:
        """What the program has logged."""
        file = self.paths.log_file
        return file.read_text(encoding="utf-8") if file.exists() else ""


class AppProcess:
    """The window, in a process that is started, asked, looked at and killed."""

    def __init__(self, home: Home, desktop: Desktop, reader: ScreenReader) -> None:
        self.home = home
        self._desktop = desktop
        self._reader = reader
        self._process: subprocess.Popen[bytes] | None = None
        self._output = home.folder / "output.txt"

    # -- the process

    def start(self, *arguments: str, is_hidden: bool = False) -> None:
        """Start, and return once the window is on the screen, if it is to be, and the app takes commands."""
        environment = self.home.environment | self._desktop.environment | {"QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
        environment["HOME"] = str(self.home.folder)
        environment["PYTHONFAULTHANDLER"] = "1"  # A crash says where.
        with self._output.open("ab") as output:
            self._process = subprocess.Popen(
                [*self.home.command(), *arguments],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        if not is_hidden:
            self.wait_for(lambda: self._window() is not None, "a window", START_SECONDS)
        self.wait_for(lambda: self.status() is not None, "an answer to commands", START_SECONDS)

    @property
    def pid(self) -> int:
        """The process id."""
        return self._running.pid

    def send(self, number: signal.Signals) -> None:
        """Send a signal."""
        self._running.send_signal(number)

    def kill(self) -> None:
        """SIGKILL, and wait until it is gone."""
        self._running.kill()
        self._running.wait(START_SECONDS)

    def wait(self) -> int:
        """Wait for the end; the exit code."""
        return self._running.wait(START_SECONDS)

    def stop(self) -> None:
        """End it, if it runs, and see that it ended in order and complained of nothing."""
        if self._process is None or self._process.poll() is not None:
            return
        self._process.terminate()
        try:
            code = self._process.wait(START_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            raise
        log = self.home.log()
        assert (code, self.output) == (0, ""), f"it ended with {code} and printed: {self.output}\n{log}"
        assert "ERROR" not in log, log
        assert "CRITICAL" not in log, log

    @property
    def output(self) -> str:
        """What it printed."""
        return self._output.read_text(encoding="utf-8") if self._output.exists() else ""

    def children(self) -> list[int]:
        """The ids of the processes it has started."""
        return child_processes(self.pid)

    # -- what it knows

    def status(self) -> Json | None:
        """What `status --json` says, or None before the app listens."""
        return self.ask({"command": "status"})

    def ask(self, request: Json) -> Json | None:
        """The body of the answer to a handed-over command."""
        try:
            reply = self.home.ask(request)
        except NoReplyError:
            return None
        if reply is None:
            return None
        assert reply.get("exit_code") == 0, reply
        body: Json = reply["body"]
        return body

    def wait_synced(self) -> None:
        """Wait until all is sent and read."""
        self.wait_for_status(lambda status: status["state"] == "synced" and not status["unsent"], "state “synced”")

    def wait_for_status(self, fits: Callable[[Json], bool], what: str, seconds: float = 15) -> None:
        """Wait until the status is as wanted."""

        def look() -> bool:
            status = self.status()
            return status is not None and fits(status)

        self.wait_for(look, what, seconds)

    def wait_for(self, condition: Callable[[], object], what: str, seconds: float = 10) -> None:
        """Wait for a condition on the running app, which cannot tell when it comes true: it is asked again."""
        deadline = time.monotonic() + seconds
        while True:
            try:
                if condition():
                    return
            except GoneError:
                pass  # It changed under our eyes: look again.
            try:
                code = self._running.wait(LOOK_AGAIN_AFTER)
            except subprocess.TimeoutExpired:
                pass
            else:
                raise AssertionError(f"the app ended with {code} before {what}: {self.output}{self.home.log()}")
            if time.monotonic() > deadline:
                raise AssertionError(
                    f"no {what} in {seconds} s; status {self.status()}; it printed: {self.output}{self.home.log()}"
                )

    # -- what it shows

    @property
    def window(self) -> Thing:
        """The app as a screen reader knows it."""
        found = self._window()
        assert found is not None, "the app has no window"
        return found

    @property
    def frame(self) -> Box:
        """Where its main window is on the screen, without what the window manager puts around it."""
        return self.window.children()[0].box

    def blocks(self) -> list[SeenBlock]:
        """The entries on the screen, without those of the weekly hours."""
        return [block for block in seen_blocks(self.window) if not block.is_pattern]

    def week(self) -> WeekOnScreen:
        """Where dates and times lie on the screen now, once that has come to rest.

        Ask again after each gesture: an inspector or a banner that comes up moves everything.
        """
        seen: list[SeenBlock] = []
        since = time.monotonic()

        def rests() -> bool:
            nonlocal seen, since
            blocks = self.blocks()
            if blocks != seen:
                seen, since = blocks, time.monotonic()
            return len(seen) > 1 and time.monotonic() - since > REST_SECONDS

        self.wait_for(rests, "blocks in the week that stay where they are")
        return WeekOnScreen(seen)

    def wait_for_text(self, part: str) -> Thing:
        """Wait until something is on the screen whose name holds this."""
        return self._wait_for_thing(lambda name: part in name, "", part)

    def wait_for_thing(self, name: str, role: str) -> Thing:
        """Wait until something of this name and role is on the screen."""
        return self._wait_for_thing(lambda found: found == name, role, name)

    def _wait_for_thing(self, fits: Callable[[str], bool], role: str, what: str) -> Thing:
        found: list[Thing] = []

        def look() -> bool:
            thing = self.window.find(fits, role)
            found[:] = [thing] if thing else []
            return bool(found)

        try:
            self.wait_for(look, f"“{what}” on the screen")
        except AssertionError as error:
            raise AssertionError(f"{error}; on the screen: {self.window.texts()}") from None
        return found[0]

    def _window(self) -> Thing | None:
        try:
            app = self._reader.app(self.pid)
            return app if app is not None and any(True for _ in app.walk()) else None
        except GoneError:
            return None

    @property
    def _running(self) -> subprocess.Popen[bytes]:
        assert self._process is not None, "the app was not started"
        return self._process


def child_processes(pid: int) -> list[int]:
    """The ids of a process's children."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                stat = folder.joinpath("stat").read_text(encoding="ascii", errors="replace")
            except OSError:
                continue  # It ended meanwhile.
            # The name in brackets may hold anything; what follows it does not.
            if int(stat.rpartition(")")[2].split()[1]) == pid:
                found.append(int(folder.name))
    return found


def wait_until_gone(pid: int, seconds: float = 10) -> None:
    """Wait for the end of a process that is not our child."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    import select

    try:
        assert select.select([handle], [], [], seconds)[0], f"process {pid} still runs after {seconds} s"
    finally:
        os.close(handle)
