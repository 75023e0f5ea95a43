"""``makina bench`` on instances of both public formats."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app
from api.commands.bench import peak_mib
from solver.evaluate import evaluate
from solver.formats.curtois_problem import read, roster_of
from solver.formats.retail import text_of
from tests.solver.formats.test_curtois import TINY
from tests.solver.formats.test_retail import small_instance

ROOT = Path(__file__).parents[3]
runner = CliRunner()


@pytest.fixture
def tiny(tmp_path):
    file = tmp_path / "tiny.txt"
    file.write_text(TINY, encoding="utf-8")
    return file


def test_an_instance_is_solved_and_its_roster_written(tiny, tmp_path):
    done = runner.invoke(
        app, ["bench", str(tiny), "--json", "--seconds", "20", "--roster-dir", str(tmp_path / "r")]
    )
    assert done.exit_code == 0, done.output
    measured = json.loads(done.output)
    assert (measured["file"], measured["format"], measured["status"]) == (
        "tiny.txt",
        "Curtois 2014",
        "optimal",
    )
    assert (measured["objective"], measured["gap"]) == (measured["bound"], 0.0)
    assert 0 <= measured["first_seconds"] <= measured["best_seconds"] <= measured["seconds"] <= 22
    assert measured["peak_mib"] > 50
    table = json.loads((tmp_path / "r" / "tiny.json").read_text(encoding="utf-8"))
    problem = read(TINY)
    found = evaluate(problem, roster_of(problem, table))
    assert (found.clean, found.score.soft) == (True, measured["objective"])


def test_the_engine_is_chosen_and_the_figures_are_a_line_for_people(tiny):
    done = runner.invoke(app, ["bench", str(tiny), "--seconds", "1", "--engine", "local"])
    assert done.exit_code == 0, done.output
    assert re.match(r"tiny.txt: (feasible|optimal), objective \d+, bound \d+", done.output)
    assert " MiB" in done.output


def test_an_instance_of_the_retail_format_is_solved_and_written_as_xml(tmp_path):
    file = tmp_path / "shop.txt"
    file.write_text(text_of(small_instance(tasks=1, people=4, days=1)), encoding="utf-8")
    done = runner.invoke(
        app, ["bench", str(file), "--json", "--seconds", "20", "--roster-dir", str(tmp_path)]
    )
    assert done.exit_code == 0, done.output
    measured = json.loads(done.output)
    assert (measured["format"], measured["mandatory"]) == ("Qu and Curtois 2020", 0)
    assert measured["bound"] <= measured["objective"]
    solution = (tmp_path / "shop.xml").read_text(encoding="utf-8")
    assert f"<Penalty>{measured['objective']}</Penalty>" in solution


def test_a_file_of_no_known_format_ends_the_command(tmp_path):
    file = tmp_path / "notes.txt"
    file.write_text("milk, bread", encoding="utf-8")
    done = runner.invoke(app, ["bench", str(file)])
    assert done.exit_code == 2
    assert "give a file of Curtois 2014 or Qu and Curtois 2020" in done.output


def test_what_is_wrong_in_a_file_is_listed_before_anything_is_solved(tiny, tmp_path):
    broken = tmp_path / "broken.txt"
    broken.write_text(TINY.replace("ann,2\n", "eve,2\n"), encoding="utf-8")
    done = runner.invoke(app, ["bench", str(tiny), str(broken)])
    assert done.exit_code == 2
    assert 'line 12 = "eve": is no employee of the file; there are ann, bo' in done.output
    assert "objective" not in done.output


def test_limits_nobody_can_keep_give_no_roster(tmp_path):
    file = tmp_path / "impossible.txt"
    file.write_text(TINY.replace("2400,960", "9600,9600"), encoding="utf-8")
    done = runner.invoke(app, ["bench", str(file), "--seconds", "5"])
    assert done.exit_code == 1
    assert "impossible.txt: infeasible, no roster" in done.output


def test_memory_is_that_of_the_process_itself_and_not_of_the_one_that_started_it():
    held = bytearray(b"x") * (300 * 2**20)
    code = "from api.commands.bench import peak_mib; print(peak_mib())"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert 5 < int(done.stdout) < 200
    assert peak_mib() > len(held) / 2**20
