"""Old weekly hours that the server refused to delete beside the new ones, and that a later poll shows gone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.helpers.both_versions import NEW, OLD, both_standing, view_of
from tests.helpers.offline_session import THURSDAY

from triluna_desktop.session import SendState
from triluna_desktop.sync.ports import Actor

if TYPE_CHECKING:
    from datetime import date

    from tests.helpers.offline_session import Desk

    from triluna_desktop.domain.remote import RemoteCalendar


async def test_the_poll_that_shows_the_old_ones_gone_ends_the_question(desk: Desk) -> None:
    old_id, new_id = await both_standing(desk, others=4)
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
    old_id, _ = await both_standing(desk, others=4)
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
    old_id, _ = await both_standing(desk, others=4)
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
    old_id, new_id = await both_standing(desk, others=4)
    del desk.api.patterns[old_id], desk.api.patterns[new_id]
    await desk.session.sync_now()
    await desk.session.sync_now()
    assert (desk.session.item("p"), desk.ops()) == (None, [])
    (gone,) = desk.store.history(key="p", actor=Actor.ELSEWHERE)
    assert gone.before is not None
    assert (gone.before.content(), gone.after) == (NEW.content(), None)
