"""An organisation's own packs are validated, versioned, previewed, and planned and checked with."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from scheduler.db.session import Database
from scheduler.kernel.errors import InvalidInput, SchedulerError
from scheduler.law.agreements import agreements, own_packs
from scheduler.law.save_agreement import preview_agreement, save_agreement, withdraw_agreement
from scheduler.rosters.compliance import compliance_of
from scheduler.rosters.problem import problem_for
from tests.conftest import store_organisation
from tests.scheduler.law.test_own_packs import AGREEMENT
from tests.scheduler.rosters.company import MONDAY, Company
from tests.scheduler.rosters.conftest import lite, today

__all__ = ["lite", "today"]

CONTRACT = (
    AGREEMENT.replace("acme-2026", "ann").replace("layer: agreement", "layer: contract")
    .replace("[pl]", "[acme-2026]").replace("ACME", "ANN")
)  # fmt: skip


def found_codes(session: Session, c: Company) -> set[str]:
    """Codes of the breaches of two shifts with half an hour more rest than the law asks for."""
    roster = c.roster(session)
    shifts = [c.shift("Ann", MONDAY, 14, 22), c.shift("Ann", MONDAY + timedelta(days=1), 9.5, 13.5)]
    c.draft(session, roster, shifts)
    return {each.code for each in compliance_of(problem_for(session, roster.id), shifts).findings}


def test_a_preview_tells_what_changes_where_and_stores_nothing(lite: Session, lite_company: Company):
    found = preview_agreement(lite, AGREEMENT)
    (place,) = found.places
    assert place.location.id == lite_company.location.id
    (change,) = place.differences
    assert change.topic.id == "daily_rest"
    assert [str(each.value) for each in change.after] == ["12 h"]
    assert not agreements(lite)


def test_rosters_are_checked_under_what_was_kept_until_it_is_withdrawn(lite: Session, lite_company: Company):
    c = lite_company
    assert "ACME.REST_12H" not in found_codes(lite, c)
    kept = save_agreement(lite, AGREEMENT, actor=c.actor)
    assert "ACME.REST_12H" in found_codes(lite, c)
    withdraw_agreement(lite, kept.id, actor=c.actor)
    assert "ACME.REST_12H" not in found_codes(lite, c)
    with pytest.raises(SchedulerError, match="agreement_withdrawn"):
        withdraw_agreement(lite, kept.id, actor=c.actor)


def test_an_upload_of_the_same_pack_is_its_next_version(lite: Session, lite_company: Company):
    first = save_agreement(lite, AGREEMENT, actor="system")
    second = save_agreement(lite, AGREEMENT.replace("12 h", "13 h"), actor="system")
    assert (first.number, second.number) == (1, 2)
    assert [each.id for each in agreements(lite)] == [second.id]
    (pack,) = own_packs(lite)
    values = [value for parameter in pack.parameters.values() for value in parameter.values]
    assert [str(each.value) for each in values] == ["13 h"]


def test_a_bad_file_is_refused_with_its_lines(lite: Session):
    with pytest.raises(InvalidInput) as refused:
        save_agreement(lite, AGREEMENT.replace("value: 12 h", "value: 10 h"), actor="system")
    errors = refused.value.errors
    assert all(error.value.startswith("acme-2026.yaml:") for error in errors)
    assert all("weaker than" in error.problem for error in errors)
    for text in ("", "- a list", "pack: pl"):
        with pytest.raises(InvalidInput):
            save_agreement(lite, text, actor="system")
    assert not agreements(lite)


def test_what_stands_on_a_withdrawn_pack_is_left_out_and_the_roster_says_so(
    lite: Session, lite_company: Company
):
    kept = save_agreement(lite, AGREEMENT, actor="system")
    save_agreement(lite, CONTRACT, actor="system")
    assert [pack.id for pack in own_packs(lite)] == ["acme-2026", "ann"]
    withdraw_agreement(lite, kept.id, actor="system")
    assert own_packs(lite) == ()
    notes = problem_for(lite, lite_company.roster(lite).id).notes
    assert "agreement_unusable" in {note["code"] for note in notes}


def test_nobody_has_the_agreements_of_others(sqlite_database: Database, lite_company: Company):
    with sqlite_database.write(lite_company.organisation_id) as session:
        save_agreement(session, AGREEMENT, actor="system")
    with sqlite_database.read(store_organisation(sqlite_database, "rival")) as session:
        assert own_packs(session) == ()
