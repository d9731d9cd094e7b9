"""What an edit that is only considered would leave on the grid."""

from __future__ import annotations

from dataclasses import replace

from tests.helpers.week_page import entry

from triluna_desktop.domain import edits
from triluna_desktop.domain.edits import Change, Edit
from triluna_desktop.domain.models import Pattern
from triluna_desktop.grid.outcome import Outcome, outcome_of

MINE = entry("Mine", "thursday", "14:00", "15:30")
OTHER = entry("Other", "thursday", "15:00", "16:00")
FAR = entry("Far", "friday", "15:00", "16:00")


def outcome(edit: Edit) -> Outcome:
    return outcome_of(edit, lambda day: [each for each in (MINE, OTHER, FAR) if each.date == day])


def test_what_is_shortened_is_a_ghost_with_the_whole_column_once_nothing_is_beside_it() -> None:
    trimmed = replace(MINE, end=OTHER.start)
    found = outcome(edits.change(MINE, trimmed))
    (ghost,) = found.ghosts
    assert (ghost.item, ghost.day, ghost.place) == (trimmed, MINE.date, (0, 1, 1))
    assert found.touched == {"Mine"}
    assert not found.gone


def test_a_ghost_that_overlaps_what_stays_gets_a_lane_beside_it() -> None:
    longer = replace(MINE, end=MINE.end + 15)
    (ghost,) = outcome(edits.change(MINE, longer)).ghosts
    assert ghost.place == (0, 1, 2)


def test_what_goes_is_gone_and_what_is_only_sent_again_is_a_ghost_as_well() -> None:
    found = outcome(Edit((Change(OTHER, None), Change(MINE, MINE))))
    assert found.gone == {"Other"}
    assert found.touched == {"Other", "Mine"}
    assert [ghost.key for ghost in found.ghosts] == ["Mine"]


def test_two_dates_have_ghosts_of_their_own_and_weekly_hours_have_none() -> None:
    moved = replace(MINE, date=FAR.date)
    weekly = Pattern("weekly", 4, 540, 600)
    found = outcome(Edit((Change(MINE, moved), Change(None, weekly))))
    assert [(ghost.day, ghost.place) for ghost in found.ghosts] == [(FAR.date, (0, 1, 2))]
    assert found.touched == {"Mine"}
