"""Whoever answers in place of the calendar: nobody, somebody else, or a server that is not well.

See `test_table` for the list of all faults.
"""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest
from tests.helpers.api_client import HASTY
from tests.helpers.certificate import make_certificate, tls_of
from tests.helpers.fault_checks import NO_TOKEN, Said, check_a_bad_server, see_the_calendar
from tests.helpers.raw_server import RawServer, json_reply, reply

from triluna_desktop.api.limits import BODY_LIMIT, Timeouts

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers.sandbox import SandboxProcess

    from triluna_desktop.ui.theme import Theme

PORTAL = "<!doctype html><html><body>Sign in</body></html>"
OFFLINE = "Offline – trying again in 1 s"
KNOWN = "What is known is from 2026-11-19 07:24."
PROXY_VARIABLES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*PROXY_VARIABLES, *(name.upper() for name in PROXY_VARIABLES), "SSL_CERT_DIR", "SSL_CERT_FILE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
async def seen(tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess) -> None:
    await see_the_calendar(tmp_path, window_theme, sandbox)


async def test_refused(tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess) -> None:
    async with RawServer() as server:
        pass
    said = Said(
        OFFLINE,
        "The server cannot be reached. Check the network. Edits are kept and sent later.",
        told=f"The server was not reached. {KNOWN}",
    )
    await check_a_bad_server(tmp_path, window_theme, sandbox, server.url, said)


async def test_connect_timeout(tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess) -> None:
    said = Said(
        OFFLINE,
        "The server does not answer. Check the network. Edits are kept and sent later.",
        told=f"The server was not reached: it does not answer. {KNOWN}",
    )
    # A server that takes the connection and never shows its certificate.
    async with RawServer(b"") as server:
        url = server.url.replace("http:", "https:")
        await check_a_bad_server(tmp_path, window_theme, sandbox, url, said, timeouts=Timeouts(connect=0.1))


UNREADABLE = (
    "The server's answer could not be read. What was shown last is kept, and so are your edits. A newer version "
    "of the app may know more."
)
TOO_LARGE = (
    "The server's answer is too large. What was shown last is kept, and so are your edits. A newer version of the "
    "app may know more."
)
UNREAD = "Answer could not be read – trying again in 1 s"
BAD_REPLIES = {
    "read timeout": (
        None,
        Said(
            OFFLINE,
            "The server took too long to answer. Edits are kept and sent later.",
            told=f"The server took too long to answer. {KNOWN}",
        ),
    ),
    "disconnect": (
        b"",
        Said(
            OFFLINE,
            "The connection broke off. Edits are kept and sent later.",
            told=f"The connection to the server broke off. {KNOWN}",
        ),
    ),
    "gzip bomb": (
        reply(200, gzip.compress(b" " * (BODY_LIMIT + 1)), headers={"Content-Encoding": "gzip"}),
        Said(UNREAD, TOO_LARGE, told=f"The server's answer is too large. {KNOWN}"),
    ),
    "200 KB header": (
        b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200_000 + b"\r\n\r\n",
        Said(UNREAD, TOO_LARGE, told=f"The server's answer is too large. {KNOWN}"),
    ),
    "204 without body": (
        reply(204),
        Said(UNREAD, UNREADABLE, told=f"The server's answer could not be read. {KNOWN}"),
    ),
    "captive portal": (
        reply(200, PORTAL, "text/html"),
        Said(
            "Something else answered – trying again in 1 s",
            "Something other than the calendar answered, perhaps a sign-in page of this network. Open a web page "
            "to sign in to the network. Edits are kept and sent later.",
            told="Something other than the calendar answered, perhaps a sign-in page of this network. " + KNOWN,
        ),
    ),
    "302 elsewhere": (
        reply(302, b"", headers={"Location": "http://127.0.0.1:1/sign-in"}),
        Said(
            "No calendar at this address – trying again in 1 s",
            "The app was sent on to another address, which it does not follow. If this network asks for a "
            "sign-in, open a web page to sign in. Else check the server's address in Settings, Advanced. "
            "Edits are kept and sent later.",
            told="The app was sent on to another address, which it does not follow; check the server's address, "
            f"and whether this network asks for a sign-in. {KNOWN}",
        ),
    ),
    "404 base path": (
        reply(404, PORTAL, "text/html"),
        Said(
            "No calendar at this address – trying again in 60 s",
            "There is no calendar at this address. Check the server's address in Settings, Advanced. "
            "Edits are kept and sent later.",
            told=f"There is no calendar at this address. {KNOWN}",
        ),
    ),
    "500": (
        json_reply({"error": "Out for lunch"}, 500),
        Said(
            "The server has a problem – trying again in 1 s",
            "The server has a problem of its own. The server says: “Out for lunch”. Edits are kept and sent "
            "later.",
            told=f"The server has a problem of its own. It says: “Out for lunch”. {KNOWN}",
        ),
    ),
    "400": (
        json_reply({"error": "Bad request", "message": "start_date is not a date"}, 400),
        Said(
            "Refused by the server – trying again in 60 s",
            "The server does not understand what the app asks. The server says: “start_date is not a date”. What "
            "was shown last is kept, and so are your edits. A newer version of the app may know more.",
            told="The server does not understand what the app asks. It says: “start_date is not a date”. " + KNOWN,
        ),
    ),
    "403": (
        json_reply(
            {"error": "Insufficient permissions", "message": "API token requires read:calendar scope"}, 403
        ),
        Said(
            "A permission is missing – trying again in 60 s",
            "The token lacks a permission. The server says: “API token requires read:calendar scope”. Make a "
            "token with the scopes read:calendar and write:calendar, and paste it in Settings. Edits are kept.",
            ("Paste another token…", "Try again"),
            told="The token may not read (scope read:calendar). " + KNOWN,
            code=5,
        ),
    ),
}


@pytest.mark.parametrize("fault", BAD_REPLIES)
async def test_bad_reply(tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess, fault: str) -> None:
    answer, said = BAD_REPLIES[fault]
    timeouts = HASTY if answer is None else Timeouts()
    async with RawServer(answer) as server:
        await check_a_bad_server(tmp_path, window_theme, sandbox, server.url, said, timeouts=timeouts)
        assert {request.method for request in server.requests} == {"GET"}, "nothing is sent before a good read"


async def test_slow_drip(tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess) -> None:
    said = Said(
        OFFLINE,
        "The server took too long to answer. Edits are kept and sent later.",
        told=f"The server took too long to answer. {KNOWN}",
    )
    head, drip = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", [b"x"] * 1000
    timeouts = Timeouts(total=0.2)  # No pause between two bytes is as long as the time for reading.
    async with RawServer(head, chunks=drip, pause=0.02) as server:
        await check_a_bad_server(tmp_path, window_theme, sandbox, server.url, said, timeouts=timeouts)


async def test_401(tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess) -> None:
    said = Said(
        "Token refused",
        "The server does not accept the token: it is wrong, was revoked or has expired. Your edits are kept and "
        "are sent once a token works.",
        ("Paste a new token…",),
        told="The token is missing or was refused. Set one with `triluna-desktop token set`.",
        code=5,
    )
    card = NO_TOKEN
    async with RawServer(json_reply({"error": "Invalid token"}, 401)) as server:
        await check_a_bad_server(tmp_path, window_theme, sandbox, server.url, said, card=card)


async def test_bad_certificate(tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess) -> None:
    certificate = make_certificate(tmp_path / "server.pem")
    said = Said(
        "No safe connection – trying again in 1 s",
        "The server's certificate cannot be trusted. If this network asks for a sign-in, open a web page to sign "
        "in. If it needs a certificate of its own, ask who runs it. Edits are kept and sent later.",
        told=f"The server's certificate cannot be trusted. {KNOWN}",
    )
    async with RawServer(b"", tls=tls_of(certificate)) as server:
        await check_a_bad_server(tmp_path, window_theme, sandbox, server.url, said)


async def test_bad_certificate_by_a_setting_of_this_computer(
    tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = make_certificate(tmp_path / "server.pem")
    other = make_certificate(tmp_path / "other.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(other))
    setting = f"SSL_CERT_FILE is set to {other}, so only the certificates there are trusted"
    said = Said(
        "No safe connection – trying again in 1 s",
        "The server's certificate cannot be trusted. A setting of this computer decides who is trusted: "
        f"{setting}. If this network asks for a sign-in, open a web page to sign in. If it needs a certificate of "
        "its own, ask who runs it. Edits are kept and sent later.",
        told=f"The server's certificate cannot be trusted. A setting decides who is trusted: “{setting}”. {KNOWN}",
    )
    async with RawServer(b"", tls=tls_of(certificate)) as server:
        await check_a_bad_server(tmp_path, window_theme, sandbox, server.url, said)


@pytest.mark.parametrize("valid_in_days", [3, -9], ids=["not yet", "no longer"])
async def test_wrong_clock_makes_a_certificate_invalid(
    tmp_path: Path,
    window_theme: Theme,
    sandbox: SandboxProcess,
    monkeypatch: pytest.MonkeyPatch,
    valid_in_days: float,
) -> None:
    """A clock that is days off cannot be set for OpenSSL: so the certificate is days off."""
    certificate = make_certificate(tmp_path / "server.pem", valid_in_days=valid_in_days)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    said = Said(
        "No safe connection – trying again in 1 s",
        "By this computer's date, the server's certificate is not valid. Check the date and time of this "
        "computer. If they are right, only whoever runs the server can help. Edits are kept and sent later.",
        told=f"By this computer's date, the server's certificate is not valid; check the date. {KNOWN}",
    )
    async with RawServer(b"", tls=tls_of(certificate)) as server:
        await check_a_bad_server(tmp_path, window_theme, sandbox, server.url, said)


async def test_proxy_407(
    tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = Said(
        OFFLINE,
        "The proxy refuses the connection. Check the proxy's settings and whether it asks for a sign-in. Edits "
        "are kept and sent later.",
        told=f"The proxy refused the connection. {KNOWN}",
    )
    async with RawServer(reply(407, PORTAL, "text/html")) as proxy:
        monkeypatch.setenv("https_proxy", proxy.url)
        await check_a_bad_server(tmp_path, window_theme, sandbox, "https://api.example", said)
        assert {request.method for request in proxy.requests} == {"CONNECT"}
