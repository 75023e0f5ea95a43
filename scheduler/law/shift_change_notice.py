"""How long before its start a shift may still be changed without consent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from scheduler.kernel.clock import local_day, minutes_between
from scheduler.law.findings import Finding, Severity
from scheduler.law.nominal_time import minutes_in
from scheduler.law.pack import Pack
from scheduler.law.provisions import provision
from scheduler.law.subject import LawSubject
from scheduler.law.values import Duration


def shift_change_notice(
    layers: Sequence[Pack],
    subject: LawSubject,
    *,
    changed_at: datetime,
    shift_starts_at: datetime,
    zone: ZoneInfo,
    consented: bool = False,
) -> Finding | None:
    """The finding that a shift was added or cancelled too late without consent, or None.

    Parameters
    ----------
    layers
        Packs, nearest first; without any no notice is known to be due.
    subject
        Whose shift; the line of business decides.
    changed_at, shift_starts_at
        UTC.
    zone
        Time zone of the place: the law of the day of the shift holds.
    consented
        Whether the person agreed in writing.

    Examples
    --------
    >>> from datetime import UTC
    >>> from scheduler.law.library import layers_of
    >>> ann, zone = LawSubject(id="ann", sector="retail"), ZoneInfo("America/New_York")
    >>> late = shift_change_notice(
    ...     layers_of("us-ny-nyc"), ann, changed_at=datetime(2026, 5, 4, 14, tzinfo=UTC),
    ...     shift_starts_at=datetime(2026, 5, 6, 14, tzinfo=UTC), zone=zone,
    ... )
    >>> late.code, late.short_by
    ('US-NYC.RETAIL_NOTICE_72H', 1440)
    """
    found = provision(layers, "shift_notice", subject, local_day(shift_starts_at, zone))
    if found is None or consented:
        return None
    given, due = max(0, minutes_between(changed_at, shift_starts_at)), minutes_in(found.value)
    if given >= due:
        return None
    return Finding(
        code=found.parameter.code,
        parameter=found.parameter.id,
        severity=Severity.ERROR,
        employee=subject.id,
        spans=((min(changed_at, shift_starts_at), shift_starts_at),),
        short_by=due - given,
        unit="minutes",
        citation=found.citation,
        status=found.dated.status,
        sentence=f"The shift is changed {Duration(given)} before it starts; {found.value} are due.",
        remedy="Ask for consent in writing, or leave the shift as it is.",
    )
