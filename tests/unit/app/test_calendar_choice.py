"""Commands that name no calendar act on one that is in the list, or ask which."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from triluna_desktop.system.paths import app_paths
from triluna_desktop.system.profile_book import ProfileBook, profile_book

if TYPE_CHECKING:
    from tests.helpers.sandbox import SandboxProcess
    from tests.unit.app.conftest import CommandLine

DAY = "2027-03-04"


def has_database(triluna: CommandLine, name: str) -> bool:
    return any(app_paths(name, triluna.data_dir).data_dir.glob("calendar*.sqlite3"))


@pytest.fixture
def book(triluna: CommandLine) -> ProfileBook:
    return profile_book(triluna.data_dir)


def default_is_removed_and_its_data_kept(triluna: CommandLine, book: ProfileBook) -> None:
    assert triluna("block", DAY, "9:00-10:00").code == 0
    book.note("default")
    book.add("Dr. Chen")
    book.remove("default")
    assert has_database(triluna, "default")


def test_with_one_calendar_left_commands_act_on_that_one(
    triluna: CommandLine, book: ProfileBook, sandbox: SandboxProcess
) -> None:
    default_is_removed_and_its_data_kept(triluna, book)
    assert triluna("status", "--json").json["last_synced"] is None
    assert triluna("block", DAY, "11:00-12:00").code == 0
    assert has_database(triluna, "dr-chen")
    assert len(sandbox.entries()) == 2


@pytest.mark.parametrize(
    "command", [["status"], ["list"], ["block", "30m"], ["sync"], ["bookable"], ["release"], ["export"]]
)
def test_with_several_left_they_say_which_can_be_named_and_do_nothing(
    triluna: CommandLine, book: ProfileBook, sandbox: SandboxProcess, command: list[str]
) -> None:
    default_is_removed_and_its_data_kept(triluna, book)
    book.note("ben")
    before = sandbox.log()
    done = triluna(*command, "--json")
    assert (done.code, done.json["error"]["code"]) == (2, "profile")
    assert done.json["error"]["message"] == (
        "The calendar “default” was removed. Say which one is meant: --profile dr-chen (“Dr. Chen”), "
        "--profile ben. Nothing was changed."
    )
    assert sandbox.log() == before
    assert not has_database(triluna, "ben")


def test_the_token_of_a_removed_calendar_is_not_set_again(triluna: CommandLine, book: ProfileBook) -> None:
    default_is_removed_and_its_data_kept(triluna, book)
    book.note("ben")
    done = triluna("token", "forget")
    assert (done.code, done.stdout) == (2, "")
    assert "--profile ben" in done.stderr


def test_one_that_is_named_is_meant_whether_it_is_in_the_list_or_not(
    triluna: CommandLine, book: ProfileBook
) -> None:
    default_is_removed_and_its_data_kept(triluna, book)
    book.note("ben")
    listed = triluna("list", "--from", DAY, "--to", DAY, "--profile", "default", "--json")
    assert [each["start_time"] for each in listed.json["entries"]] == ["09:00"]


def test_a_default_that_was_only_ever_used_in_a_terminal_stays_the_default(
    triluna: CommandLine, book: ProfileBook
) -> None:
    assert triluna("block", DAY, "9:00-10:00").code == 0
    book.note("ben")
    book.note("anna")
    assert triluna("status", "--json").json["last_synced"] is not None


def test_one_that_comes_back_into_the_list_is_the_default_again(triluna: CommandLine, book: ProfileBook) -> None:
    default_is_removed_and_its_data_kept(triluna, book)
    book.note("default")
    assert triluna("status", "--json").json["last_synced"] is not None


def test_a_calendar_may_be_named_as_the_window_calls_it(triluna: CommandLine, book: ProfileBook) -> None:
    book.note("default")
    book.add("Dr. Chen")
    assert triluna("block", DAY, "9:00-10:00", "--profile", "dr. chen").code == 0
    assert has_database(triluna, "dr-chen")
    assert not has_database(triluna, "default")


def test_a_name_that_is_mistyped_makes_no_calendar(triluna: CommandLine, book: ProfileBook) -> None:
    book.note("anna")
    triluna.use_token(None)
    done = triluna("block", "30m", "--profile", "ana", "--json")
    assert (done.code, done.json["error"]["code"]) == (2, "profile")
    assert done.json["error"]["message"] == (
        "There is no calendar “ana”. Those there are: --profile anna. The window makes one, and so does "
        "`triluna-desktop token set --profile ana`. Nothing was changed."
    )
    assert not (triluna.data_dir / "ana").exists()


def test_a_token_in_the_environment_needs_no_calendar_that_is_there(triluna: CommandLine) -> None:
    assert triluna("list", "--profile", "cron").code == 0


def test_the_commands_that_an_answer_names_are_about_the_same_calendar(
    triluna: CommandLine, book: ProfileBook, sandbox: SandboxProcess
) -> None:
    book.note("default")
    book.note("anna")
    sandbox.add_entry(DAY, "09:00", "10:00")
    done = triluna("--profile", "anna", "block", DAY, "9:30-10:30", "--json")
    (mine,) = done.json["entries"]
    assert f"`triluna-desktop --profile anna delete {mine['key']}`" in done.json["error"]["message"]
    triluna.use_token(None)
    for command in (["list"], ["token", "test"]):
        assert "`triluna-desktop --profile anna token set`" in triluna("--profile", "anna", *command).stderr
    assert "`triluna-desktop token set`" in triluna("list").stderr
