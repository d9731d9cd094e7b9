"""The table of imports in pyproject.toml bites."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from scripts.import_table import ImportTable, parse_row

ROOT = Path(__file__).resolve().parents[3]
APP = "triluna_desktop"


@pytest.fixture(scope="module")
def table() -> ImportTable:
    """The project's own table."""
    linter = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    (contract,) = (one for one in linter["contracts"] if one["type"] == "allowed_imports")
    return ImportTable(APP, contract["table"], contract["named_stdlib"])


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("domain.time", "datetime"),
        ("domain.edits", f"{APP}.domain.models"),
        ("grid.lanes", f"{APP}.domain.intervals"),
        ("store.outbox", f"{APP}.sync.ports"),
        ("store.db", "sqlite3"),
        ("api.client", "httpx"),
        ("sandbox.server", "fastapi"),
        ("system.secrets", "keyring"),
        ("ui.week_view", "PySide6.QtWidgets"),
        ("ui.main_window", f"{APP}.session"),
        ("app", f"{APP}.store"),
    ],
)
def test_what_the_architecture_allows_is_allowed(table: ImportTable, importer: str, imported: str) -> None:
    assert table.objection(f"{APP}.{importer}", imported) is None


FORBIDDEN = [
    ("domain.models", "msgspec"),
    ("domain.models", "PySide6"),
    ("domain.models", "sqlite3"),
    ("domain.models", f"{APP}.grid"),
    ("grid.scene", "PySide6"),
    ("grid.scene", f"{APP}.ui"),
    ("sync.engine", f"{APP}.api"),
    ("sync.engine", f"{APP}.store"),
    ("api.client", "qasync"),
    ("api.client", f"{APP}.store"),
    ("store.cache", f"{APP}.sync.engine"),
    ("store.cache", f"{APP}.api"),
    ("integrations.ics", f"{APP}.ui"),
    ("sandbox.server", f"{APP}.api"),
    ("sandbox.server", f"{APP}.domain"),
    ("sandbox.server", "httpx"),
    ("system.paths", "PySide6"),
    ("session", f"{APP}.api"),
    ("session", "PySide6"),
    ("ui.week_view", f"{APP}.store"),
    ("ui.week_view", f"{APP}.system.secrets"),
    ("ui.week_view", "httpx"),
    ("ui.week_view", "sqlite3"),
    ("ui.week_view", f"{APP}.cli"),
]


@pytest.mark.parametrize(("importer", "imported"), FORBIDDEN)
def test_what_the_architecture_forbids_is_refused(table: ImportTable, importer: str, imported: str) -> None:
    assert table.objection(f"{APP}.{importer}", imported) is not None


def test_a_package_without_a_row_is_refused_and_so_is_any_import_by_the_root(table: ImportTable) -> None:
    assert table.objection(f"{APP}.helpers.strings", "re") == f"{APP}.helpers has no row in the table"
    assert table.objection(APP, "re") is not None


def test_a_row_without_a_colon_is_an_error() -> None:
    with pytest.raises(ValueError, match="a row reads"):
        parse_row("grid domain")


def test_lint_imports_fails_on_a_tree_with_these_imports_and_names_each(tmp_path: Path) -> None:
    """The same imports in real files, under the project's own configuration and command."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    files: dict[str, list[str]] = {}
    for importer, imported in FORBIDDEN:
        files.setdefault(importer if "." in importer else f"{importer}.wiring", []).append(imported)
        if imported.startswith(f"{APP}."):
            files.setdefault(f"{imported.removeprefix(f'{APP}.')}.__init__", [])
    for module, imports in files.items():
        path = tmp_path / "src" / APP / f"{module.replace('.', '/')}.py"
        for folder in (path.parent, *path.parent.parents):
            if folder.is_relative_to(tmp_path / "src" / APP):
                folder.mkdir(parents=True, exist_ok=True)
                (folder / "__init__.py").touch()
        path.write_text("".join(f"import {name}\n" for name in imports), encoding="utf-8")
    done = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path / "src"), str(ROOT)]), "COLUMNS": "300"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0, done.stdout
    for importer, imported in FORBIDDEN:
        module = importer if "." in importer else f"{importer}.wiring"
        assert f"{APP}.{module} -> {imported}" in done.stdout, done.stdout
