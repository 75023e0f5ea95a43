"""An answer the evaluator does not confirm never becomes a roster."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from threading import Event

import pytest
from structlog.testing import capture_logs

from scheduler.db.session import Database
from scheduler.jobs.leases import claim
from scheduler.jobs.runs import cancel
from scheduler.jobs.solver_process import SolverEnded
from scheduler.jobs.work_on_run import SearchLimits, Unconfirmed, clash_sentence, confirm, fail, work_on_run
from scheduler.rosters.models import RunState
from solver.evaluate import evaluate
from solver.problem import Day, Employee, Pin, Problem
from solver.result import Clash, Result
from solver.score import Score
from solver.work import Assignment, Roster, Work
from tests.scheduler.jobs.test_solver_process import PROBLEM
from tests.scheduler.jobs.waiting_runs import read_run, store_run
from tests.scheduler.rosters.company import MONDAY, Company, store_company


def result_of(*works: Assignment) -> Result:
    roster = Roster(works)
    return Result(status="feasible", roster=roster, score=evaluate(PROBLEM, roster).score, bound=(0, 0))


GOOD = result_of(PROBLEM.create("ann", "day", 540, 420))  # an hour of the shop stays open


def test_a_true_answer_is_confirmed() -> None:
    confirm(PROBLEM, GOOD)


def test_a_score_other_than_the_evaluator_s_is_not_confirmed() -> None:
    better_than_true = replace(GOOD, score=Score(0, GOOD.score.mandatory - 1, GOOD.score.soft))
    with pytest.raises(Unconfirmed, match="its score is"):
        confirm(PROBLEM, better_than_true)


def test_a_roster_that_breaks_a_hard_rule_is_not_confirmed() -> None:
    twice = result_of(PROBLEM.create("ann", "day", 480, 480), PROBLEM.create("ann", "day", 600, 480))
    with pytest.raises(Unconfirmed, match="no_overlap"):
        confirm(PROBLEM, twice)


def test_a_roster_of_people_nobody_knows_is_not_confirmed() -> None:
    stranger = replace(GOOD, roster=Roster([Assignment(employee="eve", start=480, end=960)]))
    with pytest.raises(Unconfirmed, match="eve"):
        confirm(PROBLEM, stranger)


def test_an_unconfirmed_answer_fails_the_run_and_stays_as_evidence(
    database: Database, company: Company
) -> None:
    run_id = store_run(database, company)
    with database.write() as session:
        lease = claim(session, run_id, "one")
    assert lease is not None
    wrong = replace(GOOD, score=Score(0, 0, 0))
    with pytest.raises(Unconfirmed) as refused:
        confirm(PROBLEM, wrong)
    fail(database, lease, refused.value)
    run = read_run(database, company, run_id)
    assert (run.state, run.version_id) == (RunState.FAILED, None)
    assert run.error is not None
    assert "does not confirm" in run.error
    assert run.solver is not None
    assert Result.from_json(run.solver["result"]).roster == wrong.roster


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (SolverEnded("the solver did not stop in time"), RunState.CANCELLED),
        (Unconfirmed(GOOD, ["its score is another one"]), RunState.FAILED),
    ],
)
def test_only_a_fault_of_ours_fails_a_run_that_was_being_cancelled(
    sqlite_database: Database, lite_company: Company, error: Exception, state: RunState
) -> None:
    run_id = store_run(sqlite_database, lite_company)
    with sqlite_database.write() as session:
        lease = claim(session, run_id, "one")
    assert lease is not None
    with sqlite_database.write(lite_company.organisation_id) as session:
        cancel(session, run_id, actor=lite_company.actor)
    fail(sqlite_database, lease, error)
    run = read_run(sqlite_database, lite_company, run_id)
    assert (run.state, run.error) == (state, str(error))


def test_a_clash_names_pins_and_rules() -> None:
    problem = Problem(
        origin=datetime(2026, 11, 22, 23, tzinfo=UTC),
        zone="Europe/Warsaw",
        days=(Day("2026-11-23", 0, 1440),),
        employees=(Employee(id="e1", name="Ann Nowak"),),
        pins=(Pin(employee="e1", work=Work(start=480, end=960), note="early"),),
    )
    clash = (Clash("pin", "pins[0]", "e1", path="pins[0]"), Clash("rule", "no_overlap", "e1"))
    assert clash_sentence(problem, replace(GOOD, status="infeasible", clash=clash)) == (
        "These cannot all hold. Without any one of them the others can: "
        "Ann Nowak is fixed for Mon 23 Nov 08:00 to 16:00 (early); Ann Nowak: no two shifts at the same time"
    )


@pytest.mark.slow
def test_every_run_that_was_begun_is_told_to_have_ended_in_the_log(
    sqlite_database: Database, lite_company: Company
) -> None:
    planned = store_run(sqlite_database, lite_company)
    contradictory = store_company(sqlite_database, slug="contradictory")
    clash = store_run(sqlite_database, contradictory)
    with sqlite_database.write(contradictory.organisation_id) as session:
        shifts = [contradictory.shift("Ann", MONDAY, hour, hour + 8, pinned=True) for hour in (8, 12)]
        contradictory.draft(session, contradictory.roster(session), shifts)
    with capture_logs() as told:
        for run_id in (planned, clash):
            work_on_run(sqlite_database, run_id, "one", SearchLimits(workers=1), Event())
    ends = [(line["run"], line["state"]) for line in told if line["event"] == "run_ended"]
    assert ends == [(str(planned), "succeeded"), (str(clash), "failed")]
