"""The sandbox keeps its own word: schemathesis drives it from its OpenAPI document, on a real socket.

All of its checks run: status, content type, header and body of each answer as documented; data that violates the
schema is refused, data that keeps it is taken; tokens are not ignored; unknown methods are refused.
"""

from __future__ import annotations

import json
import re
import urllib.request
from typing import TYPE_CHECKING, Any

import hypothesis
import schemathesis

from triluna_desktop.sandbox.app import make_api
from triluna_desktop.sandbox.clock import Clock
from triluna_desktop.sandbox.storage import Storage

if TYPE_CHECKING:
    from tests.helpers.sandbox import SandboxProcess

EXAMPLES = 20
TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?")


def the_document() -> dict[str, Any]:
    """The OpenAPI document, made without a server: pytest wants the operations before one runs."""
    storage = Storage.open(None)
    try:
        return make_api(storage, Clock(), port=0).openapi()
    finally:
        storage.close()


DOCUMENT = the_document()
schema = schemathesis.openapi.from_dict(DOCUMENT)


def test_the_document_is_the_one_that_is_served(sandbox: SandboxProcess) -> None:
    with urllib.request.urlopen(f"{sandbox.origin}/openapi.json") as reply:
        assert json.load(reply) == DOCUMENT


@schema.parametrize()
@hypothesis.settings(
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    deadline=None,
    # What one example leaves in the calendar is welcome to the next.
    suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture],
)
def test_the_sandbox_does_what_its_document_says(case: schemathesis.Case[Any], sandbox: SandboxProcess) -> None:
    sandbox.configure(rate_limit=1_000_000)
    put_in_order(case.body, "start_time", "end_time", TIME, ("09:00", "17:00"))
    put_in_order(case.query, "start_date", "end_date", re.compile(".+"), ("2025-09-01", "2025-09-01"))
    case.call_and_validate(base_url=sandbox.origin, headers={"Authorization": f"Bearer {sandbox.token}"})


def put_in_order(fields: Any, first: str, second: str, valid: re.Pattern[str], instead: tuple[str, str]) -> None:
    """Say what JSON Schema cannot: that a slot ends after it starts, and a range not before.

    Values that are not valid by themselves stay as they are: they are there to be refused.
    """
    if not isinstance(fields, dict):
        return
    one, two = fields.get(first), fields.get(second)
    if (
        isinstance(one, str)
        and isinstance(two, str)
        and valid.fullmatch(one)
        and valid.fullmatch(two)
        and _whole(one) >= _whole(two)
    ):
        fields[first], fields[second] = instead


def _whole(value: str) -> str:
    """A time with its seconds; a date as it is."""
    return f"{value}:00" if TIME.fullmatch(value) and value.count(":") == 1 else value
