"""What pay is worked out from, in words."""

from __future__ import annotations

from scheduler.pay.models import PayFactKind

FACT_KINDS = {
    PayFactKind.BONUS: "Bonus",
    PayFactKind.PAYMENT: "One-off payment",
    PayFactKind.DEDUCTION: "Deduction",
    PayFactKind.SENT_HOME: "Sent home, or no work on arrival",
    PayFactKind.CALLED_BACK: "Called back to work",
    PayFactKind.OTHER_RATE: "Another rate for work",
    PayFactKind.RESTS_GIVEN: "Paid rest breaks of a day",
    PayFactKind.NO_DAY_OFF: "No day off given for a Sunday or holiday",
    PayFactKind.UNEXCUSED: "Absence without excuse",
}
