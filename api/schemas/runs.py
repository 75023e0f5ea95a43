"""Searching for a roster."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import ConfigDict, Field

from api.schemas.base import EXAMPLE_ID, Input, Output, example
from scheduler.rosters.models import RunState

_PROGRESS: dict[str, Any] = {
    "seconds": 2.5,
    "level": "soft",
    "objective": 140,
    "bound": 120,
    "gap": 0.14,
    "open_minutes": 0,
}


class NewRun(Input):
    """A search to start."""

    seconds: Annotated[int, Field(ge=1, le=3600)] | None = Field(
        default=None, description="Time the search may take; null for what the installation sets."
    )
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] | None = Field(
        default=None, description="For repeating a search; null for a random one."
    )

    model_config = ConfigDict(json_schema_extra=example(seconds=30))


class RunView(Output):
    """One search for a roster: what was asked, what came of it."""

    id: UUID
    roster_id: UUID
    state: RunState
    seed: int
    seconds: int
    requested_by: str
    requested_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    progress: dict[str, Any] | None
    solver: dict[str, Any] | None = Field(description="Status, score, bound, gap, versions of libraries.")
    version_id: UUID | None = Field(description="The draft it made.")
    error: str | None

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra=example(
            id=EXAMPLE_ID,
            roster_id=EXAMPLE_ID,
            state="succeeded",
            seed=7,
            seconds=30,
            requested_by=f"user:{EXAMPLE_ID}",
            requested_at="2026-10-20T09:00:00Z",
            started_at="2026-10-20T09:00:01Z",
            ended_at="2026-10-20T09:00:31Z",
            progress=_PROGRESS,
            solver={"status": "feasible"},
            version_id=EXAMPLE_ID,
            error="null unless it failed",
        ),
    )


class RunProgressView(Output):
    """Where a run stands now; also the data of each event of its stream."""

    run_id: UUID
    state: RunState
    finished: bool
    seconds: int
    started_at: datetime | None
    ended_at: datetime | None
    progress: dict[str, Any] | None = Field(description="Latest objective, bound and open minutes.")
    version_id: UUID | None
    error: str | None
    ahead: int = Field(description="Other runs that are waited for before this one starts.")
    workers: int = Field(description="Workers alive; with none, a queued run does not start.")

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra=example(
            run_id=EXAMPLE_ID,
            state="running",
            finished=False,
            seconds=30,
            started_at="2026-10-20T09:00:01Z",
            ended_at="2026-10-20T09:00:31Z",
            progress=_PROGRESS,
            version_id=EXAMPLE_ID,
            error="null unless it failed",
            ahead=0,
            workers=1,
        ),
    )
