"""What a command says when it is done. An answer is an object of JSON, so that it can cross between two processes.

A command that is handed over loads this and little more (`hand_over`): a person waits for it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]

DONE, BUG, WRONG_INPUT, QUEUED, NEEDS_DECISION, NO_ACCESS = 0, 1, 2, 3, 4, 5
"""Exit codes: done · our bug · wrong input, nothing written · queued · needs a decision · token or scope."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command says: the exit code, an object for programs, lines for people, what is wrong."""

    exit_code: int
    body: Json = field(default_factory=dict)
    lines: tuple[str, ...] = ()
    error_code: str = ""
    message: str = ""

    def to_json(self) -> Json:
        """The one object that ``--json`` prints."""
        error = {"code": self.error_code, "message": self.message} if self.error_code else None
        return {"ok": self.exit_code == DONE, "error": error, **self.body}

    def to_wire(self) -> Json:
        """The whole of it, for the socket."""
        return {
            "exit_code": self.exit_code,
            "body": self.body,
            "lines": list(self.lines),
            "error_code": self.error_code,
            "message": self.message,
        }  # fmt: skip - as the fields stand above.

    def saying(self, message: str) -> Answer:
        """The same with another sentence."""
        return replace(self, message=message)

    @classmethod
    def from_wire(cls, wire: Json) -> Answer:
        """The answer that `to_wire` made."""
        return cls(**{**wire, "lines": tuple(wire["lines"])})


OTHER_SERVER = Answer(
    WRONG_INPUT,
    error_code="api_url",
    message="The running app uses this profile with another server. Close it first. Nothing was changed.",
)
"""To a command that was handed over with an address of its own."""


class CommandError(Exception):
    """Wrong input: nothing was written."""
