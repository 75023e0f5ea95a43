"""Every route of the OpenAPI document, for everybody: who is let in follows from the declared permission."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.main import create_app
from api.openapi import PUBLIC, declared_permission, routes_of
from api.subjects import SUBJECTS
from scheduler.db.session import Database
from scheduler.kernel.ids import new_id
from scheduler.kernel.settings import Settings
from scheduler.organisation.models import Role
from scheduler.organisation.permissions import ROLE_EXTENTS, Extent, Permission
from tests.api.conftest import settings_for
from tests.api.people import signed_in_again
from tests.api.world import World, build_world
from tests.databases import SqliteTemplates

DENIALS = {"permission_missing", "outside_reach", "sign_in_needed", "key_refused", "cross_site_request"}


@dataclass(frozen=True)
class Operation:
    """One method of one path of the document."""

    method: str
    path: str
    permission: str
    document: Any

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def names(self) -> list[str]:
        """The parameters of its path."""
        return re.findall(r"\{(\w+)\}", self.path)

    @property
    def record_names(self) -> list[str]:
        """Those that name a record."""
        return [name for name in self.names if name in SUBJECTS]


def operations() -> list[Operation]:
    settings = Settings(database_url="sqlite:///never-opened.db", worker=False)
    document = create_app(settings).openapi()
    return [
        Operation(method.upper(), path, operation["x-permission"], operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]


OPERATIONS = operations()
GUARDED = [operation for operation in OPERATIONS if operation.permission != PUBLIC]


def body_of(operation: Operation, document: dict[str, Any]) -> dict[str, Any]:
    """Arguments of the client that send the documented example."""
    content = operation.document.get("requestBody", {}).get("content", {})
    if "application/json" in content:
        schema = content["application/json"]["schema"]
        # Of several kinds of body any will do.
        name = schema.get("oneOf", [schema])[0]["$ref"].rsplit("/", 1)[1]
        return {"json": document["components"]["schemas"][name]["examples"][0]}
    if "multipart/form-data" in content:
        return {"files": {"files": ("skills.csv", b"code,name\n", "text/csv")}}
    return {}


def send(client: TestClient, operation: Operation, ids: dict[str, UUID | str], **headers: str):
    path = re.sub(r"\{(\w+)\}", lambda match: str(ids[match[1]]), operation.path)
    query = {
        parameter["name"]: parameter["schema"].get("examples", parameter.get("examples", [""]))[0]
        for parameter in operation.document.get("parameters", [])
        if parameter["in"] == "query" and parameter.get("required")
    }
    document = client.app.openapi()  # type: ignore[attr-defined]  # the client of FastAPI
    arguments = body_of(operation, document)
    with client.stream(operation.method, path, params=query, headers=headers, **arguments) as answer:
        # A stream of events has no end of its own; its first line says enough.
        if answer.headers.get("content-type", "").startswith("text/event-stream"):
            return answer.status_code, {}
        answer.read()
    try:
        return answer.status_code, answer.json()
    except (json.JSONDecodeError, UnicodeDecodeError):
        return answer.status_code, {}


def ids_of(world: World) -> dict[str, UUID | str]:
    return {**world.here.ids, "token": world.feed_token, "pack": "pl", "profile": "generic_csv"}


# The role of each of the people of the world, and the extents that let them act on the records "here".
EVERYWHERE, GRANTED, OWN = Extent.EVERYWHERE, Extent.GRANTED, Extent.OWN
REACHING_HERE: dict[str, tuple[Role, set[Extent]]] = {
    "employee": (Role.EMPLOYEE, {EVERYWHERE, OWN}),
    "other employee": (Role.EMPLOYEE, {EVERYWHERE}),
    "manager": (Role.MANAGER, {EVERYWHERE, GRANTED}),
    "other manager": (Role.MANAGER, {EVERYWHERE}),
    "payroll": (Role.PAYROLL, {EVERYWHERE, GRANTED}),
    "admin": (Role.ADMIN, {EVERYWHERE, GRANTED}),
}
SHARED = {"agreement_id", "skill_id", "job_role_id", "account_id", "key_id"}
SHARED |= {"payroll_target_id", "payroll_batch_id", "webhook_id", "webhook_delivery_id"}
OF_A_PERSON = {"employee_id", "contract_id", "availability_id", "exception_id", "employee_skill_id"}
OF_A_PERSON |= {"consent_id", "time_off_id", "punch_id", "timesheet_id", "dispute_id"}
OF_A_PERSON |= {"pay_fact_id"}


def expected_denial(operation: Operation, who: str) -> str | None:
    """The code somebody must be refused with, or None: derived from tables, not from the code of the gate."""
    role, reaching = REACHING_HERE[who]
    extent = ROLE_EXTENTS[role].get(Permission(operation.permission))
    if extent is None:
        return "permission_missing"
    placed = [name for name in operation.record_names if name not in SHARED]
    if extent is OWN and "employee" in who:
        reaches = "other" not in who and all(name in OF_A_PERSON for name in placed)
        return None if reaches or not placed else "outside_reach"
    return None if extent in reaching or not placed else "outside_reach"


@dataclass(frozen=True)
class Shared:
    """One application for all operations: who is refused does not depend on what was done before."""

    app: FastAPI
    database: Database
    world: World
    foreign: World

    def client(self, who: str, world: World) -> TestClient:
        """A browser of one of the people, freshly signed in: the operation before may have signed out."""
        again = signed_in_again(self.database, world.organisation_id, world.people[who])
        return again.client(self.app)


@pytest.fixture(scope="module")
def shared(sqlite_templates: SqliteTemplates, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shared]:
    folder = tmp_path_factory.mktemp("permissions")
    database = Database(sqlite_templates.new(folder).url)
    app = create_app(settings_for(database, folder), database)
    world, foreign = build_world(database, "kometa", "Kometa"), build_world(database, "rival", "Rival")
    yield Shared(app, database, world, foreign)
    database.dispose()


@pytest.fixture
def world(sqlite_database: Database) -> World:
    return build_world(sqlite_database, "kometa", "Kometa")


@pytest.mark.parametrize("operation", GUARDED, ids=str)
def test_who_is_let_in_follows_from_the_declared_permission(shared: Shared, operation: Operation):
    world, nobody = shared.world, TestClient(shared.app)
    ids = ids_of(world)
    status, answer = send(nobody, operation, ids)
    assert (status, answer["code"]) == (401, "sign_in_needed")
    status, answer = send(nobody, operation, ids, Authorization="Bearer mk_unknown")
    assert (status, answer["code"]) == (401, "key_refused")
    reads_audit = operation.permission == Permission.AUDIT_READ
    key = world.other_scope_key if reads_audit else world.scopeless_key
    status, answer = send(nobody, operation, ids, Authorization=f"Bearer {key}")
    assert (status, answer["code"]) == (403, "permission_missing")
    for who in REACHING_HERE:
        status, answer = send(shared.client(who, world), operation, ids)
        expected = expected_denial(operation, who)
        if expected is None:
            assert status not in (401, *range(500, 600)), (who, answer)
            assert not isinstance(answer, dict) or answer.get("code") not in DENIALS, (who, answer)
        else:
            assert (status, answer.get("code")) == (403, expected), who


@pytest.mark.parametrize("operation", [each for each in GUARDED if each.record_names], ids=str)
def test_what_another_organisation_has_is_not_there(shared: Shared, operation: Operation):
    """Its records are answered like ids that nobody has, in every place of the path."""
    admin = shared.client("admin", shared.foreign)
    for name in operation.record_names:
        theirs = shared.world.here[name]
        ids = ids_of(shared.foreign)
        status, answer = send(admin, operation, {**ids, name: theirs})
        assert (status, answer["code"]) == (404, "not_found"), name
        nobodys = new_id()
        _, reference = send(admin, operation, {**ids, name: nobodys})
        assert without_ids(answer, theirs) == without_ids(reference, nobodys)


PAGES = [
    (method, str(route.path_format), declared_permission(route))
    for route in routes_of(create_app(Settings(database_url="sqlite:///never-opened.db", worker=False)))
    for method in route.methods or ()
    if not route.include_in_schema
]


@pytest.mark.parametrize(("method", "path", "permission"), PAGES, ids=str)
def test_pages_are_guarded_by_the_same_permissions(
    shared: Shared, method: str, path: str, permission: Permission | None
):
    names = {**ids_of(shared.world), "monday": "2026-11-02", "verb": "pin"}
    address = re.sub(r"\{(\w+)\}", lambda match: str(names[match[1]]), path)
    nobody = TestClient(shared.app, follow_redirects=False)
    answer = nobody.request(method, address, headers={"Accept": "text/html"})
    if permission is None:
        assert "location" not in answer.headers
        return
    assert (answer.status_code, answer.headers["location"].partition("?")[0]) == (303, "/sign-in")
    page = Operation(method, path, permission, {})
    for who in REACHING_HERE:
        if expected_denial(page, who) is not None:
            answer = shared.client(who, shared.world).request(method, address)
            assert answer.status_code == 403, who


def without_ids(answer: dict[str, Any], asked: UUID) -> str:
    """An answer as text, without the id that was asked for and the id of the request."""
    return json.dumps({**answer, "request_id": None}).replace(str(asked), "...")


def every_operation_reads_nothing_of(world: World, foreign: World, app: FastAPI) -> Iterator[str]:
    for operation in GUARDED:
        status, answer = send(foreign.people["admin"].client(app), operation, ids_of(foreign))
        text = json.dumps(answer)
        if world.marker in text or any(str(each) in text for each in world.all_ids - foreign.all_ids):
            yield f"{operation} ({status})"


def test_no_answer_holds_anything_of_another_organisation(
    both_app: FastAPI, both_client: TestClient, database: Database
):
    world = build_world(database, "kometa", "Kometa")
    foreign = build_world(database, "rival", "Rival")
    assert not list(every_operation_reads_nothing_of(world, foreign, both_app))


def test_lists_hold_only_what_is_within_reach(app: FastAPI, client: TestClient, world: World):
    """A manager of the other place and a colleague see none of the records "here" in any list."""
    lists = [each for each in GUARDED if each.method == "GET" and not each.names]
    assert lists
    here = {str(world.here[name]) for name in world.here.ids if name not in SHARED | {"location_id"}}
    here -= {str(world.here["department_id"]), str(world.here["colleague_id"])}
    for operation in lists:
        for who in ("other manager", "other employee"):
            status, answer = send(world.people[who].client(app), operation, ids_of(world))
            if status == 200:
                text = json.dumps(answer)
                assert not [each for each in here if each in text], (str(operation), who)


def test_every_operation_is_documented():
    for operation in OPERATIONS:
        document = operation.document
        assert re.fullmatch(r"[a-z_]+", document["operationId"]), operation
        assert document["summary"], operation
        assert not document["summary"].endswith("."), operation
        assert document["description"], operation
        assert document["tags"], operation
        for parameter in document.get("parameters", []):
            assert parameter["in"] == "path" or "description" in parameter, (operation, parameter)
        if operation.permission != PUBLIC:
            assert {"401", "403"} <= set(document["responses"]), operation
            assert document["security"] == [{"session": []}, {"key": []}], operation
        else:
            assert document["security"] == [], operation
    names = [operation.document["operationId"] for operation in OPERATIONS]
    assert len(names) == len(set(names))


def test_every_schema_has_an_example_that_fits_it():
    from jsonschema_rs import validator_for

    document = create_app(Settings(database_url="sqlite:///never-opened.db", worker=False)).openapi()
    schemas = document["components"]["schemas"]
    plain = {name for name, schema in schemas.items() if "enum" in schema}
    unshown = {
        name
        for name, schema in schemas.items()
        if name not in plain and not name.startswith(("Page_", "Body_")) and "examples" not in schema
    }
    assert not unshown
    for name, schema in schemas.items():
        checked = validator_for({**schema, "components": document["components"]})
        for shown in schema.get("examples", []):
            assert not [error.message for error in checked.iter_errors(shown)], name


def test_public_routes_are_few_and_known():
    public = {str(operation) for operation in OPERATIONS if operation.permission == PUBLIC}
    assert public <= {
        "GET /healthz",
        "GET /readyz",
        "POST /v1/session",
        "GET /feeds/{token}.ics",
        "HEAD /feeds/{token}.ics",
    }
