"""The prices of people at which a bound was proven, by kind of work and time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from math import isfinite
from random import Random

import numpy as np

from solver.columns.demand import Demand
from solver.columns.generation import Generation
from solver.columns.labels import Floats
from solver.columns.mixture import Mixture
from solver.lns.menus import Kind
from solver.lns.tables import WEIGHTS, Tables
from solver.problem import Problem, Shift
from solver.result import ShadowPrice, ShadowPrices

NOTHING = 0.01
"""Worths below this are none."""

SHARE = 0.001
"""Of one more person in each step of coverage, so that prices are those of more people."""

ROUNDS = 12
"""Times that all people are priced at most."""

CLOSE = 0.01
"""A bound that is so much lower is as good."""


def shadow_prices(
    root: Mixture, generation: Generation, constant: float, in_time: Callable[[], bool]
) -> ShadowPrices | None:
    """What one more person is worth.

    Where prices could be higher or lower, because something is just filled, they are those of one person more
    rather than of one less: prices of a mix with a tiny share of one more person in all steps of coverage.

    Parameters
    ----------
    root
        The best mix of columns of all people.
    generation
        What made it.
    constant
        What rosters cost besides what the mix says of them.
    in_time
        Asked before all people are priced once more whether to.

    Returns
    -------
    ShadowPrices | None
        None where nothing was proven in time.
    """
    demand = generation.demand.with_one_more(SHARE)
    more = Mixture(generation, demand, root.people, root.master.columns, Random(0))
    best: tuple[float, Floats] | None = None
    for _ in range(ROUNDS):
        if more.over or more.mix is None or not in_time():
            break
        duals = more.mix.duals
        bound, new = more.prove()
        if isfinite(bound) and (best is None or bound > best[0]):
            best = bound, duals
        if not new or bound > root.bound - CLOSE:
            break
    return None if best is None else _prices(generation.tables, demand, best[1], best[0] + constant)


def _prices(tables: Tables, demand: Demand, duals: Floats, least: float) -> ShadowPrices:
    """The prices where a person more in a row is worth its dual."""
    of_blocks, of_shifts = demand.worths(duals)
    problem = tables.problem
    prices: list[ShadowPrice] = []
    for kind in _kinds(problem):
        worths = of_blocks[tables.curves_of(kind)].sum(0)
        prices += _prices_of_times(tables, demand, kind, worths)
        for shift, worth in zip(problem.shifts, of_shifts.tolist(), strict=True):
            if (shift.skill, shift.location) == kind:
                prices += _price_of_shift(tables, demand, shift, worth, worths)
    return ShadowPrices(least=least, mandatory=WEIGHTS["mandatory"], prices=tuple(prices))


def _kinds(problem: Problem) -> list[Kind]:
    """The kinds of work that are asked for, by name."""
    asked = {(cover.skill, cover.location) for cover in problem.coverage}
    asked |= {(shift.skill, shift.location) for shift in problem.shifts}
    return sorted(asked, key=lambda kind: (kind[0] or "", kind[1] or ""))


def _prices_of_times(tables: Tables, demand: Demand, kind: Kind, worths: Floats) -> Iterator[ShadowPrice]:
    """A price for each span in which each minute is worth as much, and something."""
    counts = (tables.world.more[tables.curves_of(kind)] != 0).sum(axis=(0, 2))
    last: ShadowPrice | None = None
    for (first, after), worth in zip(pairwise(demand.edges.tolist()), worths.tolist(), strict=True):
        if worth < NOTHING:
            continue
        cells = first + np.flatnonzero(counts[first:after])
        start, end = (tables.problem.start + int(cell) * tables.step for cell in (cells[0], cells[-1] + 1))
        price = ShadowPrice(start=start, end=end, worth=worth, skill=kind[0], location=kind[1])
        if last is not None and last.end == start and abs(_rate(last) - _rate(price)) < NOTHING:
            price = replace(price, start=last.start, worth=last.worth + worth)
        elif last is not None:
            yield last
        last = price
    if last is not None:
        yield last


def _rate(price: ShadowPrice) -> float:
    return price.worth / (price.end - price.start)


def _price_of_shift(
    tables: Tables, demand: Demand, shift: Shift, worth: float, worths: Floats
) -> Iterator[ShadowPrice]:
    """The price of a place in a given shift, with what its time is worth besides."""
    cells = [(time - tables.problem.start) // tables.step for time in (shift.start, shift.end)]
    cells = [min(int(demand.edges[-1]), max(0, cell)) for cell in cells]
    if not np.isin(cells, demand.edges).all():
        return  # nobody can work it, so blocks take no notice of it
    first, last = np.searchsorted(demand.edges, cells)
    worth += float(worths[first:last].sum())
    if worth >= NOTHING:
        yield ShadowPrice(
            start=shift.start,
            end=shift.end,
            worth=worth,
            skill=shift.skill,
            location=shift.location,
            shift=shift.id,
        )
