"""Weeks of whole organisations: many people, one or many places, six skills, all the law of Poland.

Run with ``python -m benchmarks.organisation --people 200 --seconds 60``; ``--locations 10 --floaters 50``
makes many places; ``--help`` shows what can be varied. Rules, prices, breaks and fair shares are the
product's own: only people, work and demand are made up here, the same for the same seed.
"""

import argparse
import random
import time
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from benchmarks.measuring import peak_mib, sizes, timeline
from scheduler.demand.models import CoverageRequirement
from scheduler.law.compile import rules_for
from scheduler.law.library import layers_of
from scheduler.law.subject import LawSubject
from scheduler.rosters.company_rules import COMPANY_RULES
from scheduler.rosters.shift_breaks import breaks_by_law, lawful_policies
from scheduler.rosters.timeframe import Timeframe
from scheduler.rosters.wanted import coverage_of, with_fair_targets
from scheduler.rosters.working_time_system import system_of
from solver.problem import Employee, Problem, ShiftTemplate, SkillHeld
from solver.rules.minutes import Minutes
from solver.rules.rule import Period, Scope
from solver.spans import Span
from solver.work import Work

JURISDICTION = "pl"
MONDAY = date(2026, 11, 23)
ZONE = ZoneInfo("Europe/Warsaw")
DAY, HOUR, STEP = 1440, 60, 15
BUSY = (1.05, 0.95, 0.95, 1.0, 1.15, 1.1, 0.8)
"""How much each weekday has to do, Monday first."""
PAST_WEEKS = 3


@dataclass(frozen=True)
class Job:
    """A skill, the share of people who have it first, when and when most it is wanted, usual starts."""

    skill: str
    share: float
    opens: int
    closes: int
    peaks: tuple[float, ...]
    usual: tuple[int, ...]


JOBS = (
    Job("picking", 0.30, 6, 22, (10, 17), (6, 10, 14)),
    Job("packing", 0.22, 6, 22, (12, 18), (6, 10, 14)),
    Job("service", 0.18, 8, 21, (12, 18), (8, 12)),
    Job("goods_in", 0.12, 5, 18, (7,), (5, 8)),
    Job("forklift", 0.10, 6, 22, (11,), (6, 14)),
    Job("reception", 0.08, 0, 24, (12,), (6, 14, 22)),
)
JOB = {job.skill: job for job in JOBS}


@dataclass(frozen=True)
class Terms:
    """A kind of contract: how frequent, hours a week (least, agreed, most), longest day, shifts a week."""

    weight: int
    least: int
    agreed: int
    most: int
    longest_day: int
    shifts: int
    student: bool = False


TERMS = (
    Terms(40, 32, 40, 40, 8, 5),
    Terms(20, 32, 40, 40, 10, 5),
    Terms(14, 24, 30, 34, 10, 4),
    Terms(16, 10, 20, 24, 8, 4),
    Terms(10, 0, 16, 20, 8, 2, student=True),
)


@dataclass(frozen=True)
class Person:
    """Somebody before being put into a problem."""

    id: str
    places: tuple[str, ...]
    skills: tuple[str, ...]
    terms: Terms
    born_on: date
    leave: tuple[int, ...]

    @property
    def hours(self):
        """Agreed hours of the week, less a fifth for each day of leave, up to all."""
        return self.terms.agreed * (1 - min(5, len(self.leave)) / 5)


def make_week(people=200, seed=1, start_step=30, tightness=1.0):
    """One place: its people, seven days, coverage every 15 minutes in six skills.

    ``tightness`` is how many person-hours are wanted for each agreed hour.
    """
    return _problem(1, people, 0, seed, start_step, tightness)


def make_locations(locations=10, people=1000, floaters=50, seed=1, start_step=30, tightness=1.0):
    """Many places of about the same size; ``floaters`` of all people can work at three of them."""
    return _problem(locations, people, floaters, seed, start_step, tightness)


def _problem(locations, people, floaters, seed, start_step, tightness):
    rng = random.Random(seed)
    frame = Timeframe(ZONE, MONDAY, MONDAY + timedelta(days=7))
    places = tuple(f"place{number + 1:02}" for number in range(locations))
    staff = [_person(number, (places[number % locations],), rng) for number in range(people - floaters)]
    staff += [_floater(number, places, rng) for number in range(people - floaters, people)]
    law = rules_for(JURISDICTION, frame.first_day, frame.end_day, employees=[_subject(one) for one in staff])
    templates = tuple(_templates(places, start_step))
    needs = [
        need
        for place in places
        for job in JOBS
        for need in _needs(place, job, tightness * _hours(staff, place, job), frame, rng)
    ]
    coverage = coverage_of(needs, templates, frame)
    tonight = {place: _wanted_at(coverage, place, "reception", 0) for place in places}
    employees = [_employee(one, frame, tonight, rng) for one in staff]
    return Problem(
        origin=frame.starts_at,
        zone=ZONE.key,
        days=frame.days,
        past_days=frame.past_days((frame.first_day - law.history_from).days),
        employees=with_fair_targets(employees, coverage),
        templates=templates,
        coverage=coverage,
        rules=(*COMPANY_RULES, *_longest_days(staff), *law.rules),
    )


# -- people


def _person(number, places, rng):
    first = rng.choices(JOBS, [job.share for job in JOBS])[0].skill
    others = [job.skill for job in JOBS if job.skill != first]
    more = rng.sample(others, rng.choices((0, 1, 2), (50, 35, 15))[0])
    terms = rng.choices(TERMS, [one.weight for one in TERMS])[0]
    young = terms.student and rng.random() < 0.15
    born_on = date(2009, 3, 1) if young else date(rng.randint(1965, 2006), rng.randint(1, 12), 1)
    roll, day = rng.random(), rng.randrange(7)
    leave = range(7) if roll < 0.03 else range(day, min(7, day + 3)) if roll < 0.07 else ()
    return Person(f"e{number:04}", places, (first, *more), terms, born_on, tuple(leave))


def _floater(number, places, rng):
    """Somebody who helps out at up to three places next to each other, with two or three skills."""
    at = rng.randrange(len(places))
    near = tuple(dict.fromkeys(places[(at + step) % len(places)] for step in range(3)))
    skills = tuple(rng.sample([job.skill for job in JOBS], rng.choice((2, 3))))
    born_on = date(rng.randint(1965, 2000), 1, 1)
    return Person(f"f{number:04}", near, skills, rng.choice(TERMS[:2]), born_on, ())


def _subject(person):
    longest = person.terms.longest_day * HOUR
    return LawSubject(
        id=person.id,
        born_on=person.born_on,
        system=system_of(layers_of(JURISDICTION), MONDAY, longest),
        absent_on=frozenset(MONDAY + timedelta(days=day) for day in person.leave),
    )


def _longest_days(staff):
    """The longest day of each contract, as the product says it."""
    for hours in sorted({one.terms.longest_day for one in staff}):
        ids = tuple(one.id for one in staff if one.terms.longest_day == hours)
        yield Minutes(
            maximum=hours * HOUR,
            period=Period(1),
            scope=Scope(employees=ids),
            name="contract_daily_maximum",
            source="contract",
        )


def _employee(person, frame, tonight, rng):
    agreed = round(person.hours * HOUR)
    part = person.hours / person.terms.agreed
    unavailable, preferred, unpreferred = _times(person, rng)
    return Employee(
        id=person.id,
        skills=tuple(SkillHeld(skill) for skill in person.skills),
        locations=person.places,
        unavailable=tuple(unavailable),
        preferred=tuple(preferred),
        unpreferred=tuple(unpreferred),
        minimum_minutes=round(person.terms.least * HOUR * part),
        maximum_minutes=person.terms.most * HOUR,
        target_minutes=agreed,
        balance_minutes=rng.choice((-240, -120, 0, 0, 0, 120, 240)),
        history=tuple(_history(person, frame, tonight, rng)),
    )


def _times(person, rng):
    """When somebody cannot work, would like to, and would rather not."""
    unavailable = [Span(day * DAY, (day + 1) * DAY) for day in person.leave]
    preferred, unpreferred = [], []
    evenings = rng.random() < 0.12
    for day in range(7):
        at, roll = day * DAY, rng.random()
        if person.terms.student and day < 5:
            unavailable.append(Span(at, at + 15 * HOUR))
        elif evenings and day < 5:
            unavailable.append(Span(at + 18 * HOUR, at + 24 * HOUR))
        elif roll < 0.03:
            unavailable.append(Span(at, at + DAY))
        elif roll < 0.08:
            unavailable.append(Span(at, at + 12 * HOUR))
        elif roll < 0.16:
            unpreferred.append(Span(at + 17 * HOUR, at + 24 * HOUR))
        elif roll < 0.20:
            unpreferred.append(Span(at, at + DAY))
        elif roll < 0.26:
            preferred.append(Span(at + 6 * HOUR, at + 15 * HOUR))
    return unavailable, preferred, unpreferred


def _history(person, frame, tonight, rng):
    """Three weeks of work, always with the same start, so that it keeps every rest.

    The night before the week is worked by as many as are wanted at its first minute, while there are people.
    """
    skill, place = person.skills[0], person.places[0]
    start = 15 if person.terms.student else rng.choice(JOB[skill].usual)
    length = min(person.terms.longest_day, round(person.terms.agreed / person.terms.shifts)) * HOUR
    minor = person.born_on.year == 2009
    for week in range(-PAST_WEEKS, 0):
        count = max(0, person.terms.shifts - (rng.random() < 0.25))
        days = rng.sample(range(5 if minor else 6), min(count, 5))
        if start == 22 and week == -1:
            days = [day for day in days if day < 5]
            if tonight[place] > 0:
                tonight[place] -= 1
                days = [*days[:3], 6]
        for day in days:
            at = frame.days[0].start + (7 * week + day) * DAY + start * HOUR
            yield Work(start=at, end=at + min(length, 9 * HOUR), skill=skill, location=place)


# -- work


def _templates(places, start_step):
    """Shifts of 4, 6, 8 and 10 hours in each skill, and a night of 8 hours at the reception."""
    law = breaks_by_law(layers_of(JURISDICTION), MONDAY + timedelta(days=6), sector=None)
    breaks = lawful_policies([], law)
    for place in places:
        for job in JOBS:
            yield ShiftTemplate(
                id=f"{place}.{job.skill}",
                earliest_start=job.opens * HOUR,
                latest_start=(job.closes - 4) * HOUR,
                start_step=start_step,
                latest_end=job.closes * HOUR,
                shortest=4 * HOUR,
                longest=10 * HOUR,
                length_step=2 * HOUR,
                breaks=breaks,
                skill=job.skill,
                location=place,
            )
        yield ShiftTemplate(
            id=f"{place}.night",
            earliest_start=22 * HOUR,
            latest_start=22 * HOUR,
            shortest=8 * HOUR,
            longest=8 * HOUR,
            breaks=breaks,
            skill="reception",
            location=place,
        )


def _hours(staff, place, job):
    """Agreed hours of the people of a place whose first skill it is; those of floaters in parts."""
    return sum(
        one.hours / (len(one.places) * len(_firsts(one)))
        for one in staff
        if place in one.places and job.skill in _firsts(one)
    )


def _firsts(person):
    return person.skills if person.id.startswith("f") else person.skills[:1]


def _needs(place, job, hours, frame, rng):
    """Requirements of every 15 minutes that add up to so many hours, with 70 percent of them as minimum."""
    lean = [busy * rng.uniform(0.93, 1.07) for busy in BUSY]
    steps = [
        (day * DAY + minute, lean[day] * _wave(job, minute / HOUR) * rng.uniform(0.97, 1.03))
        for day in range(7)
        for minute in range(job.opens * HOUR, job.closes * HOUR, STEP)
    ]
    low, high = 0.0, 4 * hours
    for _ in range(40):
        scale = (low + high) / 2
        if sum(round(scale * level) for _, level in steps) * STEP / HOUR < hours:
            low = scale
        else:
            high = scale
    for minute, level in steps:
        target = round(high * level)
        yield CoverageRequirement(
            id=f"{place}.{job.skill}.{minute}",
            department_id=place,
            skill_id=job.skill,
            starts_at=frame.instant(minute),
            ends_at=frame.instant(minute + STEP),
            minimum=int(target * 0.7),
            target=target,
            maximum=None,
        )


def _wave(job, hour):
    """How much is to do at an hour against the base: half at the edges, most at the peaks."""
    night = 0.35 if job.closes - job.opens == 24 and not 6 <= hour < 22 else 0.6
    return night + max(max(0.0, 1 - abs(hour - peak) / 4) for peak in job.peaks)


def _wanted_at(coverage, place, skill, minute):
    return sum(
        cover.wanted
        for cover in coverage
        if cover.location == place and cover.skill == skill and cover.start <= minute < cover.end
    )


# -- measuring


def options():
    """What can be varied."""
    found = argparse.ArgumentParser(description=__doc__)
    found.add_argument("--people", type=int, default=200)
    found.add_argument("--locations", type=int, default=1)
    found.add_argument(
        "--floaters", type=int, default=0, help="how many of the people work at several places"
    )
    found.add_argument("--seconds", type=float, default=60)
    found.add_argument("--seed", type=int, default=1, help="of the instance and of the search")
    found.add_argument("--start-step", type=int, default=30, help="minutes between possible starts")
    found.add_argument("--tightness", type=float, default=1.0, help="hours wanted for each agreed hour")
    found.add_argument("--engine", default="auto", choices=("auto", "exact", "columns", "local"))
    found.add_argument("--workers", type=int, default=2)
    return found


def main():
    chosen = options().parse_args()
    begun = time.perf_counter()
    problem = _problem(
        chosen.locations, chosen.people, chosen.floaters, chosen.seed, chosen.start_step, chosen.tightness
    )
    print(f"{sizes(problem)}; made in {time.perf_counter() - begun:.1f} s")
    from solver.lns.compiling import compile_search
    from solver.solve import solve
    from solver.stop import TimeLimit

    print(f"search compiled or loaded in {compile_search():.1f} s, not counted below", flush=True)
    result = solve(
        problem, TimeLimit(chosen.seconds), seed=chosen.seed, workers=chosen.workers, engine=chosen.engine
    )
    for line in timeline(result):
        print(line)
    print(f"peak memory           {peak_mib()} MiB")


if __name__ == "__main__":
    main()
