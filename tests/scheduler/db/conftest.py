"""Two organisations with one record of each kind, in one database for all tests of a module."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest

from scheduler.db.session import Database
from tests.conftest import ENGINES
from tests.databases import DatabaseAddress, PostgresTemplates, SqliteTemplates
from tests.scheduler.db.one_of_each import store_one_of_each


@dataclass(frozen=True)
class TwoTenants:
    """A database with the records of ``own`` and of ``foreign``, by table."""

    database: Database
    own_id: UUID
    own: dict[str, Any]
    foreign_id: UUID
    foreign: dict[str, Any]


@pytest.fixture(scope="module")
def sqlite_two_tenants(
    sqlite_templates: SqliteTemplates, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[TwoTenants]:
    """On SQLite; a test that writes must roll back."""
    yield from _filled(sqlite_templates.new(tmp_path_factory.mktemp("two-tenants")))


@pytest.fixture(scope="module")
def postgres_two_tenants(postgres_templates: PostgresTemplates) -> Iterator[TwoTenants]:
    """On PostgreSQL; a test that writes must roll back."""
    with postgres_templates.new() as address:
        yield from _filled(address)


@pytest.fixture(params=ENGINES)
def two_tenants(request: pytest.FixtureRequest) -> TwoTenants:
    """Once on each engine; a test that writes must roll back."""
    tenants: TwoTenants = request.getfixturevalue(f"{request.param}_two_tenants")
    return tenants


def _filled(address: DatabaseAddress) -> Iterator[TwoTenants]:
    database = Database(address.url)
    with database.write() as session:
        own_id, own = store_one_of_each(session, "own")
    with database.write() as session:
        foreign_id, foreign = store_one_of_each(session, "foreign")
    yield TwoTenants(database, own_id, own, foreign_id, foreign)
    database.dispose()
