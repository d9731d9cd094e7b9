"""The files that `export` writes and `import` reads: by the terminal's own process, paths and rights."""

from __future__ import annotations

import os
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from triluna_desktop.answers import WRONG_INPUT, Answer

LARGEST = 10_000_000
"""Bytes of a file that is imported; some 50,000 entries."""
_STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Taken:
    """The text of a calendar of this app, and what is to be told of how it was made."""

    text: str
    lines: tuple[str, ...] = ()
    warning: str = ""
    unreadable: int = 0
    """Events of which nobody can tell when they are."""

    def told_with(self, answer: Answer) -> Answer:
        """The answer to `import`, with it."""
        if answer.exit_code == WRONG_INPUT:
            return answer
        message = " ".join(each for each in (answer.message, self.warning) if each)
        body = {**answer.body, "unreadable": self.unreadable} if self.unreadable else answer.body
        return replace(answer, body=body, lines=(*answer.lines, *self.lines), message=message)


def read_text(name: str) -> str | Answer:
    """The text of a file, or of standard input; an answer that says why there is none."""
    is_input = name == _STANDARD_INPUT
    place = "Standard input" if is_input else f"The file {name}"
    try:
        if is_input:
            if sys.stdin is None:  # It was closed (`<&-`).
                return _refused("Standard input is closed.")
            data = sys.stdin.buffer.read(LARGEST + 1)
        else:
            with Path(name).open("rb") as file:
                data = file.read(LARGEST + 1)
        if len(data) > LARGEST:
            return _refused(f"{place} is larger than {LARGEST // 1_000_000} MB.")
        text = data.decode("utf-8-sig")
        return text if text.strip() else _refused(f"{place} is empty. Nothing was imported.")
    except OSError as error:
        return _refused(f"{place} cannot be read: {error.strerror or error}.")
    except UnicodeDecodeError as error:
        return _refused(f"{place} is no text in UTF-8: byte {error.start + 1} is none.")


def taken_in(text: str) -> Taken | Answer:
    """What `import` shall hand over of a file's text; an answer that says what is wrong with it.

    Another program's calendar is worked out here: in the running app it would hold up the window.
    """
    if text.lstrip()[:15].upper() != "BEGIN:VCALENDAR":
        return Taken(text)
    from triluna_desktop.integrations.calendar_json import CalendarFileError, to_json
    from triluna_desktop.integrations.ics_import import from_ics
    from triluna_desktop.system.clock import SystemClock

    clock = SystemClock()
    today = clock.now().date()
    try:
        found = from_ics(text, today, clock.zone)
    except CalendarFileError as error:
        return _refused(f"{error} Nothing was imported.")
    last = max((each.date for each in found.entries), default=today)
    whole = to_json(today, last, found.entries, found.patterns)
    return Taken(whole, tuple(found.sentences()), found.warning(), len(found.unreadable))


def delivered(answer: Answer, output: str | None) -> Answer:
    """The answer to `export` with its text in the file, or as the lines to print."""
    text = answer.body.get("text")
    if text is None:
        return answer
    if output is None:
        return Answer(answer.exit_code, answer.body, (text.removesuffix("\n"),), answer.error_code, answer.message)
    body = {name: value for name, value in answer.body.items() if name != "text"} | {"output": output}
    try:
        _write(output, text.encode())
    except OSError as error:
        return _refused(f"The file {output} cannot be written: {error.strerror or error}.")
    return Answer(answer.exit_code, body, (f"Written to {output}.",), answer.error_code, answer.message)


def _write(output: str, data: bytes) -> None:
    """Whole, or not at all: what stood there may be the only copy."""
    path = Path(output)
    # What is no file (a pipe, /dev/stdout) cannot be replaced; a link is followed.
    if path.exists() and not path.is_file():
        with path.open("wb") as other:
            other.write(data)
        return
    path = path.resolve()
    # A calendar is nobody else's business: as the app's own files.
    handle, name = tempfile.mkstemp(prefix=".triluna-", dir=path.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink()
        raise


def _refused(sentence: str) -> Answer:
    return Answer(WRONG_INPUT, error_code="file", message=sentence)
