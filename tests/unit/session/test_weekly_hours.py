"""A change of weekly hours: a create and a delete that end as one thing, whatever fails in between."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.helpers.offline_session import THURSDAY

from triluna_desktop.domain import edits
from triluna_desktop.domain.models import Pattern
from triluna_desktop.domain.remote import ConflictError, RefusedError, Trouble, ValidationError
from triluna_desktop.session import EditRefusedError, SendState
from triluna_desktop.sync.ports import OpKind, OpState, Phase

if TYPE_CHECKING:
    from tests.helpers.fake_api import Fault
    from tests.helpers.offline_session import Desk

    from triluna_desktop.domain.models import Item
    from triluna_desktop.domain.remote import RemoteCalendar
    from triluna_desktop.session import ItemView

OLD = Pattern("p", 1, 540, 600, True, "old")
NEW = replace(OLD, end=660, title="new")
BLOCK = replace(OLD, is_available=False)


async def standing(desk: Desk, pattern: Pattern = OLD) -> int:
    """A pattern that both sides know; returns its id."""
    await desk.session.apply(edits.create(pattern))
    await desk.run_for(0)
    (server_id,) = desk.api.patterns
    return server_id


async def change(desk: Desk, before: Pattern = OLD, after: Pattern = NEW) -> None:
    await desk.session.apply(edits.change(before, after))
    await desk.run_for(0)


def methods(desk: Desk, since: int) -> list[str]:
    return [request.method for request in desk.api.log[since:]]


def shown(desk: Desk) -> list[Item]:
    return [view.item for view in desk.session.days(THURSDAY).patterns]


def view_of(desk: Desk) -> ItemView:
    view = desk.session.item("p")
    assert view is not None
    return view


async def test_the_new_one_is_created_before_the_old_one_goes(desk: Desk) -> None:
    old_id = await standing(desk)
    before = len(desk.api.log)
    await change(desk)
    assert methods(desk, before) == ["GET", "POST", "DELETE"]
    assert desk.api.pattern_contents() == [NEW.content()]
    view = view_of(desk)
    assert (view.item, view.state, desk.ops()) == (NEW, SendState.SENT, [])
    assert view.item.server_id not in (None, old_id)


async def test_where_only_the_old_one_is_in_the_way_it_goes_first(desk: Desk) -> None:
    await standing(desk)
    desk.api.refuses_pattern_overlaps = True
    before = len(desk.api.log)
    await change(desk)
    assert methods(desk, before) == ["GET", "POST", "DELETE", "POST"]
    assert desk.api.pattern_contents() == [NEW.content()]
    assert desk.ops() == []


async def test_a_refusal_that_names_no_ids_is_understood_too(desk: Desk) -> None:
    await standing(desk)
    desk.api.refuses_pattern_overlaps = True
    desk.api.conflict_ids = False
    await change(desk)
    assert desk.api.pattern_contents() == [NEW.content()]


async def test_where_another_one_is_in_the_way_the_old_one_stays(desk: Desk) -> None:
    await standing(desk)
    desk.api.refuses_pattern_overlaps = True
    other = desk.api.add_pattern(1, 630, 700, "other")
    await desk.session.sync_now()
    await change(desk)
    assert desk.api.pattern_contents() == sorted([OLD.content(), other.content()], key=repr)
    view = view_of(desk)
    assert (view.item, view.state, view.confirmed) == (NEW, SendState.CONFLICT, OLD)
    assert other.id in [slot.id for slot in view.conflicts]
    await desk.session.discard("p")
    assert view_of(desk).item == OLD


async def test_the_old_one_is_put_back_where_the_new_one_is_refused_for_good(desk: Desk) -> None:
    old_id = await standing(desk)
    desk.api.refuses_pattern_overlaps = True
    desk.api.write_faults.extend([None, None, "invalid"])
    await change(desk)
    assert desk.api.pattern_contents() == [OLD.content()]
    view = view_of(desk)
    assert (view.item, view.state, view.confirmed, view.base) == (NEW, SendState.REJECTED, OLD, OLD)
    assert (view.message, view.trouble) == ("no such slot", Trouble.INVALID)
    assert view.confirmed is not None
    assert view.confirmed.server_id != old_id
    await desk.session.retry("p")
    await desk.run_for(0)
    assert desk.api.pattern_contents() == [NEW.content()]


async def test_where_not_even_the_old_one_can_be_put_back_both_are_kept(desk: Desk) -> None:
    await standing(desk, BLOCK)
    desk.api.refuses_pattern_overlaps = True
    desk.api.write_faults.extend([None, None, "invalid", "invalid"])
    await change(desk, BLOCK, replace(NEW, is_available=False))
    assert desk.api.patterns == {}
    view = view_of(desk)
    assert (view.item, view.base, view.confirmed) == (replace(NEW, is_available=False), BLOCK, None)
    assert (view.state, view.exposed) == (SendState.REJECTED, True)
    await desk.session.retry("p")
    await desk.run_for(0)
    assert desk.api.pattern_contents() == [replace(NEW, is_available=False).content()]
    assert not view_of(desk).exposed


@pytest.mark.parametrize("is_available", [True, False])
async def test_it_is_told_while_a_block_has_gone_and_its_successor_is_not_there_yet(
    desk: Desk, is_available: bool
) -> None:
    old, new = replace(OLD, is_available=is_available), replace(NEW, is_available=is_available)
    await standing(desk, old)
    desk.api.refuses_pattern_overlaps = True
    desk.api.write_faults.extend([None, None, "limited"])
    await change(desk, old, new)
    assert desk.api.patterns == {}
    assert (view_of(desk).exposed, view_of(desk).item) == (not is_available, new)
    await desk.run_for(100)
    assert not view_of(desk).exposed
    assert desk.api.pattern_contents() == [new.content()]


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize("which", [0, 1, 2])
@pytest.mark.parametrize("fault", ["unsent", "before", "after", "no_body", "zombie", "limited", "unauthorized"])
async def test_whatever_step_fails_it_ends_in_the_new_one_alone(
    desk: Desk, fault: Fault, which: int, strict: bool
) -> None:
    await standing(desk)
    desk.api.refuses_pattern_overlaps = strict
    desk.api.write_faults.extend([None] * which + [fault])
    await change(desk)
    desk.session.token_changed()
    await desk.run_for(400)
    assert desk.api.pattern_contents() == [NEW.content()]
    assert (shown(desk), desk.ops()) == ([NEW], [])


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize("which", [0, 1, 2])
@pytest.mark.parametrize("landed", [False, True])
async def test_killed_in_any_step_it_goes_on_from_there(
    desk: Desk, which: int, strict: bool, landed: bool
) -> None:
    await standing(desk)
    desk.api.refuses_pattern_overlaps = strict
    number = 0
    originals = desk.api.create_pattern, desk.api.delete_pattern

    async def hang(work: object) -> object:
        nonlocal number
        number += 1
        if number <= which or number > which + 1:
            return await work  # type: ignore[misc]
        if landed:
            with contextlib.suppress(RefusedError):
                await work  # type: ignore[misc]
        else:
            work.close()  # type: ignore[attr-defined]
        await asyncio.Event().wait()
        return None

    desk.api.create_pattern = lambda pattern: hang(originals[0](pattern))  # type: ignore[method-assign, assignment, return-value]
    desk.api.delete_pattern = lambda server_id: hang(originals[1](server_id))  # type: ignore[method-assign, assignment, return-value]
    await change(desk)
    await desk.kill()
    desk.api.create_pattern, desk.api.delete_pattern = originals  # type: ignore[method-assign]
    await desk.restart()
    assert shown(desk) == [NEW]
    await desk.run_for(200)
    assert desk.api.pattern_contents() == [NEW.content()]
    assert (shown(desk), desk.ops()) == ([NEW], [])


@pytest.mark.parametrize("strict", [False, True])
async def test_a_poll_in_any_step_shows_it_once(desk: Desk, strict: bool) -> None:
    await standing(desk)
    desk.api.refuses_pattern_overlaps = strict
    desk.api.write_faults.extend(["limited", None, "limited", None, "limited"])
    await change(desk)
    for _ in range(8):
        await desk.session.sync_now()
        assert shown(desk) == [NEW]
        await desk.run_for(45)
    assert (desk.api.pattern_contents(), desk.ops()) == ([NEW.content()], [])


async def test_an_uncertain_create_of_the_new_one_is_not_shown_twice(desk: Desk) -> None:
    await standing(desk)
    desk.api.write_faults.append("after")
    await change(desk)
    assert len(desk.api.patterns) == 2
    await desk.session.sync_now()
    assert shown(desk) == [NEW]


async def test_an_edit_made_meanwhile_follows(desk: Desk) -> None:
    await standing(desk)
    desk.api.refuses_pattern_overlaps = True
    desk.api.write_faults.extend([None, "limited"])
    await change(desk)
    assert [op.phase for op in desk.ops()] == [Phase.CLEARING]
    later = replace(NEW, weekday=3)
    await change(desk, NEW, later)
    assert shown(desk) == [later]
    await desk.run_for(200)
    assert desk.api.pattern_contents() == [later.content()]
    assert desk.ops() == []


async def test_a_deletion_made_meanwhile_follows(desk: Desk) -> None:
    await standing(desk)
    desk.api.write_faults.extend([None, "limited"])
    await change(desk)
    await desk.session.apply(edits.delete(NEW))
    await desk.run_for(200)
    assert (desk.api.patterns, desk.ops(), shown(desk)) == ({}, [], [])


async def test_it_can_be_undone_and_done_again(desk: Desk) -> None:
    await standing(desk)
    await change(desk)
    await desk.session.undo()
    await desk.run_for(0)
    assert desk.api.pattern_contents() == [OLD.content()]
    await desk.session.redo()
    await desk.run_for(0)
    assert desk.api.pattern_contents() == [NEW.content()]


async def test_it_cannot_be_dropped_half_way(desk: Desk) -> None:
    await standing(desk)
    desk.api.write_faults.extend([None, "limited"])
    await change(desk)
    with pytest.raises(EditRefusedError):
        await desk.session.discard("p")
    await desk.run_for(200)
    assert desk.api.pattern_contents() == [NEW.content()]


async def test_a_new_one_that_is_refused_leaves_the_old_one_alone(desk: Desk) -> None:
    old_id = await standing(desk)
    desk.api.write_faults.append("invalid")
    await change(desk)
    assert list(desk.api.patterns) == [old_id]
    view = view_of(desk)
    assert (view.item, view.confirmed, view.state) == (NEW, OLD, SendState.REJECTED)
    await desk.session.retry("p")
    await desk.run_for(0)
    assert desk.api.pattern_contents() == [NEW.content()]


async def test_an_old_one_that_cannot_be_deleted_is_tried_again_when_asked_to(desk: Desk) -> None:
    await standing(desk)
    desk.api.write_faults.extend([None, "invalid"])
    await change(desk)
    assert [(op.phase, op.state) for op in desk.ops()] == [(Phase.REMOVING, OpState.REJECTED)]
    assert shown(desk) == [NEW]
    assert view_of(desk).both_stand
    await desk.session.retry("p")
    await desk.run_for(0)
    assert (desk.api.pattern_contents(), desk.ops()) == ([NEW.content()], [])


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize("look", [None, "before"])
async def test_an_old_one_that_was_deleted_unseen_is_not_told_to_stand_whatever_a_second_deletion_is_told(
    desk: Desk, look: Fault | None, strict: bool
) -> None:
    await standing(desk)
    desk.api.refuses_pattern_overlaps = strict
    desk.api.write_faults.extend([None, "after", "invalid"])
    await change(desk)
    desk.api.read_faults.append(look)
    await desk.run_for(200)
    assert (desk.api.pattern_contents(), desk.ops(), shown(desk)) == ([NEW.content()], [], [NEW])


@pytest.mark.parametrize("hides", [True, False])
async def test_an_old_one_is_not_believed_to_be_gone_because_no_list_shows_it(desk: Desk, hides: bool) -> None:
    old_id = await standing(desk)
    desk.api.write_faults.extend([None, "before", "invalid"])
    await change(desk)
    desk.api.unreadable_patterns, desk.api.has_patterns = hides, hides
    await desk.run_for(200)
    assert old_id in desk.api.patterns
    assert view_of(desk).both_stand


@pytest.mark.parametrize("strict", [False, True])
async def test_an_old_one_is_not_believed_to_be_gone_because_one_list_lacks_it(desk: Desk, strict: bool) -> None:
    old_id = await standing(desk)
    desk.api.refuses_pattern_overlaps = strict
    desk.api.write_faults.extend([None, "before", "invalid"])
    await change(desk)
    honest = desk.api.read_patterns
    lists: list[RemoteCalendar] = []

    async def lacks_it_once(*, in_background: bool = False) -> RemoteCalendar:
        listed = await honest(in_background=in_background)
        lists.append(listed)
        there = tuple(each for each in listed.patterns or () if len(lists) > 1 or each.id != old_id)
        return replace(listed, patterns=there)

    desk.api.read_patterns = lacks_it_once  # type: ignore[method-assign]
    await desk.run_for(60)
    assert len(lists) == 2
    assert [op.state for op in desk.ops()] == [OpState.REJECTED]
    assert view_of(desk).both_stand is not strict


async def both_standing(desk: Desk) -> None:
    """The change is made, and the server refuses to delete the old one."""
    await standing(desk)
    desk.api.write_faults.extend([None, "invalid"])
    await change(desk)
    assert view_of(desk).both_stand


async def test_dropping_a_change_whose_old_one_stands_still_deletes_the_new_one(desk: Desk) -> None:
    await both_standing(desk)
    await desk.session.discard("p")
    assert shown(desk) == [OLD]
    await desk.run_for(0)
    await desk.session.sync_now()
    assert (desk.api.pattern_contents(), desk.ops()) == ([OLD.content()], [])


async def test_discarding_refused_weekly_hours_is_one_undo_step(desk: Desk) -> None:
    await standing(desk)
    desk.api.write_faults.append("invalid")
    await change(desk)
    await desk.session.apply(edits.change(NEW, OLD))
    assert (shown(desk), desk.ops()) == ([OLD], [])
    await desk.session.undo()
    assert (shown(desk), view_of(desk).state) == ([NEW], SendState.REJECTED)


async def test_undoing_a_change_whose_old_one_stands_still_deletes_the_new_one(desk: Desk) -> None:
    await both_standing(desk)
    await desk.session.undo()
    await desk.run_for(0)
    await desk.session.sync_now()
    assert (desk.api.pattern_contents(), desk.ops()) == ([OLD.content()], [])
    await desk.session.redo()
    await desk.run_for(0)
    assert desk.api.pattern_contents() == [NEW.content()]


async def test_editing_what_stands_beside_its_old_one_tries_again_to_delete_that(desk: Desk) -> None:
    await both_standing(desk)
    later = replace(NEW, title="later")
    await desk.session.apply(edits.change(NEW, later))
    await desk.run_for(0)
    assert (desk.api.pattern_contents(), desk.ops()) == ([later.content()], [])


async def test_deleting_what_stands_beside_its_old_one_deletes_both(desk: Desk) -> None:
    await both_standing(desk)
    await desk.session.apply(edits.delete(NEW))
    await desk.run_for(0)
    assert (desk.api.patterns, desk.ops(), shown(desk)) == ({}, [], [])


async def test_an_old_one_that_is_not_deleted_holds_up_no_later_edit(desk: Desk) -> None:
    await standing(desk)
    later = replace(NEW, title="later")
    desk.api.write_faults.extend([None, "limited"])
    await change(desk)
    await desk.session.apply(edits.change(NEW, later))
    desk.api.write_faults.append("invalid")
    await desk.run_for(200)
    assert desk.api.pattern_contents() == [OLD.content(), later.content()]
    refused = [view for view in desk.session.days(THURSDAY, 1).patterns if view.state is SendState.REJECTED]
    assert [view.item.content() for view in refused] == [OLD.content()]
    await desk.session.retry(refused[0].item.key)
    await desk.run_for(0)
    assert (desk.api.pattern_contents(), desk.ops()) == ([later.content()], [])


async def test_a_new_one_that_cannot_be_deleted_either_is_asked_about(desk: Desk) -> None:
    await both_standing(desk)
    desk.api.write_faults.append("invalid")
    await desk.session.discard("p")
    await desk.run_for(0)
    assert [item.content() for item in shown(desk)] == [OLD.content(), NEW.content()]
    assert [(op.kind, op.state) for op in desk.ops()] == [(OpKind.DELETE, OpState.REJECTED)]


async def test_dropping_a_change_whose_old_one_others_deleted_deletes_the_new_one(desk: Desk) -> None:
    await both_standing(desk)
    del desk.api.patterns[min(desk.api.patterns)]
    await desk.session.discard("p")
    await desk.run_for(0)
    await desk.session.sync_now()
    assert desk.ops() == []


async def test_what_was_deleted_elsewhere_is_asked_about_and_created_again(desk: Desk) -> None:
    await standing(desk)
    for number in range(4):
        desk.api.add_pattern(3, 60 * number, 60 * number + 30)
    await desk.session.sync_now()
    del desk.api.patterns[min(desk.api.patterns)]
    await change(desk)
    view = view_of(desk)
    assert (view.state, view.trouble, view.confirmed) == (SendState.CONFLICT, Trouble.NOT_FOUND, None)
    await desk.session.retry("p")
    await desk.run_for(0)
    assert NEW.content() in desk.api.pattern_contents()


async def test_a_refusal_of_putting_it_back_that_is_an_overlap_is_a_conflict(desk: Desk) -> None:
    await standing(desk)
    desk.api.refuses_pattern_overlaps = True
    delete = desk.api.delete_pattern

    async def delete_before_somebody_else(server_id: int) -> None:
        await delete(server_id)
        desk.api.add_pattern(1, 630, 700, "quicker")

    desk.api.delete_pattern = delete_before_somebody_else  # type: ignore[method-assign]
    await change(desk)
    assert OLD.content() in desk.api.pattern_contents()
    view = view_of(desk)
    assert (view.state, view.item, view.confirmed) == (SendState.CONFLICT, NEW, OLD)
    assert [(slot.start, slot.end) for slot in view.conflicts] == [(630, 700)]


@pytest.mark.parametrize("error", [ValidationError(Trouble.INVALID, "no"), ConflictError("odd")])
async def test_a_clearing_that_is_refused_leaves_the_old_one_alone(desk: Desk, error: RefusedError) -> None:
    await standing(desk)
    desk.api.refuses_pattern_overlaps = True

    async def refuse(_: int) -> None:
        raise error

    desk.api.delete_pattern = refuse  # type: ignore[method-assign, assignment]
    await change(desk)
    assert desk.api.pattern_contents() == [OLD.content()]
    assert (view_of(desk).item, view_of(desk).confirmed) == (NEW, OLD)
    assert view_of(desk).state in (SendState.REJECTED, SendState.CONFLICT)
