"""Planning the demo's week where a person changed something first."""

from __future__ import annotations

from datetime import timedelta

import pytest

from api.demo.plan_week import plan_week
from scheduler.db.session import Database
from scheduler.jobs.runs import RunProgress
from scheduler.kernel.clock import utc_now, week_start
from scheduler.kernel.ids import new_id
from scheduler.organisation.models import Location
from tests.conftest import store_organisation


def nobody_watches(run: RunProgress) -> None:
    pytest.fail(f"no run was to be started: {run}")


def test_a_location_somebody_added_without_people_is_left_unplanned_with_the_reason(database: Database):
    organisation_id = store_organisation(database, "kometa")
    monday = week_start(utc_now().date()) + timedelta(days=7)
    with database.write(organisation_id) as session:
        bar = Location(code="BAR", name="Bar", zone="Europe/Berlin", jurisdiction="de", currency="EUR")
        session.add(bar)
        session.flush()
        bar_id = bar.id

    planned = plan_week(
        database, organisation_id, bar_id, monday, seconds=1, actor="system", watch=nobody_watches
    )

    assert not planned.was_there
    assert planned.refused is not None
    assert "Import employees of BAR" in planned.refused


def test_a_week_that_cannot_be_opened_is_left_with_the_reason(database: Database):
    organisation_id = store_organisation(database, "kometa")
    monday = week_start(utc_now().date()) + timedelta(days=7)

    planned = plan_week(
        database, organisation_id, new_id(), monday, seconds=1, actor="system", watch=nobody_watches
    )

    assert planned.roster_id is None
    assert planned.refused is not None
    assert planned.refused.startswith("There is no location with the id")
