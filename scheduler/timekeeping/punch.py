"""Take in punches from clocks, pages and files."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduler.kernel.clock import as_utc, days_between, local_day, utc_now
from scheduler.kernel.errors import SchedulerError
from scheduler.organisation.models import DayRuleSetting
from scheduler.people.hold_employees import CHUNK, hold_employees
from scheduler.people.models import Employee
from scheduler.timekeeping.arrival import NewPunch, check_arrivals
from scheduler.timekeeping.derive import MARGIN, zones
from scheduler.timekeeping.models import Punch, PunchKind
from scheduler.timekeeping.refresh import refresh_days
from scheduler.timekeeping.timesheets import DAY

SOURCES = ("web", "offline", "kiosk", "device", "api", "import")


def record_punch(
    session: Session,
    *,
    employee_id: UUID,
    location_id: UUID,
    at: datetime,
    kind: PunchKind,
    source: str,
    external_id: str,
    actor: str,
    job_role_id: UUID | None = None,
) -> Punch:
    """One punch, stored once however often it is sent; see `record_punches`."""
    arrival = NewPunch(employee_id, location_id, at, kind, source, external_id, job_role_id)
    return record_punches(session, [arrival], actor=actor)[0]


def record_punches(session: Session, arrivals: Sequence[NewPunch], *, actor: str) -> list[Punch]:
    """The punches, in the order given, with the timesheets they belong to derived anew; all or nothing.

    A punch whose external id is already known is the same punch again and changes nothing. Punches may arrive
    late and in any order.

    Raises
    ------
    InvalidInput
        With every bad value: an unknown employee or location, a day outside the employment, a naive instant
        or one more than five minutes ahead, a blank or long external id, an unknown source or job, a void.
    SchedulerError
        ``punch_conflict`` if an external id is known for a punch with other content.
    """
    held = hold_employees(session, (arrival.employee_id for arrival in arrivals))
    check_arrivals(session, arrivals, held, SOURCES)
    known = known_punches(session, {arrival.external_id for arrival in arrivals})
    new: list[Punch] = []
    for arrival in arrivals:
        if arrival.external_id in known:
            same_or_refused(arrival, known[arrival.external_id])
            continue
        punch = Punch(**arrival.columns(), recorded_at=utc_now(), recorded_by=actor)
        known[arrival.external_id] = punch
        new.append(punch)
    store_punches(session, new, held, actor=actor)
    return [known[arrival.external_id] for arrival in arrivals]


def store_punches(
    session: Session, punches: Sequence[Punch], held: Mapping[UUID, Employee], *, actor: str
) -> None:
    """Add checked punches of held employees and derive anew every timesheet they can touch."""
    try:
        with session.begin_nested():
            session.add_all(punches)
    except IntegrityError as error:
        # Somebody stored one of these external ids, or voided the same punch, a moment ago.
        raise SchedulerError("punch_conflict", hint="send it again") from error
    zone_of, ruled = zones(session), set(session.scalars(select(DayRuleSetting.location_id)))
    own: set[tuple[UUID, date]] = set()
    near: set[tuple[UUID, date]] = set()
    for punch in punches:
        day = local_day(punch.at, zone_of[punch.location_id])
        own.add((punch.employee_id, day))
        if punch.location_id in ruled and held[punch.employee_id].hired_on < day:
            own.add((punch.employee_id, day - DAY))  # the hours after midnight may count for the day before
        near |= {(punch.employee_id, other) for other in days_between(day - MARGIN, day + MARGIN + DAY)}
    refresh_days(session, held, own, near=near, actor=actor)


def known_punches(session: Session, external_ids: Collection[str]) -> dict[str, Punch]:
    """The punches that are known by some external ids, by them."""
    ids = sorted(external_ids)
    found: dict[str, Punch] = {}
    for start in range(0, len(ids), CHUNK):
        query = select(Punch).where(Punch.external_id.in_(ids[start : start + CHUNK]))
        found.update((punch.external_id, punch) for punch in session.scalars(query))
    return found


def same_or_refused(arrival: NewPunch, stored: Punch) -> None:
    """Refuse an arrival that is not the punch known by its external id.

    Raises
    ------
    SchedulerError
        ``punch_conflict``, with what differs.
    """
    facts = {
        name: {"stored": str(kept), "sent": str(sent)}
        for name, kept, sent in (
            ("employee_id", stored.employee_id, arrival.employee_id),
            ("location_id", stored.location_id, arrival.location_id),
            ("at", stored.at, as_utc(arrival.at)),
            ("kind", stored.kind.value, arrival.kind.value),
            ("job_role_id", stored.job_role_id, arrival.job_role_id),
        )
        if kept != sent
    }
    if facts:
        raise SchedulerError(
            "punch_conflict",
            external_id=arrival.external_id,
            differences=facts,
            hint="a punch never changes: void it and add another",
        )
