"""What would have to give so that a shift is filled, told with the records of a real company."""

from __future__ import annotations

from sqlalchemy import delete

from scheduler.people.models import EmployeeSkill
from scheduler.rosters.what_would_do import what_would_do
from tests.scheduler.rosters.company import MONDAY, week


def test_people_who_lack_the_skill_would_have_to_learn_it(lite, lite_company):
    roster = lite_company.roster(lite)
    wanted = lite_company.shift(None, MONDAY, skill=lite_company.packing)
    lite_company.draft(lite, roster, [wanted])

    found = what_would_do(lite, roster.id, wanted.lineage_id)

    assert {way.name for way in found.ways} == {"Ann Nowak", "Bo Lis", "Cy Kot", "Di Maj"}
    assert all(way.steps == ("training in Packing",) for way in found.ways)
    (told,) = found.sentences
    assert told.endswith("or others: training in Packing")


def test_nobody_is_asked_to_bend_the_law(lite, lite_company):
    c = lite_company
    roster = c.roster(lite)
    wanted = c.shift(None, week()[1], 6, 14)
    late = [c.shift(who, MONDAY, 14, 22) for who in ("Ann", "Bo", "Cy", "Di")]
    c.draft(lite, roster, [wanted, *late])

    found = what_would_do(lite, roster.id, wanted.lineage_id)

    assert found.ways == ()
    assert found.sentences == ("No change of up to 2 things about one person would fill it.",)


def test_whoever_could_take_it_as_things_are_needs_no_change(lite, lite_company):
    c = lite_company
    roster = c.roster(lite)
    lite.execute(delete(EmployeeSkill).where(EmployeeSkill.employee_id == c.people["Bo"].id))
    wanted = c.shift(None, MONDAY)
    c.draft(lite, roster, [wanted])

    assert [way.name for way in what_would_do(lite, roster.id, wanted.lineage_id).ways] == ["Bo Lis"]


def test_whoever_is_on_leave_comes_last_and_it_is_said_to_be_leave(lite, lite_company):
    c = lite_company
    roster = c.roster(lite)
    c.leave(lite, "Ann", MONDAY, week()[1])
    for who in ("Bo", "Cy", "Di"):
        lite.execute(delete(EmployeeSkill).where(EmployeeSkill.employee_id == c.people[who].id))
    wanted = c.shift(None, MONDAY)
    c.draft(lite, roster, [wanted])

    found = what_would_do(lite, roster.id, wanted.lineage_id)

    assert {way.name for way in found.ways[:3]} == {"Bo Lis", "Cy Kot", "Di Maj"}
    assert (found.ways[3].name, found.ways[3].steps) == (
        "Ann Nowak",
        ("called back from leave, Mon 23 Nov 08:00 to 16:00",),
    )
    assert found.sentences[-1] == "Ann Nowak: called back from leave, Mon 23 Nov 08:00 to 16:00"
