"""The retail format: read into our own rules, written as solutions that its evaluator confirms."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from solver.evaluate import evaluate
from solver.formats.retail import Cover, Instance, Staff, is_retail, parse, text_of
from solver.formats.retail_problem import STARTS, missing, penalty, problem_of, read, write
from solver.problem import ProblemError
from solver.solve import solve
from solver.stop import WorkLimit
from solver.work import Roster, tasks_of

BENCH = Path(__file__).parents[4] / "shared" / "bench" / "retail"
needs_bench = pytest.mark.skipif(not BENCH.is_dir(), reason="the public instances are not beside the project")


def small_instance(tasks=2, people=3, days=2):
    """A shop from 06:00 to 20:00 with two tasks."""
    cover = [
        Cover(day * 1440 + minute, task, least, least + (task == 1))
        for day in range(days)
        for minute in range(360, 1200, 15)
        for task, least in ((1, 1), (2, int(600 <= minute < 720)))
        if task <= tasks
    ]
    staff = [Staff(f"e{place}", 360, 1200) for place in range(people)]
    return Instance(days=days, tasks=tasks, staff=tuple(staff), cover=tuple(cover))


def judged(path, problem, roster, folder):
    """What the independent evaluator beside the project says of a roster written for an instance file."""
    solution = folder / "solution.xml"
    solution.write_text(write(problem, roster))
    command = [sys.executable, str(BENCH / "evaluate.py"), str(path), str(solution), "--json"]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def random_roster(problem, random):
    """People on shifts that start where they may, on tasks for an hour or more; rules may break."""
    template = problem.templates[0]
    works = []
    for employee in problem.employees:
        for day in random.sample(problem.days, random.randint(1, len(problem.days))):
            start = day.start + random.choice(STARTS)
            length = random.randrange(360, 601, 15)
            end = min(start + length, problem.days[-2].end + 360)
            if start not in template.starts or end - start < 360:
                continue
            work = problem.create(employee.id, "shift", start, end - start)
            changes = [start, start + random.randrange(60, end - start - 59, 15)]
            steps = [(minute, random.choice(template.tasks)) for minute in changes] if template.tasks else []
            works.append(replace(work, tasks=tasks_of(steps, end)))
    return Roster(works)


def test_a_file_is_read_as_it_is_written():
    instance = small_instance()
    assert parse(text_of(instance)) == instance
    assert is_retail(text_of(instance))
    assert not is_retail("SECTION_SHIFTS\nE,480,\nSECTION_STAFF\n")


def test_every_line_that_makes_no_sense_is_told_by_its_number():
    text = """SECTION_HORIZON
7
SECTION_TASKS
two
SECTION_STAFF
ann,900,600
ann,600,900
bo,600
SECTION_COVER
1,06:05-06:15,1,1,1
9,06:00-06:15,1,1,1
1,05:00-05:15,1,1,1
1,07:00-07:15,1,2,1
"""
    with pytest.raises(ProblemError) as told:
        parse(text)
    lines = str(told.value).splitlines()
    wrong = (4, 6, 8, 10, 11, 12, 13)
    assert [line.partition(" =")[0] for line in lines] == [f"line {number}" for number in wrong]
    assert "line 4 = 'two': is no number of tasks; use a whole number from 1 to 1000000" in lines
    assert "line 6 = '900': must not be above the most minutes, 600" in lines


def test_a_file_without_a_horizon_and_with_people_twice_is_refused():
    with pytest.raises(ProblemError) as told:
        parse("SECTION_TASKS\n1\nSECTION_STAFF\nann,1,2\nann,1,2\nSECTION_COVER\n")
    assert "SECTION_HORIZON = None: is missing" in str(told.value)
    assert "SECTION_STAFF = 'ann': is there more than once" in str(told.value)


def test_the_square_of_surplus_is_the_cost():
    problem = problem_of(small_instance(tasks=1, people=4, days=1))
    for people, cost in ((1, 0), (2, 0), (3, 24 * 1), (4, 24 * 4)):
        roster = Roster(problem.create(f"e{place}", "shift", 360, 360) for place in range(people))
        assert penalty(evaluate(problem, roster).score) == cost
        assert missing(evaluate(problem, roster).score) == 32  # nobody after noon


def test_limits_of_the_format_are_hard():
    problem = problem_of(small_instance(tasks=1, people=1))
    first, second = (problem.create("e0", "shift", start, 600) for start in (600, 1440 + 600))
    assert evaluate(problem, Roster([first, second])).clean
    too_soon = replace(second, start=second.start - 15, end=second.end - 15)
    assert not evaluate(problem, Roster([first, too_soon])).clean
    too_little = Roster([])
    assert not evaluate(problem, too_little).clean


def test_a_small_instance_is_solved_without_anybody_missing():
    problem = problem_of(small_instance(people=2, days=1))
    result = solve(problem, WorkLimit(3), workers=1)
    assert result.status in ("optimal", "feasible")
    assert missing(result.score) == 0
    assert evaluate(problem, result.roster).clean


def test_a_small_solution_is_what_the_evaluator_says(tmp_path):
    if not BENCH.is_dir():
        pytest.skip("the independent evaluator is not beside the project")
    instance = small_instance(people=2, days=1)
    path = tmp_path / "small.txt"
    path.write_text(text_of(instance))
    problem = problem_of(instance)
    result = solve(problem, WorkLimit(3), workers=1)
    verdict = judged(path, problem, result.roster, tmp_path)
    assert verdict["feasible"]
    assert verdict["penalty"] == verdict["stated"] == penalty(result.score)


@needs_bench
@pytest.mark.parametrize("name", ["1_7_10_1", "10_7_20_3", "24_7_50_5"])
def test_rosters_of_public_instances_cost_and_break_what_the_evaluator_says(name, tmp_path):
    path = BENCH / f"{name}.txt"
    problem = read(path.read_text())
    random = Random(7)
    for _ in range(5):
        roster = random_roster(problem, random)
        found = evaluate(problem, roster)
        verdict = judged(path, problem, roster, tmp_path)
        assert verdict["penalty"] == verdict["stated"] == penalty(found.score)
        assert verdict["under_units"] == missing(found.score)
        people = {violation[0] for violation in verdict["violations"]} - {"cover"}
        assert people == {violation.employee for violation in found.violations if violation.level == "hard"}
