"""What a location chooses about the time worked there: tolerances, days of nights, rounding."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Request
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from api.pages.problem import draw_after
from api.pages.refusal import refusal_of
from api.permissions import Access, allow
from api.transaction import ReadSession, WriteSession
from scheduler.kernel.clock import local_day, utc_now, zone_named
from scheduler.kernel.errors import FieldError, InvalidInput, SchedulerError
from scheduler.organisation.locations import find_location
from scheduler.organisation.models import DayRule
from scheduler.organisation.permissions import Permission, reach
from scheduler.timekeeping.attendance import Tolerances
from scheduler.timekeeping.day_rules import DatedRule
from scheduler.timekeeping.rounding import POLICIES, DatedPolicy
from scheduler.timekeeping.set_day_rule import day_rule_of_law, list_day_rules, remove_day_rule, set_day_rule
from scheduler.timekeeping.set_rounding import list_roundings, remove_rounding, rounding_law, set_rounding
from scheduler.timekeeping.set_tolerances import set_tolerances, tolerances_at

router = APIRouter()

MayRead = Annotated[Access, Depends(allow(Permission.TIMESHEETS_APPROVE))]
MayWrite = Annotated[Access, Depends(allow(Permission.REFERENCE_WRITE))]
Text = Annotated[str, Form(max_length=40)]

TOLERANCES: Mapping[str, str] = {
    "early_in_minutes": "Coming early",
    "late_in_minutes": "Coming late",
    "early_out_minutes": "Leaving early",
    "late_out_minutes": "Leaving late",
    "break_minutes": "Breaks longer or shorter than the shift has",
    "not_here_minutes": "“Not here yet” after the start",
    "no_show_minutes": "“No-show” after the start",
}
"""Labels of the fields, in order."""

RULES: Mapping[DayRule, str] = {
    DayRule.START: "the day it starts on",
    DayRule.END: "the day it ends on",
    DayRule.MOST: "the day with most of it",
    DayRule.MIDNIGHT: "each day its part: cut at midnight",
    DayRule.DOBA: "the day whose 24 hours began with the scheduled start",
    DayRule.WORKDAY: "the day whose 24 hours began at a fixed time",
}


@router.get("/locations/{location_id}/time-rules")
def time_rules_page(request: Request, access: MayRead, session: ReadSession, location_id: UUID) -> Response:
    """What holds, and forms to change it for whoever may."""
    return _page(request, access, session, location_id)


@router.post("/locations/{location_id}/time-rules/tolerances")
async def save_tolerances(
    request: Request, access: MayWrite, session: WriteSession, location_id: UUID
) -> Response:
    """All of them as the form has them."""
    form = {name: str(value) for name, value in (await request.form()).items()}

    def change() -> None:
        new = Tolerances(**{name: _minutes(name, form.get(name, "")) for name in TOLERANCES})
        set_tolerances(session, location_id, new, actor=access.actor)

    return _change(request, access, session, location_id, change, form)


@router.post("/locations/{location_id}/time-rules/days")
def save_day_rule(
    request: Request,
    access: MayWrite,
    session: WriteSession,
    location_id: UUID,
    starts_on: Text = "",
    rule: Annotated[DayRule, Form()] = DayRule.START,
    workday_starts: Text = "",
) -> Response:
    """A rule about days from a day on."""

    def change() -> None:
        minute = _clock(workday_starts) if rule is DayRule.WORKDAY else 0
        new = DatedRule(_day(starts_on), rule, minute)
        set_day_rule(session, location_id, new, actor=access.actor)

    return _change(request, access, session, location_id, change)


@router.post("/locations/{location_id}/time-rules/days/remove")
def take_day_rule_away(
    request: Request, access: MayWrite, session: WriteSession, location_id: UUID, starts_on: Text = ""
) -> Response:
    """The rule before it goes on."""
    return _change(
        request,
        access,
        session,
        location_id,
        lambda: remove_day_rule(session, location_id, _day(starts_on), actor=access.actor),
    )


@router.post("/locations/{location_id}/time-rules/rounding")
def save_rounding(
    request: Request,
    access: MayWrite,
    session: WriteSession,
    location_id: UUID,
    starts_on: Text = "",
    policy: Text = "",
) -> Response:
    """A policy of rounding from a day on."""
    return _change(
        request,
        access,
        session,
        location_id,
        lambda: set_rounding(session, location_id, DatedPolicy(_day(starts_on), policy), actor=access.actor),
    )


@router.post("/locations/{location_id}/time-rules/rounding/remove")
def take_rounding_away(
    request: Request, access: MayWrite, session: WriteSession, location_id: UUID, starts_on: Text = ""
) -> Response:
    """The policy before it goes on."""
    return _change(
        request,
        access,
        session,
        location_id,
        lambda: remove_rounding(session, location_id, _day(starts_on), actor=access.actor),
    )


def _change(
    request: Request,
    access: Access,
    session: Session,
    location_id: UUID,
    change: Callable[[], object],
    typed: Mapping[str, str] | None = None,
) -> Response:
    """Do it and show the page; what is refused is told above it, with what was typed."""
    if error := refusal_of(session, change):
        return _page(request, access, session, location_id, refused=error, typed=typed)
    return RedirectResponse(f"/locations/{location_id}/time-rules?done=1", 303)


def _page(
    request: Request,
    access: Access,
    session: Session,
    location_id: UUID,
    refused: SchedulerError | None = None,
    typed: Mapping[str, str] | None = None,
) -> Response:
    location = find_location(session, location_id)
    today = local_day(utc_now(), zone_named(location.zone))
    held = reach(access.principal, Permission.REFERENCE_WRITE)
    steps, rounding_by = rounding_law(session, location_id, today)
    now = tolerances_at(session, location_id)
    return draw_after(
        request,
        "time_rules.html",
        access.principal,
        refused,
        section="/exceptions",
        location=location,
        can_write=held is not None and held.covers(location_id),
        tolerances=[
            (name, label, (typed or {}).get(name, getattr(now, name))) for name, label in TOLERANCES.items()
        ],
        rules=list_day_rules(session, location_id),
        rule_words=RULES,
        of_law=day_rule_of_law(session, location_id, today),
        roundings=[(each.starts_on, POLICIES[each.policy]) for each in list_roundings(session, location_id)],
        policies=[
            one for one in POLICIES.values() if not one.law_step_minutes or one.law_step_minutes in steps
        ],
        rounding_by=rounding_by,
        done="done" in request.query_params,
    )


def _minutes(name: str, text: str) -> int:
    if not text.strip().isdecimal() or len(text) > 5:
        raise InvalidInput([FieldError(TOLERANCES[name], text[:40], "is no number of minutes", "0 to 1440")])
    return int(text)


def _clock(text: str) -> int:
    hour, _, minute = text.partition(":")
    if not (hour.isdecimal() and minute.isdecimal() and int(hour) < 24 and int(minute) < 60):
        raise InvalidInput(
            [FieldError("day begins at", text, "is no time of the clock", "a time like 04:00")]
        )
    return int(hour) * 60 + int(minute)


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = date.min
    if not 1900 <= day.year <= 2199:
        problem = "is no day" if text else "is missing"
        raise InvalidInput([FieldError("from", text, problem, "a day such as 2026-11-23")])
    return day
