"""What a benchmark found: figures with their limits, as a table and as JSON."""

from __future__ import annotations

import json
import math
import os
import platform
import statistics
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number. ``limit`` is the most it may be; None marks a number that is only told."""

    group: str
    what: str
    measured: float
    unit: str
    limit: float | None = None
    runs: int = 1
    details: dict[str, float] = field(default_factory=dict)
    """What the number was made of, for who looks into the JSON."""

    @property
    def is_over(self) -> bool:
        """Whether the limit is broken."""
        return self.limit is not None and not self.measured <= self.limit

    @property
    def verdict(self) -> str:
        """``ok``, ``OVER`` or, where there is no limit, nothing."""
        if self.limit is None:
            return ""
        return "OVER" if self.is_over else "ok"


def percentile(values: Iterable[float], share: float) -> float:
    """The smallest value that at least ``share`` (0..1) of the values do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def median_ratio(above: Sequence[float], below: Sequence[float]) -> float:
    """The median of the ratios of neighbouring runs: what slows the machine slows both of a pair."""
    return statistics.median(one / other for one, other in zip(above, below, strict=True))


def table(figures: Sequence[Figure]) -> str:
    """The figures in columns, a heading above each group."""
    rows = [(each.what, _amount(each.measured, each.unit), _limit(each), each.verdict) for each in figures]
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(3)]
    lines: list[str] = []
    group = ""
    for figure, (what, measured, limit, verdict) in zip(figures, rows, strict=True):
        if figure.group != group:
            group = figure.group
            lines += ["", group]
        line = f"  {what:<{widths[0]}}  {measured:>{widths[1]}}  {limit:>{widths[2]}}  {verdict}"
        lines.append(line.rstrip())
    return "\n".join(lines[1:])


def write_json(path: Path, figures: Iterable[Figure]) -> None:
    """Write everything that was measured, and where."""
    path.parent.mkdir(parents=True, exist_ok=True)
    found = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "system": platform.platform(),
        "cores": os.cpu_count(),
        "figures": [{**asdict(each), "ok": None if each.limit is None else not each.is_over} for each in figures],
    }
    path.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def _limit(figure: Figure) -> str:
    return "" if figure.limit is None else f"≤ {_amount(figure.limit, figure.unit)}"


def _amount(value: float, unit: str) -> str:
    digits = 0 if value == int(value) and abs(value) >= 2 else 2 if abs(value) < 10 else 1
    return f"{value:.{digits}f} {unit}".rstrip()
