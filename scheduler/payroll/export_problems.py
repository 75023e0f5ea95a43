"""What keeps a payroll file from being made, each thing with what would do and the record it is about."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduler.kernel.errors import FieldError
from scheduler.organisation.models import Location
from scheduler.pay.models import PayLine, PayPeriod, PayPeriodState
from scheduler.payroll.batch_states import LIVE, latest_states
from scheduler.payroll.mappings import Mappings
from scheduler.payroll.models import PayrollBatch, PayrollBatchPeriod, PayrollTarget
from scheduler.payroll.payroll_profile import Profile
from scheduler.payroll.targets import missing_settings
from scheduler.people.models import Employee
from scheduler.timekeeping.exceptions import blocking
from scheduler.timekeeping.models import Timesheet, TimesheetState
from scheduler.timekeeping.timesheets import exceptions_of


@dataclass(frozen=True, slots=True)
class ExportProblem:
    """One thing that keeps a file from being made.

    Parameters
    ----------
    code
        Stable identifier of its kind.
    text
        What is wrong, in a sentence.
    hint
        What would do.
    about
        Ids that lead to the place where it is put right: ``location_id`` with ``starts_on``
        and ``pay_group_id`` (or ``none``), ``employee_id`` with ``starts_on``, ``target_id`` or ``batch_id``.
    """

    code: str
    text: str
    hint: str
    about: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """As a refusal tells it."""
        return {"code": self.code, "text": self.text, "hint": self.hint, "about": dict(self.about)}


def problems_of_periods(session: Session, periods: Sequence[PayPeriod]) -> Iterator[ExportProblem]:
    """Periods that are not closed, and the timesheets that keep them open."""
    if not periods:
        yield ExportProblem("no_period", "No pay period was chosen.", "choose at least one closed period")
    for period in periods:
        if period.state is PayPeriodState.CLOSED:
            continue
        name = session.scalar(select(Location.name).where(Location.id == period.location_id))
        about = {
            "location_id": str(period.location_id),
            "starts_on": period.starts_on.isoformat(),
            "pay_group_id": str(period.pay_group_id or "none"),
        }
        text = f"The period of {name} that starts on {period.starts_on} is not closed."
        yield ExportProblem("period_not_closed", text, "approve its timesheets and close it", about)
        yield from _of_sheets(session, period)


def _of_sheets(session: Session, period: PayPeriod) -> Iterator[ExportProblem]:
    query = (
        select(Timesheet, Employee)
        .join(Employee, Employee.id == Timesheet.employee_id)
        .where(
            Timesheet.location_id == period.location_id,
            Timesheet.pay_group_id == period.pay_group_id,
            Timesheet.starts_on >= period.starts_on,
            Timesheet.starts_on < period.ends_on,
        )
        .order_by(Employee.number, Timesheet.starts_on)
    )
    for sheet, person in session.execute(query).unique():
        who = f"{person.name} ({person.number})"
        about = {"employee_id": str(person.id), "starts_on": sheet.starts_on.isoformat()}
        for each in blocking(exceptions_of(sheet)):
            what = each.code.value.replace("_", " ")
            text = f"The time of {who} has an open exception on {each.day}: {what}."
            yield ExportProblem("open_exception", text, "correct the punches", about)
        if sheet.state not in (TimesheetState.APPROVED, TimesheetState.CLOSED) and sheet.entries:
            text = f"The timesheet of {who} is not approved; it is {sheet.state.value}."
            yield ExportProblem("timesheet_unapproved", text, "approve it", about)


def problems_of_target(target: PayrollTarget, profile: Profile) -> Iterator[ExportProblem]:
    """Settings that the profile requires and that nobody gave."""
    for name, setting in missing_settings(profile, target.settings):
        text = f"{target.name} has no {name}: {setting.says}"
        yield ExportProblem(
            "setting_missing", text, "give it on the page of the target", {"target_id": str(target.id)}
        )


def problems_of_mappings(
    session: Session,
    target: PayrollTarget,
    profile: Profile,
    mappings: Mappings,
    period_ids: Collection[UUID],
) -> Iterator[ExportProblem]:
    """Pay codes and people that the target has no name for, and people it would take for one another."""
    about = {"target_id": str(target.id)}
    codes = select(PayLine.pay_code, func.count(PayLine.id)).where(PayLine.pay_period_id.in_(period_ids))
    found = session.execute(codes.group_by(PayLine.pay_code)).all()
    if not found:
        yield ExportProblem(
            "no_lines", "The chosen periods hold no pay lines.", "there is nothing to hand over"
        )
    for code, count in sorted((str(code), count) for code, count in found):
        if code not in mappings.codes:
            text = f"The pay code {code} ({count} lines) is not mapped to one of {target.name}."
            hint = "map it, or leave it out on purpose if the target pays it by itself"
            yield ExportProblem("pay_code_unmapped", text, hint, about | {"pay_code": code})
            continue
        mapped = mappings.codes[code]
        if mapped is not None and profile.slots and mapped.slot not in profile.slots:
            text = f"The pay code {code} is mapped to no slot of {profile.title}."
            hint = f"one of {', '.join(profile.slots)}"
            yield ExportProblem("pay_code_unmapped", text, hint, about | {"pay_code": code})
    yield from _of_people(session, target, mappings, period_ids)


def _of_people(
    session: Session, target: PayrollTarget, mappings: Mappings, period_ids: Collection[UUID]
) -> Iterator[ExportProblem]:
    query = (
        select(PayLine.employee_id, PayLine.employee_number, func.max(PayLine.employee_name))
        .where(PayLine.pay_period_id.in_(period_ids))
        .group_by(PayLine.employee_id, PayLine.employee_number)
        .order_by(PayLine.employee_number)
    )
    about = {"target_id": str(target.id)}
    known_as: dict[str, tuple[UUID, str]] = {}
    for employee_id, number, name in session.execute(query):
        who = f"{name} ({number})"
        theirs = number_of(number, mappings, same_numbers=target.same_numbers)
        if not theirs:
            text = f"{who} has no number in {target.name}."
            yield ExportProblem(
                "employee_number_missing", text, "map it", about | {"employee_number": number}
            )
            continue
        other = known_as.setdefault(theirs, (employee_id, who))
        if other[0] != employee_id:
            text = f"{who} and {other[1]} have the same number {theirs} in {target.name}."
            hint = "give each one their own"
            yield ExportProblem("employee_number_shared", text, hint, about | {"employee_number": number})


def number_of(own: str, mappings: Mappings, *, same_numbers: bool) -> str:
    """The number somebody has in the target; empty if they have none."""
    return mappings.people.get(own, {}).get("number") or (own if same_numbers else "")


def problems_of_batches(
    session: Session, target: PayrollTarget, period_ids: Collection[UUID]
) -> Iterator[ExportProblem]:
    """Batches that handed the same lines to the same target and still count."""
    query = (
        select(PayrollBatch)
        .join(PayrollBatchPeriod, PayrollBatchPeriod.batch_id == PayrollBatch.id)
        .where(PayrollBatch.target_id == target.id, PayrollBatchPeriod.pay_period_id.in_(period_ids))
        .order_by(PayrollBatch.number)
        .distinct()
    )
    batches = session.scalars(query).all()
    states = latest_states(session, [batch.id for batch in batches])
    for batch in batches:
        if states[batch.id] in LIVE:
            state = states[batch.id].value
            text = f"Batch {batch.number} of {target.name} holds lines of these periods and is {state}."
            hint = "say with a reason that it was rejected or is superseded, and make the new one then"
            yield ExportProblem("already_sent", text, hint, {"batch_id": str(batch.id)})


def problems_of_values(errors: Iterable[FieldError], target: PayrollTarget) -> Iterator[ExportProblem]:
    """Values that the target could not take."""
    for error in errors:
        text = f"{error.field}: “{error.value}” {error.problem}."
        yield ExportProblem("value_refused", text, error.hint, {"target_id": str(target.id)})
