"""Which calendar a command is about that names none: `default`, as long as there is one.

Little is imported: keys are bound to commands.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from triluna_desktop.answers import WRONG_INPUT, Answer
from triluna_desktop.options import DEMO_PROFILE, Options
from triluna_desktop.system.paths import InvalidProfileError, app_paths
from triluna_desktop.system.profile_book import profile_book

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from triluna_desktop.system.profile_book import KnownProfile

_COMMAND = re.compile("`triluna-desktop (?!--)")


def calendar_for(named: str | None, data_dir: Path | None, *, makes: bool = False) -> str | Answer:
    """The name of the profile; an answer where the user has to say which, for nobody must write into another one.

    ``named`` is what was given with ``--profile``: a name, or what the window calls the calendar; None where
    nothing was. ``makes``: the command makes it where it is not there.
    """
    if named is not None:
        return _named(named, data_dir, makes=makes)
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
    return _refused(f"The calendar “{default}” {why}. Say which one is meant: {_all_of(known)}.")


def for_calendar(answer: Answer, named: str | None) -> Answer:
    """The answer, with commands in its sentence that are about the same calendar, which was ``named``, or was not.

    Who follows them sets no other's token, and deletes nothing of another.
    """
    if named is None:
        return answer
    return answer.saying(_COMMAND.sub(f"`triluna-desktop --profile {named} ", answer.message))


def _named(named: str, data_dir: Path | None, *, makes: bool) -> str | Answer:
    known = profile_book(data_dir).profiles
    names = {each.name for each in known}
    title = " ".join(named.split()).casefold()
    by_title = [each.name for each in known if title and each.title.casefold() == title]
    if named in names or by_title:
        return named if named in names else by_title[0]
    try:
        is_there = app_paths(named, data_dir).data_dir.exists()
    except InvalidProfileError:
        return named  # What is wrong with it is said by who opens it.
    from triluna_desktop.system.secrets import ENVIRONMENT_VARIABLE

    # A token in the environment needs no calendar that the window knows.
    if is_there or makes or named in (Options().profile, DEMO_PROFILE) or os.environ.get(ENVIRONMENT_VARIABLE):
        return named
    which = f" Those there are: {_all_of(known)}." if known else ""
    return _refused(
        f"There is no calendar “{named}”.{which} The window makes one, and so does "
        f"`triluna-desktop token set --profile {named}`."
    )


def _refused(sentence: str) -> Answer:
    return Answer(WRONG_INPUT, error_code="profile", message=f"{sentence} Nothing was changed.")


def _all_of(known: Iterable[KnownProfile]) -> str:
    return ", ".join(_told(each) for each in known)


def _told(known: KnownProfile) -> str:
    return f"--profile {known.name}" + (f" (“{known.title}”)" if known.title not in ("", known.name) else "")
