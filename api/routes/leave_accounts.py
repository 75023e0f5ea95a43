"""Leave policies of locations, and the leave accounts of people."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from api.permissions import Access, allow
from api.schemas.base import Day
from api.schemas.leave_accounts import (
    LawOnLeaveView,
    LeaveBalancesView,
    LeaveEntryView,
    LeaveOutlookView,
    LeavePoliciesView,
    LeavePolicyView,
    NewLeaveEntry,
    NewLeavePolicy,
    in_steps,
)
from api.transaction import ReadSession, WriteSession
from scheduler.kernel.clock import local_day, utc_now, zone_named
from scheduler.kernel.errors import FieldError, InvalidInput
from scheduler.organisation.locations import find_location
from scheduler.organisation.permissions import Permission
from scheduler.people.employees import find_employee
from scheduler.timeoff.balances import balances, outlook
from scheduler.timeoff.leave_policies import below_law, law_says, policies_of, policy_needed, save_policy
from scheduler.timeoff.models import LeaveKind
from scheduler.timeoff.record_leave_entry import record_leave_entry

router = APIRouter(prefix="/v1", tags=["leave accounts"])

MayRead = Annotated[Access, Depends(allow(Permission.TIME_OFF_READ))]


@router.get("/locations/{location_id}/leave-policies", summary="List leave policies")
def get_leave_policies(
    access: Annotated[Access, Depends(allow(Permission.REFERENCE_READ))],
    session: ReadSession,
    location_id: UUID,
) -> LeavePoliciesView:
    """What was said of each kind of leave; a kind without a policy has no accounts here."""
    policies = policies_of(session, location_id)
    zone = zone_named(find_location(session, location_id).zone)
    says = law_says(session, location_id, local_day(utc_now(), zone))
    return LeavePoliciesView(
        policies=[LeavePolicyView.of(one, below_law(session, one)) for one in policies],
        law=LawOnLeaveView.of(says) if says else None,
    )


@router.put("/locations/{location_id}/leave-policies", summary="Say how much leave a location gives")
def put_leave_policy(
    access: Annotated[Access, Depends(allow(Permission.LEAVE_POLICIES_WRITE))],
    session: WriteSession,
    location_id: UUID,
    body: NewLeavePolicy,
) -> LeavePolicyView:
    """From a leave year on; what was said for the same kind and day before is replaced.

    Accounts are worked out from policies anew each time: a policy changed for days that are past changes
    what people had then.
    """
    policy = save_policy(session, location_id, body.terms(), actor=access.actor)
    return LeavePolicyView.of(policy, below_law(session, policy))


@router.get("/employees/{employee_id}/leave-balances", summary="Show leave balances")
def get_leave_balances(
    access: MayRead,
    session: ReadSession,
    employee_id: UUID,
    day: Annotated[Day | None, Query(description="As of this day; today if left out.")] = None,
) -> LeaveBalancesView:
    """Each account with every line, from its beginning or the latest opening balance on."""
    employee = find_employee(session, employee_id)
    zone = zone_named(find_location(session, employee.location_id).zone)
    as_of = day or local_day(utc_now(), zone)
    _refuse_far(as_of.year)
    return LeaveBalancesView.of(balances(session, [employee], as_of))


@router.get("/employees/{employee_id}/leave-outlook", summary="Show what a leave would take")
def get_leave_outlook(
    access: MayRead,
    session: ReadSession,
    employee_id: UUID,
    kind: Annotated[LeaveKind, Query(description="Kind of leave.", examples=["annual"])],
    starts_on: Annotated[Day, Query(description="First day away.")],
    ends_on: Annotated[Day, Query(description="First day back.")],
) -> LeaveOutlookView:
    """What there is, what the leave asks for, and what is left; nothing is asked for by it."""
    if ends_on <= starts_on:
        hint = f"a day after {starts_on}: it is the first day back"
        raise InvalidInput([FieldError("ends_on", str(ends_on), "is not after starts_on", hint)])
    _refuse_far(ends_on.year)
    return LeaveOutlookView.of(
        outlook(session, find_employee(session, employee_id), kind, starts_on, ends_on)
    )


@router.post(
    "/employees/{employee_id}/leave-entries", status_code=201, summary="Enter something into a leave account"
)
def post_leave_entry(
    access: Annotated[Access, Depends(allow(Permission.LEAVE_ACCOUNTS_WRITE))],
    session: WriteSession,
    employee_id: UUID,
    body: NewLeaveEntry,
) -> LeaveEntryView:
    """An opening balance, a grant, an adjustment or what was paid out; it is never changed.

    409 `leave_policy_missing` where the person's location has no policy of the kind. 403 `own_leave_account`:
    nobody enters something into his own account.
    """
    employee = find_employee(session, employee_id)
    unit = policy_needed(session, employee.location_id, body.leave_kind)[0].unit
    told = body.model_dump() | {"amount": in_steps("amount", body.amount, unit)}
    return LeaveEntryView.of(record_leave_entry(session, employee_id, **told, actor=access.actor))


FURTHEST_YEARS = 10


def _refuse_far(year: int) -> None:
    """Refuse days for which nobody plans leave; each year costs work."""
    latest = utc_now().year + FURTHEST_YEARS
    if year > latest:
        hint = f"at most {latest}"
        raise InvalidInput([FieldError("day", str(year), "is more than ten years ahead", hint)])
