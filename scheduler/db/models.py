"""Every record of every room, so that the metadata is whole.

This is the one module of `db` that looks upwards, and only when it is called.
"""

from __future__ import annotations

from importlib import import_module

from sqlalchemy import MetaData

from scheduler.db.base import Base

ROOMS = (
    "audit",
    "organisation",
    "people",
    "law",
    "timeoff",
    "demand",
    "rosters",
    "timekeeping",
    "pay",
    "payroll",
    "reporting",
    "webhooks",
    "jobs",
)


def whole_metadata() -> MetaData:
    """Metadata with the tables of all rooms."""
    for room in ROOMS:
        import_module(f"scheduler.{room}.models")
    return Base.metadata


def tenant_tables() -> list[str]:
    """Names of the tables that belong to an organisation, sorted."""
    return sorted(
        table.name for table in whole_metadata().tables.values() if "organisation_id" in table.columns
    )
