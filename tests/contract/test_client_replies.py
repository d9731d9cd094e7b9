"""What each reply means, over a real socket: success, refusal, or a request that may have been carried out."""

from __future__ import annotations

import asyncio
import gzip
import json
import zlib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.helpers.api_client import HASTY, open_client
from tests.helpers.manual_clock import ManualClock
from tests.helpers.raw_server import RawServer, json_reply, reply

from triluna_desktop.api.budget import RequestBudget
from triluna_desktop.api.limits import BODY_LIMIT, Timeouts
from triluna_desktop.api.probe import ProbeResult
from triluna_desktop.domain.models import Entry, Pattern
from triluna_desktop.domain.remote import (
    AuthenticationError,
    ConflictError,
    ConflictingSlot,
    NotFoundError,
    PermissionDeniedError,
    RateLimitedError,
    RefusedError,
    RemoteCalendar,
    RemoteEntry,
    RemoteError,
    RemotePattern,
    SurelyUnsentError,
    Trouble,
    UncertainError,
    ValidationError,
)

GUIDE = Path(__file__).parent / "guide"
DAY = date(2025, 9, 1)
ENTRY = Entry("k", DAY, 840, 900, is_available=False, title="Client meeting")
PATTERN = Pattern("k", 1, 540, 1020, title="Monday business hours")
PATTERN_ROW = {"id": 7, "day_of_week": 1, "start_time": "09:00:00", "end_time": "17:00:00"}
CONFLICTS = json.loads((GUIDE / "conflict_error.json").read_text())
PORTAL = "<!doctype html><html><body>Sign in</body></html>"


def guide(name: str) -> bytes:
    return reply(200, (GUIDE / f"{name}.json").read_bytes())


async def failure_of_create(answer: bytes | None, timeouts: Timeouts = HASTY) -> RemoteError:
    async with RawServer(answer) as server, open_client(server.url, timeouts=timeouts) as client:
        with pytest.raises(RemoteError) as caught:
            await client.create_entry(ENTRY)
        assert len(server.requests) <= 1, "nothing is retried"
        return caught.value


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
        assert await client.read_patterns() == (RemotePattern(7, 1, 540, 1020),)


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


# --- refusals


@pytest.mark.parametrize(
    ("status", "content", "wanted"),
    [
        (400, {"error": "Bad", "message": "start_time is needed"}, ValidationError),
        (422, {"error": "Bad"}, ValidationError),
        (401, {"error": "Invalid token"}, AuthenticationError),
        (403, {"error": "Insufficient permissions"}, PermissionDeniedError),
        (403, {"error": "Forbidden"}, PermissionDeniedError),
        (404, {"error": "Not found"}, NotFoundError),
        (410, {"error": "Gone"}, NotFoundError),
        (409, {"error": "Time slot conflict"}, ConflictError),
        (409, CONFLICTS, ConflictError),
        (415, {"error": "Unsupported media type"}, RefusedError),
        (429, {"error": "Rate limit exceeded"}, RateLimitedError),
        (408, {"error": "Timeout"}, UncertainError),
        (500, {"error": "Internal"}, UncertainError),
        (502, CONFLICTS, UncertainError),
        (503, {}, UncertainError),
        # The text decides where it and the status disagree.
        (400, CONFLICTS, ConflictError),
        (422, {"error": "x", "conflicts": [{"id": 1}]}, ConflictError),
        (404, CONFLICTS, ConflictError),
        (400, {"error": "Time slot conflict"}, ConflictError),
        (400, {"error": "Insufficient permissions"}, PermissionDeniedError),
        (401, {"error": "Insufficient permissions"}, PermissionDeniedError),
        (403, {"error": "Invalid or expired token"}, AuthenticationError),
        (400, {"error": "Unauthorized"}, AuthenticationError),
        (403, {"error": "Too many requests"}, RateLimitedError),
        (200, CONFLICTS, ConflictError),
        (200, {"error": "Insufficient permissions"}, PermissionDeniedError),
        (200, {"success": False}, UncertainError),
        (200, {"error": "Something else"}, UncertainError),
        # A text that merely mentions such words decides nothing.
        (400, {"error": "Invalid JSON: unexpected token"}, ValidationError),
        (400, {"error": "x", "conflicts": []}, ValidationError),
        (400, {"error": 5}, ValidationError),
    ],
)
async def test_the_status_and_the_error_text_say_what_a_refusal_is(
    status: int, content: object, wanted: type[RemoteError]
) -> None:
    failure = await failure_of_create(json_reply(content, status))
    assert type(failure) is wanted
    assert failure.__context__ is None


async def test_a_conflict_carries_the_slots_and_the_servers_words() -> None:
    failure = await failure_of_create(json_reply(CONFLICTS, 409))
    assert isinstance(failure, ConflictError)
    assert failure.conflicts == (ConflictingSlot(123, 810, 870),)
    assert failure.message == "Time slot conflicts with existing availability"


async def test_a_lacking_scope_is_named() -> None:
    failure = await failure_of_create(reply(403, (GUIDE / "permission_error.json").read_bytes()))
    assert isinstance(failure, PermissionDeniedError)
    assert failure.scope == "write:calendar"
    assert failure.message == "API token requires write:calendar scope"


async def test_the_servers_words_are_kept_short_and_on_one_line() -> None:
    failure = await failure_of_create(json_reply({"message": "a\n\x1b[31mb\t" + "c" * 5000}, 400))
    assert failure.message.startswith("a [31mb ccc")
    assert len(failure.message) == 300


@pytest.mark.parametrize(
    ("status", "body", "wanted", "trouble"),
    [
        (200, PORTAL, UncertainError, Trouble.NOT_JSON),
        (403, PORTAL, UncertainError, Trouble.NOT_JSON),
        (404, PORTAL, UncertainError, Trouble.NOT_JSON),
        (409, PORTAL, UncertainError, Trouble.NOT_JSON),
        (401, PORTAL, AuthenticationError, Trouble.AUTHENTICATION),
        (407, PORTAL, SurelyUnsentError, Trouble.PROXY),
        (429, PORTAL, RateLimitedError, Trouble.RATE_LIMITED),
        (500, PORTAL, UncertainError, Trouble.SERVER_ERROR),
        (404, "", NotFoundError, Trouble.NOT_FOUND),
        (403, "", PermissionDeniedError, Trouble.PERMISSION),
    ],
)
async def test_a_page_for_people_refuses_nothing(
    status: int, body: str, wanted: type[RemoteError], trouble: Trouble
) -> None:
    failure = await failure_of_create(reply(status, body, "text/html; charset=utf-8"))
    assert type(failure) is wanted
    assert failure.trouble is trouble


async def test_a_page_is_no_yes_to_a_delete_and_its_404_no_already_gone() -> None:
    for status in (200, 404):
        async with RawServer(reply(status, PORTAL, "text/html")) as server, open_client(server.url) as client:
            with pytest.raises(UncertainError) as caught:
                await client.delete_entry(1)
        assert caught.value.trouble is Trouble.NOT_JSON


async def test_a_page_with_404_to_a_reading_means_that_there_is_no_such_api() -> None:
    async with RawServer(reply(404, PORTAL, "text/html")) as server, open_client(server.url) as client:
        with pytest.raises(NotFoundError):
            await client.read_calendar()


@pytest.mark.parametrize(
    ("retry_after", "seconds"),
    [
        ({"Retry-After": "17"}, 17),
        ({"Retry-After": "Mon, 01 Sep 2025 10:02:00 GMT"}, 120),
        ({"Retry-After": "99999"}, 3600),
        ({"Retry-After": "later"}, None),
        ({}, None),
    ],
)
async def test_a_429_says_how_long_to_wait_and_no_request_leaves_before(
    retry_after: dict[str, str], seconds: float | None
) -> None:
    clock = ManualClock()
    answer = json_reply({"error": "Rate limit exceeded"}, 429, retry_after)
    async with RawServer(answer) as server, open_client(server.url, clock=clock) as client:
        for _ in range(2):
            with pytest.raises(RateLimitedError) as caught:
                await client.create_entry(ENTRY)
            assert caught.value.retry_after == seconds
        assert len(server.requests) == (2 if seconds is None else 1)
        clock.advance(seconds or 0)
        with pytest.raises(RateLimitedError):
            await client.create_entry(ENTRY)
        assert len(server.requests) == (3 if seconds is None else 2)


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
    assert caught.value.retry_after == 3600
    assert len(server.requests) == 1
    assert budget.used == 1


# --- may it have been carried out?


@pytest.mark.parametrize("status", [300, 301, 302, 303, 304, 307, 308])
async def test_a_redirect_is_not_followed(status: int) -> None:
    async with RawServer(guide("availability_list")) as other:
        answer = reply(status, b"", headers={"Location": other.url + "/calendar/availability"})
        failure = await failure_of_create(answer)
        assert not other.requests
    assert isinstance(failure, UncertainError)
    assert (failure.trouble, failure.status) == (Trouble.REDIRECTED, status)


async def test_nobody_listening_is_surely_unsent() -> None:
    async with RawServer() as server:
        pass
    async with open_client(server.url) as client:
        with pytest.raises(SurelyUnsentError) as caught:
            await client.create_entry(ENTRY)
    assert caught.value.trouble is Trouble.NO_CONNECTION


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        (None, Trouble.TIMEOUT),
        (b"", Trouble.DISCONNECTED),
        (b"HTTP/1.1 201", Trouble.DISCONNECTED),
        (b"220 mail.example ESMTP\r\n", Trouble.DISCONNECTED),
        (b"\x00\xff" * 100, Trouble.DISCONNECTED),
        (b"HTTP/1.1 201 Created\r\nContent-Length: 500\r\n\r\n{}", Trouble.DISCONNECTED),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", Trouble.DISCONNECTED),
        (b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200_000 + b"\r\n\r\n", Trouble.TOO_LARGE),
        (reply(201, '{"success": true, "availability": {"id"'), Trouble.UNREADABLE),
        (reply(201, '{"success": true}'), Trouble.UNREADABLE),
        (reply(201, "created", "text/plain"), Trouble.NOT_JSON),
        (reply(201, b"{}", headers={"Content-Encoding": "br"}), Trouble.UNREADABLE),
        (reply(201, b"{}", headers={"Content-Encoding": "gzip"}), Trouble.UNREADABLE),
        (reply(201, gzip.compress(b"{}")[:-8], headers={"Content-Encoding": "gzip"}), Trouble.UNREADABLE),
        (reply(201, b" " * (BODY_LIMIT + 1)), Trouble.TOO_LARGE),
        (
            reply(201, gzip.compress(b" " * (BODY_LIMIT + 1)), headers={"Content-Encoding": "gzip"}),
            Trouble.TOO_LARGE,
        ),
    ],
)
async def test_what_breaks_after_the_request_has_left_is_uncertain(answer: bytes | None, trouble: Trouble) -> None:
    patient = Timeouts(connect=10, read=0.3 if answer is None else 10, write=10, pool=10, total=10)
    failure = await failure_of_create(answer, patient)
    assert type(failure) is UncertainError
    assert failure.trouble is trouble
    assert failure.__context__ is None


async def test_a_body_of_just_the_limit_is_read() -> None:
    body = b'{"availability": []}'.ljust(BODY_LIMIT)
    for answer in (reply(200, body), reply(200, gzip.compress(body), headers={"Content-Encoding": "gzip"})):
        async with RawServer(answer) as server, open_client(server.url) as client:
            assert await client.read_calendar() == RemoteCalendar(())


async def test_a_slow_drip_ends_with_the_whole_requests_time() -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"
    drip = [b"x"] * 100
    async with (
        RawServer(head, chunks=drip, pause=0.05) as server,
        open_client(server.url, timeouts=HASTY) as client,
    ):
        with pytest.raises(UncertainError) as caught:
            await client.create_entry(ENTRY)
    assert caught.value.trouble is Trouble.TIMEOUT


async def test_a_cancellation_passes_through_and_the_client_goes_on() -> None:
    async with RawServer(None, guide("availability_list")) as server, open_client(server.url) as client:
        waiting = asyncio.create_task(client.create_entry(ENTRY))
        await server.seen.wait()
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        assert len((await client.read_calendar()).entries) == 1


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


# --- and whatever else a server may say

HEADER_NAMES = st.sampled_from(
    ["Retry-After", "Content-Type", "Content-Encoding", "Set-Cookie", "X-RateLimit-Remaining", "Location"]
)
HEADER_VALUES = st.text(st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f"), max_size=12)
BODIES = st.binary(max_size=60) | st.sampled_from(
    [
        b'{"error": "Time slot conflict", "conflicts": [null]}',
        b'{"availability": []}',
        b'{"availability": [{"id": 1}]}',
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.integers(100, 999), BODIES, st.dictionaries(HEADER_NAMES, HEADER_VALUES, max_size=3), st.binary(max_size=30)
)
def test_any_reply_ends_in_a_result_or_a_documented_error(
    status: int, body: bytes, headers: dict[str, str], noise: bytes
) -> None:
    async def ask() -> None:
        answers = [reply(status, body, headers=headers), noise, noise + reply(status, body)]
        async with RawServer(*answers) as server, open_client(server.url, timeouts=HASTY) as client:
            for request in (client.read_calendar(), client.create_entry(ENTRY), client.read_patterns()):
                try:
                    await request
                except RemoteError as error:
                    assert error.__context__ is None

    asyncio.run(ask())
