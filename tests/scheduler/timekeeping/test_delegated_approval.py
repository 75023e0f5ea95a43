from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.audit.models import AuditEntry
from scheduler.kernel.errors import InvalidInput, SchedulerError
from scheduler.organisation.delegations import delegate, delegations, lent_to, own_reach, withdraw
from scheduler.organisation.models import Account, ApprovalDelegation, Role, RoleGrant
from scheduler.organisation.permissions import Reach
from scheduler.timekeeping.approve import approve
from scheduler.timekeeping.models import Timesheet
from scheduler.timekeeping.sheet_history import sheet_history
from tests.scheduler.timekeeping.clock_company import NOW, ClockCompany, punch, timesheet, week_of_days

TODAY = date(2026, 11, 24)


def account(
    session: Session, name: str, *roles: tuple[Role, UUID | None], employee: UUID | None = None
) -> Account:
    made = Account(email=f"{name.lower()}@x.example", name=name, password_hash="-", created_at=NOW)
    made.employee_id = employee
    made.grants = [RoleGrant(role=role, location_id=place) for role, place in roles]
    session.add(made)
    session.flush()
    return made


def actor(who: Account) -> str:
    return f"user:{who.id}"


@pytest.fixture
def eva(tenant_session: Session, clocked: ClockCompany) -> Account:
    """Manages the place, and is Ben among the employees."""
    place = (Role.MANAGER, clocked.location_id)
    return account(tenant_session, "Eva", place, employee=clocked.ben.id)


@pytest.fixture
def tom(tenant_session: Session, clocked: ClockCompany) -> Account:
    """Holds no role."""
    return account(tenant_session, "Tom")


def lend(
    session: Session, clocked: ClockCompany, giver: Account, *, days: int = 2, to: str = "TOM@x.example "
) -> ApprovalDelegation:
    (made,) = delegate(
        session,
        location_ids={clocked.location_id},
        receiver_email=to,
        starts_on=TODAY,
        ends_on=TODAY + timedelta(days=days),
        reason="on leave",
        actor=actor(giver),
    )
    return made


def places(session: Session, who: Account, now: datetime = NOW) -> list[UUID]:
    return [each.location_id for each in lent_to(session, who.id, now=now)]


def worked(session: Session, clocked: ClockCompany) -> tuple[Timesheet, Timesheet]:
    for who in (clocked.ann, clocked.ben):
        punch(session, who, *week_of_days("2026-11-16"))
    return timesheet(session, clocked.ann), timesheet(session, clocked.ben)


def test_a_stand_in_approves_in_the_name_of_the_giver_and_nobody_his_own_hours_by_one(
    tenant_session: Session, clocked: ClockCompany, eva: Account, tom: Account
):
    session = tenant_session
    lend(session, clocked, eva)
    anns, evas = worked(session, clocked)
    approve(session, anns.id, expected_revision=anns.revision, actor=actor(tom))
    assert (anns.approved_by, anns.approved_for) == (actor(tom), actor(eva))
    (event,) = sheet_history(session, anns.id)
    assert (event.by, event.for_whom) == ("Tom", "Eva")
    with pytest.raises(SchedulerError) as refused:
        approve(session, evas.id, expected_revision=evas.revision, actor=actor(tom))
    assert refused.value.code == "own_timesheet"
    assert "lent you the right" in refused.value.facts["hint"]
    approve(session, evas.id, expected_revision=evas.revision, actor="system")


def test_who_may_approve_himself_needs_nobody_s_name(
    tenant_session: Session, clocked: ClockCompany, eva: Account, tom: Account
):
    tom.grants = [RoleGrant(role=Role.PAYROLL, location_id=None)]
    lend(tenant_session, clocked, eva)
    _, evas = worked(tenant_session, clocked)
    approve(tenant_session, evas.id, expected_revision=evas.revision, actor=actor(tom))
    assert (evas.approved_by, evas.approved_for) == (actor(tom), None)


def test_a_lent_right_begins_and_ends_with_the_days_of_the_place(
    tenant_session: Session, clocked: ClockCompany, eva: Account, tom: Account
):
    lend(tenant_session, clocked, eva)
    first, end = datetime(2026, 11, 23, 23, tzinfo=UTC), datetime(2026, 11, 25, 23, tzinfo=UTC)
    instant = timedelta(seconds=1)
    assert places(tenant_session, tom, first - instant) == []
    assert places(tenant_session, tom, first) == [clocked.location_id]
    assert places(tenant_session, tom, end - instant) == [clocked.location_id]
    assert places(tenant_session, tom, end) == []


def test_a_lent_right_reaches_no_further_than_the_giver_s_own_and_is_not_lent_on(
    tenant_session: Session, clocked: ClockCompany, eva: Account, tom: Account
):
    session = tenant_session
    lend(session, clocked, eva)
    account(session, "Uma")
    with pytest.raises(SchedulerError) as refused:
        lend(session, clocked, tom, to="uma@x.example")
    assert refused.value.code == "delegation_beyond_own_rights"
    assert refused.value.facts["locations"] == [str(clocked.location_id)]
    eva.active = False
    assert places(session, tom) == []
    eva.active = True
    eva.grants = [RoleGrant(role=Role.EMPLOYEE)]
    session.flush()
    assert places(session, tom) == []


def test_a_lent_right_is_taken_back_once_by_those_whom_it_concerns(
    tenant_session: Session, clocked: ClockCompany, eva: Account, tom: Account
):
    session = tenant_session
    made = lend(session, clocked, eva)
    stranger = account(session, "Uma")
    with pytest.raises(SchedulerError) as refused:
        withdraw(session, made.id, actor=actor(stranger))
    assert refused.value.code == "not_your_delegation"
    withdraw(session, made.id, actor=actor(tom))
    assert (made.withdrawn_at, made.withdrawn_by, places(session, tom)) == (NOW, actor(tom), [])
    with pytest.raises(SchedulerError) as refused:
        withdraw(session, made.id, actor=actor(eva))
    assert refused.value.code == "delegation_is_over"
    noted = select(AuditEntry.action).where(AuditEntry.subject_id == made.id).order_by(AuditEntry.id)
    assert session.scalars(noted).all() == ["delegation.give", "delegation.withdraw"]


def test_what_is_over_is_not_taken_back(
    tenant_session: Session, clocked: ClockCompany, eva: Account, tom: Account, now: time_machine.Traveller
):
    made = lend(tenant_session, clocked, eva)
    now.shift(timedelta(days=3))
    with pytest.raises(SchedulerError) as refused:
        withdraw(tenant_session, made.id, actor=actor(eva))
    assert refused.value.code == "delegation_is_over"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"receiver_email": "nobody@x.example"}, "receiver_email"),
        ({"receiver_email": "eva@x.example"}, "receiver_email"),
        ({"location_ids": {uuid4()}}, "location_ids"),
        ({"ends_on": TODAY}, "ends_on"),
        ({"starts_on": date(2026, 11, 1), "ends_on": TODAY}, "ends_on"),
        ({"reason": " "}, "reason"),
    ],
)
def test_what_cannot_be_lent_is_refused_with_its_field(
    tenant_session: Session, clocked: ClockCompany, eva: Account, tom: Account, changed, field
):
    given = {
        "location_ids": {clocked.location_id},
        "receiver_email": tom.email,
        "starts_on": TODAY,
        "ends_on": TODAY + timedelta(days=2),
        "reason": "on leave",
        "actor": actor(eva),
    }
    with pytest.raises(InvalidInput) as refused:
        delegate(tenant_session, **(given | changed))
    assert [each.field for each in refused.value.errors] == [field]
    assert places(tenant_session, tom) == []


def test_a_key_lends_nothing(tenant_session: Session, clocked: ClockCompany, tom: Account):
    with pytest.raises(SchedulerError) as refused:
        delegate(
            tenant_session,
            location_ids={clocked.location_id},
            receiver_email=tom.email,
            starts_on=TODAY,
            ends_on=TODAY + timedelta(days=1),
            reason="x",
            actor=f"key:{uuid4()}",
        )
    assert refused.value.code == "account_needed"


def test_each_sees_what_he_lent_and_was_lent_and_what_was_lent_at_his_place(
    tenant_session: Session, clocked: ClockCompany, eva: Account, tom: Account
):
    made = lend(tenant_session, clocked, eva)
    other = account(tenant_session, "Zoe", (Role.MANAGER, clocked.location_id))
    for who in (eva, tom, other):
        assert [each.id for each in delegations(tenant_session, who.id, own_reach(who))] == [made.id]
    assert list(delegations(tenant_session, account(tenant_session, "Uma").id, Reach())) == []
