"""``block`` and ``open`` with a date or a start: entries just as they were said, each of them once.

A script that runs twice, or a key that is pressed twice, says the same thing twice. What stands there already, in
every word, is what was wanted; a second one would be refused, and wait for a decision about nothing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from triluna_desktop import command_sentences as sentences
from triluna_desktop.answers import DONE, NEEDS_DECISION, NO_ACCESS, QUEUED, Answer, Json
from triluna_desktop.command_items import item_json, line, send, sent_answer
from triluna_desktop.domain import edits
from triluna_desktop.domain.models import Entry
from triluna_desktop.domain.remote import Trouble
from triluna_desktop.session import ConnectionState
from triluna_desktop.sync.ports import SendState

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from triluna_desktop.session import Session
    from triluna_desktop.sync.ports import ItemView

_KNOWS = (ConnectionState.SYNCED, ConnectionState.SYNCING, ConnectionState.READ_ONLY)
_NO_ACCESS = (ConnectionState.NO_TOKEN, ConnectionState.NEEDS_TOKEN)


async def dated(session: Session, wanted: Sequence[Entry]) -> tuple[Answer, list[str]]:
    """Make the entries that are not there yet: what became of all of them, and their keys.

    Raises:
        EditRefusedError: nothing was written.
    """
    there = _there(session, wanted)
    if any(view.state is SendState.SENT for view in there.values()):
        # Somebody may have deleted it meanwhile.
        session.look_at(min(each.date for each in wanted), max(each.date for each in wanted))
        await session.sync_now()
        there = _there(session, wanted)
    made = [each for each in wanted if each.key not in there]
    if made:
        await session.apply(edits.create(*made))
    keys = _keys(wanted, there)
    answer = await send(session, keys)
    if answer.error_code == "interrupted":
        return answer, keys
    if given_up := await _given_up(session, made):
        there |= given_up
        keys = _keys(wanted, there)
        answer = await sent_answer(session, keys)
    answer = replace(answer, body={**answer.body, "already": [_named(view) for view in there.values()]})
    if there:
        others = {each.key for each in made if each.key not in there}
        new = [view for key in keys if key in others and (view := session.item(key)) is not None]
        answer = replace(
            answer, lines=(*(f"There already: {line(each)}" for each in there.values()), *map(line, new))
        )
    return _unsure(session, answer) if not made and answer.exit_code == DONE else answer, keys


def _keys(wanted: Sequence[Entry], there: Mapping[str, ItemView]) -> list[str]:
    return [there[each.key].item.key if each.key in there else each.key for each in wanted]


def _named(view: ItemView) -> Json:
    told = item_json(view)
    return {name: told[name] for name in ("id", "key", "date", "start_time", "end_time")}


async def _given_up(session: Session, made: Sequence[Entry]) -> dict[str, ItemView]:
    """By the key of each entry that was refused as it stands there already: that one.

    The reading before it was sent has shown it. Only the second copy, which the server never took, is dropped.
    """
    refused = [each for each in made if _is_refused(session.item(each.key))]
    found = {key: view for key, view in _there(session, refused).items() if view.state is SendState.SENT}
    for key in found:
        await session.discard(key)
    return found


def _is_refused(view: ItemView | None) -> bool:
    return view is not None and view.state is SendState.CONFLICT and view.trouble is Trouble.CONFLICT


def _there(session: Session, wanted: Sequence[Entry]) -> dict[str, ItemView]:
    """By the key of each wanted entry that stands there in every word: that one. Of two alike, the sent one."""
    found: dict[str, ItemView] = {}
    for entry in wanted:
        alike = [
            view
            for view in session.days(entry.date, 1).entries
            if isinstance(view.item, Entry) and view.item.same_content(entry)
        ]
        if alike:
            found[entry.key] = min(alike, key=lambda view: view.state is not SendState.SENT)
    return found


def _unsure(session: Session, answer: Answer) -> Answer:
    """Nothing was written, as it was there when the calendar was last read: has the server just said so?"""
    status = session.status
    if status.state in _NO_ACCESS:
        return replace(answer, exit_code=NO_ACCESS, error_code="token", message=sentences.TOKEN)
    if sentences.may_not_read(status):
        return replace(answer, exit_code=NO_ACCESS, error_code="scope", message=sentences.MAY_NOT_READ)
    if status.shrink is not None:
        told = sentences.of_shrink(status.shrink)
        return replace(answer, exit_code=NEEDS_DECISION, error_code="needs_decision", message=told)
    if status.state in _KNOWS or (status.state is ConnectionState.PAUSED and status.trouble is None):
        return answer
    why = sentences.of_connection(status) or "The server was not reached."
    when = f"{status.last_synced:%Y-%m-%d %H:%M}" if status.last_synced else "an earlier time"
    told = f"{why} It was there at {when}, so nothing was queued."
    return replace(answer, exit_code=QUEUED, error_code="offline", message=told)
