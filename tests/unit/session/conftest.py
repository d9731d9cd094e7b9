"""A session at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.helpers.offline_session import Desk, desk_at

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with desk_at(tmp_path / "data" / "calendar.db") as desk:
        yield desk
