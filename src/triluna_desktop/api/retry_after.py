"""How long a server asks to wait (RFC 9110, section 10.2.3)."""

from __future__ import annotations

import contextlib
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST_WAIT = 3600.0
"""Seconds. A server that asks for more is asked again after an hour."""

_SECONDS = re.compile(r"\d+(\.\d+)?", re.ASCII)


def parse_retry_after(text: str | None, now: datetime, sent_at: str | None = None) -> float | None:
    """Seconds to wait from ``now``, 0 to an hour, for a number of seconds or an HTTP date; else None.

    A date is one of the server's clock. ``sent_at``, its ``Date`` header, tells what that clock shows now: ours
    may be wrong by hours.
    """
    if text is None:
        return None
    text = text.strip()
    if _SECONDS.fullmatch(text):
        return min(float(text), LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(text)
        if moment.tzinfo is None:  # "-0000": a date in UTC that says nothing of the sender's own zone.
            moment = moment.replace(tzinfo=UTC)
        seconds = (moment - (_date(sent_at) or now)).total_seconds()
    except (ValueError, OverflowError, IndexError, TypeError):
        return None
    return min(max(seconds, 0.0), LONGEST_WAIT)


def _date(text: str | None) -> datetime | None:
    """An HTTP date, aware; None where there is none or it cannot be read."""
    if text is None:
        return None
    with contextlib.suppress(ValueError, OverflowError, IndexError, TypeError):
        moment = parsedate_to_datetime(text.strip())
        return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    return None
