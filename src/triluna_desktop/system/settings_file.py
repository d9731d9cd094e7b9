"""The settings file of one profile: typed, checked, saved whole or not at all."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeAlias

from triluna_desktop.system.setting_kinds import Setting, SettingError, T

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    AnySetting: TypeAlias = Setting[Any]

_OWNER_ONLY = 0o600


class SettingsFile:
    """The values of a table of settings. Until `load` is called, each has its default."""

    def __init__(
        self, path: Path, table: tuple[AnySetting, ...], ordered: tuple[tuple[Setting[int], Setting[int]], ...]
    ) -> None:
        """``ordered``: pairs of which the first must stay below the second."""
        self._path = path
        self._table = table
        self._ordered = ordered
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

        In the file all else stays as it is there by now: another process may have changed it since `load`.

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
        keys = {setting.key for setting in wanted}
        kept = {key: value for key, value in self._kept.items() if key not in keys}
        there = self._content()
        content = {**kept, **values} if there is None else {key: there[key] for key in there if key not in keys}
        content.update((key, values[key]) for key in keys & values.keys())
        if not changed and kept == self._kept and there in (None, content):
            return
        self._save(content, next(iter(wanted)).key)
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

    def put_back(self) -> None:
        """Write the file anew where somebody deleted it.

        Raises:
            SettingError: it cannot be written.
        """
        content = {**self._kept, **self._values}
        if content and not self._path.exists():
            self._save(content, next(iter(content)))

    def subscribe(self, callback: Callable[[AnySetting], None]) -> Callable[[], None]:
        """Call ``callback(setting)`` after each change, in the thread that made it; returns what ends that."""
        ticket = object()
        self._subscribers[ticket] = callback

        def unsubscribe() -> None:
            self._subscribers.pop(ticket, None)

        return unsubscribe

    def _take(self, content: dict[str, object]) -> None:
        known = {setting.key: setting for setting in self._table}
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
        for lower, upper in self._ordered:
            if self.get(lower) >= self.get(upper):
                refused.append(_order_problem(lower, upper))
                pair = (lower.key, upper.key)
                self._kept.update((key, self._values.pop(key)) for key in pair if key in self._values)
        if refused:
            self._problem = f"Some settings could not be used and have their defaults: {' '.join(refused)}"

    def _check_order(self, values: dict[str, Any], wanted: Iterable[AnySetting]) -> None:
        for lower, upper in self._ordered:
            if values.get(lower.key, lower.default) >= values.get(upper.key, upper.default):
                at_fault = upper if upper in set(wanted) else lower
                raise SettingError(at_fault.key, _order_problem(lower, upper))

    def _save(self, content: dict[str, object], key: str) -> None:
        from triluna_desktop.system.json_file import write_json  # Nothing of the first paint.

        try:
            write_json(self._path, content)
        except OSError as error:
            raise SettingError(key, f"The settings could not be saved: {error.strerror or error}.") from error

    def _content(self) -> dict[str, object] | None:
        """What the file holds now; None where there is none, or none that can be read."""
        try:
            content = json.loads(self._path.read_bytes())
        except (OSError, ValueError, RecursionError):
            return None
        return content if isinstance(content, dict) else None

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
