"""The demo company's files: the same every time, and shaped like a company that almost suffices."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from api.demo.generate import COMPANY, SITES, WORKED_WEEKS, write_company
from api.demo.staff import everybody
from scheduler.imports.kinds.order import KINDS

MINIMUM_WAGE = {"W": 31.40, "M": 86.88, "S": 19.18}
"""Poland 2026 for an hour; 695 pesos for a day of 8 hours in Metro Manila; San Francisco."""

NOT_HERE = {"pay_groups", "pay_group_members", "pay_facts", "leave_policies", "leave_opening_balances"}
"""Everybody is paid by the week, nobody gets anything extra, and accounts of leave are kept elsewhere."""

GROUPS = {
    "picking": 480,
    "packing": 480,
    "forklift": 480,
    "voice": 540,
    "chat": 540,
    "sales": 510,
    "checkout": 510,
    "key_holder": 510,
}
"""Length of a full shift by skill; 480 minutes of it are paid."""


def rows(kind: str) -> list[dict[str, str]]:
    with (COMPANY / f"{kind}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def minutes(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


def test_the_committed_files_are_the_generated_ones_byte_for_byte(tmp_path: Path):
    write_company(tmp_path)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert made == {path.name: path.read_bytes() for path in COMPANY.glob("*.csv")}
    kinds = {kind.name for kind in KINDS} - NOT_HERE
    assert made.keys() == {f"{name}.csv" for name in (*kinds, *WORKED_WEEKS)}


def test_another_seed_gives_other_people(tmp_path: Path):
    write_company(tmp_path, seed=1)
    assert (tmp_path / "employees.csv").read_bytes() != (COMPANY / "employees.csv").read_bytes()


def test_a_hundred_and_twenty_people_of_every_kind_of_contract_have_eight_skills():
    people = rows("employees")
    assert len(people) == 120
    assert len({person["email"] for person in people}) == 120
    assert Counter(person["location"] for person in people) == {"WAW": 50, "MNL": 44, "SFO": 26}
    assert {row["kind"] for row in rows("contracts")} == {"permanent", "part_time", "student", "seasonal"}
    assert Counter(row["kind"] for row in rows("skills")) == {"skill": 6, "certificate": 2}
    assert {row["skill"] for row in rows("employee_skills")} == set(GROUPS)


def test_everybody_has_a_contract_and_is_paid_more_than_the_minimum_wage():
    contracts = rows("contracts")
    assert {row["employee"] for row in contracts} == {row["number"] for row in rows("employees")}
    for row in contracts:
        assert float(row["hourly_rate"]) > MINIMUM_WAGE[row["employee"][0]]


def test_demand_comes_in_quarters_of_an_hour_and_in_hours():
    steps = defaultdict(set)
    for row in rows("coverage"):
        steps[row["location"]].add(minutes(row["end"]) - minutes(row["start"]))
    assert steps == {"WAW": {60}, "MNL": {15}, "SFO": {15}}


@pytest.mark.parametrize("skill", GROUPS)
def test_a_team_has_a_little_more_time_than_is_needed(skill: str):
    """Needed paid hours are 78 to 96 % of the agreed hours of those for whom it is the first skill."""
    needed = sum(
        (minutes(row["end"]) - minutes(row["start"])) * int(row["target"])
        for row in rows("coverage")
        if row["skill"] == skill
    )
    first: dict[str, str] = {}
    for row in rows("employee_skills"):
        first.setdefault(row["employee"], row["skill"])
    hours = {row["employee"]: float(row["weekly_hours"]) for row in rows("contracts")}
    agreed = sum(hours[number] for number, held in first.items() if held == skill)
    assert 0.78 <= needed / 60 * 480 / GROUPS[skill] / agreed <= 0.96


def test_every_open_hour_of_every_location_needs_somebody():
    needed = {(row["location"], row["day"], row["start"]) for row in rows("coverage")}
    for site in SITES:
        steps = (site.closes - site.opens) // site.step_minutes
        assert len({each for each in needed if each[0] == site.code}) == 7 * steps


def test_nobody_who_may_drive_a_forklift_can_work_on_sunday():
    drivers = {row["employee"] for row in rows("employee_skills") if row["skill"] == "forklift"}
    expired = {
        row["employee"]
        for row in rows("employee_skills")
        if row["skill"] == "forklift" and row["last_day"] <= "2026-03-31"
    }
    unavailable = {
        row["employee"]
        for row in rows("availability")
        if (row["weekdays"], row["start"], row["kind"]) == ("sun", "", "unavailable")
    }
    away = {row["employee"] for row in rows("time_off") if row["first_day"] == row["last_day"] == "sun"}
    assert (len(drivers), len(expired)) == (8, 2)
    assert drivers - expired <= unavailable | away
    assert any((row["skill"], row["day"]) == ("forklift", "sun") for row in rows("coverage"))


def test_the_clocks_saw_nights_breaks_and_forgetfulness():
    punches = rows("punches")
    kinds = Counter(row["kind"] for row in punches)
    assert kinds["in"] > kinds["out"]
    assert kinds["break_start"] > kinds["break_end"] > 0
    assert any(minutes(row["time"]) > 1440 for row in punches)
    assert {row["external_id"][:3] for row in punches} == {"WAW", "MNL", "SFO"}
    assert len({row["external_id"] for row in punches}) == len(punches)


def test_the_usual_week_keeps_the_rest_between_shifts():
    import random

    for worker in everybody(random.Random(7)):
        for one, two in zip(worker.week, worker.week[1:], strict=False):
            assert two.start - one.end >= 11 * 60, worker.number
