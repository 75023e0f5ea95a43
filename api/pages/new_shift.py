"""Adding a shift to a roster by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Form, Request
from pydantic import BaseModel, Field
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.errors import is_htmx
from api.pages.edit_answer import Refusal, acceptance, attempt
from api.pages.page import draw
from api.pages.shifts import WriteAccess, to_week, wall_clock_span
from api.permissions import Access
from api.schemas.base import Count, WallClock
from api.transaction import ReadSession, WriteSession
from scheduler.kernel.errors import FieldError, InvalidInput
from scheduler.organisation.locations import list_departments
from scheduler.people.employees import employees_at
from scheduler.people.models import Skill
from scheduler.rosters.add_shift import NewShift, add
from scheduler.rosters.editing import Edited
from scheduler.rosters.models import Roster, ShiftTemplate
from scheduler.rosters.rosters import find_roster

router = APIRouter()


class ShiftForm(BaseModel):
    """What the form sends; a template decides department, skill and break, other work names them itself."""

    revision: Count
    starts: WallClock
    ends: time
    template_id: str = ""
    department_id: str = ""
    skill_id: str = ""
    break_minutes: int = Field(default=0, ge=0)
    employee_id: str = ""
    reason: str = ""

    def wanted(self, session: Session, zone: ZoneInfo) -> NewShift:
        """The shift to be added.

        Raises
        ------
        InvalidInput
            For what is no id, and without a kind of shift or else a department and a skill.
        """
        start, end = wall_clock_span(self.starts, self.ends, zone)
        who = _id("employee_id", self.employee_id) if self.employee_id else None
        if self.template_id:
            template_id = _id("template_id", self.template_id)
            template = session.get(ShiftTemplate, template_id)
            if template is None:
                raise InvalidInput([_no_choice("kind_of_shift", self.template_id)])
            return NewShift(
                template.department_id,
                template.skill_id,
                start,
                end,
                employee_id=who,
                template_id=template_id,
            )
        department_id, skill_id = _id("department", self.department_id), _id("skill", self.skill_id)
        pause = self.break_minutes
        return NewShift(department_id, skill_id, start, end, employee_id=who, break_minutes=pause)


def _id(field: str, text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise InvalidInput([_no_choice(field, text)]) from error


def _no_choice(field: str, value: str) -> FieldError:
    return FieldError(field, value[:80], "is not chosen", "choose one of the list")


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a list in the form."""

    id: UUID
    name: str


@router.get("/rosters/{roster_id}/new-shift")
def new_shift_panel(
    request: Request, access: WriteAccess, session: ReadSession, roster_id: UUID, day: date | None = None
) -> Response:
    """The form, for the first day of the roster unless another is named."""
    roster = find_roster(session, roster_id)
    inside = day is not None and roster.starts_on <= day < roster.ends_on
    chosen = day if day is not None and inside else roster.starts_on
    return _panel(request, access, session, roster, {"starts": f"{chosen}T08:00", "ends": "16:00"})


@router.post("/rosters/{roster_id}/new-shift")
def post_new_shift(
    request: Request,
    access: WriteAccess,
    session: WriteSession,
    roster_id: UUID,
    form: Annotated[ShiftForm, Form()],
) -> Response:
    """Add it; where something stands against it, the form again with what it is and a way on."""
    roster = find_roster(session, roster_id)
    zone = ZoneInfo(roster.location.zone)
    added: list[Edited] = []

    def change() -> Edited:
        new = form.wanted(session, zone)
        seen, accept = form.revision, acceptance(form.reason)
        edited = add(session, roster_id, new, expected_revision=seen, actor=access.actor, accept=accept)
        added.append(edited)
        return edited

    refusal = attempt(session, change, zone=zone.key)
    roster = find_roster(session, roster_id)
    if refusal is None:
        shift = added[0].shift
        return to_week(request, roster, edited=str(shift.lineage_id) if shift else "saved")
    sent = form.model_dump(exclude={"revision", "reason"})
    sent |= {"starts": form.starts.isoformat(timespec="minutes"), "ends": f"{form.ends:%H:%M}"}
    return _panel(request, access, session, roster, sent, refusal)


def _panel(
    request: Request,
    access: Access,
    session: Session,
    roster: Roster,
    sent: dict[str, str],
    refusal: Refusal | None = None,
) -> Response:
    templates = session.scalars(
        select(ShiftTemplate)
        .where(ShiftTemplate.location_id == roster.location_id)
        .order_by(ShiftTemplate.name)
    )
    return draw(
        request,
        "new_shift_panel.html" if is_htmx(request) else "new_shift_page.html",
        access.principal,
        status=refusal.status if refusal else 200,
        section="/rosters",
        roster=roster,
        sent=sent,
        retry=sent,
        refusal=refusal,
        templates=[Choice(each.id, each.name) for each in templates if each.weekdays],
        departments=list_departments(session, roster.location_id),
        skills=session.scalars(select(Skill).order_by(Skill.name)).all(),
        people=[
            Choice(person.id, person.name)
            for person in employees_at(session, roster.location_id, roster.starts_on, roster.ends_on)
        ],
    )
