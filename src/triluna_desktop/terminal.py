"""Where a command's answer goes: lines or one JSON object to standard output, sentences to standard error.

It gets there whatever the terminal can show, and a reader that has gone (`… | head -1`) is no failure of ours.
"""

from __future__ import annotations

import io
import json
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from triluna_desktop.answers import Answer

_NOT_TOLD = 1


def tell(answer: Answer, *, as_json: bool) -> int:
    """Print the answer; the result is the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # An emoji in a title must not stop what stands behind it.
            stream.reconfigure(errors="backslashreplace")
    try:
        if as_json:
            print(json.dumps(answer.to_json(), ensure_ascii=not _is_unicode(sys.stdout)))
        else:
            for line in answer.lines:
                print(line)
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        _drop_output()
    except OSError as error:
        _drop_output()
        complain(f"The answer could not be written: {error.strerror or error}.")
        return answer.exit_code or _NOT_TOLD
    if answer.message:
        complain(answer.message)
    return answer.exit_code


def complain(sentence: str) -> None:
    """Say what is wrong, to whoever still listens."""
    if sys.stderr is None:
        return
    try:
        print(f"triluna-desktop: {sentence}", file=sys.stderr, flush=True)
    except OSError:
        sys.stderr = None


def _is_unicode(stream: io.TextIOBase | object) -> bool:
    return str(getattr(stream, "encoding", "")).lower().replace("-", "").startswith("utf")


def _drop_output() -> None:
    """Let what is left go nowhere: Python writes it once more at its end, and would complain of it there."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
