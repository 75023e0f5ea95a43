"""``makina import``: what a person sees, and what is stored afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select
from typer.testing import CliRunner, Result

from api.cli import app
from scheduler.db.session import Database
from scheduler.db.tenant import across_tenants
from scheduler.imports.formats import formats_markdown
from scheduler.kernel.settings import settings
from scheduler.organisation.models import Location, Organisation
from tests.scheduler.imports.company_files import COMPANY

Makina = Callable[..., Result]


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    url = f"sqlite:///{tmp_path}/new.db"
    monkeypatch.setenv("MAKINA_DATABASE_URL", url)
    settings.cache_clear()
    yield url
    settings.cache_clear()


@pytest.fixture
def makina(url: str, tmp_path: Path) -> Makina:
    """Runs the command on the small company's files that are named, for a new organisation."""

    def run(*words: str, kinds: tuple[str, ...] = (), **changed: str) -> Result:
        paths = []
        for kind in (*kinds, *changed):
            path = tmp_path / f"{kind}.csv"
            path.write_text(changed.get(kind, COMPANY.get(kind, "")), encoding="utf-8")
            paths.append(str(path))
        return CliRunner().invoke(app, ["import", *words, *paths])

    return run


def stored(url: str) -> tuple[list[str], int]:
    database = Database(url)
    with database.read() as session, across_tenants(session):
        slugs = list(session.scalars(select(Organisation.slug)))
        locations = session.scalar(select(func.count()).select_from(Location)) or 0
    database.dispose()
    return slugs, locations


def row(output: str, kind: str) -> list[str]:
    """The numbers of a kind in the printed table."""
    (line,) = [line for line in output.splitlines() if f" {kind} " in line]
    return [cell.strip() for cell in line.split("│")[2:-1]]


def test_a_new_organisation_is_made_when_asked_for(makina: Makina, url: str):
    done = makina("--organisation", "kometa", "--create", kinds=("locations", "skills"))
    assert done.exit_code == 0, done.output
    assert row(done.output, "locations") == ["2", "2", "0", "0", "0"]
    assert "Stored." in done.output
    assert stored(url) == (["kometa"], 2)


def test_the_only_organisation_need_not_be_named_and_the_same_file_changes_nothing(makina: Makina, url: str):
    makina("--organisation", "kometa", "--create", kinds=("locations",))
    done = makina(kinds=("locations",))
    assert row(done.output, "locations") == ["2", "0", "0", "2", "0"]
    assert stored(url) == (["kometa"], 2)


def test_an_unknown_organisation_is_not_made_by_a_slip(makina: Makina, url: str):
    makina("--organisation", "kometa", "--create", kinds=("locations",))
    done = makina("--organisation", "kometta", kinds=("locations",))
    assert done.exit_code == 2
    told = " ".join(done.output.replace("│", " ").split())
    assert "there is no organisation kometta" in told
    assert "`--organisation kometta --create` makes it" in told
    assert stored(url) == (["kometa"], 2)


def test_errors_end_with_status_1_and_store_nothing_not_even_the_organisation(makina: Makina, url: str):
    done = makina(
        "--organisation",
        "kometa",
        "--create",
        kinds=("skills",),
        locations="code,name,zone,jurisdiction,currency\nWAW,[bold]W,Europe/Warsow,pl,PLN\n",
        job_roles="code,name\n[red]x[/red],\n",
    )
    assert done.exit_code == 1
    assert done.output.splitlines()[-4:] == [
        "These are wrong:",
        "  locations.csv, line 2, zone: 'Europe/Warsow' is no known time zone; did you mean 'Europe/Warsaw'?",
        "  job_roles.csv, line 2, name: is empty; this column must be filled: text, at most 200 characters",
        "2 errors: nothing was stored.",
    ]
    assert row(done.output, "skills") == ["3", "", "", "", ""]
    assert stored(url) == ([], 0)


def test_a_dry_run_stores_nothing(makina: Makina, url: str):
    done = makina("--dry-run", "--organisation", "kometa", "--create", kinds=("locations",))
    assert done.exit_code == 0
    assert row(done.output, "locations") == ["2", "2", "0", "0", "0"]
    assert "dry run: nothing was stored" in done.output
    assert stored(url) == ([], 0)


def test_weekdays_are_counted_from_the_given_monday(makina: Makina):
    everything = tuple(kind for kind in COMPANY if kind != "punches")
    makina("--organisation", "kometa", "--create", kinds=("locations",))
    assert "the week's Monday with --week" in makina(kinds=everything).output
    tuesday = makina("--week", "2026-11-24", kinds=everything)
    assert tuesday.exit_code == 1
    assert "this is not a Monday" in tuesday.output
    assert makina("--week", "2026-11-23", kinds=everything).exit_code == 0


def test_warnings_are_shown_and_do_not_hinder(makina: Makina):
    kinds = ("locations", "departments", "job_roles", "employees")
    done = makina("--organisation", "kometa", "--create", kinds=kinds)
    assert done.exit_code == 0
    assert "employees.csv, line 2, number: '1' is an employee without a contract" in done.output
    assert "Stored." in done.output


def test_hourly_counts_are_about_the_location_that_is_named(makina: Makina, url: str, tmp_path: Path):
    makina("--organisation", "kometa", "--create", kinds=("locations",))
    counts = "Date,hour,calls\n1999-01-01,0,11\n1999-01-01,1,3\n"
    done = makina("--location", "MNL", bank_calls=counts)
    assert row(done.output, "demand") == ["2", "2", "0", "0", "0"]


def test_no_file_and_a_file_that_is_not_there_are_refused(makina: Makina):
    assert makina().exit_code == 2
    missing = makina("nowhere.csv")
    assert missing.exit_code == 2
    assert "nowhere.csv" in missing.output


def test_the_formats_are_printed(makina: Makina):
    done = makina("--formats")
    assert done.output.strip() == formats_markdown().strip()
