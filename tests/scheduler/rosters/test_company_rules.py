"""Rest and days off that every roster keeps, with a law and without."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from scheduler.organisation.models import Location
from scheduler.rosters.compliance import compliance_of
from scheduler.rosters.judge import hard, judge, violation_json
from scheduler.rosters.models import Roster, Shift, VersionState
from scheduler.rosters.problem import problem_for
from scheduler.rosters.versions import shifts_of
from solver.solve import solve
from solver.stop import AnyOf, TimeLimit, WorkLimit
from tests.scheduler.rosters.company import MONDAY, Company, week

COMPANY = ("rest_between_shifts", "days_in_a_row")


def in_place(session: Session, company: Company, jurisdiction: str) -> Roster:
    """The week's roster, its location moved under another law."""
    session.get_one(Location, company.location.id).jurisdiction = jurisdiction
    session.flush()
    return company.roster(session)


def worked_before(session: Session, company: Company, shifts: Sequence[Shift]) -> None:
    """Published work of the week before, as it was before anybody checked it."""
    version = company.draft(session, company.roster(session, MONDAY - timedelta(days=7)), shifts)
    version.state = VersionState.PUBLISHED
    session.flush()


def broken(session: Session, company: Company, roster: Roster, shifts: Sequence[Shift]) -> dict[str, str]:
    """The rules of the company that a draft breaks, with their sentences."""
    version = company.draft(session, roster, shifts)
    planned = problem_for(session, roster.id)
    found = hard(judge(planned, shifts_of(session, version.id)).violations)
    return {v.name: violation_json(planned, v)["text"] for v in found if v.name in COMPANY}


def test_without_a_law_a_short_rest_is_refused_all_the_same(lite: Session, lite_company: Company):
    c = lite_company
    shifts = [c.shift("Ann", MONDAY, 18, 27), c.shift("Ann", week()[1], 8, 13)]
    assert broken(lite, c, in_place(lite, c, "br"), shifts) == {
        "rest_between_shifts": "Ann Nowak would rest 5 h between two shifts, "
        "Mon 23 Nov 18:00 to Tue 24 Nov 03:00, Tue 24 Nov 08:00 to 13:00; 11 h are due."
    }


def test_exactly_eleven_hours_are_enough(lite: Session, lite_company: Company):
    c = lite_company
    shifts = [c.shift("Ann", MONDAY, 12, 20), c.shift("Ann", week()[1], 7, 15)]
    assert broken(lite, c, in_place(lite, c, "br"), shifts) == {}


def test_a_seventh_day_in_a_row_is_refused_and_the_week_before_counts(lite: Session, lite_company: Company):
    c = lite_company
    roster = in_place(lite, c, "br")
    worked_before(lite, c, [c.shift("Ann", MONDAY - timedelta(days=n)) for n in (1, 2, 3)])
    assert broken(lite, c, roster, [c.shift("Ann", day) for day in week()[:3]]) == {}
    assert broken(lite, c, roster, [c.shift("Ann", day) for day in week()[:4]]) == {
        "days_in_a_row": "Ann Nowak would work 7 days in a row from 20 Nov; at most 6 days are allowed."
    }


def test_the_last_night_of_the_week_before_counts(lite: Session, lite_company: Company):
    c = lite_company
    roster = in_place(lite, c, "br")
    worked_before(lite, c, [c.shift("Ann", MONDAY - timedelta(days=1), 22, 30)])
    assert set(broken(lite, c, roster, [c.shift("Ann", MONDAY, 14, 22)])) == {"rest_between_shifts"}
    assert broken(lite, c, roster, [c.shift("Ann", MONDAY, 17, 22)]) == {}


@pytest.mark.parametrize("jurisdiction", ["pl", "br"])
def test_what_history_broke_is_not_charged_and_the_week_can_be_planned(
    lite: Session, lite_company: Company, jurisdiction: str
):
    c = lite_company
    roster = in_place(lite, c, jurisdiction)
    before = [c.shift("Ann", MONDAY - timedelta(days=n), 6, 14) for n in (1, 3, 4, 5, 6, 7)]
    worked_before(lite, c, [*before, c.shift("Ann", MONDAY - timedelta(days=2), 14, 22)])
    c.cover(lite, week()[:2], 8, 16, 1)
    planned = problem_for(lite, roster.id)
    assert judge(planned, []).clean
    result = solve(planned.problem, AnyOf((TimeLimit(10), WorkLimit(1))), workers=1, seed=1)
    assert (result.score.hard, result.score.mandatory) == (0, 0)
    assert len(result.roster) >= 2
    assert not any(work.start < 1440 for work in result.roster.of(str(c.people["Ann"].id)))


def test_the_week_after_leaves_rest_before_what_is_already_known(lite: Session, lite_company: Company):
    c = lite_company
    roster = in_place(lite, c, "br")
    later = MONDAY + timedelta(days=7)
    version = c.draft(lite, c.roster(lite, later), [c.shift("Ann", later, 6, 14)])
    version.state = VersionState.PUBLISHED
    lite.flush()
    assert set(broken(lite, c, roster, [c.shift("Ann", week()[6], 14, 22)])) == {"rest_between_shifts"}


def test_a_place_without_a_law_says_which_rules_were_kept(lite: Session, lite_company: Company):
    planned = problem_for(lite, in_place(lite, lite_company, "br").id)
    assert [note["text"] for note in planned.notes if note["code"] == "company_rules"] == [
        "Kept all the same, as company rules: at least 11 h of rest between shifts, at most 6 working days "
        "in a row, one shift a day, and the hours of each contract."
    ]
    assert any("at least 11 h of rest" in note for note in compliance_of(planned, []).notes)
    polish = problem_for(lite, in_place(lite, lite_company, "pl").id)
    assert "company_rules" not in [note["code"] for note in polish.notes]


@pytest.mark.parametrize("jurisdiction", ["pl", "br"])
def test_rules_of_the_company_are_hard_and_named_everywhere(
    lite: Session, lite_company: Company, jurisdiction: str
):
    planned = problem_for(lite, in_place(lite, lite_company, jurisdiction).id)
    found = {rule.name: (rule.level, rule.source) for rule in planned.problem.rules}
    assert {found[name] for name in COMPANY} == {("hard", "company rule")}
