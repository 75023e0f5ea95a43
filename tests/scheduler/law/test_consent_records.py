"""Consents of people are dated, taken back with notice, and reach the law of their place only."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from scheduler.kernel.errors import InvalidInput, SchedulerError
from scheduler.law.consent_records import consents_for_law
from scheduler.law.give_consent import NewConsent, give_consent
from scheduler.law.library import layers_of
from scheduler.law.withdraw_consent import withdraw_consent
from scheduler.organisation.models import Location
from scheduler.rosters.person_limits import limits_of
from scheduler.rosters.problem import problem_for
from tests.scheduler.rosters.company import MONDAY, Company
from tests.scheduler.rosters.conftest import TODAY, lite, today

__all__ = ["lite", "today"]
DAY = TODAY.date()


@pytest.fixture
def britain(lite: Session, lite_company: Company) -> Company:
    place = lite.get_one(Location, lite_company.location.id)
    place.zone, place.jurisdiction = "Europe/London", "gb"
    lite.flush()
    return lite_company


def opt_out(session: Session, c: Company, given_on: date = DAY):
    new = NewConsent("opt_out", given_on=given_on, valid_from=given_on)
    return give_consent(session, c.people["Ann"].id, new, actor=c.actor)


def averaged(session: Session, c: Company) -> set[str]:
    """Ids of the people for whom the average week is limited."""
    roster = c.roster(session)
    rules = [rule for rule in problem_for(session, roster.id).problem.rules if rule.name == "gb.week.max_avg"]
    everybody = {str(person.id) for person in c.people.values()}
    return {one for rule in rules for one in (rule.scope.employees or everybody)}


def test_an_opt_out_is_planned_with_and_ends_after_its_notice(lite: Session, britain: Company):
    c, ann = britain, str(britain.people["Ann"].id)
    assert ann in averaged(lite, c)
    consent = opt_out(lite, c)
    assert consent.notice_days == 7
    assert ann not in averaged(lite, c)
    withdraw_consent(lite, consent.id, actor=c.actor)
    (held,) = consents_for_law(lite, [c.people["Ann"].id], layers_of("gb"))[c.people["Ann"].id]
    assert held.ends_on == DAY + timedelta(days=7)
    assert held.ends_on <= MONDAY
    assert ann in averaged(lite, c)
    with pytest.raises(SchedulerError, match="consent_withdrawn"):
        withdraw_consent(lite, consent.id, actor=c.actor)


def test_what_no_law_of_the_place_knows_is_refused_and_does_not_follow_a_move(
    lite: Session, britain: Company
):
    c = britain
    opt_out(lite, c)
    lite.get_one(Location, c.location.id).jurisdiction = "pl"
    with pytest.raises(InvalidInput) as refused:
        opt_out(lite, c)
    assert [error.field for error in refused.value.errors] == ["ground"]
    assert problem_for(lite, c.roster(lite).id).problem.rules
    assert consents_for_law(lite, [c.people["Ann"].id], layers_of("pl")) == {}


def test_days_that_cannot_be_are_refused_together(lite: Session, britain: Company):
    c = britain
    new = NewConsent(
        "opt_out", given_on=DAY + timedelta(days=1), valid_from=DAY, valid_until=DAY, notice_days=400
    )
    with pytest.raises(InvalidInput) as refused:
        give_consent(lite, c.people["Ann"].id, new, actor=c.actor)
    fields = ["given_on", "valid_from", "valid_until", "notice_days"]
    assert [error.field for error in refused.value.errors] == fields


def test_a_person_sees_their_limits_and_where_they_stand(lite: Session, britain: Company):
    c = britain
    who = c.people["Ann"].id
    found = limits_of(lite, who, DAY)
    told = {topic.id: [str(each.value) for each in held] for topic, held in found.limits}
    assert told["week_max_avg"] == ["48 h"]
    assert (found.standing[0].minutes, found.standing[0].shortest_rest_minutes) == (0, None)
    opt_out(lite, c)
    assert "week_max_avg" not in {topic.id for topic, _ in limits_of(lite, who, DAY).limits}
