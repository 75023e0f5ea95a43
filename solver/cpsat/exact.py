"""Solving the exact model level by level: first as little mandatory cost as possible, then soft cost."""

from __future__ import annotations

from solver.cpsat.model import Model
from solver.cpsat.run import Ending, Limits, search
from solver.cpsat.slots import Values
from solver.standing import Claim, Incumbent
from solver.violation import Level
from solver.work import Roster

SHARE_OF_MANDATORY = 0.5
"""The part of the time left that the mandatory level may take before the soft level gets its turn."""


def solve_exact(
    incumbent: Incumbent, model: Model, start: Roster, *, seed: int, workers: int, first_only: bool = False
) -> Ending:
    """Improve an incumbent with the exact model until it is proven best or the incumbent says stop.

    Parameters
    ----------
    start
        Suggested while there is no roster that keeps the hard rules.
    first_only
        Stop at the first roster that keeps the hard rules.

    Returns
    -------
    Ending
        ``infeasible`` if no roster keeps the hard rules, ``optimal`` if the incumbent is proven best.
    """
    model.hint(start)
    mandatory = _minimise(incumbent, model, "mandatory", seed, workers, first_only=first_only)
    if mandatory in ("infeasible", "unknown") or incumbent.score is None or first_only:
        return mandatory
    model.program.at_most(model.program.costs["mandatory"], incumbent.score.mandatory)
    if incumbent.stopped():
        return "feasible"
    soft = _minimise(incumbent, model, "soft", seed, workers)
    return "optimal" if (mandatory, soft) == ("optimal", "optimal") else "feasible"


def _minimise(
    incumbent: Incumbent, model: Model, level: Level, seed: int, workers: int, *, first_only: bool = False
) -> Ending:
    incumbent.phase = level
    cost = model.program.costs[level]
    allowed = incumbent.score.mandatory if incumbent.score is not None else 0
    if incumbent.roster is not None:
        model.hint(incumbent.roster)
    if level == "mandatory" and not cost.terms and incumbent.roster is not None:
        incumbent.raise_mandatory_bound(cost.constant)
        return "optimal"
    model.program.minimise(cost)

    def watch(values: Values | None, objective: int | None, bound: int | None) -> bool:
        _raise_bound(incumbent, level, allowed, bound)
        if values is None or objective is None:
            incumbent.tell()
        else:
            incumbent.offer(model.roster(values), Claim(level, objective))
        return incumbent.stopped() or (first_only and incumbent.roster is not None)

    found = search(model.program, _limits(incumbent, level, seed, workers), watch)
    incumbent.work += found.work
    _raise_bound(incumbent, level, allowed, found.bound)
    if found.values is not None and found.objective is not None:
        claim = Claim(level, found.objective, exact=found.ending == "optimal")
        incumbent.offer(model.roster(found.values), claim)
    incumbent.tell()
    return found.ending


def _raise_bound(incumbent: Incumbent, level: Level, allowed: int, bound: int | None) -> None:
    if level == "mandatory":
        incumbent.raise_mandatory_bound(bound)
    else:
        incumbent.raise_soft_bound(bound, allowed=allowed)


def _limits(incumbent: Incumbent, level: Level, seed: int, workers: int) -> Limits:
    """What is left, of which the mandatory level may take only a share."""
    share = SHARE_OF_MANDATORY if level == "mandatory" else 1.0
    seconds, work = (
        left(incumbent.standing()) for left in (incumbent.stop.seconds_left, incumbent.stop.work_left)
    )
    return Limits(
        seed=seed,
        workers=workers,
        seconds=None if seconds is None else seconds * share,
        work=None if work is None else work * share,
    )
