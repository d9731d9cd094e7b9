"""The helper process of the window, on a keyring that a test chose: the real helper, the real way to a backend.

``python keyring_served.py KIND FOLDER``. What is kept lies in a file in the folder. Into the folder's FIFO
``started``, where there is one, the process writes an id as soon as it is at the point that the test wants to see.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import ClassVar

import keyring.errors
from keyring.backend import KeyringBackend

from triluna_desktop.system import keyring_backends, keyring_helper


class Shelf(KeyringBackend):
    """Keeps passwords in a file, and misbehaves before it answers, as its kind says."""

    priority: ClassVar[float] = 1

    def __init__(self, kind: str, folder: Path) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # keyring's own constructor has no types.
        self._kind = kind
        self._folder = folder
        self._file = folder / "kept.json"

    def get_password(self, service: str, username: str) -> str | None:
        """The password."""
        kept = self._kept().get(f"{service} {username}")
        self._misbehave(kept)
        return f"{os.environ.get('TRILUNA_TOKEN')}" if self._kind == "environment" else kept

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep it."""
        self._misbehave(password)
        self._file.write_text(json.dumps({**self._kept(), f"{service} {username}": password}), encoding="utf-8")

    def delete_password(self, service: str, username: str) -> None:
        """Remove it."""
        kept = self._kept()
        del kept[f"{service} {username}"]
        self._file.write_text(json.dumps(kept), encoding="utf-8")

    def _kept(self) -> dict[str, str]:
        return dict(json.loads(self._file.read_text(encoding="utf-8"))) if self._file.exists() else {}

    def _misbehave(self, secret: str | None) -> None:
        match self._kind:
            case "hangs":
                self._tell(os.getpid())
                signal.pause()
            case "hangs until the gate opens" if not (self._folder / "gate").exists():
                signal.pause()
            case "dies":
                os.kill(os.getpid(), signal.SIGKILL)
            case "prints":
                print(f"on the output: {secret}")
                print(f"on the error: {secret}", file=sys.stderr)
            case "prints and dies":
                print(f"this is {secret}", file=sys.stderr)
                print(
                    f'  File "somewhere.py", line 7, in somewhere\nOSError: {secret}', file=sys.stderr, flush=True
                )
                os.kill(os.getpid(), signal.SIGKILL)
            case "locked":
                raise keyring.errors.KeyringLocked(f"locked: {secret}")
            case "dismissed":
                raise keyring.errors.PasswordSetError("Cancelled by user")
            case "absent":
                raise keyring.errors.NoKeyringError("none")
            case "fails":
                raise OSError(f"cannot hold {secret}")
            case "leaves a process":
                self._tell(subprocess.Popen(["sleep", "60"]).pid)

    def _tell(self, number: int) -> None:
        (self._folder / "started").write_text(f"{number}\n", encoding="ascii")


def main(kind: str, folder: Path) -> None:
    """Serve one request."""
    if kind != "refused":
        keyring_backends.ALLOWED_BACKENDS = frozenset({"__main__.Shelf"})
    keyring_helper.serve(keyring_backends.LibraryKeyring(lambda: Shelf(kind, folder)))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
