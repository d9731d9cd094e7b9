"""Small files of the app's own: written whole or not at all, and read by their owner alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from triluna_desktop.system.json_file import write_json


def test_a_file_is_written_for_its_owner_alone_in_a_folder_that_is_made_for_it(tmp_path: Path) -> None:
    path = tmp_path / "new" / "settings.json"
    write_json(path, {"b": "Über", "a": 1})
    assert json.loads(path.read_bytes()) == {"a": 1, "b": "Über"}
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_what_a_command_was_passed_in_another_encoding_is_written_as_well(tmp_path: Path) -> None:
    path = tmp_path / "profiles.json"
    title = b"Dr. M\xfcller".decode("utf-8", "surrogateescape")
    write_json(path, {"title": title})
    assert json.loads(path.read_bytes()) == {"title": title}


def test_a_file_that_cannot_be_replaced_stays_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "settings.json"
    write_json(path, {"a": 1})

    def fail(_self: Path, _target: Path) -> Path:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="Input/output error"):
        write_json(path, {"a": 2})
    assert json.loads(path.read_bytes()) == {"a": 1}
    assert [each.name for each in tmp_path.iterdir()] == ["settings.json"]
