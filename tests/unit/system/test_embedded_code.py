"""The byte code of PySide's embedded sources, in a process that imports PySide for the first time."""

from __future__ import annotations

import builtins
import stat
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from triluna_desktop.system.embedded_code import EMBEDDED, embedded_code_kept

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = """
import builtins, sys
from pathlib import Path
from triluna_desktop.system.embedded_code import EMBEDDED, embedded_code_kept
compiled = []
real = builtins.compile
def noting(source, filename, *rest, **options):
    if str(filename).startswith(EMBEDDED):
        compiled.append(filename)
    return real(source, filename, *rest, **options)
builtins.compile = noting
with embedded_code_kept(Path(sys.argv[1])):
    import PySide6.QtCore
assert builtins.compile is noting
from PySide6.support.signature import get_signature
signature = get_signature(PySide6.QtCore.QPoint.manhattanLength)
print(len(compiled), PySide6.QtCore.QPoint(3, 4).y(), signature)
"""


def _started(path: Path) -> list[str]:
    done = subprocess.run([sys.executable, "-c", PROGRAM, str(path)], capture_output=True, text=True, check=True)
    return done.stdout.split(maxsplit=1)


def test_the_second_start_compiles_nothing_and_works_the_same(tmp_path: Path) -> None:
    kept = tmp_path / "pyside.code"
    first, second = _started(kept), _started(kept)
    assert int(first[0]) > 5
    assert int(second[0]) == 0
    assert second[1] == first[1]
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


@pytest.mark.parametrize("content", [b"", b"no byte code", b"\xe9\x00\x00\x00\x00"])
def test_a_broken_file_is_compiled_over(tmp_path: Path, content: bytes) -> None:
    kept = tmp_path / "pyside.code"
    kept.write_bytes(content)
    assert int(_started(kept)[0]) > 5
    assert int(_started(kept)[0]) == 0


def test_a_folder_that_cannot_be_written_changes_nothing(tmp_path: Path) -> None:
    assert int(_started(tmp_path / "not there" / "pyside.code")[0]) > 5


def test_where_pyside_is_loaded_already_nothing_is_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "shiboken6", sys)
    before = builtins.compile
    with embedded_code_kept(tmp_path / "pyside.code"):
        assert builtins.compile is before
    assert not list(tmp_path.iterdir())
    assert EMBEDDED.endswith("/")
