"""A worked example of pay as a company's records: contract, punches, plans and facts, closed week by week."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.kernel.clock import days_between, local_day, local_instant, utc_now, week_start
from scheduler.kernel.ids import new_id
from scheduler.law.pay_topics import WEEKDAYS
from scheduler.law.save_agreement import save_agreement
from scheduler.law.verify.example import Example
from scheduler.law.verify.pay_case import PayGiven
from scheduler.law.wages.work import PayCase, PlannedTime, Terms, WorkedTime
from scheduler.organisation.models import Department, Location
from scheduler.pay.close_period import close_period
from scheduler.pay.models import PayFactKind, PayLine
from scheduler.pay.periods import period_for
from scheduler.pay.record_pay_fact import NewPayFact, record_pay_facts
from scheduler.people.models import Contract, ContractKind, Employee, NightWork, Skill
from scheduler.rosters.models import CalendarEntry, Roster, RosterVersion, Shift, VersionState
from scheduler.timekeeping.approve import approve
from scheduler.timekeeping.arrival import NewPunch
from scheduler.timekeeping.models import PunchKind, Timesheet
from scheduler.timekeeping.punch import record_punches
from scheduler.timekeeping.refresh import refresh
from scheduler.timeoff.models import LeaveKind, TimeOff, TimeOffState

DAY, WEEK = timedelta(days=1), timedelta(days=7)
PAYROLL, MANAGER = "user:00000000-0000-0000-0000-000000000003", "user:00000000-0000-0000-0000-000000000002"
EIGHT_HOURS = 480
NIGHT_WORK = {True: NightWork.PERMANENT, False: NightWork.NORMAL_COURSE}
MORNING = 8 * 60
AGREEMENT = """\
pack: house
title: House agreement
adjective: agreed
version: "1"
layer: agreement
parents: [{law}]
consulted: 2026-11-01
sources: {{A: the agreement}}
notes: []
not_covered: []
parameters:
  week:
    topic: workweek_begins
    enforce: define
    values:
      - {{from: 2000-01-01, value: {begins}, cite: "House agreement, s. 1", status: confirmed, source: [A]}}
"""
SUPPLEMENT = """\
  {name}:
    topic: {topic}
    enforce: pay
    pays: [{code}]
    derogation: {article}
    values:
      - {{from: {since}, value: {percent} %, cite: "House agreement, s. 2", status: confirmed, source: [A]}}
"""


@dataclass
class ExampleCompany:
    """The records of one example."""

    session: Session
    example: Example
    given: PayGiven = field(init=False)
    case: PayCase = field(init=False)
    location: Location = field(init=False)
    person: Employee = field(init=False)
    shifts: list[PlannedTime] = field(init=False)
    spans: list[WorkedTime] = field(init=False)

    def __post_init__(self) -> None:
        self.given = PayGiven(self.example)
        self.case = self.given.case()
        self.shifts = list(self.case.planned)
        self.spans = list(self.case.worked)
        if self.case.other_minutes:
            self._fill_the_month()
        self._store_company()
        self._store_agreement()
        self._store_rosters()
        self._clock()
        self._record_facts()

    @property
    def zone(self) -> ZoneInfo:
        return self.case.zone

    # --- what an example does not show of its month -------------------------------------------------------

    def _fill_the_month(self) -> None:
        """The rest of the full time is planned and worked, each day a day's length from other starts."""
        left = self.case.other_minutes
        begin, finish = self.case.employer.settlement.period_of(self.given.first)
        days = [*days_between(begin, finish)]
        for day in sorted(days, key=lambda one: (one.weekday() > 4, one)):
            start = local_instant(day, MORNING, self.zone)
            near = [one.start for one in self.shifts] + [one.start for one in self.spans]
            if left and day.weekday() < 6 and day not in self.case.holidays and all(
                abs(start - other) >= DAY for other in near
            ):  # fmt: skip
                minutes = min(left, EIGHT_HOURS)
                end = start + timedelta(minutes=minutes)
                self.shifts.append(PlannedTime(start=start, end=end, minutes=minutes))
                self.spans.append(WorkedTime(day=day, start=start, end=end))
                left -= minutes
        assert not left

    # --- records ------------------------------------------------------------------------------------------

    def _store_company(self) -> None:
        session, worker = self.session, self.case.worker
        self.location = Location(
            code="X", name="Example", zone=self.zone.key, jurisdiction=self.given.law,
            sector=worker.subject.sector or None, currency=worker.terms[0].currency,
        )  # fmt: skip
        department = Department(code="D", name="Work", location=self.location)
        self.skill = Skill(code="S", name="Work")
        session.add_all([self.location, department, self.skill])
        session.flush()
        self.department = department
        self.person = Employee(
            number="1", first_name="Ann", last_name="Nowak", hired_on=date(2019, 1, 1),
            location_id=self.location.id, department_id=department.id, born_on=worker.subject.born_on,
        )  # fmt: skip
        self.person.contracts = [self._contract(one) for one in worker.terms]
        session.add(self.person)
        session.flush()

    def _days(self) -> tuple[date, date]:
        """The days that the example is about, half-open; others bring nothing."""
        days = [one.day for one in self.spans] or [self.given.first]
        days += [one.on for one in self.case.bonuses] + self._leave_days() + sorted(self.case.unexcused_on)
        last = max([*days, *(local_day(one.end, self.zone) for one in self.spans)])
        return min(days), last + DAY

    def _contract(self, terms: Terms) -> Contract:
        first, end = self._days()
        worker = self.case.worker
        week = [worker.agreed_week.get(day, 0) for day in range(7)] if worker.agreed_week else None
        night = worker.subject.night_worker or None
        return Contract(
            valid_from=max(first, terms.valid_from), valid_until=min(end, terms.valid_until or end),
            kind=ContractKind.PERMANENT, weekly_minutes=self._weekly(terms), min_weekly_minutes=0,
            max_weekly_minutes=10080, max_daily_minutes=480, currency=terms.currency,
            hourly_rate_cents=cents(terms.hourly or Fraction(0)),
            monthly_salary_cents=None if terms.monthly is None else cents(terms.monthly),
            daily_rate_cents=self._daily_rate(),
            night_work=night and NIGHT_WORK[worker.permanent_nights],
            agreed_week=week,
            daily_allowance_cents=cents(worker.daily_allowance) or None,
        )  # fmt: skip

    def _weekly(self, terms: Terms) -> int:
        leave = sum(one.minutes for one in self.case.leave)
        return leave // 2 * 5 if leave else terms.weekly_minutes

    def _daily_rate(self) -> int | None:
        facts = self.example.given
        return cents(Fraction(str(facts["daily_rate"]))) if "daily_rate" in facts else None

    def _leave_days(self) -> list[date]:
        """Two days before the work, on which a leave of so many hours is taken."""
        return [self.given.first - place * DAY for place in (1, 2)] if self.case.leave else []

    def _store_agreement(self) -> None:
        begins = WEEKDAYS[self.case.employer.week_starts_on]
        text = AGREEMENT.format(law=self.given.law, begins=begins)
        for one in self.given.own.parameters.values() if self.given.own else ():
            text += SUPPLEMENT.format(
                name=one.id.partition(".")[2], topic=one.topic.id, code=one.pays[0], article=one.derogation,
                since=one.values[0].valid_from, percent=Decimal(self.example.given["cba_premium"]) * 100,
            )  # fmt: skip
        save_agreement(self.session, text, actor=PAYROLL)

    def _store_rosters(self) -> None:
        """Published weeks with the plan; a rest day has a shift on another day of its week beside it."""
        plans = list(self.shifts)
        for day in self.case.worker.rest_days:
            other = day - DAY if day.weekday() else day + DAY
            start = local_instant(other, MORNING, self.zone)
            end = start + timedelta(minutes=EIGHT_HOURS)
            plans.append(PlannedTime(start=start, end=end, minutes=EIGHT_HOURS))
        weeks: dict[date, list[PlannedTime]] = {}
        for plan in plans:
            weeks.setdefault(week_start(local_day(plan.start, self.zone)), []).append(plan)
        for monday, mine in weeks.items():
            self._store_roster(monday, mine)
        for day in self._leave_days():
            self.session.add(
                TimeOff(
                    employee_id=self.person.id, starts_on=day, ends_on=day + DAY, kind=LeaveKind.ANNUAL,
                    state=TimeOffState.APPROVED, requested_at=utc_now(),
                )
            )  # fmt: skip
        self.session.flush()

    def _store_roster(self, monday: date, plans: list[PlannedTime]) -> None:
        session, now = self.session, utc_now()
        roster = Roster(location_id=self.location.id, starts_on=monday, ends_on=monday + WEEK, created_at=now)
        version = RosterVersion(
            roster=roster, number=1, state=VersionState.DRAFT, created_at=now, created_by=MANAGER
        )
        session.add(version)
        session.flush()
        for plan in plans:
            shift = Shift(
                version_id=version.id, lineage_id=new_id(), department_id=self.department.id,
                skill_id=self.skill.id, employee_id=self.person.id, starts_at=plan.start, ends_at=plan.end,
                paid_minutes=plan.minutes,
            )  # fmt: skip
            session.add(shift)
            session.flush()
            session.add(
                CalendarEntry(
                    employee_id=self.person.id, lineage_id=shift.lineage_id, roster_id=roster.id,
                    shift_id=shift.id, starts_at=plan.start, ends_at=plan.end, summary="", place="",
                    description="", stamped_at=now,
                )
            )  # fmt: skip
        session.flush()
        version.state, version.published_at = VersionState.PUBLISHED, now
        session.flush()

    def _clock(self) -> None:
        self.first_punch: dict[datetime, UUID] = {}
        for span in self.spans:
            moments = [(span.start, PunchKind.IN), (span.end, PunchKind.OUT)]
            for start, end in span.breaks:
                moments += [(start, PunchKind.BREAK_START), (end, PunchKind.BREAK_END)]
            arrivals = [
                NewPunch(
                    self.person.id, self.location.id, at, kind, "api",
                    f"{span.start.isoformat()} {at.isoformat()} {kind.value}",
                )
                for at, kind in moments
            ]  # fmt: skip
            stored = record_punches(self.session, arrivals, actor=PAYROLL)
            self.first_punch[span.start] = next(one.id for one in stored if one.kind is PunchKind.IN)

    def _record_facts(self) -> None:
        facts = [NewPayFact(employee_id=self.person.id, reason="as the example says", **each)
                 for each in self._facts()]  # fmt: skip
        record_pay_facts(self.session, facts, may_approve=True, actor=PAYROLL)

    def _facts(self) -> Iterator[dict[str, Any]]:
        case = self.case
        for bonus in case.bonuses:
            yield {
                "kind": PayFactKind.BONUS, "day": bonus.on, "amount_cents": cents(bonus.amount),
                "effect": bonus.kind, "earned_from": bonus.earned_from, "earned_until": bonus.earned_until,
            }  # fmt: skip
        days = {
            PayFactKind.SENT_HOME: case.sent_home_on,
            PayFactKind.UNEXCUSED: {day for day in case.unexcused_on if self._has_contract(day)},
            PayFactKind.NO_DAY_OFF: case.free_days_owed,
        }
        for kind, held in days.items():
            yield from ({"kind": kind, "day": day} for day in sorted(held))
        for span in case.worked:
            punch_id = self.first_punch[span.start]
            if span.rests_given is not None:
                yield {"kind": PayFactKind.RESTS_GIVEN, "day": span.day, "count": span.rests_given}
            if span.called_back:
                yield {"kind": PayFactKind.CALLED_BACK, "punch_id": punch_id}
            if span.rate is not None:
                amount = cents(span.rate)
                yield {"kind": PayFactKind.OTHER_RATE, "punch_id": punch_id, "amount_cents": amount}

    def _has_contract(self, day: date) -> bool:
        return any(one.valid_from <= day < (one.valid_until or date.max) for one in self.person.contracts)

    # --- closing ------------------------------------------------------------------------------------------

    def close(self) -> list[PayLine]:
        """Approve and close every week that the example or its settlement period touches; the lines."""
        first, end = self._days()
        last = end - DAY
        rest = 6 - (last.weekday() - self.case.employer.week_starts_on) % 7
        for day in days_between(week_start(first), end + rest * DAY):
            if day.weekday() == 0:
                self._close_week(day)
        return list(self.session.scalars(select(PayLine).order_by(PayLine.day, PayLine.pay_code)))

    def _close_week(self, monday: date) -> None:
        sheet: Timesheet = refresh(self.session, self.person.id, monday)
        if sheet.entries:
            approve(self.session, sheet.id, expected_revision=sheet.revision, actor=MANAGER)
        period = period_for(self.session, self.location.id, monday)
        close_period(self.session, period.id, actor=PAYROLL)


def cents(amount: Fraction) -> int:
    """An amount of the example in minor units; all currencies of the examples have two digits."""
    return int(amount * 100 + Fraction(1, 2))
