"""The settings: typed, checked, saved whole or not at all."""

import json
import stat
from pathlib import Path
from typing import Any

import pytest

from triluna_desktop.domain.availability import Mode
from triluna_desktop.system import settings as table
from triluna_desktop.system.settings import ORDERED, TABLE, Kind, Page, Setting, SettingError, Settings


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings.json"


def loaded(path: Path) -> Settings:
    settings = Settings(path)
    settings.load()
    return settings


def test_every_declared_setting_stands_in_the_table_once() -> None:
    declared = [value for value in vars(table).values() if isinstance(value, Setting)]
    assert sorted(setting.key for setting in TABLE) == sorted(setting.key for setting in declared)
    assert len({setting.key for setting in TABLE}) == len(TABLE)


@pytest.mark.parametrize("setting", TABLE, ids=lambda setting: setting.key)
def test_every_default_is_a_value_that_its_setting_takes(setting: Setting[Any]) -> None:
    assert setting.checked(setting.default) == setting.default
    assert (setting.page is Page.NONE) or setting.text or setting.kind is Kind.TEXT


def test_the_calendar_modes_are_those_of_the_domain() -> None:
    assert set(table.CALENDAR_MODE.choices) == {mode.value for mode in Mode}


def test_a_first_run_has_the_defaults_and_no_problem_and_writes_nothing(path: Path) -> None:
    settings = loaded(path)
    assert settings.get(table.CALENDAR_DEFAULT_START) == 480
    assert settings.get(table.APPEARANCE_THEME) == "system"
    assert settings.problem == ""
    assert not path.exists()


def test_what_is_set_is_there_after_a_restart(path: Path) -> None:
    settings = loaded(path)
    settings.set(table.GRID_SNAP, 5)
    settings.set(table.GRID_SINGLE_LETTER_KEYS, False)
    settings.set(table.WINDOW_GEOMETRY, "AdnQywADAAA=")
    again = loaded(path)
    assert again.get(table.GRID_SNAP) == 5
    assert again.get(table.GRID_SINGLE_LETTER_KEYS) is False
    assert again.get(table.WINDOW_GEOMETRY) == "AdnQywADAAA="


def test_the_file_holds_only_what_differs_from_the_default_and_its_owner_alone_reads_it(path: Path) -> None:
    settings = loaded(path)
    settings.set(table.GRID_SNAP, 5)
    settings.set(table.APPEARANCE_THEME, "dark")
    settings.set(table.GRID_SNAP, 15)
    assert json.loads(path.read_text()) == {"appearance.theme": "dark"}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in path.parent.iterdir()] == ["settings.json"]


def test_reset_goes_back_to_the_default(path: Path) -> None:
    settings = loaded(path)
    settings.set(table.APPEARANCE_THEME, "dark")
    settings.reset(table.APPEARANCE_THEME)
    assert settings.get(table.APPEARANCE_THEME) == "system"
    assert json.loads(path.read_text()) == {}


@pytest.mark.parametrize(
    ("setting", "value", "sentence"),
    [
        (table.CALENDAR_MODE, "sometimes", "calendar.mode is one of available, unavailable, not sometimes."),
        (table.GRID_SNAP, 7, "grid.snap is one of 5, 10, 15, 30, 60, not 7."),
        (table.GRID_SNAP, True, "grid.snap takes a whole number, not True."),
        (table.GRID_SNAP, 15.0, "grid.snap takes a whole number, not 15.0."),
        (table.LAYERS_BLOCKED, 1, "layers.blocked takes true or false, not 1."),
        (table.APPEARANCE_THEME, None, "appearance.theme takes a text, not None."),
        (table.CALENDAR_DEFAULT_START, -1, "calendar.default_start goes from 0 to 1439; -1 lies outside."),
        (table.CALENDAR_DEFAULT_END, 1441, "calendar.default_end goes from 1 to 1440; 1441 lies outside."),
        (table.ACCOUNT_TOKEN_HINT, "abcde", "account.token_hint holds at most 4 characters, not 5."),
        (table.WINDOW_STATE, "no base64!", "window.state is not base64."),
        (table.WINDOW_STATE, "ä", "window.state is not base64."),
        (table.NETWORK_PROXY_ADDRESS, "http://me:pw@proxy", "may hold no name and no password here"),
        (
            table.NETWORK_PROXY_ADDRESS,
            "socks5://proxy",
            "“socks5://proxy” is not the address of a proxy; one looks",
        ),
        (table.NETWORK_PROXY_ADDRESS, "proxy:8080", "“proxy:8080” is not the address of a proxy; one looks like"),
        (table.NETWORK_PROXY_ADDRESS, "http://proxy:port", "“http://proxy:port” is not the address of a proxy."),
        (table.NETWORK_PROXY_ADDRESS, "http://proxy/path", "A proxy's address ends with its host and port"),
        (table.NOTIFICATIONS_QUIET_FROM, 1440, "notifications.quiet_from goes from 0 to 1439; 1440 lies outside."),
        (table.ACCOUNT_BASE_URL, "", "“” is not a web address; it looks like https://example.org/api."),
        (table.ACCOUNT_BASE_URL, "ftp://example.org", "“ftp://example.org” is not a web address"),
        (table.ACCOUNT_BASE_URL, "https://exa mple.org", "is not a web address"),
        (table.ACCOUNT_BASE_URL, "https://example.org:port", "“https://example.org:port” is not a web address."),
        (table.ACCOUNT_BASE_URL, "https://[::1", "“https://[::1” is not a web address."),
        (table.ACCOUNT_BASE_URL, "https://me:pw@example.org", "must hold no name, password"),
        (table.ACCOUNT_BASE_URL, "https://example.org/?a=b", "must hold no name, password"),
        (table.ACCOUNT_BASE_URL, "http://example.org", "must start with https://"),
        (table.ACCOUNT_BASE_URL, "http://192.168.1.2", "must start with https://"),
        (table.ACCOUNT_BASE_URL, "http://localhost.example.org", "must start with https://"),
    ],
)
def test_a_wrong_value_is_refused_with_a_sentence_and_changes_nothing(
    path: Path, setting: Setting[Any], value: object, sentence: str
) -> None:
    settings = loaded(path)
    with pytest.raises(SettingError) as caught:
        settings.set(setting, value)
    assert sentence in str(caught.value)
    assert caught.value.key == setting.key
    assert settings.get(setting) == setting.default
    assert not path.exists()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://example.org/api/", "https://example.org/api"),
        ("  https://example.org ", "https://example.org"),
        ("http://localhost:8080/api/public", "http://localhost:8080/api/public"),
        ("http://127.0.0.1:1", "http://127.0.0.1:1"),
        ("http://[::1]:1", "http://[::1]:1"),
    ],
)
def test_an_address_is_https_or_this_machine_and_has_no_slash_at_its_end(
    path: Path, typed: str, kept: str
) -> None:
    settings = loaded(path)
    settings.set(table.ACCOUNT_BASE_URL, typed)
    assert loaded(path).get(table.ACCOUNT_BASE_URL) == kept


def test_the_default_hours_cannot_end_before_they_start(path: Path) -> None:
    settings = loaded(path)
    with pytest.raises(SettingError, match=r"calendar\.default_start must be less than calendar\.default_end"):
        settings.set(table.CALENDAR_DEFAULT_START, 1200)
    with pytest.raises(SettingError) as caught:
        settings.set(table.CALENDAR_DEFAULT_END, 480)
    assert caught.value.key == "calendar.default_end"


def test_hours_that_only_together_make_sense_are_set_together(path: Path) -> None:
    settings = loaded(path)
    settings.set_all({table.CALENDAR_DEFAULT_START: 1260, table.CALENDAR_DEFAULT_END: 1440})
    assert loaded(path).get(table.CALENDAR_DEFAULT_START) == 1260


def test_of_several_one_wrong_value_leaves_all_as_they_were(path: Path) -> None:
    settings = loaded(path)
    with pytest.raises(SettingError):
        settings.set_all({table.GRID_SNAP: 30, table.GRID_HOUR_HEIGHT: 5000})
    assert settings.get(table.GRID_SNAP) == 15


def test_what_another_process_changed_meanwhile_stays(path: Path) -> None:
    loaded(path).set(table.GRID_SNAP, 5)
    waits, other = loaded(path), loaded(path)
    other.set_all({table.APPEARANCE_THEME: "dark", table.ACCOUNT_TOKEN_HINT: "5b2a"})
    other.reset(table.GRID_SNAP)
    waits.set(table.CALENDAR_DEFAULT_START, 420)
    waits.reset(table.ACCOUNT_TOKEN_HINT)
    assert json.loads(path.read_text()) == {"appearance.theme": "dark", "calendar.default_start": 420}


def test_a_file_that_was_deleted_meanwhile_is_written_whole(path: Path) -> None:
    settings = loaded(path)
    settings.set(table.GRID_SNAP, 5)
    path.unlink()
    settings.set(table.CALENDAR_DEFAULT_START, 420)
    assert json.loads(path.read_text()) == {"grid.snap": 5, "calendar.default_start": 420}


def test_subscribers_hear_of_a_change_once_it_is_saved_and_of_nothing_else(path: Path) -> None:
    settings = loaded(path)
    heard: list[tuple[str, object, bool]] = []
    stop = settings.subscribe(lambda setting: heard.append((setting.key, settings.get(setting), path.exists())))
    settings.set(table.GRID_SNAP, 15)  # As it was.
    settings.set(table.GRID_SNAP, 30)
    settings.set(table.GRID_SNAP, 30)
    assert heard == [("grid.snap", 30, True)]
    stop()
    stop()
    settings.reset(table.GRID_SNAP)
    assert len(heard) == 1


def test_a_subscriber_may_leave_while_it_is_called(path: Path) -> None:
    settings = loaded(path)
    heard: list[str] = []

    def once(setting: Setting[Any]) -> None:
        heard.append(setting.key)
        stop()

    stop = settings.subscribe(once)
    settings.subscribe(lambda setting: heard.append(f"second {setting.key}"))
    settings.set(table.GRID_SNAP, 30)
    settings.set(table.GRID_SNAP, 60)
    assert heard == ["grid.snap", "second grid.snap", "second grid.snap"]


def test_keys_of_another_version_are_kept(path: Path) -> None:
    path.write_text('{"tray.enabled": {"new": [1]}, "grid.snap": 30}')
    settings = loaded(path)
    assert settings.problem == ""
    settings.set(table.GRID_SNAP, 10)
    assert json.loads(path.read_text()) == {"tray.enabled": {"new": [1]}, "grid.snap": 10}


def test_a_value_that_this_version_does_not_take_is_reported_and_stays_until_it_is_set(path: Path) -> None:
    path.write_text('{"appearance.theme": "solarized", "grid.snap": 30}')
    settings = loaded(path)
    assert settings.get(table.APPEARANCE_THEME) == "system"
    assert settings.get(table.GRID_SNAP) == 30
    assert "appearance.theme is one of system, light, dark, not solarized." in settings.problem
    settings.set(table.GRID_SNAP, 10)
    assert json.loads(path.read_text())["appearance.theme"] == "solarized"
    settings.reset(table.APPEARANCE_THEME)
    assert json.loads(path.read_text()) == {"grid.snap": 10}


def test_hours_in_the_file_that_end_before_they_start_are_both_passed_over(path: Path) -> None:
    path.write_text('{"calendar.default_start": 1300}')
    settings = loaded(path)
    for lower, upper in ORDERED:
        assert settings.get(lower) < settings.get(upper)
    assert "calendar.default_start must be less than calendar.default_end" in settings.problem


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff\xfe", b"[]", b"null", b"\x00" * 64, b"[" * 100_000],
    ids=["empty", "cut off", "no UTF-8", "a list", "null", "zeros", "deep"],
)
def test_an_unreadable_file_is_set_aside_and_the_defaults_are_used(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    settings = loaded(path)
    assert settings.get(table.GRID_SNAP) == 15
    broken = path.with_name("settings.json.broken")
    assert broken.read_bytes() == content
    assert not path.exists()
    assert "back at their defaults" in settings.problem
    assert str(broken) in settings.problem
    settings.set(table.GRID_SNAP, 30)
    again = loaded(path)
    assert (again.get(table.GRID_SNAP), again.problem) == (30, "")


def test_a_broken_file_that_cannot_be_set_aside_is_said_so(path: Path) -> None:
    path.write_text("{")
    path.with_name("settings.json.broken").mkdir()
    assert "could not be set aside: Is a directory" in loaded(path).problem


def test_a_file_that_cannot_be_read_at_all_is_a_problem_and_no_crash(path: Path) -> None:
    path.mkdir()
    assert loaded(path).problem == "The settings could not be read (Is a directory); the defaults are used."


def test_a_setting_that_cannot_be_saved_is_refused_aloud_and_stays_as_it_was(path: Path) -> None:
    path.mkdir()
    settings = Settings(path)
    heard: list[str] = []
    settings.subscribe(lambda setting: heard.append(setting.key))
    with pytest.raises(SettingError, match="The settings could not be saved: Is a directory"):
        settings.set(table.GRID_SNAP, 30)
    assert settings.get(table.GRID_SNAP) == 15
    assert heard == []
    assert [each.name for each in path.parent.iterdir()] == ["settings.json"], "no half-written file is left"


def test_loading_again_forgets_what_was_there(path: Path) -> None:
    settings = loaded(path)
    settings.set(table.GRID_SNAP, 30)
    path.unlink()
    settings.load()
    assert settings.get(table.GRID_SNAP) == 15
