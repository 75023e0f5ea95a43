"""Whether a roster keeps the law."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import ConfigDict, Field

from api.schemas.base import EXAMPLE_ID, Output, example

_FINDING: dict[str, Any] = {
    "code": "daily_rest",
    "parameter": "daily_rest",
    "severity": "breach",
    "employee": EXAMPLE_ID,
    "employee_name": "Ann Nowak",
    "spans": [["2026-11-02T05:00:00Z", "2026-11-02T13:00:00Z"]],
    "shifts": [],
    "short_by": 60,
    "unit": "minutes",
    "citation": "Kodeks pracy, art. 132 § 1",
    "status": "verified",
    "sentence": "Ann Nowak rests 10 h instead of 11 h.",
    "remedy": "Start the second shift an hour later.",
}


class FindingView(Output):
    """One breach of law, with its article."""

    code: str
    parameter: str
    severity: str
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

    model_config = ConfigDict(from_attributes=True, json_schema_extra=example(**_FINDING))


class ComplianceView(Output):
    """What a check of a roster against the law found."""

    clean: bool = Field(description="It was checked and nothing was found.")
    checked: bool = Field(description="False if there is no rule pack for the place.")
    findings: list[FindingView]
    packs: dict[str, str] = Field(description="Rule packs it was checked against.")
    notes: list[str]

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra=example(
            clean=False, checked=True, findings=[_FINDING], packs={"pl": "1 (sha256 ...)"}, notes=[]
        ),
    )
