"""How a request can end, as the engine and the user are told."""

from datetime import date

import pytest

from triluna_desktop.domain.models import Entry, Pattern
from triluna_desktop.domain.remote import (
    AuthenticationError,
    ConflictError,
    ConflictingSlot,
    NotFoundError,
    PermissionDeniedError,
    RateLimitedError,
    RefusedError,
    RemoteEntry,
    RemoteError,
    RemotePattern,
    SurelyUnsentError,
    Trouble,
    UncertainError,
    ValidationError,
)


def test_an_error_says_what_went_wrong_and_what_the_server_said() -> None:
    error = UncertainError(Trouble.SERVER_ERROR, "Internal error", status=500)
    assert (error.trouble, error.message, error.status) == (Trouble.SERVER_ERROR, "Internal error", 500)
    assert str(error) == "server_error: Internal error"
    assert str(SurelyUnsentError(Trouble.NO_CONNECTION)) == "no_connection"


def test_each_answer_of_the_server_carries_its_status_and_its_particulars() -> None:
    limited = RateLimitedError("Slow down", retry_after=12.5)
    assert (limited.status, limited.trouble, limited.retry_after) == (429, Trouble.RATE_LIMITED, 12.5)
    slots = (ConflictingSlot(123, 810, 870),)
    conflict = ConflictError("Time slot conflict", conflicts=slots)
    assert (conflict.status, conflict.trouble, conflict.conflicts) == (409, Trouble.CONFLICT, slots)
    denied = PermissionDeniedError("API token requires write:calendar scope", scope="write:calendar")
    assert (denied.status, denied.trouble, denied.scope) == (403, Trouble.PERMISSION, "write:calendar")


@pytest.mark.parametrize(
    ("kind", "is_refusal"),
    [
        (ValidationError, True),
        (ConflictError, True),
        (NotFoundError, True),
        (AuthenticationError, False),
        (PermissionDeniedError, False),
        (RateLimitedError, False),
        (UncertainError, False),
        (SurelyUnsentError, False),
    ],
)
def test_only_what_will_never_be_taken_is_a_refusal(kind: type[RemoteError], is_refusal: bool) -> None:
    assert issubclass(kind, RefusedError) is is_refusal
    assert issubclass(kind, RemoteError)


def test_what_the_server_holds_can_be_compared_with_what_the_app_holds() -> None:
    day = date(2026, 11, 23)
    entry = Entry("e", day, 540, 600, False, "Title", "Notes")
    assert RemoteEntry(1, day, 540, 600, False, "Title", "Notes", "then", "now").content() == entry.content()
    pattern = Pattern("p", 1, 540, 600, True, "Title")
    assert RemotePattern(1, 1, 540, 600, True, "Title").content() == pattern.content()
