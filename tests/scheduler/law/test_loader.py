"""What the loader refuses, with file and line, and what it takes."""

import re

import pytest

from scheduler.law.library import load_all, packs
from scheduler.law.loader import load_pack
from scheduler.law.values import Duration
from scheduler.law.yaml_lines import PackError

FLOOR = """\
pack: eu
title: Floor
adjective: European
version: 1
layer: union
consulted: 2026-11-21
sources:
  S: A text that was read
parameters:
  rest:
    topic: daily_rest
    enforce: hard
    code: EU.REST
    tests: [EU-01]
    derogable: art. 17
    values:
      - {from: 2004-08-02, value: 11 h, cite: art. 3, status: confirmed, source: [S]}
  day:
    topic: day_max
    enforce: hard
    code: EU.DAY
    tests: [EU-01]
    values:
      - {from: 2004-08-02, value: 10 h, cite: art. 9, status: confirmed, source: [S]}
"""

COUNTRY = """\
pack: xx
title: Country
adjective: Ruritanian
version: 1
parents: [eu]
layer: country
consulted: 2026-11-21
sources:
  S: A text that was read
parameters:
  rest:
    topic: daily_rest
    enforce: hard
    code: XX.REST
    tests: [EU-01]
    values:
      - {from: 2010-01-01, value: 12 h, cite: art. 1, status: confirmed, source: [S]}
"""


def load(country=COUNTRY):
    return load_pack(country, "xx.yaml", {"eu": load_pack(FLOOR, "eu.yaml", {})})


def refusal(country):
    with pytest.raises(PackError) as refused:
        load(country)
    return "\n".join(refused.value.faults)


def changed(old, new):
    assert old in COUNTRY
    return COUNTRY.replace(old, new)


def with_values(*values):
    head, _, _ = COUNTRY.partition("      - {from")
    return head + "".join(f"      - {{{value}, status: confirmed, source: [S]}}\n" for value in values)


def test_a_pack_without_faults_loads():
    pack = load()
    assert pack.parameters["xx.rest"].values[0].citation == "art. 1"
    assert pack.parameters["xx.rest"].line == 11


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("version: 1", "version: 1\nauthor: me", "xx.yaml:5: unknown key 'author' in the pack"),
        (
            "    enforce: hard",
            "    enforce: hard\n    weight: 3",
            "xx.yaml:14: unknown key 'weight' in xx.rest",
        ),
        ("cite: art. 1, ", "", "xx.yaml:17: a value of xx.rest needs 'cite'"),
        ("cite: art. 1", "cite: ''", "xx.yaml:17: a value of xx.rest needs 'cite'"),
        ("status: confirmed, ", "", "xx.yaml:17: a value of xx.rest needs 'status'"),
        ("status: confirmed", "status: sure", "'sure' is not one of confirmed, recalled"),
        (", source: [S]", "", "xx.yaml:17: xx.rest: a confirmed value names the 'source' it was read in"),
        ("source: [S]", "source: [T]", "xx.yaml:17: xx.rest: source 'T' is not among the pack's sources"),
        ("from: 2010-01-01, ", "", "xx.yaml:17: a value of xx.rest needs 'from'"),
        ("2010-01-01", "1 January 2010", "'1 January 2010' is no date; write 2004-08-02"),
        ("value: 12 h", "value: 12", "xx.yaml:17: 'value' of a value of xx.rest: '12' is no duration"),
        ("value: 12 h, ", "", "xx.yaml:17: a value of xx.rest needs 'value'"),
        (
            "    code: XX.REST\n",
            "",
            "xx.yaml:11: xx.rest is enforced (hard) without a violation 'code'",
        ),
        (
            "    tests: [EU-01]\n",
            "",
            "xx.yaml:11: xx.rest is enforced (hard) without a worked example in 'tests'",
        ),
        (
            "topic: daily_rest",
            "topic: overtime_day_from",
            "xx.yaml:11: xx.rest: no rule of rosters is made from topic 'overtime_day_from'",
        ),
        ("layer: country\n", "", "xx.yaml:1: the pack needs 'layer'"),
        ("layer: country", "layer: planet", "xx.yaml:6: 'layer' of the pack: 'planet' is not one of union"),
        (
            "layer: country",
            "layer: union",
            "xx.yaml:5: a pack of layer union cannot stand on 'eu', which is of union",
        ),
        ("consulted: 2026-11-21\n", "", "xx.yaml:1: the pack needs 'consulted'"),
        (
            "    values:",
            "    derogable_by: [agreement]\n    values:",
            "xx.yaml:11: xx.rest is derogable by some layers; name the article in 'derogable'",
        ),
        (
            "    values:",
            "    derogable: art. 9\n    derogable_by: [neighbours]\n    values:",
            "xx.yaml:17: 'derogable_by' of xx.rest: 'neighbours' is not one of union",
        ),
        (
            "    values:",
            "    exceptions:\n      - {ground: g, value: 13 h, cite: c, withdrawal: 7 days}\n    values:",
            "xx.yaml:17: ground 'g': only a consent has a 'withdrawal'",
        ),
        ("XX.REST", "rest too short", "code 'rest too short' is not like XX.DAILY_REST_11H"),
        ("XX.REST", "EU.REST", "xx.yaml:11: xx.rest: code 'EU.REST' is not like XX.DAILY_REST_11H"),
        ("pack: xx", "pack: yy", "xx.yaml:1: pack 'yy' belongs into yy.yaml"),
        (
            "    topic: daily_rest",
            "    topic: daily_rest\n    applies: {hazardous_night: true}",
            "xx.yaml:13: 'hazardous_night' of 'applies' of xx.rest: 'true' is neither yes nor no",
        ),
        (
            "  S: A text that was read",
            "  S: [A text]",
            "xx.yaml:9: 'S' of 'sources' of the pack is no plain text",
        ),
        ("parents: [eu]", "parents: eu", "xx.yaml:5: 'parents' of the pack is no list"),
        ("parents: [eu]", "parents: [[eu]]", "xx.yaml:5: 'parents' of the pack is a list of plain texts"),
        (
            "      - {from: 2010-01-01",
            "      - 2010\n      - {from: 2010-01-01",
            "xx.yaml:17: 'values' of xx.rest",
        ),
        ("  rest:", "  nap: 1\n  rest:", "xx.yaml:11: 'nap' of 'parameters' of the pack is no mapping"),
        ("topic: daily_rest", "topic: siesta", "xx.yaml:11: xx.rest: topic 'siesta' is not one of"),
        ("enforce: hard", "enforce: loudly", "'loudly' is not one of hard, check, define, pay, duty, none"),
        ("enforce: hard", "enforce: none", "xx.yaml:11: xx.rest is not enforced; say 'why'"),
        ("parents: [eu]", "parents: [uk]", "xx.yaml:5: parent 'uk' is not loaded; known: ['eu']"),
        ("title: Country\n", "", "xx.yaml:1: the pack needs 'title'"),
        ("title: Country", "title: [Country]", "xx.yaml:2: 'title' of the pack is no plain text"),
        (
            "    topic: daily_rest",
            "    topic: daily_rest\n    applies: {age_below: young}",
            "xx.yaml:13: 'age_below' of 'applies' of xx.rest: invalid literal",
        ),
        (
            "    topic: daily_rest",
            "    topic: daily_rest\n    applies: {colour: red}",
            "xx.yaml:13: unknown key 'colour' in 'applies' of xx.rest",
        ),
        (
            "    topic: daily_rest",
            "    topic: daily_rest\n    topic: day_max",
            "xx.yaml:13: 'rest' of 'parameters' of the pack has 'topic' twice; keep one",
        ),
    ],
)
def test_a_faulty_pack_is_refused_with_file_and_line(old, new, message):
    assert message in refusal(changed(old, new))


def test_a_parameter_without_any_value_is_refused():
    text = COUNTRY.partition("    values:")[0]
    assert "xx.yaml:11: xx.rest has no dated, cited value" in refusal(text)


def test_a_gap_between_values_is_refused():
    text = with_values(
        "from: 2010-01-01, until: 2012-01-01, value: 12 h, cite: art. 1",
        "from: 2012-02-01, value: 13 h, cite: art. 1",
    )
    assert refusal(text) == "xx.yaml:17: xx.rest: gap from 2012-01-01 to 2012-02-01"


def test_an_overlap_of_values_is_refused():
    text = with_values(
        "from: 2010-01-01, until: 2012-03-01, value: 12 h, cite: art. 1",
        "from: 2012-02-01, value: 13 h, cite: art. 1",
    )
    assert refusal(text) == "xx.yaml:17: xx.rest: overlap from 2012-02-01 to 2012-03-01"


def test_a_value_that_another_follows_must_say_until_when_it_holds():
    text = with_values(
        "from: 2010-01-01, value: 12 h, cite: art. 1", "from: 2012-02-01, value: 13 h, cite: art. 1"
    )
    assert "xx.yaml:17: xx.rest: say 'until' when this value ends" in refusal(text)


def test_a_value_that_ends_before_it_begins_is_refused():
    text = with_values("from: 2010-01-01, until: 2009-01-01, value: 12 h, cite: art. 1")
    assert refusal(text) == "xx.yaml:17: xx.rest: until 2009-01-01 is not after from 2010-01-01"


def test_a_value_below_the_parents_is_refused_unless_its_derogation_is_named():
    weaker = changed("value: 12 h", "value: 10 h")
    assert refusal(weaker) == (
        "xx.yaml:11: xx.rest: 10 h from 2010-01-01 is weaker than eu.rest (11 h);"
        " name the 'derogation' that allows it"
    )
    named = weaker.replace("    values:", "    derogation: Floor, art. 17\n    values:")
    assert load(named).parameters["xx.rest"].derogation == "Floor, art. 17"


def test_a_derogation_from_what_allows_none_is_refused():
    text = changed("topic: daily_rest", "topic: day_max\n    derogation: art. 17")
    assert "weaker than eu.day (10 h), which allows no derogation" in refusal(text)


def test_a_value_below_the_parents_is_no_fault_while_the_parent_is_not_in_force():
    text = with_values(
        "from: 1990-01-01, until: 2004-08-02, value: 9 h, cite: art. 1",
        "from: 2004-08-02, value: 11 h, cite: art. 1",
    )
    assert load(text).parameters["xx.rest"].values[0].value == Duration(540)


def test_a_rule_for_more_people_than_the_parents_takes_nothing_away_and_loads():
    floor = FLOOR.replace("    derogable: art. 17", "    applies: {age_below: 18}")
    weaker = changed("value: 12 h", "value: 9 h")
    pack = load_pack(weaker, "xx.yaml", {"eu": load_pack(floor, "eu.yaml", {})})
    assert pack.parameters["xx.rest"].values[0].value == Duration(540)


def test_an_exception_below_the_parent_names_its_derogation():
    exception = "    exceptions:\n      - {ground: rescue, value: 8 h, cite: art. 2}\n    values:"
    assert "8 h from 2010-01-01 is weaker than eu.rest (11 h)" in refusal(changed("    values:", exception))
    lifted = "    exceptions:\n      - {ground: rescue, lifted: yes, cite: art. 2}\n    values:"
    assert "nothing from 2010-01-01 is weaker than eu.rest (11 h)" in refusal(changed("    values:", lifted))
    named = exception.replace("cite: art. 2", "cite: art. 2, derogation: art. 17")
    (loaded,) = load(changed("    values:", named)).parameters["xx.rest"].exceptions
    assert (loaded.ground, loaded.value, loaded.derogation) == ("rescue", Duration(480), "art. 17")


def test_only_the_layers_named_may_derogate():
    by = "    derogable: art. 17\n    derogable_by: [agreement, contract]\n"
    floor = {"eu": load_pack(FLOOR.replace("    derogable: art. 17\n", by), "eu.yaml", {})}
    weaker = changed("value: 12 h", "value: 10 h").replace("    values:", "    derogation: x\n    values:")
    with pytest.raises(PackError, match="from which only these may derogate: agreement, contract"):
        load_pack(weaker, "xx.yaml", floor)
    agreed = weaker.replace("layer: country", "layer: agreement")
    assert load_pack(agreed, "xx.yaml", floor).parameters["xx.rest"].derogation == "x"


def test_agreements_may_stand_on_each_other():
    eu = load_pack(FLOOR, "eu.yaml", {})
    union = load_pack(COUNTRY.replace("layer: country", "layer: agreement"), "xx.yaml", {"eu": eu})
    works = COUNTRY.replace("layer: country", "layer: agreement").replace("[eu]", "[xx]")
    works = works.replace("pack: xx", "pack: yy").replace("XX.REST", "YY.REST")
    assert load_pack(works, "yy.yaml", {"eu": eu, "xx": union}).parents == ("xx",)


def test_a_consent_says_how_long_it_lasts_after_it_is_taken_back():
    text = changed(
        "    values:",
        "    exceptions:\n"
        "      - {ground: g, value: 13 h, cite: c, opened_by: consent, withdrawal: 7 days}\n    values:",
    )
    (exception,) = load(text).parameters["xx.rest"].exceptions
    assert (exception.opened_by, exception.withdrawal_days) == ("consent", 7)


def test_a_source_was_read_on_its_own_day_or_on_that_of_the_pack():
    text = changed("  S: A text that was read", "  S: A text\n  T: {text: Another, consulted: 2026-05-01}")
    read = {key: (one.text, one.consulted_on.isoformat()) for key, one in load(text).sources.items()}
    assert read == {"S": ("A text", "2026-11-21"), "T": ("Another", "2026-05-01")}


def test_all_faults_are_told_at_once():
    text = changed("cite: art. 1, ", "").replace("version: 1", "version: 1\nauthor: me")
    assert len(refusal(text).splitlines()) == 3  # no citation, so no value left; and the unknown key


@pytest.mark.parametrize("text", ["- a\n- b\n", "just words", "", "pack: [unclosed"])
def test_what_is_no_mapping_is_refused(text):
    assert re.match(r"xx.yaml:\d+: (the pack is a mapping|no YAML: )", refusal(text))


def test_packs_are_loaded_after_their_parents_in_whatever_order_they_are_given():
    assert list(load_all({"xx.yaml": COUNTRY, "eu.yaml": FLOOR})) == ["eu", "xx"]


def test_packs_without_their_parent_are_refused():
    with pytest.raises(PackError, match=r"xx\.yaml:5: parent 'eu' is not loaded"):
        load_all({"xx.yaml": COUNTRY})


def test_every_value_that_ships_is_cited_and_what_is_confirmed_names_what_was_read():
    values = [(p, v) for pack in packs().values() for p in pack.parameters.values() for v in p.values]
    assert len(values) > 40
    for parameter, value in values:
        assert value.citation, parameter.id
        assert bool(value.sources) == (value.status == "confirmed"), parameter.id


def test_codes_of_violations_are_unique():
    codes = [p.code for pack in packs().values() for p in pack.parameters.values() if p.code]
    assert len(codes) == len(set(codes))


def test_a_pack_without_parameters_is_refused():
    text = COUNTRY.partition("parameters:")[0]
    assert refusal(text) == "xx.yaml:1: the pack needs 'parameters'"


@pytest.mark.parametrize(
    ("topic", "value", "message"),
    [
        ("break", "half an hour", "'half an hour' is no break; write 15 min paid from 6 h"),
        ("break", "30 min over 6 h, 15 min over 9 h", "does not rise"),
        ("sunday_free", "often", "'often' is no share; write 1 in 4"),
        ("night_ban", "22-06", "'22-06' is no clock window; write 22:00-06:00"),
        ("schedule_notice", "a week", "'a week' is no count; write 7 days"),
        ("workday", "midnight", "'midnight' is not one of scheduled_start"),
        ("minimum_wage_hour", "31.40", "'31.40' is no amount of money; write 31.40 PLN"),
        ("overtime_factor", "1.5", "'1.5' is no factor; write x 1.25"),
        ("night_share", "20", "'20' is no share of a hundred; write 20 %"),
        ("rest_as_worked", "maybe", "'maybe' is neither yes nor no"),
        ("duty", "rest well", "'rest well' is no sentence; begin with a capital, end with a full stop"),
        ("punch_rounding", "up", "'up' is no rounding of punches; write exact minutes"),
    ],
)
def test_a_value_of_another_kind_than_its_topic_is_refused(topic, value, message):
    text = changed("topic: daily_rest", f"topic: {topic}").replace("value: 12 h", f'value: "{value}"')
    assert message in refusal(text)


@pytest.mark.parametrize("sign", ["\x00", "\x9d", "\x1b", "\udc80"])
def test_a_character_that_yaml_does_not_know_is_refused_with_its_line(sign: str):
    with pytest.raises(PackError) as refusal:
        load_pack(f"pack: xx\ntitle: odd{sign}\n", "xx.yaml", {})
    assert refusal.value.faults == ("xx.yaml:2: no YAML: it has a control character",)
