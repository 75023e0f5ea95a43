"""What is due for something, exact: what lines of pay are summed from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from fractions import Fraction

from scheduler.law.amounts import Factor, Share
from scheduler.law.provisions import Provision
from scheduler.law.values import Value
from scheduler.law.wages.segments import hours
from scheduler.law.wages.work import Ref, Terms


class ItemKind(IntEnum):
    """What an item is about; in the order of a pay slip."""

    WORK = 0
    """Worked minutes, each in one item of this kind."""
    COVERED = 1
    """Worked minutes that a salary pays already."""
    ABSENCE = 2
    """Minutes that are paid and were not worked."""
    AMOUNT = 3
    """An amount by itself."""
    PREMIUM = 4
    """On top of worked minutes, or for something that happened at work."""

    @property
    def is_worked(self) -> bool:
        """Whether its minutes are worked time."""
        return self <= ItemKind.COVERED


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Something that is due.

    Parameters
    ----------
    code
        Pay code, as the packs name it.
    minutes
        Minutes paid; 0 for an amount by itself.
    rate
        In units of the currency per hour, exact; 0 for an amount by itself.
    by_itself
        An amount in units of the currency, exact; 0 for minutes.
    day
        Civil day it counts for.
    due_on
        Civil day on which it is known: the last of the workweek or settlement period it depends on.
    week
        First civil day of its workweek.
    rules
        What asks for it, the first one by name; none for what the contract pays.
    refs
        Ids of what stands behind it.
    """

    kind: ItemKind
    code: str
    minutes: int
    rate: Fraction
    multiplier: Fraction
    by_itself: Fraction
    day: date
    due_on: date
    week: date
    terms: Terms
    rules: tuple[Provision, ...] = ()
    refs: tuple[Ref, ...] = ()

    @property
    def amount(self) -> Fraction:
        """What is due, in units of the currency, exact."""
        return hours(self.minutes) * self.rate * self.multiplier if self.minutes else self.by_itself


NOTHING = Fraction(0)


def timed(
    kind: ItemKind, code: str, minutes: int, rate: Fraction, multiplier: Fraction, *,
    day: date, due_on: date, week: date, terms: Terms,
    rules: tuple[Provision, ...] = (), refs: tuple[Ref, ...] = (),
) -> Item:  # fmt: skip
    """An item of so many minutes at a multiple of a rate."""
    return Item(
        kind=kind, code=code, minutes=minutes, rate=rate, multiplier=multiplier,
        by_itself=NOTHING, day=day, due_on=due_on, week=week, terms=terms,
        rules=rules, refs=refs,
    )  # fmt: skip


def flat(
    code: str, amount: Fraction, *, day: date, week: date, terms: Terms,
    rules: tuple[Provision, ...] = (), refs: tuple[Ref, ...] = (), kind: ItemKind = ItemKind.AMOUNT,
) -> Item:  # fmt: skip
    """An amount by itself."""
    return Item(
        kind=kind, code=code, minutes=0, rate=Fraction(0), multiplier=Fraction(1), by_itself=amount,
        day=day, due_on=day, week=week, terms=terms, rules=rules, refs=refs,
    )  # fmt: skip


def extra_of(value: Value) -> Fraction:
    """What a factor or a share adds to the rate, as a part of it.

    Examples
    --------
    >>> extra_of(Factor.parse("x 1.5")), extra_of(Share.parse("25 %"))
    (Fraction(1, 2), Fraction(1, 4))
    """
    if isinstance(value, Factor):
        return Fraction(value.of) - 1
    if isinstance(value, Share):
        return Fraction(value.percent) / 100
    raise TypeError(f"{value!r} is neither a factor nor a share")


def code_of(found: Provision, default: str, *, on_top: bool = False) -> str:
    """The pay code of a rule: of the whole hour, or of the premium alone."""
    pays = found.parameter.pays
    return (pays[-1] if on_top else pays[0]) if pays else default
