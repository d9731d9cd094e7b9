"""Fixtures of the sandbox: one process for the whole run, a clean calendar for each test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.helpers.sandbox import SandboxProcess

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def sandbox_process() -> Iterator[SandboxProcess]:
    """The process behind `sandbox`. Take `sandbox`, or start your own if you kill it."""
    with SandboxProcess() as process:
        yield process


@pytest.fixture
def sandbox(sandbox_process: SandboxProcess) -> SandboxProcess:
    """A running sandbox: empty, strict, no faults, one full token. Not to be killed: it is shared."""
    sandbox_process.reset()
    return sandbox_process
