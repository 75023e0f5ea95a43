"""Identifiers that sort by time of creation."""

from __future__ import annotations

from uuid import UUID

import uuid_utils.compat


def new_id() -> UUID:
    """A fresh UUID version 7 (RFC 9562): unique; later ones sort after earlier ones, to the millisecond."""
    return uuid_utils.compat.uuid7()
