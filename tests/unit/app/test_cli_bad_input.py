"""Input that nobody means, and input at the edges: a sentence and an exit code, and nothing sent by mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.helpers.sandbox import SandboxProcess
    from tests.unit.app.conftest import CommandLine

DAY = "2027-03-04"


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_first_and_the_last_date_of_the_calendar_are_dates_like_others(
    triluna: CommandLine, sandbox: SandboxProcess, day: str
) -> None:
    assert triluna("block", day, "10:00-24:00").code == 0
    assert [entry["date"] for entry in sandbox.entries()] == [day]
    assert triluna("list", "--from", day).code == 0
    assert triluna("bookable", "--on", day, "--why").code == 0
    assert triluna("sync").code == 0


def test_what_would_reach_beyond_the_last_date_is_refused(triluna: CommandLine, sandbox: SandboxProcess) -> None:
    done = triluna("block", "9999-12-31", "23:00-1:00")
    assert done.code == 2
    assert "last day" in done.stderr
    assert sandbox.entries() == []


def test_one_date_and_a_range_at_once_are_refused(triluna: CommandLine) -> None:
    done = triluna("bookable", "--on", DAY, "--from", DAY)
    assert done.code == 2
    assert "--on" in done.stderr
