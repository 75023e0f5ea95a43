"""What the changes of a published roster cost, by the law of its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy.orm import Session

from scheduler.kernel.effective import in_force
from scheduler.kernel.money import major_units, minor_digits
from scheduler.kernel.reason import checked_reason
from scheduler.law.agreements import layers_in
from scheduler.law.pack import Pack
from scheduler.law.schedule_premium import PremiumLine, change_premium
from scheduler.people.contracts import contracts_between
from scheduler.people.models import Contract
from scheduler.rosters.models import ChangeCause, Roster
from scheduler.rosters.person_changes import PersonChange

ChangeKey = tuple[UUID, UUID]
"""Employee and lineage of a shift."""


@dataclass(frozen=True, slots=True)
class Why:
    """Why a published roster is changed.

    Parameters
    ----------
    reason
        In words, 1 to 500 characters.
    causes
        Of single changes, by employee and lineage; `ChangeCause.EMPLOYER` where nothing is said.
    consented
        The changes that their people agreed to.

    Raises
    ------
    InvalidInput
        Without a reason.
    """

    reason: str
    causes: Mapping[ChangeKey, ChangeCause] = field(default_factory=dict)
    consented: frozenset[ChangeKey] = frozenset()

    def __post_init__(self) -> None:
        checked_reason(self.reason)


@dataclass(frozen=True, slots=True)
class PricedChange:
    """A change of one person's published work and what it costs.

    Parameters
    ----------
    notice_minutes
        From telling to the start of the shift.
    premium
        What the law asks for; None where it asks for nothing.
    premium_cents
        Its amount in minor units of ``currency``.
    contract
        Whose rate it was priced at; None without one on that day.
    pack
        Id, version and hash of the pack that asks; empty where none does.
    note
        Why it could not be priced; empty where it was.
    """

    change: PersonChange
    cause: ChangeCause
    consented: bool
    notice_minutes: int
    premium: PremiumLine | None = None
    premium_cents: int = 0
    contract: Contract | None = None
    pack: str = ""
    note: str = ""

    @property
    def currency(self) -> str:
        """Of the premium; empty without a contract."""
        return self.contract.currency if self.contract else ""


def priced_changes(
    session: Session,
    roster: Roster,
    changes: Sequence[PersonChange],
    *,
    told_at: datetime,
    causes: Mapping[ChangeKey, ChangeCause],
    consented: frozenset[ChangeKey] = frozenset(),
) -> list[PricedChange]:
    """Each change with its premium: the law of the day of the shift, at the rate of the contract of that day.

    Only what the employer changes for needs of its own costs anything (`ChangeCause`).
    """
    if not changes:
        return []
    layers = layers_in(session, roster.location.jurisdiction)
    days = [change.day for change in changes]
    people = {change.employee_id for change in changes}
    contracts = contracts_between(session, people, min(days), max(days))
    return [
        _priced(
            layers,
            change,
            contract=in_force(contracts.get(change.employee_id, []), change.day),
            sector=roster.location.sector or "",
            told_at=told_at,
            cause=causes.get(change.key, ChangeCause.EMPLOYER),
            consented=change.key in consented,
        )
        for change in changes
    ]


def totals(priced: Iterable[PricedChange]) -> list[tuple[str, int]]:
    """Sum of the premiums by currency, in minor units; currencies without any are left out.

    Examples
    --------
    >>> totals([])
    []
    """
    sums: dict[str, int] = {}
    for each in priced:
        if each.premium_cents:
            sums[each.currency] = sums.get(each.currency, 0) + each.premium_cents
    return sorted(sums.items())


def _priced(
    layers: Sequence[Pack],
    change: PersonChange,
    *,
    contract: Contract | None,
    sector: str,
    told_at: datetime,
    cause: ChangeCause,
    consented: bool,
) -> PricedChange:
    law = change.as_law(told_at, exempt=cause is not ChangeCause.EMPLOYER)
    rate = major_units(contract.hourly_rate_cents, contract.currency) if contract else Decimal(0)
    lines = change_premium(layers, law, day=change.day, rate=rate, sector=sector) if layers else ()
    if not lines:
        return PricedChange(change, cause, consented, law.notice_minutes)
    (line,) = lines
    if contract is None:
        note = f"{line.citation} asks for pay, but there is no contract on {change.day} to price it by."
        return PricedChange(change, cause, consented, law.notice_minutes, note=note)
    return PricedChange(
        change,
        cause,
        consented,
        law.notice_minutes,
        premium=line,
        premium_cents=int(line.amount.scaleb(minor_digits(contract.currency))),
        contract=contract,
        pack=_pack_of(layers, line.rule),
    )


def _pack_of(layers: Iterable[Pack], rule: str) -> str:
    """Id, version and hash of the layer that has the parameter."""
    return next(f"{pack.id} {pack.fingerprint}" for pack in layers if rule in pack.parameters)
