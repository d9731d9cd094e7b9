"""The digest in names of files."""

import hashlib
import subprocess
import sys

import pytest

from triluna_desktop.system import digest

PROGRAM = """
import sys
from triluna_desktop.system.digest import digest
digest(b"https://example.org", 12)
assert "_hashlib" not in sys.modules
"""


@pytest.mark.parametrize("modules", [digest._MODULES, ("a_name_of_no_module", "hashlib")])
@pytest.mark.parametrize("data", [b"", b"https://example.org/api", b"\xff" * 1000])
def test_it_is_that_of_hashlib(monkeypatch: pytest.MonkeyPatch, modules: tuple[str, ...], data: bytes) -> None:
    monkeypatch.setattr(digest, "_MODULES", modules)
    assert digest.digest(data, 16) == hashlib.sha256(data).hexdigest()[:16]


def test_openssl_is_not_loaded_for_it() -> None:
    subprocess.run([sys.executable, "-c", PROGRAM], check=True, timeout=60)
