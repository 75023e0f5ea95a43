"""Shifts of the records as work of the solver, and back.

The solver's names are the records' ids as text; its locations are our departments.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from scheduler.kernel.ids import new_id
from scheduler.rosters.models import Shift
from scheduler.rosters.timeframe import Timeframe
from solver.work import Assignment, Break, Work


def work_of(shift: Shift, frame: Timeframe) -> Work:
    """A shift as a span of work."""
    return Work(
        start=frame.minute(shift.starts_at),
        end=frame.minute(shift.ends_at),
        paid_minutes=shift.paid_minutes,
        breaks=breaks_of(shift.breaks, frame),
        skill=str(shift.skill_id),
        location=str(shift.department_id),
    )


def breaks_of(breaks: Iterable[dict[str, Any]], frame: Timeframe) -> tuple[Break, ...]:
    """Breaks as stored, as the solver's."""
    return tuple(
        Break(
            pause["minutes"],
            pause["paid"],
            frame.minute(datetime.fromisoformat(pause["starts_at"])) if pause.get("starts_at") else None,
        )
        for pause in breaks
    )


def assignment_of(shift: Shift, frame: Timeframe, templates: Collection[str]) -> Assignment:
    """A shift that somebody has, as the solver's assignment.

    Parameters
    ----------
    templates
        Ids of the templates of the problem; a shift of any other counts as placed by hand.
    """
    work = work_of(shift, frame)
    template = str(shift.template_id) if shift.template_id else None
    return Assignment(
        employee=str(shift.employee_id),
        template=template if template in templates else None,
        start=work.start,
        end=work.end,
        paid_minutes=work.paid_minutes,
        breaks=work.breaks,
        skill=work.skill,
        location=work.location,
    )


def shift_of(work: Work, frame: Timeframe) -> Shift:
    """A span of work at one of our departments as a new shift, not yet stored.

    Raises
    ------
    ValueError
        If the work names no skill or no department.
    """
    if work.skill is None or work.location is None:
        raise ValueError("a shift has a skill and a department")
    given = work if isinstance(work, Assignment) else None
    return Shift(
        lineage_id=new_id(),
        employee_id=UUID(given.employee) if given else None,
        department_id=UUID(work.location),
        skill_id=UUID(work.skill),
        template_id=UUID(given.template) if given and given.template else None,
        starts_at=frame.instant(work.start),
        ends_at=frame.instant(work.end),
        breaks=[
            {
                "starts_at": None if pause.start is None else frame.instant(pause.start).isoformat(),
                "minutes": pause.minutes,
                "paid": pause.paid,
            }
            for pause in work.breaks
        ],
        paid_minutes=work.paid,
        pinned=False,
    )
