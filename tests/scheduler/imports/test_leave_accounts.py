"""Leave policies and opening balances from files."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.timeoff.balances import balances
from scheduler.timeoff.models import LeaveEntry, LeaveKind, LeavePolicy
from tests.scheduler.imports.company_files import employee, instead, load


def test_balances_begin_with_what_the_files_say(sqlite_tenant_session: Session):
    load(sqlite_tenant_session)
    ann, cid = (employee(sqlite_tenant_session, number) for number in ("1", "3"))
    found = {
        one.employee.number: one for one in balances(sqlite_tenant_session, [ann, cid], date(2026, 6, 1))
    }
    assert (found["1"].words(found["1"].amount), found["1"].lines[0].why) == ("80 h", "from the old system")
    assert found["3"].lines[0].amount == 250
    manila = sqlite_tenant_session.scalars(select(LeavePolicy).order_by(LeavePolicy.unit)).first()
    assert manila is not None
    assert (manila.kind, manila.carry_over_limit, manila.counts_holidays) == (LeaveKind.ANNUAL, 250, True)


@pytest.mark.parametrize(
    ("kind", "old", "new", "problem"),
    [
        ("leave_opening_balances", "2.5", "2.555", "is not an amount of leave"),
        ("leave_opening_balances", "4800", "4800.5", "has parts of a minute"),
        ("leave_opening_balances", "3,annual", "3,sick", "was refused: leave_policy_missing"),
        ("leave_opening_balances", "2026-06-01,2.5", "2019-06-01,2.5", "is before the account begins"),
        ("leave_policies", "MNL,annual,2026-01-01", "MNL,annual,2026-01-02", "is not the first of a month"),
        ("leave_policies", "9600", "9600.5", "has parts of a minute"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_stored(
    sqlite_tenant_session: Session, kind: str, old: str, new: str, problem: str
):
    report = load(sqlite_tenant_session, **{kind: instead(kind, old, new)})
    assert not report.stored
    assert any(problem in str(error) for error in report.errors)
    assert sqlite_tenant_session.scalars(select(LeaveEntry)).all() == []


def test_another_amount_for_a_stored_day_is_refused(sqlite_tenant_session: Session):
    load(sqlite_tenant_session)
    again = instead("leave_opening_balances", "4800", "4860")
    report = load(sqlite_tenant_session, leave_opening_balances=again)
    assert [error.problem for error in report.errors] == ["is stored with other content"]
