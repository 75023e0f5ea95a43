"""What the law says to one person, and how near their published work comes to it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from scheduler.organisation.models import Location
from scheduler.rosters.person_limits import PersonLimits, limits_of
from scheduler.rosters.publish import publish
from tests.scheduler.rosters.company import MONDAY, Company, week


def limits(lite: Session, company: Company) -> PersonLimits:
    return limits_of(lite, company.people["Ann"].id, MONDAY)


def published(lite: Session, company: Company, *shifts: tuple[str, int, float, float]) -> None:
    """Published in Britain, whose law lets work begin twice within 24 h."""
    lite.get_one(Location, company.location.id).jurisdiction = "gb"
    roster = company.roster(lite)
    made = [company.shift(who, week()[day], start, end) for who, day, start, end in shifts]
    company.draft(lite, roster, made)
    publish(lite, roster.id, expected_revision=roster.revision, actor=company.actor)


@pytest.mark.parametrize(("start", "left"), [(9.5, [30]), (10.5, [])])
def test_a_rest_with_little_to_spare_is_close(
    lite: Session, lite_company: Company, start: float, left: list[int]
):
    published(lite, lite_company, ("Ann", 0, 14, 22), ("Ann", 1, start, start + 4))
    found = limits(lite, lite_company).checked
    assert [one.left for one in found.close if one.code == "GB.DAILY_REST_11H"] == left


def test_the_work_of_others_and_what_is_not_published_are_left_aside(lite: Session, lite_company: Company):
    published(lite, lite_company, ("Bo", 0, 14, 22), ("Bo", 1, 9.5, 13.5))
    later = lite_company.roster(lite, MONDAY + timedelta(weeks=1))
    days = week(MONDAY + timedelta(weeks=1))
    lite_company.draft(
        lite, later, [lite_company.shift("Ann", days[0], 14, 22), lite_company.shift("Ann", days[1], 6, 14)]
    )
    found = limits(lite, lite_company).checked
    assert (found.checked, found.findings, found.close) == (True, (), ())


def test_a_place_without_a_pack_checks_nothing(lite: Session, lite_company: Company):
    lite.get_one(Location, lite_company.location.id).jurisdiction = "br"
    assert not limits(lite, lite_company).checked.checked
