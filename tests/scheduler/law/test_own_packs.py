"""Agreements of an organisation as packs of its own, on top of those that ship."""

import pytest

from scheduler.law.library import layers_of, load_own
from scheduler.law.yaml_lines import PackError
from tests.scheduler.law.rosters import codes, judged

AGREEMENT = """\
pack: acme-2026
title: Works agreement of Acme
adjective: agreed
version: 3
layer: agreement
parents: [pl]
codes: ACME
consulted: 2026-11-21
sources: {A: Works agreement of 1 March 2026}
parameters:
  rest:
    topic: daily_rest
    enforce: hard
    code: ACME.REST_12H
    tests: [acme/1]
    values:
      - {from: 2026-03-01, value: 12 h, cite: par. 4, status: confirmed, source: [A]}
"""

HALF_PAST_ELEVEN = {
    "ann": [("2026-11-23T14:00", "2026-11-23T22:00"), ("2026-11-24T09:30", "2026-11-24T13:30")]
}
"""Eleven and a half hours of rest."""


def load(text=AGREEMENT, own=()):
    name = text.splitlines()[0].removeprefix("pack: ")
    return load_own(text, f"{name}.yaml", own)


def test_an_agreement_comes_before_the_law_that_it_stands_on_and_nowhere_else():
    acme = load()
    assert [pack.id for pack in layers_of("pl", [acme])] == ["acme-2026", "pl", "eu"]
    assert [pack.id for pack in layers_of("de", [acme])] == ["de", "eu"]
    assert layers_of("br", [acme]) == ()


def test_contracts_come_before_agreements_in_whatever_order_they_are_given():
    acme = load()
    text = AGREEMENT.replace("acme-2026", "ann").replace("layer: agreement", "layer: contract")
    contract = load(text.replace("[pl]", "[acme-2026]").replace("ACME", "ANN"), [acme])
    assert [pack.id for pack in layers_of("pl", [contract, acme])] == ["ann", "acme-2026", "pl", "eu"]


def test_rosters_are_held_to_the_agreement_and_its_breach_has_its_own_code():
    doba = "PL.DOBA_DOUBLE_START"
    assert codes(HALF_PAST_ELEVEN, "2026-11-23") == [doba]
    assert codes(HALF_PAST_ELEVEN, "2026-11-23", own=[load()]) == ["ACME.REST_12H", doba]
    report = judged(HALF_PAST_ELEVEN, "2026-11-23", own=[load()])
    assert {"acme-2026", "pl"} <= report.packs.keys()
    assert [one.citation for one in report.findings if one.code == "ACME.REST_12H"] == ["par. 4"]


def test_before_its_first_day_the_agreement_holds_nothing():
    earlier = {"ann": [("2026-02-23T14:00", "2026-02-23T22:00"), ("2026-02-24T09:30", "2026-02-24T13:30")]}
    assert "ACME.REST_12H" not in codes(earlier, "2026-02-23", own=[load()])


def test_an_agreement_below_the_law_is_refused_with_file_and_line():
    with pytest.raises(PackError) as refused:
        load(AGREEMENT.replace("12 h", "9 h"))
    assert (
        "acme-2026.yaml:11: acme-2026.rest: 9 h from 2026-03-01 is weaker than pl.daily_rest.min (11 h)"
        in str(refused.value)
    )


def test_an_agreement_needs_no_worked_examples_and_keeps_those_it_names():
    (named,) = load().parameters.values()
    (unnamed,) = load(AGREEMENT.replace("    tests: [acme/1]\n", "")).parameters.values()
    assert (named.tests, unnamed.tests) == (("acme/1",), ())


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("pack: acme-2026", "pack: pl", "a pack 'pl' ships already; give yours another id"),
        ("pack: acme-2026", "pack: Acme 2026", "pack 'Acme 2026' is no id; write one like us-ca"),
        ("parents: [pl]", "parents: [moon]", "parent 'moon' is not loaded"),
        ("ACME", "PL", "codes 'PL' are those of a pack that ships; give yours others"),
    ],
)
def test_a_faulty_agreement_is_refused(old, new, message):
    with pytest.raises(PackError) as refused:
        load(
            AGREEMENT.replace(old, new).replace(
                "parents: [pl]", "parents: [eu]" if new == "pack: pl" else "parents: [pl]"
            )
        )
    assert message in str(refused.value)
