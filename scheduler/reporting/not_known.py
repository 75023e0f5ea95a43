"""What human resources may expect of records and nothing here knows: said instead of assumed."""

from __future__ import annotations

from collections.abc import Mapping

from scheduler.reporting.models import HrRecordKind

NOT_KNOWN: Mapping[HrRecordKind, tuple[str, ...]] = {
    HrRecordKind.WORKED_HOURS: ("Hours of timesheets that nobody has approved.",),
    HrRecordKind.LEAVE: (
        "Balances: how much leave somebody is entitled to is not recorded, so what is left is not known.",
        "Working days of a leave: days are calendar days.",
    ),
    HrRecordKind.OVERTIME: (
        "Balances: time off given in return for overtime is not recorded, so what is left is not known.",
        "Overtime that was paid by a rule which no rule pack of the place has any more.",
    ),
    HrRecordKind.CONTRACT_DATES: (),
    HrRecordKind.EXPIRING_SKILLS: ("Skills and certificates recorded without a day on which they end.",),
}
"""Sentences for the reader, by kind."""
