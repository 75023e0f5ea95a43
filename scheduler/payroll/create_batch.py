"""Make a batch: everything is checked first, then the file is written once and never again."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Collection, Iterable, Iterator
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.db.tenant import tenant_of
from scheduler.kernel.clock import utc_now
from scheduler.kernel.errors import InvalidInput, SchedulerError
from scheduler.kernel.garbage import without_collecting
from scheduler.kernel.ids import new_id
from scheduler.payroll.export_problems import ExportProblem, problems_of_values
from scheduler.payroll.models import (
    BatchState,
    PayrollBatch,
    PayrollBatchEvent,
    PayrollBatchPeriod,
    PayrollBatchPiece,
    PayrollTarget,
)
from scheduler.payroll.prepare_export import FileWriter, Prepared, prepare, rows_of, value_problems
from scheduler.payroll.rows import Row
from scheduler.payroll.totals import totals

PIECE_BYTES = 1 << 20
IN_MEMORY_BYTES = 8 << 20


@without_collecting()
def create_batch(
    session: Session, target_id: UUID, period_ids: Collection[UUID], writer: FileWriter, *, actor: str
) -> PayrollBatch:
    """A batch in draft: its bytes are stored, and stay what they are.

    Raises
    ------
    SchedulerError
        ``payroll_target_not_found``; ``pay_period_not_found``; ``payroll_not_ready`` with every problem at
        once, and nothing stored.
    """
    # Held, so that two requests cannot both find that nothing was sent yet.
    session.scalars(
        select(PayrollTarget).where(PayrollTarget.id == target_id).with_for_update()
    ).one_or_none()
    prepared = prepare(session, target_id, period_ids)
    if prepared.problems:
        raise _not_ready([*prepared.problems, *value_problems(session, prepared, writer)])
    batch_id = new_id()
    try:
        with session.begin_nested():
            batch = _stored(session, batch_id, prepared, writer, actor)
    except InvalidInput as error:
        raise _not_ready(list(problems_of_values(error.errors, prepared.target))) from error
    facts = {
        "target": prepared.target.code,
        "number": batch.number,
        "sha256": batch.sha256,
        "lines": batch.line_count,
    }
    record(session, actor, "payroll_batch.create", "payroll_batch", batch.id, **facts)
    session.flush()
    return batch


def _stored(
    session: Session, batch_id: UUID, prepared: Prepared, writer: FileWriter, actor: str
) -> PayrollBatch:
    counted = _Counted(rows_of(session, prepared))
    digest = hashlib.sha256()
    # What a large file is made of waits on the disk: its row, with checksum and size, has to come first.
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY_BYTES) as file:
        for chunk in writer.render(prepared.profile, counted, prepared.facts):
            digest.update(chunk)
            file.write(chunk)
        batch = _batch(session, batch_id, prepared, writer, counted)
        batch.size_bytes, batch.sha256 = file.tell(), digest.hexdigest()
        batch.created_by, batch.created_at = actor, utc_now()
        session.add(batch)
        session.flush()
        file.seek(0)
        number = 0
        while piece := file.read(PIECE_BYTES):
            _store_piece(session, batch_id, number, piece)
            number += 1
    session.add_all(PayrollBatchPeriod(batch_id=batch_id, pay_period_id=each) for each in prepared.period_ids)
    first = PayrollBatchEvent(
        batch_id=batch_id, number=1, state=BatchState.DRAFT, at=batch.created_at, actor=actor
    )
    session.add(first)
    session.flush()
    return batch


def _batch(
    session: Session, batch_id: UUID, prepared: Prepared, writer: FileWriter, counted: _Counted
) -> PayrollBatch:
    profile, facts = prepared.profile, prepared.facts
    return PayrollBatch(
        id=batch_id,
        target_id=prepared.target.id,
        number=facts.batch_number,
        profile=profile.model_dump(mode="json", exclude_none=True),
        settings=dict(facts.settings),
        first_day=facts.first_day,
        last_day=facts.last_day,
        file_name=writer.file_name(profile, facts),
        media_type=writer.media_type(profile),
        line_count=counted.lines,
        person_count=len(counted.people),
        totals=[each.to_json() for each in totals(session, prepared.period_ids)],
    )


def _store_piece(session: Session, batch_id: UUID, number: int, content: bytes) -> None:
    # Not as a record: the session would keep every piece until it commits.
    row = {"id": new_id(), "organisation_id": tenant_of(session), "batch_id": batch_id}
    session.execute(insert(PayrollBatchPiece), [{**row, "number": number, "content": content}])


class _Counted:
    """Rows that are counted as they pass."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = rows
        self.lines = 0
        self.people: set[str] = set()

    def __iter__(self) -> Iterator[Row]:
        for row in self._rows:
            self.lines += 1
            self.people.add(row.line.employee_number)
            yield row


def _not_ready(problems: list[ExportProblem]) -> SchedulerError:
    return SchedulerError(
        "payroll_not_ready", count=len(problems), problems=[each.to_json() for each in problems]
    )
