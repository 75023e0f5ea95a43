"""Fixtures of the API tests: the application on a fresh database, and a client for whoever asks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.main import create_app
from scheduler.db.session import Database
from scheduler.kernel.settings import Settings

BASE_URL = "http://testserver"


def settings_for(database: Database, folder: Path) -> Settings:
    """Settings of a test: small limits, no background worker."""
    return Settings(
        database_url=database.url,
        base_url=BASE_URL,
        max_body_bytes=200_000,
        worker=False,
        data_dir=folder,
    )


@pytest.fixture
def app(sqlite_database: Database, tmp_path: Path) -> FastAPI:
    """The application on SQLite."""
    return create_app(settings_for(sqlite_database, tmp_path), sqlite_database)


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    """Nobody in particular."""
    with TestClient(app, base_url=BASE_URL, follow_redirects=False) as client:
        yield client


@pytest.fixture
def both_app(database: Database, tmp_path: Path) -> FastAPI:
    """The application, once on each engine."""
    return create_app(settings_for(database, tmp_path), database)


@pytest.fixture
def both_client(both_app: FastAPI) -> Iterator[TestClient]:
    """Nobody in particular, once on each engine."""
    with TestClient(both_app, base_url=BASE_URL, follow_redirects=False) as client:
        yield client
