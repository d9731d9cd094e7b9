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


def test_no_turn_loads_much_and_nothing_is_left_for_the_turn_that_uses_it() -> None:
    done = subprocess.run([sys.executable, "-c", _PROGRAM], capture_output=True, text=True, check=True, timeout=60)
    loaded, left = json.loads(done.stdout)
    assert list(loaded) == list(AROUND_THE_WINDOW)
    assert {name: count for name, count in loaded.items() if count > AT_MOST} == {}
    assert left == []
    assert sum(loaded.values()) > 3 * AT_MOST, "there was something to share out"
