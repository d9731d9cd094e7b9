"""What the wire may carry: the bodies, checked strictly, and the shapes of the answers for the OpenAPI document.

The sandbox is strict where the client must be tolerant: unknown fields are refused, nothing is converted.
"""

from __future__ import annotations

import datetime
import re
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator

from triluna_desktop.sandbox.storage import EntryValues, PatternValues

TITLE_LIMIT = 200
NOTES_LIMIT = 2000
ID_LIMIT = 2**63 - 1

_TIME = r"^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$"


def _real_date(text: str) -> str:
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) is None:
        raise ValueError("must be a date as YYYY-MM-DD")
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text} is no date of the calendar") from None
    return text


def _with_seconds(text: str) -> str:
    # `fullmatch`: to Python, `$` would also let a line break follow.
    if re.fullmatch(_TIME, text) is None:
        raise ValueError("must be a time as HH:MM, from 00:00 to 23:59")
    return text if len(text) == 8 else f"{text}:00"


def _whole_number(value: object) -> object:
    # 1.0 is an integer to JSON Schema, and so to the OpenAPI document.
    return int(value) if isinstance(value, float) and value.is_integer() else value


WireDate = Annotated[
    str,
    AfterValidator(_real_date),
    WithJsonSchema({"type": "string", "format": "date", "examples": ["2025-09-01"]}),
]
WireTime = Annotated[
    str, AfterValidator(_with_seconds), WithJsonSchema({"type": "string", "pattern": _TIME, "examples": ["14:00"]})
]
ShownTime = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$", examples=["14:00:00"])]
Stamp = Annotated[
    str,
    Field(
        pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$",
        examples=["2025-09-01T10:00:00.000Z"],
    ),
]
Title = Annotated[str, Field(max_length=TITLE_LIMIT)]
Notes = Annotated[str, Field(max_length=NOTES_LIMIT)]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class SlotInput(Strict):
    start_time: WireTime
    end_time: WireTime

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.end_time <= self.start_time:
            raise ValueError("end_time must be later than start_time")
        return self


class EntryInput(SlotInput):
    """A new calendar entry. 23:59 as an end means the end of the day."""

    date: WireDate
    is_available: bool = True
    title: Title | None = None
    notes: Notes | None = None

    def values(self) -> EntryValues:
        return EntryValues(**self.model_dump())


class WholeEntryInput(SlotInput):
    """All that can be said about an entry: a part of it is refused."""

    date: WireDate
    is_available: bool
    title: Title | None
    notes: Notes | None

    def values(self) -> EntryValues:
        return EntryValues(**self.model_dump())


class PatternInput(SlotInput):
    """A new weekly pattern. Days count from 0 = Sunday to 6 = Saturday."""

    day_of_week: Annotated[int, Field(ge=0, le=6), BeforeValidator(_whole_number)]
    is_available: bool = True
    title: Title | None = None

    def values(self) -> PatternValues:
        return PatternValues(**self.model_dump())


class LoadInput(Strict):
    """A calendar that tests put in at once."""

    entries: list[EntryInput] = []
    patterns: list[PatternInput] = []


class AvailabilityQuery(BaseModel):
    """Both dates are part of the range. An unknown parameter is refused."""

    model_config = ConfigDict(extra="forbid")

    start_date: WireDate | None = None
    end_date: WireDate | None = None
    include_recurring: Literal["true", "false"] = "false"

    @model_validator(mode="after")
    def _is_a_range(self) -> Self:
        if self.start_date and self.end_date and self.end_date < self.start_date:
            raise ValueError("end_date must not lie before start_date")
        return self


class Entry(Strict):
    id: int
    date: WireDate
    start_time: ShownTime
    end_time: ShownTime
    is_available: bool
    title: Title | None
    notes: Notes | None
    created_at: Stamp
    updated_at: Stamp


class Pattern(Strict):
    id: int
    day_of_week: Annotated[int, Field(ge=0, le=6)]
    start_time: ShownTime
    end_time: ShownTime
    is_available: bool
    title: Title | None


class AvailabilityList(Strict):
    """`recurring` is there only with include_recurring=true: the weekly patterns themselves."""

    availability: list[Entry]
    recurring: list[Pattern] = []


class PatternList(Strict):
    recurring: list[Pattern]


class SavedEntry(Strict):
    success: Literal[True]
    availability: Entry


class SavedPattern(Strict):
    success: Literal[True]
    recurring: Pattern


class Deleted(Strict):
    success: Literal[True]


class Failure(Strict):
    error: str


class ExplainedFailure(Strict):
    error: str
    message: str


class ConflictingSlot(Strict):
    id: int
    start_time: ShownTime
    end_time: ShownTime


class ConflictFailure(Strict):
    error: str
    message: str
    conflicts: Annotated[list[ConflictingSlot], Field(min_length=1)]
