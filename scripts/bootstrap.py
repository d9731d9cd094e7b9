"""Makes this checkout ready: system packages, virtual environment, locked dependencies, the project itself.

    python3 -m scripts.bootstrap run     what the app needs
    python3 -m scripts.bootstrap test    what the tests need, too

The system's python3 runs it, so: standard library only, and nothing newer than Python 3.8. The second time it
finds the stamp of the first and is done in a fraction of a second. Exit codes: 0 ready, 1 not ready (the sentence
above says what to do), 2 wrong arguments.
"""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from scripts import debian, displays, interpreters, system_packages
from scripts.environment import LOCKS, Environment, InstallError

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]

_TRY_QT = """
import sys
from PySide6 import QtCore, QtDBus, QtGui, QtNetwork, QtSvg, QtWidgets
QtWidgets.QApplication(["try"])
"""


def main(arguments: list[str]) -> int:
    """Run the bootstrap for `run` or `test`; return the exit code."""
    if arguments not in (["run"], ["test"]):
        print("usage: python3 -m scripts.bootstrap run|test", file=sys.stderr)
        return 2
    try:
        with _one_at_a_time():
            prepare(arguments[0], Environment(ROOT))
    except InstallError as error:
        print(f"bootstrap: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nbootstrap: interrupted; the next start goes on from here.", file=sys.stderr)
        return 1
    return 0


def prepare(purpose: str, environment: Environment) -> None:
    """Bring the system and the environment to what `purpose` needs.

    Raises InstallError with a sentence when that cannot be done here.
    """
    ready = environment.is_ready(purpose)
    base = None if ready else interpreters.find()
    if base is None and not ready:
        raise InstallError(no_python_sentence(debian.this_is_debian()))
    probe = environment.python if base is None else base.path
    missing = missing_here(purpose, probe)
    if base is not None and not base.has_venv and environment.must_be_made_anew():
        missing.append(system_packages.Missing("Python's venv module", base.debian_package))
    for _ in range(2):  # Twice: whether a display lets us in can be asked only once its library is there.
        if missing:
            supply(missing)
            missing = missing_here(purpose, probe)
    if missing:
        raise InstallError("Still missing after the installation: " + system_packages.in_words(missing))
    if base is None:
        return
    version = ".".join(str(number) for number in base.version)
    _say(f"Installing what {LOCKS[purpose]} names into .venv, on Python {version} (about 100 MB to fetch) …")
    environment.make(purpose, base)
    try_qt(environment.python)
    _say("Ready.")


def missing_here(purpose: str, python: Path) -> list[system_packages.Missing]:
    """List what this machine lacks for the purpose."""
    if not sys.platform.startswith("linux"):
        return []
    environ = displays.with_living_displays(os.environ, sys.platform)
    libraries = system_packages.libraries_for(purpose, environ, sys.platform)
    programs = system_packages.programs_for(purpose, environ, sys.platform)
    return [
        *system_packages.missing_libraries(libraries, python),
        *system_packages.missing_programs(programs),
        *system_packages.missing_fonts(),
    ]


def supply(missing: list[system_packages.Missing]) -> None:
    """Install what is missing as root on a Debian; elsewhere say what to install and raise InstallError."""
    packages = system_packages.packages_of(missing)
    things = system_packages.in_words(missing)
    if not debian.this_is_debian():
        raise InstallError(
            f"This system lacks {things}. Debian's packages with them are {' '.join(packages)};"
            " install what your system calls them and start again."
        )
    if os.geteuid() != 0:
        line = debian.line_for_here(packages)
        raise InstallError(f"This system lacks {things}. Install it with this line and start again:\n\n  {line}\n")
    _say(f"Installing with apt-get: {' '.join(packages)} …")
    try:
        debian.install(packages)
    except debian.AptError as error:
        raise InstallError(f"apt-get could not install {' '.join(packages)}. It said:\n{error}") from error


def try_qt(python: Path) -> None:
    """Start Qt without a screen, once after an installation; raises InstallError with what Qt said."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        [str(python), "-c", _TRY_QT], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        reason = (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1]
        raise InstallError(f"Qt does not start here: {reason}")


def no_python_sentence(on_debian: bool) -> str:
    """Say in one sentence which Python to install."""
    wanted = "TriLuna Desktop needs Python 3.11, 3.12 or 3.13, and none was found on PATH or in pyenv"
    if on_debian:
        names = [name for name in interpreters.NAMES if name != "python3"]
        known = debian.known_names(names)
        name = next((name for name in names if name in known), "python3")
        return f"{wanted}; install one with this line:\n\n  {debian.line_for_here([name, f'{name}-venv'])}\n"
    return f"{wanted}; install one from your system's packages."


def _say(sentence: str) -> None:
    print(sentence, flush=True)


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Let a second bootstrap of the same checkout wait for the first, where the system has flock."""
    with (ROOT / "pyproject.toml").open(encoding="utf-8") as file:
        if sys.platform != "win32":
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
