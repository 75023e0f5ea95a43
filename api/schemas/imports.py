"""Files that say people, rules and demand."""

from __future__ import annotations

from pydantic import ConfigDict, Field

from api.schemas.base import Output, example


class ImportCount(Output):
    """What became, or would become, of the lines of one kind."""

    kind: str
    lines: int
    created: int
    updated: int
    unchanged: int
    replaced: int = Field(description="Stored records that overlapped what the file says, and gave way.")

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra=example(
            kind="employees", lines=120, created=3, updated=1, unchanged=116, replaced=0
        ),
    )


class ImportRemark(Output):
    """A line that was taken, and should be looked at."""

    file: str
    line: int | None
    column: str | None
    value: str
    problem: str
    hint: str

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra=example(
            file="employees.csv",
            line=7,
            column="number",
            value="W-017",
            problem="is an employee without a contract",
            hint="no roster can use them until contracts has a line for this number",
        ),
    )


class ImportView(Output):
    """The outcome of an import, or what it would be."""

    dry_run: bool
    stored: bool
    counts: list[ImportCount]
    warnings: list[ImportRemark]

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra=example(dry_run=False, stored=True, counts=[], warnings=[]),
    )
