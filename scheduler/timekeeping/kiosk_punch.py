"""Punch at a kiosk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.kernel.clock import utc_now
from scheduler.organisation.models import Kiosk
from scheduler.people.hold_employees import hold_employee
from scheduler.timekeeping.arrival import STARTS_JOB
from scheduler.timekeeping.models import Punch, PunchKind
from scheduler.timekeeping.phone_punch import other_job
from scheduler.timekeeping.presence import Presence, presence
from scheduler.timekeeping.punch import record_punch

_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class KioskPunch:
    """A punch of a kiosk, and where the clock thought its person was just before."""

    punch: Punch
    before: Presence

    @property
    def is_expected(self) -> bool:
        """Whether it fits what was punched before; it is kept either way."""
        return self.punch.kind in self.before.next_kinds


def punch_at_kiosk(
    session: Session,
    kiosk: Kiosk,
    employee_id: UUID,
    *,
    kind: PunchKind,
    once: str,
    job_role_id: UUID | None = None,
) -> KioskPunch:
    """A punch made now, by the clock of the server, at the location of the kiosk.

    Parameters
    ----------
    once
        Names the form it was sent with, at most 40 characters: the form sent twice is one punch.
    job_role_id
        The job from now on, of a punch that starts one; None is the person's own.

    Raises
    ------
    InvalidInput
        If the person is not employed today.
    """
    external_id = f"kiosk:{employee_id}:{once}"
    # Two presses of one button wait for each other here; the second finds the punch of the first.
    employee = hold_employee(session, employee_id)
    known = session.scalar(select(Punch).where(Punch.external_id == external_id))
    if known is not None:
        return KioskPunch(known, presence(session, employee_id, as_of=known.at - _INSTANT))
    now = utc_now()
    before = presence(session, employee_id, as_of=now)
    punch = record_punch(
        session,
        employee_id=employee_id,
        location_id=kiosk.location_id,
        at=now,
        kind=kind,
        source="kiosk",
        external_id=external_id,
        actor=f"kiosk:{kiosk.id}",
        job_role_id=other_job(employee, job_role_id) if kind in STARTS_JOB else None,
    )
    return KioskPunch(punch, before)
