"""What each reply means, over a real socket: success, refusal, or a request that may have been carried out."""

from __future__ import annotations

import asyncio
import gzip
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.helpers.api_client import HASTY, PATIENT, open_client
from tests.helpers.manual_clock import ManualClock
from tests.helpers.raw_server import RawServer, json_reply, reply

from triluna_desktop.api.limits import BODY_LIMIT, Timeouts
from triluna_desktop.domain.models import Entry
from triluna_desktop.domain.remote import (
    AuthenticationError,
    ConflictError,
    ConflictingSlot,
    NotFoundError,
    PermissionDeniedError,
    RateLimitedError,
    RefusedError,
    RemoteCalendar,
    RemoteError,
    SurelyUnsentError,
    Trouble,
    UncertainError,
    ValidationError,
)

GUIDE = Path(__file__).parent / "guide"
DAY = date(2025, 9, 1)
ENTRY = Entry("k", DAY, 840, 900, is_available=False, title="Client meeting")
CONFLICTS = json.loads((GUIDE / "conflict_error.json").read_text())
PORTAL = "<!doctype html><html><body>Sign in</body></html>"


def guide(name: str) -> bytes:
    return reply(200, (GUIDE / f"{name}.json").read_bytes())


async def failure_of_create(answer: bytes | None, timeouts: Timeouts = PATIENT) -> RemoteError:
    async with RawServer(answer) as server, open_client(server.url, timeouts=timeouts) as client:
        with pytest.raises(RemoteError) as caught:
            await client.create_entry(ENTRY)
        assert len(server.requests) <= 1, "nothing is retried"
        return caught.value


# --- refusals


@pytest.mark.parametrize(
    ("status", "content", "wanted"),
    [
        (400, {"error": "Bad", "message": "start_time is needed"}, ValidationError),
        (422, {"error": "Bad"}, ValidationError),
        (401, {"error": "Invalid token"}, AuthenticationError),
        (401, {"error": "No entry"}, AuthenticationError),
        (403, {"error": "Insufficient permissions"}, PermissionDeniedError),
        (403, {"error": "Forbidden"}, PermissionDeniedError),
        (404, {"error": "Not found"}, NotFoundError),
        (410, {"error": "Gone"}, NotFoundError),
        (409, {"error": "Time slot conflict"}, ConflictError),
        (409, CONFLICTS, ConflictError),
        (409, {"error": "Duplicate"}, ConflictError),
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
    failure = await failure_of_create(answer, PATIENT if answer is not None else Timeouts(read=0.3))
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
