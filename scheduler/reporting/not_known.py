"""What human resources may expect of records and nothing here knows: said instead of assumed."""

from __future__ import annotations

from collections.abc import Mapping

from scheduler.reporting.models import HrRecordKind

NOT_KNOWN: Mapping[HrRecordKind, tuple[str, ...]] = {
    HrRecordKind.WORKED_HOURS: ("Hours of timesheets that nobody has approved.",),
    HrRecordKind.LEAVE: ("Working days of a leave: days are calendar days.",),
    HrRecordKind.OVERTIME: (
        "Overtime that was paid by a rule which no rule pack of the place has any more.",
    ),
    HrRecordKind.LEAVE_BALANCES: (
        "Balances of kinds of leave for which the person's location has no leave policy.",
    ),
    HrRecordKind.OVERTIME_ACCOUNTS: (
        "Time off owed at locations without a leave policy for time off for overtime.",
        "Whether overtime was paid although time off was given for it: rules pay all of it, and what is not "
        "to be paid is taken back as a deduction.",
    ),
    HrRecordKind.CONTRACT_DATES: (),
    HrRecordKind.EXPIRING_SKILLS: ("Skills and certificates recorded without a day on which they end.",),
}
"""Sentences for the reader, by kind."""
