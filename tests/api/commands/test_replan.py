"""``makina replan`` changes a published roster as little as it takes and says what changes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from api.cli import app
from solver.evaluate import evaluate
from solver.problem import Problem
from solver.work import Roster

PROBLEM: dict[str, Any] = {
    "origin": "2026-03-28T00:00:00+01:00",
    "zone": "Europe/Warsaw",
    "days": [
        {"on": "2026-03-28", "start": 0, "end": 1440},
        {"on": "2026-03-29", "start": 1440, "end": 2820},
    ],
    "employees": [{"id": "ann", "name": "Ann Nowak"}, {"id": "bo", "name": "Bo Lis"}],
    "shifts": [
        {"id": "saturday", "start": 540, "end": 1020},
        {"id": "sunday", "start": 1980, "end": 2460},
    ],
    "rules": [{"rule": "min_rest", "minutes": 660}],
}
PUBLISHED = {
    "status": "feasible",
    "roster": [
        {"employee": "ann", "shift": "saturday", "start": 540, "end": 1020, "paid_minutes": 480},
        {"employee": "bo", "shift": "sunday", "start": 1980, "end": 2460, "paid_minutes": 480},
    ],
    "score": {},
    "bound": [0, 0],
}
SICK = {"event": "absence", "employee": "ann", "start": 0, "end": 1440}


def run(
    folder: Path, events: object, *options: str, now: str = "2026-03-28T03:00", roster: object = PUBLISHED
) -> Result:
    for name, plain in (("problem", PROBLEM), ("roster", roster), ("events", events)):
        (folder / f"{name}.json").write_text(plain if isinstance(plain, str) else json.dumps(plain))
    files = [str(folder / f"{name}.json") for name in ("problem", "roster")]
    given = ["--now", now, "--events", str(folder / "events.json"), "--seconds", "10", "--workers", "1"]
    return CliRunner().invoke(app, ["replan", *files, *given, *options])


def test_a_sick_call_is_answered_in_sentences_and_as_values(tmp_path: Path) -> None:
    output, after = tmp_path / "result.json", tmp_path / "after.json"
    done = run(tmp_path, [SICK], "-o", str(output), "--problem-after", str(after))
    assert done.exit_code == 0, done.output
    told = [
        "Ann Nowak no longer works Sat 28 Mar 09:00 to 17:00 (6 h of notice).",
        "Bo Lis also works Sat 28 Mar 09:00 to 17:00 (6 h of notice).",
    ]
    assert done.stdout.splitlines()[1:3] == told
    assert "costs: mandatory 0, bound 0; changes 240, bound 240; soft 0, bound 0" in done.stdout
    assert "nothing is open" in done.stdout
    plain = json.loads(output.read_text())
    assert plain["sentences"] == told
    assert [(one["kind"], one["employee"], one["price"]) for one in plain["changes"]] == [
        ("withdrawn", "ann", 160),
        ("added", "bo", 80),
    ]
    problem = Problem.from_json(json.loads(after.read_text()))
    assert [span.end for span in problem.employee_by_id["ann"].unavailable] == [1440]
    assert evaluate(problem, Roster(problem.fill("bo", one) for one in ("saturday", "sunday"))).clean


def test_the_result_can_be_explained_and_planned_again(tmp_path: Path) -> None:
    output, after = tmp_path / "result.json", tmp_path / "after.json"
    run(tmp_path, [SICK], "-o", str(output), "--problem-after", str(after))
    explained = CliRunner().invoke(app, ["explain", str(after), str(output)])
    assert "Everything is filled." in explained.stdout
    again = run(tmp_path, [], roster=output.read_text(), now="2026-03-28T04:00")
    assert again.exit_code == 0, again.output
    assert "Nothing has to change." in again.stdout


def test_whoever_has_begun_stays_until_now_and_nobody_else_can_come_at_once(tmp_path: Path) -> None:
    ill = {**SICK, "start": 780}
    done = run(tmp_path, [ill], now="2026-03-28T13:00")
    assert done.exit_code == 0, done.output
    told = "Ann Nowak works Sat 28 Mar 09:00 to 13:00 instead of Sat 28 Mar 09:00 to 17:00 (already begun)."
    assert told in done.stdout
    assert "Bo Lis also works" not in done.stdout
    assert "open person-hours: 8 mandatory" in done.stdout


@pytest.mark.parametrize(
    ("now", "notice"),
    [("2026-03-29T03:00", "7 h"), ("2026-03-29T01:30+01:00", "7 h 30 min"), ("2026-03-28", "33 h")],
)
def test_the_moment_is_read_off_the_clocks_of_the_zone(tmp_path: Path, now: str, notice: str) -> None:
    done = run(tmp_path, [{"event": "cancelled_shift", "shift": "sunday"}], now=now)
    assert f"Bo Lis no longer works Sun 29 Mar 10:00 to 18:00 ({notice} of notice)." in done.stdout


@pytest.mark.parametrize("now", ["tomorrow", "2026-03-30", "2026-03-29T24:00:00+01:00"])
def test_a_moment_that_is_none_or_too_late_is_refused(tmp_path: Path, now: str) -> None:
    done = run(tmp_path, [SICK], now=now)
    assert done.exit_code == 2
    told = " ".join(done.stderr.replace("│", "").split())
    assert "--now" in told
    assert ("is no moment; write 2026-11-24T06:30" in told) or ("nothing is left to change" in told)


def test_every_fault_of_the_events_is_listed_and_nothing_is_written(tmp_path: Path) -> None:
    output = tmp_path / "result.json"
    wrong = [{"event": "sick"}, {**SICK, "end": "noon"}, 7]
    done = run(tmp_path, wrong, "-o", str(output))
    assert done.exit_code == 2
    assert "is no list of events: 3 errors" in done.stderr
    assert 'events[0].event = "sick": use one of absence, changed_demand' in done.stderr
    assert 'events[1].end = "noon": must be a whole number' in done.stderr
    assert "events[2] = 7: must be an object" in done.stderr
    unknown = run(tmp_path, [{**SICK, "employee": "eve"}], "-o", str(output))
    assert unknown.exit_code == 2
    assert 'events[0].employee = "eve": is no employee of the problem' in unknown.stderr
    assert not output.exists()


def test_a_roster_of_another_problem_is_refused(tmp_path: Path) -> None:
    work = {**PUBLISHED["roster"][0], "employee": "eve"}  # type: ignore[index]  # a list of objects
    done = run(tmp_path, [SICK], roster={**PUBLISHED, "roster": [work]})
    assert done.exit_code == 2
    assert "is no result for this problem" in done.stderr


def test_terms_say_what_changes_cost(tmp_path: Path) -> None:
    terms = tmp_path / "terms.json"
    terms.write_text(json.dumps({"steps": [{"minutes": 0, "price": 7}], "added_percent": 100}))
    done = run(tmp_path, [SICK], "--terms", str(terms))
    assert "changes 14, bound 14" in done.stdout
    terms.write_text(json.dumps({"freeze_minutes": 10}))
    refused = run(tmp_path, [SICK], "--terms", str(terms))
    assert refused.exit_code == 2
    assert "call_in_minutes is 60; use 0 to freeze_minutes 10" in refused.stderr


def test_what_can_no_longer_be_filled_is_open(tmp_path: Path) -> None:
    both = [SICK, {**SICK, "employee": "bo"}]
    done = run(tmp_path, both)
    assert done.exit_code == 0, done.output
    assert "open person-hours: 8 mandatory" in done.stdout


def test_a_pin_against_a_rule_is_told_and_the_command_fails(tmp_path: Path) -> None:
    third = {"event": "added_shift", "shift": {"id": "late", "start": 1260, "end": 1380}}
    frozen = {"employee": "bo", "shift": "saturday", "start": 540, "end": 1020, "paid_minutes": 480}
    rules = [*PROBLEM["rules"], {"rule": "shift_count", "maximum": 0, "scope": {"employees": ["bo"]}}]
    (tmp_path / "clash.json").write_text(json.dumps({**PROBLEM, "rules": rules}))
    run(tmp_path, [third], roster={**PUBLISHED, "roster": [frozen]}, now="2026-03-28T08:00")
    files = [str(tmp_path / name) for name in ("clash.json", "roster.json")]
    events = ["--now", "2026-03-28T08:00", "--events", str(tmp_path / "events.json"), "--workers", "1"]
    done = CliRunner().invoke(app, ["replan", *files, *events])
    assert done.exit_code == 1, done.output
    assert "These cannot all hold." in done.stdout
    assert "Bo Lis is fixed for Sat 28 Mar 09:00 to 17:00 (past or about to start)" in done.stdout
