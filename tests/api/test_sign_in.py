"""Sign-in: sessions that open, end and expire, and passwords that cannot be tried for ever."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
import time_machine
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import select

from api.auth import COOKIE
from scheduler.db.session import Database
from scheduler.kernel.clock import utc_now
from scheduler.organisation.models import Account, Role, SignIn
from tests.api.people import PASSWORD, Person, store_person
from tests.conftest import store_organisation


@pytest.fixture
def organisation(sqlite_database: Database) -> UUID:
    return store_organisation(sqlite_database)


@pytest.fixture
def ann(sqlite_database: Database, organisation: UUID) -> Person:
    return store_person(sqlite_database, organisation, "ann@example.com", (Role.ADMIN, None))


def post_sign_in(client: TestClient, email: str = "ann@example.com", password: str = PASSWORD):
    return client.post("/v1/session", json={"email": email, "password": password})


def test_the_right_password_opens_a_session(client: TestClient, ann: Person):
    answer = post_sign_in(client)
    assert answer.status_code == 201
    assert answer.json()["me"]["email"] == "ann@example.com"
    assert client.get("/v1/me").json()["roles"] == [{"role": "admin", "location_id": None}]


@pytest.mark.parametrize("email", [" ANN@Example.COM ", "ann@example.com"])
def test_the_address_is_read_without_regard_to_case_and_blanks(client: TestClient, ann: Person, email: str):
    assert post_sign_in(client, email).status_code == 201


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(client: TestClient, ann: Person):
    cookie = post_sign_in(client).headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "secure" not in cookie


def test_the_cookie_is_for_https_only_where_the_settings_say_so(app: FastAPI, ann: Person):
    app.state.settings = app.state.settings.model_copy(update={"secure_cookies": True})
    answer = post_sign_in(TestClient(app))
    assert "secure" in answer.headers["set-cookie"].lower()


def test_only_the_hash_of_the_token_is_stored(
    client: TestClient, sqlite_database: Database, ann: Person, organisation: UUID
):
    post_sign_in(client)
    token = client.cookies[COOKIE]
    with sqlite_database.read(organisation) as session:
        hashes = session.scalars(select(SignIn.token_hash)).all()
    assert len(hashes) == 2
    assert not [each for each in hashes if token in each]


@pytest.mark.parametrize(
    ("email", "password"),
    [("ann@example.com", "wrong password"), ("nobody@example.com", PASSWORD), ("no-address", "x")],
)
def test_a_wrong_password_and_an_unknown_address_are_told_apart_by_nobody(
    client: TestClient, ann: Person, email: str, password: str
):
    answer = post_sign_in(client, email, password)
    assert answer.status_code == 401
    assert answer.json()["detail"] == "The e-mail address or the password is wrong."
    assert "set-cookie" not in answer.headers


def test_an_account_that_is_switched_off_cannot_sign_in_and_its_sessions_end(
    app: FastAPI, client: TestClient, sqlite_database: Database, ann: Person, organisation: UUID
):
    with sqlite_database.write(organisation) as session:
        session.get_one(Account, ann.account_id).active = False
    assert post_sign_in(client).status_code == 401
    assert ann.client(app).get("/v1/me").status_code == 401


def test_signing_out_ends_the_session_for_good(client: TestClient, app: FastAPI, ann: Person):
    post_sign_in(client)
    token = client.cookies[COOKIE]
    assert client.delete("/v1/session").status_code == 204
    assert COOKIE not in client.cookies
    assert TestClient(app, cookies={COOKIE: token}).get("/v1/me").json()["code"] == "sign_in_needed"


def test_a_session_expires(client: TestClient, app: FastAPI, ann: Person):
    hours = app.state.settings.session_hours
    start = datetime(2026, 11, 2, 8, tzinfo=UTC)
    with time_machine.travel(start, tick=False):
        post_sign_in(client)
        token = client.cookies[COOKIE]
    for late, status in ((timedelta(seconds=-1), 200), (timedelta(0), 401)):
        with time_machine.travel(start + timedelta(hours=hours) + late, tick=False):
            assert TestClient(app, cookies={COOKIE: token}).get("/v1/me").status_code == status


def test_too_many_wrong_passwords_are_answered_with_when_to_come_back(client: TestClient, ann: Person):
    answers = [post_sign_in(client, password="wrong") for _ in range(11)]
    assert [answer.status_code for answer in answers] == [401] * 10 + [429]
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 15 * 60
    assert answers[-1].headers["retry-after"] in answers[-1].json()["detail"]
    assert post_sign_in(client).status_code == 429
    other = post_sign_in(client, "bob@example.com", "wrong")
    assert other.status_code == 401


def test_a_right_password_forgets_the_wrong_ones_before(client: TestClient, ann: Person):
    for _ in range(2):
        for _ in range(9):
            assert post_sign_in(client, password="wrong").status_code == 401
        assert post_sign_in(client).status_code == 201


def test_a_new_password_replaces_the_old_one_and_ends_other_sessions(
    client: TestClient, app: FastAPI, ann: Person
):
    post_sign_in(client)
    body = {"present_password": PASSWORD, "new_password": "battery staple 7"}
    assert client.put("/v1/me/password", json=body).status_code == 204
    assert client.get("/v1/me").status_code == 200
    assert ann.client(app).get("/v1/me").status_code == 401
    assert post_sign_in(TestClient(app)).status_code == 401
    assert post_sign_in(TestClient(app), password="battery staple 7").status_code == 201


@pytest.mark.parametrize(
    ("present", "new", "code"),
    [("wrong password", "battery staple 7", "password_wrong"), (PASSWORD, "short", "invalid_input")],
)
def test_a_refused_new_password_changes_nothing(
    client: TestClient, app: FastAPI, ann: Person, present: str, new: str, code: str
):
    answer = ann.client(app).put("/v1/me/password", json={"present_password": present, "new_password": new})
    assert answer.json()["code"] == code
    assert new not in answer.text
    assert post_sign_in(client).status_code == 201


def test_the_time_of_sign_in_is_recorded(sqlite_database: Database, organisation: UUID, ann: Person):
    with sqlite_database.read(organisation) as session:
        created_at = session.scalars(select(SignIn.created_at)).one()
    assert utc_now() - timedelta(minutes=1) < created_at <= utc_now()
