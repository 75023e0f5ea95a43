"""Everything that can be odd in somebody's time has words, and local times in them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from api.pages.time_words import (
    CODES,
    GROUNDS,
    KINDS,
    OWNERS,
    RESOLUTIONS,
    SEVERITIES,
    STATES,
    exception_words,
)
from scheduler.timekeeping.exceptions import ExceptionCode, Owner, Resolution, Severity, TimeException
from scheduler.timekeeping.models import PunchKind, TimesheetState
from scheduler.timekeeping.proposed_fix import Grounds

DAY = date(2026, 11, 16)
AT = datetime(2026, 11, 16, 7, tzinfo=UTC)


@pytest.mark.parametrize("code", ExceptionCode)
def test_every_exception_is_one_readable_sentence(code: ExceptionCode):
    words = exception_words(TimeException(code, DAY, AT), "Europe/Warsaw")
    assert words.endswith(".")
    assert "{" not in words


def test_the_punches_concerned_are_named_with_their_local_times():
    punches = [
        {"kind": "in", "at": "2026-11-16T07:00:00+00:00"},
        {"kind": "out", "at": "2026-11-17T01:30:00+00:00"},
    ]
    found = TimeException(ExceptionCode.LONG_SPAN, DAY, AT, facts={"punches": punches})
    assert exception_words(found, "Asia/Manila").startswith("From in 15:00, out 09:30 is longer")


def test_what_the_law_finds_is_told_with_its_article():
    finding = {"sentence": "Ann rested 10 h.", "citation": "Kodeks pracy, art. 132 par. 1"}
    found = TimeException(ExceptionCode.SHORT_REST, DAY, AT, facts={"findings": [finding]})
    assert exception_words(found, "Europe/Warsaw") == "Ann rested 10 h. (Kodeks pracy, art. 132 par. 1)"


def test_a_punch_from_elsewhere_tells_how_far_away():
    facts = {"kind": "in", "metres": 740}
    found = TimeException(ExceptionCode.OUTSIDE_PLACE, DAY, AT, facts=facts)
    told = "“In” at 08:00 came from elsewhere, 740 m away from the location."
    assert exception_words(found, "Europe/Warsaw") == told


def test_every_kind_of_punch_and_every_state_has_a_name():
    assert set(KINDS) == set(PunchKind)
    assert set(STATES) == set(TimesheetState)


def test_every_code_severity_owner_and_ground_has_a_name():
    assert set(CODES) == set(ExceptionCode)
    assert set(SEVERITIES) == set(Severity)
    assert set(OWNERS) == set(Owner)
    assert set(RESOLUTIONS) == set(Resolution)
    assert set(GROUNDS) == set(Grounds)
