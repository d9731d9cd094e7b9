"""What the settings do with the files of a profile: diagnostics without a secret, clearing that loses nothing."""

from __future__ import annotations

import json
import logging
import stat
import zipfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.helpers.full_disk import full_disk

from triluna_desktop import diagnostics
from triluna_desktop.domain import edits
from triluna_desktop.domain.models import Entry
from triluna_desktop.options import Options
from triluna_desktop.profile import Profile, open_profile, prepare, prepare_beside
from triluna_desktop.system import settings as table
from triluna_desktop.system.logs import Redactor
from triluna_desktop.ui.settings.local_actions import Cleared
from triluna_desktop.window_local import Process, WindowLocal

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

TOKEN = "tl_live_9f3c7d1e5b2a"
TITLE = "Dr Kowalski, “Größe”"
NOTES = "bring the biopsy\nand 40 €"
SHORT = "GP"
SECRETS = (TOKEN, "Kowalski", "Größe", "biopsy", "and 40 €", "s3cret", "anna@example.org", "/calendar/7")
_log = logging.getLogger("triluna_desktop.test")


@pytest.fixture
async def profile(tmp_path: Path) -> AsyncIterator[Profile]:
    options = Options(data_dir=tmp_path / "data", api_url="http://127.0.0.1:1/api/public")
    ground = prepare(options)
    profile = open_profile(ground, options)
    ground.redactor.register_secret(TOKEN)
    yield profile
    await profile.close()
    ground.close_log()


def local_of(profile: Profile, restarts: list[None], *others: Profile) -> WindowLocal:
    process = Process(
        (others or (profile,))[0].ground.paths.log_file,
        lambda: (profile, *others),
        lambda: ("default", "Okafor & Sons", "dr-okafor"),
    )
    return WindowLocal(profile, process, lambda: restarts.append(None), "6.9", "en_GB")


def entry(key: str, title: str = "", notes: str = "") -> Entry:
    return Entry(key, date(2026, 11, 19), 600, 660, False, title, notes)


async def test_diagnostics_hold_what_helps_and_no_secret_wherever_one_was_put(
    profile: Profile, tmp_path: Path
) -> None:
    settings = profile.ground.settings
    await profile.session.apply(edits.create(entry("a", TITLE, NOTES), entry("b", SHORT)))
    view = profile.session.item("a")
    assert view is not None
    await profile.session.apply(edits.change(view.item, entry("a", "Renamed Kowalski")))
    settings.set(table.ACCOUNT_BASE_URL, "https://api.example.org/calendar/7")
    settings.set(table.ACCOUNT_TOKEN_HINT, "5b2a")
    settings.set(table.NETWORK_PROXY_ADDRESS, "http://proxy.example.org:8080")
    settings.set(table.WARNINGS_DISMISSED, "Kowalski")
    settings.set(table.GRID_SNAP, 5)
    _log.info("Made %r with %s and %s, as %s", TITLE, NOTES, json.dumps(NOTES), SHORT)
    _log.info("Asked https://me:s3cret@api.example.org/calendar/7?key=s3cret with Bearer %s", TOKEN)
    _log.info("In %s of anna@example.org, GPs are not meant", Path.home() / "x")
    file = tmp_path / "out.zip"

    done = await local_of(profile, []).export_diagnostics(file)

    assert done.problem == ""
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    whole = "\n".join(parts.values())
    assert [secret for secret in SECRETS if secret in whole] == []
    assert str(Path.home()) + "/" not in whole
    assert "https://api.example.org " in parts["log.txt"], "the host stays"
    assert "GPs are not meant" in parts["log.txt"], "a title is looked for as a word"
    assert "as [text]" in parts["log.txt"]
    told = json.loads(parts["settings.json"])
    assert told == {
        "account.base_url": "api.example.org",
        "account.token_hint": "[set]",
        "grid.snap": 5,
        "network.proxy_address": "proxy.example.org",
        "warnings.dismissed": "[set]",
    }
    assert json.loads(parts["calendar.json"])["rows"]["op"] == 2
    assert json.loads(parts["about.json"])["qt"] == "6.9"


async def test_of_several_calendars_the_log_of_all_is_written_and_cleaned_of_the_titles_of_all(
    profile: Profile, tmp_path: Path
) -> None:
    options = Options(profile="ben", data_dir=tmp_path / "data", api_url="http://127.0.0.1:1/api/public")
    second = open_profile(prepare_beside(profile.ground, options), options, takes_environment=False)
    await profile.session.apply(edits.create(entry("a", "Kowalski")))
    _log.info("Made Kowalski in dr-okafor of Okafor & Sons, in %s", profile.ground.paths.data_dir / "x")
    file = tmp_path / "out.zip"

    done = await local_of(second, [], profile).export_diagnostics(file)

    await second.close()
    assert done.problem == ""
    with zipfile.ZipFile(file) as archive:
        log = archive.read("log.txt").decode()
    assert log.rstrip().endswith("Made [text] in [name] of [name], in [folder]/x")


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("http://bob:pa/ss@wo@proxy.example.org:8080 said no", "http://proxy.example.org:8080 said no"),
        ("socks5://bob:secret@proxy.example.org", "socks5://proxy.example.org"),
        ("HTTPS://BOB:SECRET@PROXY.EXAMPLE.ORG", "HTTPS://PROXY.EXAMPLE.ORG"),
        ("/home/anna/x, file:///home/anna/y, /media/anna/z, Joanna", "~/x, file://~/y, /media/[name]/z, Joanna"),
    ],
)
def test_addresses_and_folders_lose_their_people(said: str, left: str) -> None:
    assert diagnostics.Cleaner(Redactor(), (), Path("/home/anna")).clean(said) == left


async def test_a_file_that_others_could_read_is_theirs_no_more(profile: Profile, tmp_path: Path) -> None:
    file = tmp_path / "out.zip"
    file.write_bytes(b"old")
    file.chmod(0o644)
    await local_of(profile, []).export_diagnostics(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert zipfile.is_zipfile(file)


async def test_a_file_that_cannot_be_written_is_said_in_the_systems_words(
    profile: Profile, tmp_path: Path
) -> None:
    done = await local_of(profile, []).export_diagnostics(tmp_path / "nowhere" / "out.zip")
    assert done.problem == "No such file or directory"


def test_ten_thousand_titles_are_looked_for_in_a_full_log_in_little_time() -> None:
    texts = [f"Client {number} of the {number % 97}th street" for number in range(10_000)]
    log = "2026-11-19 12:00:00 INFO triluna_desktop Read 200 entries in 31 ms\n" * 6000 + texts[77]
    cleaner = diagnostics.Cleaner(Redactor(), texts, Path("/home/anna"))
    assert cleaner.clean(log).endswith(diagnostics.TEXT)


def test_of_a_long_log_the_end_is_taken_in_whole_lines(tmp_path: Path) -> None:
    log = tmp_path / "log"
    assert diagnostics.end_of_log(log) == ""
    log.write_text("".join(f"line {number}\n" for number in range(100_000)))
    end = diagnostics.end_of_log(log)
    assert end.startswith("line ")
    assert end.endswith("line 99999\n")
    assert len(end) <= diagnostics.LOG_BYTES


async def test_clearing_deletes_the_calendar_and_starts_anew(profile: Profile) -> None:
    restarts: list[None] = []
    local = local_of(profile, restarts)
    await profile.session.apply(edits.create(entry("a", TITLE)))
    assert await local.unsent() == 1
    assert await local.clear(losing=0) == Cleared(is_done=False), "nobody agreed to lose it"
    assert restarts == []
    assert await local.unsent() == 1
    assert await local.clear(losing=1) == Cleared(is_done=True)
    assert restarts == [None]
    assert await local.unsent() == 0
    assert profile.session.item("a") is None


async def test_on_a_full_disk_nothing_is_cleared_and_that_is_what_is_said(profile: Profile) -> None:
    restarts: list[None] = []
    local = local_of(profile, restarts)
    await profile.session.apply(edits.create(entry("a", TITLE)))
    with full_disk():
        assert await local.clear(losing=1) == Cleared(is_done=False, problem="there is no room left on the disk")
    assert restarts == []
    assert profile.session.item("a") is not None


async def test_clearing_deletes_the_copies_of_the_calendar_too(profile: Profile) -> None:
    path = profile.store.path
    copies = [
        path.with_name(f"{path.name}.{kind}")
        for kind in ("backup-0001-v1", "damaged-1", "damaged-1-wal", "other-1")
    ]
    beside = path.with_name("calendar-of-another-server.sqlite3.backup-0001-v1")
    for copy in (*copies, beside):
        copy.write_text(TITLE)
    assert (await local_of(profile, []).clear(losing=0)).is_done
    assert [copy for copy in copies if copy.exists()] == []
    assert beside.exists()
    assert path.exists()


async def test_the_history_is_cleared_and_the_calendar_stays(profile: Profile) -> None:
    await profile.session.apply(edits.create(entry("a", TITLE)))
    assert await local_of(profile, []).clear_history() == ""
    assert profile.session.history.list() == ()
    assert profile.session.item("a") is not None
