"""Every name that a pack can hold has words, and no page of a pack shows a reader a raw one."""

from __future__ import annotations

import re

import pytest

from scheduler.law.findings import Severity
from scheduler.law.library import packs
from scheduler.law.pages import page
from scheduler.law.topics import TOPICS
from scheduler.law.words import OF_NAMES, OF_SEVERITIES, plain

RAW = re.compile(r"\b[a-z0-9]+(?:_[a-z0-9]+)+\b")


def test_every_name_that_a_topic_knows_has_words():
    known = {choice for topic in TOPICS.values() for choice in topic.choices}
    assert known == OF_NAMES.keys()
    assert not [words for words in OF_NAMES.values() if RAW.search(words)]


def test_every_severity_has_words():
    assert OF_SEVERITIES.keys() == set(Severity)


@pytest.mark.parametrize("pack", sorted(packs()))
def test_no_value_label_or_population_of_a_pack_is_raw(pack: str):
    for parameter in packs()[pack].parameters.values():
        said = [parameter.label, parameter.why, str(parameter.population)]
        said += [plain(value.value) for value in parameter.values]
        said += [value.note for value in parameter.values]
        said += [plain(exception.value) for exception in parameter.exceptions]
        assert not [text for text in said if RAW.search(text)], parameter.id


@pytest.mark.parametrize("pack", sorted(packs()))
def test_the_page_of_a_pack_has_raw_names_in_code_only(pack: str):
    assert RAW.findall(re.sub(r"`[^`]*`", "", page(packs()[pack]))) == []
