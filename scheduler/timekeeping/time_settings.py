"""What locations chose about the time worked there: tolerances, days of work over midnight, rounding."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.law.agreements import layers_in
from scheduler.law.pack import Pack
from scheduler.law.punch_rounding import rounding_policy
from scheduler.organisation.models import DayRuleSetting, Location, RoundingSetting, TimeTolerances
from scheduler.timekeeping.attendance import USUAL, Tolerances
from scheduler.timekeeping.day_rules import DatedRule
from scheduler.timekeeping.rounding import DatedPolicy

TOLERATED = tuple(Tolerances.__dataclass_fields__)
"""Names of the tolerances."""


@dataclass(slots=True)
class TimeSettings:
    """The settings of every location, read once.

    Parameters
    ----------
    zones
        Of every location.
    rules, policies
        Of the locations that have some.
    """

    session: Session
    zones: Mapping[UUID, ZoneInfo]
    jurisdictions: Mapping[UUID, str]
    tolerances: Mapping[UUID, Tolerances]
    rules: Mapping[UUID, Sequence[DatedRule]]
    policies: Mapping[UUID, Sequence[DatedPolicy]]
    _layers: dict[str, tuple[Pack, ...]] = field(default_factory=dict)
    _steps: dict[tuple[UUID, date, bool], tuple[int, ...]] = field(default_factory=dict)

    def tolerances_at(self, location_id: UUID) -> Tolerances:
        """Those of a location, or the usual ones."""
        return self.tolerances.get(location_id, USUAL)

    def allows(self, location_id: UUID, step_minutes: int, day: date, breaks: bool) -> bool:
        """Whether the law of a location allows to round to a step; see `scheduler.timekeeping.rounding`."""
        key = (location_id, day, breaks)
        if key not in self._steps:
            jurisdiction = self.jurisdictions[location_id]
            if jurisdiction not in self._layers:
                self._layers[jurisdiction] = layers_in(self.session, jurisdiction)
            found = rounding_policy(self._layers[jurisdiction], day, meal=breaks)
            self._steps[key] = found.steps_minutes
        return step_minutes in self._steps[key]


def time_settings(session: Session) -> TimeSettings:
    """What all locations chose, in four queries."""
    places = session.execute(select(Location.id, Location.zone, Location.jurisdiction)).all()
    policies: dict[UUID, list[DatedPolicy]] = defaultdict(list)
    for each in session.scalars(select(RoundingSetting).order_by(RoundingSetting.starts_on)):
        policies[each.location_id].append(DatedPolicy(each.starts_on, each.policy))
    chosen = {row.location_id: tolerances_of(row) for row in session.scalars(select(TimeTolerances))}
    return TimeSettings(
        session,
        zones={key: ZoneInfo(zone) for key, zone, _ in places},
        jurisdictions={key: jurisdiction for key, _, jurisdiction in places},
        tolerances=chosen,
        rules=day_rules(session),
        policies=dict(policies),
    )


def day_rules(session: Session) -> dict[UUID, list[DatedRule]]:
    """The rules about days of the locations that have some, by location and day."""
    found: dict[UUID, list[DatedRule]] = defaultdict(list)
    for one in session.scalars(select(DayRuleSetting).order_by(DayRuleSetting.starts_on)):
        found[one.location_id].append(DatedRule(one.starts_on, one.rule, one.workday_starts_minute))
    return dict(found)


def tolerances_of(row: TimeTolerances) -> Tolerances:
    """The tolerances that a row keeps."""
    return Tolerances(**{name: getattr(row, name) for name in TOLERATED})
