"""What people have of each kind of leave: their accounts, and what a request would leave of one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.kernel.errors import SchedulerError
from scheduler.law.agreements import layers_in
from scheduler.law.nominal_time import public_holidays
from scheduler.organisation.models import Location
from scheduler.people.models import Contract, Employee
from scheduler.timeoff.amounts import in_words
from scheduler.timeoff.entitlement import Employment, month_after
from scheduler.timeoff.leave_account import AccountOf, Leave, LeaveLine, LineKind, account_lines
from scheduler.timeoff.models import LeaveEntry, LeaveKind, LeavePolicy, LeaveUnit, TimeOff, TimeOffState

DAY = timedelta(days=1)
CHUNK = 500
ALL_KINDS = tuple(LeaveKind)


@dataclass(frozen=True, slots=True)
class Balance:
    """Somebody's account of a kind of leave as of a day.

    Parameters
    ----------
    day
        What the day itself brings and takes is counted.
    year
        The leave year ``[first, end)`` of the day.
    lines
        From the beginning of the account, or the latest opening balance, on.
    planned
        What approved leave after the day takes until the leave year ends, in steps.
    notes
        What is not known.
    """

    employee: Employee
    kind: LeaveKind
    unit: LeaveUnit
    day: date
    year: tuple[date, date]
    lines: tuple[LeaveLine, ...]
    planned: int
    notes: tuple[str, ...]

    @property
    def amount(self) -> int:
        """What there is, in steps."""
        return self.lines[-1].balance if self.lines else 0

    @property
    def available(self) -> int:
        """What nobody has planned yet."""
        return self.amount - self.planned

    def of_year(self, *kinds: LineKind) -> int:
        """The sum of the lines of some kinds in the leave year."""
        first, _end = self.year
        return sum(line.amount for line in self.lines if line.kind in kinds and line.day >= first)

    @property
    def carried_over(self) -> int:
        """What there was when the leave year began, less what lapsed then."""
        first, _end = self.year
        before = [line for line in self.lines if line.day < first]
        lapsed = sum(one.amount for one in self.lines if one.day == first and one.kind is LineKind.LAPSED)
        opened = sum(one.amount for one in self.lines if one.kind is LineKind.OPENING and one.day >= first)
        return opened + lapsed + (before[-1].balance if before else 0)

    def words(self, amount: int) -> str:
        """An amount of this account as people say it."""
        return in_words(amount, self.unit)


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a request asks for, and what there is for it.

    Parameters
    ----------
    available
        On the last day of the leave, less what is approved for the rest of that leave year.
    asked
        What the days of the request take.
    waits_until
        First day on which the person may take leave of this kind; None where that is not after its start.
    """

    balance: Balance
    available: int
    asked: int
    waits_until: date | None

    @property
    def left(self) -> int:
        """What there would be afterwards; negative where it is not enough."""
        return self.available - self.asked

    @property
    def is_covered(self) -> bool:
        """Whether it needs no special decision."""
        return self.left >= 0 and self.waits_until is None

    @property
    def sentence(self) -> str:
        """What the person is told.

        It names what there is, what is asked for and what is left, or is missing.
        """
        say = self.balance.words
        told = f"{say(self.available)} available; this asks for {say(self.asked)}; "
        told += f"{say(self.left)} left." if self.left >= 0 else f"{say(-self.left)} too much."
        if self.waits_until is not None:
            told += f" None of it can be taken before {self.waits_until}."
        return told


def balances(
    session: Session, employees: Collection[Employee], day: date, kinds: Collection[LeaveKind] = ALL_KINDS
) -> list[Balance]:
    """Every account that people have as of a day, by person and kind.

    There is one where the person's location has a policy of the kind that began by then.
    """
    accounts = accounts_of(session, employees, kinds, until=day)
    return [
        balance_of(employee, of, day, notes)
        for employee, of, notes in accounts
        if of.policies[0].starts_on <= day
    ]


def balance_of(employee: Employee, of: AccountOf, day: date, notes: tuple[str, ...] = ()) -> Balance:
    """The account as of a day."""
    year = of.year_of(day)
    planned = sum(
        of.cost(max(leave.starts_on, day + DAY), min(leave.ends_on, year[1]))
        for leave in of.leave
        if leave.ends_on > day + DAY and leave.starts_on < year[1]
    )
    return Balance(employee, of.kind, of.unit, day, year, account_lines(of, day), planned, notes)


def outlook(
    session: Session, employee: Employee, kind: LeaveKind, starts_on: date, ends_on: date
) -> Outlook | None:
    """What leave over ``[starts_on, ends_on)`` would take of the person's account.

    Leave that is approved already and shares days with it counts as taken besides. None where there is no
    account: the location has no policy of the kind.
    """
    last = ends_on - DAY
    found = accounts_of(session, [employee], [kind], until=last)
    if not found or found[0][1].policies[0].starts_on > last:
        return None
    _employee, of, notes = found[0]
    balance = balance_of(employee, of, last, notes)
    waiting = of.policy_on(starts_on).waiting_months
    free_from = _free_from(employee.hired_on, waiting)
    return Outlook(
        balance, balance.available, of.cost(starts_on, ends_on), free_from if starts_on < free_from else None
    )


def _free_from(hired_on: date, months: int) -> date:
    """The same day so many months after the day of hire, or the last of a month that is too short."""
    if months == 0:
        return hired_on
    first = month_after(hired_on.replace(day=1), months)
    return min(first + timedelta(days=hired_on.day - 1), month_after(first, 1) - DAY)


def accounts_of(
    session: Session, employees: Collection[Employee], kinds: Collection[LeaveKind], *, until: date
) -> list[tuple[Employee, AccountOf, tuple[str, ...]]]:
    """What accounts are made from, by person and kind, and what is not known of it.

    Parameters
    ----------
    until
        Leave years up to that of this day are looked at.
    """
    places = {employee.location_id for employee in employees}
    policies = _policies(session, places, kinds)
    people = [one for one in employees if any((one.location_id, kind) in policies for kind in kinds)]
    if not people:
        return []
    ids = sorted(one.id for one in people)
    entries, leave, contracts = _entries(session, ids), _leave(session, ids), _contracts(session, ids)
    begin = min(one.starts_on for some in policies.values() for one in some)
    holidays = {
        place: _holidays(session, place, begin.year, max(until.year, begin.year) + 1)
        for place in {one.location_id for one in people}
    }
    found = []
    for employee in people:
        free, notes = holidays[employee.location_id]
        work = Employment(employee.hired_on, employee.left_on, contracts[employee.id])
        for kind in sorted(kinds):
            known = policies.get((employee.location_id, kind))
            if known is not None:
                key = (employee.id, kind)
                of = AccountOf(kind, work, known, entries[key], leave[key], free)
                found.append((employee, of, notes))
    return found


def _policies(
    session: Session, places: Collection[UUID], kinds: Collection[LeaveKind]
) -> Mapping[tuple[UUID, LeaveKind], Sequence[LeavePolicy]]:
    wanted = select(LeavePolicy).where(LeavePolicy.location_id.in_(places), LeavePolicy.kind.in_(kinds))
    rows = session.scalars(wanted.order_by(LeavePolicy.location_id, LeavePolicy.kind, LeavePolicy.starts_on))
    return {key: list(some) for key, some in groupby(rows, key=lambda one: (one.location_id, one.kind))}


def _entries(session: Session, ids: Sequence[UUID]) -> Mapping[tuple[UUID, LeaveKind], Sequence[LeaveEntry]]:
    found: dict[tuple[UUID, LeaveKind], list[LeaveEntry]] = defaultdict(list)
    for some in _chunks(ids):
        query = select(LeaveEntry).where(LeaveEntry.employee_id.in_(some))
        for entry in session.scalars(query.order_by(LeaveEntry.day, LeaveEntry.id)):
            found[entry.employee_id, entry.leave_kind].append(entry)
    return found


def _leave(session: Session, ids: Sequence[UUID]) -> Mapping[tuple[UUID, LeaveKind], Sequence[Leave]]:
    found: dict[tuple[UUID, LeaveKind], list[Leave]] = defaultdict(list)
    for some in _chunks(ids):
        query = select(TimeOff).where(TimeOff.employee_id.in_(some), TimeOff.state == TimeOffState.APPROVED)
        for one in session.scalars(query.order_by(TimeOff.starts_on)):
            found[one.employee_id, one.kind].append(Leave(one.id, one.starts_on, one.ends_on))
    return found


def _contracts(session: Session, ids: Sequence[UUID]) -> Mapping[UUID, Sequence[Contract]]:
    found: dict[UUID, list[Contract]] = defaultdict(list)
    for some in _chunks(ids):
        query = select(Contract).where(Contract.employee_id.in_(some)).order_by(Contract.valid_from)
        for contract in session.scalars(query):
            found[contract.employee_id].append(contract)
    return found


def _chunks(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    """The ids in parts that one statement can bind."""
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]


def _holidays(
    session: Session, location_id: UUID, first: int, last: int
) -> tuple[frozenset[date], tuple[str, ...]]:
    """Public holidays of a place in the years from ``first`` to ``last``, and those years not known."""
    layers = layers_in(session, session.get_one(Location, location_id).jurisdiction)
    found: set[date] = set()
    unknown = []
    for year in range(first, last + 1):
        try:
            found |= public_holidays(layers, date(year, 1, 1), date(year + 1, 1, 1))
        except SchedulerError:
            unknown.append(str(year))
    if not unknown:
        return frozenset(found), ()
    note = f"Public holidays of {', '.join(unknown)} are not known here and count as working days."
    return frozenset(found), (note,)
