"""Where one more person would help, told with the records of a real company."""

from __future__ import annotations

from sqlalchemy import delete

from scheduler.people.models import EmployeeSkill
from scheduler.rosters.one_more_person import further_people, one_more_person
from tests.scheduler.rosters.company import MONDAY, week

PEOPLE = ("Ann", "Bo", "Cy", "Di")


def test_it_says_when_pickers_are_missing_and_what_a_new_one_would_work(lite, lite_company):
    c = lite_company
    roster = c.roster(lite)
    c.cover(lite, [MONDAY], 8, 16, 1, 2)
    c.draft(lite, roster, [c.shift("Ann", MONDAY), c.shift(None, MONDAY)])

    found = one_more_person(lite, roster.id, seconds=30)

    (picking,) = found.missing
    assert (picking.skill, picking.department, picking.minutes, picking.mandatory_minutes) == (
        "Picking",
        "Inbound",
        480,
        0,
    )
    (stretch,) = picking.stretches
    assert (stretch.starts_at, stretch.ends_at) == (c.at(MONDAY, 8), c.at(MONDAY, 16))
    assert stretch.gains == (480,)
    assert stretch.sentence.startswith("Mon 23 Nov 08:00 to 16:00: 1 more person there would fill 8 h")
    first = picking.new_people[0]
    assert first.like in {"Ann Nowak", "Bo Lis", "Cy Kot", "Di Maj"}
    assert first.contract_minutes == 2880
    assert [(work.starts_at, work.ends_at) for work in first.works] == [(c.at(MONDAY, 8), c.at(MONDAY, 16))]
    assert [(each.skill_id, each.minutes) for each in first.filled] == [(c.picking.id, 480)]
    assert found.in_time
    assert found.sentences[0] == "Where one more person would help"


def test_whoever_could_be_trained_is_named(lite, lite_company):
    c = lite_company
    roster = c.roster(lite)
    for who in PEOPLE[1:]:
        lite.execute(delete(EmployeeSkill).where(EmployeeSkill.employee_id == c.people[who].id))
    c.leave(lite, "Di", MONDAY, week()[6])
    c.cover(lite, [MONDAY], 8, 16, 2)
    c.draft(lite, roster, [c.shift("Ann", MONDAY)])

    found = one_more_person(lite, roster.id, seconds=30)

    (training,) = found.training
    assert (training.skill, training.lacking, training.tried) == ("Picking", 3, 3)
    assert [each.name for each in training.best] == ["Bo Lis", "Cy Kot"]
    assert [(work.starts_at, work.ends_at) for work in training.best[0].takes] == [
        (c.at(MONDAY, 8), c.at(MONDAY, 16))
    ]


def test_a_week_in_which_nothing_is_missing_says_so(lite, lite_company):
    c = lite_company
    roster = c.roster(lite)
    c.cover(lite, [MONDAY], 8, 16, 1)
    c.draft(lite, roster, [c.shift("Ann", MONDAY)])

    found = further_people(lite, roster.id)

    assert found.missing == ()
    assert found.sentences == ("Nothing is missing: one more person would fill nothing.",)


def test_an_open_shift_counts_for_itself_where_no_demand_is_known_for_its_time(lite, lite_company):
    c = lite_company
    roster = c.roster(lite)
    c.cover(lite, [MONDAY], 8, 16, 1)
    tuesday = c.shift(None, week()[1])
    c.draft(lite, roster, [c.shift("Ann", MONDAY), c.shift(None, MONDAY, 10, 14), tuesday])

    (picking,) = further_people(lite, roster.id).missing

    assert [(each.starts_at, each.ends_at, each.gains) for each in picking.stretches] == [
        (tuesday.starts_at, tuesday.ends_at, (480,))
    ]


def test_a_pinned_open_shift_counts_for_itself_in_any_case(lite, lite_company):
    c = lite_company
    roster = c.roster(lite)
    c.cover(lite, [MONDAY], 8, 16, 1)
    pinned = c.shift(None, MONDAY, 10, 14, pinned=True)
    c.draft(lite, roster, [c.shift("Ann", MONDAY), pinned])

    (picking,) = further_people(lite, roster.id).missing

    assert [(each.starts_at, each.mandatory_minutes) for each in picking.stretches] == [
        (pinned.starts_at, 240)
    ]


def test_what_is_pinned_is_not_given_up_for_a_training(lite, lite_company):
    c = lite_company
    roster = c.roster(lite)
    for who in PEOPLE[1:]:
        lite.execute(delete(EmployeeSkill).where(EmployeeSkill.employee_id == c.people[who].id))
    for who in ("Cy", "Di"):
        c.leave(lite, who, MONDAY, week()[6])
    c.cover(lite, [MONDAY], 8, 16, 2)
    elsewhere = c.shift("Bo", MONDAY, 8, 16, pinned=True, skill=c.packing, department=c.outbound)
    c.draft(lite, roster, [c.shift("Ann", MONDAY), elsewhere])

    (training,) = one_more_person(lite, roster.id, seconds=30).training

    assert training.best == ()
