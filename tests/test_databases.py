"""The databases that tests get are migrated, empty, their own, and as restricted as production's."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from scheduler.db.migrate import is_current
from scheduler.db.models import whole_metadata
from scheduler.db.session import Database
from scheduler.db.tenant import tenant_of
from scheduler.organisation.models import Organisation
from tests.conftest import store_organisation
from tests.databases import DatabaseAddress


def test_every_table_is_there_and_empty(engine: Engine):
    assert is_current(engine)
    with engine.connect() as connection:
        for table in whole_metadata().sorted_tables:
            assert connection.execute(select(table)).first() is None


@pytest.mark.parametrize("_time", [1, 2])
def test_a_database_belongs_to_one_test(database: Database, _time: int):
    """Whichever of the two runs second must not find what the first one stored."""
    store_organisation(database)
    with database.read() as session:
        assert session.execute(text("SELECT count(*) FROM organisations")).scalar_one() == 1


def test_the_tenant_session_sees_its_stored_organisation(tenant_session: Session, organisation_id: UUID):
    assert tenant_of(tenant_session) == organisation_id
    assert tenant_session.get(Organisation, organisation_id) is not None


@pytest.mark.postgres
def test_the_application_role_owns_nothing_and_changes_no_table(postgres_address: DatabaseAddress):
    database = Database(postgres_address.url)
    with database.read() as session:
        user = session.execute(text("SELECT current_user")).scalar_one()
        owners = session.execute(
            text("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'")
        )
        assert user == "makina_app"
        assert list(owners.scalars()) == ["makina_owner"]
        unbound = session.execute(text("SELECT rolname FROM pg_roles WHERE rolsuper OR rolbypassrls"))
        assert not {"makina_app", "makina_owner"} & set(unbound.scalars())
    with (
        database.write() as session,
        pytest.raises(ProgrammingError, match="must be owner"),
    ):
        session.execute(text("DROP TABLE organisations"))
    database.dispose()
