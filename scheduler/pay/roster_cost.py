"""What a roster costs before anybody works it: planned shifts priced as worked time is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from scheduler.kernel.clock import local_day, minutes_between
from scheduler.kernel.money import minor_digits
from scheduler.law.wages.interpret import interpret as wages_of
from scheduler.law.wages.item import ItemKind
from scheduler.law.wages.line import WageLine, rounded
from scheduler.law.wages.segments import hours
from scheduler.law.wages.work import Instants, PlannedTime, WorkedTime
from scheduler.pay.interpret import pay_code_of
from scheduler.pay.pay_cases import PayCases, pay_cases
from scheduler.rosters.models import RosterVersion, Shift
from scheduler.rosters.rosters import find_roster
from scheduler.rosters.versions import shifts_of

OVERTIME = ("overtime", "double_time", "seventh_day", "part_time_share")
"""How topics of overtime begin."""


@dataclass(slots=True)
class CurrencyCost:
    """What people who are paid in one currency cost.

    Parameters
    ----------
    worked_minutes
        Planned minutes of people with a contract.
    base_cents
        Those paid by the hour, at the contract's rate; what salaries pay already is not among it.
    overtime_cents
        What overtime adds to that.
    premium_cents
        What everything else adds: nights, Sundays, holidays, guarantees, allowances, leave and holidays that
        are paid without work.
    by_code, by_day
        The same money by pay code, and by civil day.
    """

    currency: str
    worked_minutes: int = 0
    base_cents: int = 0
    overtime_cents: int = 0
    premium_cents: int = 0
    by_code: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    by_day: dict[date, int] = field(default_factory=lambda: defaultdict(int))

    @property
    def total_cents(self) -> int:
        """All of it."""
        return self.base_cents + self.overtime_cents + self.premium_cents

    def add(self, line: WageLine) -> None:
        """Count a line."""
        digits = minor_digits(self.currency)
        cents = int(line.amount.scaleb(digits))
        paid_by_hour = line.kind is ItemKind.WORK
        base = int(rounded(hours(line.minutes) * line.rate * 10**digits, 0)) if paid_by_hour else 0
        self.worked_minutes += line.minutes if line.kind.is_worked else 0
        self.base_cents += base
        if any(one.parameter.topic.id.startswith(OVERTIME) for one in line.rules):
            self.overtime_cents += cents - base
        else:
            self.premium_cents += cents - base
        self.by_code[pay_code_of(line)] += cents
        self.by_day[line.day] += cents


@dataclass(frozen=True, slots=True)
class RosterCost:
    """What a version of a roster costs.

    Parameters
    ----------
    currencies
        By currency, in order of its code; more than one only where contracts have more than one.
    days_without_contract
        By employee: days whose shifts nothing could be priced by.
    open_shifts
        Shifts without anybody, which cost nothing here.
    """

    currencies: Sequence[CurrencyCost]
    days_without_contract: Mapping[UUID, Sequence[date]]
    open_shifts: int


def roster_cost(session: Session, version: RosterVersion) -> RosterCost:
    """The price of a version's shifts, by the law and agreements of the place and each person's contract.

    Overtime of a week counts the work around the roster too. Meal breaks that are not planned count as taken,
    and nobody is sent home; premiums for late changes are told on publishing.

    Raises
    ------
    SchedulerError
        ``law_holidays_unknown``, ``pay_law_unknown`` where the law of the place lacks a value for a day.
    """
    roster = find_roster(session, version.roster_id)
    shifts = shifts_of(session, version.id)
    held: dict[UUID, list[Shift]] = defaultdict(list)
    for shift in shifts:
        if shift.employee_id is not None:
            held[shift.employee_id].append(shift)
    cases = pay_cases(
        session, roster.location, list(held), roster.starts_on, roster.ends_on, with_facts=False
    )
    costs: dict[str, CurrencyCost] = {}
    missing: dict[UUID, Sequence[date]] = {}
    for employee_id, mine in sorted(held.items()):
        lines, days = _priced(cases, employee_id, mine)
        for line in lines:
            costs.setdefault(line.terms.currency, CurrencyCost(line.terms.currency)).add(line)
        if days:
            missing[employee_id] = days
    open_shifts = len(shifts) - sum(map(len, held.values()))
    return RosterCost([costs[name] for name in sorted(costs)], missing, open_shifts)


def _priced(
    cases: PayCases, employee_id: UUID, shifts: Sequence[Shift]
) -> tuple[list[WageLine], Sequence[date]]:
    spans = [_span(shift, cases.zone) for shift in shifts]
    planned = [PlannedTime(start=one.starts_at, end=one.ends_at, minutes=one.paid_minutes) for one in shifts]
    parts = [wages_of(case, law) for case, law in cases.cases(employee_id, spans, planned)]
    after = cases.end + timedelta(days=1)
    missing = {day for wages in parts for day in wages.days_without_terms if cases.first <= day < after}
    return [line for wages in parts for line in wages.by_day()], sorted(missing)


def _span(shift: Shift, zone: ZoneInfo) -> WorkedTime:
    """A shift as if it were worked as planned."""
    return WorkedTime(
        day=local_day(shift.starts_at, zone), start=shift.starts_at, end=shift.ends_at,
        breaks=tuple(_unpaid(shift)), breaks_known=False, refs=(str(shift.id),),
    )  # fmt: skip


def _unpaid(shift: Shift) -> Iterable[Instants]:
    """The unpaid breaks, each inside the shift and after the one before; without a time, in its middle."""
    length = minutes_between(shift.starts_at, shift.ends_at)
    middle = shift.starts_at + timedelta(minutes=length // 2)
    pauses = [
        (datetime.fromisoformat(one["starts_at"]) if one["starts_at"] else middle, one["minutes"])
        for one in shift.breaks
        if not one["paid"]
    ]
    free_from = shift.starts_at
    for planned, minutes in sorted(pauses):
        start = max(planned, free_from)
        free_from = min(start + timedelta(minutes=minutes), shift.ends_at)
        yield start, free_from
