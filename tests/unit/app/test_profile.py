"""A profile put together: its folders, its database for each server, its settings, and its end."""

from __future__ import annotations

import asyncio
import sqlite3
import stat
from contextlib import closing
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from triluna_desktop.api.url import DEFAULT_BASE_URL, InvalidBaseUrlError
from triluna_desktop.domain.availability import Mode
from triluna_desktop.domain.intervals import Interval
from triluna_desktop.domain.remote import SurelyUnsentError, Trouble
from triluna_desktop.options import Options
from triluna_desktop.profile import Ground, database_of, mode_settings, open_calendar, open_profile, prepare
from triluna_desktop.session import ConnectionState
from triluna_desktop.sync.ports import StoreError
from triluna_desktop.system import settings as table
from triluna_desktop.system.paths import FolderError, app_paths

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.helpers.sandbox import SandboxProcess


@pytest.fixture
def options(tmp_path: Path) -> Options:
    return Options(data_dir=tmp_path / "data", api_url="http://127.0.0.1:1/api/public")


@pytest.fixture
def ground(options: Options) -> Iterator[Ground]:
    prepared = prepare(options)
    yield prepared
    prepared.close_log()


def test_all_of_it_is_readable_by_its_owner_alone(options: Options, ground: Ground) -> None:
    del ground
    assert options.data_dir is not None
    for path in options.data_dir.rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("not a folder")
    with pytest.raises(FolderError, match="cannot be used"):
        prepare(Options(data_dir=in_the_way))


async def test_a_read_that_cannot_be_counted_in_the_file_is_refused_as_one_of_the_server_is(
    options: Options, ground: Ground
) -> None:
    profile = open_profile(ground, options)
    profile.account.use("a-token")
    profile.store.close()
    for read in (profile.account.client.read_calendar, profile.account.client.read_patterns):
        with pytest.raises(SurelyUnsentError) as refused:
            await read(in_background=True)
        assert refused.value.trouble is Trouble.NOT_WRITTEN
    await profile.account.close()


def test_each_server_has_a_database_of_its_own(tmp_path: Path) -> None:
    paths = app_paths("default", tmp_path)
    first, second = (database_of(paths, f"https://{name}.example/api") for name in ("one", "two"))
    assert database_of(paths, DEFAULT_BASE_URL) == paths.database
    assert len({first, second, paths.database}) == 3
    assert first == database_of(paths, "https://one.example/api")


def test_the_modes_default_hours_come_from_the_settings(ground: Ground) -> None:
    ground.settings.set_all(
        {
            table.CALENDAR_MODE: Mode.UNAVAILABLE_TIMES.value,
            table.CALENDAR_DEFAULT_START: 480,
            table.CALENDAR_DEFAULT_END: 1020,
        }
    )
    settings = mode_settings(ground.settings)
    assert settings.mode is Mode.UNAVAILABLE_TIMES
    assert (settings.default_hours.start, settings.default_hours.end) == (480, 1020)
    assert settings.hours == ()


def test_hours_by_weekday_come_from_the_settings_and_nonsense_counts_as_none(ground: Ground) -> None:
    ground.settings.set(table.CALENDAR_HOURS, "-,09:00-17:00,09:00-17:00,09:00-17:00,09:00-17:00,09:00-12:00,-")
    settings = mode_settings(ground.settings)
    assert settings.hours_of(0) is None
    assert settings.hours_of(5) == Interval(540, 720)
    ground.settings.set(table.CALENDAR_HOURS, "17:00-09:00,whenever")
    assert mode_settings(ground.settings).hours == ()


async def test_an_open_profile_sends_nothing_and_closes_in_order(
    ground: Ground, options: Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TRILUNA_TOKEN", raising=False)
    profile = open_profile(ground, options)
    await profile.session.open()
    assert profile.session.status.state is ConnectionState.NO_TOKEN
    assert profile.session.status.requests_this_hour == 0
    await profile.close()
    await profile.close()


async def test_a_calendar_is_read_before_it_has_a_way_to_its_server(
    ground: Ground, options: Options, sandbox: SandboxProcess
) -> None:
    profile = open_calendar(ground, replace(options, api_url=sandbox.url))
    assert profile.session.days(date(2026, 11, 23)).entries == ()
    assert profile.session.status.requests_this_hour == 0
    with pytest.raises(RuntimeError, match="is not connected"):
        profile.account.use(sandbox.token)
    profile.connect()
    profile.account.use(sandbox.token)
    await profile.session.start()
    await profile.session.sync_now()
    assert profile.session.status.state is ConnectionState.SYNCED
    assert profile.session.requests.used == profile.session.status.requests_this_hour > 0
    await profile.close()


async def test_a_calendar_that_was_never_connected_is_closed_all_the_same(
    ground: Ground, options: Options
) -> None:
    profile = open_calendar(ground, options)
    await profile.close()
    again = open_calendar(ground, options)
    assert again.opened.damage is None
    await again.close()


@pytest.mark.parametrize("url", ["http://example.com", "https://user:pass@example.com/", "nonsense"])
def test_a_server_that_may_not_be_used_is_refused_before_a_file_is_made(ground: Ground, url: str) -> None:
    with pytest.raises(InvalidBaseUrlError):
        open_profile(ground, Options(data_dir=None, api_url=url))
    assert list(ground.paths.data_dir.glob("*.sqlite3")) == []


def test_a_database_of_a_newer_version_is_refused_with_a_sentence(ground: Ground, options: Options) -> None:
    profile = open_profile(ground, options)
    asyncio.run(profile.close())
    file = database_of(ground.paths, profile.base_url)
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA user_version = 9999")
    with pytest.raises(StoreError, match="newer version of the app"):
        open_profile(ground, options)


async def test_a_token_that_was_found_to_read_only_makes_the_profile_read_only_before_an_edit_is_tried(
    options: Options, ground: Ground, sandbox: SandboxProcess
) -> None:
    sandbox.configure(tokens=[sandbox.token, "tok_reads_only_4711,read:calendar"])
    profile = open_profile(ground, replace(options, api_url=sandbox.url))
    for token, is_read_only in ((sandbox.token, False), ("tok_reads_only_4711", True), (sandbox.token, False)):
        profile.account.use(token)
        await profile.account.test()
        assert profile.session.is_read_only is is_read_only
    profile.account.use("tok_reads_only_4711")
    await profile.account.test()
    profile.account.scopes_refused(is_of_writing=True)
    assert profile.account.known_scopes == (True, False), "that it may not write was known"
    await profile.close()


async def test_a_token_found_to_read_only_does_so_after_a_restart_until_a_test_finds_that_it_may_write(
    options: Options, ground: Ground, sandbox: SandboxProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads = "tok_reads_only_4711"
    monkeypatch.setenv("TRILUNA_TOKEN", reads)
    here = replace(options, api_url=sandbox.url)
    sandbox.configure(tokens=[f"{reads},read:calendar"])
    profile = open_profile(ground, here)
    await profile.account.load()
    assert not profile.session.is_read_only, "nobody knows yet"
    await profile.account.test()
    await profile.close()

    again = open_profile(ground, here)
    await again.account.load()
    assert again.session.is_read_only
    assert again.account.known_scopes == (True, False)
    assert reads not in ground.paths.settings_file.read_text(encoding="utf-8")
    sandbox.configure(tokens=[reads])
    await again.account.test()
    assert not again.session.is_read_only, "its owner gave it the scope meanwhile"
    await again.close()


@pytest.mark.parametrize("other", ["tok_of_somebody_else_0815", "short"])
async def test_what_a_test_found_is_not_said_of_another_token_after_a_restart(
    options: Options, ground: Ground, sandbox: SandboxProcess, monkeypatch: pytest.MonkeyPatch, other: str
) -> None:
    monkeypatch.setenv("TRILUNA_TOKEN", "tok_reads_only_4711" if other != "short" else "brief")
    here = replace(options, api_url=sandbox.url)
    sandbox.configure(tokens=["tok_reads_only_4711,read:calendar", "brief,read:calendar"])
    profile = open_profile(ground, here)
    await profile.account.load()
    await profile.account.test()
    assert profile.session.is_read_only
    await profile.close()

    monkeypatch.setenv("TRILUNA_TOKEN", other)
    again = open_profile(ground, here)
    await again.account.load()
    assert not again.session.is_read_only
    assert again.account.known_scopes is None
    await again.close()
