"""Ask for a roster to be searched for."""

from __future__ import annotations

import secrets
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.kernel.clock import utc_now
from scheduler.kernel.errors import FieldError, InvalidInput, SchedulerError
from scheduler.kernel.settings import settings
from scheduler.organisation.locations import find_location
from scheduler.rosters.models import Roster, Run, RunState
from scheduler.rosters.pin_clash import refuse_clashing_pins
from scheduler.rosters.problem import PlannedProblem, problem_for
from scheduler.rosters.rosters import find_roster
from scheduler.rosters.versions import current_version, shifts_of

ACTIVE = (RunState.QUEUED, RunState.RUNNING, RunState.CANCELLING)
"""States of a run that is not over."""
LONGEST_SECONDS = 3600


def request_run(
    session: Session, roster_id: UUID, *, actor: str, seconds: int | None = None, seed: int | None = None
) -> Run:
    """A queued run for a roster; `scheduler.jobs` takes it from there.

    Parameters
    ----------
    seconds
        Time the search may take, 1 to 3600; None for what the installation sets.
    seed
        For repeating a search; None for a random one.

    Raises
    ------
    InvalidInput
        If ``seconds`` or ``seed`` is out of bounds.
    SchedulerError
        ``roster_not_found``, ``run_in_progress``, ``week_is_past``, ``no_employees``, ``no_contracts``,
        ``no_coverage``, ``no_shift_templates``, ``contradictory_pins``, ``pin_left_out``: what is missing and
        what would do.
    """
    seconds = settings().solver_seconds if seconds is None else seconds
    seed = secrets.randbelow(2**31) if seed is None else seed
    _check_bounds(seconds, seed)
    find_roster(session, roster_id)
    roster = session.get_one(Roster, roster_id, with_for_update=True)
    _refuse_second_run(session, roster)
    planned = problem_for(session, roster_id)
    if planned.frame.ends_at <= utc_now():
        hint = "choose a week that is not over yet"
        raise SchedulerError("week_is_past", ends_on=roster.ends_on.isoformat(), hint=hint)
    _refuse_without_records(session, roster, planned)
    _refuse_pins(session, planned)
    run = Run(
        roster_id=roster_id,
        state=RunState.QUEUED,
        seed=seed,
        seconds=seconds,
        requested_by=actor,
        requested_at=utc_now(),
        attempts=0,
        trace=[],
    )
    session.add(run)
    session.flush()
    record(session, actor, "roster.run", "roster", roster_id, run=str(run.id), seconds=seconds, seed=seed)
    return run


def _check_bounds(seconds: int, seed: int) -> None:
    errors = []
    if not 1 <= seconds <= LONGEST_SECONDS:
        errors.append(FieldError("seconds", str(seconds), "is out of bounds", f"1 to {LONGEST_SECONDS}"))
    if not 0 <= seed < 2**31:
        errors.append(FieldError("seed", str(seed), "is out of bounds", "0 to 2147483647"))
    if errors:
        raise InvalidInput(errors)


def _refuse_second_run(session: Session, roster: Roster) -> None:
    running = session.scalar(select(Run).where(Run.roster_id == roster.id, Run.state.in_(ACTIVE)).limit(1))
    if running is not None:
        raise SchedulerError(
            "run_in_progress",
            roster=str(roster.id),
            run=str(running.id),
            state=running.state.value,
            requested_at=running.requested_at.isoformat(),
            hint="wait for it or cancel it",
        )


def _refuse_without_records(session: Session, roster: Roster, planned: PlannedProblem) -> None:
    location = find_location(session, roster.location_id)
    week = {
        "location": location.name,
        "starts_on": roster.starts_on.isoformat(),
        "ends_on": roster.ends_on.isoformat(),
    }
    problem = planned.problem
    left_out = [note["employee"] for note in planned.notes if note["code"] == "no_contract"]
    if not problem.employees and left_out:
        hint = "give them contracts that hold in the week"
        raise SchedulerError("no_contracts", **week, employees=left_out, hint=hint)
    if not problem.employees:
        raise SchedulerError("no_employees", **week, hint=f"import employees of {location.code}")
    wanted = any(cover.wanted for cover in problem.coverage)
    if not wanted and not problem.shifts:
        hint = f"import the demand of {location.code} for these days: how many people are needed when"
        raise SchedulerError("no_coverage", **week, hint=hint)
    if wanted and not problem.templates:
        hint = f"import shift templates of {location.code}: when shifts may start and how long they may be"
        raise SchedulerError("no_shift_templates", **week, hint=hint)


def _refuse_pins(session: Session, planned: PlannedProblem) -> None:
    stray = [note for note in planned.notes if note["code"] == "pin_left_out"]
    if stray:
        raise SchedulerError("pin_left_out", pins=stray, hint=stray[0]["text"])
    version = current_version(session, planned.roster_id)
    refuse_clashing_pins(planned, shifts_of(session, version.id) if version else ())
