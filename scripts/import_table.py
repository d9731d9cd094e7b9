"""An import-linter contract that is a table: which package may import which.

The ready-made contracts say what is forbidden, so a package that nobody thought of is allowed. This one
says what is allowed, row by row as in docs/architecture.md; what stands in no row is an error, and a row
may wait for a package that does not exist yet. As every row leaves out what it must not reach, indirect
imports are held too: `grid` may import `domain` alone, and `domain` nothing, so no way leads from `grid`
to Qt.

The rows are in pyproject.toml, `[[tool.importlinter.contracts]]` with `type = "allowed_imports"`.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from importlinter import Contract, ContractCheck, fields

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from grimp import ImportGraph

ANYTHING = "*"


def parse_row(text: str) -> tuple[str, frozenset[str]]:
    """Split `"store: domain, sync.ports"` into the importer and the names that it may import."""
    importer, separator, allowed = text.partition(":")
    if not separator or not importer.strip():
        raise ValueError(f"a row reads 'package: allowed, allowed'; this one does not: {text!r}")
    return importer.strip(), frozenset(word.strip() for word in allowed.split(",") if word.strip())


def is_within(module: str, package: str) -> bool:
    """Say whether a dotted module name is the package or lies inside it."""
    return module == package or module.startswith(f"{package}.")


class ImportTable:
    """The rows of the table, and the answer to one question: may this module import that one?"""

    def __init__(self, root: str, rows: Iterable[str], named_stdlib: Iterable[str] = ()) -> None:
        self.root = root
        self.rows: Mapping[str, frozenset[str]] = dict(parse_row(row) for row in rows)
        self._free_stdlib = frozenset(sys.stdlib_module_names) - frozenset(named_stdlib)

    def objection(self, importer: str, imported: str) -> str | None:
        """Give the sentence that forbids the import, or None where the table allows it."""
        inner = importer.removeprefix(f"{self.root}.")
        package = inner.partition(".")[0]
        if importer == self.root:
            return f"{importer} must import nothing: every other module would depend on it"
        if package not in self.rows:
            return f"{self.root}.{package} has no row in the table"
        allowed = self.rows[package]
        if is_within(imported, f"{self.root}.{package}") or ANYTHING in allowed:
            return None
        if not is_within(imported, self.root):
            top = imported.partition(".")[0]
            return None if top in self._free_stdlib or top in allowed else f"{package} may not import {top}"
        target = imported.removeprefix(f"{self.root}.")
        if imported == self.root or any(is_within(target, name) for name in allowed):
            return None
        return f"{package} may not import {target}"


class AllowedImportsContract(Contract):
    """Holds every direct import of the root package against the table."""

    type_name = "allowed_imports"
    table = fields.ListField(subfield=fields.StringField())
    # Modules of the standard library that are free to nobody: whoever uses them is named in the table.
    named_stdlib = fields.ListField(subfield=fields.StringField(), required=False, default=[])

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: ARG002 (import-linter's signature)
        """Collect the objections; the contract is kept when there are none."""
        root = str(self.session_options["root_packages"][0])
        # The fields' classes stand for the values that import-linter puts in their place.
        table = ImportTable(root, list(self.table), list(self.named_stdlib))  # type: ignore[call-overload]
        objections = [
            (importer, imported, reason)
            for importer in sorted(name for name in graph.modules if is_within(name, root))
            for imported in sorted(graph.find_modules_directly_imported_by(importer))
            if (reason := table.objection(importer, imported)) is not None
        ]
        return ContractCheck(kept=not objections, metadata={"objections": objections})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Print one line an import: who, whom, and why not."""
        for importer, imported, reason in check.metadata["objections"]:
            # Not import-linter's own print, which breaks lines at 80 columns.
            print(f"{importer} -> {imported}: {reason}")
