"""What every roster keeps beside the law of its place, also where no law is written down."""

from __future__ import annotations

from datetime import timedelta

from scheduler.rosters.prices import CONTRACT_MINIMUM, DISLIKED, UNFAIR
from solver.rules.consecutive_days import ConsecutiveDays
from solver.rules.contract_range import ContractRange
from solver.rules.fairness import Fairness
from solver.rules.min_rest import MinRest
from solver.rules.preferences import Preferences
from solver.rules.rule import Period, Rule
from solver.rules.shift_count import ShiftCount

COMPANY = "company rule"
REST_MINUTES = 11 * 60
"""Between two shifts; where the law asks for more, it asks on top."""
DAYS_IN_A_ROW = 6

COMPANY_RULES: tuple[Rule, ...] = (
    ContractRange(bound="maximum", name="contract_maximum", source="contract"),
    ContractRange(
        bound="minimum", name="contract_minimum", source="contract", level="soft", weight=CONTRACT_MINIMUM
    ),
    ShiftCount(maximum=1, period=Period(1), name="one_shift_a_day", source=COMPANY),
    MinRest(minutes=REST_MINUTES, name="rest_between_shifts", source=COMPANY),
    ConsecutiveDays(maximum=DAYS_IN_A_ROW, name="days_in_a_row", source=COMPANY),
    Preferences(weight=DISLIKED),
    Fairness(weight=UNFAIR),
)
"""What holds at every location."""

LOOKS_BACK = timedelta(days=DAYS_IN_A_ROW)
"""How long before a roster work still matters to these rules."""

KEPT = (
    f"Kept all the same, as company rules: at least {REST_MINUTES // 60} h of rest between shifts, at most "
    f"{DAYS_IN_A_ROW} working days in a row, one shift a day, and the hours of each contract."
)
"""Said of a place without a rule pack."""
