"""The settings: declared once, in the table below, and kept in one JSON file a profile.

The dialog, the file and the documentation read the same table: a setting has its key, its default and its
values here and nowhere else. The file holds only what differs from the default, so a better default reaches
everyone who did not choose; keys that this version does not know are kept for the version that does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from triluna_desktop.system.setting_kinds import Kind, Page, Setting, SettingError
from triluna_desktop.system.settings_file import SettingsFile

if TYPE_CHECKING:
    from pathlib import Path

    AnySetting: TypeAlias = Setting[Any]

__all__ = ["ORDERED", "TABLE", "Kind", "Page", "Setting", "SettingError", "Settings"]

CALENDAR_MODE = Setting(
    "calendar.mode",
    "available",
    Kind.CHOICE,
    Page.CALENDAR,
    "settings.calendar.mode",
    ("available", "unavailable"),
)
"""The values are those of `domain.availability.Mode`."""
CALENDAR_DEFAULT_START = Setting(
    "calendar.default_start", 480, Kind.NUMBER, Page.CALENDAR, "settings.calendar.default_start", maximum=1439
)
"""Minutes of the wall day."""
CALENDAR_DEFAULT_END = Setting(
    "calendar.default_end",
    1200,
    Kind.NUMBER,
    Page.CALENDAR,
    "settings.calendar.default_end",
    minimum=1,
    maximum=1440,
)
"""Minutes of the wall day; always after the start."""
CALENDAR_HOURS = Setting("calendar.hours", "", Kind.TEXT, Page.CALENDAR, "settings.calendar.hours")
"""The default hours by weekday, as `domain.modes.hours_to_text` writes them; empty: all days are alike."""
CALENDAR_FIRST_WEEKDAY = Setting(
    "calendar.first_weekday",
    "locale",
    Kind.CHOICE,
    Page.CALENDAR,
    "settings.calendar.first_weekday",
    ("locale", "0", "1", "2", "3", "4", "5", "6"),
)
"""What the locale says, or a weekday; 0 is Sunday."""

GRID_SNAP = Setting("grid.snap", 15, Kind.CHOICE, Page.CALENDAR, "settings.grid.snap", (5, 10, 15, 30, 60))
"""Minutes."""
GRID_SINGLE_LETTER_KEYS = Setting(
    "grid.single_letter_keys", True, Kind.FLAG, Page.SHORTCUTS, "settings.grid.single_letter_keys"
)
GRID_HOUR_HEIGHT = Setting(
    "grid.hour_height", 48, Kind.NUMBER, Page.CALENDAR, "settings.grid.hour_height", minimum=16, maximum=400
)
"""The zoom: device-independent pixels of an hour."""
GRID_LAST_VIEW = Setting("grid.last_view", "week", Kind.CHOICE, choices=("week", "day"))

CALLERS_LENGTH = Setting(
    "callers.length", 30, Kind.NUMBER, Page.CALENDAR, "settings.callers.length", minimum=1, maximum=1440
)
"""Minutes of an appointment in the caller preview, as in `domain.starts.Appointment`."""
CALLERS_STEP = Setting(
    "callers.step", 30, Kind.NUMBER, Page.CALENDAR, "settings.callers.step", minimum=1, maximum=1440
)
"""Minutes from one start to the next."""
CALLERS_NOTICE = Setting("callers.notice", 0, Kind.NUMBER, maximum=366 * 1440)
"""Minutes from now to the earliest start."""
CALLERS_PERIOD = Setting("callers.period", "week", Kind.CHOICE, choices=("day", "week"))
WARNINGS_DISMISSED = Setting("warnings.dismissed", "", Kind.TEXT, limit=20_000)
"""The names of the warnings that the user put away, with commas between."""
PALETTE_RECENT = Setting("palette.recent", "", Kind.TEXT, limit=1000)
"""The names of the commands that were chosen in the palette last, newest first, with commas between."""
APP_VERSION_SEEN = Setting("app.version_seen", "", Kind.TEXT, limit=40)
"""The version whose news the user was told of; empty before the first run's end."""

APPEARANCE_THEME = Setting(
    "appearance.theme",
    "system",
    Kind.CHOICE,
    Page.APPEARANCE,
    "settings.appearance.theme",
    ("system", "light", "dark"),
)
APPEARANCE_DENSITY = Setting(
    "appearance.density",
    "comfortable",
    Kind.CHOICE,
    Page.APPEARANCE,
    "settings.appearance.density",
    ("comfortable", "compact"),
)
APPEARANCE_CLOCK = Setting(
    "appearance.clock",
    "locale",
    Kind.CHOICE,
    Page.APPEARANCE,
    "settings.appearance.clock",
    ("locale", "12", "24"),
)
"""How times are written: as the locale has it, 2:30 PM, or 14:30."""
APPEARANCE_LANGUAGE = Setting(
    "appearance.language",
    "system",
    Kind.CHOICE,
    Page.APPEARANCE,
    "settings.appearance.language",
    ("system", "en"),
    at_restart=True,
)
"""What the system says, or a language that ships with the app (`assets/translations`)."""

SYNC_POLL_VISIBLE = Setting(
    "sync.poll_visible",
    60,
    Kind.CHOICE,
    Page.SYNC,
    "settings.sync.poll_visible",
    (30, 60, 120, 300, 900),
)
"""Seconds between two reads while the window is seen. A read takes up to two of the hour's 1000 requests."""
SYNC_POLL_HIDDEN = Setting(
    "sync.poll_hidden",
    300,
    Kind.CHOICE,
    Page.SYNC,
    "settings.sync.poll_hidden",
    (120, 300, 600, 1800, 3600),
)
"""Seconds between two reads while it is not."""

SHORTCUTS_KEYS = Setting("shortcuts.keys", "", Kind.TEXT, limit=20_000)
"""The keys that differ from those of the table of commands, as `ui.keymap` writes them."""
SHORTCUTS_GLOBAL = Setting("shortcuts.global", False, Kind.FLAG, Page.SHORTCUTS, "settings.shortcuts.global")
"""Whether the desktop is asked for keys that work in every program, where it has a portal for that."""

PRIVACY_MASK_TITLES = Setting(
    "privacy.mask_titles", False, Kind.FLAG, Page.PRIVACY, "settings.privacy.mask_titles"
)
"""While the screen is shared: titles and notes are not shown."""
PRIVACY_HISTORY = Setting("privacy.history", True, Kind.FLAG, Page.PRIVACY, "settings.privacy.history")
"""Whether versions that were replaced are kept on this computer."""
PRIVACY_HISTORY_DAYS = Setting(
    "privacy.history_days", 90, Kind.CHOICE, Page.PRIVACY, "settings.privacy.history_days", (7, 30, 90)
)

NETWORK_PROXY = Setting(
    "network.proxy",
    "system",
    Kind.CHOICE,
    Page.ADVANCED,
    "settings.network.proxy",
    ("system", "none", "address"),
)
NETWORK_PROXY_ADDRESS = Setting(
    "network.proxy_address", "", Kind.PROXY, Page.ADVANCED, "settings.network.proxy_address"
)
LOG_LEVEL = Setting(
    "log.level",
    "info",
    Kind.CHOICE,
    Page.ADVANCED,
    "settings.log.level",
    ("error", "warning", "info", "debug"),
)

ACCOUNT_BASE_URL = Setting(
    "account.base_url",
    "https://api.triluna.app/api/public",
    Kind.URL,
    Page.ADVANCED,
    "settings.account.base_url",
    limit=2000,
)
ACCOUNT_TOKEN_HINT = Setting("account.token_hint", "", Kind.TEXT, limit=4)
"""The last four characters of the token. The token itself is in the keyring and never here."""
ACCOUNT_SCOPES_CACHE = Setting("account.scopes_cache", "", Kind.TEXT, limit=2000)
"""What the last test of the token found out, and the last four characters of that token."""

LAYERS_AVAILABLE = Setting("layers.available", True, Kind.FLAG)
LAYERS_BLOCKED = Setting("layers.blocked", True, Kind.FLAG)
LAYERS_PATTERNS = Setting("layers.patterns", True, Kind.FLAG)

WINDOW_GEOMETRY = Setting("window.geometry", "", Kind.BYTES, limit=64_000)
WINDOW_STATE = Setting("window.state", "", Kind.BYTES, limit=64_000)
WINDOW_SIDEBAR_VISIBLE = Setting("window.sidebar_visible", True, Kind.FLAG)
WINDOW_LOCALE_WEEKDAY = Setting("window.locale_weekday", "", Kind.CHOICE, choices=("", *"0123456"))
"""On which weekday the locale let weeks start at the last start; empty before the first."""
WINDOW_DESKTOP_SCHEME = Setting("window.desktop_scheme", "", Kind.CHOICE, choices=("", "light", "dark"))
"""What the desktop's portal said last; empty where it has no preference, or where there is none."""
WINDOW_CLOSE_TO_TRAY = Setting(
    "window.close_to_tray", False, Kind.FLAG, Page.TRAY, "settings.window.close_to_tray"
)
"""Closing the window hides it, where a tray shows the app; without one it ends the app as ever."""
WINDOW_START_HIDDEN = Setting("window.start_hidden", False, Kind.FLAG, Page.TRAY, "settings.window.start_hidden")
"""As the option ``--hidden``: only the icon in the tray at the start, and the window where there is no tray."""
WINDOW_HIDING_TOLD = Setting("window.hiding_told", False, Kind.FLAG)
"""Whether it was said, the first time that closing hid the window, where the app is now."""

NOTIFICATIONS_REFUSED = Setting(
    "notifications.refused", True, Kind.FLAG, Page.NOTIFICATIONS, "settings.notifications.refused"
)
"""The server refused an edit."""
NOTIFICATIONS_CONFLICT = Setting(
    "notifications.conflict", True, Kind.FLAG, Page.NOTIFICATIONS, "settings.notifications.conflict"
)
"""An edit contradicts what the server has, and waits for a decision."""
NOTIFICATIONS_TOKEN = Setting(
    "notifications.token", True, Kind.FLAG, Page.NOTIFICATIONS, "settings.notifications.token"
)
"""The server does not accept the token any more."""
NOTIFICATIONS_SENT = Setting(
    "notifications.sent", True, Kind.FLAG, Page.NOTIFICATIONS, "settings.notifications.sent"
)
"""What had waited for the server is sent."""
NOTIFICATIONS_ENDING = Setting(
    "notifications.ending", False, Kind.FLAG, Page.NOTIFICATIONS, "settings.notifications.ending"
)
"""A block ends in five minutes."""
NOTIFICATIONS_ELSEWHERE = Setting(
    "notifications.elsewhere", True, Kind.FLAG, Page.NOTIFICATIONS, "settings.notifications.elsewhere"
)
"""Something was booked, or changed, elsewhere."""
NOTIFICATIONS_NOT_LIVE = Setting(
    "notifications.not_live", True, Kind.FLAG, Page.NOTIFICATIONS, "settings.notifications.not_live"
)
"""What was blocked outside of the window has not reached the server yet."""
NOTIFICATIONS_DONE = Setting(
    "notifications.done", True, Kind.FLAG, Page.NOTIFICATIONS, "settings.notifications.done"
)
"""What was blocked or opened outside of the window: from the tray, by a key, by a command."""
NOTIFICATIONS_QUIET = Setting(
    "notifications.quiet", False, Kind.FLAG, Page.NOTIFICATIONS, "settings.notifications.quiet"
)
"""Whether there are quiet hours."""
NOTIFICATIONS_QUIET_FROM = Setting(
    "notifications.quiet_from",
    1320,
    Kind.TIME,
    Page.NOTIFICATIONS,
    "settings.notifications.quiet_from",
    maximum=1439,
)
"""Minutes of the wall day. Later than the end: the quiet hours go on past midnight."""
NOTIFICATIONS_QUIET_TO = Setting(
    "notifications.quiet_to", 420, Kind.TIME, Page.NOTIFICATIONS, "settings.notifications.quiet_to", maximum=1439
)
"""Minutes of the wall day; the first minute that is not quiet any more."""

TABLE: tuple[AnySetting, ...] = (
    CALENDAR_MODE,
    CALENDAR_DEFAULT_START,
    CALENDAR_DEFAULT_END,
    CALENDAR_HOURS,
    CALENDAR_FIRST_WEEKDAY,
    GRID_SNAP,
    GRID_SINGLE_LETTER_KEYS,
    GRID_HOUR_HEIGHT,
    GRID_LAST_VIEW,
    CALLERS_LENGTH,
    CALLERS_STEP,
    CALLERS_NOTICE,
    CALLERS_PERIOD,
    WARNINGS_DISMISSED,
    PALETTE_RECENT,
    APP_VERSION_SEEN,
    APPEARANCE_THEME,
    APPEARANCE_DENSITY,
    APPEARANCE_CLOCK,
    APPEARANCE_LANGUAGE,
    SYNC_POLL_VISIBLE,
    SYNC_POLL_HIDDEN,
    SHORTCUTS_GLOBAL,
    SHORTCUTS_KEYS,
    PRIVACY_MASK_TITLES,
    PRIVACY_HISTORY,
    PRIVACY_HISTORY_DAYS,
    NETWORK_PROXY,
    NETWORK_PROXY_ADDRESS,
    LOG_LEVEL,
    NOTIFICATIONS_REFUSED,
    NOTIFICATIONS_CONFLICT,
    NOTIFICATIONS_TOKEN,
    NOTIFICATIONS_SENT,
    NOTIFICATIONS_ENDING,
    NOTIFICATIONS_ELSEWHERE,
    NOTIFICATIONS_NOT_LIVE,
    NOTIFICATIONS_DONE,
    NOTIFICATIONS_QUIET,
    NOTIFICATIONS_QUIET_FROM,
    NOTIFICATIONS_QUIET_TO,
    ACCOUNT_BASE_URL,
    ACCOUNT_TOKEN_HINT,
    ACCOUNT_SCOPES_CACHE,
    LAYERS_AVAILABLE,
    LAYERS_BLOCKED,
    LAYERS_PATTERNS,
    WINDOW_GEOMETRY,
    WINDOW_STATE,
    WINDOW_SIDEBAR_VISIBLE,
    WINDOW_LOCALE_WEEKDAY,
    WINDOW_DESKTOP_SCHEME,
    WINDOW_CLOSE_TO_TRAY,
    WINDOW_START_HIDDEN,
    WINDOW_HIDING_TOLD,
)
"""All of them, in the order in which the dialog shows them."""

ORDERED: tuple[tuple[Setting[int], Setting[int]], ...] = ((CALENDAR_DEFAULT_START, CALENDAR_DEFAULT_END),)
"""Pairs of which the first must stay below the second."""

MODE: tuple[AnySetting, ...] = (CALENDAR_MODE, CALENDAR_DEFAULT_START, CALENDAR_DEFAULT_END, CALENDAR_HOURS)
"""What `domain.mode_settings.mode_settings_of` takes, in its order."""


class Settings(SettingsFile):
    """The settings of one profile."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, TABLE, ORDERED)
