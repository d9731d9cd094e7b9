"""TriLuna's public calendar API over HTTP. `client.TriLunaClient` is the door; the rest is behind it."""

from __future__ import annotations

import sys

# httpx loads its command line, and with it click, rich and pygments, wherever those happen to be installed: 6 MB
# and 40 ms that no request needs. Where that module cannot be had, httpx goes on without.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]  # None is how Python says so.
