"""Where people punch: what can be said, and that it is kept and recorded."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.audit.models import AuditEntry
from scheduler.kernel.errors import InvalidInput
from scheduler.organisation.models import PlaceMode
from scheduler.organisation.punch_places import PlaceRule, place_of, rule_of, save_place
from tests.scheduler.small_company import store_small_company

FENCE = PlaceRule(PlaceMode.TELL, 52.2297, 21.0122, 100, ("203.0.113.7", "2001:db8::/32"))


def test_without_a_word_nobody_is_asked(tenant_session: Session):
    place = store_small_company(tenant_session).location
    assert rule_of(tenant_session, place.id) == PlaceRule()
    assert not rule_of(tenant_session, place.id).asks_position


def test_what_is_said_holds_until_something_else_is(tenant_session: Session):
    place = store_small_company(tenant_session).location
    save_place(tenant_session, place.id, FENCE, actor="system")
    assert rule_of(tenant_session, place.id) == replace(FENCE, networks=("203.0.113.7/32", "2001:db8::/32"))
    save_place(tenant_session, place.id, replace(FENCE, mode=PlaceMode.OFF), actor="system")
    assert not rule_of(tenant_session, place.id).asks_position
    assert place_of(tenant_session, place.id) is not None
    told = tenant_session.scalars(select(AuditEntry).where(AuditEntry.action == "punch_place.save")).all()
    assert [entry.facts["mode"] for entry in told] == ["tell", "off"]


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({"latitude": 90.1}, ["latitude"]),
        ({"longitude": math.nan}, ["longitude"]),
        ({"radius_metres": 19}, ["radius_metres"]),
        ({"radius_metres": None}, ["radius_metres"]),
        ({"latitude": None, "longitude": None}, ["latitude", "longitude"]),
        ({"networks": ("203.0.113.7/24",)}, ["networks[0]"]),
        ({"networks": ("10.0.0.0/8", "gate")}, ["networks[1]"]),
        ({"networks": ("10.0.0.0/8",) * 51}, ["networks"]),
        ({"latitude": None, "longitude": None, "radius_metres": None, "networks": ()}, ["mode"]),
    ],
)
def test_what_cannot_be_is_named_and_nothing_is_kept(
    sqlite_tenant_session: Session, changed: dict[str, Any], fields: list[str]
):
    place = store_small_company(sqlite_tenant_session).location
    with pytest.raises(InvalidInput) as refused:
        save_place(sqlite_tenant_session, place.id, replace(FENCE, **changed), actor="system")
    assert [error.field for error in refused.value.errors] == fields
    assert place_of(sqlite_tenant_session, place.id) is None
