"""The token goes into one header and nowhere else."""

from __future__ import annotations

import gc
import logging
import traceback
from datetime import date

import pytest
from tests.helpers.api_client import PATIENT, open_client
from tests.helpers.raw_server import RawServer, json_reply, reply

from triluna_desktop.api.bearer import Bearer
from triluna_desktop.api.limits import Timeouts
from triluna_desktop.domain.models import Entry
from triluna_desktop.domain.remote import RemoteError

CANARY = "canary-7f3a9c51-token"
ENTRY = Entry("k", date(2025, 9, 1), 840, 900)


def everything_about(error: BaseException) -> str:
    """The error, its traceback with the variables of each frame but the test's own, and all that it leads to."""
    told = traceback.TracebackException.from_exception(error, capture_locals=True)
    told.stack.pop(0)
    found = [*told.format()]
    seen: BaseException | None = error
    while seen is not None:
        found += [repr(seen), str(seen), repr(vars(seen))]
        seen = seen.__context__
    return "\n".join(found)


@pytest.mark.parametrize(
    "answer",
    [
        None,
        b"",
        b"HTTP/1.1 2",
        reply(200, "<html>", "text/html"),
        reply(302, headers={"Location": "https://portal.invalid/"}),
        reply(500),
        reply(201, b"{}", headers={"Content-Encoding": "gzip"}),
        reply(201, b'{"success": true}'),
        json_reply({"error": "Invalid API token", "message": f"No such token: {CANARY}"}, 401),
        json_reply({"error": f"Bearer {CANARY} lacks write:calendar"}, 403),
        json_reply({"message": "x" * 290 + CANARY}, 400),
        json_reply({"error": "Time slot conflict", "message": CANARY, "conflicts": [{"title": CANARY}]}, 409),
        json_reply({"detail": CANARY}, 503),
        json_reply({"message": CANARY}, 429),
    ],
)
async def test_the_token_is_in_no_error_and_no_log(answer: bytes | None, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for name in ("httpx", "httpcore", "asyncio", "triluna_desktop"):
        caplog.set_level(logging.DEBUG, logger=name)
    timeouts = PATIENT if answer is not None else Timeouts(read=0.3)
    async with RawServer(answer) as server, open_client(server.url, CANARY, timeouts=timeouts) as client:
        with pytest.raises(RemoteError) as caught:
            await client.create_entry(ENTRY)
        about = everything_about(caught.value) + repr(client) + repr(client.budget) + repr(await client.probe())
    assert server.requests[0].headers["authorization"] == f"Bearer {CANARY}"
    assert CANARY[:12] not in about
    assert any(record.name.startswith("httpcore") for record in caplog.records)
    assert CANARY not in caplog.text


async def test_a_token_that_no_header_takes_is_in_no_error() -> None:
    async with RawServer() as server, open_client(server.url, CANARY + "\n") as client:
        with pytest.raises(RemoteError) as caught:
            await client.create_entry(ENTRY)
    assert CANARY not in everything_about(caught.value)


async def test_an_error_keeps_no_request_alive() -> None:
    async with RawServer() as server:
        pass
    async with open_client(server.url, CANARY) as client:
        with pytest.raises(RemoteError) as caught:
            await client.create_entry(ENTRY)
        assert not [thing for thing in gc.get_referents(caught.value) if "httpx" in type(thing).__module__]


def test_a_bearer_shows_itself_only_to_the_header() -> None:
    bearer = Bearer(CANARY)
    assert bearer.header() == f"Bearer {CANARY}"
    assert CANARY not in repr(bearer) + str(bearer)
    assert CANARY not in bearer.hide(f"what {CANARY} may")
    assert Bearer(None).hide("as it was") == "as it was"
