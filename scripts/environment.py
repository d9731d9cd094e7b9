"""Makes `.venv` from the lock files, and knows when there is nothing to do. Standard library only."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scripts import interpreters

if TYPE_CHECKING:
    from pathlib import Path

LOCKS = {"run": "requirements.lock", "test": "requirements-dev.lock"}
# What an environment that was made for the key can be used for.
SERVES = {"run": ("run",), "test": ("run", "test")}


class InstallError(Exception):
    """The environment could not be made; the message is a sentence for the person at the terminal."""


@dataclass(frozen=True)
class Environment:
    """The virtual environment of one checkout."""

    root: Path

    @property
    def folder(self) -> Path:
        """The environment's folder."""
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    @property
    def _stamp(self) -> Path:
        return self.folder / "triluna-stamp.json"

    @property
    def _unfinished(self) -> Path:
        return self.folder / "triluna-unfinished"

    def fingerprint(self, purpose: str, version: tuple[int, ...]) -> str:
        """Hash what an installation depends on: the lock, the project's metadata, the Python, the folder."""
        digest = hashlib.sha256()
        for part in (self.root / LOCKS[purpose], self.root / "pyproject.toml"):
            digest.update(part.read_bytes())
        digest.update(repr((purpose, tuple(version), str(self.root))).encode())
        return digest.hexdigest()

    def is_ready(self, purpose: str) -> bool:
        """Say whether the environment is complete for `run` or `test`, by its stamp and its interpreter."""
        stamp = self.read_stamp()
        if purpose not in SERVES.get(stamp.get("purpose", ""), ()) or self._unfinished.exists():
            return False
        interpreter = interpreters.ask(self.python)
        if interpreter is None or not interpreter.fits:
            return False
        return stamp.get("fingerprint") == self.fingerprint(stamp["purpose"], interpreter.version)

    def read_stamp(self) -> dict[str, str]:
        """Return what the last complete installation noted; empty when there is none or it is damaged."""
        try:
            stamp = json.loads(self._stamp.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return stamp if isinstance(stamp, dict) else {}

    def must_be_made_anew(self) -> bool:
        """Say whether what lies in `.venv` is of no use: half made, moved here, or its Python is gone."""
        if self._unfinished.exists() or self.read_stamp().get("root", str(self.root)) != str(self.root):
            return True
        interpreter = interpreters.ask(self.python)
        return interpreter is None or not interpreter.fits or not self._has_pip()

    def _has_pip(self) -> bool:
        asked = subprocess.run([str(self.python), "-m", "pip", "--version"], capture_output=True, check=False)
        return asked.returncode == 0

    def make(self, purpose: str, base: interpreters.Interpreter) -> None:
        """Create or complete the environment; what an interrupted attempt left is removed first.

        Raises InstallError with a sentence; what went wrong in detail is on the terminal by then.
        """
        try:
            self._make(purpose, base)
        except OSError as error:
            raise InstallError(
                f".venv could not be made in {self.root} ({error.strerror})."
                " Clone the repository to a folder of your own that has room."
            ) from error

    def _make(self, purpose: str, base: interpreters.Interpreter) -> None:
        if self.must_be_made_anew():
            _remove(self.folder)
            self.folder.mkdir(parents=True)
            self._unfinished.touch()
            making = [str(base.path), "-m", "venv", str(self.folder)]
            # Whoever presses Ctrl+C here is not to read where in the standard library that was.
            _run(making, "The virtual environment could not be made", said_on_failure=True)
        self._unfinished.touch()
        self._stamp.unlink(missing_ok=True)
        pip = [str(self.python), "-m", "pip", "install", "--quiet", "--no-input"]
        _run(
            [*pip, "--require-hashes", "--requirement", str(self.root / LOCKS[purpose])],
            f"pip could not install what {LOCKS[purpose]} names",
        )
        # What builds the project is in the lock too, so nothing is left to ask a registry for.
        _run(
            [*pip, "--no-index", "--no-deps", "--no-build-isolation", "--editable", str(self.root)],
            "pip could not install the project itself",
        )
        self.say_paths_in_ascii()
        made = interpreters.ask(self.python)
        if made is None:
            raise InstallError(f"{self.python} does not start.")
        note = {
            "purpose": purpose,
            "root": str(self.root),
            "fingerprint": self.fingerprint(purpose, made.version),
        }
        self._stamp.write_text(json.dumps(note, indent=1) + "\n", encoding="utf-8")
        self._unfinished.unlink()

    def say_paths_in_ascii(self) -> None:
        """Write the path to the sources relative to `site-packages`.

        Python reads the files of paths in the locale's encoding, so in a folder called Büro none would start under
        LC_ALL=C.
        """
        libraries = "Lib" if os.name == "nt" else "lib/python*"
        for file in self.folder.glob(f"{libraries}/site-packages/_editable_impl_*.pth"):
            lines = file.read_text(encoding="utf-8").splitlines()
            paths = [os.path.relpath(file.parent / line, file.parent) for line in lines]
            file.write_text("".join(f"{path}\n" for path in paths), encoding="utf-8")


def _remove(folder: Path) -> None:
    try:
        shutil.rmtree(folder)
    except FileNotFoundError:
        return
    except OSError as error:
        raise InstallError(f"{folder} is damaged and could not be removed: {error}.") from error


def _run(command: list[str], failure: str, *, said_on_failure: bool = False) -> None:
    # A PYTHONPATH or a user's `--user` default would have pip install somewhere else.
    ignored = ("PYTHONPATH", "PYTHONHOME", "PIP_USER", "PIP_TARGET", "PIP_PREFIX", "VIRTUAL_ENV")
    environment = {name: value for name, value in os.environ.items() if name not in ignored}
    environment["PIP_DISABLE_PIP_VERSION_CHECK"] = "1"
    done = subprocess.run(command, env=environment, capture_output=said_on_failure, text=True, check=False)
    if done.returncode != 0:
        if said_on_failure:
            print(done.stdout + done.stderr, file=sys.stderr, end="")
        raise InstallError(f"{failure} (see above).")
