"""People who work shifts."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from sqlalchemy import or_, select

from api.pagination import PageCursor, page_of
from api.permissions import Access, allow
from api.schemas.base import Day, Name, Page
from api.schemas.employees import EmployeeDetail, EmployeeView
from api.transaction import ReadSession
from scheduler.organisation.permissions import Permission
from scheduler.people.employees import find_employee
from scheduler.people.models import Employee

router = APIRouter(prefix="/v1/employees", tags=["employees"])

MayRead = Annotated[Access, Depends(allow(Permission.EMPLOYEES_READ))]


@router.get("", summary="List employees")
def get_employees(
    access: MayRead,
    session: ReadSession,
    cursor: PageCursor,
    location_id: Annotated[UUID | None, Query(description="Of this location only.")] = None,
    employed_on: Annotated[Day | None, Query(description="Employed on this day only.")] = None,
    search: Annotated[Name | None, Query(description="Part of a name or of the number.")] = None,
) -> Page[EmployeeView]:
    """The people within reach: all, those of one's locations, or oneself; oldest records first."""
    people = select(Employee).where(access.reach.criterion(Employee.location_id, Employee.id))
    if location_id is not None:
        people = people.where(Employee.location_id == location_id)
    if employed_on is not None:
        still = or_(Employee.left_on.is_(None), Employee.left_on > employed_on)
        people = people.where(Employee.hired_on <= employed_on, still)
    if search is not None:
        columns = (Employee.first_name, Employee.last_name, Employee.number)
        people = people.where(or_(*(column.icontains(search, autoescape=True) for column in columns)))
    return page_of(session, people, Employee.id, cursor, EmployeeView.model_validate)


@router.get("/{employee_id}", summary="Show an employee")
def get_employee(access: MayRead, session: ReadSession, employee_id: UUID) -> EmployeeDetail:
    """One person with skills and certificates."""
    return EmployeeDetail.model_validate(find_employee(session, employee_id))
