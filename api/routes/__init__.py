"""The routes of the API, one file per noun; `ROUTERS` is all of them but for `health`."""

from __future__ import annotations

from api.routes import (
    accounts,
    api_keys,
    audit,
    availability,
    compliance,
    contracts,
    coverage,
    edits,
    employees,
    feeds,
    imports,
    job_roles,
    locations,
    organisation,
    pay_periods,
    publications,
    punches,
    roster_changes,
    rosters,
    runs,
    session,
    shift_templates,
    shifts,
    skills,
    time_off,
    timesheets,
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
        availability,
        time_off,
        shift_templates,
        coverage,
        imports,
        rosters,
        runs,
        edits,
        shifts,
        publications,
        roster_changes,
        compliance,
        feeds,
        punches,
        timesheets,
        pay_periods,
        accounts,
        api_keys,
        audit,
    )
)
