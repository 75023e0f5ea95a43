"""A few changed shifts are judged as if all were judged anew."""

from __future__ import annotations

from datetime import date, timedelta
from typing import cast
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from scheduler.organisation.models import Location
from scheduler.rosters.judge import judge, judged
from scheduler.rosters.models import Shift, VersionState
from scheduler.rosters.problem import PlannedProblem, problem_for
from tests.scheduler.rosters.company import MONDAY, Company, hire, week
from tests.scheduler.rosters.open_week import HOURS, crowded_week

WHO = st.one_of(st.none(), st.integers(0, 12))
HOUR = st.sampled_from(HOURS)
DAY = st.integers(0, 6)
EDIT = st.one_of(
    st.tuples(st.just("give"), st.integers(0, 200), WHO),
    st.tuples(st.just("move"), st.integers(0, 200), DAY, HOUR),
    st.tuples(st.just("drop"), st.integers(0, 200)),
    st.tuples(st.just("add"), WHO, DAY, HOUR),
)


class Desk:
    """Shifts in hand, changed without a database."""

    def __init__(self, company: Company, shifts: list[Shift], people: list[UUID]) -> None:
        self.company, self.shifts, self.people = company, shifts, people

    def change(self, verb: str, *facts: object) -> None:
        """Give, move, drop or add a shift; ``facts`` name shift, person, day and hours."""
        if verb == "add":
            who, day, hours = facts
            self.shifts = [*self.shifts, self.shift(day, hours)]
            self.shifts[-1].employee_id = self.person(who)
            return
        if not self.shifts:
            return
        place = int(str(facts[0])) % len(self.shifts)
        old = self.shifts[place]
        if verb == "drop":
            self.shifts = [*self.shifts[:place], *self.shifts[place + 1 :]]
            return
        new = self.shift(*facts[1:]) if verb == "move" else self.copy(old)
        new.employee_id = self.person(facts[1]) if verb == "give" else old.employee_id
        self.shifts = [*self.shifts[:place], new, *self.shifts[place + 1 :]]

    def shift(self, day: object, hours: object) -> Shift:
        start, end = cast("tuple[float, float]", hours)
        return self.company.shift(None, week()[int(str(day))], start, end)

    def copy(self, old: Shift) -> Shift:
        kept = ("lineage_id", "department_id", "skill_id", "starts_at", "ends_at", "breaks", "paid_minutes")
        return Shift(**{name: getattr(old, name) for name in kept})

    def person(self, who: object) -> UUID | None:
        return None if who is None else self.people[int(str(who)) % len(self.people)]


def planned_week(
    session: Session, company: Company, jurisdiction: str
) -> tuple[PlannedProblem, list[Shift], list[UUID]]:
    """A crowded week with a published week before it, coverage, and somebody without a contract."""
    session.get_one(Location, company.location.id).jurisdiction = jurisdiction
    shifts = crowded_week(session, company, 1)
    company.cover(session, week(), 8, 16, 2, 4)
    before = MONDAY - timedelta(days=7)
    version = company.draft(
        session,
        company.roster(session, before),
        [company.shift(who, day) for who in ("Ann", "Bo") for day in week(before)[1:]],
    )
    version.state = VersionState.PUBLISHED
    stranger = hire(session, company, "S1", "Eva Wilk", contract=False)
    session.flush()
    planned = problem_for(session, company.roster(session, date(2026, 11, 23)).id)
    return planned, shifts, [*(person.id for person in company.people.values()), stranger.id]


@pytest.mark.parametrize("jurisdiction", ["pl", "br"])
def test_any_changes_are_judged_as_the_whole_roster_would_be(
    lite: Session, lite_company: Company, jurisdiction: str
):
    planned, shifts, people = planned_week(lite, lite_company, jurisdiction)

    @settings(max_examples=40)
    @given(st.lists(EDIT, max_size=6))
    def holds(edits: list[tuple[object, ...]]) -> None:
        desk = Desk(lite_company, shifts, people)
        known = judged(planned, desk.shifts)
        for verb, *facts in edits:
            desk.change(str(verb), *facts)
            known = known.with_shifts(desk.shifts)
            whole = judge(planned, desk.shifts)
            assert known.evaluation.violations == whole.violations
            assert known.evaluation.score.parts == whole.score.parts

    holds()


def test_nothing_changed_is_judged_the_same_without_asking_anybody(lite: Session, lite_company: Company):
    planned, shifts, _ = planned_week(lite, lite_company, "pl")
    known = judged(planned, shifts)
    again = known.with_shifts(list(reversed(shifts)))
    assert again.evaluation == known.evaluation
    assert known.evaluation.violations
