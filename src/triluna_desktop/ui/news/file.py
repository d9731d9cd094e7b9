"""Where the list of changes lies: in the package as it is installed, beside the sources in a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent.parent.parent
PLACES = (_PACKAGE / "assets" / "CHANGELOG.md", _PACKAGE.parent.parent / "CHANGELOG.md")


def changelog_text() -> str:
    """The list, or nothing where it was not packaged, or is damaged."""
    for place in PLACES:
        try:
            return place.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            continue
    return ""
