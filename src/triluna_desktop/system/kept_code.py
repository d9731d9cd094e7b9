"""Keeps the byte code that a start would otherwise compile anew, as Python does for files.

Two things are compiled at each start although they never change, and together take a third of the time in which
an empty window opens: the 100 KB of Python that PySide carries in a library, and the methods that `dataclasses`
writes as text. This keeps the byte code of both in one file beside this module's own in ``__pycache__``, by the
text that it was made of, so it is never stale. Where there is no such folder, or Python shall write no byte code,
or the file is broken, all is compiled as ever.
"""

from __future__ import annotations

import builtins
import marshal
import os
import sys
from importlib.util import MAGIC_NUMBER
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import CodeType, TracebackType

EMBEDDED = "shibokensupport/"
"""How PySide names the sources in its library."""
_GENERATED = "<string>"
"""How `exec` names a text."""


def usual_place() -> str | None:
    """Beside this module's byte code; None where Python keeps none."""
    cached = __spec__.cached
    return None if cached is None or sys.dont_write_bytecode else f"{cached.removesuffix('.pyc')}.code"


class KeptCode:
    """A context manager: inside, what an earlier run compiled is not compiled again. It can be entered again."""

    def __init__(self, path: str | None) -> None:
        """``path`` is the file, which need not exist; None keeps nothing."""
        self._path = path
        self._code: dict[tuple[str, str | bytes], CodeType] = {} if path is None else _read(path)
        self._is_new = False
        self._compile = builtins.compile
        self._exec = builtins.exec

    def __enter__(self) -> None:
        """Stand in for ``compile`` and ``exec``, where PySide and `dataclasses` look them up."""
        if self._path is not None:
            self._compile, self._exec = builtins.compile, builtins.exec
            builtins.compile, builtins.exec = self._compile_embedded, self._exec_generated

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Put them back, and write what is new."""
        if self._path is not None:
            builtins.compile, builtins.exec = self._compile, self._exec
            if self._is_new:
                _write(self._path, self._code)
                self._is_new = False

    def _compile_embedded(self, source: Any, filename: Any, mode: str, *rest: Any, **options: Any) -> Any:
        is_embedded = isinstance(source, bytes) and isinstance(filename, str) and filename.startswith(EMBEDDED)
        if not is_embedded or mode != "exec" or rest or options:
            return self._compile(source, filename, mode, *rest, **options)
        return self._code_of(source, filename)

    def _exec_generated(self, source: Any, /, *rest: Any, **options: Any) -> None:
        if not rest:
            caller = sys._getframe(1)  # noqa: SLF001 - what `exec` itself would work in.
            rest = (caller.f_globals, caller.f_locals)
        elif isinstance(source, str) and len(rest) == 2:  # As `dataclasses` has it.
            source = self._code_of(source, _GENERATED)
        self._exec(source, *rest, **options)

    def _code_of(self, source: str | bytes, filename: str) -> CodeType:
        code = self._code.get((filename, source))
        if code is None:
            # PySide's loader has the future imports of this module, and hands them on; `dataclasses` has none.
            alone = filename == _GENERATED
            code = self._code[filename, source] = self._compile(source, filename, "exec", dont_inherit=alone)
            self._is_new = True
        return code


def _read(path: str) -> dict[tuple[str, str | bytes], CodeType]:
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - pathlib is not loaded yet.
            # Read whole first: `marshal.load` asks the file for each piece, which takes four times as long.
            magic, code = marshal.loads(file.read())  # noqa: S302 - byte code of ours, like the .pyc beside it.
    except (OSError, ValueError, EOFError, TypeError):
        return {}
    return dict(code) if magic == MAGIC_NUMBER else {}


def _write(path: str, code: dict[tuple[str, str | bytes], CodeType]) -> None:
    """Whole, or not at all: it is only quicker with it."""
    fresh = f"{path}.{os.getpid()}"
    try:
        with open(fresh, "wb") as file:  # noqa: PTH123 - as above.
            file.write(marshal.dumps((MAGIC_NUMBER, code)))
        os.replace(fresh, path)  # noqa: PTH105 - as above.
    except OSError:
        return
