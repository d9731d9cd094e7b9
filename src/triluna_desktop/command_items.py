"""How a command tells of items, and of what became of edits that it queued."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from triluna_desktop import command_sentences as sentences
from triluna_desktop.answers import DONE, NEEDS_DECISION, NO_ACCESS, QUEUED, Answer, Json
from triluna_desktop.command_refusal import of_refused
from triluna_desktop.command_words import words_of
from triluna_desktop.domain.models import Entry, Pattern
from triluna_desktop.domain.time import format_time
from triluna_desktop.session import ConnectionState
from triluna_desktop.sync.ports import ItemView, SendState

if TYPE_CHECKING:
    from triluna_desktop.session import Session


async def send(session: Session, keys: list[str]) -> Answer:
    """Send the edits of these items, which are on disk by now: whatever happens, they are not lost."""
    if not await session.has_unsent(keys):
        return await sent_answer(
            session, keys
        )  # They took back what was never sent: no server is needed for that.
    try:
        await session.send_now()
    except asyncio.CancelledError:
        # Ctrl-C, or the end of the window: whoever asked shall know that the edit stays.
        if not await session.has_unsent(keys):
            raise
        return Answer(QUEUED, {}, (), "interrupted", "Interrupted: the change is kept and sent later.")
    return await sent_answer(session, keys)


async def sent_answer(session: Session, keys: list[str]) -> Answer:
    """What became of the edits of these items."""
    views = [(key, session.item(key)) for key in keys]
    # An item that is gone was deleted, and the server has that too.
    states = {view.state for _, view in views if view is not None}
    found = [view for _, view in views if view is not None]
    body: Json = {"entries": [entry_json(view) for view in found if isinstance(view.item, Entry)]}
    if any(isinstance(view.item, Pattern) for view in found):
        body["recurring"] = [pattern_json(view) for view in found if isinstance(view.item, Pattern)]
    lines = tuple(line(view) for _, view in views if view is not None)
    state = session.status.state
    is_unsent = bool(states - {SendState.SENT}) or await session.has_unsent(keys)
    if SendState.CONFLICT in states or SendState.REJECTED in states:
        return Answer(NEEDS_DECISION, body, lines, "needs_decision", of_refused(session, found))
    no_access = {ConnectionState.NO_TOKEN, ConnectionState.NEEDS_TOKEN}
    if is_unsent and (SendState.BLOCKED_AUTH in states or state in no_access):
        return Answer(NO_ACCESS, body, lines, "token", f"{sentences.TOKEN} The change is kept and sent then.")
    if is_unsent and state is ConnectionState.READ_ONLY:
        return Answer(NO_ACCESS, body, lines, "scope", f"{sentences.MAY_NOT_WRITE} The change is kept.")
    if is_unsent and sentences.may_not_read(session.status):
        told = f"{sentences.MAY_NOT_READ} The change is kept: nothing is sent before the calendar was read."
        return Answer(NO_ACCESS, body, lines, "scope", told)
    if is_unsent:
        why = sentences.of_connection(session.status)
        outcome = (
            "Whether the server has the change is not known yet: it is kept, and `sync` finds out."
            if await session.is_uncertain(keys)
            else "The change is kept and sent later. Callers do not see it yet."
        )
        return Answer(QUEUED, body, lines, "queued", f"{why} {outcome}".strip())
    return Answer(DONE, body, lines or ("Deleted.",))


def entry_json(view: ItemView) -> Json:
    entry = view.item
    assert isinstance(entry, Entry)  # noqa: S101 - callers pass entries; this tells the type checker.
    return {
        "id": entry.server_id,
        "key": entry.key,
        "date": entry.date.isoformat(),
        "start_time": format_time(entry.start),
        "end_time": format_time(entry.end),
        "is_available": entry.is_available,
        "title": entry.title or None,
        "notes": entry.notes or None,
        "state": view.state.value,
    }  # fmt: skip - in the wire's order.


def pattern_json(view: ItemView) -> Json:
    pattern = view.item
    assert isinstance(pattern, Pattern)  # noqa: S101 - callers pass patterns; this tells the type checker.
    return {
        "id": pattern.server_id,
        "key": pattern.key,
        "day_of_week": pattern.weekday,
        "start_time": format_time(pattern.start),
        "end_time": format_time(pattern.end),
        "is_available": pattern.is_available,
        "title": pattern.title or None,
        "state": view.state.value,
    }  # fmt: skip - in the wire's order.


def item_json(view: ItemView) -> Json:
    return entry_json(view) if isinstance(view.item, Entry) else pattern_json(view)


def line(view: ItemView) -> str:
    """An item in a list, with the name by which `delete` knows it.

    Weekly hours have ids of their own: the bare number would be that of some entry.
    """
    item = view.item
    is_numbered = isinstance(item, Entry) and item.server_id is not None
    name = str(item.server_id) if is_numbered else item.key
    state = "" if view.state is SendState.SENT else f"  [{view.state.value}]"
    return f"{name}  {words_of(item)}{state}"
