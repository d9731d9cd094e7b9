"""Makes ready, while the window rests, what opens on a key: the first letter typed there shall wait for nothing.

Palette, search, quick add and settings are loaded on first use. All at once that takes some 30 ms, and what typed
dates and times look like as much again to compile. Here it is done a little at a time, in the order in which the
modules need each other.
"""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from triluna_desktop.ui.profile_page import ProfilePage

OPENED_BY_A_KEY = (
    "triluna_desktop.domain.vocabulary",
    "triluna_desktop.ui.palette.vocabulary",
    "triluna_desktop.domain.said",
    "triluna_desktop.domain.said_times",
    "triluna_desktop.domain.said_dates",
    "triluna_desktop.domain.said_beside",
    "triluna_desktop.domain.quick_add",
    "triluna_desktop.ui.palette.rows",
    "triluna_desktop.ui.palette.popup",
    "triluna_desktop.ui.palette.add_popup",
    "triluna_desktop.domain.search",
    "triluna_desktop.ui.palette.fuzzy",
    "triluna_desktop.ui.palette.command_popup",
    "triluna_desktop.ui.palette.grid_commands",
    "triluna_desktop.ui.palette.now_commands",
    "triluna_desktop.ui.palette.settings_commands",
    "triluna_desktop.session.search",
    "triluna_desktop.ui.palette.search_popup",
    "triluna_desktop.ui.settings.guide",
    "triluna_desktop.ui.settings.row",
    "triluna_desktop.ui.settings.page",
    "triluna_desktop.ui.settings.account_page",
    "triluna_desktop.ui.settings.advanced_page",
    "triluna_desktop.domain.modes",
    "triluna_desktop.domain.bulk",
    "triluna_desktop.ui.settings.default_hours",
    "triluna_desktop.ui.settings.calendar_page",
    "triluna_desktop.ui.settings.privacy_page",
    "triluna_desktop.ui.settings.search",
    "triluna_desktop.ui.settings.shortcuts_page",
    "triluna_desktop.ui.settings.dialog",
)


def get_ready(page: ProfilePage) -> Iterator[None]:
    """Do it; each step takes a few milliseconds at the most."""
    for name in OPENED_BY_A_KEY:
        import_module(name)
        yield
    from triluna_desktop.domain.said_dates import patterns_of_dates
    from triluna_desktop.domain.said_times import patterns_of_times

    words = page.palettes.vocabulary()
    for pattern in (*patterns_of_dates(words), *patterns_of_times(words)):
        re.compile(pattern, re.IGNORECASE)  # `re` keeps it.
        yield
