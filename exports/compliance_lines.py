"""What a compliance report says in print, whatever the format: its head, and a line for each finding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from scheduler.law.findings import Finding
from scheduler.law.margins import CloseCall
from scheduler.law.words import OF_SEVERITIES, amount

Spans = tuple[tuple[datetime, datetime], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedReport:
    """A compliance report that is to leave the application.

    Parameters
    ----------
    title
        What was checked: which place and days, planned or worked.
    checked_by, checked_at
        Who asked, and the instant.
    packs
        Version and hash of the packs it was checked against, by id.
    checked
        Whether there was any law to check it against.
    shown
        What of it is shown, in words; empty for all of it.
    findings, close, notes
        As in `scheduler.law.compliance.ComplianceReport`, what the filters let through.
    zone
        Of the place; all times are in it.
    """

    title: str
    checked_by: str
    checked_at: datetime
    packs: Mapping[str, str]
    checked: bool = True
    shown: str = ""
    findings: Sequence[Finding]
    close: Sequence[CloseCall] = ()
    notes: Sequence[str] = ()
    zone: ZoneInfo

    @property
    def head(self) -> tuple[str, ...]:
        """Who checked it, when, against which version of which law, and what of it is shown."""
        at = self.checked_at.astimezone(self.zone)
        against = ", ".join(f"{pack} (version {version})" for pack, version in sorted(self.packs.items()))
        law = f"Against {against}." if self.packs else "No rule of law broken or used; see the notes."
        lines = [
            f"Checked by {self.checked_by} on {at:%Y-%m-%d %H:%M}; all times are local: {self.zone.key}.",
            law if self.checked else "Not checked against any law: there is no rule pack for this place.",
        ]
        return (*lines, f"Shown: {self.shown}.") if self.shown else tuple(lines)

    @property
    def result(self) -> str:
        """The report in one sentence."""
        if not self.checked:
            return "Nothing was checked."
        found, near = len(self.findings), len(self.close)
        breaches = f"{found} finding{'s' if found != 1 else ''}" if found else "No finding"
        return f"{breaches}, {near} kept with little to spare."

    def edges(self, spans: Spans) -> tuple[str, str]:
        """First start and last end of some spans on the clock of the place; empty without any."""
        if not spans:
            return "", ""
        first, last = min(start for start, _ in spans), max(end for _, end in spans)
        return f"{first.astimezone(self.zone):%Y-%m-%d %H:%M}", f"{last.astimezone(self.zone):%Y-%m-%d %H:%M}"


def severity_words(finding: Finding) -> str:
    """What a finding is, in a word or two."""
    return OF_SEVERITIES[finding.severity]


def by_how_much(finding: Finding) -> str:
    """How far from kept, such as ``1 h 30 min``."""
    return amount(finding.short_by, finding.unit)


def to_spare(call: CloseCall) -> str:
    """How much is left, such as ``45 min``; ``nothing`` where the next one breaks it."""
    return amount(call.left, call.unit) if call.left else "nothing"
