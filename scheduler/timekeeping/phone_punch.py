"""Punch on one's own phone, now or while there was no network."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.kernel.clock import as_utc, utc_now
from scheduler.kernel.errors import FieldError, InvalidInput, SchedulerError
from scheduler.organisation.kiosk_code import kiosk_of_proof
from scheduler.organisation.locations import find_location
from scheduler.organisation.models import PlaceMode
from scheduler.organisation.punch_places import PlaceRule, rule_of
from scheduler.people.hold_employees import hold_employee
from scheduler.people.models import Employee
from scheduler.timekeeping.arrival import STARTS_JOB, NewPunch
from scheduler.timekeeping.models import PlaceDecision, Punch, PunchKind
from scheduler.timekeeping.presence import Presence, Whereabouts, presence
from scheduler.timekeeping.punch import record_punches, same_or_refused
from scheduler.timekeeping.punch_place import Position, Whence, decide


@dataclass(frozen=True, slots=True)
class PhonePunch:
    """What a phone sends.

    Parameters
    ----------
    once
        Names the press of the button, at most 40 characters: sent twice it is one punch.
    location_id
        Where; None is where a scanned kiosk stands, else where the person is at work, else where he belongs.
    job_role_id
        The job from now on, of a punch that starts one; None is the person's own.
    position
        Where the phone is, if its person lets it say so.
    network
        Address the server sees.
    kiosk_proof
        What the phone got for scanning the code of a kiosk; may be empty.
    taken_at
        When the button was pressed, for a punch that was kept while there was no network; None is now.
    sent_at
        What the phone says the time is.
    """

    kind: PunchKind
    once: str
    location_id: UUID | None = None
    job_role_id: UUID | None = None
    position: Position | None = None
    network: str | None = None
    kiosk_proof: str = ""
    taken_at: datetime | None = None
    sent_at: datetime | None = None


def punch_on_phone(session: Session, employee_id: UUID, sent: PhonePunch, *, actor: str) -> Punch:
    """A punch made now by the clock of the server, or kept by the phone with its own time (``offline``).

    Raises
    ------
    InvalidInput
        For a transfer to the place and job one works in already, and for what no punch can be.
    SchedulerError
        ``kiosk_code_refused``; ``punch_outside`` where the location refuses punches from elsewhere;
        ``punch_conflict`` if the same press was sent with other content.
    """
    employee = hold_employee(session, employee_id)
    external_id = f"web:{employee.id}:{sent.once}"
    job_role_id = other_job(employee, sent.job_role_id) if sent.kind in STARTS_JOB else None
    known = session.scalar(select(Punch).where(Punch.external_id == external_id))
    if known is not None:
        return _same_press(known, sent, job_role_id)
    now = utc_now()
    at = now if sent.taken_at is None else as_utc(sent.taken_at)
    here = presence(session, employee.id, as_of=at)
    kiosk = kiosk_of_proof(session, sent.kiosk_proof, employee.id, now=now) if sent.kiosk_proof else None
    location_id = _where(sent, kiosk.location_id if kiosk else None, here, employee)
    source = "web" if sent.taken_at is None else "offline"
    arrival = NewPunch(employee.id, location_id, at, sent.kind, source, external_id, job_role_id)
    _refuse_standstill(arrival, here)
    whence = _whence(session, sent, location_id, kiosk.id if kiosk else None, now)
    return record_punches(session, [replace(arrival, whence=whence)], actor=actor)[0]


def _same_press(known: Punch, sent: PhonePunch, job_role_id: UUID | None) -> Punch:
    """The punch of a press that was sent before, perhaps without hearing of it: it counts as it is."""
    at = known.at if sent.taken_at is None or known.source == "web" else as_utc(sent.taken_at)
    location_id = sent.location_id or known.location_id
    again = NewPunch(
        known.employee_id, location_id, at, sent.kind, known.source, known.external_id, job_role_id
    )
    same_or_refused(again, known)
    return known


def other_job(employee: Employee, job_role_id: UUID | None) -> UUID | None:
    """The job that a punch names, None for the person's own."""
    return None if job_role_id == employee.job_role_id else job_role_id


def offset_seconds(sent_at: datetime | None, now: datetime) -> int | None:
    """How far a sender's clock is ahead of ours, in whole seconds; negative is behind."""
    return None if sent_at is None else round((as_utc(sent_at) - now).total_seconds())


def _where(sent: PhonePunch, kiosk_location: UUID | None, here: Presence, employee: Employee) -> UUID:
    return sent.location_id or kiosk_location or here.location_id or employee.location_id


def _refuse_standstill(arrival: NewPunch, here: Presence) -> None:
    same = (arrival.location_id, arrival.job_role_id) == (here.location_id, here.job_role_id)
    if arrival.kind is PunchKind.TRANSFER and here.whereabouts is not Whereabouts.AWAY and same:
        hint = "another job or another location"
        value = str(arrival.job_role_id or "")
        raise InvalidInput([FieldError("job_role_id", value, "you work there in this job already", hint)])


def _whence(
    session: Session, sent: PhonePunch, location_id: UUID, kiosk_id: UUID | None, now: datetime
) -> Whence:
    rule = rule_of(session, location_id)
    # The network a kept punch is sent from is not the one it was made in.
    network = sent.network if sent.taken_at is None else None
    found = decide(
        rule,
        position=sent.position,
        network=network,
        kiosk_id=kiosk_id,
        clock_offset_seconds=offset_seconds(sent.sent_at, now),
    )
    if rule.mode is PlaceMode.REFUSE and found.place_decision is not PlaceDecision.INSIDE:
        raise _outside(session, rule, found, location_id)
    return found


def _outside(session: Session, rule: PlaceRule, found: Whence, location_id: UUID) -> SchedulerError:
    ways = ["scan the code on a kiosk"]
    if rule.networks:
        ways.insert(0, "use the network of the place")
    if rule.asks_position:
        ways.insert(0, "let your phone tell its position" if found.latitude is None else "come closer")
    return SchedulerError(
        "punch_outside",
        location=find_location(session, location_id).name,
        decision=found.place_decision,
        distance_metres=found.place_distance_metres,
        radius_metres=rule.radius_metres if found.place_distance_metres is not None else None,
        hint=", or ".join(ways),
    )
