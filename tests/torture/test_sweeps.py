"""Whatever fails, whenever: each edit ends exactly once on the server, or stands on the screen as not sent.

These are the smaller sweeps of the suite; `make torture` plays all cases. Each prints its line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.torture.plan import SWEEPS
from tests.torture.runner import Pool
from tests.torture.verdict import Wrong

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.torture.plan import Sweep

pytestmark = [pytest.mark.torture, pytest.mark.timeout(600)]

LEAST_CASES = {"kills": 1500, "requests": 450, "database": 400}


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with Pool() as pool:
        yield pool


@pytest.mark.parametrize("sweep", SWEEPS)
def test_each_edit_ends_exactly_once_or_stands_as_not_sent(
    pool: Pool, sweep: Sweep, capsys: pytest.CaptureFixture[str]
) -> None:
    result = pool.run_sweep(sweep, "suite", seed=1)
    with capsys.disabled():
        print(f"\n{result.line()}")
    assert not result.failures, "\n".join(result.failures[:20])
    assert result.cases >= LEAST_CASES[sweep]
    assert sweep != "kills" or result.killed >= 0.9 * result.cases


@pytest.mark.parametrize("client", ["naive", "matching"])
def test_a_naive_client_fails_the_same_sweep(pool: Pool, client: str, capsys: pytest.CaptureFixture[str]) -> None:
    result = pool.run_sweep("kills", "suite", seed=1, client=client, only="create-several")
    result.add(pool.run_sweep("requests", "suite", seed=1, client=client, only="create-move"))
    with capsys.disabled():
        print(f"\n{client} client, {result.line()}")
    for wrong in (Wrong.LOST, Wrong.DOUBLED, Wrong.FALSE_CONFLICT):
        assert result.wrong[wrong] > 0
