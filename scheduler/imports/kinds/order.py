"""Every kind of file, each after those it refers to."""

from __future__ import annotations

from scheduler.imports.kind import Kind
from scheduler.imports.kinds.availability import Availability, AvailabilityExceptions
from scheduler.imports.kinds.demand import Coverage, Demand
from scheduler.imports.kinds.law_calendar import SchoolTermsKind, SettlementPeriodsKind
from scheduler.imports.kinds.leave_accounts import LeaveOpeningsKind, LeavePoliciesKind
from scheduler.imports.kinds.organisation import Departments, Locations, OpeningHoursKind
from scheduler.imports.kinds.pay_facts import PayFacts
from scheduler.imports.kinds.pay_groups import PayGroupMembersKind, PayGroupsKind
from scheduler.imports.kinds.people import Contracts, Employees, EmployeeSkills, JobRoles, Skills
from scheduler.imports.kinds.rosters import ShiftTemplates
from scheduler.imports.kinds.timekeeping import Punches
from scheduler.imports.kinds.timeoff import TimeOffKind

DEMAND = Demand()

KINDS: tuple[Kind, ...] = (
    Locations(),
    OpeningHoursKind(),
    SettlementPeriodsKind(),
    SchoolTermsKind(),
    LeavePoliciesKind(),
    PayGroupsKind(),
    Departments(),
    JobRoles(),
    Skills(),
    Employees(),
    PayGroupMembersKind(),
    Contracts(),
    EmployeeSkills(),
    Availability(),
    AvailabilityExceptions(),
    TimeOffKind(),
    LeaveOpeningsKind(),
    ShiftTemplates(),
    Coverage(),
    DEMAND,
    Punches(),
    PayFacts(),
)
