"""The calendar mode from what a profile keeps of it: plain values in, `ModeSettings` out.

The window and the commands read the same settings, and neither may import the other; this is what both use.
"""

from __future__ import annotations

from triluna_desktop.domain.availability import Mode, ModeSettings
from triluna_desktop.domain.intervals import Interval


def mode_settings_of(mode: str, start: int, end: int, hours: str) -> ModeSettings:
    """The mode and its default hours.

    ``start`` and ``end`` are minutes of the wall day, for every weekday; ``hours`` is the text of
    `domain.modes.hours_to_text`, or nothing where all weekdays are alike. A text that says no hours (the file can
    be edited by hand) counts as nothing.

    Raises:
        ValueError: there is no such mode, or the end does not lie after the start.
    """
    return ModeSettings(Mode(mode), Interval(start, end), _by_weekday(hours))


def _by_weekday(text: str) -> tuple[Interval | None, ...]:
    if not text:
        return ()
    # Most profiles keep none, and the first paint waits for this.
    from triluna_desktop.domain.modes import hours_from_text

    try:
        return hours_from_text(text)
    except ValueError:
        return ()
