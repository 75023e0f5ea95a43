"""Random rules about the order of work that an empty roster keeps where they are hard."""

from hypothesis import strategies as st

from solver.rules.day_patterns import DayPatterns
from solver.rules.day_sequences import DaySequences
from solver.rules.day_shift_patterns import DayShiftPatterns
from solver.rules.forward_rotation import ForwardRotation
from solver.rules.max_rest import MaxRest
from solver.rules.min_rest import MinRest
from solver.rules.near_days_off import NearDaysOff
from solver.rules.no_overlap import AllowedOverlap, NoOverlap
from solver.rules.reduced_rest import ReducedRest
from solver.rules.rest_after_run import RestAfterRun
from solver.rules.rotation import Rotation, RotationMember
from solver.rules.rule import Period, Scope
from solver.rules.split_shifts import SplitShifts
from solver.rules.start_range import StartRange
from solver.rules.successions import Succession, Successions
from solver.rules.travel import Travel, TravelTime
from solver.rules.work_kind import DayKind, WorkKind

NIGHT, DAYTIME, MADE = (
    WorkKind(tags=("night",)),
    WorkKind(without_tags=("night",)),
    WorkKind(templates=("t",)),
)
KINDS = st.sampled_from([WorkKind(), NIGHT, DAYTIME])
DAYS = st.sampled_from([DayKind(), DayKind(work=NIGHT), DayKind(day="off"), DayKind(day="any")])
ON_DAYS = st.sampled_from([DayKind(), DayKind(work=NIGHT), DayKind(work=DAYTIME)])
SCOPES = st.sampled_from([Scope(), Scope(tags=("night",)), Scope(without_tags=("night",))])
SOFT = {"level": st.just("soft"), "weight": st.integers(1, 3)}


def any_level(family, **fields):
    levels = st.sampled_from(["hard", "soft", "mandatory"])
    return st.builds(family, level=levels, weight=st.integers(1, 3), **fields)


def tuples(days, least, most):
    return st.lists(days, min_size=least, max_size=most).map(tuple)


def asks(days):
    return any(kind.day != "any" for kind in days)


SUCCESSION = st.builds(Succession, after=KINDS, forbidden=KINDS) | st.builds(
    Succession, after=KINDS, allowed=KINDS
)
ORDER_RULES = [
    any_level(
        Successions,
        table=tuples(SUCCESSION, 1, 2),
        within_days=st.integers(1, 3),
        next_worked=st.booleans(),
    ),
    any_level(
        ForwardRotation, minimum=st.sampled_from([-120, 0]), within_days=st.integers(1, 2), scope=SCOPES
    ),
    any_level(StartRange, maximum=st.sampled_from([0, 90, 480]), scope=SCOPES),
    any_level(DayPatterns, pattern=tuples(ON_DAYS, 1, 2), maximum=st.integers(0, 1)),
    st.builds(
        DayPatterns, pattern=tuples(DAYS, 1, 3).filter(asks), minimum=st.just(1), maximum=st.just(2), **SOFT
    ),
    st.builds(DaySequences, after=tuples(DAYS, 0, 2), then=tuples(DAYS, 1, 2).filter(asks), **SOFT),
    st.builds(
        Rotation,
        cycle=tuples(DAYS, 1, 5).filter(asks),
        first_day=st.sampled_from(["2026-11-20", "2026-11-25"]),
        members=st.builds(RotationMember, st.just("e0"), st.integers(0, 9)).map(lambda member: (member,)),
        **SOFT,
    ),
    any_level(
        DayShiftPatterns, pattern=tuples(KINDS, 2, 2), ordered=st.booleans(), maximum=st.integers(0, 1)
    ),
    any_level(
        SplitShifts,
        minimum_gap=st.sampled_from([None, 60]),
        maximum_gap=st.sampled_from([120, 300]),
        maximum_spread=st.sampled_from([None, 720]),
        maximum_idle=st.sampled_from([None, 0, 100]),
    ),
    any_level(
        MinRest,
        minutes=st.sampled_from([300, 660]),
        following=KINDS,
        between_days=st.booleans(),
        scope=SCOPES,
    ),
    any_level(RestAfterRun, days=st.integers(1, 3), minutes=st.sampled_from([1000, 2760]), scope=SCOPES),
    any_level(MaxRest, minutes=st.sampled_from([300, 960]), time_off_minutes=st.sampled_from([1200, None])),
    any_level(Travel, minutes=st.sampled_from([30, 600]), table=st.just((TravelTime("here", "there", 90),))),
    any_level(
        ReducedRest,
        maximum=st.integers(0, 1),
        period=st.sampled_from([Period(2, rolling=True), Period(4)]),
        compensation_minutes=st.sampled_from([None, 1000]),
    ),
    any_level(
        NearDaysOff, before=st.integers(0, 600), after=st.just(300), shortest=st.just(600), scope=SCOPES
    ),
    st.builds(NoOverlap, allowed=st.builds(AllowedOverlap, KINDS, st.just(NIGHT)).map(lambda pair: (pair,))),
]
