"""A display for programs that need one where there is none: Xvfb on a free number, closed to everyone else.

Standard library only. The end-to-end tests use it too.
"""

from __future__ import annotations

import os
import secrets
import select
import shutil
import struct
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

START_SECONDS = 20.0
_FAMILY_WILD = 0xFFFF
_COOKIE_NAME = b"MIT-MAGIC-COOKIE-1"


class DisplayError(Exception):
    """Xvfb did not start; the message says why."""


class VirtualDisplay:
    """A context manager around one Xvfb; inside it, `name` is its DISPLAY.

    Xvfb takes a free display number by itself, listens on its local socket alone and wants the cookie that lies in
    a file only this user can read. It has a session of its own, so Ctrl+C in a terminal reaches the program first.
    """

    def __init__(self, width: int = 1440, height: int = 900) -> None:
        self.size = (width, height)
        self.name = ""
        self._folder: Path | None = None
        self._server: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        """Start Xvfb and wait until it listens; raises DisplayError."""
        if shutil.which("Xvfb") is None:
            raise DisplayError("Xvfb is not installed")
        self._folder = Path(tempfile.mkdtemp(prefix="triluna-display-"))
        self._authority.write_bytes(authority_entry(secrets.token_bytes(16)))
        reading, writing = os.pipe()
        width, height = self.size
        command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{width}x{height}x24"]
        command += ["-nolisten", "tcp", "-noreset", "-auth", str(self._authority)]
        with (self._folder / "log").open("wb") as log:
            self._server = subprocess.Popen(
                command,
                pass_fds=[writing],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        os.close(writing)
        try:
            self.name = f":{self._read_number(reading)}"
        except BaseException:
            self._stop()
            raise
        finally:
            os.close(reading)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop Xvfb and remove its files."""
        self._stop()

    @property
    def variables(self) -> dict[str, str]:
        """What leads a program here: DISPLAY and XAUTHORITY."""
        return {"DISPLAY": self.name, "XAUTHORITY": str(self._authority)}

    @property
    def environment(self) -> dict[str, str]:
        """This process's environment with the display in it, and no other display."""
        kept = {name: value for name, value in os.environ.items() if name != "WAYLAND_DISPLAY"}
        return {**kept, **self.variables}

    @property
    def _authority(self) -> Path:
        if self._folder is None:
            raise DisplayError("the display has not been started")
        return self._folder / "authority"

    def _read_number(self, reading: int) -> int:
        answer = b""
        while not answer.endswith(b"\n"):
            ready, _, _ = select.select([reading], [], [], START_SECONDS)
            chunk = os.read(reading, 64) if ready else b""
            if not chunk:
                raise DisplayError(f"Xvfb did not start: {self._last_words()}")
            answer += chunk
        return int(answer)

    def _last_words(self) -> str:
        assert self._folder is not None  # noqa: S101 (only called while the server's folder exists)
        lines = (self._folder / "log").read_text(encoding="utf-8", errors="replace").strip().splitlines()
        return lines[-1] if lines else f"no answer in {START_SECONDS:.0f} s"

    def _stop(self) -> None:
        if self._server is not None:
            self._server.terminate()
            try:
                self._server.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self._server.kill()
                self._server.wait()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)


def authority_entry(cookie: bytes) -> bytes:
    """Return the bytes of an Xauthority file with one cookie, good for every host and display number (Xau(3))."""
    fields = (b"", b"", _COOKIE_NAME, cookie)
    return struct.pack(">H", _FAMILY_WILD) + b"".join(struct.pack(">H", len(field)) + field for field in fields)
