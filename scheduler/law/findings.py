"""What a check of law finds, ready to be shown and stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from scheduler.law.pack import Status


class Severity(StrEnum):
    """What a finding stands in the way of."""

    ERROR = "error"
    """The law forbids it."""
    WARNING = "warning"
    """A duty that may have been met outside the records, or be waived."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One breach of one rule of law.

    Parameters
    ----------
    code
        Code of the rule, for ever: ``PL.DAILY_REST_11H``.
    parameter
        Id of the parameter in its pack.
    severity
        Whether the law forbids it.
    employee, employee_name
        Whose breach; None and empty for one that is nobody's.
    spans
        The times concerned, UTC, half-open.
    shifts
        Labels of the assignments concerned.
    short_by, unit
        By how much: ``minutes``, ``shifts`` or ``days``.
    citation
        The article.
    status
        Whether the value was read in the law or is recalled.
    sentence
        What is wrong, in local time.
    remedy
        What would do.
    """

    code: str
    parameter: str
    severity: Severity
    employee: str | None = None
    employee_name: str = ""
    spans: tuple[tuple[datetime, datetime], ...] = ()
    shifts: tuple[str, ...] = ()
    short_by: int
    unit: str
    citation: str
    status: Status
    sentence: str
    remedy: str

    def as_dict(self) -> dict[str, object]:
        """Plain JSON values."""
        return {
            "code": self.code,
            "parameter": self.parameter,
            "severity": str(self.severity),
            "employee": self.employee,
            "employee_name": self.employee_name,
            "spans": [[start.isoformat(), end.isoformat()] for start, end in self.spans],
            "shifts": list(self.shifts),
            "short_by": self.short_by,
            "unit": self.unit,
            "citation": self.citation,
            "status": str(self.status),
            "sentence": self.sentence,
            "remedy": self.remedy,
        }
