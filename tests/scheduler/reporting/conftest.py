"""The company with a time clock, on a fixed afternoon."""

from __future__ import annotations

from tests.scheduler.timekeeping.conftest import clocked, clocked_sqlite, now

__all__ = ["clocked", "clocked_sqlite", "now"]
