"""What came of a case: did each edit end exactly once, or stand on the screen as not sent, with a reason?"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from tests.torture.scenarios import Act, Content, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tests.torture.case import Case
    from tests.torture.player import Shown


class Wrong(Enum):
    """What may be wrong in the end."""

    LOST = "lost"
    DOUBLED = "doubled"
    RESURRECTED = "resurrected"
    FALSE_CONFLICT = "false conflicts"
    RESTLESS = "restless"
    """It never came to rest, or a further sync wrote something (I6)."""
    CRASHED = "crashed"
    DAMAGED = "files damaged"
    TOLD = "token in a file"


class Problem(NamedTuple):
    """One thing that is wrong, in words."""

    wrong: Wrong
    words: str


@dataclass
class Played:
    """What is known of a case when it is over."""

    before: list[Act] = field(default_factory=list)
    """What was done for certain, by the user and by others, in order, up to the end of the first process;"""
    maybe: tuple[Act, ...] = ()
    """what the user was doing when it was killed;"""
    after: list[Act] = field(default_factory=list)
    """and what others did before the second one was started."""
    rows: list[Content] = field(default_factory=list)
    """What stands on the server."""
    shown: list[Shown] = field(default_factory=list)
    is_at_rest: bool = False
    late_writes: int = 0
    """Writing requests of a sync at rest."""


def judge(case: Case, played: Played) -> list[Problem]:
    """All that is wrong."""
    there = [slot for slot in case.scenario.there if slot.tag not in case.scenario.twins]
    without = fold(there, [*played.before, *played.after])
    with_it = fold(there, [*played.before, *played.maybe, *played.after])
    rows, shown = _without_twins(case, played)
    problems: list[Problem] = []
    if not played.is_at_rest:
        problems.append(Problem(Wrong.RESTLESS, "it did not come to rest"))
    if played.late_writes:
        problems.append(Problem(Wrong.RESTLESS, f"a further sync made {played.late_writes} writing requests"))
    for tag in sorted({row.tag for row in rows} | {each.content.tag for each in shown} | with_it.keys()):
        allowed = {without.get(tag), with_it.get(tag)}
        problems += _judge_slot(
            case,
            tag,
            allowed,
            [row for row in rows if row.tag == tag],
            [each for each in shown if each.content.tag == tag],
        )
    return problems


def _judge_slot(
    case: Case, tag: str, allowed: set[Content | None], rows: Sequence[Content], shown: Sequence[Shown]
) -> list[Problem]:
    scenario = case.scenario
    is_contended = tag in scenario.contended and (scenario.asks == "always" or case.rule == "strict")
    may_fail = is_contended or any(kind.refuses for kind in case.request_kinds)
    told = [each for each in shown if each.state == "failed" and each.reason]
    wanted = f"wanted {_words(allowed)}; server {_words(rows)}; screen {_words(shown)}"
    problems: list[Problem] = []
    if _is_half_changed(case, rows, shown, told):
        return problems
    if len(rows) > 1:
        problems.append(Problem(Wrong.DOUBLED, wanted))
    if any(each.state not in ("sent", "failed") for each in shown):
        problems.append(Problem(Wrong.LOST, f"still on its way: {wanted}"))
    if any(each.state == "failed" and not each.reason for each in shown):
        problems.append(Problem(Wrong.LOST, f"no reason given: {wanted}"))
    stands: set[Content | None] = set(rows) or {None}
    if is_contended:
        allowed = allowed | set(scenario.accepted.get(tag, ()))
    if stands <= allowed:
        if told and not may_fail:
            problems.append(Problem(Wrong.FALSE_CONFLICT, wanted))
    elif told:
        if not may_fail:
            problems.append(Problem(Wrong.FALSE_CONFLICT, wanted))
        elif not any(each.content in allowed or None in allowed for each in told):
            problems.append(Problem(Wrong.LOST, f"what was wanted is nowhere: {wanted}"))
    elif allowed == {None}:
        problems.append(Problem(Wrong.RESURRECTED, wanted))
    elif not any(problem.wrong is Wrong.DOUBLED for problem in problems):
        problems.append(Problem(Wrong.LOST, wanted))
    return problems + _unlike(rows, shown, wanted, is_gone=None in allowed)


def _is_half_changed(case: Case, rows: Sequence[Content], shown: Sequence[Shown], told: Sequence[Shown]) -> bool:
    """Whether weekly hours are there as they were and as they shall be, and the screen says so.

    A change of them is a create and a delete. Where the server refuses the delete for good, no more can be done
    (I7: the full content is in the journal). What was edited since stands as an item of its own beside the one
    that was not deleted.
    """
    beside = [each.content for each in shown if each.state == "sent"]
    return (
        any(kind.refuses for kind in case.request_kinds)
        and len(rows) == 2
        and len(told) == 1
        and isinstance(told[0].content.where, int)
        and Counter(rows) in (Counter([told[0].content, told[0].confirmed]), Counter([told[0].confirmed, *beside]))
    )


def _unlike(rows: Sequence[Content], shown: Sequence[Shown], words: str, *, is_gone: bool) -> list[Problem]:
    """Where the screen does not say what the server holds."""
    on_server: Counter[Content | None] = Counter(rows)
    on_screen: Counter[Content | None] = Counter(
        each.content if each.state == "sent" else each.confirmed for each in shown
    )
    del on_screen[None]
    problems: list[Problem] = []
    if on_screen - on_server:
        wrong = Wrong.RESURRECTED if is_gone and not rows else Wrong.LOST
        problems.append(Problem(wrong, f"shown, but not on the server: {words}"))
    if on_server - on_screen:
        problems.append(Problem(Wrong.LOST, f"on the server, but not shown: {words}"))
    return problems


def _without_twins(case: Case, played: Played) -> tuple[list[Content], list[Shown]]:
    """Server and screen without the slots of somebody else that are like the user's."""
    rows, shown = list(played.rows), list(played.shown)
    for twin in (slot for slot in case.scenario.there if slot.tag in case.scenario.twins):
        if twin in rows:
            rows.remove(twin)
        same = next((each for each in shown if each.content == twin and each.state == "sent"), None)
        if same is not None:
            shown.remove(same)
    return rows, shown


def _words(things: Iterable[object]) -> str:
    return ", ".join(sorted(map(_word, things))) or "nothing"


def _word(thing: object) -> str:
    if isinstance(thing, Content):
        where, start, end, title, notes, _ = thing
        return f"{title} {where} {start // 60}-{end // 60} {notes}".strip()
    if isinstance(thing, tuple):  # What is shown.
        content, state, reason, _ = thing
        return f"{_word(content)} [{state} {reason}]"
    return "nothing" if thing is None else str(thing)
