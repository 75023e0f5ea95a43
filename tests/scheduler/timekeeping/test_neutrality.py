"""What rounding gave and took, and when that is more than chance."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from scheduler.kernel.errors import InvalidInput
from scheduler.organisation.models import DayRule, Location
from scheduler.timekeeping.day_rules import DatedRule
from scheduler.timekeeping.neutrality import Effect, Verdict, chance_of, neutrality
from scheduler.timekeeping.rounding import DatedPolicy
from scheduler.timekeeping.set_day_rule import set_day_rule
from scheduler.timekeeping.set_rounding import set_rounding
from tests.scheduler.timekeeping.clock_company import MANAGER, ClockCompany, punch

FIRST, END = date(2026, 11, 2), date(2026, 11, 30)


def rounding(session: Session, clocked: ClockCompany, policy: str = "nearest_15") -> None:
    session.get_one(Location, clocked.location_id).jurisdiction = "us"
    set_rounding(session, clocked.location_id, DatedPolicy(FIRST, policy), actor=MANAGER)


def weekdays(count: int) -> list[date]:
    every = (FIRST + timedelta(days=number) for number in range(21))
    return [day for day in every if day.weekday() < 5][:count]


def test_what_was_given_and_taken_is_told_by_person_and_together(
    tenant_session: Session, clocked: ClockCompany
):
    session = tenant_session
    rounding(session, clocked)
    punch(session, clocked.ann, "2026-11-02 07:53 in", "2026-11-02 16:07 out")
    punch(session, clocked.ben, "2026-11-02 08:07 in", "2026-11-02 12:02 break", "2026-11-02 12:33 back")
    punch(session, clocked.ben, "2026-11-02 16:08 out")
    found = neutrality(session, clocked.location_id, FIRST, END)
    told = [(each.employee.first_name, each.effect, each.loses) for each in found.people]
    assert told == [
        ("Ann", Effect(494, 480, helped=0, harmed=2), True),
        ("Ben", Effect(450, 465, helped=3, harmed=0), False),
    ]
    assert (found.total.minutes, found.total.verdict) == (1, Verdict.TOO_FEW)
    assert neutrality(session, clocked.location_id, END, END + timedelta(days=7)).people == ()


def test_rounding_that_always_takes_is_not_neutral(
    sqlite_tenant_session: Session, clocked_sqlite: ClockCompany
):
    session, ann = sqlite_tenant_session, clocked_sqlite.ann
    rounding(session, clocked_sqlite)
    for day in weekdays(10):
        punch(session, ann, f"{day} 07:53 in", f"{day} 16:07 out")
    total = neutrality(session, clocked_sqlite.location_id, FIRST, END).total
    assert (total.minutes, total.moved, total.verdict) == (-140, 20, Verdict.AGAINST_WORKERS)
    assert total.chance == 1 / 2**20


def test_rounding_that_gives_as_often_as_it_takes_is_neutral(
    sqlite_tenant_session: Session, clocked_sqlite: ClockCompany
):
    session, ann = sqlite_tenant_session, clocked_sqlite.ann
    rounding(session, clocked_sqlite)
    for number, day in enumerate(weekdays(12)):
        came, left = ("07:53", "16:07") if number % 2 else ("08:07", "15:53")
        punch(session, ann, f"{day} {came} in", f"{day} {left} out")
    total = neutrality(session, clocked_sqlite.location_id, FIRST, END).total
    assert (total.minutes, total.helped, total.harmed, total.verdict) == (0, 12, 12, Verdict.NEUTRAL)


def test_exact_minutes_are_nothing_rounded(sqlite_tenant_session: Session, clocked_sqlite: ClockCompany):
    punch(sqlite_tenant_session, clocked_sqlite.ann, "2026-11-02 07:53 in", "2026-11-02 16:07 out")
    found = neutrality(sqlite_tenant_session, clocked_sqlite.location_id, FIRST, END)
    assert (found.people, found.total.verdict) == ((), Verdict.NOTHING_ROUNDED)


def test_a_night_cut_at_midnight_is_not_counted_twice(
    sqlite_tenant_session: Session, clocked_sqlite: ClockCompany
):
    session, ann = sqlite_tenant_session, clocked_sqlite.ann
    rounding(session, clocked_sqlite)
    place = clocked_sqlite.location_id
    set_day_rule(session, place, DatedRule(FIRST, DayRule.MIDNIGHT), actor=MANAGER)
    punch(session, ann, "2026-11-02 22:07 in", "2026-11-03 06:08 out")
    assert neutrality(session, place, FIRST, END).total == Effect(481, 495, helped=2, harmed=0)


@pytest.mark.parametrize(
    ("effect", "verdict"),
    [
        (Effect(), Verdict.NOTHING_ROUNDED),
        (Effect(100, 50, 0, 19), Verdict.TOO_FEW),
        (Effect(100, 50, 0, 20), Verdict.AGAINST_WORKERS),
        (Effect(100, 150, 0, 20), Verdict.NEUTRAL),
        (Effect(100, 50, 20, 0), Verdict.NEUTRAL),
        (Effect(9000, 8000, 940, 1060), Verdict.AGAINST_WORKERS),
        (Effect(9000, 8000, 970, 1030), Verdict.NEUTRAL),
    ],
)
def test_the_verdict_needs_enough_punches_a_loss_and_more_than_chance(effect: Effect, verdict: Verdict):
    assert effect.verdict is verdict


def test_the_curve_for_many_punches_agrees_with_counting(monkeypatch: pytest.MonkeyPatch):
    counted = chance_of(530, 1000)
    monkeypatch.setattr("scheduler.timekeeping.neutrality.EXACT_UP_TO", 10)
    assert chance_of(530, 1000) == pytest.approx(counted, rel=0.01)


@pytest.mark.parametrize("days", [0, -3, 367])
def test_days_that_are_none_or_too_many_are_refused(
    sqlite_tenant_session: Session, clocked_sqlite: ClockCompany, days: int
):
    with pytest.raises(InvalidInput) as refused:
        neutrality(sqlite_tenant_session, clocked_sqlite.location_id, FIRST, FIRST + timedelta(days=days))
    assert refused.value.errors[0].field == "end_day"
