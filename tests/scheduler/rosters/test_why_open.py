"""Why a shift is open, told with the records of a real company."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import delete

from scheduler.kernel.errors import SchedulerError
from scheduler.people.models import Employee, EmployeeSkill
from scheduler.rosters.edit import assign
from scheduler.rosters.why_open import WhyOpen, why_open
from tests.scheduler.rosters.company import MONDAY, week


def test_whoever_is_free_and_skilled_could_take_the_shift(lite, lite_company):
    roster = lite_company.roster(lite)
    wanted = lite_company.shift(None, MONDAY)
    lite_company.draft(lite, roster, [wanted, lite_company.shift("Ann", MONDAY)])

    found = why_open(lite, roster.id, wanted.lineage_id)

    assert {person.name for person in found.able} == {"Bo Lis", "Cy Kot", "Di Maj"}
    assert found.summary.endswith("could take it without breaking a rule.")
    ann = next(person for person in found.people if person.name == "Ann Nowak")
    assert ann.reasons[0] == "already works at that time: Mon 23 Nov 08:00 to 16:00"
    assert not any("already has a shift" in reason for reason in ann.reasons)


def test_a_skill_nobody_has_and_leave_are_told_as_reasons(lite, lite_company):
    roster = lite_company.roster(lite)
    lite_company.leave(lite, "Ann", MONDAY, week()[2])
    wanted = lite_company.shift(None, MONDAY, skill=lite_company.packing)
    lite_company.draft(lite, roster, [wanted])

    found = why_open(lite, roster.id, wanted.lineage_id)

    assert not found.able
    assert found.summary == "Nobody of 4 people can take it: 4 lack the skill Packing."
    ann = next(person for person in found.people if person.name == "Ann Nowak")
    assert ann.reasons == ("has no valid skill Packing at that time", "is on leave")


def test_each_person_is_counted_once_by_what_is_hardest_to_change(lite, lite_company):
    c = lite_company
    roster = c.roster(lite)
    lite.execute(delete(EmployeeSkill).where(EmployeeSkill.employee_id == c.people["Ann"].id))
    for who in ("Ann", "Bo"):
        c.leave(lite, who, MONDAY, week()[2])
    wanted = c.shift(None, week()[1], 6, 14)
    taken = [c.shift("Cy", week()[1], 12, 20), c.shift("Di", MONDAY, 14, 22)]
    c.draft(lite, roster, [wanted, *taken])

    assert why_open(lite, roster.id, wanted.lineage_id).summary == (
        "Nobody of 4 people can take it: 1 lacks the skill Picking, 1 is not available, "
        "1 works already at that time, 1 would rest too little."
    )


def test_too_short_a_rest_is_told_with_its_paragraph(lite, lite_company):
    roster = lite_company.roster(lite)
    wanted = lite_company.shift(None, week()[1], 6, 14)
    lite_company.draft(lite, roster, [wanted, lite_company.shift("Ann", MONDAY, 14, 22)])

    found = why_open(lite, roster.id, wanted.lineage_id)

    ann = next(person for person in found.people if person.name == "Ann Nowak")
    assert not ann.able
    assert ann.reasons[0] == (
        "would have 8 h of uninterrupted rest in the 24 h from Mon 23 Nov 14:00; 11 h are due "
        "(Kodeks pracy, art. 132 par. 1)"
    )
    assert not any("company rule" in reason for reason in ann.reasons)


def test_whoever_is_said_to_be_able_can_be_given_the_shift_and_nobody_else(lite, lite_company):
    roster = lite_company.roster(lite)
    wanted = lite_company.shift(None, week()[1], 6, 14)
    taken = [lite_company.shift("Ann", MONDAY, 14, 22), lite_company.shift("Bo", week()[1], 8, 16)]
    lite_company.draft(lite, roster, [wanted, *taken])

    for person in why_open(lite, roster.id, wanted.lineage_id).people:
        savepoint = lite.begin_nested()
        give = {"expected_revision": roster.revision, "actor": lite_company.actor}
        if person.able:
            assign(lite, roster.id, wanted.lineage_id, person.employee_id, **give)
        else:
            with pytest.raises(SchedulerError) as refused:
                assign(lite, roster.id, wanted.lineage_id, person.employee_id, **give)
            assert refused.value.code == "breaks_hard_rules"
        savepoint.rollback()
        lite.expire_all()


def test_a_shift_that_is_not_in_the_roster_is_refused(lite, lite_company):
    roster = lite_company.roster(lite)

    with pytest.raises(SchedulerError) as refused:
        why_open(lite, roster.id, uuid4())
    assert refused.value.code == "shift_not_found"


def test_without_people_it_says_so(lite, lite_company):
    for person in lite.query(Employee):
        person.left_on = MONDAY
    roster = lite_company.roster(lite)
    wanted = lite_company.shift(None, MONDAY)
    lite_company.draft(lite, roster, [wanted])

    found = why_open(lite, roster.id, wanted.lineage_id)

    assert found.summary == "Nobody with a contract works at this location in this week."


def test_whoever_has_a_shift_is_not_said_to_be_able_to_take_it(lite, lite_company):
    c = lite_company
    roster = c.roster(lite)
    mine = c.shift("Ann", MONDAY)
    c.draft(lite, roster, [mine, c.shift("Cy", MONDAY), c.shift("Di", MONDAY)])

    found = why_open(lite, roster.id, mine.lineage_id)
    assert found.summary == "Bo Lis could take it without breaking a rule."

    c.leave(lite, "Bo", MONDAY, week()[1])
    found = why_open(lite, roster.id, mine.lineage_id)
    assert found.summary == "Nobody of 3 people can take it: 1 is not available, 2 work already at that time."

    alone = WhyOpen(mine, tuple(person for person in found.people if person.name == "Ann Nowak"))
    assert alone.summary == "Nobody else with a contract works at this location in this week."


def test_who_is_on_leave_is_told_of_last(lite, lite_company):
    c = lite_company
    roster = c.roster(lite)
    c.leave(lite, "Ann", MONDAY, week()[1])
    wanted = c.shift(None, MONDAY)
    c.draft(lite, roster, [wanted, *(c.shift(who, MONDAY) for who in ("Bo", "Cy", "Di"))])

    assert why_open(lite, roster.id, wanted.lineage_id).people[-1].reasons == ("is on leave",)
