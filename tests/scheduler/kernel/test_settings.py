from __future__ import annotations

import pytest
from pydantic import ValidationError

from scheduler.kernel.settings import Settings


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MAKINA_DATABASE_URL", "postgresql://db.example/makina")
    monkeypatch.setenv("MAKINA_SOLVER_SECONDS", "5")
    made = Settings()
    assert (made.database_url, made.solver_seconds) == ("postgresql://db.example/makina", 5)


def test_a_setting_out_of_bounds_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MAKINA_SOLVER_SECONDS", "0")
    with pytest.raises(ValidationError, match="solver_seconds"):
        Settings()


def test_settings_never_change():
    with pytest.raises(ValidationError, match="frozen"):
        setattr(Settings(), "base_url", "http://elsewhere")  # noqa: B010 - written as what is refused
