"""Installs packages with apt-get where that is allowed, else says the one line that does it.

Standard library only, from Python 3.8: the system's python3 runs this.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

# Debian 13 and Ubuntu 24.04 renamed the libraries whose time_t grew.
RENAMED = "t64"


class AptError(Exception):
    """apt-get could not install; the message is what it said."""


def is_debian(os_release: str) -> bool:
    """Say whether the text of /etc/os-release is of Debian or of a system made from it."""
    words: set[str] = set()
    for line in os_release.splitlines():
        name, _, value = line.partition("=")
        if name in ("ID", "ID_LIKE"):
            words.update(value.strip("\"'").split())
    return bool(words & {"debian", "ubuntu"})


def this_is_debian() -> bool:
    """Say whether this machine is a Debian or made from it, with apt-get."""
    release = Path("/etc/os-release")
    return bool(shutil.which("apt-get")) and release.exists() and is_debian(release.read_text(encoding="utf-8"))


def names_here(packages: Iterable[str], known: Collection[str]) -> list[str]:
    """Give each package the name that this release knows it by; unknown to all lists, the name stays."""
    return [name + RENAMED if name not in known and name + RENAMED in known else name for name in packages]


def known_names(packages: Iterable[str]) -> set[str]:
    """Ask apt's lists (empty on a fresh image) for the packages and their renamed forms."""
    wanted = {form for name in packages for form in (name, name + RENAMED)}
    # One question for all names: apt opens its cache anew for each.
    done = subprocess.run(["apt-cache", "pkgnames"], capture_output=True, text=True, check=False)
    return wanted & set(done.stdout.split())


def lists_are_there(folder: Path = Path("/var/lib/apt/lists")) -> bool:
    """Say whether `apt-get update` was ever run here."""
    return any(folder.glob("*_Packages*"))


def install(packages: list[str]) -> list[str]:
    """Install the packages as root, updating apt's lists if that is what it takes; return their names here.

    Raises AptError with the last lines of what apt-get said.
    """
    if not lists_are_there():
        _apt_get(["update"])
    try:
        return _install(packages)
    except AptError:
        _apt_get(["update"])  # The lists may be older than the archive.
        return _install(packages)


def install_line(packages: list[str], *, has_sudo: bool) -> str:
    """Return the one line for a person to paste; without sudo it asks for root's password.

    Lists that are older than the archive name packages that are no longer there, so they are always brought up to
    date first; and the line goes on where that fails for the sake of some other source.
    """
    steps = ["apt-get update", "apt-get install -y --no-install-recommends " + " ".join(packages)]
    if has_sudo:
        return "; ".join(f"sudo {step}" for step in steps)
    return "su -c " + shlex.quote("; ".join(steps))


def line_for_here(packages: list[str]) -> str:
    """Return that line for this machine."""
    here = names_here(packages, known_names(packages))
    return install_line(here, has_sudo=bool(shutil.which("sudo")))


def _install(packages: list[str]) -> list[str]:
    here = names_here(packages, known_names(packages))
    _apt_get(["install", "-y", "--no-install-recommends", *here])
    return here


def _apt_get(arguments: list[str]) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=120", *arguments],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise AptError("\n".join(done.stdout.strip().splitlines()[-15:]))
