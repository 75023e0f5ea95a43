"""Say that an allowance is paid, and until when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.kernel.clock import utc_now
from scheduler.kernel.errors import FieldError, InvalidInput, SchedulerError
from scheduler.kernel.money import is_currency
from scheduler.law.wages.work import BonusKind
from scheduler.organisation.models import Location
from scheduler.pay.models import Allowance, AllowancePer, PayCode
from scheduler.people.models import Employee, JobRole

LARGEST = 2_147_483_647
LONGEST_DAY_MINUTES = 1440
_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAllowance:
    """What is to be paid, to whom; the fields mean what they mean in `Allowance`."""

    pay_code: str
    name: str
    per: AllowancePer
    amount_cents: int
    currency: str
    cite: str
    valid_from: date
    valid_until: date | None = None
    least_minutes: int = 0
    effect: BonusKind = BonusKind.DISCRETIONARY
    location_id: UUID | None = None
    job_role_id: UUID | None = None
    employee_id: UUID | None = None


def add_allowance(session: Session, new: NewAllowance, *, actor: str) -> Allowance:
    """The allowance, paid from its first day on; in closed periods it makes differences to be settled.

    Raises
    ------
    InvalidInput
        With every value that cannot be.
    """
    if errors := [*_wrong(new), *_unknown(session, new)]:
        raise InvalidInput(errors)
    allowance = Allowance(**asdict(new), recorded_at=utc_now(), recorded_by=actor)
    session.add(allowance)
    session.flush()
    told = {name: str(value) for name, value in asdict(new).items() if value is not None}
    record(session, actor, "allowance.add", "allowance", allowance.id, **told)
    return allowance


def end_allowance(session: Session, allowance_id: UUID, ends_on: date, *, actor: str) -> Allowance:
    """The allowance, paid no more from a day on; another amount is another allowance from then on.

    Raises
    ------
    InvalidInput
        If it would end before or on its first day.
    SchedulerError
        ``not_found``; ``allowance_ended`` if that was said before.
    """
    found = find_allowance(session, allowance_id)
    if found.valid_until is not None:
        raise SchedulerError("allowance_ended", ends_on=found.valid_until.isoformat())
    if ends_on <= found.valid_from:
        hint = f"a day after {found.valid_from}"
        raise InvalidInput([FieldError("ends_on", str(ends_on), "is not after its first day", hint)])
    found.valid_until, found.recorded_at = ends_on, utc_now()
    session.flush()
    record(session, actor, "allowance.end", "allowance", found.id, ends_on=ends_on.isoformat())
    return found


def find_allowance(session: Session, allowance_id: UUID) -> Allowance:
    """The allowance with this id.

    Raises
    ------
    SchedulerError
        ``not_found``.
    """
    found = session.get(Allowance, allowance_id)
    if found is None:
        raise SchedulerError("not_found", what="allowance", id=str(allowance_id))
    return found


def list_allowances(session: Session, *, on: date | None = None) -> Sequence[Allowance]:
    """Every allowance, or those in force on a day or later, by their start."""
    query = select(Allowance).order_by(Allowance.valid_from, Allowance.id)
    if on is not None:
        query = query.where(or_(Allowance.valid_until.is_(None), Allowance.valid_until > on))
    return session.scalars(query).all()


def _wrong(new: NewAllowance) -> Iterator[FieldError]:
    if not _CODE.fullmatch(new.pay_code) or new.pay_code in {code.value for code in PayCode}:
        hint = "small letters, digits and _, such as meal_allowance; not a code of worked time"
        yield FieldError("pay_code", new.pay_code[:60], "is no pay code for money", hint)
    for name, longest in (("name", 100), ("cite", 200)):
        said = getattr(new, name)
        if not 0 < len(said.strip()) <= longest:
            yield FieldError(name, said[:40], "is empty or too long", f"1 to {longest} characters")
    if not 0 < new.amount_cents <= LARGEST:
        yield FieldError("amount_cents", str(new.amount_cents), "is no amount", "more than 0")
    if not is_currency(new.currency):
        yield FieldError("currency", new.currency[:20], "is no known currency", "ISO 4217, such as PLN")
    if not 0 <= new.least_minutes <= LONGEST_DAY_MINUTES:
        yield FieldError("least_minutes", str(new.least_minutes), "is no part of a day", "0 to 1440 minutes")
    if new.effect is BonusKind.FLAT_SUM:
        hint = "nondiscretionary, or discretionary for no effect"
        yield FieldError("effect", new.effect.value, "is for single bonuses", hint)
    if new.valid_until is not None and new.valid_until <= new.valid_from:
        hint = f"a day after {new.valid_from}, or nothing"
        yield FieldError("valid_until", str(new.valid_until), "is not after the first day", hint)


def _unknown(session: Session, new: NewAllowance) -> Iterator[FieldError]:
    """Places, jobs and people that the organisation does not have."""
    if new.location_id is not None and session.get(Location, new.location_id) is None:
        yield FieldError("location_id", str(new.location_id), "there is no such location", "the id of one")
    if new.job_role_id is not None and session.get(JobRole, new.job_role_id) is None:
        yield FieldError("job_role_id", str(new.job_role_id), "there is no such job", "the id of one")
    if new.employee_id is not None and session.get(Employee, new.employee_id) is None:
        yield FieldError("employee_id", str(new.employee_id), "there is no such employee", "the id of one")
