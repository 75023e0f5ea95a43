from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.audit.models import AuditEntry
from scheduler.db.session import Database
from scheduler.demand.coverage import Requirement, coverage_between, set_coverage
from scheduler.kernel.errors import InvalidInput, SchedulerError
from tests.scheduler.small_company import SmallCompany, store_small_company
from tests.scheduler.two_at_once import two_at_once

SIX = datetime(2026, 11, 23, 5, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = (SIX, SIX + 16 * HOUR)


@pytest.fixture
def company(tenant_session: Session) -> SmallCompany:
    return store_small_company(tenant_session)


def need(company: SmallCompany, hour: int, people: int = 2, hours: int = 1) -> Requirement:
    return Requirement(
        department_id=company.department.id,
        skill_id=company.skill.id,
        starts_at=SIX + hour * HOUR,
        ends_at=SIX + (hour + hours) * HOUR,
        minimum=people,
        target=people,
    )


def say(session: Session, company: SmallCompany, needs: list[Requirement]) -> None:
    set_coverage(session, company.location.id, needs, starts_at=DAY[0], ends_at=DAY[1], actor="system")


def targets(session: Session, company: SmallCompany) -> list[int]:
    return [row.target for row in coverage_between(session, company.location.id, *DAY)]


def test_saying_anew_replaces_what_was_said_of_the_span(tenant_session, company):
    say(tenant_session, company, [need(company, hour) for hour in range(16)])
    say(tenant_session, company, [need(company, 3, people=5)])
    assert targets(tenant_session, company) == [5]
    facts = tenant_session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()[-1].facts
    assert (facts["removed"], facts["added"]) == (16, 1)


def test_what_began_before_the_span_stays_and_may_not_be_overlapped(tenant_session, company):
    set_coverage(
        tenant_session,
        company.location.id,
        [need(company, 0, people=7, hours=2)],
        starts_at=SIX,
        ends_at=SIX + HOUR,
        actor="system",
    )
    later: dict[str, Any] = {"starts_at": SIX + HOUR, "ends_at": DAY[1], "actor": "system"}
    set_coverage(tenant_session, company.location.id, [need(company, 2)], **later)
    assert targets(tenant_session, company) == [7, 2]
    with pytest.raises(InvalidInput, match="overlaps"):
        set_coverage(tenant_session, company.location.id, [need(company, 1)], **later)


def test_what_begins_after_the_span_stays_and_may_not_be_overlapped(tenant_session, company):
    say(tenant_session, company, [need(company, 4, people=7)])
    morning: dict[str, Any] = {"starts_at": SIX, "ends_at": SIX + 4 * HOUR, "actor": "system"}
    with pytest.raises(InvalidInput, match="overlaps"):
        set_coverage(tenant_session, company.location.id, [need(company, 3, hours=2)], **morning)
    assert targets(tenant_session, company) == [7]
    set_coverage(tenant_session, company.location.id, [need(company, 3)], **morning)
    assert targets(tenant_session, company) == [2, 7]


def test_of_two_who_say_it_at_once_the_second_replaces_the_first(database: Database, organisation_id: UUID):
    with database.write(organisation_id) as session:
        company = store_small_company(session)

    def say_it(first: int, people: int, session: Session) -> None:
        say(session, company, [need(company, first, people, hours=3)])

    two_at_once(database, organisation_id, partial(say_it, 0, 2), partial(say_it, 1, 5))
    with database.read(organisation_id) as session:
        assert targets(session, company) == [5]


def test_a_span_that_only_touches_is_not_between(tenant_session, company):
    say(tenant_session, company, [need(company, 0)])
    assert coverage_between(tenant_session, company.location.id, SIX + HOUR, SIX + 2 * HOUR) == []
    assert coverage_between(tenant_session, company.location.id, SIX - HOUR, SIX) == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"minimum": 3}, "requirements[0].target"),
        ({"minimum": -1}, "requirements[0].target"),
        ({"maximum": 1}, "requirements[0].target"),
        ({"target": 10_001}, "requirements[0].target"),
        ({"starts_at": SIX + timedelta(seconds=10)}, "requirements[0].starts_at"),
        ({"ends_at": SIX}, "requirements[0].starts_at"),
        ({"department_id": UUID(int=9)}, "requirements[0].department_id"),
        ({"skill_id": UUID(int=9)}, "requirements[0].skill_id"),
    ],
)
def test_a_bad_requirement_is_named_and_changes_nothing(tenant_session, company, change, field):
    say(tenant_session, company, [need(company, 5)])
    with pytest.raises(InvalidInput) as refusal:
        say(tenant_session, company, [replace(need(company, 0), **change)])
    assert [error.field for error in refusal.value.errors] == [field]
    assert targets(tenant_session, company) == [2]


def test_requirements_that_overlap_one_another_are_refused(tenant_session, company):
    with pytest.raises(InvalidInput, match="overlaps"):
        say(tenant_session, company, [need(company, 0, hours=2), need(company, 1)])


def test_an_unknown_location_is_refused(tenant_session, company):
    with pytest.raises(SchedulerError) as refusal:
        set_coverage(tenant_session, UUID(int=3), [], starts_at=DAY[0], ends_at=DAY[1], actor="system")
    assert refusal.value.code == "location_not_found"


@pytest.mark.parametrize(("hour", "hours"), [(-1, 1), (-1, 2), (15, 2), (16, 1), (10, 24)])
def test_nobody_is_needed_while_the_location_is_closed(tenant_session, company, hour, hours):
    say(tenant_session, company, [need(company, 5)])
    with pytest.raises(InvalidInput) as refusal:
        set_coverage(
            tenant_session,
            company.location.id,
            [need(company, hour, hours=hours)],
            starts_at=SIX - 2 * HOUR,
            ends_at=DAY[1] + 2 * HOUR,
            actor="system",
        )
    [error] = refusal.value.errors
    assert error.field == "requirements[0].starts_at"
    assert error.problem == "is outside opening hours: WAW is open 06:00 to 22:00"
    assert targets(tenant_session, company) == [2]
