"""Work that is made known later than the law asks for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from scheduler.kernel.clock import local_day
from scheduler.law.notice import schedule_notice
from scheduler.law.pack import Pack
from scheduler.rosters.compare import Change
from scheduler.rosters.models import Roster


def late_notice(
    roster: Roster, layers: Sequence[Pack], changes: Iterable[Change], at: datetime
) -> list[dict[str, Any]]:
    """A remark if work is made known, moved or withdrawn later than the law of the place asks for."""
    zone = ZoneInfo(roster.location.zone)
    today = local_day(at, zone)
    late: dict[str, Any] = {}
    for change in changes:
        for side in (change.before, change.after):
            if side is None or side.employee is None:
                continue
            first = local_day(side.starts_at, zone)
            finding = schedule_notice(
                layers, published_on=today, first_work_on=first, sector=roster.location.sector or ""
            )
            if finding is not None:
                late.setdefault(side.employee, finding)
    if not late:
        return []
    worst = max(late.values(), key=lambda finding: finding.short_by)
    return [
        {
            "code": worst.code,
            "text": worst.sentence,
            "citation": worst.citation,
            "remedy": worst.remedy,
            "people": sorted(late),
        }
    ]
