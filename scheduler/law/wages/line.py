"""Lines of pay: items of one kind and price together, rounded once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from scheduler.kernel.money import minor_digits
from scheduler.law.provisions import Provision
from scheduler.law.wages.item import Item, ItemKind
from scheduler.law.wages.segments import hours
from scheduler.law.wages.work import Ref, Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class WageLine:
    """One line of pay.

    Parameters
    ----------
    kind
        What it is about; only the minutes of `ItemKind.is_worked` are worked time.
    code
        Pay code, as the packs name it.
    day
        Civil day it counts for.
    minutes
        Minutes paid; 0 for an amount by itself.
    rate, multiplier
        Exact: the amount is hours x rate x multiplier, except where minutes are 0.
    exact
        What is due before rounding, in units of the currency.
    amount
        Rounded half up once, in units of the currency.
    rules
        The values of law that ask for it, the first one by name; none for what the contract pays.
    refs
        Ids of what stands behind it, such as punches.
    """

    kind: ItemKind
    code: str
    day: date
    minutes: int
    rate: Fraction
    multiplier: Fraction
    exact: Fraction
    amount: Decimal
    terms: Terms
    rules: tuple[Provision, ...]
    refs: tuple[Ref, ...]

    @property
    def citation(self) -> str:
        """Where it is written."""
        return "; ".join(dict.fromkeys(one.citation for one in self.rules))


def lines_of(items: Iterable[Item], together: Callable[[Item], date | None]) -> list[WageLine]:
    """The lines of some items, in the order of a pay slip.

    Parameters
    ----------
    together
        The day, or the first day of the week, under which an item is put; None puts all under one.
    """
    groups: dict[tuple[object, ...], list[Item]] = {}
    for one in items:
        key = (
            together(one), one.kind, one.code, one.rate.as_integer_ratio(), one.multiplier.as_integer_ratio(),
            one.terms.contract,
            one.rules[0].parameter.id if one.rules else "", one.minutes == 0,
        )  # fmt: skip
        groups.setdefault(key, []).append(one)
    places = {code: place for place, code in enumerate(dict.fromkeys(key[2] for key in groups))}
    ordered = sorted(
        groups, key=lambda key: (key[0] or date.min, key[1], places[key[2]], groups[key][0].rate)
    )
    return [_line(groups[key]) for key in ordered]


def _line(items: list[Item]) -> WageLine:
    first, last = items[0], max(items, key=lambda one: one.day)
    minutes = sum(one.minutes for one in items)
    if minutes:
        exact = hours(minutes) * first.rate * first.multiplier
    else:
        exact = sum((one.by_itself for one in items), Fraction(0))
    return WageLine(
        kind=first.kind,
        code=first.code,
        day=last.day,
        minutes=minutes,
        rate=first.rate,
        multiplier=first.multiplier,
        exact=exact,
        amount=rounded(exact, minor_digits(first.terms.currency)),
        terms=first.terms,
        rules=tuple(dict.fromkeys(rule for one in items for rule in one.rules)),
        refs=tuple(dict.fromkeys(ref for one in items for ref in one.refs)),
    )


def rounded(exact: Fraction, places: int) -> Decimal:
    """An exact amount, rounded half up, away from zero, to so many decimal places.

    Examples
    --------
    >>> str(rounded(Fraction(1, 8), 2)), str(rounded(Fraction(-1, 8), 2)), str(rounded(Fraction(1, 3), 2))
    ('0.13', '-0.13', '0.33')
    """
    scaled = exact * 10**places
    whole = (abs(scaled.numerator) * 2 + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(whole if exact >= 0 else -whole).scaleb(-places)


def decimal_of(exact: Fraction, places: int = 6) -> Decimal:
    """A rate or multiplier as a decimal number, without zeros at its end.

    Examples
    --------
    >>> str(decimal_of(Fraction(175, 9))), str(decimal_of(Fraction(20)))
    ('19.444444', '20')
    """
    return Decimal(format(rounded(exact, places).normalize(), "f"))
