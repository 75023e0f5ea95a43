"""Row-level security of PostgreSQL: the tenant filter once more, for SQL that does not pass the ORM."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

APP_ROLE = "makina_app"
"""The role the application connects as; it owns nothing, so policies bind it."""


def statements(tables: Iterable[str]) -> Iterator[str]:
    """The SQL that restricts ``tables`` (each with ``organisation_id``) to the transaction's tenant."""
    for table in tables:
        yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
        yield f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"
        yield (
            f"CREATE POLICY tenant ON {table} USING ("
            "current_setting('app.tenant', true) = '*' "
            "OR organisation_id = nullif(nullif(current_setting('app.tenant', true), ''), '*')::uuid)"
        )


def role_statements(database: str) -> Iterator[str]:
    """The SQL, run by the owner, that makes the application role and lets it use all tables to come."""
    yield (
        f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{APP_ROLE}') "
        f"THEN CREATE ROLE {APP_ROLE} LOGIN; END IF; END $$"
    )
    yield f'GRANT CONNECT ON DATABASE "{database}" TO {APP_ROLE}'
    yield f"GRANT USAGE ON SCHEMA public TO {APP_ROLE}"
    yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {APP_ROLE}"
    yield (
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public "
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {APP_ROLE}"
    )
