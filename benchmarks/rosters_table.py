"""The tables of rosters in ``benchmarks/README.md``, written from what was measured."""

from __future__ import annotations

from pathlib import Path

from benchmarks.cases import every_case, published

README = Path(__file__).parent / "README.md"
BEGIN, END = "<!-- written by make bench: begin -->", "<!-- written by make bench: end -->"

CURTOIS = (
    "instance", "s", "cost", "bound", "best known", "over best", "first s", "1 % s", "MiB",
    "exact model: cost", "bound", "over best", "10 min: chain / VNS", "60 min: chain / VNS / Gurobi",
    "branch and price",
)  # fmt: skip
RETAIL = (
    "instance", "s", "cost", "bound", "best of our own", "over best", "first s", "1 % s", "MiB",
    "exact model: cost", "bound", "over best",
)  # fmt: skip
WEEK = (
    "week", "s", "cost", "bound", "gap", "best of our own", "over best", "first s", "1 % s", "MiB",
    "exact model: cost", "bound", "gap",
)  # fmt: skip


def write_tables(kept):
    """Put the tables between the markers of the page."""
    text = README.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    README.write_text(f"{before}{BEGIN}\n\n{tables(kept)}\n{END}{after}", encoding="utf-8")


def tables(kept):
    """Where it was measured, then a table for each family of cases."""
    by_family: dict[str, list] = {"curtois": [], "retail": [], "week": []}
    for name in _in_order(kept["cases"]):
        by_family[kept["cases"][name]["family"]].append((name, kept["cases"][name]))
    literature = published()
    parts = [_where(kept)]
    if by_family["curtois"]:
        rows = [_curtois(name, case, literature.get(name)) for name, case in by_family["curtois"]]
        parts += ["### Shift scheduling of T. Curtois", _table(CURTOIS, rows)]
    if by_family["retail"]:
        rows = [_retail(name, case) for name, case in by_family["retail"]]
        parts += ["### Retail scheduling of Y. Qu and T. Curtois", _table(RETAIL, rows)]
    if by_family["week"]:
        rows = [_week(name, case) for name, case in by_family["week"]]
        parts += ["### Weeks of whole organisations", _table(WEEK, rows)]
    return "\n\n".join(parts) + "\n"


def told(measured):
    """One search in a line."""
    first = "no roster" if measured["first"] is None else f"first roster {measured['first']} s"
    return (
        f"cost {cost_text(measured['cost'])}, bound {cost_text(measured['bound'])}, {first}, "
        f"{measured['seconds']:.0f} s, {measured['mib']} MiB, {measured['status']}"
    )


def cost_text(cost):
    """The soft cost; with what is missing of the mandatory level before it."""
    if cost is None:
        return "none"
    return str(cost[1]) if not cost[0] else f"{cost[0]} missing + {cost[1]}"


def over(cost, best):
    """How far a cost is above another; empty where it is not comparable."""
    if cost is None or best is None or cost[0]:
        return ""
    return f"{(cost[1] - best) / best:+.2%}" if best else ("+0.00%" if cost[1] == best else "")


def reached(measured, best):
    """Seconds until the cost was within a percent of the best."""
    found = [at for at, missing, cost in measured["course"] if not missing and best and cost <= 1.01 * best]
    return f"{found[0]:g}" if found else ""


def own_best(case):
    """The least cost of all runs of a case, and the seconds of the run that found it first."""
    runs = [case[key] for key in ("long", "auto", "exact") if key in case]
    found = [(run["cost"][1], run["limit"]) for run in runs if run["cost"] and not run["cost"][0]]
    return min(found, default=(None, None))


def _curtois(name, case, known):
    best = known["best_ub"] if known else None
    literature = [
        " / ".join(_or_dash(known and known[key]) for key in keys)
        for keys in (
            ("ejection_chain_10min", "ip_vns_10min"),
            ("ejection_chain_60min", "ip_vns_60min", "gurobi_1h"),
            ("branch_and_price",),
        )
    ]
    return [*_ours(name, case, best, _or_dash(best)), *_exact(case, best), *literature]


def _retail(name, case):
    best, seconds = own_best(case)
    return [*_ours(name, case, best, "-" if best is None else f"{best} ({seconds:g} s)"), *_exact(case, best)]


def _week(name, case):
    best, seconds = own_best(case)
    cells = _ours(name, case, best, "-" if best is None else f"{best} ({seconds:g} s)")
    exact = _exact(case, best)
    gaps = [_gap(case.get(engine)) for engine in ("auto", "exact")]
    return [*cells[:4], gaps[0], *cells[4:], *exact[:2], gaps[1]]


def _ours(name, case, best, best_text):
    run = case.get("auto")
    if run is None:
        return [name, "", "", "", best_text, "", "", "", ""]
    return [
        name, f"{run['limit']:g}", cost_text(run["cost"]), cost_text(run["bound"]), best_text,
        over(run["cost"], best), f"{run['first']:g}" if run["first"] is not None else "",
        reached(run, best), str(run["mib"]),
    ]  # fmt: skip


def _exact(case, best):
    run = case.get("exact")
    if run is None:
        return ["", "", ""]
    return [cost_text(run["cost"]), cost_text(run["bound"]), over(run["cost"], best)]


def _gap(run):
    """Of the cost to its bound, as a share of the cost; of the mandatory level while that is not proven."""
    if run is None or run["cost"] is None:
        return ""
    level = 0 if run["cost"][0] > run["bound"][0] else 1
    cost, bound = run["cost"][level], run["bound"][level]
    return f"{max(0, cost - bound) / max(1, cost):.2%}"


def _or_dash(value):
    return "-" if value is None else str(value)


def _in_order(cases):
    names = [case.name for case in every_case()]
    return sorted(cases, key=lambda name: names.index(name) if name in names else len(names))


def _where(kept):
    at = kept["machine"]
    runs = [run for case in kept["cases"].values() for run in case.values() if isinstance(run, dict)]
    commits = sorted({run["commit"] for run in runs})
    days = sorted({run["on"] for run in runs})
    workers = sorted({run["workers"] for run in runs})
    return (
        f"{at['processor']}, {at['cores']} cores, {at['memory_gib']} GiB; Python {at['python']}, OR-Tools "
        f"{at['ortools']}, numba {at['numba']}; {' and '.join(days)}; commit {', '.join(commits)}; "
        f"{' or '.join(map(str, workers))} search threads."
    )


def _table(head, rows):
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)
