"""Rows for analysts: time entries, pay lines, hours, leave and balances, one mapping each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.organisation.models import Location
from scheduler.pay.models import PayLine, PayPeriod, PayPeriodState
from scheduler.people.models import Employee, JobRole
from scheduler.reporting.analysis_tables import AnalysisTable
from scheduler.reporting.hr_facts import hr_facts
from scheduler.reporting.hr_query import HrQuery
from scheduler.reporting.models import HrRecordKind
from scheduler.timekeeping.models import TimeEntry, Timesheet

AT_ONCE = 5000
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows.

    Parameters
    ----------
    starts_on, ends_on
        Of the civil days ``[starts_on, ends_on)``.
    location_ids
        Of these places only; None for all.
    today
        Until which balances are told.
    """

    starts_on: date
    ends_on: date
    location_ids: frozenset[UUID] | None
    today: date

    def query(self, kind: HrRecordKind) -> HrQuery:
        """The same as a question about people."""
        return HrQuery(kind, self.starts_on, self.ends_on, self.location_ids)


def analysis_rows(session: Session, table: AnalysisTable, wanted: Wanted) -> Iterator[Mapping[str, Any]]:
    """The rows of a table by day and person; their names are the columns of `exports.frames`."""
    return _READERS.get(table, _facts(table))(session, wanted)


def _time_entries(session: Session, wanted: Wanted) -> Iterator[Mapping[str, Any]]:
    everywhere = wanted.query(HrRecordKind.WORKED_HOURS)
    statement = (
        select(TimeEntry, Timesheet.state, Employee, Location, JobRole.code)
        .join(Timesheet, Timesheet.id == TimeEntry.timesheet_id)
        .join(Employee, Employee.id == Timesheet.employee_id)
        .join(Location, Location.id == TimeEntry.location_id)
        .join(JobRole, JobRole.id == TimeEntry.job_role_id, isouter=True)
        .where(TimeEntry.day >= wanted.starts_on, TimeEntry.day < wanted.ends_on)
        .where(everywhere.at_places(TimeEntry.location_id))
        .order_by(TimeEntry.day, Employee.number, TimeEntry.starts_at)
    )
    for entry, state, employee, place, job in session.execute(statement.execution_options(yield_per=AT_ONCE)):
        yield {
            "employee_number": employee.number,
            "employee_name": employee.name,
            "location": place.code,
            "job_role": job,
            "day": entry.day,
            "starts_at": entry.starts_at,
            "ends_at": entry.ends_at,
            "zone": place.zone,
            "break_minutes": entry.break_minutes,
            "worked_minutes": entry.worked_minutes,
            "timesheet_state": state.value,
        }


def _pay_lines(session: Session, wanted: Wanted) -> Iterator[Mapping[str, Any]]:
    everywhere = wanted.query(HrRecordKind.OVERTIME)
    statement = (
        select(PayLine, PayPeriod, Location.code)
        .join(PayPeriod, PayPeriod.id == PayLine.pay_period_id)
        .join(Location, Location.id == PayPeriod.location_id)
        .where(PayPeriod.state == PayPeriodState.CLOSED)
        .where(PayLine.day >= wanted.starts_on, PayLine.day < wanted.ends_on)
        .where(everywhere.at_places(PayPeriod.location_id))
        .order_by(PayLine.day, PayLine.employee_number, PayLine.id)
    )
    for line, period, place in session.execute(statement.execution_options(yield_per=AT_ONCE)):
        yield {
            "period_first_day": period.starts_on,
            "period_last_day": period.ends_on - DAY,
            "location": place,
            "employee_number": line.employee_number,
            "employee_name": line.employee_name,
            "day": line.day,
            "pay_code": line.pay_code,
            "minutes": line.minutes,
            "is_worked": line.counts_time,
            "hourly_rate_cents": line.hourly_rate_cents,
            "amount_cents": line.amount_cents,
            "currency": line.currency,
            "rule": line.rule,
            "is_correction": line.corrects_period_id is not None,
        }


def _facts(table: AnalysisTable) -> Callable[[Session, Wanted], Iterator[Mapping[str, Any]]]:
    """What human resources are told, as rows."""

    def rows(session: Session, wanted: Wanted) -> Iterator[Mapping[str, Any]]:
        codes = {one.id: one.code for one in session.scalars(select(Location))}
        for fact in hr_facts(session, wanted.query(HrRecordKind(table.value)), today=wanted.today):
            span = {"first_day": fact.starts_on, "last_day": fact.ends_on - DAY}
            yield {**fact.facts, "location": codes[fact.location_id], **span, "day": fact.starts_on}

    return rows


_READERS: Mapping[AnalysisTable, Callable[[Session, Wanted], Iterator[Mapping[str, Any]]]] = {
    AnalysisTable.TIME_ENTRIES: _time_entries,
    AnalysisTable.PAY_LINES: _pay_lines,
}
