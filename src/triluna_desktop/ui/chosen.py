"""What the user chose, from the settings in the words of the window, and what the window remembers in them."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from triluna_desktop.domain.mode_settings import mode_settings_of
from triluna_desktop.system import settings as table
from triluna_desktop.system.settings import SettingError
from triluna_desktop.ui.dates import TimedLocale

if TYPE_CHECKING:
    from PySide6.QtCore import QLocale

    from triluna_desktop.domain.availability import ModeSettings
    from triluna_desktop.system.settings import Setting, Settings


def first_weekday(settings: Settings, locale: QLocale) -> int:
    """The weekday on which weeks start, 0 is Sunday: what was chosen, or what the locale says."""
    chosen = settings.get(table.CALENDAR_FIRST_WEEKDAY)
    return locale.firstDayOfWeek().value % 7 if chosen == "locale" else int(chosen)


def first_weekday_at_start(settings: Settings, locale: QLocale) -> int:
    """As `first_weekday`, if the locale says what it said last time.

    To ask it takes 13 ms: the answer is a value of the namespace `Qt`, see `week_ink`.
    """
    chosen = settings.get(table.CALENDAR_FIRST_WEEKDAY)
    likely = settings.get(table.WINDOW_LOCALE_WEEKDAY) if chosen == "locale" else chosen
    return int(likely) if likely else first_weekday(settings, locale)


def remember_first_weekday(settings: Settings, locale: QLocale) -> None:
    """Keep what the locale says, for the next start."""
    weekday = str(locale.firstDayOfWeek().value % 7)
    if weekday != settings.get(table.WINDOW_LOCALE_WEEKDAY):
        remember(settings, {table.WINDOW_LOCALE_WEEKDAY: weekday})


def desktop_is_dark(settings: Settings) -> bool | None:
    """What the desktop's portal said last. None: nothing."""
    return {"dark": True, "light": False}.get(settings.get(table.WINDOW_DESKTOP_SCHEME))


def remember_desktop(settings: Settings, *, is_dark: bool | None) -> None:
    """Keep what the desktop's portal says, for the next first paint."""
    scheme = "" if is_dark is None else "dark" if is_dark else "light"
    remember(settings, {table.WINDOW_DESKTOP_SCHEME: scheme})


def locale(settings: Settings, usual: QLocale) -> TimedLocale:
    """The locale, which writes times as was chosen."""
    timed = TimedLocale(usual)
    timed.clock = settings.get(table.APPEARANCE_CLOCK)
    return timed


def mode_settings(settings: Settings) -> ModeSettings:
    """The calendar mode and its default hours."""
    return mode_settings_of(*(settings.get(each) for each in table.MODE))


def layers(settings: Settings) -> dict[str, bool]:
    """Which layers of the grid are shown."""
    return {
        "available": settings.get(table.LAYERS_AVAILABLE),
        "blocked": settings.get(table.LAYERS_BLOCKED),
        "patterns": settings.get(table.LAYERS_PATTERNS),
    }


def remember_layers(settings: Settings, *, available: bool, blocked: bool, patterns: bool) -> None:
    """Keep which layers of the grid are shown."""
    remember(
        settings,
        {table.LAYERS_AVAILABLE: available, table.LAYERS_BLOCKED: blocked, table.LAYERS_PATTERNS: patterns},
    )


def remember(settings: Settings, values: dict[Setting[Any], Any]) -> None:
    """Keep what the window remembers by itself: a comfort, and no reason to interrupt anybody where it fails."""
    if all(settings.get(each) == value for each, value in values.items()):
        return  # Without a look into the file, which each turn of the week would take.
    with suppress(SettingError):
        settings.set_all(values)
