"""Which displays count: those that answer, not those that are only named."""

from __future__ import annotations

import shutil
import socket
import sys
from typing import TYPE_CHECKING

import pytest
from scripts.displays import dead_displays, with_living_displays, x11_answers
from scripts.virtual_display import VirtualDisplay

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems have no display to name")


@pytest.mark.parametrize(
    "name",
    ["", "screen", ":", ":4444", "unix:4444", ":99999999999", "127.0.0.1:4444", "[::1]:4444", "/no/socket:0"],
)
def test_a_display_where_nobody_listens_does_not_answer(name: str) -> None:
    assert not x11_answers(name)


@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="needs an X server")
def test_a_display_counts_for_who_has_its_cookie_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with VirtualDisplay(400, 300) as display:
        environ = {**display.variables, "HOME": str(tmp_path)}
        for name, value in environ.items():
            monkeypatch.setenv(name, value)
        assert with_living_displays(environ, "linux") == environ
        assert x11_answers(f"unix{display.name}.0")
        monkeypatch.setenv("XAUTHORITY", str(tmp_path / "nothing"))
        assert "DISPLAY" not in with_living_displays(environ, "linux")


def test_a_dead_display_is_taken_out_and_named() -> None:
    environ = {"DISPLAY": ":4444", "WAYLAND_DISPLAY": "wayland-4444", "LANG": "C.UTF-8"}
    living = with_living_displays(environ, "linux")
    assert living == {"LANG": "C.UTF-8"}
    assert dead_displays(environ, living) == ["wayland-4444", ":4444"]
    assert dead_displays(living, living) == []


def test_a_wayland_display_lives_where_its_compositor_listens(tmp_path: Path) -> None:
    environ = {"XDG_RUNTIME_DIR": str(tmp_path), "WAYLAND_DISPLAY": "wayland-0"}
    with socket.socket(socket.AF_UNIX) as compositor:
        compositor.bind(str(tmp_path / "wayland-0"))
        compositor.listen()
        assert with_living_displays(environ, "linux") == environ
    assert "WAYLAND_DISPLAY" not in with_living_displays(environ, "linux")


def test_a_platform_that_was_asked_for_is_left_to_qt() -> None:
    environ = {"DISPLAY": ":4444", "QT_QPA_PLATFORM": "offscreen"}
    assert with_living_displays(environ, "linux") == environ
    assert with_living_displays({"DISPLAY": ":4444"}, "darwin") == {"DISPLAY": ":4444"}
