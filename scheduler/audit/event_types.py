"""What other systems can be told of, and which entries of the audit record say it happened.

A system is told what kind of thing happened to which record and when, not what the record says: it asks the
API for that, with its own permissions. So reasons, notes and amounts of money are never among the facts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EventType:
    """A kind of event.

    Parameters
    ----------
    name
        Its word for other systems, for ever.
    about
        When it happens, in one sentence.
    facts
        Which facts of the audit entry are told, beside the record's id.
    """

    name: str
    about: str
    facts: tuple[str, ...] = ()


_LEAVE = ("employee_id", "kind", "starts_on", "ends_on")

BY_ACTION: Mapping[str, EventType] = {
    "timesheet.submit": EventType("timesheet.submitted", "Somebody handed in a timesheet."),
    "timesheet.approve": EventType("timesheet.approved", "A timesheet was approved."),
    "timesheet.reopen": EventType("timesheet.reopened", "A timesheet was opened again."),
    "timesheet.remind": EventType(
        "timesheet.reminded", "People were reminded of a timesheet that is due.", ("employee_id",)
    ),
    "pay_period.close": EventType(
        "pay_period.closed",
        "A pay period was closed: its hours and pay lines are final.",
        ("lines", "minutes", "timesheets"),
    ),
    "pay_period.correct": EventType(
        "pay_period.corrected", "Differences to a closed pay period were settled in a later one."
    ),
    "payroll_batch.create": EventType(
        "payroll_batch.created", "A file for a payroll system was made.", ("lines",)
    ),
    "roster.publish": EventType(
        "roster.published", "A roster was published, or published anew.", ("version", "publication")
    ),
    "time_off.request": EventType(
        "time_off.requested", "Somebody asked for leave.", ("kind", "starts_on", "ends_on")
    ),
    "time_off.approve": EventType("time_off.approved", "Leave was approved.", _LEAVE),
    "time_off.reject": EventType("time_off.rejected", "A request for leave was refused.", _LEAVE),
    "time_off.cancel": EventType("time_off.cancelled", "Leave was taken back.", _LEAVE),
    "leave_account.enter": EventType(
        "leave_balance.changed",
        "Something was entered into a leave account, or earned in a pay period that was closed.",
        ("kind", "entry", "day", "pay_period_id"),
    ),
}
"""By action of the audit record."""

CONTRACT_DATE_NEAR = EventType(
    "contract_date.near", "A contract or an employment begins or ends, or has an anniversary, in 30 days."
)
SKILL_EXPIRING = EventType("skill.expiring", "A skill or certificate ends in 30 days.")
TEST = EventType("webhook.test", "Somebody tries whether an endpoint can be reached; it is told always.")

TIMED = (CONTRACT_DATE_NEAR, SKILL_EXPIRING)
"""What no action says: found by looking at the calendar once an hour."""

CHOSEN: Mapping[str, EventType] = {
    event.name: event for event in sorted((*BY_ACTION.values(), *TIMED), key=lambda one: one.name)
}
"""What an endpoint can be told, by name."""
