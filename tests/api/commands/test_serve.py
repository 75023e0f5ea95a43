"""``makina serve`` and ``makina migrate``: a server that comes up from nothing and goes down when told."""

from __future__ import annotations

import signal
import socket
from pathlib import Path

import httpx2
import pytest
from typer.testing import CliRunner

from api.cli import app, main
from api.commands.serve import prepare_database
from scheduler.db.engine import create_engine_for
from scheduler.db.migrate import is_current
from scheduler.kernel.settings import settings
from tests.databases import DatabaseAddress
from tests.makina_processes import served


@pytest.mark.slow
def test_it_comes_up_on_an_empty_database_and_goes_down_when_told(tmp_path: Path):
    own = {"MAKINA_DATABASE_URL": f"sqlite:///{tmp_path}/new.db", "MAKINA_DATA_DIR": str(tmp_path)}
    with served(tmp_path / "log", settings={**own, "MAKINA_WORKER": "true"}) as (server, url):
        assert httpx2.get(f"{url}/feeds/the-secret-token.ics").status_code == 404
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(20) in (0, -signal.SIGTERM)
    assert "worker_stopped" in server.said
    assert "the-secret-token" not in server.said
    assert "Traceback" not in server.said


@pytest.mark.postgres
def test_postgresql_is_checked_and_never_changed(postgres_address: DatabaseAddress):
    assert prepare_database(postgres_address.url) is None
    engine = create_engine_for(postgres_address.owner_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'older'")
    problem = prepare_database(postgres_address.url)
    assert problem is not None
    assert "makina migrate" in problem
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == "older"
    engine.dispose()


def test_a_server_that_is_not_there_is_named():
    problem = prepare_database("postgresql://nobody@127.0.0.1:1/nothing")
    assert problem is not None
    assert "MAKINA_DATABASE_URL" in problem


def test_migrate_makes_the_database_current(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    url = f"sqlite:///{tmp_path}/new.db"
    monkeypatch.setenv("MAKINA_DATABASE_URL", url)
    settings.cache_clear()
    for _ in range(2):
        done = CliRunner().invoke(app, ["migrate"])
        assert done.exit_code == 0, done.output
        engine = create_engine_for(url)
        assert is_current(engine)
        engine.dispose()
    settings.cache_clear()


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_port_that_is_taken_is_named_before_anything_is_done(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("MAKINA_DATABASE_URL", f"sqlite:///{tmp_path}/new.db")
    settings.cache_clear()
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        done = CliRunner().invoke(app, [command, "--port", port])
    settings.cache_clear()
    assert done.exit_code == 1
    assert f"port {port}: Address already in use" in done.output
    assert not list(tmp_path.iterdir())


def test_a_database_file_that_cannot_be_used_is_named_with_the_reason(tmp_path: Path):
    (tmp_path / "no.db").write_text("a shopping list, and quite a long one, as lists go")
    (tmp_path / "file").touch()
    for place, reason in (("no.db", "not a database"), ("file/makina.db", "File exists")):
        problem = prepare_database(f"sqlite:///{tmp_path}/{place}")
        assert problem is not None
        assert "MAKINA_DATABASE_URL" in problem
        assert reason in problem


@pytest.mark.postgres
def test_migrating_as_the_application_names_the_setting_for_the_owner(
    postgres_address: DatabaseAddress, monkeypatch: pytest.MonkeyPatch
):
    engine = create_engine_for(postgres_address.owner_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE alembic_version")
    engine.dispose()
    for url, reason in (
        (postgres_address.url, "permission denied"),
        ("postgresql://nobody@127.0.0.1:1/nothing", "Connection refused"),
    ):
        monkeypatch.setenv("MAKINA_DATABASE_URL", url)
        settings.cache_clear()
        done = CliRunner().invoke(app, ["migrate"])
        assert done.exit_code == 1, done.exception
        assert reason in done.output
        assert "MAKINA_MIGRATION_URL" in done.output
    settings.cache_clear()


def test_a_setting_that_makes_no_sense_is_named_without_the_password_in_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("MAKINA_DATABASE_URL", "mysql://makina:s3same@localhost/makina")
    settings.cache_clear()
    with pytest.raises(SystemExit):
        main()
    settings.cache_clear()
    told = capsys.readouterr().err
    assert "MAKINA_DATABASE_URL" in told
    assert "mysql://makina:***@localhost/makina" in told
    assert "s3same" not in told
