"""What each command of a page does, by the names of `ui.commands`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from triluna_desktop.ui.profile_page import ProfilePage


def page_deeds(page: ProfilePage) -> dict[str, Callable[[], object]]:
    """The commands about the calendar that is shown. Those about all calendars are the window's."""
    week = page.week
    return {
        "sidebar": page.page.toggle_sidebar,
        "history": page.history.open,
        **page.palettes.grid.deeds,
        **page.bulk.commands,
        **page.calendar.commands,
        **page.callers.commands,
        **page.palettes.commands,
        "first_steps": page.first_steps.open,
        "whats_new": page.news.open,
        "sync": week.flow.sync,
        "pause_sync": week.flow.toggle_pause,
        "new": week.inspecting.new_entry,
        "undo": week.flow.undo,
        "redo": week.flow.redo,
        "settings": page.open_settings,
        "calendar_mode": lambda: page.open_settings().show_calendar(),
        "shortcuts": page.choosing.open_shortcuts,
        "mask_titles": page.choosing.toggle_mask,
        "today": week.show_today,
        "back": lambda: week.turn(-1),
        "forward": lambda: week.turn(1),
        "day_view": lambda: week.show_view("day"),
        "week_view": lambda: week.show_view("week"),
    }
