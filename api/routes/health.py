"""Whether the process lives, and whether it can do its work."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Depends, Request
from pydantic import ConfigDict
from sqlalchemy.exc import SQLAlchemyError

from api.permissions import public
from api.schemas.base import Output, example
from api.transaction import database_of
from scheduler.db.migrate import is_current
from scheduler.kernel.errors import SchedulerError

router = APIRouter(tags=["health"], dependencies=[Depends(public)])


class Health(Output):
    """All is well."""

    status: Literal["ok"] = "ok"

    model_config = ConfigDict(json_schema_extra=example(status="ok"))


@router.get("/healthz", summary="Whether the process lives")
def healthz() -> Health:
    """Answers as long as the process does; asks nobody else."""
    return Health()


@router.get("/readyz", summary="Whether requests can be served")
def readyz(request: Request) -> Health:
    """The database answers and has every migration; otherwise 503 with the reason."""
    try:
        current = is_current(database_of(request).engine)
    except SQLAlchemyError as error:
        raise SchedulerError("not_ready", reason="The database does not answer.") from error
    if not current:
        raise SchedulerError("not_ready", reason="The database lacks migrations: run `makina migrate`.")
    return Health()
