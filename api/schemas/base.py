"""What every document of the API has in common."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

FIRST_YEAR, LAST_YEAR = 1900, 2199
LARGEST_INTEGER = 2_147_483_647

EXAMPLE_ID = "0192f1c3-7b7a-7c3e-9d2e-3f8f4c1b2a10"
"""An id as examples show it."""


class Output(BaseModel):
    """Something the API answers with; made from records or from keyword arguments."""

    model_config = ConfigDict(from_attributes=True, frozen=True)


class Input(BaseModel):
    """Something the API is sent; a field it does not know is refused, so that a misspelt one is not lost."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def example(**values: Any) -> dict[str, Any]:
    """``json_schema_extra`` with one example."""
    return {"examples": [values]}


def _textual(hint: str) -> BeforeValidator:
    """Refuse numbers, which pydantic would read as seconds since 1970; ``hint`` says what would do."""

    def refuse_numbers(value: object) -> object:
        if isinstance(value, int | float):
            raise PydanticCustomError("number_for_a_time", "Input should be text", {"hint": hint})
        if isinstance(value, str) and value.strip().lstrip("+-").replace(".", "", 1).isdecimal():
            raise PydanticCustomError("number_for_a_time", "Input should be no mere number", {"hint": hint})
        return value

    return BeforeValidator(refuse_numbers)


def _near(value: date) -> date:
    """Refuse years in which zone arithmetic would overflow."""
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        hint = f"a year from {FIRST_YEAR} to {LAST_YEAR}"
        raise PydanticCustomError("year_out_of_range", "The year is out of range", {"hint": hint})
    return value


Instant = Annotated[
    AwareDatetime,
    _textual("an instant with its offset, such as 2026-11-02T08:00:00+01:00"),
    AfterValidator(_near),
    WithJsonSchema({"type": "string", "format": "date-time", "examples": ["2026-11-02T08:00:00+01:00"]}),
]
"""A point in time, with its offset."""

Day = Annotated[
    date,
    _textual("a day such as 2026-11-02"),
    AfterValidator(_near),
    WithJsonSchema({"type": "string", "format": "date", "examples": ["2026-11-02"]}),
]
"""A civil day."""

WallClock = Annotated[datetime, AfterValidator(_near)]
"""A day and a time as a clock on the wall shows them, without an offset."""

# No control characters: they have no place in a name, and PostgreSQL refuses NUL in text.
_PRINTABLE = r"^[^\x00-\x1f\x7f]*$"
_PRINTABLE_LINES = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"

Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=_PRINTABLE)
]
"""One line of text that is not empty."""

ShortName = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100, pattern=_PRINTABLE)
]
"""A shorter line, such as a first name."""

Code = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40, pattern=_PRINTABLE)
]
"""A short code that people give, such as an employee number."""

Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200, pattern=_PRINTABLE_LINES)]
"""A remark."""

LongNote = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500, pattern=_PRINTABLE_LINES)]
"""A longer remark, such as a reason."""

Email = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=3, max_length=254, pattern=_PRINTABLE)
]
"""An e-mail address."""

Count = Annotated[int, Field(ge=0, le=LARGEST_INTEGER)]
"""A whole number that is not negative and fits every database."""

ItemT = TypeVar("ItemT")


class Page(BaseModel, Generic[ItemT]):
    """A part of a list, oldest records first."""

    items: list[ItemT]
    next: UUID | None = Field(
        description="Send it as `after` for the following items; null at the end.", examples=[EXAMPLE_ID]
    )


class FieldProblem(Output):
    """One value that was not accepted."""

    field: str
    line: int | None = Field(default=None, description="Line of the file, where there is one.")
    value: str
    problem: str
    hint: str

    model_config = ConfigDict(
        json_schema_extra=example(
            field="starts_at",
            value="2026-11-02T08:00:00",
            problem="Input should have timezone info",
            hint="give an offset such as 2026-11-02T08:00:00+01:00, or Z for UTC",
        )
    )


class ProblemDocument(Output):
    """Why a request was refused (RFC 9457); nothing was changed."""

    type: str
    title: str
    status: int
    detail: str
    code: str = Field(description="Stable identifier of the kind of refusal.")
    request_id: str | None = Field(description="Names the request in our logs.")
    facts: dict[str, Any] = Field(description="What the detail is made from, for programs.")
    errors: list[FieldProblem] = Field(description="Every value that was not accepted.")

    model_config = ConfigDict(
        json_schema_extra=example(
            type="urn:makina:problem:permission_missing",
            title="Not allowed",
            status=403,
            detail="This needs the permission rosters:publish.",
            code="permission_missing",
            request_id=EXAMPLE_ID,
            facts={"permission": "rosters:publish"},
            errors=[],
        )
    )
