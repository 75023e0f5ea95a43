"""Put the pages and their static files into the application."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI

from api.pages import (
    agreements,
    allowances,
    change_log,
    compliance,
    contracts,
    exceptions_inbox,
    extra_pay,
    home,
    kiosk,
    kiosks,
    law_book,
    law_calendar,
    leave_balances,
    leave_policies,
    my_shifts,
    my_time,
    my_time_off,
    new_shift,
    one_more_person,
    pay_groups,
    pay_periods,
    payroll,
    payroll_profiles,
    payroll_targets,
    person_limits,
    presence,
    problem,
    publishing,
    punch_place,
    roster_cost,
    rounding_monitor,
    runs,
    session,
    shifts,
    stand_ins,
    time_off,
    time_rules,
    timesheet_approvals,
    timesheet_disputes,
    timesheet_list,
    timesheets,
    webhooks,
    weeks,
    what_if,
    worked_compliance,
)
from api.pages.static_files import StaticAssets

STATIC = Path(__file__).parent.parent / "static"
ROUTERS = tuple(
    noun.router
    for noun in (
        session,
        home,
        weeks,
        runs,
        new_shift,
        one_more_person,
        shifts,
        publishing,
        roster_cost,
        compliance,
        what_if,
        worked_compliance,
        law_book,
        law_calendar,
        agreements,
        change_log,
        my_shifts,
        my_time,
        my_time_off,
        kiosk,
        kiosks,
        punch_place,
        presence,
        person_limits,
        time_off,
        leave_balances,
        leave_policies,
        webhooks,
        timesheet_list,
        timesheets,
        timesheet_disputes,
        timesheet_approvals,
        stand_ins,
        exceptions_inbox,
        time_rules,
        rounding_monitor,
        extra_pay,
        allowances,
        contracts,
        pay_groups,
        pay_periods,
        payroll,
        payroll_targets,
        payroll_profiles,
    )
)


def install(app: FastAPI) -> None:
    """Serve the pages; a refusal that a browser asked for becomes a page too."""
    app.mount("/static", StaticAssets(directory=STATIC), name="static")
    app.state.problem_page = problem.problem_page
    for router in ROUTERS:
        app.include_router(router, include_in_schema=False)
