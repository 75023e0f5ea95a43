"""What pay is worked out from, read from the records for many people at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.kernel.clock import MINUTE, day_start, days_between, local_day
from scheduler.kernel.effective import in_force
from scheduler.kernel.money import major_units, minor_digits
from scheduler.law.agreements import layers_in
from scheduler.law.consent_records import consents_for_law
from scheduler.law.place_calendar import place_calendar
from scheduler.law.public_holidays import HolidayClass, holidays_between
from scheduler.law.settlement import Settlement
from scheduler.law.subject import LawSubject
from scheduler.law.wages.pay_law import PayLaw
from scheduler.law.wages.work import Employer, LeaveTime, PayCase, PlannedTime, Terms, WorkedTime, Worker
from scheduler.organisation.models import Location
from scheduler.pay.interpret import Interpreted, interpret
from scheduler.people.contracts import contracts_between
from scheduler.people.models import Contract, Employee
from scheduler.rosters.models import CalendarEntry, Roster, RosterVersion, Shift, VersionState
from scheduler.rosters.working_time_system import system_of
from scheduler.timekeeping.models import TimeEntry, Timesheet
from scheduler.timekeeping.pairing import Worked, joined
from scheduler.timeoff.models import LeaveKind
from scheduler.timeoff.requests import time_off_between

DAY = timedelta(days=1)
WORKING_DAYS = 5
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WITH_HOLIDAYS = frozenset({
    "holiday_factor", "holiday_share", "holiday_unworked_factor", "special_day_factor", "overtime_tier2_when",
})  # fmt: skip
"""Topics of pay that ask for public holidays."""
ANYBODY = LawSubject(id="anybody")


@dataclass(frozen=True, slots=True)
class Background:
    """What is loaded for everybody at once, by employee where it is somebody's."""

    people: dict[UUID, Employee]
    contracts: dict[UUID, list[Contract]]
    around: dict[UUID, list[WorkedTime]]
    planned: dict[UUID, list[PlannedTime]]
    leave: dict[UUID, list[tuple[date, date, LeaveKind]]]
    consents: dict[UUID, Any]
    holidays: dict[date, tuple[HolidayClass, ...]]
    published: list[tuple[date, date]]


class PayCases:
    """The cases of a location's people for some days, and the law they are paid by.

    Parameters
    ----------
    location
        Whose law and zone count.
    law
        Its layers, the organisation's own packs among them.
    first, end
        Civil days that are paid, half-open.
    background
        Everything that was loaded.
    employer
        What the employer has chosen.
    """

    def __init__(
        self,
        location: Location,
        law: PayLaw,
        first: date,
        end: date,
        background: Background,
        employer: Employer,
    ) -> None:
        self.law, self.first, self.end = law, first, end
        self.zone = ZoneInfo(location.zone)
        self._sector = location.sector or ""
        self._known = background
        self._employer = employer

    def interpret(self, employee_id: UUID, worked: Iterable[Worked]) -> Interpreted:
        """The pay lines of somebody for the days, from work in them."""
        case = self.case(employee_id, [_span(one) for one in joined(worked)])
        contracts = self._known.contracts.get(employee_id, ())
        versions = {str(one.id): in_words(one) for one in contracts}
        return interpret(employee_id, case, self.law, versions)

    def case(
        self,
        employee_id: UUID,
        worked: Sequence[WorkedTime],
        planned: Sequence[PlannedTime] | None = None,
    ) -> PayCase:
        """The case of somebody with work in the days; that of the days around them is added.

        Parameters
        ----------
        planned
            The shifts of the days; None for those that were published.
        """
        known, person = self._known, self._known.people[employee_id]
        contracts = known.contracts.get(employee_id, [])
        away = known.leave.get(employee_id, [])
        longest = min((one.max_daily_minutes for one in contracts), default=0)
        subject = LawSubject(
            id=str(employee_id), born_on=person.born_on, sector=self._sector,
            system=system_of(self.law.layers, self.first, longest),
            absent_on=frozenset(day for start, end, _ in away for day in days_between(start, end)),
            consents=known.consents.get(employee_id, ()),
        )  # fmt: skip
        shifts = known.planned.get(employee_id, [])
        if planned is not None:
            shifts = [*(one for one in shifts if not self._holds(one)), *planned]
        worker = Worker(
            subject=subject,
            terms=tuple(terms_of(one) for one in contracts),
            rest_days=self._rest_days(shifts),
        )
        return PayCase(
            zone=self.zone, worker=worker, first=self.first, end=self.end, planned=tuple(shifts),
            worked=(*known.around.get(employee_id, ()), *worked), employer=self._employer,
            leave=tuple(self._leave(away, contracts, worker.rest_days)), holidays=known.holidays,
        )  # fmt: skip

    def _holds(self, shift: PlannedTime) -> bool:
        """Whether a shift starts in the days that are paid."""
        return self.first <= local_day(shift.start, self.zone) < self.end

    def _rest_days(self, planned: Sequence[PlannedTime]) -> frozenset[date]:
        """Days that no shift touches in published rosters that have some for the person."""
        busy = {local_day(at, self.zone) for one in planned for at in (one.start, one.end - MINUTE)}
        return frozenset(
            day
            for first, end in self._known.published
            if any(first <= day < end for day in busy)
            for day in days_between(first, end)
            if day not in busy
        )

    def _leave(
        self,
        away: Iterable[tuple[date, date, LeaveKind]],
        contracts: Sequence[Contract],
        rest_days: frozenset[date],
    ) -> Iterable[LeaveTime]:
        """Paid leave on working days, each as long as a day of the agreed week."""
        for first, end, kind in away:
            for day in days_between(first, end) if kind is LeaveKind.ANNUAL else ():
                held = in_force(contracts, day)
                free = day.weekday() >= WORKING_DAYS or day in rest_days or day in self._known.holidays
                if held is not None and not free:
                    yield LeaveTime(day=day, minutes=held.weekly_minutes // WORKING_DAYS)


def pay_cases(
    session: Session,
    location: Location,
    employee_ids: Collection[UUID],
    first: date,
    end: date,
    *,
    by_law: bool = True,
) -> PayCases:
    """What the pay of people at a location is worked out from, for the civil days ``[first, end)``.

    Parameters
    ----------
    by_law
        Whether rule packs count; without them pay is what the contract says, as it was for periods that were
        closed before they did.

    Raises
    ------
    SchedulerError
        ``law_holidays_unknown`` where the law of the place asks for holidays of a year that it does not have.
    """
    law = PayLaw(layers_in(session, location.jurisdiction) if by_law else ())
    zone, employer = ZoneInfo(location.zone), employer_of(session, location, law, first)
    ids = list(employee_ids)
    begin, finish = _reach(law, employer, first, end)
    leave: dict[UUID, list[tuple[date, date, LeaveKind]]] = defaultdict(list)
    for away in time_off_between(session, ids, begin, finish) if by_law else ():
        leave[away.employee_id].append((away.starts_on, away.ends_on, away.kind))
    background = Background(
        people={one.id: one for one in session.scalars(select(Employee).where(Employee.id.in_(ids)))},
        contracts=contracts_between(session, ids, begin, finish),
        around=_around(session, ids, (begin, first), (end, finish)),
        planned=_planned(session, ids, day_start(begin, zone), day_start(finish, zone)) if by_law else {},
        leave=leave,
        consents=consents_for_law(session, ids, law.layers) if by_law else {},
        holidays=_holidays(law, begin, finish),
        published=_published(session, location.id, begin, finish) if "rest_day_factor" in law.topics else [],
    )
    return PayCases(location, law, first, end, background, employer)


def employer_of(session: Session, location: Location, law: PayLaw, day: date) -> Employer:
    """What the employer has chosen: settlement periods of the location, and workweeks as agreements say.

    Without a word about them they are calendar months, and weeks from Monday on.
    """
    begins = law.name("workweek_begins", ANYBODY, day, WEEKDAYS[0])
    known = place_calendar(session, location.id, law.layers, [ANYBODY], day, day + DAY)
    return Employer(
        week_starts_on=WEEKDAYS.index(begins), settlement=known.settlement or Settlement(date(2000, 1, 1))
    )


def terms_of(contract: Contract) -> Terms:
    """What a contract pays, as the law of pay takes it."""
    unit = 10 ** minor_digits(contract.currency)
    salary = contract.monthly_salary_cents
    return Terms(
        valid_from=contract.valid_from,
        valid_until=contract.valid_until,
        contract=str(contract.id),
        currency=contract.currency,
        hourly=Fraction(contract.hourly_rate_cents, unit) if salary is None else None,
        monthly=None if salary is None else Fraction(salary, unit),
        weekly_minutes=contract.weekly_minutes,
    )


def in_words(contract: Contract) -> str:
    """What tells one version of a contract from another.

    Examples
    --------
    >>> held = Contract(
    ...     valid_from=date(2026, 1, 1), hourly_rate_cents=3140, currency="PLN", weekly_minutes=2400
    ... )
    >>> in_words(held)
    'from 2026-01-01, 31.40 PLN an hour, 40 h a week'
    """
    cents, per = contract.hourly_rate_cents, "an hour"
    if contract.monthly_salary_cents is not None:
        cents, per = contract.monthly_salary_cents, "a month"
    amount = major_units(cents, contract.currency)
    hours = f"{contract.weekly_minutes / 60:g}"
    return f"from {contract.valid_from}, {amount} {contract.currency} {per}, {hours} h a week"


def _reach(law: PayLaw, employer: Employer, first: date, end: date) -> tuple[date, date]:
    """The civil days around those that are paid whose work matters to their pay.

    Their workweeks, and the settlement periods that end in them; and the day before, whose working day of the
    law may still run.
    """
    begins = employer.week_starts_on
    begin = min(first - DAY, first - timedelta(days=(first.weekday() - begins) % 7))
    finish = end + timedelta(days=(begins - end.weekday()) % 7)
    if "overtime_week_counted" in law.topics:
        ending = (one for one in employer.settlement.periods(first, end) if first < one[1] <= end)
        begin = min([begin, *(start for start, _ in ending)])
    return begin, finish


def _span(one: Worked) -> WorkedTime:
    return WorkedTime(
        day=one.day, start=one.starts_at, end=one.ends_at, breaks=one.breaks,
        refs=one.punch_ids,
    )  # fmt: skip


def _around(
    session: Session, ids: Sequence[UUID], *stretches: tuple[date, date]
) -> dict[UUID, list[WorkedTime]]:
    """The work of other timesheets in some stretches of days."""
    found: dict[UUID, list[WorkedTime]] = defaultdict(list)
    columns = (
        Timesheet.employee_id, TimeEntry.day, TimeEntry.starts_at, TimeEntry.ends_at, TimeEntry.breaks,
        TimeEntry.punch_ids,
    )  # fmt: skip
    for first, end in stretches:
        query = (
            select(*columns)
            .join(Timesheet, Timesheet.id == TimeEntry.timesheet_id)
            .where(
                Timesheet.employee_id.in_(ids),
                Timesheet.starts_on < end,
                Timesheet.ends_on > first,
                TimeEntry.day >= first,
                TimeEntry.day < end,
            )
        )
        for who, day, starts_at, ends_at, breaks, punch_ids in session.execute(query):
            rests = tuple(
                (datetime.fromisoformat(one), datetime.fromisoformat(other)) for one, other in breaks
            )
            span = WorkedTime(day=day, start=starts_at, end=ends_at, breaks=rests, refs=tuple(punch_ids))
            found[who].append(span)
    return found


def _planned(
    session: Session, ids: Sequence[UUID], start: datetime, end: datetime
) -> dict[UUID, list[PlannedTime]]:
    """Published shifts."""
    found: dict[UUID, list[PlannedTime]] = defaultdict(list)
    columns = (CalendarEntry.employee_id, CalendarEntry.starts_at, CalendarEntry.ends_at, Shift.paid_minutes)
    query = (
        select(*columns)
        .join(Shift, Shift.id == CalendarEntry.shift_id)
        .where(
            CalendarEntry.employee_id.in_(ids),
            CalendarEntry.cancelled.is_(False),
            CalendarEntry.starts_at >= start,
            CalendarEntry.starts_at < end,
        )
        .order_by(CalendarEntry.starts_at)
    )
    for who, starts_at, ends_at, minutes in session.execute(query):
        found[who].append(PlannedTime(start=starts_at, end=ends_at, minutes=minutes))
    return found


def _holidays(law: PayLaw, first: date, end: date) -> dict[date, tuple[HolidayClass, ...]]:
    """Public holidays, where the law of pay asks for them."""
    found: dict[date, tuple[HolidayClass, ...]] = {}
    if law.topics & WITH_HOLIDAYS:
        for one in holidays_between(law.layers, first - DAY, end + DAY):
            found[one.day] = (*found.get(one.day, ()), one.kind)
    return found


def _published(session: Session, location_id: UUID, first: date, end: date) -> list[tuple[date, date]]:
    """The days of published rosters of a location."""
    rows = session.execute(
        select(Roster.starts_on, Roster.ends_on)
        .join(RosterVersion, RosterVersion.roster_id == Roster.id)
        .where(
            Roster.location_id == location_id,
            Roster.starts_on < end,
            Roster.ends_on > first,
            RosterVersion.state == VersionState.PUBLISHED,
        )
    )
    return [(starts_on, ends_on) for starts_on, ends_on in rows]
