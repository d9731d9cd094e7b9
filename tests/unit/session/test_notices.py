"""When what there is to tell is told: once a minute, not in quiet hours, not what was seen or is switched off."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from triluna_desktop.domain.models import Entry
from triluna_desktop.session.notices import Kind, Notice, Pace, Plan, QuietHours, plan, told_once

BERLIN = ZoneInfo("Europe/Berlin")
NOON = datetime(2026, 11, 19, 12, 0, tzinfo=BERLIN)
NIGHT = QuietHours(22 * 60, 7 * 60)
LUNCH = QuietHours(12 * 60, 13 * 60)


def notice(kind: Kind) -> Notice:
    return Notice(kind, (kind.value,))


def planned(
    *kinds: Kind,
    now: datetime = NOON,
    quiet: QuietHours | None = None,
    pause: float = 0.0,
    seen: frozenset[Kind] = frozenset(),
    off: frozenset[Kind] = frozenset(),
) -> Plan:
    return plan(
        map(notice, kinds),
        wanted=frozenset(Kind) - off,
        quiet=quiet,
        now=now,
        pause=pause,
        is_seen=lambda each: each.kind in seen,
    )


def kinds(notices: tuple[Notice, ...]) -> list[Kind]:
    return [each.kind for each in notices]


def test_where_there_is_nothing_nothing_is_told_or_waited_for() -> None:
    assert planned() == Plan()


def test_all_that_there_is_is_told_at_once_the_weightiest_first() -> None:
    told = planned(Kind.DONE, Kind.ELSEWHERE, Kind.REFUSED)
    assert kinds(told.tell) == [Kind.REFUSED, Kind.ELSEWHERE, Kind.DONE]
    assert told.wait is None


def test_within_a_minute_of_the_last_one_everything_waits_for_its_end() -> None:
    assert planned(Kind.REFUSED, Kind.SENT, pause=12.5) == Plan(wait=12.5)


def test_what_was_seen_or_is_switched_off_is_settled_and_the_rest_is_told() -> None:
    told = planned(Kind.REFUSED, Kind.SENT, Kind.TOKEN, seen=frozenset({Kind.SENT}), off=frozenset({Kind.REFUSED}))
    assert kinds(told.tell) == [Kind.TOKEN]
    assert kinds(told.settle) == [Kind.REFUSED, Kind.SENT]


def test_what_is_settled_makes_nobody_wait() -> None:
    assert planned(Kind.SENT, seen=frozenset({Kind.SENT}), pause=30).wait is None


def test_in_quiet_hours_what_is_of_the_moment_is_dropped_and_the_rest_waits_for_their_end() -> None:
    told = planned(Kind.ENDING, Kind.DONE, Kind.ELSEWHERE, quiet=LUNCH, now=NOON + timedelta(minutes=40))
    assert told.tell == ()
    assert set(kinds(told.settle)) == {Kind.ENDING, Kind.DONE}
    assert told.wait == 20 * 60


def test_quiet_hours_that_do_not_hold_hold_up_nothing() -> None:
    assert kinds(planned(Kind.ENDING, quiet=NIGHT).tell) == [Kind.ENDING]


@pytest.mark.parametrize(
    ("hour", "minute", "holds"),
    [(21, 59, False), (22, 0, True), (23, 59, True), (0, 0, True), (6, 59, True), (7, 0, False), (12, 0, False)],
)
def test_quiet_hours_go_past_midnight(hour: int, minute: int, holds: bool) -> None:
    assert NIGHT.hold_at(NOON.replace(hour=hour, minute=minute)) is holds


@pytest.mark.parametrize(("hour", "holds"), [(11, False), (12, True), (13, False), (23, False)])
def test_quiet_hours_within_a_day(hour: int, holds: bool) -> None:
    assert LUNCH.hold_at(NOON.replace(hour=hour)) is holds


def test_quiet_hours_from_a_time_to_the_same_time_are_none() -> None:
    assert not any(QuietHours(600, 600).hold_at(NOON.replace(hour=hour)) for hour in range(24))


@pytest.mark.parametrize(
    ("now", "hours"),
    [
        (datetime(2026, 11, 19, 22, 0, tzinfo=BERLIN), 9),
        (datetime(2026, 11, 20, 1, 0, tzinfo=BERLIN), 6),
        # The clock goes back at three: the night has an hour more, and one less in spring.
        (datetime(2026, 10, 24, 22, 0, tzinfo=BERLIN), 10),
        (datetime(2026, 3, 28, 22, 0, tzinfo=BERLIN), 8),
    ],
)
def test_what_is_left_of_quiet_hours_is_counted_in_seconds_that_pass(now: datetime, hours: int) -> None:
    assert NIGHT.left(now) == hours * 3600


def test_the_change_elsewhere_that_a_conflict_is_about_is_not_told_beside_it() -> None:
    mine, other = (Entry(key, NOON.date(), 600, 630, False) for key in ("mine", "other"))
    conflict = Notice(Kind.CONFLICT, ("op1",), mine)
    changes = [Notice(Kind.ELSEWHERE, (each.key,), each) for each in (mine, other)]
    assert told_once((conflict, *changes)) == (conflict, changes[1])


def test_two_notifications_are_a_minute_apart_whichever_profile_they_are_of() -> None:
    pace = Pace()
    assert pace.pause(1000.0) == 0
    pace.told(1000.0)
    assert pace.pause(1000.0) == 60
    assert pace.pause(1059.0) == 1
    assert pace.pause(1060.0) == 0
