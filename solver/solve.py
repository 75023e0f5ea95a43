"""The one door: a problem in, a result out. Importing it loads OR-Tools."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext, suppress
from importlib.metadata import version
from typing import Literal

from solver.bounding import Bounding
from solver.columns.search import few_a_day, search_by_columns
from solver.columns.week_search import Week, search_week
from solver.cpsat.clash import find_clash
from solver.cpsat.draft import Draft
from solver.cpsat.exact import solve_exact
from solver.cpsat.model import Model, OutOfTime
from solver.cpsat.run import Ending, Limits
from solver.lns.inside_search import SolvePooled, has_tasks, roster_from_pools, search_insides
from solver.lns.local_search import first_roster, mend, search_locally, tables_of
from solver.lns.tables import Tables
from solver.open_shifts import open_shifts
from solver.problem import Problem
from solver.result import Clash, Observer, Result, Status
from solver.score import Score
from solver.standing import Incumbent
from solver.stop import Stop, TimeLimit
from solver.tasks.search import search_tasks
from solver.work import Roster

DEFAULT_STOP = TimeLimit(30)

Engine = Literal["auto", "exact", "columns", "local"]
"""The exact model as a whole; whole personal rosters, with a bound; or search from a first roster on with
exact improvement of parts. ``auto`` chooses by size and by what people could work on a day, and goes on
with local search where columns take too long."""

PAIRS_PER_SECOND = 8000
"""Pairs of people and given shifts looked at for each second there is; it takes about a fifth of the time."""

SMALL, SMALL_LONG, FORTNIGHT = 2000, 300, 14
"""About how many variables a problem has at most that is solved by the exact model as a whole; the same where
there are a fortnight or more days and few options a day, so that columns are better."""


def solve(
    problem: Problem,
    stop: Stop = DEFAULT_STOP,
    *,
    seed: int = 0,
    observer: Observer | None = None,
    warm_start: Roster | None = None,
    workers: int = 2,
    engine: Engine = "auto",
) -> Result:
    """The best roster that can be found until ``stop`` says stop.

    Hard rules always hold in it; what people do not suffice for is left open and listed. Only pins and
    rules that contradict each other give ``infeasible``, with the smallest set of them that clashes.

    Parameters
    ----------
    problem
        The problem.
    stop
        When to stop; solving also ends when the roster is proven best.
    seed
        The same problem, seed, versions and one worker give the same roster, unless time cut the search short
        (limit it by `solver.stop.WorkLimit` where that matters).
    observer
        Called on this thread at each better roster and several times a second. To cancel, combine ``stop``
        with a `solver.stop.Cancel` and have the observer request it.
    warm_start
        A roster to begin with, for instance the published one; it may break rules. Work in it that the
        problem offers nobody may stay; then ``optimal`` and the bound are about what the problem offers.
    workers
        Threads of CP-SAT.
    engine
        How to search; a local search proves nothing but bounds.

    Raises
    ------
    solver.standing.Disagreement
        If the evaluator does not confirm what a solver says of a roster: an error of ours, never of the
        input.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> from solver.problem import Day, Employee, Shift
    >>> early, late = Shift(id="early", start=360, end=840), Shift(id="late", start=800, end=1330)
    >>> problem = Problem(origin=datetime(2026, 11, 23, tzinfo=UTC), days=(Day("2026-11-23", 0, 1440),),
    ...                   employees=(Employee(id="ann"),), shifts=(early, late))
    >>> result = solve(problem, workers=1)
    >>> result.status, [a.shift for a in result.roster], [o.shift for o in result.open_shifts]
    ('optimal', ['late'], ['early'])
    """
    incumbent = Incumbent(problem, stop, observer)
    seconds = stop.seconds_left(incumbent.standing())
    most = None if seconds is None else int(seconds * PAIRS_PER_SECOND)
    draft = Draft(problem, problem.all_rules, most)
    small = engine == "exact" or not problem.employees or (engine == "auto" and _is_small(draft))
    by_pools = not small and has_tasks(problem)
    if by_pools:
        search_tasks(incumbent, draft, warm_start, seed=seed, workers=workers)
    tables = None if small or by_pools else tables_of(incumbent, draft, warm_start or Roster())
    if incumbent.roster is not None:
        roster = incumbent.roster
    elif by_pools and warm_start is None:
        roster = roster_from_pools(incumbent, _solve_pooled(seed, workers), seed=seed, workers=workers)
    else:
        roster = first_roster(incumbent, draft, tables, warm_start, seed=seed)
    week = Week()
    if tables is not None and engine != "local":
        week = _by_columns(incumbent, draft, tables, roster, engine, Limits(seed=seed, workers=workers))
    if incumbent.roster is None and not by_pools:
        roster = mend(incumbent, draft, roster, seed=seed)
    if incumbent.proven:
        return _result(incumbent, "optimal", seed=seed, workers=workers)
    ending: Ending = "unknown"
    if not incumbent.stopped() and (small or incumbent.roster is None):
        with suppress(OutOfTime):
            model = Model(draft, stopped=incumbent.stopped)
            ending = solve_exact(incumbent, model, roster, seed=seed, workers=workers, first_only=not small)
        if ending == "infeasible" and not draft.whole:
            ending = "unknown"
    if not small and incumbent.roster is not None and not incumbent.stopped():
        with Bounding(incumbent, draft, tables, week.prices) if draft.whole else nullcontext():
            if by_pools:
                search_insides(incumbent, draft, seed=seed, workers=workers)
            else:
                search_locally(incumbent, draft, tables, week.made, seed=seed, workers=workers)
    if incumbent.roster is not None and not draft.holds(incumbent.roster):
        incumbent.allow_less()
    elif incumbent.proven:
        ending = "optimal"
    return _result(incumbent, ending, seed=seed, workers=workers)


def _by_columns(
    incumbent: Incumbent, draft: Draft, tables: Tables, roster: Roster, engine: Engine, limits: Limits
) -> Week:
    """Search by columns where they suit the problem or are asked for; what was found of whole weeks."""
    few = few_a_day(draft)
    if not few and tables.whole and incumbent.roster is not None:
        return search_week(incumbent, tables, seed=limits.seed, workers=limits.workers)
    if few or engine == "columns":
        search_by_columns(incumbent, draft, tables, roster, seed=limits.seed, workers=limits.workers)
    return Week()


def _is_small(draft: Draft) -> bool:
    """Whether the exact model will do."""
    long = draft.problem.calendar.size >= FORTNIGHT and few_a_day(draft)
    return sum(person.size for person in draft.persons.values()) <= (SMALL_LONG if long else SMALL)


def _solve_pooled(seed: int, workers: int) -> SolvePooled:
    """Solve the problem in which all tasks are one, and say that time goes by."""

    def solve_pooled(problem: Problem, stop: Stop, tell: Callable[[], None]) -> Roster:
        return solve(problem, stop, seed=seed, workers=workers, observer=lambda progress: tell()).roster

    return solve_pooled


def _result(incumbent: Incumbent, ending: Ending, *, seed: int, workers: int) -> Result:
    roster = incumbent.roster or Roster()
    clash: tuple[Clash, ...] = ()
    status: Status = "stopped_empty" if incumbent.roster is None else "feasible"
    if ending == "infeasible":
        status = "infeasible"
        clash = find_clash(incumbent.problem, Limits(seed=seed, workers=workers), incumbent.stopped)
    elif ending == "optimal":
        status = "optimal"
    return Result(
        status=status,
        roster=roster,
        score=incumbent.score or Score(),
        bound=incumbent.bound,
        trace=tuple(incumbent.trace),
        open_shifts=open_shifts(incumbent.problem, roster),
        clash=clash,
        shadow_prices=incumbent.shadow_prices,
        seconds=incumbent.seconds,
        seed=seed,
        workers=workers,
        versions={"ortools": version("ortools")},
    )
