"""Consents and opt-outs through time."""

from datetime import date, timedelta

import pytest

from scheduler.law.consents import Consent
from scheduler.law.library import load_all
from scheduler.law.provisions import provision
from scheduler.law.subject import LawSubject
from tests.scheduler.law.test_loader import COUNTRY, FLOOR

GIVEN = date(2026, 3, 2)


def consent(**fields):
    return Consent(ground="short_rest", **{"given_on": GIVEN, "valid_from": GIVEN} | fields)


@pytest.mark.parametrize(
    ("fields", "last"),
    [
        ({"valid_until": date(2026, 4, 1)}, date(2026, 3, 31)),
        ({"withdrawn_on": date(2026, 4, 1)}, date(2026, 3, 31)),
        ({"withdrawn_on": date(2026, 4, 1), "notice_days": 7}, date(2026, 4, 7)),
        (
            {"withdrawn_on": date(2026, 4, 1), "notice_days": 90, "valid_until": date(2026, 5, 1)},
            date(2026, 4, 30),
        ),
    ],
)
def test_a_consent_holds_until_its_end_or_until_its_withdrawal_counts(fields, last):
    given = consent(**fields)
    assert [given.holds_on(day) for day in (GIVEN - timedelta(1), GIVEN, last, last + timedelta(1))] == [
        False, True, True, False,
    ]  # fmt: skip


def test_a_consent_without_end_holds_on():
    assert consent().ends_on is None
    assert consent().holds_on(date(2126, 1, 1))


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"valid_from": date(2026, 3, 1)}, "before it was given on 2026-03-02"),
        ({"withdrawn_on": date(2026, 3, 1)}, "withdrawn on 2026-03-01, before it was given"),
        ({"valid_until": GIVEN}, "until 2026-03-02 is not after from 2026-03-02"),
        ({"notice_days": -1}, "notice of -1 days; use 0 or more"),
    ],
)
def test_a_consent_that_makes_no_sense_is_refused(fields, message):
    with pytest.raises(ValueError, match=message):
        consent(**fields)


def test_a_rule_gives_way_only_while_the_consent_holds():
    text = COUNTRY.replace(
        "    values:",
        "    exceptions:\n      - {ground: short_rest, value: 10 h, cite: art. 2, derogation: art. 17,"
        " opened_by: consent}\n    values:",
    )
    country = load_all({"xx.yaml": text, "eu.yaml": FLOOR})
    layers = (country["xx"], country["eu"])
    ann = LawSubject(id="ann", consents=(consent(withdrawn_on=date(2026, 4, 1), notice_days=7),))
    days = [date(2026, 3, 1), date(2026, 3, 2), date(2026, 4, 7), date(2026, 4, 8)]
    held = [provision(layers, "daily_rest", ann, day) for day in days]
    assert [one and str(one.value) for one in held] == ["12 h", "10 h", "10 h", "12 h"]
