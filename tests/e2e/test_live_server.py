"""The application that browser tests talk to is the real one, on a database of its own."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.conftest import store_organisation
from tests.e2e.live_server import LiveServer, serve


def get(url: str) -> object:
    """The JSON answer."""
    with urllib.request.urlopen(url, timeout=10) as answer:
        return json.load(answer)


def test_it_serves_a_migrated_database(live_server: LiveServer):
    assert get(f"{live_server.url}/readyz") == {"status": "ok"}
    store_organisation(live_server.database)


def test_a_server_without_migrations_says_it_is_not_ready(tmp_path: Path):
    with (
        serve(tmp_path, f"sqlite:///{tmp_path / 'empty.db'}") as server,
        pytest.raises(urllib.error.HTTPError, match="503") as refusal,
    ):
        get(f"{server.url}/readyz")
    assert "makina migrate" in refusal.value.read().decode()


def test_a_server_that_cannot_start_shows_its_log(tmp_path: Path):
    with (
        pytest.raises(RuntimeError, match="solver_seconds"),
        serve(tmp_path, f"sqlite:///{tmp_path / 'empty.db'}", solver_seconds="soon"),
    ):
        pass
