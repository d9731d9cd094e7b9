"""What is remembered for *Release early* is on disk with the edit that it is about, or neither is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Any]]:
    """Of each action: what was on disk before it, after a kill at each of its commits, and without one."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.helpers.killed_quick", str(tmp_path_factory.mktemp("killed"))],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"},
        stdout=subprocess.PIPE,
        timeout=60,
        check=True,
    )
    told: dict[str, list[Any]] = json.loads(done.stdout)
    return told


OPEN: list[Any] = [[840, 870, True]]
GONE: list[Any] = []


@pytest.mark.parametrize(
    ("action", "before", "after"),
    [
        ("block", [OPEN, 0], [GONE, 1]),
        ("undo", [GONE, 1], [OPEN, 0]),
        ("redo", [OPEN, 0], [GONE, 1]),
        ("release", [GONE, 1], [OPEN, 0]),
        ("discard", [GONE, 1], [OPEN, 0]),
    ],
)
def test_a_kill_leaves_a_quick_action_and_its_memory_both_or_neither(
    found: dict[str, list[Any]], action: str, before: list[Any], after: list[Any]
) -> None:
    states = found[action]
    assert (states[0], states[-1]) == (before, after)
    assert states[1] == before, "it was killed before the first commit"
    assert states[-2] == after, "it was killed after the last commit"
    assert [each for each in states if each not in (before, after)] == []
