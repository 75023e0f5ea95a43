"""A pay period shaped for drawing: what stands in its way, or what it came to and how it differs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from api.pages.pay_group_words import calendar_words
from api.pages.time_words import STATES, exception_words
from api.permissions import Access
from scheduler.kernel.clock import local_day, utc_now, zone_named
from scheduler.kernel.errors import SchedulerError
from scheduler.organisation.actors import name_of
from scheduler.organisation.models import Location
from scheduler.organisation.permissions import Permission, reach
from scheduler.pay.corrections import Pending, pending
from scheduler.pay.lines import PayrollLine, lines_of
from scheduler.pay.lock_period import lock_of
from scheduler.pay.models import PayPeriod, PayPeriodState
from scheduler.pay.period_differences import period_differences
from scheduler.pay.periods import present_period
from scheduler.pay.sheet_cases import employees_of
from scheduler.people.pay_group_days import next_periods
from scheduler.people.pay_groups import calendars_of, find_pay_group
from scheduler.timekeeping.exceptions import TimeException, blocking
from scheduler.timekeeping.models import Timesheet, TimesheetState
from scheduler.timekeeping.timesheets import exceptions_of, timesheets_of_period

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Line:
    """A pay line, and whether it is the first of its person."""

    line: PayrollLine
    first_of_person: bool


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A timesheet that counts in an open period."""

    name: str
    sheet: Timesheet
    worked_minutes: int
    unclear: int

    @property
    def waits(self) -> bool:
        """Whether nobody stands for it yet."""
        return self.sheet.state in (TimesheetState.OPEN, TimesheetState.SUBMITTED)


@dataclass(frozen=True, slots=True)
class Blocker:
    """Somebody whose time stands in the way of a close, and why."""

    employee_id: str
    name: str
    why: tuple[str, ...]


def period_address(location_id: UUID, day: date, pay_group_id: UUID | None, *, said: str = "") -> str:
    """Where the period of a location and pay group that holds a day is shown."""
    asked = f"?group={pay_group_id or 'none'}" + (f"&said={said}" if said else "")
    return f"/locations/{location_id}/pay-periods/{day}{asked}"


def period_facts(
    session: Session,
    access: Access,
    location: Location,
    day: date,
    pay_group_id: UUID | None,
    refused: SchedulerError | None,
) -> dict[str, Any]:
    """Everything that the page of a period shows."""
    period = present_period(session, location.id, day, pay_group_id)
    group = None if pay_group_id is None else find_pay_group(session, pay_group_id)
    first, end = (period.starts_on, period.ends_on) if period else calendars_of(group).span(day)
    closed = period is not None and period.state is PayPeriodState.CLOSED
    sheets = timesheets_of_period(session, location.id, pay_group_id, first, end)
    people = employees_of(session, sheets)
    held = reach(access.principal, Permission.PAY_CLOSE)
    lock = lock_of(session, period) if period is not None and not closed else None
    due = next_periods(group, first, 1)[0] if group else None
    return {
        "location": location,
        "group": group,
        "calendar": calendar_words(calendars_of(group).in_force(first)),
        "starts_on": first,
        "last_day": end - DAY,
        "due": due,
        "before": period_address(location.id, first - DAY, pay_group_id),
        "after": period_address(location.id, end, pay_group_id),
        "action": lambda verb: _action(location.id, first, pay_group_id, verb),
        "period": period,
        "closed": closed,
        "closed_by": name_of(session, period.closed_by) if period and period.closed_by else "",
        "lock": lock,
        "locked_by": name_of(session, lock.locked_by) if lock else "",
        "over": local_day(utc_now(), zone_named(location.zone)) >= end,
        "rows": [] if closed else _open_sheets(sheets, {key: one.name for key, one in people.items()}),
        "states": STATES,
        "names": {key: one.name for key, one in people.items()},
        "sheet_days": {sheet.id: sheet.starts_on for sheet in sheets},
        "can_close": held is not None and held.covers(location.id),
        **_of_closed(session, period if closed else None),
        "blockers": _blockers(refused.facts, location.zone) if refused else [],
    }


def _action(location_id: UUID, day: date, pay_group_id: UUID | None, verb: str) -> str:
    return f"/locations/{location_id}/pay-periods/{day}/{verb}?group={pay_group_id or 'none'}"


def _of_closed(session: Session, period: PayPeriod | None) -> dict[str, Any]:
    """What a closed period came to; empty for an open one."""
    lines = lines_of(session, period.id) if period else []
    return {
        "lines": _marked(lines),
        "totals": _totals(lines),
        "by_code": _by_code(lines),
        "pending": pending(session, period.id) if period else Pending((), ()),
        "differences": period_differences(session, period) if period else None,
    }


def _open_sheets(sheets: Sequence[Timesheet], names: dict[UUID, str]) -> list[SheetLine]:
    """Those with hours or something unclear; what needs a person first."""
    rows = []
    for sheet in sheets:
        minutes = sum(entry.worked_minutes for entry in sheet.entries)
        unclear = len(blocking(exceptions_of(sheet)))
        if minutes or unclear:
            rows.append(SheetLine(names[sheet.employee_id], sheet, minutes, unclear))
    return sorted(rows, key=lambda row: (not row.unclear, row.name, row.sheet.starts_on))


def _marked(lines: Sequence[PayrollLine]) -> list[Line]:
    before = [None, *(line.employee_number for line in lines)]
    return [Line(line, line.employee_number != last) for line, last in zip(lines, before, strict=False)]


def _totals(lines: Sequence[PayrollLine]) -> list[tuple[str, int, int]]:
    """Currency, worked minutes and cents of all lines together."""
    found: dict[str, tuple[int, int]] = {}
    for line in lines:
        minutes, cents = found.get(line.currency, (0, 0))
        worked = line.minutes if line.is_worked else 0
        found[line.currency] = (minutes + worked, cents + line.amount_cents)
    return [(currency, minutes, cents) for currency, (minutes, cents) in sorted(found.items())]


def _by_code(lines: Sequence[PayrollLine]) -> list[tuple[str, str, int, int, str]]:
    """Pay code, currency, minutes, cents and citation of all lines of a code together."""
    found: dict[tuple[str, str], tuple[int, int, str]] = {}
    for line in lines:
        key = (line.pay_code, line.currency)
        minutes, cents, cite = found.get(key, (0, 0, line.citation or ""))
        found[key] = (minutes + line.minutes, cents + line.amount_cents, cite)
    return [(code, currency, *found[code, currency]) for code, currency in sorted(found)]


def _blockers(facts: dict[str, Any], zone: str) -> list[Blocker]:
    """Each person who stands in the way, by name."""
    why: dict[tuple[str, str], list[str]] = {}
    for each in facts.get("exceptions", ()):
        why.setdefault(_who(each), []).append(exception_words(TimeException.from_json(each), zone))
    for each in facts.get("unapproved", ()):
        why.setdefault(_who(each), []).append(f"not approved yet ({each['state']})")
    for each in facts.get("without_contract", ()):
        why.setdefault(_who(each), []).append(f"no contract on {', '.join(each['days'])}")
    return [Blocker(key, name, tuple(why[name, key])) for name, key in sorted(why)]


def _who(facts: dict[str, Any]) -> tuple[str, str]:
    return facts["employee_name"], facts["employee_id"]
