"""What each role may do, and how far it reaches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, false, or_, true
from sqlalchemy.orm import InstrumentedAttribute

from scheduler.organisation.models import Role


class Permission(StrEnum):
    """One thing that can be allowed; also the scopes of an API key."""

    SELF = "self"
    """See whose sign-in this is, end it, change one's own password."""
    REFERENCE_READ = "reference:read"
    """See the organisation, its locations, departments, skills and job roles."""
    REFERENCE_WRITE = "reference:write"
    IMPORTS_RUN = "imports:run"
    EMPLOYEES_READ = "employees:read"
    EMPLOYEES_WRITE = "employees:write"
    CONTRACTS_READ = "contracts:read"
    CONTRACTS_WRITE = "contracts:write"
    CONSENTS_READ = "consents:read"
    """See what people consented to, and the limits that hold for them."""
    CONSENTS_WRITE = "consents:write"
    """Record a consent, and take one back."""
    AVAILABILITY_READ = "availability:read"
    AVAILABILITY_WRITE = "availability:write"
    TIME_OFF_READ = "time_off:read"
    TIME_OFF_REQUEST = "time_off:request"
    TIME_OFF_DECIDE = "time_off:decide"
    LEAVE_POLICIES_WRITE = "leave_policies:write"
    """Say how much leave a location gives, and how it is counted."""
    LEAVE_ACCOUNTS_WRITE = "leave_accounts:write"
    """Enter opening balances, grants, adjustments and what is paid out into leave accounts."""
    DEMAND_READ = "demand:read"
    """See shift templates and coverage requirements."""
    DEMAND_WRITE = "demand:write"
    ROSTERS_READ = "rosters:read"
    """See the weeks of a location, drafts included."""
    ROSTERS_WRITE = "rosters:write"
    """Open a week, run the solver on it, edit it by hand."""
    ROSTERS_PUBLISH = "rosters:publish"
    SHIFTS_READ = "shifts:read"
    """See published shifts of a person."""
    FEEDS_WRITE = "feeds:write"
    """Make and revoke a person's secret calendar address."""
    PUNCHES_READ = "punches:read"
    PUNCHES_RECORD = "punches:record"
    """Clock in and out, now."""
    PUNCHES_IMPORT = "punches:import"
    """Hand in punches that a time clock took down, with the instants it names; all that a time clock may."""
    PUNCHES_CORRECT = "punches:correct"
    KIOSKS_WRITE = "kiosks:write"
    """Make and revoke kiosks and keys of time clocks, give people new PINs, say where people punch."""
    TIMESHEETS_READ = "timesheets:read"
    TIMESHEETS_SUBMIT = "timesheets:submit"
    TIMESHEETS_APPROVE = "timesheets:approve"
    """Approve a timesheet, or reopen one that was submitted or approved."""
    PAY_READ = "pay:read"
    PAY_CLOSE = "pay:close"
    """Open and close pay periods."""
    PAY_FACTS_READ = "pay_facts:read"
    """See bonuses, payments, deductions and what else happened on days that pay depends on."""
    PAY_FACTS_WRITE = "pay_facts:write"
    """Record them, and take them back."""
    PAY_FACTS_APPROVE = "pay_facts:approve"
    """Approve money that others recorded; one's own counts at once."""
    PAYROLL_EXPORT = "payroll:export"
    """Make payroll files of closed periods, and say what became of them."""
    PAYROLL_SETUP = "payroll:setup"
    """Say which payroll systems there are, what they call people and pay codes, and how their files look."""
    HR_READ = "hr:read"
    """Pull worked hours, leave, overtime, dates of contracts and expiring skills for human resources."""
    ACCOUNTS_WRITE = "accounts:write"
    """See and change who can sign in."""
    KEYS_WRITE = "keys:write"
    """See, make and revoke API keys."""
    WEBHOOKS_WRITE = "webhooks:write"
    """See and change which addresses are told what happens."""
    AUDIT_READ = "audit:read"


class Extent(StrEnum):
    """How far a permission goes for somebody who holds a role."""

    EVERYWHERE = "everywhere"
    """The whole organisation."""
    GRANTED = "granted"
    """The location named in the grant of the role; the whole organisation if it names none."""
    OWN = "own"
    """The records of the account's own employee."""


P = Permission

_EVERYBODY = {P.SELF: Extent.EVERYWHERE, P.REFERENCE_READ: Extent.EVERYWHERE}

ROLE_EXTENTS: Mapping[Role, Mapping[Permission, Extent]] = {
    Role.EMPLOYEE: {
        **_EVERYBODY,
        **dict.fromkeys(
            (
                P.EMPLOYEES_READ,
                P.CONTRACTS_READ,
                P.CONSENTS_READ,
                P.CONSENTS_WRITE,
                P.AVAILABILITY_READ,
                P.AVAILABILITY_WRITE,
                P.TIME_OFF_READ,
                P.TIME_OFF_REQUEST,
                P.SHIFTS_READ,
                P.FEEDS_WRITE,
                P.PUNCHES_READ,
                P.PUNCHES_RECORD,
                P.TIMESHEETS_READ,
                P.TIMESHEETS_SUBMIT,
                P.PAY_FACTS_READ,
            ),
            Extent.OWN,
        ),
    },
    Role.MANAGER: {
        **_EVERYBODY,
        **dict.fromkeys(
            (
                P.EMPLOYEES_READ,
                P.EMPLOYEES_WRITE,
                P.CONTRACTS_READ,
                P.CONSENTS_READ,
                P.CONSENTS_WRITE,
                P.AVAILABILITY_READ,
                P.AVAILABILITY_WRITE,
                P.TIME_OFF_READ,
                P.TIME_OFF_REQUEST,
                P.TIME_OFF_DECIDE,
                P.LEAVE_ACCOUNTS_WRITE,
                P.DEMAND_READ,
                P.DEMAND_WRITE,
                P.ROSTERS_READ,
                P.ROSTERS_WRITE,
                P.ROSTERS_PUBLISH,
                P.SHIFTS_READ,
                P.PUNCHES_READ,
                P.PUNCHES_CORRECT,
                P.KIOSKS_WRITE,
                P.TIMESHEETS_READ,
                P.TIMESHEETS_SUBMIT,
                P.TIMESHEETS_APPROVE,
                P.PAY_FACTS_READ,
                P.PAY_FACTS_WRITE,
            ),
            Extent.GRANTED,
        ),
    },
    Role.PAYROLL: {
        **_EVERYBODY,
        **dict.fromkeys(
            (
                P.EMPLOYEES_READ,
                P.CONTRACTS_READ,
                P.CONTRACTS_WRITE,
                P.TIME_OFF_READ,
                P.LEAVE_POLICIES_WRITE,
                P.LEAVE_ACCOUNTS_WRITE,
                P.ROSTERS_READ,
                P.SHIFTS_READ,
                P.PUNCHES_READ,
                P.PUNCHES_CORRECT,
                P.TIMESHEETS_READ,
                P.TIMESHEETS_APPROVE,
                P.PAY_READ,
                P.PAY_CLOSE,
                P.PAY_FACTS_READ,
                P.PAY_FACTS_WRITE,
                P.PAY_FACTS_APPROVE,
                P.PAYROLL_EXPORT,
                P.PAYROLL_SETUP,
                P.HR_READ,
            ),
            Extent.GRANTED,
        ),
    },
    Role.ADMIN: dict.fromkeys(P, Extent.EVERYWHERE),
}
"""Permissions of each role; what is not listed is denied."""

NEVER_FOR_KEYS = frozenset({P.SELF, P.ACCOUNTS_WRITE, P.KEYS_WRITE, P.WEBHOOKS_WRITE})
"""What no API key can be given: it is no person, and must not be able to make itself more powerful."""


LENT = frozenset({P.TIMESHEETS_APPROVE, P.TIMESHEETS_READ})
"""What a stand-in may do where the right to approve was lent to him."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A role held everywhere (no location) or at one location."""

    role: Role
    location_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Reach:
    """The records on which a permission holds."""

    everywhere: bool = False
    location_ids: frozenset[UUID] = frozenset()
    employee_id: UUID | None = None

    def covers(self, location_id: UUID | None, employee_id: UUID | None = None) -> bool:
        """Whether a record is within reach.

        Parameters
        ----------
        location_id
            Where it belongs; None for a record of the whole organisation.
        employee_id
            Whose it is; None when it is nobody's in particular.
        """
        return (
            self.everywhere
            or (location_id is not None and location_id in self.location_ids)
            or (employee_id is not None and employee_id == self.employee_id)
        )

    def criterion(
        self,
        location: InstrumentedAttribute[UUID],
        employee: InstrumentedAttribute[UUID] | None = None,
    ) -> ColumnElement[bool]:
        """The same question as a condition of a query over the two columns."""
        if self.everywhere:
            return true()
        conditions: list[ColumnElement[bool]] = []
        if self.location_ids:
            conditions.append(location.in_(self.location_ids))
        if employee is not None and self.employee_id is not None:
            conditions.append(employee == self.employee_id)
        return or_(*conditions) if conditions else false()


@dataclass(frozen=True, slots=True)
class Principal:
    """Who asks: a signed-in person or another system's key."""

    organisation_id: UUID
    actor: str
    """``user:<id>``, ``key:<id>`` or ``device:<id>``, as the audit record names it."""
    name: str
    email: str | None = None
    account_id: UUID | None = None
    employee_id: UUID | None = None
    grants: frozenset[Grant] = frozenset()
    scopes: frozenset[Permission] = frozenset()
    """Of a key; they hold in the whole organisation, or at `scoped_to`."""
    scoped_to: UUID | None = None
    """Location of a time clock."""
    lent: frozenset[UUID] = frozenset()
    """Locations at which somebody lent his right to approve, today."""
    device_id: UUID | None = None
    """Of a time clock."""

    def permissions(self) -> frozenset[Permission]:
        """Everything this principal may do somewhere."""
        return frozenset(permission for permission in Permission if reach(self, permission) is not None)


def reach(principal: Principal, permission: Permission) -> Reach | None:
    """How far a permission goes for a principal; None when it is not held at all.

    Examples
    --------
    >>> from uuid import uuid4
    >>> warsaw, organisation = uuid4(), uuid4()
    >>> manager = Principal(organisation, "user:1", "Ann", grants=frozenset({Grant(Role.MANAGER, warsaw)}))
    >>> reach(manager, Permission.ROSTERS_PUBLISH).covers(warsaw)
    True
    >>> reach(manager, Permission.ROSTERS_PUBLISH).covers(uuid4())
    False
    >>> reach(manager, Permission.PAY_CLOSE) is None
    True
    """
    if permission in principal.scopes:
        if principal.scoped_to is not None:
            return Reach(location_ids=frozenset({principal.scoped_to}))
        return Reach(everywhere=True)
    return reach_of_grants(
        principal.grants,
        permission,
        employee_id=principal.employee_id,
        lent=principal.lent if permission in LENT else frozenset(),
    )


def reach_of_grants(
    grants: Iterable[Grant],
    permission: Permission,
    *,
    employee_id: UUID | None = None,
    lent: frozenset[UUID] = frozenset(),
) -> Reach | None:
    """How far roles carry a permission, and a lent one at the locations ``lent``; None when not at all."""
    held = [(grant, ROLE_EXTENTS[grant.role].get(permission)) for grant in grants]
    extents = [(grant, extent) for grant, extent in held if extent is not None]
    if not extents and not lent:
        return None
    return Reach(
        everywhere=any(
            extent is Extent.EVERYWHERE or (extent is Extent.GRANTED and grant.location_id is None)
            for grant, extent in extents
        ),
        location_ids=lent.union(
            grant.location_id
            for grant, extent in extents
            if extent is Extent.GRANTED and grant.location_id is not None
        ),
        employee_id=employee_id if any(extent is Extent.OWN for _, extent in extents) else None,
    )
