"""Which hosts are this machine: one answer for the settings and for what sends the token."""

from __future__ import annotations

import pytest

from triluna_desktop.api.url import InvalidBaseUrlError, validate_base_url
from triluna_desktop.domain.hosts import is_loopback_host
from triluna_desktop.system import settings as table
from triluna_desktop.system.settings import SettingError


@pytest.mark.parametrize(
    ("host", "is_here"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("127.8.4.2", True),
        ("::1", True),
        ("0.0.0.0", False),  # noqa: S104 - nothing is bound to it.
        ("localhost.example.org", False),
        ("127.0.0.1.example.org", False),
        ("192.168.1.10", False),
        ("", False),
    ],
)
def test_the_token_goes_without_tls_to_this_machine_alone(host: str, is_here: bool) -> None:
    assert is_loopback_host(host) is is_here
    url = f"http://[{host}]/api" if ":" in host else f"http://{host}/api"
    if is_here:
        assert validate_base_url(url) == url
        assert table.ACCOUNT_BASE_URL.checked(url) == url
        return
    with pytest.raises(InvalidBaseUrlError):
        validate_base_url(url)
    with pytest.raises(SettingError):
        table.ACCOUNT_BASE_URL.checked(url)
