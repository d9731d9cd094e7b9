"""What the bootstrap decides: which Python, which packages, whether the environment is good."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest
from scripts import bootstrap, debian, interpreters, system_packages
from scripts.environment import Environment, InstallError

ROOT = Path(__file__).resolve().parents[3]
DEBIAN = 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\n'
UBUNTU = "ID=ubuntu\nID_LIKE=debian\n"
MINT = 'ID=linuxmint\nID_LIKE="ubuntu debian"\n'
FEDORA = 'ID=fedora\nNAME="Fedora Linux (not debian)"\n'


@pytest.mark.parametrize(
    ("version", "fits"),
    [((3, 10, 14), False), ((3, 11, 0), True), ((3, 13, 9), True), ((3, 14, 0), False), ((4, 0, 0), False)],
)
def test_the_app_runs_on_3_11_to_3_13(version: tuple[int, ...], fits: bool) -> None:
    assert interpreters.version_fits(version) is fits


@pytest.mark.parametrize("answer", ["", "3 11", "pyenv: python3.13: command not found", "3 11 2 1 5"])
def test_what_is_no_answer_is_no_interpreter(answer: str) -> None:
    assert interpreters.parse_answer(Path("python3"), answer) is None


def test_a_python_without_venv_names_its_own_debian_package() -> None:
    interpreter = interpreters.parse_answer(Path("python3"), "3 11 2 0\n")
    assert interpreter is not None
    assert not interpreter.has_venv
    assert interpreter.debian_package == "python3.11-venv"


def test_this_python_is_found_to_fit() -> None:
    interpreter = interpreters.ask(Path(sys.executable))
    assert interpreter is not None
    assert interpreter.fits
    assert interpreter.version == sys.version_info[:3]


def test_a_program_that_does_not_start_is_no_interpreter(tmp_path: Path) -> None:
    broken = tmp_path / "python3"
    broken.write_text("#!/bin/sh\nexit 127\n", encoding="utf-8")
    broken.chmod(0o755)
    assert interpreters.ask(broken) is None
    assert interpreters.ask(tmp_path / "nothing") is None


def test_pyenv_versions_come_last_and_the_newest_of_them_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYENV_ROOT", raising=False)
    for version in ("3.9.18", "3.11.7", "3.12.1"):
        place = tmp_path / ".pyenv/versions" / version / "bin"
        place.mkdir(parents=True)
        (place / "python3").touch()
    found = interpreters.candidates(search_path=str(tmp_path), home=tmp_path)
    assert [path.parents[1].name for path in found] == ["3.12.1", "3.11.7", "3.9.18"]


@pytest.mark.parametrize(
    ("text", "answer"), [(DEBIAN, True), (UBUNTU, True), (MINT, True), (FEDORA, False), ("", False)]
)
def test_debian_is_told_by_id_and_id_like_alone(text: str, answer: bool) -> None:
    assert debian.is_debian(text) is answer


def test_a_package_that_was_renamed_for_time_t_is_asked_for_by_its_new_name() -> None:
    known = {"libglib2.0-0t64", "libegl1"}
    assert debian.names_here(["libglib2.0-0", "libegl1", "unheard-of"], known) == [
        "libglib2.0-0t64",
        "libegl1",
        "unheard-of",
    ]


def test_the_line_to_paste_updates_the_lists_and_goes_on_where_some_source_is_broken() -> None:
    line = debian.install_line(["libegl1", "xvfb"], has_sudo=True)
    assert line == "sudo apt-get update; sudo apt-get install -y --no-install-recommends libegl1 xvfb"


def test_the_line_to_paste_works_without_sudo() -> None:
    line = debian.install_line(["xvfb"], has_sudo=False)
    assert line == "su -c 'apt-get update; apt-get install -y --no-install-recommends xvfb'"


@pytest.mark.parametrize(
    ("environ", "platform", "needed"),
    [
        ({}, "linux", True),
        ({"DISPLAY": ""}, "linux", True),
        ({"DISPLAY": ":0"}, "linux", False),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", False),
        ({"QT_QPA_PLATFORM": "offscreen"}, "linux", False),
        ({}, "darwin", False),
    ],
)
def test_a_virtual_display_is_for_a_linux_without_any(
    environ: dict[str, str], platform: str, needed: bool
) -> None:
    assert system_packages.needs_virtual_display(environ, platform) is needed


def test_a_wayland_session_is_not_asked_for_the_libraries_of_x11() -> None:
    wayland = system_packages.libraries_for("run", {"WAYLAND_DISPLAY": "wayland-0"}, "linux")
    assert "libwayland-client.so.0" in wayland
    assert "libxcb-cursor.so.0" not in wayland
    assert "libxcb-cursor.so.0" in system_packages.libraries_for("run", {}, "linux")


def test_running_with_a_display_needs_no_extra_program_and_tests_need_theirs() -> None:
    assert system_packages.programs_for("run", {"DISPLAY": ":0"}, "linux") == {}
    assert system_packages.programs_for("run", {}, "linux") == {"Xvfb": "xvfb"}
    assert "gnome-keyring-daemon" in system_packages.programs_for("test", {"DISPLAY": ":0"}, "linux")


def test_a_library_that_cannot_be_loaded_is_missing_with_its_package() -> None:
    wanted = {"libc.so.6": "libc6", "libnothing-like-it.so.9": "libnothing9"}
    missing = system_packages.missing_libraries(wanted, Path(sys.executable))
    assert missing == [system_packages.Missing("libnothing-like-it.so.9", "libnothing9")]


def test_a_program_that_is_not_on_path_is_missing_with_its_package(tmp_path: Path) -> None:
    missing = system_packages.missing_programs({"Xvfb": "xvfb"}, search_path=str(tmp_path))
    assert system_packages.packages_of([*missing, *missing]) == ["xvfb"]


def test_a_system_without_fonts_is_told_so(tmp_path: Path) -> None:
    assert system_packages.missing_fonts([tmp_path, tmp_path / "absent"]) != []
    (tmp_path / "dejavu").mkdir()
    (tmp_path / "dejavu/DejaVuSans.TTF").touch()
    assert system_packages.missing_fonts([tmp_path]) == []


def test_a_long_list_of_missing_things_is_shortened_in_the_sentence() -> None:
    things = [system_packages.Missing(name, name) for name in "abcdefg"]
    assert system_packages.in_words(things[:5]) == "a, b, c, d, e"
    assert system_packages.in_words(things) == "a, b, c, d and 3 more things"


def test_wrong_arguments_are_refused() -> None:
    assert bootstrap.main([]) == 2
    assert bootstrap.main(["run", "test"]) == 2


@pytest.fixture
def checkout(tmp_path: Path) -> Environment:
    """A folder with the files that an installation depends on, and an environment that runs this Python."""
    for name in ("pyproject.toml", "requirements.lock", "requirements-dev.lock"):
        shutil.copy(ROOT / name, tmp_path)
    environment = Environment(tmp_path)
    environment.python.parent.mkdir(parents=True)
    environment.python.symlink_to(sys.executable)
    return environment


def stamp(environment: Environment, purpose: str, root: Path | None = None) -> None:
    """Write the stamp of a complete installation."""
    note = {
        "purpose": purpose,
        "root": str(root or environment.root),
        "fingerprint": environment.fingerprint(purpose, sys.version_info[:3]),
    }
    (environment.folder / "triluna-stamp.json").write_text(json.dumps(note), encoding="utf-8")


def test_an_environment_for_the_tests_serves_to_run_the_app_but_not_the_other_way(checkout: Environment) -> None:
    assert not checkout.is_ready("run")
    stamp(checkout, "run")
    assert checkout.is_ready("run")
    assert not checkout.is_ready("test")
    stamp(checkout, "test")
    assert checkout.is_ready("run")
    assert checkout.is_ready("test")


@pytest.mark.parametrize("changed", ["pyproject.toml", "requirements-dev.lock"])
def test_a_changed_lock_or_project_file_means_another_installation(checkout: Environment, changed: str) -> None:
    stamp(checkout, "test")
    with (checkout.root / changed).open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    assert not checkout.is_ready("test")


def test_a_half_made_environment_is_neither_ready_nor_kept(checkout: Environment) -> None:
    stamp(checkout, "test")
    (checkout.folder / "triluna-unfinished").touch()
    assert not checkout.is_ready("test")
    assert checkout.must_be_made_anew()


def test_an_environment_that_was_moved_here_is_made_anew(checkout: Environment) -> None:
    stamp(checkout, "test", root=checkout.root / "elsewhere")
    assert checkout.must_be_made_anew()


def test_an_environment_whose_python_is_gone_is_made_anew(checkout: Environment) -> None:
    stamp(checkout, "test")
    checkout.python.unlink()
    assert not checkout.is_ready("test")
    assert checkout.must_be_made_anew()


def test_a_damaged_stamp_counts_as_none(checkout: Environment) -> None:
    for text in ("", "[1]", "{"):
        (checkout.folder / "triluna-stamp.json").write_text(text, encoding="utf-8")
        assert checkout.read_stamp() == {}


@pytest.mark.skipif(sys.platform != "linux", reason="needs a folder where even root makes nothing")
def test_a_checkout_that_cannot_be_written_to_is_reported_in_a_sentence() -> None:
    base = interpreters.Interpreter(Path(sys.executable), (3, 11, 0), has_venv=True)
    with pytest.raises(InstallError, match=r"could not be made in /proc/self \(.+\)\. Clone"):
        Environment(Path("/proc/self")).make("run", base)


def test_the_path_to_the_sources_is_ascii_whatever_the_checkout_is_called(tmp_path: Path) -> None:
    environment = Environment(tmp_path / "Büro (neu)")
    packages = environment.folder / "lib/python3.11/site-packages"
    packages.mkdir(parents=True)
    (environment.root / "src").mkdir()
    file = packages / "_editable_impl_triluna_desktop.pth"
    file.write_text(f"{environment.root}/src", encoding="utf-8")
    for _ in range(2):  # The second time it is relative already.
        environment.say_paths_in_ascii()
        assert file.read_bytes() == b"../../../../src\n"
    assert (packages / "../../../../src").resolve() == environment.root / "src"


def test_a_python_that_cannot_make_an_environment_is_reported_in_a_sentence(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    program = tmp_path / "python3"
    program.write_text("#!/bin/sh\necho there is no ensurepip >&2\nexit 1\n", encoding="utf-8")
    program.chmod(0o755)
    useless = interpreters.Interpreter(program, (3, 11, 0), has_venv=True)
    with pytest.raises(InstallError, match="virtual environment could not be made"):
        Environment(tmp_path).make("run", useless)
    assert capfd.readouterr().err == "there is no ensurepip\n"
    assert Environment(tmp_path).must_be_made_anew()
