"""Instances of the retail format as problems of our own rules, and rosters as its solution files.

A task is a skill that everybody has. A shift is created from one template whose tasks the solver chooses, if
there are several. The format's horizon begins and ends at 06:00: outside of it nobody is available. Cover
below the least is what our mandatory level charges; a roster without any is one of the format's, and its
cost is the price of surplus, which rises by 2 with each further person and so adds up to the square.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from operator import itemgetter
from xml.etree import ElementTree

from solver.evaluate import evaluate
from solver.formats.retail import OPENS, PERIOD, Instance, Staff, clock, parse
from solver.problem import Coverage, Day, Employee, Problem, ShiftTemplate, SkillHeld
from solver.rules.consecutive_days import ConsecutiveDays
from solver.rules.contract_range import ContractRange
from solver.rules.min_rest import MinRest
from solver.rules.rule import Rule
from solver.rules.shift_count import ShiftCount
from solver.rules.task_blocks import TaskBlocks
from solver.score import Score
from solver.spans import Span
from solver.work import Assignment, Roster, Task

FIRST_DAY = date(2024, 1, 1)
MINUTES_OF_DAY = 1440
SHORTEST, LONGEST = 360, 600
"""Length of a shift, minutes."""
LEAST_TASK = 60
"""Minutes on a task before it is changed."""
REST = 840
"""Minutes from the end of a shift to the next start."""
MOST_DAYS = 5
"""Days in a row on which a shift starts."""
STARTS = (0, *range(360, 601, PERIOD), *range(840, 1081, PERIOD), *range(1200, MINUTES_OF_DAY, PERIOD))
"""When a shift may start, minutes after midnight."""


def read(text: str) -> Problem:
    """The problem of a file.

    Raises
    ------
    ProblemError
        With every line that makes no sense.
    """
    return problem_of(parse(text))


def problem_of(instance: Instance) -> Problem:
    """The instance in our own rules."""
    tasks = tuple(str(task) for task in range(1, instance.tasks + 1))
    days = tuple(
        Day((FIRST_DAY + timedelta(days=day)).isoformat(), day * MINUTES_OF_DAY, (day + 1) * MINUTES_OF_DAY)
        for day in range(instance.days + 1)
    )
    open_for = Span(OPENS, instance.days * MINUTES_OF_DAY + OPENS)
    starts = [day.start + wall for day in days for wall in STARTS]
    shift = ShiftTemplate(
        id="shift",
        starts=tuple(start for start in starts if open_for.start <= start <= open_for.end - SHORTEST),
        start_step=PERIOD,
        shortest=SHORTEST,
        longest=LONGEST,
        length_step=PERIOD,
        skill=tasks[0] if len(tasks) == 1 else None,
        tasks=tasks if len(tasks) > 1 else (),
        task_step=PERIOD,
    )
    rules: list[Rule] = [
        MinRest(minutes=REST),
        ShiftCount(maximum=1),
        ContractRange(),
        ConsecutiveDays(maximum=MOST_DAYS),
    ]
    if len(tasks) > 1:
        rules.append(TaskBlocks(shortest=LEAST_TASK))
    return Problem(
        origin=datetime.combine(FIRST_DAY, datetime.min.time(), UTC),
        days=days,
        zone="UTC",
        employees=tuple(_employee(one, tasks, open_for) for one in instance.staff),
        templates=(shift,),
        coverage=tuple(_coverage(instance, open_for)),
        rules=tuple(rules),
    )


def _employee(staff: Staff, tasks: tuple[str, ...], open_for: Span) -> Employee:
    return Employee(
        id=staff.id,
        skills=tuple(SkillHeld(task) for task in tasks),
        available=(open_for,),
        minimum_minutes=staff.least_minutes,
        maximum_minutes=staff.most_minutes,
    )


def _coverage(instance: Instance, open_for: Span) -> Iterator[Coverage]:
    """One requirement for each stretch of equal periods of a task."""
    wanted = {(one.task, one.start): (one.least, one.most) for one in instance.cover}
    periods = range(open_for.start, open_for.end, PERIOD)
    for task in range(1, instance.tasks + 1):
        covers = [(wanted.get((task, start), (0, 0)), start) for start in periods]
        for (least, most), same in groupby(covers, key=itemgetter(0)):
            starts = [start for _, start in same]
            yield Coverage(
                id=f"task {task} on day {starts[0] // MINUTES_OF_DAY + 1} at {clock(starts[0])}",
                start=starts[0],
                end=starts[-1] + PERIOD,
                skill=str(task),
                minimum=least,
                surplus_prices=_squares(most - least, len(instance.staff)),
            )


def _squares(free: int, people: int) -> tuple[int, ...]:
    """Prices of each person more: nothing up to the most, then 1, 3, 5 and so on."""
    return (*(0 for _ in range(free)), *(2 * more + 1 for more in range(max(1, people - free))))


def penalty(score: Score) -> int:
    """The format's cost: the sum over periods and tasks of the square of the people above the most."""
    charged = sum(p.cost for p in score.parts if (p.rule, p.name) == ("coverage", "above_target"))
    return charged // PERIOD


def missing(score: Score) -> int:
    """People missing, summed over periods and tasks; the format has no solution with any."""
    return score.mandatory // PERIOD


def write(problem: Problem, roster: Roster) -> str:
    """A roster of a problem of this format as a solution file."""
    root = ElementTree.Element("Solution")
    score = evaluate(problem, roster).score
    ElementTree.SubElement(root, "Penalty").text = str(penalty(score))
    for employee in problem.employees:
        works = roster.of(employee.id)
        if works:
            person = ElementTree.SubElement(root, "Employee", ID=employee.id)
            for work in works:
                _write_shift(person, work)
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode") + "\n"


def _write_shift(person: ElementTree.Element, work: Assignment) -> None:
    shift = ElementTree.SubElement(person, "Shift")
    ElementTree.SubElement(shift, "Day").text = str(work.start // MINUTES_OF_DAY)
    ElementTree.SubElement(shift, "Start").text = f"{clock(work.start)}:00"
    for done in work.tasks or (Task(work.start, work.end, work.skill or ""),):
        task = ElementTree.SubElement(shift, "Task")
        ElementTree.SubElement(task, "ID").text = done.skill
        ElementTree.SubElement(task, "Length").text = str(done.end - done.start)
