"""The commands of the main window: one table for the actions, their keys, and the page that lists them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


class Scope(Enum):
    """Where a command's keys work."""

    WINDOW = "window"
    GRID = "grid"
    """Only while the grid has the keyboard, which understands them itself: in a field the same keys are text."""


GRID_TOO = frozenset({"undo", "redo"})
"""Commands of the window whose keys the grid understands itself as well: it also stands in dialogs of its own."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command. ``letters`` are single keys of the grid; they can be switched off in the settings."""

    name: str
    text: str
    keys: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()
    scope: Scope = Scope.WINDOW


@dataclass(frozen=True, slots=True)
class Group:
    """Commands that stand together in the list of shortcuts."""

    title: str
    commands: tuple[Command, ...]


def groups() -> tuple[Group, ...]:
    """All commands, in the user's language."""
    return (
        Group(
            translate("Commands", "Look"),
            (
                Command("today", translate("Commands", "Today"), ("Home",), ("T",), Scope.GRID),
                Command("back", translate("Commands", "Back"), ("PgUp", "Alt+Left"), ("K",), Scope.GRID),
                Command("forward", translate("Commands", "Forward"), ("PgDown", "Alt+Right"), ("J",), Scope.GRID),
                Command("day", translate("Commands", "Show one day"), (), ("D",), Scope.GRID),
                Command("week", translate("Commands", "Show a week"), (), ("W",), Scope.GRID),
                Command("search", translate("Commands", "Search…"), ("Ctrl+F",), ("/",)),
                Command("palette", translate("Commands", "All commands…"), ("Ctrl+K",)),
                Command("go_to_date", translate("Commands", "Go to a date…"), ("Ctrl+G",), ("G",)),
                Command(
                    "caller_preview", translate("Commands", "What callers are offered"), ("Ctrl+Shift+A",), ("A",)
                ),
                Command("sidebar", translate("Commands", "Hide or show the sidebar"), ("F9",)),
                Command("overview", translate("Commands", "Overview of the year…"), ("Ctrl+Shift+Y",)),
                Command("team_week", translate("Commands", "Team week…"), ("Ctrl+Shift+W",)),
                Command("history", translate("Commands", "What changed…"), ("Ctrl+Shift+H",)),
                Command("warnings", translate("Commands", "Things to look at…"), ("Ctrl+Shift+L",)),
                Command("copy_openings", translate("Commands", "Copy openings"), ("Ctrl+Shift+C",)),
                Command("save_free_busy", translate("Commands", "Save free and busy times…"), ("Ctrl+Shift+F",)),
                Command("print_week", translate("Commands", "Print this week…"), ("Ctrl+P",)),
                Command("save_pdf", translate("Commands", "Save this week as PDF…"), ("Ctrl+Shift+P",)),
                Command("sync", translate("Commands", "Ask the server now"), ("F5",)),
                Command("pause_sync", translate("Commands", "Pause sync, or go on")),
            ),
        ),
        Group(
            translate("Commands", "Change"),
            (
                Command("new", translate("Commands", "New entry…"), ("Ctrl+N",), ("C",)),
                Command("quick_add", translate("Commands", "Quick add…"), ("Ctrl+Shift+N",), ("Q",)),
                Command("brush_open", translate("Commands", "Drag makes available time"), (), ("O",), Scope.GRID),
                Command("brush_block", translate("Commands", "Drag blocks time"), (), ("B",), Scope.GRID),
                Command(
                    "why", translate("Commands", "Why is this time bookable, or not?"), (), ("I",), Scope.GRID
                ),
                Command("undo", translate("Commands", "Undo"), ("Ctrl+Z",)),
                Command("redo", translate("Commands", "Redo"), ("Ctrl+Shift+Z", "Ctrl+Y")),
                Command("duplicate", translate("Commands", "Duplicate"), ("Ctrl+D",), (), Scope.GRID),
                Command("copy", translate("Commands", "Copy"), ("Ctrl+C",), (), Scope.GRID),
                Command("paste", translate("Commands", "Paste"), ("Ctrl+V",), (), Scope.GRID),
                Command("select_all", translate("Commands", "Select all on screen"), ("Ctrl+A",), (), Scope.GRID),
                Command("bulk", translate("Commands", "Change many…"), ("Ctrl+Shift+E",)),
                Command("block_dates", translate("Commands", "Block a range of dates…"), ("Ctrl+Shift+B",)),
                Command("copy_week", translate("Commands", "Copy this week to…"), ("Ctrl+Shift+D",)),
                Command("weekly_hours", translate("Commands", "Weekly hours…"), ("Ctrl+H",)),
                Command(
                    "stamp_weeks", translate("Commands", "Stamp weeks in turn (A/B weeks)…"), ("Ctrl+Shift+T",)
                ),
                Command("delete", translate("Commands", "Delete"), ("Del", "Backspace"), (), Scope.GRID),
            ),
        ),
        Group(
            translate("Commands", "The app"),
            (
                Command("next_calendar", translate("Commands", "Show the next calendar"), ("Ctrl+Tab",)),
                Command(
                    "previous_calendar", translate("Commands", "Show the previous calendar"), ("Ctrl+Shift+Tab",)
                ),
                Command("add_calendar", translate("Commands", "Add a calendar…")),
                Command("manage_calendars", translate("Commands", "Manage calendars…")),
                Command("settings", translate("Commands", "Settings…"), ("Ctrl+,",)),
                Command("mask_titles", translate("Commands", "Hide or show titles and notes"), ("Ctrl+Shift+K",)),
                Command("shortcuts", translate("Commands", "Keyboard shortcuts"), ("Ctrl+/",), ("?",)),
                Command("whats_new", translate("Commands", "What's new…")),
                Command("first_steps", translate("Commands", "First steps…")),
                Command("quit", translate("Commands", "Quit"), ("Ctrl+Q",)),
            ),
        ),
    )


def calendar_keys() -> tuple[str, str]:
    """The keys of the calendars in the list, of which there are as many as the user has, and their meaning."""
    return "Ctrl+1 … 9", translate("Commands", "Show the calendar at this place of the list")


def grid_keys() -> tuple[tuple[str, str], ...]:
    """What the grid itself understands, as keys and meaning, for the list."""
    return (
        (translate("Commands", "Arrow keys"), translate("Commands", "Move the slot cursor")),
        (translate("Commands", "Shift + arrow keys"), translate("Commands", "Make the slot longer or shorter")),
        (translate("Commands", "Space, Enter"), translate("Commands", "Make an entry of the slot")),
        (translate("Commands", "Tab"), translate("Commands", "Walk along the entries")),
        (translate("Commands", "Enter, F2"), translate("Commands", "Edit the entry")),
        (translate("Commands", "Ctrl + arrow keys"), translate("Commands", "Move the entry")),
        (translate("Commands", "Shift + Up, Down"), translate("Commands", "Move the entry's end")),
        (translate("Commands", "Alt + Shift + Up, Down"), translate("Commands", "Move the entry's start")),
        (translate("Commands", "Esc"), translate("Commands", "Cancel the drag, leave the form, select nothing")),
    )
