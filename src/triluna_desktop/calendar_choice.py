"""Which calendar a command is about that names none: `default`, as long as there is one.

Little is imported: keys are bound to commands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from triluna_desktop.answers import WRONG_INPUT, Answer
from triluna_desktop.options import Options
from triluna_desktop.system.paths import app_paths
from triluna_desktop.system.profile_book import profile_book

if TYPE_CHECKING:
    from pathlib import Path

    from triluna_desktop.system.profile_book import KnownProfile


def calendar_for(named: str | None, data_dir: Path | None) -> str | Answer:
    """The name of the profile; an answer where the user has to say which, for nobody must write into another one.

    ``named`` is what was given with ``--profile``, None where nothing was.
    """
    if named is not None:
        return named
    default = Options().profile
    book = profile_book(data_dir)
    known = book.profiles
    if not known or default in {each.name for each in known}:
        return default
    # One that was only ever used in a terminal is in no list. One that was removed may have left its data.
    is_used = any(app_paths(default, data_dir).data_dir.glob("calendar*.sqlite3"))
    if is_used and default not in book.removed:
        return default
    if len(known) == 1:
        return known[0].name
    why = "was removed" if default in book.removed else "is not there"
    which = ", ".join(_told(each) for each in known)
    return Answer(
        WRONG_INPUT,
        error_code="profile",
        message=f"The calendar “{default}” {why}. Say which one is meant: {which}. Nothing was changed.",
    )


def _told(known: KnownProfile) -> str:
    return f"--profile {known.name}" + (f" (“{known.title}”)" if known.title not in ("", known.name) else "")
