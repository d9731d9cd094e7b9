"""Writing a small file of JSON: whole or not at all, and for its owner's eyes only."""

from __future__ import annotations

import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def write_json(path: Path, content: Mapping[str, object]) -> None:
    """Write a new file and put it in the old one's place: a crash leaves the one or the other, never half.

    Without fsync, which can stop the window for longer than a frame. After a power cut the file may be that of
    before. In ASCII, so that no text that somebody typed or passed to a command can fail to be written.

    Raises:
        OSError: it cannot be written; the old one is as it was.
    """
    text = json.dumps(content, indent=2, sort_keys=True) + "\n"
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # mkstemp makes the file 0600.
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
