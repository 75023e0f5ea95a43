"""Values by their names."""

from datetime import date

import pytest

from scheduler.kernel.errors import SchedulerError
from scheduler.law.lookup import nearest_parameter, parameter_called, value_on
from scheduler.law.pack import NotInForce


@pytest.mark.parametrize(
    ("day", "value"), [("2025-12-31", "16.50 USD"), ("2026-01-01", "16.90 USD"), ("2026-12-31", "16.90 USD")]
)
def test_a_value_is_that_of_the_day(day, value):
    dated = value_on("us-ca.minimum_wage", date.fromisoformat(day))
    assert (str(dated.value), dated.citation) == (value, "Cal. Lab. Code 1182.12")


@pytest.mark.parametrize("day", ["2024-12-31", "2027-01-01"])
def test_before_and_after_there_is_none_and_never_zero(day):
    with pytest.raises(NotInForce) as refused:
        value_on("us-ca.minimum_wage", date.fromisoformat(day))
    assert refused.value.in_force_from == date(2025, 1, 1)
    assert refused.value.in_force_until == date(2027, 1, 1)


def test_an_unknown_name_is_refused_with_those_that_are_near():
    with pytest.raises(SchedulerError) as refused:
        parameter_called("pl.minimum_wage.moth")
    assert refused.value.facts["near"][0] == "pl.minimum_wage.month"


def test_the_nearest_layer_answers():
    assert nearest_parameter("us-ca-la", "minimum_wage").id == "us-ca.minimum_wage"
    assert nearest_parameter("us-or", "minimum_wage").id == "us.minimum_wage"
    assert nearest_parameter("US-NYC", "ff.grace").id == "us-ny-nyc.ff.grace"
    for place in ("us-or", "br"):
        with pytest.raises(SchedulerError, match="law_parameter_unknown"):
            nearest_parameter(place, "siesta")
