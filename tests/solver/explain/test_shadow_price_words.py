"""What one more person would save at most is said with the times, as a bound, and with what is not proven."""

from __future__ import annotations

from solver.explain.sentences import Speaker
from solver.explain.shadow_price_words import lines, not_proven, price_sentences
from solver.result import ShadowPrice, ShadowPrices
from solver.score import Score
from tests.solver.explain.shop import H, shop

SPEAKER = Speaker(shop(names={"till": "Picking"}))


def price(start: int, end: int, worth: float, **fields: str) -> ShadowPrice:
    return ShadowPrice(start=start * H, end=end * H, worth=worth, **{"skill": "till", **fields})


def said(score: Score, *prices: ShadowPrice, least: float = 100.0) -> list[str]:
    found = ShadowPrices(least=least, mandatory=30, prices=prices)
    return ["  " * depth + told for depth, told in lines(SPEAKER, found, score)]


def test_each_kind_of_work_is_told_with_its_times_and_that_no_other_time_gains() -> None:
    assert said(
        Score(soft=100), price(8, 12, 240.0), price(12, 14, 59.995), price(8, 16, 480.5, shift="s1")
    ) == [
        "What one more person would save, with everybody else planned anew",
        "  However everybody is planned then, it saves no more than this, as the search has proven. "
        "A mandatory cost counts 30 times a soft one here.",
        "  Picking, one more person there the whole time:",
        "    Mon 23 Nov 08:00 to 12:00: at most 240 of what the roster costs (60 an hour)",
        "    Mon 23 Nov 08:00 to 16:00, in a shift: at most 481 of what the roster costs (60.1 an hour)",
        "    Mon 23 Nov 12:00 to 14:00: at most 60 of what the roster costs (30 an hour)",
        "  At any other time one more person would save nothing.",
    ]


def test_without_prices_one_more_person_saves_nothing() -> None:
    assert said(Score(soft=100))[2:] == ["  At no time would one more person save anything."]


def test_what_is_not_proven_of_the_roster_is_told_besides() -> None:
    told = said(Score(mandatory=2, soft=50), least=97.5)
    besides = "Besides, planning may save up to 13 with the people there are"
    assert told[-1] == f"  {besides}, which is not proven to be impossible."
    assert not_proven(ShadowPrices(least=109.995, mandatory=30), Score(mandatory=2, soft=50)) == 0


def test_of_many_times_those_of_most_worth_are_told_by_time_and_the_others_counted() -> None:
    told = price_sentences(SPEAKER, [price(at, at + 1, 10.0 * at) for at in range(8, 16)], most=2)
    assert told == [
        "Mon 23 Nov 14:00 to 15:00: at most 140 of what the roster costs (140 an hour)",
        "Mon 23 Nov 15:00 to 16:00: at most 150 of what the roster costs (150 an hour)",
        "and 6 more times",
    ]
