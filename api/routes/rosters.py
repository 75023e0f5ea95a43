"""The plan of a location for a week: opening it, looking at it, comparing its versions."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.pagination import PageCursor, page_of
from api.permissions import Access, allow
from api.schemas.base import Day, Page
from api.schemas.one_more_person import OneMorePersonView
from api.schemas.rosters import ChangeView, ComparisonView, NewRoster, RosterView, VersionView, WeekView
from api.transaction import ReadSession, WriteSession
from scheduler.kernel.errors import SchedulerError
from scheduler.organisation.permissions import Permission
from scheduler.rosters.compare import differences
from scheduler.rosters.compare_versions import compare_versions
from scheduler.rosters.create import create_roster
from scheduler.rosters.models import Roster, RosterVersion
from scheduler.rosters.one_more_person import one_more_person
from scheduler.rosters.versions import current_version, find_version, published_version, shifts_of
from scheduler.rosters.week import week_of

router = APIRouter(prefix="/v1", tags=["rosters"])

MayRead = Annotated[Access, Depends(allow(Permission.ROSTERS_READ))]


@router.get("/rosters", summary="List rosters")
def get_rosters(
    access: MayRead,
    session: ReadSession,
    cursor: PageCursor,
    location_id: Annotated[UUID | None, Query(description="Of this location only.")] = None,
    first_day: Annotated[Day | None, Query(description="With a day from this one on only.")] = None,
    end_day: Annotated[Day | None, Query(description="With a day before this one only.")] = None,
) -> Page[RosterView]:
    """The weeks within reach, oldest records first."""
    rosters = select(Roster).where(access.reach.criterion(Roster.location_id))
    if location_id is not None:
        rosters = rosters.where(Roster.location_id == location_id)
    if first_day is not None:
        rosters = rosters.where(Roster.ends_on > first_day)
    if end_day is not None:
        rosters = rosters.where(Roster.starts_on < end_day)
    return page_of(session, rosters, Roster.id, cursor, RosterView.model_validate)


@router.post("/locations/{location_id}/rosters", summary="Open the roster of a week")
def post_roster(
    access: Annotated[Access, Depends(allow(Permission.ROSTERS_WRITE))],
    session: WriteSession,
    location_id: UUID,
    body: NewRoster,
) -> RosterView:
    """The roster of the seven days from a Monday, made if there is none yet."""
    roster = create_roster(session, location_id, body.starts_on, actor=access.actor)
    return RosterView.model_validate(roster)


@router.get("/rosters/{roster_id}", summary="Show a week")
def get_roster(
    access: MayRead,
    session: ReadSession,
    roster_id: UUID,
    version_id: Annotated[
        UUID | None, Query(description="One of its versions; else the newest draft or what is published.")
    ] = None,
) -> WeekView:
    """People by days, unassigned shifts, and coverage by interval, in one version."""
    return WeekView.of(week_of(session, roster_id, version_id))


@router.get("/rosters/{roster_id}/versions", summary="List the versions of a roster")
def get_roster_versions(
    access: MayRead, session: ReadSession, cursor: PageCursor, roster_id: UUID
) -> Page[VersionView]:
    """Drafts, what is published, and what once was; oldest first."""
    versions = select(RosterVersion).where(RosterVersion.roster_id == roster_id)
    return page_of(session, versions, RosterVersion.id, cursor, VersionView.of)


@router.get("/rosters/{roster_id}/changes", summary="Compare two versions of a roster")
def get_roster_changes(
    access: MayRead,
    session: ReadSession,
    roster_id: UUID,
    old: Annotated[UUID | None, Query(description="A version; else what is published.")] = None,
    new: Annotated[UUID | None, Query(description="A version; else the newest draft.")] = None,
) -> list[ChangeView]:
    """Every shift that is not the same in both, matched by lineage, by start."""
    before = _version(session, roster_id, old) if old else published_version(session, roster_id)
    after = _version(session, roster_id, new) if new else current_version(session, roster_id)
    shifts = [shifts_of(session, version.id) if version else [] for version in (before, after)]
    return [ChangeView.of(change) for change in differences(*shifts)]


@router.get("/rosters/{roster_id}/comparison", summary="Say what changed between two versions of a roster")
def get_roster_comparison(
    access: MayRead,
    session: ReadSession,
    roster_id: UUID,
    old: Annotated[UUID | None, Query(description="A version; else what is published.")] = None,
    new: Annotated[UUID | None, Query(description="A version; else the newest draft.")] = None,
) -> ComparisonView:
    """In sentences and by rule: whose work changed, and whether the roster got better or worse by it.

    Both versions are judged by the rules and the demand as they are now.
    """
    before = _version(session, roster_id, old) if old else published_version(session, roster_id)
    after = _version(session, roster_id, new) if new else current_version(session, roster_id)
    return ComparisonView.model_validate(compare_versions(session, roster_id, before, after))


MOST_CONTRACT_MINUTES = 7 * 24 * 60
"""There are no more minutes in a week."""


@router.get("/rosters/{roster_id}/one-more-person", summary="Say where one more person would help")
def get_one_more_person(
    access: MayRead,
    session: ReadSession,
    roster_id: UUID,
    contract_minutes: Annotated[
        int | None,
        Query(
            ge=1,
            le=MOST_CONTRACT_MINUTES,
            description="Most paid minutes of the one more person in the week; else as colleagues have.",
        ),
    ] = None,
) -> OneMorePersonView:
    """When further people would fill something, what a new one would work, and whom to train.

    All of it with everybody else's shifts as they are. It takes some seconds.
    """
    found = one_more_person(session, roster_id, contract_minutes=contract_minutes)
    return OneMorePersonView.model_validate(found)


def _version(session: Session, roster_id: UUID, version_id: UUID) -> RosterVersion:
    """The version, if it is one of the roster's."""
    version = find_version(session, version_id)
    if version.roster_id != roster_id:
        raise SchedulerError("version_not_found", version_id=str(version_id), roster_id=str(roster_id))
    return version
