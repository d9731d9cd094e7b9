"""The settings: declared once, in the table below, and kept in one JSON file a profile.

The dialog, the file and the documentation read the same table: a setting has its key, its default and its
values here and nowhere else. The file holds only what differs from the default, so a better default reaches
everyone who did not choose; keys that this version does not know are kept for the version that does.
"""

from __future__ import annotations

import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from triluna_desktop.system.setting_kinds import Kind, Page, Setting, SettingError, T

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

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
GRID_HOUR_HEIGHT = Setting("grid.hour_height", 48, Kind.NUMBER, minimum=16, maximum=400)
"""The zoom: device-independent pixels of an hour."""
GRID_LAST_VIEW = Setting("grid.last_view", "week", Kind.CHOICE, choices=("week", "day"))

CALLERS_LENGTH = Setting("callers.length", 30, Kind.NUMBER, minimum=1, maximum=1440)
"""Minutes of an appointment in the caller preview, as in `domain.starts.Appointment`."""
CALLERS_STEP = Setting("callers.step", 30, Kind.NUMBER, minimum=1, maximum=1440)
"""Minutes from one start to the next."""
CALLERS_NOTICE = Setting("callers.notice", 0, Kind.NUMBER, maximum=366 * 1440)
"""Minutes from now to the earliest start."""
CALLERS_PERIOD = Setting("callers.period", "week", Kind.CHOICE, choices=("day", "week"))
WARNINGS_DISMISSED = Setting("warnings.dismissed", "", Kind.TEXT, limit=20_000)
"""The names of the warnings that the user put away, with commas between."""

APPEARANCE_THEME = Setting(
    "appearance.theme",
    "system",
    Kind.CHOICE,
    Page.APPEARANCE,
    "settings.appearance.theme",
    ("system", "light", "dark"),
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
"""What the last test of the token found out."""

LAYERS_AVAILABLE = Setting("layers.available", True, Kind.FLAG)
LAYERS_BLOCKED = Setting("layers.blocked", True, Kind.FLAG)
LAYERS_PATTERNS = Setting("layers.patterns", True, Kind.FLAG)

WINDOW_GEOMETRY = Setting("window.geometry", "", Kind.BYTES, limit=64_000)
WINDOW_STATE = Setting("window.state", "", Kind.BYTES, limit=64_000)
WINDOW_SIDEBAR_VISIBLE = Setting("window.sidebar_visible", True, Kind.FLAG)

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
    APPEARANCE_THEME,
    ACCOUNT_BASE_URL,
    ACCOUNT_TOKEN_HINT,
    ACCOUNT_SCOPES_CACHE,
    LAYERS_AVAILABLE,
    LAYERS_BLOCKED,
    LAYERS_PATTERNS,
    WINDOW_GEOMETRY,
    WINDOW_STATE,
    WINDOW_SIDEBAR_VISIBLE,
)
"""All of them, in the order in which the dialog shows them."""

ORDERED: tuple[tuple[Setting[int], Setting[int]], ...] = ((CALENDAR_DEFAULT_START, CALENDAR_DEFAULT_END),)
"""Pairs of which the first must stay below the second."""

MODE: tuple[AnySetting, ...] = (CALENDAR_MODE, CALENDAR_DEFAULT_START, CALENDAR_DEFAULT_END, CALENDAR_HOURS)
"""What `domain.mode_settings.mode_settings_of` takes, in its order."""

_OWNER_ONLY = 0o600


class Settings:
    """The settings of one profile, typed. Until `load` is called, each has its default."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._values: dict[str, Any] = {}
        """Checked values of the table's settings that differ from their defaults."""
        self._kept: dict[str, object] = {}
        """What the file holds and this version cannot use: unknown keys, and values that it does not take."""
        self._problem = ""
        self._subscribers: dict[object, Callable[[AnySetting], None]] = {}

    @property
    def problem(self) -> str:
        """What was wrong with the file at the last `load`, as a sentence for the user; empty if nothing."""
        return self._problem

    def load(self) -> None:
        """Read the file. A missing one is a first run; an unreadable one is set aside, named ``….broken``."""
        self._values, self._kept, self._problem = {}, {}, ""
        try:
            content = json.loads(self._path.read_bytes())
            if not isinstance(content, dict):
                raise ValueError("it holds no object")  # noqa: TRY004, TRY301 - broken like any other JSON here.
        except FileNotFoundError:
            return
        except (ValueError, RecursionError) as error:
            aside = self._set_aside()
            self._problem = f"The settings could not be read ({error}) and are back at their defaults. {aside}"
            return
        except OSError as error:
            self._problem = f"The settings could not be read ({error.strerror or error}); the defaults are used."
            return
        self._take(content)

    def get(self, setting: Setting[T]) -> T:
        """The setting's value, or its default."""
        value: T = self._values.get(setting.key, setting.default)
        return value

    def set(self, setting: Setting[T], value: T) -> None:
        """Give the setting a value, save it, and tell the subscribers.

        Raises:
            SettingError: the setting does not take the value, or the file cannot be written; the setting and
                the file are then as they were.
        """
        self.set_all({setting: value})

    def set_all(self, changes: Mapping[AnySetting, Any]) -> None:
        """Set several at once, with one save: for a form, and for two that only together make sense.

        Raises:
            SettingError: as for `set`; then none of them is changed.
        """
        wanted = {setting: setting.checked(value) for setting, value in changes.items()}
        values = dict(self._values)
        for setting, value in wanted.items():
            values.pop(setting.key, None)
            if value != setting.default:
                values[setting.key] = value
        self._check_order(values, wanted)
        changed = [setting for setting in wanted if values.get(setting.key) != self._values.get(setting.key)]
        kept = {key: value for key, value in self._kept.items() if key not in {each.key for each in wanted}}
        if not changed and kept == self._kept:
            return
        self._save({**kept, **values}, next(iter(wanted)).key)
        self._values, self._kept = values, kept
        for setting in changed:
            for callback in tuple(self._subscribers.values()):
                callback(setting)

    def reset(self, setting: AnySetting) -> None:
        """Back to the default.

        Raises:
            SettingError: as for `set`.
        """
        self.set_all({setting: setting.default})

    def subscribe(self, callback: Callable[[AnySetting], None]) -> Callable[[], None]:
        """Call ``callback(setting)`` after each change, in the thread that made it; returns what ends that."""
        ticket = object()
        self._subscribers[ticket] = callback

        def unsubscribe() -> None:
            self._subscribers.pop(ticket, None)

        return unsubscribe

    def _take(self, content: dict[str, object]) -> None:
        known = {setting.key: setting for setting in TABLE}
        refused: list[str] = []
        for key, value in content.items():
            setting = known.get(key)
            if setting is None:
                self._kept[key] = value
                continue
            try:
                checked = setting.checked(value)
            except SettingError as error:
                self._kept[key] = value
                refused.append(error.problem)
            else:
                if checked != setting.default:
                    self._values[key] = checked
        for lower, upper in ORDERED:
            if self.get(lower) >= self.get(upper):
                refused.append(_order_problem(lower, upper))
                pair = (lower.key, upper.key)
                self._kept.update((key, self._values.pop(key)) for key in pair if key in self._values)
        if refused:
            self._problem = f"Some settings could not be used and have their defaults: {' '.join(refused)}"

    def _check_order(self, values: dict[str, Any], wanted: Iterable[AnySetting]) -> None:
        for lower, upper in ORDERED:
            if values.get(lower.key, lower.default) >= values.get(upper.key, upper.default):
                at_fault = upper if upper in set(wanted) else lower
                raise SettingError(at_fault.key, _order_problem(lower, upper))

    def _save(self, content: dict[str, object], key: str) -> None:
        """Write a new file and put it in the old one's place: a crash leaves the one or the other, never half.

        Without fsync, which can stop the window for longer than a frame. After a power cut the file may be
        that of before.
        """
        text = json.dumps(content, indent=2, sort_keys=True) + "\n"
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            # mkstemp makes the file 0600.
            handle, name = tempfile.mkstemp(dir=self._path.parent, prefix=f".{self._path.name}.")
            try:
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    file.write(text)
                Path(name).replace(self._path)
            except BaseException:
                with suppress(OSError):
                    Path(name).unlink()
                raise
        except OSError as error:
            raise SettingError(key, f"The settings could not be saved: {error.strerror or error}.") from error

    def _set_aside(self) -> str:
        broken = self._path.with_name(self._path.name + ".broken")
        try:
            self._path.replace(broken)
            broken.chmod(_OWNER_ONLY)
        except OSError as error:
            return f"The unreadable file could not be set aside: {error.strerror or error}."
        return f"The unreadable file is kept as {broken}."


def _order_problem(lower: Setting[int], upper: Setting[int]) -> str:
    return f"{lower.key} must be less than {upper.key}."
