"""A roster of whole weeks from prices of single shifts: person after person, and prices anew after each.

Each person in turn gets the week that pays most at the prices of what the others leave, under all the rules
about that person. Those who are left share what is left, as far as prices say, so the prices tell the next
person what nobody else is going to do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil
from random import Random

import numpy as np

from solver.columns.generation import Generation
from solver.columns.labels import NEVER, Floats
from solver.columns.master import Column
from solver.columns.shift_prices import ShiftPrices

CLIMBS = 100
"""Steps by which prices come to the temperature of a dive."""

CLIMBS_AGAIN = 10
"""Steps by which prices follow after each time somebody was planned."""


def dive_by_prices(
    generation: Generation,
    prices: ShiftPrices,
    people: Sequence[int],
    filled: Floats,
    temperature: float,
    effort: int,
    used: Callable[[], float],
    random: Random,
) -> dict[int, Column] | None:
    """Plan some people one after the other.

    Parameters
    ----------
    generation
        What finds weeks.
    prices
        Prices of single shifts, to begin with.
    people
        Who is planned.
    filled
        How many others are in each row of demand.
    temperature
        Of the prices meanwhile.
    effort
        Of finding weeks.
    used
        Asked for the share of the time of the dive that is used; more people are planned at a time where it
        would take longer.
    random
        Who says whose turn it is.

    Returns
    -------
    dict or None
        Everybody's week; None where there was no time, or somebody has no week that keeps the hard rules.
    """
    left, found, filled = list(people), dict[int, Column](), filled.copy()
    random.shuffle(left)
    prices = prices.left(np.array(left), filled)
    prices.climb(temperature, CLIMBS)
    steps = 0
    while left:
        part = used()
        if part >= 1.0 or generation.stopped():
            return None
        number = max(generation.threads, ceil(len(left) * part / (max(steps, 1) * (1.0 - part))))
        turn, left, steps = left[:number], left[number:], steps + 1
        gains = generation.demand.gains(prices.now)
        weeks = generation.price(turn, gains, [NEVER] * len(turn), effort, 1)
        for person, (columns, _, _) in zip(turn, weeks, strict=True):
            if not columns:
                return None
            found[person] = columns[0]
            filled[columns[0].rows] += columns[0].counts
        if left:
            prices = prices.left(np.array(left), filled)
            prices.climb(temperature, CLIMBS_AGAIN)
    return found
