"""Shifts have the breaks the law of their place asks for, whoever made them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from scheduler.law.breaks import break_policies, breaks_for
from scheduler.law.library import layers_of
from scheduler.law.subject import LawSubject
from scheduler.people.models import Employee
from scheduler.rosters import edit
from scheduler.rosters.add_shift import NewShift, add
from scheduler.rosters.compliance import report
from scheduler.rosters.models import Shift, ShiftTemplate
from scheduler.rosters.problem import problem_for
from scheduler.rosters.request_run import request_run
from scheduler.rosters.shift_breaks import breaks_by_law, lawful_policies, made_lawful, template_breaks
from scheduler.rosters.store_result import store_result
from scheduler.rosters.versions import shifts_of
from solver.problem import BreakPolicy
from solver.solve import solve
from solver.stop import AnyOf, TimeLimit, WorkLimit
from tests.scheduler.rosters.company import MONDAY, Company

LENGTHS = st.integers(60, 1200)
PL = layers_of("pl")


def aged(age: int | None) -> LawSubject:
    return LawSubject(id="ann", born_on=None if age is None else date(MONDAY.year - age, 1, 1))


LAW = break_policies(PL, MONDAY, aged(None))


def minutes(breaks: Iterable[dict[str, Any]], *, paid: bool) -> int:
    return sum(pause["minutes"] for pause in breaks if pause["paid"] == paid)


@given(LENGTHS, st.integers(0, 60), st.integers(61, 720), st.booleans(), st.sampled_from([None, 17, 30]))
def test_a_template_shift_has_its_own_break_and_exactly_what_the_law_asks_beyond_it(
    length: int, own: int, begins: int, own_paid: bool, age: int | None
):
    template = ShiftTemplate(break_from_minutes=begins, break_minutes=own, break_paid=own_paid)
    found = template_breaks(template, length, break_policies(PL, MONDAY, aged(age)))
    due = breaks_for(PL, MONDAY, aged(age), work_minutes=length).paid_minutes
    has_own = own if length >= begins else 0
    assert minutes(found, paid=True) == max(due, has_own if own_paid else 0)
    assert minutes(found, paid=False) == (0 if own_paid else has_own)


@given(LENGTHS, st.integers(0, 60), st.booleans())
def test_a_shift_by_hand_keeps_its_break_and_gets_what_is_missing(length: int, own: int, own_paid: bool):
    given_break = {"starts_at": None, "minutes": own, "paid": own_paid}
    found = made_lawful([given_break], length, LAW)
    assert found[0] == given_break
    due = breaks_for(PL, MONDAY, aged(None), work_minutes=length).paid_minutes
    assert minutes(found, paid=True) == max(due, own if own_paid else 0)


def test_a_break_of_any_kind_is_met_by_an_unpaid_one():
    any_break = [BreakPolicy(361, 30)]
    assert lawful_policies([BreakPolicy(300, 45)], any_break) == (BreakPolicy(300, 45),)
    assert lawful_policies([BreakPolicy(300, 20, True)], any_break) == (
        BreakPolicy(300, 20, True),
        BreakPolicy(361, 10),
    )


@pytest.mark.parametrize(("born_on", "due"), [(None, 0), (date(2009, 1, 1), 30), (date(1990, 1, 1), 0)])
def test_the_young_have_their_break_sooner(born_on: date | None, due: int):
    assert (
        minutes(made_lawful([], 300, breaks_by_law(PL, MONDAY, sector=None, born_on=born_on)), paid=True)
        == due
    )


def test_a_place_without_a_law_adds_no_break():
    assert made_lawful([], 720, breaks_by_law((), MONDAY, sector=None)) == []


def bare_template(session: Session, company: Company) -> ShiftTemplate:
    """The day template with an unpaid lunch only, for up to twelve hours."""
    template = session.merge(company.shifts_by_code["DAY"])
    template.break_minutes, template.break_paid, template.longest_minutes = 20, False, 720
    session.flush()
    return template


def test_runs_and_hands_give_a_shift_of_any_length_the_same_breaks(lite: Session, lite_company: Company):
    c = lite_company
    template = bare_template(lite, c)
    roster = c.roster(lite)
    (planned,) = problem_for(lite, roster.id).problem.templates
    shift = c.shift(None, MONDAY, 6, 9)
    shift.template_id = template.id
    c.draft(lite, roster, [shift])
    told = []
    for length in planned.lengths():
        end = shift.starts_at + timedelta(minutes=length)
        by_hand = edit.move(
            lite, roster.id, shift.lineage_id, shift.starts_at, end,
            expected_revision=roster.revision, actor=c.actor,
        ).shift  # fmt: skip
        assert by_hand is not None
        by_run = [
            {"starts_at": None, "minutes": b.minutes, "paid": b.paid} for b in planned.breaks_of(length)
        ]
        assert by_hand.breaks == by_run
        assert by_hand.paid_minutes == length - minutes(by_run, paid=False)
        told.append((length // 60, minutes(by_run, paid=False), minutes(by_run, paid=True)))
    assert told == [
        (4, 0, 0), (5, 0, 0), (6, 20, 15), (7, 20, 15), (8, 20, 15), (9, 20, 15), (10, 20, 30), (11, 20, 30),
        (12, 20, 30),
    ]  # fmt: skip


def test_a_run_plans_lawful_shifts_of_a_template_without_a_break(lite: Session, lite_company: Company):
    c = lite_company
    template = bare_template(lite, c)
    template.break_minutes = 0
    c.cover(lite, [MONDAY], 8, 16, 2)
    roster = c.roster(lite)
    run = request_run(lite, roster.id, actor=c.actor)
    planned = problem_for(lite, roster.id)
    result = solve(planned.problem, AnyOf((TimeLimit(10), WorkLimit(1))), workers=1, seed=1)
    version = store_result(lite, run.id, planned, result)
    shifts = shifts_of(lite, version.id)
    assert report(lite, version.id).clean
    assert [minutes(shift.breaks, paid=True) for shift in shifts if shift.employee_id] != []
    assert all(
        minutes(s.breaks, paid=True) == (15 if s.ends_at - s.starts_at >= timedelta(hours=6) else 0)
        for s in shifts
    )


def test_people_missing_where_no_template_fits_are_asked_for_with_a_lawful_break(
    lite: Session, lite_company: Company
):
    c = lite_company
    lite.merge(c.shifts_by_code["DAY"]).skill_id = c.packing.id
    c.cover(lite, [MONDAY], 8, 18, 1)
    roster = c.roster(lite)
    run = request_run(lite, roster.id, actor=c.actor)
    planned = problem_for(lite, roster.id)
    result = solve(planned.problem, AnyOf((TimeLimit(5), WorkLimit(1))), workers=1, seed=1)
    (shift,) = shifts_of(lite, store_result(lite, run.id, planned, result).id)
    assert (shift.employee_id, minutes(shift.breaks, paid=True), shift.paid_minutes) == (None, 30, 600)


def added(session: Session, company: Company, who: str, hours: float, unpaid: int = 0) -> Shift:
    roster = company.roster(session)
    new = NewShift(
        company.inbound.id,
        company.picking.id,
        company.at(MONDAY, 8),
        company.at(MONDAY, 8 + hours),
        employee_id=company.people[who].id,
        break_minutes=unpaid,
    )
    shift = add(session, roster.id, new, expected_revision=roster.revision, actor=company.actor).shift
    assert shift is not None
    return shift


def test_a_shift_added_by_hand_has_the_break_that_is_due(lite: Session, lite_company: Company):
    shift = added(lite, lite_company, "Ann", 8, unpaid=20)
    assert (minutes(shift.breaks, paid=False), minutes(shift.breaks, paid=True)) == (20, 15)
    assert shift.paid_minutes == 460
    assert report(lite, shift.version_id).clean


def test_a_young_person_can_be_given_a_shift_by_hand(lite: Session, lite_company: Company):
    lite.get_one(Employee, lite_company.people["Bo"].id).born_on = date(2009, 1, 1)
    shift = added(lite, lite_company, "Bo", 5)
    assert minutes(shift.breaks, paid=True) == 30
    assert report(lite, shift.version_id).clean


def test_a_shift_without_a_template_that_gets_longer_keeps_its_break_and_gets_more(
    lite: Session, lite_company: Company
):
    c = lite_company
    roster = c.roster(lite)
    shift = c.shift(None, MONDAY, 8, 13, break_minutes=0)
    shift.breaks = [{"starts_at": c.at(MONDAY, 10).isoformat(), "minutes": 10, "paid": False}]
    c.draft(lite, roster, [shift])
    edit.move(
        lite, roster.id, shift.lineage_id, c.at(MONDAY, 8), c.at(MONDAY, 18),
        expected_revision=roster.revision, actor=c.actor,
    )  # fmt: skip
    assert shift.breaks == [
        {"starts_at": None, "minutes": 10, "paid": False},
        {"starts_at": None, "minutes": 15, "paid": True},
        {"starts_at": None, "minutes": 15, "paid": True},
    ]
    assert shift.paid_minutes == 590
