"""Every fact of the shared fact sheet stands in a pack: dated, cited, confirmed as far as it was."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from scheduler.law.library import packs

SHARED = Path(__file__).parents[4] / "shared" / "law" / "params.json"
PACKS = {
    "ca": "us-ca", "or": "us-or", "nyc": "us-ny-nyc",
    "sea": "us-wa-sea", "chi": "us-il-chi", "la": "us-ca-la",
}  # fmt: skip
RENAMED = {
    "eu.break.threshold": ("eu.break",),
    "eu.minor.adolescent.day_week_max": ("eu.minor.day_max", "eu.minor.week_max"),
    "eu.minor.adolescent.rest": ("eu.minor.daily_rest", "eu.minor.weekly_rest", "eu.minor.free_days"),
    "eu.minor.adolescent.night_ban": ("eu.minor.night_ban",),
    "pl.minor.day_max": ("pl.minor.day_max", "pl.minor.day_max_under_16"),
    "fr.minor.rest": ("fr.minor.rest", "fr.minor.free_days"),
}


def facts():
    """The parameters of the sheet that belong to a jurisdiction; none where the folder is missing."""
    if not SHARED.exists():
        return {}
    every = json.loads(SHARED.read_text(encoding="utf-8"))["params"]
    return {one["key"]: one for one in every if one["pack"] != "GEN"}


FACTS = facts()


def parameters_of(key):
    """The parameters that hold a fact: that of its name and those below it."""
    prefix, _, name = key.partition(".")
    pack = packs()[PACKS.get(prefix, prefix)]
    names = RENAMED.get(key, (f"{pack.id}.{name}",))
    return [
        one
        for one in pack.parameters.values()
        if any(one.id == name or one.id.startswith(f"{name}.") for name in names)
    ]


@pytest.mark.skipif(not FACTS, reason=f"no fact sheet: {SHARED.name} is not beside the repository")
def test_the_facts_are_all_there():
    assert len(FACTS) == 200


@pytest.mark.skipif(not FACTS, reason=f"no fact sheet: {SHARED.name} is not beside the repository")
@pytest.mark.parametrize("key", FACTS or ["none"])
def test_a_fact_is_a_dated_cited_value_of_its_pack(key):
    fact, found = FACTS[key], parameters_of(key)
    values = [value for parameter in found for value in parameter.values]
    assert values
    assert all(value.citation for value in values)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", fact["effective_from"]):
        first = date.fromisoformat(fact["effective_from"])
        assert first in {value.valid_from for value in values}
    confirmed = {str(value.status) for value in values}
    assert ("confirmed" if fact["status"].startswith("C") else "recalled") in confirmed
