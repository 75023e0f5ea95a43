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


def test_where_one_more_person_would_help_is_told_with_what_is_open_and_by_itself(tmp_path: Path) -> None:
    told = (
        "Where one more person would help All of this is with everybody else's shifts as they are. "
        "Till: 8 h open, in 1 stretch, 8 h of it mandatory "
        "Sun 29 Nov 06:00 to 14:00: 1 more person there would fill 8 h of what is open now "
        "At any other time one more person would fill nothing. "
        "One more person with the rules of Ann Nowak would fill 8 h of Till: Sun 29 Nov 06:00 to 14:00. "
        "Yet another one after that: no shift of theirs would make the roster better. "
        "Training in Till, tried for 1 of 1 without it: "
        "Bo Lis would fill 8 h of Till more than without it: Sun 29 Nov 06:00 to 14:00"
    )
    assert told in said(run(tmp_path, answer(LATE)))
    assert said(run(tmp_path, answer(LATE), "--one-more")) == told
    nothing = said(run(tmp_path, answer(LATE, EARLY), "--one-more"))
    assert nothing == "Nothing is missing: one more person would fill nothing."


def test_the_contract_of_one_more_person_can_be_said(tmp_path: Path) -> None:
    told = said(run(tmp_path, answer(LATE), "--one-more", "--contract-hours", "7.5"))
    assert (
        "One more person with a contract of up to 7 h 30 min and otherwise the rules of Ann Nowak: "
        "no shift of theirs would make the roster better."
    ) in told
    (more,) = json.loads(run(tmp_path, answer(LATE), "--one-more", "--contract-hours", "8", "--json").stdout)[
        "missing"
    ]
    hire = more["hires"][0]
    assert (hire["contract_minutes"], hire["filled"][0]["minutes"]) == (480, 480)
    assert [work["shift"] for work in hire["works"]] == ["early"]


def test_shadow_prices_of_a_result_are_told_with_the_rest_and_with_one_more_person(tmp_path: Path) -> None:
    prices = {
        "least": 450.0,
        "mandatory": 30,
        "prices": [{"start": 1800, "end": 2280, "worth": 14400.0, "skill": "t1", "shift": "early"}],
    }
    result = {**answer(LATE), "shadow_prices": prices}
    told = (
        "Till, one more person there the whole time: "
        "Sun 29 Nov 06:00 to 14:00, in a shift: at most 14400 of what the roster costs (1800 an hour) "
        "At any other time one more person would save nothing. Besides, planning may save up to 13950"
    )
    assert told in said(run(tmp_path, result))
    assert told in said(run(tmp_path, result, "--one-more"))
    plain = json.loads(run(tmp_path, result, "--one-more", "--json").stdout)
    assert plain["shadow_prices"] == prices


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--contract-hours", "8"], "--contract-hours belongs to --one-more"),
        (["--one-more", "--person", "e1", "--day", "2026-11-28"], "ask one thing at a time"),
        (["--one-more", "--contract-hours", "-1"], "Input should be greater than or equal to 0.25"),
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


def test_of_a_day_full_of_work_what_has_least_against_it_is_told_and_all_of_it_as_values(
    tmp_path: Path,
) -> None:
    starts = range(1440 + 5 * 60, 1440 + 12 * 60, 60)
    shifts = [PROBLEM["shifts"][0]] + [
        {"id": f"s{start}", "start": start, "end": start + 240, "skill": "t1"} for start in starts
    ]
    problem, found = tmp_path / "problem.json", tmp_path / "result.json"
    problem.write_text(json.dumps({**PROBLEM, "shifts": shifts}))
    found.write_text(json.dumps(answer(LATE)))
    asked = ["explain", str(problem), str(found), "--person", "e1", "--day", "2026-11-29"]
    told = said(CliRunner().invoke(app, asked))
    assert told.count("Sun 29 Nov") == 5
    assert told.startswith("Ann Nowak could take Sun 29 Nov 09:00 to 13:00")
    assert told.endswith(
        "2 more pieces of work start that day, with as much or more against them; --json lists all."
    )
    assert len(json.loads(CliRunner().invoke(app, [*asked, "--json"]).stdout)) == len(starts)
