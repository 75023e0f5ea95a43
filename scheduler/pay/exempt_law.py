"""The law of pay for people to whom no overtime is due."""

from __future__ import annotations

from scheduler.law.wages.pay_law import PayLaw

OVERTIME = (
    "overtime", "double_time", "seventh_day", "part_time_share", "flat_bonus", "meal_", "rest_premium",
    "reporting_time", "split_shift",
)  # fmt: skip
"""How the topics begin that an exemption from the law of hours takes away."""


class ExemptLaw(PayLaw):
    """The law of a place without overtime, premiums for breaks, split shifts and coming in vain.

    Who is exempt and by which article is said by the contract; nothing is assumed of anybody.

    Parameters
    ----------
    law
        The law of the place.
    """

    def __init__(self, law: PayLaw) -> None:
        super().__init__(law.layers)
        self.topics = frozenset(topic for topic in law.topics if not topic.startswith(OVERTIME))
