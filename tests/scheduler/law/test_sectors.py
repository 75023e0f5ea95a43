"""A location has a sector that the law of its place knows, or none."""

import pytest

from scheduler.kernel.errors import InvalidInput
from scheduler.law.library import layers_of
from scheduler.law.sectors import refuse_unknown_sector


@pytest.mark.parametrize(
    ("place", "sector"), [("us-ny-nyc", "retail"), ("us-ny-nyc", None), ("pl", None), ("br", "anything")]
)
def test_what_the_law_of_the_place_knows_is_taken(place: str, sector: str | None):
    refuse_unknown_sector(layers_of(place), sector)


@pytest.mark.parametrize(
    ("place", "hint"), [("us-ny-nyc", "fast_food or retail"), ("pl", "knows no sectors")]
)
def test_another_sector_is_refused_with_those_there_are(place: str, hint: str):
    with pytest.raises(InvalidInput) as refused:
        refuse_unknown_sector(layers_of(place), "mining")
    (error,) = refused.value.errors
    assert (error.field, error.value) == ("sector", "mining")
    assert hint in error.hint
