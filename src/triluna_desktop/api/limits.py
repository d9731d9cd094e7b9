"""How long a request may take and how large a reply may be."""

from __future__ import annotations

from dataclasses import dataclass

BODY_LIMIT = 10 * 1024 * 1024
"""Bytes of a reply after decompression. A calendar of 50,000 entries stays below it."""

THREAD_LIMIT = 64 * 1024
"""Bytes of a reply up to which reading it is quicker than handing it to a worker thread."""

MESSAGE_LIMIT = 300
"""Characters kept of a server's own words: a sentence to show, not a page."""


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds. ``total`` bounds the whole request: a server that drips slowly never trips ``read``."""

    connect: float = 5.0
    read: float = 15.0
    write: float = 10.0
    pool: float = 5.0
    total: float = 20.0


DEFAULT_TIMEOUTS = Timeouts()
SYSTEM_PROXY = "system"
"""Through the proxy that the environment names, if any. Else a proxy is its address, or empty for none."""
