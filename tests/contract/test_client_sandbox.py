"""The client and the sandbox, which share no code, over a real socket: every endpoint and every fault."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from tests.helpers.api_client import PATIENT, open_client
from tests.helpers.sandbox import CONTROL_TOKEN

from triluna_desktop.api.budget import RequestBudget
from triluna_desktop.api.limits import Timeouts
from triluna_desktop.api.probe import ProbeResult
from triluna_desktop.domain.models import Entry, Pattern
from triluna_desktop.domain.remote import (
    AuthenticationError,
    ConflictError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitedError,
    RemoteCalendar,
    RemoteError,
    SurelyUnsentError,
    Trouble,
    UncertainError,
    ValidationError,
)
from triluna_desktop.system.clock import SystemClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.helpers.sandbox import SandboxProcess

    from triluna_desktop.api.client import TriLunaClient

DAY = date(2025, 9, 1)
ENTRY = Entry("k", DAY, 840, 900, is_available=False, title="Client meeting", notes="Важно 🎉")


@pytest.fixture
async def client(sandbox: SandboxProcess) -> AsyncIterator[TriLunaClient]:
    async with open_client(sandbox.url, sandbox.token) as opened:
        yield opened


# --- the seven endpoints


async def test_an_entry_lives_from_create_to_delete(client: TriLunaClient) -> None:
    made = await client.create_entry(ENTRY)
    assert made is not None
    assert made.content() == ENTRY.content()
    assert made.created_at
    assert await client.read_calendar() == RemoteCalendar((made,))
    moved = Entry("k", DAY + timedelta(days=1), 0, 1440)
    replaced = await client.replace_entry(made.id, moved)
    assert replaced is not None
    assert (replaced.id, replaced.content()) == (made.id, moved.content())
    await client.delete_entry(made.id)
    assert await client.read_calendar() == RemoteCalendar(())


async def test_a_pattern_lives_from_create_to_delete(client: TriLunaClient) -> None:
    pattern = Pattern("k", 0, 540, 1440, title="Sundays")
    made = await client.create_pattern(pattern)
    assert made is not None
    assert made.content() == pattern.content()
    assert (await client.read_patterns()).patterns == (made,)
    assert await client.read_calendar(include_recurring=True) == RemoteCalendar((), (made,))
    assert (await client.read_calendar()).patterns is None
    await client.delete_pattern(made.id)
    assert (await client.read_patterns()).patterns == ()


async def test_a_window_includes_both_its_ends(sandbox: SandboxProcess, client: TriLunaClient) -> None:
    for offset in range(4):
        sandbox.add_entry(DAY + timedelta(days=offset), "09:00", "10:00")
    calendar = await client.read_calendar(DAY + timedelta(days=1), DAY + timedelta(days=2))
    assert [entry.date.day for entry in calendar.entries] == [2, 3]


async def test_ten_thousand_entries_are_read(sandbox: SandboxProcess, client: TriLunaClient) -> None:
    sandbox.load(
        {
            "date": str(DAY + timedelta(days=index // 20)),
            "start_time": f"{index % 20:02}:00",
            "end_time": f"{index % 20:02}:45",
        }
        for index in range(10_000)
    )
    calendar = await client.read_calendar()
    assert (len(calendar.entries), calendar.skipped) == (10_000, 0)


# --- refusals


async def test_an_overlap_is_a_conflict_with_the_slots_in_the_way(
    sandbox: SandboxProcess, client: TriLunaClient
) -> None:
    there = sandbox.add_entry(DAY, "13:30", "14:30")
    with pytest.raises(ConflictError) as caught:
        await client.create_entry(ENTRY)
    assert [(slot.id, slot.start, slot.end) for slot in caught.value.conflicts] == [(there["id"], 810, 870)]


async def test_what_is_gone_is_not_found(client: TriLunaClient) -> None:
    for request in (client.delete_entry(99), client.replace_entry(99, ENTRY), client.delete_pattern(99)):
        with pytest.raises(NotFoundError):
            await request


async def test_a_content_that_the_server_refuses_is_a_validation_error(client: TriLunaClient) -> None:
    # The last minute of a day cannot be said on the wire: its start is its end.
    with pytest.raises(ValidationError) as caught:
        await client.create_entry(Entry("k", DAY, 1439, 1440))
    assert caught.value.message


async def test_another_base_path_is_not_found(sandbox: SandboxProcess) -> None:
    async with open_client(sandbox.origin + "/api/private", sandbox.token) as client:
        with pytest.raises(NotFoundError):
            await client.read_calendar()


@pytest.mark.parametrize(
    "token", [None, "", "wrong", " ", "two words", "line\nbreak", "tschüß", "トークン", "tab\t"]
)
async def test_without_a_good_token_nothing_is_allowed_and_a_bad_one_is_not_even_sent(
    sandbox: SandboxProcess, token: str | None
) -> None:
    async with open_client(sandbox.url, token) as client:
        for request in (client.read_calendar(), client.create_entry(ENTRY), client.delete_pattern(1)):
            with pytest.raises(AuthenticationError):
                await request
    assert len(sandbox.log()) == (3 if token == "wrong" else 0)


async def test_the_token_is_asked_for_at_each_request(sandbox: SandboxProcess) -> None:
    async with open_client(sandbox.url, "old") as client:
        with pytest.raises(AuthenticationError):
            await client.read_calendar()
        client._token = lambda: sandbox.token
        assert (await client.read_calendar()).entries == ()


@pytest.mark.parametrize(
    ("scopes", "wanted"),
    [
        ("", ProbeResult(read=True, write=True)),
        (",read:calendar", ProbeResult(read=True, write=False, missing=("write:calendar",))),
        (",write:calendar", ProbeResult(read=False, write=True, missing=("read:calendar",))),
        (",read:own_profile,write:own_profile", ProbeResult(read=True, write=True)),
    ],
)
async def test_the_probe_finds_the_scopes_and_writes_nothing(
    sandbox: SandboxProcess, scopes: str, wanted: ProbeResult
) -> None:
    sandbox.configure(tokens=[f"probed{scopes}", CONTROL_TOKEN])
    async with open_client(sandbox.url, "probed") as client:
        assert await client.probe() == wanted
        if not wanted.write:
            with pytest.raises(PermissionDeniedError) as caught:
                await client.create_entry(ENTRY)
            assert caught.value.scope == "write:calendar"
    assert (sandbox.entries(), sandbox.patterns()) == ([], [])


async def test_the_rate_limit_is_kept_and_its_count_shown(sandbox: SandboxProcess) -> None:
    sandbox.configure(rate_limit=3)
    clock = SystemClock()
    budget = RequestBudget(clock, limit=1000)
    async with open_client(sandbox.url, sandbox.token, clock=clock, budget=budget) as client:
        for _ in range(3):
            await client.read_calendar()
        with pytest.raises(RateLimitedError) as caught:
            await client.read_calendar()
        assert caught.value.retry_after == pytest.approx(3600, abs=60)
    assert len(sandbox.log()) == 3


# --- faults

UNCERTAIN_FAULTS: list[tuple[dict[str, Any], Trouble]] = [
    ({"kind": "drop_before"}, Trouble.DISCONNECTED),
    ({"kind": "drop_after"}, Trouble.DISCONNECTED),
    ({"kind": "zombie", "seconds": 0.01}, Trouble.DISCONNECTED),
    ({"kind": "truncate"}, Trouble.DISCONNECTED),
    ({"kind": "status_before"}, Trouble.SERVER_ERROR),
    ({"kind": "status_after"}, Trouble.SERVER_ERROR),
    ({"kind": "status_before", "status": 408}, Trouble.TIMEOUT),
    ({"kind": "captive_portal"}, Trouble.NOT_JSON),
    ({"kind": "captive_portal", "apply": True}, Trouble.NOT_JSON),
    ({"kind": "gzip_bomb"}, Trouble.TOO_LARGE),
    ({"kind": "big_header"}, Trouble.TOO_LARGE),
    ({"kind": "redirect"}, Trouble.REDIRECTED),
    ({"kind": "raw", "body": "{}"}, Trouble.UNREADABLE),
]


@pytest.mark.parametrize(("fault", "trouble"), UNCERTAIN_FAULTS)
async def test_a_fault_leaves_a_create_uncertain(
    sandbox: SandboxProcess, client: TriLunaClient, fault: dict[str, Any], trouble: Trouble
) -> None:
    sandbox.faults(fault)
    with pytest.raises(UncertainError) as caught:
        await client.create_entry(ENTRY)
    assert caught.value.trouble is trouble
    # One that passes: the connections are still good for something.
    await client.read_patterns()


@pytest.mark.parametrize("kind", ["hold", "hold_after", "slow_drip"])
async def test_a_server_that_takes_too_long_leaves_a_create_uncertain(sandbox: SandboxProcess, kind: str) -> None:
    sandbox.faults({"kind": kind})
    timeouts = Timeouts(connect=10, read=0.3, write=10, pool=10, total=0.6)
    async with open_client(sandbox.url, sandbox.token, timeouts=timeouts) as client:
        with pytest.raises(UncertainError) as caught:
            await client.create_entry(ENTRY)
    assert caught.value.trouble is Trouble.TIMEOUT
    sandbox.clear_faults()


async def test_a_server_that_takes_its_time_is_waited_for(sandbox: SandboxProcess, client: TriLunaClient) -> None:
    sandbox.faults({"kind": "delay", "seconds": 0.2})
    assert await client.create_entry(ENTRY) is not None


async def test_a_204_to_everything_is_a_yes(sandbox: SandboxProcess, client: TriLunaClient) -> None:
    sandbox.faults({"kind": "no_content", "times": 0})
    assert await client.create_entry(ENTRY) is None
    await client.delete_entry(sandbox.entries()[0]["id"])
    assert sandbox.entries() == []


async def test_a_lie_of_an_empty_list_is_read_as_given(sandbox: SandboxProcess, client: TriLunaClient) -> None:
    sandbox.add_entry(DAY, "09:00", "10:00")
    sandbox.faults({"kind": "empty_list"})
    assert await client.read_calendar(include_recurring=True) == RemoteCalendar((), ())
    assert len((await client.read_calendar()).entries) == 1


@pytest.mark.parametrize("retry_after", ["17", "soon"])
async def test_a_429_before_its_time(sandbox: SandboxProcess, client: TriLunaClient, retry_after: str) -> None:
    sandbox.faults({"kind": "status_before", "status": 429, "headers": {"Retry-After": retry_after}})
    with pytest.raises(RateLimitedError) as caught:
        await client.create_entry(ENTRY)
    assert caught.value.retry_after == (17 if retry_after == "17" else None)


async def test_a_server_that_is_gone_is_surely_unsent(sandbox: SandboxProcess) -> None:
    async with open_client("http://127.0.0.1:1", sandbox.token, timeouts=PATIENT) as client:
        with pytest.raises(SurelyUnsentError):
            await client.create_entry(ENTRY)


async def test_every_request_is_sent_once_whatever_happens(sandbox: SandboxProcess, client: TriLunaClient) -> None:
    sandbox.faults({"kind": "status_before", "times": 0})
    for request in (client.read_calendar(), client.create_entry(ENTRY), client.delete_entry(1), client.probe()):
        try:
            await request
        except RemoteError as error:
            assert error.trouble is Trouble.SERVER_ERROR
    assert len(sandbox.log()) == 4
