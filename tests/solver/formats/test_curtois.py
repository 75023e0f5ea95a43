"""Instances of the Curtois format: read, written, and costed as the format's own evaluator does."""

import importlib.util
import json
import warnings
from itertools import product
from pathlib import Path
from random import Random

import pytest

from solver.evaluate import evaluate
from solver.formats.curtois import is_curtois, parse, text_of
from solver.formats.curtois_problem import instance_of, problem_of, read, roster_of, rows, write
from solver.problem import ProblemError
from solver.rules.min_rest import MinRest
from solver.solve import solve
from solver.work import Roster
from tests.solver.worlds import problem_of as other_problem

SHARED = Path(__file__).parents[4] / "shared" / "bench" / "curtois"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the public instances are not here")

Table = dict[str, list[str | None]]

TINY = """# A comment
SECTION_HORIZON
8

SECTION_SHIFTS
E,480,
L,600,E
SECTION_STAFF
ann,E=8|L=2,2400,960,3,2,2,1
bo,E=3|L=0,9000,0,5,1,1,2
SECTION_DAYS_OFF
ann,2
SECTION_SHIFT_ON_REQUESTS
ann,0,E,3
ann,1,E,3
bo,5,E,7
SECTION_SHIFT_OFF_REQUESTS
ann,4,L,5
bo,0,E,2
SECTION_COVER
0,E,1,100,10
0,L,0,100,10
1,E,2,100,1
6,L,1,50,1
"""


def broken(ann, bo="- - - - - - - -"):
    """The rules that such rows break."""
    table = {
        who: [None if day == "-" else day for day in row.split()] for who, row in (("ann", ann), ("bo", bo))
    }
    problem = read(TINY)
    violations = evaluate(problem, roster_of(problem, table)).violations
    return {v.rule for v in violations if v.level == "hard"}


@pytest.mark.parametrize(
    ("ann", "rules"),
    [
        ("E E - - E L - -", set()),
        ("E - - - E E E -", set()),  # a run at the edge may be short
        ("E E - - - - E L", set()),
        ("- E - - E E E -", {"consecutive_days"}),
        ("- - - - E E E E", {"consecutive_days"}),
        ("E E - E E E - -", {"consecutive_days_off"}),
        ("E E E - - E E -", {"availability"}),
        ("E E - - L E - -", {"successions"}),
        ("E E - - E L L L", {"consecutive_days", "contract_range", "shift_count"}),
        ("L L - - - L L -", {"shift_count"}),
        ("E - - - - - - -", {"contract_range"}),
    ],
)
def test_limits_are_kept_or_broken_as_the_format_says(ann, rules):
    assert broken(ann) - {"weekends"} == rules


def test_a_weekend_counts_once_for_saturday_and_sunday():
    longer = TINY.replace("SECTION_HORIZON\n8", "SECTION_HORIZON\n14").replace("2400,960", "9000,0")
    problem = read(longer)
    for days, many in (((5, 6), 1), ((5, 12), 2), ((6, 13), 2), ((4, 7), 0)):
        row = [("E" if day in days else None) for day in range(14)]
        found = evaluate(problem, roster_of(problem, {"ann": row, "bo": [None] * 14}))
        assert any(v.rule == "weekends" for v in found.violations) == (many > 1)


def test_a_shift_somebody_may_never_have_breaks_a_rule():
    assert broken("E E - - E L - -", "L - - - - - - -") == {"skills"}
    assert broken("E E - - E L - -", "E E E E - - - -") == {"shift_count"}


def test_cost_adds_up_requests_and_cover():
    problem = read(TINY)
    table = {
        "ann": ["E", "L", None, None, "L", "E", None, None],
        "bo": ["E", None, None, None, None, None, None, None],
    }
    found = evaluate(problem, roster_of(problem, table))
    requests = 3 + 7 + 5 + 2
    cover = 10 + 2 * 100 + 50
    assert (found.score.mandatory, found.score.soft) == (0, requests + cover)


def test_a_file_reads_back_as_it_was_written():
    instance = parse(TINY)
    assert parse(text_of(instance)) == instance
    assert instance_of(problem_of(instance)) == instance_of(problem_of(instance_of(problem_of(instance))))
    again = instance_of(problem_of(instance))
    assert (again.shifts, again.cover, set(again.on), set(again.off)) == (
        instance.shifts,
        instance.cover,
        set(instance.on),
        set(instance.off),
    )


def test_a_problem_the_format_has_no_words_for_is_refused():
    with pytest.raises(ValueError, match="no words for MinRest"):
        instance_of(other_problem(["ann"], shifts=(), rules=(MinRest(minutes=660),)))


def test_rosters_are_written_as_rows():
    problem = read(TINY)
    table: Table = {"ann": ["E", "E", None, None, "E", "L", None, None], "bo": [None] * 8}
    roster = roster_of(problem, table)
    assert rows(problem, roster) == table
    assert json.loads(write(problem, roster)) == table


def test_files_are_recognised_by_their_shifts():
    assert is_curtois(TINY)
    assert not is_curtois(TINY.replace("SECTION_SHIFTS", "SECTION_TASKS"))
    assert not is_curtois('{"origin": "2026-11-23"}')


def test_everything_wrong_in_a_file_is_told_by_its_line():
    wrong = TINY.replace("\n8\n", "\nx\n").replace("ann,2\n", "eve,2\n").replace("6,L,1,50,1", "6,L,1")
    with pytest.raises(ProblemError) as caught:
        read(wrong.replace("SECTION_SHIFT_OFF_REQUESTS", "SECTION_OFF").replace("E=8|L=2", "E=8|Q=2"))
    told = [(fault.path, fault.value) for fault in caught.value.errors]
    assert {
        ("line 3", "x"),
        ("line 9", "Q"),
        ("line 12", "eve"),
        ("line 17", "SECTION_OFF"),
        ("SECTION_SHIFT_OFF_REQUESTS", None),
        ("line 24", "6,L,1"),
    } <= set(told)


def evaluator():
    """The independent reader and scorer."""
    spec = importlib.util.spec_from_file_location("curtois_evaluate", SHARED / "evaluate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def parsed(theirs, file):
    """What it reads; it leaves closing the file to Python."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        return theirs.parse(file)


@needs_shared
def test_every_roster_of_one_person_is_judged_as_by_the_evaluator(tmp_path):
    file = tmp_path / "tiny.txt"
    file.write_text(TINY, encoding="utf-8")
    theirs, problem = evaluator(), read(TINY)
    instance = parsed(theirs, file)
    clean = 0
    for row in product([None, "E", "L"], repeat=8):
        table: Table = {"ann": list(row), "bo": [None] * 8}
        found, told = evaluate(problem, roster_of(problem, table)), theirs.evaluate(instance, table)
        assert (found.clean, found.score.soft) == (not told["violations"], told["total"]), row
        clean += found.clean
    assert clean > 50


@needs_shared
@pytest.mark.parametrize("name", ["Instance1", "Instance3", "Instance9", "Instance14", "Instance20"])
def test_rosters_of_public_instances_cost_what_the_evaluator_says(name):
    theirs, random = evaluator(), Random(name)
    file = SHARED / f"{name}.txt"
    instance, problem = parsed(theirs, file), read(file.read_text(encoding="utf-8-sig"))
    kinds = [None, None, *instance["shifts"]]
    for _ in range(3):
        table = {who: [random.choice(kinds) for _ in range(instance["H"])] for who in instance["staff"]}
        found, told = evaluate(problem, roster_of(problem, table)), theirs.evaluate(instance, table)
        assert (found.clean, found.score.mandatory) == (not told["violations"], 0)
        assert found.score.soft == told["total"]


@needs_shared
def test_the_first_public_instance_is_solved_to_its_known_optimum():
    problem = read((SHARED / "Instance1.txt").read_text(encoding="utf-8-sig"))
    result = solve(problem, workers=2)
    theirs = evaluator()
    told = theirs.evaluate(parsed(theirs, SHARED / "Instance1.txt"), rows(problem, result.roster))
    assert (result.status, told["total"], told["violations"]) == ("optimal", 607, [])


def test_an_empty_roster_is_no_error():
    problem = read(TINY)
    assert rows(problem, Roster())["ann"] == [None] * 8
