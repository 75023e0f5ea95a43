"""A week with twelve people who have all sorts of reasons not to take its open shifts."""

from __future__ import annotations

import random
from datetime import timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from scheduler.people.models import EmployeeSkill
from scheduler.rosters.models import Shift
from tests.scheduler.rosters.company import Company, hire, week

HOURS = ((6, 14), (8, 16), (14, 22), (20, 28))


def crowded_week(session: Session, company: Company, seed: int) -> list[Shift]:
    """Shifts of a random week, and open ones in it; not stored yet, the people are."""
    rng = random.Random(seed)
    for number in range(8):
        name = f"P{number}"
        company.people[name] = hire(session, company, f"X{number}", f"{name} Random")
    names = list(company.people)
    for name in rng.sample(names, 2):
        person = company.people[name].id
        session.execute(delete(EmployeeSkill).where(EmployeeSkill.employee_id == person))
    for name in rng.sample(names, 2):
        first = rng.choice(week()[:6])
        company.leave(session, name, first, first + timedelta(days=2))
    worked = [
        company.shift(name, day, *rng.choice(HOURS)) for name in names for day in week() if rng.random() < 0.9
    ]
    return [*worked, *(company.shift(None, day, *rng.choice(HOURS)) for day in week())]
