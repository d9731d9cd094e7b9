"""Each way in which a request can fail, by name: what the sandbox plays, or what happens on the client's side."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

EARLY_SECONDS, LATE_SECONDS = 1.0, 20.0
"""When a request that was given up is carried out after all. The whole request may take 20 s (reliability R3)."""


@dataclass(frozen=True)
class FaultKind:
    """One way to fail."""

    name: str
    spec: Mapping[str, Any] = field(default_factory=dict)
    """What the sandbox is told; empty where it is played on the client's side."""
    reads: bool = True
    writes: bool = True
    lands_after: float | None = None
    """Seconds after which the request is carried out, though nobody waits for it any more."""
    refuses: bool = False
    """The server says no for good: that it is not there is then no loss, if the screen says so."""
    hangs: bool = False
    """No answer comes: the client is killed while it waits."""
    here: Literal["", "unsent", "timeout_before", "timeout_after"] = ""
    """Played by the client's own transport."""


def _raw(name: str, status: int, body: str, headers: Mapping[str, str] | None = None, **more: Any) -> FaultKind:
    refuses = bool(more.pop("refuses", False))
    spec = {"kind": "raw", "status": status, "body": body, "headers": dict(headers or {}), **more}
    return FaultKind(name, spec, reads=not (refuses or more.get("apply")), refuses=refuses)


_LIMITED = '{"error": "Rate limit exceeded", "message": "slow down"}'

KINDS: tuple[FaultKind, ...] = (
    FaultKind("none"),
    FaultKind("unsent", here="unsent"),
    FaultKind("timeout-before", here="timeout_before"),
    FaultKind("timeout-after", here="timeout_after"),
    FaultKind("delay", {"kind": "delay", "seconds": 0.002}),
    FaultKind("drop-before", {"kind": "drop_before"}),
    FaultKind("drop-after", {"kind": "drop_after"}),
    FaultKind("zombie", {"kind": "zombie_held"}, reads=False, lands_after=EARLY_SECONDS),
    FaultKind("late-zombie", {"kind": "zombie_held"}, reads=False, lands_after=LATE_SECONDS),
    FaultKind("500-before", {"kind": "status_before", "status": 500}),
    FaultKind("500-after", {"kind": "status_after", "status": 500}, reads=False),
    FaultKind("408-after", {"kind": "status_after", "status": 408}, reads=False),
    FaultKind("503-before", {"kind": "status_before", "status": 503, "headers": {"Retry-After": "7"}}),
    FaultKind("truncate", {"kind": "truncate"}),
    FaultKind("slow-drip", {"kind": "slow_drip", "seconds": 0}),
    FaultKind("empty-list", {"kind": "empty_list"}, writes=False),
    FaultKind("no-content", {"kind": "no_content"}),
    FaultKind("gzip-bomb", {"kind": "gzip_bomb"}),
    FaultKind("big-header", {"kind": "big_header"}),
    FaultKind("captive-portal", {"kind": "captive_portal"}),
    FaultKind("captive-portal-after", {"kind": "captive_portal", "apply": True}, reads=False),
    FaultKind("redirect", {"kind": "redirect"}),
    _raw("unreadable-yes", 201, "{}", apply=True),
    _raw("no-json", 200, "all is well"),
    _raw("429-seconds", 429, _LIMITED, {"Retry-After": "90"}),
    _raw("429-date", 429, _LIMITED, {"Retry-After": "Mon, 23 Nov 2026 10:05:00 GMT"}),
    _raw("429-garbage", 429, _LIMITED, {"Retry-After": "soon"}),
    _raw("429-silent", 429, _LIMITED),
    _raw("401", 401, '{"error": "Invalid API token"}'),
    _raw(
        "403",
        403,
        '{"error": "Insufficient permissions", "message": "API token requires write:calendar scope"}',
    ),
    _raw("422", 422, '{"error": "Validation failed", "message": "no such slot"}', refuses=True),
    FaultKind("hang-before", {"kind": "hold"}, reads=False, lands_after=EARLY_SECONDS, hangs=True),
    FaultKind("hang-before-late", {"kind": "hold"}, reads=False, lands_after=LATE_SECONDS, hangs=True),
    FaultKind("hang-after", {"kind": "hold_after"}, hangs=True),
)

NAMES = {kind.name: kind for kind in KINDS}

DATABASE = ("full", "io", "locked")
"""How a call to SQLite can fail: `db-full@17` is the seventeenth call, which finds the disk full."""
