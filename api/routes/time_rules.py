"""Tolerances, days of work over midnight and rounding of a location, and whether rounding is neutral."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.pagination import PageCursor
from api.permissions import Access, allow
from api.schemas.base import Day
from api.schemas.time_rules import (
    DayRuleSaved,
    DayRulesView,
    DayRuleView,
    EffectView,
    NeutralityView,
    PersonEffectView,
    RoundingPolicyView,
    RoundingSaved,
    RoundingsView,
    RoundingView,
    TolerancesDocument,
)
from api.transaction import ReadSession, WriteSession
from exports.rounding_csv import MEDIA_TYPE, rounding_csv
from scheduler.kernel.clock import utc_now
from scheduler.kernel.errors import FieldError, InvalidInput
from scheduler.organisation.permissions import Permission
from scheduler.timekeeping.day_rules import DatedRule
from scheduler.timekeeping.neutrality import TEST, neutrality
from scheduler.timekeeping.rounding import POLICIES, DatedPolicy
from scheduler.timekeeping.set_day_rule import day_rule_of_law, list_day_rules, remove_day_rule, set_day_rule
from scheduler.timekeeping.set_rounding import list_roundings, remove_rounding, rounding_law, set_rounding
from scheduler.timekeeping.set_tolerances import set_tolerances, tolerances_at

router = APIRouter(prefix="/v1/locations/{location_id}", tags=["timesheets"])

MayRead = Annotated[Access, Depends(allow(Permission.REFERENCE_READ))]
MayWrite = Annotated[Access, Depends(allow(Permission.REFERENCE_WRITE))]
MayReadTime = Annotated[Access, Depends(allow(Permission.TIMESHEETS_READ))]
From = Annotated[Day, Query(description="The day from which it holds.")]
First = Annotated[Day, Query(description="First day that is looked at.")]
End = Annotated[Day, Query(description="First day after; at most a year later.")]


@router.get("/time-tolerances", summary="Show tolerances")
def get_tolerances(access: MayRead, session: ReadSession, location_id: UUID) -> TolerancesDocument:
    """What of the time worked nobody remarks on; the usual ones where none were chosen."""
    return TolerancesDocument.model_validate(tolerances_at(session, location_id))


@router.put("/time-tolerances", summary="Change tolerances")
def put_tolerances(
    access: MayWrite, session: WriteSession, location_id: UUID, body: TolerancesDocument
) -> TolerancesDocument:
    """All of them as said; remarks on open timesheets follow at once."""
    saved = set_tolerances(session, location_id, body.tolerances(), actor=access.actor)
    return TolerancesDocument.model_validate(saved)


@router.get("/day-rules", summary="Show rules about days")
def get_day_rules(access: MayRead, session: ReadSession, location_id: UUID) -> DayRulesView:
    """To which day work over midnight belongs, and how the law of the place counts."""
    return _day_rules(session, location_id)


@router.post("/day-rules", summary="Set a rule about days", status_code=201)
def post_day_rule(
    access: MayWrite, session: WriteSession, location_id: UUID, body: DayRuleSaved
) -> DayRulesView:
    """From a day on, in place of a rule of the same day; 409 where time of that day or later is closed."""
    new = DatedRule(body.starts_on, body.rule, body.workday_starts_minute)
    set_day_rule(session, location_id, new, actor=access.actor)
    return _day_rules(session, location_id)


@router.delete("/day-rules", summary="Remove a rule about days")
def delete_day_rule(
    access: MayWrite, session: WriteSession, location_id: UUID, starts_on: From
) -> DayRulesView:
    """The rule before it goes on."""
    remove_day_rule(session, location_id, starts_on, actor=access.actor)
    return _day_rules(session, location_id)


@router.get("/rounding", summary="Show rounding")
def get_rounding(access: MayRead, session: ReadSession, location_id: UUID) -> RoundingsView:
    """How time is rounded, every policy there is, and which of them the law of the place allows today."""
    return _roundings(session, location_id)


@router.post("/rounding", summary="Set rounding", status_code=201)
def post_rounding(
    access: MayWrite, session: WriteSession, location_id: UUID, body: RoundingSaved
) -> RoundingsView:
    """From a day on; 409 with the article where the law forbids it. What was punched is kept beside it."""
    set_rounding(session, location_id, DatedPolicy(body.starts_on, body.policy), actor=access.actor)
    return _roundings(session, location_id)


@router.delete("/rounding", summary="Remove rounding")
def delete_rounding(
    access: MayWrite, session: WriteSession, location_id: UUID, starts_on: From
) -> RoundingsView:
    """The policy before it goes on."""
    remove_rounding(session, location_id, starts_on, actor=access.actor)
    return _roundings(session, location_id)


@router.get("/rounding-neutrality", summary="Check that rounding is neutral")
def get_neutrality(
    access: MayReadTime,
    session: ReadSession,
    location_id: UUID,
    first_day: First,
    end_day: End,
    cursor: PageCursor,
) -> NeutralityView:
    """What rounding gave and took in all and by person, who lost most first, and whether that is chance."""
    found = neutrality(session, location_id, first_day, end_day)
    start = 0
    if cursor.after is not None:
        places = {each.employee.id: place for place, each in enumerate(found.people, start=1)}
        if cursor.after not in places:
            error = FieldError("after", str(cursor.after), "is not in the list", "begin again without it")
            raise InvalidInput([error])
        start = places[cursor.after]
    shown = found.people[start : start + cursor.limit]
    more = len(found.people) > start + cursor.limit
    return NeutralityView(
        test=TEST,
        total=EffectView.of(found.total),
        people=[PersonEffectView.of(each) for each in shown],
        next=shown[-1].employee.id if more else None,
    )


@router.get(
    "/rounding-neutrality/file",
    summary="Download what rounding did",
    response_class=Response,
    responses={
        200: {
            "content": {"text/csv": {"schema": {"type": "string"}}},
            "description": "CSV (RFC 4180, UTF-8).",
        },
    },
)
def get_neutrality_file(
    access: MayReadTime, session: ReadSession, location_id: UUID, first_day: First, end_day: End
) -> Response:
    """The same of everybody as CSV."""
    found = neutrality(session, location_id, first_day, end_day)
    name = f"rounding-{first_day}-{end_day}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(rounding_csv(found), media_type=MEDIA_TYPE, headers=headers)


def _day_rules(session: Session, location_id: UUID) -> DayRulesView:
    of_law = day_rule_of_law(session, location_id, utc_now().date())
    return DayRulesView(
        rules=[DayRuleView.model_validate(each) for each in list_day_rules(session, location_id)],
        of_law=of_law[0] if of_law else None,
        article=of_law[1].citation if of_law else None,
    )


def _roundings(session: Session, location_id: UUID) -> RoundingsView:
    steps, law = rounding_law(session, location_id, utc_now().date())
    return RoundingsView(
        chosen=[RoundingView.model_validate(each) for each in list_roundings(session, location_id)],
        policies=[
            RoundingPolicyView(
                id=one.id, words=one.words, allowed=not one.law_step_minutes or one.law_step_minutes in steps
            )
            for one in POLICIES.values()
        ],
        article=law.citation if law else None,
    )
