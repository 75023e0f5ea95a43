"""Everybody at Kometa, and the week each of them usually works."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from api.demo.names import people_named
from api.demo.teams import FORKLIFT_WEEKS, KEY_HOLDER_WEEKS, TEAMS, Kind, Team, Terms


@dataclass(frozen=True)
class UsualShift:
    """A shift that somebody usually works, in minutes after Monday 00:00 of the location."""

    start: int
    end: int
    skill: str
    department: str

    @property
    def weekday(self) -> int:
        """Weekday on which it starts."""
        return self.start // 1440


@dataclass
class Worker:
    """One employee of Kometa."""

    number: str
    first_name: str
    last_name: str
    location: str
    department: str
    job_role: str
    kind: Kind
    weekly_hours: float
    rate_cents: int
    born_on: date
    hired_on: date
    skills: tuple[str, ...]
    week: list[UsualShift] = field(default_factory=list)
    free_weekday: int | None = None
    """A weekday on which this person cannot work."""


def everybody(rng: random.Random) -> list[Worker]:
    """The staff of all three locations."""
    workers: list[Worker] = []
    for location in ("WAW", "MNL", "SFO"):
        teams = [team for team in TEAMS if team.location == location]
        small = _small_team(location)
        count = sum(terms.people for team in teams for terms in team.terms) + (len(small[1]) if small else 0)
        names = iter(people_named(location, count, rng))
        numbers = (f"{location[0]}{number:03}" for number in range(1, count + 1))
        for team in teams:
            workers += _team(team, names, numbers, rng)
        if small:
            workers += _hand_made(*small, names, numbers, rng)
    return workers


def _small_team(location: str) -> tuple[Team, Sequence[tuple[tuple[int, int], ...]]] | None:
    if location == "WAW":
        drivers = Team("WAW", "INB", "forklift", "picking", "driver", (), (3900, 4600), ())
        return drivers, FORKLIFT_WEEKS
    if location == "SFO":
        leads = Team("SFO", "FLOOR", "key_holder", "sales", "lead", (), (3000, 3600), ())
        return leads, KEY_HOLDER_WEEKS
    return None


def _team(
    team: Team, names: Iterator[tuple[str, str]], numbers: Iterator[str], rng: random.Random
) -> Iterator[Worker]:
    load = [0.0] * 7
    place = 0
    for terms in team.terms:
        for turn in range(terms.people):
            second = team.second_skill if place % 3 == 1 else None
            worker = _worker(team, terms.kind, terms.weekly_hours, second, next(names), next(numbers), rng)
            if terms.kind == "part_time" and turn % 2 == 0:
                worker.free_weekday = turn // 2
            start = terms.starts[turn % len(terms.starts)]
            shifts = terms.shifts[turn % len(terms.shifts)]
            _plan_week(worker, team, terms, start, shifts, load)
            place += 1
            yield worker


def _plan_week(worker: Worker, team: Team, terms: Terms, start: int, shifts: int, load: list[float]) -> None:
    """Give a worker shifts on the days that lack most of what they should have."""
    days = [day for day in range(7) if day != worker.free_weekday]
    for _ in range(shifts):
        day = min(days, key=lambda each: (load[each] / team.weekdays[each], each))
        days.remove(day)
        load[day] += terms.length_minutes
        begins = day * 1440 + start
        worker.week.append(UsualShift(begins, begins + terms.length_minutes, team.skill, team.department))
    worker.week.sort(key=lambda shift: shift.start)


def _hand_made(
    team: Team,
    weeks: Sequence[tuple[tuple[int, int], ...]],
    names: Iterator[tuple[str, str]],
    numbers: Iterator[str],
    rng: random.Random,
) -> Iterator[Worker]:
    """The small teams: all full-time but the last of each."""
    length = 480 if team.location == "WAW" else 510
    for place, week in enumerate(weeks):
        last = place == len(weeks) - 1
        kind: Kind = "part_time" if last else "permanent"
        hours = 16 if last else 40
        worker = _worker(team, kind, hours, team.second_skill, next(names), next(numbers), rng)
        worker.week = [
            UsualShift(day * 1440 + start, day * 1440 + start + length, team.skill, team.department)
            for day, start in week
        ]
        yield worker


def _worker(
    team: Team,
    kind: Kind,
    weekly_hours: float,
    second_skill: str | None,
    name: tuple[str, str],
    number: str,
    rng: random.Random,
) -> Worker:
    young = kind == "student"
    born = date(rng.randint(2001, 2006) if young else rng.randint(1965, 2000), 1, 1)
    years = {"permanent": (2018, 2025), "part_time": (2020, 2025), "student": (2025, 2025)}
    first, last = years.get(kind, (2026, 2026))
    hired = date(rng.randint(first, last), rng.randint(1, 8), 1)
    return Worker(
        number=number,
        first_name=name[0],
        last_name=name[1],
        location=team.location,
        department=team.department,
        job_role=team.job_role,
        kind=kind,
        weekly_hours=weekly_hours,
        rate_cents=rng.randrange(team.rates[0], team.rates[1], 25),
        born_on=born + timedelta(days=rng.randrange(365)),
        hired_on=hired,
        skills=(team.skill, second_skill) if second_skill else (team.skill,),
    )
