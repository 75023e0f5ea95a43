"""Time to get from one place to another."""

import pytest

from solver.problem import Employee
from solver.rules.travel import Travel, TravelTime
from solver.work import Assignment, Roster, Work
from tests.solver.worlds import problem_of

RULE = Travel(minutes=60, table=(TravelTime("port", "airport", 90), TravelTime("port", "pier", 0)))


def judged(*spans, rule=RULE, **employee):
    problem = problem_of([Employee(id="ann", **employee)])
    works = (Assignment(employee="ann", start=a, end=b, location=place) for a, b, place in spans)
    return rule.check(problem, Roster(works))


def found(*spans, **employee):
    return [violation.short_by for violation in judged(*spans, **employee)]


@pytest.mark.parametrize(
    ("one", "other", "short_by"),
    [
        ("port", "port", []),
        ("port", "airport", [60]),
        ("airport", "port", [60]),
        ("port", "pier", []),
        ("pier", "airport", [30]),
        (None, "port", []),
    ],
)
def test_travel_takes_what_the_table_says_in_both_directions(one, other, short_by):
    assert found((0, 100, one), (130, 200, other)) == short_by


def test_work_without_a_place_is_passed_over():
    assert found((0, 100, "port"), (100, 120, None), (130, 200, "airport")) == [60]


def test_it_is_asked_of_the_last_place_only():
    assert found((0, 10, "port"), (20, 60, "port"), (70, 100, "pier"), (160, 200, "airport")) == []


def test_travel_from_yesterday_and_to_tomorrow_counts():
    history, end = (Work(start=-300, end=-20, location="airport"),), 7 * 1440
    assert found((30, 90, "port"), history=history) == [40]
    upcoming = (Work(start=end + 10, end=end + 90, location="pier"),)
    assert found((end - 100, end - 10, "airport"), upcoming=upcoming) == [40]
    assert (
        found(history=(Work(start=-9, end=-8, location="port"), Work(start=-8, end=-7, location="x"))) == []
    )


def test_a_violation_names_both_places():
    (violation,) = judged((0, 100, "port"), (130, 200, "airport"))
    assert violation.facts == {"required": 90, "actual": 30, "from": "port", "to": "airport"}


def test_nonsense_is_refused():
    with pytest.raises(ValueError, match="within a place nobody travels"):
        TravelTime("port", "port", 5)
    with pytest.raises(ValueError, match="table has airport and port more than once"):
        Travel(table=(TravelTime("port", "airport", 5), TravelTime("airport", "port", 5)))
    with pytest.raises(ValueError, match="no travel takes any time"):
        Travel()
    with pytest.raises(ValueError, match="minutes is -1"):
        TravelTime("port", "pier", -1)
