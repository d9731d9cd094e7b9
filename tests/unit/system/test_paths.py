"""Where a profile's files lie, and that only their owner can read them."""

import os
import stat
import sys
import tempfile
from pathlib import Path

import pytest
from platformdirs import PlatformDirs

from triluna_desktop.system.paths import FolderError, InvalidProfileError, app_paths


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_asking_for_paths_makes_nothing(tmp_path: Path) -> None:
    app_paths("work", tmp_path / "data")
    assert list(tmp_path.iterdir()) == []


def test_ensure_makes_every_folder_for_the_owner_alone(tmp_path: Path) -> None:
    paths = app_paths("work", tmp_path / "data")
    paths.ensure()
    for file in (paths.database, paths.lock_file, paths.settings_file, paths.log_file, paths.socket):
        folder = file.parent
        # A long path to the data gives the socket a private folder among the temporary ones.
        while folder not in (tmp_path, Path(tempfile.gettempdir())):
            assert mode_of(folder) == 0o700, folder
            folder = folder.parent


def test_ensure_closes_a_folder_that_was_open_to_others_and_leaves_the_given_one_alone(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    paths = app_paths("work", tmp_path)
    paths.config_dir.mkdir(parents=True)
    paths.config_dir.chmod(0o755)
    paths.ensure()
    paths.ensure()
    assert mode_of(paths.config_dir) == 0o700
    assert mode_of(tmp_path) == 0o755


def test_two_profiles_share_no_file(tmp_path: Path) -> None:
    one, two = app_paths("one", tmp_path), app_paths("two", tmp_path)
    files = [
        getattr(paths, name)
        for paths in (one, two)
        for name in ("database", "lock_file", "settings_file", "log_file", "socket")
    ]
    assert len(set(files)) == len(files)


def test_without_a_data_folder_the_systems_usual_places_are_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for kind in ("DATA", "CONFIG", "STATE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / kind.lower()))
    paths = app_paths()
    assert paths.database == tmp_path / "data/triluna-desktop/default/calendar.sqlite3"
    assert paths.settings_file == tmp_path / "config/triluna-desktop/default/settings.json"
    assert paths.log_file == tmp_path / "state/triluna-desktop/default/triluna-desktop.log"


def test_the_socket_does_not_depend_on_a_login_session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "session"))
    inside = app_paths("work", Path("/srv/data")).socket
    monkeypatch.delenv("XDG_RUNTIME_DIR")
    assert inside == Path("/srv/data/work/state/commands.sock")
    assert app_paths("work", Path("/srv/data")).socket == inside


def test_a_deep_data_folder_still_gets_a_socket_path_that_the_system_can_hold(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    short = "/tmp"  # noqa: S108 - nothing is written there.
    monkeypatch.setattr("tempfile.tempdir", short)
    deep = app_paths("work", Path("/srv") / ("long" * 40))
    other = app_paths("work", Path("/srv") / ("long" * 41))
    assert len(os.fsencode(deep.socket)) <= 100
    assert deep.socket != other.socket
    assert deep.socket.parent == Path(short) / f"triluna-desktop-{os.getuid()}"


def test_a_relative_data_folder_and_a_tilde_become_absolute(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert app_paths("p", Path("here")).data_dir == tmp_path / "here/p/data"
    assert app_paths("p", Path("~/there")).data_dir == tmp_path / "home/there/p/data"


@pytest.mark.parametrize("name", ["default", "A-z_9", "x" * 64])
def test_letters_digits_hyphens_and_underscores_make_a_profile_name(name: str) -> None:
    assert app_paths(name).profile == name


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "a\\b", "a b", "é", "a\n", "a\x00", "x" * 65, "٣"])
def test_any_other_profile_name_is_refused_with_a_sentence(name: str) -> None:
    with pytest.raises(InvalidProfileError, match="is not a profile name; use 1 to 64 letters"):
        app_paths(name)


@pytest.mark.parametrize("name", ["con", "NUL", "Com1"])
def test_a_device_name_of_windows_is_refused_everywhere(name: str) -> None:
    with pytest.raises(InvalidProfileError, match="device on Windows"):
        app_paths(name)


def test_a_folder_that_is_a_link_may_be_somebody_elses_and_is_refused(tmp_path: Path) -> None:
    paths = app_paths("work", tmp_path)
    (tmp_path / "elsewhere").mkdir()
    paths.data_dir.parent.mkdir()
    paths.data_dir.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(FolderError, match="belongs to another user"):
        paths.ensure()


def test_a_file_in_the_folders_place_is_named_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(FolderError, match=r"The folder .*/data/work/data cannot be used: Not a directory\."):
        app_paths("work", tmp_path / "data").ensure()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere platformdirs is asked itself")
@pytest.mark.parametrize("given", [None, "", " ", "relative/place", "~/place", "/srv/place", "/srv/place/"])
@pytest.mark.parametrize("home", ["/home/me", "/home/me/", "", "me", None])
def test_the_folders_are_those_that_platformdirs_names(
    monkeypatch: pytest.MonkeyPatch, given: str | None, home: str | None
) -> None:
    names = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME")
    for name, value in (("HOME", home), *((name, given) for name in names)):
        if value is None:
            monkeypatch.delenv(name, raising=False)
        else:
            monkeypatch.setenv(name, value)
    places = PlatformDirs("triluna-desktop", appauthor=False)
    paths = app_paths("work")
    assert paths.data_dir == Path(places.user_data_dir) / "work"
    assert paths.config_dir == Path(places.user_config_dir) / "work"
    assert paths.state_dir == Path(places.user_state_dir) / "work"
