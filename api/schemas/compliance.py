"""Whether a roster, or time that was worked, keeps the law."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import ConfigDict, Field

from api.compliance_filters import Filters
from api.schemas.base import EXAMPLE_ID, Output, example
from scheduler.law.compliance import ComplianceReport

FINDING: dict[str, Any] = {
    "code": "PL.DAILY_REST_11H",
    "parameter": "pl.daily_rest.min",
    "severity": "error",
    "employee": EXAMPLE_ID,
    "employee_name": "Ann Nowak",
    "spans": [["2026-11-02T05:00:00Z", "2026-11-02T13:00:00Z"]],
    "shifts": [],
    "short_by": 60,
    "unit": "minutes",
    "citation": "Kodeks pracy, art. 132 par. 1",
    "status": "confirmed",
    "sentence": "Ann Nowak rests 10 h instead of 11 h.",
    "remedy": "Start the second shift an hour later.",
}
CLOSE_CALL: dict[str, Any] = {
    "code": "PL.DAILY_REST_11H",
    "parameter": "pl.daily_rest.min",
    "citation": "Kodeks pracy, art. 132 par. 1",
    "employee": EXAMPLE_ID,
    "employee_name": "Ann Nowak",
    "spans": [["2026-11-02T05:00:00Z", "2026-11-02T13:00:00Z"]],
    "left": 15,
    "unit": "minutes",
    "sentence": "Ann Nowak keeps it with 15 min to spare: uninterrupted rest.",
}


class FindingView(Output):
    """One breach of law, with its article."""

    code: str
    parameter: str
    severity: str = Field(description="`error`: the law forbids it. `warning`: a duty to look at.")
    employee: str | None
    employee_name: str
    spans: list[tuple[datetime, datetime]]
    shifts: list[str]
    short_by: int
    unit: str
    citation: str
    status: str = Field(description="Whether the value was read in the law or is recalled.")
    sentence: str
    remedy: str

    model_config = ConfigDict(from_attributes=True, json_schema_extra=example(**FINDING))


class CloseCallView(Output):
    """A rule that somebody's work keeps, with little to spare."""

    code: str
    parameter: str
    citation: str
    employee: str | None
    employee_name: str
    spans: list[tuple[datetime, datetime]]
    left: int = Field(description="How much is to spare; 0 means that the next one breaks it.")
    unit: str
    sentence: str

    model_config = ConfigDict(from_attributes=True, json_schema_extra=example(**CLOSE_CALL))


class ComplianceView(Output):
    """What a check of work against the law found."""

    clean: bool = Field(description="It was checked and nothing was found, whatever the filters show.")
    checked: bool = Field(description="False if there is no rule pack for the place.")
    findings: list[FindingView]
    packs: dict[str, str] = Field(description="Version and hash of the packs it was checked against.")
    notes: list[str]
    close: list[CloseCallView] = Field(description="What is kept with little to spare.")

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra=example(
            clean=False,
            checked=True,
            findings=[FINDING],
            packs={"pl": "1+0123456789ab"},
            notes=[],
            close=[CLOSE_CALL],
        ),
    )

    @staticmethod
    def of(report: ComplianceReport, filters: Filters) -> ComplianceView:
        """The part of a report that passes the filters."""
        return ComplianceView(
            clean=report.clean,
            checked=report.checked,
            findings=[FindingView.model_validate(each) for each in filters.findings(report)],
            packs=report.packs,
            notes=list(report.notes),
            close=[CloseCallView.model_validate(each) for each in filters.close(report)],
        )
