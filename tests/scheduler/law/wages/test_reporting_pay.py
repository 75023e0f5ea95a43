"""What is owed to who came to work and was given little of it, or none."""

from __future__ import annotations

from fractions import Fraction

from scheduler.law.wages.interpret import interpret
from scheduler.law.wages.work import Bonus, BonusKind, PlannedTime
from tests.scheduler.law.wages.cases import LAWS, MONDAY, at, case, paid, worked

ANGELES = "America/Los_Angeles"


def planned(hours):
    shift = worked(at(0, 8), hours * 60, zone=ANGELES)
    return (PlannedTime(start=shift.start, end=shift.end, minutes=hours * 60),)


def home(law, spans, hours):
    return paid(law, spans, planned=planned(hours), sent_home_on=frozenset({MONDAY}))


def test_who_finds_nothing_to_do_is_paid_half_of_what_was_planned_between_two_and_four_hours():
    assert home("us-ca", [], 6) == [("REPORTING_TIME", 180, "60.00")]
    assert home("us-ca", [], 3) == [("REPORTING_TIME", 120, "40.00")]
    assert home("us-ca", [], 12) == [("REPORTING_TIME", 240, "80.00")]


def test_a_law_without_reporting_time_pays_nothing_for_it():
    assert home("us", [], 6) == []


def test_an_amount_has_its_own_code_and_what_is_behind_it():
    off = Bonus(
        on=MONDAY, amount=Fraction(-35), kind=BonusKind.DISCRETIONARY, code="UNIFORM", refs=("pay_fact:1",)
    )
    (line,) = interpret(case("us-ca", [], bonuses=(off,)), LAWS["us-ca"]).by_day()
    assert (line.code, str(line.amount), line.refs) == ("UNIFORM", "-35.00", ("pay_fact:1",))
