"""Which addresses the token may be sent to."""

from __future__ import annotations

import pytest

from triluna_desktop.api.url import DEFAULT_BASE_URL, InvalidBaseUrlError, is_loopback, validate_base_url


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (DEFAULT_BASE_URL, DEFAULT_BASE_URL),
        ("  https://api.triluna.app/api/public/  ", DEFAULT_BASE_URL),
        ("HTTPS://API.TriLuna.App/api/public", DEFAULT_BASE_URL),
        ("https://example.org", "https://example.org"),
        ("https://example.org:8443/", "https://example.org:8443"),
        ("https://münchen.example/api", "https://xn--mnchen-3ya.example/api"),
        ("https://[2001:db8::1]:8443/x", "https://[2001:db8::1]:8443/x"),
        ("http://127.0.0.1:8080/api/public", "http://127.0.0.1:8080/api/public"),
        ("http://127.9.9.9", "http://127.9.9.9"),
        ("http://localhost:1", "http://localhost:1"),
        ("http://[::1]:8080", "http://[::1]:8080"),
    ],
)
def test_good_addresses_get_one_spelling(text: str, wanted: str) -> None:
    assert validate_base_url(text) == wanted
    assert validate_base_url(wanted) == wanted


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "needed"),
        ("   ", "needed"),
        ("api.triluna.app", "begin with https"),
        ("ftp://example.org", "begin with https"),
        ("http://api.triluna.app/api/public", "read the token"),
        ("http://127.0.0.1.example.org", "read the token"),
        ("http://localhost.example.org", "read the token"),
        ("http://10.0.0.1", "read the token"),
        ("http://0.0.0.0", "read the token"),
        ("http://127.1", "read the token"),
        ("https://", "no host"),
        ("https:///path", "no host"),
        ("https://user:secret@example.org", "user name"),
        ("http://127.0.0.1@example.org", "user name"),
        ("https://exa mple.org", "space"),
        ("https://example.org\\@127.0.0.1", "character"),
        ("https://exam\u200bple.org", "character"),
        ("https://example.org:port", "port"),
        ("https://example.org:0", "port"),
        ("https://example.org:70000", "port"),
        ("https://example.org/api?x=1", "end with its path"),
        ("https://example.org/api#top", "end with its path"),
        ("https://example.org/a/../b", "path"),
        ("https://example.org/<api>", "path"),
        ("https://[::1", "cannot be read"),
        ("https://[v1.x]", "cannot be read"),
        ("https://exam_ple..org", "cannot be read"),
        ("https://-example.org", "cannot be read"),
        ("https://" + "ü" * 70 + ".example", "cannot be read"),
    ],
)
def test_bad_addresses_are_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(InvalidBaseUrlError, match=reason):
        validate_base_url(text)


def test_loopback_is_known_by_its_host_alone() -> None:
    assert is_loopback("http://127.0.0.1:80/api")
    assert is_loopback("https://localhost")
    assert is_loopback("https://[::1]:443")
    assert not is_loopback("https://example.org/127.0.0.1")
