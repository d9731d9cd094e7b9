"""Items with unsent edits, as the screen shows them: the confirmed state with the queued operations on top."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from triluna_desktop.domain.remote import ConflictingSlot, Trouble
from triluna_desktop.store.outbox import decode_item, shown_item
from triluna_desktop.sync.ports import FAILED, ItemView, OpKind, OpState, Phase, SendState

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from triluna_desktop.domain.models import Item
    from triluna_desktop.sync.ports import Row

_STATES = {
    OpState.PENDING.value: SendState.PENDING,
    OpState.SENDING.value: SendState.CONFIRMING,
    OpState.UNCERTAIN.value: SendState.CONFIRMING,
    OpState.CONFLICT.value: SendState.CONFLICT,
    OpState.REJECTED.value: SendState.REJECTED,
    OpState.BLOCKED_AUTH.value: SendState.BLOCKED_AUTH,
}
_BARE = (Phase.FILLING.value, Phase.RESTORING.value)
"""Steps of a pattern's change in which neither the old nor the new one is known to stand on the server."""
_FAILED = frozenset(state.value for state in FAILED)
_GRAVITY = (
    SendState.REJECTED,
    SendState.CONFLICT,
    SendState.CONFIRMING,
    SendState.BLOCKED_AUTH,
    SendState.PENDING,
)
"""Of several operations on one item, the state that the user should know of first."""


def overlaid(ops: Iterable[tuple[Any, ...]], confirmed: Mapping[str, Row]) -> list[ItemView]:
    """The views of items with queued operations (rows of `views.SHOWN_OP`, in order): as the last one wants them.

    What shall be deleted is gone, unless the server refused to: then it stands there again, saying so.
    """
    by_key: dict[str, list[tuple[Any, ...]]] = {}
    for op in ops:
        by_key.setdefault(op[0], []).append(op)
    views: list[ItemView] = []
    for key, queue in by_key.items():
        if queue[-1][1] == OpKind.DELETE.value and queue[-1][2] not in _FAILED:
            continue
        row = confirmed.get(key)
        item: Item = shown_item(key, queue[-1][4:11], None if row is None else row.server_id)
        states = {_STATES[op[2]] for op in queue}
        state = next(state for state in _GRAVITY if state in states)
        views.append(_view(item, state, None if row is None else row.item(), queue))
    return views


def _view(item: Item, state: SendState, confirmed: Item | None, queue: list[tuple[Any, ...]]) -> ItemView:
    message = next((op[3] for op in queue if op[3]), "")
    trouble = next((Trouble(op[11]) for op in queue if op[11] is not None), None)
    conflicts = next((op[12] for op in queue if op[12] != "[]"), "[]")
    base = None if queue[0][13] is None else decode_item(queue[0][13])
    return ItemView(
        item,
        state,
        confirmed,
        message,
        trouble,
        tuple(ConflictingSlot(*slot) for slot in json.loads(conflicts)) if conflicts != "[]" else (),
        base,
        base is not None and not base.is_available and _is_bare(queue[0]),
        both_stand=queue[0][14] == Phase.REMOVING.value and queue[0][2] in _FAILED,
    )


def _is_bare(op: tuple[Any, ...]) -> bool:
    """Whether neither the old nor the new version of weekly hours is known to stand on the server just now."""
    is_in_doubt = op[2] == OpState.UNCERTAIN.value  # The deletion of the old one was not answered.
    return op[14] in _BARE or (op[14] == Phase.CLEARING.value and is_in_doubt)
