"""The byte code of PySide's embedded sources and of dataclasses, in processes that load them anew."""

from __future__ import annotations

import builtins
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from triluna_desktop.system.kept_code import KeptCode

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = """
import builtins, dataclasses, sys
from triluna_desktop.system.kept_code import EMBEDDED, KeptCode
compiled = []
real = builtins.compile, builtins.exec
def noting(source, filename, *rest, **options):
    compiled.append(filename)
    return real[0](source, filename, *rest, **options)
builtins.compile = noting
kept = KeptCode(sys.argv[1])
with kept:
    @dataclasses.dataclass(frozen=True, slots=True)
    class Point:
        x: int
        y: int = 2
with kept:
    import PySide6.QtCore
assert (builtins.compile, builtins.exec) == (noting, real[1])
assert Point(1) == Point(1, 2) and hash(Point(1)) == hash(Point(1, 2)) and repr(Point(1)) == "Point(x=1, y=2)"
from PySide6.support.signature import get_signature
own = [name for name in compiled if name == "<string>" or name.startswith(EMBEDDED)]
print(len(own), get_signature(PySide6.QtCore.QPoint.manhattanLength))
"""


def _started(path: Path) -> list[str]:
    done = subprocess.run([sys.executable, "-c", PROGRAM, str(path)], capture_output=True, text=True, check=True)
    return done.stdout.split(maxsplit=1)


def test_the_second_start_compiles_nothing_and_works_the_same(tmp_path: Path) -> None:
    kept = tmp_path / "kept.code"
    first, second = _started(kept), _started(kept)
    assert int(first[0]) > 10
    assert int(second[0]) == 0
    assert second[1] == first[1]
    assert list(tmp_path.iterdir()) == [kept]


@pytest.mark.parametrize("content", [b"", b"no byte code", b"\xe9\x00\x00\x00\x00"])
def test_a_broken_file_is_compiled_over(tmp_path: Path, content: bytes) -> None:
    kept = tmp_path / "kept.code"
    kept.write_bytes(content)
    assert int(_started(kept)[0]) > 10
    assert int(_started(kept)[0]) == 0


def test_a_folder_that_cannot_be_written_changes_nothing(tmp_path: Path) -> None:
    assert int(_started(tmp_path / "not there" / "kept.code")[0]) > 10


def test_other_text_is_left_to_python(tmp_path: Path) -> None:
    seen: dict[str, int] = {}
    with KeptCode(str(tmp_path / "kept.code")):
        # S102: that `exec` goes on as it did is what this test is about.
        exec("seen['of the caller'] = 1")  # noqa: S102
        exec("seen['of its own'] = 2", {"seen": seen})  # noqa: S102
        exec(compile("seen['compiled'] = 3", "<string>", "exec"))  # noqa: S102
    assert seen == {"of the caller": 1, "of its own": 2, "compiled": 3}
    assert not list(tmp_path.iterdir())


def test_without_a_place_nothing_is_touched() -> None:
    before = builtins.compile, builtins.exec
    with KeptCode(None):
        assert (builtins.compile, builtins.exec) == before
