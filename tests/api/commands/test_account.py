"""``makina account create``: the first admin of an organisation comes from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from api.cli import app
from scheduler.db.session import Database
from scheduler.db.tenant import across_tenants
from scheduler.kernel.settings import settings
from scheduler.organisation.models import Account, Organisation, Role
from scheduler.organisation.sign_in import check_password


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    url = f"sqlite:///{tmp_path}/new.db"
    monkeypatch.setenv("MAKINA_DATABASE_URL", url)
    settings.cache_clear()
    yield url
    settings.cache_clear()


def create(*arguments: str, password: str = "correct horse battery"):
    fixed = ["account", "create", "Ann@Example.com", "--name", "Ann", "--organisation", "kometa"]
    return CliRunner().invoke(app, [*fixed, "--password", password, *arguments])


def accounts(url: str) -> list[tuple[str, Role]]:
    database = Database(url)
    with database.read() as session, across_tenants(session):
        found = [(each.email, each.grants[0].role) for each in session.scalars(select(Account))]
    database.dispose()
    return found


def test_the_first_admin_of_a_new_organisation_can_sign_in(url: str):
    done = create("--new-organisation", "Kometa Ltd")
    assert done.exit_code == 0, done.output
    assert "ann@example.com can sign in as admin of kometa" in done.output
    assert accounts(url) == [("ann@example.com", Role.ADMIN)]
    database = Database(url)
    with database.read() as session:
        principal = check_password(session, email="ann@example.com", password="correct horse battery")
        organisation = session.get_one(Organisation, principal.organisation_id)
        assert (organisation.slug, organisation.name) == ("kometa", "Kometa Ltd")
    database.dispose()


def test_an_unknown_organisation_is_refused_with_what_would_do(url: str):
    done = create()
    assert done.exit_code == 1
    assert "--new-organisation" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "password", "said"),
    [
        (["--new-organisation", "Kometa"], "short", "10 to 200 characters"),
        (["--new-organisation", "Kometa", "--location", "NOWHERE"], "correct horse battery", "NOWHERE"),
    ],
)
def test_a_refused_account_leaves_nothing_behind(url: str, arguments: list[str], password: str, said: str):
    done = create(*arguments, password=password)
    assert done.exit_code == 1
    assert said in done.stderr
    assert accounts(url) == []
    database = Database(url)
    with database.read() as session:
        assert session.scalars(select(Organisation)).all() == []
    database.dispose()


def test_an_address_is_given_once(url: str):
    assert create("--new-organisation", "Kometa").exit_code == 0
    done = create()
    assert done.exit_code == 1
    assert "ann@example.com" in done.stderr
