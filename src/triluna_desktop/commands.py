"""The command line's use cases, on a session: they run the same in a terminal and, handed over, in the window.

A request and an answer are JSON objects, so that they can cross the socket between two processes.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, timedelta
from typing import TYPE_CHECKING

from triluna_desktop import command_sentences as sentences
from triluna_desktop.answers import (
    BUG,
    DONE,
    NEEDS_DECISION,
    NO_ACCESS,
    OTHER_SERVER,
    QUEUED,
    WRONG_INPUT,
    Answer,
    CommandError,
    Json,
)
from triluna_desktop.command_items import entry_json, item_json, line, pattern_json, send
from triluna_desktop.command_refusal import of_refused
from triluna_desktop.command_words import reason
from triluna_desktop.domain import edits
from triluna_desktop.domain.availability import explain
from triluna_desktop.domain.models import Entry, InvalidSlotError, Pattern
from triluna_desktop.domain.time import format_time
from triluna_desktop.domain.when import WhenError
from triluna_desktop.session import ConnectionState, EditRefusedError, RefusalReason
from triluna_desktop.sync.ports import StoreError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from triluna_desktop.domain.time import Clock
    from triluna_desktop.session import Session

__all__ = [
    "BUG",
    "DONE",
    "NEEDS_DECISION",
    "NO_ACCESS",
    "OTHER_SERVER",
    "QUEUED",
    "WRONG_INPUT",
    "Answer",
    "Json",
    "run",
]

NAMED = 20
"""So many items that need a decision are named by `status` and `sync`."""
EDITING = frozenset({"block", "open", "release", "delete", "import"})
"""Those that change the calendar."""
LONGEST_LISTING = 400
"""Days that `list` and `bookable` go through at most."""
EXPORTED_DAYS = 365
"""Days, from today on, that `export` tells of where no other are asked for."""


async def run(session: Session, clock: Clock, request: Json) -> Answer:
    """Carry out one request. Wrong input is an answer with exit code 2; other exceptions are our bugs."""
    handlers: dict[str, Callable[[Session, Clock, Json], Awaitable[Answer]]] = {
        "list": _list,
        "block": _quick,
        "open": _quick,
        "release": _quick,
        "delete": _delete,
        "bookable": _bookable,
        "export": _export,
        "import": _import,
        "sync": _sync,
        "status": _status,
    }  # fmt: skip - a table.
    try:
        _check_text(request)
        return await handlers[request["command"]](session, clock, request)
    except (CommandError, WhenError) as error:
        return Answer(WRONG_INPUT, error_code="invalid_input", message=str(error))
    except InvalidSlotError as error:
        return Answer(WRONG_INPUT, error_code="invalid_input", message=sentences.of_long_text(error.field))
    except EditRefusedError as error:
        return _refusal(error)


def _refusal(error: EditRefusedError) -> Answer:
    """Nothing was written, and why."""
    match error.reason:
        case RefusalReason.READ_ONLY:
            code, why = NO_ACCESS, sentences.MAY_NOT_WRITE
        case RefusalReason.DISK_FULL | RefusalReason.STORE_FAILED if isinstance(error.__cause__, StoreError):
            code, why = WRONG_INPUT, sentences.of_store_error(error.__cause__)
        case _:
            code, why = NEEDS_DECISION, "It has changed meanwhile; look at it with `list`, then try again."
    return Answer(code, error_code=error.reason.value, message=f"{why} Nothing was changed.")


def _check_text(request: Json) -> None:
    """Arguments may be any bytes, of which neither JSON nor SQLite takes all."""
    try:
        json.dumps(request, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise CommandError("The arguments hold bytes that are no text; write them in UTF-8.") from None


async def _quick(session: Session, clock: Clock, request: Json) -> Answer:
    from triluna_desktop import command_quick

    if request["command"] == "release":
        return await command_quick.release(session, clock)
    return await command_quick.mark(session, clock, request)


async def _list(session: Session, clock: Clock, request: Json) -> Answer:
    first, days = _range(request, clock, default_days=7)
    await _read(session, first, days)
    view = session.days(first, days)
    body: Json = {"entries": [entry_json(each) for each in view.entries]}
    lines = [line(each) for each in view.entries]
    if request.get("recurring"):
        body["recurring"] = [pattern_json(each) for each in view.patterns]
        lines += [line(each) for each in view.patterns]
    return _read_answer(session, body, lines or ["No entries."])


async def _bookable(session: Session, clock: Clock, request: Json) -> Answer:
    from triluna_desktop.domain.starts import Appointment, starts_of_whole

    first, days = _range(request, clock, default_days=1)
    await _read(session, first, days)
    view = session.days(first, days)
    entries = [each.item for each in view.entries if isinstance(each.item, Entry)]
    patterns = [each.item for each in view.patterns if isinstance(each.item, Pattern)]
    length = request.get("length")
    rows: list[Json] = []
    lines: list[str] = []
    for day in session.availability(first, days):
        slots = [(each.start, each.end) for each in day.bookable]
        row: Json = {
            "date": day.date.isoformat(),
            "minutes": day.minutes,
            "bookable": [{"start": format_time(start), "end": format_time(end)} for start, end in slots],
        }
        said = ", ".join(f"{format_time(start)}-{format_time(end)}" for start, end in slots) or "nothing bookable"
        lines.append(f"{day.date:%a} {day.date.isoformat()}  {said}")
        if length:
            fitting = starts_of_whole(day, Appointment(length, length), clock.now().tzinfo or UTC)
            row["starts"] = [format_time(start) for start in fitting]
            lines.append(f"  starts for {length} min: {', '.join(row['starts']) or 'none'}")
        if request.get("why"):
            row["why"] = []
            for stretch in explain(day.date, session.mode_settings, patterns, entries):
                reasons = [reason(each.layer, each.opens, each.item) for each in stretch.reasons]
                span = (format_time(stretch.interval.start), format_time(stretch.interval.end))
                row["why"].append(
                    {"start": span[0], "end": span[1], "bookable": stretch.is_bookable, "because": reasons}
                )
                lines.append(
                    f"  {span[0]}-{span[1]}  {'open' if stretch.is_bookable else 'closed'}: {'; '.join(reasons)}"
                )
        rows.append(row)
    return _read_answer(session, {"days": rows}, lines)


async def _delete(session: Session, clock: Clock, request: Json) -> Answer:  # noqa: ARG001 - handlers are alike.
    found = [(name, await session.find(name)) for name in request["ids"]]
    if any(view is None for _, view in found):
        await session.sync_now()
        found = [(name, await session.find(name)) for name, _ in found]
    missing = [name for name, view in found if view is None]
    if missing:
        named = ", ".join(name or "“”" for name in missing)
        raise CommandError(f"No entry is known by {named}; nothing was deleted. See `list` for the ids.")
    items = {view.item.key: view.item for _, view in found if view is not None}
    if any(isinstance(item, Pattern) for item in items.values()):
        raise CommandError("Weekly hours are not deleted here, only entries; nothing was deleted.")
    await session.apply(edits.delete(*items.values()))
    return await send(session, list(items))


async def _export(session: Session, clock: Clock, request: Json) -> Answer:
    from triluna_desktop.command_files import exported

    first, days = _range(request, clock, default_days=EXPORTED_DAYS)
    await _read(session, first, days)
    # Half a calendar would look like a whole one, and may take the place of a better copy.
    is_known = session.days(first, days).loaded and session.status.last_synced is not None
    body = {"text": exported(session, clock, first, days, request["format"])} if is_known else {}
    answer = _read_answer(session, body, ())
    if is_known or answer.error_code:
        return answer if is_known else answer.saying(f"{answer.message} Nothing was exported.")
    return Answer(QUEUED, answer.body, (), "offline", "The dates could not be read. Nothing was exported.")


async def _import(session: Session, clock: Clock, request: Json) -> Answer:
    from triluna_desktop.command_files import take_in

    return await take_in(session, clock, request)


async def _sync(session: Session, clock: Clock, request: Json) -> Answer:  # noqa: ARG001 - handlers are alike.
    # Whoever has no window open has no other run that lasts long enough for it.
    await session.sync_now(until_settled=True)
    answer = _read_answer(session, {}, ["Synced."], must_be_fresh=True)
    undecided = await session.undecided(NAMED)
    if undecided and answer.error_code == "needs_decision":
        told = of_refused(session, undecided)
        answer = replace(answer, lines=tuple(line(each) for each in undecided), message=told)
    return replace(answer, body={**answer.body, "undecided": [item_json(each) for each in undecided]})


async def _status(session: Session, clock: Clock, request: Json) -> Answer:  # noqa: ARG001 - handlers are alike.
    status = session.status
    undecided = await session.undecided(NAMED)
    lines = [
        f"State: {status.state.value}",
        f"Last synced: {status.last_synced.isoformat(timespec='seconds') if status.last_synced else 'never'}",
        f"Unsent changes: {status.unsent}, of which need a decision: {status.needs_decision}",
        f"Requests this hour: {status.requests_this_hour} of {status.request_limit}",
    ]
    lines += [f"Needs a decision: {line(each)}" for each in undecided]
    body = {**_status_json(session), "undecided": [item_json(each) for each in undecided]}
    return Answer(DONE, body, tuple(lines))


def _range(request: Json, clock: Clock, default_days: int) -> tuple[date, int]:
    today = clock.now().date()
    on, first, last = (_date(request.get(name)) for name in ("on", "from", "to"))
    if on is not None:
        if first or last:
            raise CommandError("Give either --on, or --from and --to.")
        return on, 1
    start = first or (min(today, last) if last else today)
    days = (last - start).days + 1 if last else min(default_days, (date.max - start).days + 1)
    if days < 1:
        raise CommandError(f"The range ends before it starts: {start.isoformat()} to {last}.")
    if days > LONGEST_LISTING:
        raise CommandError(f"The range is {days} days long; ask for at most {LONGEST_LISTING}.")
    return start, days


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


async def _read(session: Session, first: date, days: int) -> None:
    """Have the dates as the server holds them now, as far as it can be reached."""
    session.look_at(first, first + timedelta(days=days - 1))
    await session.sync_now()


def _read_answer(session: Session, body: Json, lines: Iterable[str], *, must_be_fresh: bool = False) -> Answer:
    """An answer that says how old it is: with no network, what was last seen is better than nothing."""
    status = session.status
    body = {
        **body,
        "as_of": status.last_synced.isoformat() if status.last_synced else None,
        "skipped_rows": status.skipped_rows,
        **_status_json(session),
    }
    state = status.state
    if state in {ConnectionState.NO_TOKEN, ConnectionState.NEEDS_TOKEN}:
        return Answer(NO_ACCESS, body, (), "token", sentences.TOKEN)
    # In a pause a command asks the server all the same, as F5 does: only trouble makes its answer stale.
    is_asked = state is ConnectionState.PAUSED and status.trouble is None
    if is_asked or state in {ConnectionState.SYNCED, ConnectionState.SYNCING, ConnectionState.READ_ONLY}:
        if must_be_fresh and status.needs_decision:
            return Answer(
                NEEDS_DECISION, body, (), "needs_decision", "Some changes need a decision; open the window."
            )
        if must_be_fresh and status.shrink is not None:
            return Answer(NEEDS_DECISION, body, (), "needs_decision", sentences.of_shrink(status.shrink))
        if must_be_fresh and status.unsent and state is ConnectionState.READ_ONLY:
            return Answer(NO_ACCESS, body, (), "scope", f"{sentences.MAY_NOT_WRITE} The changes are kept.")
        if must_be_fresh and status.unsent:
            return Answer(QUEUED, body, (), "queued", f"Changes that are not sent yet: {status.unsent}.")
        return Answer(DONE, body, tuple(lines), message=sentences.of_answer(status))
    exit_code, code = QUEUED, "offline" if state is ConnectionState.OFFLINE else state.value
    why = sentences.of_connection(status) or "The server was not reached."
    if sentences.may_not_read(status):
        exit_code, code, why = NO_ACCESS, "scope", sentences.MAY_NOT_READ
    if status.last_synced is None:
        return Answer(exit_code, body, (), code, f"{why} Nothing is known from before.")
    message = f"{why} What is known is from {status.last_synced:%Y-%m-%d %H:%M}."
    return Answer(exit_code, body, () if must_be_fresh else tuple(lines), code, message)


def _status_json(session: Session) -> Json:
    status = session.status
    return {
        "state": status.state.value,
        "last_synced": status.last_synced.isoformat() if status.last_synced else None,
        "unsent": status.unsent,
        "needs_decision": status.needs_decision,
        "requests_this_hour": status.requests_this_hour,
        "request_limit": status.request_limit,
    }  # fmt: skip - in the order of the status line.
