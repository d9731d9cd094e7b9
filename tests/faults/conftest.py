"""Widgets are tested without a display: Qt's offscreen platform, chosen before Qt is imported."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.helpers.window_fixtures import make_window, window_theme
from tests.unit.app.conftest import no_keyring, triluna

__all__ = ["make_window", "no_keyring", "triluna", "window_theme"]
