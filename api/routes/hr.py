"""What human resources pull: worked hours, leave, overtime, dates of contracts, expiring skills."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Annotated, TypeVar
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.responses import StreamingResponse

from api.openapi import problems
from api.pagination import LARGEST_PAGE
from api.permissions import Access, allow
from api.schemas.base import EXAMPLE_ID, Day
from api.schemas.hr import (
    ContractDateFacts,
    ExpiringSkillFacts,
    HrPageView,
    LeaveBalanceFacts,
    LeaveFacts,
    OvertimeAccountFacts,
    OvertimeFacts,
    PersonFacts,
    WorkedHoursFacts,
    page_view,
)
from api.transaction import ReadSession, WriteSession
from exports.hr_csv import MEDIA_TYPE, hr_csv
from scheduler.kernel.clock import utc_now
from scheduler.kernel.errors import FieldError, InvalidInput
from scheduler.organisation.models import Location
from scheduler.organisation.permissions import Permission
from scheduler.reporting.hr_cursor import cursor_number, cursor_text
from scheduler.reporting.hr_facts import hr_facts
from scheduler.reporting.hr_query import HrQuery
from scheduler.reporting.hr_records import pull_hr_records
from scheduler.reporting.models import HrRecordKind
from scheduler.reporting.not_known import NOT_KNOWN

router = APIRouter(prefix="/v1/hr", tags=["hr"])

MayRead = Annotated[Access, Depends(allow(Permission.HR_READ))]
StartsOn = Annotated[Day, Query(description="Records that touch this day or later ones.")]
EndsOn = Annotated[Day | None, Query(description="Records that touch days before this one only.")]
LocationId = Annotated[UUID | None, Query(description="Of this location only.", examples=[EXAMPLE_ID])]
Limit = Annotated[int, Query(ge=1, le=LARGEST_PAGE, description="Most records of one answer.")]
CursorText = Annotated[
    str | None,
    Query(max_length=200, description="`next` of the last answer to the same filters; none for the start."),
]

FactsT = TypeVar("FactsT", bound=PersonFacts)


class Pull:
    """Who pulls, and which part of the records."""

    def __init__(
        self,
        access: MayRead,
        session: WriteSession,
        starts_on: StartsOn,
        ends_on: EndsOn = None,
        location_id: LocationId = None,
        cursor: CursorText = None,
        limit: Limit = 50,
    ) -> None:
        self._access, self._session = access, session
        self._days, self._location_id = (starts_on, ends_on), location_id
        self._cursor, self._limit = cursor, limit

    def page(self, kind: HrRecordKind, facts: type[FactsT]) -> HrPageView[FactsT]:
        """The next records of a kind."""
        query = _query(self._session, self._access, kind, *self._days, self._location_id)
        after = 0 if self._cursor is None else cursor_number(query, self._cursor)
        today = utc_now().date()
        page = pull_hr_records(self._session, query, after=after, limit=self._limit, today=today)
        next_one = cursor_text(query, page.last)
        return page_view(page.records, facts, next_one, has_more=page.has_more, not_known=NOT_KNOWN[kind])


Pulled = Annotated[Pull, Depends(Pull)]


@router.get("/worked-hours", summary="Pull worked hours", responses=problems(HTTPStatus.NOT_FOUND))
def get_hr_worked_hours(pull: Pulled) -> HrPageView[WorkedHoursFacts]:
    """By person, day and place, from approved timesheets; one that is reopened withdraws its hours."""
    return pull.page(HrRecordKind.WORKED_HOURS, WorkedHoursFacts)


@router.get("/leave", summary="Pull leave", responses=problems(HTTPStatus.NOT_FOUND))
def get_hr_leave(pull: Pulled) -> HrPageView[LeaveFacts]:
    """Each approved leave with its kind and days, at the place where the person belongs now."""
    return pull.page(HrRecordKind.LEAVE, LeaveFacts)


@router.get("/overtime", summary="Pull overtime", responses=problems(HTTPStatus.NOT_FOUND))
def get_hr_overtime(pull: Pulled) -> HrPageView[OvertimeFacts]:
    """Overtime that closed pay periods paid, by person, month and pay code, whole months each."""
    return pull.page(HrRecordKind.OVERTIME, OvertimeFacts)


@router.get("/leave-balances", summary="Pull leave balances", responses=problems(HTTPStatus.NOT_FOUND))
def get_hr_leave_balances(pull: Pulled) -> HrPageView[LeaveBalanceFacts]:
    """Each leave account by leave year, at the place where the person belongs now.

    A past leave year is told as it ended; the present one as of today, so it changes as days pass.
    """
    return pull.page(HrRecordKind.LEAVE_BALANCES, LeaveBalanceFacts)


@router.get("/overtime-accounts", summary="Pull overtime accounts", responses=problems(HTTPStatus.NOT_FOUND))
def get_hr_overtime_accounts(pull: Pulled) -> HrPageView[OvertimeAccountFacts]:
    """Overtime paid and time off given for it, by person and month, with what is left at the month's end."""
    return pull.page(HrRecordKind.OVERTIME_ACCOUNTS, OvertimeAccountFacts)


@router.get("/contract-dates", summary="Pull dates of contracts", responses=problems(HTTPStatus.NOT_FOUND))
def get_hr_contract_dates(pull: Pulled) -> HrPageView[ContractDateFacts]:
    """Anniversaries of employment, and where contracts and employment start and end.

    Without `ends_on` they are told 366 days ahead; those further on come when they are so near.
    """
    return pull.page(HrRecordKind.CONTRACT_DATES, ContractDateFacts)


@router.get("/expiring-skills", summary="Pull expiring skills", responses=problems(HTTPStatus.NOT_FOUND))
def get_hr_expiring_skills(pull: Pulled) -> HrPageView[ExpiringSkillFacts]:
    """Skills and certificates by the last day on which they are valid, of people who are then employed."""
    return pull.page(HrRecordKind.EXPIRING_SKILLS, ExpiringSkillFacts)


@router.get(
    "/file",
    summary="Download records for human resources",
    response_class=StreamingResponse,
    responses={
        200: {
            "content": {"text/csv": {"schema": {"type": "string"}}},
            "description": "CSV (RFC 4180, UTF-8).",
        },
        **problems(HTTPStatus.NOT_FOUND),
    },
)
def get_hr_file(
    access: MayRead,
    session: ReadSession,
    records: Annotated[HrRecordKind, Query(description="Of which kind.", examples=["worked_hours"])],
    starts_on: StartsOn,
    ends_on: EndsOn = None,
    location_id: LocationId = None,
) -> StreamingResponse:
    """What is true now, as one file; texts that a spreadsheet would run as formulas are defused."""
    query = _query(session, access, records, starts_on, ends_on, location_id)
    facts = hr_facts(session, query, today=utc_now().date())
    codes = {location.id: location.code for location in session.scalars(select(Location))}
    name = f"{records.value.replace('_', '-')}-{starts_on}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(hr_csv(records, facts, codes), media_type=MEDIA_TYPE, headers=headers)


def _query(
    session: Session,
    access: Access,
    kind: HrRecordKind,
    starts_on: date,
    ends_on: date | None,
    location_id: UUID | None,
) -> HrQuery:
    """What is asked for, within reach."""
    if ends_on is not None and ends_on <= starts_on:
        hint = f"a day after {starts_on}: it is the first one that does not count"
        raise InvalidInput([FieldError("ends_on", str(ends_on), "is not after starts_on", hint)])
    places = None if access.reach.everywhere else access.reach.location_ids
    if location_id is not None:
        places = frozenset({access.require_location(session, location_id).id})
    return HrQuery(kind, starts_on, ends_on, places)
