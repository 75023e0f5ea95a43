"""Who may see and make which payroll file: all of its pay periods have to be within reach."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from urllib.parse import quote
from uuid import UUID

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import Session

from api.permissions import Access
from scheduler.db.session import Database
from scheduler.kernel.errors import SchedulerError
from scheduler.pay.models import PayPeriod
from scheduler.payroll.batch_file import batch_piece, piece_count
from scheduler.payroll.batch_states import find_batch
from scheduler.payroll.models import PayrollBatch, PayrollBatchPeriod


def require_periods(session: Session, access: Access, period_ids: Collection[UUID]) -> None:
    """Refuse pay periods that are not there or of places beyond reach.

    Raises
    ------
    SchedulerError
        ``not_found`` or ``outside_reach``.
    """
    for period_id in period_ids:
        period = session.get(PayPeriod, period_id)
        if period is None:
            raise SchedulerError("not_found", what="pay period", id=str(period_id))
        access.require(period.location_id)


def batch_within_reach(session: Session, access: Access, batch_id: UUID) -> PayrollBatch:
    """A batch all of whose pay periods are within reach.

    Raises
    ------
    SchedulerError
        ``payroll_batch_not_found`` or ``outside_reach``.
    """
    batch = find_batch(session, batch_id)
    query = select(PayrollBatchPeriod.pay_period_id).where(PayrollBatchPeriod.batch_id == batch_id)
    require_periods(session, access, session.scalars(query).all())
    return batch


def batches_within_reach(access: Access) -> ColumnElement[bool]:
    """The same as a condition of a query over batches."""
    if access.reach.everywhere:
        return true()
    beyond = (
        select(PayrollBatchPeriod.id)
        .join(PayPeriod, PayPeriod.id == PayrollBatchPeriod.pay_period_id)
        .where(
            PayrollBatchPeriod.batch_id == PayrollBatch.id,
            PayPeriod.location_id.not_in(access.reach.location_ids),
        )
    )
    return ~beyond.exists()


def link_of(about: Mapping[str, str]) -> str | None:
    """The page on which a problem is put right; None where there is none.

    Examples
    --------
    >>> link_of({"employee_id": "e", "starts_on": "2026-11-16"}), link_of({})
    ('/timesheets/e/2026-11-16', None)
    """
    if "batch_id" in about:
        return f"/payroll/batches/{about['batch_id']}"
    if "target_id" in about:
        return f"/payroll/targets/{about['target_id']}"
    if "employee_id" in about:
        return f"/timesheets/{about['employee_id']}/{about['starts_on']}"
    if "location_id" in about:
        group = about.get("pay_group_id", "none")
        return f"/locations/{about['location_id']}/pay-periods/{about['starts_on']}?group={group}"
    return None


def download_headers(batch: PayrollBatch) -> dict[str, str]:
    """Name, length and checksum of a batch's file."""
    plain = "".join(letter if letter.isascii() and letter not in '"\\' else "_" for letter in batch.file_name)
    name = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(batch.file_name)}"
    return {"Content-Disposition": name, "Content-Length": str(batch.size_bytes), "ETag": f'"{batch.sha256}"'}


def file_of(database: Database, organisation_id: UUID, batch_id: UUID) -> Iterator[bytes]:
    """A batch's file piece by piece, each read in a session of its own: a slow reader holds none."""
    with database.read(organisation_id) as session:
        count = piece_count(session, batch_id)
    for number in range(count):
        with database.read(organisation_id) as session:
            piece = batch_piece(session, batch_id, number)
        yield piece
