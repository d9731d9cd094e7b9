"""The live label of a drag."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QLocale

from triluna_desktop.domain.models import Entry
from triluna_desktop.grid.hand import Kind, Preview
from triluna_desktop.ui.week_words import WeekWords

SATURDAY = date(2026, 11, 21)


def drag_over(days: int) -> Preview:
    entries = tuple(Entry(str(n), SATURDAY + timedelta(days=n), 540, 600) for n in range(days))
    return Preview(Kind.CREATE, entries, entries[-1])


@pytest.mark.parametrize(
    ("days", "begins"),
    [
        (1, "Sat 09:00 – 10:00"),
        (2, "Sat – Sun 09:00 – 10:00"),
        (7, "Sat – Fri 09:00 – 10:00"),
        (8, "Sat 21 Nov – Sat 28 Nov 09:00 – 10:00"),
        (16, "Sat 21 Nov – Sun 6 Dec 09:00 – 10:00"),
    ],
)
def test_a_drag_over_several_weeks_names_its_dates(days: int, begins: str) -> None:
    label = WeekWords(QLocale("en_GB")).preview(drag_over(days))

    assert label.startswith(f"{begins} · 1 h")
