"""What the ids in paths name: where each record belongs, and to whom."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from scheduler.law.models import AgreementRecord, ConsentRecord
from scheduler.organisation.models import Account, ApiKey, ApprovalDelegation, ClockDevice, Kiosk, Location
from scheduler.pay.models import Allowance, PayFact, PayLine, PayPeriod
from scheduler.payroll.models import PayrollBatch, PayrollTarget
from scheduler.people.models import Contract, Employee, PayGroup
from scheduler.rosters.models import Roster, RosterVersion, Run, ShiftTemplate
from scheduler.timekeeping.models import Dispute, Punch, Timesheet
from scheduler.timeoff.models import TimeOff
from scheduler.webhooks.models import WebhookDelivery, WebhookEndpoint


@dataclass(frozen=True, slots=True)
class Subject:
    """Where a record belongs; without a location it belongs to the organisation as a whole."""

    location_id: UUID | None = None
    employee_id: UUID | None = None

    @property
    def is_located(self) -> bool:
        """Whether the reach of a permission matters for it."""
        return self.location_id is not None or self.employee_id is not None


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record that a path can name: what people call it, and how its place is found."""

    what: str
    find: Callable[[Session, UUID], Subject | None]


def _located(what: str, query: Callable[[UUID], Select[*tuple[Any, ...]]]) -> Kind:
    """A kind whose ``query`` gives the location, and perhaps the employee, of the record with an id."""

    def find(session: Session, record_id: UUID) -> Subject | None:
        row = session.execute(query(record_id)).one_or_none()
        return None if row is None else Subject(*row)

    return Kind(what, find)


def _shared(what: str, model: Any) -> Kind:
    """A kind that belongs to the organisation as a whole."""

    def find(session: Session, record_id: UUID) -> Subject | None:
        found = session.scalar(select(model.id).where(model.id == record_id))
        return None if found is None else Subject()

    return Kind(what, find)


def _of_employee(what: str, model: Any) -> Kind:
    """A kind that belongs to an employee, and so to the employee's location."""
    return _located(
        what,
        lambda record_id: (
            select(Employee.location_id, Employee.id)
            .join(model, model.employee_id == Employee.id)
            .where(model.id == record_id)
        ),
    )


def _at_location(what: str, model: Any) -> Kind:
    """A kind that names its location itself."""
    return _located(what, lambda record_id: select(model.location_id).where(model.id == record_id))


def _of_roster(what: str, model: Any) -> Kind:
    """A kind that belongs to a roster."""
    return _located(
        what,
        lambda record_id: (
            select(Roster.location_id).join(model, model.roster_id == Roster.id).where(model.id == record_id)
        ),
    )


SUBJECTS: Mapping[str, Kind] = {
    "location_id": _located("location", lambda key: select(Location.id).where(Location.id == key)),
    "employee_id": _located(
        "employee", lambda key: select(Employee.location_id, Employee.id).where(Employee.id == key)
    ),
    "contract_id": _of_employee("contract", Contract),
    "consent_id": _of_employee("consent", ConsentRecord),
    "time_off_id": _of_employee("time off", TimeOff),
    "template_id": _at_location("shift template", ShiftTemplate),
    "roster_id": _at_location("roster", Roster),
    "version_id": _of_roster("roster version", RosterVersion),
    "run_id": _of_roster("run", Run),
    "punch_id": _of_employee("punch", Punch),
    "timesheet_id": _located(
        "timesheet",
        lambda key: select(Timesheet.location_id, Timesheet.employee_id).where(Timesheet.id == key),
    ),
    "dispute_id": _located(
        "dispute",
        lambda key: (
            select(Timesheet.location_id, Timesheet.employee_id)
            .join(Dispute, Dispute.timesheet_id == Timesheet.id)
            .where(Dispute.id == key)
        ),
    ),
    "delegation_id": _at_location("lent right to approve", ApprovalDelegation),
    "pay_period_id": _at_location("pay period", PayPeriod),
    "pay_line_id": _located(
        "pay line",
        lambda key: (
            select(PayPeriod.location_id, PayLine.employee_id)
            .join(PayLine, PayLine.pay_period_id == PayPeriod.id)
            .where(PayLine.id == key)
        ),
    ),
    "pay_fact_id": _of_employee("pay fact", PayFact),
    "allowance_id": _located(
        "allowance",
        lambda key: (
            select(func.coalesce(Allowance.location_id, Employee.location_id))
            .outerjoin(Employee, Employee.id == Allowance.employee_id)
            .where(Allowance.id == key)
        ),
    ),
    "kiosk_id": _at_location("kiosk", Kiosk),
    "device_id": _at_location("time clock", ClockDevice),
    "account_id": _shared("account", Account),
    "agreement_id": _shared("agreement", AgreementRecord),
    "key_id": _shared("API key", ApiKey),
    "webhook_id": _shared("webhook", WebhookEndpoint),
    "webhook_delivery_id": _shared("delivery", WebhookDelivery),
    "pay_group_id": _shared("pay group", PayGroup),
    "payroll_target_id": _shared("payroll target", PayrollTarget),
    "payroll_batch_id": _shared("payroll batch", PayrollBatch),
}
"""Name of a path parameter -> what it names. A route whose path has any other name does not start."""

NOT_RECORDS = frozenset({"token", "lineage_id", "monday", "verb", "pack", "profile"})
"""Path parameters that name no record by themselves: a secret, a shift of a roster, a day, a verb, a
rule pack, a profile of payroll files."""
