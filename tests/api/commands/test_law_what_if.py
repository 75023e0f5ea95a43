"""``makina law what-if``."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from typer.testing import CliRunner, Result

from api.cli import app
from scheduler.db.session import Database
from scheduler.kernel.settings import settings
from tests.databases import DatabaseAddress
from tests.scheduler.rosters.company import MONDAY, store_company, week


@pytest.fixture
def planned(
    sqlite_address: DatabaseAddress, sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Database]:
    """An installation in which Ann rests eleven and a half hours in the night to Tuesday."""
    monkeypatch.setenv("MAKINA_DATABASE_URL", sqlite_address.url)
    settings.cache_clear()
    company = store_company(sqlite_database)
    with sqlite_database.write(company.organisation_id) as session:
        shifts = [company.shift("Ann", MONDAY, 14, 22), company.shift("Ann", week()[1], 9.5, 17.5)]
        company.draft(session, company.roster(session), shifts)
    yield sqlite_database
    settings.cache_clear()


def asked(*arguments: str, day: str = str(MONDAY)) -> Result:
    return CliRunner().invoke(app, ["law", "what-if", "--location", "WAW", "--week", day, *arguments])


def test_what_only_the_other_law_finds_is_printed_with_by_how_much(planned: Database):
    shown = asked("--set", "pl.daily_rest.min=12 h", day=str(week()[3]))
    assert shown.exit_code == 0, shown.output
    lines = shown.output.splitlines()
    place = lines.index("Only under the other law: 1")
    assert lines[place + 1].endswith("12 h are due. By kept now, 30 min (PL.DAILY_REST_11H) then.")
    assert "No longer: 0" in lines
    assert any(line.startswith("Law: uninterrupted rest in the 24 h") for line in lines)


def test_the_law_of_another_place_or_day_is_asked_for_by_its_id(planned: Database):
    assert "Law: " in asked("--under", "de", "--as-on", "2026-01-01").output


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (("--under", "br"), 1, "jurisdiction: 'br' has no rule pack; one of de, eu"),
        (("--set", "pl.daily_rest.min=12"), 1, "pl.daily_rest.min: '12' is no duration; write 11 h"),
        (("--set", "pl.daily_rest.min"), 2, "sets nothing"),
    ],
)
def test_what_will_not_do_is_told(planned: Database, arguments: tuple[str, ...], status: int, told: str):
    refusal = asked(*arguments)
    assert refusal.exit_code == status
    assert told in refusal.output


def test_a_week_without_a_roster_is_told(planned: Database):
    refusal = asked(day="2027-03-01")
    assert refusal.exit_code == 1
    assert "Main warehouse has no roster of the week of 2027-03-01." in refusal.output
