"""``export`` and ``import``: the calendar as the text of a file. The terminal reads and writes the file itself."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from triluna_desktop import command_sentences as sentences
from triluna_desktop.answers import DONE, NEEDS_DECISION, NO_ACCESS, WRONG_INPUT, Answer, CommandError, Json
from triluna_desktop.command_items import send
from triluna_desktop.command_overlaps import fitted, json_of, line_of
from triluna_desktop.command_words import words_of
from triluna_desktop.domain import edits
from triluna_desktop.domain.models import Entry, Pattern
from triluna_desktop.integrations.calendar_json import CalendarFileError, from_json, to_json
from triluna_desktop.session import ConnectionState

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from triluna_desktop.domain.models import Item
    from triluna_desktop.domain.time import Clock
    from triluna_desktop.integrations.calendar_json import CalendarFile
    from triluna_desktop.session import Session

_NAMED = 5
"""So many overlaps are named where nothing is imported for them."""
_NO_ACCESS = (ConnectionState.NO_TOKEN, ConnectionState.NEEDS_TOKEN)


def exported(session: Session, clock: Clock, first: date, days: int, format_name: str) -> str:
    """The text of the file, of what the screen shows of the dates."""
    view = session.days(first, days)
    entries = [each.item for each in view.entries if isinstance(each.item, Entry)]
    patterns = [each.item for each in view.patterns if isinstance(each.item, Pattern)]
    last = first + timedelta(days=days - 1)
    if format_name == "json":
        return to_json(first, last, entries, patterns)
    from triluna_desktop.integrations.ics_events import calendar_events

    now = clock.now()
    assert now.tzinfo is not None  # noqa: S101 - a clock's time is aware.
    return calendar_events(entries, patterns, now.tzinfo, first=first, stamp=now)


async def take_in(session: Session, clock: Clock, request: Json) -> Answer:
    """``import``: all of the file, or nothing; what is there already is passed over.

    Raises:
        CommandError, EditRefusedError: nothing was written.
    """
    try:
        found = from_json(request["text"])
    except CalendarFileError as error:
        raise CommandError(f"{error} Nothing was imported.") from None
    today = clock.now().date()
    if (answer := await _cannot_know(session, today, found)) is not None:
        return answer
    new_entries, new_patterns = _new(session, today, found)
    already = len(found.entries) + len(found.patterns) - len(new_entries) - len(new_patterns)
    known: list[Item] = [*_entries(session, new_entries), *_patterns(session, today)]
    found_places = fitted(known, [*new_entries, *new_patterns])
    clashes = [each for each in found_places if each.others]
    if clashes and not request.get("skip_overlaps"):
        told = "; ".join(f"{words_of(each.item)} overlaps {words_of(each.others[0])}" for each in clashes[:_NAMED])
        more = f"; and {len(clashes) - _NAMED} more" if len(clashes) > _NAMED else ""
        return Answer(
            NEEDS_DECISION,
            {"imported": 0, "already": already, "overlaps": len(clashes)},
            (),
            "overlaps",
            f"{told}{more}. Nothing was imported. With --skip-overlaps all is that overlaps nothing.",
        )
    items = [item for each in found_places for item in each.free]
    body = {
        "imported": len(items),
        "already": already,
        "overlaps": len(clashes),
        "in_part": [json_of(each) for each in clashes if each.free],
        "left_out": [json_of(each) for each in clashes if not each.free],
    }
    weekly = sum(isinstance(each, Pattern) for each in items)
    lines = [f"Imported: entries {len(items) - weekly}, weekly hours {weekly}."]
    lines += [f"There already: {already}."] if already else []
    lines += [line_of(each) for each in clashes]
    if not items:
        return Answer(DONE, body, tuple(lines))
    await session.apply(edits.create(*items))
    answer = await send(session, [each.key for each in items])
    return Answer(answer.exit_code, {**body, **answer.body}, tuple(lines), answer.error_code, answer.message)


async def _cannot_know(session: Session, today: date, found: CalendarFile) -> Answer | None:
    """Read the dates of the file, or say why nobody can know what of it is there already."""
    dates = [each.date for each in found.entries] or [today]
    first, days = min(dates), (max(dates) - min(dates)).days + 1
    session.look_at(first, max(dates))
    await session.sync_now()
    status = session.status
    if status.state in _NO_ACCESS:
        return Answer(NO_ACCESS, {}, (), "token", f"{sentences.TOKEN} Nothing was imported.")
    if session.days(first, days).loaded and status.last_synced is not None:
        return None
    why = sentences.of_connection(status) or "The server was not reached."
    told = f"{why} So it is not known what of the file is there already. Nothing was imported."
    return Answer(WRONG_INPUT, {}, (), "offline", told)


def _new(session: Session, today: date, found: CalendarFile) -> tuple[list[Entry], list[Pattern]]:
    """What of the file is not there yet, each content once."""
    known = {each.content() for each in _entries(session, found.entries)}
    entries: list[Entry] = []
    for entry in found.entries:
        if entry.content() not in known:
            known.add(entry.content())
            entries.append(entry)
    weekly = {each.content() for each in _patterns(session, today)}
    patterns: list[Pattern] = []
    for pattern in found.patterns:
        if pattern.content() not in weekly:
            weekly.add(pattern.content())
            patterns.append(pattern)
    return entries, patterns


def _entries(session: Session, of: Iterable[Entry]) -> list[Entry]:
    """What is there on the dates of the given entries."""
    dates = {each.date for each in of}
    if not dates:
        return []
    view = session.days(min(dates), (max(dates) - min(dates)).days + 1)
    return [each.item for each in view.entries if isinstance(each.item, Entry) and each.item.date in dates]


def _patterns(session: Session, today: date) -> list[Pattern]:
    views = session.days(today, 1).patterns
    return [each.item for each in views if isinstance(each.item, Pattern)]
