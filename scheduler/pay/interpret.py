"""From what the law makes of worked time to pay lines: whole minutes, whole minor units, their grounds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from scheduler.kernel.money import minor_digits
from scheduler.law.wages.interpret import Wages
from scheduler.law.wages.interpret import interpret as wages_of
from scheduler.law.wages.item import ItemKind
from scheduler.law.wages.line import WageLine, decimal_of, rounded
from scheduler.law.wages.pay_law import PayLaw
from scheduler.law.wages.work import PayCase, Ref
from scheduler.pay.models import PayCode


@dataclass(frozen=True, slots=True, order=True)
class PayKey:
    """What minutes must have in common to be one line: person, day, pay code and price.

    Parameters
    ----------
    hourly_rate_cents
        Minor units of the currency per hour, rounded.
    rate
        The rate in units of the currency, where it is finer than that; else empty.
    """

    employee_id: UUID
    day: date
    pay_code: str
    contract_id: UUID
    hourly_rate_cents: int
    currency: str
    rate: str = ""


@dataclass(frozen=True, slots=True)
class PayRule:
    """The rule of law that asks for a line.

    Parameters
    ----------
    rule
        Id of the parameter.
    pack
        Id, version and hash of the rule pack it was worked out under.
    citation
        Where it is written.
    multiplier
        Of the hourly rate, as a decimal number.
    """

    rule: str
    pack: str
    citation: str
    multiplier: str


@dataclass(frozen=True, slots=True)
class Earned:
    """Minutes of one line and their worth.

    Parameters
    ----------
    minutes
        Minutes paid, > 0; 0 where it is an amount by itself.
    amount_cents
        Minor units of the key's currency, rounded half up once, from all minutes of the line.
    punch_ids
        The punches behind it, in order of time.
    rule
        The law that asks for it; None for worked time as the contract pays it.
    is_worked
        Whether its minutes are worked time.
    contract_version
        The contract in words, as it was; empty where it does not matter.
    records
        What else is behind it, such as ``pay_fact:<id>`` or ``allowance:<id>``.
    """

    key: PayKey
    minutes: int
    amount_cents: int
    punch_ids: tuple[UUID, ...]
    rule: PayRule | None = None
    is_worked: bool = False
    contract_version: str = ""
    records: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Interpreted:
    """The lines of one employee in order of day, and the civil days worked without a contract."""

    earned: tuple[Earned, ...]
    days_without_contract: tuple[date, ...]


NOTHING = Interpreted((), ())


def interpret(
    employee_id: UUID,
    case: PayCase,
    law: PayLaw,
    versions: Mapping[str, str] | None = None,
    behind: Callable[[WageLine], tuple[str, ...]] = lambda line: (),
) -> Interpreted:
    """What one employee earned, as `scheduler.law.wages` works it out, in lines of each day.

    Hours count for the day of their span. Money follows the contract and the law in force when
    each minute was worked: a night over the first day of a new contract is cut at local midnight and gives
    two lines of one day. What is known only when a week or a settlement period is over counts for its last
    day.

    Parameters
    ----------
    case
        The facts; ids of contracts and punches are UUIDs as texts.
    versions
        Contracts in words, by id.
    behind
        What else is behind a line than what its work names.
    """
    wages = wages_of(case, law)
    found: dict[PayKey, Earned] = {}
    for line in wages.by_day():
        earned = _earned(employee_id, line, law, versions or {}, behind(line))
        known = found.get(earned.key)
        found[earned.key] = earned if known is None else _together(known, earned)
    return Interpreted(tuple(found[key] for key in sorted(found)), _without_contract(wages, case))


def together(parts: Sequence[Interpreted]) -> Interpreted:
    """The lines of days in a row that were interpreted one part after the other."""
    if len(parts) == 1:
        return parts[0]
    found: dict[PayKey, Earned] = {}
    for earned in (each for part in parts for each in part.earned):
        known = found.get(earned.key)
        found[earned.key] = earned if known is None else _together(known, earned)
    days = sorted({day for part in parts for day in part.days_without_contract})
    return Interpreted(tuple(found[key] for key in sorted(found)), tuple(days))


def _earned(
    employee_id: UUID, line: WageLine, law: PayLaw, versions: Mapping[str, str], behind: tuple[str, ...]
) -> Earned:
    currency, contract = line.terms.currency, line.terms.contract
    digits = minor_digits(currency)
    in_cents = line.rate * 10**digits
    key = PayKey(
        employee_id,
        line.day,
        pay_code_of(line),
        UUID(contract),
        int(rounded(in_cents, 0)),
        currency,
        "" if in_cents.denominator == 1 else str(decimal_of(line.rate)),
    )
    return Earned(
        key,
        line.minutes,
        int(line.amount.scaleb(digits)),
        tuple(one if isinstance(one, UUID) else UUID(one) for one in line.refs if not _is_record(one)),
        _rule(line, law),
        is_worked=line.kind.is_worked,
        contract_version=versions.get(contract, ""),
        records=tuple(dict.fromkeys((*(str(one) for one in line.refs if _is_record(one)), *behind))),
    )


def _is_record(ref: Ref) -> bool:
    """Whether an id is that of something else than a punch: of a ``kind:id``."""
    return isinstance(ref, str) and ":" in ref


def pay_code_of(line: WageLine) -> str:
    """Worked time as the contract pays it has one code everywhere; the rest is called as packs call it."""
    if line.kind is ItemKind.COVERED:
        return PayCode.SALARIED
    plain = line.kind is ItemKind.WORK and not line.rules
    return PayCode.REGULAR if plain else line.code.lower()


def _rule(line: WageLine, law: PayLaw) -> PayRule | None:
    if not line.rules:
        return None
    first = line.rules[0]
    multiplier = str(decimal_of(line.multiplier)) if line.minutes else ""
    return PayRule(first.parameter.id, law.pack_of(first), line.citation, multiplier)


def _together(one: Earned, other: Earned) -> Earned:
    """Two lines of one code and price on one day."""
    return replace(
        one,
        minutes=one.minutes + other.minutes,
        amount_cents=one.amount_cents + other.amount_cents,
        punch_ids=tuple(dict.fromkeys((*one.punch_ids, *other.punch_ids))),
        records=tuple(dict.fromkeys((*one.records, *other.records))),
    )


def _without_contract(wages: Wages, case: PayCase) -> tuple[date, ...]:
    """Of the days that are paid, and the one after: a night that counts for the last day ends on it."""
    after = case.end + timedelta(days=1)
    return tuple(day for day in wages.days_without_terms if case.first <= day < after)
