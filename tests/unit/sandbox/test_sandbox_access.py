"""Tokens, scopes, expiry, the rate limit, and what keeps web pages out."""

from __future__ import annotations

import http.client
import json
import socket
from typing import TYPE_CHECKING

import pytest

from triluna_desktop.sandbox.tokens import FULL_SCOPES, TokenSpecError, parse_token

if TYPE_CHECKING:
    from tests.helpers.sandbox import SandboxProcess

ENTRIES = "/calendar/availability"
MEETING = {"date": "2025-09-01", "start_time": "14:00", "end_time": "15:00"}


def test_the_token_is_taken_as_bearer_and_as_api_key(sandbox: SandboxProcess) -> None:
    plain = http.client.HTTPConnection("127.0.0.1", sandbox.port)
    for headers in ({"Authorization": f"Bearer {sandbox.token}"}, {"X-API-Key": sandbox.token}):
        plain.request("GET", f"/api/public{ENTRIES}", headers=headers)
        reply = plain.getresponse()
        reply.read()
        assert reply.status == 200
    plain.close()


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer wrong"},
        {"Authorization": "Bearer"},
        {"Authorization": "Basic test-token-full"},
        {"Authorization": "test-token-full"},
        {"X-API-Key": "wrong"},
    ],
)
def test_without_a_known_token_the_answer_is_401(sandbox: SandboxProcess, headers: dict[str, str]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", sandbox.port)
    connection.request("GET", f"/api/public{ENTRIES}", headers=headers)
    reply = connection.getresponse()
    body = json.loads(reply.read())
    connection.close()
    assert (reply.status, list(body)) == (401, ["error"])
    assert reply.getheader("WWW-Authenticate") == "Bearer"


def test_a_token_expires(sandbox: SandboxProcess) -> None:
    sandbox.configure(tokens=["short,expires=2999-01-01T00:00:00Z"])
    assert sandbox.request("GET", ENTRIES, token="short").status == 200
    sandbox.set_clock_offset(1000 * 366 * 86400.0)
    reply = sandbox.request("GET", ENTRIES, token="short")
    assert (reply.status, reply.json) == (401, {"error": "The API token has expired"})


@pytest.mark.parametrize("scope", ["read:calendar", "read:own_profile"])
def test_a_token_that_only_reads_cannot_write(sandbox: SandboxProcess, scope: str) -> None:
    sandbox.configure(tokens=[f"reader,{scope}"])
    assert sandbox.request("GET", ENTRIES, token="reader").status == 200
    refusal = {"error": "Insufficient permissions", "message": "API token requires write:calendar scope"}
    for method, path, body in (
        ("POST", ENTRIES, MEETING),
        ("PUT", f"{ENTRIES}/1", MEETING),
        ("DELETE", f"{ENTRIES}/1", None),
        ("POST", "/calendar/recurring", {}),
        ("DELETE", "/calendar/recurring/1", None),
    ):
        reply = sandbox.request(method, path, body, token="reader")
        assert (reply.status, reply.json) == (403, refusal)


@pytest.mark.parametrize("scope", ["write:calendar", "write:own_profile"])
def test_a_token_that_only_writes_cannot_read(sandbox: SandboxProcess, scope: str) -> None:
    sandbox.configure(tokens=[f"writer,{scope}"])
    assert sandbox.request("POST", ENTRIES, MEETING, token="writer").status == 201
    reply = sandbox.request("GET", ENTRIES, token="writer")
    assert (reply.status, reply.json["message"]) == (403, "API token requires read:calendar scope")


@pytest.mark.parametrize("data", [b"{}", b"no json", b""])
def test_an_invalid_body_tells_whether_the_token_may_write(sandbox: SandboxProcess, data: bytes) -> None:
    sandbox.configure(tokens=["reader,read:calendar", "writer"])
    assert sandbox.request("POST", ENTRIES, data=data, token="reader").status == 403
    assert sandbox.request("POST", ENTRIES, data=data, token="writer").status in (400, 422)
    assert sandbox.request("POST", ENTRIES, {}, token="writer").status == 422
    assert sandbox.entries() == []


def test_the_hour_has_so_many_requests_and_the_answer_says_when_the_next_is_free(sandbox: SandboxProcess) -> None:
    sandbox.configure(rate_limit=2, tokens=["one", "two"])
    left = [sandbox.request("GET", ENTRIES, token="one").headers["x-ratelimit-remaining"] for _ in range(2)]
    assert left == ["1", "0"]
    refused = sandbox.request("GET", ENTRIES, token="one")
    assert (refused.status, refused.json["error"]) == (429, "Rate limit exceeded")
    assert refused.headers["x-ratelimit-limit"] == "2"
    wait = int(refused.headers["retry-after"])
    assert 3590 <= wait <= 3600
    assert sandbox.request("GET", ENTRIES, token="two").status == 200
    sandbox.set_clock_offset(wait - 10)
    assert sandbox.request("GET", ENTRIES, token="one").status == 429
    sandbox.set_clock_offset(wait + 1)
    assert sandbox.request("GET", ENTRIES, token="one").status == 200


def test_a_refused_write_counts_and_a_wrong_token_does_not(sandbox: SandboxProcess) -> None:
    sandbox.configure(rate_limit=2)
    sandbox.request("GET", ENTRIES, token="wrong")
    assert sandbox.request("POST", ENTRIES, {}).headers["x-ratelimit-remaining"] == "1"


@pytest.mark.parametrize("host", ["example.com", "127.0.0.1", "localhost", "127.0.0.1:1", "[::1]:{port}"])
def test_another_host_is_refused(sandbox: SandboxProcess, host: str) -> None:
    reply = sandbox.request("GET", ENTRIES, headers={"Host": host.format(port=sandbox.port)})
    assert reply.status == 403


def test_localhost_with_the_port_is_taken(sandbox: SandboxProcess) -> None:
    assert sandbox.request("GET", ENTRIES, headers={"Host": f"localhost:{sandbox.port}"}).status == 200


@pytest.mark.parametrize("origin", ["https://example.com", "null", "http://127.0.0.1"])
def test_any_origin_is_refused(sandbox: SandboxProcess, origin: str) -> None:
    assert sandbox.request("GET", ENTRIES, headers={"Origin": origin}).status == 403


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/jsonx", ""])
def test_a_body_must_be_declared_as_json(sandbox: SandboxProcess, kind: str) -> None:
    assert sandbox.request("POST", ENTRIES, MEETING, headers={"Content-Type": kind}).status == 415
    assert sandbox.entries() == []


def test_json_with_its_charset_is_taken(sandbox: SandboxProcess) -> None:
    headers = {"Content-Type": "application/json; charset=UTF-8"}
    assert sandbox.request("POST", ENTRIES, MEETING, headers=headers).status == 201


def test_a_body_over_64_kb_is_refused(sandbox: SandboxProcess) -> None:
    assert sandbox.request("POST", ENTRIES, data=b" " * 65536).status == 400
    assert sandbox.request("POST", ENTRIES, data=b" " * 65537).status == 413


def test_a_body_over_64_kb_in_chunks_is_refused(sandbox: SandboxProcess) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", sandbox.port)
    headers = {"Authorization": f"Bearer {sandbox.token}", "Content-Type": "application/json"}
    connection.request("POST", f"/api/public{ENTRIES}", iter([b" " * 40000] * 2), headers, encode_chunked=True)
    assert connection.getresponse().status == 413
    connection.close()


def test_half_a_body_writes_nothing(sandbox: SandboxProcess) -> None:
    with socket.create_connection(("127.0.0.1", sandbox.port)) as client:
        body = json.dumps(MEETING).encode()
        head = f"POST /api/public{ENTRIES} HTTP/1.1\r\nHost: 127.0.0.1:{sandbox.port}\r\n"
        head += f"Authorization: Bearer {sandbox.token}\r\nContent-Type: application/json\r\n"
        client.sendall(f"{head}Content-Length: {len(body) + 1}\r\n\r\n".encode() + body)
    assert sandbox.request("GET", ENTRIES).json == {"availability": []}


def test_a_refused_method_is_told_what_the_path_can_do(sandbox: SandboxProcess) -> None:
    reply = sandbox.request("PATCH", f"{ENTRIES}/1", {})
    assert (reply.status, reply.headers["allow"]) == (405, "DELETE, PUT")


def test_the_documentation_needs_no_token_and_loads_nothing(sandbox: SandboxProcess) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", sandbox.port)
    connection.request("GET", "/openapi.json")
    document = json.loads(connection.getresponse().read())
    connection.request("GET", "/docs")
    reply = connection.getresponse()
    page = reply.read().decode()
    connection.close()
    assert {f"{method.upper()} {path}" for path, methods in document["paths"].items() for method in methods} == {
        "GET /api/public/calendar/availability",
        "POST /api/public/calendar/availability",
        "PUT /api/public/calendar/availability/{id}",
        "DELETE /api/public/calendar/availability/{id}",
        "GET /api/public/calendar/recurring",
        "POST /api/public/calendar/recurring",
        "DELETE /api/public/calendar/recurring/{id}",
    }
    assert reply.status == 200
    assert "PUT /calendar/availability/:id" in page
    assert "<script" not in page
    assert "src=" not in page
    assert page.count("http") == page.count(f"http://127.0.0.1:{sandbox.port}/")


def test_the_control_surface_needs_a_token_that_may_do_everything(sandbox: SandboxProcess) -> None:
    for token in ("wrong", ""):
        connection = http.client.HTTPConnection("127.0.0.1", sandbox.port)
        connection.request("GET", "/_sandbox/state", headers={"X-Sandbox-Control": token})
        assert connection.getresponse().status == 403
        connection.close()


def test_a_token_on_the_command_line_may_name_scopes_and_an_expiry() -> None:
    assert parse_token("abc").scopes == FULL_SCOPES
    token = parse_token("abc,read:calendar,write:own_profile,expires=2026-01-01T01:00:00+01:00")
    assert token.scopes == {"read:calendar", "write:own_profile"}
    assert token.expires == 1767225600.0
    assert parse_token("abc,expires=2026-01-01").expires == 1767225600.0
    assert "abc" not in repr(token)


@pytest.mark.parametrize(
    "text", ["", ",read:calendar", "a b", "abc,admin", "abc,expires=soon", "abc,", "caf\u00e9"]
)
def test_a_malformed_token_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(TokenSpecError):
        parse_token(text)
