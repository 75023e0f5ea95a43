"""A run is refused, with what is missing, before anybody waits for it."""

from __future__ import annotations

import threading
from datetime import date, timedelta

import pytest
from sqlalchemy import delete, select, text
from sqlalchemy.orm import Session

from scheduler.db.session import Database
from scheduler.kernel.errors import InvalidInput, SchedulerError
from scheduler.people.models import Contract
from scheduler.rosters.models import Roster, Run, RunState, ShiftTemplate
from scheduler.rosters.request_run import request_run
from tests.scheduler.rosters.company import MONDAY, Company, week


def refusal_of(session: Session, company: Company, monday: date = MONDAY) -> SchedulerError:
    roster = company.roster(session, monday)
    with pytest.raises(SchedulerError) as refusal:
        request_run(session, roster.id, actor=company.actor)
    assert session.scalars(select(Run)).all() == []
    return refusal.value


def test_a_run_is_queued_with_what_was_asked(lite: Session, lite_company: Company):
    lite_company.cover(lite, week(), 8, 16, 1)
    run = request_run(lite, lite_company.roster(lite).id, actor=lite_company.actor, seconds=5, seed=7)
    assert (run.state, run.seconds, run.seed, run.requested_by) == (
        RunState.QUEUED,
        5,
        7,
        lite_company.actor,
    )


def test_a_week_without_demand_asks_for_it(lite: Session, lite_company: Company):
    refusal = refusal_of(lite, lite_company)
    assert refusal.code == "no_coverage"
    assert refusal.facts["hint"] == (
        "import the demand of WAW for these days: how many people are needed when"
    )


def test_a_week_without_templates_asks_for_them(lite: Session, lite_company: Company):
    lite_company.cover(lite, week(), 8, 16, 1)
    lite.execute(delete(ShiftTemplate))
    assert refusal_of(lite, lite_company).code == "no_shift_templates"


def test_a_place_without_people_asks_for_them(lite: Session, lite_company: Company):
    lite_company.cover(lite, week(), 8, 16, 1)
    lite.execute(text("UPDATE employees SET left_on = '2026-01-01'"))
    assert refusal_of(lite, lite_company).code == "no_employees"


def test_people_without_contracts_are_named(lite: Session, lite_company: Company):
    lite_company.cover(lite, week(), 8, 16, 1)
    lite.execute(delete(Contract))
    refusal = refusal_of(lite, lite_company)
    assert refusal.code == "no_contracts"
    assert refusal.facts["employees"] == ["Cy Kot", "Bo Lis", "Di Maj", "Ann Nowak"]


def test_a_week_that_is_over_is_refused(lite: Session, lite_company: Company):
    assert refusal_of(lite, lite_company, date(2026, 11, 2)).code == "week_is_past"


def test_a_week_that_has_begun_can_still_be_planned(lite: Session, lite_company: Company):
    monday = date(2026, 11, 9)
    lite_company.cover(lite, week(monday), 8, 16, 1)
    request_run(lite, lite_company.roster(lite, monday).id, actor="system")


def test_pins_that_break_a_rule_together_are_refused_with_the_rule(lite: Session, lite_company: Company):
    c = lite_company
    c.cover(lite, week(), 8, 16, 1)
    tuesday = MONDAY + timedelta(days=1)
    pins = [c.shift("Ann", MONDAY, 14, 22, pinned=True), c.shift("Ann", tuesday, 6, 14, pinned=True)]
    c.draft(lite, c.roster(lite), pins)
    refusal = refusal_of(lite, c)
    assert refusal.code == "contradictory_pins"
    assert "pl.daily_rest.min" in [violation["name"] for violation in refusal.facts["violations"]]


def test_a_pin_of_somebody_without_a_contract_is_refused_by_name(lite: Session, lite_company: Company):
    c = lite_company
    c.cover(lite, week(), 8, 16, 1)
    c.draft(lite, c.roster(lite), [c.shift("Ann", MONDAY, pinned=True)])
    lite.execute(delete(Contract).where(Contract.employee_id == c.people["Ann"].id))
    refusal = refusal_of(lite, c)
    assert refusal.code == "pin_left_out"
    assert refusal.facts["hint"].startswith("Ann Nowak is pinned to a shift without a contract")


@pytest.mark.parametrize(
    ("seconds", "seed", "field"), [(0, 1, "seconds"), (3601, 1, "seconds"), (5, -1, "seed")]
)
def test_bounds_are_said(lite: Session, lite_company: Company, seconds: int, seed: int, field: str):
    roster = lite_company.roster(lite)
    with pytest.raises(InvalidInput) as refusal:
        request_run(lite, roster.id, actor="system", seconds=seconds, seed=seed)
    assert [error.field for error in refusal.value.errors] == [field]


def test_of_two_runs_asked_for_at_once_one_is_queued(database: Database, company: Company):
    with database.write(company.organisation_id) as session:
        company.cover(session, week(), 8, 16, 1)
        roster: Roster = company.roster(session)
    outcomes: list[str] = []
    gate = threading.Barrier(2)

    def ask() -> None:
        gate.wait()
        try:
            with database.write(company.organisation_id) as session:
                request_run(session, roster.id, actor=company.actor)
            outcomes.append("queued")
        except SchedulerError as refusal:
            outcomes.append(refusal.code)

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["queued", "run_in_progress"]
    with database.write(company.organisation_id) as session:
        session.scalars(select(Run)).one().state = RunState.FAILED
        request_run(session, roster.id, actor=company.actor)
