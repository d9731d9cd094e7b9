"""An editor of weekly hours: what touches can be one, unless it shall stay two."""

from __future__ import annotations

from triluna_desktop.domain.models import Pattern
from triluna_desktop.domain.weekly_editor import WeekEditor

MORNING, NOON, AFTERNOON = (
    Pattern(name, 1, start * 60, end * 60, True)
    for name, start, end in (("morning", 9, 12), ("noon", 12, 13), ("afternoon", 13, 17))
)


def touching(editor: WeekEditor) -> list[tuple[str, str]]:
    return [(first.key, second.key) for first, second in editor.touching]


def test_what_touched_before_the_editor_opened_is_not_offered_to_be_one() -> None:
    assert touching(WeekEditor((MORNING, NOON))) == []


def test_three_that_touch_in_a_row_become_one() -> None:
    editor = WeekEditor((MORNING, AFTERNOON))
    editor.do(editor.draft.put(NOON))
    assert touching(editor) == [("morning", "noon"), ("noon", "afternoon")]
    assert editor.do(editor.joined())
    (whole,) = editor.draft.stretches
    assert (whole.start, whole.end) == (9 * 60, 17 * 60)
    assert editor.undo()
    assert len(editor.draft.stretches) == 3


def test_what_shall_stay_apart_is_offered_no_more_and_is_not_joined() -> None:
    editor = WeekEditor((MORNING,))
    editor.do(editor.draft.put(NOON))
    editor.leave_apart()
    assert touching(editor) == []
    editor.do(editor.draft.put(AFTERNOON))
    assert touching(editor) == [("noon", "afternoon")]
    assert {(each.start, each.end) for each in editor.joined().stretches} == {(540, 720), (720, 1020)}
