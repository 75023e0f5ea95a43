"""Record what punches do not tell and pay depends on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.kernel.clock import day_start, local_day, utc_now
from scheduler.kernel.effective import in_force
from scheduler.kernel.errors import FieldError, InvalidInput, SchedulerError
from scheduler.kernel.reason import LONGEST
from scheduler.law.wages.work import BonusKind
from scheduler.organisation.locations import find_location
from scheduler.pay.counted_facts import counts
from scheduler.pay.models import PayCode, PayFact, PayFactKind
from scheduler.people.contracts import contracts_between
from scheduler.people.hold_employees import hold_employees
from scheduler.people.models import Contract, Employee
from scheduler.timekeeping.models import Punch, PunchKind

MONEY = (PayFactKind.BONUS, PayFactKind.PAYMENT, PayFactKind.DEDUCTION)
OF_PUNCH = (PayFactKind.CALLED_BACK, PayFactKind.OTHER_RATE)
FURTHEST = timedelta(days=366)
MOST_BREAKS = 20
LARGEST = 2_147_483_647
_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPayFact:
    """What is to be recorded; the fields mean what they mean in `PayFact`.

    Parameters
    ----------
    day
        None for what is about a punch: its day counts.
    currency
        None for that of the contract.
    """

    employee_id: UUID
    kind: PayFactKind
    day: date | None = None
    amount_cents: int | None = None
    currency: str | None = None
    effect: BonusKind | None = None
    earned_from: date | None = None
    earned_until: date | None = None
    pay_code: str | None = None
    punch_id: UUID | None = None
    count: int | None = None
    reason: str = ""
    source: str = "api"
    external_id: str | None = None


def record_pay_facts(
    session: Session, new: Sequence[NewPayFact], *, may_approve: bool, actor: str
) -> list[PayFact]:
    """The facts, stored; all of them or none.

    Nothing that was paid already changes: in a closed period a fact makes a difference to be settled.

    Parameters
    ----------
    may_approve
        Whether the actor may approve money; else money waits for somebody who may.

    Raises
    ------
    InvalidInput
        With every value that cannot be, named ``pay_facts[0].amount_cents`` and so on.
    SchedulerError
        ``pay_fact_known`` where an external id was used for something else before.
    """
    people = hold_employees(session, {each.employee_id for each in new})
    errors, stored = [], []
    for place, each in enumerate(new):
        each, faults = _complete(session, people.get(each.employee_id), each)
        known = _same(session, each)
        if not faults and known is None:
            faults = list(_twice(session, each))
        errors += [replace(fault, field=f"pay_facts[{place}].{fault.field}") for fault in faults]
        if not faults and not errors:
            stored.append(known or _store(session, each, may_approve=may_approve, actor=actor))
    if errors:
        raise InvalidInput(errors)
    return stored


def _complete(
    session: Session, person: Employee | None, new: NewPayFact
) -> tuple[NewPayFact, list[FieldError]]:
    """The fact with what follows from its punch and contract, and what is wrong with it."""
    if person is None:
        hint = "the id of an employee"
        return new, [FieldError("employee_id", str(new.employee_id), "there is no such employee", hint)]
    faults = list(_wrong_fields(new))
    if new.punch_id is not None and new.kind in OF_PUNCH:
        day = _day_of_punch(session, person, new.punch_id)
        if day is None:
            hint = "the punch with which the work begins"
            faults.append(FieldError("punch_id", str(new.punch_id), "begins no work of this person", hint))
        new = replace(new, day=day)
    if new.day is not None:
        held = in_force(contracts_between(session, [person.id], new.day, new.day).get(person.id, ()), new.day)
        faults += _wrong_day(session, person, new.day, held)
        if held is not None and new.amount_cents is not None:
            faults += _wrong_currency(new, held)
            new = replace(new, currency=held.currency)
    effect = new.effect or (BonusKind.NONDISCRETIONARY if new.kind is PayFactKind.BONUS else None)
    return replace(new, effect=effect, pay_code=_pay_code(new, effect), reason=new.reason.strip()), faults


def _wrong_fields(new: NewPayFact) -> Iterator[FieldError]:
    """Fields that its kind needs and lacks, or has and cannot have."""
    money, of_punch = new.kind in MONEY, new.kind in OF_PUNCH
    wanted = {
        "day": not of_punch,
        "amount_cents": money or new.kind is PayFactKind.OTHER_RATE,
        "punch_id": of_punch,
        "count": new.kind is PayFactKind.RESTS_GIVEN,
    }
    for name, needed in wanted.items():
        given = getattr(new, name)
        if needed and given is None:
            yield FieldError(name, "", f"is missing for {new.kind.value}", "give it")
        elif given is not None and not needed and name != "day":
            yield FieldError(name, str(given), f"means nothing for {new.kind.value}", "leave it out")
    bonus = new.kind is PayFactKind.BONUS
    for name in ("effect", "earned_from", "earned_until"):
        if getattr(new, name) is not None and not bonus:
            yield FieldError(name, str(getattr(new, name)), "means nothing but for a bonus", "leave it out")
    yield from _wrong_values(new)


def _wrong_values(new: NewPayFact) -> Iterator[FieldError]:
    if new.amount_cents is not None and not 0 < new.amount_cents <= LARGEST:
        hint = "more than 0; a deduction is a kind of its own"
        yield FieldError("amount_cents", str(new.amount_cents), "is no amount", hint)
    if new.count is not None and not 0 <= new.count <= MOST_BREAKS:
        yield FieldError("count", str(new.count), "are no breaks of a day", f"0 to {MOST_BREAKS}")
    start, end = new.earned_from, new.earned_until
    if (start is None) != (end is None):
        name = "earned_from" if start is None else "earned_until"
        yield FieldError(name, "", "is missing", "give both days, or neither for the week of the day")
    elif start is not None and end is not None and not start < end <= start + FURTHEST:
        hint = "the first day after, at most a year later"
        yield FieldError("earned_until", str(end), f"is not after {start}, or too long after", hint)
    if not new.reason.strip() or len(new.reason.strip()) > LONGEST:
        problem = "a reason is missing" if not new.reason.strip() else "too long"
        yield FieldError("reason", new.reason[:40], problem, f"say why, in at most {LONGEST} characters")
    yield from _wrong_code(new)


def _wrong_code(new: NewPayFact) -> Iterator[FieldError]:
    if new.pay_code is None:
        return
    if new.kind not in MONEY:
        yield FieldError("pay_code", new.pay_code, f"means nothing for {new.kind.value}", "leave it out")
    elif not _CODE.fullmatch(new.pay_code) or new.pay_code in {code.value for code in PayCode}:
        hint = "small letters, digits and _, such as sales_bonus; not a code of worked time"
        yield FieldError("pay_code", new.pay_code[:60], "is no pay code for money", hint)


def _wrong_day(session: Session, person: Employee, day: date, held: Contract | None) -> Iterator[FieldError]:
    today = local_day(utc_now(), ZoneInfo(find_location(session, person.location_id).zone))
    if held is None:
        hint = "a day on which the person has a contract, such as the last one"
        yield FieldError("day", str(day), "the person has no contract then", hint)
    elif day > today + FURTHEST:
        yield FieldError("day", str(day), "is more than a year ahead", f"at most {today + FURTHEST}")


def _wrong_currency(new: NewPayFact, held: Contract) -> Iterator[FieldError]:
    if new.currency not in (None, held.currency):
        hint = f"{held.currency}, or nothing"
        yield FieldError("currency", str(new.currency)[:20], "the contract pays in another currency", hint)


def _day_of_punch(session: Session, person: Employee, punch_id: UUID) -> date | None:
    """The local day of a punch that begins work of somebody and stands; None without one."""
    punch = session.get(Punch, punch_id)
    if punch is None or punch.employee_id != person.id:
        return None
    voided = session.scalar(select(Punch.id).where(Punch.voids_id == punch_id))
    if voided is not None or punch.kind not in (PunchKind.IN, PunchKind.TRANSFER):
        return None
    return local_day(punch.at, ZoneInfo(find_location(session, punch.location_id).zone))


def begun_on(session: Session, employee_id: UUID, day: date, zone: ZoneInfo) -> Sequence[Punch]:
    """The punches that stand with which somebody began work on a local day, in order of time."""
    voided = select(Punch.voids_id).where(Punch.voids_id.is_not(None))
    query = select(Punch).where(
        Punch.employee_id == employee_id,
        Punch.at >= day_start(day, zone),
        Punch.at < day_start(day + timedelta(days=1), zone),
        Punch.kind.in_((PunchKind.IN, PunchKind.TRANSFER)),
        Punch.id.not_in(voided),
    )
    return session.scalars(query.order_by(Punch.at)).all()


def _pay_code(new: NewPayFact, effect: BonusKind | None) -> str | None:
    if new.kind not in MONEY:
        return None
    plain = {PayFactKind.PAYMENT: "one_off_payment", PayFactKind.DEDUCTION: "deduction"}
    return new.pay_code or plain.get(new.kind) or f"bonus_{effect.value if effect else ''}"


def _same(session: Session, new: NewPayFact) -> PayFact | None:
    """The fact that was recorded under the same external id before."""
    if new.external_id is None:
        return None
    known = session.scalars(select(PayFact).where(PayFact.external_id == new.external_id)).one_or_none()
    said = asdict(new)
    if known is not None and any(
        getattr(known, name) != said[name] for name in said.keys() - {"source", "reason"}
    ):
        raise SchedulerError("pay_fact_known", external_id=new.external_id, pay_fact_id=str(known.id))
    return known


def _twice(session: Session, new: NewPayFact) -> Iterator[FieldError]:
    """What was said of a day or a punch is not said again; money may be."""
    if new.kind in MONEY or new.day is None:
        return
    about = PayFact.punch_id == new.punch_id if new.punch_id else PayFact.day == new.day
    query = select(PayFact.id).where(
        PayFact.employee_id == new.employee_id, PayFact.kind == new.kind, about, counts()
    )
    if session.scalar(query.limit(1)) is not None:
        hint = "take the other one back first, if it is wrong"
        yield FieldError("kind", new.kind.value, "is recorded already", hint)


def _store(session: Session, new: NewPayFact, *, may_approve: bool, actor: str) -> PayFact:
    fact = PayFact(
        **asdict(new),
        needs_approval=new.amount_cents is not None and not may_approve,
        recorded_at=utc_now(),
        recorded_by=actor,
    )
    session.add(fact)
    session.flush()
    told = {name: str(value) for name, value in asdict(new).items() if value is not None}
    record(session, actor, "pay_fact.record", "pay_fact", fact.id, **told)
    return fact
