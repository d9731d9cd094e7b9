"""Where tests keep what is temporary: it goes with their run, unless there is something to look at."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="make and its shell are of Unix")

LEAVES_MUCH = (
    'echo "$HOME"; echo "$TMPDIR"; echo "${XDG_CONFIG_HOME-unset}"; mkdir "$TMPDIR/locked";'
    ' touch "$TMPDIR/locked/a" "$HOME/b"; chmod 500 "$TMPDIR/locked"; '
)


def in_scratch(place: Path, end: str) -> subprocess.CompletedProcess[str]:
    """Run a command that leaves files in its temporary and home folder, and then does `end`."""
    return subprocess.run(
        [ROOT / "scripts/in_scratch.sh", "sh", "-c", LEAVES_MUCH + end],
        env={**os.environ, "TMPDIR": str(place), "XDG_CONFIG_HOME": "/a/persons/own"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(("end", "code"), [("exit 0", 0), ("exit 2", 2), ("kill -KILL $$", 137)])
def test_nothing_stays_of_a_run_that_passed_or_was_ended(tmp_path: Path, end: str, code: int) -> None:
    done = in_scratch(tmp_path, end)
    home, temporary, config = done.stdout.split()
    assert (done.returncode, config) == (code, "unset")
    assert Path(home).is_relative_to(temporary)
    assert Path(temporary).parent == tmp_path
    assert list(tmp_path.iterdir()) == []


def test_what_failed_tests_left_stays_and_is_named(tmp_path: Path) -> None:
    done = in_scratch(tmp_path, "exit 1")
    (left,) = tmp_path.iterdir()
    assert done.returncode == 1
    assert done.stderr == f"What the failed tests left: {left}\n"
    assert (left / "locked/a").exists()
