"""What days look like after days like these."""

import pytest

from solver.rules.day_sequences import DaySequences
from solver.rules.rule import Scope
from solver.rules.work_kind import DayKind, WorkKind
from tests.solver.rules.weeks import costs, found, violations

ON, OFF, ANY = DayKind(), DayKind(day="off"), DayKind(day="any")
EARLY, LATE, NIGHT = (DayKind(work=WorkKind(tags=(tag,))) for tag in ("early", "late", "night"))
TWO_OFF_AFTER_TWO = DaySequences(after=(NIGHT, NIGHT), then=(OFF, OFF))


@pytest.mark.parametrize(
    ("week", "short_by"),
    [
        ("N N - - M", []),
        ("N N - M M", [1]),
        ("N N M M -", [2]),
        ("N N N - -", [1]),
        ("N - N - M", []),
        ("- - - N N", []),
    ],
)
def test_two_nights_are_followed_by_two_days_off(week, short_by):
    assert found(TWO_OFF_AFTER_TWO, week) == short_by
    assert costs(TWO_OFF_AFTER_TWO, week) == short_by


def test_the_days_around_the_horizon_belong_to_a_sequence():
    assert found(TWO_OFF_AFTER_TWO, "M M - -", before="N N") == [2]
    assert found(TWO_OFF_AFTER_TWO, "- M - -", before="N N -") == []
    assert found(TWO_OFF_AFTER_TWO, "M - - -", before="N N -") == [1]
    assert found(TWO_OFF_AFTER_TWO, "- - N N", after="- M") == [1]
    assert found(TWO_OFF_AFTER_TWO, "- - - -", before="N N M M", after="N N M") == []
    assert found(TWO_OFF_AFTER_TWO, "M - - -", before="N N M") == [1]  # its own day, not the one before


def test_whole_weekends_are_worked_where_nothing_has_to_come_first():
    weekend = DaySequences(then=(ON, ON), scope=Scope(weekdays=(5,)))
    assert found(weekend, "- - - - - M M") == []
    assert found(weekend, "M M M M M - M") == [1]
    assert found(weekend, "M M M M M - -") == [2]


def test_the_same_day_can_ask_for_a_second_shift():
    pair = DaySequences(after=(EARLY,), then=(LATE,), then_from=0)
    assert found(pair, "ME - M") == [1]
    assert found(DaySequences(after=(EARLY,), then=(LATE,), then_from=2), "M - E M - -") == [1]


def test_a_violation_says_where_it_began_and_went_wrong():
    (violation,) = violations(TWO_OFF_AFTER_TWO, "N N - M")
    assert violation.facts == {"from": "2026-11-23", "first_missed": "2026-11-26"}
    assert (violation.unit, len(violation.shifts)) == ("days", 3)


def test_nonsense_is_refused():
    with pytest.raises(ValueError, match="then asks for nothing"):
        DaySequences(after=(ON,), then=(ANY,))
    with pytest.raises(ValueError, match="then_from is -1"):
        DaySequences(after=(ON,), then=(OFF,), then_from=-1)
