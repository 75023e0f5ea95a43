"""What holds for every request: size, form, where it comes from, what the answer carries, what is logged."""

from __future__ import annotations

import asyncio
import json
import logging

import pytest
from fastapi import APIRouter, Depends, FastAPI
from fastapi.testclient import TestClient

from api.main import create_app
from api.openapi import UndeclaredPermission, install
from api.permissions import allow, public
from api.transaction import ReadSession, WriteSession
from scheduler.db.session import Database
from scheduler.kernel.settings import Settings
from scheduler.organisation.models import Role
from scheduler.organisation.permissions import Permission
from scheduler.people.models import JobRole
from tests.api.people import PASSWORD, store_person
from tests.conftest import store_organisation

SIGN_IN = {"email": "ann@example.com", "password": PASSWORD}


def test_a_body_that_says_it_is_too_large_is_refused_unread(client: TestClient):
    headers = {"Content-Type": "application/json"}
    answer = client.post("/v1/session", content=b"x" * 50_000_000, headers=headers)
    assert answer.status_code == 413
    assert answer.json()["code"] == "body_too_large"
    assert "200000 bytes" in answer.json()["detail"]


def test_a_body_of_unknown_length_is_stopped_when_it_gets_too_large(app: FastAPI):
    """The application is driven by hand, because the test client joins the chunks of a body."""
    taken = 0

    async def receive() -> dict[str, object]:
        nonlocal taken
        taken += 65536
        return {"type": "http.request", "body": b"x" * 65536, "more_body": taken < 50_000_000}

    sent: list[dict[str, object]] = []

    async def send(message: dict[str, object]) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": "/v1/session",
        "raw_path": b"/v1/session",
        "root_path": "",
        "query_string": b"",
        "headers": [(b"content-type", b"application/json"), (b"host", b"testserver")],
        "client": ("127.0.0.1", 1),
        "server": ("testserver", 80),
    }
    asyncio.run(app(scope, receive, send))  # type: ignore[arg-type]  # plain dictionaries
    assert sent[0]["status"] == 413
    assert json.loads(sent[1]["body"])["code"] == "body_too_large"  # type: ignore[arg-type]  # bytes
    assert taken < 400_000


@pytest.mark.parametrize("declared", ["-1", "abc", "1e9", "99999999999999999999999999"])
def test_a_length_that_is_no_number_of_bytes_is_refused(client: TestClient, declared: str):
    answer = client.post("/v1/session", content=b"{}", headers={"Content-Length": declared})
    assert answer.status_code == 413


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded", None])
def test_json_under_another_name_is_refused(client: TestClient, media_type: str | None):
    headers = {} if media_type is None else {"Content-Type": media_type}
    answer = client.post("/v1/session", content=json.dumps(SIGN_IN), headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (415, "media_type_not_json")


@pytest.mark.parametrize("body", ["{", "", "[]", "null", '"x"', "1" * 5000, "[" * 100_000])
def test_a_body_that_is_no_object_is_refused_in_words(client: TestClient, body: str):
    answer = client.post("/v1/session", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"] == "application/problem+json"


def test_every_bad_field_is_named_at_once(client: TestClient):
    answer = client.post("/v1/session", json={"email": 7, "pasword": "x"})
    assert answer.status_code == 422
    found = {error["field"]: error for error in answer.json()["errors"]}
    assert set(found) == {"email", "password", "pasword"}
    assert found["password"]["hint"] == "this field is required"
    assert found["pasword"]["hint"] == "leave it out, or correct its name"


def test_a_password_is_never_sent_back(client: TestClient):
    answer = client.post("/v1/session", json={"email": "x@y", "password": ["secret-value"]})
    assert answer.status_code == 422
    assert "secret-value" not in answer.text


def test_an_unknown_path_and_a_wrong_method_are_problems(client: TestClient):
    assert client.get("/v1/nothing").json()["code"] == "route_not_found"
    answer = client.put("/v1/session", json={})
    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")
    assert "POST" in answer.headers["allow"]


CROSS_SITE = [
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
]
OWN_SITE = [
    {},
    {"Origin": "http://testserver"},
    {"Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Site": "none"},
]


@pytest.mark.parametrize("headers", CROSS_SITE)
def test_another_site_cannot_act_with_the_cookie(client: TestClient, headers: dict[str, str]):
    answer = client.post("/v1/session", json=SIGN_IN, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "cross_site_request")


@pytest.mark.parametrize("headers", OWN_SITE)
def test_our_own_pages_and_other_programs_can(
    client: TestClient, sqlite_database: Database, headers: dict[str, str]
):
    organisation = store_organisation(sqlite_database)
    store_person(sqlite_database, organisation, "ann@example.com", (Role.ADMIN, None))
    assert client.post("/v1/session", json=SIGN_IN, headers=headers).status_code == 201


def test_the_guard_knows_our_address_behind_a_proxy(sqlite_database: Database):
    settings = Settings(database_url=sqlite_database.url, base_url="https://makina.example", worker=False)
    client = TestClient(create_app(settings, sqlite_database), base_url="http://10.0.0.7:8000")
    answer = client.post("/v1/session", json=SIGN_IN, headers={"Origin": "https://makina.example"})
    assert answer.json()["code"] == "sign_in_failed"


def test_each_answer_has_security_headers_and_a_nonce_of_its_own(client: TestClient):
    answers = [client.get("/healthz"), client.get("/v1/me"), client.get("/v1/nothing")]
    policies = {answer.headers["content-security-policy"] for answer in answers}
    assert len(policies) == 3
    for answer in answers:
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"
        assert "strict-transport-security" not in answer.headers


def test_a_problem_names_the_request_that_the_log_names(client: TestClient, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.INFO)
    answer = client.get("/v1/me")
    assert answer.json()["request_id"] == answer.headers["x-request-id"]
    assert answer.headers["x-request-id"] in caplog.text


def test_an_unexpected_fault_is_a_problem_without_inside_and_is_logged(
    app: FastAPI, caplog: pytest.LogCaptureFixture
):
    router = APIRouter(dependencies=[Depends(public)])

    @router.get("/v1/broken")
    def broken() -> None:
        raise RuntimeError("the inside")

    app.include_router(router)
    answer = TestClient(app).get("/v1/broken")
    assert (answer.status_code, answer.json()["code"]) == (500, "unexpected")
    assert "the inside" not in answer.text
    assert "content-security-policy" in answer.headers
    assert "the inside" in caplog.text


def signed_in(app: FastAPI, database: Database) -> TestClient:
    organisation = store_organisation(database)
    return store_person(database, organisation, "ann@example.com", (Role.ADMIN, None)).client(app)


def test_what_the_database_refuses_at_the_commit_is_no_success(both_app: FastAPI, database: Database):
    router = APIRouter(dependencies=[Depends(allow(Permission.SELF))])

    @router.post("/v1/twice", status_code=201)
    def twice(session: WriteSession) -> None:
        session.add_all([JobRole(code="A", name="A"), JobRole(code="A", name="A")])

    both_app.include_router(router)
    client = signed_in(both_app, database)
    answer = client.post("/v1/twice")
    assert (answer.status_code, answer.json()["code"]) == (409, "conflict")
    assert client.get("/v1/job-roles").json()["items"] == []


def test_a_fault_after_a_write_leaves_nothing_behind(both_app: FastAPI, database: Database):
    router = APIRouter(dependencies=[Depends(allow(Permission.SELF))])

    @router.post("/v1/half")
    def half(session: WriteSession) -> None:
        session.add(JobRole(code="A", name="A"))
        session.flush()
        raise RuntimeError("half way")

    both_app.include_router(router)
    client = signed_in(both_app, database)
    assert client.post("/v1/half").status_code == 500
    assert client.get("/v1/job-roles").json()["items"] == []


def test_reading_cannot_write(app: FastAPI, sqlite_database: Database):
    router = APIRouter(dependencies=[Depends(allow(Permission.SELF))])

    @router.get("/v1/sly")
    def sly(session: ReadSession) -> None:
        session.add(JobRole(code="A", name="A"))
        session.flush()

    app.include_router(router)
    client = signed_in(app, sqlite_database)
    answer = client.get("/v1/sly")
    assert (answer.status_code, answer.json()["code"]) == (500, "unexpected")
    assert client.get("/v1/job-roles").json()["items"] == []


def test_no_secret_is_logged(client: TestClient, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    client.post("/v1/session", json={"email": "ann@example.com", "password": "the-password"})
    client.get("/v1/me", headers={"Authorization": "Bearer mk_the-key"})
    client.get("/v1/me", headers={"Cookie": "makina_session=the-token"})
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("makina")]
    assert len(ours) >= 3
    for secret in ("the-password", "mk_the-key", "the-token"):
        assert secret not in " ".join(ours)


def test_a_route_without_a_declared_permission_does_not_start(app: FastAPI):
    router = APIRouter()

    @router.get("/v1/open")
    def undeclared() -> None:
        """Says nothing of who may call it."""

    app.include_router(router)
    with pytest.raises(UndeclaredPermission, match="/v1/open"):
        install(app)


def test_health_needs_no_database_and_readiness_does(client: TestClient, sqlite_database: Database):
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ok"}
    with sqlite_database.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM alembic_version")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["code"]) == (503, "not_ready")
    assert "makina migrate" in answer.json()["detail"]
    assert client.get("/healthz").status_code == 200


def test_a_browser_that_is_not_signed_in_is_led_to_the_sign_in_page(app: FastAPI):
    router = APIRouter(dependencies=[Depends(allow(Permission.ROSTERS_READ))])

    @router.get("/week/{roster_id}")
    def page(roster_id: str) -> str:
        return roster_id

    app.include_router(router)
    client = TestClient(app, follow_redirects=False)
    answer = client.get("/week/7", headers={"Accept": "text/html"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?next=/week/7")
    fragment = client.get(
        "/week/7", headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/week/7?day=2"}
    )
    assert (fragment.status_code, fragment.headers["hx-redirect"]) == (
        401,
        "/sign-in?next=/week/7%3Fday%3D2",
    )
    assert client.get("/week/7").status_code == 401
