"""``makina law``."""

import pytest
from typer.testing import CliRunner

from api.cli import app


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
    assert "No rule pack 'atlantis'; there are eu, pl." in result.output


def test_a_day_that_is_none_is_refused(makina):
    assert makina("show", "pl", "--on", "2026-02-30").exit_code == 2


def test_the_pages_are_written(makina, tmp_path):
    assert makina("docs", "--to", str(tmp_path / "law")).exit_code == 0
    assert sorted(file.name for file in (tmp_path / "law").iterdir()) == ["eu.md", "pl.md"]
