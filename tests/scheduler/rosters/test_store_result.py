"""What a run found becomes the newest draft; what was there before stays beside it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from scheduler.kernel.errors import SchedulerError
from scheduler.people.models import Contract
from scheduler.rosters import edit
from scheduler.rosters.compliance import report
from scheduler.rosters.judge import judge
from scheduler.rosters.models import Roster, RosterVersion, Shift, VersionState
from scheduler.rosters.problem import PlannedProblem, problem_for
from scheduler.rosters.publish import publish
from scheduler.rosters.request_run import request_run
from scheduler.rosters.store_result import store_result
from scheduler.rosters.versions import current_version, shifts_of
from solver.result import Result
from solver.solve import solve
from solver.stop import AnyOf, TimeLimit, WorkLimit
from tests.scheduler.rosters.company import MONDAY, WHY, Company, week

TUESDAY = MONDAY + timedelta(days=1)


def search(session: Session, roster: Roster) -> tuple[PlannedProblem, Result]:
    planned = problem_for(session, roster.id)
    return planned, solve(planned.problem, AnyOf((TimeLimit(20), WorkLimit(1))), workers=1, seed=1)


def plan(session: Session, company: Company, roster: Roster) -> RosterVersion:
    """Request, solve and store, as a worker does."""
    run = request_run(session, roster.id, actor=company.actor, seconds=5, seed=1)
    version = store_result(session, run.id, *search(session, roster))
    session.delete(run)
    session.flush()
    return version


def span(shift: Shift) -> tuple[str, str]:
    return f"{shift.starts_at:%d %H}", f"{shift.ends_at:%d %H}"


def test_a_small_week_is_planned_lawfully_and_can_be_published(lite: Session, lite_company: Company):
    c = lite_company
    c.cover(lite, week()[:5], 8, 16, 2)
    roster = c.roster(lite)
    version = plan(lite, c, roster)
    shifts = shifts_of(lite, version.id)
    assert (version.number, version.state, version.created_by) == (1, VersionState.DRAFT, c.actor)
    assert [shift for shift in shifts if shift.employee_id is None] == []
    assert all(shift.template_id == c.shifts_by_code["DAY"].id for shift in shifts)
    assert report(lite, version.id).clean
    assert version.score is not None
    assert version.score["mandatory"] == 0
    assert version.explanation is not None
    assert version.explanation["open"] == []
    assert "pl" in (version.packs or {})
    publication = publish(lite, roster.id, expected_revision=roster.revision, actor=c.actor, why=WHY)
    assert len(publication.changes["added"]) == len(shifts)


def test_too_few_people_leave_open_shifts_in_the_shape_of_templates(lite: Session, lite_company: Company):
    c = lite_company
    c.cover(lite, [MONDAY], 8, 16, 6)
    version = plan(lite, c, c.roster(lite))
    open_shifts = [shift for shift in shifts_of(lite, version.id) if shift.employee_id is None]
    assert [span(shift) for shift in open_shifts] == [("23 07", "23 15")] * 2
    assert [shift.breaks for shift in open_shifts] == [[{"starts_at": None, "minutes": 30, "paid": True}]] * 2
    assert version.explanation is not None
    told = version.explanation["open"]
    assert [entry["lineage_id"] for entry in told] == [str(shift.lineage_id) for shift in open_shifts]
    assert {entry["summary"] for entry in told} == {
        "Nobody of 4 people can take it: 4 work already at that time."
    }
    assert {person["name"] for person in told[0]["people"]} == {"Ann Nowak", "Bo Lis", "Cy Kot", "Di Maj"}
    assert sum(gap["people"] for gap in version.explanation["missing"] if gap["level"] == "mandatory") == 2


def test_a_second_run_keeps_the_first_draft_and_the_lineages(lite: Session, lite_company: Company):
    c = lite_company
    c.cover(lite, week()[:2], 8, 16, 2)
    roster = c.roster(lite)
    first = plan(lite, c, roster)
    second = plan(lite, c, roster)
    assert (first.state, second.number, second.based_on_id) == (VersionState.DRAFT, 2, first.id)
    assert current_version(lite, roster.id) is second
    lineages = [{shift.lineage_id for shift in shifts_of(lite, version.id)} for version in (first, second)]
    assert lineages[0] == lineages[1]


def test_a_run_after_publishing_changes_nothing_for_the_sake_of_it(lite: Session, lite_company: Company):
    c = lite_company
    c.cover(lite, week()[:3], 8, 16, 2)
    roster = c.roster(lite)
    plan(lite, c, roster)
    publish(lite, roster.id, expected_revision=roster.revision, actor=c.actor, why=WHY)
    plan(lite, c, roster)
    with pytest.raises(SchedulerError, match="already_published"):
        publish(lite, roster.id, expected_revision=roster.revision, actor=c.actor, why=WHY)


def test_pinned_shifts_stay_pinned_and_pinned_open_ones_are_filled(lite: Session, lite_company: Company):
    c = lite_company
    c.cover(lite, [MONDAY], 8, 16, 2)
    roster = c.roster(lite)
    fixed = c.shift("Ann", MONDAY, 8, 15, pinned=True)
    fixed.note = "Training"
    to_fill = c.shift(None, TUESDAY, 9, 14, pinned=True)
    to_fill.breaks = []
    c.draft(lite, roster, [fixed, to_fill, c.shift("Cy", TUESDAY)])
    by_lineage = {shift.lineage_id: shift for shift in shifts_of(lite, plan(lite, c, roster).id)}
    kept, filled = by_lineage[fixed.lineage_id], by_lineage[to_fill.lineage_id]
    assert (kept.employee_id, span(kept), kept.pinned) == (c.people["Ann"].id, ("23 07", "23 14"), True)
    assert (kept.note, kept.breaks) == ("Training", fixed.breaks)
    assert (span(filled), filled.pinned, filled.employee_id is None) == (("24 08", "24 13"), True, False)


def test_a_pinned_shift_nobody_can_take_stays_open_and_pinned(lite: Session, lite_company: Company):
    c = lite_company
    c.cover(lite, [MONDAY], 8, 16, 1)
    roster = c.roster(lite)
    to_fill = c.shift(None, MONDAY, skill=c.packing, pinned=True)
    c.draft(lite, roster, [to_fill])
    version = plan(lite, c, roster)
    (left,) = [shift for shift in shifts_of(lite, version.id) if shift.employee_id is None]
    assert (left.lineage_id, left.pinned, left.skill_id) == (to_fill.lineage_id, True, c.packing.id)
    again = plan(lite, c, roster)
    assert to_fill.lineage_id in {shift.lineage_id for shift in shifts_of(lite, again.id)}


def test_changes_made_during_the_search_are_told(lite: Session, lite_company: Company):
    c = lite_company
    c.cover(lite, [MONDAY], 8, 16, 1)
    roster = c.roster(lite)
    shift = c.shift("Ann", MONDAY)
    draft = c.draft(lite, roster, [shift])
    run = request_run(lite, roster.id, actor=c.actor)
    planned, result = search(lite, roster)
    edit.unassign(lite, roster.id, shift.lineage_id, expected_revision=0, actor=c.actor)
    version = store_result(lite, run.id, planned, result)
    assert version.explanation is not None
    assert "changed_while_running" in [note["code"] for note in version.explanation["notes"]]
    assert [s.employee_id for s in shifts_of(lite, draft.id)] == [None]


def test_the_stored_shifts_are_worth_what_the_solver_said(lite: Session, lite_company: Company):
    c = lite_company
    c.cover(lite, week(), 8, 20, 1, 2)
    roster = c.roster(lite)
    run = request_run(lite, roster.id, actor=c.actor)
    planned, result = search(lite, roster)
    version = store_result(lite, run.id, planned, result)
    judged = judge(planned, shifts_of(lite, version.id))
    assert judged.score == result.score
    assert version.score is not None
    assert version.score["soft"] == result.score.soft


def test_people_left_out_are_named_in_the_explanation(lite: Session, lite_company: Company):
    c = lite_company
    c.cover(lite, [MONDAY], 8, 16, 1)
    lite.execute(delete(Contract).where(Contract.employee_id == c.people["Di"].id))
    version = plan(lite, c, c.roster(lite))
    assert version.explanation is not None
    (note,) = [note for note in version.explanation["notes"] if note["code"] == "no_contract"]
    assert note["employee"] == "Di Maj"
    assert c.people["Di"].id not in set(lite.scalars(select(Shift.employee_id)))
