"""The lock files say exactly what gets installed, and from nowhere in particular."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
RUN, TEST = "requirements.lock", "requirements-dev.lock"


def locked(name: str) -> list[tuple[Requirement, list[str]]]:
    """Read a lock file: each requirement with its sha256 hashes."""
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    entries = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [
        (Requirement(entry.split("--hash")[0]), re.findall(r"--hash=sha256:(\S+)", entry)) for entry in entries
    ]


def pins(name: str) -> set[tuple[str, str, str]]:
    """Return each pin of a lock file as name, version and marker."""
    return {(canonicalize_name(r.name), str(r.specifier), str(r.marker)) for r, _ in locked(name)}


def declared(group: str | None = None) -> list[Requirement]:
    """Return the requirements of pyproject.toml: the app's own, or those of a dependency group."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    if group is None:
        return [Requirement(text) for text in project["project"]["dependencies"]]
    found: list[Requirement] = []
    for entry in project["dependency-groups"][group]:
        found += declared(entry["include-group"]) if isinstance(entry, dict) else [Requirement(entry)]
    return found


@pytest.mark.parametrize(("lock", "group"), [(RUN, None), (RUN, "build"), (TEST, None), (TEST, "dev")])
def test_every_declared_dependency_is_locked_to_a_version_it_allows(lock: str, group: str | None) -> None:
    versions: dict[str, list[str]] = {}
    for requirement, _ in locked(lock):
        version = str(requirement.specifier).removeprefix("==")
        versions.setdefault(canonicalize_name(requirement.name), []).append(version)
    for wanted in declared(group):
        choices = versions.get(canonicalize_name(wanted.name), [])
        assert any(wanted.specifier.contains(version) for version in choices), f"{lock} has no {wanted}"


@pytest.mark.parametrize("lock", [RUN, TEST])
def test_every_locked_dependency_is_pinned_and_has_its_hashes(lock: str) -> None:
    entries = locked(lock)
    assert entries
    for requirement, hashes in entries:
        assert re.fullmatch(r"==[^,*]+", str(requirement.specifier)), requirement
        assert hashes, f"{requirement.name} has no hash"
        assert all(re.fullmatch(r"[0-9a-f]{64}", value) for value in hashes), requirement.name


@pytest.mark.parametrize("lock", [RUN, TEST])
def test_lock_files_name_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index" not in text
    assert "--find-links" not in text


def test_what_the_app_runs_on_is_what_the_tests_ran_on() -> None:
    assert pins(RUN) <= pins(TEST)
