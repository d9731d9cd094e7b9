"""Keeps the byte code of the Python sources that are embedded in PySide's libraries.

PySide carries about 100 KB of Python in a library and compiles it anew at each start, which is a fifth of the time
in which an empty window opens; Python itself would keep the byte code of a file in ``__pycache__``. This does the
same for those sources: in a file of the profile's own, by the hash of each source and the version of Python, as in
PEP 552. Whatever is wrong with that file, the sources are compiled as ever.
"""

from __future__ import annotations

import builtins
import marshal
import os
import sys
from _imp import source_hash
from contextlib import contextmanager, suppress
from importlib.util import MAGIC_NUMBER
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import CodeType

EMBEDDED = "shibokensupport/"
"""How the names of the embedded sources begin."""
_KEY = int.from_bytes(MAGIC_NUMBER[:2], "little")


class _Kept:
    """The byte code in the file, and what was compiled besides."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._compile = builtins.compile
        self._code = self._read()
        self._is_new = False

    def compile(self, source: Any, filename: Any, mode: str, *arguments: Any, **options: Any) -> Any:
        """What ``compile`` does; for an embedded source from the file where it is there."""
        is_embedded = isinstance(source, bytes) and isinstance(filename, str) and filename.startswith(EMBEDDED)
        if not is_embedded or mode != "exec" or arguments or options:
            return self._compile(source, filename, mode, *arguments, **options)
        seen = source_hash(_KEY, source)
        kept = self._code.get(filename)
        if kept is not None and kept[0] == seen:
            return kept[1]
        code: CodeType = self._compile(source, filename, mode)
        self._code[filename] = (seen, code)
        self._is_new = True
        return code

    def _read(self) -> dict[str, tuple[bytes, CodeType]]:
        try:
            magic, code = marshal.loads(self._path.read_bytes())  # noqa: S302 - ours, in the user's private folder.
        except (OSError, ValueError, EOFError, TypeError):
            return {}
        return dict(code) if magic == MAGIC_NUMBER else {}

    def write(self) -> None:
        """Keep what was compiled, whole or not at all."""
        if not self._is_new:
            return
        fresh = self._path.with_name(f"{self._path.name}.{os.getpid()}")
        with suppress(OSError):  # It is only quicker with it.
            handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(marshal.dumps((MAGIC_NUMBER, self._code)))
            fresh.replace(self._path)


@contextmanager
def embedded_code_kept(path: Path) -> Iterator[None]:
    """Around the first import of PySide6: use the byte code kept at ``path``, and keep it there."""
    if "shiboken6" in sys.modules:
        yield
        return
    kept = _Kept(path)
    real = builtins.compile
    builtins.compile = kept.compile  # PySide looks the name up there.
    try:
        yield
    finally:
        builtins.compile = real
    kept.write()
