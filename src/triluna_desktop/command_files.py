"""``export`` and ``import``: the calendar as the text of a file. The terminal reads and writes the file itself."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from triluna_desktop import command_sentences as sentences
from triluna_desktop.answers import DONE, NEEDS_DECISION, NO_ACCESS, WRONG_INPUT, Answer, CommandError, Json
from triluna_desktop.command_items import send
from triluna_desktop.command_words import words_of
from triluna_desktop.domain import edits
from triluna_desktop.domain.models import Entry, Pattern
from triluna_desktop.integrations.calendar_json import CalendarFileError, from_json, to_json
from triluna_desktop.session import ConnectionState

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from triluna_desktop.domain.models import Item
    from triluna_desktop.domain.time import Clock
    from triluna_desktop.integrations.calendar_json import CalendarFile
    from triluna_desktop.session import Session

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
    clashes = _overlaps(session, today, new_entries, new_patterns)
    skipped = 0
    if clashes and request.get("skip_overlaps"):
        skipped = len(clashes)
        new_entries = [each for each in new_entries if each.key not in clashes]
        new_patterns = [each for each in new_patterns if each.key not in clashes]
    elif clashes:
        told = "; ".join(
            f"{words_of(mine)} overlaps {words_of(other)}" for mine, other in list(clashes.values())[:5]
        )
        more = f"; and {len(clashes) - 5} more" if len(clashes) > 5 else ""
        return Answer(
            NEEDS_DECISION,
            {"imported": 0, "already": already, "overlaps": len(clashes)},
            (),
            "overlaps",
            f"{told}{more}. Nothing was imported. With --skip-overlaps the rest is.",
        )
    body = {"imported": len(new_entries) + len(new_patterns), "already": already, "overlaps": skipped}
    lines = [f"Imported: entries {len(new_entries)}, weekly hours {len(new_patterns)}."]
    lines += [f"There already: {already}."] if already else []
    lines += [f"Left out, as they overlap: {skipped}."] if skipped else []
    items: list[Item] = [*new_entries, *new_patterns]
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


def _overlaps(
    session: Session, today: date, entries: Sequence[Entry], patterns: Sequence[Pattern]
) -> dict[str, tuple[Item, Item]]:
    """By the key of each item that overlaps one that is there, or one before it in the file, the two of them."""
    found: dict[str, tuple[Item, Item]] = {}
    taken: dict[object, list[Item]] = {}
    known: list[Item] = [*_entries(session, entries), *_patterns(session, today)]
    wanted: list[Item] = [*entries, *patterns]
    for there in known:
        taken.setdefault(_place(there), []).append(there)
    for item in wanted:
        beside = taken.setdefault(_place(item), [])
        other = next((each for each in beside if each.interval.overlaps(item.interval)), None)
        if other is None:
            beside.append(item)
        else:
            found[item.key] = (item, other)
    return found


def _place(item: Item) -> object:
    return item.date if isinstance(item, Entry) else item.weekday


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
