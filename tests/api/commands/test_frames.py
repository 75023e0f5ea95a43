"""``makina frames``: tables for analysts."""

from __future__ import annotations

import io
from pathlib import Path
from uuid import UUID

import pandas as pd
import pytest
from fastparquet import ParquetFile
from typer.testing import CliRunner, Result

from api.cli import app
from scheduler.db.session import Database
from scheduler.kernel.settings import settings
from tests.conftest import store_organisation
from tests.scheduler.pay.paid_weeks import close_week
from tests.scheduler.timekeeping.clock_company import store_clock_company
from tests.scheduler.timekeeping.conftest import now

__all__ = ["now"]


@pytest.fixture
def closed_week(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch, now):
    """An installation in which the week of 2026-11-16 is closed."""
    monkeypatch.setenv("MAKINA_DATABASE_URL", sqlite_database.url)
    settings.cache_clear()
    organisation_id: UUID = store_organisation(sqlite_database)
    with sqlite_database.write(organisation_id) as session:
        close_week(session, store_clock_company(session), "2026-11-16", "2026-11-17")
    yield sqlite_database
    settings.cache_clear()


def frames(table: str, output: Path, first: str = "2026-11-01", last: str = "2026-11-16") -> Result:
    return CliRunner().invoke(app, ["frames", table, "--from", first, "--to", last, "-o", str(output)])


def test_lines_of_the_days_asked_for_are_written_and_read_by_others(closed_week, tmp_path: Path):
    done = frames("pay_lines", tmp_path / "new" / "lines.parquet")
    assert done.exit_code == 0, done.output
    assert "1 rows" in done.output
    read = ParquetFile(io.BytesIO((tmp_path / "new" / "lines.parquet").read_bytes())).to_pandas()
    assert (list(read["minutes"]), list(read["amount_cents"])) == ([480], [32000])
    assert frames("time_entries", tmp_path / "entries.csv", last="2026-11-30").exit_code == 0
    table = pd.read_csv(tmp_path / "entries.csv")
    assert list(table["starts_at"].str[-5:]) == ["+0000", "+0000"]


def test_other_forms_and_days_the_wrong_way_round_are_refused(closed_week, tmp_path: Path):
    for result in (
        frames("leave", tmp_path / "x.xlsx"),
        frames("leave", tmp_path / "x.csv", "2026-11-02", "2026-11-01"),
    ):
        assert result.exit_code == 2
    assert list(tmp_path.glob("x.*")) == []
