"""Finds a Python that the app runs on. Standard library only, from Python 3.8: the system's python3 runs this."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

OLDEST = (3, 11)
TOO_NEW = (3, 14)  # qasync 0.28 has an open bug there; pyproject.toml says the same in requires-python.
NAMES = ("python3", "python3.13", "python3.12", "python3.11")

_ASK = (
    "import importlib.util as u, sys;"
    "print(sys.version_info[0], sys.version_info[1], sys.version_info[2],"
    " int(bool(u.find_spec('ensurepip') and u.find_spec('venv'))))"
)


@dataclass(frozen=True)
class Interpreter:
    """A Python that answered: where it is, its version, and whether it can make a virtual environment."""

    path: Path
    version: tuple[int, int, int]
    has_venv: bool

    @property
    def fits(self) -> bool:
        """Whether the app runs on it."""
        return version_fits(self.version)

    @property
    def debian_package(self) -> str:
        """The Debian package that adds venv and ensurepip to a Python of this version."""
        return f"python{self.version[0]}.{self.version[1]}-venv"


def version_fits(version: tuple[int, ...]) -> bool:
    """Say whether the app supports a version (major, minor, …)."""
    return OLDEST <= tuple(version[:2]) < TOO_NEW


def parse_answer(path: Path, answer: str) -> Interpreter | None:
    """Read `3 11 2 1` (version, then 1 where venv and ensurepip are there); None for anything else."""
    try:
        major, minor, micro, has_venv = (int(word) for word in answer.split())
    except ValueError:
        return None
    return Interpreter(path, (major, minor, micro), bool(has_venv))


def ask(path: Path) -> Interpreter | None:
    """Start a Python and ask it what it is; None when it does not start (a pyenv shim may not)."""
    try:
        done = subprocess.run(
            [str(path), "-I", "-c", _ASK], capture_output=True, text=True, timeout=30, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return parse_answer(path, done.stdout) if done.returncode == 0 else None


def candidates(search_path: str | None = None, home: Path | None = None) -> list[Path]:
    """List the Pythons to ask, best first: by name on PATH, then what pyenv holds, newest first."""
    found = [Path(hit) for name in NAMES if (hit := shutil.which(name, path=search_path))]
    pyenv_root = Path(os.environ.get("PYENV_ROOT") or (home or Path.home()) / ".pyenv")
    versions = [path for path in pyenv_root.glob("versions/3.*/bin/python3") if path.exists()]
    return found + sorted(versions, key=_folder_version, reverse=True)


def find(search_path: str | None = None) -> Interpreter | None:
    """Return the first Python that fits and can make environments, else the first that fits, else None."""
    fitting = None
    for path in candidates(search_path):
        interpreter = ask(path)
        if interpreter is None or not interpreter.fits:
            continue
        if interpreter.has_venv:
            return interpreter
        fitting = fitting or interpreter
    return fitting


def _folder_version(path: Path) -> tuple[int, ...]:
    words = path.parents[1].name.split(".")
    return tuple(int(word) for word in words if word.isdigit())
