"""How long a server asks to wait."""

from __future__ import annotations

import pytest
from tests.helpers.manual_clock import START

from triluna_desktop.api.retry_after import parse_retry_after


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("0", 0),
        ("17", 17),
        (" 17 ", 17),
        ("1.5", 1.5),
        ("3600", 3600),
        ("86400", 3600),
        ("9" * 400, 3600),
        ("Mon, 01 Sep 2025 10:02:00 GMT", 120),
        ("Mon, 01 Sep 2025 12:02:00 +0200", 120),
        ("Mon, 01 Sep 2025 10:02:00 -0000", 120),
        ("Monday, 01-Sep-25 10:02:00 GMT", 120),
        ("Mon, 01 Sep 2025 09:00:00 GMT", 0),
        ("Tue, 02 Sep 2025 10:00:00 GMT", 3600),
    ],
)
def test_seconds_and_dates_are_understood_and_capped_at_an_hour(text: str, seconds: float) -> None:
    assert parse_retry_after(text, START) == seconds


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "soon",
        "-5",
        "nan",
        "inf",
        "1e3",
        "5, 10",
        "٣",
        "Mon, 32 Sep 2025 10:00:00 GMT",
        "Mon, 01 Sep 99999 10:00:00 GMT",
        "\x00",
        "Mon, 01 Sep 2025 10:00:00 +9999",
    ],
)
def test_garbage_says_nothing(text: str | None) -> None:
    assert parse_retry_after(text, START) is None


@pytest.mark.parametrize(
    ("sent_at", "seconds"),
    [
        ("Mon, 01 Sep 2025 10:01:00 GMT", 60),
        ("Mon, 01 Sep 2025 09:32:00 -0000", 1800),
        ("Mon, 01 Sep 2025 11:00:00 GMT", 0),
        ("when it was sent", 120),
        ("Mon, 01 Sep 2025 10:01:00 GMT, Mon, 01 Sep 2025 10:01:00 GMT", 60),
        (None, 120),
    ],
)
def test_a_date_is_one_of_the_servers_clock_where_that_is_known(sent_at: str | None, seconds: float) -> None:
    assert parse_retry_after("Mon, 01 Sep 2025 10:02:00 GMT", START, sent_at) == seconds
    assert parse_retry_after("17", START, sent_at) == 17
