"""What a command says of an edit that needs a decision: what is in the way, and how to get out of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from triluna_desktop.command_words import named, on_one_line
from triluna_desktop.domain.models import Entry
from triluna_desktop.domain.remote import Trouble
from triluna_desktop.domain.time import format_time
from triluna_desktop.sync.ports import SendState

if TYPE_CHECKING:
    from collections.abc import Iterable

    from triluna_desktop.session import Session
    from triluna_desktop.sync.ports import ItemView

_REASONS = 5
"""So many different ones are told; they are alike where much is refused at once."""
_ASKED = (SendState.CONFLICT, SendState.REJECTED)


def of_refused(session: Session, views: Iterable[ItemView]) -> str:
    """What became of the edits that were refused, each reason once, and the way out."""
    refused = [view for view in views if view.state in _ASKED]
    reasons = dict.fromkeys(_reason(session, view) for view in refused)
    # What was never on the server is dropped by its key. Of all else `delete` would delete what stands there.
    dropped = [view.item.key for view in refused if view.confirmed is None and view.item.server_id is None]
    way = "Open the window to decide."
    if dropped and len(dropped) == len(refused):
        it = "it" if len(dropped) == 1 else "them"
        way = f"`triluna-desktop delete {' '.join(dropped)}` drops {it}; the window has other ways out."
    told = " ".join(list(reasons)[:_REASONS])
    return f"{told} {'It is' if len(refused) == 1 else 'They are'} kept here, and not sent. {way}"


def _reason(session: Session, view: ItemView) -> str:
    match view.trouble:
        case Trouble.CHANGED:
            return "This was changed elsewhere, too."
        case Trouble.NOT_FOUND if view.item.server_id is not None:
            return "The server does not have this any more."
        case Trouble.UNREADABLE if view.confirmed is not None:
            return "The server has more of this than is shown here, such as a longer text: change it on the web."
        case Trouble.UNREADABLE:
            return "Whether the server has this is not known, as its list could not be read: look on the web."
        case Trouble.CONFLICT if others := _in_the_way(session, view):
            return f"The server refused it: it overlaps {', '.join(others)}."
        case _:
            said = on_one_line(view.message)
            return f"The server refused it{f' ({said})' if said else ''}."


def _in_the_way(session: Session, view: ItemView) -> list[str]:
    """The slots that the server named, with their titles where they are known."""
    known: dict[int | None, Entry] = {}
    if isinstance(view.item, Entry):
        found = session.days(view.item.date, 1).entries
        known = {each.item.server_id: each.item for each in found if isinstance(each.item, Entry)}
    told = []
    for slot in view.conflicts:
        entry = known.get(slot.id) if slot.id is not None else None
        times = f"{format_time(slot.start)}-{format_time(slot.end)}"
        which = f" (id {slot.id})" if slot.id is not None else ""
        # With the times that the server says: here it may be shown as an unsent edit leaves it.
        told.append(f"{times if entry is None else named(replace(entry, start=slot.start, end=slot.end))}{which}")
    return told
