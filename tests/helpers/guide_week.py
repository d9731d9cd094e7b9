"""The two weeks of TriLuna's own guide, one for each calendar mode; Monday is 23 November 2026."""

from __future__ import annotations

from datetime import date

from triluna_desktop.domain.availability import Mode, ModeSettings
from triluna_desktop.domain.models import Entry

SUNDAY, MONDAY, TUESDAY, WEDNESDAY, THURSDAY = (date(2026, 11, day) for day in range(22, 27))

AVAILABLE_TIMES = ModeSettings(Mode.AVAILABLE_TIMES)
OPENED = (
    Entry("mon", MONDAY, 14 * 60, 16 * 60, True, "Open hours"),
    Entry("wed", WEDNESDAY, 10 * 60, 12 * 60, True, "Open hours"),
)
"""*Mark Available Times*: open Monday 14:00-16:00 and Wednesday 10:00-12:00."""

UNAVAILABLE_TIMES = ModeSettings(Mode.UNAVAILABLE_TIMES)
BLOCKED = (
    Entry("tue", TUESDAY, 13 * 60, 14 * 60, False, "Lunch"),
    Entry("thu", THURSDAY, 15 * 60, 17 * 60, False, "Client meeting"),
)
"""*Mark Unavailable Times*: open 08:00-20:00 but Tuesday 13:00-14:00 and Thursday 15:00-17:00."""
