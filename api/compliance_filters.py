"""The filters of a compliance report, the same on pages, in the API and in what is downloaded."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from fastapi import Query

from scheduler.kernel.errors import FieldError, InvalidInput
from scheduler.law.compliance import ComplianceReport
from scheduler.law.findings import Finding, Severity
from scheduler.law.margins import CloseCall
from scheduler.law.words import OF_SEVERITIES


class Kind(StrEnum):
    """What of a report is wanted."""

    ERROR = Severity.ERROR.value
    WARNING = Severity.WARNING.value
    CLOSE = "close"
    """What is kept with little to spare."""


KINDS = {
    Kind.ERROR: OF_SEVERITIES[Severity.ERROR],
    Kind.WARNING: OF_SEVERITIES[Severity.WARNING],
    Kind.CLOSE: "kept with little to spare",
}
"""Each kind in words."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What of a report is to be shown; what is empty lets all through."""

    person: str = ""
    kind: str = ""
    code: str = ""

    def findings(self, report: ComplianceReport) -> tuple[Finding, ...]:
        """The breaches and duties that pass."""
        return tuple(one for one in report.findings if self._lets(one, one.severity.value))

    def close(self, report: ComplianceReport) -> tuple[CloseCall, ...]:
        """The close calls that pass."""
        return tuple(one for one in report.close if self._lets(one, Kind.CLOSE.value))

    def words(self, report: ComplianceReport) -> str:
        """What is shown, in words; empty for all of it."""
        every: tuple[Finding | CloseCall, ...] = (*report.findings, *report.close)
        names = {one.employee: one.employee_name for one in every}
        kind = KINDS[Kind(self.kind)] if self.kind else ""
        person = f"only {names.get(self.person, 'one person')}" if self.person else ""
        return ", ".join(part for part in (person, kind, self.code) if part)

    def _lets(self, one: Finding | CloseCall, kind: str) -> bool:
        return (
            self.person in ("", one.employee or "")
            and self.kind in ("", kind)
            and self.code in ("", one.code)
        )


def filters(
    person: Annotated[str, Query(max_length=40, description="Id of a person; of everybody without it.")] = "",
    severity: Annotated[
        str, Query(max_length=20, description="`error`, `warning` or `close`; all without it.")
    ] = "",
    code: Annotated[str, Query(max_length=80, description="Code of a rule; all without it.")] = "",
) -> Filters:
    """The filters of an address.

    Raises
    ------
    InvalidInput
        If there is no such severity.
    """
    if severity and severity not in list(Kind):
        wanted = f"{', '.join(list(Kind)[:-1])} or {list(Kind)[-1]}; leave it out for all"
        raise InvalidInput([FieldError("severity", severity, "there is no such severity", wanted)])
    return Filters(person, severity, code)
