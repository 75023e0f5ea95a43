"""What one more person is worth at the margin, everybody being planned anew, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil

from solver.explain.report import Line
from solver.explain.sentences import HOUR, Speaker
from solver.result import ShadowPrice, ShadowPrices
from solver.score import Score
from solver.spans import Span

PRICES = 6
"""Of each kind of work, those of most worth an hour."""
ROUNDING = 0.01
"""What a bound may be off."""


def lines(speaker: Speaker, found: ShadowPrices, score: Score) -> Iterator[Line]:
    """The whole answer, a heading first.

    Parameters
    ----------
    score
        Of the roster that is spoken of.
    """
    yield 0, speaker.say("shadow.heading")
    yield 1, speaker.say("shadow.what", mandatory=found.mandatory)
    kinds = dict.fromkeys((price.skill, price.location) for price in found.prices)
    for skill, location in kinds:
        own = [price for price in found.prices if (price.skill, price.location) == (skill, location)]
        what = speaker.doing(skill, location)
        yield 1, speaker.say("shadow.kind", what=what if skill else what[:1].upper() + what[1:])
        yield from ((2, told) for told in price_sentences(speaker, own))
    yield 1, speaker.say("shadow.other_times" if kinds else "shadow.nothing")
    if open_question := not_proven(found, score):
        yield 1, speaker.say("shadow.not_proven", cost=open_question)


def price_sentences(speaker: Speaker, prices: Sequence[ShadowPrice], most: int = PRICES) -> list[str]:
    """When one more person would save how much at most, the dearest hours by time, then how many more."""
    dearest = sorted(prices, key=lambda price: (-_an_hour(price), price.start))[:most]
    told = [
        speaker.say(
            "shadow.price" if price.shift is None else "shadow.price.shift",
            when=speaker.span(Span(price.start, price.end)),
            cost=ceil(price.worth - ROUNDING),
            rate=f"{_an_hour(price):.1f}".removesuffix(".0"),
        )
        for price in sorted(dearest, key=lambda price: (price.start, price.end))
    ]
    left = len(prices) - len(dearest)
    return [*told, speaker.say("shadow.more", count=left)] if left else told


def not_proven(found: ShadowPrices, score: Score) -> int:
    """What the roster costs more than was proven, without anybody more; 0 where it is proven best."""
    return max(0, ceil(score.soft + found.mandatory * score.mandatory - found.least - ROUNDING))


def _an_hour(price: ShadowPrice) -> float:
    return price.worth * HOUR / (price.end - price.start)
