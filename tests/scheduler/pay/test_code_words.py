"""People read pay codes in words."""

import pytest

from scheduler.law.library import packs
from scheduler.pay.code_words import code_in_words

CODES = sorted({code for pack in packs().values() for one in pack.parameters.values() for code in one.pays})


def test_a_kind_of_day_comes_first_and_what_is_paid_on_it_follows():
    assert code_in_words("RHRD_OT_ND") == "regular holiday on a rest day, overtime, night"
    assert code_in_words("split_shift_premium") == "split shift premium"


@pytest.mark.parametrize("code", CODES)
def test_no_code_of_a_rule_pack_is_shown_as_an_abbreviation(code):
    for word in code_in_words(code).replace(",", "").split():
        assert word.isdecimal() or len(word) > 2 or word in {"a", "of", "on"}, word
        assert word not in {"ord", "rhrd", "sdrd", "dhrd", "swd", "reg", "avg", "min"}
