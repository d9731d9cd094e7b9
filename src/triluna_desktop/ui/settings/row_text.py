"""What a row of the settings says: its label, a sentence of help, its values, and words to find it by."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from triluna_desktop.system.settings import Kind, Setting
from triluna_desktop.ui import dates

if TYPE_CHECKING:
    from collections.abc import Mapping

    from triluna_desktop.ui.words import Words

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class RowText:
    """The words of one setting. ``also``: what else somebody may call it, for the search alone.

    ``values`` names what a CHOICE takes; ``number`` is how a NUMBER stands with its unit.
    """

    label: str
    help: str = ""
    also: str = ""
    values: Mapping[Any, str] = field(default_factory=dict)
    number: str = "{number}"


def value_text(setting: Setting[Any], text: RowText, value: object, words: Words) -> str:
    """A value as the row shows it: "On", "15 min", "Dark", "48 px"."""
    match setting.kind:
        case Kind.FLAG:
            return translate("SettingValues", "on") if value else translate("SettingValues", "off")
        case Kind.TIME:
            assert isinstance(value, int)  # noqa: S101 - as below.
            return dates.time_text(value, words.locale)
        case Kind.CHOICE:
            return text.values.get(value, str(value))
        case Kind.NUMBER:
            assert isinstance(value, int)  # noqa: S101 - the table has checked it; this tells the type checker.
            return text.number.format(number=words.number(value))
        case _:
            return str(value) or translate("SettingValues", "nothing")
