"""A disk that takes nothing more."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def full_disk() -> Iterator[None]:
    """The system takes no byte beyond the first thousand of any file: what SQLite meets on a full disk."""
    resource = pytest.importorskip("resource", reason="limits on the size of files are of Unix")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    # What is imported meanwhile would be kept compiled, as far as it goes, and no later process could import it.
    keeps, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        yield
    finally:
        sys.dont_write_bytecode = keeps
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
