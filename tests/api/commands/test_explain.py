"""``makina explain`` says in sentences why an answer is as it is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from api.cli import app

PROBLEM: dict[str, Any] = {
    "origin": "2026-11-28T00:00:00+01:00",
    "zone": "Europe/Warsaw",
    "names": {"t1": "Till"},
    "days": [
        {"on": "2026-11-28", "start": 0, "end": 1440},
        {"on": "2026-11-29", "start": 1440, "end": 2880},
    ],
    "employees": [
        {"id": "e1", "name": "Ann Nowak", "skills": [{"skill": "t1"}]},
        {"id": "e2", "name": "Bo Lis"},
    ],
    "shifts": [
        {"id": "late", "start": 840, "end": 1320, "skill": "t1"},
        {"id": "early", "start": 1800, "end": 2280, "skill": "t1"},
    ],
    "rules": [{"rule": "min_rest", "minutes": 660, "source": "art. 3"}],
}
LATE = {"employee": "e1", "shift": "late", "start": 840, "end": 1320, "paid_minutes": 480, "skill": "t1"}
EARLY = {"employee": "e1", "shift": "early", "start": 1800, "end": 2280, "paid_minutes": 480, "skill": "t1"}


def answer(*roster: object) -> dict[str, object]:
    return {"status": "feasible", "roster": list(roster), "score": {}, "bound": [0, 0]}


def run(tmp_path: Path, result: object, *options: str, before: object = None) -> Result:
    problem, found, old = (tmp_path / name for name in ("problem.json", "result.json", "before.json"))
    problem.write_text(json.dumps(PROBLEM))
    found.write_text(result if isinstance(result, str) else json.dumps(result))
    if before is not None:
        old.write_text(json.dumps(before))
        options = (*options, "--before", str(old))
    return CliRunner().invoke(app, ["explain", str(problem), str(found), *options])


def said(done: Result) -> str:
    assert done.exit_code == 0, done.output
    return " ".join(done.stdout.split())


def test_what_is_open_is_told_with_the_people_and_what_would_have_to_give(tmp_path: Path) -> None:
    told = said(run(tmp_path, answer(LATE)))
    assert "Till: 8 h not filled, in 1 gap" in told
    assert "Nobody of 2 people can take it: 1 lacks the skill Till, 1 would rest too little." in told
    assert "Ann Nowak: rest between shifts 8 h instead of 11 h (art. 3) Bo Lis: training in Till" in told


def test_a_roster_without_gaps_says_so(tmp_path: Path) -> None:
    assert said(run(tmp_path, answer(LATE, EARLY))).startswith("Everything is filled.")


def test_a_person_is_found_by_name_or_id(tmp_path: Path) -> None:
    for person in ("ann nowak", "e1"):
        told = said(run(tmp_path, answer(LATE), "--person", person, "--day", "2026-11-29"))
        assert told.startswith(
            "Ann Nowak cannot take Sun 29 Nov 06:00 to 14:00, Till: "
            "8 h of rest between two shifts instead of 11 h (art. 3)."
        )


def test_what_changed_is_told(tmp_path: Path) -> None:
    told = said(run(tmp_path, answer(EARLY), before=answer(LATE)))
    assert "Ann Nowak no longer has Sat 28 Nov 14:00 to 22:00, Till" in told
    assert "Ann Nowak gets Sun 29 Nov 06:00 to 14:00, Till" in told
    assert "The roster is as good as before." in told


def test_the_same_is_there_as_plain_values(tmp_path: Path) -> None:
    report = json.loads(run(tmp_path, answer(LATE), "--json").stdout)
    (group,) = report["open"]
    assert group["minutes"] == 480
    assert group["explained"][0]["why"]["against"] == {"skill": 1, "rest": 1}
    assert [way["employee"] for way in group["explained"][0]["ways"]] == ["e1", "e2"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--person", "Ann Nowak"], "--person and --day belong together"),
        (["--person", "Zoe", "--day", "2026-11-28"], "'Zoe' is nobody in the problem"),
        (["--person", "e1", "--day", "2026-12-24"], "'2026-12-24' is no day of the problem"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(tmp_path: Path, options: list[str], message: str) -> None:
    done = run(tmp_path, answer(LATE), *options)
    assert done.exit_code == 2
    assert message.replace(" ", "") in "".join(done.stderr.replace("│", "").split())


@pytest.mark.parametrize(
    ("result", "message"),
    [
        ("{", "line 1, column 2"),
        ([], "status: is missing"),
        (answer({**LATE, "employee": "zoe"}), "employee 'zoe' of the roster is not in the problem"),
        (answer({**LATE, "shift": "noon"}), "shift 'noon' of the roster is not in the problem"),
    ],
)
def test_a_result_of_something_else_is_refused(tmp_path: Path, result: object, message: str) -> None:
    done = run(tmp_path, result)
    assert done.exit_code == 2
    assert message in done.stderr
