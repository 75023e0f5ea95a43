"""What the roles are for, said once more and independently of the table."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.organisation.models import Role
from scheduler.organisation.permissions import (
    NEVER_FOR_KEYS,
    ROLE_EXTENTS,
    Extent,
    Grant,
    Permission,
    Principal,
    Reach,
    reach,
)
from scheduler.people.models import Employee
from tests.scheduler.small_company import employee, store_small_company

FOR_EVERYBODY = {Permission.SELF, Permission.REFERENCE_READ}
ABOUT_THE_PLAN = {Permission.ROSTERS_WRITE, Permission.ROSTERS_PUBLISH, Permission.DEMAND_WRITE}
ABOUT_MONEY = {Permission.PAY_READ, Permission.PAY_CLOSE, Permission.CONTRACTS_WRITE}
ONLY_ADMINS = {
    Permission.ACCOUNTS_WRITE,
    Permission.KEYS_WRITE,
    Permission.AUDIT_READ,
    Permission.IMPORTS_RUN,
    Permission.REFERENCE_WRITE,
    Permission.PUNCHES_IMPORT,
}


def test_an_employee_reaches_nothing_but_his_own_records():
    beyond = {p for p, extent in ROLE_EXTENTS[Role.EMPLOYEE].items() if extent is not Extent.OWN}
    assert beyond == FOR_EVERYBODY


@pytest.mark.parametrize("role", [Role.MANAGER, Role.PAYROLL])
def test_a_grant_at_one_location_reaches_no_other(role: Role):
    beyond = {p for p, extent in ROLE_EXTENTS[role].items() if extent is not Extent.GRANTED}
    assert beyond == FOR_EVERYBODY


def test_who_plans_does_not_pay_and_who_pays_does_not_plan():
    assert not ABOUT_MONEY & set(ROLE_EXTENTS[Role.MANAGER])
    assert not ABOUT_THE_PLAN & set(ROLE_EXTENTS[Role.PAYROLL])
    assert set(ROLE_EXTENTS[Role.MANAGER]) >= ABOUT_THE_PLAN
    assert set(ROLE_EXTENTS[Role.PAYROLL]) >= ABOUT_MONEY


def test_nobody_but_an_admin_decides_who_may_come_in():
    for role in (Role.EMPLOYEE, Role.MANAGER, Role.PAYROLL):
        assert not ONLY_ADMINS & set(ROLE_EXTENTS[role])
    assert set(ROLE_EXTENTS[Role.ADMIN]) == set(Permission)


def test_nobody_clears_up_his_own_time_and_leave_as_an_employee():
    held = set(ROLE_EXTENTS[Role.EMPLOYEE])
    assert not held & {
        Permission.PUNCHES_CORRECT,
        Permission.TIMESHEETS_APPROVE,
        Permission.TIME_OFF_DECIDE,
    }


def test_a_key_cannot_make_itself_more_powerful():
    assert {Permission.ACCOUNTS_WRITE, Permission.KEYS_WRITE} <= NEVER_FOR_KEYS


def test_roles_add_up():
    here, me = uuid4(), uuid4()
    both = Principal(
        uuid4(),
        "user:1",
        "Ann",
        employee_id=me,
        grants=frozenset({Grant(Role.EMPLOYEE), Grant(Role.MANAGER, here)}),
    )
    held = reach(both, Permission.TIMESHEETS_READ)
    assert held == Reach(location_ids=frozenset({here}), employee_id=me)
    assert held.covers(here)
    assert held.covers(uuid4(), me)
    assert not held.covers(uuid4(), uuid4())
    assert not held.covers(None)


def test_an_account_without_an_employee_has_no_own_records():
    nobody = Principal(uuid4(), "user:1", "Ann", grants=frozenset({Grant(Role.EMPLOYEE)}))
    held = reach(nobody, Permission.SHIFTS_READ)
    assert held is not None
    assert not held.covers(uuid4(), uuid4())
    assert not held.covers(None, None)


def test_the_condition_of_a_query_says_the_same_as_the_check(tenant_session: Session):
    company = store_small_company(tenant_session)
    bo = employee(company.location, company.department, "2", "Bo")
    tenant_session.add(bo)
    tenant_session.flush()
    for held in (
        Reach(),
        Reach(everywhere=True),
        Reach(location_ids=frozenset({company.location.id})),
        Reach(location_ids=frozenset({uuid4()})),
        Reach(employee_id=bo.id),
        Reach(location_ids=frozenset({uuid4()}), employee_id=bo.id),
    ):
        condition = held.criterion(Employee.location_id, Employee.id)
        found = set(tenant_session.scalars(select(Employee.id).where(condition)))
        assert found == {each.id for each in (company.ann, bo) if held.covers(each.location_id, each.id)}
