"""Why somebody does not have a shift, told with the records of a real company."""

from __future__ import annotations

from uuid import uuid4

import pytest

from scheduler.kernel.errors import SchedulerError
from scheduler.rosters.why_not import why_not
from tests.scheduler.rosters.company import MONDAY, week


def test_whoever_could_not_take_a_shift_is_told_why_in_words_of_the_law(lite, lite_company):
    roster = lite_company.roster(lite)
    wanted = lite_company.shift(None, week()[1], 6, 14)
    lite_company.draft(lite, roster, [wanted, lite_company.shift("Ann", MONDAY, 14, 22)])
    ann = lite_company.people["Ann"].id

    found = why_not(lite, roster.id, wanted.lineage_id, ann)

    assert (found.verdict, found.taken_from) == ("against", None)
    assert found.person is not None
    assert found.person.employee_id == ann
    assert found.sentence.startswith(
        "Ann Nowak cannot take Tue 24 Nov 06:00 to 14:00, Picking in Inbound: "
        "would have 8 h of uninterrupted rest in the 24 h from Mon 23 Nov 14:00"
    )
    assert found.person.instead == "Mon 23 Nov 14:00 to 22:00, Picking in Inbound"


def test_a_shift_of_somebody_would_be_taken_from_them(lite, lite_company):
    roster = lite_company.roster(lite)
    held = lite_company.shift("Bo", MONDAY)
    lite_company.draft(lite, roster, [held])
    ann, bo = (lite_company.people[who].id for who in ("Ann", "Bo"))

    others, own = (why_not(lite, roster.id, held.lineage_id, who) for who in (ann, bo))

    assert (others.verdict, others.taken_from) == ("as_good", bo)
    assert others.sentence == (
        "Ann Nowak could take Mon 23 Nov 08:00 to 16:00, Picking in Inbound; the roster would be as good. "
        "It would be taken from Bo Lis."
    )
    assert (own.verdict, own.person, own.taken_from) == ("has", None, None)
    assert own.sentence == "Bo Lis has Mon 23 Nov 08:00 to 16:00, Picking in Inbound."


def test_somebody_who_is_not_planned_here_is_refused(lite, lite_company):
    roster = lite_company.roster(lite)
    wanted = lite_company.shift(None, MONDAY)
    lite_company.draft(lite, roster, [wanted])

    with pytest.raises(SchedulerError) as refused:
        why_not(lite, roster.id, wanted.lineage_id, uuid4())

    assert refused.value.code == "employee_not_found"
