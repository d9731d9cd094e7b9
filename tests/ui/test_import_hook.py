"""How modules are imported once PySide is there."""

import builtins
import subprocess
import sys

PROGRAM = """
import builtins, triluna_desktop.ui.application
assert builtins.__import__ is builtins.__orig_import__, builtins.__import__
from PySide6.QtCore import QObject
assert hasattr(QObject(), "objectName")
"""


def test_pyside_looks_for_its_features_in_no_module_of_ours() -> None:
    """PySide sets the hook that does so when its first module is loaded; another name for it is found here."""
    subprocess.run([sys.executable, "-c", PROGRAM], check=True, timeout=60)
    assert hasattr(builtins, "__feature_import__")
