"""Who could take work that is no shift yet, told with the records of a real company."""

from __future__ import annotations

from uuid import uuid4

import pytest

from scheduler.kernel.errors import InvalidInput
from scheduler.rosters.who_could import who_could_work
from tests.scheduler.rosters.company import MONDAY, week


def test_whoever_is_free_comes_first_and_a_shift_already_there_stands_against_it(lite, lite_company):
    c = lite_company
    roster = c.roster(lite)
    c.draft(lite, roster, [c.shift("Ann", MONDAY, 6, 14), c.shift("Bo", MONDAY, 14, 22)])

    found = who_could_work(
        lite,
        roster.id,
        department_id=c.inbound.id,
        skill_id=c.picking.id,
        starts_at=c.at(week()[1], 6),
        ends_at=c.at(week()[1], 14),
    )

    assert [(person.name, person.able) for person in found][-1] == ("Bo Lis", False)
    assert {person.name for person in found if person.able} == {"Ann Nowak", "Cy Kot", "Di Maj"}
    assert "11 h are due (Kodeks pracy, art. 132 par. 1)" in found[-1].reasons[0]


def test_every_value_that_makes_no_sense_is_named(lite, lite_company):
    roster = lite_company.roster(lite)

    with pytest.raises(InvalidInput) as refused:
        who_could_work(
            lite,
            roster.id,
            department_id=uuid4(),
            skill_id=lite_company.inbound.id,
            starts_at=lite_company.at(MONDAY, 6),
            ends_at=lite_company.at(MONDAY, 14),
        )

    assert [error.field for error in refused.value.errors] == ["department_id", "skill_id"]
