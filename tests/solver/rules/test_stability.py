"""What changing published work costs: withdrawn, altered, added, each with its price."""

import pytest

from solver.problem import Published
from solver.rules.stability import AddedStep, Stability
from tests.solver.worlds import problem_of, roster_from_grid

DAY = 1440


def changes(rule, picture, published=("M0", "E2"), people=("ann",)):
    """Kind, work and cost of every change of what Ann was told."""
    told = tuple(Published(employee="ann", shift=shift, price=10) for shift in published)
    problem = problem_of(people, kinds="ME", published=told)
    found = rule.check(problem, roster_from_grid(problem, picture))
    return [(v.facts["kind"], v.employee, v.shifts[0], v.cost) for v in found]


def test_what_is_kept_costs_nothing():
    assert changes(Stability(added_price=5), "ann M - E - - - -") == []


def test_an_assignment_without_work_on_its_day_is_withdrawn_at_its_price():
    assert changes(Stability(altered_percent=50), "ann M - - - - - -") == [("withdrawn", "ann", "E2", 10)]


def test_other_work_on_the_day_alters_it_for_less():
    assert changes(Stability(altered_percent=50), "ann E - E - - - -") == [("altered", "ann", "M0", 5)]


def test_work_on_the_day_of_an_altered_assignment_is_not_added_too():
    assert changes(Stability(added_price=5), "ann E - E - - - -") == [("altered", "ann", "M0", 10)]


def test_work_on_a_day_for_which_nothing_was_told_is_added():
    assert changes(Stability(added_price=5), "ann M - E E - - -") == [("added", "ann", "E3", 5)]


def test_work_is_added_for_somebody_who_was_told_of_none():
    told = changes(Stability(added_price=5), "ann M - E - - - -\nbo M - - - - - -", people=("ann", "bo"))
    assert told == [("added", "bo", "M0", 5)]


def test_nothing_is_added_where_nothing_is_published():
    assert changes(Stability(added_price=5), "ann M M M - - - -", published=()) == []


@pytest.mark.parametrize(
    ("grid", "price"), [("M M E - - - -", 40), ("M - E M - - -", 20), ("M - E - M - -", 5)]
)
def test_added_work_is_dearer_the_sooner_it_starts(grid, price):
    steps = (AddedStep(before=2 * DAY, price=40), AddedStep(before=4 * DAY, price=20))
    found = changes(Stability(added_price=5, added_steps=steps), f"ann {grid}")
    assert [cost for *_, cost in found] == [price]


def test_the_weight_multiplies_every_price():
    assert changes(Stability(weight=3, altered_percent=50), "ann E - - - - - -") == [
        ("altered", "ann", "M0", 15),
        ("withdrawn", "ann", "E2", 30),
    ]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"altered_percent": 101}, "altered_percent is 101; use 0 to 100"),
        ({"added_price": -1}, "added_price is -1; use 0 or more"),
        ({"added_steps": (AddedStep(before=1, price=-2),)}, "use 0 or more, in added_steps too"),
        (
            {"added_steps": (AddedStep(before=9, price=1), AddedStep(before=5, price=2))},
            "added_steps are before",
        ),
    ],
)
def test_prices_that_make_no_sense_are_refused(fields, message):
    with pytest.raises(ValueError, match=message):
        Stability(**fields)
