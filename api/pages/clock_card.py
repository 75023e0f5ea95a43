"""The time clock on one's own page: where one is, what fits now, and where else one can work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.kernel.ids import new_id
from scheduler.organisation.locations import find_location, list_locations
from scheduler.organisation.models import Kiosk, Location, PlaceMode
from scheduler.organisation.punch_places import PlaceRule, rule_of
from scheduler.people.models import Employee, JobRole
from scheduler.timekeeping.models import PlaceDecision, Punch, PunchKind
from scheduler.timekeeping.presence import NEXT, Presence, presence

BUTTONS = {
    PunchKind.IN: "Clock in",
    PunchKind.OUT: "Clock out",
    PunchKind.BREAK_START: "Start break",
    PunchKind.BREAK_END: "End break",
    PunchKind.TRANSFER: "Move there",
}
DONE = {
    PunchKind.IN: "You are clocked in.",
    PunchKind.OUT: "You are clocked out.",
    PunchKind.BREAK_START: "Your break has begun.",
    PunchKind.BREAK_END: "Your break is over.",
    PunchKind.TRANSFER: "You have moved.",
}
OWN_JOB = "Own job"
NO_JOB = UUID(int=0)


@dataclass(frozen=True, slots=True)
class ClockCard:
    """What the time clock shows somebody.

    Parameters
    ----------
    here
        Where the clock says one is.
    place
        The location of the next punch.
    places, jobs
        Those one can choose between, as value and name; empty where there is no choice.
    job
        Name of the job one works in now.
    rule
        What the location makes of punches from elsewhere.
    kiosk
        The one whose code was scanned.
    kiosk_proof
        What shows that; empty without.
    next_kinds
        Value of each state -> values of the punches that fit, for the script.
    """

    employee: Employee
    here: Presence
    place: Location
    places: Sequence[tuple[str, str]]
    jobs: Sequence[tuple[str, str]]
    job: str
    rule: PlaceRule
    once: UUID
    kiosk: Kiosk | None = None
    kiosk_proof: str = ""

    @property
    def buttons(self) -> list[tuple[str, str, bool]]:
        """Value, label, and whether it fits now, of every button but the one for moving."""
        fitting = self.here.next_kinds
        kinds = [*fitting, *(kind for kind in BUTTONS if kind not in fitting)]
        return [
            (kind.value, BUTTONS[kind], kind in fitting) for kind in kinds if kind is not PunchKind.TRANSFER
        ]

    @property
    def can_choose(self) -> bool:
        """Whether there is another place or job."""
        return bool(self.places or self.jobs)

    @property
    def next_kinds(self) -> dict[str, list[str]]:
        """What fits in each state."""
        return {state.value: [kind.value for kind in kinds] for state, kinds in NEXT.items()}

    @property
    def asks_position(self) -> bool:
        """Whether the phone is asked where it is; a scanned code says enough."""
        return self.rule.asks_position and self.kiosk is None

    @property
    def refuses(self) -> bool:
        """Whether punches from elsewhere are refused."""
        return self.rule.mode is PlaceMode.REFUSE


def clock_card(
    session: Session,
    employee: Employee,
    *,
    now: datetime,
    kiosk: Kiosk | None = None,
    kiosk_proof: str = "",
) -> ClockCard:
    """The time clock of somebody, perhaps at a kiosk whose code was just scanned."""
    here = presence(session, employee.id, as_of=now)
    place = find_location(session, kiosk.location_id if kiosk else here.location_id or employee.location_id)
    job = session.get(JobRole, here.job_role_id or employee.job_role_id or NO_JOB)
    places, jobs = choices(session, employee)
    return ClockCard(
        employee=employee,
        here=here,
        place=place,
        places=places,
        jobs=jobs,
        job=job.name if job else "",
        rule=rule_of(session, place.id),
        once=new_id(),
        kiosk=kiosk,
        kiosk_proof=kiosk_proof,
    )


def choices(session: Session, employee: Employee) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The places and the jobs somebody can choose between, as value and name; empty where there is one."""
    locations = list_locations(session)
    places = [(str(each.id), each.name) for each in locations] if len(locations) > 1 else []
    roles = {role.id: role.name for role in session.scalars(select(JobRole).order_by(JobRole.name))}
    own = roles.pop(employee.job_role_id, "") if employee.job_role_id else ""
    jobs = [("", f"{OWN_JOB}: {own}" if own else OWN_JOB), *((str(key), name) for key, name in roles.items())]
    return places, jobs if roles else []


def what_was_decided(session: Session, employee_id: UUID) -> str:
    """A sentence on the place of somebody's latest punch, where one was asked for and it was not inside."""
    latest = (
        select(Punch)
        .where(Punch.employee_id == employee_id, Punch.kind != PunchKind.VOID)
        .order_by(Punch.recorded_at.desc(), Punch.id.desc())
        .limit(1)
    )
    punch = session.scalar(latest)
    if punch is None or punch.place_decision in (None, PlaceDecision.INSIDE):
        return ""
    if punch.place_decision is PlaceDecision.UNKNOWN:
        return "It is recorded without a place; your manager sees that the place is not known."
    far = f", {punch.place_distance_metres} m from it" if punch.place_distance_metres is not None else ""
    return f"It is recorded as made elsewhere than at the place of work{far}; your manager sees that."
