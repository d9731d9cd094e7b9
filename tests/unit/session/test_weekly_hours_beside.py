"""Old weekly hours that the server refused to delete beside the new ones, and that a later poll shows gone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.helpers.offline_session import THURSDAY

from triluna_desktop.domain import edits
from triluna_desktop.domain.models import Pattern
from triluna_desktop.session import SendState
from triluna_desktop.sync.ports import Actor

if TYPE_CHECKING:
    from datetime import date

    from tests.helpers.offline_session import Desk

    from triluna_desktop.domain.remote import RemoteCalendar
    from triluna_desktop.session import ItemView

OLD = Pattern("p", 1, 540, 600, True, "old")
NEW = replace(OLD, end=660, title="new")


def view_of(desk: Desk) -> ItemView:
    view = desk.session.item("p")
    assert view is not None
    return view


async def both_standing(desk: Desk) -> tuple[int, int]:
    """The change is made, and the server refuses to delete the old one; the ids of both. There are four others."""
    for number in range(4):
        desk.api.add_pattern(3, 60 * number, 60 * number + 30)
    await desk.session.sync_now()
    others = set(desk.api.patterns)
    await desk.session.apply(edits.create(OLD))
    await desk.run_for(0)
    desk.api.write_faults.extend([None, "invalid"])
    await desk.session.apply(edits.change(OLD, NEW))
    await desk.run_for(0)
    old_id, new_id = sorted(set(desk.api.patterns) - others)
    assert view_of(desk).both_stand
    assert desk.session.status.needs_decision == 1
    return old_id, new_id


async def test_the_poll_that_shows_the_old_ones_gone_ends_the_question(desk: Desk) -> None:
    old_id, new_id = await both_standing(desk)
    await desk.session.sync_now()
    assert view_of(desk).both_stand, "a poll that shows both ends nothing"

    del desk.api.patterns[old_id]
    writes = [each for each in desk.api.log if each.method != "GET"]
    await desk.session.sync_now()
    view = view_of(desk)
    assert (view.item, view.state, view.both_stand) == (NEW, SendState.SENT, False)
    assert (view.item.server_id, desk.ops(), desk.session.status.needs_decision) == (new_id, [], 0)
    assert [each for each in desk.api.log if each.method != "GET"] == writes, "there is nothing to send"
    shown = [each.item for each in desk.session.days(THURSDAY).patterns]
    assert shown.count(NEW) == 1
    assert len(shown) == 5
    assert desk.store.history(key="p", actor=Actor.ELSEWHERE) == (), "it is what was wanted here"


async def test_one_list_that_lacks_the_old_ones_ends_nothing(desk: Desk) -> None:
    old_id, _ = await both_standing(desk)
    honest = desk.api.read_calendar
    lists: list[RemoteCalendar] = []

    async def lacks_it_once(
        first: date | None = None,
        last: date | None = None,
        *,
        include_recurring: bool = False,
        in_background: bool = False,
    ) -> RemoteCalendar:
        listed = await honest(first, last, include_recurring=include_recurring, in_background=in_background)
        lists.append(listed)
        there = tuple(each for each in listed.patterns or () if len(lists) > 1 or each.id != old_id)
        return replace(listed, patterns=there)

    desk.api.read_calendar = lacks_it_once  # type: ignore[method-assign]
    await desk.session.sync_now()
    assert len(lists) == 2
    assert view_of(desk).both_stand


async def test_what_ended_so_is_undone_and_changed_as_any_other(desk: Desk) -> None:
    old_id, _ = await both_standing(desk)
    del desk.api.patterns[old_id]
    await desk.session.sync_now()
    await desk.session.undo()
    await desk.run_for(0)
    assert OLD.content() in desk.api.pattern_contents()
    assert NEW.content() not in desk.api.pattern_contents()
    await desk.session.redo()
    await desk.run_for(0)
    assert NEW.content() in desk.api.pattern_contents()
    assert (OLD.content() in desk.api.pattern_contents(), desk.ops()) == (False, [])


async def test_new_ones_that_are_gone_as_well_are_not_shown_for_long(desk: Desk) -> None:
    old_id, new_id = await both_standing(desk)
    del desk.api.patterns[old_id], desk.api.patterns[new_id]
    await desk.session.sync_now()
    await desk.session.sync_now()
    assert (desk.session.item("p"), desk.ops()) == (None, [])
    (gone,) = desk.store.history(key="p", actor=Actor.ELSEWHERE)
    assert gone.before is not None
    assert (gone.before.content(), gone.after) == (NEW.content(), None)
