"""Improving a roster part by part: each part is decided anew by the exact model."""

from __future__ import annotations

from random import Random

from solver.cpsat.draft import Draft
from solver.cpsat.linear import Linear
from solver.cpsat.model import Model, OutOfTime
from solver.cpsat.part import Part
from solver.cpsat.run import Ending, Limits, search
from solver.cpsat.slots import Values
from solver.lns.neighbourhoods import NEIGHBOURHOODS
from solver.standing import Incumbent
from solver.work import Roster

MANDATORY_FACTOR = 1000
"""What a unit of the mandatory level counts against one of the soft level inside a part."""

PATIENCE = 3.0
"""Work a single part may take, about seconds on an idle core."""


def improve(incumbent: Incumbent, draft: Draft, *, seed: int, workers: int, fruitless: int) -> None:
    """Decide part after part of the best roster anew until ``fruitless`` parts in a row gained nothing.

    A kind of part is drawn the more often the more its parts gained per unit of work.
    """
    random = Random(seed)
    gained = [1.0] * len(NEIGHBOURHOODS)
    spent = [1e-3] * len(NEIGHBOURHOODS)
    in_vain = 0
    while in_vain < fruitless and not (incumbent.roster is None or incumbent.stopped() or incumbent.proven):
        rates = [gain / work for gain, work in zip(gained, spent, strict=True)]
        kind = random.choices(range(len(rates)), [max(rate, 0.1 * max(rates)) for rate in rates])[0]
        part = NEIGHBOURHOODS[kind](draft, incumbent.roster, random)
        before = incumbent.objective
        work_before = incumbent.work
        solve_part(incumbent, draft, part, incumbent.roster, seed=random.randrange(2**30), workers=workers)
        after = incumbent.objective
        spent[kind] += incumbent.work - work_before
        better = before is not None and after is not None and after < before
        in_vain = 0 if better else in_vain + 1
        if better and before is not None and after is not None:
            gained[kind] += MANDATORY_FACTOR * (before[0] - after[0]) + before[1] - after[1]


def solve_part(
    incumbent: Incumbent, draft: Draft, part: Part, base: Roster, *, seed: int, workers: int
) -> tuple[Ending, Roster | None]:
    """Decide a part of a roster anew and offer the result.

    Returns
    -------
    tuple
        How the search ended, and the roster it found.
    """
    try:
        model = Model(draft, base=base, part=part, stopped=incumbent.stopped)
    except OutOfTime:
        return "unknown", None
    total = Linear()
    total.add_all(model.program.costs["mandatory"], MANDATORY_FACTOR)
    total.add_all(model.program.costs["soft"])
    model.program.minimise(total)
    model.hint(base)

    def watch(values: Values | None, objective: int | None, bound: int | None) -> bool:
        incumbent.tell()
        return incumbent.stopped()

    left = incumbent.stop.seconds_left(incumbent.standing())
    limits = Limits(seed=seed, workers=workers, seconds=left, work=PATIENCE, relaxed=True)
    found = search(model.program, limits, watch)
    incumbent.work += found.work
    if found.values is None:
        return found.ending, None
    roster = model.roster(found.values)
    incumbent.offer(roster)
    return found.ending, roster
