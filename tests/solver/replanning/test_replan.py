"""A published roster after a sick call, a change of demand, a new colleague: changed as little as needed."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from solver.evaluate import evaluate
from solver.explain.sentences import Speaker
from solver.problem import Coverage, Employee, Fault, Pin, ProblemError, Shift, SkillHeld
from solver.replanning.changes import sentence
from solver.replanning.events import Absence, AddedShift, CancelledShift, ChangedDemand, Event, NewEmployee
from solver.replanning.replan import replan
from solver.replanning.starting_point import starting_point
from solver.replanning.terms import NoticePrice, Terms
from solver.rules.contract_range import ContractRange
from solver.rules.min_rest import MinRest
from solver.rules.preferences import Preferences
from solver.solve import solve
from solver.spans import Span
from solver.stop import WorkLimit
from solver.work import Roster
from tests.solver.test_random_problems import problems
from tests.solver.worlds import problem_of, roster_from_grid

DAY = 1440


DEE = Employee(id="dee", available=(Span(3 * DAY, 4 * DAY),))


def shop(*people, **fields):
    """Ann, Bo, Cy, and Dee for a day; one early and one late shift a day, for one each; 11 hours of rest."""
    who = (*(people or ("ann", "bo", "cy")), DEE)
    problem = problem_of(who, kinds="ME", rules=(MinRest(minutes=660), *fields.pop("rules", ())), **fields)
    return replace(problem, shifts=tuple(replace(shift, headcount=1) for shift in problem.shifts))


PICTURE = """
ann M M M - - M M
bo  E E - E E - -
cy  - - E - M E E
dee - - - M - - -
"""


def told(found):
    """Kind, employee and shifts of every change."""
    return [
        (c.kind, c.employee, c.before and c.before.shift, c.after and c.after.shift) for c in found.changes
    ]


def test_a_sick_call_changes_nobody_but_the_sick_and_the_stand_in():
    problem = shop()
    published = roster_from_grid(problem, PICTURE)
    sick = Absence(employee="ann", start=DAY, end=2 * DAY)
    found = replan(problem, published, now=0, events=[sick], workers=1)
    assert found.status == "optimal"
    assert told(found) == [("withdrawn", "ann", "M1", None), ("added", "cy", None, "M1")]
    assert found.score.mandatory == 0
    assert found.costs == found.bound
    assert [change.unavoidable for change in found.changes] == [True, False]


def test_without_an_event_nothing_changes_though_the_roster_could_be_better():
    wishes = Employee(id="ann", unpreferred=(Span(0, 7 * DAY),))
    problem = shop(wishes, "bo", "cy", rules=(Preferences(),))
    published = roster_from_grid(problem, PICTURE)
    found = replan(problem, published, now=0, events=[], workers=1)
    assert (found.changes, found.roster) == ((), published)
    assert found.costs[2] > 0


def test_a_wish_decides_between_changes_of_the_same_price():
    for tired, helper in (("bo", "cy"), ("cy", "bo")):
        people = [
            "ann",
            *(
                Employee(id=who, unpreferred=(Span(0, 7 * DAY),) if who == tired else ())
                for who in ("bo", "cy")
            ),
        ]
        problem = shop(*people, rules=(Preferences(),))
        published = Roster([problem.fill("ann", "M4")])
        only = replace(problem, shifts=tuple(shift for shift in problem.shifts if shift.id == "M4"))
        sick = Absence(employee="ann", start=4 * DAY, end=5 * DAY)
        found = replan(only, published, now=0, events=[sick], workers=1)
        assert told(found)[1] == ("added", helper, None, "M4")


def test_what_is_past_or_about_to_start_stays():
    problem = shop()
    published = roster_from_grid(problem, PICTURE)
    now = 2 * DAY + 5 * 60  # M2 starts within two hours, E2 does not
    start = starting_point(problem, published, now, [], Terms())
    fixed = {pin.shift for pin in start.problem.pins if pin.kind == "fixed"}
    assert fixed == {"M0", "E0", "M1", "E1", "M2"}
    found = replan(problem, published, now=now, events=[CancelledShift(shift="E6")], workers=1)
    assert told(found) == [("withdrawn", "cy", "E6", None)]


def test_nobody_is_called_in_sooner_than_agreed():
    problem = shop("ann", "bo")
    published = roster_from_grid(problem, "ann M - - - - - -\nbo - - - - - - -")
    only = replace(problem, shifts=problem.shifts[:1])
    sick = Absence(employee="ann", start=0, end=DAY)
    late = replan(only, published, now=6 * 60 - 59, events=[sick], workers=1)
    assert told(late) == [("withdrawn", "ann", "M0", None)]
    assert [one.shift for one in late.open_shifts] == ["M0"]
    early = replan(only, published, now=6 * 60 - 60, events=[sick], workers=1)
    assert told(early)[1] == ("added", "bo", None, "M0")


def test_whoever_falls_ill_at_work_has_worked_until_then():
    problem = shop("ann")
    only = replace(problem, shifts=problem.shifts[:1])
    published = roster_from_grid(only, "ann M - - - - - -")
    sick = Absence(employee="ann", start=10 * 60, end=2 * DAY)
    found = replan(only, published, now=10 * 60, events=[sick], workers=1)
    assert [(work.start, work.end, work.paid) for work in found.roster] == [(360, 600, 240)]
    assert [(c.kind, c.notice_minutes, c.unavoidable) for c in found.changes] == [("altered", -240, True)]


def test_changes_far_away_come_before_changes_that_are_near():
    people = ("ann", "bo")
    problem = shop(*people, rules=(ContractRange(bound="maximum"),))
    busy = tuple(replace(one, maximum_minutes=16 * 60) for one in problem.employees)
    three = tuple(shift for shift in problem.shifts if shift.id in ("M0", "M2", "M6"))
    problem = replace(problem, employees=busy, shifts=three)
    published = roster_from_grid(problem, "ann M - - - - - -\nbo - - M - - - M")
    hired = Shift(id="M1", start=DAY + 360, end=DAY + 840, priority=9)
    found = replan(problem, published, now=0, events=[AddedShift(shift=hired)], workers=1)
    assert told(found) == [("added", "ann", None, "M1")]
    everybody_full = replace(
        problem,
        employees=tuple(replace(one, maximum_minutes=480 if one.id == "ann" else 960) for one in busy),
    )
    found = replan(everybody_full, published, now=-DAY, events=[AddedShift(shift=hired)], workers=1)
    assert ("withdrawn", "bo", "M6", None) in told(found)


def test_a_new_colleague_takes_what_was_open_and_moves_nobody():
    problem = shop("ann", "bo")
    published = roster_from_grid(problem, "ann M M M - - - -\nbo E E - E E - -")
    newcomer = Employee(id="eve", skills=(SkillHeld("x"),), available=(Span(3 * DAY, 5 * DAY),))
    found = replan(problem, published, now=0, events=[NewEmployee(employee=newcomer)], workers=1)
    assert all(change.kind == "added" for change in found.changes)
    assert {"M3", "M4"} <= {work.shift for work in found.roster}
    assert {shift for _, who, _, shift in told(found) if who == "eve"} & {"M3", "M4"}
    assert set(published) <= set(found.roster)


def test_demand_that_falls_does_not_send_anybody_home():
    problem = shop(coverage=(Coverage(id="all", start=0, end=DAY, minimum=1, surplus_price=1),))
    published = roster_from_grid(problem, PICTURE)
    found = replan(problem, published, now=0, events=[ChangedDemand(withdrawn=("all",))], workers=1)
    assert found.changes == ()


def test_a_large_problem_is_mended_near_what_happened(monkeypatch):
    monkeypatch.setattr("solver.replanning.replan.SIZES", (20, 60))
    monkeypatch.setattr("solver.replanning.replan.SMALL", 0)
    problem = shop("ann", "bo", "cy", *(f"p{number}" for number in range(8)), rules=(Preferences(),))
    published = roster_from_grid(problem, PICTURE)
    sick = Absence(employee="ann", start=DAY, end=2 * DAY)
    found = replan(problem, published, now=0, events=[sick], workers=1)
    assert found.status == "feasible"
    assert [change[0] for change in told(found)] == ["withdrawn", "added"]
    assert found.score.mandatory == 0
    assert 0 < found.bound[1] <= found.costs[1]


def test_where_nobody_can_stand_in_the_least_change_is_known_to_be_the_least(monkeypatch):
    monkeypatch.setattr("solver.replanning.replan.SIZES", (10, 20))
    monkeypatch.setattr("solver.replanning.replan.SMALL", 0)
    problem = replace(shop(), shifts=(), rules=(MinRest(minutes=660),))
    problem = replace(problem, shifts=tuple(replace(s, mandatory=False) for s in shop().shifts))
    published = roster_from_grid(problem, PICTURE)
    sick = Absence(employee="ann", start=DAY, end=2 * DAY)
    found = replan(problem, published, now=0, events=[sick], workers=1)
    assert told(found) == [("withdrawn", "ann", "M1", None)]
    assert found.costs[:2] == found.bound[:2]


def test_changes_are_said_with_names_times_and_notice():
    problem = shop(Employee(id="ann", name="Ann"), "bo", "cy")
    published = roster_from_grid(problem, PICTURE)
    sick = Absence(employee="ann", start=DAY, end=2 * DAY)
    found = replan(problem, published, now=0, events=[sick], workers=1)
    assert [sentence(Speaker(found.problem), change) for change in found.changes] == [
        "Ann no longer works Tue 24 Nov 06:00 to 14:00 (30 h of notice).",
        "cy also works Tue 24 Nov 06:00 to 14:00 (30 h of notice).",
    ]


def test_prices_rise_as_the_work_comes_near():
    problem = shop("ann")
    published = roster_from_grid(problem, "ann M M M - - M M")
    start = starting_point(problem, published, -120, [], Terms(freeze_minutes=60))
    assert [one.price for one in start.problem.published] == [160, 80, 40, 40, 40]


def test_what_contradicts_itself_is_named():
    problem = shop("ann", pins=(Pin(employee="ann", shift="M1", note="promised"),))
    published = roster_from_grid(problem, "ann E - - - - - -")
    found = replan(problem, published, now=13 * 60, events=[], workers=1)
    assert found.status == "infeasible"
    assert {clash.kind for clash in found.clash} == {"pin", "rule"}


def test_events_about_strangers_are_refused_all_at_once():
    events: list[Event] = [
        Absence(employee="eve", start=5, end=5),
        CancelledShift(shift="Q"),
        ChangedDemand(withdrawn=("c",)),
    ]
    with pytest.raises(ProblemError) as caught:
        replan(shop(), Roster(), now=0, events=events)
    assert [fault.path for fault in caught.value.errors] == [
        "events[0].employee",
        "events[0].end",
        "events[1].shift",
        "events[2].withdrawn",
    ]
    assert caught.value.errors[2] == Fault("events[1].shift", "Q", "is no shift of the problem")


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"freeze_minutes": 30}, "call_in_minutes is 60; use 0 to freeze_minutes 30"),
        ({"steps": ()}, "steps must end with one of 0 minutes"),
        ({"steps": (NoticePrice(minutes=9, price=5), NoticePrice(minutes=0, price=4))}, "not cheaper"),
        ({"steps": (NoticePrice(minutes=0, price=0),)}, "price of 1 or more"),
        ({"added_percent": -1}, "added_percent is -1"),
    ],
)
def test_terms_that_make_no_sense_are_refused(fields, message):
    with pytest.raises(ValueError, match=message):
        Terms(**fields)


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(problems(), st.integers(0, 4 * 24), st.integers(0, 4 * 24), st.integers(1, 48))
def test_whatever_happens_the_past_stays_and_no_hard_rule_is_newly_broken(problem, now, first, hours):
    problem = replace(problem, published=())
    published = solve(problem, WorkLimit(1), workers=1).roster
    now *= 60
    sick = Absence(employee="e0", start=first * 60, end=(first + hours) * 60)
    found = replan(problem, published, now=now, events=[sick], stop=WorkLimit(2), workers=1)
    past = [work for work in published if work.start < now and work.employee != "e0"]
    assert found.status == "infeasible" or evaluate(found.problem, found.roster).clean
    assert all(work in found.roster.assignments for work in past)
    told_before = [work for work in found.roster if work.start < now + 60]
    assert all(any(w.span == work.span for w in published) or work.employee == "e0" for work in told_before)
    if found.status == "optimal":
        assert found.costs == found.bound
