"""The list of changes as data, and what of it is new to whom."""

from __future__ import annotations

from pathlib import Path

import pytest

from triluna_desktop import __version__
from triluna_desktop.domain.changelog import news, read_changelog, version_of

TEXT = """# Changes

What is new.

## 1.10.0 (not yet released)
- **Search.** Finds
  what is looked for.
- Another.

## 1.9.1
A paragraph
- Third.

## 1.9
- Second.
"""


def test_versions_have_their_points_with_continued_lines() -> None:
    first, second, third = read_changelog(TEXT)
    assert (first.name, first.version, first.note) == ("1.10.0", (1, 10), "not yet released")
    assert first.points == ("**Search.** Finds what is looked for.", "Another.")
    assert (second.version, second.points) == ((1, 9, 1), ("A paragraph", "Third."))
    assert third.name == "1.9"


@pytest.mark.parametrize(
    ("seen", "current", "names"),
    [
        ("1.9", "1.10.0", ["1.10.0", "1.9.1"]),
        ("1.9.0", "1.9.1", ["1.9.1"]),
        ("1.10.0", "1.10", []),
        ("1.10.0", "1.9", []),
        ("", "1.10.0", []),
        ("odd", "1.10.0", []),
        ("1.9.1", "1.10.0.dev3", ["1.10.0"]),
    ],
)
def test_new_is_what_came_after_the_version_seen_last(seen: str, current: str, names: list[str]) -> None:
    assert [release.name for release in news(read_changelog(TEXT), seen, current)] == names


def test_the_applications_own_list_can_be_read_and_names_the_version_that_runs() -> None:
    root = Path(__file__).parents[3]
    releases = read_changelog((root / "CHANGELOG.md").read_text(encoding="utf-8"))
    assert version_of(__version__) in [release.version for release in releases]
    assert all(release.points for release in releases)
