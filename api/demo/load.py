"""Load the files of Kometa."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from api.demo.generate import WORKED_WEEKS
from scheduler.db.tenant import use_tenant
from scheduler.demand.models import CoverageRequirement
from scheduler.imports.kinds.order import KINDS
from scheduler.imports.report import ImportReport, KindCount
from scheduler.imports.run_import import ImportFile, import_files
from scheduler.kernel.clock import day_start, utc_now, zone_named
from scheduler.organisation.locations import list_locations
from scheduler.organisation.organisations import create_organisation, organisation_called
from scheduler.people.models import Employee
from scheduler.timekeeping.models import Punch

SLUG, NAME = "kometa", "Kometa"
COMPANY = Path(__file__).parent / "company"
PEOPLE_AND_RULES = (
    "locations",
    "opening_hours",
    "settlement_periods",
    "school_terms",
    "departments",
    "job_roles",
    "skills",
    "employees",
    "contracts",
    "employee_skills",
    "availability",
    "shift_templates",
)
COMING_WEEK = ("coverage", "availability_exceptions", "time_off")
PAST_WEEK = ("coverage", "demand")


def load_company(session: Session, *, week: date, actor: str, past_week: date | None = None) -> ImportReport:
    """Make Kometa the session's tenant, with its people, what ``week`` needs, and three worked weeks.

    What was loaded before is left as it is, whatever has become of it since: people are loaded into an empty
    organisation only, and what a week needs into a week for which nothing is known.

    Parameters
    ----------
    week
        Monday of the week to plan.
    past_week
        Monday of the last week that was worked; None means `last_full_week` before ``week``.
    """
    organisation = organisation_called(session, SLUG)
    if organisation is None:
        create_organisation(session, slug=SLUG, name=NAME, actor=actor)
    else:
        use_tenant(session, organisation.id)
    past_week = past_week or last_full_week(week)
    reports = []
    if not session.scalar(select(exists(select(Employee.id)))):
        reports.append(import_files(session, files_of(PEOPLE_AND_RULES), actor=actor))
    for monday, name in zip(worked_weeks(past_week), WORKED_WEEKS, strict=True):
        if not _was_worked(session, monday):
            reports.append(import_files(session, files_of([name]), actor=actor, week=monday))
    for monday, names in ((past_week, PAST_WEEK), (week, COMING_WEEK)):
        if not _is_known(session, monday):
            reports.append(import_files(session, files_of(names), actor=actor, week=monday))
    return _together(reports)


def worked_weeks(last: date) -> list[date]:
    """The Mondays of the weeks that were worked, the latest first."""
    return [last - timedelta(weeks=ago) for ago in range(len(WORKED_WEEKS))]


def load_demand(session: Session, *, week: date, actor: str) -> None:
    """Say what a further week of Kometa needs, if nobody has: so that there is one to try planning on."""
    if not _is_known(session, week):
        import_files(session, files_of(("coverage",)), actor=actor, week=week)


def files_of(names: Iterable[str]) -> list[ImportFile]:
    """The company's files of some kinds."""
    return [ImportFile(f"{name}.csv", (COMPANY / f"{name}.csv").read_bytes()) for name in names]


def last_full_week(week: date) -> date:
    """The Monday of the latest week before ``week`` that is over everywhere, its last night included."""
    last_location = zone_named("America/Los_Angeles")
    monday = week - timedelta(weeks=1)
    while day_start(monday + timedelta(days=8), last_location) > utc_now():
        monday -= timedelta(weeks=1)
    return monday


def _was_worked(session: Session, monday: date) -> bool:
    """Whether clocks saw anybody in a week."""
    first, end = (day_start(monday + timedelta(days=days), ZoneInfo("UTC")) for days in (1, 6))
    return bool(session.scalar(select(exists(select(Punch.id).where(Punch.at >= first, Punch.at < end)))))


def _is_known(session: Session, monday: date) -> bool:
    """Whether somebody has said what is needed in a week."""
    for location in list_locations(session):
        zone = zone_named(location.zone)
        within = (
            CoverageRequirement.location_id == location.id,
            CoverageRequirement.starts_at >= day_start(monday, zone),
            CoverageRequirement.starts_at < day_start(monday + timedelta(weeks=1), zone),
        )
        if session.scalar(select(exists(select(CoverageRequirement.id).where(*within)))):
            return True
    return False


def _together(reports: Iterable[ImportReport]) -> ImportReport:
    """Several imports as one."""
    listed = list(reports)
    counts = [count for report in listed for count in report.counts]
    return ImportReport(
        dry_run=False,
        counts=tuple(
            KindCount(
                kind.name,
                lines=sum(count.lines for count in counts if count.kind == kind.name),
                created=sum(count.created for count in counts if count.kind == kind.name),
                updated=sum(count.updated for count in counts if count.kind == kind.name),
                unchanged=sum(count.unchanged for count in counts if count.kind == kind.name),
                replaced=sum(count.replaced for count in counts if count.kind == kind.name),
            )
            for kind in KINDS
            if any(count.kind == kind.name for count in counts)
        ),
        errors=tuple(error for report in listed for error in report.errors),
        warnings=tuple(warning for report in listed for warning in report.warnings),
    )
