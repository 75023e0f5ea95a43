"""``makina solve`` reads a problem, searches, and writes what it found."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from api.cli import app
from solver.evaluate import evaluate
from solver.problem import Problem
from solver.result import Result as Answer

ROOT = Path(__file__).parents[3]

# Written by hand, as the documentation tells.
WEEKEND = {
    "origin": "2026-11-28T00:00:00+01:00",
    "zone": "Europe/Warsaw",
    "days": [
        {"on": "2026-11-28", "start": 0, "end": 1440},
        {"on": "2026-11-29", "start": 1440, "end": 2880},
    ],
    "employees": [{"id": "ann", "skills": [{"skill": "till"}]}, {"id": "bo"}],
    "templates": [
        {
            "id": "day",
            "skill": "till",
            "earliest_start": 480,
            "latest_start": 600,
            "shortest": 240,
            "longest": 480,
        }
    ],
    "coverage": [
        {"id": "saturday", "start": 540, "end": 1020, "skill": "till", "minimum": 1},
        {"id": "sunday", "start": 1980, "end": 2460, "skill": "till", "minimum": 2},
    ],
}


def run(tmp_path: Path, problem: object, *options: str) -> Result:
    path = tmp_path / "problem.json"
    path.write_text(problem if isinstance(problem, str) else json.dumps(problem))
    return CliRunner().invoke(app, ["solve", str(path), "--seconds", "10", "--workers", "1", *options])


def test_a_problem_written_by_hand_is_solved_and_what_stays_open_is_told(tmp_path: Path) -> None:
    output = tmp_path / "result.json"
    done = run(tmp_path, WEEKEND, "-o", str(output), "--seed", "3")
    assert done.exit_code == 0, done.output
    answer = Answer.from_json(json.loads(output.read_text()))
    judged = evaluate(Problem.from_json(WEEKEND), answer.roster)
    assert judged.clean
    assert judged.score == answer.score
    assert {work.employee for work in answer.roster} == {"ann"}
    assert answer.score.mandatory == 480
    assert "optimal" in done.output
    assert "open person-hours: 8 mandatory" in done.output
    assert "Sun 2026-11-29 09:00 to Sun 17:00: 1 missing, mandatory, till" in done.output
    assert "gap 0.00%" in done.output


def test_every_error_of_a_problem_is_listed_and_nothing_is_written(tmp_path: Path) -> None:
    output = tmp_path / "result.json"
    wrong: dict[str, Any] = json.loads(json.dumps(WEEKEND))
    wrong["employees"][1]["skils"] = []
    wrong["coverage"][0]["end"] = "noon"
    done = run(tmp_path, wrong, "-o", str(output))
    assert done.exit_code == 2
    assert "2 errors" in done.stderr
    assert "employees[1].skils" in done.stderr
    assert 'coverage[0].end = "noon": must be a whole number' in done.stderr
    assert not output.exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"origin": ', "line 1, column 12"),
        ("", "line 1, column 1"),
        ("[]", "must be an object"),
        ("{}", "days: is missing"),
    ],
)
def test_a_file_that_is_no_problem_is_refused_with_the_place(tmp_path: Path, text: str, said: str) -> None:
    done = run(tmp_path, text)
    assert done.exit_code == 2
    assert said in done.stderr


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["solve", str(tmp_path / "nowhere.json")])
    assert done.exit_code == 2
    # The message stands in a frame whose lines break wherever they are full.
    assert "nowhere.json" in "".join(done.stderr.replace("│", "").split())


def test_a_result_that_cannot_be_written_is_refused_before_the_search(tmp_path: Path) -> None:
    done = run(tmp_path, WEEKEND, "-o", str(tmp_path / "nowhere" / "result.json"))
    assert done.exit_code == 2
    assert "there is no folder" in done.stderr


def test_pins_that_clash_are_told_and_the_command_fails(tmp_path: Path) -> None:
    pins = [
        {"employee": "ann", "work": {"start": start, "end": start + 480, "skill": "till"}, "note": note}
        for start, note in ((540, "early"), (720, "late"))
    ]
    done = run(tmp_path, {**WEEKEND, "pins": pins})
    assert done.exit_code == 1
    assert "These cannot all hold." in done.stdout
    assert "ann is fixed for Sat 28 Nov 09:00 to 17:00, till (early)" in done.stdout
    assert "ann is fixed for Sat 28 Nov 12:00 to 20:00, till (late)" in done.stdout
    assert "ann: no two shifts at the same time" in done.stdout
    assert "pins[" not in done.stdout


def test_an_unknown_zone_is_refused(tmp_path: Path) -> None:
    done = run(tmp_path, {**WEEKEND, "zone": "Warsaw"})
    assert done.exit_code == 2
    assert 'zone = "Warsaw": is no IANA time zone; write Europe/Warsaw' in done.stderr


def test_what_is_open_is_explained_when_asked_for(tmp_path: Path) -> None:
    done = run(tmp_path, WEEKEND, "--explain")
    assert done.exit_code == 0, done.output
    said = " ".join(done.stdout.split())
    assert "What is open, and why" in said
    assert "till: 8 h not filled, in 1 gap" in said
    assert "Sun 29 Nov 09:00 to 17:00: 1 person missing" in said
    assert "Nobody of 2 people can take it: 1 lacks the skill till, 1 works already at that time." in said
    assert "Any of these would do: bo: training in till" in said
    assert "open person-hours" not in said


def test_ctrl_c_keeps_the_best_roster_so_far(tmp_path: Path) -> None:
    path, output = tmp_path / "problem.json", tmp_path / "result.json"
    path.write_text(json.dumps(large_problem()))
    command = [sys.executable, "-c", "from api.cli import main; main()", "solve", str(path)]
    command += ["--seconds", "120", "-o", str(output)]
    started = time.monotonic()
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        time.sleep(6)
        os.kill(process.pid, signal.SIGINT)
        stdout, stderr = process.communicate(timeout=60)
    assert process.returncode == 0, stderr.decode()
    assert time.monotonic() - started < 60
    assert b"feasible" in stdout
    assert len(Answer.from_json(json.loads(output.read_text())).roster) > 0


def large_problem() -> dict[str, Any]:
    """A week of forty people that no proof ends early: breaks are still to be placed."""
    monday = datetime.fromisoformat("2026-11-23T00:00:00+01:00")
    days = [{"on": f"2026-11-{23 + n}", "start": 1440 * n, "end": 1440 * (n + 1)} for n in range(7)]
    coverage = [
        {
            "id": f"{day['on']} {start}",
            "start": int(str(day["start"])) + start,
            "end": int(str(day["start"])) + start + 60,
            "minimum": 4 + (start // 60) % 5,
            "target": 9 + (start // 60) % 7,
            "surplus_price": 2,
        }
        for day in days
        for start in range(360, 1320, 60)
    ]
    return {
        "origin": monday.isoformat(),
        "days": days,
        "employees": [{"id": f"e{n}", "target_minutes": 1200 + 60 * (n % 9)} for n in range(40)],
        "templates": [
            {
                "id": "day",
                "earliest_start": 360,
                "latest_start": 840,
                "shortest": 240,
                "longest": 480,
                "breaks": [
                    {"from_minutes": 360, "minutes": 30, "window": {"earliest": 120, "before_end": 120}}
                ],
            }
        ],
        "coverage": coverage,
        "rules": [{"rule": "min_rest", "minutes": 660}, {"rule": "fairness", "level": "soft"}],
    }


def test_the_first_search_on_a_machine_says_that_it_is_being_compiled(tmp_path: Path) -> None:
    many = {
        **WEEKEND,
        "employees": [{"id": f"e{number}", "skills": [{"skill": "till"}]} for number in range(20)],
    }
    (tmp_path / "problem.json").write_text(json.dumps(many))
    process = subprocess.Popen(
        [sys.executable, "-c", "from api.cli import main; main()", "solve", str(tmp_path / "problem.json")],
        cwd=ROOT,
        env={**os.environ, "NUMBA_CACHE_DIR": str(tmp_path / "compiled")},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stderr is not None
        assert any("Compiling the search once for this machine" in line for line in process.stderr)
        assert process.poll() is None, "it was told when all was over"
    finally:
        process.kill()
        process.communicate()
