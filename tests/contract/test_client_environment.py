"""What surrounds a request: certificates, proxies, what an import costs, and Qt's event loop."""

from __future__ import annotations

import datetime
import ipaddress
import os
import ssl
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from tests.helpers.api_client import open_client
from tests.helpers.raw_server import RawServer, json_reply, reply

from triluna_desktop.api.limits import Timeouts
from triluna_desktop.domain.models import Entry
from triluna_desktop.domain.remote import RemoteCalendar, SurelyUnsentError, Trouble

if TYPE_CHECKING:
    from tests.helpers.sandbox import SandboxProcess

ENTRY = Entry("k", datetime.date(2025, 9, 1), 840, 900)
EMPTY = json_reply({"availability": []})
PROXY_VARIABLES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*PROXY_VARIABLES, *(name.upper() for name in PROXY_VARIABLES), "SSL_CERT_DIR", "SSL_CERT_FILE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of 127.0.0.1 that has signed itself, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


def tls_of(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


# --- certificates


async def test_a_certificate_that_the_system_does_not_trust_is_surely_unsent(certificate: Path) -> None:
    async with RawServer(EMPTY, tls=tls_of(certificate)) as server, open_client(server.url) as client:
        with pytest.raises(SurelyUnsentError) as caught:
            await client.create_entry(ENTRY)
    assert (caught.value.trouble, caught.value.message) == (Trouble.CERTIFICATE, "")
    assert not server.requests


async def test_a_certificate_that_the_system_trusts_is_good(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    async with RawServer(EMPTY, tls=tls_of(certificate)) as server, open_client(server.url) as client:
        assert await client.read_calendar() == RemoteCalendar(())


async def test_a_stale_setting_of_certificates_does_not_stop_the_client_and_is_named_where_trust_fails(
    certificate: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    gone = tmp_path / "gone.pem"
    monkeypatch.setenv("SSL_CERT_FILE", str(gone))
    async with RawServer(EMPTY) as server, open_client(server.url) as client:
        assert await client.read_calendar() == RemoteCalendar(())
    async with RawServer(EMPTY, tls=tls_of(certificate)) as server, open_client(server.url) as client:
        with pytest.raises(SurelyUnsentError) as caught:
            await client.read_calendar()
    assert caught.value.trouble is Trouble.CERTIFICATE
    assert caught.value.message == f"SSL_CERT_FILE names {gone}, which does not exist"


async def test_where_openssl_knows_no_store_the_systems_other_places_are_looked_at(
    certificate: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "gone.pem"))
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))
    async with RawServer(EMPTY, tls=tls_of(certificate)) as server, open_client(server.url) as client:
        with pytest.raises(SurelyUnsentError) as caught:
            await client.read_calendar()
    assert caught.value.trouble is Trouble.CERTIFICATE


async def test_a_file_of_certificates_that_holds_none_is_named(
    certificate: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    garbage = tmp_path / "garbage.pem"
    garbage.write_text("no certificate")
    monkeypatch.setenv("SSL_CERT_FILE", str(garbage))
    async with RawServer(EMPTY, tls=tls_of(certificate)) as server, open_client(server.url) as client:
        with pytest.raises(SurelyUnsentError) as caught:
            await client.read_calendar()
    assert str(garbage) in caught.value.message


async def test_a_server_that_never_shows_its_certificate_is_a_connect_timeout() -> None:
    timeouts = Timeouts(connect=0.2)
    async with RawServer(EMPTY) as server:
        secured = server.url.replace("http:", "https:")
        async with open_client(secured, timeouts=timeouts) as client:
            with pytest.raises(SurelyUnsentError) as caught:
                await client.read_calendar()
    assert caught.value.trouble is Trouble.CONNECT_TIMEOUT


# --- proxies


@pytest.mark.parametrize("status", [407, 403, 502])
async def test_a_proxy_that_refuses_is_surely_unsent(status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    async with RawServer(reply(status, "no", "text/html")) as proxy:
        monkeypatch.setenv("https_proxy", proxy.url)
        async with open_client("https://api.example") as client:
            with pytest.raises(SurelyUnsentError) as caught:
                await client.create_entry(ENTRY)
    assert caught.value.trouble is Trouble.PROXY
    assert [(seen.method, seen.target) for seen in proxy.requests] == [("CONNECT", "api.example:443")]
    assert "authorization" not in proxy.requests[0].headers


@pytest.mark.parametrize("proxy", ["gopher://127.0.0.1:1", "socks5://127.0.0.1:1", "http://[::1"])
async def test_a_proxy_that_cannot_be_used_is_said(proxy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", proxy)
    async with open_client("https://api.example") as client:
        for _ in range(2):
            with pytest.raises(SurelyUnsentError) as caught:
                await client.read_calendar()
            assert caught.value.trouble is Trouble.PROXY


async def test_what_stays_on_this_machine_goes_through_no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    async with RawServer(reply(407)) as proxy, RawServer(EMPTY) as server:
        monkeypatch.setenv("http_proxy", proxy.url)
        async with open_client(server.url) as client:
            assert await client.read_calendar() == RemoteCalendar(())
    assert not proxy.requests


# --- what it costs, and Qt


def run_python(script: str, **environment: str) -> str:
    source = str(Path(__file__).resolve().parents[2] / "src")
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", textwrap.dedent(script)],
        env=os.environ | {"PYTHONPATH": source, "QT_QPA_PLATFORM": "offscreen"} | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_importing_and_making_a_client_loads_nothing_heavy() -> None:
    script = """
        import sys
        from triluna_desktop.api.budget import RequestBudget
        from triluna_desktop.api.client import TriLunaClient
        from triluna_desktop.system.clock import SystemClock
        clock = SystemClock()
        TriLunaClient("https://api.example", lambda: None, clock=clock, budget=RequestBudget(clock))
        print(*sorted({"httpx", "httpcore", "anyio", "msgspec", "truststore"} & set(sys.modules)))
    """
    assert run_python(script) == ""


def test_it_works_on_qts_event_loop(sandbox: SandboxProcess) -> None:
    script = """
        import asyncio, datetime, os
        from PySide6.QtWidgets import QApplication
        from triluna_desktop.api.budget import RequestBudget
        from triluna_desktop.api.client import TriLunaClient
        from triluna_desktop.api.limits import Timeouts
        from triluna_desktop.domain.models import Entry
        from triluna_desktop.domain.remote import RemoteError
        from triluna_desktop.system.clock import SystemClock
        from triluna_desktop.ui.event_loop import EventLoop

        async def main():
            clock = SystemClock()
            budget = RequestBudget(clock)
            client = TriLunaClient(
                os.environ["URL"], lambda: os.environ["TOKEN"], clock=clock, budget=budget,
                timeouts=Timeouts(total=1.0),
            )
            made = await client.create_entry(Entry("k", datetime.date(2025, 9, 1), 60, 120))
            calendars = await asyncio.gather(*(client.read_calendar(include_recurring=True) for _ in range(20)))
            assert all(calendar.entries == (made,) for calendar in calendars)
            waiting = asyncio.create_task(client.delete_pattern(1))
            try:
                await waiting
            except RemoteError as error:
                print(error.trouble.value)
            made_before = budget.used
            waiting = asyncio.create_task(client.read_patterns())
            while budget.used == made_before:
                await asyncio.sleep(0)
            waiting.cancel()
            try:
                await waiting
            except asyncio.CancelledError:
                print("cancelled")
            print(len((await client.read_calendar()).entries))
            await client.aclose()

        app = QApplication([])
        with asyncio.Runner(loop_factory=lambda: EventLoop(app)) as runner:
            runner.run(main())
    """
    sandbox.faults({"kind": "hold", "path_contains": "recurring", "times": 0})
    assert run_python(script, URL=sandbox.url, TOKEN=sandbox.token).split() == ["timeout", "cancelled", "1"]
    sandbox.clear_faults()
