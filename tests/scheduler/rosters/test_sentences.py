"""Breaches are told with the person, the local time and what is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from scheduler.people.models import Employee
from scheduler.rosters.judge import judge, violation_json
from scheduler.rosters.models import Shift
from scheduler.rosters.problem import problem_for
from scheduler.rosters.sentences import sentence_of
from scheduler.rosters.versions import shifts_of
from solver.spans import Span
from solver.violation import Violation
from tests.scheduler.rosters.company import MONDAY, Company, hire

TUESDAY = MONDAY + timedelta(days=1)


def told(session: Session, company: Company, shifts: Sequence[Shift]) -> set[str]:
    """The sentences of everything hard or mandatory."""
    roster = company.roster(session)
    version = company.draft(session, roster, shifts)
    planned = problem_for(session, roster.id)
    found = judge(planned, shifts_of(session, version.id)).violations
    return {violation_json(planned, violation)["text"] for violation in found if violation.level != "soft"}


def test_a_missing_skill_is_named(lite: Session, lite_company: Company):
    c = lite_company
    assert told(lite, c, [c.shift("Ann", MONDAY, skill=c.packing)]) == {
        "Ann Nowak has no valid skill Packing on Mon 23 Nov 08:00 to 16:00."
    }


def test_leave_and_a_missing_contract_are_told(lite: Session, lite_company: Company):
    c = lite_company
    c.leave(lite, "Bo", MONDAY, TUESDAY)
    c.people["Eva"] = hire(lite, c, "E9", "Eva Wilk", contract=False)
    when = "Mon 23 Nov 08:00 to 16:00"
    assert told(lite, c, [c.shift("Bo", MONDAY), c.shift("Eva", MONDAY)]) == {
        f"Bo Lis is not available for 8 h of {when}.",
        f"Eva Wilk has no contract here in these days, but has a shift on {when}.",
    }


def test_the_law_speaks_in_its_own_words(lite: Session, lite_company: Company):
    c = lite_company
    sentences = told(lite, c, [c.shift("Ann", MONDAY, 14, 22), c.shift("Ann", TUESDAY, 6, 14)])
    assert (
        "Ann Nowak has 8 h of uninterrupted rest in the 24 h from Mon 23 Nov 14:00; 11 h are due."
        in sentences
    )


def test_working_twice_is_told_with_both_times(lite: Session, lite_company: Company):
    c = lite_company
    sentences = told(lite, c, [c.shift("Ann", MONDAY, 8, 12), c.shift("Ann", MONDAY, 10, 14)])
    both = "Mon 23 Nov 08:00 to 12:00, Mon 23 Nov 10:00 to 14:00"
    assert f"Ann Nowak would work twice at the same time: {both}." in sentences
    assert f"Ann Nowak would have more than one shift in a day: {both}." in sentences


def test_missing_people_are_told_with_department_and_skill(lite: Session, lite_company: Company):
    c = lite_company
    c.cover(lite, [MONDAY], 8, 16, 2)
    assert told(lite, c, [c.shift("Ann", MONDAY)]) == {
        "8 h of Picking in Inbound are missing from Mon 23 Nov 08:00 to 16:00."
    }


@pytest.mark.parametrize("name", ["contract_maximum", "contract_daily_maximum"])
def test_hours_beyond_the_contract_are_told(lite: Session, lite_company: Company, name: str):
    c = lite_company
    planned = problem_for(lite, c.roster(lite).id)
    breach = Violation(
        rule="minutes",
        name=name,
        level="hard",
        short_by=60,
        unit="minutes",
        cost=60,
        employee=str(lite.get_one(Employee, c.people["Ann"].id).id),
        spans=(Span(0, 60),),
        facts={"maximum": 2880, "actual": 2940},
    )
    assert "Ann Nowak would work 49 h in " in sentence_of(planned, breach)
    assert sentence_of(planned, breach).endswith("the contract allows 48 h.")
