from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from scheduler.kernel.errors import SchedulerError
from scheduler.organisation.locations import (
    find_location,
    list_departments,
    list_locations,
    location_coded,
)
from scheduler.organisation.models import Department, Location


def place(code: str) -> Location:
    return Location(code=code, name=code, zone="UTC", jurisdiction="pl", currency="PLN")


def test_locations_and_departments_come_by_code(tenant_session: Session):
    tenant_session.add_all([place("B"), place("A")])
    tenant_session.flush()
    a = location_coded(tenant_session, "A")
    tenant_session.add_all([Department(location_id=a.id, code=code, name=code) for code in "ZY"])
    tenant_session.flush()
    assert [each.code for each in list_locations(tenant_session)] == ["A", "B"]
    assert [each.code for each in list_departments(tenant_session, a.id)] == ["Y", "Z"]
    assert find_location(tenant_session, a.id) is a


def test_an_unknown_code_is_answered_with_the_known_ones(tenant_session: Session):
    tenant_session.add(place("A"))
    with pytest.raises(SchedulerError) as refusal:
        location_coded(tenant_session, "X")
    assert refusal.value.facts == {"location": "X", "known": ["A"]}
    with pytest.raises(SchedulerError):
        find_location(tenant_session, UUID(int=1))
