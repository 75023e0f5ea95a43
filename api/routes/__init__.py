"""The routes of the API, one file per noun; `ROUTERS` is all of them but for `health`."""

from __future__ import annotations

from api.routes import (
    accounts,
    api_keys,
    audit,
    contracts,
    employees,
    job_roles,
    locations,
    organisation,
    session,
    skills,
    time_off,
)

ROUTERS = tuple(
    noun.router
    for noun in (
        session,
        organisation,
        locations,
        skills,
        job_roles,
        employees,
        contracts,
        time_off,
        accounts,
        api_keys,
        audit,
    )
)
