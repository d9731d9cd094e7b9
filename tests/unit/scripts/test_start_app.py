"""`make run`: what opens a window, what locale it gets, and a virtual display for it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from scripts.start_app import DEMO_DATA, is_whole, opens_window, why_virtual, with_demo_here, with_utf8
from scripts.virtual_display import DisplayError, VirtualDisplay, authority_entry

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize(
    ("arguments", "window"),
    [
        ([], True),
        (["--demo"], True),
        (["--profile", "work", "--verbose"], True),
        (["--profile=work"], True),
        (["--help"], False),
        (["--version"], False),
        (["list", "--json"], False),
        (["--profile", "work", "sandbox", "--port", "0"], False),
    ],
)
def test_sub_commands_and_questions_open_no_window(arguments: list[str], window: bool) -> None:
    assert opens_window(arguments) is window


@pytest.mark.parametrize("environ", [{}, {"LANG": "C"}, {"LANG": "de_DE.UTF-8", "LC_ALL": "POSIX"}])
def test_where_no_locale_is_set_the_app_gets_utf_8(environ: dict[str, str]) -> None:
    given = with_utf8(environ)
    assert given["LANG"] == "C.UTF-8"
    assert given.get("LC_ALL", "C.UTF-8") == "C.UTF-8", "LC_ALL would override LANG"


def test_a_persons_own_locale_is_left_alone() -> None:
    assert with_utf8({"LANG": "de_DE.UTF-8"}) == {"LANG": "de_DE.UTF-8"}


def test_why_the_display_is_a_virtual_one_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":77")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert why_virtual({}) == "The display :77 cannot be used"
    monkeypatch.delenv("DISPLAY")
    assert why_virtual({}) == "There is no display here"


def in_a_checkout(folder: Path, program: str) -> subprocess.CompletedProcess[str]:
    """Run `scripts.start_app`, its parts as `program` wants them, as if `folder` were the checkout."""
    lines = (
        f"import sys; from pathlib import Path; from scripts import start_app as s; s.OUT = Path({str(folder)!r})"
    )
    return subprocess.run(
        [sys.executable, "-c", f"{lines} / 'out'; s.PICTURE = s.OUT / 'picture.png'\n{program}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_in_a_folder_that_is_not_writable_the_sentence_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "out").touch()  # A file in its place stops root, too.
    done = in_a_checkout(tmp_path, "sys.exit(s.main([]))")
    assert done.returncode == 1
    assert done.stderr.endswith(
        "cannot be written to (File exists); clone the repository to a folder of your own.\n"
    )
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [["--demo"], ["--profile", "demo", "list"], ["--profile=demo", "block", "30m"], ["--verbose", "--demo"]],
)
def test_the_demo_keeps_its_data_in_the_checkout(arguments: list[str]) -> None:
    assert with_demo_here(arguments) == ["--data-dir", str(DEMO_DATA), *arguments]
    assert DEMO_DATA.is_relative_to(ROOT)


def test_without_arguments_the_demo_opens() -> None:
    assert with_demo_here([]) == with_demo_here(["--demo"])
    assert opens_window(with_demo_here([]))


@pytest.mark.parametrize(
    "arguments",
    [["list"], ["--profile", "work"], ["block", "30m", "--title", "demo"], ["--demo", "--data-dir=/tmp/mine"]],
)
def test_other_calendars_and_a_folder_that_was_asked_for_stay_where_they_are(arguments: list[str]) -> None:
    assert with_demo_here(arguments) == arguments


def test_a_picture_is_announced_only_once_it_is_whole(tmp_path: Path) -> None:
    picture = tmp_path / "window.png"
    assert not is_whole(picture)
    whole = (ROOT / "resources/screenshots/week-light.png").read_bytes()
    picture.write_bytes(whole[:-20])
    assert not is_whole(picture)
    picture.write_bytes(whole)
    assert is_whole(picture)


def test_the_cookie_file_has_the_layout_of_xau() -> None:
    entry = authority_entry(b"\x01" * 16)
    assert entry == b"\xff\xff" + b"\0\0" + b"\0\0" + b"\x00\x12MIT-MAGIC-COOKIE-1" + b"\x00\x10" + b"\x01" * 16


def test_without_xvfb_the_display_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DisplayError, match="not installed"), VirtualDisplay():
        pass


@pytest.mark.skipif(sys.platform != "linux", reason="Xvfb is a program of X11 systems")
def test_two_displays_at_a_time_get_numbers_of_their_own_and_want_their_cookie() -> None:
    connect = [
        sys.executable,
        "-c",
        "from PySide6.QtGui import QGuiApplication as A; print(A(['t']).platformName())",
    ]
    with VirtualDisplay(400, 300) as one, VirtualDisplay(400, 300) as other:
        assert one.name != other.name
        welcome = {**one.environment, "QT_QPA_PLATFORM": "xcb"}
        assert subprocess.run(connect, env=welcome, capture_output=True, check=True).stdout == b"xcb\n"
        stranger = {**welcome, "XAUTHORITY": other.environment["XAUTHORITY"]}
        assert subprocess.run(connect, env=stranger, capture_output=True, check=False).returncode != 0
        folder = Path(one.environment["XAUTHORITY"]).parent
    assert not folder.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="Xvfb is a program of X11 systems")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_is_handed_on_once_and_ends_everything_in_order(number: signal.Signals) -> None:
    # The signals are blocked and fetched, so that one cannot slip in between a handler and a wait.
    program = (
        "import signal\n"
        "signals = {signal.SIGINT, signal.SIGTERM}\n"
        "signal.pthread_sigmask(signal.SIG_BLOCK, signals)\n"
        "print('up', flush=True)\n"
        "print(int(signal.sigwait(signals)), len(signal.sigpending()), flush=True)\n"
    )
    nowhere = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "LANG", "LC_ALL", "LC_CTYPE")
    started = subprocess.Popen(
        [sys.executable, "-m", "scripts.start_app", "--exec", sys.executable, "-c", program],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if name not in nowhere},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert started.stdout is not None
    with started.stdout as said:
        assert "a virtual one is used" in said.readline()
        assert said.readline() == "up\n"
        started.send_signal(number)
        assert said.read() == f"{int(number)} 0\n"
    assert started.wait(timeout=30) == 0
