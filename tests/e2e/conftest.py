"""Fixtures for the browser tests: a Chromium for any machine, and the real application behind it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.databases import SqliteTemplates
from tests.e2e.chromium import FLAGS, Chromium, find_chromium
from tests.e2e.live_server import LiveServer, serve
from tests.e2e.staff import Staff, store_staff

HERE = Path(__file__).parent

PATIENCE_MS = 20_000
"""How long a test waits for what has to come: a busy machine is slow, and only a failure waits so long."""

expect.set_options(timeout=PATIENCE_MS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder drives the browser, and comes after those of all others.

    The driver of the browser leaves an event loop running in its process, which other tests must not have.
    """
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: item.path.is_relative_to(HERE))


@pytest.fixture(scope="session")
def chromium() -> Chromium:
    """The browser of this machine; installed first where there is none."""
    return find_chromium()


@pytest.fixture(scope="session")
def chromium_path(chromium: Chromium) -> Path:
    """Where its executable lies."""
    return chromium.path


@pytest.fixture(scope="session")
def base_url() -> None:
    """None; pytest-playwright's own fixture of this name is declared in a way that pytest 9 warns of."""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any], chromium: Chromium) -> dict[str, Any]:
    """Make pytest-playwright start that browser."""
    return {
        **browser_type_launch_args,
        "executable_path": str(chromium.path),
        "args": list(FLAGS),
        "env": {**os.environ, **chromium.environment},
    }


@pytest.fixture(scope="module")
def live_server(
    sqlite_templates: SqliteTemplates, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LiveServer]:
    """The application on an empty SQLite database, one for all tests of a module."""
    folder = tmp_path_factory.mktemp("live-server")
    with serve(folder, sqlite_templates.new(folder).url) as server:
        yield server


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A reader of English, whatever this machine speaks."""
    return {**browser_context_args, "locale": "en-GB"}


@pytest.fixture(scope="session")
def pages_server(
    sqlite_templates: SqliteTemplates, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LiveServer]:
    """The application with its worker, one for all tests of pages; each module has a company of its own."""
    folder = tmp_path_factory.mktemp("pages-server")
    with serve(folder, sqlite_templates.new(folder).url) as server:
        yield server


@pytest.fixture(scope="module")
def staff(pages_server: LiveServer, request: pytest.FixtureRequest) -> Staff:
    """The company of the module."""
    return store_staff(pages_server, request.module.__name__.rpartition(".")[2].replace("_", "-"))
