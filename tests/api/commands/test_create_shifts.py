"""``makina solve --create-shifts`` makes shifts of the demand first and gives people to them then."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from api.cli import app
from solver.evaluate import evaluate
from solver.problem import Problem
from solver.result import Result as Answer
from tests.api.commands.test_solve import WEEKEND


def run(folder: Path, problem: dict[str, Any], created: Path, *options: str) -> Result:
    path = folder / "problem.json"
    path.write_text(json.dumps(problem))
    given = ["--seconds", "10", "--workers", "1", "--create-shifts", str(created)]
    return CliRunner().invoke(app, ["solve", str(path), *given, *options])


def test_shifts_are_created_written_and_filled(tmp_path: Path) -> None:
    created, output = tmp_path / "shifts.json", tmp_path / "result.json"
    done = run(tmp_path, WEEKEND, created, "-o", str(output))
    assert done.exit_code == 0, done.output
    assert "3 shifts created, 24 paid hours, the best for this demand" in done.stdout
    planned = Problem.from_json(json.loads(created.read_text()))
    assert (planned.templates, planned.coverage) == ((), ())
    assert [(one.start, one.end, one.headcount) for one in planned.shifts] == [
        (540, 1020, 1),
        (1980, 2460, 2),
    ]
    answer = Answer.from_json(json.loads(output.read_text()))
    judged = evaluate(planned, answer.roster)
    assert judged.clean
    assert judged.score == answer.score
    assert answer.score.mandatory == 480  # Bo lacks the skill: each missing person counts once
    assert "open person-hours: 8 mandatory" in done.stdout
    explained = CliRunner().invoke(app, ["explain", str(created), str(output)])
    assert "training in till" in explained.stdout


def test_what_no_template_reaches_and_what_nobody_may_work_is_told(tmp_path: Path) -> None:
    night = {"id": "night", "start": 60, "end": 120, "minimum": 1}
    nobody = [{"id": "bo"}]
    changed = {**WEEKEND, "employees": nobody, "coverage": [*WEEKEND["coverage"], night]}
    done = run(tmp_path, changed, tmp_path / "shifts.json")
    assert done.exit_code == 0, done.output
    assert "nobody may work day@540-1020, day@1980-2460" in done.stdout
    assert "not covered even if all of them are worked:" in done.stdout
    assert "Sat 2026-11-28 01:00 to Sat 02:00: 1 missing, mandatory" in done.stdout


@pytest.mark.parametrize("place", ["problem.json", "nowhere/shifts.json"])
def test_shifts_are_not_written_over_the_problem_or_into_no_folder(tmp_path: Path, place: str) -> None:
    done = run(tmp_path, WEEKEND, tmp_path / place)
    assert done.exit_code == 2
    told = " ".join(done.stderr.replace("│", "").split())
    assert "is the problem itself; name" in told or "there is no folder" in told
    assert json.loads((tmp_path / "problem.json").read_text()) == WEEKEND


def test_without_templates_there_is_nothing_to_create_shifts_from(tmp_path: Path) -> None:
    done = run(tmp_path, {**WEEKEND, "templates": []}, tmp_path / "shifts.json")
    assert done.exit_code == 2
    assert "has no templates" in " ".join(done.stderr.replace("│", "").split())
    assert not (tmp_path / "shifts.json").exists()
