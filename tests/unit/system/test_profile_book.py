"""The list of profiles: names fit for folders, titles that are not taken, an order, and the one shown last."""

import json
import stat
from pathlib import Path

import pytest

from triluna_desktop.system import settings as table
from triluna_desktop.system.paths import app_paths, check_profile
from triluna_desktop.system.profile_book import (
    COLOURS,
    TITLE_LIMIT,
    KnownProfile,
    ProfileBook,
    ProfileBookError,
    TitleProblem,
    profile_book,
)
from triluna_desktop.system.settings import Settings
from triluna_desktop.system.shared_settings import SharedSettings


@pytest.fixture
def book(tmp_path: Path) -> ProfileBook:
    return profile_book(tmp_path)


def titles(book: ProfileBook) -> list[str]:
    return [each.title for each in book.profiles]


def test_without_a_list_the_default_profile_is_the_one_to_show(book: ProfileBook) -> None:
    assert (book.profiles, book.shown) == ((), "default")


def test_a_change_is_on_disk_for_its_owner_alone(book: ProfileBook, tmp_path: Path) -> None:
    book.add("Dr. Chen", "teal")
    book.show("dr-chen")
    path = app_paths("default", tmp_path).profiles_file
    again = profile_book(tmp_path)
    assert again.profiles == (KnownProfile("dr-chen", "Dr. Chen", "teal"),)
    assert again.shown == "dr-chen"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Dr. Chen", "dr-chen"),
        ("Clara Weiß", "clara-wei"),
        ("Zoë & Søn", "zoe-sn"),
        ("李明", "calendar"),
        ("default", "default-2"),
        ("Demo", "demo-2"),
        ("con", "con-2"),
        ("../../etc", "etc"),
        ("x" * TITLE_LIMIT, "x" * 40),
    ],
)
def test_the_name_of_a_title_is_one_of_a_folder_on_every_system(book: ProfileBook, title: str, name: str) -> None:
    known = book.add(title)
    check_profile(known.name)
    assert known.name == name


def test_titles_that_make_the_same_name_get_folders_of_their_own(book: ProfileBook) -> None:
    assert [book.add(title).name for title in ("Dr Chen", "Dr. Chen", "Dr, Chen")] == [
        "dr-chen",
        "dr-chen-2",
        "dr-chen-3",
    ]


def test_a_folder_that_was_kept_is_not_taken_for_a_new_calendar(book: ProfileBook, tmp_path: Path) -> None:
    (tmp_path / "dr-chen").mkdir()
    assert book.add("Dr. Chen").name == "dr-chen-2"


@pytest.mark.parametrize(
    ("title", "problem"),
    [
        ("   ", TitleProblem.EMPTY),
        ("x" * (TITLE_LIMIT + 1), TitleProblem.LONG),
        ("  dr.  CHEN ", TitleProblem.TAKEN),
    ],
)
def test_a_title_that_says_nothing_or_is_taken_is_refused_and_changes_nothing(
    book: ProfileBook, title: str, problem: TitleProblem
) -> None:
    book.add("Dr. Chen")
    with pytest.raises(ProfileBookError) as refused:
        book.add(title)
    assert refused.value.problem is problem
    assert titles(book) == ["Dr. Chen"]


def test_a_calendar_may_keep_its_title_when_its_colour_changes(book: ProfileBook) -> None:
    name = book.add("Dr. Chen").name
    book.change(name, title="Dr. Chen", colour="rose")
    book.change(name, title="Dr. Amara Chen")
    assert book.get(name) == KnownProfile(name, "Dr. Amara Chen", "rose")


def test_each_new_calendar_has_a_colour_of_its_own_while_there_are_any(book: ProfileBook) -> None:
    assert sorted(book.add(f"Calendar {number}").colour for number in range(len(COLOURS))) == sorted(COLOURS)


def test_calendars_are_moved_and_removed(book: ProfileBook) -> None:
    for title in ("A", "B", "C"):
        book.add(title)
    book.move("c", 0)
    book.move("a", 99)
    assert titles(book) == ["C", "B", "A"]
    book.show("b")
    book.remove("b")
    assert titles(book) == ["C", "A"]
    assert book.shown == "c"


def test_two_processes_do_not_undo_what_the_other_did(book: ProfileBook, tmp_path: Path) -> None:
    other = profile_book(tmp_path)
    book.add("A")
    other.add("B")
    book.move("b", 0)
    assert titles(profile_book(tmp_path)) == ["B", "A"]


def test_a_profile_that_was_named_at_a_start_joins_once(book: ProfileBook) -> None:
    book.note("work")
    book.note("work")
    assert [each.name for each in book.profiles] == ["work"]


def test_an_unreadable_list_is_set_aside_and_not_written_over(book: ProfileBook, tmp_path: Path) -> None:
    path = app_paths("default", tmp_path).profiles_file
    path.write_text("{half a li")
    book.load()
    book.add("A")
    assert path.with_name("profiles.json.broken").read_text() == "{half a li"
    assert titles(profile_book(tmp_path)) == ["A"]


def test_rows_that_make_no_sense_are_passed_over(book: ProfileBook, tmp_path: Path) -> None:
    rows = [{"name": "a", "title": "A", "colour": "pink"}, {"name": "../b"}, {"name": "a"}, 3, {"name": 4}]
    app_paths("default", tmp_path).profiles_file.write_text(json.dumps({"shown": 1, "profiles": rows}))
    book.load()
    assert book.profiles == (KnownProfile("a", "A", COLOURS[0]),)


def test_a_list_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    book = ProfileBook(tmp_path / "file" / "profiles.json")
    with pytest.raises(ProfileBookError, match="could not be saved"):
        book.add("A")


def shared(tmp_path: Path, count: int = 3) -> list[Settings]:
    made = [Settings(tmp_path / f"{number}.json") for number in range(count)]
    every = SharedSettings(made[0])
    for each in made[1:]:
        every.join(each, made[0])
    return made


def test_what_is_the_persons_follows_to_every_open_calendar(tmp_path: Path) -> None:
    first, second, third = shared(tmp_path)
    second.set(table.APPEARANCE_THEME, "dark")
    assert [each.get(table.APPEARANCE_THEME) for each in (first, third)] == ["dark", "dark"]


def test_what_is_the_calendars_own_stays_its_own(tmp_path: Path) -> None:
    first, second, third = shared(tmp_path)
    second.set_all({table.CALENDAR_MODE: "unavailable", table.ACCOUNT_BASE_URL: "https://other.example/api"})
    for each in (first, third):
        assert each.get(table.CALENDAR_MODE) == "available"
        assert each.get(table.ACCOUNT_BASE_URL) == table.ACCOUNT_BASE_URL.default


def test_a_calendar_that_is_opened_becomes_like_the_one_that_is_shown(tmp_path: Path) -> None:
    shown, other = Settings(tmp_path / "shown.json"), Settings(tmp_path / "other.json")
    shown.set(table.GRID_SNAP, 5)
    other.set_all({table.GRID_SNAP: 60, table.CALENDAR_DEFAULT_START: 600})
    SharedSettings(shown).join(other, shown)
    assert (other.get(table.GRID_SNAP), other.get(table.CALENDAR_DEFAULT_START)) == (5, 600)
    assert shown.get(table.CALENDAR_DEFAULT_START) == table.CALENDAR_DEFAULT_START.default


def test_a_calendar_that_was_closed_is_left_alone(tmp_path: Path) -> None:
    first, second = Settings(tmp_path / "1.json"), Settings(tmp_path / "2.json")
    every = SharedSettings(first)
    every.join(second, first)
    every.leave(second)
    first.set(table.APPEARANCE_THEME, "dark")
    assert second.get(table.APPEARANCE_THEME) == "system"


def test_a_removed_one_is_remembered_as_removed_until_it_comes_back(book: ProfileBook, tmp_path: Path) -> None:
    book.note("default")
    book.add("Dr. Chen")
    book.remove("default")
    assert profile_book(tmp_path).removed == {"default"}
    book.show("dr-chen")
    assert profile_book(tmp_path).removed == {"default"}
    book.note("default")
    assert profile_book(tmp_path).removed == frozenset()
