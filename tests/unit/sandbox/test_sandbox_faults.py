"""The sandbox told to fail: what a client meets on a plain socket, and what the calendar holds afterwards."""

from __future__ import annotations

import gzip
import http.client
import json
import socket
import threading
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.helpers.sandbox import SandboxProcess

ENTRIES = "/calendar/availability"
MEETING = {"date": "2025-09-01", "start_time": "14:00", "end_time": "15:00"}


def post_on_a_socket(sandbox: SandboxProcess) -> bytes:
    """Send one POST and read until the server ends the connection; ConnectionResetError if it is reset."""
    body = json.dumps(MEETING)
    request = (
        f"POST /api/public{ENTRIES} HTTP/1.1\r\nHost: 127.0.0.1:{sandbox.port}\r\nConnection: close\r\n"
        f"Authorization: Bearer {sandbox.token}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n{body}"
    )
    with socket.create_connection(("127.0.0.1", sandbox.port), timeout=10) as client:
        client.sendall(request.encode())
        received = b""
        while chunk := client.recv(65536):
            received += chunk
    return received


def test_drop_before_resets_the_connection_and_writes_nothing(sandbox: SandboxProcess) -> None:
    sandbox.faults({"kind": "drop_before"})
    with pytest.raises(ConnectionResetError):
        post_on_a_socket(sandbox)
    assert sandbox.entries() == []


def test_drop_after_resets_the_connection_with_the_entry_written(sandbox: SandboxProcess) -> None:
    sandbox.faults({"kind": "drop_after"})
    with pytest.raises(ConnectionResetError):
        post_on_a_socket(sandbox)
    assert len(sandbox.entries()) == 1


def test_a_zombie_resets_the_connection_and_is_written_later(sandbox: SandboxProcess) -> None:
    sandbox.faults({"kind": "zombie", "seconds": 0.05})
    with pytest.raises(ConnectionResetError):
        post_on_a_socket(sandbox)
    sandbox.wait_until(lambda: len(sandbox.entries()) == 1)


def test_a_zombie_dies_with_a_reset(sandbox: SandboxProcess) -> None:
    sandbox.faults({"kind": "zombie", "seconds": 0.05})
    with pytest.raises(ConnectionResetError):
        post_on_a_socket(sandbox)
    sandbox.reset()
    sandbox.faults({"kind": "delay", "seconds": 0.1})
    assert sandbox.request("GET", ENTRIES).json == {"availability": []}


@pytest.mark.parametrize(("kind", "written"), [("status_before", 0), ("status_after", 1)])
def test_a_status_is_answered_before_or_after_the_write(sandbox: SandboxProcess, kind: str, written: int) -> None:
    sandbox.faults({"kind": kind, "status": 503, "headers": {"Retry-After": "7"}})
    reply = sandbox.request("POST", ENTRIES, MEETING)
    assert (reply.status, reply.headers["retry-after"], list(reply.json)) == (503, "7", ["error"])
    assert len(sandbox.entries()) == written


def test_a_truncated_answer_ends_halfway_with_the_entry_written(sandbox: SandboxProcess) -> None:
    sandbox.faults({"kind": "truncate"})
    head, _, body = post_on_a_socket(sandbox).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 201")
    length = next(int(line.split(b":")[1]) for line in head.splitlines() if line.startswith(b"content-length"))
    assert len(body) == length // 2
    assert len(sandbox.entries()) == 1
    sandbox.faults({"kind": "truncate"})
    with pytest.raises(http.client.IncompleteRead):
        sandbox.request("GET", ENTRIES)


def test_an_empty_list_is_a_lie(sandbox: SandboxProcess) -> None:
    sandbox.add_entry("2025-09-01", "09:00", "10:00")
    sandbox.faults({"kind": "empty_list", "times": 2})
    for _ in range(2):
        reply = sandbox.request("GET", f"{ENTRIES}?include_recurring=true")
        assert (reply.status, reply.json) == (200, {"availability": [], "recurring": []})
    assert len(sandbox.request("GET", ENTRIES).json["availability"]) == 1


def test_a_captive_portal_answers_html_with_200(sandbox: SandboxProcess) -> None:
    sandbox.faults({"kind": "captive_portal"})
    reply = sandbox.request("POST", ENTRIES, MEETING)
    assert (reply.status, reply.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert reply.body.startswith(b"<!doctype html>")
    assert sandbox.entries() == []


def test_a_slow_drip_is_the_true_answer_byte_by_byte(sandbox: SandboxProcess) -> None:
    sandbox.faults({"kind": "slow_drip", "seconds": 0})
    assert sandbox.request("GET", ENTRIES).json == {"availability": []}


def test_a_gzip_bomb_is_small_on_the_wire_and_64_mb_inside(sandbox: SandboxProcess) -> None:
    sandbox.faults({"kind": "gzip_bomb"})
    reply = sandbox.request("GET", ENTRIES)
    assert reply.headers["content-encoding"] == "gzip"
    assert len(reply.body) < 100_000
    assert len(gzip.decompress(reply.body)) > 64_000_000


def test_a_big_header_of_200_kb_is_sent(sandbox: SandboxProcess) -> None:
    sandbox.faults({"kind": "big_header"})
    assert len(post_on_a_socket(sandbox).partition(b"\r\n\r\n")[0]) > 200_000


def test_a_redirect_leads_elsewhere(sandbox: SandboxProcess) -> None:
    sandbox.faults(
        {"kind": "redirect", "headers": {"Location": "/elsewhere"}}, {"kind": "redirect", "status": 307}
    )
    assert sandbox.request("POST", ENTRIES, MEETING).headers["location"] == "/elsewhere"
    assert sandbox.request("POST", ENTRIES, MEETING).status == 307
    assert sandbox.entries() == []


def test_no_content_is_204_with_the_entry_written(sandbox: SandboxProcess) -> None:
    sandbox.faults({"kind": "no_content"})
    reply = sandbox.request("POST", ENTRIES, MEETING)
    assert (reply.status, reply.body) == (204, b"")
    assert len(sandbox.entries()) == 1


@pytest.mark.parametrize("apply", [False, True])
def test_a_raw_answer_is_sent_as_given(sandbox: SandboxProcess, apply: bool) -> None:
    headers = {"Content-Type": "text/csv", "X-Extra": "1"}
    sandbox.faults({"kind": "raw", "status": 299, "headers": headers, "body": "a,ü", "apply": apply})
    reply = sandbox.request("POST", ENTRIES, MEETING)
    assert (reply.status, reply.body.decode()) == (299, "a,ü")
    assert reply.headers == reply.headers | {"content-type": "text/csv", "x-extra": "1"}
    assert len(sandbox.entries()) == int(apply)


@pytest.mark.parametrize(("kind", "written_before_release"), [("hold", 0), ("hold_after", 1)])
def test_a_held_request_goes_on_when_released(
    sandbox: SandboxProcess, kind: str, written_before_release: int
) -> None:
    sandbox.faults({"kind": kind})
    replies: list[Any] = []
    client = threading.Thread(target=lambda: replies.append(sandbox.request("POST", ENTRIES, MEETING)))
    client.start()
    sandbox.wait_until(lambda: len(sandbox.log()) == 1 and len(sandbox.entries()) == written_before_release)
    assert replies == []
    sandbox.release()
    client.join(10)
    assert replies[0].status == 201
    assert len(sandbox.entries()) == 1


@pytest.mark.parametrize("kind", ["delay", "delay_after"])
def test_a_delayed_request_is_applied_though_the_client_has_gone(sandbox: SandboxProcess, kind: str) -> None:
    sandbox.faults({"kind": kind, "seconds": 0.2})
    connection = http.client.HTTPConnection("127.0.0.1", sandbox.port, timeout=0.05)
    headers = {"Authorization": f"Bearer {sandbox.token}", "Content-Type": "application/json"}
    connection.request("POST", f"/api/public{ENTRIES}", json.dumps(MEETING), headers)
    with pytest.raises(TimeoutError):
        connection.getresponse()
    connection.close()
    sandbox.wait_until(lambda: len(sandbox.entries()) == 1)


def test_a_pause_and_an_ending_are_played_together(sandbox: SandboxProcess) -> None:
    sandbox.faults({"kind": "delay", "seconds": 0.01}, {"kind": "status_after", "status": 502})
    assert sandbox.request("POST", ENTRIES, MEETING).status == 502
    assert sandbox.log()[0]["faults"] == ["delay", "status_after"]


def test_a_fault_hits_the_requests_it_names_so_many_times(sandbox: SandboxProcess) -> None:
    sandbox.faults(
        {
            "kind": "status_before",
            "method": "GET",
            "path_contains": "recurring",
            "skip": 1,
            "times": 2,
            "status": 500,
        }
    )
    paths = (ENTRIES, *["/calendar/recurring"] * 4)
    assert [sandbox.request("GET", path).status for path in paths] == [200, 200, 500, 500, 200]


def test_faults_are_played_in_their_order_one_ending_a_request(sandbox: SandboxProcess) -> None:
    sandbox.faults({"kind": "status_before", "status": 500}, {"kind": "status_before", "status": 502})
    assert [sandbox.request("GET", ENTRIES).status for _ in range(3)] == [500, 502, 200]


def test_chance_is_the_same_in_each_run(sandbox: SandboxProcess) -> None:
    def statuses() -> list[int]:
        sandbox.clear_faults()
        sandbox.faults({"kind": "status_before", "times": 0, "probability": 0.5})
        return [sandbox.request("GET", ENTRIES).status for _ in range(20)]

    first = statuses()
    assert set(first) == {200, 500}
    assert statuses() == first


def test_cleared_faults_hit_no_more(sandbox: SandboxProcess) -> None:
    sandbox.faults({"kind": "drop_before", "times": 0})
    sandbox.clear_faults()
    assert sandbox.request("GET", ENTRIES).status == 200


def test_a_fault_that_hits_before_the_gate_uses_up_no_request(sandbox: SandboxProcess) -> None:
    sandbox.configure(rate_limit=1)
    sandbox.faults({"kind": "status_before"})
    assert [sandbox.request("GET", ENTRIES).status for _ in range(3)] == [500, 200, 429]


def test_the_log_tells_what_was_asked_and_what_came_of_it(sandbox: SandboxProcess) -> None:
    sandbox.faults({"kind": "drop_after", "method": "POST"})
    with pytest.raises(ConnectionResetError):
        post_on_a_socket(sandbox)
    sandbox.request("GET", f"{ENTRIES}?start_date=2025-09-01")
    post, get = sandbox.log()
    assert post == post | {"method": "POST", "path": f"/api/public{ENTRIES}", "status": None, "done": True}
    assert json.loads(post["body"]) == MEETING
    assert get == get | {"method": "GET", "query": "start_date=2025-09-01", "status": 200, "faults": []}


def test_a_misspelt_fault_is_refused(sandbox: SandboxProcess) -> None:
    with pytest.raises(AssertionError, match="422"):
        sandbox.faults({"kind": "dorp"})
