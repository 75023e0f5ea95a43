"""What pay is worked out from, read from the records for many people at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.kernel.clock import MINUTE, day_start, days_between, local_day, utc_now
from scheduler.kernel.effective import in_force
from scheduler.kernel.money import minor_digits
from scheduler.law.agreements import layers_in
from scheduler.law.consent_records import consents_for_law
from scheduler.law.place_calendar import place_calendar
from scheduler.law.public_holidays import HolidayClass
from scheduler.law.settlement import Settlement
from scheduler.law.subject import LawSubject
from scheduler.law.wages.pay_law import PayLaw
from scheduler.law.wages.work import Bonus, Employer, LeaveTime, PayCase, PlannedTime, WorkedTime, Worker
from scheduler.organisation.models import Location
from scheduler.pay.began_days import with_began_days
from scheduler.pay.case_facts import NOTHING, PersonFacts
from scheduler.pay.case_records import holidays_for_pay, published_days, published_work, work_between
from scheduler.pay.contract_terms import Status, in_words, salaries, stretches, terms_of, until_left
from scheduler.pay.counted_facts import allowances_between, allowances_for, facts_between
from scheduler.pay.exempt_law import ExemptLaw
from scheduler.pay.interpret import Interpreted, interpret, together
from scheduler.pay.models import PayFact, PayFactKind
from scheduler.people.contracts import contracts_between
from scheduler.people.employees import employees_with
from scheduler.people.models import Contract, Employee, JobRole, NightWork
from scheduler.rosters.working_time_system import system_of
from scheduler.timekeeping.day_rules import workday_minute
from scheduler.timekeeping.pairing import Worked, joined
from scheduler.timekeeping.time_settings import day_rules
from scheduler.timeoff.models import LeaveKind
from scheduler.timeoff.requests import time_off_between

DAY, WEEK = timedelta(days=1), timedelta(days=7)
NEAR = timedelta(days=14)
"""So far from a holiday absence can lie that takes its pay away."""
WORKING_DAYS = 5
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
    facts: dict[UUID, PersonFacts] = field(default_factory=dict)
    jobs: dict[UUID, str] = field(default_factory=dict)
    """Codes of job roles."""
    known_until: date = date.min
    """Money of this day and later, beyond the days that are paid, is not known yet."""
    days_ruled: bool = False
    """Whether a rule may give work to other days than that on which it began."""


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
        self._sector, self._place = location.sector or "", location.code
        self._known = background
        self._employer = employer
        self._exempt = ExemptLaw(law)

    def interpret(self, employee_id: UUID, worked: Iterable[Worked]) -> Interpreted:
        """The pay lines of somebody for the days, from work in them."""
        known = self._known
        contracts, facts = known.contracts.get(employee_id, []), known.facts.get(employee_id, NOTHING)
        versions = {str(one.id): in_words(one) for one in contracts}
        spans = [_span(one) for one in _whole(worked, facts)]
        found = together([
            interpret(
                employee_id, case, law, versions,
                lambda line: facts.behind(line, self._employer.week_starts_on),
            )
            for case, law in self.cases(employee_id, spans)
        ])  # fmt: skip
        unpaid = facts.unpaid_days([terms_of(one) for one in contracts], self.first, self.end)
        days = sorted({*found.days_without_contract, *unpaid})
        return replace(found, days_without_contract=tuple(days))

    def cases(
        self, employee_id: UUID, worked: Sequence[WorkedTime], planned: Sequence[PlannedTime] | None = None
    ) -> list[tuple[PayCase, PayLaw]]:
        """The cases of somebody with work in the days; that of the days around them is added.

        They are more than one where a contract that begins in the days says something else of all work, such
        as that the person is a night worker: what a week brings follows the contract of its last day.

        Parameters
        ----------
        planned
            The shifts of the days; None for those that were published.
        """
        known = self._known
        contracts, facts = known.contracts.get(employee_id, []), known.facts.get(employee_id, NOTHING)
        terms = tuple(terms_of(one) for one in contracts)
        shifts = known.planned.get(employee_id, [])
        if planned is not None:
            shifts = [*(one for one in shifts if not self._holds(one)), *planned]
        spans = facts.marked((*known.around.get(employee_id, ()), *worked))
        if known.days_ruled:
            spans = with_began_days(spans, self.zone)
        worker = Worker(
            subject=self._subject(employee_id), terms=terms, rest_days=self._rest_days(shifts),
        )  # fmt: skip
        bonuses: tuple[Bonus, ...] = (*facts.amounts(terms, known.known_until),)
        if known.known_until > date.min:
            bonuses += (*salaries(contracts, self.first, self.end),)
        if facts.allowances:
            bonuses += (*facts.paid_allowances(spans, terms, self.law, worker.subject, self.zone),)
        away = known.leave.get(employee_id, [])
        whole = PayCase(
            zone=self.zone, worker=worker, first=self.first, end=self.end, planned=tuple(shifts),
            worked=tuple(spans), employer=self._employer, bonuses=bonuses,
            leave=tuple(self._leave(away, contracts, worker.rest_days)), holidays=known.holidays,
            free_days_owed=facts.days(PayFactKind.NO_DAY_OFF),
            sent_home_on=facts.days(PayFactKind.SENT_HOME),
            unexcused_on=facts.days(PayFactKind.UNEXCUSED),
        )  # fmt: skip
        parts = stretches(contracts, self.first, self.end)
        return [self._part(whole, first, end, status) for first, end, status in parts]

    def _part(self, whole: PayCase, first: date, end: date, status: Status) -> tuple[PayCase, PayLaw]:
        """The days of a case on which one status holds, and the law they are paid by."""
        night_work, agreed_week, exempt_by, allowance_cents, kind = status
        law = self._exempt if exempt_by else self.law
        if not whole.worker.terms:
            return replace(whole, first=first, end=end), law
        held = in_force(whole.worker.terms, first) or whole.worker.terms[0]
        subject = replace(whole.worker.subject, night_worker=night_work is not None, contract=kind)
        worker = replace(
            whole.worker,
            subject=subject,
            permanent_nights=night_work is NightWork.PERMANENT,
            agreed_week=dict(enumerate(agreed_week)),
            daily_allowance=Fraction(allowance_cents, 10 ** minor_digits(held.currency)),
        )
        return replace(whole, worker=worker, first=first, end=end), law

    def _subject(self, employee_id: UUID) -> LawSubject:
        """What the law asks about somebody."""
        known, person = self._known, self._known.people[employee_id]
        longest = min((one.max_daily_minutes for one in known.contracts.get(employee_id, ())), default=0)
        away = known.leave.get(employee_id, [])
        return LawSubject(
            id=str(employee_id), born_on=person.born_on, sector=self._sector, location=self._place,
            job=known.jobs.get(person.job_role_id, "") if person.job_role_id else "",
            system=system_of(self.law.layers, self.first, longest),
            absent_on=frozenset(day for start, end, _ in away for day in days_between(start, end)),
            consents=known.consents.get(employee_id, ()),
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
    with_facts: bool = True,
) -> PayCases:
    """What the pay of people at a location is worked out from, for the civil days ``[first, end)``.

    Parameters
    ----------
    by_law
        Whether rule packs count; without them pay is what the contract says, as it was for periods that were
        closed before they did.
    with_facts
        Whether bonuses, salaries and what else happened on the days counts; a plan is priced without.

    Raises
    ------
    SchedulerError
        ``law_holidays_unknown`` where the law of the place asks for holidays of a year that it does not have.
    """
    law = PayLaw(layers_in(session, location.jurisdiction) if by_law else ())
    zone, employer = ZoneInfo(location.zone), employer_of(session, location, law, first)
    ids = list(employee_ids)
    rules = day_rules(session)
    employer = replace(employer, workday_start_minute=workday_minute(rules.get(location.id, ()), first))
    begin, finish = _reach(law, employer, first, end, ruled=bool(rules))
    people = employees_with(session, ids)
    near = (begin - NEAR, finish + NEAR)
    told = facts_between(session, ids, *near) if by_law and with_facts else {}
    wide = _widest(told, employer, (begin, finish))
    leave: dict[UUID, list[tuple[date, date, LeaveKind]]] = defaultdict(list)
    for away in time_off_between(session, ids, begin, finish) if by_law else ():
        leave[away.employee_id].append((away.starts_on, away.ends_on, away.kind))
    from_at, to_at = day_start(wide[0], zone), day_start(wide[1], zone)
    around = work_between(session, ids, (begin, first), (end, finish))
    for who, spans in work_between(session, list(told), (wide[0], begin), (finish, wide[1])).items():
        around[who] += spans
    background = Background(
        people=people,
        contracts={
            who: until_left(held, people[who].left_on)
            for who, held in contracts_between(session, ids, *wide).items()
        },
        around=around,
        planned=published_work(session, ids, from_at, to_at) if by_law else {},
        leave=leave,
        consents=consents_for_law(session, ids, law.layers) if by_law else {},
        holidays=holidays_for_pay(law, *wide),
        published=published_days(session, location.id, begin, finish)
        if "rest_day_factor" in law.topics
        else [],
        facts=_facts(session, people, told, wide) if by_law else {},
        jobs={role.id: role.code for role in session.scalars(select(JobRole))},
        days_ruled=bool(rules),
        known_until=max(end, local_day(utc_now(), zone) + DAY) if by_law and with_facts else date.min,
    )
    return PayCases(location, law, first, end, background, employer)


def _widest(
    told: Mapping[UUID, Sequence[PayFact]], employer: Employer, reach: tuple[date, date]
) -> tuple[date, date]:
    """The days whose work matters where bonuses were earned over longer than what is paid."""
    begin, finish = reach
    for fact in (each for facts in told.values() for each in facts):
        if fact.earned_from is not None and fact.earned_until is not None:
            starts = fact.earned_from - timedelta(
                days=(fact.earned_from.weekday() - employer.week_starts_on) % 7
            )
            begin, finish = min(begin, starts), max(finish, fact.earned_until + WEEK)
    return begin, finish


def _facts(
    session: Session,
    people: Mapping[UUID, Employee],
    told: Mapping[UUID, Sequence[PayFact]],
    days: tuple[date, date],
) -> dict[UUID, PersonFacts]:
    """What counts for each person; those for whom nothing does are left out."""
    allowances = allowances_between(session, *days)
    found = {}
    for who, person in people.items() if allowances else ():
        if mine := allowances_for(allowances, person):
            found[who] = PersonFacts(told.get(who, ()), mine)
    for who, facts in told.items():
        found.setdefault(who, PersonFacts(facts))
    return found


def _whole(worked: Iterable[Worked], facts: PersonFacts) -> list[Worked]:
    """The spans, those that a transfer parted as one again, unless something was said of a part."""
    groups: list[list[Worked]] = [[]]
    for span in sorted(worked, key=lambda one: one.starts_at):
        if span.punch_ids and span.punch_ids[0] in facts.punch_ids:
            groups.append([])
        groups[-1].append(span)
    return [span for group in groups for span in joined(group, across_days=False)]


def employer_of(session: Session, location: Location, law: PayLaw, day: date) -> Employer:
    """What the employer has chosen: settlement periods of the location, and workweeks as agreements say.

    Without a word about them they are calendar months, and weeks from Monday on.
    """
    known = place_calendar(session, location.id, law.layers, [ANYBODY], day, day + DAY)
    return Employer(
        week_starts_on=law.week_starts_on(ANYBODY, day),
        settlement=known.settlement or Settlement(date(2000, 1, 1)),
    )


def _reach(law: PayLaw, employer: Employer, first: date, end: date, *, ruled: bool) -> tuple[date, date]:
    """The civil days around those that are paid whose work matters to their pay.

    Their workweeks, and the settlement periods that end in them; and the day before, whose working day of the
    law may still run. Where a rule gives work to other days than that on which it began (``ruled``), the week
    of the day before too, and the day after.
    """
    begins = employer.week_starts_on
    begin = min(first - DAY, first - timedelta(days=(first.weekday() - begins) % 7))
    if ruled:
        begin = first - DAY - timedelta(days=((first - DAY).weekday() - begins) % 7)
    finish = max(end + timedelta(days=(begins - end.weekday()) % 7), end + DAY if ruled else end)
    if "overtime_week_counted" in law.topics:
        ending = (one for one in employer.settlement.periods(first, end) if first < one[1] <= end)
        begin = min([begin, *(start for start, _ in ending)])
    return begin, finish


def _span(one: Worked) -> WorkedTime:
    return WorkedTime(
        day=one.day, start=one.starts_at, end=one.ends_at, breaks=one.breaks,
        refs=one.punch_ids,
    )  # fmt: skip
