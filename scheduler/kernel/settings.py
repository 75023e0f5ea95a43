"""Settings of one installation, read from the environment (``MAKINA_*``)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What an operator can set; `docs/operations.md` explains each."""

    model_config = SettingsConfigDict(env_prefix="MAKINA_", frozen=True)

    database_url: str = "sqlite:///var/makina.db"
    """Where records live: ``sqlite:///path`` or ``postgresql://user:password@host/name``."""

    migration_url: str | None = None
    """PostgreSQL only: address of the role that owns the tables; without it ``database_url`` migrates."""

    base_url: str = "http://127.0.0.1:8000"
    """Address under which people reach the pages; calendar addresses are built from it."""

    secure_cookies: bool = False
    """Mark cookies ``Secure``; switch on wherever the pages are served over HTTPS."""

    session_hours: int = Field(default=12, ge=1, le=24 * 30)
    """How long a sign-in lasts."""

    max_body_bytes: int = Field(default=10 * 1024 * 1024, ge=1024)
    """Largest request body that is read."""

    worker: bool = True
    """Run background work in the web process; switch off when separate workers run."""

    worker_id: str | None = None
    """Name of this worker process, unique among those alive; made up when absent."""

    solver_seconds: int = Field(default=30, ge=1, le=3600)
    """How long a run may search unless the manager says otherwise."""

    solver_workers: int = Field(default=2, ge=1, le=64)
    """Search threads of one run."""

    solver_memory_mb: int = Field(default=4096, ge=512)
    """Address space one run may take, MiB; a run that needs more fails and the worker goes on."""

    log_json: bool = False
    """Write log lines as JSON."""

    webhook_key: SecretStr | None = None
    """What secrets of webhooks are worked out from, at least 32 characters, the same for every process."""

    webhook_private_addresses: bool = False
    """Let webhooks reach private addresses and this machine; for tests and closed networks."""

    data_dir: Path = Path("var")
    """Where files that are not records are kept (payroll files, problem snapshots)."""

    @field_validator("database_url", "migration_url")
    @classmethod
    def _known_database(cls, url: str | None) -> str | None:
        """Refuse what is neither SQLite nor PostgreSQL."""
        if url is not None and not url.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
            raise ValueError("give sqlite:///path or postgresql://user:password@host/name")
        return url

    @field_validator("webhook_key")
    @classmethod
    def _long_key(cls, key: SecretStr | None) -> SecretStr | None:
        """Refuse a key that could be guessed; an empty one is none."""
        if key is None or not key.get_secret_value():
            return None
        if len(key.get_secret_value()) < 32:
            raise ValueError("give at least 32 characters, such as `openssl rand -hex 32` writes")
        return key


@cache
def settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()
