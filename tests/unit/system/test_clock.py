"""The system's clock, moved by hand."""

import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from triluna_desktop.system.clock import SystemClock, read_system_zone, uptime

if TYPE_CHECKING:
    from triluna_desktop.domain.time import Clock


class Travel:
    """A zone, a stopwatch and an instant that a test sets."""

    def __init__(self) -> None:
        self.zone: tzinfo = ZoneInfo("Europe/Berlin")
        self.seconds = 0.0
        self.instant = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
        self.reads = 0

    def read_zone(self) -> tzinfo:
        self.reads += 1
        return self.zone

    def clock(self) -> SystemClock:
        return SystemClock(self.read_zone, lambda: self.seconds, lambda: self.instant)


def test_it_is_the_domains_clock() -> None:
    clock: Clock = SystemClock()
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)
    assert clock.monotonic() <= clock.monotonic()


def test_now_follows_the_zones_own_rules_through_a_clock_change() -> None:
    travel = Travel()
    clock = travel.clock()
    assert clock.now().isoformat() == "2026-10-25T02:30:00+02:00"
    travel.instant += timedelta(hours=1)
    assert clock.now().isoformat() == "2026-10-25T02:30:00+01:00"
    assert clock.now().fold == 1


def test_a_zone_change_while_the_app_runs_is_seen_within_a_minute() -> None:
    travel = Travel()
    clock = travel.clock()
    assert clock.zone_name == "Europe/Berlin"
    travel.zone = ZoneInfo("America/Toronto")
    travel.seconds = 59.9
    assert clock.zone_name == "Europe/Berlin"
    assert travel.reads == 1
    travel.seconds = 60.0
    assert clock.zone_name == "America/Toronto"
    assert clock.now().utcoffset() == timedelta(hours=-4)
    assert travel.reads == 2


def test_a_zone_without_a_name_is_called_by_its_offset() -> None:
    travel = Travel()
    travel.zone = timezone(timedelta(hours=-5))
    assert travel.clock().zone_name == "UTC-05:00"
    travel.zone = UTC
    assert travel.clock().zone_name == "UTC"
    with Path("/usr/share/zoneinfo/Asia/Kolkata").open("rb") as file:
        travel.zone = ZoneInfo.from_file(file, key="local")
    assert travel.clock().zone_name == "UTC+05:30"


def test_the_systems_zone_is_read_anew_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "America/Toronto")
    assert str(read_system_zone()) == "America/Toronto"
    monkeypatch.setenv("TZ", "Australia/Lord_Howe")
    assert str(read_system_zone()) == "Australia/Lord_Howe"


def test_a_zone_that_cannot_be_told_falls_back_to_the_offset_in_use(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("TZ", "PST8PDT,M3.2.0,M11.1.0")
    zone = read_system_zone()
    assert datetime.now(zone).utcoffset() is not None
    assert "zone's name is unknown" in caplog.text
    assert re.fullmatch(r"UTC([+-]\d\d:\d\d)?", SystemClock(read_system_zone).zone_name)


def test_in_a_hurry_it_tells_the_same_instant_without_looking_the_zone_up() -> None:
    travel = Travel()
    clock = travel.clock()

    clock.hurry(is_on=True)
    assert clock.now() == travel.instant
    assert travel.reads == 0

    clock.hurry(is_on=False)
    assert clock.zone == ZoneInfo("Europe/Berlin")


def test_the_uptime_is_the_same_for_all_processes_and_only_grows() -> None:
    before = uptime()
    code = "from triluna_desktop.system.clock import uptime; print(uptime())"
    elsewhere = float(subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout)
    assert before < elsewhere < uptime()
