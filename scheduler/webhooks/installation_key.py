"""The key of an installation, from which secrets of webhooks are worked out; it is never in the database."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from sqlalchemy import make_url

from scheduler.kernel.settings import Settings

FILE = "webhook.key"


def installation_key(settings: Settings) -> bytes | None:
    """The operator's key; on SQLite else one of its own, kept in a file that only its owner reads.

    None on PostgreSQL without a key of the operator: there several processes need the same one, and a file
    of one of them would not do.
    """
    if settings.webhook_key is not None:
        return settings.webhook_key.get_secret_value().encode()
    if make_url(settings.database_url).get_backend_name() != "sqlite":
        return None
    return _kept(settings.data_dir / FILE)


def _kept(path: Path) -> bytes:
    """The key in a file, made when it is asked for first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        # Written whole before it has its name, so that nobody reads half a key; whoever is first wins.
        draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
        with suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_bytes().strip()
