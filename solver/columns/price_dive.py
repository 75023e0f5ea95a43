"""Weeks of people from prices of single shifts: person after person, and prices anew after each.

Each person in turn gets the week that pays most at the prices of what the others leave, under all the rules
about that person. Those who are left share what is left, as far as prices say, so the prices tell the next
person what nobody else is going to do. As long as many are left, nearly nothing is lost by that.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil

from solver.columns.generation import Generation
from solver.columns.labels import NEVER, Floats
from solver.columns.master import Column
from solver.columns.shift_prices import ShiftPrices

TEMPERATURE = 0.02
"""The temperature of prices meanwhile, as a share of what a step of a row costs."""

EFFORT = 1
"""Effort of finding weeks."""

CLIMBS = 100
"""Steps by which prices come to that temperature."""

CLIMBS_AGAIN = 15
"""Steps by which prices follow after each time somebody was planned."""

TOGETHER = 0.003
"""The share of the people left who are planned at a time at the same prices; at least one."""


@dataclass(frozen=True)
class Planned:
    """Some people who are planned.

    Parameters
    ----------
    weeks
        The weeks that pay most for each of them, the best first; that one is planned.
    left
        Who is not planned, in the order of turns.
    filled
        How many people are in each row of demand then.
    prices
        Prices for those who are left.
    """

    weeks: dict[int, list[Column]]
    left: list[int]
    filled: Floats
    prices: ShiftPrices

    @property
    def best(self) -> dict[int, Column]:
        """The week of each that is planned."""
        return {person: columns[0] for person, columns in self.weeks.items()}


def plan_by_prices(
    generation: Generation,
    prices: ShiftPrices,
    people: Sequence[int],
    filled: Floats,
    used: Callable[[], float],
    *,
    last: int = 0,
    others: Sequence[int] = (),
    number: int = 1,
    workers: int = 1,
) -> Planned | None:
    """Plan people one after the other.

    Parameters
    ----------
    generation
        What finds weeks.
    prices
        Prices of single shifts, to begin with.
    people
        Who is planned, in the order of their turns.
    filled
        How many people are in each row of demand already.
    used
        Asked for the share of the time that is used; more people are planned at a time where it would take
        longer.
    last
        How many of the people are left.
    others
        Who is left besides.
    number
        How many weeks of each person are found.
    workers
        Threads that find prices.

    Returns
    -------
    Planned or None
        None where there was no time, or somebody has no week that keeps the hard rules.
    """
    left, weeks, filled, steps = list(people), dict[int, list[Column]](), filled.copy(), 0
    temperature = TEMPERATURE * prices.row_step
    prices = prices.part([*left, *others], workers=workers).left([*left, *others], filled)
    prices.climb(temperature, CLIMBS)
    while len(left) > last:
        if generation.stopped():
            return None
        part, more = used(), len(left) - last
        early = max(1, int(TOGETHER * (len(left) + len(others))))
        late = ceil(more * part / (max(steps, 1) * (1.0 - part))) if part < 1.0 else more
        together = min(more, max(early, late))
        turn, left, steps = left[:together], left[together:], steps + 1
        gains = generation.demand.gains(prices.now)
        found = generation.price(turn, gains, [NEVER] * len(turn), EFFORT, number)
        for person, (columns, _, _) in zip(turn, found, strict=True):
            if not columns:
                return None
            weeks[person] = columns
            filled[columns[0].rows] += columns[0].counts
        if left or others:
            prices = prices.left([*left, *others], filled)
            prices.climb(temperature, CLIMBS_AGAIN)
    return Planned(weeks, left, filled, prices)
