"""The whole of one run: plan, solve in a process of its own, judge the answer, keep it."""

from __future__ import annotations

import gzip
import hashlib
import json
import time
from dataclasses import dataclass
from threading import Event
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session

from scheduler.db.session import Database
from scheduler.jobs.leases import Lease, LeaseLost, claim, end, give_back, held_run
from scheduler.jobs.progress_trace import thinned
from scheduler.jobs.solver_process import COMPILING, Order, SolverEnded, SolverProcess
from scheduler.kernel.errors import SchedulerError
from scheduler.rosters.models import Run, RunState
from scheduler.rosters.problem import PlannedProblem, problem_for
from scheduler.rosters.store_result import store_result
from solver.evaluate import evaluate
from solver.explain.clash_words import clash_sentences
from solver.explain.sentences import Speaker
from solver.problem import Problem, ProblemError
from solver.result import Result

log = structlog.get_logger(__name__)

REPORT_SECONDS = 0.5
GRACE_SECONDS = 60.0
"""What a solver may take beyond its time, for building the model and for wrapping up."""
COMPILE_SECONDS = 600.0
"""What compiling the search may take before it, once on each machine."""
CANCEL_SECONDS = 20.0
"""How long a cancelled solver may take to answer with the best roster so far."""

WITHOUT_ROSTER = ("infeasible", "stopped_empty")
"""States of a result that has no roster."""


@dataclass(frozen=True, slots=True)
class SearchLimits:
    """What one search may use of the machine.

    Parameters
    ----------
    workers
        Search threads.
    memory_mb
        Address space, MiB.
    """

    workers: int = 2
    memory_mb: int = 4096


class Interrupted(RuntimeError):
    """The process is being stopped."""


class Unconfirmed(RuntimeError):
    """The solver's roster is not what the solver says it is.

    Parameters
    ----------
    result
        What the solver answered.
    problems
        Where the evaluator disagrees.
    """

    def __init__(self, result: Result, problems: list[str]) -> None:
        super().__init__("the evaluator does not confirm the solver's roster: " + "; ".join(problems))
        self.evidence = {"result": result.to_json(), "problems": problems}


def work_on_run(records: Database, run_id: UUID, worker: str, limits: SearchLimits, stopping: Event) -> None:
    """Bring a waiting run to its end; does nothing if it no longer waits.

    Parameters
    ----------
    records
        The database.
    run_id
        Which run, of whatever organisation.
    worker
        Name of this process.
    limits
        What the search may use.
    stopping
        Set while this process is being stopped: the run goes back into the queue.
    """
    with records.write() as session:
        lease = claim(session, run_id, worker)
    if lease is None:
        return
    log.info("run_started", run=str(run_id), worker=worker, attempt=lease.attempt)
    try:
        _solve_or_say_why(records, lease, limits, stopping)
    except LeaseLost:
        log.warning("run_lost", run=str(run_id), worker=worker, attempt=lease.attempt)


def _solve_or_say_why(records: Database, lease: Lease, limits: SearchLimits, stopping: Event) -> None:
    try:
        _solve(records, lease, limits, stopping)
    except Interrupted:
        with records.write(lease.organisation_id) as session:
            give_back(session, lease)
        log.info("run_given_back", run=str(lease.run_id), worker=lease.worker)
    except (LeaseLost, DBAPIError):
        raise  # nothing may be written, or nothing can: then the next look of a worker takes the run back
    except Exception as error:
        log.exception("run_failed", run=str(lease.run_id), worker=lease.worker)
        fail(records, lease, error)


def _solve(records: Database, lease: Lease, limits: SearchLimits, stopping: Event) -> None:
    planned, order = _plan(records, lease, limits)
    result = _search(records, lease, order, stopping)
    confirm(planned.problem, result)
    with records.write(lease.organisation_id) as session:
        run = held_run(session, lease)
        run.solver = summary(result, planned)
        _keep(session, run, planned, result)
        state = run.state.value
    log.info(
        "run_ended",
        run=str(lease.run_id),
        state=state,
        status=result.status,
        seconds=round(result.seconds, 1),
    )


def _keep(session: Session, run: Run, planned: PlannedProblem, result: Result) -> None:
    """End the run with what the solver found, or with the reason why there is nothing."""
    if result.status == "infeasible":
        end(run, RunState.FAILED, clash_sentence(planned.problem, result))
        return
    cancelled = run.state is RunState.CANCELLING
    if result.status == "stopped_empty":
        nothing = f"no roster was found in {run.seconds} s; allow more time"
        end(run, RunState.CANCELLED if cancelled else RunState.FAILED, None if cancelled else nothing)
        return
    run.progress = last_progress(result)
    run.trace = thinned([*run.trace, run.progress])
    run.version_id = store_result(session, run.id, planned, result).id
    end(run, RunState.CANCELLED if cancelled else RunState.SUCCEEDED)


def _plan(records: Database, lease: Lease, limits: SearchLimits) -> tuple[PlannedProblem, Order]:
    """Load the problem and keep it as a snapshot from which it can be solved again."""
    with records.read(lease.organisation_id) as session:
        run = session.get_one(Run, lease.run_id)
        planned = problem_for(session, run.roster_id)
    problem = planned.problem.to_json()
    plain = json.dumps(problem, separators=(",", ":"), sort_keys=True).encode()
    with records.write(lease.organisation_id) as session:
        run = held_run(session, lease)
        run.snapshot = gzip.compress(plain, mtime=0)
        run.snapshot_sha256 = hashlib.sha256(plain).hexdigest()
        order = Order(problem, run.seconds, run.seed, limits.workers, limits.memory_mb)
    return planned, order


def _search(records: Database, lease: Lease, order: Order, stopping: Event) -> Result:
    """Solve in a process of its own, keep its progress in the run, and pass a cancellation on."""
    deadline = time.monotonic() + order.seconds + GRACE_SECONDS
    told: dict[str, Any] | None = None
    reported = 0.0
    asked = compiling = False
    with SolverProcess(order) as solver:
        while True:
            message = solver.message(REPORT_SECONDS / 2)
            if message is not None and "result" in message:
                return Result.from_json(message["result"])
            told = message["progress"] if message is not None else told
            if stopping.is_set():
                raise Interrupted
            now = time.monotonic()
            if told is not None and compiling != (told["level"] == COMPILING):
                compiling = not compiling
                deadline = now + (COMPILE_SECONDS if compiling else order.seconds + GRACE_SECONDS)
            if now > deadline:
                raise SolverEnded("the solver did not stop in time")
            if now - reported < REPORT_SECONDS:
                continue
            state = _report(records, lease, told)
            told = None
            reported = now
            if state is RunState.CANCELLING and not asked:
                solver.ask_to_stop()
                asked, deadline = True, now + (COMPILE_SECONDS if compiling else CANCEL_SECONDS)


def _report(records: Database, lease: Lease, progress: dict[str, Any] | None) -> RunState | None:
    """Keep the latest progress, if any, and see what is wanted of the run; None if nobody can tell."""
    try:
        if progress is None:
            with records.read(lease.organisation_id) as session:
                return held_run(session, lease).state
        with records.write(lease.organisation_id) as session:
            run = held_run(session, lease)
            run.progress = progress
            run.trace = thinned([*run.trace, progress])
            return run.state
    except OperationalError as error:
        # The search is worth more than one report of it: it goes on, and the next report may get through.
        log.warning("progress_not_kept", run=str(lease.run_id), reason=str(error.orig).strip())
        return None


def confirm(problem: Problem, result: Result) -> None:
    """Judge the solver's roster by the reference reading of every rule.

    Raises
    ------
    Unconfirmed
        If a hard rule is broken or the score is another one than the solver says.
    """
    try:
        judged = evaluate(problem, result.roster)
    except ValueError as error:
        raise Unconfirmed(result, [str(error)]) from error
    if result.status in WITHOUT_ROSTER:
        return
    problems = [violation.sentence() for violation in judged.violations if violation.level == "hard"]
    if judged.score != result.score:
        problems.append(f"its score is {judged.score.levels}, the solver says {result.score.levels}")
    if problems:
        raise Unconfirmed(result, problems)


def summary(result: Result, planned: PlannedProblem) -> dict[str, Any]:
    """What is kept of an answer beside the roster; score and gap are None where there is none."""
    score = result.score
    empty = result.status in WITHOUT_ROSTER
    return {
        "status": result.status,
        "score": None if empty else {"hard": score.hard, "mandatory": score.mandatory, "soft": score.soft},
        "bound": list(result.bound),
        "gap": None if empty else result.gap,
        "seconds": round(result.seconds, 2),
        "workers": result.workers,
        "versions": dict(result.versions),
        "packs": dict(planned.packs),
    }


def last_progress(result: Result) -> dict[str, Any]:
    """The answer in the shape of the progress that came before it."""
    missing = (gap for gap in result.open_shifts if gap.level == "mandatory")
    return {
        "seconds": round(result.seconds, 2),
        "level": "done",
        "objective": [result.score.mandatory, result.score.soft],
        "bound": list(result.bound),
        "gap": result.gap,
        "open_minutes": sum(gap.people * (gap.end - gap.start) for gap in missing),
    }


def clash_sentence(problem: Problem, result: Result) -> str:
    """Why no roster exists, by person, time and what the rules ask."""
    heading, *members = clash_sentences(Speaker(problem), result.clash)
    return " ".join([heading, "; ".join(members)]).rstrip()


def fail(records: Database, lease: Lease, error: Exception) -> None:
    """End a run with the reason; evidence against the solver stays with it."""
    expected = isinstance(error, SchedulerError | SolverEnded | Unconfirmed | ProblemError)
    reason = str(error) if expected else f"{type(error).__name__}: {error}"
    with records.write(lease.organisation_id) as session:
        run = held_run(session, lease)
        if isinstance(error, Unconfirmed):
            run.solver = error.evidence
        unwanted = run.state is RunState.CANCELLING and isinstance(error, SolverEnded)
        end(run, RunState.CANCELLED if unwanted else RunState.FAILED, reason)
