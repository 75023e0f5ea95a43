"""Why a shift is open, told with the records of a real company."""

from __future__ import annotations

from uuid import uuid4

import pytest

from scheduler.kernel.errors import SchedulerError
from scheduler.people.models import Employee
from scheduler.rosters.edit import assign
from scheduler.rosters.why_open import why_open
from tests.scheduler.rosters.company import MONDAY, week


def test_whoever_is_free_and_skilled_could_take_the_shift(lite, lite_company):
    roster = lite_company.roster(lite)
    wanted = lite_company.shift(None, MONDAY)
    lite_company.draft(lite, roster, [wanted, lite_company.shift("Ann", MONDAY)])

    found = why_open(lite, roster.id, wanted.lineage_id)

    assert {person.name for person in found.able} == {"Bo Lis", "Cy Kot", "Di Maj"}
    assert found.summary.endswith("could take it without breaking a rule.")
    ann = next(person for person in found.people if person.name == "Ann Nowak")
    assert "already works at that time" in ann.reasons


def test_a_skill_nobody_has_and_leave_are_told_as_reasons(lite, lite_company):
    roster = lite_company.roster(lite)
    lite_company.leave(lite, "Ann", MONDAY, week()[2])
    wanted = lite_company.shift(None, MONDAY, skill=lite_company.packing)
    lite_company.draft(lite, roster, [wanted])

    found = why_open(lite, roster.id, wanted.lineage_id)

    assert not found.able
    assert found.summary.startswith(
        "Nobody of 4 people can take it: 4 without the skill, 1 not available then"
    )
    ann = next(person for person in found.people if person.name == "Ann Nowak")
    assert "is not available for 8 h of it" in ann.reasons
    assert "has no valid skill Packing at that time" in ann.reasons


def test_too_short_a_rest_is_told_with_its_paragraph(lite, lite_company):
    roster = lite_company.roster(lite)
    wanted = lite_company.shift(None, week()[1], 6, 14)
    lite_company.draft(lite, roster, [wanted, lite_company.shift("Ann", MONDAY, 14, 22)])

    found = why_open(lite, roster.id, wanted.lineage_id)

    ann = next(person for person in found.people if person.name == "Ann Nowak")
    assert not ann.able
    assert any("rest" in reason and "art. 132" in reason for reason in ann.reasons), ann.reasons


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
