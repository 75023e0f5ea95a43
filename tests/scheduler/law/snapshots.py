"""The rules that each pack compiles to, year by year, as text: a change of data shows in review.

Write them anew with ``python -m tests.scheduler.law.snapshots``.
"""

from datetime import date
from itertools import groupby
from pathlib import Path

from scheduler.law.compile import rules_for
from scheduler.law.library import packs
from scheduler.law.settlement import Settlement
from scheduler.law.subject import LawSubject, WorkingTimeSystem
from solver.codec import encode_object

FOLDER = Path(__file__).parent / "snapshots"
YEARS = range(2018, 2028)


def people(year):
    """One of each kind that rules tell apart, by a name that says it."""
    born = date(1990, 1, 1)
    return [
        LawSubject(id="adult", born_on=born),
        LawSubject(id="equivalent", born_on=born, system=WorkingTimeSystem.EQUIVALENT),
        LawSubject(id="night_worker", born_on=born, night_worker=True),
        LawSubject(id="hazardous_night", born_on=born, hazardous_night=True),
        LawSubject(id="fast_food", born_on=born, sector="fast_food"),
        LawSubject(id="aged_17", born_on=date(year - 17, 1, 1)),
        LawSubject(id="aged_15", born_on=date(year - 15, 1, 1)),
        LawSubject(id="aged_14", born_on=date(year - 14, 1, 1)),
    ]


def lines(pack, year):
    """What the week from the first Monday of May is held to: rule, figures, article, people."""
    first = next(date(year, 5, day) for day in range(1, 8) if date(year, 5, day).weekday() == 0)
    everybody = people(year)
    months = Settlement(date(year, 1, 1))
    end = date.fromordinal(first.toordinal() + 7)
    law = rules_for(pack, first, end, employees=everybody, settlement=months)
    held: dict[str, set[str]] = {}
    for rule in law.rules:
        told = encode_object(rule)
        figures = " ".join(
            f"{key} {value}"
            for key, value in told.items()
            if key not in ("rule", "name", "source", "scope", "windows", "period")
        )
        key = f"{rule.name}: {rule.id} {figures}".rstrip() + f" [{rule.source}]"
        who = rule.scope.employees or tuple(person.id for person in everybody)
        held.setdefault(key, set()).update(who)
    order = [person.id for person in everybody]
    return [
        f"{key} for {'all' if len(who) == len(order) else ', '.join(sorted(who, key=order.index))}"
        for key, who in sorted(held.items())
    ]


def snapshot(pack):
    """All years of a pack; years in a row with the same rules are told once."""
    parts = []
    for told, years in groupby(YEARS, key=lambda year: lines(pack, year)):
        span = list(years)
        title = f"{span[0]}" if len(span) == 1 else f"{span[0]} to {span[-1]}"
        parts.append("\n".join([f"# {title}", *(told or ["no rules"])]))
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name in packs():
        (FOLDER / f"{name}.txt").write_text(snapshot(name), encoding="utf-8")
