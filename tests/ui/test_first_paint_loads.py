"""What is loaded before the first paint, module by module: a person waits for each of them."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from triluna_desktop.profile import database_of
from triluna_desktop.start import OWNER_WITHIN
from triluna_desktop.store.calendar import SqliteStore
from triluna_desktop.sync.ports import EntryRow, PatternRow
from triluna_desktop.system import settings as table
from triluna_desktop.system.paths import app_paths
from triluna_desktop.system.secrets_async import ANSWER_WITHIN
from triluna_desktop.system.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from triluna_desktop.sync.ports import Transaction

PROGRAM = """
import dataclasses, json, os, sys, typing
from pathlib import Path
from triluna_desktop import cli
from triluna_desktop.options import Options, WindowOptions

def painted():
    from PySide6.QtWidgets import QApplication
    from triluna_desktop.ui.week_view import WeekView
    (view,) = (each for each in QApplication.allWidgets() if isinstance(each, WeekView))
    titles = sorted({block.item.title for column in view.board.scene.columns
                     for block in (*column.patterns, *column.entries)})
    loaded = {name: module for name, module in sys.modules.items() if module}
    classes = {each for name, module in loaded.items() if name.startswith("triluna_desktop.")
               for each in vars(module).values() if isinstance(each, type)}
    compiled = [each.__qualname__ for each in classes if
                (dataclasses.is_dataclass(each) and each.__eq__.__code__.co_filename == "<string>") or
                any(isinstance(kept, typing.ForwardRef) for kept in getattr(each, "__annotations__", {}).values())]
    enums = "Qt" in vars(sys.modules["PySide6.QtCore"])
    print(json.dumps([titles, sorted(loaded), compiled, enums]), flush=True)
    os._exit(0)  # As a person's start it would go on; nothing is looked at after the first paint.

cli.open_window(WindowOptions(Options(data_dir=Path(sys.argv[1])), opens_last=True, on_first_paint=painted))
"""

COLLECTOR = """
import gc, sys
class Start:
    run_window = staticmethod(lambda options: print(gc.get_stats() == begun, gc.isenabled()))
sys.modules["triluna_desktop.start"] = Start  # Not further than where the window would begin.
from triluna_desktop import __main__
gc.collect()
begun = gc.get_stats()
__main__.main()
sys.argv.append("--no-such-option")
__main__.main()
print(gc.isenabled())
"""

ALLOWED = {
    "": "app cli options profile stage start",
    "api": "url",
    "domain": "availability conflicts intervals mode_settings models patterns time values",
    "grid": "board content cursor geometry hand lanes scene shown",
    "session": "parts",
    "store": "cache calendar db schema views",
    "sync": "link ops ports refusal rows status",
    "system": "clock load_ahead lock logs paths profile_book setting_kinds settings settings_file",
    "ui": "application chosen dates main_window places profile_page theme translation "
    "week_canvas week_header week_ink week_layer week_look week_notice week_overlay week_page week_painter "
    "week_pictures week_plates week_view week_words",
}
"""By package. Each takes from a fifth of a millisecond to one and a half: what comes to the list makes the window
come later, so it has to show something that is seen at once (`docs/benchmarks.md`)."""
TITLES = [
    "Lunch",
    "会議",
    "長い題名がどの列にも入らないので切られる定例会議",
    "A long title that goes into no column of a week and is cut",
]
HOURS = "Hours that come again every week and are cut too"
LIBRARIES = {"PySide6", "shiboken6", "shibokensupport", "signature_bootstrap"}
SITE = {"sitecustomize", "usercustomize"}  # Python loads a system's and a person's own by itself; Debian has one.
HEAVY = {"asyncio", "concurrent.futures", "hashlib", "http.client", "importlib.metadata", "ssl", "zoneinfo"}
"""Of the standard library, and what an earlier version loaded or a dependency easily does."""


def calendar(folder: Path) -> None:
    """A profile that was in use: an account, and this week as read from the server, with entries today."""
    paths = app_paths("default", folder)
    paths.ensure()
    settings = Settings(paths.settings_file)
    settings.set_all({table.ACCOUNT_TOKEN_HINT: "4711", table.WINDOW_LOCALE_WEEKDAY: "1"})
    store = SqliteStore(database_of(paths, settings.get(table.ACCOUNT_BASE_URL)))
    store.open()
    today = date.today()  # noqa: DTZ011 - the window's own.

    def write(transaction: Transaction) -> None:
        rows = enumerate(zip(TITLES, (640, 720, 800, 860), strict=True), start=1)
        transaction.put_entries(
            [EntryRow(f"entry:{n}", n, 0, today, at, at + 60, False, title, "") for n, (title, at) in rows]
        )
        transaction.put_patterns(
            [PatternRow(f"pattern:{day}", day, 0, day, 540, 1020, True, HOURS) for day in range(7)]
        )
        transaction.add_loaded(today - timedelta(days=14), today + timedelta(days=14))

    asyncio.run(store.run(write))
    store.close()


@pytest.fixture
def folder() -> Iterator[Path]:
    """A short path, as a person's is: a long one is hashed for the name of the socket, which loads OpenSSL."""
    with tempfile.TemporaryDirectory(prefix="triluna-") as place:
        yield Path(place)


def test_no_more_is_loaded_before_the_first_paint_than_it_needs(folder: Path) -> None:
    calendar(folder)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(folder)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        check=True,
        text=True,
        timeout=60,
    )
    titles, modules, compiled, has_enums = json.loads(done.stdout)
    assert titles == sorted([*TITLES, HOURS])
    ours = {name.removeprefix("triluna_desktop.") for name in modules if name.startswith("triluna_desktop.")}
    allowed = {name for package, names in ALLOWED.items() for name in _of_package(package, names)}
    assert sorted(ours - allowed) == []
    assert sorted(allowed - ours) == [], "the list says more than is loaded: make it shorter"
    assert sorted(HEAVY & set(modules)) == []
    assert compiled == [], "data classes and named tuples of the first paint are those of `domain.values`"
    assert not has_enums, (
        "something takes a value of the namespace Qt before the first paint: see `ui/week_ink.py`"
    )
    foreign = {name.partition(".")[0] for name in modules} - sys.stdlib_module_names - LIBRARIES - SITE
    assert {name for name in foreign if not name.startswith("_")} == {"triluna_desktop"}


def test_the_collector_rests_until_the_first_paint_and_works_for_commands() -> None:
    done = subprocess.run(
        [sys.executable, "-c", COLLECTOR], capture_output=True, check=True, text=True, timeout=60
    )
    assert done.stdout.split() == ["True", "False", "True"]


def test_a_window_that_starts_waits_longer_for_a_command_than_that_waits_for_the_keyring() -> None:
    """Each has its own number: the window's start loads nothing of the keyring."""
    assert OWNER_WITHIN >= ANSWER_WITHIN + 10


def _of_package(package: str, names: str) -> set[str]:
    return {package or "cli", *(f"{package}.{name}".lstrip(".") for name in names.split())}
