"""What may follow what on the next days."""

import pytest

from solver.problem import ProblemError
from solver.rules.rule import Scope
from solver.rules.successions import Succession, Successions
from solver.rules.work_kind import WorkKind
from tests.solver.rules.weeks import found, violations
from tests.solver.worlds import problem_of, roster_from_grid

EARLY, LATE, NIGHT = (WorkKind(tags=(tag,)) for tag in ("early", "late", "night"))
NO_EARLY_AFTER_LATE = Successions(table=(Succession(after=LATE, forbidden=EARLY),))


@pytest.mark.parametrize(
    ("week", "short_by"),
    [("E M -", [1]), ("E - M", []), ("M E -", []), ("E M E M", [1, 1]), ("E MN -", [1]), ("E EM M", [1, 1])],
)
def test_an_early_shift_does_not_follow_a_late_one_the_next_day(week, short_by):
    assert found(NO_EARLY_AFTER_LATE, week) == short_by


def test_the_days_around_the_horizon_count_and_are_not_charged_by_themselves():
    assert found(NO_EARLY_AFTER_LATE, "M - -", before="E") == [1]
    assert found(NO_EARLY_AFTER_LATE, "- - E", after="M") == [1]
    assert found(NO_EARLY_AFTER_LATE, "- - -", before="E M", after="E M") == []


def test_what_alone_is_allowed_leaves_days_off_free():
    only_nights = Successions(table=(Succession(after=NIGHT, allowed=NIGHT),))
    assert found(only_nights, "N N - M") == []
    assert found(only_nights, "N N M E") == [1]


def test_several_days_after_are_looked_at_or_only_the_next_one_worked():
    within_three = Successions(table=NO_EARLY_AFTER_LATE.table, within_days=3)
    assert found(within_three, "E - - M -") == [1]
    assert found(within_three, "E - - - M") == []
    assert found(within_three, "E N M - -") == [1]
    next_worked = Successions(table=NO_EARLY_AFTER_LATE.table, within_days=3, next_worked=True)
    assert found(next_worked, "E N M - -") == []
    assert found(next_worked, "E - M - -") == [1]


def test_a_pair_is_charged_once_however_many_entries_refuse_it():
    table = (*NO_EARLY_AFTER_LATE.table, Succession(after=LATE, allowed=LATE))
    assert found(Successions(table=table), "E M -") == [1]


def test_the_days_of_the_scope_are_those_of_the_work_that_is_followed():
    mondays = Successions(table=NO_EARLY_AFTER_LATE.table, scope=Scope(weekdays=(0,)))
    assert found(mondays, "E M E M") == [1]


def test_shifts_are_told_apart_by_their_ids_as_the_public_benchmark_names_them():
    problem = problem_of(["ann"], kinds="ME")
    table = (Succession(after=WorkKind(shifts=("E0",)), forbidden=WorkKind(shifts=("M1",))),)
    broken = roster_from_grid(problem, "ann E M E M - - -")
    (violation,) = Successions(table=table).check(problem, broken)
    assert violation.shifts == ("E0", "M1")
    assert violation.facts == {"from": "2026-11-23", "days_later": 1}


def test_a_violation_names_the_day_and_how_much_later():
    (violation,) = violations(NO_EARLY_AFTER_LATE, "- E M")
    assert (violation.unit, violation.facts) == ("successions", {"from": "2026-11-24", "days_later": 1})


def test_nonsense_is_refused():
    with pytest.raises(ValueError, match="table is empty"):
        Successions()
    with pytest.raises(ValueError, match="within_days is 0"):
        Successions(table=NO_EARLY_AFTER_LATE.table, within_days=0)
    with pytest.raises(ValueError, match="give either"):
        Succession(after=LATE, forbidden=EARLY, allowed=NIGHT)
    with pytest.raises(ValueError, match=r"scope.tags means nothing to successions"):
        Successions(table=NO_EARLY_AFTER_LATE.table, scope=Scope(tags=("late",)))


def test_unknown_shifts_and_templates_are_faults_of_the_problem():
    kinds = WorkKind(shifts=("M0", "gone"), templates=("none",))
    with pytest.raises(ProblemError) as refusal:
        problem_of(["ann"], kinds="M", rules=(Successions(table=(Succession(forbidden=kinds),)),))
    assert list(map(str, refusal.value.errors)) == [
        "rules[0].table[0].forbidden.shifts = 'gone': is no shift of the problem; it has M0, M1, M2",
        "rules[0].table[0].forbidden.templates = 'none': is no template of the problem; it has none",
    ]
