"""Shift templates are made, changed and retired; what cannot be is refused with every bad field."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.kernel.errors import InvalidInput, SchedulerError
from scheduler.rosters.models import ShiftTemplate
from scheduler.rosters.problem import problem_for
from scheduler.rosters.save_template import TemplateFacts, change_template, create_template
from tests.scheduler.rosters.company import MONDAY, Company


@pytest.fixture
def late(lite_company: Company) -> TemplateFacts:
    day = lite_company.shifts_by_code["DAY"]
    return TemplateFacts(
        department_id=day.department_id,
        skill_id=day.skill_id,
        code="LATE",
        name="Late shift",
        weekdays=[4, 0],
        earliest_start_minute=840,
        latest_start_minute=840,
        start_step_minutes=15,
        shortest_minutes=480,
        longest_minutes=480,
        length_step_minutes=60,
        break_from_minutes=360,
        break_minutes=30,
        break_paid=False,
    )


def in_problem(session: Session, company: Company, template: ShiftTemplate) -> list[tuple[str, ...] | None]:
    roster = company.roster(session)
    templates = problem_for(session, roster.id).problem.templates
    return [each.days for each in templates if each.id == str(template.id)]


def test_a_run_uses_what_is_made_and_changed_and_nothing_that_is_retired(
    lite: Session, lite_company: Company, late: TemplateFacts
):
    c = lite_company
    made = create_template(lite, c.location.id, late, actor=c.actor)
    assert made.weekdays == [0, 4]
    assert in_problem(lite, c, made) == [(str(MONDAY), "2026-11-27")]
    change_template(lite, made.id, replace(late, weekdays=[0], code="EVENING"), actor=c.actor)
    assert in_problem(lite, c, made) == [(str(MONDAY),)]
    change_template(lite, made.id, replace(late, weekdays=[]), actor=c.actor)
    assert in_problem(lite, c, made) == []
    assert lite.get(ShiftTemplate, made.id) is made


def test_every_field_that_cannot_be_is_named_with_what_would_do(
    lite: Session, lite_company: Company, late: TemplateFacts
):
    wrong = replace(
        late,
        department_id=uuid4(),
        skill_id=uuid4(),
        weekdays=[1, 1],
        earliest_start_minute=900,
        latest_start_minute=840,
        start_step_minutes=0,
        longest_minutes=1441,
        break_minutes=480,
    )
    with pytest.raises(InvalidInput) as refusal:
        create_template(lite, lite_company.location.id, wrong, actor=lite_company.actor)
    assert {error.field: error.hint for error in refusal.value.errors} == {
        "latest_start_minute": "900 to 1439 minutes",
        "start_step_minutes": "1 to 1440 minutes",
        "longest_minutes": "480 to 1440 minutes",
        "break_minutes": "0 to 479 minutes",
        "weekdays": "0 = Monday to 6 = Sunday, each at most once",
        "department_id": "the id of a department of this location",
        "skill_id": "the id of a skill of this organisation",
    }
    assert lite.scalars(select(ShiftTemplate).where(ShiftTemplate.code == "LATE")).all() == []


def test_a_code_is_given_once_and_unknown_templates_and_locations_are_refused(
    lite: Session, lite_company: Company, late: TemplateFacts
):
    c = lite_company
    made = create_template(lite, c.location.id, late, actor=c.actor)
    for call in (
        lambda: create_template(lite, c.location.id, late, actor=c.actor),
        lambda: change_template(lite, made.id, replace(late, code="DAY"), actor=c.actor),
    ):
        with pytest.raises(SchedulerError, match="code_taken"):
            call()
    assert made.code == "LATE"
    with pytest.raises(SchedulerError, match="template_not_found"):
        change_template(lite, uuid4(), late, actor=c.actor)
    with pytest.raises(SchedulerError, match="location_not_found"):
        create_template(lite, uuid4(), late, actor=c.actor)
