"""The one gate before every route: ``Depends(allow(Permission.X))``.

It finds who asks, refuses those without the permission, and looks up each record named in the path: one
that the organisation does not have is "not found", one beyond the reach of the permission is refused. What
the body or the query names, the route checks with `Access.require` and `Access.reach`.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from fastapi import Request
from sqlalchemy.orm import Session

from api.auth import CurrentPrincipal
from api.subjects import NOT_RECORDS, SUBJECTS, Subject
from scheduler.db.session import Database
from scheduler.kernel.errors import SchedulerError
from scheduler.organisation.models import Location
from scheduler.organisation.permissions import Permission, Principal, Reach, reach
from scheduler.people.models import Employee


@dataclass(frozen=True, slots=True)
class Access:
    """Who was let in, with which permission, and how far it reaches."""

    principal: Principal
    permission: Permission
    reach: Reach

    @property
    def actor(self) -> str:
        """``user:<id>`` or ``key:<id>``, for use cases and the audit record."""
        return self.principal.actor

    def require(self, location_id: UUID | None, employee_id: UUID | None = None) -> None:
        """Refuse a record that is beyond reach.

        Raises
        ------
        SchedulerError
            ``outside_reach``.
        """
        if not self.reach.covers(location_id, employee_id):
            raise SchedulerError("outside_reach", permission=self.permission.value)

    def require_location(self, session: Session, location_id: UUID) -> Location:
        """The location that a body or a query names, if it exists and is within reach.

        Raises
        ------
        SchedulerError
            ``not_found`` or ``outside_reach``.
        """
        location = session.get(Location, location_id)
        if location is None:
            raise SchedulerError("not_found", what="location", id=str(location_id))
        self.require(location_id)
        return location

    def require_employee(self, session: Session, employee_id: UUID) -> Employee:
        """The employee that a body or a query names, if there is one within reach.

        Raises
        ------
        SchedulerError
            ``not_found`` or ``outside_reach``.
        """
        employee = session.get(Employee, employee_id)
        if employee is None:
            raise SchedulerError("not_found", what="employee", id=str(employee_id))
        self.require(employee.location_id, employee.id)
        return employee


@dataclass(frozen=True)
class Allow:
    """The dependency that `allow` gives; the OpenAPI document and the tests read the permission from it."""

    permission: Permission

    def __call__(self, request: Request, principal: CurrentPrincipal) -> Access:
        """Let the request in, or refuse it."""
        held = reach(principal, self.permission)
        if held is None:
            raise SchedulerError("permission_missing", permission=self.permission.value)
        access = Access(principal, self.permission, held)
        named = {name: value for name, value in request.path_params.items() if name not in NOT_RECORDS}
        if named:
            database: Database = request.app.state.database
            with database.read(principal.organisation_id) as session:
                for name, value in named.items():
                    subject = find_subject(session, name, str(value))
                    if subject.is_located:
                        access.require(subject.location_id, subject.employee_id)
        return access


def allow(permission: Permission) -> Allow:
    """The dependency that lets only those in who hold ``permission`` on everything the path names."""
    return Allow(permission)


@dataclass(frozen=True)
class Public:
    """The dependency of a route that is open to everybody, by intention."""

    async def __call__(self) -> None:
        """Let everybody in."""
        # Asynchronous, because a plain function would wait for a thread.


public = Public()


def find_subject(session: Session, name: str, value: str) -> Subject:
    """Where the record that a path names belongs.

    Raises
    ------
    SchedulerError
        ``not_found`` for what is no id, and for an id the organisation does not have.
    """
    kind = SUBJECTS[name]
    try:
        subject = kind.find(session, UUID(value))
    except ValueError:
        subject = None
    if subject is None:
        raise SchedulerError("not_found", what=kind.what, id=value[:80])
    return subject
