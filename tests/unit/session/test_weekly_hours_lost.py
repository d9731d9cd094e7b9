"""New weekly hours that somebody deletes while the old ones still stand: the old ones do not go as well."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.helpers.both_versions import NEW, OLD, both_standing, view_of
from tests.helpers.offline_session import slot

from triluna_desktop.domain import edits
from triluna_desktop.domain.remote import Trouble
from triluna_desktop.session import SendState

if TYPE_CHECKING:
    from tests.helpers.fake_api import FakeApi
    from tests.helpers.offline_session import Desk


def deletions(api: FakeApi) -> list[object]:
    return [each.what for each in api.writes if each.method == "DELETE"]


async def test_trying_again_after_that_leaves_the_old_ones_until_the_user_has_decided(desk: Desk) -> None:
    _, new_id = await both_standing(desk)
    del desk.api.patterns[new_id]
    tried = deletions(desk.api)
    await desk.run_for(90)  # Past the next poll.
    view = view_of(desk)
    assert (view.item, view.confirmed, view.both_stand) == (NEW, OLD, False)
    assert (view.state, view.trouble) == (SendState.CONFLICT, Trouble.CHANGED)
    assert deletions(desk.api) == tried
    assert desk.session.status.needs_decision == 1

    await desk.session.retry("p")
    await desk.run_for(0)
    assert (desk.api.pattern_contents(), desk.ops()) == ([NEW.content()], [])


async def test_trying_again_long_after_the_last_read_looks_first(desk: Desk) -> None:
    _, new_id = await both_standing(desk)
    desk.session.set_visible(False)  # Five minutes without a poll.
    await desk.run_for(200)
    del desk.api.patterns[new_id]
    await desk.session.retry("p")
    await desk.run_for(5)
    assert desk.api.pattern_contents() == [OLD.content()]
    assert view_of(desk).state is SendState.CONFLICT
    await desk.session.discard("p")
    await desk.run_for(90)
    view = view_of(desk)
    assert (view.item, view.state, desk.ops()) == (OLD, SendState.SENT, [])
    assert desk.api.pattern_contents() == [OLD.content()]


async def test_a_change_that_was_stopped_half_way_looks_first_when_it_goes_on(desk: Desk) -> None:
    await desk.session.apply(edits.create(OLD))
    await desk.run_for(0)
    desk.api.write_faults.extend([None, "unsent"])
    await desk.session.apply(edits.change(OLD, NEW))
    await desk.clock.run_for(0)
    new_id = max(desk.api.patterns)
    assert len(desk.api.patterns) == 2
    del desk.api.patterns[new_id]
    await desk.restart()
    await desk.run_for(5)
    assert desk.api.pattern_contents() == [OLD.content()]
    view = view_of(desk)
    assert (view.item, view.state, view.trouble) == (NEW, SendState.CONFLICT, Trouble.CHANGED)
    await desk.session.retry("p")
    await desk.run_for(0)
    assert (desk.api.pattern_contents(), desk.ops()) == ([NEW.content()], [])


async def test_what_was_edited_since_is_sent_in_its_place(desk: Desk) -> None:
    later = replace(NEW, title="later")
    await desk.session.apply(edits.create(OLD))
    await desk.run_for(0)
    desk.api.write_faults.extend([None, "unsent"])
    await desk.session.apply(edits.change(OLD, NEW))
    await desk.clock.run_for(0)
    del desk.api.patterns[max(desk.api.patterns)]
    await desk.session.apply(edits.change(NEW, later))
    await desk.restart()
    await desk.run_for(5)
    assert (desk.api.pattern_contents(), desk.ops()) == ([later.content()], [])


async def test_an_old_block_stays_until_what_was_edited_of_the_new_one_since_stands(desk: Desk) -> None:
    old, new = replace(OLD, is_available=False), replace(NEW, is_available=False)
    others = [desk.api.add_pattern(day, 60, 120).content() for day in range(2, 7)]
    await desk.session.sync_now()
    await desk.session.apply(edits.create(old))
    await desk.run_for(0)
    desk.api.write_faults.extend([None, "invalid"])
    await desk.session.apply(edits.change(old, new))
    await desk.run_for(0)
    del desk.api.patterns[max(desk.api.patterns)]
    later = replace(new, title="later")
    await desk.session.apply(edits.change(new, later))
    await desk.run_for(90)
    assert view_of(desk).trouble is Trouble.NOT_FOUND
    assert desk.api.pattern_contents() == [old.content(), *others]
    await desk.session.retry("p")
    await desk.run_for(0)
    assert (desk.api.pattern_contents(), desk.ops()) == ([later.content(), *others], [])


async def test_lists_that_hide_rows_do_not_let_the_old_ones_go(desk: Desk) -> None:
    old_id, _ = await both_standing(desk)
    desk.api.unreadable_patterns = True
    await desk.run_for(90)
    assert view_of(desk).both_stand
    await desk.session.retry("p")
    await desk.run_for(30)
    assert old_id in desk.api.patterns
    desk.api.unreadable_patterns = False
    await desk.run_for(700)
    assert (desk.api.pattern_contents(), desk.ops()) == ([NEW.content()], [])


async def test_weekly_hours_that_no_list_tells_of_hold_up_no_entry(desk: Desk) -> None:
    desk.api.has_patterns = desk.api.lists_patterns_with_entries = False
    await desk.session.apply(edits.create(OLD))
    await desk.run_for(0)
    entry = slot("a")
    await desk.session.apply(edits.create(entry))
    await desk.run_for(120)
    assert desk.api.contents() == [entry.content()]
    assert [op.key for op in desk.ops()] == ["p"]
    desk.api.has_patterns = True
    await desk.run_for(700)
    assert (desk.api.pattern_contents(), desk.ops()) == ([OLD.content()], [])


async def test_nor_do_those_that_nobody_answered_and_no_list_tells_of(desk: Desk) -> None:
    desk.api.write_faults.append("before")
    await desk.session.apply(edits.create(OLD))
    await desk.run_for(0)
    desk.api.has_patterns = False
    await desk.run_for(100)  # It is looked for, and the list is refused.
    entry = slot("a")
    await desk.session.apply(edits.create(entry))
    await desk.run_for(120)
    assert desk.api.contents() == [entry.content()]
    desk.api.has_patterns = True
    await desk.run_for(700)
    assert (desk.api.pattern_contents(), desk.ops()) == ([OLD.content()], [])


async def test_the_change_itself_takes_no_further_read(desk: Desk) -> None:
    await desk.session.apply(edits.create(OLD))
    await desk.run_for(0)
    before = len(desk.api.log)
    await desk.session.apply(edits.change(OLD, NEW))
    await desk.run_for(0)
    assert [each.method for each in desk.api.log[before:]] == ["GET", "POST", "DELETE"]
