"""What became otherwise when pay was corrected, in words for the person it is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.kernel.money import major_units
from scheduler.pay.models import PayFact, PayLine
from scheduler.timekeeping.models import Punch, PunchKind

WHAT = {
    PunchKind.IN: "in",
    PunchKind.OUT: "out",
    PunchKind.BREAK_START: "start of a break",
    PunchKind.BREAK_END: "end of a break",
    PunchKind.TRANSFER: "move to another job or place",
}


def causes_of(
    session: Session, zone: ZoneInfo, before: Sequence[PayLine], later: Sequence[PayLine]
) -> tuple[str, ...]:
    """Which contract, law, punch or record is another one behind later lines than behind those before.

    Parameters
    ----------
    before, later
        The lines of a closed period of one day and pay code, and the corrections of them, oldest first.
    """
    last = [each for each in later if _together(each) == _together(later[-1])]
    now = [line for line in last if line.contract_version] or last
    return (
        *_other("the contract says", _words(line.contract_version for line in before),
                _words(line.contract_version for line in now)),
        *_other("the rules are", _words(line.pack for line in before), _words(line.pack for line in now)),
        *_punches(session, zone, before, now),
        *_facts(session, before, now),
    )  # fmt: skip


def _together(line: PayLine) -> tuple[UUID, str | None]:
    """What the lines of one settlement have in common."""
    return line.pay_period_id, line.reason


def _words(values: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(value for value in values if value))


def _other(what: str, before: Sequence[str], now: Sequence[str]) -> Iterator[str]:
    """That something is otherwise, where it is known of both."""
    if before and now and now[-1] not in before:
        yield f"{what}: {before[-1]} before, {now[-1]} now"


def _punches(
    session: Session, zone: ZoneInfo, before: Sequence[PayLine], now: Sequence[PayLine]
) -> Iterator[str]:
    """Punches that came, and those that are gone because somebody took them back."""
    was = {UUID(each) for line in before for each in line.punch_ids}
    there = {UUID(each) for line in now for each in line.punch_ids}
    if not there:
        return
    query = select(Punch).where(Punch.id.in_(was ^ there)).order_by(Punch.at, Punch.id)
    for punch in session.scalars(query):
        verb = "added" if punch.id in there else "taken back"
        local = punch.at.astimezone(zone)
        reason = f" ({punch.reason})" if punch.reason else ""
        yield f"punch {verb}: {WHAT.get(punch.kind, punch.kind.value)} {local:%d.%m.%Y %H:%M}{reason}"


def _facts(session: Session, before: Sequence[PayLine], now: Sequence[PayLine]) -> Iterator[str]:
    """Bonuses and other records that came, or were taken back."""
    was = {name for line in before for name in line.records or ()}
    there = {name for line in now for name in line.records or ()}
    ids = [UUID(name.partition(":")[2]) for name in was ^ there if name.startswith("pay_fact:")]
    query = select(PayFact).where(PayFact.id.in_(ids)).order_by(PayFact.id)
    for fact in session.scalars(query):
        verb = "added" if f"pay_fact:{fact.id}" in there else "taken back"
        amount = ""
        if fact.amount_cents is not None and fact.currency is not None:
            amount = f" of {major_units(fact.amount_cents, fact.currency)} {fact.currency}"
        yield f"{fact.kind.value.replace('_', ' ')}{amount} {verb} ({fact.reason})"
