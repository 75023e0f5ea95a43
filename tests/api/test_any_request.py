"""Whatever is sent, the answer is documented and no fault of ours: requests made up from the document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.auth import COOKIE
from api.main import create_app
from scheduler.db.session import Database
from scheduler.kernel.settings import Settings
from tests.api.world import World, build_world
from tests.databases import PostgresTemplates

CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)

# The requests are made from its document while tests are collected; its database is put in place later.
APP = create_app(
    Settings(
        database_url="sqlite:///never-opened.db",
        base_url="http://localhost",
        worker=False,
        webhook_key="k" * 32,
    )
)

DOCUMENT = (
    schemathesis.openapi.from_asgi("/v1/openapi.json", APP)
    # A stream has no end while its run waits, and the session is needed for all the other requests.
    .exclude(path="/v1/runs/{run_id}/events")
    .exclude(path="/v1/session", method="DELETE")
)


@dataclass(frozen=True)
class Asked:
    """An organisation on PostgreSQL, the stricter of the two about values, and its admin's cookie."""

    world: World
    cookie: str


@pytest.fixture(scope="module")
def asked(postgres_templates: PostgresTemplates) -> Iterator[Asked]:
    with postgres_templates.new() as address:
        APP.state.database = database = Database(address.url)
        world = build_world(database, "kometa", "Kometa")
        yield Asked(world, f"{COOKIE}={world.people['admin'].token}")
        database.dispose()


@pytest.mark.postgres
@pytest.mark.slow
@DOCUMENT.parametrize()
@settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_every_answer_is_documented_and_none_is_a_fault(case: schemathesis.Case, asked: Asked):
    ids = {name: str(value) for name, value in asked.world.here.ids.items()}
    named = {name: ids[name] for name in case.path_parameters or {} if name in ids}
    case.path_parameters = {**(case.path_parameters or {}), **named}
    answer = case.call(headers={"Cookie": asked.cookie})
    case.validate_response(answer, checks=list(CHECKS))
