"""What a pack says on one day and not on another."""

from datetime import date

import pytest

from scheduler.law.changes import Change, changes
from scheduler.law.library import layers_of, load_all
from tests.scheduler.law.test_loader import COUNTRY, FLOOR


def told(pack, first, second):
    days = (date.fromisoformat(first), date.fromisoformat(second))
    return [str(change) for change in changes(layers_of(pack), *days)]


def test_nothing_changes_within_a_day():
    assert told("pl", "2023-04-26", "2023-04-26") == []


def test_a_value_that_becomes_another_is_told_with_both_articles_and_the_day():
    (change,) = told("pl", "2023-04-25", "2023-04-26")[:1]
    assert change == (
        "pl.break: 15 min paid from 6 h (Kodeks pracy, art. 134) becomes 15 min paid from 6 h, 30 min paid "
        "over 9 h, 45 min paid over 16 h (Kodeks pracy, art. 134), from 2023-04-26"
    )


def test_a_value_that_ends_and_one_that_begins_are_told():
    assert told("pl", "2026-12-31", "2027-01-01") == [
        f"pl.minimum_wage.{wage} (Regulation of the Council of Ministers) until 2027-01-01, then no value"
        for wage in ("month: 4806 PLN", "hour: 31.40 PLN")
    ]
    assert "us-or.rest: new, 10 h (ORS 653.442; OAR 839-026-0040), from 2018-07-01" in told(
        "us-or", "2018-06-30", "2018-07-01"
    )


def test_a_change_of_article_alone_is_a_change():
    text = COUNTRY.replace(
        "      - {from: 2010-01-01, value: 12 h, cite: art. 1,",
        "      - {from: 2009-01-01, until: 2010-01-01, value: 12 h, cite: art. 7, status: recalled}\n"
        "      - {from: 2010-01-01, value: 12 h, cite: art. 1,",
    )
    country = load_all({"xx.yaml": text, "eu.yaml": FLOOR})["xx"]
    (change,) = changes([country], date(2009, 6, 1), date(2010, 6, 1))
    assert str(change) == "xx.rest: 12 h (art. 7) becomes 12 h (art. 1), from 2010-01-01"


def test_a_change_of_nothing_into_nothing_has_no_words():
    parameter = layers_of("pl")[0].parameters["pl.break"]
    with pytest.raises(ValueError, match=r"pl\.break has a value on neither day"):
        str(Change(parameter, None, None))
