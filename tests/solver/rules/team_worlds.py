"""Small worlds of a team, for rules about several people and about who fits what."""

from solver.problem import (
    CostTier,
    Employee,
    ProhibitedTag,
    Shift,
    ShiftGroup,
    ShiftTemplate,
    SkillHeld,
)
from solver.work import Work
from tests.solver.worlds import problem_of

HOUR = 60
DAY = 1440

ANN = Employee(
    id="ann",
    skills=(SkillHeld("senior", None, 13 * HOUR), SkillHeld("till", 0, DAY), SkillHeld("till", DAY)),
    preferred_tags=("lifting",),
    prohibited_tags=(ProhibitedTag("night", 25 * HOUR),),
    cost_per_minute=3,
    cost_tiers=(CostTier(250, 4), CostTier(400, 6)),
    history=(Work(start=-30 * HOUR, end=-26 * HOUR, location="here"),),
)
BO = Employee(
    id="bo",
    skills=(SkillHeld("junior"), SkillHeld("floor", 0, 30 * HOUR)),
    unpreferred_tags=("lifting", "night"),
    prohibited_tags=(ProhibitedTag("lifting"),),
    cost_per_minute=1,
    priority=2,
    history=(Work(start=-2 * HOUR, end=7 * HOUR, location="here", tags=("lifting",)),),
)
CY = Employee(
    id="cy",
    skills=(SkillHeld("junior"), SkillHeld("first_aid")),
    cost_per_minute=2,
    priority=1,
    upcoming=(Work(start=2 * DAY, end=2 * DAY + 8 * HOUR, location="here", tags=("night",)),),
)
SHIFTS = (
    Shift(
        id="am",
        start=6 * HOUR,
        end=12 * HOUR,
        location="here",
        tags=("lifting",),
        headcount=2,
        requires=(("senior", "junior"),),
        unpreferred_employees=("ann",),
    ),
    Shift(
        id="pm",
        start=10 * HOUR,
        end=16 * HOUR,
        location="there",
        requires=(("first_aid",), ("till", "floor")),
        preferred_skills=("senior", "till"),
        priority=2,
        preferred_employees=("cy", "bo"),
    ),
    Shift(
        id="late",
        start=DAY + 18 * HOUR,
        end=DAY + 26 * HOUR,
        location="here",
        tags=("night",),
        skill="till",
        headcount=3,
        preferred_skills=("floor",),
    ),
)


def shift_team():
    """Three people, two days, three given shifts, two of which are alternatives."""
    return problem_of([ANN, BO, CY], count=2, shifts=SHIFTS, shift_groups=(ShiftGroup("one", ("am", "pm")),))


def template_team():
    """Two people, one day, a template whose spans cross the end of a skill, and a shift to be placed."""
    flex = ShiftTemplate(
        id="flex",
        earliest_start=6 * HOUR,
        latest_start=11 * HOUR,
        start_step=5 * HOUR,
        shortest=4 * HOUR,
        longest=9 * HOUR,
        length_step=5 * HOUR,
        location="here",
        tags=("lifting",),
        requires=(("till", "junior"),),
        preferred_skills=("senior",),
    )
    there = Shift(id="there", start=16 * HOUR, end=20 * HOUR, location="there", mandatory=False, priority=2)
    cy = Employee(id="cy", skills=CY.skills, priority=1, upcoming=(Work(start=DAY, end=DAY + 8 * HOUR),))
    return problem_of([ANN, cy], count=1, shifts=(there,), templates=(flex,))


TEAM_WORLDS = {"a team on shifts": shift_team(), "a team on templates": template_team()}

NEED_A_TEAM = {
    "risk_factors",
    "tag_preferences",
    "staff_preferences",
    "preferred_skills",
    "employee_priority",
    "activation",
    "pairing",
    "keep_apart",
    "same_shift",
    "supervision",
    "concurrent_people",
    "group_count",
    "budget",
    "alternatives",
}
"""Families about several people, or about what only members of the team have."""
