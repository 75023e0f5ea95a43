"""``makina law``."""

import json

import pytest
from typer.testing import CliRunner

from api.cli import app
from scheduler.law.library import packs


@pytest.fixture
def makina(monkeypatch):
    """Runs the command with a wide terminal."""
    monkeypatch.setenv("COLUMNS", "250")
    return lambda *words: CliRunner().invoke(app, ["law", *words])


def test_a_pack_is_shown_with_values_dates_articles_and_status(makina):
    shown = makina("show", "pl").output
    (rest,) = [line for line in shown.splitlines() if "pl.daily_rest.min" in line]
    assert [cell.strip() for cell in rest.strip("│ ").split("│")] == [
        "pl.daily_rest.min", "11 h", "from 2004-01-01", "everybody", "Kodeks pracy, art. 132 par. 1",
        "confirmed",
    ]  # fmt: skip
    assert "Not covered: Collective agreements and work rules." in shown


@pytest.mark.parametrize(("day", "shown"), [("2023-04-25", "recalled"), ("2023-04-26", "confirmed")])
def test_on_a_day_only_the_value_in_force_is_shown(makina, day, shown):
    lines = [line for line in makina("show", "pl", "--on", day).output.splitlines() if "pl.break " in line]
    assert len(lines) == 1
    assert shown in lines[0]


def test_what_is_not_in_force_yet_is_said(makina):
    shown = makina("show", "pl", "--on", "2012-01-01").output
    assert "pl.schedule.notice is in force from 2013-08-23 only" in shown


def test_an_unknown_pack_is_refused_with_those_that_exist(makina):
    result = makina("show", "atlantis")
    assert result.exit_code == 2
    assert "No rule pack 'atlantis'; there are de, eu, fr, gb, ph, pl, us, us-ca," in result.output


def test_a_day_that_is_none_is_refused(makina):
    assert makina("show", "pl", "--on", "2026-02-30").exit_code == 2


@pytest.mark.parametrize(
    ("expected", "status", "line"),
    [
        ({"value": "4806"}, 0, "same"),
        ({"value": "1"}, 1, "differs"),
        ({"mood": "good"}, 1, "not supported"),
    ],
)
def test_worked_examples_are_checked_one_line_each(makina, tmp_path, expected, status, line):
    asked = {"parameter": "pl.minimum_wage.month", "date": "2026-05-01"}
    about = {"id": "A1", "jurisdiction": "PL", "kind": "parameter", "input": asked, "expected": expected}
    file = tmp_path / "mine.json"
    file.write_text(json.dumps([about]))
    result = makina("verify", str(file))
    assert result.exit_code == status
    assert result.output.startswith(f"{line:13}  A1  parameter  expected {json.dumps(expected)}  got ")
    assert result.output.endswith("not supported\n")


def test_a_file_that_holds_no_examples_is_refused(makina, tmp_path):
    file = tmp_path / "mine.json"
    file.write_text("{}")
    assert makina("verify", str(file)).exit_code == 2
    file.write_text("[]")
    assert makina("verify", str(file)).exit_code == 1


def test_changes_between_two_days_are_printed(makina):
    shown = makina("diff", "us-or", "2020-01-16", "2021-01-01")
    assert shown.output.splitlines() == [
        "us-or.notice_days: 7 days (ORS 653.436) becomes 14 days (ORS 653.436), from 2020-07-01",
        "Changes in us-or, us from 2020-01-16 to 2021-01-01: 1.",
    ]


def test_changes_backwards_are_refused(makina):
    shown = makina("diff", "pl", "2027-01-01", "2026-01-01")
    assert shown.exit_code == 2
    assert "2026-01-01 is before 2027-01-01; give the earlier day first." in shown.output


def test_the_audit_tells_what_asks_for_attention(makina):
    lines = makina("audit", "pl", "--on", "2027-01-01").output.splitlines()
    assert lines[0] == "Sources, the oldest reading first:"
    assert "  pl.minimum_wage.month: 4806 PLN ended on 2027-01-01, nothing follows" in lines
    assert any(line.startswith("  pl.protected.no_ot_night: 0 min from 2023-04-26") for line in lines)
    assert "Holidays of PH are known for 2025, 2026." in lines
    assert not any("eu." in line for line in lines)
    assert any("  eu.minor.day_max: 8 h" in line for line in makina("audit").output.splitlines())


def test_the_pages_are_written(makina, tmp_path):
    assert makina("docs", "--to", str(tmp_path / "law")).exit_code == 0
    assert sorted(file.stem for file in (tmp_path / "law").iterdir()) == sorted(packs())
