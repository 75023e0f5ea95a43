"""What kinds of leave, and what is said about them, are called on pages."""

from __future__ import annotations

from scheduler.timeoff.leave_account import LineKind
from scheduler.timeoff.models import (
    LeaveEntryKind,
    LeaveGranting,
    LeaveKind,
    LeaveRounding,
    LeaveUnit,
    PartYear,
)

KINDS = {
    LeaveKind.ANNUAL: "annual leave",
    LeaveKind.SICK: "sick leave",
    LeaveKind.UNPAID: "unpaid leave",
    LeaveKind.OTHER: "other leave",
    LeaveKind.OVERTIME: "time off for overtime",
}
LINES = {
    LineKind.OPENING: "opening balance",
    LineKind.GRANT: "granted",
    LineKind.ACCRUAL: "earned",
    LineKind.ADJUSTMENT: "adjusted",
    LineKind.PAID_OUT: "paid out",
    LineKind.LAPSED: "lapsed",
    LineKind.TAKEN: "taken",
}
ENTRIES = {
    LeaveEntryKind.ADJUSTMENT: "adjustment, more or less",
    LeaveEntryKind.GRANT: "grant",
    LeaveEntryKind.PAID_OUT: "paid out instead of taken",
    LeaveEntryKind.OPENING: "opening balance: what there is when the day begins",
}
UNITS = {LeaveUnit.DAYS: "days", LeaveUnit.MINUTES: "hours"}
GRANTINGS = {
    LeaveGranting.YEARLY: "all of it when the leave year begins",
    LeaveGranting.MONTHLY: "a twelfth after each month",
    LeaveGranting.HOURS: "a share of the time worked, when its pay period is closed",
    LeaveGranting.BY_HAND: "only what somebody enters",
}
PARTS = {
    PartYear.DAYS: "by calendar days",
    PartYear.STARTED_MONTHS: "a twelfth for each month begun",
    PartYear.FULL_MONTHS: "a twelfth for each full month",
}
ROUNDINGS = {
    LeaveRounding.EXACT: "stay as they are",
    LeaveRounding.UP: "become a whole day",
    LeaveRounding.HALF_UP: "become a whole day from half a day on, else nothing",
}
