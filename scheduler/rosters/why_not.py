"""Why somebody does not have a shift: it is given to them, and the roster judged again."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from scheduler.kernel.errors import SchedulerError
from scheduler.rosters.why_open import Person, person_of, shift_among
from scheduler.rosters.work import assignment_of, work_of
from solver.explain import why_not as engine
from solver.explain.sentences import Speaker
from solver.work import Work


@dataclass(frozen=True, slots=True)
class WhyNot:
    """What giving a shift to somebody would do.

    Parameters
    ----------
    verdict
        As in `solver.explain.why_not.WhyNot`.
    sentence
        What would happen, in words.
    person
        What stands against it and what the score changes by; None for whoever has the shift already.
    taken_from
        Who would have to leave the shift.
    """

    verdict: engine.Verdict
    sentence: str
    person: Person | None
    taken_from: UUID | None


def why_not(session: Session, roster_id: UUID, lineage_id: UUID, employee_id: UUID) -> WhyNot:
    """What it would do to give one shift of the version that is being worked on to somebody.

    Raises
    ------
    SchedulerError
        ``roster_not_found``, ``shift_not_found``; ``employee_not_found`` for somebody without a contract at
        this location in these days.
    """
    planned, shift, others = shift_among(session, roster_id, lineage_id)
    known = planned.judged.employee_by_id
    if str(employee_id) not in known:
        raise SchedulerError("employee_not_found", employee_id=str(employee_id))
    work: Work = work_of(shift, planned.frame)
    if str(shift.employee_id) in known:
        work = assignment_of(shift, planned.frame, planned.judged.template_by_id)
    roster = planned.assignments([*others, shift])
    found = engine.why_not(planned.judged, roster, str(employee_id), work)
    person = None if found.verdict == "has" else person_of(planned, work, found.candidate)
    against = None if person is None else "; ".join(person.reasons)
    return WhyNot(
        verdict=found.verdict,
        sentence=engine.sentence(Speaker(planned.judged), found, against),
        person=person,
        taken_from=shift.employee_id if found.verdict != "has" else None,
    )
