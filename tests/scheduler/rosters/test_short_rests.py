"""Rests between two days that are too short cost what the law says: told before, logged after, until gone."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.kernel.errors import SchedulerError
from scheduler.law.give_consent import NewConsent, give_consent
from scheduler.law.models import ConsentRecord
from scheduler.law.withdraw_consent import withdraw_consent
from scheduler.organisation.models import Location
from scheduler.people.models import Contract
from scheduler.rosters.models import Publication, Roster, RosterChange, Shift, ShortRest
from scheduler.rosters.premiums import totals
from scheduler.rosters.problem import problem_for
from scheduler.rosters.publish import Preview, preview, publish
from scheduler.rosters.rest_log import standing_rests
from solver.solve import solve
from solver.stop import AnyOf, TimeLimit, WorkLimit
from tests.scheduler.rosters.company import MONDAY, WHY, Company

TUESDAY, SUNDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=6)
AGREED = date(2026, 11, 2)


def company_in(lite: Session, c: Company, jurisdiction: str, zone: str, sector: str | None = None) -> Company:
    """The company under a law of fair workweeks, paid 20.00 USD an hour; everybody agreed to short rests."""
    place = lite.get_one(Location, c.location.id)
    place.zone, place.jurisdiction, place.currency, place.sector = zone, jurisdiction, "USD", sector
    for contract in lite.scalars(select(Contract)):
        contract.hourly_rate_cents, contract.currency = 2000, "USD"
    lite.flush()
    c.location.zone = zone
    for person in c.people.values():
        give_consent(lite, person.id, NewConsent("short_rest", AGREED, AGREED), actor=c.actor)
    return c


@pytest.fixture
def oregon(lite: Session, lite_company: Company) -> Company:
    return company_in(lite, lite_company, "us-or", "America/Los_Angeles")


def close_and_open(c: Company, who: str = "Ann", opens: float = 7) -> list[Shift]:
    """A late shift on Monday until 23:00 and an early one on Tuesday."""
    return [c.shift(who, MONDAY, 15, 23), c.shift(who, TUESDAY, opens, opens + 6)]


def again(shift: Shift, **changed: object) -> Shift:
    """The same shift in a new version."""
    names = ("lineage_id", "department_id", "skill_id", "employee_id", "starts_at", "ends_at", "breaks")
    kept = {name: getattr(shift, name) for name in (*names, "paid_minutes")}
    return Shift(**{**kept, **changed})


def told(found: Preview) -> list[tuple[str, int, int, str | None, int, bool]]:
    """Who, rest, minutes paid, pay code, cents and consent of each new short rest."""
    return [
        (
            each.employee, each.rest_minutes, each.premium.line.minutes if each.premium.line else 0,
            each.premium.line.code if each.premium.line else None, each.premium.cents, each.consented,
        )
        for each in found.rests.new
    ]  # fmt: skip


def test_the_first_publication_tells_and_logs_what_a_short_rest_costs(lite: Session, oregon: Company):
    c, roster = oregon, oregon.roster(lite)
    late, early = close_and_open(c)
    c.draft(lite, roster, [late, early])
    found = preview(lite, roster.id)
    assert told(found) == [("Ann Nowak", 480, 120, "SHORT_REST_PREMIUM", 2000, True)]
    assert totals(found.premiums) == [("USD", 2000)]
    assert not found.blocked
    published = publish(lite, roster.id, expected_revision=0, actor=c.actor)
    (row,) = lite.scalars(select(ShortRest))
    assert (row.employee_id, row.day, row.rest_minutes, row.due_minutes) == (
        c.people["Ann"].id, TUESDAY, 480, 600,
    )  # fmt: skip
    assert (row.pay_code, row.premium_cents, row.multiplier) == ("short_rest_premium", 2000, "0.5")
    assert (row.changed_by, row.told_at, row.reason) == (c.actor, published.published_at, None)
    assert row.notice_minutes == (early.starts_at - row.told_at) // timedelta(minutes=1)
    assert row.rule == "us-or.rest.premium"
    assert row.citation
    assert row.pack
    assert row.pack.startswith("us-or ")
    assert preview(lite, roster.id).rests.new == ()


def test_without_consent_the_roster_is_not_published_and_the_preview_says_why(lite: Session, oregon: Company):
    c, roster = oregon, oregon.roster(lite)
    for consent in consents_of_ann(lite, c):
        withdraw_consent(lite, consent, actor=c.actor)
    c.draft(lite, roster, close_and_open(c))
    found = preview(lite, roster.id)
    assert [each.parameter for each in found.forbidden] == ["us-or.rest"]
    assert told(found)[0][-1] is False
    with pytest.raises(SchedulerError, match="breaks_hard_rules"), lite.begin_nested():
        publish(lite, roster.id, expected_revision=0, actor=c.actor)
    assert not lite.scalars(select(ShortRest)).all()


def consents_of_ann(lite: Session, c: Company) -> list[UUID]:
    return list(lite.scalars(select(ConsentRecord.id).where(ConsentRecord.employee_id == c.people["Ann"].id)))


@pytest.mark.parametrize(
    ("place", "zone", "sector", "opens", "paid"),
    [
        ("us-or", "America/Los_Angeles", None, 9, None),  # ten hours are enough
        ("us-wa-sea", "America/Los_Angeles", None, 8.5, ("SHORT_REST_PREMIUM", 30, 500)),
        ("us-ca-la", "America/Los_Angeles", None, 8, ("SHORT_REST_PREMIUM", 360, 6000)),
        ("us-il-chi", "America/Chicago", None, 8, ("SHORT_REST_PREMIUM", 360, 3000)),
        ("us-ny-nyc", "America/New_York", "fast_food", 8, ("CLOPENING_PREMIUM", 0, 10000)),
        ("us-ny-nyc", "America/New_York", "retail", 8, None),
        ("us-ca", "America/Los_Angeles", None, 7, None),
    ],
)
def test_each_place_asks_for_its_own_premium(
    lite: Session,
    lite_company: Company,
    place: str,
    zone: str,
    sector: str | None,
    opens: float,
    paid: tuple[str, int, int] | None,
):
    c = lite_company
    location = lite.get_one(Location, c.location.id)
    location.zone, location.jurisdiction, location.sector, location.currency = zone, place, sector, "USD"
    c.location.zone = zone
    for contract in lite.scalars(select(Contract)):
        contract.hourly_rate_cents, contract.currency = 2000, "USD"
    roster = c.roster(lite)
    c.draft(lite, roster, close_and_open(c, opens=opens))
    found = [(code, minutes, cents) for _, _, minutes, code, cents, _ in told(preview(lite, roster.id))]
    assert found == ([paid] if paid else [])


def test_two_shifts_of_one_day_are_a_split_shift_and_no_short_rest(lite: Session, oregon: Company):
    c, roster = oregon, oregon.roster(lite)
    c.draft(lite, roster, [c.shift("Ann", MONDAY, 6, 10), c.shift("Ann", MONDAY, 14, 18)])
    assert preview(lite, roster.id).rests.new == ()


def test_a_night_shift_into_the_day_of_the_next_is_a_short_rest(lite: Session, oregon: Company):
    """Oregon: the rest after a shift that spans two days counts, though both shifts touch Tuesday."""
    c, roster = oregon, oregon.roster(lite)
    c.draft(lite, roster, [c.shift("Ann", MONDAY, 20, 26), c.shift("Ann", TUESDAY, 10, 14)])
    assert [each[:3] for each in told(preview(lite, roster.id))] == [("Ann Nowak", 480, 120)]


def test_the_hours_of_a_rest_are_those_that_pass_in_the_night_the_clock_changes(
    lite: Session, oregon: Company
):
    """On 1 November 2026 the clocks go back: from 23:00 to 08:00 ten hours pass, on another night nine."""
    c = oregon
    saturday, sunday = date(2026, 10, 31), date(2026, 11, 1)
    roster = c.roster(lite, date(2026, 10, 26))
    shifts = [c.shift("Ann", saturday, 15, 23), c.shift("Ann", sunday, 8, 14)]
    shifts += [
        c.shift("Bo", saturday - timedelta(days=2), 15, 23),
        c.shift("Bo", saturday - timedelta(days=1), 8, 14),
    ]
    c.draft(lite, roster, shifts)
    assert [(each[0], each[1]) for each in told(preview(lite, roster.id))] == [("Bo Lis", 540)]


def test_a_rest_that_is_changed_is_logged_anew_and_one_that_is_gone_ends(lite: Session, oregon: Company):
    c, roster = oregon, oregon.roster(lite)
    late, early = close_and_open(c)
    c.draft(lite, roster, [late, early])
    publish(lite, roster.id, expected_revision=0, actor=c.actor)
    longer = again(late, ends_at=c.at(MONDAY, 22), paid_minutes=420)
    c.draft(lite, roster, [longer, again(early)])
    found = preview(lite, roster.id)
    assert [each[1:5] for each in told(found)] == [(540, 60, "SHORT_REST_PREMIUM", 1000)]
    assert found.rests.gone == ()
    publish(lite, roster.id, expected_revision=roster.revision, actor=c.actor, why=WHY)
    assert [row.premium_cents for row in standing_rests(lite, roster)] == [1000]
    c.draft(lite, roster, [again(early)])
    assert [row.premium_cents for row in preview(lite, roster.id).rests.gone] == [1000]
    publish(lite, roster.id, expected_revision=roster.revision, actor=c.actor, why=WHY)
    assert standing_rests(lite, roster) == []
    rows = lite.scalars(select(ShortRest).order_by(ShortRest.told_at)).all()
    assert [(row.rest_minutes, row.premium_cents, row.reason) for row in rows] == [
        (480, 2000, None), (540, 1000, WHY.reason), (None, 0, WHY.reason),
    ]  # fmt: skip


def test_another_change_logs_no_short_rest_twice(lite: Session, oregon: Company):
    c, roster = oregon, oregon.roster(lite)
    shifts = close_and_open(c)
    c.draft(lite, roster, shifts)
    publish(lite, roster.id, expected_revision=0, actor=c.actor)
    c.draft(lite, roster, [*map(again, shifts), c.shift("Bo", MONDAY)])
    publish(lite, roster.id, expected_revision=roster.revision, actor=c.actor, why=WHY)
    assert len(lite.scalars(select(ShortRest)).all()) == 1
    assert len(lite.scalars(select(RosterChange)).all()) == 1


def test_a_rest_between_two_rosters_belongs_to_both(lite: Session, oregon: Company):
    c = oregon
    first, second = c.roster(lite), c.roster(lite, MONDAY + timedelta(days=7))
    closing = c.shift("Ann", SUNDAY, 15, 23)
    c.draft(lite, first, [closing])
    publish(lite, first.id, expected_revision=0, actor=c.actor)
    c.draft(lite, second, [c.shift("Ann", SUNDAY + timedelta(days=1), 7, 13)])
    assert [each[1] for each in told(preview(lite, second.id))] == [480]
    publish(lite, second.id, expected_revision=0, actor=c.actor)
    (row,) = standing_rests(lite, first)
    assert (row.before_roster_id, row.roster_id) == (first.id, second.id)
    c.draft(lite, first, [again(closing, starts_at=c.at(SUNDAY, 8), ends_at=c.at(SUNDAY, 16))])
    publish(lite, first.id, expected_revision=first.revision, actor=c.actor, why=WHY)
    assert standing_rests(lite, second) == []


def test_without_a_contract_on_the_day_the_log_says_that_it_was_not_priced(lite: Session, oregon: Company):
    c, roster = oregon, oregon.roster(lite)
    c.draft(lite, roster, close_and_open(c))
    contract = lite.scalars(select(Contract).where(Contract.employee_id == c.people["Ann"].id)).one()
    contract.valid_until = TUESDAY
    lite.flush()
    (rest,) = preview(lite, roster.id).rests.new
    assert rest.premium.cents == 0
    assert "no contract on 2026-11-24" in rest.premium.note


def test_people_at_other_places_are_priced_by_the_law_of_the_second_shift(lite: Session, oregon: Company):
    """Ann closes in Oregon and opens under the law of the country, which asks for nothing."""
    c = oregon
    other = Location(
        code="X", name="Elsewhere", zone="America/Los_Angeles", jurisdiction="us", currency="USD", hours=[]
    )
    lite.add(other)
    lite.flush()
    here = c.roster(lite)
    there = Roster(
        location_id=other.id, starts_on=MONDAY, ends_on=MONDAY + timedelta(days=7),
        created_at=here.created_at,
    )  # fmt: skip
    lite.add(there)
    lite.flush()
    late, early = close_and_open(c)
    c.draft(lite, here, [late])
    publish(lite, here.id, expected_revision=0, actor=c.actor)
    c.draft(lite, there, [early])
    assert preview(lite, there.id).rests.new == ()
    assert len(lite.scalars(select(Publication)).all()) == 1


@pytest.mark.parametrize(("agreed", "rest"), [(True, 9 * 60), (False, 11 * 60)])
def test_a_short_rest_is_planned_only_for_who_agreed_and_rather_than_work_left_open(
    lite: Session, oregon: Company, agreed: bool, rest: int
):
    """Only Ann is there: to close on Monday until 22:00 and to open on Tuesday at 7:00."""
    c = oregon
    for who in ("Bo", "Cy", "Di"):
        c.leave(lite, who, MONDAY, MONDAY + timedelta(days=7))
    if not agreed:
        for consent in consents_of_ann(lite, c):
            withdraw_consent(lite, consent, actor=c.actor)
    c.cover(lite, [MONDAY], 14, 22, 1)
    c.cover(lite, [TUESDAY], 7, 13, 1)
    planned = problem_for(lite, c.roster(lite).id)
    result = solve(planned.problem, AnyOf((TimeLimit(10), WorkLimit(1))), workers=1, seed=1)
    assert result.roster is not None
    shifts = sorted(result.roster.of(str(c.people["Ann"].id)), key=lambda shift: shift.start)
    assert [after.start - before.end for before, after in pairwise(shifts)] == [rest]
