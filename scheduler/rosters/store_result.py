"""Keep the answer of a run as a new draft; what was there before stays beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.kernel.errors import SchedulerError
from scheduler.rosters.judge import score_json
from scheduler.rosters.lineage import continue_lineages
from scheduler.rosters.models import RosterVersion, Run, Shift
from scheduler.rosters.open_reasons import open_reasons
from scheduler.rosters.open_shifts import open_works, template_named
from scheduler.rosters.problem import PlannedProblem
from scheduler.rosters.revision import advance
from scheduler.rosters.shift_breaks import made_lawful
from scheduler.rosters.shift_times import paid_minutes
from scheduler.rosters.versions import add_draft, current_version, published_version, shifts_of
from scheduler.rosters.work import shift_of, work_of
from solver.result import OpenShift, Result
from solver.work import Work


def store_result(session: Session, run_id: UUID, planned: PlannedProblem, result: Result) -> RosterVersion:
    """The roster that a run found, as the newest draft, with what is open in it.

    Shifts that are the same as, or go on from, shifts of the published version or the draft before keep their
    lineage. Missing people become open shifts in the shapes of the templates. Earlier drafts stay listed.

    Raises
    ------
    SchedulerError
        ``run_not_found``, ``roster_not_found``.
    """
    run = session.get(Run, run_id)
    if run is None:
        raise SchedulerError("run_not_found", run_id=str(run_id))
    roster = advance(session, planned.roster_id, None)
    base = current_version(session, roster.id)
    published = published_version(session, roster.id)
    shifts = [*_worked(planned, result), *_open(planned, result.open_shifts)]
    told = shifts_of(session, published.id) if published else []
    drafted = shifts_of(session, base.id) if base and base is not published else []
    _keep_what_continues(planned, shifts, told, drafted)
    version = add_draft(
        session, roster.id, actor=run.requested_by, based_on=base, shifts=shifts, run_id=run.id
    )
    version.score = score_json(result.score)
    version.packs = dict(planned.packs)
    version.explanation = _explanation(
        planned, result, shifts, changed=roster.revision - 1 != planned.revision
    )
    session.flush()
    unfilled = sum(shift.employee_id is None for shift in shifts)
    facts = {"version": version.number, "shifts": len(shifts), "open": unfilled, "status": result.status}
    record(session, run.requested_by, "roster.plan", "roster", roster.id, run=str(run.id), **facts)
    return version


def _worked(planned: PlannedProblem, result: Result) -> Iterable[Shift]:
    """The assignments that belong to this roster, as shifts."""
    for work in result.roster:
        if work.location in planned.departments:
            shift = shift_of(work, planned.frame)
            if work.shift is not None:
                shift.lineage_id, shift.pinned = UUID(work.shift), True
            yield shift


def _open(planned: PlannedProblem, missing: Iterable[OpenShift]) -> Iterable[Shift]:
    """Given shifts that nobody has, and shifts for people missing below the minimum."""
    mandatory = [gap for gap in missing if gap.level == "mandatory"]
    for work in open_works(planned.problem, mandatory):
        shift = shift_of(work, planned.frame)
        template = template_named(work)
        shift.template_id = UUID(template) if template else None
        if template is None:
            shift.breaks = made_lawful(shift.breaks, work.minutes, planned.breaks_by_law)
            shift.paid_minutes = paid_minutes(shift.starts_at, shift.ends_at, shift.breaks)
        yield shift
    for name in {gap.shift for gap in missing if gap.shift is not None}:
        given = planned.problem.shift_by_id[name]
        work = Work(
            start=given.start,
            end=given.end,
            paid_minutes=given.paid_minutes,
            breaks=given.breaks,
            skill=given.skill,
            location=given.location,
        )
        shift = shift_of(work, planned.frame)
        shift.lineage_id, shift.pinned = UUID(given.id), True
        yield shift


def _keep_what_continues(
    planned: PlannedProblem, shifts: list[Shift], told: list[Shift], drafted: list[Shift]
) -> None:
    """Lineages of the published version first, then of the draft before; pinned shifts stay as they were."""
    given = {UUID(name) for name in planned.problem.shift_by_id}
    free = [shift for shift in shifts if shift.lineage_id not in given]
    for earlier in (told, drafted):
        used = {shift.lineage_id for shift in shifts}
        found = continue_lineages([old for old in earlier if old.lineage_id not in used], free)
        free = [shift for place, shift in enumerate(free) if place not in found]
    by_lineage = {shift.lineage_id: shift for shift in drafted or told if shift.pinned}
    for shift in shifts:
        old = by_lineage.get(shift.lineage_id)
        if old is None:
            continue
        shift.note = old.note
        if work_of(old, planned.frame).span == work_of(shift, planned.frame).span:
            shift.pinned, shift.template_id = True, old.template_id
            shift.breaks, shift.paid_minutes = old.breaks, old.paid_minutes


def _explanation(
    planned: PlannedProblem, result: Result, shifts: Sequence[Shift], *, changed: bool
) -> dict[str, Any]:
    """What is open and why, where people are missing, and remarks."""
    notes = list(planned.notes)
    if changed:
        text = (
            "The roster was changed while this was being searched for; those changes are in the draft before."
        )
        notes.append({"code": "changed_while_running", "text": text})
    return {
        "status": result.status,
        "open": open_reasons(planned, shifts),
        "missing": [_missing_json(planned, gap) for gap in result.open_shifts],
        "notes": notes,
    }


def _missing_json(planned: PlannedProblem, gap: OpenShift) -> dict[str, Any]:
    return {
        "department_id": gap.location,
        "skill_id": gap.skill,
        "starts_at": planned.frame.instant(gap.start).isoformat(),
        "ends_at": planned.frame.instant(gap.end).isoformat(),
        "people": gap.people,
        "level": gap.level,
        "coverage_id": gap.coverage,
    }
