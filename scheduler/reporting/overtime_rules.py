"""Which rules of a place pay overtime."""

from __future__ import annotations

from sqlalchemy.orm import Session

from scheduler.law.agreements import layers_in
from scheduler.organisation.models import Location
from scheduler.pay.roster_cost import OVERTIME


def overtime_rules(session: Session, location: Location) -> frozenset[str]:
    """Ids of the parameters of law and agreement about overtime, as the packs of the place have them now."""
    return frozenset(
        name
        for pack in layers_in(session, location.jurisdiction)
        for name, parameter in pack.parameters.items()
        if parameter.topic.id.startswith(OVERTIME)
    )
