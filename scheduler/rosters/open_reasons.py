"""Why the shifts of a version are open, in few words, to be kept with the version."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from scheduler.rosters.models import Shift
from scheduler.rosters.obstacles import KINDS, hardness, nobody_can, reasons_of, somebody_can
from scheduler.rosters.problem import PlannedProblem
from scheduler.rosters.work import work_of
from solver.explain.who_could import who_could, with_work, worsened
from solver.problem import Employee
from solver.rules.rule import PersonalRule
from solver.violation import Violation
from solver.work import Roster, Work

NEAREST = 5
"""So many people are kept with each open shift."""
MOST_ASKED = 6000
"""So many times somebody is asked about a shift: beyond it (100 shifts of 60 people) shifts stay untold."""


def open_reasons(planned: PlannedProblem, shifts: Sequence[Shift]) -> list[dict[str, Any]]:
    """Each open shift of a version with the reason and the nearest people, as plain values, by start.

    The reason is `why_open.WhyOpen.summary`; the people are `NEAREST` whose hardest obstacle is the easiest
    to change, each with what stands against it. Shifts of one time, department and skill are asked about
    once; where there are too many for `MOST_ASKED`, the last ones have neither reason nor people.
    """
    asked = _Asked(planned, planned.assignments(shifts))
    answers: dict[Work, dict[str, Any]] = {}
    most = MOST_ASKED // max(1, len(planned.problem.employees))
    found = []
    for shift in (each for each in shifts if each.employee_id is None):
        work = work_of(shift, planned.frame)
        if work not in answers and len(answers) < most:
            answers[work] = _answer(asked, shift, work)
        found.append({**_shift_json(shift), **answers.get(work, {"summary": None, "people": []})})
    return sorted(found, key=lambda each: (each["starts_at"], each["ends_at"], each["lineage_id"]))


class _Asked:
    """People of a problem with the roster they have, asked about one span of work after another."""

    def __init__(self, planned: PlannedProblem, roster: Roster) -> None:
        self.planned, self.problem, self.roster = planned, planned.judged, roster
        rules = [
            rule for rule in self.problem.all_rules if isinstance(rule, PersonalRule) and rule.level == "hard"
        ]
        self._rules = [
            (hardness(rule.id, rule.name), rule, {person.id for person in rule.scope.people(self.problem)})
            for rule in sorted(rules, key=lambda rule: hardness(rule.id, rule.name))
        ]
        self._was: dict[tuple[int, str], list[Violation]] = {}

    def hardest(self, employee: Employee, work: Work) -> int | None:
        """Place in `obstacles.KINDS` of what stands most against it; None if nothing does."""
        own = self.roster.of(employee.id)
        more = with_work(employee, own, work)
        for number, (place, rule, people) in enumerate(self._rules):
            if employee.id not in people:
                continue
            after = rule.check_person(self.problem, employee, more)
            if not after:
                continue
            if (number, employee.id) not in self._was:
                self._was[number, employee.id] = rule.check_person(self.problem, employee, own)
            if worsened(self._was[number, employee.id], after):
                return place
        return None


def _answer(asked: _Asked, shift: Shift, work: Work) -> dict[str, Any]:
    people = asked.problem.employees
    hardest = {person.id: asked.hardest(person, work) for person in people}
    able = sorted(person.name for person in people if hardest[person.id] is None)
    counts = Counter(place for place in hardest.values() if place is not None)
    nearest = sorted(people, key=lambda person: (-_easy(hardest[person.id]), person.name, person.id))
    found = who_could(asked.problem, asked.roster, work, nearest[:NEAREST])
    return {
        "summary": somebody_can(able)
        if able
        else nobody_can(counts, skill=shift.skill.name, place=shift.department.name),
        "people": [
            {
                "employee_id": each.employee,
                "name": asked.problem.employee_by_id[each.employee].name,
                "able": each.able,
                "reasons": list(reasons_of(asked.planned, work, each.obstacles)),
            }
            for each in found
        ],
    }


def _easy(place: int | None) -> int:
    return len(KINDS) if place is None else place


def _shift_json(shift: Shift) -> dict[str, Any]:
    return {
        "lineage_id": str(shift.lineage_id),
        "department_id": str(shift.department_id),
        "skill_id": str(shift.skill_id),
        "starts_at": shift.starts_at.isoformat(),
        "ends_at": shift.ends_at.isoformat(),
    }
