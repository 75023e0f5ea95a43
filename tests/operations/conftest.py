"""A PostgreSQL server as the database's container makes it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator

import pytest

from tests.databases import embedded_postgres, postgres_programs
from tests.operations.compose import compose, roles_script


@pytest.fixture(scope="module")
def postgres_environment() -> Iterator[dict[str, str]]:
    """Environment in which psql and pg_dump reach a new server that has run the script for the roles.

    ``PGHOST`` is the folder of its socket.
    """
    with embedded_postgres() as server:
        folder = server.query["host"]
        assert isinstance(folder, str)
        environment = {
            **os.environ,
            **compose()["services"]["database"]["environment"],
            "PGHOST": folder,
            "PATH": f"{postgres_programs()}{os.pathsep}{os.environ['PATH']}",
        }
        subprocess.run(["bash", "-e", "-c", roles_script()], env=environment, check=True, capture_output=True)
        yield environment


@pytest.fixture(scope="module")
def socket_folder(postgres_environment: dict[str, str]) -> str:
    """Where that server listens."""
    return postgres_environment["PGHOST"]
