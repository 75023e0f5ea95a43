"""What happened stays as it was written down, whoever asks and however."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from scheduler.db.append_only import APPEND_ONLY, PAY_FACTS, PAYROLL, TIMESHEETS
from scheduler.db.session import make_session_factory
from scheduler.db.tenant import use_tenant
from scheduler.rosters.models import RosterVersion, Shift, VersionState
from tests.scheduler.db.one_of_each import copy_of, owned_mappers, table_name

BY_TABLE = {table_name(mapper): mapper.class_ for mapper in owned_mappers()}


def test_what_happened_was_paid_published_and_handed_over_is_append_only():
    assert set(APPEND_ONLY) == {
        "punches",
        "pay_lines",
        "publications",
        "roster_changes",
        "short_rests",
        "exception_decisions",
        *PAYROLL,
        *TIMESHEETS,
        *PAY_FACTS,
        "leave_entries",
        "audit_entries",
    }


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("verb", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_a_row_is_never_changed_or_removed(two_tenants, table, verb):
    with (
        pytest.raises(DBAPIError, match=f"{table} is append-only"),
        two_tenants.database.write(two_tenants.own_id) as session,
    ):
        session.execute(text(verb.format(table)))


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_a_record_is_never_changed_through_the_session(two_tenants, table):
    with (
        pytest.raises(DBAPIError, match="append-only"),
        two_tenants.database.write(two_tenants.own_id) as session,
    ):
        session.delete(session.get_one(BY_TABLE[table], two_tenants.own[table].id))


@pytest.mark.parametrize("state", [VersionState.PUBLISHED, VersionState.SUPERSEDED])
def test_shifts_of_a_published_version_never_change(two_tenants, state):
    changes = {
        "update": lambda session, shift: setattr(shift, "note", "changed"),
        "delete": lambda session, shift: session.delete(shift),
        "insert": lambda session, shift: session.add(copy_of(shift, lineage_id=shift.id)),
    }
    for change in changes.values():
        with two_tenants.database.engine.connect() as connection:
            session = make_session_factory(two_tenants.database.engine)(bind=connection)
            use_tenant(session, two_tenants.own_id)
            shift = session.get_one(Shift, two_tenants.own["shifts"].id)
            session.get_one(RosterVersion, shift.version_id).state = state
            session.flush()
            change(session, shift)
            with pytest.raises(DBAPIError, match="a published version never changes"):
                session.flush()
            session.rollback()


def test_shifts_of_a_draft_may_change(two_tenants):
    with two_tenants.database.write(two_tenants.own_id) as session:
        shift = session.get_one(Shift, two_tenants.own["shifts"].id)
        assert session.get_one(RosterVersion, shift.version_id).state is VersionState.DRAFT
        shift.note = "changed"
        session.flush()
        session.rollback()
