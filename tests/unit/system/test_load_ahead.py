"""The window's libraries, loaded by a thread."""

import subprocess
import sys
import threading

import pytest

from triluna_desktop.system import load_ahead

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is loaded ahead")

PROGRAM = """
import sys
from pathlib import Path
from triluna_desktop.system.load_ahead import load_ahead

def loaded():
    names = {Path(line.split()[-1]).name.partition(".so")[0] for line in open("/proc/self/maps") if ".so" in line}
    return {"libQt6Core", "libQt6Gui", "libQt6Widgets", "libQt6XcbQpa", "libqxcb", "libfontconfig"} & names

assert not loaded()
load_ahead().join()
assert len(loaded()) == 6, loaded()
assert not [name for name in sys.modules if name.startswith("PySide6")]

from PySide6.QtCore import QThread
from PySide6.QtWidgets import QApplication
application = QApplication(["test", "-platform", "offscreen"])
assert QThread.isMainThread()
"""


def test_the_libraries_of_the_window_are_in_the_process_before_qt_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("module", ["PySide6", "a_name_of_no_package"])
def test_what_is_not_there_is_passed_over(monkeypatch: pytest.MonkeyPatch, module: str) -> None:
    monkeypatch.setattr(load_ahead, "_PYSIDE", module)
    monkeypatch.setattr(load_ahead, "_QT", ("Qt/lib/libNone.so.6",))
    monkeypatch.setattr(load_ahead, "_FONTCONFIG", "libnone.so.1")
    failures: list[threading.ExceptHookArgs] = []
    monkeypatch.setattr(threading, "excepthook", failures.append)
    thread = load_ahead.load_ahead()
    thread.join(60)
    assert not thread.is_alive()
    assert failures == []
