"""Pay groups with their calendars, and which locations and people are in them."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from sqlalchemy import select

from api.permissions import Access, allow
from api.schemas.base import Day
from api.schemas.pay_groups import (
    NewPayCalendar,
    NewPayGroup,
    NewPayGroupMember,
    PayGroupMemberView,
    PayGroupTermsSent,
    PayGroupView,
    PeriodDaysView,
)
from api.transaction import ReadSession, WriteSession
from scheduler.kernel.clock import utc_now
from scheduler.organisation.permissions import Permission
from scheduler.pay.change_pay_days import change_calendar, put_employee_in_group, put_location_in_group
from scheduler.people.models import PayGroupMember
from scheduler.people.pay_group_days import next_periods
from scheduler.people.pay_groups import change_pay_group, create_pay_group, find_pay_group, list_pay_groups

router = APIRouter(prefix="/v1", tags=["pay groups"])

MayRead = Annotated[Access, Depends(allow(Permission.PAY_READ))]
MaySetUp = Annotated[Access, Depends(allow(Permission.PAYROLL_SETUP))]


@router.get("/pay-groups", summary="List pay groups")
def get_pay_groups(access: MayRead, session: ReadSession) -> list[PayGroupView]:
    """Every pay group, by name. Whoever is in none is paid for weeks from Monday to Sunday."""
    return [PayGroupView.of(group) for group in list_pay_groups(session)]


@router.post("/pay-groups", status_code=201, summary="Make a pay group")
def post_pay_group(access: MaySetUp, session: WriteSession, body: NewPayGroup) -> PayGroupView:
    """Nobody is in it yet."""
    access.require(None)
    calendar = body.calendar.calendar()
    return PayGroupView.of(create_pay_group(session, body.code, body.terms(), calendar, actor=access.actor))


@router.get("/pay-groups/{pay_group_id}", summary="Show a pay group")
def get_pay_group(access: MayRead, session: ReadSession, pay_group_id: UUID) -> PayGroupView:
    """What it is called, when it is due, and its calendars one after another."""
    return PayGroupView.of(find_pay_group(session, pay_group_id))


@router.put("/pay-groups/{pay_group_id}", summary="Change a pay group")
def put_pay_group(
    access: MaySetUp, session: WriteSession, pay_group_id: UUID, body: PayGroupTermsSent
) -> PayGroupView:
    """What it is called and when it is due; its periods stay as they are."""
    access.require(None)
    return PayGroupView.of(change_pay_group(session, pay_group_id, body.terms(), actor=access.actor))


@router.post("/pay-groups/{pay_group_id}/calendars", status_code=201, summary="Change a pay calendar")
def post_pay_calendar(
    access: MaySetUp, session: WriteSession, pay_group_id: UUID, body: NewPayCalendar
) -> PayGroupView:
    """Another calendar from a day on; the last period by the earlier one ends the day before.

    409 `pay_days_taken` with the first day from which it is possible: time that is recorded, locked or paid
    stays in its period.
    """
    access.require(None)
    calendar = body.calendar.calendar()
    change_calendar(session, pay_group_id, calendar, valid_from=body.valid_from, actor=access.actor)
    return PayGroupView.of(find_pay_group(session, pay_group_id))


@router.get("/pay-groups/{pay_group_id}/periods", summary="Preview the pay periods of a group")
def get_pay_group_periods(
    access: MayRead,
    session: ReadSession,
    pay_group_id: UUID,
    day: Annotated[Day | None, Query(description="A day of the first of them; today if left out.")] = None,
    count: Annotated[int, Query(ge=1, le=60, description="How many.")] = 6,
) -> list[PeriodDaysView]:
    """Their days, and when timesheets and money are due."""
    group = find_pay_group(session, pay_group_id)
    return [PeriodDaysView.of(each) for each in next_periods(group, day or utc_now().date(), count)]


@router.get("/locations/{location_id}/pay-groups", summary="Show the pay groups of a location")
def get_location_pay_groups(
    access: MayRead, session: ReadSession, location_id: UUID
) -> list[PayGroupMemberView]:
    """From which day on its people are in which group, unless they have one of their own, oldest first."""
    rows = select(PayGroupMember).where(PayGroupMember.location_id == location_id)
    return [_member(row) for row in session.scalars(rows.order_by(PayGroupMember.valid_from))]


@router.post("/locations/{location_id}/pay-groups", status_code=201, summary="Put a location in a pay group")
def post_location_pay_group(
    access: MaySetUp, session: WriteSession, location_id: UUID, body: NewPayGroupMember
) -> list[PayGroupMemberView]:
    """From a day on, its people are in the group unless they have one of their own. 409 `pay_days_taken`."""
    put_location_in_group(
        session, location_id, body.pay_group_id, valid_from=body.valid_from, actor=access.actor
    )
    return get_location_pay_groups(access, session, location_id)


@router.get("/employees/{employee_id}/pay-groups", summary="Show the pay groups of a person")
def get_employee_pay_groups(
    access: MayRead, session: ReadSession, employee_id: UUID
) -> list[PayGroupMemberView]:
    """From which day on the person is in a group other than that of the location, oldest first."""
    rows = select(PayGroupMember).where(PayGroupMember.employee_id == employee_id)
    return [_member(row) for row in session.scalars(rows.order_by(PayGroupMember.valid_from))]


@router.post("/employees/{employee_id}/pay-groups", status_code=201, summary="Put a person in a pay group")
def post_employee_pay_group(
    access: MaySetUp, session: WriteSession, employee_id: UUID, body: NewPayGroupMember
) -> list[PayGroupMemberView]:
    """From a day on. 409 `pay_days_taken` with the first day from which it is possible."""
    put_employee_in_group(
        session, employee_id, body.pay_group_id, valid_from=body.valid_from, actor=access.actor
    )
    return get_employee_pay_groups(access, session, employee_id)


def _member(row: PayGroupMember) -> PayGroupMemberView:
    return PayGroupMemberView(valid_from=row.valid_from, pay_group_id=row.pay_group_id)
