"""Whatever the problem, an answer keeps the hard rules and costs what the solver says."""

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from solver.evaluate import evaluate
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
from solver.rules.availability import Availability
from solver.rules.average_minutes import AverageMinutes
from solver.rules.breaks import Breaks
from solver.rules.complete_weekends import CompleteWeekends
from solver.rules.consecutive_days import ConsecutiveDays
from solver.rules.consecutive_days_off import ConsecutiveDaysOff
from solver.rules.consecutive_shifts import ConsecutiveShifts
from solver.rules.consecutive_weekends import ConsecutiveWeekends
from solver.rules.contract_range import ContractRange
from solver.rules.daily_rest import DailyRest
from solver.rules.days_off import DaysOff
from solver.rules.days_off_blocks import DaysOffBlocks
from solver.rules.days_worked import DaysWorked
from solver.rules.distinct_kinds import DistinctKinds
from solver.rules.fair_share import FairShare
from solver.rules.fairness import Fairness
from solver.rules.labour_cost import LabourCost
from solver.rules.min_rest import MinRest
from solver.rules.minutes import Minutes
from solver.rules.preferences import Preferences
from solver.rules.rolling_hours import RollingHours
from solver.rules.rule import Period, Scope
from solver.rules.shift_count import ShiftCount
from solver.rules.stability import Stability
from solver.rules.weekends import Weekends
from solver.rules.weekly_rest import WeeklyRest
from solver.solve import solve
from solver.spans import Span
from solver.stop import WorkLimit
from solver.work import Work
from tests.solver.random_order_rules import ORDER_RULES
from tests.solver.worlds import problem_of

DAY = 1440
DAYS = 4


def spans(most=2):
    start = st.integers(0, DAYS * 24 - 2).map(lambda hour: hour * 60)
    return st.lists(
        st.builds(lambda at, hours: Span(at, at + hours * 60), start, st.integers(1, 20)), max_size=most
    ).map(tuple)


def works(first_hour, last_hour):
    """Up to two spans of work that do not overlap, in hours from the origin."""
    return st.lists(st.integers(first_hour // 12, last_hour // 12 - 1), max_size=2, unique=True).map(
        lambda halves: tuple(
            Work(start=half * 720, end=half * 720 + 480, tags=("night",) if half % 2 else ())
            for half in sorted(halves)
        )
    )


def employee(number):
    maybe = st.none() | st.integers(0, 30).map(lambda hours: hours * 60)
    return st.builds(
        Employee,
        id=st.just(f"e{number}"),
        skills=st.sampled_from([(), (SkillHeld("x"),), (SkillHeld("x", 0, 2 * DAY), SkillHeld("y"))]),
        locations=st.sampled_from([None, ("here",)]),
        unavailable=spans(),
        preferred=spans(1),
        unpreferred=spans(1),
        cost_per_minute=st.integers(0, 2),
        cost_tiers=st.sampled_from([(), (CostTier(600, 2), CostTier(900, 5))]),
        maximum_minutes=st.none() | st.integers(8, 40).map(lambda hours: hours * 60),
        target_minutes=maybe,
        balance_minutes=st.integers(-100, 100),
        carried=st.sampled_from([(), (Carried(ledger="fair_share", amount=2),)]),
        neutral_days=st.sampled_from([(), ("2026-11-24",)]),
        history=works(-48, 0),
        upcoming=works(DAYS * 24, DAYS * 24 + 48),
    )


def shift(number):
    return st.builds(
        lambda start, hours, **fields: Shift(id=f"s{number}", start=start, end=start + hours * 60, **fields),
        st.integers(0, DAYS * 24 - 1).map(lambda hour: hour * 60),
        st.integers(2, 12),
        skill=st.sampled_from([None, "x", "y"]),
        location=st.sampled_from([None, "here", "there"]),
        tags=st.sampled_from([(), ("night",)]),
        headcount=st.integers(1, 2),
        mandatory=st.booleans(),
        priority=st.integers(1, 3),
    )


TEMPLATE = st.builds(
    ShiftTemplate,
    id=st.just("t"),
    earliest_start=st.sampled_from([360, 600]),
    latest_start=st.sampled_from([600, 960]),
    start_step=st.sampled_from([120, 180]),
    shortest=st.sampled_from([180, 240]),
    longest=st.sampled_from([300, 540]),
    length_step=st.sampled_from([60, 90]),
    latest_end=st.sampled_from([None, 1380]),
    breaks=st.sampled_from([(), (BreakPolicy(241, 30),), (BreakPolicy(200, 15, True), BreakPolicy(301, 45))]),
    skill=st.sampled_from([None, "x"]),
    tags=st.sampled_from([(), ("night",)]),
)

LEVELS = st.sampled_from(["hard", "soft", "mandatory"])
PERIODS = st.sampled_from([Period(1), Period(2, rolling=True), Period(3, anchor="2026-11-22"), Period(None)])
SCOPES = st.sampled_from([Scope(), Scope(tags=("night",)), Scope(employees=("e0",))])
WEIGHTS = st.integers(1, 3)
WEEKENDS = st.sampled_from([(0, 1), (2, 3), (6, 0)])


def rule(family, **fields):
    return st.builds(family, level=LEVELS, weight=WEIGHTS, **fields)


RULES = [
    rule(MinRest, minutes=st.sampled_from([60, 660]), scope=SCOPES),
    rule(DailyRest, minutes=st.sampled_from([480, 660])),
    rule(WeeklyRest, minutes=st.sampled_from([1200, 2100]), period=st.sampled_from([Period(3), Period(4)])),
    rule(Minutes, maximum=st.sampled_from([480, 900]), period=PERIODS, scope=SCOPES),
    rule(ShiftCount, maximum=st.integers(1, 2), period=PERIODS, scope=SCOPES),
    st.builds(ContractRange, bound=st.just("maximum"), level=LEVELS),
    st.builds(ContractRange, bound=st.just("minimum"), level=st.just("soft")),
    rule(ConsecutiveDays, maximum=st.integers(1, 3)),
    st.builds(ConsecutiveDays, minimum=st.just(2), level=st.just("soft")),
    rule(DaysOff, minimum=st.integers(1, 2), period=st.sampled_from([Period(3), Period(4)])),
    rule(Breaks, from_minutes=st.just(300), minutes=st.sampled_from([15, 30])),
    st.builds(Availability, level=st.sampled_from(["hard", "soft"])),
    st.builds(Preferences),
    st.builds(Fairness, step_minutes=st.sampled_from([60, 240]), steps=st.integers(1, 3)),
    st.builds(LabourCost),
    rule(RollingHours, maximum=st.sampled_from([480, 900]), hours=st.sampled_from([24, 40]), scope=SCOPES),
    rule(AverageMinutes, maximum=st.sampled_from([1200, 2400]), period=PERIODS, pro_rata=st.booleans()),
    rule(DaysWorked, maximum=st.integers(1, 2), period=PERIODS, scope=SCOPES),
    rule(DistinctKinds, of=st.sampled_from(["skills", "locations"]), maximum=st.just(1), period=PERIODS),
    rule(Weekends, maximum=st.integers(0, 1), weekdays=WEEKENDS, touching=st.booleans()),
    st.builds(CompleteWeekends, weekdays=WEEKENDS, level=st.sampled_from(["mandatory", "soft"])),
    rule(ConsecutiveWeekends, maximum=st.integers(0, 1), weekdays=WEEKENDS, touching=st.booleans()),
    st.builds(ConsecutiveDaysOff, minimum=st.just(2), maximum=st.just(3), level=st.just("soft")),
    rule(ConsecutiveShifts, maximum=st.integers(1, 3)),
    rule(DaysOffBlocks, days=st.integers(1, 2), period=st.sampled_from([Period(3), Period(4)])),
    st.builds(FairShare, of=st.sampled_from(["minutes", "shifts", "days", "weekends"]), weekdays=WEEKENDS),
    st.builds(Stability, added_price=st.integers(0, 50)),
    *ORDER_RULES,
]


@st.composite
def problems(draw):
    people = [draw(employee(number)) for number in range(draw(st.integers(1, 3)))]
    shifts = tuple(draw(shift(number)) for number in range(draw(st.integers(0, 5))))
    templates = (draw(TEMPLATE),) if not shifts or draw(st.booleans()) else ()
    rules = tuple(draw(one) for one in draw(st.lists(st.sampled_from(RULES), max_size=5, unique_by=id)))
    coverage = tuple(
        Coverage(
            id=f"c{number}",
            start=hour * 60,
            end=(hour + draw(st.integers(1, 9))) * 60,
            skill=draw(st.sampled_from([None, "x"])),
            minimum=draw(st.integers(0, 1)),
            target=draw(st.integers(1, 2)),
            maximum=draw(st.sampled_from([None, 2])),
            missing_price=draw(st.integers(0, 3)),
            surplus_price=draw(st.integers(0, 2)),
        )
        for number, hour in enumerate(draw(st.lists(st.integers(0, DAYS * 24 - 10), max_size=4)))
    )
    names = [one.id for one in shifts]
    pins = tuple(
        Pin(employee=draw(st.sampled_from(people)).id, kind="forbidden", shift=draw(st.sampled_from(names)))
        for _ in range(draw(st.integers(0, 2)) if names else 0)
    )
    published = tuple(
        Published(employee=draw(st.sampled_from(people)).id, shift=name, price=draw(st.integers(0, 200)))
        for name in names[:2]
    )
    return problem_of(
        people,
        count=DAYS,
        shifts=shifts,
        templates=templates,
        rules=rules,
        coverage=coverage,
        pins=pins,
        published=published,
    )


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(problems())
def test_every_answer_is_clean_and_costs_what_the_solver_says(problem):
    # The solver itself raises if the evaluator does not confirm what CP-SAT says of a roster.
    result = solve(problem, WorkLimit(3), workers=1)
    assert result.status in ("optimal", "feasible")
    judged = evaluate(problem, result.roster)
    assert judged.clean
    assert judged.score == result.score
    assert (result.score.mandatory, result.score.soft) >= result.bound
    if result.status == "optimal":
        assert (result.score.mandatory, result.score.soft) == result.bound


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(problems())
def test_every_problem_reads_back_from_json_as_it_was(problem):
    assert Problem.from_json(json.loads(json.dumps(problem.to_json()))) == problem
