"""Worlds small enough to look at every roster, and where the two readings of a rule differ about them."""

from dataclasses import replace
from itertools import product

from solver.cpsat.draft import Draft
from solver.cpsat.linear import Linear
from solver.cpsat.model import Model
from solver.cpsat.run import Limits, search
from solver.cpsat.slots import ShiftSlot, TemplateSlot
from solver.problem import (
    BreakPolicy,
    Carried,
    CostTier,
    Coverage,
    Employee,
    Pin,
    Problem,
    Published,
    Shift,
    ShiftTemplate,
    SkillHeld,
)
from solver.rules.no_overlap import NoOverlap
from solver.spans import Span
from solver.work import Break, Roster, Work
from tests.solver.rules.inside_worlds import insides_of
from tests.solver.worlds import problem_of

HOUR = 60
DAY = 1440


def _shift(name, day, start, end, **fields):
    return Shift(id=name, start=day * DAY + start * HOUR, end=day * DAY + end * HOUR, **fields)


def _work(day, start, end, **fields):
    return Work(start=day * DAY + start * HOUR, end=day * DAY + end * HOUR, **fields)


ANN = Employee(
    id="ann",
    skills=(SkillHeld("x"), SkillHeld("y", 0, 2 * DAY)),
    locations=("here",),
    unavailable=(Span(2 * DAY, 2 * DAY + 12 * HOUR),),
    preferred=(Span(6 * HOUR, 14 * HOUR),),
    unpreferred=(Span(DAY + 18 * HOUR, 2 * DAY),),
    cost_per_minute=2,
    cost_tiers=(CostTier(500, 3), CostTier(900, 5)),
    minimum_minutes=14 * HOUR,
    maximum_minutes=24 * HOUR,
    target_minutes=20 * HOUR,
    balance_minutes=90,
    carried=(
        Carried(ledger="average_minutes", amount=700, days=3),
        Carried(ledger="labour_cost", amount=200),
    ),
    neutral_days=("2026-11-22", "2026-11-24"),
)
SHIFTS = (
    _shift("early", 0, 6, 14, skill="x", breaks=(Break(30),)),
    _shift("split", 0, 15, 19, skill="y", location="here"),
    _shift("night", 0, 22, 30, tags=("night",), paid_minutes=500),
    _shift("evening", 1, 20, 24, location="there", tags=("night",)),
    _shift("morning", 2, 4, 10, skill="y"),
    _shift("late", 3, 14, 23, breaks=(Break(45, paid=True),)),
)
PINS = (
    Pin(employee="ann", shift="early"),
    Pin(employee="ann", kind="forbidden", shift="evening"),
    Pin(employee="ann", kind="forbidden", work=_work(2, 9, 12)),
)
PUBLISHED = (
    Published(employee="ann", shift="early", price=7),
    Published(employee="ann", shift="late", price=3),
)
HISTORY = (
    _work(-3, 8, 16),
    _work(-2, 8, 16),
    _work(-1, 20, 25, tags=("night",)),
)
UPCOMING = (_work(4, 5, 13, tags=("night",)), _work(5, 5, 13), _work(6, 5, 13))
TEMPLATE = ShiftTemplate(
    id="flex",
    days=("2026-11-23", "2026-11-24", "2026-11-26"),
    earliest_start=6 * HOUR,
    latest_start=18 * HOUR,
    start_step=12 * HOUR,
    shortest=4 * HOUR,
    longest=9 * HOUR,
    length_step=5 * HOUR,
    latest_end=28 * HOUR,
    breaks=(BreakPolicy(241, 30), BreakPolicy(400, 15, paid=True)),
    skill="y",
    location="here",
    tags=("night",),
)
COVERAGE = (
    Coverage(id="a", start=0, end=DAY, skill="y", minimum=1, missing_price=2, surplus_price=1),
    Coverage(id="b", start=5 * HOUR, end=3 * DAY, minimum=0, target=1, maximum=1, surplus_price=3),
    Coverage(id="c", start=DAY + 7 * HOUR, end=DAY + 11 * HOUR, location="here", target=2),
)


def shifts_world(**changes):
    """One person, four days, seven shifts that may be given in any combination."""
    ann = replace(ANN, **changes)
    return problem_of([ann], count=4, shifts=SHIFTS, pins=PINS, published=PUBLISHED, coverage=COVERAGE)


def template_world(**changes):
    """One person, four days, a template on three of them; a pin asks for work just like it."""
    ann = replace(ANN, **changes)
    like = {"skill": "y", "location": "here", "tags": ("night",)}
    pins = (
        Pin(employee="ann", work=_work(0, 6, 15, breaks=(Break(30), Break(15, paid=True)), **like)),
        Pin(employee="ann", kind="forbidden", work=_work(3, 17, 20)),
    )
    kept = (Published(employee="ann", work=_work(1, 12, 16, skill="y", location="here"), price=5),)
    return problem_of(
        [ann], count=4, shifts=(), templates=(TEMPLATE,), pins=pins, published=kept, coverage=COVERAGE
    )


def mixed_world(**changes):
    """Two people, two days, a shift with two places and a template."""
    people = [replace(ANN, **changes), Employee(id="bo", skills=(SkillHeld("y"),), target_minutes=300)]
    shifts = (
        replace(SHIFTS[1], headcount=1),
        replace(SHIFTS[4], start=DAY + 240, end=DAY + 600, headcount=2, mandatory=False, priority=3),
    )
    flex = replace(TEMPLATE, days=("2026-11-23",), start_step=5 * HOUR)
    return problem_of(people, count=2, shifts=shifts, templates=(flex,), coverage=COVERAGE[:1])


WORLDS = {
    "shifts": shifts_world(),
    "shifts after history": shifts_world(history=HISTORY),
    "shifts before upcoming": shifts_world(upcoming=UPCOMING),
    "templates": template_world(available=(Span(0, DAY + 20 * HOUR), Span(3 * DAY, 4 * DAY))),
    "templates between history and upcoming": template_world(history=HISTORY, upcoming=UPCOMING),
    "two people": mixed_world(),
}


def rosters_of(problem: Problem) -> list[Roster]:
    """Every roster a solver could think of in which nobody is in two places at once."""
    model = Draft(problem, [])
    choices = []
    for person in model.persons.values():
        works = []
        for slot in person.slots:
            if isinstance(slot, TemplateSlot):
                who = person.employee.id
                created = (problem.create(who, slot.template.id, s, e - s) for s, e in slot.pairs)
                works.append([each for work in created for each in insides_of(slot.template, work)])
            else:
                assert isinstance(slot, ShiftSlot)
                works.append([slot.assignment])
        weeks = product(*([None, *options] for options in works))
        choices.append([[work for work in week if work is not None] for week in weeks])
    rosters = [Roster(work for week in weeks for work in week) for weeks in product(*choices)]
    different = {tuple(map(_what, roster)): roster for roster in rosters}
    return [roster for what, roster in different.items() if len(set(what)) == len(what)]


def _what(work):
    return (work.employee, work.start, work.end, work.shift, work.breaks, work.tasks)


def without_overlap(problem, rosters):
    """The rosters in which nobody is in two places at once."""
    return [roster for roster in rosters if not NoOverlap().check(problem, roster)]


class Reading:
    """What a model of some rules says about rosters of a problem.

    Built once; each roster is then fixed in it by the bounds of its variables.
    """

    def __init__(self, problem, rules):
        self.model = Model.of(problem, rules)
        program = self.model.program
        total = Linear.total(program.costs[level] for level in ("mandatory", "soft"))
        program.minimise(total)

    def cost(self, roster):
        """The cost it gives a roster; None if it does not accept it."""
        values: dict[int, int] = {}
        for person in self.model.persons.values():
            open_works = list(roster.of(person.employee.id))
            for slot in person.slots:
                work = next((work for work in open_works if slot.can_be(work)), None)
                if work is not None:
                    open_works.remove(work)
                values |= slot.hint(work)
            if open_works:
                return None  # not among the options any more
        variables = self.model.program.cp.proto.variables
        for variable, value in values.items():
            variables[variable].domain.clear()
            variables[variable].domain.extend([value, value])
        found = search(self.model.program, Limits())
        return found.objective if found.ending == "optimal" else None


def cost_by_check(problem, rules, roster):
    """What the plain readings of some rules say a roster costs; None if it breaks a hard one."""
    violations = [violation for rule in rules for violation in rule.check(problem, roster)]
    if any(violation.level == "hard" for violation in violations):
        return None
    return sum(violation.cost for violation in violations)


def disagreements(problem, rules, rosters):
    """The rosters about which the two readings of the rules differ, with what each says."""
    reading = Reading(problem, rules)
    told = [(roster, reading.cost(roster), cost_by_check(problem, rules, roster)) for roster in rosters]
    return [(roster.assignments, model, check) for roster, model, check in told if model != check]
