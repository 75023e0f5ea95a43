"""Annealing keeps count: what it says changed is what the plain reading of the rules says."""

from dataclasses import replace

import pytest

from benchmarks.weeks import make_problem
from solver.cpsat.draft import Draft
from solver.evaluate import evaluate
from solver.lns.anneal import Annealing
from solver.lns.greedy import greedy
from solver.lns.kernel import EXCHANGED, TOTAL
from solver.lns.local_search import FIRST_CHANGES, GROWTH, Plan
from solver.lns.tables import WEIGHTS, Tables
from solver.problem import Employee, Published, SkillHeld
from solver.rules.consecutive_days import ConsecutiveDays
from solver.rules.consecutive_days_off import ConsecutiveDaysOff
from solver.rules.consecutive_weekends import ConsecutiveWeekends
from solver.rules.coverage import fixed_work
from solver.rules.daily_rest import DailyRest
from solver.rules.days_off import DaysOff
from solver.rules.days_worked import DaysWorked
from solver.rules.fairness import Fairness
from solver.rules.labour_cost import LabourCost
from solver.rules.min_rest import MinRest
from solver.rules.minutes import Minutes
from solver.rules.preferences import Preferences
from solver.rules.rule import HORIZON, Period
from solver.rules.shift_count import ShiftCount
from solver.rules.start_spacing import StartSpacing
from solver.rules.successions import Succession, Successions
from solver.rules.weekends import Weekends
from solver.rules.weekly_rest import WeeklyRest
from solver.rules.work_kind import WorkKind
from solver.spans import Span
from solver.standing import Incumbent
from solver.stop import WorkLimit
from solver.work import Roster, Work
from tests.solver.worlds import problem_of


def given_shifts():
    """Six people, ten days of given shifts, two places each, with rules of every reading."""
    people = [
        Employee(
            id=f"e{place}",
            skills=(SkillHeld("x"),),
            cost_per_minute=place % 2,
            target_minutes=2400,
            unpreferred=(Span(1440 * place, 1440 * place + 1200),),
            history=(Work(start=-600, end=-60),),
            upcoming=(Work(start=10 * 1440 + 300, end=10 * 1440 + 700),) if place < 2 else (),
        )
        for place in range(6)
    ]
    night, day = WorkKind(tags=("night",)), WorkKind(without_tags=("night",))
    rules = (
        MinRest(minutes=660),
        WeeklyRest(minutes=2100),
        DailyRest(minutes=600, level="soft", weight=5),
        StartSpacing(minutes=1440, level="soft", weight=7),
        ConsecutiveDays(minimum=2, level="soft", weight=90),
        ConsecutiveDays(maximum=5),
        ConsecutiveDaysOff(minimum=2, maximum=3, level="soft", weight=40),
        ConsecutiveWeekends(minimum=2, level="soft", weight=30),
        DaysWorked(minimum=3, maximum=4, period=Period(7), level="soft", weight=25),
        Weekends(maximum=1, level="soft", weight=45),
        Successions(table=(Succession(after=night, forbidden=day),), within_days=2, level="soft", weight=35),
        DaysOff(minimum=2, period=Period(7)),
        Minutes(maximum=2400, period=Period(7, rolling=True)),
        Minutes(minimum=2000, period=HORIZON, level="mandatory"),
        LabourCost(),
        Fairness(step_minutes=240, steps=2),
        Preferences(),
    )
    told = (Published(employee="e0", shift="M1", price=300), Published(employee="e3", shift="N2", price=50))
    problem = problem_of(people, count=10, kinds="MEND", rules=rules, published=told)
    return replace(problem, shifts=tuple(replace(shift, headcount=2) for shift in problem.shifts))


def split_days():
    """A week of templates in which people may work twice a day."""
    week = make_problem(people=8, seed=4)
    rules = [rule for rule in week.rules if not isinstance(rule, ShiftCount | MinRest)]
    return replace(week, rules=(*rules, MinRest(minutes=60)))


WORLDS = {
    "given shifts": given_shifts,
    "templates": lambda: make_problem(people=12, seed=3),
    "two spans a day": split_days,
}


def weighted(score):
    return sum(WEIGHTS[level] * score.of(level) for level in WEIGHTS)


@pytest.mark.parametrize("name", WORLDS)
def test_the_count_kept_over_many_changes_is_that_of_the_plain_reading(name):
    problem = WORLDS[name]()
    draft = Draft(problem, problem.all_rules)
    base = greedy(draft)
    annealing = Annealing(Tables(draft, base), base, seed=5)
    assert not evaluate(problem, base).score.hard
    at_first = annealing.state.scalars[TOTAL] - weighted(evaluate(problem, base).score)
    seen = set()
    for temperature in (300.0, 60.0, 20.0, 5.0, 1.0):
        annealing.advance(8000, temperature)
        now = annealing.roster_now()
        score = evaluate(problem, now).score
        if not score.hard:  # of what breaks hard rules only that it is dear is known
            assert annealing.state.scalars[TOTAL] - weighted(score) == at_first
            seen.add(score.levels)
    best = evaluate(problem, annealing.roster()).score
    assert annealing.cost - weighted(best) == at_first
    assert len(seen) > 1
    assert best < evaluate(problem, base).score


def test_the_same_seed_gives_the_same_roster_and_another_seed_another():
    problem = make_problem(people=12, seed=3)
    draft = Draft(problem, problem.all_rules)
    base = greedy(draft)
    rosters = []
    for seed in (1, 1, 2):
        annealing = Annealing(Tables(draft, base), base, seed)
        annealing.advance(20_000, 40.0)
        rosters.append(annealing.roster())
    assert rosters[0] == rosters[1]
    assert rosters[0] != rosters[2]


def test_nobody_works_a_template_twice_a_day():
    problem = replace(make_problem(people=8, seed=4), rules=())
    draft = Draft(problem, problem.all_rules)
    annealing = Annealing(Tables(draft, Roster()), Roster(), seed=1)
    annealing.advance(40_000, 400.0)
    roster = annealing.roster_now()
    worked = [(work.employee, work.template, problem.calendar.index(work.start)) for work in roster]
    days = [(who, day) for who, _, day in worked]
    assert len(set(worked)) == len(worked)
    assert len(set(days)) < len(days)  # twice a day, but not the same


def test_work_that_is_none_of_the_options_stays_until_something_better_comes():
    problem = make_problem(people=8, seed=4)
    draft = Draft(problem, problem.all_rules)
    base = greedy(draft)
    by_hand = replace(base.assignments[0], template=None, start=base.assignments[0].start + 5)
    base = Roster([by_hand, *base.assignments[1:]])
    tables = Tables(draft, base)
    assert Annealing(tables, base, seed=1).roster() == base


def test_exchanges_leave_as_many_people_at_work_as_there_were():
    problem = make_problem(people=12, seed=3)
    draft = Draft(problem, problem.all_rules)
    base = greedy(draft)
    tables = Tables(draft, base)
    annealing = Annealing(tables, base, seed=2)
    annealing.advance(60_000, 60.0)
    now = tables.people_at([*annealing.roster_now(), *fixed_work(problem)])
    assert (annealing.state.now == now).all()
    assert annealing.state.gains[EXCHANGED:, 1].all()


def test_nearly_all_of_a_limited_time_is_for_one_annealing():
    incumbent = Incumbent(make_problem(people=2), WorkLimit(30), observer=None)
    plans = [Plan.of(incumbent, FIRST_CHANGES * GROWTH**number) for number in range(3)]
    assert [plan.last for plan in plans] == [False, False, True]
    assert sum(plan.changes or 0 for plan in plans[:2]) < 4_000_000
    assert plans[2].work == pytest.approx(28.5)
