"""What is loaded after the window works: a little in each turn, and all of it."""

from __future__ import annotations

import json
import subprocess
import sys

from triluna_desktop.later import AROUND_THE_WINDOW

AT_MOST = 10
"""Modules in one turn. One takes from a tenth of a millisecond to one and a half."""
_PROGRAM = """
import importlib, json, sys
import asyncio, triluna_desktop.app, triluna_desktop.open_profiles, triluna_desktop.profile_run
import triluna_desktop.ui.event_loop, triluna_desktop.ui.profile_page, triluna_desktop.ui.settings_flow
from triluna_desktop.later import AROUND_THE_WINDOW
loaded = {}
for name in AROUND_THE_WINDOW:
    before = set(sys.modules)
    importlib.import_module(name)
    loaded[name] = len(set(sys.modules) - before)
before = set(sys.modules)
import triluna_desktop.outside, triluna_desktop.ui.tray.residence, triluna_desktop.ui.tray.host
print(json.dumps([loaded, sorted(set(sys.modules) - before)]))
"""
_OPENED = """
import importlib, json, re, sys
import asyncio, triluna_desktop.app, triluna_desktop.open_profiles, triluna_desktop.profile_run
import triluna_desktop.ui.event_loop, triluna_desktop.ui.profile_page, triluna_desktop.ui.settings_flow
import triluna_desktop.ui.ready
from triluna_desktop.later import AROUND_THE_WINDOW
for name in AROUND_THE_WINDOW:
    importlib.import_module(name)
from types import SimpleNamespace
from PySide6.QtCore import QLocale
from triluna_desktop.ui.ready import get_ready
def vocabulary():
    from triluna_desktop.ui.palette.vocabulary import vocabulary_of
    return vocabulary_of(QLocale("en_GB"), 1)
steps, loaded, compiled = get_ready(SimpleNamespace(palettes=SimpleNamespace(vocabulary=vocabulary))), [], []
while True:
    before, patterns = set(sys.modules), len(re._cache)
    try:
        next(steps)
    except StopIteration:
        break
    loaded.append(len(set(sys.modules) - before))
    compiled.append(len(re._cache) - patterns)
before, patterns = set(sys.modules), len(re._cache)
import triluna_desktop.ui.palette.add_popup, triluna_desktop.ui.palette.search_popup
import triluna_desktop.ui.palette.command_popup, triluna_desktop.ui.settings.dialog
from datetime import datetime
from triluna_desktop.domain.quick_add import Habits, read_quick_add
from triluna_desktop.domain.availability import ModeSettings
habits = Habits(ModeSettings(), False, 30)
for line in ("b", "block tomorrow 2-3:30 dentist", "block fri 3 x", "open 28 Dec - 3 Jan 9-12"):
    read_quick_add(line, datetime(2026, 11, 23, 9), habits, vocabulary())
print(json.dumps([loaded, compiled, sorted(set(sys.modules) - before), len(re._cache) - patterns]))
"""


def test_what_opens_on_a_key_is_loaded_and_its_patterns_compiled_a_little_in_each_step() -> None:
    done = subprocess.run([sys.executable, "-c", _OPENED], capture_output=True, text=True, check=True, timeout=60)
    loaded, compiled, left, left_to_compile = json.loads(done.stdout)
    assert max(loaded) <= AT_MOST
    assert sum(loaded) > 3 * AT_MOST, "there was something to share out"
    assert compiled[-20:] == [1] * 20, "a pattern a step"
    assert (left, left_to_compile) == ([], 0)


def test_no_turn_loads_much_and_nothing_is_left_for_the_turn_that_uses_it() -> None:
    done = subprocess.run([sys.executable, "-c", _PROGRAM], capture_output=True, text=True, check=True, timeout=60)
    loaded, left = json.loads(done.stdout)
    assert list(loaded) == list(AROUND_THE_WINDOW)
    assert {name: count for name, count in loaded.items() if count > AT_MOST} == {}
    assert left == []
    assert sum(loaded.values()) > 3 * AT_MOST, "there was something to share out"
