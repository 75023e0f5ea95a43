"""People who work shifts."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from sqlalchemy import or_, select

from api.pagination import PageCursor, page_of
from api.permissions import Access, allow
from api.schemas.base import Day, Name, Page
from api.schemas.employees import EmployeeDetail, EmployeeSaved, EmployeeView, SkillsSaved
from api.transaction import ReadSession, WriteSession
from scheduler.organisation.permissions import Permission
from scheduler.people.employees import find_employee
from scheduler.people.models import Employee
from scheduler.people.save_employee import change_employee, create_employee, set_skills

router = APIRouter(prefix="/v1/employees", tags=["employees"])

MayRead = Annotated[Access, Depends(allow(Permission.EMPLOYEES_READ))]
MayWrite = Annotated[Access, Depends(allow(Permission.EMPLOYEES_WRITE))]


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


@router.post("", status_code=201, summary="Create an employee")
def post_employee(access: MayWrite, session: WriteSession, body: EmployeeSaved) -> EmployeeDetail:
    """A new person, still without skills and contract. 409 `number_taken` if somebody has the number."""
    access.require_location(session, body.location_id)
    return EmployeeDetail.model_validate(create_employee(session, body.facts(), actor=access.actor))


@router.put("/{employee_id}", summary="Change an employee")
def put_employee(
    access: MayWrite, session: WriteSession, employee_id: UUID, body: EmployeeSaved
) -> EmployeeDetail:
    """Everything as said; nobody moves a person to a location beyond his reach."""
    access.require_location(session, body.location_id)
    changed = change_employee(session, employee_id, body.facts(), actor=access.actor)
    return EmployeeDetail.model_validate(changed)


@router.put("/{employee_id}/skills", summary="Say which skills an employee has")
def put_employee_skills(
    access: MayWrite, session: WriteSession, employee_id: UUID, body: SkillsSaved
) -> EmployeeDetail:
    """These skills and no others, each from and until when."""
    changed = set_skills(session, employee_id, body.spans(), actor=access.actor)
    return EmployeeDetail.model_validate(changed)


@router.get("/{employee_id}", summary="Show an employee")
def get_employee(access: MayRead, session: ReadSession, employee_id: UUID) -> EmployeeDetail:
    """One person with skills and certificates."""
    return EmployeeDetail.model_validate(find_employee(session, employee_id))
