"""Generate the coming week of a location, check it, publish it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from api.errors import explain
from scheduler.db.session import Database
from scheduler.jobs.runs import RunProgress, progress
from scheduler.jobs.solver_process import COMPILING
from scheduler.kernel.errors import SchedulerError
from scheduler.rosters.create import create_roster
from scheduler.rosters.models import RunState
from scheduler.rosters.publish import publish
from scheduler.rosters.request_run import request_run
from scheduler.rosters.versions import published_version, working_draft

LOOK_SECONDS = 0.5
GRACE_SECONDS = 120
"""How much longer than its search a run may take before something is wrong."""


@dataclass(frozen=True, slots=True)
class Planned:
    """What became of a week.

    Parameters
    ----------
    roster_id
        The week's roster; None if it could not even be opened.
    was_there
        Whether somebody had planned it before; then nothing was touched.
    refused
        Why it could not be planned or published; None if it is.
    """

    roster_id: UUID | None
    was_there: bool
    refused: str | None = None


class RunLost(RuntimeError):
    """A run that gave no roster."""


def plan_week(
    database: Database,
    organisation_id: UUID,
    location_id: UUID,
    starts_on: date,
    *,
    seconds: int,
    actor: str,
    watch: Callable[[RunProgress], None],
) -> Planned:
    """Plan and publish one week, unless it was planned before.

    A worker must be running somewhere; ``watch`` is told twice a second how far it is. A run that fails, or
    of which nothing is heard, leaves the week unplanned with the reason.
    """
    roster_id = None
    try:
        with database.write(organisation_id) as session:
            roster_id = create_roster(session, location_id, starts_on, actor=actor).id
            if published_version(session, roster_id) or working_draft(session, roster_id):
                return Planned(roster_id, was_there=True)
        with database.write(organisation_id) as session:
            run_id = request_run(session, roster_id, seconds=seconds, seed=1, actor=actor).id
        _wait(database, organisation_id, run_id, seconds, watch)
        with database.write(organisation_id) as session:
            revision = create_roster(session, location_id, starts_on, actor=actor).revision
            publish(session, roster_id, expected_revision=revision, actor=actor)
    except SchedulerError as error:
        return Planned(roster_id, was_there=False, refused=explain(error).detail)
    except RunLost as error:
        return Planned(roster_id, was_there=False, refused=str(error))
    return Planned(roster_id, was_there=False)


def _wait(
    database: Database,
    organisation_id: UUID,
    run_id: UUID,
    seconds: int,
    watch: Callable[[RunProgress], None],
) -> None:
    deadline = time.monotonic() + seconds + GRACE_SECONDS
    while time.monotonic() < deadline:
        with database.read(organisation_id) as session:
            state = progress(session, run_id)
        watch(state)
        if state.state is RunState.SUCCEEDED:
            return
        if (state.progress or {}).get("level") == COMPILING:
            deadline = time.monotonic() + seconds + GRACE_SECONDS
        if state.finished:
            raise RunLost(f"the run ended as {state.state.value}: {state.error or 'no reason given'}")
        time.sleep(LOOK_SECONDS)
    raise RunLost(f"the run did not end within {seconds + GRACE_SECONDS} seconds")
