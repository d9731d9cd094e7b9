"""What the client sends, how it reads a yes, and how it finds out what a token may do."""

from __future__ import annotations

import asyncio
import json
import zlib
from datetime import date
from pathlib import Path

import pytest
from tests.helpers.api_client import open_client
from tests.helpers.manual_clock import ManualClock
from tests.helpers.raw_server import RawServer, json_reply, reply

from triluna_desktop.api.budget import RequestBudget
from triluna_desktop.api.probe import ProbeResult
from triluna_desktop.domain.models import Entry, Pattern
from triluna_desktop.domain.remote import (
    AuthenticationError,
    NotFoundError,
    RateLimitedError,
    RemoteCalendar,
    RemoteEntry,
    RemoteError,
    RemotePattern,
    SurelyUnsentError,
    Trouble,
    UncertainError,
    ValidationError,
)
from triluna_desktop.domain.requests import COUNTED_SECONDS

GUIDE = Path(__file__).parent / "guide"
DAY = date(2025, 9, 1)
ENTRY = Entry("k", DAY, 840, 900, is_available=False, title="Client meeting")
PATTERN = Pattern("k", 1, 540, 1020, title="Monday business hours")
PATTERN_ROW = {"id": 7, "day_of_week": 1, "start_time": "09:00:00", "end_time": "17:00:00"}
PORTAL = "<!doctype html><html><body>Sign in</body></html>"


def guide(name: str) -> bytes:
    return reply(200, (GUIDE / f"{name}.json").read_bytes())


# --- requests, and the guide's replies to them


async def test_reading_asks_for_the_window_with_the_token_in_the_header() -> None:
    async with RawServer(guide("availability_list")) as server, open_client(server.url, "abc.DEF-1") as client:
        calendar = await client.read_calendar(DAY, date(2025, 9, 7), include_recurring=True)
    seen = server.requests[0]
    assert (seen.method, seen.body) == ("GET", b"")
    assert seen.target == (
        "/calendar/availability?start_date=2025-09-01&end_date=2025-09-07&include_recurring=true"
    )
    assert seen.headers["authorization"] == "Bearer abc.DEF-1"
    assert "cookie" not in seen.headers
    assert [entry.id for entry in calendar.entries] == [123]


async def test_a_reading_without_bounds_asks_for_everything() -> None:
    async with RawServer(guide("availability_list")) as server, open_client(server.url) as client:
        assert (await client.read_calendar()).patterns is None
    assert server.requests[0].target == "/calendar/availability"


async def test_each_writing_endpoint_sends_its_method_path_and_body() -> None:
    created = guide("created_response")
    pattern = json_reply({"success": True, "recurring": PATTERN_ROW}, 201)
    done = json_reply({"success": True})
    async with RawServer(created, created, done, pattern, done) as server, open_client(server.url) as client:
        made = await client.create_entry(ENTRY)
        assert made == RemoteEntry(456, DAY, 840, 900, is_available=False, title="Client meeting")
        assert await client.replace_entry(456, ENTRY) == made
        await client.delete_entry(456)
        assert await client.create_pattern(PATTERN) == RemotePattern(7, 1, 540, 1020)
        await client.delete_pattern(7)
    assert [(seen.method, seen.target) for seen in server.requests] == [
        ("POST", "/calendar/availability"),
        ("PUT", "/calendar/availability/456"),
        ("DELETE", "/calendar/availability/456"),
        ("POST", "/calendar/recurring"),
        ("DELETE", "/calendar/recurring/7"),
    ]
    assert [bool(seen.body) for seen in server.requests] == [True, True, False, True, False]
    assert server.requests[0].headers["content-type"] == "application/json"
    assert set(json.loads(server.requests[1].body)) == {
        "date",
        "start_time",
        "end_time",
        "is_available",
        "title",
        "notes",
    }


async def test_patterns_are_read() -> None:
    async with RawServer(json_reply({"recurring": [PATTERN_ROW]})) as server, open_client(server.url) as client:
        assert (await client.read_patterns()).patterns == (RemotePattern(7, 1, 540, 1020),)


@pytest.mark.parametrize(
    "answer", [reply(204, content_type=None), reply(200, b""), reply(201, b" \n"), reply(202)]
)
async def test_an_empty_yes_is_a_yes_without_an_id(answer: bytes) -> None:
    async with RawServer(answer) as server, open_client(server.url) as client:
        assert await client.create_entry(ENTRY) is None
        assert await client.replace_entry(1, ENTRY) is None
        assert await client.create_pattern(PATTERN) is None
        await client.delete_entry(1)
        await client.delete_pattern(1)


async def test_an_empty_reply_is_no_empty_calendar() -> None:
    async with RawServer(reply(200, b"")) as server, open_client(server.url) as client:
        with pytest.raises(UncertainError) as caught:
            await client.read_calendar()
    assert caught.value.trouble is Trouble.UNREADABLE


@pytest.mark.parametrize(
    "content_type", [None, "application/json; charset=utf-8", "text/plain", "application/x+json"]
)
async def test_json_is_read_whatever_it_is_called(content_type: str | None) -> None:
    answer = reply(200, '{"availability": []}', content_type)
    async with RawServer(answer) as server, open_client(server.url) as client:
        assert await client.read_calendar() == RemoteCalendar(())


async def test_a_large_calendar_is_read() -> None:
    rows = [{"id": i, "date": "2025-09-01", "start_time": "09:00", "end_time": "10:00"} for i in range(5000)]
    async with RawServer(json_reply({"availability": rows})) as server, open_client(server.url) as client:
        assert len((await client.read_calendar()).entries) == 5000


@pytest.mark.parametrize(("encoding", "window"), [("gzip", 31), ("x-gzip", 31), ("deflate", 15)])
async def test_a_compressed_reply_is_read(encoding: str, window: int) -> None:
    packer = zlib.compressobj(wbits=window)
    body = packer.compress(b'{"availability": []}') + packer.flush()
    answer = reply(200, body, headers={"Content-Encoding": encoding})
    async with RawServer(answer) as server, open_client(server.url) as client:
        assert await client.read_calendar() == RemoteCalendar(())


async def test_patterns_that_cannot_be_read_are_left_out_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    answer = json_reply({"recurring": [PATTERN_ROW, {}, None]})
    async with RawServer(answer) as server, open_client(server.url) as client:
        page = await client.read_patterns()
    assert (len(page.patterns or ()), page.skipped) == (1, 2)
    assert "Left out 2 recurring patterns" in caplog.text


async def test_a_spent_budget_sends_nothing() -> None:
    clock = ManualClock()
    budget = RequestBudget(clock, limit=1)
    async with (
        RawServer(guide("availability_list")) as server,
        open_client(server.url, clock=clock, budget=budget) as client,
    ):
        await client.read_calendar()
        with pytest.raises(RateLimitedError) as caught:
            await client.read_calendar()
    assert caught.value.retry_after == COUNTED_SECONDS
    assert len(server.requests) == 1
    assert budget.used == 1


async def test_a_closed_client_sends_nothing() -> None:
    async with RawServer(guide("availability_list")) as server, open_client(server.url) as client:
        await client.aclose()
        with pytest.raises(SurelyUnsentError):
            await client.read_calendar()
        with pytest.raises(SurelyUnsentError):
            await client.delete_entry(1)
    assert not server.requests


async def test_half_a_character_in_a_title_is_refused_before_anything_is_sent() -> None:
    async with RawServer(guide("created_response")) as server, open_client(server.url) as client:
        with pytest.raises(ValidationError):
            await client.create_entry(Entry("k", DAY, 0, 60, title="\ud83d"))
    assert not server.requests


async def test_cookies_are_neither_kept_nor_sent() -> None:
    answer = reply(200, '{"availability": []}', headers={"Set-Cookie": "portal=1; Path=/"})
    async with RawServer(answer) as server, open_client(server.url) as client:
        await client.read_calendar()
        await client.read_calendar()
    assert "cookie" not in server.requests[1].headers


async def test_first_requests_at_once_share_one_opening() -> None:
    async with RawServer(guide("availability_list")) as server, open_client(server.url) as client:
        calendars = await asyncio.gather(*(client.read_calendar() for _ in range(5)))
    assert len(calendars) == len(server.requests) == 5


# --- what a token may do

PATTERNS = json_reply({"recurring": []})
NO_READ = json_reply(
    {"error": "Insufficient permissions", "message": "API token requires read:calendar scope"}, 403
)
NO_WRITE = reply(403, (GUIDE / "permission_error.json").read_bytes())
INVALID = json_reply({"error": "Validation failed"}, 400)
UNKNOWN = json_reply({"error": "Invalid token"}, 401)


@pytest.mark.parametrize(
    ("answers", "wanted"),
    [
        ([PATTERNS, INVALID], ProbeResult(read=True, write=True)),
        ([PATTERNS, json_reply({}, 422)], ProbeResult(read=True, write=True)),
        ([PATTERNS, NO_WRITE], ProbeResult(read=True, write=False, missing=("write:calendar",))),
        ([NO_READ, INVALID], ProbeResult(read=False, write=True, missing=("read:calendar",))),
        ([NO_READ, NO_WRITE], ProbeResult(read=False, write=False, missing=("read:calendar", "write:calendar"))),
        ([PATTERNS, json_reply({"success": True})], ProbeResult(read=True, write=None)),
    ],
)
async def test_the_probe_finds_the_scopes_with_two_requests(answers: list[bytes], wanted: ProbeResult) -> None:
    async with RawServer(*answers) as server, open_client(server.url) as client:
        assert await client.probe() == wanted
    assert [(seen.method, seen.target, seen.body) for seen in server.requests] == [
        ("GET", "/calendar/recurring", b""),
        ("POST", "/calendar/availability", b"{}"),
    ]


@pytest.mark.parametrize(
    ("answers", "read", "write", "error", "requests"),
    [
        ([UNKNOWN], False, False, AuthenticationError, 1),
        ([PATTERNS, UNKNOWN], False, False, AuthenticationError, 2),
        ([reply(200, PORTAL, "text/html")], None, None, UncertainError, 1),
        ([reply(404, PORTAL, "text/html")], None, None, NotFoundError, 1),
        ([PATTERNS, json_reply({}, 500)], True, None, UncertainError, 2),
        ([PATTERNS, json_reply({}, 429)], True, None, RateLimitedError, 2),
    ],
)
async def test_the_probe_says_what_it_could_not_find_out(
    answers: list[bytes], read: bool | None, write: bool | None, error: type[RemoteError], requests: int
) -> None:
    async with RawServer(*answers) as server, open_client(server.url) as client:
        result = await client.probe()
    assert (result.read, result.write, type(result.error), len(server.requests)) == (read, write, error, requests)
