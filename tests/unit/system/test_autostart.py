"""Starting with the session: real files, read back as the systems that start the app read them."""

from __future__ import annotations

import os
import plistlib
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from triluna_desktop.options import HIDDEN as OPTION
from triluna_desktop.system.autostart import (
    HIDDEN,
    AutostartError,
    DesktopFile,
    LaunchAgent,
    RunKey,
    autostart,
    config_home,
    exec_line,
)

COMMAND = ["/opt/TriLuna Desktop/python", "-P", "-m", "triluna_desktop", HIDDEN]
ODD = ["sp ace", 'quo"te', "back\\slash", "dol$lar", "back`tick", "per%cent%f", "new\nline", "tab\tulator", ""]
ODD += ["ü€", "'", "~;#&"]


@pytest.fixture
def file(tmp_path: Path) -> DesktopFile:
    return DesktopFile(COMMAND, {"XDG_CONFIG_HOME": str(tmp_path)})


def read_exec(line: str) -> list[str]:
    """A command line as a desktop reads it: the string's escapes, the quotes, then the percent signs."""
    out, rest = "", iter(line)
    for char in rest:
        out += {"n": "\n", "t": "\t", "r": "\r", "s": " ", "\\": "\\"}[next(rest)] if char == "\\" else char
    # Within quotes a shell knows two more escapes than shlex does.
    words = shlex.split(out.replace("\\$", "$").replace("\\`", "`"))
    return [word.replace("%%", "%") for word in words]


def entry(path: Path, key: str) -> str:
    (value,) = [line.partition("=")[2] for line in path.read_text().splitlines() if line.startswith(f"{key}=")]
    return value


def test_the_option_is_the_one_that_the_program_knows() -> None:
    assert HIDDEN == OPTION


def test_it_is_turned_on_and_off(file: DesktopFile) -> None:
    assert not file.is_on()
    file.turn_on()
    assert file.is_on()
    file.turn_on()
    file.turn_off()
    assert not file.is_on()
    file.turn_off()
    assert list(file.path.parent.iterdir()) == []


def test_what_is_written_starts_this_program_hidden(file: DesktopFile) -> None:
    file.turn_on()
    assert read_exec(entry(file.path, "Exec")) == COMMAND
    assert entry(file.path, "TryExec") == COMMAND[0]


def test_odd_characters_come_through(tmp_path: Path) -> None:
    file = DesktopFile(["/bin/program", *ODD], {"XDG_CONFIG_HOME": str(tmp_path)})
    file.turn_on()
    assert read_exec(entry(file.path, "Exec")) == ["/bin/program", *ODD]


def test_a_desktop_starts_it_with_just_these_arguments(tmp_path: Path) -> None:
    """By GLib, which GNOME, Xfce and others start it with."""
    assert shutil.which("gio"), "the tests need: apt-get install libglib2.0-bin"
    told, program = tmp_path / "told", tmp_path / "a program"
    os.mkfifo(told)  # Reading it waits for the program.
    program.write_text(f"#!/bin/sh\nprintf '%s\\0' \"$@\" > {told}\n")
    program.chmod(0o755)
    file = DesktopFile([str(program), *ODD], {"XDG_CONFIG_HOME": str(tmp_path)})
    file.turn_on()
    subprocess.run(["gio", "launch", str(file.path)], check=True, timeout=20)
    assert told.read_text().split("\0")[:-1] == ODD


def test_the_file_is_valid(tmp_path: Path) -> None:
    assert shutil.which("desktop-file-validate"), "the tests need: apt-get install desktop-file-utils"
    file = DesktopFile(["/opt/a b/python", *ODD], {"XDG_CONFIG_HOME": str(tmp_path)})
    file.turn_on()
    done = subprocess.run(["desktop-file-validate", str(file.path)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("line", ["Hidden=true", "X-GNOME-Autostart-enabled=false"])
def test_what_the_desktop_has_switched_off_is_off_and_stays_so(file: DesktopFile, line: str) -> None:
    file.turn_on()
    moved = DesktopFile(["/elsewhere/python", HIDDEN], {"XDG_CONFIG_HOME": str(file.path.parents[1])})
    file.path.write_text(file.path.read_text() + line + "\n")
    assert not file.is_on()
    assert not moved.renew()
    moved.turn_on()
    assert moved.is_on()


def test_a_program_that_has_moved_is_named_anew(file: DesktopFile) -> None:
    file.turn_on()
    assert not file.renew()
    moved = DesktopFile(["/elsewhere/python", HIDDEN], {"XDG_CONFIG_HOME": str(file.path.parents[1])})
    assert moved.renew()
    assert read_exec(entry(file.path, "Exec")) == ["/elsewhere/python", HIDDEN]
    assert not moved.renew()


@pytest.mark.parametrize("folder", ["back\\slash", "tab\tulator", "ü€ and 'so on'"])
def test_a_program_that_is_where_it_was_is_not_named_anew_at_each_start(tmp_path: Path, folder: str) -> None:
    file = DesktopFile([f"/opt/{folder}/python", HIDDEN], {"XDG_CONFIG_HOME": str(tmp_path)})
    file.turn_on()
    assert not file.renew()


def test_a_file_of_somebody_else_is_not_changed_by_itself(file: DesktopFile) -> None:
    file.path.parent.mkdir()
    theirs = "[Desktop Entry]\nType=Application\nName=TriLuna\nExec=my-wrapper\n"
    file.path.write_text(theirs)
    assert file.is_on()
    assert not file.renew()
    assert file.path.read_text() == theirs


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"[Other]\nType=Application\n"])
def test_a_file_that_is_no_entry_is_off_and_is_replaced(file: DesktopFile, content: bytes) -> None:
    file.path.parent.mkdir()
    file.path.write_bytes(content)
    assert not file.is_on()
    file.turn_on()
    assert file.is_on()


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    # A file where the folder should be: also root cannot write there.
    (tmp_path / "autostart").write_text("")
    file = DesktopFile(COMMAND, {"XDG_CONFIG_HOME": str(tmp_path)})
    with pytest.raises(AutostartError, match=r"could not be written: .*does not start by itself"):
        file.turn_on()
    with pytest.raises(AutostartError, match="could not be removed"):
        file.turn_off()
    assert not file.is_on()


def test_it_lies_where_the_specification_says(tmp_path: Path) -> None:
    assert config_home({"XDG_CONFIG_HOME": "/etc/mine", "HOME": "/home/me"}) == Path("/etc/mine")
    assert config_home({"HOME": "/home/me"}) == Path("/home/me/.config")
    assert config_home({"XDG_CONFIG_HOME": "relative", "HOME": "/home/me"}) == Path("/home/me/.config")
    file = DesktopFile(COMMAND, {"HOME": str(tmp_path)})
    file.turn_on()
    assert (tmp_path / ".config/autostart/triluna-desktop.desktop").exists()


def test_plain_words_are_not_quoted() -> None:
    assert exec_line(["/usr/bin/triluna-desktop", "--hidden"]) == "/usr/bin/triluna-desktop --hidden"


def test_on_macos_launchd_is_told(tmp_path: Path) -> None:
    agent = LaunchAgent(COMMAND, tmp_path)
    assert not agent.is_on()
    agent.turn_on()
    told = plistlib.loads(agent.path.read_bytes())
    assert (told["ProgramArguments"], told["RunAtLoad"]) == (COMMAND, True)
    assert agent.is_on()
    moved = LaunchAgent(["/elsewhere/python"], tmp_path)
    assert moved.renew()
    assert not moved.renew()
    agent.path.write_bytes(plistlib.dumps({**told, "Disabled": True}))
    assert not agent.is_on()
    assert not agent.renew()
    agent.turn_off()
    assert not agent.path.exists()
    agent.path.write_text("no property list")
    assert not agent.is_on()


def test_each_system_has_its_own_way() -> None:
    assert isinstance(autostart(platform="win32"), RunKey)
    assert isinstance(autostart(platform="darwin"), LaunchAgent)
    assert isinstance(autostart(platform="linux"), DesktopFile)


def test_this_program_is_started_with_the_profiles_arguments(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    file = autostart("--profile", "work", platform="linux")
    file.turn_on()
    path = tmp_path / "autostart/triluna-desktop.desktop"
    words = read_exec(entry(path, "Exec"))
    assert words[0] == sys.executable
    assert words[-3:] == ["--profile", "work", "--hidden"]
