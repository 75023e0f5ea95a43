"""Steps of handing a week to a payroll system, written so that tests read as what happened."""

from __future__ import annotations

import hashlib
from uuid import UUID

from sqlalchemy.orm import Session

from exports.payroll_files import WRITER
from scheduler.pay.models import PayPeriod
from scheduler.payroll.batch_file import batch_content
from scheduler.payroll.create_batch import create_batch
from scheduler.payroll.mappings import save_mappings
from scheduler.payroll.models import MappingKind, PayrollBatch, PayrollTarget
from scheduler.payroll.targets import TargetTerms, create_target
from tests.scheduler.pay.paid_weeks import PAYROLL, close_week
from tests.scheduler.timekeeping.clock_company import ClockCompany

LODAS = TargetTerms("LODAS", "datev_lodas", {"consultant": "11038", "client": "62"})
DAYS = ("2026-11-16", "2026-11-17")


def target_of(session: Session, terms: TargetTerms = LODAS, code: str = "tax-adviser") -> PayrollTarget:
    return create_target(session, code, terms, actor=PAYROLL)


def map_regular(session: Session, target: PayrollTarget, **more: str) -> None:
    row = {"ours": "regular", "code": "100", **more}
    save_mappings(session, target.id, MappingKind.PAY_CODE, [row], actor=PAYROLL)


def ready(session: Session, clocked: ClockCompany) -> tuple[PayrollTarget, PayPeriod]:
    """A closed week and a target to which nothing is missing."""
    period = close_week(session, clocked, *DAYS)
    target = target_of(session)
    map_regular(session, target)
    return target, period


def batch_of(session: Session, target: PayrollTarget, *periods: PayPeriod) -> PayrollBatch:
    return create_batch(session, target.id, [period.id for period in periods], WRITER, actor=PAYROLL)


def content_of(session: Session, batch_id: UUID) -> bytes:
    content = batch_content(session, batch_id)
    batch = session.get_one(PayrollBatch, batch_id)
    assert hashlib.sha256(content).hexdigest() == batch.sha256
    assert len(content) == batch.size_bytes
    return content
