"""What the law of a place makes a schedule cost, at the rate of a contract."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from scheduler.kernel.money import major_units, minor_digits
from scheduler.law.pack import Pack
from scheduler.law.schedule_premium import PremiumLine
from scheduler.people.models import Contract


@dataclass(frozen=True, slots=True)
class Premium:
    """Pay that is due on top of what is worked, or that none is.

    Parameters
    ----------
    line
        What the law asks for; None where it asks for nothing, or where it could not be priced.
    cents
        Its amount in minor units of ``currency``.
    contract
        Whose rate it was priced at.
    pack
        Id, version and hash of the pack that asks; empty where none does.
    note
        Why it could not be priced; empty where it was.
    """

    line: PremiumLine | None = None
    cents: int = 0
    contract: Contract | None = None
    pack: str = ""
    note: str = ""

    @property
    def currency(self) -> str:
        """Of the premium; empty without one."""
        return self.contract.currency if self.contract else ""

    def columns(self) -> dict[str, Any]:
        """As a log keeps it (`models.PremiumColumns`); only the note where nothing is due."""
        line, contract = self.line, self.contract
        if line is None or contract is None:
            return {"note": self.note or None}
        return {
            "pay_code": line.code.lower(),
            "contract_id": contract.id,
            "premium_minutes": line.minutes,
            "hourly_rate_cents": contract.hourly_rate_cents if line.minutes else 0,
            "multiplier": f"{line.multiplier:f}",
            "premium_cents": self.cents,
            "currency": self.currency,
            "rule": line.rule,
            "pack": self.pack,
            "citation": line.citation,
        }


def rate_of(contract: Contract | None) -> Decimal:
    """The hourly rate of a contract in units of its currency; 0 without one."""
    return major_units(contract.hourly_rate_cents, contract.currency) if contract else Decimal(0)


def premium_of(
    layers: Sequence[Pack], lines: Sequence[PremiumLine], contract: Contract | None, day: date
) -> Premium:
    """The one line that the law asks for, priced by the contract of the day, or none."""
    if not lines:
        return Premium()
    (line,) = lines
    if contract is None:
        return Premium(
            note=f"{line.citation} asks for pay, but there is no contract on {day} to price it by."
        )
    cents = int(line.amount.scaleb(minor_digits(contract.currency)))
    return Premium(line, cents, contract, _pack_of(layers, line.rule))


def totals(premiums: Iterable[Premium]) -> list[tuple[str, int]]:
    """Sum of premiums by currency, in minor units; currencies without any are left out.

    Examples
    --------
    >>> totals([])
    []
    """
    sums: dict[str, int] = {}
    for each in premiums:
        if each.cents:
            sums[each.currency] = sums.get(each.currency, 0) + each.cents
    return sorted(sums.items())


def _pack_of(layers: Iterable[Pack], rule: str) -> str:
    """Id, version and hash of the layer that has the parameter."""
    return next(f"{pack.id} {pack.fingerprint}" for pack in layers if rule in pack.parameters)
