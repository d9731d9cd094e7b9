"""Collect the sentences of the user interface and compile the translations.

    python scripts/translations.py          bring resources/translations/*.ts and the compiled *.qm up to date
    python scripts/translations.py --check  fail where they are not

English is the language of the sources; its file holds only the sentences with a number in them, in one and in
many. The masters (.ts) are written by people, the compiled files (.qm) by this script; both are kept in the
repository, as Qt's tools are no part of what users install.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "src" / "triluna_desktop"
MASTERS = ROOT / "resources" / "translations"
COMPILED = SOURCES / "assets" / "translations"
ENGLISH = "triluna_en"


def tool(name: str) -> str:
    """One of Qt's tools, from the environment that runs this script.

    Raises:
        FileNotFoundError: PySide6's tools are not installed there.
    """
    found = shutil.which(name, path=sysconfig.get_path("scripts"))
    if found is None:
        raise FileNotFoundError(f"{name} is not in {sysconfig.get_path('scripts')}")
    return found


def sources() -> list[str]:
    """The files with sentences, in a stable order."""
    paths = sorted(SOURCES.rglob("*.py"))
    return [str(path) for path in paths if any(call in path.read_text("utf-8") for call in ("tr(", "translate("))]


def collect(master: Path, *, plurals_only: bool) -> None:
    """Bring a master up to date: new sentences come in, those no longer said go."""
    command = [tool("pyside6-lupdate"), *sources(), "-ts", str(master), "-no-obsolete", "-locations", "none"]
    if plurals_only:
        command.append("-pluralonly")
    subprocess.run(command, check=True, capture_output=True)


def compile_master(master: Path, into: Path) -> Path:
    """Compile a master; returns the compiled file."""
    target = into / f"{master.stem}.qm"
    into.mkdir(parents=True, exist_ok=True)
    subprocess.run([tool("pyside6-lrelease"), str(master), "-qm", str(target)], check=True, capture_output=True)
    return target


def sentences(master: Path) -> dict[tuple[str, str], tuple[str, ...]]:
    """What a master holds: by context and source sentence, its forms in the language."""
    found = {}
    for context in ET.parse(master).getroot().iter("context"):  # noqa: S314 - our own file.
        for message in context.iter("message"):
            forms = [form.text or "" for form in message.iter("numerusform")]
            name, source = context.findtext("name", ""), message.findtext("source", "")
            found[name, source] = tuple(forms) or (message.findtext("translation") or "",)
    return found


def problems() -> list[str]:
    """What is not up to date, as sentences."""
    master = MASTERS / f"{ENGLISH}.ts"
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / master.name
        shutil.copy(master, fresh)
        collect(fresh, plurals_only=True)
        found = []
        kept, wanted = sentences(master), sentences(fresh)
        found += [f"{source!r} is new in {name}" for name, source in wanted if (name, source) not in kept]
        found += [f"{source!r} is no longer in {name}" for name, source in kept if (name, source) not in wanted]
        found += [f"{source!r} is not translated" for (_, source), forms in kept.items() if not all(forms)]
        compiled = compile_master(master, Path(folder))
        shipped = COMPILED / compiled.name
        if not shipped.exists() or shipped.read_bytes() != compiled.read_bytes():
            found.append(f"{shipped.relative_to(ROOT)} is not what {master.name} compiles to")
    return found


def main(arguments: list[str]) -> int:
    """Bring all up to date, or only look."""
    if arguments == ["--check"]:
        found = problems()
        for problem in found:
            print(problem, file=sys.stderr)
        return 1 if found else 0
    MASTERS.mkdir(parents=True, exist_ok=True)
    master = MASTERS / f"{ENGLISH}.ts"
    collect(master, plurals_only=True)
    compile_master(master, COMPILED)
    for (name, source), forms in sentences(master).items():
        if not all(forms):
            print(f"{name}: {source!r} is not translated", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
