"""Two organisations with one record of every kind that a path can name, and somebody for every role."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from scheduler.db.session import Database
from scheduler.demand.models import CoverageRequirement
from scheduler.kernel.clock import utc_now, week_start
from scheduler.kernel.ids import new_id
from scheduler.law.models import AgreementRecord, ConsentRecord
from scheduler.organisation.clock_devices import create_device
from scheduler.organisation.models import (
    Account,
    ApiKey,
    Department,
    Kiosk,
    Location,
    OpeningHours,
    Organisation,
    Role,
    RoleGrant,
)
from scheduler.organisation.permissions import Permission
from scheduler.pay.models import PayLine, PayPeriod
from scheduler.payroll.models import (
    BatchState,
    PayrollBatch,
    PayrollBatchEvent,
    PayrollBatchPiece,
    PayrollTarget,
)
from scheduler.people.models import (
    AvailabilityException,
    AvailabilityKind,
    Contract,
    ContractKind,
    Employee,
    EmployeeSkill,
    JobRole,
    Skill,
    WeeklyAvailability,
)
from scheduler.rosters.feeds import create_feed
from scheduler.rosters.models import Roster, RosterVersion, Run, Shift, ShiftTemplate
from scheduler.timekeeping.models import Punch, PunchKind, Timesheet
from scheduler.timeoff.models import LeaveKind, TimeOff
from tests.api.pay_group_world import store_pay_group
from tests.api.pay_world import store_pay_facts
from tests.api.people import Person, password_hash, store_key, store_person
from tests.api.timesheet_world import store_delegation, store_dispute
from tests.api.webhook_world import store_webhook

EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Place:
    """A location with one record of every kind; ``ids`` by the names of path parameters."""

    ids: Mapping[str, UUID]

    def __getitem__(self, name: str) -> UUID:
        return self.ids[name]


@dataclass(frozen=True)
class World:
    """An organisation with two locations, an account for each role, and two keys."""

    organisation_id: UUID
    marker: str
    """Is in every name of this organisation."""
    here: Place
    there: Place
    people: Mapping[str, Person]
    feed_token: str
    scopeless_key: str
    """May only read the audit record."""
    other_scope_key: str
    """May only read reference data."""
    all_ids: frozenset[UUID] = field(default_factory=frozenset)


def monday() -> date:
    """The first day of next week: rosters of tests lie in the future."""
    return week_start(utc_now().date()) + timedelta(days=7)


def build_world(database: Database, slug: str, marker: str) -> World:
    """Store a whole organisation, and sign everybody in."""
    with database.write() as session:
        organisation = Organisation(slug=slug, name=f"{marker} Ltd", created_at=EPOCH)
        session.add(organisation)
        session.flush()
        organisation_id = organisation.id
    with database.write(organisation_id) as session:
        shared = _shared(session, marker)
        here = _place(session, shared, "HERE", marker)
        there = _place(session, shared, "THERE", marker)
        feed_token = create_feed(session, here["employee_id"], actor="system")
        victim = Account(email=f"victim@{slug}", name=marker, password_hash=password_hash(), created_at=EPOCH)
        victim.grants = [RoleGrant(role=Role.EMPLOYEE, location_id=None)]
        session.add(victim)
        session.flush()
        here = Place(
            {**here.ids, "account_id": victim.id, "delegation_id": store_delegation(session, slug, here.ids)}
        )

    audit_key = store_key(database, organisation_id, [Permission.AUDIT_READ])
    reference_key = store_key(database, organisation_id, [Permission.REFERENCE_READ])
    here = Place({**here.ids, "key_id": _spare_key(database, organisation_id)})
    return World(
        organisation_id=organisation_id,
        marker=marker,
        here=here,
        there=there,
        people=_people(database, organisation_id, slug, here, there),
        feed_token=feed_token,
        scopeless_key=audit_key,
        other_scope_key=reference_key,
        all_ids=frozenset({organisation_id, *here.ids.values(), *there.ids.values()}),
    )


def _people(
    database: Database, organisation_id: UUID, slug: str, here: Place, there: Place
) -> dict[str, Person]:
    def person(name: str, *roles: tuple[Role, UUID | None], employee_id: UUID | None = None) -> Person:
        return store_person(database, organisation_id, f"{name}@{slug}", *roles, employee_id=employee_id)

    return {
        "employee": person("employee", (Role.EMPLOYEE, None), employee_id=here["employee_id"]),
        "other employee": person("other", (Role.EMPLOYEE, None), employee_id=here["colleague_id"]),
        "manager": person("manager", (Role.MANAGER, here["location_id"])),
        "other manager": person("manager2", (Role.MANAGER, there["location_id"])),
        "payroll": person("payroll", (Role.PAYROLL, None)),
        "admin": person("admin", (Role.ADMIN, None)),
    }


def _spare_key(database: Database, organisation_id: UUID) -> UUID:
    with database.write(organisation_id) as session:
        key = ApiKey(name="spare", prefix="mk_spare", key_hash=new_id().hex, scopes=[], created_at=EPOCH)
        session.add(key)
        session.flush()
        return key.id


def _shared(session: Session, marker: str) -> dict[str, UUID]:
    skill = Skill(code="PICK", name=f"{marker} picking")
    job_role = JobRole(code="LEAD", name=f"{marker} lead")
    agreement = AgreementRecord(
        pack_id="old", number=1, title=marker, text="", uploaded_by="system", uploaded_at=EPOCH,
        withdrawn_at=EPOCH,
    )  # fmt: skip
    session.add_all([skill, job_role, agreement])
    session.flush()
    ids = {"skill_id": skill.id, "job_role_id": job_role.id, "agreement_id": agreement.id}
    return {
        **ids,
        **store_pay_group(session, marker),
        **_payroll(session, marker),
        **store_webhook(session, marker),
    }


def _payroll(session: Session, marker: str) -> dict[str, UUID]:
    """A target with a batch that was handed to it."""
    target = PayrollTarget(code="lodas", name=marker, profile_code="datev_lodas", created_at=EPOCH)
    session.add(target)
    session.flush()
    batch = PayrollBatch(
        target_id=target.id,
        number=1,
        profile={},
        settings={},
        first_day=date(2026, 1, 5),
        last_day=date(2026, 1, 11),
        file_name=f"{marker}.txt",
        media_type="text/csv",
        size_bytes=1,
        sha256="0" * 64,
        line_count=0,
        person_count=0,
        created_by="system",
        created_at=EPOCH,
    )
    session.add(batch)
    session.flush()
    session.add_all(
        [
            PayrollBatchPiece(batch_id=batch.id, number=0, content=b"x"),
            PayrollBatchEvent(batch_id=batch.id, number=1, state=BatchState.DRAFT, at=EPOCH, actor="system"),
        ]
    )
    session.flush()
    return {"payroll_target_id": target.id, "payroll_batch_id": batch.id}


def _place(session: Session, shared: dict[str, UUID], code: str, marker: str) -> Place:
    location = Location(
        code=code, name=f"{marker} {code}", zone="Europe/Warsaw", jurisdiction="pl", currency="PLN"
    )
    location.hours = [OpeningHours(weekday=day, opens_minute=360, closes_minute=1320) for day in range(7)]
    department = Department(code="OUT", name=f"{marker} out", location=location)
    session.add_all([location, department])
    session.flush()
    ids = {**shared, "location_id": location.id, "department_id": department.id}
    ids["employee_id"] = _employee(session, ids, f"{code}-1", marker).id
    ids["colleague_id"] = _employee(session, ids, f"{code}-2", marker).id
    _employee_records(session, ids, marker)
    _roster_records(session, ids, marker)
    _time_records(session, ids)
    ids["dispute_id"] = store_dispute(session, ids["timesheet_id"])
    ids.update(store_pay_facts(session, ids))
    ids["kiosk_id"] = _kiosk(session, ids).id
    device, _ = create_device(session, ids["location_id"], name="hall", now=EPOCH, actor="system")
    ids["device_id"] = device.id
    return Place(ids)


def _employee(session: Session, ids: dict[str, UUID], number: str, marker: str) -> Employee:
    employee = Employee(
        number=number,
        first_name="Ann",
        last_name=marker,
        hired_on=date(2024, 1, 1),
        location_id=ids["location_id"],
        department_id=ids["department_id"],
        job_role_id=ids["job_role_id"],
    )
    employee.skills = [EmployeeSkill(skill_id=ids["skill_id"], valid_from=date(2024, 1, 1))]
    employee.contracts = [
        Contract(
            valid_from=date(2024, 1, 1),
            valid_until=None,
            kind=ContractKind.PERMANENT,
            weekly_minutes=2400,
            min_weekly_minutes=0,
            max_weekly_minutes=2880,
            max_daily_minutes=720,
            hourly_rate_cents=4000,
            currency="PLN",
        )
    ]
    session.add(employee)
    session.flush()
    ids["employee_skill_id"] = employee.skills[0].id
    ids["contract_id"] = employee.contracts[0].id
    return employee


def _employee_records(session: Session, ids: dict[str, UUID], marker: str) -> None:
    employee_id = ids["employee_id"]
    window: dict[str, Any] = {"start_minute": 480, "end_minute": 960, "kind": AvailabilityKind.AVAILABLE}
    records: dict[str, WeeklyAvailability | AvailabilityException | ConsentRecord | TimeOff] = {
        "consent_id": ConsentRecord(
            employee_id=employee_id,
            ground="opt_out",
            given_on=date(2024, 1, 1),
            valid_from=date(2024, 1, 1),
            notice_days=7,
            evidence=marker,
            recorded_by="system",
            recorded_at=EPOCH,
        ),
        "availability_id": WeeklyAvailability(employee_id=employee_id, weekday=0, **window),
        "exception_id": AvailabilityException(employee_id=employee_id, day=date(2026, 5, 1), **window),
        "time_off_id": TimeOff(
            employee_id=employee_id,
            starts_on=monday() + timedelta(days=280),
            ends_on=monday() + timedelta(days=287),
            kind=LeaveKind.ANNUAL,
            note=marker,
            requested_at=EPOCH,
        ),
    }
    session.add_all(records.values())
    session.flush()
    ids.update({name: record.id for name, record in records.items()})


def _roster_records(session: Session, ids: dict[str, UUID], marker: str) -> None:
    first = monday()
    starts_at = datetime.combine(first, time(8), UTC)
    _demand(session, ids, marker, starts_at)
    roster = Roster(
        location_id=ids["location_id"], starts_on=first, ends_on=first + timedelta(days=7), created_at=EPOCH
    )
    session.add(roster)
    session.flush()
    version, newer = (
        RosterVersion(roster_id=roster.id, number=number, created_at=EPOCH, created_by="system")
        for number in (1, 2)
    )
    newer.shifts = [
        Shift(
            lineage_id=new_id(),
            department_id=ids["department_id"],
            skill_id=ids["skill_id"],
            employee_id=employee_id,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=8),
            paid_minutes=480,
            note=marker,
        )
        for employee_id in (ids["employee_id"], None)
    ]
    run = Run(roster_id=roster.id, seed=1, seconds=5, requested_by="system", requested_at=EPOCH)
    session.add_all([version, newer, run])
    session.flush()
    ids.update(
        roster_id=roster.id, version_id=version.id, lineage_id=newer.shifts[0].lineage_id, run_id=run.id
    )


def _demand(session: Session, ids: dict[str, UUID], marker: str, starts_at: datetime) -> None:
    of = {name: ids[name] for name in ("location_id", "department_id", "skill_id")}
    ends_at = starts_at + timedelta(hours=8)
    session.add(CoverageRequirement(**of, starts_at=starts_at, ends_at=ends_at, minimum=1, target=1))
    template = ShiftTemplate(
        **of,
        code="EARLY",
        name=f"{marker} early",
        earliest_start_minute=360,
        latest_start_minute=600,
        start_step_minutes=60,
        shortest_minutes=480,
        longest_minutes=480,
        length_step_minutes=60,
    )
    session.add(template)
    session.flush()
    ids["template_id"] = template.id


def _kiosk(session: Session, ids: dict[str, UUID]) -> Kiosk:
    kiosk = Kiosk(location_id=ids["location_id"], name="gate", token_hash=new_id().hex, created_at=EPOCH)
    session.add(kiosk)
    session.flush()
    return kiosk


def _time_records(session: Session, ids: dict[str, UUID]) -> None:
    last_week = week_start(utc_now().date()) - timedelta(days=14)
    punch = Punch(
        employee_id=ids["employee_id"],
        location_id=ids["location_id"],
        at=datetime.combine(last_week, time(8), UTC),
        kind=PunchKind.IN,
        source="web",
        external_id=str(new_id()),
        recorded_at=EPOCH,
        recorded_by="system",
    )
    timesheet = Timesheet(
        employee_id=ids["employee_id"],
        location_id=ids["location_id"],
        starts_on=last_week,
        ends_on=last_week + timedelta(days=7),
    )
    period = PayPeriod(
        location_id=ids["location_id"], starts_on=last_week, ends_on=last_week + timedelta(days=7)
    )
    session.add_all([punch, timesheet, period])
    session.flush()
    line = PayLine(
        pay_period_id=period.id,
        employee_id=ids["employee_id"],
        employee_number="1",
        employee_name="Somebody",
        contract_id=ids["contract_id"],
        day=last_week,
        pay_code="regular",
        minutes=0,
        hourly_rate_cents=3140,
        amount_cents=0,
        currency="PLN",
        punch_ids=[str(punch.id)],
        created_at=EPOCH,
    )
    session.add(line)
    session.flush()
    ids.update(punch_id=punch.id, timesheet_id=timesheet.id, pay_period_id=period.id, pay_line_id=line.id)
