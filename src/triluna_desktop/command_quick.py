"""``block``, ``open`` and ``release``.

What begins now (``30m``, ``until 17:00``) is worked out as *Block now* and *Open now* in the window are: the
smallest edit that does it, which `release` can end. What names a date or a start is an entry just as it was said
(`command_dated`).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from triluna_desktop.answers import DONE, NEEDS_DECISION, QUEUED, WRONG_INPUT, Answer, CommandError, Json
from triluna_desktop.command_dated import dated
from triluna_desktop.command_items import send
from triluna_desktop.command_words import named, on_one_line
from triluna_desktop.domain.models import Entry, new_key
from triluna_desktop.domain.quick import Nothing
from triluna_desktop.domain.quick_until import days_of, parse_until
from triluna_desktop.domain.time import format_time
from triluna_desktop.domain.when import parse_when
from triluna_desktop.session import ConnectionState, SendState

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from triluna_desktop.domain.edits import Edit
    from triluna_desktop.domain.offered import OfferGap
    from triluna_desktop.domain.quick import QuickPlan
    from triluna_desktop.domain.quick_until import Until
    from triluna_desktop.domain.time import Clock
    from triluna_desktop.domain.when import DatedInterval
    from triluna_desktop.session import Session

FRESH_SECONDS = 90.0
"""A window that is seen reads every 60 s; what is younger than this is taken for what the server holds."""
_UNKNOWN = {
    False: "What stands in the calendar was not read yet: the whole time was taken for open.",
    True: "What stands in the calendar was not read yet: the whole time was taken for not bookable.",
}


async def mark(session: Session, clock: Clock, request: Json) -> Answer:
    """``block`` and ``open``.

    Raises:
        CommandError, WhenError, InvalidSlotError, EditRefusedError: nothing was written.
    """
    opens = request["command"] == "open"
    title, notes = on_one_line(request.get("title") or ""), request.get("notes") or ""
    until = parse_until(request["when"], clock.now())
    if until is not None:
        return await _quick(session, clock, until, opens=opens, title=title, notes=notes)
    parts = parse_when(request["when"], clock.now())
    made = [
        Entry(new_key(), part.date, part.interval.start, part.interval.end, opens, title, notes) for part in parts
    ]
    answer, keys = await dated(session, made)
    views = [view for key in keys if (view := session.item(key)) is not None]
    return _with_gaps(answer, [gap for view in views for gap in session.offers.of(view)], clock)


async def release(session: Session, clock: Clock) -> Answer:
    """``release``: end the quick actions in force.

    Raises:
        EditRefusedError: nothing was written.
    """
    done = await session.quick.release()
    if done.edit is None:
        return Answer(DONE, {"entries": [], "opened": [], "closed": []}, ("Nothing to release.",))
    body = {"opened": _parts_json(done.opened), "closed": _parts_json(done.closed)}
    lines = [*(f"Open again: {_part(each, clock)}" for each in done.opened)]
    lines += [f"Not open any more: {_part(each, clock)}" for each in done.closed]
    lines = lines or ["Released."]  # Of dates that were never read nobody knows what they are without it.
    answer = await _sent(session, done.edit, body, lines)
    return _with_gaps(answer, session.quick.not_live(done), clock)


async def _quick(session: Session, clock: Clock, until: Until, *, opens: bool, title: str, notes: str) -> Answer:
    await _know(session, clock, days_of(until, clock.now()))
    act = session.quick.open if opens else session.quick.block
    done = await act(until, title=title, notes=notes)
    body = {
        "blocked": [] if opens else _parts_json(done.done),
        "opened": _parts_json(done.done) if opens else [],
        "already": _parts_json(done.already),
        "in_the_way": [_slot_json(each) for each in done.kept],
        "cut": [_slot_json(each) for each in done.cut],
    }
    if done.edit is None:
        return await _nothing(session, done, body, clock, opens=opens)
    does = "Opened" if opens else "Blocked"
    lines = [f"{does}: {_part(each, clock)}" for each in done.done]
    lines += [
        f"It was {'open' if opens else 'not bookable'} already: {_part(each, clock)}" for each in done.already
    ]
    lines += [f"Cut: {named(each)}" for each in done.cut]
    answer = await _sent(session, done.edit, body, lines)
    told = [answer.message] if answer.message else []
    told += [f"Still blocked by {named(each)}." for each in done.kept]
    told += [
        f"The last minute before midnight stays as it is on {each.date.isoformat()}." for each in done.left_out
    ]
    first = clock.now().date()
    if not session.days(first, days_of(until, clock.now())).loaded:
        told.append(_UNKNOWN[opens])
    return _with_gaps(answer.saying(" ".join(told)), session.quick.not_live(done), clock)


async def _nothing(session: Session, done: QuickPlan, body: Json, clock: Clock, *, opens: bool) -> Answer:
    body = {"entries": [], **body}
    match done.nothing:
        case Nothing.IN_THE_WAY:
            names = ", ".join(named(each) for each in done.kept)
            told = (
                f"Blocked by {names}. Shorten or delete that first, see `list` for the ids. Nothing was changed."
            )
            return Answer(NEEDS_DECISION, body, (), "in_the_way", told)
        case Nothing.NO_NEXT_ENTRY:
            raise CommandError("No entry begins in the next 12 hours. Nothing was changed.")
        case Nothing.LAST_MINUTE:
            told = (
                f"Of that time only the last minute before midnight could be {'opened' if opens else 'blocked'}, "
                "and no entry can hold it alone. Nothing was changed."
            )
            return Answer(WRONG_INPUT, body, (), "last_minute", told)
        case Nothing.PASSED:
            raise CommandError("That time has passed. Nothing was changed.")
        case _:
            so = "open already" if opens else "not bookable anyway"
            lines = (f"Nothing to do: {_parts(done.asked, clock)} is {so}.",)
            if not (unsent := _unsent(session, done)):
                return Answer(DONE, body, lines)
            # It is so here: what makes it so is not known to be on the server.
            answer = await send(session, unsent)
            answer = Answer(answer.exit_code, {**body, **answer.body}, lines, answer.error_code, answer.message)
            return _with_gaps(answer, session.quick.not_live(replace(done, done=done.asked)), clock)


def _unsent(session: Session, done: QuickPlan) -> list[str]:
    """The keys of the entries in the asked time whose edits wait to be sent."""
    return [
        view.item.key
        for part in done.asked
        for view in session.days(part.date, 1).entries
        if view.state is not SendState.SENT and view.item.interval.overlaps(part.interval)
    ]


async def _know(session: Session, clock: Clock, days: int) -> None:
    """See that the dates are known: a window that polls knows them, a command by itself reads them."""
    now, status = clock.now(), session.status
    first, read_at = now.date(), status.last_synced
    if session.has_answered and status.state is ConnectionState.SYNCED and read_at is not None:
        is_fresh = abs((now - read_at).total_seconds()) <= FRESH_SECONDS
        if is_fresh and session.days(first, days).loaded:
            return
    session.look_at(first, first + timedelta(days=days - 1))
    await session.sync_now()


async def _sent(session: Session, edit: Edit, body: Json, lines: Sequence[str]) -> Answer:
    answer = await send(session, [change.key for change in edit.changes])
    gone = [change.before for change in edit.changes if change.after is None]
    body = {**answer.body, **body, "deleted": [_slot_json(each) for each in gone if isinstance(each, Entry)]}
    left = answer.lines if answer.body.get("entries") else ()
    return Answer(answer.exit_code, body, (*lines, *left), answer.error_code, answer.message)


def _with_gaps(answer: Answer, gaps: Iterable[OfferGap], clock: Clock) -> Answer:
    """Say, of what is queued, what callers go on being offered."""
    if answer.exit_code != QUEUED or answer.error_code != "queued":
        return answer
    found = tuple(gaps)
    still = [(gap.date, each) for gap in found for each in gap.still_offered]
    missing = [(gap.date, each) for gap in found for each in gap.not_offered]
    told = [answer.message]
    if still:
        times = ", ".join(_span(day, each.start, each.end, clock) for day, each in still)
        told.append(f"Not live yet: callers can still book {times}.")
    if missing:
        times = ", ".join(_span(day, each.start, each.end, clock) for day, each in missing)
        told.append(f"Not live yet: callers cannot book {times}.")
    return answer.saying(" ".join(told))


def _span(day: date, start: int, end: int, clock: Clock) -> str:
    times = f"{format_time(start)} to {format_time(end)}"
    return times if day == clock.now().date() else f"{day} {times}"


def _part(part: DatedInterval, clock: Clock) -> str:
    return _span(part.date, part.interval.start, part.interval.end, clock)


def _parts(parts: Iterable[DatedInterval], clock: Clock) -> str:
    return ", ".join(_part(each, clock) for each in parts)


def _parts_json(parts: Iterable[DatedInterval]) -> list[Json]:
    return [
        {
            "date": part.date.isoformat(),
            "start_time": format_time(part.interval.start),
            "end_time": format_time(part.interval.end),
        }
        for part in parts
    ]


def _slot_json(entry: Entry) -> Json:
    return {
        "id": entry.server_id,
        "date": entry.date.isoformat(),
        "start_time": format_time(entry.start),
        "end_time": format_time(entry.end),
        "is_available": entry.is_available,
        "title": entry.title or None,
    }
