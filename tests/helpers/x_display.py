"""A desktop to test in: an X server, a window manager, and a D-Bus session with nothing on it but accessibility.

All of it is the test run's own: another display number, another bus, no keyring that the machine may have. What
is missing on the machine is a failure that names the package, never a skipped test.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.virtual_display import VirtualDisplay
from tests.helpers.screen_reader import Box

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType
    from typing import Self

REPOSITORY = Path(__file__).resolve().parents[2]
ACCESSIBILITY = Path("/usr/libexec/at-spi-bus-launcher")
PACKAGES = {
    "Xvfb": "xvfb",
    "openbox": "openbox",
    "xdotool": "xdotool",
    "import": "imagemagick",
    "dbus-daemon": "dbus-daemon",
    str(ACCESSIBILITY): "at-spi2-core",
}
SIZE = (1440, 900)
_ICON = 64
"""Pixels: no window of the app is so narrow."""

# A bus that can start the accessibility bus and nothing else: in particular no keyring, whose prompt would come up
# over the window under test.
_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-BUS Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir={folder}</listen>
  <auth>EXTERNAL</auth>
  <servicedir>{folder}/services</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
  </policy>
</busconfig>
"""
_SERVICE = f"[D-BUS Service]\nName=org.a11y.Bus\nExec={ACCESSIBILITY}\n"


class Desktop:
    """A context manager around display, window manager and bus; `environment` is what leads a program there."""

    def __init__(self, folder: Path) -> None:
        """``folder`` is for the files of the bus and the home of the window manager."""
        self._folder = folder
        self._stack = ExitStack()
        self.environment: dict[str, str] = {}
        self.bus = ""
        """Address of the D-Bus session."""

    def __enter__(self) -> Self:
        """Start everything and wait until it is there."""
        missing = sorted({package for program, package in PACKAGES.items() if shutil.which(program) is None})
        if missing:
            raise AssertionError(f"the end-to-end tests need: apt-get install {' '.join(missing)}")
        with ExitStack() as stack:
            display = stack.enter_context(VirtualDisplay(*SIZE))
            self.environment = clean_environment(self._folder) | display.variables
            self.bus = self._start_bus(stack)
            self.environment["DBUS_SESSION_BUS_ADDRESS"] = self.bus
            # Its own words once it manages windows: before that, focus and stacking are nobody's business.
            manager = subprocess.Popen(
                ["openbox", "--startup", "echo managing"],
                env=self.environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            stack.callback(_end, manager)
            assert manager.stdout is not None
            # What it says about its own files comes first.
            assert any(line == b"managing\n" for line in manager.stdout), "openbox did not start"
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop everything, in the opposite order."""
        self._stack.close()

    def take_picture(self, file: Path) -> None:
        """Write what is on the whole screen to a PNG file."""
        file.parent.mkdir(parents=True, exist_ok=True)
        # Not by its name, in which ImageMagick takes the brackets of a test's parameters for its own.
        with file.open("wb") as picture:
            subprocess.run(
                ["import", "-window", "root", "png:-"],
                env=self.environment,
                stdout=picture,
                check=True,
                timeout=20,
            )

    def windows(self) -> list[str]:
        """The ids of the app's windows that are not minimised; its icon in a tray is none."""
        # By their class: Qt gives its windows no title of the old kind, which is the one xdotool knows.
        found = self._xdotool("search", "--onlyvisible", "--class", "triluna").split()
        return [window for window in found if (box := self._box(window)) is None or box.width > _ICON]

    def boxes(self, *search: str) -> list[Box]:
        """Where the windows are that xdotool finds by these words, ``--class NAME`` for one."""
        found = self._xdotool("search", "--onlyvisible", *search).split()
        return [box for window in found if (box := self._box(window)) is not None]

    def _box(self, window: str) -> Box | None:
        """Where a window is; None where it is gone by now."""
        lines = self._xdotool("getwindowgeometry", "--shell", window).splitlines()
        told = dict(line.split("=", 1) for line in lines if "=" in line)
        return Box(*(int(told[name]) for name in ("X", "Y", "WIDTH", "HEIGHT"))) if told else None

    def active_window(self) -> str:
        """The id of the window that has the focus, or nothing."""
        return self._xdotool("getactivewindow").strip()

    def minimise(self, window: str) -> None:
        """Put a window away."""
        self._xdotool("windowminimize", "--sync", window)

    def resize(self, window: str, width: int, height: int) -> None:
        """Give a window another size."""
        self._xdotool("windowsize", "--sync", window, str(width), str(height))

    def close(self, window: str) -> None:
        """Ask a window to close, as the cross in its frame does: alt+F4 is openbox's own key for it."""
        self._xdotool("windowactivate", "--sync", window, "key", "alt+F4")

    def _xdotool(self, *words: str) -> str:
        # It ends with 1 where it finds no such window.
        done = subprocess.run(
            ["xdotool", *words], env=self.environment, capture_output=True, text=True, timeout=20, check=False
        )
        return done.stdout

    def _start_bus(self, stack: ExitStack) -> str:
        services = self._folder / "services"
        services.mkdir()
        services.joinpath("org.a11y.Bus.service").write_text(_SERVICE, encoding="ascii")
        config = self._folder / "session.conf"
        config.write_text(_BUS.format(folder=self._folder), encoding="utf-8")
        bus = subprocess.Popen(
            ["dbus-daemon", f"--config-file={config}", "--nofork", "--nopidfile", "--print-address=1"],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # What the bus starts is of this process group, and ends with it.
            process_group=0,
        )
        stack.callback(_end_group, bus)
        assert bus.stdout is not None
        address = bus.stdout.readline().decode().strip()
        assert address, "dbus-daemon did not start"
        return address


def clean_environment(home: Path, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """PATH and the temporary folder of the tests, and nothing else: no display, no bus, no token, no locale."""
    return {
        "PATH": os.environ["PATH"],
        "TMPDIR": tempfile.gettempdir(),
        "PYTHONPATH": str(REPOSITORY / "src"),
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "TZ": "Europe/Berlin",
        **(more or {}),
    }


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    process.wait(10)
    if process.stdout is not None:
        process.stdout.close()


def _end_group(process: subprocess.Popen[bytes]) -> None:
    os.killpg(process.pid, signal.SIGTERM)
    process.wait(10)
    if process.stdout is not None:
        process.stdout.close()
