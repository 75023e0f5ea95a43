"""``makina payroll``: the file payroll is handed for a closed week."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from uuid import UUID

import pytest
from typer.testing import CliRunner, Result

from api.cli import app
from scheduler.db.session import Database
from scheduler.kernel.settings import settings
from tests.conftest import store_organisation
from tests.scheduler.pay.paid_weeks import close_week
from tests.scheduler.payroll.payroll_company import map_regular, target_of
from tests.scheduler.timekeeping.clock_company import store_clock_company
from tests.scheduler.timekeeping.conftest import now

__all__ = ["now"]


@pytest.fixture
def installed(database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch):
    """An installation on each engine; gives its database."""
    monkeypatch.setenv("MAKINA_DATABASE_URL", database_url)
    settings.cache_clear()
    yield database
    settings.cache_clear()


@pytest.fixture
def closed_week(installed: Database, organisation_id: UUID, now) -> Database:
    """In which the week of 2026-11-16 is closed."""
    with installed.write(organisation_id) as session:
        close_week(session, store_clock_company(session), "2026-11-16", "2026-11-17")
    return installed


def payroll(output: Path, *arguments: str, location: str = "WAW", week: str = "2026-11-16") -> Result:
    fixed = ["payroll", "--location", location, "--week", week, "-o", str(output)]
    return CliRunner().invoke(app, [*fixed, *arguments])


def test_a_closed_week_is_written_the_same_every_time(closed_week: Database, tmp_path: Path):
    first, again = tmp_path / "first.csv", tmp_path / "again.csv"
    done = payroll(first)
    assert done.exit_code == 0, done.output
    assert "2 lines, 1 people, 16 h 00 min" in done.output
    assert payroll(again, week="2026-11-22").exit_code == 0
    assert first.read_bytes() == again.read_bytes()
    with first.open(newline="", encoding="utf-8") as file:
        rows = [
            (row["employee_number"], row["day"], row["minutes"], row["amount"])
            for row in csv.DictReader(file)
        ]
    assert rows == [("1", "2026-11-16", "480", "320.00"), ("1", "2026-11-17", "480", "320.00")]


def test_json_is_written_when_asked_for(closed_week: Database, tmp_path: Path):
    assert payroll(tmp_path / "week.json", "--format", "json").exit_code == 0
    lines = json.loads((tmp_path / "week.json").read_text(encoding="utf-8"))["lines"]
    assert [line["minutes"] for line in lines] == [480, 480]


@pytest.mark.parametrize("week", ["2026-11-23", "2026-11-09"])
def test_a_week_that_is_not_closed_gives_no_file(closed_week: Database, tmp_path: Path, week: str):
    done = payroll(tmp_path / "week.csv", week=week)
    assert done.exit_code == 1
    assert "The period is open" in done.stderr
    assert not (tmp_path / "week.csv").exists()


def test_an_unknown_location_is_answered_with_those_there_are(closed_week: Database, tmp_path: Path):
    done = payroll(tmp_path / "week.csv", location="NYC")
    assert done.exit_code == 1
    assert "WAW" in done.stderr


def test_of_several_organisations_one_must_be_chosen(closed_week: Database, tmp_path: Path):
    store_organisation(closed_week, "other-company")
    done = payroll(tmp_path / "week.csv")
    assert done.exit_code == 2
    assert "other-company" in done.stderr
    assert payroll(tmp_path / "week.csv", "--organisation", "nobody").exit_code == 2
    assert payroll(tmp_path / "week.csv", "--organisation", "test-company").exit_code == 0
    assert payroll(tmp_path / "week.csv", "--organisation", "other-company").exit_code == 1


def test_an_installation_without_any_organisation_says_so(installed: Database, tmp_path: Path):
    done = payroll(tmp_path / "week.csv")
    assert done.exit_code == 2
    assert "no organisation yet" in done.stderr


def test_a_folder_that_does_not_exist_is_named(closed_week: Database, tmp_path: Path):
    done = payroll(tmp_path / "nowhere" / "week.csv")
    assert done.exit_code == 1
    assert "nowhere" in done.stderr


def test_the_file_of_a_target_is_made_once_and_written_again_the_same(
    closed_week: Database, organisation_id: UUID, tmp_path: Path
):
    done = payroll(tmp_path, "--target", "tax-adviser")
    assert done.exit_code == 1
    assert "There is no payroll target tax-adviser; there are none yet." in done.output
    with closed_week.write(organisation_id) as session:
        target = target_of(session)
    done = payroll(tmp_path, "--target", "tax-adviser")
    assert done.exit_code == 1
    assert "The pay code regular (2 lines) is not mapped to one of LODAS. Map it" in done.output
    assert not list(tmp_path.glob("*.txt"))
    with closed_week.write(organisation_id) as session:
        map_regular(session, target)
    done = payroll(tmp_path, "--target", "tax-adviser")
    assert done.exit_code == 0, done.output
    assert "batch 1 (draft), 2 lines" in done.output
    again = tmp_path / "again.txt"
    assert payroll(again, "--target", "tax-adviser").exit_code == 0
    assert again.read_bytes() == (tmp_path / "lodas_11038_62_202611_1.txt").read_bytes()
