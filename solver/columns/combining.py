"""The best roster that can be put together from given columns, by CP-SAT as set partitioning."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ortools.sat.python import cp_model

from solver.columns.demand import Demand, steps
from solver.columns.master import Column


def combine(
    demand: Demand,
    columns: Iterable[Column],
    hint: Sequence[Column],
    *,
    seconds: float | None,
    work: float,
    seed: int,
    workers: int,
) -> tuple[list[Column], float]:
    """The best roster found from some columns.

    Parameters
    ----------
    demand
        What the people are wanted for.
    columns
        Whole personal rosters, some of each person.
    hint
        One of each person, among the columns.
    seconds, work
        Limits: wall clock (None for none) and deterministic time.

    Returns
    -------
    tuple
        One column of each person, the hint's where nothing better was found; the deterministic time it took.
    """
    model = cp_model.CpModel()
    columns = list(dict.fromkeys((*hint, *columns)))
    hinted = set(hint)
    chosen = [model.new_bool_var("") for _ in columns]
    of_person: dict[int, list[cp_model.IntVar]] = {}
    in_row: dict[int, list[tuple[cp_model.IntVar, int]]] = {}
    for variable, column in zip(chosen, columns, strict=True):
        of_person.setdefault(column.person, []).append(variable)
        model.add_hint(variable, column in hinted)
        for row, count in zip(column.rows.tolist(), column.counts.tolist(), strict=True):
            in_row.setdefault(row, []).append((variable, count))
    for own in of_person.values():
        model.add_exactly_one(own)
    variables, weights = list(chosen), [column.cost for column in columns]
    for row, terms in in_row.items():
        parts = []
        for most, slope in steps(demand.slopes[row]):
            part = model.new_int_var(0, int(most), "")
            parts.append(part)
            variables.append(part)
            weights.append(slope)
        filled = cp_model.LinearExpr.weighted_sum([one for one, _ in terms], [count for _, count in terms])
        model.add(filled == cp_model.LinearExpr.sum(parts))
    model.minimize(cp_model.LinearExpr.weighted_sum(variables, weights))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = seed
    solver.parameters.max_deterministic_time = work
    if seconds is not None:
        solver.parameters.max_time_in_seconds = seconds
    status = solver.solve(model)
    spent = float(solver.response_proto.deterministic_time)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return list(hint), spent
    return [column for variable, column in zip(chosen, columns, strict=True) if solver.value(variable)], spent
