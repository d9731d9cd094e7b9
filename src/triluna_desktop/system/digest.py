"""SHA-256 for names of files, without OpenSSL: `hashlib` loads all of that, 3 ms before the first paint."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

_MODULES = ("_sha2", "_sha256", "hashlib")
"""Python's own since 3.12, that before, and what is there in any case. `random` gets its digest in this way."""


def digest(data: bytes, length: int) -> str:
    """The first hexadecimal digits of the SHA-256 of ``data``."""
    module = import_module(next(name for name in _MODULES if find_spec(name)))
    return str(module.sha256(data).hexdigest())[:length]
