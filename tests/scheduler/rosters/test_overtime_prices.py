"""Overtime has its price while a roster is planned, from the interpreter that pays it."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.law.library import layers_of
from scheduler.law.subject import LawSubject
from scheduler.people.models import Contract
from scheduler.rosters.overtime_prices import OvertimePrices
from scheduler.rosters.problem import problem_for
from solver.evaluate import evaluate
from solver.problem import CostTier
from tests.scheduler.rosters.company import MONDAY, Company, week

ANN = LawSubject(id="ann")


def contract(weekly_hours: int) -> Contract:
    return Contract(valid_from=date(2026, 1, 1), weekly_minutes=weekly_hours * 60, currency="USD")


def tiers(jurisdiction: str, weekly_hours: int = 40, longest_hours: int = 48) -> list[tuple[float, int]]:
    """Hours of a week from which work is dearer, and by how much a minute."""
    prices = OvertimePrices(layers_of(jurisdiction), ZoneInfo("America/Los_Angeles"), MONDAY)
    found = prices.tiers(ANN, contract(weekly_hours), longest_hours * 60)
    return [(tier.after_minutes / 60, tier.cost_per_minute) for tier in found]


@pytest.mark.parametrize(
    ("jurisdiction", "weekly_hours", "expected"),
    [
        ("us-ca", 40, [(40, 2)]),  # half as much again beyond 40 h
        ("us-ca", 20, [(40, 2)]),
        ("fr", 35, [(35, 1), (43, 2)]),  # a quarter more for eight hours, then half
        ("fr", 20, [(22, 1), (43, 2)]),  # beyond a tenth more than agreed
        ("pl", 40, []),  # counted over a settlement period
        ("gb", 40, []),  # no law says anything
    ],
)
def test_the_steps_are_those_the_law_pays(jurisdiction: str, weekly_hours: int, expected: list[object]):
    assert tiers(jurisdiction, weekly_hours) == expected


def test_a_step_that_nobody_can_reach_is_left_out():
    assert tiers("us-ca", 40, longest_hours=40) == []


def test_a_workweek_that_begins_on_another_day_has_none():
    prices = OvertimePrices(layers_of("us-ca"), ZoneInfo("America/Los_Angeles"), date(2026, 11, 24))
    assert prices.tiers(ANN, contract(40), 3000) == ()


def test_the_sixth_day_of_a_full_timer_costs_more_than_that_of_somebody_else(
    lite: Session, lite_company: Company
):
    lite.merge(lite_company.location).jurisdiction = "us-ca"
    for held in lite.scalars(select(Contract)):
        held.weekly_minutes, held.min_weekly_minutes, held.max_weekly_minutes = 2400, 0, 2880
    lite.flush()
    planned = problem_for(lite, lite_company.roster(lite).id)
    assert {each.cost_tiers for each in planned.problem.employees} == {(CostTier(2400, 2),)}

    def overtime(saturday: str) -> list[int]:
        worked = [lite_company.shift("Ann", day) for day in week()[:5]]
        worked.append(lite_company.shift(saturday, week()[5]))
        found = evaluate(planned.problem, planned.assignments(worked)).violations
        return [each.cost for each in found if each.name == "overtime"]

    assert overtime("Ann") == [8 * 60 * 2]
    assert overtime("Bo") == []
