from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from scheduler.kernel.errors import SchedulerError
from scheduler.people.employees import employees_at, find_employee
from tests.scheduler.small_company import employee, store_small_company


def test_only_those_employed_in_the_span_are_listed(tenant_session: Session):
    company = store_small_company(tenant_session)
    left = employee(company.location, company.department, "2", "Bea")
    left.left_on = date(2026, 11, 23)
    coming = employee(company.location, company.department, "3", "Cyd")
    coming.hired_on = date(2026, 11, 30)
    tenant_session.add_all([left, coming])
    tenant_session.flush()

    def names(first: date, end: date) -> list[str]:
        found = employees_at(tenant_session, company.location.id, first, end)
        return [each.first_name for each in found]

    assert names(date(2026, 11, 23), date(2026, 11, 30)) == ["Ann"]
    assert names(date(2026, 11, 22), date(2026, 12, 1)) == ["Ann", "Bea", "Cyd"]


def test_skills_and_contracts_of_the_list_need_no_further_query(tenant_session: Session):
    company = store_small_company(tenant_session)
    tenant_session.expunge_all()
    found = employees_at(tenant_session, company.location.id, date(2026, 11, 23), date(2026, 11, 30))
    statements: list[str] = []
    event.listen(
        tenant_session.get_bind(),
        "before_cursor_execute",
        lambda _connection, _cursor, statement, *_rest: statements.append(statement),
    )
    assert [each.skill.code for person in found for each in person.skills] == ["pick"]
    assert [each.weekly_minutes for person in found for each in person.contracts] == [2400]
    assert statements == []


def test_an_unknown_employee_is_refused_by_name_of_the_fact(tenant_session: Session):
    with pytest.raises(SchedulerError) as refusal:
        find_employee(tenant_session, UUID(int=7))
    assert refusal.value.code == "employee_not_found"
    assert refusal.value.facts == {"employee_id": str(UUID(int=7))}
