"""API keys, looked up."""

from __future__ import annotations

from sqlalchemy import Select, select

from scheduler.organisation.models import ApiKey


def list_api_keys() -> Select[ApiKey]:
    """Every key of the organisation, those revoked included, in the order they were made."""
    return select(ApiKey).order_by(ApiKey.id)
