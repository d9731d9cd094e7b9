"""The keys of the commands: those of the table, changed by the user, without two that have the same."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from triluna_desktop.system import settings as table
from triluna_desktop.system.settings import Settings
from triluna_desktop.ui.keymap import Keymap, default_bindings, default_of, normal

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings(tmp_path / "settings.json")
    settings.load()
    return settings


@pytest.fixture
def keymap(settings: Settings) -> Keymap:
    return Keymap(settings)


def test_in_the_table_no_two_commands_have_the_same_key_and_none_a_fixed_one(keymap: Keymap) -> None:
    keys = Counter(key for command in keymap.commands.values() for key in default_of(command))
    assert [key for key, count in keys.items() if count > 1] == []
    assert [key for key in keys if keymap.problem_with(key)] == []


def test_a_key_that_is_added_works_beside_the_others_and_after_a_restart(
    keymap: Keymap, settings: Settings
) -> None:
    heard: list[None] = []
    keymap.changed.connect(lambda: heard.append(None))
    keymap.add(keymap.commands["undo"], "Ctrl+U")
    assert keymap.all_of(keymap.commands["undo"]) == ("Ctrl+Z", "Ctrl+U")
    assert heard == [None]
    again = Keymap(settings)
    assert again.keys_of(again.commands["undo"]) == ("Ctrl+Z", "Ctrl+U")
    assert json.loads(settings.get(table.SHORTCUTS_KEYS)) == {"undo": ["Ctrl+Z", "Ctrl+U"]}


def test_a_key_of_another_command_is_refused_unless_it_is_taken(keymap: Keymap) -> None:
    undo, duplicate = keymap.commands["undo"], keymap.commands["duplicate"]
    with pytest.raises(ValueError, match=r"Ctrl\+D"):
        keymap.add(undo, "ctrl+d")
    assert keymap.all_of(undo) == ("Ctrl+Z",)
    keymap.add(undo, "ctrl+d", take=True)
    assert keymap.all_of(undo) == ("Ctrl+Z", "Ctrl+D")
    assert keymap.all_of(duplicate) == ()
    assert keymap.owner_of("Ctrl+D") is undo


def test_swapping_leaves_no_key_twice_and_none_behind(keymap: Keymap) -> None:
    undo, duplicate = keymap.commands["undo"], keymap.commands["duplicate"]
    keymap.swap(undo, "Ctrl+D")
    assert keymap.all_of(undo) == ("Ctrl+D",)
    assert keymap.all_of(duplicate) == ("Ctrl+Z",)
    keymap.swap(undo, "Ctrl+Z")
    assert not keymap.has_changes


def test_the_reset_of_either_undoes_a_swap(keymap: Keymap) -> None:
    today, palette = keymap.commands["today"], keymap.commands["palette"]
    for side in (today, palette):
        keymap.swap(today, "Ctrl+K")
        assert keymap.all_of(palette) == default_of(today)
        keymap.reset(side)
        assert not keymap.has_changes


def test_a_reset_gives_the_keys_of_the_table_back_and_takes_them_from_who_had_them(
    keymap: Keymap, settings: Settings
) -> None:
    undo, duplicate = keymap.commands["undo"], keymap.commands["duplicate"]
    keymap.add(undo, "Ctrl+D", take=True)
    assert keymap.taken_by_default(duplicate) == (("Ctrl+D", undo),)
    keymap.reset(duplicate)
    assert keymap.all_of(duplicate) == ("Ctrl+D",)
    assert keymap.all_of(undo) == ("Ctrl+Z",)
    assert settings.get(table.SHORTCUTS_KEYS) == "", "what is as in the table is not kept"
    keymap.remove(undo, "Ctrl+Z")
    keymap.add(duplicate, "F4")
    keymap.reset_all()
    assert keymap.all_of(undo) == ("Ctrl+Z",)
    assert not keymap.has_changes


@pytest.mark.parametrize("key", ["Up", "Ctrl+Left", "Space", "Esc", "Tab", "F2", "", "nonsense+"])
def test_keys_with_a_fixed_meaning_and_what_is_no_key_cannot_be_given(keymap: Keymap, key: str) -> None:
    assert keymap.problem_with(key)
    with pytest.raises(ValueError):
        keymap.add(keymap.commands["undo"], key, take=True)


def test_letters_are_of_the_grid_whatever_the_command_and_chords_only_those_of_its_own(keymap: Keymap) -> None:
    assert keymap.grid_bindings() == default_bindings()
    assert keymap.grid_bindings()["G"] == "go_to_date"
    assert "Ctrl+G" not in keymap.grid_bindings()
    assert keymap.grid_bindings()["Ctrl+Z"] == "undo"
    keymap.add(keymap.commands["sync"], "Y")
    assert keymap.grid_bindings()["Y"] == "sync"
    assert keymap.letters_of(keymap.commands["sync"]) == ("Y",)
    assert keymap.keys_of(keymap.commands["sync"]) == ("F5",)


@pytest.mark.parametrize("kept", ["{", "[]", "7", '{"undo": "Ctrl+U"}', '{"undo": [7]}'])
def test_what_cannot_be_read_in_the_settings_leaves_the_keys_of_the_table(settings: Settings, kept: str) -> None:
    settings.set(table.SHORTCUTS_KEYS, kept)
    keymap = Keymap(settings)
    assert keymap.all_of(keymap.commands["redo"]) == ("Ctrl+Shift+Z", "Ctrl+Y")


def test_commands_of_another_version_keep_their_keys_in_the_file(settings: Settings) -> None:
    settings.set(table.SHORTCUTS_KEYS, '{"fly":["Ctrl+U"]}')
    keymap = Keymap(settings)
    keymap.add(keymap.commands["undo"], "F4")
    assert json.loads(settings.get(table.SHORTCUTS_KEYS))["fly"] == ["Ctrl+U"]
    assert not Keymap(settings).is_changed(keymap.commands["redo"])


def test_a_key_is_compared_however_it_is_written() -> None:
    assert normal("ctrl+shift+e") == "Ctrl+Shift+E"
    assert normal("Ctrl+,") == "Ctrl+,"
    assert normal("Ctrl+K, Ctrl+U") == "Ctrl+K"
    assert normal("g") == "G"
