"""Rows for analysts, from the records."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from exports.frames import frame
from scheduler.pay.models import PayLine
from scheduler.reporting.analysis_rows import Wanted, analysis_rows
from scheduler.reporting.analysis_tables import AnalysisTable
from tests.scheduler.pay.paid_weeks import WEEK, close_week

TODAY = date(2026, 11, 24)


def wanted(*places: object, end: date = date(2026, 12, 1)) -> Wanted:
    return Wanted(WEEK, end, frozenset(places) if places else None, TODAY)  # type: ignore[arg-type]  # ids or none


def test_entries_and_lines_of_a_closed_week_fill_every_declared_column(tenant_session, clocked):
    close_week(tenant_session, clocked, "2026-11-16", "2026-11-17")
    entries = frame(
        AnalysisTable.TIME_ENTRIES, analysis_rows(tenant_session, AnalysisTable.TIME_ENTRIES, wanted())
    )
    assert list(entries["worked_minutes"]) == [480, 480]
    assert set(entries["timesheet_state"]) == {"closed"}
    local = entries["starts_at"].dt.tz_convert(str(entries["zone"].iloc[0]))
    assert list(local.dt.normalize().dt.tz_localize(None)) == list(entries["day"])
    lines = frame(AnalysisTable.PAY_LINES, analysis_rows(tenant_session, AnalysisTable.PAY_LINES, wanted()))
    stored = tenant_session.scalars(select(PayLine)).all()
    assert lines["amount_cents"].sum() == sum(line.amount_cents for line in stored) > 0
    hours = frame(
        AnalysisTable.WORKED_HOURS, analysis_rows(tenant_session, AnalysisTable.WORKED_HOURS, wanted())
    )
    assert hours["worked_minutes"].sum() == 960


def test_only_the_days_and_places_asked_for_are_told(tenant_session, clocked):
    close_week(tenant_session, clocked, "2026-11-16", "2026-11-17")
    for table in (AnalysisTable.TIME_ENTRIES, AnalysisTable.PAY_LINES):
        one_day = list(analysis_rows(tenant_session, table, wanted(end=date(2026, 11, 17))))
        assert len(one_day) == 1
        assert list(analysis_rows(tenant_session, table, wanted(clocked.ann.id))) == []
    for table in AnalysisTable:
        assert list(analysis_rows(tenant_session, table, wanted(clocked.ann.id))) == []
