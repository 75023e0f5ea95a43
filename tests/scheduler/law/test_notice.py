"""Notice of schedules and the cap on overtime."""

from datetime import date

import pytest

from scheduler.law.findings import Severity
from scheduler.law.library import layers_of
from scheduler.law.notice import schedule_notice
from scheduler.law.overtime import overtime_year_cap
from scheduler.law.subject import LawSubject

ANN = LawSubject(id="ann", born_on=date(1990, 1, 1))


@pytest.mark.parametrize(("published", "short"), [("2026-11-16", None), ("2026-11-17", 1), ("2026-11-24", 8)])
def test_a_polish_schedule_is_known_seven_days_before_its_first_work(published, short):
    found = schedule_notice(
        layers_of("pl"), published_on=date.fromisoformat(published), first_work_on=date(2026, 11, 23)
    )
    assert (found and found.short_by) == short
    if found:
        assert found.severity == Severity.WARNING
        assert "2026-11-16" in found.remedy


@pytest.mark.parametrize(
    ("place", "first_work"), [("eu", "2026-11-23"), ("br", "2026-11-23"), ("pl", "2013-08-22")]
)
def test_no_notice_is_due_where_no_law_in_force_asks_for_it(place, first_work):
    day = date.fromisoformat(first_work)
    assert schedule_notice(layers_of(place), published_on=day, first_work_on=day) is None


@pytest.mark.parametrize(("hours", "short"), [(150, None), (151, 60)])
def test_overtime_of_a_year_is_capped(hours, short):
    found = overtime_year_cap(layers_of("pl"), ANN, on=date(2026, 12, 31), overtime_minutes=hours * 60)
    assert (found and found.short_by) == short


def test_another_cap_can_be_agreed():
    assert (
        overtime_year_cap(
            layers_of("pl"), ANN, on=date(2026, 12, 31), overtime_minutes=9060, agreed_minutes=416 * 60
        )
        is None
    )


def test_no_cap_is_known_where_there_is_no_pack():
    assert overtime_year_cap(layers_of("br"), ANN, on=date(2026, 12, 31), overtime_minutes=60000) is None
