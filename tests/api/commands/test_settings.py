"""Settings that make no sense are told in a sentence that names the variable, its value and what would do."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from api.commands.serve import _reached_at
from scheduler.kernel.settings import Settings


@pytest.mark.parametrize(
    ("name", "value", "hint"),
    [
        ("MAKINA_SOLVER_SECONDS", "soon", "valid integer"),
        ("MAKINA_DATABASE_URL", "mysql://somebody@localhost/x", "postgresql://user:password@host/name"),
    ],
)
def test_a_bad_setting_is_named_without_a_traceback(name: str, value: str, hint: str):
    done = subprocess.run(
        [sys.executable, "-c", "from api.cli import main; main()", "payroll", "--help"],
        env={**os.environ, name: value},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 2
    assert name in done.stderr
    assert value in done.stderr
    assert hint in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8123"),
        ("0.0.0.0", "http://127.0.0.1:8123"),  # noqa: S104 - not listened on
        ("::1", "http://[::1]:8123"),
        ("makina.example", "http://makina.example:8123"),
    ],
)
def test_addresses_handed_out_are_those_that_are_served(host: str, address: str):
    assert _reached_at(Settings(), host, 8123).base_url == address


def test_an_address_the_operator_names_is_kept():
    named = Settings(base_url="https://rosters.example")

    assert _reached_at(named, "127.0.0.1", 8123).base_url == "https://rosters.example"
